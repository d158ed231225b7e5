/// A named relation between two objects of any kind, as REFI-QDA has links.
///
/// The relations between configurations, which have a type and a sign, are ``Link`` values.
public struct ObjectLink: Identified, Hashable, Codable {
  /// The link's id.
  public let id: ID<ObjectLink>
  /// The name, such as `explains`.
  public var name: String
  /// The object it starts from, if one is named.
  public var origin: Reference?
  /// The object it leads to, if one is named.
  public var target: Reference?
  /// Which way it reads, if that is said.
  public var direction: LinkDirection?
  /// Its colour as `#rrggbb`, if it has one.
  public var color: String?

  /// Creates a link.
  public init(
    id: ID<ObjectLink>, name: String = "", origin: Reference? = nil, target: Reference? = nil,
    direction: LinkDirection? = nil, color: String? = nil
  ) {
    self.id = id
    self.name = name
    self.origin = origin
    self.target = target
    self.direction = direction
    self.color = color
  }
}

/// Which way a link or a line of a diagram reads; the raw values are those of REFI-QDA.
public enum LinkDirection: String, Hashable, Sendable, Codable, CaseIterable {
  /// The two belong together.
  case associative = "Associative"
  /// From the origin to the target.
  case oneWay = "OneWay"
  /// Both ways.
  case bidirectional = "Bidirectional"
}
