extension Source {
  /// The earlier turn that a turn goes on with, where somebody cut in.
  ///
  /// `So you took it and…` and, after another's `When?`, `…and went.` stay two turns, and this links
  /// them. A turn goes on with the last turn of the same speakers where one or two turns of others
  /// stand between, it begins with a small letter, and a dash or an ellipsis stands before that or at
  /// the end of the earlier turn.
  ///
  /// - Returns: The index of the earlier turn in ``turns``, or `nil` where the turn is no
  ///   continuation.
  public func turn(continuedBy index: Int, in text: Text) -> Int? {
    guard turns.indices.contains(index), !turns[index].speakers.isEmpty,
      let earlier = turns[..<index].suffix(3).lastIndex(where: {
        $0.speakers == turns[index].speakers
      }), earlier < index - 1
    else { return nil }
    let begins = turns[index].ranges.first.map { text[$0] } ?? ""
    // In a dialogue with a dash before each turn, all begin with a capital.
    let first = begins.unicodeScalars.first { $0.properties.isAlphabetic }
    guard first?.properties.isLowercase == true else { return nil }
    if Self.breaks.contains(where: begins.hasPrefix) { return earlier }
    let isSmall = begins.unicodeScalars.first == first
    let ends = turns[earlier].ranges.last.map { text[$0] } ?? ""
    return isSmall && (Self.breaks + ["-"]).contains(where: ends.hasSuffix) ? earlier : nil
  }

  private static let breaks = ["--", "–", "—", "…", "..."]
}
