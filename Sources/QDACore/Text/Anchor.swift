/// The words of a passage with a little of what stands before and after it.
public struct Anchor: Hashable, Sendable, Codable {
  /// The words of the passage.
  public var quote: String
  /// Up to 32 scalars before it.
  public var prefix: String
  /// Up to 32 scalars after it.
  public var suffix: String

  /// The number of scalars kept on either side.
  public static let contextLength = 32

  /// Creates an anchor.
  public init(quote: String, prefix: String = "", suffix: String = "") {
    self.quote = quote
    self.prefix = prefix
    self.suffix = suffix
  }

  /// Takes the anchor of a span from its text, cut where the span reaches beyond it.
  public init(of span: TextSpan, in text: Text) {
    let start = min(Int(span.start), text.scalarCount)
    let end = min(Int(span.end), text.scalarCount)
    quote = text[span]
    prefix = text[TextSpan(scalars: max(0, start - Self.contextLength)..<start)]
    suffix = text[TextSpan(scalars: end..<min(text.scalarCount, end + Self.contextLength))]
  }
}

/// What became of a passage when it was looked for in a text.
public enum Verdict: Hashable, Sendable, Codable {
  /// The quote stands at its position.
  case unchanged
  /// The quote stands in one other place, to which the passage was moved.
  case shifted
  /// Similar words stand in one place; only a person may accept the move.
  case fuzzy(Candidate, runnerUp: Candidate?)
  /// The quote stands in several places, none of which fits its surroundings alone, or in one that
  /// does not fit them at all.
  case ambiguous([Candidate])
  /// The beginning and the end of the quote stand apart, with other text between them.
  case split(TextSpan, TextSpan)
  /// Nothing like the quote is in the text.
  case orphaned
  /// There is no quote and no digest to verify the position with.
  case unverified

  /// A place where a quote may be, with how alike the words are, from 0 to 1.
  public struct Candidate: Hashable, Sendable, Codable {
    /// The place.
    public var span: TextSpan
    /// One less the edit distance over the longer length, in scalars.
    public var similarity: Double

    /// Creates a candidate.
    public init(span: TextSpan, similarity: Double) {
      self.span = span
      self.similarity = similarity
    }
  }

  /// Whether the passage's position can be relied on.
  public var isVerified: Bool {
    switch self {
    case .unchanged, .shifted: true
    default: false
    }
  }
}
