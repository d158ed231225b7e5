internal import QDACore

/// Reads the tables of a file: the sheets of a workbook, the tables of a Word document, or one of
/// comma-separated values.
enum TableFile {
  /// Reads all tables of a file in their order.
  ///
  /// - Throws: ``ReadingError`` where the file holds none, or cannot be read.
  static func read(
    _ bytes: [UInt8], name: String, options: ProjectReadingOptions = ProjectReadingOptions()
  ) throws(ReadingError) -> Reading<[TableContent]> {
    let reading: Reading<[TableContent]>
    if bytes.starts(with: CompoundFile.magic) {
      let promised = Format.promised(byName: name)
      throw CompoundFile.refusal(of: bytes, promised: promised, file: name)
    }
    if bytes.starts(with: Array("PK".utf8)) {
      let archive = try ZipArchive(bytes, file: name, limits: options.limits)
      let isWord = archive.names.contains { $0.hasPrefix("word/") }
      reading =
        isWord
        ? try word(bytes, name: name, limits: options.limits)
        : try Workbook.read(bytes, name: name, limits: options.limits)
    } else {
      reading = try text(bytes, name: name, options: options)
    }
    guard reading.value.contains(where: { !$0.rows.isEmpty }) else {
      throw .malformed(file: name, line: 1, column: 1, reason: "the file holds no table")
    }
    return reading
  }

  private static func word(
    _ bytes: [UInt8], name: String, limits: ArchiveLimits
  ) throws(ReadingError) -> Reading<[TableContent]> {
    let reading = try WordDocument.read(bytes, name: name, limits: limits)
    let text = Text(reading.value.text)
    let tables = reading.value.tables.map { table in
      TableContent(
        file: name,
        rows: table.compactMap { row in
          let line = row.first.map { text.lineAndColumn(ofScalar: Int($0.start)).line } ?? 1
          let cells = row.enumerated().compactMap { column, span -> TableContent.Cell? in
            guard !span.isEmpty else { return nil }
            return TableContent.Cell(
              column: column, text: text[span],
              place: text.lineAndColumn(ofScalar: Int(span.start)))
          }
          let row = TableContent.Row(number: line, cells: cells)
          return row.isBlank ? nil : row
        })
    }
    return Reading(tables, diagnostics: reading.diagnostics)
  }

  private static func text(
    _ bytes: [UInt8], name: String, options: ProjectReadingOptions
  ) throws(ReadingError) -> Reading<[TableContent]> {
    let decoded = try TextDecoding.decode(bytes, name: name, encoding: options.encoding)
    let head = decoded.value.string.prefix(64).drop(while: \.isWhitespace)
    if head.hasPrefix("<") {
      throw .malformed(
        file: name, line: 1, column: 1,
        reason: "this is mark-up and not a table; save it as .xlsx or CSV")
    }
    let table = CSVTable.read(Array(decoded.value.string.utf8), name: name)
    return Reading(
      [TableContent(table.value)], diagnostics: decoded.diagnostics + table.diagnostics)
  }
}
