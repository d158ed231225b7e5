/// How a transcript says who speaks.
public enum Layout: String, Hashable, Sendable, Codable, CaseIterable {
  /// `Ana: text`, the label at the start of the line.
  case inline
  /// `Ana:` or `Ana` on a line of its own above the words.
  case standalone
  /// `Ana 0:22` on a line of its own above the words.
  case stamped
  /// `[Ana] text`, or `[Ana] 10:03:12` above the words.
  case bracketed
  /// `[00:00:12] Ana: text`.
  case timeFirst = "time-first"
  /// `Ana: text #00:00:12-3#`.
  case timeLast = "time-last"
  /// `**Ana:** text`.
  case bold
  /// `@Ana: text`, `#Ana: text`, `~Ana: text` or `{Ana} text`.
  case sigil
  /// `Teacher 4 - text`.
  case dash
  /// `Ana`, a tab, and the words.
  case tab
  /// A table with a row per turn.
  case table
  /// Voices of subtitles, and formats that keep speakers apart from the words.
  case voice
  /// Nobody is named.
  case none
}

/// How sure a reader is of what it decided.
public enum Confidence: String, Hashable, Sendable, Codable, CaseIterable {
  /// Labels recur, or the format itself names the speakers.
  case high
  /// Labels are role words or fit a pattern, but hardly recur.
  case medium
  /// Few labels, or labels that might be something else.
  case low
}

/// How speakers and turns were found in a document, for a person to look over.
public struct LayoutReport: Hashable, Sendable, Codable {
  /// The layout that most turns have.
  public var layout: Layout
  /// How sure that is.
  public var confidence: Confidence
  /// The labels that were taken for speakers, with the turns each begins, in order of appearance.
  public var accepted: [LabelCount]
  /// What stood where a label stands and was not taken for one, in order of appearance.
  public var rejected: [LabelCount]
  /// Spellings that were taken for one speaker.
  public var variants: [SpeakerVariant]
  /// Whether the stamps say when a turn starts or when it ends, where it has any.
  public var timestampPosition: TimestampPosition?
  /// Whether lines were cut at a fixed width, so that a line is not a paragraph.
  public var isWrapped: Bool

  /// Creates a report.
  public init(
    layout: Layout, confidence: Confidence = .high, accepted: [LabelCount] = [],
    rejected: [LabelCount] = [], variants: [SpeakerVariant] = [],
    timestampPosition: TimestampPosition? = nil, isWrapped: Bool = false
  ) {
    self.layout = layout
    self.confidence = confidence
    self.accepted = accepted
    self.rejected = rejected
    self.variants = variants
    self.timestampPosition = timestampPosition
    self.isWrapped = isWrapped
  }
}

/// A label with the number of times that it occurs.
public struct LabelCount: Hashable, Sendable, Codable {
  /// The label as written.
  public var label: String
  /// How often it stands where a label stands.
  public var count: Int

  /// Creates a count.
  public init(_ label: String, _ count: Int) {
    self.label = label
    self.count = count
  }
}

/// A spelling that was taken for a speaker who is mostly spelled otherwise.
public struct SpeakerVariant: Hashable, Sendable, Codable {
  /// The spelling.
  public var variant: String
  /// The speaker's label.
  public var label: String
  /// How often the spelling occurs.
  public var count: Int

  /// Creates a variant.
  public init(_ variant: String, of label: String, count: Int) {
    self.variant = variant
    self.label = label
    self.count = count
  }
}
