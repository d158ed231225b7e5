internal import QDACore

/// Bytes of XML as they are written, with what must not stand in XML replaced.
struct XMLBuffer {
  private(set) var bytes: [UInt8] = []
  private let style: IDStyle
  private var lastTime: (time: Timestamp, bytes: [UInt8])?

  init(idStyle: IDStyle = IDStyle()) { style = idStyle }

  /// Hands over what was written and begins anew, with as much room.
  mutating func take() -> [UInt8] {
    let written = bytes
    bytes = []
    bytes.reserveCapacity(written.count)
    return written
  }

  /// Writes mark-up as it is.
  mutating func raw(_ text: StaticString) {
    unsafe bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Writes a GUID.
  mutating func guid<Kind>(_ id: ID<Kind>) { guid(id.high, id.low) }

  private mutating func guid(_ high: UInt64, _ low: UInt64) {
    let quarters =
      [
        digits(high >> 32), digits(high), digits(low >> 32), digits(low),
      ] as InlineArray<4, UInt64>
    let hasBraces = style.hasBraces
    bytes.append(addingCapacity: 38) { (bytes: inout OutputSpan<UInt8>) in
      unsafe bytes.withUnsafeMutableBufferPointer { room, count in
        let room = UnsafeMutableRawBufferPointer(room)
        func put<Digits: FixedWidthInteger>(_ digits: Digits) {
          unsafe room.storeBytes(of: digits.bigEndian, toByteOffset: count, as: Digits.self)
          count += MemoryLayout<Digits>.size
        }
        if hasBraces { put(UInt8(ascii: "{")) }
        put(quarters[0])
        for quarter in 1...2 {
          put(UInt8(ascii: "-"))
          put(UInt32(truncatingIfNeeded: quarters[quarter] >> 32))
          put(UInt8(ascii: "-"))
          put(UInt32(truncatingIfNeeded: quarters[quarter]))
        }
        put(quarters[3])
        if hasBraces { put(UInt8(ascii: "}")) }
      }
    }
  }

  /// The eight hexadecimal digits of the low half of a value, the first in the highest byte.
  private func digits(_ value: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var nibbles = value & 0xFFFF_FFFF
    nibbles = (nibbles | nibbles << 16) & 0x0000_FFFF_0000_FFFF
    nibbles = (nibbles | nibbles << 8) & 0x00FF_00FF_00FF_00FF
    nibbles = (nibbles | nibbles << 4) & 0x0F0F_0F0F_0F0F_0F0F
    // A nibble of ten or more reaches sixteen with six added, and is a letter.
    let letters = ((nibbles &+ ones &* 6) >> 4) & ones
    return nibbles &+ ones &* 0x30 &+ letters &* (style.isUppercase ? 0x07 : 0x27)
  }

  /// Writes a whole number.
  mutating func number(_ value: Int) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    var digits = InlineArray<20, UInt8>(repeating: UInt8(ascii: "0"))
    var first = digits.count
    var rest = value.magnitude
    repeat {
      first -= 1
      digits[first] += UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    bytes.append(digits.span.extracting(first...))
  }

  /// Writes a moment as `xsd:dateTime`, in its own zone.
  mutating func time(_ time: Timestamp) {
    if let lastTime, lastTime.time == time {
      bytes.append(contentsOf: lastTime.bytes)
      return
    }
    let start = bytes.count
    let zone = time.zone ?? 0
    let local = time.milliseconds + Int64(zone) * 60_000
    let day = local >= 0 ? local / 86_400_000 : (local - 86_399_999) / 86_400_000
    let rest = Int(local - day * 86_400_000)
    let date = CivilDate(day: Int(day))
    padded(date.year, 4)
    bytes.append(UInt8(ascii: "-"))
    padded(date.month, 2)
    bytes.append(UInt8(ascii: "-"))
    padded(date.day, 2)
    bytes.append(UInt8(ascii: "T"))
    padded(rest / 3_600_000, 2)
    bytes.append(UInt8(ascii: ":"))
    padded(rest / 60_000 % 60, 2)
    bytes.append(UInt8(ascii: ":"))
    padded(rest / 1000 % 60, 2)
    if rest % 1000 != 0 {
      bytes.append(UInt8(ascii: "."))
      padded(rest % 1000, 3)
    }
    if time.zone == 0 {
      bytes.append(UInt8(ascii: "Z"))
    } else if time.zone != nil {
      bytes.append(UInt8(ascii: zone < 0 ? "-" : "+"))
      padded(abs(zone) / 60, 2)
      bytes.append(UInt8(ascii: ":"))
      padded(abs(zone) % 60, 2)
    }
    lastTime = (time, Array(bytes[start...]))
  }

  private mutating func padded(_ value: Int, _ width: Int) {
    if width > 2 { padded(value / 100, width - 2) }
    if width > 1 { bytes.append(0x30 + UInt8(truncatingIfNeeded: value / 10 % 10)) }
    bytes.append(0x30 + UInt8(truncatingIfNeeded: value % 10))
  }

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

/// A day of the Gregorian calendar.
private struct CivilDate {
  var year: Int
  var month: Int
  var day: Int

  // Days are counted from 1 March of year 0, so that the leap day ends a year.
  init(day count: Int) {
    let shifted = count + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }
}
