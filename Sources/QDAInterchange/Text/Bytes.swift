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

/// How often each byte occurs, which tells in one pass what need not be looked for.
struct ByteCounts {
  private var counts = [Int](repeating: 0, count: 256)

  init(_ bytes: ArraySlice<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe counts.withUnsafeMutableBufferPointer { counts in
        for index in bytes.indices { unsafe counts[Int(bytes[index])] += 1 }
      }
    }
  }

  subscript(byte: UInt8) -> Int { counts[Int(byte)] }
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

  /// The first place at or after another where a byte stands that is below `\r` or not ASCII.
  func firstBeyondPlain(from start: Int) -> Int {
    unsafe withUnsafeBytes { bytes in
      var index = start
      while index + 8 <= bytes.count {
        let word = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        // Without a high bit, taking 13 away borrows only where a byte is smaller.
        if (word | (word &- 0x0D0D_0D0D_0D0D_0D0D)) & 0x8080_8080_8080_8080 != 0 { break }
        index += 8
      }
      while unsafe index < bytes.count && bytes[index] >= 0x0D && bytes[index] < 0x80 { index += 1 }
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
      while index < bytes.count {
        if unsafe bytes[index] & 0xC0 == 0x80 { continuing += 1 }
        index += 1
      }
      return bytes.count - continuing
    }
  }
}
