/// A named collection of codes, sources, notes or cases, as REFI-QDA has sets.
///
/// Tools write document groups, code groups and values of document variables as sets.
public struct ObjectSet: Identified, Hashable, Codable {
  /// The set's id.
  public let id: ID<ObjectSet>
  /// The name.
  public var name: String
  /// What the set is for.
  public var description: String
  /// What belongs to it, in order.
  public var members: [Reference]

  /// Creates a set.
  public init(
    id: ID<ObjectSet>, name: String, description: String = "", members: [Reference] = []
  ) {
    self.id = id
    self.name = name
    self.description = description
    self.members = members
  }
}
