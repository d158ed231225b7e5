/// The framework matrix of one theme: every case by every subtheme, in the study's order.
///
/// A view of the project's cells, made anew whenever it is asked for: a cell is the same in
/// whatever chart shows it.
public struct Chart: Hashable, Sendable {
  /// The theme.
  public let theme: Code
  /// The subthemes in the order of the framework; the theme itself where it has none.
  public let columns: [Code]
  /// The cases, in the same order in every chart.
  public let rows: [Case]
  private let cells: [Cell.Key: Cell]

  init(theme: Code, columns: [Code], rows: [Case], cells: [Cell.Key: Cell]) {
    self.theme = theme
    self.columns = columns
    self.rows = rows
    self.cells = cells
  }

  /// The cell of a case under a code; one that nobody has charted says so.
  public subscript(row: ID<Case>, column: ID<Code>) -> Cell {
    let key = Cell.Key(row: row, column: column)
    return cells[key] ?? Cell(key: key, state: .notCharted)
  }

  /// How many cells are in each state; the counts add up to rows × columns.
  public var counts: [CellState: Int] {
    var counts: [CellState: Int] = [:]
    for row in rows {
      for column in columns {
        let key = Cell.Key(row: row.id, column: column.id)
        counts[cells[key]?.state ?? .notCharted, default: 0] += 1
      }
    }
    return counts
  }
}

extension Project {
  /// The chart of a theme, or `nil` when the codebook has no such code.
  public func chart(of theme: ID<Code>) -> Chart? {
    guard let code = codebook.codes[theme] else { return nil }
    let below = codebook.descendants(of: theme).filter(\.isCodable)
    return Chart(
      theme: code, columns: below.isEmpty ? [code] : below, rows: rows, cells: cells)
  }

  /// The charts of all themes, in the order of the framework.
  public var charts: [Chart] { codebook.themes.compactMap { chart(of: $0.id) } }
}
