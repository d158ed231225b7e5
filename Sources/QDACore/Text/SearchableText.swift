/// The scalars of a text with white space, dashes and quotation marks reduced to their kind, and the
/// way back.
///
/// A run of white space is one space, and there is none at either end.
struct SearchableText {
  private(set) var scalars: [UInt32] = []
  /// Where scalars were left out: before which of those kept, and how many up to there.
  private var gaps: [(position: Int, dropped: Int)] = []

  init(_ string: String) {
    scalars.reserveCapacity(string.utf8.count)
    var dropped = 0
    var isAfterSpace = true
    for scalar in string.unicodeScalars {
      let folded = Self.fold(scalar.value)
      if folded == Self.space, isAfterSpace {
        dropped += 1
        continue
      }
      if dropped != gaps.last?.dropped ?? 0 { gaps.append((scalars.count, dropped)) }
      scalars.append(folded)
      isAfterSpace = folded == Self.space
    }
    if scalars.last == Self.space { scalars.removeLast() }
  }

  static let space: UInt32 = 0x20

  private static func fold(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0x09...0x0D: space
    case 0x22, 0x60: 0x27
    case 0..<0x80: scalar
    case 0x2010...0x2015, 0x2212, 0xAD: 0x2D
    case 0x2018...0x201F, 0x2032, 0x2033, 0xB4, 0xAB, 0xBB, 0x2039, 0x203A: 0x27
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: space
    default: scalar
    }
  }

  /// The span in the original text of a range of these scalars.
  func span(of range: Range<Int>) -> TextSpan {
    guard let last = range.last else {
      return TextSpan(scalars: origin(of: range.lowerBound)..<origin(of: range.lowerBound))
    }
    return TextSpan(scalars: origin(of: range.lowerBound)..<origin(of: last) + 1)
  }

  private func origin(of position: Int) -> Int {
    var (low, high) = (0, gaps.count)
    while low < high {
      let middle = (low + high) / 2
      if gaps[middle].position <= position { low = middle + 1 } else { high = middle }
    }
    return position + (low == 0 ? 0 : gaps[low - 1].dropped)
  }

  /// Every place where a pattern stands, overlapping ones included, and how much of its beginning
  /// stands anywhere.
  ///
  /// Knuth, Morris & Pratt 1977, doi:10.1137/0206024.
  ///
  /// - Complexity: O(*n* + *m*) for a pattern of *m* scalars.
  func occurrences(of pattern: [UInt32]) -> (places: [Range<Int>], longestPrefix: Int) {
    var found: [Range<Int>] = []
    var longest = 0
    guard !pattern.isEmpty else { return (found, longest) }
    var border = [Int](repeating: 0, count: pattern.count)
    var length = 0
    for index in pattern.indices.dropFirst() {
      while length > 0, pattern[index] != pattern[length] { length = border[length - 1] }
      if pattern[index] == pattern[length] { length += 1 }
      border[index] = length
    }
    length = 0
    for index in scalars.indices {
      while length > 0, length == pattern.count || scalars[index] != pattern[length] {
        length = border[length - 1]
      }
      if scalars[index] == pattern[length] { length += 1 }
      longest = max(longest, length)
      if length == pattern.count { found.append(index + 1 - length..<index + 1) }
    }
    return (found, longest)
  }

  /// The place of a pattern that stands exactly once.
  func only(_ pattern: [UInt32]) -> Range<Int>? {
    let found = occurrences(of: pattern).places
    return found.count == 1 ? found[0] : nil
  }
}
