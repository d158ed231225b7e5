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
    let pattern = FoldedText(quote).scalars
    guard !pattern.isEmpty else { return (span == nil ? .orphaned : .unverified, nil) }
    if let span, text.contains(span), FoldedText(text[span]).scalars == pattern {
      return (.unchanged, span)
    }
    let folded = FoldedText(text.string)
    let found = folded.occurrences(of: pattern)
    if found.count == 1, let only = found.first {
      let place = folded.span(of: only, in: text)
      return (span == nil ? .unchanged : .shifted, place)
    }
    if found.count > 1 { return choose(among: found, in: folded, of: text, hadPlace: span != nil) }
    return (approximate(pattern, in: folded, of: text), nil)
  }

  private func choose(
    among found: [Range<Int>], in folded: FoldedText, of text: Text, hadPlace: Bool
  ) -> (Verdict, TextSpan?) {
    let before = FoldedText(prefix).scalars
    let after = FoldedText(suffix).scalars
    let fitting = found.filter { range in
      folded.scalars[..<range.lowerBound].suffix(before.count + 2).trimmed.ends(with: before)
        && folded.scalars[range.upperBound...].prefix(after.count + 2).trimmed.starts(with: after)
    }
    if fitting.count == 1, !(before.isEmpty && after.isEmpty) {
      return (hadPlace ? .shifted : .unchanged, folded.span(of: fitting[0], in: text))
    }
    let candidates = found.map {
      Verdict.Candidate(span: folded.span(of: $0, in: text), similarity: 1)
    }
    return (.ambiguous(candidates), nil)
  }

  private func approximate(
    _ pattern: [Unicode.Scalar], in folded: FoldedText, of text: Text
  ) -> Verdict {
    let candidates = folded.approximateOccurrences(of: pattern).map {
      Verdict.Candidate(span: folded.span(of: $0.range, in: text), similarity: $0.similarity)
    }
    if let best = candidates.first, best.similarity >= 0.8 {
      let runnerUp = candidates.dropFirst().first
      if best.similarity - (runnerUp?.similarity ?? 0) >= 0.1 {
        return .fuzzy(best, runnerUp: runnerUp)
      }
      return .ambiguous(candidates.filter { $0.similarity >= 0.8 })
    }
    let middle = pattern.count / 2
    if middle >= 12,
      let head = folded.only(Array(pattern[..<middle])),
      let tail = folded.only(Array(pattern[middle...])), head.upperBound <= tail.lowerBound
    {
      return .split(folded.span(of: head, in: text), folded.span(of: tail, in: text))
    }
    return .orphaned
  }
}

/// A text with white space, dashes and quotation marks reduced to their kind, and the way back.
struct FoldedText {
  private(set) var scalars: [Unicode.Scalar] = []
  private var origins: [Int] = []

  init(_ string: String) {
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

  /// The span in the original text of a range of the folded one.
  func span(of range: Range<Int>, in text: Text) -> TextSpan {
    guard let first = range.first, let last = range.last else { return TextSpan(scalars: 0..<0) }
    return TextSpan(scalars: origins[first]..<origins[last] + 1)
  }

  /// Every place where a pattern stands, overlapping ones included, in linear time.
  ///
  /// Knuth, Morris & Pratt 1977, doi:10.1137/0206024.
  func occurrences(of pattern: [Unicode.Scalar]) -> [Range<Int>] {
    guard !pattern.isEmpty, pattern.count <= scalars.count else { return [] }
    var border = [Int](repeating: 0, count: pattern.count)
    var length = 0
    for index in pattern.indices.dropFirst() {
      while length > 0, pattern[index] != pattern[length] { length = border[length - 1] }
      if pattern[index] == pattern[length] { length += 1 }
      border[index] = length
    }
    var found: [Range<Int>] = []
    length = 0
    for index in scalars.indices {
      while length > 0, scalars[index] != pattern[length] { length = border[length - 1] }
      if scalars[index] == pattern[length] { length += 1 }
      if length == pattern.count {
        found.append(index + 1 - length..<index + 1)
        length = border[length - 1]
      }
    }
    return found
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
