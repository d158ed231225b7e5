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

  // `**Ana:** text`, with the colon inside or outside, and a time inside or after it; alone on its
  // line also without a colon.
  mutating func bold(_ line: Int, _ start: Int, _ end: Int) -> LabelCandidate? {
    let sign = text.scalars[start]
    guard start + 1 < end, text.scalars[start + 1] == sign else { return nil }
    // A range of times takes no more than forty scalars.
    let limit = text.scalars.advance(start, by: LabelShape.maximumLength + 48, limit: end)
    var close = start + 2
    while close + 1 < limit, !(text.scalars[close] == sign && text.scalars[close + 1] == sign) {
      close += 1
    }
    guard close + 1 < limit else { return nil }
    var title = title(text.trimmingEnd(of: text.skipSpaces(from: start + 2, to: close)..<close))
    var position = text.skipSpaces(from: close + 2, to: end)
    if position < end, Self.isColon(text.scalars[position]) {
      title.hasColon = true
      position = text.skipSpaces(from: text.scalars.after(position), to: end)
    }
    let isTimed = !title.stamps.isEmpty
    if !isTimed { position = takeStamp(at: position, end, bare: true, into: &title.stamps) }
    if title.hasColon || !isTimed && !title.stamps.isEmpty && position == end {
      return make(line, .bold, title.label, start..<position, title.stamps, end)
    }
    if readsMarkdown, title.stamps.isEmpty, position < end, Self.isDash(text.scalars[position]),
      case let next = text.scalars.after(position), next < end, text.scalars[next].isLayoutSpace
    {
      let words = text.skipSpaces(from: next, to: end)
      var found = make(line, .dash, title.label, start..<words, [], end)
      found?.form = .bare
      return found
    }
    guard readsMarkdown, position == end else { return nil }
    var found = make(line, .standalone, title.label, start..<end, title.stamps, end)
    found?.form = .bare
    found?.title = .bold
    return found
  }

  // A heading or what is set in bold, without the colon at its end and the time at either end.
  private func title(
    _ whole: Range<Int>
  ) -> (label: Range<Int>, stamps: [Timecode], hasColon: Bool) {
    var label = whole
    var stamps: [Timecode] = []
    var hasColon = false
    if let stamp = Timecode.read(text.scalars, at: label.lowerBound, limit: label.upperBound) {
      stamps.append(stamp)
      let start = text.skipSpaces(from: stamp.range.upperBound, to: label.upperBound)
      label = start..<label.upperBound
    }
    func dropColon() {
      guard !label.isEmpty, case let last = text.scalars.before(label.upperBound),
        Self.isColon(text.scalars[last])
      else { return }
      hasColon = true
      label = text.trimmingEnd(of: label.lowerBound..<last)
    }
    dropColon()
    if !stamps.isEmpty { return (label, stamps, hasColon) }
    let stamp = label.dropFirst().lazy
      .filter { text.scalars[$0 - 1].isLayoutSpace }
      .compactMap { Timecode.read(text.scalars, at: $0, limit: label.upperBound) }
      .first { $0.range.upperBound == label.upperBound }
    guard let stamp else { return (label, [], hasColon) }
    label = text.trimmingEnd(of: label.lowerBound..<stamp.range.lowerBound)
    dropColon()
    return (label, [stamp], hasColon)
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

  // `<u>Ana:</u> text`, with the colon inside or outside.
  mutating func tagged(_ line: Int, _ start: Int, _ end: Int) -> LabelCandidate? {
    let utf8 = text.scalars.utf8
    let opening = utf8[start..<min(end, start + 8)]
    let tag = ["<u>", "<b>", "<strong>"].first { opening.starts(with: $0.utf8) }
    guard let tag else { return nil }
    let first = start + tag.utf8.count
    let limit = text.scalars.advance(first, by: LabelShape.maximumLength + 2, limit: end)
    let close = utf8.first(UInt8(ascii: "<"), in: first..<limit)
    let after = close + tag.utf8.count + 1
    guard close < limit, after <= end,
      utf8[close..<after].elementsEqual("</\(tag.dropFirst())".utf8)
    else { return nil }
    var label = text.trimmingEnd(of: first..<close)
    var position = text.skipSpaces(from: after, to: end)
    if !label.isEmpty, case let last = text.scalars.before(label.upperBound),
      Self.isColon(text.scalars[last])
    {
      label = label.lowerBound..<last
    } else if position < end, Self.isColon(text.scalars[position]) {
      position = text.skipSpaces(from: text.scalars.after(position), to: end)
    } else {
      return nil
    }
    return make(line, .bold, label, start..<position, [], end)
  }

  // A title has a blank line below it as a rule; what another title follows heads no words.
  func isFollowed(_ title: LabelCandidate.Title, _ line: Int) -> Bool {
    let below = text.lines.indices.dropFirst(line + 1).prefix(2)
      .first { !text.lines[$0].isBlank }
    guard let below, case let next = text.lines[below], text.scalars[next.content] != "#" else {
      return false
    }
    return title == .heading || !text.scalars.utf8[next.content..<next.end].starts(with: "**".utf8)
  }

  // `### Ana` above the words, also with a time, is a label if such names recur, else a heading.
  mutating func heading(_ line: Int, _ start: Int, _ end: Int) -> LabelCandidate? {
    let words = (start..<end).first { text.scalars[$0] != "#" } ?? end
    guard words < end, text.scalars[words].isLayoutSpace else { return sigil(line, start, end) }
    let title = title(text.skipSpaces(from: words, to: end)..<end)
    guard !title.label.isEmpty else { return nil }
    var named =
      title.hasColon
      ? make(line, .standalone, title.label, start..<end, [], end)
      : standalone(line, title.label.lowerBound, title.label.upperBound)
    if !title.stamps.isEmpty, named?.layout == .inline {
      named = unlabelled(line, title.label.lowerBound, title.label.upperBound)
    }
    guard var found = named, found.layout == .standalone else { return nil }
    found.mark = start..<end
    found.stamps = title.stamps
    found.title = .heading
    return found
  }
}
