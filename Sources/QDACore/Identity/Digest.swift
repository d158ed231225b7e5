private import Crypto

/// A SHA-256 digest, which tells whether a file or a text is still the one that was read.
public struct Digest: Hashable, Sendable {
  /// The 32 bytes.
  public let bytes: [UInt8]

  /// Computes the digest of some bytes.
  public init(of bytes: some Sequence<UInt8>) {
    var hash = SHA256()
    hash.update(data: Array(bytes))
    self.bytes = Array(hash.finalize())
  }

  /// Computes the digest of a string's UTF-8.
  public init(of text: String) {
    var text = text
    var hash = SHA256()
    text.withUTF8 { unsafe hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    bytes = Array(hash.finalize())
  }
}

extension Digest: LosslessStringConvertible {
  /// The digest as 64 lower-case hexadecimal digits.
  public var description: String {
    String(
      decoding: bytes.flatMap { [UInt8(hexadecimal: $0 >> 4), UInt8(hexadecimal: $0)] },
      as: UTF8.self)
  }

  /// Reads 64 hexadecimal digits in either case; anything else is `nil`.
  public init?(_ description: String) {
    let digits = Array(description.utf8)
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: 64, by: 2) {
      guard let high = digits[index].hexadecimalValue, let low = digits[index + 1].hexadecimalValue
      else { return nil }
      bytes.append(high << 4 | low)
    }
    self.bytes = bytes
  }
}

extension UInt8 {
  /// The value of an ASCII hexadecimal digit in either case, or `nil`.
  var hexadecimalValue: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// The lower-case ASCII digit for the last four bits of a value.
  init(hexadecimal value: UInt8) {
    let digit = value & 0xF
    self = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
  }
}

extension Digest: Codable {
  /// Reads the digest from its spelling.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let digest = Digest(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is not a SHA-256 digest")
    }
    self = digest
  }

  /// Writes the 64 digits.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
