internal import CSQLite

/// A value in a database, of the type that its own cell has: columns of SQLite promise nothing.
enum DatabaseValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case bytes([UInt8])
}

/// An SQLite database held in memory: the only file that sees SQLite's C API.
///
/// The bytes are a copy and read-only, so nothing is ever written, neither to the file nor beside
/// it. Only ordinary columns of ordinary tables are read: views, virtual tables and generated
/// columns could run what a hostile schema says, and triggers never fire where nothing is written.
@safe
struct SQLiteDatabase: ~Copyable {
  /// The columns of each ordinary table, in their order; all names in lower case.
  let tables: [String: [String]]
  /// The file's name, for messages.
  let file: String
  private let handle: OpaquePointer
  private let bytes: UnsafeMutableBufferPointer<UInt8>

  /// The bytes with which every database begins.
  static let magic = Array("SQLite format 3\0".utf8)

  /// Opens a database, copying its bytes.
  ///
  /// - Throws: `notText` for other content, `encrypted` where it looks so, `corruptArchive` where
  ///   the database is damaged or cut off, `tooLarge` beyond the limit.
  init(_ content: [UInt8], file: String, limit: Int) throws(ReadingError) {
    if content.count > limit { throw .tooLarge(file: file, part: "database", limit: limit) }
    guard content.starts(with: Self.magic), content.count >= 100 else {
      if content.starts(with: Self.magic) {
        throw .corruptArchive(file: file, reason: "the database ends within its header")
      }
      if content.looksEncrypted { throw .encrypted(file: file) }
      throw .notText(file: file, reason: "it is no SQLite database")
    }
    try Self.checkLength(of: content, file: file)
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: content.count)
    for (index, byte) in content.enumerated() { unsafe copy[index] = byte }
    // A database with a write-ahead log opens only with a file beside it; these two bytes say so.
    for index in 18...19 where content[index] == 2 { unsafe copy[index] = 1 }
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX
    guard unsafe sqlite3_open_v2(":memory:", &opened, flags, nil) == SQLITE_OK,
      let handle = unsafe opened
    else {
      unsafe sqlite3_close(opened)
      unsafe copy.deallocate()
      throw .corruptArchive(file: file, reason: "SQLite cannot be started")
    }
    let count = sqlite3_int64(content.count)
    let result = unsafe sqlite3_deserialize(
      handle, "main", copy.baseAddress, count, count, UInt32(SQLITE_DESERIALIZE_READONLY))
    do throws(ReadingError) {
      guard result == SQLITE_OK else {
        throw .corruptArchive(file: file, reason: "the database cannot be opened")
      }
      // Not before: taking the bytes is an ATTACH. No byte of the schema has been read yet.
      unsafe Self.restrict(handle, toLength: limit)
      // Sorting a large table must not spill to a file.
      try unsafe Self.run("PRAGMA temp_store = MEMORY", on: handle, file: file) { _ in }
      tables = try unsafe Self.schema(of: handle, file: file)
    } catch {
      unsafe sqlite3_close(handle)
      unsafe copy.deallocate()
      throw error
    }
    unsafe self.handle = handle
    unsafe bytes = copy
    self.file = file
  }

  deinit {
    unsafe sqlite3_close(handle)
    unsafe bytes.deallocate()
  }

  /// Reports the rows of a table with the values of some of its columns, in the order given.
  ///
  /// - Parameters:
  ///   - columns: The columns; all must be in ``tables``.
  ///   - order: The columns to order by, before the order in which the rows are stored.
  /// - Throws: `corruptArchive` where the table is damaged, or what `report` throws.
  func read(
    _ table: String, columns: [String], orderedBy order: [String],
    report: ([DatabaseValue]) throws(ReadingError) -> Void
  ) throws(ReadingError) {
    let list = columns.map(Self.quoted).joined(separator: ", ")
    var query = "SELECT \(list) FROM main.\(Self.quoted(table))"
    if !order.isEmpty { query += " ORDER BY \(order.map(Self.quoted).joined(separator: ", "))" }
    try unsafe Self.run(query, on: handle, file: file, report: report)
  }

  // MARK: - SQLite

  private static func checkLength(of content: [UInt8], file: String) throws(ReadingError) {
    func number(_ range: Range<Int>) -> Int { content[range].reduce(0) { $0 << 8 | Int($1) } }
    let written = number(16..<18)
    let page = written == 1 ? 65_536 : written
    // The number of pages counts only where the two counters of changes agree.
    let isStated = number(24..<28) == number(92..<96) && number(28..<32) > 0
    let needed = isStated ? page * number(28..<32) : page
    if content.count < needed {
      throw .corruptArchive(
        file: file, reason: "the database has \(content.count) of \(needed) bytes")
    }
  }

  private static func restrict(_ handle: OpaquePointer, toLength limit: Int) {
    for (option, value) in [
      (SQLITE_DBCONFIG_DEFENSIVE, 1), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
      (SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0), (SQLITE_DBCONFIG_ENABLE_TRIGGER, 0),
      (SQLITE_DBCONFIG_ENABLE_VIEW, 0), (SQLITE_DBCONFIG_DQS_DML, 0),
      (SQLITE_DBCONFIG_DQS_DDL, 0),
    ] {
      _ = unsafe qda_sqlite3_configure(handle, option, Int32(value))
    }
    for (option, value) in [
      (SQLITE_LIMIT_LENGTH, Int32(clamping: limit)), (SQLITE_LIMIT_SQL_LENGTH, 1 << 20),
      (SQLITE_LIMIT_ATTACHED, 0), (SQLITE_LIMIT_COLUMN, 256), (SQLITE_LIMIT_EXPR_DEPTH, 64),
      (SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
      _ = unsafe sqlite3_limit(handle, option, value)
    }
    // Reading columns is all that is ever done here, so nothing else is allowed.
    _ = unsafe sqlite3_set_authorizer(
      handle,
      { _, action, _, _, _, _ in
        [SQLITE_SELECT, SQLITE_READ, SQLITE_PRAGMA].contains(action) ? SQLITE_OK : SQLITE_DENY
      }, nil)
  }

  private static func schema(
    of handle: OpaquePointer, file: String
  ) throws(ReadingError) -> [String: [String]] {
    var names: [String] = []
    try unsafe run("PRAGMA main.table_list", on: handle, file: file) { row throws(ReadingError) in
      guard row.count >= 3, case .text(let schema) = row[0], schema == "main",
        case .text(let name) = row[1], row[2] == .text("table")
      else { return }
      if !name.lowercased().hasPrefix("sqlite_") { names.append(name) }
    }
    guard names.count <= 1000 else {
      throw .tooLarge(file: file, part: "list of tables", limit: 1000)
    }
    var tables: [String: [String]] = [:]
    for name in names {
      var columns: [String] = []
      let query = "PRAGMA main.table_xinfo(\(quoted(name)))"
      try unsafe run(query, on: handle, file: file) { row throws(ReadingError) in
        // The last field is not 0 for generated columns and those of virtual tables.
        guard row.count >= 7, case .text(let column) = row[1], row[6] == .integer(0) else { return }
        columns.append(column.lowercased())
      }
      tables[name.lowercased()] = columns
    }
    return tables
  }

  private static func run(
    _ query: String, on handle: OpaquePointer, file: String,
    report: ([DatabaseValue]) throws(ReadingError) -> Void
  ) throws(ReadingError) {
    var prepared: OpaquePointer?
    let status = unsafe sqlite3_prepare_v2(handle, query, -1, &prepared, nil)
    guard status == SQLITE_OK, let statement = unsafe prepared else {
      throw unsafe failure(handle, file)
    }
    defer { unsafe sqlite3_finalize(statement) }
    while true {
      switch unsafe sqlite3_step(statement) {
      case SQLITE_ROW:
        let count = unsafe sqlite3_column_count(statement)
        try report((0..<count).map { unsafe value(at: $0, of: statement) })
      case SQLITE_DONE: return
      default: throw unsafe failure(handle, file)
      }
    }
  }

  private static func value(at column: Int32, of statement: OpaquePointer) -> DatabaseValue {
    switch unsafe sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: return .integer(unsafe sqlite3_column_int64(statement, column))
    case SQLITE_FLOAT: return .real(unsafe sqlite3_column_double(statement, column))
    case SQLITE_NULL: return .null
    case let type:
      // For text first its pointer, then its length: in this order SQLite converts it once.
      let start =
        type == SQLITE_TEXT
        ? unsafe UnsafeRawPointer(sqlite3_column_text(statement, column))
        : unsafe sqlite3_column_blob(statement, column)
      let count = unsafe Int(sqlite3_column_bytes(statement, column))
      let content = unsafe UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
      if type == SQLITE_TEXT, let text = unsafe String(validating: content, as: UTF8.self) {
        return .text(text)
      }
      return .bytes(unsafe Array(content))
    }
  }

  private static func failure(_ handle: OpaquePointer, _ file: String) -> ReadingError {
    switch unsafe sqlite3_errcode(handle) {
    case SQLITE_NOTADB: .encrypted(file: file)
    case SQLITE_TOOBIG: .tooLarge(file: file, part: "a value", limit: Int(Int32.max))
    default: .corruptArchive(file: file, reason: unsafe String(cString: sqlite3_errmsg(handle)))
    }
  }

  private static func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}

extension [UInt8] {
  /// Whether the bytes are as even as those of an encrypted database, in whole pages.
  fileprivate var looksEncrypted: Bool {
    guard count >= 1024, count.isMultiple(of: 512) else { return false }
    return Set(prefix(1024)).count > 230
  }
}
