internal import QDACore

/// A text cut into the lines that matter for its layout.
///
/// A line ends at `\n` and at every other break of Unicode; only `\n` ends a line of the text, but a
/// form feed ends a page and a soft break may stand before a label. All positions are offsets in
/// the text's UTF-8.
struct Lines {
  /// A line without its terminator.
  struct Line {
    /// Its first byte; a form feed before it is not part of the line.
    var start: Int
    /// After its last byte.
    var end: Int
    /// The first position that is not white, or ``end``.
    var content: Int
    /// After the last scalar that is not white, or ``start``.
    var contentEnd: Int
    /// Where the form feed stands that begins a page with this line.
    var pageBreak: Int?
    /// The columns that the white before the content takes, with tab stops of eight.
    var indent: Int

    var isBlank: Bool { content >= contentEnd }
  }

  let scalars: ScalarView
  let lines: [Line]
  /// Times that are only read as such because the caller says so, by their position.
  var shorthand: [Int: Timecode] = [:]

  init(_ text: String) {
    self.init(utf8: Array(text.utf8))
  }

  /// Cuts a text whose UTF-8 is well-formed.
  init(utf8 bytes: [UInt8]) {
    scalars = ScalarView(bytes)
    var lines: [Line] = []
    lines.reserveCapacity(bytes.count / 64)
    var start = 0
    var pageBreak: Int?
    var next = bytes.span.firstBeyondPlain(from: 0, to: bytes.count)
    while next < bytes.count {
      let index = next
      let byte = bytes[index]
      next = bytes.span.firstBeyondPlain(from: index + 1, to: bytes.count)
      // The last byte of each break: `\n`, `\v`, `\f`, U+0085, U+2028 and U+2029.
      let length: Int
      switch byte {
      case 0x0A...0x0C: length = 1
      case 0x85 where bytes[index - 1] == 0xC2: length = 2
      case 0xA8 where bytes[index - 1] == 0x80 && bytes[index - 2] == 0xE2: length = 3
      case 0xA9 where bytes[index - 1] == 0x80 && bytes[index - 2] == 0xE2: length = 3
      default: continue
      }
      let end = index + 1 - length
      if byte == 0x0C, start == index {
        pageBreak = pageBreak ?? index
      } else {
        lines.append(Self.line(scalars, start: start, end: end, pageBreak: pageBreak))
        pageBreak = byte == 0x0C ? index : nil
      }
      start = index + 1
    }
    if start < bytes.count {
      lines.append(Self.line(scalars, start: start, end: bytes.count, pageBreak: pageBreak))
    }
    self.lines = lines
  }

  private static func line(
    _ scalars: ScalarView, start: Int, end: Int, pageBreak: Int?
  ) -> Line {
    var content = start
    var indent = 0
    while content < end, scalars[content].isLayoutSpace {
      indent = scalars[content] == "\t" ? (indent / 8 + 1) * 8 : indent + 1
      content = scalars.after(content)
    }
    var contentEnd = end
    while contentEnd > content, scalars[contentEnd - 1].isLayoutSpace { contentEnd -= 1 }
    return Line(
      start: start, end: end, content: content, contentEnd: max(content, contentEnd),
      pageBreak: pageBreak, indent: indent)
  }

  /// The number of scalars of a line.
  func width(ofLine index: Int) -> Int { scalars.count(lines[index].start..<lines[index].end) }

  /// The whole text.
  var string: String {
    // The bytes are well-formed, as the initialisers ask.
    unsafe String(copying: UTF8Span(unchecked: scalars.utf8.span, isKnownASCII: scalars.isASCII))
  }

  func string(_ range: Range<Int>) -> String {
    String(decoding: scalars.utf8[range], as: UTF8.self)
  }

  /// Whether a byte stands anywhere in the text.
  func holds(_ byte: UInt8) -> Bool {
    scalars.utf8.first(byte, in: 0..<scalars.utf8.count) < scalars.utf8.count
  }

  /// Whether a stretch holds a question mark: `?`, `？` or `؟`.
  func asks(_ range: Range<Int>) -> Bool {
    let utf8 = scalars.utf8
    if utf8.first(0x3F, in: range) < range.upperBound { return true }
    if scalars.isASCII { return false }
    var index = utf8.first(0x9F, in: range)
    while index < range.upperBound {
      if scalars[index] == "？" || scalars[index] == "؟" { return true }
      index = utf8.first(0x9F, in: index + 1..<range.upperBound)
    }
    return false
  }

  /// The first position at or after another, before a limit, that is not white.
  func skipSpaces(from position: Int, to limit: Int) -> Int {
    var position = position
    while position < limit, scalars[position].isLayoutSpace { position += 1 }
    return position
  }

  func trimmingEnd(of range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    while end > range.lowerBound, scalars[end - 1].isLayoutSpace { end -= 1 }
    return range.lowerBound..<end
  }
}

extension Unicode.Scalar {
  /// Whether a scalar is white to a reader's eye: spaces, and marks of direction or width that
  /// nobody sees.
  var isLayoutSpace: Bool {
    switch value {
    case 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0x85, 0xA0: true
    case 0..<0x1680: false
    case 0x1680, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: isInvisible
    }
  }

  /// Whether a scalar shows nothing and takes no room: marks of direction, soft hyphens and the
  /// like, which are ignored when labels are compared.
  var isInvisible: Bool {
    switch value {
    case 0xAD, 0x61C, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060, 0x2066...0x2069, 0xFEFF:
      true
    default: false
    }
  }

  var isASCIIDigit: Bool { (0x30...0x39).contains(value) }

  var digit: Int? { isASCIIDigit ? Int(value) - 0x30 : nil }
}
