/// Why a cell cannot be marked as checked, or a summary be renewed.
public enum ChartingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Nobody has charted the cell.
  case notCharted(Cell.Key)
  /// The summary rests on no passage.
  case noReference(Cell.Key)
  /// The summary rests on words that are not the case's.
  case referenceElsewhere(Cell.Key, ID<Passage>)
  /// Something changed under the summary since it was written.
  case stale(Cell.Key)
  /// Two people's summaries stand side by side.
  case undecided(Cell.Key)
  /// The cell says that there is nothing, and accepted codings of the case's words have its code.
  case contradicted(Cell.Key, CellState, by: [ID<Coding>])

  /// The cell.
  public var key: Cell.Key {
    switch self {
    case .notCharted(let key), .noReference(let key), .referenceElsewhere(let key, _),
      .stale(let key), .undecided(let key), .contradicted(let key, _, _):
      key
    }
  }

  /// The reason in a sentence.
  public var description: String {
    switch self {
    case .notCharted: "the cell is not charted"
    case .noReference: "the summary rests on no passage"
    case .referenceElsewhere: "the summary rests on words that are not the case's"
    case .stale: "something changed under the summary since it was written"
    case .undecided: "summaries by several authors stand side by side; agree on one first"
    case .contradicted(_, let state, let codings):
      "the cell says '\(state.rawValue)', and accepted codings of the case's words have its code; "
        + "correct the state, or reject the codings (\(codings.count))"
    }
  }
}

extension Project {
  /// The references of a cell that are not the case's own words, in order.
  public func foreignReferences(of cell: Cell, by attribution: Attribution) -> [ID<Passage>] {
    cell.references.filter { reference in
      // Whose words a passage is follows from its source, which may be missing.
      guard let passage = codings[reference], sources[passage.source] != nil else { return false }
      return !attribution.cases(of: passage).contains(cell.key.row)
    }
  }

  /// The change that records on what some cells rest now, without a word on whether they still hold.
  ///
  /// Cells that say it already are left alone; so are those that nobody has charted.
  public func recordingBases(
    id: ID<Change>, stamp: Stamp = Stamp(), why: String = ""
  ) -> Change {
    let keys = cells.values.filter { $0.state != .notCharted && $0.basis == nil }.map(\.key)
    return settingBases(keys.sorted(), id: id, stamp: stamp, why: why)
  }

  /// The change by which somebody says that summaries hold for what is under them now.
  ///
  /// - Throws: ``ChartingError/notCharted(_:)`` for a cell that has no summary and no state.
  public func renewing(
    _ keys: [Cell.Key], id: ID<Change>, stamp: Stamp, why: String = ""
  ) throws(ChartingError) -> Change {
    for key in keys where (cells[key]?.state ?? .notCharted) == .notCharted {
      throw .notCharted(key)
    }
    return settingBases(keys, id: id, stamp: stamp, why: why)
  }

  private func settingBases(
    _ keys: [Cell.Key], id: ID<Change>, stamp: Stamp, why: String
  ) -> Change {
    let operations = zip(keys, basesInOrder(of: keys)).compactMap { key, basis -> Operation? in
      guard let cell = cells[key], cell.basis != basis else { return nil }
      var renewed = cell
      renewed.basis = basis
      return .replace(.cell(cell), with: .cell(renewed))
    }
    return Change(id: id, stamp: stamp, why: why, operations: operations)
  }

  /// The change by which a checker says that cells are final.
  ///
  /// - Throws: ``ChartingError`` for a summary without a reference or with one outside of its case, a
  ///   stale one, one beside which another author's stands, and a state that accepted codings
  ///   contradict.
  public func finishing(
    _ keys: [Cell.Key], id: ID<Change>, checker: Stamp, why: String = ""
  ) throws(ChartingError) -> Change {
    let attribution = Attribution(self)
    let matrix = CodingMatrix(self, by: attribution)
    let stale = Set(
      ChartingState(of: self, matrix: matrix).stale.filter { $0.alternative == nil }.map(\.key))
    var operations: [Operation] = []
    for key in keys {
      guard let cell = cells[key], cell.state != .notCharted else { throw .notCharted(key) }
      if !cell.alternatives.isEmpty { throw .undecided(key) }
      if cell.state == .summarised, cell.references.isEmpty { throw .noReference(key) }
      if let reference = foreignReferences(of: cell, by: attribution).first {
        throw .referenceElsewhere(key, reference)
      }
      let against = matrix.codings(against: cell)
      if !against.isEmpty { throw .contradicted(key, cell.state, by: against.map(\.id)) }
      if stale.contains(key) { throw .stale(key) }
      var checked = cell
      checked.checker = checker
      operations.append(.replace(.cell(cell), with: .cell(checked)))
    }
    return Change(id: id, stamp: checker, why: why, operations: operations)
  }
}

extension Project {
  /// The cells that a change marks as checked by whoever wrote them, in the order of the change.
  public func checksByAuthors(in change: Change) -> [Cell.Key] {
    change.operations.compactMap { operation in
      guard case .replace(.cell(let old), with: .cell(let new)) = operation,
        let checker = new.checker, checker != old.checker, checker.by == new.author.by
      else { return nil }
      return new.key
    }
  }
}

extension CodingMatrix {
  /// The accepted codings of a case's words that contradict a cell whose state says there is nothing.
  ///
  /// By source id and then in the order of the text; none for a summary or a cell that is not charted.
  public func codings(against cell: Cell) -> [Coding] {
    switch cell.state {
    case .nothingSaid, .askedNotAnswered, .notAsked: codings(of: cell.key.row, cell.key.column)
    case .summarised, .notCharted: []
    }
  }
}

/// What makes a summary doubtful, as far as a study can say it.
public struct ChartingRules: Hashable, Sendable, Codable {
  /// How many percent of a summary may be verbatim before it is quotation rather than summary.
  public var verbatimLimit: Int
  /// The terms of which a summary keeps one where its passages have any.
  ///
  /// Where there are none, every longer word of the participant's counts as one.
  public var keyTerms: [String]

  /// Creates rules.
  public init(verbatimLimit: Int = 80, keyTerms: [String] = []) {
    self.verbatimLimit = verbatimLimit
    self.keyTerms = keyTerms
  }

  /// How many percent of what a cell says, comments left out, is in the participant's words.
  public func verbatimShare(of cell: Cell) -> Int {
    var counts = [Run.Kind: Int]()
    for run in cell.runs {
      counts[run.kind, default: 0] += run.text.unicodeScalars.count { !$0.properties.isWhitespace }
    }
    let verbatim = counts[.verbatim] ?? 0
    let all = verbatim + (counts[.summary] ?? 0)
    return all == 0 ? 0 : verbatim * 100 / all
  }

  /// Whether a summary keeps none of the terms of the words that it condenses.
  public func losesKeyTerms(_ summary: String, of words: [String]) -> Bool {
    if keyTerms.isEmpty {
      let spoken = words.reduce(into: Set<String>()) { $0.formUnion(Self.stems(in: $1)) }
      return !spoken.isEmpty && spoken.isDisjoint(with: Self.stems(in: summary))
    }
    let spoken = words.joined(separator: " ").lowercased()
    let present = keyTerms.map { $0.lowercased() }.filter { spoken.contains($0) }
    let kept = summary.lowercased()
    return !present.isEmpty && !present.contains { kept.contains($0) }
  }

  // Words of five letters and more by their first four, so that "waiting" keeps "waited".
  private static func stems(in text: String) -> Set<String> {
    Set(
      text.lowercased().split { !$0.isLetter }.filter { $0.count >= 5 }
        .map { String($0.prefix(4)) })
  }
}
