internal import QDACore

/// Room for bytes of XML whose number is bounded, within a buffer.
@safe
struct XMLRoom: ~Copyable {
  private let bytes: UnsafeMutableRawBufferPointer
  private(set) var count: Int
  private let style: IDStyle

  /// - Parameter bytes: The room, which must outlive this.
  @unsafe
  init(_ bytes: UnsafeMutableBufferPointer<UInt8>, count: Int, _ style: IDStyle) {
    unsafe self.bytes = UnsafeMutableRawBufferPointer(bytes)
    self.count = count
    self.style = style
  }

  private mutating func put<Bits: FixedWidthInteger & BitwiseCopyable>(_ bits: Bits) {
    unsafe precondition(MemoryLayout<Bits>.size <= bytes.count - count, "the bound is too low")
    unsafe bytes.storeBytes(of: bits.bigEndian, toByteOffset: count, as: Bits.self)
    count += MemoryLayout<Bits>.size
  }

  /// Writes mark-up as it is.
  @inline(__always)
  mutating func raw(_ text: StaticString) {
    let text = unsafe UnsafeRawBufferPointer(
      start: text.utf8Start, count: text.utf8CodeUnitCount)
    unsafe precondition(text.count <= bytes.count - count, "the bound is too low")
    unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[count...]).copyMemory(from: text)
    count += text.count
  }

  // MARK: - GUIDs

  /// Writes a GUID, in 38 bytes at most.
  mutating func guid<Kind>(_ id: ID<Kind>) {
    if style.hasBraces { put(UInt8(ascii: "{")) }
    put(digits(id.high >> 32))
    let halves = [id.high, id.low >> 32] as InlineArray<2, UInt64>
    for index in halves.indices {
      let digits = digits(halves[index])
      put(UInt8(ascii: "-"))
      put(UInt32(truncatingIfNeeded: digits >> 32))
      put(UInt8(ascii: "-"))
      put(UInt32(truncatingIfNeeded: digits))
    }
    put(digits(id.low))
    if style.hasBraces { put(UInt8(ascii: "}")) }
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

  // MARK: - Numbers and times

  /// Writes a whole number, in 20 bytes at most.
  mutating func number(_ value: Int) {
    if value < 0 { put(UInt8(ascii: "-")) }
    var digits = InlineArray<20, UInt8>(repeating: UInt8(ascii: "0"))
    var first = digits.count
    var rest = value.magnitude
    repeat {
      first -= 1
      digits[first] += UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    for index in first..<digits.count { put(digits[index]) }
  }

  /// Writes a moment as `xsd:dateTime`, in 32 bytes at most.
  mutating func time(_ time: Timestamp) {
    let zone = time.zone ?? 0
    let local = time.milliseconds + Int64(zone) * 60_000
    let day = local >= 0 ? local / 86_400_000 : (local - 86_399_999) / 86_400_000
    let rest = Int(local - day * 86_400_000)
    let date = CivilDate(day: Int(day))
    pair(date.year / 100)
    pair(date.year % 100)
    put(UInt8(ascii: "-"))
    pair(date.month)
    put(UInt8(ascii: "-"))
    pair(date.day)
    put(UInt8(ascii: "T"))
    pair(rest / 3_600_000)
    put(UInt8(ascii: ":"))
    pair(rest / 60_000 % 60)
    put(UInt8(ascii: ":"))
    pair(rest / 1000 % 60)
    if rest % 1000 != 0 {
      put(UInt8(ascii: "."))
      put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 1000 / 100))
      pair(rest % 100)
    }
    if time.zone == 0 {
      put(UInt8(ascii: "Z"))
    } else if time.zone != nil {
      put(UInt8(ascii: zone < 0 ? "-" : "+"))
      pair(abs(zone) / 60)
      put(UInt8(ascii: ":"))
      pair(abs(zone) % 60)
    }
  }

  /// Writes a number below a hundred as two digits.
  private mutating func pair(_ value: Int) {
    put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / 10))
    put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10))
  }

  // MARK: - Attributes

  @inline(__always)
  private mutating func stamp(_ stamp: Stamp, user: StaticString, time: StaticString) {
    if let coder = stamp.by {
      raw(user)
      guid(coder)
      raw("\"")
    }
    if let moment = stamp.at {
      raw(time)
      self.time(moment)
      raw("\"")
    }
  }

  /// Writes who made something and when, in 140 bytes at most.
  mutating func created(_ created: Stamp) {
    stamp(created, user: " creatingUser=\"", time: " creationDateTime=\"")
  }

  /// Writes who changed something last and when, in 140 bytes at most.
  mutating func modified(_ modified: Stamp) {
    stamp(modified, user: " modifyingUser=\"", time: " modifiedDateTime=\"")
  }
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
