internal import QDACore

extension ExchangeSidecar {
  /// Whether nothing of which the sidecar knows what the file said of it is in a project.
  func isForeign(to project: Project) -> Bool {
    let known = entries.filter { $0.was != nil }.compactMap { $0.now?.reference ?? $0.gone }
      .filter { $0 != .project }
    return !known.isEmpty && known.allSatisfy { project.object($0) == nil }
  }

  /// Restores in what was read from a file all that the file could not hold.
  func restore(_ reading: Reading<Project>, file: String) -> Reading<Project> {
    var project = reading.value.with(id: self.project)
    var diagnostics = reading.diagnostics
    project.removeDerivedNames(except: Set(named))
    var provenances: [ID<Coding>: Coding.Provenance] = [:]
    for (name, ids) in provenance {
      guard let kind = Coding.Provenance(rawValue: name) else { continue }
      for id in ids { provenances[id] = kind }
    }
    project.codings.setProvenance(provenances)
    var operations: [Operation] = []
    // A coding may be taken from one passage and put on another.
    var removed: Set<Reference> = []
    for entry in entries {
      guard let reference = entry.now.map({ $0.reference }) ?? entry.gone else {
        if let now = entry.now { operations.append(.insert(now, at: entry.position)) }
        continue
      }
      let current = removed.contains(reference) ? nil : project.object(reference)
      switch (entry.was, current, entry.now) {
      case (nil, nil, let now?): operations.append(.insert(now, at: entry.position))
      case (nil, let current?, let now?):
        if current != now { diagnostics.append(edited(reference, file)) }
      case (let was?, let current?, let now?) where current.exchangeDigest == was:
        if current != now { operations.append(.replace(current, with: now)) }
      case (_, let current?, let now?):
        let merged = current.completed(from: now)
        if current != merged { operations.append(.replace(current, with: merged)) }
        if !current.isDetails { diagnostics.append(edited(reference, file)) }
      case (let was?, let current?, nil) where current.exchangeDigest == was:
        operations.append(.remove(current, at: nil))
        removed.insert(reference)
      case (_, _?, nil): diagnostics.append(edited(reference, file))
      case (_, nil, _):
        diagnostics.append(
          Diagnostic(
            "exchange.object-removed", .note, at: .object(reference),
            "an object was removed from the file by another tool",
            explanation: "It stays removed; what only the sidecar knows of it is left out.",
            solutions: ["take it from an older copy if that was not meant"]))
      }
    }
    for operation in project.applyFitting(
      Change(id: ID(derivedFrom: ["sidecar"]), operations: operations))
    {
      diagnostics.append(edited(operation.reference ?? .project, file))
    }
    var replaced: [ID<Source>: Text] = [:]
    for (id, text) in texts where project.sources[id]?.rendition.text == text.digest {
      replaced[id] = text
    }
    if var held = project.texts as? MemoryTexts {
      held.texts.merge(replaced) { _, new in new }
      project.texts = held
    } else if !replaced.isEmpty {
      project.texts = ExchangeTexts(base: project.texts, replaced: replaced)
    }
    return Reading(project, diagnostics: diagnostics)
  }

  private func edited(_ reference: Reference, _ file: String) -> Diagnostic {
    Diagnostic(
      "exchange.object-edited", .warning, at: .object(reference),
      "an object was edited in another tool since the file was written; the edit counts",
      explanation: "What the sidecar held in its place is left out.",
      solutions: ["compare the object with an older copy of the study"])
  }
}

extension Operation {
  fileprivate var reference: Reference? {
    switch self {
    case .insert(let object, _), .remove(let object, _), .replace(_, let object):
      object.reference
    }
  }
}

extension Object {
  fileprivate var isDetails: Bool { if case .details = self { true } else { false } }

  /// The object as another tool edited it, with what no file can say taken from what it was.
  fileprivate func completed(from now: Object) -> Object {
    switch (self, now) {
    case (.details(var edited), .details(let now)):
      edited.questions = now.questions
      edited.roleAttribute = now.roleAttribute
      edited.schemas = now.schemas
      edited.origin = now.origin
      return .details(edited)
    case (.code(var edited), .code(let now)):
      (edited.number, edited.origin) = (now.number, now.origin)
      return .code(edited)
    case (.attribute(var edited), .attribute(let now)):
      edited.vocabulary = now.vocabulary
      return .attribute(edited)
    case (.case(var edited), .case(let now)):
      (edited.unit, edited.memberOf) = (now.unit, now.memberOf)
      return .case(edited)
    case (.source(var edited), .source(let now)):
      edited.kind = now.kind
      guard edited.rendition.text == now.rendition.text else { return .source(edited) }
      edited.rendition = now.rendition
      (edited.turns, edited.speakers, edited.marks) = (now.turns, now.speakers, now.marks)
      (edited.paragraphs, edited.metadata) = (now.paragraphs, now.metadata)
      return .source(edited)
    case (.note(var edited), .note(let now)):
      edited.kind = now.kind
      return .note(edited)
    default: return self
    }
  }
}

extension Project {
  /// The object that a reference means.
  fileprivate func object(_ reference: Reference) -> Object? {
    switch reference {
    case .project: .details(details)
    case .coder(let id): coders[id].map { .coder($0) }
    case .attribute(let id): attributes[id].map { .attribute($0) }
    case .source(let id): sources[id].map { .source($0) }
    case .case(let id): cases[id].map { .case($0) }
    case .code(let id): codebook.codes[id].map { .code($0) }
    case .passage(let id): codings[id].map { .passage($0) }
    case .coding(let id):
      codings[id].flatMap { coding in
        codings.source(of: id).map { .coding(coding, in: $0) }
      }
    case .note(let id): notes[id].map { .note($0) }
    case .set(let id): sets[id].map { .set($0) }
    case .objectLink(let id): objectLinks[id].map { .objectLink($0) }
    case .graph(let id): graphs[id].map { .graph($0) }
    case .cell(let key): cells[key].map { .cell($0) }
    case .element(let id): elements[id].map { .element($0) }
    case .configuration(let id): configurations[id].map { .configuration($0) }
    case .link(let id): links[id].map { .link($0) }
    case .evidence(let id): evidence[id].map { .evidence($0) }
    default: nil
    }
  }

  /// Applies what fits of a change, all of it where that is possible, and returns what does not.
  mutating func applyFitting(_ change: Change) -> [Operation] {
    do {
      try apply(change)
      return []
    } catch {
      return change.operations.filter { operation in
        do {
          try apply(Change(id: change.id, operations: [operation]))
          return false
        } catch {
          return true
        }
      }
    }
  }

  /// Takes away the names of selections that are nothing but their words.
  ///
  /// - Complexity: O(*n*) in the passages and texts.
  mutating func removeDerivedNames(except named: Set<ID<Passage>> = []) {
    for source in codings.sources {
      guard let rows = codings.rows(in: source),
        (0..<rows.passageCount).contains(where: { rows.name(at: $0) != nil }),
        let text = try? texts.text(of: source)
      else { continue }
      codings.removeNames(in: source) { id, span, name in
        !named.contains(id) && SelectionName.isDerived(name, from: span, in: text)
      }
    }
  }
}
