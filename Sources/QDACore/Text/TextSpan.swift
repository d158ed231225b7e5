/// A half-open range of a text, in Unicode scalars.
///
/// Scalars are the unit of every position in this library, as in REFI-QDA ("code points"). The
/// relations keep the vocabulary of STAM: equals is `==`, then overlaps, embeds and precedes.
@frozen public struct TextSpan: Hashable, Sendable {
  /// The offset of the first scalar.
  public let start: UInt32
  /// The offset after the last scalar.
  public let end: UInt32

  /// Creates a span, or `nil` when the end lies before the start.
  public init?(start: UInt32, end: UInt32) {
    guard start <= end else { return nil }
    self.start = start
    self.end = end
  }

  /// Creates a span from a range of scalar offsets, clamped to 0 and 2³² − 1.
  public init(scalars range: Range<Int>) {
    start = UInt32(clamping: range.lowerBound)
    end = UInt32(clamping: range.upperBound)
  }

  /// The offsets as a range of integers.
  public var scalars: Range<Int> { Int(start)..<Int(end) }

  /// The number of scalars.
  public var count: Int { Int(end - start) }

  /// Whether the span holds no text.
  public var isEmpty: Bool { start == end }

  /// Whether the two share at least one scalar; an empty span overlaps nothing.
  public func overlaps(_ other: TextSpan) -> Bool {
    max(start, other.start) < min(end, other.end)
  }

  /// Whether the other span lies wholly inside this one; equal spans embed each other.
  public func embeds(_ other: TextSpan) -> Bool {
    start <= other.start && other.end <= end
  }

  /// Whether this span ends at or before the start of the other.
  public func precedes(_ other: TextSpan) -> Bool { end <= other.start }

  /// What the two have in common, or `nil` when they share no scalar.
  public func intersection(_ other: TextSpan) -> TextSpan? {
    overlaps(other) ? TextSpan(start: max(start, other.start), end: min(end, other.end)) : nil
  }
}

extension TextSpan: Comparable {
  /// Orders spans by start, then by end.
  public static func < (left: TextSpan, right: TextSpan) -> Bool {
    left.start == right.start ? left.end < right.end : left.start < right.start
  }
}

extension TextSpan: Codable {
  private enum Key: String, CodingKey { case start, end }

  /// Reads the offsets; an end before the start is an error.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let start = try container.decode(UInt32.self, forKey: .start)
    let end = try container.decode(UInt32.self, forKey: .end)
    guard let span = TextSpan(start: start, end: end) else {
      throw DecodingError.dataCorruptedError(
        forKey: .end, in: container, debugDescription: "the end \(end) is before the start \(start)"
      )
    }
    self = span
  }

  /// Writes the offsets.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(start, forKey: .start)
    try container.encode(end, forKey: .end)
  }
}

extension TextSpan: CustomStringConvertible {
  /// The offsets as `start..<end`.
  public var description: String { "\(start)..<\(end)" }
}
