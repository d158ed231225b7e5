/// A passage as it is shown: its words, whose they are, and the turn around them.
public struct Quotation: Hashable, Sendable, Codable {
  /// The passage.
  public var passage: ID<Passage>
  /// The source whose words they are, which for a stretch of a recording is its transcript.
  public var source: ID<Source>
  /// Where the words are, in Unicode scalars, half-open.
  public var span: TextSpan
  /// The line and column of the first word.
  public var place: LineColumn
  /// The words, without labels, stamps and mark-up that stand between them.
  public var words: String
  /// The words of the same turn before the passage.
  public var before: String
  /// The words of the same turn after the passage.
  public var after: String
  /// The label of the speaker, where the turn has one.
  public var speaker: String?
  /// The cases whose words they are.
  public var cases: [ID<Case>]
  /// Whether the position is verified against the text.
  public var isVerified: Bool
}

extension Source {
  /// The words of a span, without the marks that are part of nobody's words.
  ///
  /// Stretches that a mark separates are joined as they stand; nothing is trimmed or folded.
  ///
  /// - Complexity: O(*m*) in the marks up to the end of the span.
  public func words(in span: TextSpan, of text: Text) -> String {
    var words = ""
    var start = span.start
    for mark in marks {
      if mark.span.start >= span.end { break }
      guard mark.hidesText, mark.span.overlaps(span) else { continue }
      if mark.span.start > start, let piece = TextSpan(start: start, end: mark.span.start) {
        words += text[piece]
      }
      start = max(start, mark.span.end)
    }
    if let rest = TextSpan(start: start, end: max(start, span.end)) { words += text[rest] }
    return words
  }
}

extension Project {
  /// A passage as it is shown, or `nil` when the project has no such passage.
  ///
  /// - Throws: ``TextUnavailable`` where the text cannot be had.
  /// - Complexity: O(*s* · log *n*) for *s* sources, to find the passage.
  public func quotation(
    of id: ID<Passage>, by attribution: Attribution
  ) throws(TextUnavailable) -> Quotation? {
    guard let passage = codings[id] else { return nil }
    return try quotation(of: passage, by: attribution)
  }

  /// A passage as it is shown, or `nil` when the project does not have its source.
  ///
  /// - Throws: ``TextUnavailable`` where the text cannot be had.
  public func quotation(
    of passage: Passage, by attribution: Attribution
  ) throws(TextUnavailable) -> Quotation? {
    let place = place(of: passage)
    guard let source = sources[place?.source ?? passage.source] else { return nil }
    let text = try texts.text(of: source.id)
    let found = place?.span ?? TextSpan(scalars: 0..<0)
    let end = UInt32(clamping: text.scalarCount)
    // A stretch up to the end of the text ends there; a range that lies outside stays as it is.
    let span = found.end == .max ? TextSpan(start: found.start, end: end) ?? found : found
    let turn: Turn? =
      if place == nil {
        nil
      } else if span.isEmpty {
        source.turn(containing: span)
      } else {
        attribution.turns(overlapping: span, in: source).first
      }
    var before = ""
    var after = ""
    if let extent = turn?.extent {
      if extent.start < span.start, let lead = TextSpan(start: extent.start, end: span.start) {
        before = source.words(in: lead, of: text)
      }
      if span.end < extent.end, let tail = TextSpan(start: span.end, end: extent.end) {
        after = source.words(in: tail, of: text)
      }
    }
    let label = turn?.speakers.first.flatMap {
      source.speakers.indices.contains($0) ? source.speakers[$0].label : nil
    }
    return Quotation(
      passage: passage.id, source: source.id, span: span,
      place: text.lineAndColumn(ofScalar: Int(span.start)),
      words: source.words(in: span, of: text), before: before, after: after, speaker: label,
      cases: attribution.cases(of: passage), isVerified: passage.verdict.isVerified)
  }
}
