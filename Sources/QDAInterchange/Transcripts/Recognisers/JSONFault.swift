/// Where JSON that a decoder refused breaks its rules, which the decoder does not say.
struct JSONFault {
  private let bytes: [UInt8]
  private var position = 0
  /// What is open, an object or not, from the outside in.
  private var open: [Bool] = []
  private var deepest = 0

  /// How deep decoders go.
  static let depthLimit = 512

  /// The line and column of the first fault, whether the text ends there, and whether what stands
  /// before it is nested deeper than decoders go.
  static func find(
    in text: String
  ) -> (line: Int, column: Int, isEnd: Bool, isTooDeep: Bool) {
    var fault = JSONFault(bytes: Array(text.utf8))
    fault.scan()
    var line = 1
    var column = 1
    for byte in fault.bytes[..<min(fault.position, fault.bytes.count)]
    where byte & 0xC0 != 0x80 {
      column = byte == 0x0A ? 1 : column + 1
      if byte == 0x0A { line += 1 }
    }
    return (
      line, column, fault.position >= fault.bytes.count, fault.deepest > depthLimit
    )
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipWhite() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  // Stops at the first fault.
  private mutating func scan() {
    while true {
      skipWhite()
      if take("{") {
        skipWhite()
        open.append(true)
        deepest = max(deepest, open.count)
        if !take("}") {
          guard key() else { return }
          continue
        }
        open.removeLast()
      } else if take("[") {
        skipWhite()
        open.append(false)
        deepest = max(deepest, open.count)
        if next != UInt8(ascii: "]") { continue }
        position += 1
        open.removeLast()
      } else {
        guard scalar() else { return }
      }
      guard close() else { return }
    }
  }

  // After a value: leaves what ends here and goes on to the next value.
  private mutating func close() -> Bool {
    while let isObject = open.last {
      skipWhite()
      if take(",") {
        skipWhite()
        return isObject ? key() : true
      }
      guard take(isObject ? "}" : "]") else { return false }
      open.removeLast()
    }
    skipWhite()
    return false
  }

  private mutating func key() -> Bool {
    guard string() else { return false }
    skipWhite()
    return take(":")
  }

  private mutating func string() -> Bool {
    guard take("\"") else { return false }
    while let byte = next {
      if byte < 0x20 { return false }
      position += byte == UInt8(ascii: "\\") ? 2 : 1
      if byte == UInt8(ascii: "\"") { return true }
    }
    return false
  }

  private mutating func scalar() -> Bool {
    if next == UInt8(ascii: "\"") { return string() }
    for word in ["true", "false", "null"] where bytes[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return true
    }
    let start = position
    while let byte = next, "+-.eE0123456789".utf8.contains(byte) { position += 1 }
    return position > start && position < bytes.count
  }
}
