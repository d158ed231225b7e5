/// Who made or changed something, and when, as far as it is known.
public struct Stamp: Hashable, Sendable, Codable {
  /// The coder who acted, or `nil` when nobody is recorded.
  public var by: ID<Coder>?
  /// The time that the caller gave, or `nil`.
  public var at: Timestamp?

  /// Creates a stamp; both parts may be unknown.
  public init(by: ID<Coder>? = nil, at: Timestamp? = nil) {
    self.by = by
    self.at = at
  }
}

/// A person or a machine that codes, charts or decides.
public struct Coder: Identified, Hashable, Codable {
  /// What kind of actor a coder is.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// A named person.
    case person
    /// A rule, model or program, whose work is a proposal until a person accepts it.
    case machine
  }

  /// The coder's id.
  public let id: ID<Coder>
  /// The name shown to readers.
  public var name: String
  /// The short name used in file names and citations, such as `MR`.
  public var initials: String
  /// Whether this is a person or a machine.
  public var kind: Kind

  /// Creates a coder.
  public init(id: ID<Coder>, name: String, initials: String, kind: Kind = .person) {
    self.id = id
    self.name = name
    self.initials = initials
    self.kind = kind
  }
}
