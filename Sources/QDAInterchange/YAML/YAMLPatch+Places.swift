// Where the values of a file begin and end: Yams knows beginnings only.
extension YAMLPatch {
  func offset(_ line: Int, _ column: Int) -> Int {
    guard let range = document.lines.range(line) else { return document.bytes.count }
    var position = range.lowerBound
    if line == 1, document.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position += 3 }
    var left = column - 1
    while position < range.upperBound {
      if document.bytes[position] & 0xC0 != 0x80 {
        if left == 0 { return position }
        left -= 1
      }
      position += 1
    }
    return position
  }

  /// From the key to the end of the last line that belongs to the entry.
  func entryRange(_ entry: YAMLNode.Entry, endLine: Int) -> Range<Int> {
    let start = offset(entry.line, entry.column)
    return start..<max(start, contentEnd(entry.line, endLine, indent: entry.column - 1))
  }

  func itemRange(_ index: Int, _ starts: [Int], column: Int) -> Range<Int> {
    let start = offset(starts[index], column)
    return start..<max(start, contentEnd(starts[index], starts[index + 1], indent: column - 1))
  }

  // Blank lines and comments behind a value that are not indented below it belong to what follows.
  private func contentEnd(_ first: Int, _ endLine: Int, indent: Int) -> Int {
    var line = endLine - 1
    while line > first, let text = document.lines.text(line) {
      let content = text.drop { $0 == " " || $0 == "\t" }
      let isComment = content.hasPrefix("#") && text.count - content.count <= indent
      guard content.isEmpty || isComment || text == "---" || text == "..." else { break }
      line -= 1
    }
    guard var end = document.lines.range(line)?.upperBound else { return document.bytes.count }
    let bytes = document.bytes
    if end > 0, bytes[end - 1] == 0x0A { end -= 1 }
    if end > 0, bytes[end - 1] == 0x0D { end -= 1 }
    return end
  }

  func endOfLine(_ offset: Int) -> Int {
    let end = document.bytes[offset...].firstIndex(of: 0x0A)
    return end.map { $0 + 1 } ?? document.bytes.count
  }

  /// The line of each item's dash.
  func itemStarts(_ node: YAMLNode) -> [Int] {
    var starts: [Int] = []
    for item in node.items {
      var line = item.line
      let limit = starts.last.map { $0 + 1 } ?? node.line
      while line > limit, !hasDash(line, node.column) { line -= 1 }
      starts.append(line)
    }
    return starts
  }

  private func hasDash(_ line: Int, _ column: Int) -> Bool {
    let position = offset(line, column)
    guard position < document.bytes.count, document.bytes[position] == 0x2D else { return false }
    return document.lines.range(line)?.contains(position) ?? false
  }

  /// The exact range of a scalar that stands on one line, or `nil`.
  func scalarRange(_ node: YAMLNode) -> Range<Int>? {
    let start = offset(node.line, node.column)
    guard let line = document.lines.range(node.line), line.contains(start) else { return nil }
    let bytes = document.bytes
    switch node.style {
    case .quoted:
      guard let end = quotedEnd(from: start), end <= line.upperBound else { return nil }
      return start..<end
    case .plain:
      var end = start
      var last = start
      while end < line.upperBound, bytes[end] != 0x0A, bytes[end] != 0x0D {
        if bytes[end] == 0x23, end > start, bytes[end - 1] == 0x20 { break }
        if bytes[end] != 0x20, bytes[end] != 0x09 { last = end + 1 }
        end += 1
      }
      // A plain text may go on in the lines below.
      return String(decoding: bytes[start..<last], as: UTF8.self) == node.text ? start..<last : nil
    case .block, .flow: return nil
    }
  }

  private func quotedEnd(from start: Int) -> Int? {
    let bytes = document.bytes
    guard start < bytes.count else { return nil }
    let quote = bytes[start]
    var index = start + 1
    while index < bytes.count {
      if bytes[index] == 0x5C, quote == 0x22 {
        index += 2
      } else if bytes[index] == quote {
        if quote == 0x27, index + 1 < bytes.count, bytes[index + 1] == quote {
          index += 2
        } else {
          return index + 1
        }
      } else {
        index += 1
      }
    }
    return nil
  }

  /// Behind the bracket that closes the one at a place.
  func flowEnd(from start: Int) -> Int {
    let bytes = document.bytes
    var depth = 0
    var index = start
    while index < bytes.count {
      switch bytes[index] {
      case 0x5B, 0x7B: depth += 1
      case 0x5D, 0x7D:
        depth -= 1
        if depth == 0 { return index + 1 }
      case 0x22 where Self.opensQuote(bytes, index), 0x27 where Self.opensQuote(bytes, index):
        index = (quotedEnd(from: index) ?? bytes.count) - 1
      case 0x23 where index > 0 && bytes[index - 1] <= 0x20:
        index = endOfLine(index) - 1
      default: break
      }
      index += 1
    }
    return bytes.count
  }

  // An apostrophe inside a plain text opens nothing.
  private static func opensQuote(_ bytes: [UInt8], _ index: Int) -> Bool {
    var before = index - 1
    while before >= 0, bytes[before] == 0x20 || bytes[before] == 0x0A || bytes[before] == 0x0D {
      before -= 1
    }
    return before >= 0 && [0x5B, 0x7B, 0x2C, 0x3A].contains(bytes[before])
  }
}
