/// An immutable text with an index of its positions in scalars, UTF-8, UTF-16 and lines.
///
/// A milestone is kept for every 128 scalars, so that a scalar offset converts in constant time and
/// any other in O(log *n*); text that is all ASCII needs none. A position is a Unicode scalar
/// offset: no `Character` is ever a unit here, because its borders change with versions of Unicode.
public struct Text: Sendable {
  /// The whole text.
  public let string: String
  /// The number of Unicode scalars.
  public let scalarCount: Int
  /// The number of UTF-16 code units.
  public let utf16Count: Int
  /// The scalar offset after each `\n`.
  let lineStarts: [UInt32]
  private let milestones: [Milestone]
  fileprivate static let stride = 128

  /// Where a scalar of which the offset is a multiple of the stride begins in both encodings.
  fileprivate struct Milestone: Sendable {
    var utf8: UInt32
    var utf16: UInt32
  }

  /// Indexes a string.
  ///
  /// - Complexity: O(*n*) in the length of the text.
  public init(_ string: String) {
    var native = string
    native.makeContiguousUTF8()
    self.string = native
    let index = PositionIndex(native.utf8.span)
    lineStarts = index.lineStarts
    scalarCount = index.scalars
    utf16Count = index.utf16
    milestones = index.scalars == native.utf8.count ? [] : index.milestones
  }

  /// The SHA-256 digest of the UTF-8.
  ///
  /// - Complexity: O(*n*) in the length of the text, each time.
  public var digest: Digest { Digest(of: string) }

  /// The number of UTF-8 bytes.
  public var utf8Count: Int { string.utf8.count }

  /// The span of the whole text.
  public var span: TextSpan { TextSpan(scalars: 0..<scalarCount) }

  /// Whether the span lies within the text.
  public func contains(_ span: TextSpan) -> Bool { Int(span.end) <= scalarCount }

  /// The text of a span, cut at the end of the text where the span reaches beyond it.
  public subscript(span: TextSpan) -> String {
    let start = utf8Offset(ofScalar: Int(span.start))
    let end = utf8Offset(ofScalar: Int(span.end))
    let utf8 = string.utf8
    let from = utf8.index(utf8.startIndex, offsetBy: start)
    let to = utf8.index(from, offsetBy: end - start)
    return String(string[from..<to])
  }

  /// The UTF-8 offset of a scalar offset; offsets outside the text are clamped to its ends.
  public func utf8Offset(ofScalar offset: Int) -> Int { position(ofScalar: offset).utf8 }

  /// The UTF-16 offset of a scalar offset; offsets outside the text are clamped to its ends.
  public func utf16Offset(ofScalar offset: Int) -> Int { position(ofScalar: offset).utf16 }

  /// The scalar that starts at or contains a UTF-8 offset, clamped to the ends of the text.
  public func scalarOffset(ofUTF8 offset: Int) -> Int {
    scalarOffset(at: offset, end: utf8Count) { $0.utf8 }
  }

  /// The scalar that starts at or contains a UTF-16 offset, clamped to the ends of the text.
  ///
  /// An offset between the halves of a surrogate pair gives the scalar that the pair encodes.
  public func scalarOffset(ofUTF16 offset: Int) -> Int {
    scalarOffset(at: offset, end: utf16Count) { $0.utf16 }
  }

  private func position(ofScalar offset: Int) -> (utf8: Int, utf16: Int) {
    if offset <= 0 { return (0, 0) }
    if offset >= scalarCount { return (utf8Count, utf16Count) }
    if milestones.isEmpty { return (offset, offset) }
    let place = advance(from: milestones[offset / Self.stride], by: offset % Self.stride)
    return (Int(place.utf8), Int(place.utf16))
  }

  private func advance(from milestone: Milestone, by count: Int) -> Milestone {
    let span = string.utf8.span
    var place = milestone
    var left = count
    while left >= 8, Int(place.utf8) + 8 <= span.count {
      let word = EightBytes(span, at: Int(place.utf8))
      place.utf8 += 8
      place.utf16 += UInt32(word.utf16Count)
      left -= word.scalarCount
    }
    // The eight bytes may have ended within a scalar, which was counted where it begins.
    while Int(place.utf8) < span.count, span[Int(place.utf8)] & 0xC0 == 0x80 { place.utf8 += 1 }
    for _ in 0..<left {
      let byte = span[Int(place.utf8)]
      place.utf8 += byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      place.utf16 += byte >= 0xF0 ? 2 : 1
    }
    return place
  }

  private func scalarOffset(
    at offset: Int, end: Int, in unit: (Milestone) -> UInt32
  ) -> Int {
    if offset <= 0 { return 0 }
    if offset >= end { return scalarCount }
    if milestones.isEmpty { return offset }
    var low = 0
    var high = milestones.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(unit(milestones[middle])) <= offset { low = middle } else { high = middle }
    }
    var scalar = low * Self.stride
    var place = milestones[low]
    while scalar + 1 < scalarCount {
      let next = advance(from: place, by: 1)
      if Int(unit(next)) > offset { break }
      place = next
      scalar += 1
    }
    return scalar
  }
}

/// What a text's positions are told from, found in one pass.
private struct PositionIndex {
  let scalars: Int
  let utf16: Int
  let lineStarts: [UInt32]
  let milestones: [Text.Milestone]

  init(_ utf8: borrowing Span<UInt8>) {
    var scalars = 0
    var utf16 = 0
    var lineStarts: [UInt32] = []
    var milestones: [Text.Milestone] = []
    var untilMilestone = 0
    var index = 0
    while index < utf8.count {
      // Most stretches of eight bytes hold neither a milestone nor a line end and are only counted.
      if index + 8 <= utf8.count {
        let word = EightBytes(utf8, at: index)
        let count = word.scalarCount
        if count <= untilMilestone, !word.hasLineEnd {
          scalars += count
          utf16 += word.utf16Count
          untilMilestone -= count
          index += 8
          continue
        }
      }
      let stop = min(index + 8, utf8.count)
      while index < stop {
        let byte = utf8[index]
        if byte & 0xC0 != 0x80 {
          if untilMilestone == 0 {
            milestones.append(
              Text.Milestone(utf8: UInt32(clamping: index), utf16: UInt32(clamping: utf16)))
            untilMilestone = Text.stride
          }
          untilMilestone -= 1
          scalars += 1
          utf16 += byte >= 0xF0 ? 2 : 1
          if byte == UInt8(ascii: "\n") { lineStarts.append(UInt32(clamping: scalars)) }
        }
        index += 1
      }
    }
    self.scalars = scalars
    self.utf16 = utf16
    self.lineStarts = lineStarts
    self.milestones = milestones
  }
}

/// Eight bytes of UTF-8, looked at together.
private struct EightBytes {
  private let word: UInt64
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  init(_ utf8: borrowing Span<UInt8>, at index: Int) {
    word = unsafe utf8.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
  }

  /// How many scalars begin in them: all bytes but those of the form 10xxxxxx.
  var scalarCount: Int {
    word & Self.highBits == 0 ? 8 : 8 - Self.count(word & ~(word << 1) & Self.highBits)
  }

  /// How many UTF-16 code units their scalars take: two for a first byte of the form 1111xxxx.
  var utf16Count: Int {
    if word & Self.highBits == 0 { return 8 }
    return scalarCount + Self.count(word & word << 1 & word << 2 & word << 3 & Self.highBits)
  }

  // The number of bytes of which the high bit is set, where no other bit is.
  private static func count(_ marks: UInt64) -> Int {
    Int(truncatingIfNeeded: (marks >> 7 &* ones) >> 56)
  }

  /// Whether one of them is `\n`.
  var hasLineEnd: Bool {
    let zeros = word ^ Self.ones &* UInt64(UInt8(ascii: "\n"))
    return (zeros &- Self.ones) & ~zeros & Self.highBits != 0
  }
}

extension Text: Hashable {
  /// Compares the scalars; canonically equivalent texts that are spelled differently are not equal.
  public static func == (left: Text, right: Text) -> Bool {
    left.utf8Count == right.utf8Count && left.string.utf8.elementsEqual(right.string.utf8)
  }

  /// Hashes the scalars.
  public func hash(into hasher: inout Hasher) {
    var string = string
    string.withUTF8 { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension Text: Codable {
  /// Reads the text from a string.
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  /// Writes the text as a string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(string)
  }
}
