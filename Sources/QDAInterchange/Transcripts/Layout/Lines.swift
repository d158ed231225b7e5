/// A text cut into the lines that matter for its layout.
///
/// A line ends at `\n` and at every other break of Unicode; only `\n` ends a line of the text, but a
/// form feed ends a page and a soft break may stand before a label.
struct Lines {
  /// A line without its terminator.
  struct Line {
    /// The first scalar; a form feed before it is not part of the line.
    var start: Int
    /// After the last scalar.
    var end: Int
    /// Where the following line's terminator ends.
    var next: Int
    /// The first scalar that is not white, or ``end``.
    var content: Int
    /// After the last scalar that is not white, or ``start``.
    var contentEnd: Int
    /// Where the form feed stands that begins a page with this line.
    var pageBreak: Int?
    /// The columns that the white before the content takes, with tab stops of eight.
    var indent: Int

    var isBlank: Bool { content >= contentEnd }
  }

  let scalars: [Unicode.Scalar]
  let lines: [Line]
  /// Times that are only read as such because the caller says so, by their position.
  var shorthand: [Int: Timecode] = [:]

  init(_ text: String) {
    self.init(scalars: Array(text.unicodeScalars))
  }

  init(scalars: [Unicode.Scalar]) {
    self.scalars = scalars
    var lines: [Line] = []
    var start = 0
    var pageBreak: Int?
    for (index, scalar) in scalars.enumerated() where Self.isBreak(scalar) {
      if scalar == "\u{C}", start == index {
        pageBreak = pageBreak ?? index
      } else {
        lines.append(
          Self.line(scalars, start: start, end: index, next: index + 1, pageBreak: pageBreak))
        pageBreak = scalar == "\u{C}" ? index : nil
      }
      start = index + 1
    }
    if start < scalars.count {
      lines.append(
        Self.line(
          scalars, start: start, end: scalars.count, next: scalars.count, pageBreak: pageBreak))
    }
    self.lines = lines
  }

  private static func line(
    _ scalars: [Unicode.Scalar], start: Int, end: Int, next: Int, pageBreak: Int?
  ) -> Line {
    var content = start
    var indent = 0
    while content < end, scalars[content].isLayoutSpace {
      indent = scalars[content] == "\t" ? (indent / 8 + 1) * 8 : indent + 1
      content += 1
    }
    var contentEnd = end
    while contentEnd > content, scalars[contentEnd - 1].isLayoutSpace { contentEnd -= 1 }
    return Line(
      start: start, end: end, next: next, content: content, contentEnd: max(content, contentEnd),
      pageBreak: pageBreak, indent: indent)
  }

  private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A, 0x0B, 0x0C, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  func string(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
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
