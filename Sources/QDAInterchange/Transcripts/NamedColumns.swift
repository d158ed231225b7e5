internal import QDACore

/// The columns that a caller names, as far as a heading row has them.
struct NamedColumns {
  /// What is named and not there, in the order of ``TurnColumn``.
  private(set) var missing: [TurnColumn] = []
  /// Whether the heading row is one: a title is named, or the column of a number has a known one.
  private(set) var isTitled = false
  private var columns: [TurnColumn: Int] = [:]

  init() {}

  /// Looks for titles, or for numbers from 1, among the keys of a heading row.
  init(_ asked: [TurnColumn: String], _ keys: [String]) {
    for column in TurnColumn.allCases {
      guard let wanted = asked[column] else { continue }
      if let index = keys.firstIndex(of: LabelKey.key(of: wanted)) {
        columns[column] = index
        isTitled = true
      } else if let number = Int(wanted), keys.indices.contains(number - 1) {
        columns[column] = number - 1
        isTitled = isTitled || Self.isKnown(keys[number - 1], for: column)
      } else {
        missing.append(column)
      }
    }
  }

  private static func isKnown(_ key: String, for column: TurnColumn) -> Bool {
    let words = TurnColumns.wordsTitles.union(TurnColumns.countTitles)
    let times = TurnColumns.timeTitles.union(TurnColumns.endTitles)
    return TurnColumns.speakerTitles.union(words).union(times).contains(key)
      || column == .speaker && TurnColumns.caseTitles.contains(key)
  }

  subscript(column: TurnColumn) -> Int? { columns[column] }

  /// Whether a column is one of those named.
  func isTaken(_ column: Int) -> Bool { columns.values.contains(column) }
}

extension TurnTable {
  /// Reports columns that a caller names and that a document's table does not have.
  ///
  /// - Parameter found: The table of turns, or `nil` where none was found.
  static func columnsNotFound(
    in document: RichDocument, found: TurnTable?, options: TranscriptOptions, name: String
  ) -> [Diagnostic] {
    guard !options.columns.isEmpty, let table = document.tables.max(by: { $0.count < $1.count })
    else { return [] }
    let lines = found?.lines ?? Lines(document.text)
    var counter = ScalarCounter(lines.scalars)
    let cells = table.map { row in row.map { counter.range($0) } }
    guard let first = cells.first else { return [] }
    let heading = found == nil ? cells[TurnColumns.heading(of: cells, lines)] : first
    let titles =
      found?.columns.titles ?? heading.map { lines.string($0).trimmingLayoutSpace }
    let missing =
      found?.columns.named.missing
      ?? NamedColumns(options.columns, titles.map { LabelKey.key(of: $0) }).missing
    let place = Locator(lines, name: name).place(heading.first?.lowerBound ?? 0)
    let filled = titles.filter { !$0.isEmpty }
    let there = "the columns are " + filled.prefix(20).map { "'\($0)'" }.joined(separator: ", ")
    var findings = missing.map { column in
      let wanted = options.columns[column] ?? ""
      return Diagnostic(
        "table.column-not-found", .warning, at: place,
        "the table has no column '\(wanted)', which is named for the \(column.rawValue)",
        raw: wanted, notes: Suggestion.notes(for: wanted, among: filled) + [there],
        solutions: ["name the column by its title or number: \(column.rawValue) = 2"])
    }
    if found == nil, options.columns[.text] == nil {
      findings.append(
        Diagnostic(
          "table.column-not-found", .warning, at: place,
          "no column is known to hold the words, and none is named", notes: [there],
          solutions: ["name it as well: text = 2"]))
    }
    return findings
  }
}
