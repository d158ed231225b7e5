/// The framework matrices.
struct ChartsView {
  let charts: [ChartView]
  let isEmpty: Bool
  let hasSeveral: Bool
  let legend: [StateView]
  let leftOut: [StudyReport.LeftOut]
  let overview: [MapRow]
  /// How many letters wide the names beside the overview are; longer ones are cut off.
  let nameWidth: Int
  let charting: ChartingView

  init(_ context: PageContext) {
    let report = context.report
    let views = report.charts.enumerated().map { ChartView($1, number: $0 + 1, context) }
    charts = views
    isEmpty = charts.isEmpty
    hasSeveral = charts.count > 1
    leftOut = report.leftOut
    charting = ChartingView(context)
    let occurring = report.charts.flatMap { $0.states }
    legend = StateView.all.filter { state in
      occurring.contains { $0.state == state.name }
        || state.name == "coded"
          && report.charts.contains { chart in
            chart.cells.contains { $0.runs.isEmpty && !$0.coded.isEmpty }
          }
    }
    nameWidth = min(16, max(3, report.participants.map(\.name.count).max() ?? 0))
    overview = report.participants.indices.map { row in
      MapRow(
        name: report.participants[row].name, number: row + 1,
        themes: views.map { chart in
          MapTheme(
            span: chart.columns.count,
            squares: chart.rows.indices.contains(row)
              ? chart.rows[row].cells.map {
                MapSquare(
                  anchor: $0.anchor, state: $0.state, depth: min(3, $0.depth), hint: $0.label)
              } : [])
        })
    }
  }
}

/// A state of cells in the legend.
struct StateView {
  let name: String
  let words: String
  let meaning: String

  static let all = [
    StateView(name: "summarised", words: "summarised", meaning: "condensed and referenced"),
    StateView(
      name: "nothing-said", words: "nothing said", meaning: "open to the participant, not taken up"),
    StateView(
      name: "asked-not-answered", words: "asked, not answered",
      meaning: "the question got no answer"),
    StateView(name: "not-asked", words: "not asked", meaning: "the participant was not asked"),
    StateView(name: "not-charted", words: "not charted", meaning: "nobody has charted it yet"),
    StateView(name: "coded", words: "not summarised", meaning: "but with coded passages"),
  ]
}

/// A row of the bird's-eye view of all matrices.
struct MapRow {
  let name: String
  let number: Int
  let themes: [MapTheme]
}

/// The squares of one theme.
struct MapTheme {
  let span: Int
  let squares: [MapSquare]
}

/// A cell seen from above.
struct MapSquare {
  let anchor: String
  let state: String
  let depth: Int
  let hint: String
}

/// The framework matrix of one theme.
struct ChartView {
  let number: Int
  let heading: String
  let definition: String
  let hasDefinition: Bool
  let words: String
  let notes: [String]
  let span: Int
  let columns: [ColumnView]
  let rows: [RowView]

  init(_ chart: StudyReport.ChartTable, number: Int, _ context: PageContext) {
    self.number = number
    heading = "\(chart.number) \(chart.name)".trimmedParts.body
    definition = chart.definition
    hasDefinition = !chart.definition.isEmpty
    words = chart.words
    notes = chart.notes
    span = chart.columns.count
    let columns = chart.columns.map { column in
      ColumnView(
        heading: "\(column.number) \(column.name)".trimmedParts.body, definition: column.definition,
        path: column.path.joined(separator: " › "), hasPath: !column.path.isEmpty)
    }
    self.columns = columns
    rows = chart.rows.enumerated().map { row, content in
      RowView(
        chip: context.chip(content.participant),
        number: context.participants[content.participant] ?? 0,
        cells: zip(content.cells, columns).enumerated().map { position, pair in
          CellView(
            pair.0,
            anchor: PageContext.anchor(chart: number, row: row + 1, position: position + 1),
            label: "\(context.index.name(content.participant)), \(pair.1.heading)", context)
        })
    }
  }
}

/// A column of a framework matrix.
struct ColumnView {
  let heading: String
  let definition: String
  let path: String
  let hasPath: Bool
}

/// A participant's row.
struct RowView {
  let chip: ChipView
  let number: Int
  let cells: [CellView]
}

/// A cell with everything that leads on from it.
struct CellView {
  let anchor: String
  let state: String
  let words: String
  let label: String
  let isSummarised: Bool
  let runs: [RunView]
  let also: [QuoteLink]
  let hasAlso: Bool
  let passages: [SnippetView]
  let alsoWords: String
  let opens: Bool
  let references: String
  let coded: String
  let byline: String
  let alternatives: [AlternativeView]
  let hasAlternatives: Bool
  let depth: Int
  let stale: String
  let isStale: Bool

  init(
    _ cell: StudyReport.CellEntry, anchor: String, label: String, _ context: PageContext
  ) {
    self.anchor = anchor
    state = cell.state
    words = cell.words
    self.label = "\(label): \(cell.words)"
    isSummarised = !cell.runs.isEmpty
    runs = cell.runs.map { RunView($0) }
    let rest = cell.coded.filter { !cell.references.contains($0) }
    // Where there is no summary, the words themselves are the best that can be shown.
    let isBare = cell.runs.isEmpty
    also = isBare ? [] : rest.map { QuoteLink(number: $0) }
    hasAlso = !also.isEmpty
    passages =
      isBare ? rest.compactMap { context.index.quote($0) }.map { SnippetView($0, length: 90) } : []
    alsoWords =
      cell.references.isEmpty ? Words.count(rest.count, "coded passage") : "also coded"
    alternatives = cell.alternatives.map { AlternativeView($0) }
    hasAlternatives = !cell.alternatives.isEmpty
    opens = !cell.runs.isEmpty || !cell.coded.isEmpty || hasAlternatives
    references = cell.references.map(String.init).joined(separator: " ")
    coded = rest.map(String.init).joined(separator: " ")
    let author = cell.author.isEmpty ? "" : "charted by \(cell.author)"
    let checker = cell.checker.isEmpty ? "" : "checked by \(cell.checker)"
    byline = [author, checker].filter { !$0.isEmpty }.joined(separator: ", ")
    depth = Set(cell.references + cell.coded).count
    stale = context.index.staleness(of: cell)
    isStale = !stale.isEmpty
  }
}

/// A stretch of a summary.
struct RunView {
  let lead: String
  let text: String
  let trail: String
  let kind: String
  let isVerbatim: Bool
  let isComment: Bool
  let isSummary: Bool
  let links: [QuoteLink]

  init(_ run: StudyReport.Stretch) {
    let (lead, body, trail) = run.text.trimmedParts
    self.lead = lead.isEmpty ? "" : " "
    self.trail = trail.isEmpty ? "" : " "
    kind = run.kind
    isVerbatim = run.kind == "verbatim"
    isComment = run.kind == "comment"
    isSummary = !isVerbatim && !isComment
    // The page gives verbatim words their quotation marks itself.
    let isQuoted = isVerbatim && body.hasPrefix("“") && body.hasSuffix("”") && body.count > 1
    text = isQuoted ? String(body.dropFirst().dropLast()) : body
    links = run.references.map { QuoteLink(number: $0) }
  }
}

/// A link to a quote.
struct QuoteLink {
  let number: Int
}

/// What somebody else wrote of a cell.
struct AlternativeView {
  let author: String
  let words: String
  let isSummarised: Bool
  let runs: [RunView]

  init(_ alternative: StudyReport.Alternative) {
    author = alternative.author.isEmpty ? "somebody else" : alternative.author
    words = alternative.words
    isSummarised = !alternative.runs.isEmpty
    runs = alternative.runs.map { RunView($0) }
  }
}
