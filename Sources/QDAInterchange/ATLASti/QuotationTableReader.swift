internal import QDACore

/// Reads ATLAS.ti's report of quotations as a table.
enum QuotationTableReader {
  static let roles = [
    ColumnRole("number", ["number", "id"]),
    ColumnRole("reference", ["reference"]),
    ColumnRole("name", ["name", "quotation name"]),
    ColumnRole("text", ["text content", "quotation content", "content"], isRequired: true),
    ColumnRole("document", ["document", "document name"], isRequired: true),
    ColumnRole("codes", ["codes"], isRequired: true),
    ColumnRole("count", ["number of codes"]),
    ColumnRole("comment", ["comment", "quotation comment"]),
    ColumnRole("start", ["start position", "start"]),
    ColumnRole("end", ["end position", "end"]),
    ColumnRole("author", ["created by", "author"]),
    ColumnRole("date", ["created", "creation date"]),
  ]

  /// Reads codes, sources and codings; quotations are placed where the texts are given.
  ///
  /// - Throws: ``ReadingError`` where no sheet has the columns.
  static func read(
    _ bytes: [UInt8], name: String, options: ProjectReadingOptions
  ) throws(ReadingError) -> Reading<Project> {
    try ReportBuilder.read(
      bytes, name: name, as: .atlasTiQuotations, options: options, roles: roles,
      missing: "no sheet has columns of quotations, documents and codes; map 'text', 'document' "
        + "and 'codes'"
    ) { add($0, to: &$1) }
  }

  private static func add(_ columns: TableColumns, to builder: inout ReportBuilder) {
    var unreadTimes = 0
    for row in columns.rows {
      let document = columns.text("document", row)
      guard !document.isEmpty else {
        builder.add(
          Diagnostic(
            "report.name-missing", .error, at: columns.table.place(of: row),
            "the row names no document; it is left out", solutions: ["complete the row"]))
        continue
      }
      let comment = columns.text("comment", row)
      let uses = TableValue.list(columns.text("codes", row)).map {
        ReportReference.Use(code: builder.code(ReportPath.code($0)))
      }
      let written = columns.text("date", row)
      let time = TableValue.time(written)
      if time == nil, !written.isEmpty { unreadTimes += 1 }
      if let count = TableValue.whole(columns.text("count", row)), count != uses.count {
        builder.add(
          Diagnostic(
            "report.count-mismatch", .error, at: columns.place("codes", row),
            "the row says \(count) codes and names \(uses.count)",
            solutions: ["export the report with the codes one below the other in their cell"]))
      }
      var reference = ReportReference(
        quote: columns.cell("text", row)?.text ?? "", name: name(columns, row),
        stamp: Stamp(by: builder.coder(columns.text("author", row)), at: time), uses: uses,
        place: columns.place("text", row))
      reference.comment = comment
      builder.add(reference, to: builder.source(document))
    }
    builder.diagnostics += TableValue.unreadTimes(unreadTimes, file: columns.table.file)
  }

  private static func name(_ columns: TableColumns, _ row: TableContent.Row) -> String {
    let name = columns.text("name", row)
    if !name.isEmpty { return name }
    let reference = columns.text("reference", row)
    return reference.isEmpty ? columns.text("number", row) : reference
  }
}
