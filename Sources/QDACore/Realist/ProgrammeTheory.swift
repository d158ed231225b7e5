/// A statement of the programme theory.
public struct Statement: Identified, Hashable, Codable {
  /// What a version did to a statement.
  public enum Move: String, Hashable, Sendable, Codable, CaseIterable {
    /// Stated for the first time.
    case added
    /// Taken over unchanged.
    case kept
    /// Taken over in other words or with conditions.
    case refined
    /// Given up.
    case dropped
  }

  /// The statement's id.
  public let id: ID<Statement>
  /// What it says.
  public var text: String
  /// The configurations that carry it.
  public var configurations: [ID<Configuration>]
  /// The statements of the version before that it comes from.
  public var from: [ID<Statement>]
  /// What this version did to it.
  public var move: Move
  /// What moved it.
  public var why: String

  /// Creates a statement.
  public init(
    id: ID<Statement>, text: String, configurations: [ID<Configuration>] = [],
    from: [ID<Statement>] = [], move: Move = .added, why: String = ""
  ) {
    self.id = id
    self.text = text
    self.configurations = configurations
    self.from = from
    self.move = move
    self.why = why
  }
}

/// The programme theory at one moment of a study.
public struct TheoryVersion: Identified, Hashable, Codable {
  /// How far a theory has come.
  public enum Stage: String, Hashable, Sendable, Codable, CaseIterable {
    /// Before the interviews.
    case initial
    /// Changed on the way.
    case revised
    /// As the study ends.
    case refined
  }

  /// The version's id.
  public let id: ID<TheoryVersion>
  /// How far the theory has come.
  public var stage: Stage
  /// The title.
  public var title: String
  /// The statements in order.
  public var statements: [Statement]
  /// Who made it and when.
  public var stamp: Stamp

  /// Creates a version.
  public init(
    id: ID<TheoryVersion>, stage: Stage, title: String = "", statements: [Statement] = [],
    stamp: Stamp = Stamp()
  ) {
    self.id = id
    self.stage = stage
    self.title = title
    self.statements = statements
    self.stamp = stamp
  }
}
