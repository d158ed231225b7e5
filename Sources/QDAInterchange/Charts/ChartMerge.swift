public import QDACore

/// What edited charts change in a study, and what they cannot.
public struct ChartMerge: Sendable {
  /// A cell that was changed both in the file and in the study, or says two things in the file.
  public struct Conflict: Hashable, Sendable {
    /// The cell.
    public var key: Cell.Key
    /// What it said when the charts went out, where the file keeps it.
    public var base: String?
    /// What the file says.
    public var file: String
    /// What else the file says of it, where the cell is there several times with different texts.
    public var fileElsewhere: [String] = []
    /// What the study says.
    public var study: String
    /// Where in the file.
    public var place: Place
  }

  /// The change that takes over what only the file changed.
  public var change: Change
  /// The cells that it changes, by case and code.
  public var taken: [Cell.Key] = []
  /// The cells of which neither version is taken.
  public var conflicts: [Conflict] = []
  /// Conflicts and whatever else could not be taken.
  public var diagnostics: [Diagnostic] = []

  /// How many cells, rows and columns were refused, each with a finding.
  public var refused: Int { diagnostics.count { $0.id == "chart.edit-refused" } }
}

extension StudyFolder {
  /// Works out what edited charts change: what only the file changed is taken, what only the study
  /// changed stays, and where both did, neither is.
  ///
  /// A cell that was cleared is not taken: nobody can tell whether nothing was said or nothing asked.
  /// Nor is one that the file has twice with different texts, what only looks like a state, or a
  /// formula that failed or has no value.
  ///
  /// - Parameters:
  ///   - bytes: The file, written by ``ChartBook/write(to:as:)`` and edited since.
  ///   - name: Its name for messages.
  ///   - form: Its form.
  ///   - stamp: Who edited, and when it is taken over.
  /// - Throws: ``ReadingError`` where the file is no chart of this study.
  public func merging(
    chartsFrom bytes: [UInt8], name: String, form: ChartForm, stamp: Stamp, why: String = ""
  ) throws(ReadingError) -> ChartMerge {
    let edits = try ChartEdits(bytes, name: name, form: form)
    if let study = edits.study, study != keys.study {
      throw .malformed(
        file: name, line: 1, column: 1,
        reason: "these are charts of another study, '\(study)'")
    }
    var merger = ChartMerger(folder: self, edits: edits)
    return merger.merge(id: nextChangeID(by: stamp.by), stamp: stamp, why: why)
  }
}

private struct ChartMerger {
  let folder: StudyFolder
  let edits: ChartEdits
  private let numbers: [ID<Passage>: Int]
  private let passages: [ID<Passage>?]
  private var diagnostics: [Diagnostic]

  init(folder: StudyFolder, edits: ChartEdits) {
    self.folder = folder
    self.edits = edits
    diagnostics = edits.diagnostics
    var codings: [String: ID<Passage>] = [:]
    for coding in folder.project.codings.all {
      codings[folder.key(of: coding.id)] = coding.passage
    }
    // A number that is absurdly great is nobody's.
    let greatest = min(edits.quotes.keys.max() ?? 0, 10_000_000)
    var passages = [ID<Passage>?](repeating: nil, count: max(0, greatest))
    var numbers: [ID<Passage>: Int] = [:]
    for (number, key) in edits.quotes where passages.indices.contains(number - 1) {
      let id: ID<Passage>? = folder.keys.id(for: key) ?? codings[key] ?? ID(key)
      passages[number - 1] = id
      if let id { numbers[id] = min(number, numbers[id] ?? number) }
    }
    // A passage that the file does not know gets a number that it does not have.
    let referenced = Set(folder.project.cells.values.flatMap(\.references))
    var next = greatest
    for id in referenced.subtracting(numbers.keys).sorted() {
      next += 1
      numbers[id] = next
    }
    self.passages = passages
    self.numbers = numbers
  }

  mutating func merge(id: ID<Change>, stamp: Stamp, why: String) -> ChartMerge {
    let project = folder.project
    var operations: [Operation] = []
    var taken: [Cell.Key] = []
    var conflicts: [ChartMerge.Conflict] = []
    var edited: [Cell.Key: Cell] = [:]
    for (key, cells) in groups() {
      let cell = cells[0]
      guard let key else {
        reportUnknown(cell)
        continue
      }
      let own = project.cells[key]
      let current = ChartText.of(own?.state ?? .notCharted, own?.runs ?? [], numbers)
      let others = cells.filter { ChartBook.normal($0.text) != ChartBook.normal(cell.text) }
      if !others.isEmpty {
        conflicts.append(
          ChartMerge.Conflict(
            key: key, base: cell.base?.text, file: cell.text, fileElsewhere: others.map(\.text),
            study: current, place: cell.place))
        reportDifferences(among: cells, current)
        continue
      }
      let isEdited = cell.base.map { !$0.isSame(as: cell.text) } ?? true
      guard isEdited, ChartBook.normal(current) != ChartBook.normal(cell.text) else { continue }
      if cell.isUncomputed {
        report(
          cell, "the cell has a formula without a value; what it said stays",
          "open the workbook in a spreadsheet and save it, or write the text itself")
        continue
      }
      if cell.text.trimmed.isEmpty {
        report(cell, "the cell was cleared; what it said stays")
        continue
      }
      guard let base = cell.base else {
        report(cell, "the cell was not in the charts when they went out")
        continue
      }
      guard base.isSame(as: current) else {
        conflicts.append(
          ChartMerge.Conflict(
            key: key, base: base.text, file: cell.text, study: current, place: cell.place))
        reportConflict(cell, base.text, current)
        continue
      }
      guard let read = read(cell, key, stamp) else { continue }
      // A state in other letters is no edit.
      if read.state != own?.state || read.runs != own?.runs { edited[key] = read }
    }
    let bases = project.bases(of: edited.keys)
    for key in edited.keys.sorted() {
      guard var cell = edited[key] else { continue }
      cell.basis = cell.state == .notCharted ? nil : bases[key]
      let old = project.cells[key]
      cell.alternatives = old?.alternatives ?? []
      operations.append(
        old.map { .replace(.cell($0), with: .cell(cell)) } ?? .insert(.cell(cell), at: nil))
      taken.append(key)
    }
    return ChartMerge(
      change: Change(id: id, stamp: stamp, why: why, operations: operations), taken: taken,
      conflicts: conflicts, diagnostics: diagnostics)
  }

  /// What the file says of each cell, in its order; one that the study does not have stands alone.
  private func groups() -> [(key: Cell.Key?, cells: [ChartEdits.Cell])] {
    var found: [(key: Cell.Key?, cells: [ChartEdits.Cell])] = []
    var positions: [Cell.Key: Int] = [:]
    for cell in edits.cells {
      let key = key(of: cell)
      if let key, let position = positions[key] {
        found[position].cells.append(cell)
      } else {
        if let key { positions[key] = found.count }
        found.append((key, [cell]))
      }
    }
    return found
  }

  private func key(of cell: ChartEdits.Cell) -> Cell.Key? {
    guard let row = folder.id(for: cell.row, of: Case.self),
      let column = folder.id(for: cell.code, of: Code.self)
    else { return nil }
    return Cell.Key(row: row, column: column)
  }

  private mutating func reportUnknown(_ cell: ChartEdits.Cell) {
    if cell.base?.isSame(as: cell.text) == true { return }
    report(
      cell,
      folder.id(for: cell.row, of: Case.self) == nil
        ? "the study has no case '\(cell.row)'"
        : "the study has no code '\(cell.code)' any more")
  }

  /// The cell that a text says, or `nil` with a finding.
  private mutating func read(_ cell: ChartEdits.Cell, _ key: Cell.Key, _ stamp: Stamp) -> Cell? {
    let text = ChartBook.normal(cell.text)
    let (state, words): (CellState, String)
    switch CellState.words(in: text) {
    case .state(.summarised, remark: ""):
      report(cell, "the cell says that it is summarised and has no summary")
      return nil
    case .state(let said, let remark): (state, words) = (said, remark)
    case .summary: (state, words) = (.summarised, text)
    case .failure:
      report(
        cell, "the cell shows the error '\(text)' of a spreadsheet; it is not taken",
        "repair the formula in the spreadsheet, or write the text itself")
      return nil
    case .unclear:
      report(
        cell, "'\(text)' may be meant as a state and is none; the cell is not taken",
        "write one of \(CellState.choices), or a summary in words")
      return nil
    }
    let parsed = SummaryNotation.runs(words, numbered: passages)
    guard parsed.unknownMarks.isEmpty else { return unknown(parsed.unknownMarks, cell) }
    return Cell(key: key, state: state, runs: parsed.runs, author: stamp)
  }

  private mutating func unknown(_ marks: [Int], _ cell: ChartEdits.Cell) -> Cell? {
    let words = marks.map { "[\($0)]" }.joined(separator: ", ")
    report(cell, "the cell rests on \(words), which is no quote of the charts; it is not taken")
    return nil
  }

  private mutating func report(
    _ cell: ChartEdits.Cell, _ summary: String,
    _ solution: String = "correct it in the file, and take the file over again"
  ) {
    diagnostics.append(
      Diagnostic(
        "chart.edit-refused", .error, at: cell.place,
        "\(cell.row) under '\(cell.code)': \(summary)",
        solutions: [solution]))
  }

  private mutating func reportDifferences(among cells: [ChartEdits.Cell], _ current: String) {
    let said = cells.map { cell in
      guard case .file(let name, let line, _) = cell.place else { return cell.text }
      return "\(name):\(line) says: \(cell.text)"
    }
    diagnostics.append(
      Diagnostic(
        "chart.edit-conflict", .error, at: cells[0].place,
        "\(cells[0].row) under '\(cells[0].code)' stands \(cells.count) times in the file and does not "
          + "say the same; none is taken",
        notes: said + ["the study says: \(current)"],
        solutions: ["leave one of them, and take the file over again"]))
  }

  private mutating func reportConflict(_ cell: ChartEdits.Cell, _ base: String?, _ current: String)
  {
    diagnostics.append(
      Diagnostic(
        "chart.edit-conflict", .error, at: cell.place,
        "\(cell.row) under '\(cell.code)' was changed in the file and in the study; neither is taken",
        notes: (base.map { ["it was: \($0)"] } ?? [])
          + ["the file says: \(cell.text)", "the study says: \(current)"],
        solutions: ["agree on one, and write it into the study or into a new copy of the charts"]))
  }
}
