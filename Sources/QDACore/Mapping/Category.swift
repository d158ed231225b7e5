/// A step of abstraction over the cells of a column: an element, a dimension or a category.
///
/// Elements are what cells say; dimensions gather elements along which cases differ; categories gather
/// dimensions (Spencer, Ritchie, O'Connor, Morrell & Ormston 2014).
public struct Category: Identified, Hashable, Codable {
  /// How abstract it is.
  public enum Level: String, Hashable, Sendable, Codable, CaseIterable {
    /// What cells say, close to their words.
    case element
    /// Along what elements differ.
    case dimension
    /// What dimensions are about.
    case category
  }

  /// The category's id.
  public let id: ID<Category>
  /// How abstract it is.
  public var level: Level
  /// What it says.
  public var name: String
  /// What it means.
  public var definition: String
  /// The column whose cells it is over.
  public var column: ID<Code>
  /// What it belongs to, which is more abstract.
  public var parent: ID<Category>?
  /// The cases whose cell of the column says it; elements alone have them.
  public var cases: [ID<Case>]
  /// Who found it and when.
  public var stamp: Stamp

  /// Creates a category.
  public init(
    id: ID<Category>, level: Level = .element, name: String, definition: String = "",
    column: ID<Code>, parent: ID<Category>? = nil, cases: [ID<Case>] = [], stamp: Stamp = Stamp()
  ) {
    self.id = id
    self.level = level
    self.name = name
    self.definition = definition
    self.column = column
    self.parent = parent
    self.cases = cases
    self.stamp = stamp
  }
}

/// Types of which each case is in exactly one.
public struct Typology: Identified, Hashable, Codable {
  /// Where a case is, and why.
  public struct Placement: Hashable, Sendable, Codable {
    /// The case.
    public var one: ID<Case>
    /// The type's name, or `nil` where the case fits none.
    public var type: String?
    /// Why.
    public var reason: String

    /// Creates a placement.
    public init(_ one: ID<Case>, in type: String?, reason: String = "") {
      self.one = one
      self.type = type
      self.reason = reason
    }
  }

  /// The typology's id.
  public let id: ID<Typology>
  /// What it is called.
  public var name: String
  /// What its cases are, such as `participant` or `site`.
  public var unit: String
  /// The dimensions by which types differ.
  public var dimensions: [String]
  /// The columns whose cells it is over, so that a case in a type opens on what it says there.
  public var columns: [ID<Code>]
  /// The types with what they mean.
  public var types: [Term]
  /// Where the cases are.
  public var placements: [Placement]
  /// Who made it and when.
  public var stamp: Stamp

  /// Creates a typology.
  public init(
    id: ID<Typology>, name: String, unit: String = "participant", dimensions: [String] = [],
    columns: [ID<Code>] = [], types: [Term] = [], placements: [Placement] = [],
    stamp: Stamp = Stamp()
  ) {
    self.id = id
    self.name = name
    self.unit = unit
    self.dimensions = dimensions
    self.columns = columns
    self.types = types
    self.placements = placements
    self.stamp = stamp
  }

  /// Reads a typology; one that was written before columns were kept has none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(ID<Typology>.self, forKey: .id)
    name = try container.decode(String.self, forKey: .name)
    unit = try container.decode(String.self, forKey: .unit)
    dimensions = try container.decode([String].self, forKey: .dimensions)
    columns = try container.decodeIfPresent([ID<Code>].self, forKey: .columns) ?? []
    types = try container.decode([Term].self, forKey: .types)
    placements = try container.decode([Placement].self, forKey: .placements)
    stamp = try container.decode(Stamp.self, forKey: .stamp)
  }
}

/// Why something is as it is, in a participant's words or as the analyst infers.
public struct Explanation: Identified, Hashable, Codable {
  /// Whose reason it is.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// A participant gives it.
    case explicit
    /// The analyst infers it.
    case implicit
  }

  /// The explanation's id.
  public let id: ID<Explanation>
  /// Whose reason it is.
  public var kind: Kind
  /// What it says.
  public var text: String
  /// The cells that it explains or rests on.
  public var cells: [Cell.Key]
  /// The passages that give the reason.
  public var passages: [ID<Passage>]
  /// Who wrote it and when.
  public var stamp: Stamp

  /// Creates an explanation.
  public init(
    id: ID<Explanation>, kind: Kind, text: String, cells: [Cell.Key] = [],
    passages: [ID<Passage>] = [], stamp: Stamp = Stamp()
  ) {
    self.id = id
    self.kind = kind
    self.text = text
    self.cells = cells
    self.passages = passages
    self.stamp = stamp
  }
}
