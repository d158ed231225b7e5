/// An object of a project that is known by an id.
public protocol Identified: Sendable {
  /// What the object is known by, for ever.
  var id: ID<Self> { get }
}
