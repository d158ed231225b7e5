internal import QDACore

extension RefiProject {
  /// Gives every reference of the file its object, and applies what vendors mean by what they write.
  mutating func resolve(file: String) {
    let index = ReferenceIndex(self)
    resolveNotes(index, file: file)
    adoptAnnotations(file: file)
    resolveLinks(index, file: file)
    resolveSets(index, file: file)
    resolveGraphs(index)
    resolveCases(index, file: file)
    applyVendorHabits(file: file)
    checkCodes(file: file)
    checkUsers(file: file)
  }

  private mutating func resolveNotes(_ index: ReferenceIndex, file: String) {
    var known: [ID<Note>: Set<Reference>] = [:]
    for (guid, about) in noteRefs {
      guard project.notes.contains(guid.of()) else {
        findings.add(unknown(guid, "a note", file))
        continue
      }
      if known[guid.of(), default: []].insert(about).inserted {
        project.notes[guid.of()]?.about.append(about)
      }
    }
  }

  private mutating func resolveLinks(_ index: ReferenceIndex, file: String) {
    var known: [ID<Note>: Set<Reference>] = [:]
    for link in project.objectLinks {
      let ends = linkEnds[link.id]
      project.objectLinks[link.id]?.origin = ends?.origin.map { index[$0] }
      project.objectLinks[link.id]?.target = ends?.target.map { index[$0] }
      for case let end? in [ends?.origin, ends?.target] {
        if case .unknown = index[end] { findings.add(unknown(end, "an end of a link", file)) }
      }
      // An annotation is a note that a link leads to its selection (NVivo, ATLAS.ti).
      guard let target = ends?.target.map({ index[$0] }),
        case .note(let note)? = ends?.origin
          .map({ index[$0] })
      else { continue }
      if known[note] == nil { known[note] = Set(project.notes[note]?.about ?? []) }
      if known[note]?.insert(target).inserted == true {
        project.notes[note]?.about.append(target)
      }
      if case .passage = target { project.notes[note]?.kind = .annotation }
    }
  }

  private mutating func resolveSets(_ index: ReferenceIndex, file: String) {
    for set in project.sets {
      project.sets[set.id]?.members = (members[set.id] ?? []).map { kind, guid in
        switch kind {
        case .memberCode where project.codebook.codes.contains(guid.of()): .code(guid.of())
        case .memberSource where project.sources.contains(guid.of()): .source(guid.of())
        case .memberNote where project.notes.contains(guid.of()): .note(guid.of())
        default: index[guid]
        }
      }
      for case .unknown(let guid) in project.sets[set.id]?.members ?? [] {
        findings.add(unknown(guid, "a member of a set", file))
      }
    }
  }

  private mutating func resolveGraphs(_ index: ReferenceIndex) {
    for graph in project.graphs {
      var graph = graph
      for position in graph.vertices.indices {
        let id = graph.vertices[position].id
        graph.vertices[position].represents = vertexObjects[id].map { index[$0] }
      }
      for position in graph.lines.indices {
        graph.lines[position].represents = lineObjects[graph.lines[position].id].map { index[$0] }
      }
      project.graphs[graph.id] = graph
    }
  }

  private mutating func resolveCases(_ index: ReferenceIndex, file: String) {
    for one in project.cases {
      var covers: [Membership] = []
      for guid in caseSources[one.id] ?? [] {
        if !project.sources.contains(guid.of()) { findings.add(unknown(guid, "a source", file)) }
        covers.append(.source(guid.of()))
      }
      for guid in caseSelections[one.id] ?? [] {
        if case .passage = index[guid] {
        } else {
          findings.add(unknown(guid, "a selection", file))
        }
        covers.append(.passage(guid.of()))
      }
      project.cases[one.id]?.covers = covers
      // MAXQDA and Quirkos give the variables of a document to a case without a name.
      if one.name.isEmpty, covers.count == 1, case .source(let source) = covers[0],
        let name = project.sources[source]?.name, !name.isEmpty
      {
        project.cases[one.id]?.name = name
        findings.add(
          Diagnostic(
            "refi.case-unnamed", .note, at: .file(file, line: 0, column: 0),
            "a case without a name is called after its only source", raw: name))
      }
    }
  }

  private func unknown(_ guid: RefiGUID, _ what: String, _ file: String) -> Diagnostic {
    Diagnostic(
      "refi.reference-unknown", .warning, at: .file(file, line: 0, column: 0),
      "\(what) is named that the project does not hold", raw: guid.description,
      solutions: ["export the whole project again rather than a part of it"])
  }

  // MARK: - What vendors mean

  private mutating func applyVendorHabits(file: String) {
    let program = project.origin?.program ?? ""
    if program.contains("NVivo") {
      for attribute in project.attributes {
        guard let name = VariablePrefix.stripped(attribute.name) else { continue }
        project.attributes[attribute.id]?.name = name
      }
    }
    let wrappers = project.codebook.codes.filter { $0.parent == nil }
    if isCodebook, wrappers.count == 1, let wrapper = wrappers.first, wrapper.name == "Nodes",
      !wrapper.isCodable
    {
      for code in project.codebook.codes where code.parent == wrapper.id {
        project.codebook.codes[code.id]?.parent = nil
      }
      project.codebook.codes[wrapper.id] = nil
      findings.add(
        Diagnostic(
          "refi.nodes-unwrapped", .note, at: .file(file, line: 0, column: 0),
          "all codes stand under one called 'Nodes', as NVivo writes them; it is taken away"))
    }
  }

  /// The codes that have the id of a case, as NVivo has them.
  var casesAsCodes: Set<ID<Code>> {
    Set(project.cases.ids.map { $0.of() }).filter { project.codebook.codes.contains($0) }
  }

  /// Lets the codings with a code that is a case say whose words passages are, as NVivo has it.
  mutating func assignCasesFromCodes(file: String) {
    let codes = casesAsCodes
    let count = codes.count
    let codings = project.codings.codings(ofAny: codes)
    for one in project.cases {
      guard let own = codings[one.id.of()] else { continue }
      var known = Set(one.covers)
      for (passage, _) in own {
        let membership: Membership =
          passage.region == .whole ? .source(passage.source) : .passage(passage.id)
        if known.insert(membership).inserted {
          project.cases[one.id]?.covers.append(membership)
        }
      }
    }
    guard count > 0 else { return }
    findings.add(
      Diagnostic(
        "refi.case-is-code", .note, at: .file(file, line: 0, column: 0),
        "cases are codes too, as NVivo writes them; what they code is theirs", count: count))
  }

  // MARK: - Checks

  private mutating func checkCodes(file: String) {
    let unknown = project.codings.usedCodes.filter { !project.codebook.codes.contains($0) }
    for code in unknown {
      findings.add(
        Diagnostic(
          "refi.code-unknown", .warning, at: .file(file, line: 0, column: 0),
          "codings name a code that the codebook does not have", raw: code.description,
          explanation: "They are kept; no code's count has them.",
          solutions: ["export the project together with its whole codebook"]))
    }
    let uncodable = project.codebook.codes.filter { !$0.isCodable }
    let used = Set(project.codings.usedCodes)
    for code in uncodable where used.contains(code.id) {
      findings.add(
        Diagnostic(
          "refi.code-not-codable", .warning, at: .file(file, line: 0, column: 0),
          "a code that only groups others has codings", raw: code.name,
          explanation: "They are kept.",
          solutions: ["let the code be codable, or code its children"]))
    }
    var seen: Set<[String]> = []
    for code in project.codebook.codes {
      let place = [code.parent?.description ?? "", code.name]
      if seen.insert(place).inserted { continue }
      findings.add(
        Diagnostic(
          "refi.code-name-repeated", .note, at: .file(file, line: 0, column: 0),
          "two codes under the same code have the same name; they stay two", raw: code.name,
          solutions: ["rename or merge one of them"]))
    }
  }

  private mutating func checkUsers(file: String) {
    for coder in project.codings.usedCoders where !project.coders.contains(coder) {
      findings.add(
        Diagnostic(
          "refi.user-unknown", .warning, at: .file(file, line: 0, column: 0),
          "selections or codings name a user that the project does not list",
          raw: coder.description, explanation: "Whose work it is stays recorded by its id.",
          solutions: ["add the user in the program that wrote the project"]))
    }
  }

  /// Gives ids of their own to passages and codings that share one with a row of another source.
  mutating func separateRepeatedIDs(file: String) {
    let (passages, codings) = project.codings.repeatedIDs()
    guard !passages.isEmpty || !codings.isEmpty else { return }
    var seenPassages: Set<ID<Passage>> = []
    var seenCodings: Set<ID<Coding>> = []
    // The order of the sources in the file, in which the first keeps its id.
    for source in project.sources.ids {
      let rows = project.codings.passages(in: source)
      let given = project.codings.codings(in: source)
      guard
        rows.contains(where: { passages.contains($0.id) })
          || given.contains(where: { codings.contains($0.id) })
      else { continue }
      var store = CodingStore.Filling()
      store.begin(source)
      for (ordinal, row) in rows.enumerated() {
        var passage = row
        if passages.contains(row.id), !seenPassages.insert(row.id).inserted {
          passage = Passage(
            id: ID(derivedFrom: [source.description, row.id.description, "\(ordinal)"]),
            source: source, region: row.region, twin: row.twin, name: row.name,
            description: row.description, created: row.created, modified: row.modified,
            anchor: row.anchor, verdict: row.verdict)
          findings.add(repeated("selection", row.id.description, file))
        }
        store.addPassage(passage)
        for coding in project.codings.codings(ofRow: ordinal, in: source) {
          var one = coding
          if codings.contains(coding.id), !seenCodings.insert(coding.id).inserted {
            one = Coding(
              id: ID(derivedFrom: [passage.id.description, coding.id.description, "coding"]),
              passage: passage.id, code: coding.code, created: coding.created,
              provenance: .imported)
            findings.add(repeated("coding", coding.id.description, file))
          }
          store.addCoding(one)
        }
      }
      project.codings.replace(source, with: store.finish())
    }
  }

  private func repeated(_ kind: String, _ guid: String, _ file: String) -> Diagnostic {
    Diagnostic(
      "refi.guid-repeated", .warning, at: .file(file, line: 0, column: 0),
      "a second \(kind) has the same GUID; it gets one of its own", raw: guid,
      explanation: "What refers to the GUID means the first.",
      solutions: ["give one of the two a new GUID in the program that wrote the project"])
  }
}

/// Finds out what a GUID of a file means.
private struct ReferenceIndex {
  private let project: Project
  private let rows: [RefiGUID: Reference]

  init(_ result: RefiProject) {
    project = result.project
    var wanted: Set<RefiGUID> = []
    for ends in result.linkEnds.values {
      if let origin = ends.origin { wanted.insert(origin) }
      if let target = ends.target { wanted.insert(target) }
    }
    wanted.formUnion(result.vertexObjects.values)
    wanted.formUnion(result.lineObjects.values)
    wanted.formUnion(result.caseSelections.values.joined())
    rows = project.codings.find(wanted)
  }

  subscript(guid: RefiGUID) -> Reference {
    if let row = rows[guid] { return row }
    if project.sources.contains(guid.of()) { return .source(guid.of()) }
    if project.notes.contains(guid.of()) { return .note(guid.of()) }
    if project.cases.contains(guid.of()) { return .case(guid.of()) }
    if project.codebook.codes.contains(guid.of()) { return .code(guid.of()) }
    if project.attributes.contains(guid.of()) { return .attribute(guid.of()) }
    if project.coders.contains(guid.of()) { return .coder(guid.of()) }
    if project.sets.contains(guid.of()) { return .set(guid.of()) }
    if project.objectLinks.contains(guid.of()) { return .objectLink(guid.of()) }
    if project.graphs.contains(guid.of()) { return .graph(guid.of()) }
    return .unknown(guid)
  }
}
