internal import QDACore

/// Bytes of XML as they are written, with what must not stand in XML replaced.
struct XMLBuffer {
  private(set) var bytes: [UInt8] = []
  private let style: IDStyle

  init(idStyle: IDStyle = IDStyle()) { style = idStyle }

  /// Hands over what was written and begins anew, with as much room.
  mutating func take() -> [UInt8] {
    let written = bytes
    bytes = []
    bytes.reserveCapacity(written.count)
    return written
  }

  /// Writes several things of which it is known how much room they take at most.
  ///
  /// That there is room is looked up once for all of them.
  mutating func bounded(by limit: Int, _ write: (inout XMLRoom) -> Void) {
    let style = style
    bytes.append(addingCapacity: limit) { (bytes: inout OutputSpan<UInt8>) in
      unsafe bytes.withUnsafeMutableBufferPointer { bytes, count in
        var room = unsafe XMLRoom(bytes, count: count, style)
        write(&room)
        count = room.count
      }
    }
  }

  /// Writes mark-up as it is.
  mutating func raw(_ text: StaticString) {
    bounded(by: text.utf8CodeUnitCount) { $0.raw(text) }
  }

  /// Writes a GUID.
  mutating func guid<Kind>(_ id: ID<Kind>) { bounded(by: 38) { $0.guid(id) } }

  /// Writes a whole number.
  mutating func number(_ value: Int) { bounded(by: 20) { $0.number(value) } }

  /// Writes a moment as `xsd:dateTime`, in its own zone.
  mutating func time(_ time: Timestamp) { bounded(by: 32) { $0.time(time) } }

  // MARK: - Text

  /// Writes text as the value of an attribute, in which line ends are kept.
  mutating func attribute(_ text: String) {
    var text = text
    text.withUTF8 { unsafe escape($0.span, 0..<$0.count, isAttribute: true) }
  }

  /// Writes text as the content of an element.
  mutating func content(_ text: String) {
    var text = text
    text.withUTF8 { unsafe escape($0.span, 0..<$0.count, isAttribute: false) }
  }

  /// Writes the words of a stretch of text as a name: white space is folded and the rest is cut.
  mutating func name(of span: TextSpan, in text: Text) {
    let utf8 = text.string.utf8.span
    let range = SelectionName.range(of: span, in: text, utf8)
    var piece = range.bytes.lowerBound
    var index = piece
    while index < range.bytes.upperBound {
      if SelectionName.isSpace(utf8[index]) {
        escape(utf8, piece..<index, isAttribute: true)
        bytes.append(UInt8(ascii: " "))
        while index < range.bytes.upperBound, SelectionName.isSpace(utf8[index]) { index += 1 }
        piece = index
      } else {
        index += 1
      }
    }
    escape(utf8, piece..<range.bytes.upperBound, isAttribute: true)
    if range.isCut { raw("…") }
  }

  private mutating func escape(
    _ utf8: borrowing Span<UInt8>, _ range: Range<Int>, isAttribute: Bool
  ) {
    // What needs nothing is copied in one go.
    let special = isAttribute ? Self.specialInAttributes : Self.specialInContent
    var plain = range.lowerBound
    var index = utf8.first(special, in: range)
    while index < range.upperBound {
      let byte = utf8[index]
      var length = 1
      let written: StaticString? =
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case 0x0A: "&#10;"
        case 0x09: "&#9;"
        case 0x0D: "&#13;"
        case 0xEF:
          index + 2 < range.upperBound && utf8[index + 1] == 0xBF && utf8[index + 2] >= 0xBE
            ? "\u{FFFD}" : nil
        default: "\u{FFFD}"
        }
      if let written {
        if byte == 0xEF { length = 3 }
        bytes.append(utf8.extracting(plain..<index))
        raw(written)
        plain = index + length
      }
      index = utf8.first(special, in: index + length..<range.upperBound)
    }
    bytes.append(utf8.extracting(plain..<range.upperBound))
  }

  /// What may not stand in an element's content as it is; U+FFFE and U+FFFF begin with the last.
  private static let specialInContent = ByteSet(
    Array(0x00..<0x09) + Array(0x0B..<0x20) + Array("&<>".utf8) + [0xEF])
  /// What may not stand in an attribute as it is, line ends and tabs among it.
  private static let specialInAttributes = ByteSet(
    Array(0x00..<0x20) + Array("&<>\"".utf8) + [0xEF])
}
