/// Cuts RTF into its tokens, in one pass and without looking back.
struct RTFScanner {
  /// A piece of RTF.
  enum Token {
    case open
    case close
    /// A control word with its number, if it has one.
    case word(String, Int?)
    /// A control sign such as `\~` or `\*`.
    case sign(UInt8)
    /// `\'hh`.
    case byte(UInt8)
    /// A byte of text.
    case text(UInt8)
  }

  private let bytes: [UInt8]
  private(set) var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Leaves out bytes that hold a picture or the like.
  mutating func skip(_ count: Int) {
    position += min(max(0, count), bytes.count - position)
  }

  /// The next piece, or `nil` at the end.
  mutating func next() -> Token? {
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case 0x7B: return .open
      case 0x7D: return .close
      case 0x0D, 0x0A, 0x00: continue
      case 0x5C: return control()
      default: return .text(byte)
      }
    }
    return nil
  }

  private mutating func control() -> Token? {
    guard position < bytes.count else { return nil }
    let byte = bytes[position]
    guard Self.isLetter(byte) else {
      position += 1
      if byte == 0x27 { return hexadecimal() }
      return .sign(byte)
    }
    let start = position
    while position < bytes.count, Self.isLetter(bytes[position]), position - start < 32 {
      position += 1
    }
    let name = String(decoding: bytes[start..<position], as: UTF8.self)
    var number: Int?
    var isNegative = false
    if position + 1 < bytes.count, bytes[position] == 0x2D, Self.isDigit(bytes[position + 1]) {
      isNegative = true
      position += 1
    }
    var digits = 0
    while position < bytes.count, Self.isDigit(bytes[position]), digits < 10 {
      number = (number ?? 0) * 10 + Int(bytes[position] - 0x30)
      position += 1
      digits += 1
    }
    // A space ends the word and is part of it.
    if position < bytes.count, bytes[position] == 0x20 { position += 1 }
    return .word(name, number.map { isNegative ? -$0 : $0 })
  }

  private mutating func hexadecimal() -> Token {
    var value: UInt8 = 0
    for _ in 0..<2 {
      guard position < bytes.count, let digit = Self.hex(bytes[position]) else { break }
      value = value << 4 | digit
      position += 1
    }
    return .byte(value)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
