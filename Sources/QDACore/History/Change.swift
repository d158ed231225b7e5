/// One step in the life of a study: who changed what, when and why.
///
/// Everything that changes a project can be written as a change, applied, taken back, kept in a
/// history and replayed. The texts of sources are not part of it: undoing the removal of a source
/// needs its text still in the store.
public struct Change: Hashable, Sendable, Codable {
  /// The change's id.
  public let id: ID<Change>
  /// Who made it and when.
  public var stamp: Stamp
  /// Why, in the words of whoever made it.
  public var why: String
  /// What was done, in order.
  public var operations: [Operation]
  /// The stage that had left nothing when somebody decided to go on all the same.
  public var skipped: Stage?

  /// Creates a change.
  public init(
    id: ID<Change>, stamp: Stamp = Stamp(), why: String = "", operations: [Operation] = [],
    skipped: Stage? = nil
  ) {
    self.id = id
    self.stamp = stamp
    self.why = why
    self.operations = operations
    self.skipped = skipped
  }

  /// The change that takes this one back, with an id, stamp and reason of its own.
  public func inverted(id: ID<Change>, stamp: Stamp = Stamp(), why: String = "") -> Change {
    Change(
      id: id, stamp: stamp, why: why, operations: operations.reversed().map(\.inverted))
  }
}

/// A part of a change, which can always be taken back.
public enum Operation: Hashable, Sendable, Codable {
  /// An object comes in, at a position of its table or at the end.
  case insert(Object, at: Int?)
  /// An object goes, from a position of its table.
  case remove(Object, at: Int?)
  /// An object takes the place of another with the same id.
  case replace(Object, with: Object)

  /// The operation that takes this one back.
  public var inverted: Operation {
    switch self {
    case .insert(let object, let position): .remove(object, at: position)
    case .remove(let object, let position): .insert(object, at: position)
    case .replace(let old, let new): .replace(new, with: old)
    }
  }
}

/// Anything that a change can put in, take out or replace.
///
/// A change may hold hundreds of thousands, so that each takes the room of its own kind and not of the largest.
public indirect enum Object: Hashable, Sendable, Codable {
  /// What the study says of itself as a whole.
  case details(Project.Details)
  /// A coder.
  case coder(Coder)
  /// An attribute.
  case attribute(Attribute)
  /// A source without its text.
  case source(Source)
  /// A case.
  case `case`(Case)
  /// A code.
  case code(Code)
  /// A version of the thematic framework.
  case frameworkVersion(FrameworkVersion)
  /// A passage.
  case passage(Passage)
  /// A coding in a source.
  case coding(Coding, in: ID<Source>)
  /// A note.
  case note(Note)
  /// A cell.
  case cell(Cell)
  /// An element.
  case element(Element)
  /// A configuration.
  case configuration(Configuration)
  /// An entry of the realist matrix.
  case matrixEntry(MatrixEntry)
  /// A piece of evidence.
  case evidence(Evidence)
  /// A link.
  case link(Link)
  /// A version of the programme theory.
  case theoryVersion(TheoryVersion)
  /// A set of objects.
  case set(ObjectSet)
  /// A named relation between two objects.
  case objectLink(ObjectLink)
  /// A diagram.
  case graph(Graph)
  /// That somebody has read a source.
  case reading(ReadingRecord)
  /// A rule that proposes codings.
  case rule(IndexingRule)
  /// An element, dimension or category.
  case category(Category)
  /// A typology.
  case typology(Typology)
  /// An explanation.
  case explanation(Explanation)
}

/// A change does not fit the project that it is applied to.
public struct ChangeConflict: Error, Hashable, CustomStringConvertible {
  /// The operation that does not fit.
  public var operation: Operation
  /// What is in the way.
  public var reason: String

  /// The reason in a sentence.
  public var description: String { "the change cannot be applied: \(reason)" }
}
