internal import QDACore

/// A table of a report with the heads of its columns.
struct CSVTable {
  /// The heads of the columns.
  var head: [String]
  /// The rows.
  var rows: [[String]] = []

  init(_ head: [String]) { self.head = head }

  /// The table as a file.
  func file(_ path: String) -> ReportFile {
    ReportFile(path: path, text: CSV.text(of: [head] + rows))
  }
}

/// Columns that resolve the references of a row: one line of each field for each quote.
enum QuoteColumns {
  /// The heads.
  static let head = [
    "quotes", "quote_sources", "quote_lines", "quote_spans", "quote_participants", "quote_words",
  ]

  /// The fields; a row without a reference says so.
  static func fields(_ numbers: [Int], in index: ReportIndex) -> [String] {
    let quotes = numbers.compactMap { index.quote($0) }
    guard !quotes.isEmpty else { return ["none", "", "", "", "", ""] }
    func column(_ field: (StudyReport.Quote) -> String) -> String {
      quotes.map { field($0).onOneLine }.joined(separator: "\n")
    }
    return [
      column { "\($0.number)" }, column(\.sourceName),
      column { $0.line.map(String.init) ?? $0.place }, column(\.span),
      column { $0.participants.map { index.name($0) }.joined(separator: "; ") }, column(\.words),
    ]
  }
}

extension StudyReport.Quote {
  /// The half-open range of Unicode scalars.
  var span: String {
    if let start, let end { "\(start)–\(end)" } else { "" }
  }

  /// The words, or why there are none.
  var words: String { text.isEmpty ? problem ?? place : text }
}

extension [String] {
  /// The values of one field that holds several.
  var joinedField: String { joined(separator: "; ") }
}
