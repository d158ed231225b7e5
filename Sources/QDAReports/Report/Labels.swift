internal import QDACore

/// What the objects of a study are called in a report.
struct Labels {
  private var names: [Reference: String] = [:]
  private let project: Project

  /// Names every object once: by its key, by a name that is its own, or by its GUID.
  init(_ project: Project, label: (Reference) -> String?) {
    self.project = project
    func add<Object: Identified>(
      _ objects: some Sequence<Object>, _ reference: (ID<Object>) -> Reference,
      name: (Object) -> String = { _ in "" }
    ) {
      var uses: [String: Int] = [:]
      for object in objects { uses[name(object), default: 0] += 1 }
      for object in objects {
        let own = name(object)
        names[reference(object.id)] =
          label(reference(object.id)).flatMap { Self.isGUID($0) ? nil : $0 }
          ?? (own.isEmpty || uses[own] != 1 ? object.id.description : own)
      }
    }
    add(project.cases, Reference.case) { $0.name }
    add(project.sources, Reference.source) { $0.name }
    add(project.coders, Reference.coder) { $0.initials }
    add(project.attributes, Reference.attribute) { $0.name }
    add(project.codebook.codes, Reference.code) { $0.number.isEmpty ? $0.name : $0.number }
    add(project.elements, Reference.element)
    add(project.configurations, Reference.configuration) { $0.label }
    add(project.configurations.flatMap(\.slots), Reference.slot)
    add(project.configurations.flatMap(\.edges), Reference.edge)
    add(project.links, Reference.link)
    add(project.evidence, Reference.evidence)
    add(project.theory.flatMap(\.statements), Reference.statement)
    for source in project.codings.sources {
      for passage in project.codings.passages(in: source) {
        let own = label(.passage(passage.id)).flatMap { Self.isGUID($0) ? nil : $0 }
        // A passage made for one coding has no key of its own: it goes by the coding's.
        let coding = project.codings.codings(ofPassage: passage.id, in: source).compactMap {
          label(.coding($0.id))
        }
        .first { !Self.isGUID($0) }
        names[.passage(passage.id)] = own ?? coding ?? passage.id.description
      }
    }
  }

  /// What an object is called.
  subscript(reference: Reference) -> String {
    names[reference] ?? "unknown \(reference.description.prefix { $0 != " " })"
  }

  /// Whether a name is a GUID, which no person should have to read.
  static func isGUID(_ name: String) -> Bool { ID<Project>(name) != nil }

  /// An object in words, as a place for a finding.
  func words(for reference: Reference) -> String {
    switch reference {
    case .cell(let key):
      "cell \(self[.case(key.row)]) × \(title(of: key.column))"
    case .code(let id): "code \(title(of: id))"
    case .slot(let id):
      project.configurations.lazy.compactMap { one in
        one.slots.first { $0.id == id }.map { "\(one.label), \($0.role)" }
      }.first ?? "a slot"
    case .edge(let id):
      project.configurations.first { $0.edges.contains { $0.id == id } }
        .map { "\($0.label), a step" } ?? "a step"
    case .link(let id):
      project.links[id].map {
        "link \(self[.configuration($0.from)]) → \(self[.configuration($0.to)])"
      } ?? "a link"
    case .coding(let id):
      project.codings[id].map {
        "\(words(for: .passage($0.passage))) coded \(title(of: $0.code))"
      } ?? "a coding"
    case .note(let id): "note \(project.notes[id]?.title ?? "")"
    case .source: "source \(self[reference])"
    case .case: self[reference]
    case .attribute: named("attribute", reference)
    case .coder: named("coder", reference)
    case .passage(let id):
      named("passage", reference)
        + (project.codings[id].map { " of \(self[.source($0.source)])" } ?? "")
    case .element: named("element", reference)
    case .configuration: self[reference]
    case .evidence: named("evidence", reference)
    case .statement: named("statement", reference)
    case .project: "the study"
    case .set(let id): "set \(project.sets[id]?.name ?? "")"
    case .objectLink(let id): "link \(project.objectLinks[id]?.name ?? "")"
    case .graph(let id): "graph \(project.graphs[id]?.name ?? "")"
    case .unknown: "something that is not in the study"
    }
  }

  /// The kind with the name, where the name is more than a GUID.
  private func named(_ kind: String, _ reference: Reference) -> String {
    let name = self[reference]
    return Self.isGUID(name) ? "a \(kind)" : "\(kind) \(name)"
  }

  /// A code's number and name.
  func title(of id: ID<Code>) -> String {
    guard let code = project.codebook.codes[id] else { return self[.code(id)] }
    return code.number.isEmpty ? code.name : "\(code.number) \(code.name)"
  }
}
