extension [UInt8] {
  /// Appends bytes that are only lent.
  mutating func append(_ bytes: borrowing Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}

/// Some of the 256 bytes.
struct ByteSet: Sendable {
  fileprivate let holds: [Bool]

  init(_ bytes: some Sequence<UInt8>) {
    var holds = [Bool](repeating: false, count: 256)
    for byte in bytes { holds[Int(byte)] = true }
    self.holds = holds
  }
}

/// Bytes as a key, which are hashed as a whole.
struct ByteKey: Hashable {
  private let bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  func hash(into hasher: inout Hasher) {
    unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
  }
}

/// What a text has of bytes that few texts have, found out in one pass.
struct UnusualBytes {
  /// The controls that are not white; U+0015 delimits times in CHAT and is left out.
  private(set) var controls = 0
  /// Whether there is a carriage return.
  private(set) var hasReturns = false
  /// Whether there is a byte that is, or may begin, a control beyond ASCII's first 32.
  private(set) var mayHoldMore = false

  init(_ bytes: ArraySlice<UInt8>) {
    let bytes = bytes.span
    var index = 0
    while index < bytes.count {
      index = bytes.firstUnusual(from: index)
      guard index < bytes.count else { return }
      switch bytes[index] {
      case 0x0D: hasReturns = true
      case 0x7F, 0xC2: mayHoldMore = true
      case let byte where Self.isControl(byte): controls += 1
      default: break
      }
      index += 1
    }
  }

  /// Whether one of the first 32 signs of ASCII is neither white nor a delimiter of CHAT.
  static func isControl(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x15: false
    default: byte < 0x20
    }
  }
}

// What goes through whole texts looks at eight bytes at a time, which is worth four times the
// speed: this file is where pointers are.
extension [UInt8] {
  /// The first place within a stretch where a byte stands, or the stretch's end.
  func first(_ byte: UInt8, in range: Range<Int>) -> Int {
    span.first(byte, in: range)
  }

  /// The first place within a stretch where a byte of a set stands, or the stretch's end.
  func first(_ set: ByteSet, in range: Range<Int>) -> Int {
    span.first(set, in: range)
  }
}

extension Span<UInt8> {
  /// The first place within a stretch where a byte stands, or the stretch's end.
  func first(_ byte: UInt8, in range: Range<Int>) -> Int {
    precondition(range.upperBound <= count)
    return unsafe withUnsafeBytes { bytes in
      var index = range.lowerBound
      let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
      while index + 8 <= range.upperBound {
        let word = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) ^ pattern
        // The high bit of each byte that is zero, and of none before the first of them.
        let found = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
        if found != 0 { return index + UInt64(littleEndian: found).trailingZeroBitCount / 8 }
        index += 8
      }
      while index < range.upperBound, unsafe bytes[index] != byte { index += 1 }
      return index
    }
  }

  /// The first place within a stretch where a byte of a set stands, or the stretch's end.
  func first(_ set: ByteSet, in range: Range<Int>) -> Int {
    precondition(range.upperBound <= count)
    return unsafe withUnsafeBufferPointer { bytes in
      unsafe set.holds.withUnsafeBufferPointer { holds in
        var index = range.lowerBound
        while unsafe index < range.upperBound && !holds[Int(bytes[index])] { index += 1 }
        return index
      }
    }
  }

  /// The first place within a stretch where a byte stands that is below `\r` or not ASCII, or the
  /// stretch's end.
  func firstBeyondPlain(from start: Int, to end: Int) -> Int {
    precondition(end <= count)
    return unsafe withUnsafeBytes { bytes in
      var index = start
      while index + 8 <= end {
        let word = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        // Without a high bit, taking 13 away borrows only where a byte is smaller.
        if (word | (word &- 0x0D0D_0D0D_0D0D_0D0D)) & 0x8080_8080_8080_8080 != 0 { break }
        index += 8
      }
      while unsafe index < end && bytes[index] >= 0x0D && bytes[index] < 0x80 { index += 1 }
      return index
    }
  }

  /// The first place at or after another where a byte stands that is below the space, DEL or C2.
  fileprivate func firstUnusual(from start: Int) -> Int {
    unsafe withUnsafeBytes { bytes in
      let ones: UInt64 = 0x0101_0101_0101_0101
      var index = start
      while index + 8 <= bytes.count {
        let word = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        let delete = word ^ (ones &* 0x7F)
        let lead = word ^ (ones &* 0xC2)
        // The high bit of the first byte that is smaller, or equal.
        let found =
          (word &- ones &* 0x20) & ~word | (delete &- ones) & ~delete | (lead &- ones) & ~lead
        let marks = UInt64(littleEndian: found & (ones &* 0x80))
        if marks != 0 { return index + marks.trailingZeroBitCount / 8 }
        index += 8
      }
      while unsafe index < bytes.count && bytes[index] >= 0x20 && bytes[index] != 0x7F
        && bytes[index] != 0xC2
      {
        index += 1
      }
      return index
    }
  }

  /// The number of scalars that begin in UTF-8.
  var scalarCount: Int {
    unsafe withUnsafeBytes { bytes in
      var index = 0
      var continuing = 0
      while index + 8 <= bytes.count {
        let word = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        // A byte goes on with a scalar where its first bit is set and its second is not.
        let marks = (word >> 7) & ~(word >> 6) & 0x0101_0101_0101_0101
        continuing += Int(truncatingIfNeeded: (marks &* 0x0101_0101_0101_0101) >> 56)
        index += 8
      }
      if index > 0, index < bytes.count {
        // The last eight, without those that are counted.
        let word = unsafe bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
        let rest = UInt64(littleEndian: word) >> UInt64((index + 8 - bytes.count) * 8)
        let marks = (rest >> 7) & ~(rest >> 6) & 0x0101_0101_0101_0101
        continuing += Int(truncatingIfNeeded: (marks &* 0x0101_0101_0101_0101) >> 56)
        index = bytes.count
      }
      while index < bytes.count {
        if unsafe bytes[index] & 0xC0 == 0x80 { continuing += 1 }
        index += 1
      }
      return bytes.count - continuing
    }
  }
}
