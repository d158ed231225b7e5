extension Change {
  /// The change that turns one project into another with the same id.
  ///
  /// Objects are compared by id; the order of rows is left alone. Codings go before their passages
  /// and come after them, so that the change applies in order and in reverse.
  ///
  /// - Complexity: O(*n* log *n*) in the sizes of both projects.
  public init(
    from old: Project, to new: Project, id: ID<Change>, stamp: Stamp = Stamp(), why: String = ""
  ) {
    var operations: [Operation] = []
    if old.details != new.details {
      operations.append(.replace(.details(old.details), with: .details(new.details)))
    }
    operations += difference(old.coders, new.coders) { .coder($0) }
    operations += difference(old.attributes, new.attributes) { .attribute($0) }
    operations += difference(old.codebook.codes, new.codebook.codes) { .code($0) }
    operations += versions(old.codebook.versions, new.codebook.versions)
    operations += difference(old.sources, new.sources) { .source($0) }
    operations += codings(old.codings, new.codings)
    operations += difference(old.cases, new.cases) { .case($0) }
    operations += difference(old.notes, new.notes) { .note($0) }
    for key in Set(old.cells.keys).union(new.cells.keys).sorted() {
      switch (old.cells[key], new.cells[key]) {
      case (let before?, let after?) where before != after:
        operations.append(.replace(.cell(before), with: .cell(after)))
      case (let before?, nil): operations.append(.remove(.cell(before), at: nil))
      case (nil, let after?): operations.append(.insert(.cell(after), at: nil))
      default: break
      }
    }
    operations += difference(old.elements, new.elements) { .element($0) }
    operations += difference(old.configurations, new.configurations) { .configuration($0) }
    operations += difference(old.realistMatrix, new.realistMatrix) { .matrixEntry($0) }
    operations += difference(old.links, new.links) { .link($0) }
    operations += difference(old.theory, new.theory) { .theoryVersion($0) }
    operations += difference(old.sets, new.sets) { .set($0) }
    operations += difference(old.objectLinks, new.objectLinks) { .objectLink($0) }
    operations += difference(old.graphs, new.graphs) { .graph($0) }
    operations += difference(old.categories, new.categories) { .category($0) }
    operations += difference(old.typologies, new.typologies) { .typology($0) }
    operations += difference(old.explanations, new.explanations) { .explanation($0) }
    operations += difference(old.readings, new.readings) { .reading($0) }
    operations += difference(old.rules, new.rules) { .rule($0) }
    operations += difference(old.evidence, new.evidence) { .evidence($0) }
    self.init(id: id, stamp: stamp, why: why, operations: operations)
  }
}

private func difference<Value: Identified & Equatable>(
  _ old: Table<Value>, _ new: Table<Value>, _ wrap: (Value) -> Object
) -> [Operation] {
  var operations: [Operation] = []
  // From the end, so that each recorded position holds when the change is taken back.
  for (position, value) in old.enumerated().reversed() where !new.contains(value.id) {
    operations.append(.remove(wrap(value), at: position))
  }
  // In the old order: the same difference is the same change, however the new rows are ordered.
  for before in old {
    if let value = new[before.id], before != value {
      operations.append(.replace(wrap(before), with: wrap(value)))
    }
  }
  for (position, value) in new.enumerated() where !old.contains(value.id) {
    operations.append(.insert(wrap(value), at: position))
  }
  return operations
}

private func versions(_ old: [FrameworkVersion], _ new: [FrameworkVersion]) -> [Operation] {
  let before = Dictionary(old.map { ($0.number, $0) }, uniquingKeysWith: { $1 })
  let after = Dictionary(new.map { ($0.number, $0) }, uniquingKeysWith: { $1 })
  return Set(before.keys).union(after.keys).sorted().compactMap { number in
    switch (before[number], after[number]) {
    case (let old?, let new?):
      old == new ? nil : .replace(.frameworkVersion(old), with: .frameworkVersion(new))
    case (let old?, nil): .remove(.frameworkVersion(old), at: nil)
    case (nil, let new?): .insert(.frameworkVersion(new), at: nil)
    case (nil, nil): nil
    }
  }
}

/// What is removed from any source comes before what is put into any: a passage may change source.
private func codings(_ old: CodingStore, _ new: CodingStore) -> [Operation] {
  var removals: [Operation] = []
  var others: [Operation] = []
  for source in Set(old.sources).union(new.sources).sorted() {
    let oldPassages = old.passages(in: source)
    let newPassages = new.passages(in: source)
    let oldCodings = old.codings(in: source)
    let newCodings = new.codings(in: source)
    if oldPassages == newPassages, oldCodings == newCodings { continue }
    let passagesBefore = Dictionary(oldPassages.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    let passagesAfter = Set(newPassages.map(\.id))
    let codingsBefore = Dictionary(oldCodings.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    let codingsAfter = Set(newCodings.map(\.id))
    // A coding that moves from a passage that goes is taken out and put in again.
    func goes(_ coding: Coding) -> Bool {
      !codingsAfter.contains(coding.id) || !passagesAfter.contains(coding.passage)
    }
    for coding in oldCodings where goes(coding) {
      removals.append(.remove(.coding(coding, in: source), at: nil))
    }
    for passage in oldPassages where !passagesAfter.contains(passage.id) {
      removals.append(.remove(.passage(passage), at: nil))
    }
    for passage in newPassages {
      if let before = passagesBefore[passage.id] {
        if before != passage {
          others.append(.replace(.passage(before), with: .passage(passage)))
        }
      } else {
        others.append(.insert(.passage(passage), at: nil))
      }
    }
    for coding in newCodings {
      if let before = codingsBefore[coding.id], !goes(before) {
        if before != coding {
          others.append(
            .replace(.coding(before, in: source), with: .coding(coding, in: source)))
        }
      } else {
        others.append(.insert(.coding(coding, in: source), at: nil))
      }
    }
  }
  return removals + others
}
