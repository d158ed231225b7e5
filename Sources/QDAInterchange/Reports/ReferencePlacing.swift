internal import QDACore

/// Finds where the references of one source stand in its text.
struct ReferencePlacing {
  /// What was found out of a reference.
  struct Placed {
    var region: Region
    var anchor: Anchor?
    var verdict: Verdict
  }

  /// The name of the source, for messages.
  let source: String
  /// The name of the report, for messages.
  let file: String

  /// With more places than this a quote is too common for the order to say anything.
  private static let mostCandidates = 4096
  /// How many of them a verdict keeps.
  private static let keptCandidates = 64

  /// Places references in the order of the report.
  ///
  /// Where a quote stands in several places, the order of the report settles it if it leaves one:
  /// the references of a code are listed in the order of the text.
  ///
  /// - Complexity: O(*n* · *k*) for *k* different quotes in a text of *n* scalars.
  func place(_ references: [ReportReference], in text: Text?) -> Reading<[Placed]> {
    guard let text else {
      return Reading(references.map { Self.unknown($0) })
    }
    var known: [String: (verdict: Verdict, span: TextSpan?)] = [:]
    let found = references.map { reference -> (verdict: Verdict, span: TextSpan?) in
      if reference.region != nil || reference.quote.trimmed.isEmpty { return (.unverified, nil) }
      if let found = known[reference.quote] { return found }
      let found = Anchor(quote: reference.quote).locate(in: text, near: nil)
      known[reference.quote] = found
      return found
    }
    let byOrder = settle(references, found)
    var diagnostics: [Diagnostic] = []
    if !byOrder.isEmpty {
      diagnostics.append(
        Diagnostic(
          "report.place-by-order", .note, at: .file(file, line: 0, column: 0),
          "words that stand several times in '\(source)' were placed by the order of the report",
          solutions: ["open the passages and see that they are the right ones"],
          count: byOrder.count))
    }
    let placed = references.indices.map { index -> Placed in
      let reference = references[index]
      if reference.region != nil || reference.quote.trimmed.isEmpty {
        return Self.unknown(reference)
      }
      if let span = byOrder[index] { return Placed(region: .text(span), verdict: .unchanged) }
      let (verdict, span) = found[index]
      if let span { return Placed(region: .text(span), verdict: verdict) }
      diagnostics += finding(verdict, of: reference, in: text)
      return Placed(
        region: .text(TextSpan(scalars: 0..<0)), anchor: Anchor(quote: reference.quote),
        verdict: Self.shortened(verdict))
    }
    return Reading(placed, diagnostics: diagnostics)
  }

  /// A position that is not known: an empty span with the words beside it, not verified.
  private static func unknown(_ reference: ReportReference) -> Placed {
    let quote = reference.quote.trimmed
    return Placed(
      region: reference.region ?? .text(TextSpan(scalars: 0..<0)),
      anchor: quote.isEmpty ? nil : Anchor(quote: reference.quote),
      // A region that the report gives is the report's own word, and no text can check it.
      verdict: reference.region == nil ? .unverified : .unchanged)
  }

  private static func shortened(_ verdict: Verdict) -> Verdict {
    guard case .ambiguous(let candidates) = verdict else { return verdict }
    return .ambiguous(Array(candidates.prefix(keptCandidates)))
  }

  // MARK: Order

  /// The spans of references whose quote stands several times and whose order leaves one place.
  ///
  /// Each is given the earliest place that the references before it allow and the latest that those
  /// after it allow; where the two are one, that is where it stands.
  private func settle(
    _ references: [ReportReference], _ found: [(verdict: Verdict, span: TextSpan?)]
  ) -> [Int: TextSpan] {
    var ordered: [(index: Int, quote: String, spans: [TextSpan])] = []
    var sorted: [String: [TextSpan]] = [:]
    for index in references.indices where references[index].isInOrder {
      let quote = references[index].quote
      if let span = found[index].span {
        ordered.append((index, quote, [span]))
      } else if case .ambiguous(let candidates) = found[index].verdict,
        candidates.count <= Self.mostCandidates, candidates.allSatisfy({ $0.similarity == 1 })
      {
        let spans = sorted[quote] ?? candidates.map(\.span).sorted()
        sorted[quote] = spans
        ordered.append((index, quote, spans))
      }
    }
    guard ordered.contains(where: { $0.spans.count > 1 }) else { return [:] }
    var earliest: [TextSpan] = []
    for (position, entry) in ordered.enumerated() {
      let isRepeat = position > 0 && ordered[position - 1].quote == entry.quote
      let bound = earliest.last.map { Int($0.start) + (isRepeat ? 1 : 0) } ?? 0
      let place = Self.first(in: entry.spans, from: bound)
      let next = entry.spans.indices.contains(place) ? entry.spans[place] : nil
      // Where the order does not hold it says nothing.
      guard let next else { return [:] }
      earliest.append(next)
    }
    var settled: [Int: TextSpan] = [:]
    var after: TextSpan?
    for position in ordered.indices.reversed() {
      let entry = ordered[position]
      let isRepeat =
        position + 1 < ordered.count && ordered[position + 1].quote == entry.quote
      let bound = after.map { Int($0.start) + (isRepeat ? 0 : 1) } ?? .max
      let place = Self.first(in: entry.spans, from: bound) - 1
      let latest = entry.spans.indices.contains(place) ? entry.spans[place] : nil
      guard let latest else { return [:] }
      after = latest
      if entry.spans.count > 1, latest == earliest[position] { settled[entry.index] = latest }
    }
    return settled
  }

  /// The first of sorted spans that starts at an offset or after it.
  private static func first(in spans: [TextSpan], from offset: Int) -> Int {
    var (low, high) = (0, spans.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(spans[middle].start) < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  // MARK: Findings

  private func finding(
    _ verdict: Verdict, of reference: ReportReference, in text: Text
  ) -> [Diagnostic] {
    func shown(_ span: TextSpan) -> String {
      let place = text.lineAndColumn(ofScalar: Int(span.start))
      return "at \(span) (line \(place.line), column \(place.column)) of '\(source)'"
    }
    switch verdict {
    case .unchanged, .shifted: return []
    case .fuzzy(let best, _):
      return [
        Diagnostic(
          "coding.fuzzy", .error, at: reference.place,
          "the words are not in the text of '\(source)'; similar ones are",
          notes: [shown(best.span) + ", \(Int((best.similarity * 100).rounded())) % alike"],
          solutions: ["give the text that was coded, or accept the place by hand"])
      ]
    case .ambiguous(let candidates):
      return [
        Diagnostic(
          "coding.ambiguous", .error, at: reference.place,
          "the words stand in \(candidates.count) places of '\(source)'",
          notes: candidates.prefix(5).map { shown($0.span) },
          solutions: ["choose the place by hand, or export the project as .qdpx"])
      ]
    case .split(let head, let tail):
      return [
        Diagnostic(
          "coding.split", .error, at: reference.place,
          "the beginning and the end of the words stand apart in '\(source)'",
          notes: [shown(head), shown(tail)],
          solutions: ["give the text that was coded, or make two codings of it"])
      ]
    case .orphaned, .unverified:
      return [
        Diagnostic(
          "coding.orphaned", .error, at: reference.place,
          "the words are not in the text of '\(source)'",
          solutions: ["give the text that was coded"])
      ]
    }
  }
}
