/// A search for cases that break a configuration, as somebody says to have made it.
///
/// That nothing contradicts a configuration means little until it is known whether anyone looked.
public struct NegativeCaseSearch: Hashable, Sendable, Codable {
  /// Who searched and when.
  public var stamp: Stamp
  /// What was searched for and where, in words.
  public var how: String
  /// The cases that were found to break it; empty where the search found none.
  public var found: [ID<Case>]

  /// Creates a search.
  public init(stamp: Stamp = Stamp(), how: String, found: [ID<Case>] = []) {
    self.stamp = stamp
    self.how = how
    self.found = found
  }
}

/// How a configuration came to be proposed by a rule: what proposed it, and from what.
///
/// It stays a proposal until a named person accepts, rejects or rewrites it.
public struct Proposal: Hashable, Sendable, Codable {
  /// The rule, such as `cell` or `linked-codings`.
  public var method: String
  /// The version of the rule.
  public var version: Int
  /// The cell, turn's passage, case or codings that it was proposed from, in order.
  public var from: [Reference]

  /// Creates a proposal.
  public init(method: String, version: Int, from: [Reference] = []) {
    self.method = method
    self.version = version
    self.from = from
  }
}
