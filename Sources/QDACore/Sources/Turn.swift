/// One speaker's contribution.
///
/// A paragraph is not a turn and a cue is not a turn: a turn may hold several of either.
public struct Turn: Hashable, Sendable, Codable {
  /// The indices of its speakers in ``Source/speakers``: none is unknown, two spoke together.
  public var speakers: [Int]
  /// The stretches of the words, without labels and stamps, in order.
  public var ranges: [TextSpan]
  /// The label as written here, where it has one.
  public var label: TextSpan?
  /// When it starts in the recording, in milliseconds, if known.
  public var start: Int?
  /// When it ends in the recording, in milliseconds, if known.
  public var end: Int?
  /// What the times count from.
  public var clock: Clock
  /// Whether the transcriber doubted who speaks, as in `(Dan):`.
  public var isUncertain: Bool
  /// Whether a time was worked out from those around it, because the file gives none.
  public var isInterpolated: Bool

  /// What a time counts from.
  public enum Clock: String, Hashable, Sendable, Codable, CaseIterable {
    /// The start of the recording.
    case media
    /// Midnight of the day of the recording.
    case wall
  }

  /// Creates a turn.
  public init(
    speakers: [Int] = [], ranges: [TextSpan], label: TextSpan? = nil, start: Int? = nil,
    end: Int? = nil, clock: Clock = .media, isUncertain: Bool = false,
    isInterpolated: Bool = false
  ) {
    self.speakers = speakers
    self.ranges = ranges
    self.label = label
    self.start = start
    self.end = end
    self.clock = clock
    self.isUncertain = isUncertain
    self.isInterpolated = isInterpolated
  }

  /// From the first word to the last, or `nil` for a turn without words.
  public var extent: TextSpan? {
    guard let first = ranges.first, let last = ranges.last else { return nil }
    return TextSpan(start: first.start, end: max(first.end, last.end))
  }
}

/// Somebody who speaks in a source, known by a label.
///
/// A speaker belongs to one source; ``person`` says for which case the speaker speaks.
public struct Speaker: Hashable, Sendable, Codable {
  /// The label in its most frequent spelling.
  public var label: String
  /// The other spellings, in order of first appearance.
  public var variants: [String]
  /// What part the speaker plays.
  public var role: SpeakerRole
  /// The case that this speaker speaks for, if any.
  public var person: ID<Case>?

  /// Creates a speaker.
  public init(
    label: String, variants: [String] = [], role: SpeakerRole = .unknown, person: ID<Case>? = nil
  ) {
    self.label = label
    self.variants = variants
    self.role = role
    self.person = person
  }
}

/// What part a speaker plays.
public enum SpeakerRole: String, Hashable, Sendable, Codable, CaseIterable {
  /// Asks the questions; belongs to no case.
  case interviewer
  /// Is interviewed.
  case participant
  /// Several people at once.
  case collective
  /// Not known.
  case unknown
}
