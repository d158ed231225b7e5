internal import QDACore

extension StudyReport {
  /// The framework matrix of one theme.
  public struct ChartTable: Hashable, Sendable, Codable {
    /// The theme's key.
    public var id: String
    /// The theme's number.
    public var number: String
    /// The theme's name.
    public var name: String
    /// What it means.
    public var definition: String
    /// The subthemes.
    public var columns: [Column]
    /// Every cell, row by row in the order of the participants.
    public var cells: [CellEntry]
    /// How many cells are in each state, in a fixed order; states that do not occur are left out.
    public var states: [StateCount]
    /// How many cells hold at least one coded passage, charted or not.
    public var coded: Int
    /// What there is, in a sentence.
    public var words: String
    /// What is not shown, in sentences.
    public var notes: [String]
  }

  /// A column of a framework matrix.
  public struct Column: Hashable, Sendable, Codable {
    /// The code's key.
    public var code: String
    /// The code's number.
    public var number: String
    /// The code's name.
    public var name: String
    /// The names of the codes between the theme and this one.
    public var path: [String]
    /// What it means.
    public var definition: String
  }

  /// How many cells are in a state.
  public struct StateCount: Hashable, Sendable, Codable {
    /// The state's name.
    public var state: String
    /// The state in words.
    public var words: String
    /// How many cells are in it.
    public var count: Int
    /// Of how many.
    public var of: Int
  }

  /// What a participant says under a code.
  public struct CellEntry: Hashable, Sendable, Codable {
    /// The participant's key.
    public var participant: String
    /// The code's key.
    public var code: String
    /// The state's name.
    public var state: String
    /// The state in words.
    public var words: String
    /// The summary in stretches: verbatim, summary, comment.
    public var runs: [Stretch]
    /// The quotes on which the summary rests, by number.
    public var references: [Int]
    /// The quotes of the participant with this code, by number, charted or not.
    public var coded: [Int]
    /// Who wrote it.
    public var author: String
    /// Who checked it.
    public var checker: String
    /// What other people wrote; none of it is chosen.
    public var alternatives: [Alternative]
  }

  /// A stretch of a summary.
  public struct Stretch: Hashable, Sendable, Codable {
    /// `verbatim`, `summary` or `comment`.
    public var kind: String
    /// The words.
    public var text: String
    /// The quotes on which it rests, by number.
    public var references: [Int]
  }

  /// A summary by somebody else.
  public struct Alternative: Hashable, Sendable, Codable {
    /// The state's name.
    public var state: String
    /// The state in words.
    public var words: String
    /// The summary.
    public var runs: [Stretch]
    /// Who wrote it.
    public var author: String
  }

  /// A theme without a matrix.
  public struct LeftOut: Hashable, Sendable, Codable {
    /// The theme's number and name.
    public var theme: String
    /// Why it has none.
    public var reason: String
  }
}

extension CellState {
  /// The state as a reader sees it.
  var words: String {
    switch self {
    case .summarised: "summarised"
    case .nothingSaid: "nothing said"
    case .askedNotAnswered: "asked, not answered"
    case .notAsked: "not asked"
    case .notCharted: "not charted"
    }
  }
}

extension Collector {
  func charts() -> (shown: [StudyReport.ChartTable], leftOut: [StudyReport.LeftOut]) {
    let coded = codedPassages()
    let used = Set(coded.keys.map(\.column)).union(project.cells.keys.map(\.column))
    var shown: [StudyReport.ChartTable] = []
    var leftOut: [StudyReport.LeftOut] = []
    for chart in project.charts {
      // A theme may be coded itself beside its subthemes.
      let own = chart.columns.contains { $0.id == chart.theme.id } ? [] : [chart.theme]
      let all = own.filter { used.contains($0.id) } + chart.columns
      guard all.contains(where: { used.contains($0.id) }) else {
        leftOut.append(
          StudyReport.LeftOut(
            theme: labels.title(of: chart.theme.id), reason: "nothing is charted or coded under it")
        )
        continue
      }
      shown.append(table(of: chart, columns: all, coded: coded))
    }
    return (shown, leftOut)
  }

  /// The accepted coded passages of each case under each code, by number.
  private func codedPassages() -> [Cell.Key: [Int]] {
    var coded: [Cell.Key: Set<Int>] = [:]
    for coding in project.codings.all where coding.status == .accepted {
      guard let number = numbers[coding.passage] else { continue }
      for owner in owners[coding.passage] ?? [] {
        coded[Cell.Key(row: owner, column: coding.code), default: []].insert(number)
      }
    }
    return coded.mapValues { $0.sorted() }
  }

  private func table(
    of chart: Chart, columns all: [Code], coded: [Cell.Key: [Int]]
  ) -> StudyReport.ChartTable {
    var notes: [String] = []
    var columns = all
    // Where nobody charts, the sections that hold no quote are the document's, not the analysis's.
    if project.cells.isEmpty {
      let empty = columns.filter { column in
        !chart.rows.contains { coded[Cell.Key(row: $0.id, column: column.id)] != nil }
      }
      columns.removeAll { column in empty.contains { $0.id == column.id } }
      if !empty.isEmpty {
        notes.append(
          "Without a coded passage and not shown: "
            + Words.list(empty.map { labels.title(of: $0.id) }) + ".")
      }
    }
    let cells = chart.rows.flatMap { row in
      columns.map { column in
        entry(chart[row.id, column.id], coded: coded[Cell.Key(row: row.id, column: column.id)])
      }
    }
    let states = CellState.allCases.compactMap { state -> StudyReport.StateCount? in
      let count = cells.count { $0.state == state.rawValue }
      return count == 0
        ? nil
        : StudyReport.StateCount(
          state: state.rawValue, words: state.words, count: count, of: cells.count)
    }
    let filled = cells.count { !$0.coded.isEmpty }
    return StudyReport.ChartTable(
      id: labels[.code(chart.theme.id)], number: chart.theme.number, name: chart.theme.name,
      definition: chart.theme.definition,
      columns: columns.map { column in
        let above = project.codebook.ancestors(of: column.id).reversed().dropFirst()
        return StudyReport.Column(
          code: labels[.code(column.id)], number: column.number, name: column.name,
          path: above.map(\.name), definition: column.definition)
      },
      cells: cells, states: states, coded: filled,
      words: words(cells: cells.count, states: states, coded: filled), notes: notes)
  }

  private func words(cells: Int, states: [StudyReport.StateCount], coded: Int) -> String {
    let summarised = states.first { $0.state == CellState.summarised.rawValue }
    if summarised == nil, states.allSatisfy({ $0.state == CellState.notCharted.rawValue }) {
      return "\(coded) of \(cells) cells have a quotation; the rest are empty. Nothing is charted."
    }
    let counted = states.map { "\($0.count) \($0.words)" }
    return "Of \(cells) cells, " + Words.list(counted) + ". "
      + "\(coded) of \(cells) have a coded passage."
  }

  private func entry(_ cell: Cell, coded: [Int]?) -> StudyReport.CellEntry {
    StudyReport.CellEntry(
      participant: labels[.case(cell.key.row)], code: labels[.code(cell.key.column)],
      state: cell.state.rawValue, words: cell.state.words, runs: stretches(cell.runs),
      references: numbers(of: cell.references), coded: coded ?? [], author: name(of: cell.author),
      checker: cell.checker.map { name(of: $0) } ?? "",
      alternatives: cell.alternatives.map {
        StudyReport.Alternative(
          state: $0.state.rawValue, words: $0.state.words, runs: stretches($0.runs),
          author: name(of: $0.author))
      })
  }

  private func stretches(_ runs: [Run]) -> [StudyReport.Stretch] {
    runs.map {
      StudyReport.Stretch(
        kind: $0.kind.rawValue, text: $0.text, references: numbers(of: $0.references))
    }
  }
}
