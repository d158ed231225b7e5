// What can be the matter with the relations between objects
extension Project {
  func checkRelations() -> [Diagnostic] {
    configurations.filter(\.isOpen).flatMap { checkItself($0) + checkRivals(of: $0) }
      + checkParents() + checkSuccessors() + checkLinkEnds() + checkReferences()
  }

  private func checkItself(_ configuration: Configuration) -> [Diagnostic] {
    var found: [Diagnostic] = []
    func itself(_ what: String, at reference: Reference) {
      found.append(
        Diagnostic(
          "cmo.self-reference", .warning, at: .object(reference),
          "\(configuration.label) \(what)", solutions: ["correct the key, or remove it"]))
    }
    if configuration.rivals.contains(configuration.id) {
      itself("is its own rival", at: .configuration(configuration.id))
    }
    if configuration.parents.contains(configuration.id) {
      itself("is its own parent", at: .configuration(configuration.id))
    }
    for edge in configuration.edges where edge.from == edge.to {
      itself("has an edge that leads from a slot to itself", at: .edge(edge.id))
    }
    return found
  }

  // Two explanations of one outcome can both be kept, but somebody must have said why.
  private func checkRivals(of configuration: Configuration) -> [Diagnostic] {
    guard configuration.status == .accepted else { return [] }
    return configuration.rivals.compactMap { id in
      guard id != configuration.id, let rival = configurations[id], rival.status == .accepted,
        configuration.reason.isEmpty || rival.reason.isEmpty,
        !rival.rivals.contains(configuration.id)
          || (configurations.position(of: configuration.id) ?? 0)
            < (configurations.position(of: id) ?? 0)
      else { return nil }
      let label = configuration.reason.isEmpty ? configuration.label : rival.label
      return Diagnostic(
        "cmo.rivals-accepted", .warning, at: .object(.configuration(configuration.id)),
        "\(configuration.label) and its rival \(rival.label) are both accepted, and \(label) says "
          + "no reason",
        solutions: ["write in 'reason' why both stand, or reject one"])
    }
  }

  private func checkParents() -> [Diagnostic] {
    // What is left after all that have no parents left are taken away stands in a cycle or below one.
    var children: [ID<Configuration>: [ID<Configuration>]] = [:]
    var open: [ID<Configuration>: Int] = [:]
    for configuration in configurations {
      let parents = Set(configuration.parents).subtracting([configuration.id])
        .filter { configurations[$0] != nil }
      open[configuration.id] = parents.count
      for parent in parents { children[parent, default: []].append(configuration.id) }
    }
    var free = configurations.map(\.id).filter { open[$0] == 0 }
    while let next = free.popLast() {
      open[next] = nil
      for child in children[next] ?? [] {
        guard let count = open[child] else { continue }
        open[child] = count - 1
        if count == 1 { free.append(child) }
      }
    }
    let left = configurations.filter { open[$0.id] != nil }
    guard let first = left.first else { return [] }
    return [
      Diagnostic(
        "cmo.parents-cyclic", .warning, at: .object(.configuration(first.id)),
        "\(first.label) is among its own ancestors",
        notes: [
          "the configurations in or below the cycle are "
            + left.prefix(10).map(\.label).joined(separator: ", ")
        ],
        solutions: ["remove from 'parents' what was not there before"])
    ]
  }

  private func checkSuccessors() -> [Diagnostic] {
    let parents = Set(configurations.flatMap(\.parents))
    return configurations.filter { $0.status == .superseded && !parents.contains($0.id) }.map {
      Diagnostic(
        "cmo.successor-missing", .note, at: .object(.configuration($0.id)),
        "\($0.label) is superseded, and no other configuration names it among its parents",
        solutions: ["add it to the 'parents' of what replaced it"])
    }
  }

  private func checkLinkEnds() -> [Diagnostic] {
    links.filter { $0.from == $0.to && $0.kind != .feedback }.map {
      Diagnostic(
        "cmo.self-reference", .warning, at: .object(.link($0.id)),
        "the link leads from \(configurations[$0.from]?.label ?? "?") to itself",
        solutions: ["correct its ends, or call it a feedback"])
    }
  }

  // MARK: References to nothing

  // A reader leaves such references out; a program can still put them into a project.
  private func checkReferences() -> [Diagnostic] {
    var found: [Diagnostic] = []
    func missing(_ what: String, at reference: Reference) {
      found.append(
        Diagnostic(
          "study.reference-dangling", .warning, at: .object(reference),
          "\(what), which the study does not have",
          solutions: ["add it, or remove what refers to it"]))
    }
    for source in codings.sources {
      if sources[source] == nil {
        missing("passages and codings are in this source", at: .source(source))
      }
      for coding in codings.codings(in: source) where codebook.codes[coding.code] == nil {
        missing("the coding has the code \(coding.code)", at: .coding(coding.id))
      }
    }
    for one in cases {
      for group in one.memberOf where cases[group] == nil {
        missing("\(one.name) is a member of \(group)", at: .case(one.id))
      }
    }
    for key in cells.keys.sorted() {
      if cases[key.row] == nil { missing("the cell is of the case \(key.row)", at: .cell(key)) }
      if codebook.codes[key.column] == nil {
        missing("the cell is of the code \(key.column)", at: .cell(key))
      }
    }
    for configuration in configurations {
      let slots = Set(configuration.slots.map(\.id))
      for slot in configuration.slots where elements[slot.element] == nil {
        missing("the slot has the element \(slot.element)", at: .slot(slot.id))
      }
      for edge in configuration.edges where !slots.contains(edge.from) || !slots.contains(edge.to) {
        missing("the edge leads from or to a slot", at: .edge(edge.id))
      }
      for other in configuration.rivals + configuration.parents where configurations[other] == nil {
        missing(
          "\(configuration.label) names the configuration \(other)",
          at: .configuration(configuration.id))
      }
    }
    for link in links {
      for end in [link.from, link.to] where configurations[end] == nil {
        missing("the link has the configuration \(end) at an end", at: .link(link.id))
      }
    }
    for one in evidence where !holds(one.ground) {
      missing("the evidence rests on a passage, cell or document", at: .evidence(one.id))
    }
    return found
  }

  private func holds(_ ground: Ground) -> Bool {
    switch ground {
    case .passage(let id): codings[id] != nil
    case .cell(let key): cells[key] != nil
    case .document(let id): sources[id] != nil
    case .judgement, .consultation, .decision: true
    }
  }
}
