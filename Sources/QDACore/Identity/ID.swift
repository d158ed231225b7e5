private import Crypto

/// A globally unique identifier of one kind of object, as REFI-QDA has them.
///
/// The same 128 bits may identify a code and a case, as some vendors write them: an id is unique
/// within its kind, which is part of the type. Names are for people and may change; an id never does.
@frozen public struct ID<Kind>: Hashable, Sendable {
  /// The first eight bytes, big-endian.
  public let high: UInt64
  /// The last eight bytes, big-endian.
  public let low: UInt64

  /// Creates an identifier from its two halves.
  @inlinable
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Creates a random identifier (version 4 of RFC 9562) from the caller's generator.
  ///
  /// The library never draws random numbers of its own, so that the same program with the same
  /// seeded generator makes the same project.
  public init(using generator: inout some RandomNumberGenerator) {
    let high: UInt64 = generator.next()
    let low: UInt64 = generator.next()
    self.init(high: high, low: low, version: 4)
  }

  /// Creates the identifier that follows from a list of names (version 8 of RFC 9562).
  ///
  /// The first 16 bytes of the SHA-256 digest of the names, each preceded by its length in bytes,
  /// so that `["ab", "c"]` and `["a", "bc"]` differ.
  public init(derivedFrom names: [String]) {
    var hash = SHA256()
    for name in names {
      hash.update(data: Array("\(name.utf8.count):".utf8))
      hash.update(data: Array(name.utf8))
    }
    var high: UInt64 = 0
    var low: UInt64 = 0
    for (index, byte) in hash.finalize().enumerated() where index < 16 {
      if index < 8 {
        high = high << 8 | UInt64(byte)
      } else {
        low = low << 8 | UInt64(byte)
      }
    }
    self.init(high: high, low: low, version: 8)
  }

  private init(high: UInt64, low: UInt64, version: UInt64) {
    self.high = high & ~0xF000 | version << 12
    self.low = low & ~(0b11 << 62) | 0b10 << 62
  }
}

extension ID: Comparable {
  /// Orders identifiers as unsigned 128-bit numbers, which is the order of their spelling.
  @inlinable
  public static func < (left: ID, right: ID) -> Bool {
    left.high == right.high ? left.low < right.low : left.high < right.high
  }
}

extension ID: LosslessStringConvertible {
  /// The canonical spelling: 36 lower-case characters, without braces.
  public var description: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(36)
    for (index, half) in [high, low].enumerated() {
      for nibble in 0..<16 {
        if index == 0 ? nibble == 8 || nibble == 12 : nibble == 0 || nibble == 4 {
          bytes.append(UInt8(ascii: "-"))
        }
        bytes.append(
          UInt8(hexadecimal: UInt8(truncatingIfNeeded: half >> (60 - 4 * UInt64(nibble)))))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads a GUID with or without braces, in either case; anything else is `nil`.
  public init?(_ description: String) {
    guard let halves = GUIDSpelling.halves(of: Array(description.utf8).span) else { return nil }
    self.init(high: halves.high, low: halves.low)
  }

  /// Reads a GUID from its bytes, with or without braces, in either case; anything else is `nil`.
  @inlinable
  public init?(utf8 bytes: borrowing Span<UInt8>) {
    guard let halves = GUIDSpelling.halves(of: bytes) else { return nil }
    self.init(high: halves.high, low: halves.low)
  }
}

/// The spelling that all kinds of identifiers share, read outside of generic code.
@usableFromInline
enum GUIDSpelling {
  private static let hyphen = UInt8(ascii: "-")

  @usableFromInline
  static func halves(of bytes: borrowing Span<UInt8>) -> (high: UInt64, low: UInt64)? {
    var start = 0
    if bytes.count == 38 {
      guard bytes[0] == UInt8(ascii: "{"), bytes[37] == UInt8(ascii: "}") else { return nil }
      start = 1
    } else if bytes.count != 36 {
      return nil
    }
    guard bytes[start + 8] == hyphen, bytes[start + 13] == hyphen, bytes[start + 18] == hyphen,
      bytes[start + 23] == hyphen
    else { return nil }
    let raw = unsafe bytes.bytes
    func eight(_ offset: Int) -> UInt64 {
      unsafe UInt64(
        bigEndian: raw.unsafeLoadUnaligned(fromByteOffset: start + offset, as: UInt64.self))
    }
    func four(_ offset: Int) -> UInt64 {
      UInt64(
        unsafe UInt32(
          bigEndian: raw.unsafeLoadUnaligned(fromByteOffset: start + offset, as: UInt32.self)))
    }
    guard let first = value(ofDigits: eight(0)),
      let second = value(ofDigits: four(9) << 32 | four(14)),
      let third = value(ofDigits: four(19) << 32 | four(24)),
      let fourth = value(ofDigits: eight(28))
    else { return nil }
    return (first << 32 | second, third << 32 | fourth)
  }

  /// The value of eight hexadecimal digits in ASCII, the first in the highest byte.
  ///
  /// All eight are looked at together: a byte below 128 plus the distance from a bound to 128 has
  /// its highest bit set where it reaches the bound.
  private static func value(ofDigits text: UInt64) -> UInt64? {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let tops = ones << 7
    func reach(_ bytes: UInt64, _ bound: UInt64) -> UInt64 { bytes &+ ones &* (0x80 - bound) }
    let lowered = text | ones &* 0x20
    let isDigit = reach(text, 0x30) & ~reach(text, 0x3A)
    let isLetter = reach(lowered, 0x61) & ~reach(lowered, 0x67) & tops
    guard text & tops == 0, (isDigit | isLetter) & tops == tops else { return nil }
    var value = (text & (ones &* 0xF)) &+ (isLetter >> 7) &* 9
    value = (value | value >> 4) & 0x00FF_00FF_00FF_00FF
    value = (value | value >> 8) & 0x0000_FFFF_0000_FFFF
    return (value | value >> 16) & 0xFFFF_FFFF
  }
}

extension ID: Codable {
  /// Reads the identifier from its spelling.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let id = ID(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is not a GUID")
    }
    self = id
  }

  /// Writes the canonical spelling.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension ID: CodingKeyRepresentable {
  /// The canonical spelling as a key, so that dictionaries by id are written as objects.
  public var codingKey: any CodingKey { StringKey(stringValue: description) }

  /// Reads the identifier from a key.
  public init?(codingKey: some CodingKey) {
    self.init(codingKey.stringValue)
  }
}

/// A key that is any string.
struct StringKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
