extension Anchor {
  /// Looks for the quote in a text and says what became of it.
  ///
  /// White space, dashes and quotation marks compare by their kind, because word processors change
  /// them. In this order: the quote at its position is `unchanged`, as is the only occurrence where
  /// no position is given; one occurrence elsewhere, or one alone whose surroundings fit, is
  /// `shifted`; several are `ambiguous`, and so is one of a few words that moved to where its
  /// surroundings are others on both sides. Failing those, a stretch with a similarity of at least
  /// 0.8 that leads the runner-up by at least 0.1 is `fuzzy`, and one that does not lead is
  /// `ambiguous`; halves that stand apart in their order are `split`; anything else is `orphaned`.
  /// Quotes of more than 16,384 scalars are not compared in part.
  ///
  /// - Parameters:
  ///   - text: The text to search.
  ///   - span: Where the quote was, or `nil` where that is not known.
  /// - Returns: The verdict, and the span where it is settled: unchanged and shifted only.
  /// - Complexity: O(*m*) for a quote of *m* scalars at its position; O(*n* + *m*) where it occurs in
  ///   a text of *n*; O(*n* · ⌈*m* / 64⌉) otherwise.
  public func locate(in text: Text, near span: TextSpan?) -> (verdict: Verdict, span: TextSpan?) {
    if let span, text.contains(span), text[span] == quote { return (.unchanged, span) }
    let pattern = SearchableText(quote).scalars
    guard !pattern.isEmpty else { return (span == nil ? .orphaned : .unverified, nil) }
    if let span, text.contains(span), SearchableText(text[span]).scalars == pattern {
      return (.unchanged, span)
    }
    let searchable = SearchableText(text.string)
    let (ranges, longestPrefix) = searchable.occurrences(of: pattern)
    if ranges.isEmpty {
      let verdict =
        similar(to: pattern, in: searchable)
        ?? halves(of: pattern, splitAt: longestPrefix, in: searchable)
      return (verdict ?? .orphaned, nil)
    }
    return settle(occurrences(at: ranges, of: searchable, in: text), searchable, span)
  }

  private typealias Occurrence = (range: Range<Int>, span: TextSpan)

  /// The occurrences to the letter where there are any, else all: a quote may begin or end with a
  /// space, which folding loses.
  private func occurrences(
    at ranges: [Range<Int>], of searchable: SearchableText, in text: Text
  ) -> [Occurrence] {
    let scalars = quote.unicodeScalars
    let lead = scalars.prefix { $0.properties.isWhitespace }.count
    var literal: [Occurrence] = []
    var folded: [Occurrence] = []
    for range in ranges {
      let span = searchable.span(of: range)
      let start = Int(span.start) - lead
      let whole = TextSpan(scalars: start..<start + scalars.count)
      if start >= 0, text.contains(whole), text[whole] == quote { literal.append((range, whole)) }
      folded.append((range, span))
    }
    return literal.isEmpty ? folded : literal
  }

  private func settle(
    _ found: [Occurrence], _ text: SearchableText, _ span: TextSpan?
  ) -> (Verdict, TextSpan?) {
    let settled: Verdict = span == nil ? .unchanged : .shifted
    let before = SearchableText(prefix).scalars
    let after = SearchableText(suffix).scalars
    let hasContext = !before.isEmpty || !after.isEmpty
    func fits(_ range: Range<Int>) -> (before: Bool, after: Bool) {
      let lead = text.scalars[..<range.lowerBound].suffix(before.count + 1)
      let tail = text.scalars[range.upperBound...].prefix(after.count + 1)
      return (
        lead.trimmed.suffix(before.count).elementsEqual(before),
        tail.trimmed.prefix(after.count).elementsEqual(after)
      )
    }
    if found.count == 1 {
      // "No." stands in many places: that one of them is left does not make it the same one.
      let isShort = quote.unicodeScalars.count < Anchor.contextLength
      let fit = fits(found[0].range)
      let isOther =
        (before.isEmpty || !fit.before) && (after.isEmpty || !fit.after) && hasContext
      if span == nil || !isShort || !isOther { return (settled, found[0].span) }
    } else if hasContext {
      let fitting = found.filter { fits($0.range) == (true, true) }
      if fitting.count == 1 { return (settled, fitting[0].span) }
    }
    return (.ambiguous(found.map { Verdict.Candidate(span: $0.span, similarity: 1) }), nil)
  }

  /// The verdict on stretches that resemble the quote, or `nil` where none does enough.
  private func similar(to pattern: [UInt32], in text: SearchableText) -> Verdict? {
    guard pattern.count <= Self.longestCompared else { return nil }
    let search = ApproximateSearch(pattern)
    // The longer length is at most m + d, so that a similarity of 0.8 allows a distance d of m ÷ 4,
    // and one of 0.7 a distance of 3 m ÷ 7.
    guard
      let best = search.nearest(
        in: text.scalars, within: text.scalars.indices, limit: pattern.count / 4),
      best.similarity(toLength: pattern.count) >= 0.8
    else { return nil }
    var matches = [best]
    var gaps = [0..<best.range.lowerBound, best.range.upperBound..<text.scalars.count]
    func rivals() -> ArraySlice<ApproximateSearch.Match> {
      // A difference of a tenth is not to be lost to how fractions are rounded.
      let tied = best.similarity(toLength: pattern.count) - 0.1 + 1e-9
      return matches.dropFirst().prefix { $0.similarity(toLength: pattern.count) > tied }
    }
    while matches.count < 4, matches.count - 1 == rivals().count {
      let nearest = gaps.indices.compactMap { index in
        search.nearest(in: text.scalars, within: gaps[index], limit: pattern.count * 3 / 7)
          .map { (gap: index, match: $0) }
      }.min { $0.match.distance < $1.match.distance }
      guard let (gap, match) = nearest else { break }
      let range = gaps[gap]
      gaps.replaceSubrange(
        gap...gap,
        with: [
          range.lowerBound..<match.range.lowerBound, match.range.upperBound..<range.upperBound,
        ])
      matches.append(match)
    }
    let candidates = matches.map {
      Verdict.Candidate(
        span: text.span(of: $0.range), similarity: $0.similarity(toLength: pattern.count))
    }
    if rivals().isEmpty {
      return .fuzzy(candidates[0], runnerUp: candidates.dropFirst().first)
    }
    return .ambiguous(Array(candidates.prefix(1 + rivals().count)))
  }

  private static let longestCompared = 16_384
  private static let shortestHalf = 8

  /// The verdict on a quote whose longest beginning and whose rest stand once each, in order.
  private func halves(
    of pattern: [UInt32], splitAt length: Int, in text: SearchableText
  ) -> Verdict? {
    guard length >= Self.shortestHalf, pattern.count - length >= Self.shortestHalf,
      let head = text.only(Array(pattern[..<length].trimmed)),
      let tail = text.only(Array(pattern[length...].trimmed)), head.upperBound <= tail.lowerBound
    else { return nil }
    return .split(text.span(of: head), text.span(of: tail))
  }
}

extension RandomAccessCollection<UInt32> {
  /// Without spaces at either end.
  fileprivate var trimmed: SubSequence {
    var slice = self[...]
    while slice.first == SearchableText.space { slice = slice.dropFirst() }
    while slice.last == SearchableText.space { slice = slice.dropLast() }
    return slice
  }
}
