/// The id at the end of a quotation, in any of the ways in which studies write it.
struct Attribution {
  /// The id and how it is spelled.
  var spelling: LabelSpelling
  /// From the bracket, dash or letter that begins it to its end.
  var range: Range<Int>
  /// The id alone.
  var label: Range<Int>
  /// Whether what stands before it could be the end of a sentence.
  var followsSentence: Bool
  /// All the ids, of which there may be several, as in `P17 and P12`, in order.
  var candidates: [(spelling: LabelSpelling, label: Range<Int>)]

  init(spelling: LabelSpelling, range: Range<Int>, label: Range<Int>, followsSentence: Bool) {
    self.spelling = spelling
    self.range = range
    self.label = label
    self.followsSentence = followsSentence
    candidates = [(spelling, label)]
  }

  /// Looks for an id at the end of a range: `P17`, `(P17)`, `[P17]`, `– P17`, `P 17`, `Participant 17`,
  /// each also with a description as in `— Participant 17, nurse` or `(nurse, P17)`.
  init?(atEndOf body: Range<Int>, in scalars: [Unicode.Scalar]) {
    var end = body.upperBound
    while end > body.lowerBound, [".", ",", ";", ":"].contains(scalars[end - 1]) { end -= 1 }
    let reach = Swift.max(body.lowerBound, end - 120)..<end
    guard
      let found = Self.bracketed(reach, in: scalars)
        ?? Self.plain(reach, in: scalars)
        ?? Self.trailing(reach, in: scalars)
    else { return nil }
    spelling = found.spelling
    label = found.label
    let ids = AttributionGroup(from: found.start, upTo: end, within: reach, in: scalars)
    candidates = ids.labels.filter { !$0.label.overlaps(found.label) }
    let place = candidates.firstIndex { $0.label.lowerBound > found.label.lowerBound }
    candidates.insert((found.spelling, found.label), at: place ?? candidates.count)
    var start = scalars.trimmed(body.lowerBound..<ids.start).upperBound
    while start > body.lowerBound, scalars[start - 1].isDash,
      start - 1 == body.lowerBound || scalars[start - 2].isBlank || scalars[start - 2].endsSentence
    {
      start = scalars.trimmed(body.lowerBound..<start - 1).upperBound
    }
    followsSentence = start == body.lowerBound || scalars[start - 1].endsSentence
    range = scalars.trimmed(start..<body.upperBound)
  }

  private typealias Found = (spelling: LabelSpelling, label: Range<Int>, start: Int)

  private static func bracketed(_ reach: Range<Int>, in scalars: [Unicode.Scalar]) -> Found? {
    guard let last = scalars[reach].last, last == ")" || last == "]" else { return nil }
    let opening: Unicode.Scalar = last == ")" ? "(" : "["
    guard let open = scalars[reach].lastIndex(of: opening) else { return nil }
    let inner = open + 1..<reach.upperBound - 1
    guard var found = described(inner, in: scalars) ?? lastPart(inner, in: scalars)
    else { return nil }
    found.start = open
    if !found.spelling.variants.contains(.bracketed) {
      found.spelling.variants = (found.spelling.variants + [.bracketed]).sorted()
    }
    return found
  }

  // `nurse, P17`
  private static func lastPart(_ inner: Range<Int>, in scalars: [Unicode.Scalar]) -> Found? {
    guard let comma = scalars[inner].lastIndex(where: { [",", ";", ":"].contains($0) }) else {
      return nil
    }
    return spelled(comma + 1..<inner.upperBound, in: scalars, start: inner.lowerBound)
  }

  private static func spelled(
    _ range: Range<Int>, in scalars: [Unicode.Scalar], start: Int? = nil
  ) -> Found? {
    let label = scalars.trimmed(range)
    guard label.count <= 24,
      let spelling = LabelSpelling(String(String.UnicodeScalarView(scalars[label])))
    else { return nil }
    return (spelling, label, start ?? label.lowerBound)
  }

  // The last word, or the last two where the id is written with a space.
  private static func plain(_ reach: Range<Int>, in scalars: [Unicode.Scalar]) -> Found? {
    var starts: [Int] = []
    var index = reach.upperBound
    while index > reach.lowerBound, starts.count < 3 {
      index -= 1
      let isStart =
        !scalars[index].isBlank && !scalars[index].isDash
        && (index == reach.lowerBound || scalars[index - 1].isBlank
          || scalars[index - 1].isDash || scalars[index - 1] == "/")
      if isStart { starts.append(index) }
    }
    // More words first: in 'P 17' the last word alone would be a bare number.
    for start in starts.reversed() {
      if let found = spelled(start..<reach.upperBound, in: scalars) { return found }
    }
    return attached(reach, in: scalars)
  }

  // `place.P17`, where the space was lost: only the plain form, after the end of a sentence.
  private static func attached(_ reach: Range<Int>, in scalars: [Unicode.Scalar]) -> Found? {
    guard
      let start = scalars[reach].suffix(12).lastIndex(where: { !$0.isLetter && !$0.isDigit }),
      scalars[start].endsSentence,
      var found = spelled(start + 1..<reach.upperBound, in: scalars),
      found.spelling.variants.isEmpty
    else { return nil }
    found.spelling.variants = [.attached]
    return found
  }

  // `P17, nurse`, from the start of a bracket.
  private static func described(_ inner: Range<Int>, in scalars: [Unicode.Scalar]) -> Found? {
    let body = scalars.trimmed(inner)
    let border = scalars[body].firstIndex { [",", ";", ":"].contains($0) || $0.isDash }
    return spelled(body.lowerBound..<(border ?? body.upperBound), in: scalars)
  }

  // `— P17, nurse` or `. P17, nurse`; without a dash a long description is rather a sentence.
  private static func trailing(_ reach: Range<Int>, in scalars: [Unicode.Scalar]) -> Found? {
    var words = 0
    var start = reach.upperBound
    while start > reach.lowerBound + 1, words <= 8 {
      start -= 1
      guard !scalars[start].isBlank, !scalars[start].isDash else { continue }
      let isAfterDash = scalars[start - 1].isDash
      guard scalars[start - 1].isBlank || isAfterDash else { continue }
      words += 1
      let before = scalars.trimmed(reach.lowerBound..<start).upperBound
      guard before > reach.lowerBound,
        scalars[before - 1].isDash || (scalars[before - 1].endsSentence && words <= 4)
      else { continue }
      let rest = scalars[start..<reach.upperBound]
      let border =
        rest.indices.first { index in
          [",", ";", "("].contains(rest[index])
            || (rest[index].isDash && index > start && rest[index - 1].isBlank)
        } ?? reach.upperBound
      if let found = spelled(start..<border, in: scalars) { return found }
    }
    return nil
  }
}
