/// Finds the numbers, or the one time, that some transcripts put before every line or paragraph.
enum LineNumbers {
  /// The number of each line with one space after it, or `nil`; empty where lines are not numbered.
  ///
  /// At least four in five lines must carry one, and go on from the line before or start anew at 1,
  /// unless a caller is sure that they are numbers.
  static func find(in text: Lines, isSure: Bool = false) -> [Range<Int>?] {
    if let times = repeatedTimes(in: text) { return times }
    var found = [Range<Int>?](repeating: nil, count: text.lines.count)
    var filled = 0
    var numbered = 0
    var above = 0
    var empty = 0
    var rising = 0
    var previous: Int?
    for (index, line) in text.lines.enumerated() where !line.isBlank {
      filled += 1
      guard let (value, range) = number(in: text, line) else { continue }
      if value == 1, numbered == 0 {
        // What stands above may describe the document.
        above = filled - 1
        filled = 1
      }
      numbered += 1
      if range.upperBound == line.contentEnd { empty += 1 }
      found[index] = range
      if value == 1 || value == previous.map({ $0 + 1 }) { rising += 1 }
      previous = value
    }
    let isNumbered =
      numbered - empty >= 3 && above <= min(numbered, 20) && empty * 2 <= numbered
      && numbered * 10 >= filled * 8
      && (rising + 1) * 10 >= numbered * 8
      && (above == 0 && empty == 0 || areLabelled(found, in: text))
    return isNumbered || isSure ? found : []
  }

  // Whether what stands before colons behind the numbers recurs, as it does in a talk; lists are
  // numbered below a heading, too.
  private static func areLabelled(_ numbers: [Range<Int>?], in text: Lines) -> Bool {
    var seen: Set<ByteKey> = []
    for (line, number) in zip(text.lines, numbers) {
      guard let number else { continue }
      var start = number.upperBound
      if let stamp = text.stamp(at: start, limit: line.contentEnd) {
        start = text.skipSpaces(from: stamp.range.upperBound, to: line.contentEnd)
      }
      let limit = min(start + LabelShape.maximumLength, line.contentEnd)
      guard start < limit, case let colon = text.scalars.utf8.first(0x3A, in: start..<limit),
        colon > start, colon < limit
      else { continue }
      if !seen.insert(ByteKey(text.scalars.utf8[start..<colon])).inserted { return true }
    }
    return false
  }

  // One time before each line of a text says nothing where others end lines.
  private static func repeatedTimes(in text: Lines) -> [Range<Int>?]? {
    let filled = text.lines.indices.filter { !text.lines[$0].isBlank }
    guard filled.count >= 4, let first = filled.first.map({ text.lines[$0] }),
      let time = Timecode.read(text.scalars, at: first.content, limit: first.contentEnd),
      time.style == .bare, time.end == nil
    else { return nil }
    let bytes = text.scalars.utf8[time.range]
    var found = [Range<Int>?](repeating: nil, count: text.lines.count)
    var others = 0
    for index in filled {
      let line = text.lines[index]
      let end = line.content + bytes.count
      guard end < line.contentEnd, text.scalars[end].isLayoutSpace,
        text.scalars.utf8[line.content..<end] == bytes
      else { return nil }
      found[index] = line.content..<text.scalars.after(end)
      let last = text.scalars.utf8[end..<line.contentEnd].lastIndex(of: 0x20)
      let stamp = last.flatMap {
        Timecode.read(text.scalars, at: $0 + 1, limit: line.contentEnd)
      }
      if let stamp, stamp.range.upperBound == line.contentEnd { others += 1 }
    }
    return others >= 2 ? found : nil
  }

  /// Marks the numbers of paragraphs that stand on lines of their own, as in printed transcripts.
  ///
  /// There must be eight at least, and nine in ten must follow from the one before them; a page's
  /// end may repeat one.
  static func markLone(in text: Lines, _ kinds: inout [LineKind]) {
    var lone: [Int] = []
    var rising = 0
    var previous: Int?
    for (index, line) in text.lines.enumerated() where kinds[index] == .text {
      let digits = text.scalars.utf8[line.content..<line.contentEnd]
      guard (1...4).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
        continue
      }
      let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      lone.append(index)
      // One that stands at a page's edge may have been taken for its furniture.
      if let previous { rising += (previous...previous + 2).contains(value) ? 1 : 0 }
      previous = value
    }
    guard lone.count >= 8, rising * 10 >= (lone.count - 1) * 9 else { return }
    for index in lone { kinds[index] = .number }
  }

  private static func number(in text: Lines, _ line: Lines.Line) -> (Int, Range<Int>)? {
    var position = line.content
    let isBracketed = text.scalars[position] == "("
    if isBracketed { position += 1 }
    var value = 0
    var digits = 0
    while position < line.contentEnd, digits < 5, let digit = text.scalars[position].digit {
      value = value * 10 + digit
      digits += 1
      position += 1
    }
    guard (1...4).contains(digits) else { return nil }
    // A blank line is numbered, too.
    if position == line.contentEnd {
      return isBracketed ? nil : (value, line.content..<position)
    }
    if isBracketed {
      guard text.scalars[position] == ")" else { return nil }
      position += 1
    }
    // `12.` and `12)` count paragraphs as `12` counts lines.
    if !isBracketed, [".", ")"].contains(text.scalars[position]) { position += 1 }
    guard position < line.contentEnd, text.scalars[position].isLayoutSpace else { return nil }
    return (value, line.content..<text.scalars.after(position))
  }
}
