internal import QDACore

/// What a column of another tool's table is for, with the heads that it goes by.
struct ColumnRole: Sendable {
  /// The name by which a caller maps it, such as `code`.
  let name: String
  /// The heads that tools give it, in lower case.
  let heads: [String]
  /// Whether no row can be used without it.
  let isRequired: Bool

  init(_ name: String, _ heads: [String], isRequired: Bool = false) {
    self.name = name
    self.heads = heads
    self.isRequired = isRequired
  }
}

/// Where the columns of a table are, by their roles.
struct TableColumns: Sendable {
  let table: TableContent
  /// The position of the head row among the rows.
  let head: Int
  /// Where each role's column is.
  private(set) var positions: [String: Int]

  /// How far down a head row is looked for: tools put a title or two above it.
  private static let deepestHead = 20

  /// Finds the head row and the columns, by the caller's map and then by heads.
  ///
  /// - Returns: `nil` where no row has all that is required.
  init?(_ table: TableContent, roles: [ColumnRole], options: ProjectReadingOptions) {
    for (index, row) in table.rows.prefix(Self.deepestHead).enumerated() {
      let positions = Self.positions(in: row, roles: roles, options: options)
      if roles.allSatisfy({ !$0.isRequired || positions[$0.name] != nil }) {
        self.table = table
        head = index
        self.positions = positions
        return
      }
    }
    return nil
  }

  /// Takes the columns by their order, below the first row.
  init(_ table: TableContent, inOrder roles: [ColumnRole]) {
    self.table = table
    head = 0
    positions = [:]
    for (column, role) in roles.enumerated() { positions[role.name] = column }
  }

  private static func positions(
    in row: TableContent.Row, roles: [ColumnRole], options: ProjectReadingOptions
  ) -> [String: Int] {
    var byHead: [String: Int] = [:]
    for cell in row.cells where byHead[key(cell.text)] == nil {
      byHead[key(cell.text)] = cell.column
    }
    var found: [String: Int] = [:]
    for role in roles {
      switch options.columns[role.name] {
      case .head(let head)?: found[role.name] = byHead[key(head)]
      case .position(let position)?: if position >= 1 { found[role.name] = position - 1 }
      case nil: found[role.name] = role.heads.firstNonNil { byHead[$0] }
      }
    }
    return found
  }

  /// A head without differences that do not matter: capitals, space, a colon at the end.
  static func key(_ head: String) -> String {
    let words = head.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.hasSuffix(":") ? String(words.dropLast()).trimmed : words
  }

  /// The rows below the head.
  var rows: ArraySlice<TableContent.Row> { table.rows.dropFirst(head + 1) }

  /// The heads as written, by column.
  var heads: [TableContent.Cell] {
    table.rows.indices.contains(head) ? table.rows[head].cells : []
  }

  /// Whether the head is the first row, and every column that was found is where the order has it.
  func isInOrder(of roles: [ColumnRole]) -> Bool {
    head == 0
      && roles.enumerated().allSatisfy { index, role in (positions[role.name] ?? index) == index }
  }

  /// Whether the table has a column for a role.
  func has(_ role: String) -> Bool { positions[role] != nil }

  /// The text of a role's column in a row; empty where there is none.
  func text(_ role: String, _ row: TableContent.Row) -> String {
    positions[role].map { row[$0] } ?? ""
  }

  /// The cell of a role's column in a row.
  func cell(_ role: String, _ row: TableContent.Row) -> TableContent.Cell? {
    positions[role].flatMap { row.cell($0) }
  }

  /// Where a role's cell is.
  func place(_ role: String, _ row: TableContent.Row) -> Place {
    table.place(of: row, positions[role])
  }

  /// A finding for the columns that no role has, but for those that the reader knows anyway.
  func unread(except known: (String) -> Bool = { _ in false }) -> [Diagnostic] {
    let taken = Set(positions.values)
    let unread = heads.filter {
      !taken.contains($0.column) && !$0.text.trimmed.isEmpty && !known($0.text)
    }
    if unread.isEmpty { return [] }
    return [
      Diagnostic(
        "report.column-unread", .warning,
        at: .file(table.file, line: unread[0].place.line, column: unread[0].place.column),
        "columns have no place in a study and are left out",
        notes: unread.prefix(20).map { "'\($0.text.trimmed)'" },
        solutions: ["say which column holds what, or copy what matters into a note"],
        count: unread.count)
    ]
  }
}

extension ProjectReadingOptions {
  /// Findings for mapped columns of which the format knows nothing.
  func checkColumns(_ roles: [String], file: String) -> [Diagnostic] {
    columns.keys.sorted().filter { !roles.contains($0) }.map { name in
      Diagnostic(
        "report.role-unknown", .warning, at: .file(file, line: 0, column: 0),
        "nothing is known of a column '\(name)' in this format; the mapping is left alone",
        notes: Suggestion.notes(for: name, among: roles),
        solutions: ["map one of: \(roles.joined(separator: ", "))"])
    }
  }
}

extension Sequence {
  /// The first value that a transformation gives.
  func firstNonNil<Result>(_ transform: (Element) -> Result?) -> Result? {
    for element in self {
      if let result = transform(element) { return result }
    }
    return nil
  }
}
