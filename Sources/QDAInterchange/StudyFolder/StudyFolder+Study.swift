internal import QDACore

// study.yaml
extension StudyReader {
  static let studyKeys = [
    "format", "id", "title", "questions", "coders", "attributes", "roles", "transcripts",
    "interviewers", "markup", "comments", "digests", "history", "schemas", "charting",
  ]

  mutating func readStudy() {
    guard let study = document("study.yaml", "study", keys: Self.studyKeys) else { return }
    checkFormat(study)
    let key = study.text("id") ?? missingID(study)
    keys = StudyKeys(study: key)
    project = Project(
      id: ID(key) ?? ID(derivedFrom: [key, "study"]), title: study.text("title") ?? "",
      questions: study.texts("questions").map(\.text))
    readCoders(study)
    readAttributes(study)
    if let roles = study.text("roles") {
      project.roleAttribute = keys.id(for: roles, Attribute.self)
      if project.roleAttribute == nil { reportAttribute(roles, at: study.spot("roles")) }
      checkRoles(roles, at: study.spot("roles"))
    }
    for map in study.maps("schemas", "schema", keys: ["name", "ordered", "roles"]) {
      readSchema(map)
    }
    settings.interviewers = study.texts("interviewers").map(\.text)
    settings.hasMarkup = study.flag("markup") ?? false
    settings.commentsAreCodes = study.choice("comments", CommentUse.self) == .codes
    readTranscriptSettings(study)
    readDigests(study)
    readHeads(study)
    if let map = study.map("charting"),
      let rules = YAMLMapping(
        map.node, of: map.document, "charting", keys: ["verbatim-limit", "key-terms"],
        findings: findings)
    {
      project.charting = ChartingRules(
        verbatimLimit: rules.integer("verbatim-limit") ?? ChartingRules().verbatimLimit,
        keyTerms: rules.texts("key-terms").map(\.text))
    }
  }

  private enum CommentUse: String, CaseIterable {
    case annotations, codes
  }

  private func checkFormat(_ study: YAMLMapping) {
    guard let format = study.integer("format"), format != 1 else { return }
    let spot = study.spot("format")
    findings.add(
      Diagnostic(
        "study.format-unknown", .error, at: spot.place,
        "this folder has layout \(format); this version reads layout 1", line: spot.line,
        explanation: "What is understood is read.",
        solutions: ["use a newer version of qda"]))
  }

  private func missingID(_ study: YAMLMapping) -> String {
    findings.add(
      Diagnostic(
        "study.id-missing", .error, at: study.spot().place,
        "the study has no 'id'; 'study' is used", line: study.spot().line,
        explanation: "The ids of all objects follow from it: they will change when it is added.",
        solutions: ["add 'id:' with a word of your choice"]))
    return "study"
  }

  func reportAttribute(_ key: String, at spot: Spot) {
    findings.add(
      Diagnostic(
        "study.attribute-unknown", .error, at: spot.place,
        "'\(key)' is no attribute of the study", raw: key, line: spot.line,
        notes: findings.nearest(key, keys.all(Attribute.self)),
        solutions: ["correct the name, or declare it under 'attributes'"]))
  }

  private mutating func readCoders(_ study: YAMLMapping) {
    for map in study.maps("coders", "coder", keys: ["id", "guid", "name", "initials", "kind"]) {
      guard let key = map.required("id"),
        let id = enter(key, guid: map.text("guid"), Coder.self, at: map.spot("id"))
      else { continue }
      project.coders[id] = Coder(
        id: id, name: map.text("name") ?? key, initials: map.text("initials") ?? key,
        kind: map.choice("kind") ?? .person)
    }
  }

  private mutating func readAttributes(_ study: YAMLMapping) {
    let known = ["id", "guid", "name", "kind", "values"]
    for map in study.maps("attributes", "attribute", keys: known) {
      guard let key = map.required("id"),
        let id = enter(key, guid: map.text("guid"), Attribute.self, at: map.spot("id"))
      else { continue }
      var vocabulary: [Term] = []
      for item in map.items("values") {
        if let name = item.text {
          vocabulary.append(Term(name: name))
        } else if let term = YAMLMapping(
          item, of: map.document, "value", keys: ["name", "definition"], findings: findings),
          let name = term.required("name")
        {
          vocabulary.append(Term(name: name, definition: term.text("definition") ?? ""))
        }
      }
      project.attributes[id] = Attribute(
        id: id, name: map.text("name") ?? key, kind: map.choice("kind") ?? .text,
        vocabulary: vocabulary)
      checkVocabulary(map, isBand: project.attributes[id]?.kind == .band)
    }
  }

  // Every value stays in the vocabulary as written; one that is no band is left out of the bands.
  private func checkVocabulary(_ map: YAMLMapping, isBand: Bool) {
    var seen: Set<String> = []
    var bands: [AgeBand] = []
    for item in map.items("values") {
      guard let name = item.text ?? item["name"]?.text else { continue }
      var problem: String?
      if !seen.insert(name).inserted {
        problem = "is there twice"
      } else if isBand {
        if case .band(let band) = AgeReading(name) {
          let other = bands.first { $0.overlaps(band) }
          if let other { problem = "overlaps with \(other)" }
          bands.append(band)
        } else {
          problem = "is no band"
        }
      }
      guard let problem else { continue }
      let spot = map.spot(of: item)
      findings.add(
        Diagnostic(
          "study.vocabulary-invalid", .warning, at: spot.place, "the value '\(name)' \(problem)",
          raw: name, line: spot.line, solutions: ["correct or remove the value"]))
    }
  }

  // Role categories are a set: free text cannot be counted as one.
  private mutating func checkRoles(_ key: String, at spot: Spot) {
    guard let id = project.roleAttribute, let attribute = project.attributes[id],
      attribute.kind != .terms
    else { return }
    project.roleAttribute = nil
    findings.add(
      Diagnostic(
        "study.roles-invalid", .error, at: spot.place,
        "'\(key)' has the kind '\(attribute.kind.rawValue)' and holds no role categories",
        raw: key, line: spot.line,
        explanation: "The study is read as one without roles.",
        solutions: ["name an attribute of the kind 'terms', or correct the kind"]))
  }

  private mutating func readSchema(_ map: YAMLMapping) {
    guard let name = map.required("name") else { return }
    let known = ["name", "parts", "connective", "required", "most"]
    let roles = map.maps("roles", "role", keys: known).compactMap { role -> SlotRole? in
      guard let name = role.required("name") else { return nil }
      return SlotRole(
        name: name, parts: role.texts("parts").map(\.text),
        isRequired: role.flag("required") ?? true, most: role.integer("most"),
        connective: role.text("connective") ?? "")
    }
    let schema = SlotSchema(
      name: name, roles: roles, isOrdered: map.flag("ordered") ?? false)
    if let index = project.schemas.firstIndex(where: { $0.name == name }) {
      project.schemas[index] = schema
    } else {
      project.schemas.append(schema)
    }
  }

  private mutating func readTranscriptSettings(_ study: YAMLMapping) {
    guard let files = study.map("transcripts") else { return }
    let known = TranscriptOptions.names + ["coder", "kind", "guid"]
    for entry in files.node.entries {
      guard
        let map = YAMLMapping(
          entry.value, of: files.document, "transcript", keys: known, findings: findings)
      else { continue }
      var setting = StudyTranscript.Settings()
      setting.kind = map.choice("kind")
      setting.coder = map.text("coder")
      setting.guid = map.text("guid").flatMap { ID($0) }
      for name in TranscriptOptions.names where map.has(name) {
        let value = Self.optionValue(name, of: map)
        do {
          try setting.options.set(name, to: value)
        } catch {
          let spot = map.spot(name)
          findings.add(
            Diagnostic(
              "study.option-invalid", .error, at: spot.place,
              "'\(value)' is nothing that '\(name)' can be; it is one of "
                + error.allowed.joined(separator: ", "), raw: value, line: spot.line,
              notes: error.suggestion.map { ["did you mean '\($0)'?"] } ?? [],
              solutions: ["correct the value, or remove it and let the reader decide"]))
        }
      }
      // A file of which the digest is known is reported with that.
      if !loaded.names.contains(entry.key), study.node["digests"]?[entry.key] == nil {
        let spot = Spot(
          place: files.document.place(of: entry), line: files.document.lines.text(entry.line))
        findings.add(
          Diagnostic(
            "study.transcript-unknown", .warning, at: spot.place,
            "there is no transcript '\(entry.key)'", raw: entry.key, line: spot.line,
            notes: Suggestion.notes(for: entry.key, among: loaded.names),
            solutions: ["correct the name, or put the file into transcripts/"]))
      }
      settings.transcripts[entry.key] = setting
    }
  }

  // Pairs may be written as a mapping, `{A: Ana}`, as well as in one text, `A = Ana`.
  private static func optionValue(_ name: String, of map: YAMLMapping) -> String {
    let entries = ["aliases", "columns"].contains(name) ? map.node[name]?.entries ?? [] : []
    let pairs = entries.compactMap { entry in entry.value.text.map { "\(entry.key) = \($0)" } }
    let isMapping = !pairs.isEmpty && pairs.count == entries.count
    return (isMapping ? pairs : map.texts(name).map(\.text)).joined(separator: "; ")
  }

  private mutating func readDigests(_ study: YAMLMapping) {
    guard let digests = study.map("digests") else { return }
    settings.recordsDigests = true
    for entry in digests.node.entries {
      let spot = digests.spot(of: entry.value)
      guard let text = entry.value.text, let digest = Digest(text) else {
        findings.add(
          Diagnostic(
            "study.digest-invalid", .error, at: spot.place,
            "this is not a SHA-256 digest; changes of \(entry.key) will not be noticed",
            line: spot.line, solutions: ["remove the line; 'qda check --fix' writes a new one"]))
        continue
      }
      settings.digests[entry.key] = digest
      settings.digestSpots[entry.key] = spot
    }
  }

  /// Reports files of the history that do not hold the change that was the last in them.
  private mutating func readHeads(_ study: YAMLMapping) {
    guard let heads = study.map("history") else { return }
    for entry in heads.node.entries {
      let digest = entry.value.text.flatMap { Digest($0) }
      settings.heads[entry.key] = digest
      let lines = HistoryLine.lines(of: files["history/\(entry.key)"] ?? [])
      let isThere = lines.contains { HistoryLine.parts($0.bytes)?.digest == digest?.description }
      if digest != nil, isThere { continue }
      let spot = heads.spot(of: entry.value)
      findings.add(
        Diagnostic(
          "study.history-edited", .error, at: spot.place,
          "history/\(entry.key) does not hold the change that was the last in it", line: spot.line,
          explanation:
            "The digest of each file's last line is kept here, so that none goes unseen.",
          solutions: [
            "restore the file from the last commit or backup",
            "remove the line, if the change was taken out on purpose",
          ]))
    }
  }
}
