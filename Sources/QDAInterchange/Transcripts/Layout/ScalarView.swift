internal import QDACore

/// A text's scalars by their place in its UTF-8.
///
/// The scalar at a position is the one whose bytes hold it, so that a loop over positions that
/// looks at scalars may go a byte at a time, in both directions. What is cut out of a text begins and
/// ends between scalars: use ``after(_:)`` behind a sign that may have more than one byte.
struct ScalarView {
  /// Well-formed UTF-8.
  let utf8: [UInt8]
  /// Whether each byte is a scalar.
  let isASCII: Bool

  init(_ utf8: [UInt8]) {
    self.utf8 = utf8
    isASCII = utf8.reduce(0, |) < 0x80
  }

  subscript(position: Int) -> Unicode.Scalar {
    let byte = utf8[position]
    return byte < 0x80 ? Unicode.Scalar(byte) : decode(position)
  }

  /// The scalars of a stretch, one after the other.
  subscript(range: Range<Int>) -> ArraySlice<Unicode.Scalar> {
    Array(String(decoding: utf8[range], as: UTF8.self).unicodeScalars)[...]
  }

  private func decode(_ position: Int) -> Unicode.Scalar {
    var start = position
    while start > 0, utf8[start] & 0xC0 == 0x80 { start -= 1 }
    let lead = utf8[start]
    let length = Self.length(lead)
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for index in start + 1..<start + length { value = value << 6 | UInt32(utf8[index] & 0x3F) }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  private static func length(_ lead: UInt8) -> Int {
    lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  }

  /// The position after the scalar that begins at a position.
  func after(_ position: Int) -> Int { position + Self.length(utf8[position]) }

  /// The position of the scalar that ends before a position.
  func before(_ position: Int) -> Int {
    var start = position - 1
    while start > 0, utf8[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }

  /// The number of scalars in a stretch.
  func count(_ range: Range<Int>) -> Int {
    isASCII ? range.count : utf8.span.extracting(range).scalarCount
  }

  /// The position so many scalars after another, but not after a limit.
  func advance(_ position: Int, by count: Int, limit: Int) -> Int {
    if isASCII || limit - position <= count { return min(position + count, limit) }
    let plain = utf8.span.firstBeyondPlain(from: position, to: position + count)
    var left = count - (plain - position)
    var position = plain
    // So many bytes begin as many scalars at most; what is missing is sought behind them.
    while left > 0, position < limit {
      let next = min(position + left, limit)
      left -= utf8.span.extracting(position..<next).scalarCount
      position = next
    }
    while position < limit, utf8[position] & 0xC0 == 0x80 { position += 1 }
    return position
  }
}

/// Turns places in UTF-8 into offsets of scalars, fast where they come more or less in order.
struct ScalarCounter {
  private let scalars: ScalarView
  private var position = 0
  private var count = 0

  init(_ scalars: ScalarView) { self.scalars = scalars }

  /// The number of scalars before a position.
  mutating func offset(of place: Int) -> Int {
    if scalars.isASCII { return place }
    if place >= position {
      count += scalars.count(position..<place)
    } else {
      count -= scalars.count(place..<position)
    }
    position = place
    return count
  }

  /// A stretch as a span of the text.
  mutating func span(_ range: Range<Int>) -> TextSpan {
    let start = offset(of: range.lowerBound)
    return TextSpan(scalars: start..<offset(of: range.upperBound))
  }

  /// The stretch of UTF-8 of a span of the text.
  mutating func range(_ span: TextSpan) -> Range<Int> {
    let start = place(of: Int(span.start))
    return start..<place(of: Int(span.end))
  }

  private mutating func place(of offset: Int) -> Int {
    if scalars.isASCII { return min(offset, scalars.utf8.count) }
    while count < offset, position < scalars.utf8.count {
      position = scalars.after(position)
      count += 1
    }
    while count > offset, position > 0 {
      position = scalars.before(position)
      count -= 1
    }
    return position
  }
}
