internal import ArgumentParser
internal import Foundation
internal import QDA

/// Shows the charts of a study and what changed under them, and marks cells.
struct ChartCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chart",
    abstract: "Show how far a study is charted and which summaries are stale.",
    discussion: """
      With --to, the charts go out as a workbook (.xlsx), a table of cells (.csv) or a document (.md), \
      and as a document to standard output with --to -. With --from, an edited file comes back: what \
      only the file changed is taken; where the study changed too, neither is, and the cell is listed.

      A summary is stale when the codings under it, their words or the meaning of its code changed \
      since it was written. A cell is written as CASE/CODE, such as P1/matching or P1/1.2.
      """)

  @OptionGroup var options: InputOptions

  @Option(
    name: .customLong("renew"),
    help: ArgumentHelp(
      "Say that the summary holds for what is there now; may be repeated.", valueName: "cell"))
  var renewed: [String] = []

  @Option(
    name: .customLong("finish"),
    help: ArgumentHelp(
      "Mark a cell as checked by --by; may be repeated.", valueName: "cell"))
  var finished: [String] = []

  @Option(name: .customLong("to"), help: "Write the charts to a file: .xlsx, .csv or .md, or -.")
  var target: String?

  @Option(name: .customLong("from"), help: "Take over charts that were edited.")
  var origin: String?

  @Option(
    name: .customLong("theme"),
    help: ArgumentHelp(
      "With --to, a theme by key or number; may be repeated.", valueName: "code"))
  var themes: [String] = []

  @Option(
    name: .customLong("order"),
    help: ArgumentHelp(
      "With --to, an attribute by which cases are ordered; may be repeated.",
      valueName: "attribute"))
  var order: [String] = []

  @Option(help: "With --to, a role category: only cases that have it are shown.")
  var role: String?

  @OptionGroup(title: "Options for changes") var change: ChangeOptions

  func validate() throws {
    if let target, target != "-", ChartForm(fileName: target) == nil {
      throw ValidationError(
        "the ending of '\(target)' names no form of charts; use .xlsx, .csv or .md.")
    }
    if let origin, ChartForm(fileName: origin) == nil {
      throw ValidationError(
        "the ending of '\(origin)' names no form of charts; use .xlsx, .csv or .md.")
    }
    if target == nil, !(themes.isEmpty && order.isEmpty && role == nil) {
      throw ValidationError("--theme, --order and --role go with --to.")
    }
    let steps = [
      ("--to", target != nil), ("--from", origin != nil), ("--renew", !renewed.isEmpty),
      ("--finish", !finished.isEmpty),
    ].filter(\.1).map(\.0)
    if steps.count > 1 {
      throw ValidationError("\(steps[0]) and \(steps[1]) are two steps; take one after the other.")
    }
  }

  mutating func run() throws {
    let command = self
    try exiting(json: command.options.json) {
      var study = try OpenFolder(command.options)
      if let target = command.target { return try command.write(study, to: target) }
      if let origin = command.origin { return try command.takeOver(origin, into: &study) }
      var remarks: [Diagnostic] = []
      if !command.renewed.isEmpty || !command.finished.isEmpty {
        let change = try command.marking(in: study)
        remarks = study.folder.project.checksByAuthors(in: change).map { key in
          Diagnostic(
            "chart.checked-by-author", .note,
            "\(study.name(of: key)) is checked by \(command.change.by ?? ""), who wrote it",
            solutions: ["let somebody else read it, where there is somebody else"])
        }
        try study.commit(change, of: .charting, command.change)
      }
      for remark in remarks { Output.message(remark.description) }
      let overview = ChartOverview(study, diagnostics: remarks)
      if command.options.json {
        try Output.json(overview)
      } else {
        Output.line(overview.text)
      }
      try conclude(study.diagnostics + remarks, strict: command.options.strict)
    }
  }

  private func write(_ study: OpenFolder, to target: String) throws {
    let project = study.folder.project
    let attributes = try order.map { name -> ID<Attribute> in
      guard let id = study.folder.id(for: name, of: Attribute.self) else {
        throw Failure.usage("error: '\(name)' is no attribute of the study")
      }
      return id
    }
    if let role, !project.roleNames.contains(role) {
      throw Failure.usage(
        "error: '\(role)' is no role of the study; its roles are "
          + project.roleNames.joined(separator: ", "))
    }
    let book = study.folder.chartBook(
      themes: themes.isEmpty ? nil : try themes.map(study.code),
      rows: project.rows(orderedBy: attributes, role: role))
    guard target != "-", let form = ChartForm(fileName: target) else {
      return Output.line(book.markdown)
    }
    try book.write(to: target, as: form)
    Output.message("\(target): written")
    if options.json { try Output.json(FileList(files: [target])) }
  }

  private func takeOver(_ origin: String, into study: inout OpenFolder) throws {
    guard let form = ChartForm(fileName: origin) else { return }
    let merge = try study.folder.merging(
      chartsFrom: FileReading.bytes(ofFile: origin),
      name: URL(filePath: origin).lastPathComponent, form: form,
      stamp: change.stamp(in: study.folder), why: change.why)
    try study.commit(merge.change, of: .charting, change)
    if options.json {
      try Output.json(
        ChartMergeDocument(
          taken: merge.taken.map { study.name(of: $0) },
          conflicts: merge.conflicts.map { study.name(of: $0.key) }, refused: merge.refused,
          diagnostics: merge.diagnostics))
    } else {
      for diagnostic in merge.diagnostics { Output.line(diagnostic.description) }
    }
    let count = merge.taken.count
    Output.message(
      "\(count) cell\(count == 1 ? "" : "s") taken, \(merge.conflicts.count) in conflict, "
        + "\(merge.refused) refused")
    try conclude(merge.diagnostics, strict: options.strict)
  }

  private func marking(in study: OpenFolder) throws -> Change {
    let stamp = try change.stamp(in: study.folder)
    let id = study.folder.nextChangeID(by: stamp.by)
    let project = study.folder.project
    do {
      return renewed.isEmpty
        ? try project.finishing(
          try finished.map(study.cell), id: id, checker: stamp, why: change.why)
        : try project.renewing(try renewed.map(study.cell), id: id, stamp: stamp, why: change.why)
    } catch let error as ChartingError {
      var words = "\(study.name(of: error.key)): error: \(error)"
      if case .contradicted(_, _, let codings) = error {
        words += ": \(codings.map { study.key(.coding($0)) }.joined(separator: ", "))"
      }
      throw Failure.unwritable(words)
    }
  }
}

/// What came back with edited charts, as JSON.
private struct ChartMergeDocument: Encodable {
  var schema = "qda.chart-merge/1"
  var taken: [String]
  var conflicts: [String]
  var refused: Int
  var diagnostics: [Diagnostic]
}

/// How far a study is charted, theme by theme, and what changed under its summaries.
struct ChartOverview: Encodable {
  struct Theme: Encodable {
    var code: String
    var number: String
    var name: String
    var cells: Int
    var states: [String: Int]
    var final: Int
    var stale: Int
  }

  struct Stale: Encodable {
    struct Difference: Encodable {
      var kind: String
      var coding: String?
      var code: String?
    }

    var `case`: String
    var code: String
    var alternative: Int?
    var differences: [Difference]
    var words: String
  }

  struct Place: Encodable {
    var `case`: String
    var code: String
  }

  var schema = "qda.charting/1"
  var themes: [Theme] = []
  var stale: [Stale] = []
  var uncharted: [Place] = []
  var unrecorded = 0
  var diagnostics: [Diagnostic]

  /// - Parameter diagnostics: What there is to say of cells that were marked.
  init(_ study: OpenFolder, diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
    let project = study.folder.project
    let state = ChartingState(of: project)
    let staleKeys = Set(state.stale.filter { $0.alternative == nil }.map(\.key))
    for chart in project.charts {
      let keys = chart.rows.flatMap { row in
        chart.columns.map { Cell.Key(row: row.id, column: $0.id) }
      }
      themes.append(
        Theme(
          code: study.key(.code(chart.theme.id)), number: chart.theme.number,
          name: chart.theme.name, cells: keys.count,
          states: Dictionary(
            uniqueKeysWithValues: chart.counts.map { ($0.key.rawValue, $0.value) }),
          final: keys.count { project.cells[$0]?.checker != nil },
          stale: keys.count { staleKeys.contains($0) }))
    }
    stale = state.stale.map { one in
      Stale(
        case: study.key(.case(one.key.row)), code: study.key(.code(one.key.column)),
        alternative: one.alternative.map { $0 + 1 },
        differences: one.differences.map { Self.difference($0, study) },
        words: one.words(in: project))
    }
    uncharted = state.uncharted.map {
      Place(case: study.key(.case($0.row)), code: study.key(.code($0.column)))
    }
    unrecorded = state.unrecorded.count
  }

  private static func difference(
    _ difference: Cell.Difference, _ study: OpenFolder
  ) -> Stale.Difference {
    switch difference {
    case .codeRedefined: Stale.Difference(kind: "code-redefined")
    case .added(let id): Stale.Difference(kind: "added", coding: study.key(.coding(id)))
    case .removed(let id): Stale.Difference(kind: "removed", coding: study.key(.coding(id)))
    case .reworded(let id): Stale.Difference(kind: "reworded", coding: study.key(.coding(id)))
    case .movedFrom(let id): Stale.Difference(kind: "moved-from", code: study.key(.code(id)))
    }
  }

  /// The overview as people read it.
  var text: String {
    var lines: [String] = []
    for theme in themes {
      let states = CellState.allCases.compactMap { state in
        theme.states[state.rawValue].map { "\($0) \(state.rawValue)" }
      }
      lines.append(
        "\(theme.number) \(theme.name): \(theme.cells) cells: \(states.joined(separator: ", ")); "
          + "\(theme.final) checked, \(theme.stale) stale")
    }
    if !stale.isEmpty {
      lines.append("stale:")
      for one in stale {
        let codings = one.differences.compactMap(\.coding).joined(separator: ", ")
        lines.append(
          "  \(one.case)/\(one.code)" + (one.alternative.map { " (alternative \($0))" } ?? "")
            + ": \(one.words)" + (codings.isEmpty ? "" : " (\(codings))"))
      }
    }
    if !uncharted.isEmpty {
      lines.append("coded and not charted:")
      for one in uncharted { lines.append("  \(one.case)/\(one.code)") }
    }
    if unrecorded > 0 {
      lines.append(
        "\(unrecorded) cells do not say on what they were written; qda check --fix records it")
    }
    return lines.joined(separator: "\n")
  }
}
