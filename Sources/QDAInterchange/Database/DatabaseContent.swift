internal import QDACore

/// The tables of another tool's database, whose columns differ from version to version.
///
/// What a cell holds is never taken on trust: a value of another type than expected counts as
/// missing, and is counted in a finding.
final class DatabaseContent {
  /// The file's name, for messages.
  let file: String
  /// What was noticed, equal findings counted as one.
  private(set) var diagnostics: [Diagnostic] = []
  private let database: SQLiteDatabase
  private var positions: [String: Int] = [:]
  private var used: Set<String> = []

  init(_ bytes: [UInt8], file: String, limits: ArchiveLimits) throws(ReadingError) {
    database = try SQLiteDatabase(bytes, file: file, limit: limits.partSize)
    self.file = file
  }

  /// Whether there is a table with these columns.
  func has(_ table: String, _ columns: String...) -> Bool {
    guard let present = database.tables[table] else { return false }
    return columns.allSatisfy(present.contains)
  }

  /// The rows of a table, in the order of some of its columns and then of the file.
  ///
  /// - Parameters:
  ///   - required: Columns without which the table says nothing.
  ///   - optional: Columns that some versions lack; their values are then missing.
  /// - Throws: `missingPart` where the table or a required column is absent.
  func rows(
    _ table: String, _ required: [String], optional: [String] = [], orderedBy order: [String] = []
  ) throws(ReadingError) -> [DatabaseRow] {
    guard let present = database.tables[table] else {
      throw .missingPart(file: file, part: "table \(table)")
    }
    if let column = required.first(where: { !present.contains($0) }) {
      throw .missingPart(file: file, part: "column \(column) of table \(table)")
    }
    used.insert(table)
    let columns = required + optional.filter(present.contains)
    var names: [String: Int] = [:]
    for (index, column) in columns.enumerated() { names[column] = index }
    var rows: [DatabaseRow] = []
    try database.read(table, columns: columns, orderedBy: order.filter(present.contains)) {
      values throws(ReadingError) in
      rows.append(DatabaseRow(table: table, names: names, values: values, content: self))
    }
    return rows
  }

  /// The rows of a table that need not be there; none where it or a required column is absent.
  func rowsIfPresent(
    _ table: String, _ required: [String], optional: [String] = [], orderedBy order: [String] = []
  ) throws(ReadingError) -> [DatabaseRow] {
    guard let present = database.tables[table] else { return [] }
    if let column = required.first(where: { !present.contains($0) }) {
      add(
        Diagnostic(
          "database.column-missing", .warning, at: place,
          "the table '\(table)' has no column '\(column)' and is left out",
          solutions: ["open the project in the program that wrote it and save it again"]))
      return []
    }
    return try rows(table, required, optional: optional, orderedBy: order)
  }

  /// Notes the tables that hold rows for which there is no place, and have not been read.
  ///
  /// - Parameter known: Tables that are about the program and not about the study.
  func noteUnread(except known: Set<String>) throws(ReadingError) {
    for table in database.tables.keys.sorted() where !used.contains(table) && !known.contains(table)
    {
      guard let column = database.tables[table]?.first else { continue }
      var count = 0
      try database.read(table, columns: [column], orderedBy: []) { _ in count += 1 }
      if count > 0 { leftOut(count, "rows of the table '\(table)'") }
    }
  }

  /// Notes what a project cannot hold.
  func leftOut(_ count: Int, _ what: String) {
    if count == 0 { return }
    add(
      Diagnostic(
        "database.left-out", .note, at: place, "there is no place for the \(what), left out",
        solutions: ["keep the file if you need them"], count: count))
  }

  /// Notes a row that names another which is not there.
  ///
  /// - Parameter isKept: Whether the row stays without it.
  func missing(_ what: String, for row: String, isKept: Bool = false) {
    add(
      Diagnostic(
        "database.reference-missing", .warning, at: place,
        "a \(row) names a \(what) that is not in the file, and is \(isKept ? "kept without" : "left out")",
        solutions: ["open the project in the program that wrote it and repair it there"]))
  }

  /// Adds a finding; one that says the same as an earlier one raises its count.
  func add(_ diagnostic: Diagnostic) {
    let key = "\(diagnostic.id)\n\(diagnostic.summary)"
    if let position = positions[key] {
      diagnostics[position].count += diagnostic.count
    } else {
      positions[key] = diagnostics.count
      diagnostics.append(diagnostic)
    }
  }

  /// The file as the place of a finding.
  var place: Place { .file(file, line: 0, column: 0) }

  fileprivate func invalid(_ row: DatabaseRow, _ column: String, _ expected: String) {
    add(
      Diagnostic(
        "database.value-invalid", .warning, at: place,
        "the column '\(column)' of the table '\(row.table)' holds something other than \(expected)",
        explanation: "The value counts as missing.",
        solutions: ["open the project in the program that wrote it and repair it there"]))
  }
}

/// A row of a table.
struct DatabaseRow {
  /// The table's name.
  let table: String
  fileprivate let names: [String: Int]
  fileprivate let values: [DatabaseValue]
  fileprivate let content: DatabaseContent

  init(
    table: String, names: [String: Int], values: [DatabaseValue], content: DatabaseContent
  ) {
    self.table = table
    self.names = names
    self.values = values
    self.content = content
  }

  private func value(_ column: String) -> DatabaseValue {
    guard let index = names[column], index < values.count else { return .null }
    return values[index]
  }

  /// A text, or `nil` where the cell is empty; a number counts as its digits.
  func text(_ column: String) -> String? {
    switch value(column) {
    case .null: return nil
    case .text(let text): return text
    case .integer(let number): return String(number)
    case .real(let number):
      return Int(exactly: number).map(String.init) ?? "\(number)"
    case .bytes(let bytes):
      if let text = String(validating: bytes, as: UTF8.self) { return text }
      content.invalid(self, column, "text in UTF-8")
      return nil
    }
  }

  /// A text, empty where there is none.
  func string(_ column: String) -> String { text(column) ?? "" }

  /// A whole number, or `nil` where the cell is empty or holds anything else.
  func integer(_ column: String) -> Int? {
    switch value(column) {
    case .null: return nil
    case .integer(let number): return Int(number)
    case .real(let number):
      if let whole = Int(exactly: number) { return whole }
    case .text(let text):
      if let whole = Int(text) ?? Double(text).flatMap({ Int(exactly: $0) }) { return whole }
    case .bytes: break
    }
    content.invalid(self, column, "a whole number")
    return nil
  }
}
