internal import QDACore

/// The name that a selection without one is written with: its words.
///
/// White space is folded, and what goes beyond a hundred characters is cut, as ATLAS.ti has it. So any
/// reader can check whether it counts positions as the writer did.
enum SelectionName {
  private static let limit = 100

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// The bytes of the text that a name is made of, and whether words were cut off.
  static func range(
    of span: TextSpan, in text: Text, _ utf8: borrowing Span<UInt8>
  ) -> (bytes: Range<Int>, isCut: Bool) {
    var start = text.utf8Offset(ofScalar: Int(span.start))
    // A longer stretch is cut anyhow, and counting to its end would cost more than writing it.
    var end = text.utf8Offset(ofScalar: Int(span.end))
    while start < end, isSpace(utf8[start]) { start += 1 }
    while end > start, isSpace(utf8[end - 1]) { end -= 1 }
    var count = 0
    var index = start
    while index < end {
      if count == limit {
        while index > start, isSpace(utf8[index - 1]) { index -= 1 }
        return (start..<index, true)
      }
      count += 1
      if isSpace(utf8[index]) {
        while index < end, isSpace(utf8[index]) { index += 1 }
      } else {
        index += 1
        while index < end, utf8[index] & 0xC0 == 0x80 { index += 1 }
      }
    }
    return (start..<end, false)
  }

  /// The name that words give.
  static func of(_ words: String) -> String {
    let parts = words.split { $0.isWhitespace }.joined(separator: " ")
    let scalars = parts.unicodeScalars
    guard scalars.count > limit else { return parts }
    return String(scalars.prefix(limit)).trimmed + "…"
  }

  /// Whether a name is the one that the words give.
  static func isDerived(_ name: String, from span: TextSpan, in text: Text) -> Bool {
    var buffer = XMLBuffer()
    buffer.name(of: span, in: text)
    var own = XMLBuffer()
    own.attribute(name)
    return buffer.bytes == own.bytes
  }
}
