internal import QDACore

// The evidence of configurations, links and statements
extension StudyReader {
  static let groundKeys = [
    "id", "guid", "passage", "cell", "document", "judgement", "consultation", "decision", "with",
    "on", "stance", "basis", "voice", "response", "comment", "by", "at",
  ]
  static let evidenceKeys = groundKeys + ["for"]

  /// What a piece of evidence in a configuration is for.
  func target(of map: YAMLMapping, in configuration: Configuration) -> Reference? {
    guard let text = map.text("for") else { return .configuration(configuration.id) }
    let key = keys.key(of: configuration.id)
    let spot = map.spot("for")
    let ends = text.split(separator: ">", omittingEmptySubsequences: false).map(\.trimmed)
    guard ends.count > 1 else {
      return slot(text.trimmed, in: key, at: spot).map { .slot($0) }
    }
    let name = ends.joined(separator: " > ")
    if let edge = keys.id(for: "\(key)/\(name)", Edge.self) { return .edge(edge) }
    if ends.count == 2, slot(ends[0], in: key, at: spot) != nil,
      slot(ends[1], in: key, at: spot) != nil
    {
      findings.add(
        Diagnostic(
          "configuration.edge-unknown", .error, at: spot.place,
          "\(key) has no edge '\(name)'", raw: text, line: spot.line,
          solutions: ["correct the slots, or add the edge under 'edges'"]))
    }
    return nil
  }

  mutating func readEvidence(_ map: YAMLMapping, for target: Reference) {
    guard let ground = ground(map), map.required("stance") != nil else { return }
    let stamp = stamp(map)
    let stance = map.choice("stance", Evidence.Stance.self)
    let basis = map.choice("basis", Evidence.Basis.self)
    let voice = map.choice("voice", Evidence.Voice.self)
    // A misspelt `contradicts` must not become support: what is not understood is left out.
    guard let stance, basis != nil || !map.has("basis"), voice != nil || !map.has("voice") else {
      return
    }
    // A judgement is the analyst's own and voices nobody; no more does what was said elsewhere.
    let isJudgement =
      switch ground {
      case .judgement, .consultation, .decision: true
      case .passage, .cell, .document: false
      }
    if map.has("response"), map.choice("response", Evidence.Response.self) == nil { return }
    if basis == nil { assume("basis", Evidence.Basis.observed.rawValue, in: map) }
    if voice == nil, !isJudgement { assume("voice", Evidence.Voice.own.rawValue, in: map) }
    let id: ID<Evidence>?
    if let key = map.text("id") {
      id = enter(key, guid: map.text("guid"), Evidence.self, at: map.spot("id"))
    } else {
      id = unnamed(map, target, ground)
    }
    guard let id else { return }
    project.evidence[id] = Evidence(
      id: id, target: target, ground: ground, stance: stance,
      basis: basis ?? .observed, voice: voice ?? .own, response: map.choice("response"),
      comment: map.text("comment") ?? "", stamp: stamp)
  }

  private func assume(_ key: String, _ value: String, in map: YAMLMapping) {
    let spot = map.spot()
    findings.addRepeated(
      key,
      Diagnostic(
        "study.value-assumed", .warning, at: spot.place,
        "the piece of evidence has no '\(key)' and is taken as '\(value)'", line: spot.line,
        solutions: ["add '\(key):' to it"]))
  }

  // Follows from what it says, so that it stays the same wherever it stands in the list.
  private mutating func unnamed(
    _ map: YAMLMapping, _ target: Reference, _ ground: Ground
  ) -> ID<Evidence>? {
    let rest: [String] =
      switch ground {
      case .passage(let id): ["passage", id.description]
      case .cell(let key): ["cell", key.row.description, key.column.description]
      case .document(let id): ["document", id.description]
      case .judgement(let text): ["judgement", text]
      case .consultation(let occasion): ["consultation", occasion.words]
      case .decision(let occasion): ["decision", occasion.words]
      }
    let names = [keys.study, Evidence.kindWord, target.description] + rest
    let ordinal = unnamedEvidence[names, default: 0]
    unnamedEvidence[names] = ordinal + 1
    let id = ID<Evidence>(derivedFrom: names + [String(ordinal)])
    guard keys.enter(id.description, for: id) else { return nil }
    let spot = map.spot()
    findings.add(
      Diagnostic(
        "configuration.evidence-unnamed", .note, at: spot.place,
        "the piece of evidence has no 'id'", line: spot.line,
        explanation: "It counts; notes and the history cannot name it.",
        solutions: ["add 'id:' with a word of your choice"]))
    return id
  }

  private func ground(_ map: YAMLMapping) -> Ground? {
    // A judgement of no words is none.
    let kinds = ["passage", "cell", "document", "judgement", "consultation", "decision"]
    let present = kinds.filter {
      map.has($0) && map.node[$0]?.text?.trimmed.isEmpty != true
    }
    guard present.count == 1, let kind = present.first else {
      let spot = map.spot()
      findings.add(
        Diagnostic(
          "configuration.ground-missing", .error, at: spot.place,
          present.isEmpty
            ? "the piece of evidence rests on nothing and is left out"
            : "the piece of evidence rests on several things "
              + "(\(present.joined(separator: ", "))) and is left out",
          line: spot.line,
          solutions: [
            "give it one of 'passage', 'cell', 'document', 'judgement', 'consultation' or 'decision'"
          ]))
      return nil
    }
    switch kind {
    case "passage":
      return map.text(kind).flatMap { passage($0, at: map.spot(kind)) }.map { .passage($0) }
    case "document":
      return map.text(kind).flatMap { source($0, at: map.spot(kind)) }.map { .document($0) }
    case "judgement": return map.text(kind).map { .judgement($0) }
    case "consultation": return occasion(map, kind).map { .consultation($0) }
    case "decision": return occasion(map, kind).map { .decision($0) }
    default: return cell(map).map { .cell($0) }
    }
  }

  private func occasion(_ map: YAMLMapping, _ kind: String) -> Occasion? {
    map.text(kind).map {
      Occasion(with: map.texts("with").map(\.text), on: map.time("on"), words: $0)
    }
  }

  private func cell(_ map: YAMLMapping) -> Cell.Key? {
    let names = map.texts("cell")
    guard names.count == 2 else {
      let spot = map.spot("cell")
      findings.add(
        Diagnostic(
          "configuration.cell-invalid", .error, at: spot.place,
          "a cell is named by a case and a code, as in [P9, accompanying]", line: spot.line,
          solutions: ["write both keys in brackets"]))
      return nil
    }
    guard let row = participant(names[0].text, at: map.spot(of: names[0].node)),
      let column = code(names[1].text, at: map.spot(of: names[1].node))
    else { return nil }
    let key = Cell.Key(row: row, column: column)
    guard project.cells[key] != nil else {
      let spot = map.spot("cell")
      findings.addUnknown(
        "\(names[0].text) \(names[1].text)",
        Diagnostic(
          "configuration.cell-unknown", .error, at: spot.place,
          "nobody has charted \(names[0].text) under '\(names[1].text)'", line: spot.line,
          solutions: ["correct the case or the code, or chart the cell"]))
      return nil
    }
    return key
  }
}
