internal import QDACore

// codebook.yaml, configurations.yaml, theory.yaml and notes/
extension StudyImage {
  /// A code further down would be nested more deeply than the reader follows.
  private static let deepestCode = 24

  func codebook() -> YAMLValue {
    let version = project.codebook.versions.map(\.number).max()
    return .map([
      ("version", version.map { .text(String($0)) }),
      ("codes", list(codes(Array(project.codebook.codes), depth: 0, below: nil))),
      ("versions", list(project.codebook.versions.map(frameworkVersion))),
      ("rules", list(project.rules.map(rule))),
    ])
  }

  private func codes(_ codes: [Code], depth: Int, below parent: ID<Code>?) -> [YAMLValue] {
    let known = Set(codes.map(\.id))
    let byParent = Dictionary(grouping: codes) { code in
      code.parent.flatMap { known.contains($0) ? $0 : nil }
    }
    return self.codes(byParent, depth: depth, below: parent)
  }

  private func codes(
    _ byParent: [ID<Code>?: [Code]], depth: Int, below parent: ID<Code>?
  ) -> [YAMLValue] {
    guard depth < Self.deepestCode else { return [] }
    return (byParent[parent] ?? []).map { code in
      let key = key(code.id)
      return .map([
        ("id", .text(key)), ("guid", guid(code.id)), ("number", text(code.number)),
        ("name", code.name == key ? nil : .text(code.name)),
        ("definition", text(code.definition)), ("include", text(code.include)),
        ("exclude", text(code.exclude)), ("example", text(code.example)),
        ("origin", code.origin.map { .text($0.rawValue) }),
        ("codable", code.isCodable ? nil : .text("false")), ("color", code.color.map { .text($0) }),
        ("role", code.role.map { .text($0.description) }),
        ("codes", list(codes(byParent, depth: depth + 1, below: code.id))),
      ])
    }
  }

  private func frameworkVersion(_ version: FrameworkVersion) -> YAMLValue {
    let map = version.map.sorted { key($0.key) < key($1.key) }
    return .map([
      ("number", .text(String(version.number))), ("by", by(version.stamp)),
      ("at", at(version.stamp)), ("why", text(version.why)),
      ("codes", list(codes(version.codes, depth: 0, below: nil))),
      (
        "map",
        map.isEmpty
          ? nil : .map(map.map { (key($0.key), .texts($0.value.map { key($0) })) })
      ),
    ])
  }

  // MARK: Configurations

  func configurations() -> YAMLValue {
    let owners = owners()
    let evidence = Dictionary(grouping: project.evidence) { owners[$0.target] ?? $0.target }
    return .map([
      ("elements", list(project.elements.map(element))),
      (
        "configurations",
        list(
          project.configurations.map { configuration($0, evidence[.configuration($0.id)] ?? []) })
      ), ("links", list(project.links.map { link($0, evidence[.link($0.id)] ?? []) })),
      ("matrix", list(project.realistMatrix.map(matrixEntry))),
    ])
  }

  /// The configuration in whose record the evidence for its slots and edges is written.
  private func owners() -> [Reference: Reference] {
    var owners: [Reference: Reference] = [:]
    for one in project.configurations {
      for slot in one.slots { owners[.slot(slot.id)] = .configuration(one.id) }
      for edge in one.edges { owners[.edge(edge.id)] = .configuration(one.id) }
    }
    return owners
  }

  private func element(_ element: Element) -> YAMLValue {
    .map([
      ("id", .text(key(element.id))), ("guid", guid(element.id)), ("text", .text(element.text)),
      ("actor", element.actor.map { .text($0) }),
      ("layer", element.layer.map { .text($0.rawValue) }),
    ])
  }

  private func matrixEntry(_ entry: MatrixEntry) -> YAMLValue {
    .map(
      [
        ("id", .text(key(entry.id))), ("guid", guid(entry.id)),
        ("element", .text(key(entry.element))), ("role", .text(entry.role)),
        ("part", entry.part.map { .text($0) }),
        ("valence", entry.valence.map { .text($0.rawValue) }),
      ], isFlow: true)
  }

  private func configuration(_ one: Configuration, _ evidence: [Evidence]) -> YAMLValue {
    let key = key(one.id)
    return .map([
      ("id", .text(key)), ("guid", guid(one.id)),
      ("label", one.label == key ? nil : .text(one.label)), ("title", text(one.title)),
      ("schema", one.schema == "CMO" ? nil : .text(one.schema)),
      ("valence", .text(one.valence.rawValue)), ("status", .text(one.status.rawValue)),
      ("reason", text(one.reason)), ("rivals", texts(one.rivals.map { self.key($0) })),
      ("parents", texts(one.parents.map { self.key($0) })), ("by", by(one.stamp)),
      ("at", at(one.stamp)), ("origin", one.origin.map { origin($0) }),
      ("searches", list(one.searches.map(search))),
      ("calibrations", list(one.calibrations.map { calibration($0, in: key) })),
      ("slots", list(one.slots.map { slot($0, in: key) })),
      ("edges", list(one.edges.map { edge($0, in: key) })),
      ("evidence", list(evidence.map { self.evidence($0, in: one) })),
    ])
  }

  private func origin(_ origin: Proposal) -> YAMLValue {
    .map([
      ("method", .text(origin.method)), ("version", .text(String(origin.version))),
      ("from", texts(origin.from.compactMap(about))),
    ])
  }

  private func calibration(_ column: Calibration, in configuration: String) -> YAMLValue {
    .map([
      ("name", .text(column.name)),
      ("slots", texts(column.slots.map { local($0, in: configuration) })),
      ("anchors", text(column.anchors)), ("by", by(column.stamp)), ("at", at(column.stamp)),
      (
        "scores",
        list(
          column.scores.map {
            .map([
              ("case", .text(key($0.case))), ("value", .text("\($0.value)")), ("why", text($0.why)),
            ])
          })
      ),
    ])
  }

  private func search(_ search: NegativeCaseSearch) -> YAMLValue {
    .map([
      ("by", by(search.stamp)), ("at", at(search.stamp)), ("how", text(search.how)),
      ("found", texts(search.found.map { key($0) })),
    ])
  }

  /// The key of a slot within its configuration.
  private func local(_ slot: ID<Slot>, in configuration: String) -> String {
    let key = key(slot)
    return key.hasPrefix(configuration + "/") ? String(key.dropFirst(configuration.count + 1)) : key
  }

  private func slot(_ slot: Slot, in configuration: String) -> YAMLValue {
    .map(
      [
        ("id", .text(local(slot.id, in: configuration))), ("guid", guid(slot.id)),
        ("role", .text(slot.role)), ("part", slot.part.map { .text($0) }),
        ("element", .text(key(slot.element))),
      ], isFlow: true)
  }

  private func edge(_ edge: Edge, in configuration: String) -> YAMLValue {
    .map(
      [
        ("guid", guid(edge.id)), ("from", .text(local(edge.from, in: configuration))),
        ("to", .text(local(edge.to, in: configuration))),
        ("sign", edge.sign == .positive ? nil : .text(edge.sign.rawValue)),
      ], isFlow: true)
  }

  private func link(_ link: Link, _ evidence: [Evidence]) -> YAMLValue {
    .map([
      ("id", .text(key(link.id))), ("guid", guid(link.id)), ("from", .text(key(link.from))),
      ("to", .text(key(link.to))), ("kind", .text(link.kind.rawValue)),
      ("sign", .text(link.sign.rawValue)), ("text", text(link.text)),
      ("evidence", list(evidence.map { self.evidence($0, in: nil) })),
    ])
  }

  // MARK: Evidence

  private func evidence(_ evidence: Evidence, in configuration: Configuration?) -> YAMLValue {
    var target: String?
    if let configuration {
      let key = key(configuration.id)
      switch evidence.target {
      case .slot(let id): target = local(id, in: key)
      case .edge(let id):
        target = configuration.edges.first { $0.id == id }.map {
          "\(local($0.from, in: key)) > \(local($0.to, in: key))"
        }
      default: break
      }
    }
    let ground: (String, YAMLValue?) =
      switch evidence.ground {
      case .passage(let id): ("passage", .text(reference(id)))
      case .cell(let cell): ("cell", .texts([key(cell.row), key(cell.column)]))
      case .document(let id): ("document", .text(sourceFiles[id] ?? key(id)))
      case .judgement(let text): ("judgement", .text(text))
      case .consultation(let occasion): ("consultation", .text(occasion.words))
      case .decision(let occasion): ("decision", .text(occasion.words))
      }
    let occasion: Occasion? =
      switch evidence.ground {
      case .consultation(let occasion), .decision(let occasion): occasion
      case .passage, .cell, .document, .judgement: nil
      }
    return .map([
      ("id", .text(key(evidence.id))), ("guid", guid(evidence.id)),
      ("for", target.map { .text($0) }), ground,
      ("with", texts(occasion?.with ?? [])), ("on", occasion?.on.map { .text(Self.time($0)) }),
      ("stance", .text(evidence.stance.rawValue)),
      ("basis", .text(evidence.basis.rawValue)), ("voice", .text(evidence.voice.rawValue)),
      ("response", evidence.response.map { .text($0.rawValue) }),
      ("comment", text(evidence.comment)), ("by", by(evidence.stamp)), ("at", at(evidence.stamp)),
    ])
  }

  // MARK: Theory

  func theory() -> YAMLValue {
    let evidence = Dictionary(grouping: project.evidence) { $0.target }
    return .map([("versions", list(project.theory.map { theoryVersion($0, evidence) }))])
  }

  private func theoryVersion(
    _ version: TheoryVersion, _ evidence: [Reference: [Evidence]]
  ) -> YAMLValue {
    .map([
      ("id", .text(key(version.id))), ("guid", guid(version.id)),
      ("stage", .text(version.stage.rawValue)), ("title", text(version.title)),
      ("by", by(version.stamp)), ("at", at(version.stamp)),
      (
        "statements",
        list(version.statements.map { statement($0, evidence[.statement($0.id)] ?? []) })
      ),
    ])
  }

  private func statement(_ statement: Statement, _ evidence: [Evidence]) -> YAMLValue {
    .map([
      ("id", .text(key(statement.id))), ("guid", guid(statement.id)),
      ("text", .text(statement.text)), ("from", texts(statement.from.map { key($0) })),
      ("move", .text(statement.move.rawValue)), ("why", text(statement.why)),
      ("configurations", texts(statement.configurations.map { key($0) })),
      ("evidence", list(evidence.map { self.evidence($0, in: nil) })),
    ])
  }

  // MARK: Notes

  mutating func addNotes() {
    for note in project.notes {
      let key = key(note.id)
      let head = YAMLValue.map([
        ("id", .text(key)), ("guid", guid(note.id)), ("kind", .text(note.kind.rawValue)),
        ("title", text(note.title)), ("about", texts(note.about.compactMap(about))),
        ("by", by(note.stamp)), ("at", at(note.stamp)),
      ])
      notes[noteFiles[note.id] ?? "notes/\(key).md"] = NoteImage(head: head, body: note.body)
    }
  }

  /// How a note names an object; what the files have no word for is left to the rest.
  private func about(_ reference: Reference) -> String? {
    switch reference {
    case .source(let id): "source \(sourceFiles[id] ?? key(id))"
    case .case(let id): "case \(key(id))"
    case .attribute(let id): "attribute \(key(id))"
    case .coder(let id): "coder \(key(id))"
    case .code(let id): "code \(key(id))"
    case .passage(let id): "passage \(key(id))"
    case .coding(let id): "coding \(key(id))"
    case .note(let id): "note \(key(id))"
    case .cell(let cell): "cell \(key(cell.row)) \(key(cell.column))"
    case .element(let id): "element \(key(id))"
    case .configuration(let id): "configuration \(key(id))"
    case .slot(let id): "slot \(key(id))"
    case .edge(let id): "edge \(key(id))"
    case .link(let id): "link \(key(id))"
    case .evidence(let id): "evidence \(key(id))"
    case .statement(let id): "statement \(key(id))"
    case .project, .set, .objectLink, .graph, .unknown: nil
    }
  }
}
