internal import QDACore

extension ReportBuilder {
  /// Reads the sheets of a table in which columns have the roles of a format; other sheets are listed.
  ///
  /// - Parameters:
  ///   - missing: What is said where no sheet has the columns.
  ///   - isKnown: Whether a head without a role is read all the same.
  ///   - find: Finds the columns of a sheet; without it, by the caller's map and the heads.
  ///   - add: Adds what is below the heads.
  /// - Throws: ``ReadingError`` where the file is no table or no sheet has the columns.
  static func read(
    _ bytes: [UInt8], name: String, as format: Format, options: ProjectReadingOptions,
    roles: [ColumnRole], missing: String, isKnown: (String) -> Bool = { _ in false },
    find: ((TableContent, inout ReportBuilder) -> TableColumns?)? = nil,
    add: (TableColumns, inout ReportBuilder) -> Void
  ) throws(ReadingError) -> Reading<Project> {
    let tables = try TableFile.read(bytes, name: name, options: options)
    var builder = ReportBuilder(bytes, name: name, format: format, options: options)
    builder.diagnostics =
      tables.diagnostics + options.checkColumns(roles.map(\.name), file: name)
    var used: [TableContent] = []
    for table in tables.value {
      let found =
        if let find {
          find(table, &builder)
        } else {
          TableColumns(table, roles: roles, options: options)
        }
      guard let columns = found else { continue }
      used.append(table)
      add(columns, &builder)
      builder.diagnostics += columns.unread(except: isKnown)
    }
    guard !used.isEmpty else {
      let role = roles.first(where: \.isRequired)?.name ?? ""
      throw .malformed(
        file: name, line: 1, column: 1, reason: missing + ", as with --column \(role)=HEADING")
    }
    builder.diagnostics += SheetsLeftOut.finding(tables.value, but: used, file: name)
    return builder.finish()
  }
}
