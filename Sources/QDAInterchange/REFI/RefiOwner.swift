internal import QDACore

/// What an element belongs to.
enum RefiOwner {
  case project
  case code(ID<Code>)
  case attribute(ID<Attribute>)
  case `case`(ID<Case>)
  case source(ID<Source>)
  case representation(ID<Source>)
  case selection(ID<Passage>)
  case quote(ID<Passage>)
  case coding
  case note(ID<Note>)
  case link(ID<ObjectLink>)
  case set(ID<ObjectSet>)
  case graph(ID<Graph>)

  /// What a note that is named here is about.
  var reference: Reference? {
    switch self {
    case .project: .project
    case .code(let id): .code(id)
    case .attribute(let id): .attribute(id)
    case .case(let id): .case(id)
    case .source(let id), .representation(let id): .source(id)
    case .selection(let id), .quote(let id): .passage(id)
    case .note(let id): .note(id)
    case .link(let id): .objectLink(id)
    case .set(let id): .set(id)
    case .graph(let id): .graph(id)
    case .coding: nil
    }
  }
}
