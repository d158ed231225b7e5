// Labels in the middle of a paragraph.
extension TurnCutter {
  /// The label that ends at a colon after the end of a sentence, if it is that of a speaker.
  func label(
    endingAt colon: Int, after start: Int, _ range: Range<Int>
  ) -> (Range<Int>, key: Int)? {
    let scalars = text.scalars
    guard colon + 1 < range.upperBound, scalars[colon + 1].isLayoutSpace, colon > start,
      !scalars[colon - 1].isLayoutSpace
    else { return nil }
    var first = scalars.before(colon)
    for _ in 0..<LabelShape.maximumLength where first > start {
      let space = scalars.before(first)
      guard space > start else { return nil }
      let isBoundary = scalars[space].isLayoutSpace && Self.endsSentence(scalars[space - 1])
      if isBoundary, !scalars[first].properties.isLowercase {
        let key = LabelKey.key(of: scalars[first..<colon])
        if decision.isInline(key), let number = decision.labels.knownNumber(ofKey: key) {
          return (first..<colon, number)
        }
      }
      first = space
    }
    return nil
  }

  private static func endsSentence(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ".", "?", "!", "…": true
    default: false
    }
  }

  /// `</interviewee>` at the end of the words of the one who is labelled so, where speakers are labelled with tags.
  func closingTag(of range: Range<Int>) -> Range<Int>? {
    let utf8 = text.scalars.utf8
    guard decision.layout == .bracketed, let last = range.last, utf8[last] == UInt8(ascii: ">"),
      case let tail = max(range.lowerBound, last - 4 * LabelShape.maximumLength)..<last,
      let open = utf8[tail].lastIndex(of: UInt8(ascii: "<")), open + 2 < last,
      utf8[open + 1] == UInt8(ascii: "/")
    else { return nil }
    let key = LabelKey.key(of: text.scalars[open + 2..<last])
    let owner = decision.speakerKeys[key].flatMap(decision.labels.knownNumber(ofKey:))
    let isOwn = turns.last?.speakers.contains { decision.owner(of: $0) == owner } == true
    return isOwn ? open..<range.upperBound : nil
  }
}
