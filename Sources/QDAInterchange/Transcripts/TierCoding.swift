public import QDACore

/// What a tier beside the talk says of a stretch of it, such as a code, a gesture or a gloss.
///
/// Corpora hold such tiers next to those that hold words. They become codings once somebody says
/// what codes their values stand for.
public struct TierCoding: Hashable, Sendable, Codable {
  /// The tier's name.
  public var tier: String
  /// What it says, in nearly all cases the name of a code.
  public var value: String
  /// Who made the tier, if the file says so.
  public var annotator: String?
  /// The words that it speaks of, or `nil` where it has a time only.
  public var span: TextSpan?
  /// When the stretch starts in the recording, in milliseconds.
  public var start: Int?
  /// When the stretch ends in the recording, in milliseconds.
  public var end: Int?

  /// Creates a tier's coding.
  public init(
    tier: String, value: String, annotator: String? = nil, span: TextSpan? = nil,
    start: Int? = nil, end: Int? = nil
  ) {
    self.tier = tier
    self.value = value
    self.annotator = annotator
    self.span = span
    self.start = start
    self.end = end
  }
}
