// Labels as Markdown marks them up.
extension LabelScanner {
  // A list's bullet or a quotation's sign before bold type.
  func afterMarkdownPrefix(_ content: Int, _ end: Int) -> Int {
    var position = content
    while position + 1 < end, [">", "-", "*", "+"].contains(text.scalars[position]),
      text.scalars[position + 1].isLayoutSpace
    {
      position = text.skipSpaces(from: position + 1, to: end)
    }
    let isBold =
      position + 1 < end && ["*", "_"].contains(text.scalars[position])
      && text.scalars[position] == text.scalars[position + 1]
    return isBold ? position : content
  }

  // `*Ana:* text`, with the colon inside or outside.
  mutating func italic(_ line: Int, _ start: Int, _ end: Int) -> LabelCandidate? {
    let sign = text.scalars[start]
    let limit = text.scalars.advance(start, by: LabelShape.maximumLength + 4, limit: end)
    guard
      let close = (start + 1..<max(start + 1, limit)).first(where: { text.scalars[$0] == sign }),
      close > start + 1
    else { return nil }
    var label = start + 1..<close
    var position = text.skipSpaces(from: close + 1, to: end)
    if let last = label.last, Self.isColon(text.scalars[last]) {
      label = label.lowerBound..<text.scalars.before(label.upperBound)
    } else if position < end, Self.isColon(text.scalars[position]) {
      position = text.skipSpaces(from: text.scalars.after(position), to: end)
    } else {
      return nil
    }
    var stamps: [Timecode] = []
    position = takeStamp(at: position, end, bare: true, into: &stamps)
    return make(line, .bold, label, start..<position, stamps, end)
  }

  // A heading has a blank line below it as a rule.
  func isFollowed(heading line: Int) -> Bool {
    let below = text.lines.indices.dropFirst(line + 1).prefix(2)
      .first { !text.lines[$0].isBlank }
    return below.map { text.scalars[text.lines[$0].content] != "#" } ?? false
  }

  // `### Ana` above the words is a label if such names recur, else a heading.
  mutating func heading(_ line: Int, _ start: Int, _ end: Int) -> LabelCandidate? {
    let words = (start..<end).first { text.scalars[$0] != "#" } ?? end
    guard words < end, text.scalars[words].isLayoutSpace else { return sigil(line, start, end) }
    let name = text.skipSpaces(from: words, to: end)
    guard name < end else { return nil }
    let last = text.scalars.before(end)
    let named =
      Self.isColon(text.scalars[last])
      ? make(line, .standalone, name..<last, start..<end, [], end) : standalone(line, name, end)
    guard var found = named, found.layout == .standalone else { return nil }
    found.mark = start..<found.mark.upperBound
    return found
  }
}
