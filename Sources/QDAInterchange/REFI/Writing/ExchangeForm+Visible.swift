internal import QDACore

/// The ids of what other tools are shown in the place of objects that REFI-QDA has not.
///
/// They follow from the object's own id, so that every export has the same.
enum Shown {
  static func cell(_ key: Cell.Key) -> ID<Note> {
    ID(derivedFrom: ["shown-cell", key.row.description, key.column.description])
  }
  static func configuration(_ id: ID<Configuration>) -> ID<Note> {
    ID(derivedFrom: ["shown-configuration", id.description])
  }
  static func graph(_ id: ID<Configuration>) -> ID<Graph> {
    ID(derivedFrom: ["shown-graph", id.description])
  }
  static func evidence(_ id: ID<Evidence>) -> ID<ObjectLink> {
    ID(derivedFrom: ["shown-evidence", id.description])
  }
  static func link(_ id: ID<Link>) -> ID<ObjectLink> {
    ID(derivedFrom: ["shown-link", id.description])
  }
  static func theory(_ id: ID<TheoryVersion>) -> ID<Note> {
    ID(derivedFrom: ["shown-theory", id.description])
  }
  static func comment(_ id: ID<Coding>) -> ID<Note> {
    ID(derivedFrom: ["shown-comment", id.description])
  }
}

extension ExchangeForm {
  /// Shows the comment of a coding as a note about it.
  ///
  /// Its title says where it belongs, as QualCoder knows notes by their titles.
  mutating func show(_ coding: Coding, on passage: Passage?, in source: Source) {
    losses.add("the comment of a coding, shown as a note")
    let code = original.codebook.codes[coding.code]?.name ?? ""
    let place = passage?.span.map { ", \($0.start)" } ?? ""
    project.notes.insert(
      Note(
        id: Shown.comment(coding.id),
        title: allowed("Comment: \(source.name)\(place), \(code)"), body: allowed(coding.comment),
        about: [.coding(coding.id)], stamp: coding.created))
  }

  // MARK: - Charts

  /// Shows each cell as a note about its case and its code, linked to what it rests on.
  mutating func showCells() {
    for (key, cell) in original.cells.sorted(by: { $0.key < $1.key }) {
      losses.add("a cell of a chart, shown as a note")
      let row = original.cases[key.row]?.name ?? key.row.description
      let code = original.codebook.codes[key.column]
      let column =
        code.map { $0.number.isEmpty ? $0.name : "\($0.number) \($0.name)" }
        ?? key.column.description
      let id = Shown.cell(key)
      project.notes.insert(
        Note(
          id: id, title: allowed("Chart: \(row) × \(column)"), body: allowed(text(of: cell)),
          about: [.case(key.row)], stamp: cell.author))
      // Versions of QualCoder before 2026 leave out a code that refers to a note.
      let about = ObjectLink(
        id: ID(derivedFrom: ["about", id.description, Reference.code(key.column).description]),
        name: "about", origin: .note(id), target: .code(key.column), direction: .oneWay)
      if code != nil { project.objectLinks.insert(about) }
      for passage in cell.references {
        guard let target = shown(.passage(passage)) else { continue }
        project.objectLinks.insert(
          ObjectLink(
            id: ID(derivedFrom: ["shown-reference", id.description, passage.description]),
            name: "rests on", origin: .note(id), target: target, direction: .oneWay))
      }
    }
  }

  private func text(of cell: Cell) -> String {
    var parts = ["State: \(cell.state.rawValue)", text(of: cell.runs)]
    for alternative in cell.alternatives {
      let author = alternative.author.by.flatMap { original.coders[$0]?.name } ?? "another"
      parts.append(
        "Alternative by \(author), \(alternative.state.rawValue): " + text(of: alternative.runs))
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private func text(of runs: [Run]) -> String {
    runs.map { run in
      switch run.kind {
      case .summary: run.text
      case .verbatim: "“\(run.text)”"
      case .comment: "[\(run.text)]"
      }
    }.joined()
  }

  // MARK: - Configurations

  /// Shows each configuration as a note with its sentence and a graph, and its evidence as links.
  mutating func showConfigurations() {
    var judgements: [Reference: [String]] = [:]
    for evidence in original.evidence {
      guard let note = shown(evidence.target) else { continue }
      let stance = evidence.stance.rawValue
      switch evidence.ground {
      case .judgement(let text):
        judgements[note, default: []].append("Judgement, \(stance): \(text)")
      case .consultation(let occasion):
        judgements[note, default: []].append("Consultation, \(stance): \(occasion.words)")
      case .decision(let occasion):
        judgements[note, default: []].append("Decision, \(stance): \(occasion.words)")
      case .passage, .cell, .document: continue
      }
    }
    for entry in original.register {
      let configuration = entry.configuration
      losses.add("a configuration, shown as a note and a graph", configuration.label)
      let title =
        configuration.title.isEmpty
        ? configuration.label : "\(configuration.label): \(configuration.title)"
      let id = Shown.configuration(configuration.id)
      project.notes.insert(
        Note(
          id: id, title: allowed(title),
          body: allowed((text(of: entry) + (judgements[.note(id)] ?? [])).joined(separator: "\n")),
          stamp: configuration.stamp))
      showGraph(of: entry, title: title)
    }
    for evidence in original.evidence { show(evidence) }
    for link in original.links {
      losses.add("a link between configurations, shown as a link between notes")
      project.objectLinks.insert(
        ObjectLink(
          id: Shown.link(link.id), name: allowed("\(link.kind.rawValue) (\(link.sign.rawValue))"),
          origin: .note(Shown.configuration(link.from)),
          target: .note(Shown.configuration(link.to)), direction: .oneWay))
    }
    losses.add(
      "an element that no configuration has",
      count: original.elements.count
        - Set(original.configurations.flatMap { $0.slots.map(\.element) }).count)
    losses.add("an entry of the realist matrix", count: original.realistMatrix.count)
  }

  private func text(of entry: RegisterEntry) -> [String] {
    let configuration = entry.configuration
    var lines = [
      entry.sentence, "",
      "Status: \(configuration.status.rawValue); \(configuration.valence.rawValue)",
    ]
    for place in entry.places {
      let part = place.slot.part.map { ", \($0)" } ?? ""
      lines.append("\(place.slot.role)\(part): \(place.element.text)")
    }
    if !configuration.reason.isEmpty { lines.append("Reason: \(configuration.reason)") }
    return lines
  }

  private mutating func showGraph(of entry: RegisterEntry, title: String) {
    let configuration = entry.configuration
    var graph = Graph(id: Shown.graph(configuration.id), name: allowed(title))
    var columns: [String] = []
    var heights: [String: Int] = [:]
    for place in entry.places {
      let role = place.slot.role
      if heights[role] == nil { columns.append(role) }
      let height = heights[role, default: 0]
      heights[role] = height + 1
      let x = 200 * (columns.firstIndex(of: role) ?? 0)
      graph.vertices.append(
        Graph.Vertex(
          id: ID(derivedFrom: ["shown-slot", place.slot.id.description]),
          represents: .note(Shown.configuration(configuration.id)),
          name: allowed("\(role): \(place.element.text)"), origin: Point(x: x, y: 100 * height),
          extent: Point(x: x + 160, y: 100 * height + 60), shape: .roundedRectangle))
    }
    let known = Set(graph.vertices.map(\.id))
    for edge in configuration.edges {
      let line = Graph.Line(
        id: ID(derivedFrom: ["shown-edge", edge.id.description]), name: edge.sign.rawValue,
        from: ID(derivedFrom: ["shown-slot", edge.from.description]),
        to: ID(derivedFrom: ["shown-slot", edge.to.description]), direction: .oneWay,
        style: edge.sign == .negative ? .dashed : .solid)
      if known.contains(line.from), known.contains(line.to) { graph.lines.append(line) }
    }
    project.graphs.insert(graph)
  }

  private mutating func show(_ evidence: Evidence) {
    losses.add("a piece of evidence, shown as a link from its configuration to the words")
    let target: Reference? =
      switch evidence.ground {
      case .passage(let id): shown(.passage(id))
      case .cell(let key): shown(.cell(key))
      case .document(let id): shown(.source(id))
      case .judgement, .consultation, .decision: nil
      }
    guard let target, let origin = shown(evidence.target) else { return }
    var name =
      "\(evidence.stance.rawValue) (\(evidence.basis.rawValue), \(evidence.voice.rawValue))"
    if !evidence.comment.isEmpty { name += ": \(evidence.comment)" }
    project.objectLinks.insert(
      ObjectLink(
        id: Shown.evidence(evidence.id), name: allowed(name), origin: origin, target: target,
        direction: .oneWay))
  }

  // MARK: - Theory

  /// Shows each version of the programme theory as a note.
  mutating func showTheory() {
    for version in original.theory {
      losses.add("a version of the theory, shown as a note", version.stage.rawValue)
      let statements = version.statements.map { statement in
        let why = statement.why.isEmpty ? "" : " (\(statement.why))"
        return "- \(statement.text) [\(statement.move.rawValue)]\(why)"
      }
      let title = "Programme theory: \(version.stage.rawValue)"
      project.notes.insert(
        Note(
          id: Shown.theory(version.id),
          title: allowed(version.title.isEmpty ? title : "\(title), \(version.title)"),
          body: allowed(statements.joined(separator: "\n")), stamp: version.stamp))
    }
  }
}
