extension Anchor {
  /// Looks for the quote in a text and says what became of it.
  ///
  /// White space, dashes and quotation marks compare by their kind, because word processors change
  /// them. In this order: the quote at its position is `unchanged`, as is the only occurrence where
  /// no position is given; one occurrence elsewhere, or one alone whose surroundings fit, is
  /// `shifted`; several are `ambiguous`. Failing those, a stretch with a similarity of at least 0.8
  /// that leads the runner-up by at least 0.1 is `fuzzy`, and one that does not lead is `ambiguous`;
  /// halves that stand apart in their order are `split`; anything else is `orphaned`.
  ///
  /// - Parameters:
  ///   - text: The text to search.
  ///   - span: Where the quote was, or `nil` where that is not known.
  /// - Returns: The verdict, and the span where it is settled: unchanged and shifted only.
  /// - Complexity: O(*n*) where the quote occurs; O(*n* · *m*) otherwise, for a quote of *m* scalars.
  public func locate(in text: Text, near span: TextSpan?) -> (verdict: Verdict, span: TextSpan?) {
    if let span, text.contains(span), text[span] == quote { return (.unchanged, span) }
    let pattern = SearchableText(quote, folding: true).scalars
    guard !pattern.isEmpty else { return (span == nil ? .orphaned : .unverified, nil) }
    if let span, text.contains(span),
      SearchableText(text[span], folding: true).scalars == pattern
    {
      return (.unchanged, span)
    }
    // To the letter first: a quote may begin or end with a space, which folding would lose.
    for folding in [false, true] {
      let searchable = SearchableText(text.string, folding: folding)
      let found = searchable.occurrences(of: SearchableText(quote, folding: folding).scalars)
      if found.count == 1 {
        return (span == nil ? .unchanged : .shifted, searchable.span(of: found[0]))
      }
      if found.count > 1 { return choose(among: found, in: searchable, hadPlace: span != nil) }
    }
    return (approximate(pattern, in: SearchableText(text.string, folding: true)), nil)
  }

  private func choose(
    among found: [Range<Int>], in text: SearchableText, hadPlace: Bool
  ) -> (Verdict, TextSpan?) {
    let before = SearchableText(prefix, folding: text.isFolded).scalars.trimmed
    let after = SearchableText(suffix, folding: text.isFolded).scalars.trimmed
    let fitting = found.filter { range in
      let lead = text.scalars[..<range.lowerBound].suffix(before.count + 2)
      let tail = text.scalars[range.upperBound...].prefix(after.count + 2)
      return lead.trimmed.ends(with: before) && tail.trimmed.starts(with: after)
    }
    if fitting.count == 1, !(before.isEmpty && after.isEmpty) {
      return (hadPlace ? .shifted : .unchanged, text.span(of: fitting[0]))
    }
    let candidates = found.map { Verdict.Candidate(span: text.span(of: $0), similarity: 1) }
    return (.ambiguous(candidates), nil)
  }

  private func approximate(_ pattern: [Unicode.Scalar], in text: SearchableText) -> Verdict {
    let candidates = text.approximateOccurrences(of: pattern).map {
      Verdict.Candidate(span: text.span(of: $0.range), similarity: $0.similarity)
    }
    if let best = candidates.first, best.similarity >= 0.8 {
      let runnerUp = candidates.dropFirst().first
      if best.similarity - (runnerUp?.similarity ?? 0) >= 0.1 {
        return .fuzzy(best, runnerUp: runnerUp)
      }
      return .ambiguous(candidates.filter { $0.similarity >= 0.8 })
    }
    let length = text.longestPrefix(of: pattern)
    let shortest = 8
    if length >= shortest, pattern.count - length >= shortest,
      let head = text.only(Array(pattern[..<length])),
      let tail = text.only(Array(pattern[length...])), head.upperBound <= tail.lowerBound
    {
      return .split(text.span(of: head), text.span(of: tail))
    }
    return .orphaned
  }
}

/// The scalars of a text, white space, dashes and quotation marks reduced to their kind on request,
/// with the way back.
struct SearchableText {
  let isFolded: Bool
  private(set) var scalars: [Unicode.Scalar] = []
  private var origins: [Int] = []

  init(_ string: String, folding: Bool) {
    isFolded = folding
    guard folding else {
      scalars = Array(string.unicodeScalars)
      return
    }
    var offset = 0
    for scalar in string.unicodeScalars {
      let folded = Self.fold(scalar)
      if folded != " " || (scalars.last != " " && !scalars.isEmpty) {
        scalars.append(folded)
        origins.append(offset)
      }
      offset += 1
    }
    if scalars.last == " " {
      scalars.removeLast()
      origins.removeLast()
    }
  }

  private static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x2010...0x2015, 0x2212, 0xAD: "-"
    case 0x2018...0x201B, 0x2032, 0x60, 0xB4, 0x22, 0x201C...0x201F, 0x2033, 0xAB, 0xBB, 0x2039,
      0x203A:
      "'"
    default: scalar.properties.isWhitespace ? " " : scalar
    }
  }

  /// The span in the original text of a range of these scalars.
  func span(of range: Range<Int>) -> TextSpan {
    guard isFolded, let first = range.first, let last = range.last else {
      return TextSpan(scalars: range)
    }
    return TextSpan(scalars: origins[first]..<origins[last] + 1)
  }

  /// Every place where a pattern stands, overlapping ones included, in linear time.
  func occurrences(of pattern: [Unicode.Scalar]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    match(pattern) { end, length in
      if length == pattern.count { found.append(end - length..<end) }
    }
    return found
  }

  /// How much of the beginning of a pattern stands anywhere, in linear time.
  func longestPrefix(of pattern: [Unicode.Scalar]) -> Int {
    var longest = 0
    match(pattern) { longest = max(longest, $1) }
    return longest
  }

  /// Reports after each scalar how much of the beginning of the pattern ends there.
  ///
  /// Knuth, Morris & Pratt 1977, doi:10.1137/0206024.
  private func match(_ pattern: [Unicode.Scalar], report: (_ end: Int, _ length: Int) -> Void) {
    guard !pattern.isEmpty else { return }
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
      report(index + 1, length)
    }
  }

  /// The place of a pattern that stands exactly once.
  func only(_ pattern: [Unicode.Scalar]) -> Range<Int>? {
    let found = occurrences(of: pattern)
    return found.count == 1 ? found[0] : nil
  }

  /// Stretches that resemble a pattern, disjoint, the most similar first, at most four.
  ///
  /// Sellers 1980, doi:10.1016/0196-6774(80)90016-4, with the start of each alignment carried along.
  func approximateOccurrences(
    of pattern: [Unicode.Scalar]
  ) -> [(range: Range<Int>, similarity: Double)] {
    let height = pattern.count
    var costs = Array(0...height)
    var starts = [Int](repeating: 0, count: height + 1)
    var ends: [(range: Range<Int>, similarity: Double)] = []
    for (index, scalar) in scalars.enumerated() {
      var diagonal = (cost: costs[0], start: starts[0])
      costs[0] = 0
      starts[0] = index + 1
      // An alignment that begins here has this scalar as its first.
      diagonal.start = index
      for row in 1...height {
        let above = (cost: costs[row - 1] + 1, start: starts[row - 1])
        let left = (cost: costs[row] + 1, start: starts[row])
        let match = (
          cost: diagonal.cost + (pattern[row - 1] == scalar ? 0 : 1), start: diagonal.start
        )
        diagonal = (costs[row], starts[row])
        let best =
          match.cost <= left.cost && match.cost <= above.cost
          ? match : left.cost <= above.cost ? left : above
        (costs[row], starts[row]) = (best.cost, best.start)
      }
      let start = min(starts[height], index)
      let longer = max(height, index + 1 - start)
      let similarity = 1 - Double(costs[height]) / Double(longer)
      if similarity >= 0.5 { ends.append((start..<index + 1, similarity)) }
    }
    ends.sort {
      $0.similarity == $1.similarity
        ? $0.range.lowerBound < $1.range.lowerBound : $0.similarity > $1.similarity
    }
    var chosen: [(range: Range<Int>, similarity: Double)] = []
    for end in ends where chosen.count < 4 {
      if !chosen.contains(where: { $0.range.overlaps(end.range) }) { chosen.append(end) }
    }
    return chosen
  }
}

extension RandomAccessCollection<Unicode.Scalar> {
  /// Without spaces at either end.
  fileprivate var trimmed: [Unicode.Scalar] {
    var slice = self[...]
    while slice.first == " " { slice = slice.dropFirst() }
    while slice.last == " " { slice = slice.dropLast() }
    return Array(slice)
  }

  fileprivate func ends(with other: [Unicode.Scalar]) -> Bool {
    count >= other.count && self[index(endIndex, offsetBy: -other.count)...].elementsEqual(other)
  }
}
