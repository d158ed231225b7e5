internal import QDACore

// configurations.yaml
extension StudyReader {
  static let elementKeys = ["id", "guid", "text", "actor", "layer"]
  static let configurationKeys = [
    "id", "guid", "label", "title", "schema", "valence", "status", "reason", "rivals", "parents",
    "by", "at", "origin", "searches", "calibrations", "slots", "edges", "evidence",
  ]
  static let linkKeys = ["id", "guid", "from", "to", "kind", "sign", "text", "evidence"]

  mutating func readConfigurations() {
    guard
      let file = document(
        "configurations.yaml", "file",
        keys: ["elements", "configurations", "links", "matrix"])
    else { return }
    for map in file.maps("elements", "element", keys: Self.elementKeys) { readElement(map) }
    readMatrix(file)
    // All are entered before the first is read, because they name each other.
    let entered = file.maps("configurations", "configuration", keys: Self.configurationKeys)
      .compactMap { map -> (YAMLMapping, ID<Configuration>)? in
        guard let key = map.required("id"),
          let id = enter(key, guid: map.text("guid"), Configuration.self, at: map.spot("id"))
        else { return nil }
        return (map, id)
      }
    for (map, id) in entered { readConfiguration(map, id) }
    for map in file.maps("links", "link", keys: Self.linkKeys) { readLink(map) }
  }

  private mutating func readElement(_ map: YAMLMapping) {
    guard let key = map.required("id"),
      let id = enter(key, guid: map.text("guid"), Element.self, at: map.spot("id"))
    else { return }
    project.elements[id] = Element(
      id: id, text: map.text("text") ?? "", actor: map.text("actor"), layer: map.choice("layer"))
  }

  private mutating func readMatrix(_ file: YAMLMapping) {
    let known = ["id", "guid", "element", "role", "part", "valence"]
    for map in file.maps("matrix", "matrix entry", keys: known) {
      guard let key = map.required("id"), let role = map.required("role"),
        let element = element(map),
        let id = enter(key, guid: map.text("guid"), MatrixEntry.self, at: map.spot("id"))
      else { continue }
      project.realistMatrix[id] = MatrixEntry(
        id: id, element: element, role: role, part: map.text("part"),
        valence: map.choice("valence"))
    }
  }

  private func element(_ map: YAMLMapping) -> ID<Element>? {
    guard let key = map.required("element") else { return nil }
    if let id = keys.id(for: key, Element.self) { return id }
    if isInRest(key) { return nil }
    let spot = map.spot("element")
    findings.addUnknown(
      key,
      Diagnostic(
        "configuration.element-unknown", .error, at: spot.place,
        "'\(key)' is no element; the entry is left out", raw: key, line: spot.line,
        notes: findings.nearest(key, keys.all(Element.self)),
        solutions: ["correct the key, or add the element under 'elements'"]))
    return nil
  }

  // MARK: Configurations

  private mutating func readConfiguration(_ map: YAMLMapping, _ id: ID<Configuration>) {
    let key = keys.key(of: id)
    var configuration = Configuration(
      id: id, label: map.text("label") ?? key, title: map.text("title") ?? "",
      schema: map.text("schema") ?? "CMO", valence: map.choice("valence") ?? .mixed,
      status: map.choice("status") ?? .proposed, reason: map.text("reason") ?? "",
      stamp: stamp(map))
    if !map.has("valence") {
      let spot = map.spot()
      findings.addRepeated(
        "valence",
        Diagnostic(
          "configuration.valence-missing", .note, at: spot.place,
          "\(configuration.label) has no 'valence'; it stands among the mixed", line: spot.line,
          explanation: "Mixed also means that it is not decided.",
          solutions: ["add 'valence:' with favourable, unfavourable or mixed"]))
    }
    configuration.rivals = references(map, "rivals")
    configuration.parents = references(map, "parents")
    configuration.origin = origin(map)
    configuration.searches = map.maps("searches", "search", keys: ["by", "at", "how", "found"]).map
    {
      search in
      NegativeCaseSearch(
        stamp: stamp(search), how: search.text("how") ?? "",
        found: search.texts("found").compactMap {
          participant($0.text, at: search.spot(of: $0.node))
        })
    }
    let schema = schema(of: map, configuration.schema)
    let known = ["id", "guid", "role", "part", "element"]
    for map in map.maps("slots", "slot", keys: known) {
      if let slot = readSlot(map, in: key, schema) {
        configuration.slots.append(slot)
      } else if let name = map.node["id"]?.text {
        findings.leaveOut("\(key)/\(name)", in: map.document.name)
      }
    }
    configuration.calibrations = calibrations(map, in: key)
    let edges = ["from", "to", "sign", "guid"]
    for edge in map.maps("edges", "edge", keys: edges) {
      if let edge = readEdge(edge, in: key) { configuration.edges.append(edge) }
    }
    let evidence = map.maps("evidence", "piece of evidence", keys: Self.evidenceKeys)
    // Evidence for the step from a slot to the next needs the step as an object.
    if configuration.edges.isEmpty,
      evidence.contains(where: { $0.node["for"]?.text?.contains(">") ?? false })
    {
      configuration.edges = successiveEdges(of: configuration)
    }
    project.configurations[id] = configuration
    for evidence in evidence {
      guard let target = target(of: evidence, in: configuration) else { continue }
      readEvidence(evidence, for: target)
    }
  }

  private func references(_ map: YAMLMapping, _ key: String) -> [ID<Configuration>] {
    map.texts(key).compactMap { configuration($0.text, at: map.spot(of: $0.node)) }
  }

  private func origin(_ map: YAMLMapping) -> Proposal? {
    guard let map = map.map("origin"), let method = map.text("method") else { return nil }
    return Proposal(
      method: method, version: map.integer("version") ?? 1,
      from: map.texts("from").compactMap { about($0.text, at: map.spot(of: $0.node)) })
  }

  private func calibrations(_ map: YAMLMapping, in key: String) -> [Calibration] {
    let known = ["name", "slots", "anchors", "by", "at", "scores"]
    return map.maps("calibrations", "calibration", keys: known).compactMap { column in
      guard let name = column.required("name") else { return nil }
      let scores = column.maps("scores", "score", keys: ["case", "value", "why"])
      return Calibration(
        name: name,
        slots: column.texts("slots").compactMap {
          slot($0.text, in: key, at: column.spot(of: $0.node))
        }, anchors: column.text("anchors") ?? "",
        scores: scores.compactMap { score -> Calibration.Score? in
          guard let name = score.required("case"), let text = score.required("value"),
            let one = participant(name, at: score.spot("case"))
          else { return nil }
          guard let value = Double(text), (0...1).contains(value) else {
            let spot = score.spot("value")
            findings.add(
              Diagnostic(
                "yaml.value-invalid", .error, at: spot.place,
                "'\(text)' is no membership from 0 to 1; the score is left out", raw: text,
                line: spot.line, solutions: ["write a number from 0 to 1, such as 0.8"]))
            return nil
          }
          return Calibration.Score(case: one, value: value, why: score.text("why") ?? "")
        }, stamp: stamp(column))
    }
  }

  private mutating func schema(of map: YAMLMapping, _ name: String) -> SlotSchema? {
    if let schema = project.schemas.first(where: { $0.name == name }) { return schema }
    if let schema = SlotSchema.known.first(where: { $0.name == name }) {
      project.schemas.append(schema)
      return schema
    }
    let spot = map.spot("schema")
    let declared = project.schemas.map(\.name)
    let known = declared + SlotSchema.known.map(\.name).filter { !declared.contains($0) }
    findings.add(
      Diagnostic(
        "configuration.schema-unknown", .error, at: spot.place,
        "'\(name)' is no slot schema of the study; roles are not checked", raw: name,
        line: spot.line, notes: Suggestion.notes(for: name, among: known),
        solutions: ["correct the name, or add the schema to study.yaml"]))
    return nil
  }

  private mutating func readSlot(
    _ map: YAMLMapping, in configuration: String, _ schema: SlotSchema?
  ) -> Slot? {
    guard let key = map.required("id"), let role = map.required("role"),
      let element = element(map)
    else { return nil }
    let part = map.text("part")
    if let schema {
      guard let known = schema.roles.first(where: { $0.name == role }) else {
        let spot = map.spot("role")
        findings.add(
          Diagnostic(
            "configuration.role-unknown", .error, at: spot.place,
            "'\(role)' is no role of the schema \(schema.name)", raw: role, line: spot.line,
            notes: Suggestion.notes(for: role, among: schema.roles.map(\.name)),
            solutions: ["use one of \(schema.roles.map(\.name).joined(separator: ", "))"]))
        return nil
      }
      if let part, !known.parts.contains(part) { reportPart(part, of: known, at: map.spot("part")) }
    }
    guard
      let id = enter(
        "\(configuration)/\(key)", guid: map.text("guid"), Slot.self, at: map.spot("id"))
    else { return nil }
    return Slot(id: id, role: role, part: part, element: element)
  }

  private func reportPart(_ part: String, of role: SlotRole, at spot: Spot) {
    findings.add(
      Diagnostic(
        "configuration.part-unknown", .warning, at: spot.place,
        "'\(part)' is no part of a \(role.name)", raw: part, line: spot.line,
        notes: Suggestion.notes(for: part, among: role.parts),
        solutions: [
          role.parts.isEmpty
            ? "remove 'part', or give the role parts in study.yaml"
            : "use one of \(role.parts.joined(separator: ", "))"
        ]))
  }

  private mutating func readEdge(_ map: YAMLMapping, in configuration: String) -> Edge? {
    guard let from = slot(map, "from", in: configuration),
      let to = slot(map, "to", in: configuration)
    else { return nil }
    let sign = map.choice("sign", Sign.self)
    // A misspelt sign must not turn round what an edge says.
    if sign == nil, map.has("sign") { return nil }
    let key = "\(configuration)/\(map.text("from") ?? "") > \(map.text("to") ?? "")"
    guard let id = enter(key, guid: map.text("guid"), Edge.self, at: map.spot()) else { return nil }
    return Edge(id: id, from: from, to: to, sign: sign ?? .positive)
  }

  private mutating func successiveEdges(of configuration: Configuration) -> [Edge] {
    let key = keys.key(of: configuration.id)
    func name(_ slot: Slot) -> Substring { keys.key(of: slot.id).dropFirst(key.count + 1) }
    return zip(configuration.slots, configuration.slots.dropFirst()).map { from, to in
      let edge = "\(key)/\(name(from)) > \(name(to))"
      let id: ID<Edge> = keys.derived(edge)
      _ = keys.enter(edge, for: id)
      return Edge(id: id, from: from.id, to: to.id)
    }
  }

  private func slot(_ map: YAMLMapping, _ key: String, in configuration: String) -> ID<Slot>? {
    guard let name = map.required(key) else { return nil }
    return slot(name, in: configuration, at: map.spot(key))
  }

  /// The slot of a configuration with a key, or `nil` with a diagnostic.
  func slot(_ name: String, in configuration: String, at spot: Spot) -> ID<Slot>? {
    if let id = keys.id(for: "\(configuration)/\(name)", Slot.self) { return id }
    let prefix = configuration + "/"
    let known = keys.all(Slot.self).filter { $0.hasPrefix(prefix) }
      .map { String($0.dropFirst(prefix.count)) }
    findings.addUnknown(
      prefix + name,
      Diagnostic(
        "configuration.slot-unknown", .error, at: spot.place,
        "\(configuration) has no slot '\(name)'", raw: name, line: spot.line,
        notes: Suggestion.notes(for: name, among: known)
          + ["its slots are \(known.joined(separator: ", "))"],
        solutions: ["correct the key, or add the slot"]))
    return nil
  }

  private mutating func readLink(_ map: YAMLMapping) {
    guard let key = map.required("id"), let from = map.required("from"),
      let to = map.required("to"), map.required("kind") != nil,
      let kind = map.choice("kind", Link.Kind.self),
      let source = configuration(from, at: map.spot("from")),
      let target = configuration(to, at: map.spot("to"))
    else { return }
    let sign = map.choice("sign", Sign.self)
    if sign == nil, map.has("sign") { return }
    guard
      let id = enter(key, guid: map.text("guid"), Link.self, at: map.spot("id"))
    else { return }
    project.links[id] = Link(
      id: id, from: source, to: target, kind: kind, sign: sign,
      text: map.text("text") ?? "")
    for evidence in map.maps("evidence", "piece of evidence", keys: Self.groundKeys) {
      readEvidence(evidence, for: .link(id))
    }
  }
}
