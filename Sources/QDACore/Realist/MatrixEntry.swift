/// A bullet of a realist matrix as a study prints it: an element in a column and a block.
///
/// Such a matrix ties no context to a mechanism or an outcome; that is why it is kept apart from
/// the configurations.
public struct MatrixEntry: Identified, Hashable, Codable {
  /// The entry's id.
  public let id: ID<MatrixEntry>
  /// The element.
  public var element: ID<Element>
  /// The column's role, such as `context` or `outcome`.
  public var role: String
  /// The part of the role, such as `short-term`.
  public var part: String?
  /// The block, or `nil` for a column that both blocks share.
  public var valence: Configuration.Valence?

  /// Creates an entry.
  public init(
    id: ID<MatrixEntry>, element: ID<Element>, role: String, part: String? = nil,
    valence: Configuration.Valence? = nil
  ) {
    self.id = id
    self.element = element
    self.role = role
    self.part = part
    self.valence = valence
  }
}
