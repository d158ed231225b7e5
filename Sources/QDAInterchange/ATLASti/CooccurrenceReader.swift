internal import QDACore

/// Reads ATLAS.ti's table of how often codes occur together: codes, with the counts as a note.
enum CooccurrenceReader {
  /// Reads the codes of both sides.
  ///
  /// - Throws: ``ReadingError`` where no sheet has codes in its first row and column.
  static func read(
    _ bytes: [UInt8], name: String, options: ProjectReadingOptions
  ) throws(ReadingError) -> Reading<Project> {
    let tables = try TableFile.read(bytes, name: name, options: options)
    var builder = ReportBuilder(bytes, name: name, format: .atlasTiCooccurrence, options: options)
    builder.diagnostics = tables.diagnostics + options.checkColumns([], file: name)
    let used = tables.value.filter { recognises($0) }
    guard !used.isEmpty else {
      throw .malformed(
        file: name, line: 1, column: 1,
        reason: "no sheet has heads such as '● Hope' with 'Gr=12' below the name")
    }
    for table in used { add(table, to: &builder) }
    builder.diagnostics += SheetsLeftOut.finding(tables.value, but: used, file: name)
    return builder.finish()
  }

  /// Whether a table's heads are codes with their groundedness.
  static func recognises(_ table: TableContent) -> Bool {
    guard let head = headRow(of: table) else { return false }
    return table.rows.dropFirst(head + 1).contains { grounded($0[0]) != nil }
  }

  private static func headRow(of table: TableContent) -> Int? {
    table.rows.prefix(20).firstIndex { row in
      row.cells.contains { $0.column > 0 && grounded($0.text) != nil }
    }
  }

  /// The name of a code and its groundedness: `● Hope` and `Gr=12` on the line below.
  private static func grounded(_ text: String) -> (name: String, count: String)? {
    let lines = text.split(separator: "\n").map(\.trimmed)
    guard lines.count >= 2, let last = lines.last, last.hasPrefix("Gr=") else { return nil }
    var name = lines.dropLast().joined(separator: " ")
    while let first = name.first, "●○◆◇•".contains(first) { name = name.dropFirst().trimmed }
    return name.isEmpty ? nil : (name, String(last.dropFirst(3)).trimmed)
  }

  private static func add(_ table: TableContent, to builder: inout ReportBuilder) {
    guard let headIndex = headRow(of: table) else { return }
    let heads = table.rows[headIndex].cells.compactMap { cell in
      cell.column > 0 ? grounded(cell.text).map { (column: cell.column, code: $0) } : nil
    }
    var about: [Reference] = []
    var seen: Set<Reference> = []
    func refer(_ name: String) {
      let reference = Reference.code(builder.code(ReportPath.code(name)))
      if seen.insert(reference).inserted { about.append(reference) }
    }
    for head in heads { refer(head.code.name) }
    var counts = CountTable(columns: ["groundedness"] + heads.map(\.code.name))
    for row in table.rows.dropFirst(headIndex + 1) {
      guard let code = grounded(row[0]) else { continue }
      refer(code.name)
      counts.rows.append((code.name, [code.count] + heads.map { row[$0.column] }))
    }
    builder.note(
      "Code co-occurrence" + (table.name.isEmpty ? "" : ": \(table.name)"), counts.markdown,
      about: about)
    builder.add(counts.finding(in: table.file))
  }
}
