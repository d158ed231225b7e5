/// A ground for or against one place of the theory.
///
/// Evidence belongs to a place in one configuration, not to an element alone.
public struct Evidence: Identified, Hashable, Codable {
  /// How a ground bears on its target.
  public enum Stance: String, Hashable, Sendable, Codable, CaseIterable {
    /// It speaks for it.
    case supports
    /// It speaks against it.
    case contradicts
    /// It speaks for another explanation of the same outcome.
    case rival
    /// It bears on it without weight.
    case weak
  }

  /// What sort of knowledge a ground is.
  public enum Basis: String, Hashable, Sendable, Codable, CaseIterable {
    /// Seen or done by the speaker.
    case observed
    /// Heard from others.
    case reported
    /// Expected to happen.
    case anticipated
    /// Concluded by the analyst.
    case inferred
  }

  /// Whose reasoning a ground voices.
  public enum Voice: String, Hashable, Sendable, Codable, CaseIterable {
    /// The speaker's own.
    case own
    /// Another person's, told by the speaker.
    case other
  }

  /// What a participant answered to a theory that was shown.
  public enum Response: String, Hashable, Sendable, Codable, CaseIterable {
    /// It is so.
    case agrees
    /// It is so under a condition, or partly.
    case refines
    /// It is not so.
    case rejects
  }

  /// The evidence's id.
  public let id: ID<Evidence>
  /// What it is evidence for: a slot, edge, link, configuration or theory statement.
  public var target: Reference
  /// What it rests on.
  public var ground: Ground
  /// How it bears on the target.
  public var stance: Stance
  /// What sort of knowledge it is.
  public var basis: Basis
  /// Whose reasoning it voices.
  public var voice: Voice
  /// What the speaker answered, where the theory was shown; `nil` where it was not.
  public var response: Response?
  /// The analyst's remark.
  public var comment: String
  /// Who entered it and when.
  public var stamp: Stamp

  /// Creates a piece of evidence.
  public init(
    id: ID<Evidence>, target: Reference, ground: Ground, stance: Stance = .supports,
    basis: Basis = .observed, voice: Voice = .own, response: Response? = nil, comment: String = "",
    stamp: Stamp = Stamp()
  ) {
    self.id = id
    self.target = target
    self.ground = ground
    self.stance = stance
    self.basis = basis
    self.voice = voice
    self.response = response
    self.comment = comment
    self.stamp = stamp
  }
}

/// What a piece of evidence rests on.
public enum Ground: Hashable, Sendable, Codable {
  /// A passage of a source.
  case passage(ID<Passage>)
  /// A cell of the framework matrix.
  case cell(Cell.Key)
  /// A whole document.
  case document(ID<Source>)
  /// A recorded judgement, in words.
  case judgement(String)
  /// What people outside the sample said when they were consulted.
  case consultation(Occasion)
  /// What the analysts agreed on by talking it through.
  case decision(Occasion)
}

/// A consultation or a decision: with whom, when, and what came of it.
public struct Occasion: Hashable, Sendable, Codable {
  /// Who took part, as names of persons or groups.
  public var with: [String]
  /// When it was, where that is known.
  public var on: Timestamp?
  /// What was said or decided, and why.
  public var words: String

  /// Creates an occasion.
  public init(with: [String], on: Timestamp? = nil, words: String) {
    self.with = with
    self.on = on
    self.words = words
  }
}
