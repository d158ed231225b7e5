/// A table that can be recognised by the line on which it begins.
protocol StudyTable {
  /// The lines that it takes.
  var lines: Range<Int> { get }

  /// Reads the table that begins on a line, or `nil` when none does.
  init?(in study: StudyText, at start: Int)
}

extension StudyText {
  /// All tables of a kind, in order.
  func tables<Table: StudyTable>(_ kind: Table.Type) -> [Table] {
    var tables: [Table] = []
    var line = 0
    while let start = nextLine(from: line) {
      if let table = Table(in: self, at: start) {
        tables.append(table)
        line = table.lines.upperBound
      } else {
        line = start + 1
      }
    }
    return tables
  }
}
