extension Project {
  /// What a study says of itself as a whole.
  public struct Details: Hashable, Sendable, Codable {
    /// The title.
    public var title: String
    /// What the study asks.
    public var questions: [String]
    /// The attribute whose terms are the role categories.
    public var roleAttribute: ID<Attribute>?
    /// The slot schemas.
    public var schemas: [SlotSchema]
    /// What is said of the study as a whole.
    public var description: String
    /// Who began the project and when.
    public var created: Stamp
    /// Who changed it last and when.
    public var modified: Stamp
    /// The program that the project was read from.
    public var origin: ProjectOrigin?
    /// What makes a summary doubtful, where the study has rules of its own.
    public var charting: ChartingRules?
  }

  /// What the study says of itself as a whole, as one value.
  public var details: Details {
    get {
      Details(
        title: title, questions: questions, roleAttribute: roleAttribute, schemas: schemas,
        description: description, created: created, modified: modified, origin: origin,
        charting: charting)
    }
    set {
      title = newValue.title
      questions = newValue.questions
      roleAttribute = newValue.roleAttribute
      schemas = newValue.schemas
      description = newValue.description
      created = newValue.created
      modified = newValue.modified
      origin = newValue.origin
      charting = newValue.charting
    }
  }

  /// Applies a change, all of it or nothing.
  ///
  /// - Throws: ``ChangeConflict`` when an object to insert is there already, or one to remove or
  ///   replace is not there as the change knew it. The project is then as it was.
  /// - Complexity: O(*n* log *n*) in the block of each source that has changed passages or codings,
  ///   and O(*s* · log *n*) for each of these over *s* sources, because an id may be in any of them;
  ///   O(1) for each other operation but removal, which is O(count).
  public mutating func apply(_ change: Change) throws(ChangeConflict) {
    var draft = self
    var pending = PendingCodings()
    for operation in change.operations {
      if try pending.take(operation, from: draft) { continue }
      pending.flush(into: &draft)
      if try pending.take(operation, from: draft) { continue }
      try draft.apply(operation)
    }
    pending.flush(into: &draft)
    self = draft
  }

  private mutating func apply(_ operation: Operation) throws(ChangeConflict) {
    switch operation {
    case .insert(let object, let position):
      try put(object, expecting: nil, at: position, in: operation)
    case .remove(let object, _):
      try put(nil, expecting: object, at: nil, in: operation)
    case .replace(let old, let new):
      try put(new, expecting: old, at: nil, in: operation)
    }
  }

  /// Puts a new object in the place of an old one of the same kind; either may be missing.
  private mutating func put(
    _ new: Object?, expecting old: Object?, at position: Int?, in operation: Operation
  ) throws(ChangeConflict) {
    func exchange<Value: Identified & Equatable>(
      _ table: WritableKeyPath<Project, Table<Value>>, _ id: ID<Value>, _ unwrap: (Object) -> Value?
    ) throws(ChangeConflict) {
      let current = self[keyPath: table][id]
      guard current == old.flatMap(unwrap) else {
        throw ChangeConflict(
          operation: operation,
          reason: old == nil
            ? "an object with id \(id) is there already"
            : current == nil
              ? "there is no object with id \(id)"
              : "the object with id \(id) was changed in between")
      }
      if let value = new.flatMap(unwrap) {
        guard value.id == id else {
          throw ChangeConflict(operation: operation, reason: "a replacement must keep the id")
        }
        self[keyPath: table].insert(value, at: position)
      } else if new == nil {
        self[keyPath: table][id] = nil
      } else {
        throw ChangeConflict(operation: operation, reason: "a replacement must be of the same kind")
      }
    }
    switch old ?? new {
    case .coder(let value):
      try exchange(\.coders, value.id) { if case .coder(let value) = $0 { value } else { nil } }
    case .attribute(let value):
      try exchange(\.attributes, value.id) {
        if case .attribute(let value) = $0 { value } else { nil }
      }
    case .source(let value):
      try exchange(\.sources, value.id) { if case .source(let value) = $0 { value } else { nil } }
    case .case(let value):
      try exchange(\.cases, value.id) { if case .case(let value) = $0 { value } else { nil } }
    case .code(let value):
      try exchange(\.codebook.codes, value.id) {
        if case .code(let value) = $0 { value } else { nil }
      }
    case .note(let value):
      try exchange(\.notes, value.id) { if case .note(let value) = $0 { value } else { nil } }
    case .element(let value):
      try exchange(\.elements, value.id) { if case .element(let value) = $0 { value } else { nil } }
    case .configuration(let value):
      try exchange(\.configurations, value.id) {
        if case .configuration(let value) = $0 { value } else { nil }
      }
    case .matrixEntry(let value):
      try exchange(\.realistMatrix, value.id) {
        if case .matrixEntry(let value) = $0 { value } else { nil }
      }
    case .evidence(let value):
      try exchange(\.evidence, value.id) {
        if case .evidence(let value) = $0 { value } else { nil }
      }
    case .link(let value):
      try exchange(\.links, value.id) { if case .link(let value) = $0 { value } else { nil } }
    case .theoryVersion(let value):
      try exchange(\.theory, value.id) {
        if case .theoryVersion(let value) = $0 { value } else { nil }
      }
    case .set(let value):
      try exchange(\.sets, value.id) { if case .set(let value) = $0 { value } else { nil } }
    case .objectLink(let value):
      try exchange(\.objectLinks, value.id) {
        if case .objectLink(let value) = $0 { value } else { nil }
      }
    case .graph(let value):
      try exchange(\.graphs, value.id) { if case .graph(let value) = $0 { value } else { nil } }
    case .category(let value):
      try exchange(\.categories, value.id) {
        if case .category(let value) = $0 { value } else { nil }
      }
    case .typology(let value):
      try exchange(\.typologies, value.id) {
        if case .typology(let value) = $0 { value } else { nil }
      }
    case .explanation(let value):
      try exchange(\.explanations, value.id) {
        if case .explanation(let value) = $0 { value } else { nil }
      }
    case .reading(let value):
      try exchange(\.readings, value.id) { if case .reading(let value) = $0 { value } else { nil } }
    case .rule(let value):
      try exchange(\.rules, value.id) { if case .rule(let value) = $0 { value } else { nil } }
    case .details, .frameworkVersion, .cell:
      try putSingle(new, expecting: old, in: operation)
    case .passage, .coding, nil: break
    }
  }

  /// The kinds that are known by something else than an id.
  private mutating func putSingle(
    _ new: Object?, expecting old: Object?, in operation: Operation
  ) throws(ChangeConflict) {
    let changed = ChangeConflict(
      operation: operation, reason: "the object was changed in between, or is there already")
    switch (old, new) {
    case (.details(let old), .details(let new)):
      guard details == old else { throw changed }
      details = new
    case (.frameworkVersion(let old), nil):
      guard let position = codebook.versions.firstIndex(of: old) else { throw changed }
      codebook.versions.remove(at: position)
    case (nil, .frameworkVersion(let new)):
      guard !codebook.versions.contains(where: { $0.number == new.number }) else { throw changed }
      codebook.versions.append(new)
      codebook.versions.sort { $0.number < $1.number }
    case (.frameworkVersion(let old), .frameworkVersion(let new)):
      guard let position = codebook.versions.firstIndex(of: old) else { throw changed }
      codebook.versions[position] = new
    case (.cell(let old), nil):
      guard cells[old.key] == old else { throw changed }
      cells[old.key] = nil
    case (nil, .cell(let new)):
      guard cells[new.key] == nil else { throw changed }
      cells[new.key] = new
    case (.cell(let old), .cell(let new)):
      guard cells[old.key] == old, old.key == new.key else { throw changed }
      cells[new.key] = new
    default:
      throw ChangeConflict(
        operation: operation, reason: "this kind of object can only be replaced by its own kind")
    }
  }
}

/// Passages and codings of consecutive operations, so that a block is sorted once for all of them.
private struct PendingCodings {
  private var source: ID<Source>?
  private var isRemoval = false
  private var passages: [Passage] = []
  private var codings: [Coding] = []
  private var seenPassages: Set<ID<Passage>> = []
  private var seenCodings: Set<ID<Coding>> = []

  /// Takes an operation on a passage or coding; any other is left to the caller.
  mutating func take(
    _ operation: Operation, from project: Project
  ) throws(ChangeConflict) -> Bool {
    let (old, new): (Object?, Object?) =
      switch operation {
      case .insert(let object, _): (nil, object)
      case .remove(let object, _): (object, nil)
      case .replace(let old, let new): (old, new)
      }
    func conflict(_ reason: String) -> ChangeConflict {
      ChangeConflict(operation: operation, reason: reason)
    }
    switch old ?? new {
    case .passage(let passage):
      guard continues(in: passage.source, removing: new == nil) else { return false }
      guard seenPassages.insert(passage.id).inserted else { return false }
      let current = project.codings[passage.id]
      if old == nil {
        guard current == nil else {
          throw conflict("a passage with id \(passage.id) is there already")
        }
      } else {
        guard current == passage else { throw conflict("passage \(passage.id) was changed") }
      }
      switch new {
      case .passage(let value)?:
        guard value.id == passage.id, value.source == passage.source else {
          throw conflict("a replacement must keep the id and the source of a passage")
        }
        passages.append(value)
      case nil:
        guard
          project.codings.codings(ofPassage: passage.id, in: passage.source)
            .allSatisfy({ seenCodings.contains($0.id) })
        else { throw conflict("passage \(passage.id) has codings; remove them first") }
        passages.append(passage)
      default: throw conflict("a replacement must be of the same kind")
      }
      return true
    case .coding(let coding, let source):
      guard continues(in: source, removing: new == nil) else { return false }
      guard seenCodings.insert(coding.id).inserted else { return false }
      let current = project.codings[coding.id]
      if old == nil {
        guard current == nil else {
          throw conflict("a coding with id \(coding.id) is there already")
        }
      } else {
        guard current == coding, project.codings.source(of: coding.id) == source else {
          throw conflict("coding \(coding.id) was changed")
        }
      }
      switch new {
      case .coding(let value, in: source)?:
        guard value.id == coding.id else { throw conflict("a replacement must keep the id") }
        guard
          seenPassages.contains(value.passage)
            || project.codings[value.passage]?.source == source
        else { throw conflict("coding \(value.id) names a passage that its source does not have") }
        codings.append(value)
      case nil: codings.append(coding)
      default: throw conflict("a replacement must be of the same kind and in the same source")
      }
      return true
    default: return false
    }
  }

  private mutating func continues(in source: ID<Source>, removing: Bool) -> Bool {
    if self.source == nil {
      self.source = source
      isRemoval = removing
    }
    return self.source == source && isRemoval == removing
  }

  mutating func flush(into project: inout Project) {
    if let source {
      if isRemoval {
        project.codings.remove(
          Set(passages.map(\.id)), codings: Set(codings.map(\.id)), in: source)
      } else {
        project.codings.insert(passages, codings: codings, in: source)
      }
    }
    self = PendingCodings()
  }
}
