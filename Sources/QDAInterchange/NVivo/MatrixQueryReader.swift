internal import QDACore

/// Reads the sheet of a matrix coding query of NVivo: how often each case is coded with each code.
///
/// Heads are `A : name` and rows `1 : name`. Counts are not codings: they become a note.
enum MatrixQueryReader {
  /// Reads the codes and the cases, with the counts as a note for each sheet.
  ///
  /// - Throws: ``ReadingError`` where no sheet has the layout.
  static func read(
    _ bytes: [UInt8], name: String, options: ProjectReadingOptions
  ) throws(ReadingError) -> Reading<Project> {
    let tables = try TableFile.read(bytes, name: name, options: options)
    var builder = ReportBuilder(bytes, name: name, format: .nvivoMatrix, options: options)
    builder.diagnostics = tables.diagnostics + options.checkColumns([], file: name)
    let matrices = tables.value.filter(recognises)
    guard !matrices.isEmpty else {
      throw .malformed(
        file: name, line: 1, column: 1,
        reason: "no sheet has heads such as 'A : name' and rows such as '1 : code'")
    }
    for table in matrices { add(table, to: &builder) }
    builder.diagnostics += SheetsLeftOut.finding(tables.value, but: matrices, file: name)
    return builder.finish()
  }

  /// Whether a table's heads and row names are counted as in a matrix.
  static func recognises(_ table: TableContent) -> Bool {
    guard let head = table.rows.first, table.rows.count >= 2 else { return false }
    let heads = head.cells.filter { $0.column > 0 && !$0.text.trimmed.isEmpty }
    return !heads.isEmpty && head[0].isEmpty
      && heads.allSatisfy { isCounted($0.text, byLetters: true) }
      && table.rows.dropFirst().allSatisfy { isCounted($0[0], byLetters: false) }
  }

  private static func isCounted(_ text: String, byLetters: Bool) -> Bool {
    guard let counter = ReportPath.counted(text.trimmed)?.counter.utf8.first else { return false }
    return (counter >= 0x41) == byLetters
  }

  private static func add(_ table: TableContent, to builder: inout ReportBuilder) {
    guard let head = table.rows.first else { return }
    func path(_ text: String) -> ReportPath.NVivo {
      ReportPath.NVivo(ReportPath.counted(text.trimmed)?.name ?? text.trimmed)
    }
    let heads = head.cells.filter { $0.column > 0 && !$0.text.trimmed.isEmpty }
    let columns = heads.map { path($0.text) }
    let rows = table.rows.dropFirst()
    let names = rows.map { path($0[0]) }
    // Only full names say which side is which; without them a query has its cases as columns.
    let isTurned =
      names.contains { ["cases", "files", "internals"].contains($0.root) }
      || columns.contains { $0.root == "codes" }
    let cases = isTurned ? names : columns
    let codes = isTurned ? columns : names
    var about: [Reference] = []
    for code in codes { about.append(.code(builder.code(code.folders + code.names))) }
    for one in cases { about.append(.case(builder.case_(one.name))) }
    var counts = CountTable(columns: columns.map(\.name))
    for (row, name) in zip(rows, names) {
      let values = heads.map { head -> String in
        let text = row[head.column]
        if !text.isEmpty, !text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
          builder.add(
            Diagnostic(
              "table.value-invalid", .warning, at: table.place(of: row, head.column),
              "'\(text)' is not a count; it is kept in the note as it is", raw: text,
              solutions: ["export the query with counts of references"]))
        }
        return text
      }
      counts.rows.append((name.name, values))
    }
    let title = "Matrix coding query" + (table.name.isEmpty ? "" : ": \(table.name)")
    var seen: Set<Reference> = []
    builder.note(title, counts.markdown, about: about.filter { seen.insert($0).inserted })
    builder.add(counts.finding(in: table.file))
    let stem = ReportPath.stem(table.file)
    if cases.count == 1, let only = cases.first, only.name != stem {
      builder.add(
        Diagnostic(
          "report.name-differs", .note, at: table.place(of: head, heads.first?.column),
          "the sheet is about '\(only.name)' and the file is called '\(stem)'",
          solutions: ["see which of the two is right; the name in the sheet was taken"]))
    }
  }
}
