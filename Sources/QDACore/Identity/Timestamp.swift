/// A moment with its zone, in eight bytes: milliseconds since 1970 and minutes east of Greenwich.
///
/// The zone is kept because "who coded what on which day" is a question about local time. A time
/// that was written without a zone keeps none. Fractions finer than a millisecond are refused by
/// ``init(_:)`` rather than cut.
public struct Timestamp: Hashable, Sendable {
  private let packed: Int64
  private static let noZone: Int64 = 0xFFF

  /// Creates a moment; `zone` is in minutes east of Greenwich, or `nil` where none was written.
  ///
  /// A zone of a day or more, and a moment outside the years 0000 to 9999 of its zone, cannot be
  /// written as RFC 3339; they are clamped to the nearest that can.
  public init(milliseconds: Int64, zone: Int?) {
    let zone = zone.map { Int64(min(max($0, -1439), 1439)) }
    let shift = (zone ?? 0) * 60_000
    let moment = min(max(milliseconds, Self.earliest - shift), Self.latest - shift)
    packed = moment << 12 | (zone.map { $0 + 0x7FF } ?? Self.noZone)
  }

  private static let earliest = days(fromCivil: 0, 1, 1) * 86_400_000
  private static let latest = days(fromCivil: 10_000, 1, 1) * 86_400_000 - 1

  init(packed: Int64) { self.packed = packed }

  /// The eight bytes in which a coding row holds its time.
  var rawValue: Int64 { packed }

  /// Milliseconds since 1970-01-01T00:00:00Z, or since that local midnight where no zone is known.
  public var milliseconds: Int64 { packed >> 12 }

  /// Minutes east of Greenwich, or `nil` where none was written.
  public var zone: Int? {
    let zone = packed & 0xFFF
    return zone == Self.noZone ? nil : Int(zone) - 0x7FF
  }
}

extension Timestamp: Comparable {
  /// Orders moments by time; of two equal times the one further west comes first.
  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.packed < right.packed }
}

extension Timestamp: LosslessStringConvertible {
  /// The moment as RFC 3339 has it, in its own zone: `2026-03-04T10:30:00+01:00`.
  public var description: String {
    let local = milliseconds + Int64(zone ?? 0) * 60_000
    let (days, rest) = Self.floorDivide(local, 86_400_000)
    let (year, month, day) = Self.civil(fromDays: days)
    var text = "\(Self.pad(year, 4))-\(Self.pad(month))-\(Self.pad(day))T"
    text += "\(Self.pad(Int(rest / 3_600_000))):\(Self.pad(Int(rest / 60_000 % 60)))"
    text += ":\(Self.pad(Int(rest / 1000 % 60)))"
    if rest % 1000 != 0 { text += ".\(Self.pad(Int(rest % 1000), 3))" }
    guard let zone else { return text }
    if zone == 0 { return text + "Z" }
    let size = abs(zone)
    return text + (zone < 0 ? "-" : "+") + "\(Self.pad(size / 60)):\(Self.pad(size % 60))"
  }

  /// Reads an RFC 3339 date and time, the zone optional, or a date alone; anything else is `nil`.
  public init?(_ description: String) {
    self.init(utf8: Array(description.utf8).span)
  }

  /// Reads what ``init(_:)`` reads, from bytes.
  public init?(utf8 bytes: borrowing Span<UInt8>) {
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count else { return nil }
      var value = 0
      for index in range {
        let byte = bytes[index]
        guard byte >= 0x30, byte <= 0x39 else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      return value
    }
    guard bytes.count >= 10, bytes[4] == 0x2D, bytes[7] == 0x2D,
      let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      (1...12).contains(month), day >= 1, day <= Self.days(inMonth: month, of: year)
    else { return nil }
    var total = Self.days(fromCivil: year, month, day) * 86_400_000
    if bytes.count == 10 {
      self.init(milliseconds: total, zone: nil)
      return
    }
    guard bytes.count >= 19, bytes[10] == 0x54 || bytes[10] == 0x20 || bytes[10] == 0x74,
      bytes[13] == 0x3A, bytes[16] == 0x3A,
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      hour < 24, minute < 60, second < 60
    else { return nil }
    total += Int64(hour * 3_600_000 + minute * 60_000 + second * 1000)
    var index = 19
    if index < bytes.count, bytes[index] == 0x2E {
      var end = index + 1
      while end < bytes.count, (0x30...0x39).contains(bytes[end]) { end += 1 }
      while end > index + 4, bytes[end - 1] == 0x30 { end -= 1 }
      guard end > index + 1, end <= index + 4, let fraction = number(index + 1..<end) else {
        return nil
      }
      total += Int64(fraction * [0, 100, 10, 1][end - index - 1])
      index = end
      while index < bytes.count, bytes[index] == 0x30 { index += 1 }
    }
    switch bytes.count - index {
    case 0: self.init(milliseconds: total, zone: nil)
    case 1 where bytes[index] | 0x20 == 0x7A: self.init(milliseconds: total, zone: 0)
    case 6:
      guard bytes[index] == 0x2B || bytes[index] == 0x2D, bytes[index + 3] == 0x3A,
        let hours = number(index + 1..<index + 3), let minutes = number(index + 4..<index + 6),
        hours < 24, minutes < 60
      else { return nil }
      let zone = (hours * 60 + minutes) * (bytes[index] == 0x2D ? -1 : 1)
      self.init(milliseconds: total - Int64(zone) * 60_000, zone: zone)
    default: return nil
    }
  }

  private static func pad(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return switch month {
    case 2: leap ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func floorDivide(_ value: Int64, _ divisor: Int64) -> (Int64, Int64) {
    let remainder = value % divisor
    return remainder < 0
      ? (value / divisor - 1, remainder + divisor) : (value / divisor, remainder)
  }

  // Both calendar functions count from 1 March of year 0, so that the leap day ends a year.
  private static func days(fromCivil year: Int, _ month: Int, _ day: Int) -> Int64 {
    let shifted = month > 2 ? year : year - 1
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468)
  }

  private static func civil(fromDays days: Int64) -> (Int, Int, Int) {
    let (era, dayOfEra64) = floorDivide(days + 719_468, 146_097)
    let dayOfEra = Int(dayOfEra64)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + Int(era) * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}

extension Timestamp: Codable {
  /// Reads the moment from its RFC 3339 spelling.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let timestamp = Timestamp(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is not a date and time of RFC 3339")
    }
    self = timestamp
  }

  /// Writes the RFC 3339 spelling.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
