/// A typed pointer to any object of a project.
public enum Reference: Hashable, Sendable, Codable {
  /// The project as a whole.
  case project
  /// A source.
  case source(ID<Source>)
  /// A case.
  case `case`(ID<Case>)
  /// An attribute.
  case attribute(ID<Attribute>)
  /// A coder.
  case coder(ID<Coder>)
  /// A code.
  case code(ID<Code>)
  /// A passage.
  case passage(ID<Passage>)
  /// A coding.
  case coding(ID<Coding>)
  /// A note.
  case note(ID<Note>)
  /// A cell of the framework matrix.
  case cell(Cell.Key)
  /// An element of configurations.
  case element(ID<Element>)
  /// A configuration.
  case configuration(ID<Configuration>)
  /// A slot of a configuration.
  case slot(ID<Slot>)
  /// A directed edge between two slots.
  case edge(ID<Edge>)
  /// A link between two configurations.
  case link(ID<Link>)
  /// A piece of evidence.
  case evidence(ID<Evidence>)
  /// A statement of the programme theory.
  case statement(ID<Statement>)
  /// A set of objects.
  case set(ID<ObjectSet>)
  /// A named relation between two objects.
  case objectLink(ID<ObjectLink>)
  /// A diagram.
  case graph(ID<Graph>)
  /// Something that another tool named and the project does not hold.
  case unknown(ID<Reference>)
}

extension Reference: CustomStringConvertible {
  /// The kind and the id, separated by a space.
  public var description: String {
    switch self {
    case .project: "project"
    case .source(let id): "source \(id)"
    case .case(let id): "case \(id)"
    case .attribute(let id): "attribute \(id)"
    case .coder(let id): "coder \(id)"
    case .code(let id): "code \(id)"
    case .passage(let id): "passage \(id)"
    case .coding(let id): "coding \(id)"
    case .note(let id): "note \(id)"
    case .cell(let key): "cell \(key.row) × \(key.column)"
    case .element(let id): "element \(id)"
    case .configuration(let id): "configuration \(id)"
    case .slot(let id): "slot \(id)"
    case .edge(let id): "edge \(id)"
    case .link(let id): "link \(id)"
    case .evidence(let id): "evidence \(id)"
    case .statement(let id): "statement \(id)"
    case .set(let id): "set \(id)"
    case .objectLink(let id): "object-link \(id)"
    case .graph(let id): "graph \(id)"
    case .unknown(let id): "unknown \(id)"
    }
  }
}
