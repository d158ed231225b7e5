internal import QDACore

/// A table as rows of text, whatever file it came from.
///
/// Only cells that hold something are kept, so that a sheet whose one value stands in its last
/// corner costs no more than that value.
struct TableContent: Sendable {
  /// A cell that holds something.
  struct Cell: Sendable {
    /// What a value was marked as in the file.
    enum Kind: Sendable {
      /// Text, or nothing is known.
      case text
      /// A number, in decimal digits.
      case number
      /// A date or a time in the form of ISO 8601.
      case date
      /// `true` or `false`.
      case flag
      /// What a spreadsheet shows for a failed formula, such as `#REF!`.
      case failure
    }

    /// The position in the row, from 0.
    var column: Int
    /// The value as people read it; line ends are `\n`.
    var text: String
    /// What it was marked as.
    var kind: Kind = .text
    /// How far it is indented by its format.
    var indent = 0
    /// Where it is in the file: line and column, or row and column of a sheet, from 1.
    var place: LineColumn
  }

  /// A row that holds something.
  struct Row: Sendable {
    /// The row's number in a sheet, or the line of a file on which it begins, from 1.
    var number: Int
    /// The cells by column.
    var cells: [Cell]

    /// The cell in a column, or `nil`.
    ///
    /// - Complexity: O(log *n*) in the cells of the row.
    func cell(_ column: Int) -> Cell? {
      // Rows are full as a rule, and then the position says it.
      if cells.indices.contains(column), cells[column].column == column { return cells[column] }
      var (low, high) = (0, cells.count)
      while low < high {
        let middle = (low + high) / 2
        if cells[middle].column < column { low = middle + 1 } else { high = middle }
      }
      return low < cells.count && cells[low].column == column ? cells[low] : nil
    }

    /// The text in a column without white space around it; empty where there is none.
    subscript(column: Int) -> String { cell(column)?.text.trimmed ?? "" }

    /// Whether no cell has more than white space.
    var isBlank: Bool { cells.allSatisfy { $0.text.allSatisfy(\.isWhitespace) } }
  }

  /// The name of the file, for messages.
  var file: String
  /// The name of the sheet; empty where the file is one table.
  var name = ""
  /// The rows in order, blank ones left out.
  var rows: [Row]

  /// The cells of a sheet that have a formula without a value: row and column, from 1.
  var uncomputed: Set<LineColumn> = []

  /// The number of columns that hold something.
  var width: Int { rows.reduce(0) { max($0, ($1.cells.last?.column ?? -1) + 1) } }

  /// Where a row begins, for a diagnostic.
  func place(of row: Row) -> Place { .file(file, line: row.number, column: 1) }

  /// Where a cell is, or its row where there is no such cell.
  func place(of row: Row, _ column: Int?) -> Place {
    guard let column, let cell = row.cell(column) else { return place(of: row) }
    return .file(file, line: cell.place.line, column: cell.place.column)
  }

  /// The row as it is shown in a diagnostic.
  func line(of row: Row) -> String { row.cells.map(\.text).joined(separator: " | ") }
}

extension TableContent {
  /// The content of a table of comma-separated values.
  init(_ table: CSVTable) {
    file = table.name
    rows = ([table.head].compactMap(\.self) + table.records).compactMap { record in
      let cells = record.fields.enumerated().compactMap { column, field -> Cell? in
        guard !field.text.isEmpty else { return nil }
        return Cell(
          column: column, text: field.text,
          place: LineColumn(line: field.line, column: field.column))
      }
      let row = Row(number: record.line, cells: cells)
      return row.isBlank ? nil : row
    }
  }
}
