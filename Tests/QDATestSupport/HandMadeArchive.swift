/// An archive whose parts are stored as they are, byte by byte as hostile programs may write them.
public struct HandMadeArchive {
  /// The name and content of each part.
  public var parts: [(name: String, content: [UInt8])]
  /// Whether all entries name the bytes of the first part, so that they overlap.
  public var overlaps = false

  /// Creates an archive of texts.
  public init(_ parts: [(String, String)]) {
    self.parts = parts.map { ($0.0, Array($0.1.utf8)) }
  }

  /// Creates an archive of bytes.
  public init(bytes parts: [(String, [UInt8])]) {
    self.parts = parts.map { ($0.0, $0.1) }
  }

  /// The archive's bytes.
  public var bytes: [UInt8] {
    var body: [UInt8] = []
    var directory: [UInt8] = []
    var count = 0
    for (name, content) in parts {
      let entry = overlaps ? parts[0].content : content
      let offset = overlaps ? 0 : body.count
      let common =
        number(0, 2) + number(0, 2) + number(0, 2) + number(0x21, 2)
        + number(Int(checksum(entry)), 4) + number(entry.count, 4) + number(entry.count, 4)
        + number(name.utf8.count, 2) + number(0, 2)
      if !overlaps || count == 0 {
        body += number(0x0403_4B50, 4) + number(20, 2) + common + Array(name.utf8) + content
      }
      directory += number(0x0201_4B50, 4) + number(20, 2) + number(20, 2) + common
      directory += number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4)
      directory += number(offset, 4) + Array(name.utf8)
      count += 1
    }
    let end =
      number(0x0605_4B50, 4) + number(0, 2) + number(0, 2) + number(count, 2) + number(count, 2)
      + number(directory.count, 4) + number(body.count, 4) + number(0, 2)
    return body + directory + end
  }

  private func number(_ value: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = UInt32.max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }
}
