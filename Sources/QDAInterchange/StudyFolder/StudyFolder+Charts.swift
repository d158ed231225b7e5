internal import QDACore

// charts/N.csv
extension StudyReader {
  static let chartColumns = [
    "case", "code", "state", "summary", "references", "author", "checker", "written", "checked",
    "basis", "from",
  ]

  mutating func readCharts() {
    for name in names(in: "charts", ending: ".csv") {
      guard let table = table(name) else { continue }
      let rows = table.rows(
        required: ["case", "code", "state"], known: Self.chartColumns, findings: findings)
      for row in rows { readCell(row) }
      for record in table.leftOut {
        leaveOut(CSVRow(table: table, record: record, index: 0))
      }
    }
  }

  private mutating func readCell(_ row: CSVRow) {
    guard let one = required(row, "case").flatMap({ participant($0, at: row.spot("case")) }),
      let code = required(row, "code").flatMap({ code($0, at: row.spot("code")) }),
      let state = state(row)
    else {
      leaveOut(row)
      return
    }
    let author = Stamp(by: coder(row, "author"), at: time(row, "written"))
    let runs = runs(row, state: state)
    let key = Cell.Key(row: one, column: code)
    let former = formerCode(row)
    let record = RecordKey.cell(key, by: author.by, from: former)
    guard homes[record] == nil else {
      reportDuplicate(row)
      return
    }
    homes[record] = RecordHome(file: row.table.name, record: row.index)
    if spots[.cell(key)] == nil { spots[.cell(key)] = row.spot() }
    if project.cells[key] != nil {
      let alternative = Cell.Alternative(
        state: state, runs: runs, author: author, code: former, basis: basis(row))
      project.cells[key]?.alternatives.append(alternative)
      return
    }
    let checker = Stamp(by: coder(row, "checker"), at: time(row, "checked"))
    project.cells[key] = Cell(
      key: key, state: state, runs: runs, author: author,
      checker: checker == Stamp() ? nil : checker, basis: basis(row))
  }

  /// The code for which an alternative was written; it may be gone from the codebook.
  private func formerCode(_ row: CSVRow) -> ID<Code>? {
    let key = row["from"]
    return key.isEmpty ? nil : keys.id(for: key) ?? ID(key) ?? keys.derived(key)
  }

  /// `3f2a9c11; P01-MR-01:8d2f0a1b`: the checksum of the code's meaning, then those of the codings.
  private func basis(_ row: CSVRow) -> Cell.Basis? {
    let items = row.list("basis")
    guard let first = items.first else { return nil }
    var entries: [Cell.Basis.Entry] = []
    var isValid = first.count == 8
    for item in items.dropFirst() {
      let parts = item.split(separator: ":", omittingEmptySubsequences: false)
      let key = parts.dropLast().joined(separator: ":")
      let words = parts.last.flatMap { UInt32($0, radix: 16) }
      guard !key.isEmpty, words != nil || parts.last == "?" else {
        isValid = false
        continue
      }
      // A coding that is gone since is one of the reasons why a summary is stale.
      let id: ID<Coding> = keys.id(for: key) ?? ID(key) ?? keys.derived(key)
      entries.append(Cell.Basis.Entry(coding: id, words: words))
    }
    guard isValid, let code = UInt32(first, radix: 16) else {
      reportValue(
        row["basis"], "a basis as the library writes it; remove it to begin anew",
        at: row.spot("basis"))
      return nil
    }
    entries.sort { $0.coding < $1.coding }
    return Cell.Basis(code: code, codings: entries)
  }

  private func leaveOut(_ row: CSVRow) {
    findings.leaveOut("\(row["case"]) \(row["code"])", in: row.table.name)
  }

  private func required(_ row: CSVRow, _ column: String) -> String? {
    let text = row[column]
    if !text.isEmpty { return text }
    findings.add(
      Diagnostic(
        "table.value-missing", .error, at: row.spot(column).place,
        "the row has no \(column) and is left out", line: row.spot(column).line,
        solutions: ["fill in the column '\(column)'"]))
    return nil
  }

  private func coder(_ row: CSVRow, _ column: String) -> ID<Coder>? {
    row[column].isEmpty ? nil : coder(row[column], at: row.spot(column))
  }

  private func time(_ row: CSVRow, _ column: String) -> Timestamp? {
    let text = row[column]
    if text.isEmpty { return nil }
    if let time = Timestamp(text) { return time }
    reportValue(text, "a date such as 2026-03-04", at: row.spot(column))
    return nil
  }

  private func state(_ row: CSVRow) -> CellState? {
    let text = row["state"]
    if text.isEmpty, !row["summary"].isEmpty {
      let spot = row.spot("state")
      findings.addRepeated(
        "state",
        Diagnostic(
          "study.value-assumed", .warning, at: spot.place,
          "the cell has a summary and no state; it is taken as 'summarised'", line: spot.line,
          solutions: ["write the state"]))
      return .summarised
    }
    if let state = CellState(rawValue: text) { return state }
    let words = CellState.allCases.map(\.rawValue)
    findings.add(
      Diagnostic(
        "chart.state-unknown", .error, at: row.spot("state").place,
        text.isEmpty
          ? "the cell has no state and is left out"
          : "'\(text)' is no state of a cell; the row is left out",
        raw: text, line: row.spot("state").line,
        notes: ["the states are \(words.joined(separator: ", "))"]
          + Suggestion.notes(for: text, among: words),
        solutions: ["write one of the states"]))
    return nil
  }

  private func runs(_ row: CSVRow, state: CellState) -> [Run] {
    let passages = row.list("references").map { passage($0, at: row.spot("references")) }
    let summary = row.field("summary")?.text.trimmed ?? ""
    guard state == .summarised else {
      if !summary.isEmpty { reportSummary(row, state) }
      return summary.isEmpty ? [] : SummaryNotation.runs(summary, references: passages).runs
    }
    if summary.isEmpty { reportSummary(row, state) }
    let parsed = SummaryNotation.runs(summary, references: passages)
    for number in parsed.unknownMarks {
      let spot = row.spot("summary")
      findings.add(
        Diagnostic(
          "chart.mark-unknown", .error, at: spot.place,
          "the summary says [\(number)], and the row has \(passages.count) references",
          raw: "[\(number)]", line: spot.line,
          solutions: ["correct the mark, or add the reference"]))
    }
    for raw in parsed.unclosed {
      let spot = row.spot("summary")
      findings.add(
        Diagnostic(
          "chart.mark-unclosed", .error, at: spot.place,
          "'\(raw)' begins like a \(raw.hasPrefix("{") ? "comment" : "mark") and is none; "
            + "it is read as text", raw: raw, line: spot.line,
          solutions: ["close it, or write a backslash before it if it is text"]))
    }
    for run in parsed.runs where run.kind == .verbatim { checkVerbatim(run, row) }
    return parsed.runs
  }

  // Words in quotation marks with a mark claim to be the participant's.
  private func checkVerbatim(_ run: Run, _ row: CSVRow) {
    let passages = run.references.compactMap { project.codings[$0] }
    guard !passages.isEmpty, passages.count == run.references.count else { return }
    var spoken: [Text] = []
    for passage in passages {
      guard passage.verdict.isVerified, let source = project.sources[passage.source],
        let text = texts.texts[passage.source], let span = passage.span
      else { return }
      spoken += [Text(source.words(in: span, of: text)), Text(text[span])]
    }
    let pieces = run.text.replacing("[…]", with: "…").replacing("...", with: "…")
      .split(separator: "…").map(\.trimmed).filter { !$0.isEmpty }
    let isSpoken = pieces.allSatisfy { piece in
      spoken.contains { text in
        switch Anchor(quote: piece).locate(in: text, near: nil).verdict {
        case .unchanged, .shifted, .ambiguous: true
        default: false
        }
      }
    }
    guard !isSpoken else { return }
    let spot = row.spot("summary")
    findings.add(
      Diagnostic(
        "chart.verbatim-differs", .error, at: spot.place,
        "“\(run.text)” is marked as verbatim and is not in the passage that it refers to",
        raw: run.text, line: spot.line,
        solutions: [
          "copy the words from the transcript, correct the mark, or remove the quotation marks"
        ]))
  }

  private func reportSummary(_ row: CSVRow, _ state: CellState) {
    let spot = row.spot("summary")
    findings.add(
      Diagnostic(
        "chart.summary-unexpected", .warning, at: spot.place,
        state == .summarised
          ? "the cell says that it is summarised and has no summary"
          : "the cell has a summary although its state is '\(state.rawValue)'",
        line: spot.line, solutions: ["correct the state or the summary"]))
  }

  private func reportDuplicate(_ row: CSVRow) {
    let spot = row.spot("case")
    findings.add(
      Diagnostic(
        "chart.cell-duplicate", .error, at: spot.place,
        "the same author has another row for \(row["case"]) and '\(row["code"])'; this one is left "
          + "out", line: spot.line,
        solutions: ["make one of the two, or name the other author"]))
  }
}
