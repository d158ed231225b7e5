internal import QDACore

// theory.yaml
extension StudyReader {
  static let versionKeys = ["id", "guid", "stage", "title", "by", "at", "statements"]
  static let statementKeys = [
    "id", "guid", "text", "from", "move", "why", "configurations", "evidence",
  ]

  mutating func readTheory() {
    guard let file = document("theory.yaml", "programme theory", keys: ["versions"]) else { return }
    for map in file.maps("versions", "version", keys: Self.versionKeys) {
      guard let key = map.required("id"),
        let id = enter(key, guid: map.text("guid"), TheoryVersion.self, at: map.spot("id"))
      else { continue }
      var version = TheoryVersion(
        id: id, stage: map.choice("stage") ?? .initial, title: map.text("title") ?? "",
        stamp: stamp(map))
      for map in map.maps("statements", "statement", keys: Self.statementKeys) {
        if let read = readStatement(map) { version.statements.append(read) }
      }
      project.theory[id] = version
    }
  }

  private mutating func readStatement(_ map: YAMLMapping) -> Statement? {
    guard let key = map.required("id") else { return nil }
    // Before the statement itself is entered, because it comes from earlier ones only.
    let from = map.texts("from").compactMap { statement($0.text, at: map.spot(of: $0.node)) }
    guard let id = enter(key, guid: map.text("guid"), Statement.self, at: map.spot("id")) else {
      return nil
    }
    let read = Statement(
      id: id, text: map.text("text") ?? "",
      configurations: map.texts("configurations").compactMap {
        configuration($0.text, at: map.spot(of: $0.node))
      }, from: from, move: map.choice("move") ?? .added, why: map.text("why") ?? "")
    for evidence in map.maps("evidence", "piece of evidence", keys: Self.groundKeys) {
      readEvidence(evidence, for: .statement(id))
    }
    return read
  }

  /// The statement with a key, or `nil` with a diagnostic.
  func statement(_ key: String, at spot: Spot) -> ID<Statement>? {
    if let id = keys.id(for: key, Statement.self) { return id }
    if isInRest(key) { return nil }
    findings.addUnknown(
      key,
      Diagnostic(
        "theory.statement-unknown", .error, at: spot.place,
        "no earlier statement has the key '\(key)'", raw: key, line: spot.line,
        notes: findings.nearest(key, keys.all(Statement.self)),
        solutions: ["correct the key, or add the statement to a version before this one"]))
    return nil
  }
}
