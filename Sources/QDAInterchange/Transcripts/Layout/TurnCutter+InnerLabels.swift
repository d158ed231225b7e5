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
}
