internal import QDACore

/// Reads MAXQDA's table of coded segments, in English, German or Polish, or by the order of its
/// columns, or as the caller maps it.
enum CodedSegmentsReader {
  static let roles = [
    ColumnRole("color", ["color", "colour", "farbe", "kolor"]),
    ColumnRole("comment", ["comment", "kommentar", "komentarz"]),
    ColumnRole("group", ["document group", "dokumentgruppe", "grupa dokumentów"]),
    ColumnRole(
      "document", ["document name", "document", "dokumentname", "dokument", "nazwa dokumentu"],
      isRequired: true),
    ColumnRole("code", ["code", "kod"], isRequired: true),
    ColumnRole("begin", ["begin", "beginning", "anfang", "początek"]),
    ColumnRole("end", ["end", "ende", "koniec"]),
    ColumnRole("weight", ["weight", "weight score", "gewicht", "waga"]),
    ColumnRole("segment", ["segment", "coded segment", "fragment"], isRequired: true),
    ColumnRole("size", ["size", "area", "größe", "fläche", "objętość"]),
    ColumnRole("coverage", ["coverage %", "coverage", "abdeckungsgrad %", "obszar %"]),
    ColumnRole("author", ["author", "created by", "autor", "autor/in", "erstellt von"]),
    ColumnRole("date", ["creation date", "created", "date", "erstellt am", "data utworzenia"]),
  ]

  /// Reads codes, sources and codings; segments are placed where the texts are given.
  ///
  /// - Throws: ``ReadingError`` where no sheet has the columns.
  static func read(
    _ bytes: [UInt8], name: String, options: ProjectReadingOptions
  ) throws(ReadingError) -> Reading<Project> {
    try ReportBuilder.read(
      bytes, name: name, as: .maxqdaSegments, options: options, roles: roles,
      missing:
        "no sheet has columns of documents, codes and segments, nor the 13 columns of MAXQDA; "
        + "map 'document', 'code' and 'segment'",
      find: { columns(of: $0, options: options, &$1) }
    ) { add($0, to: &$1) }
  }

  private static func columns(
    of table: TableContent, options: ProjectReadingOptions, _ builder: inout ReportBuilder
  ) -> TableColumns? {
    if let columns = TableColumns(table, roles: roles, options: options) {
      // A head in another language stands for what the order of the others leaves.
      let isWhole = options.columns.isEmpty && table.width == roles.count
      return isWhole && columns.isInOrder(of: roles)
        ? TableColumns(table, inOrder: roles) : columns
    }
    // Heads follow the language of the program; their number and order do not.
    guard options.columns.isEmpty, table.width == roles.count,
      table.rows.first?.cells.count ?? 0 >= roles.count - 1
    else { return nil }
    builder.add(
      Diagnostic(
        "report.columns-by-position", .warning, at: .file(table.file, line: 1, column: 1),
        "the heads are in another language; the columns are taken by their order",
        notes: roles.map(\.name).enumerated().map { "\($0 + 1): \($1)" },
        solutions: ["map 'document', 'code' and 'segment' where that is wrong"]))
    return TableColumns(table, inOrder: roles)
  }

  private static func add(_ columns: TableColumns, to builder: inout ReportBuilder) {
    var unreadTimes = 0
    for row in columns.rows {
      let document = columns.text("document", row)
      let code = columns.text("code", row)
      guard !document.isEmpty, !code.isEmpty else {
        builder.add(
          Diagnostic(
            "report.name-missing", .error, at: columns.table.place(of: row),
            "the row names no document or no code; it is left out",
            solutions: ["complete the row"]))
        continue
      }
      let group = columns.text("group", row)
      let source = builder.source(document, in: group.isEmpty ? [] : [group])
      let written = columns.text("date", row)
      let time = TableValue.time(written)
      if time == nil, !written.isEmpty { unreadTimes += 1 }
      let stamp = Stamp(by: builder.coder(columns.text("author", row)), at: time)
      let use = ReportReference.Use(
        code: builder.code(ReportPath.code(code)),
        weight: TableValue.weight(
          columns.text("weight", row), at: columns.place("weight", row), &builder.diagnostics),
        comment: columns.text("comment", row)
      )
      builder.add(
        ReportReference(
          quote: columns.cell("segment", row)?.text ?? "",
          name: place(columns.text("begin", row), columns.text("end", row)), stamp: stamp,
          uses: [use], place: columns.place("segment", row)),
        to: source)
    }
    builder.diagnostics += TableValue.unreadTimes(unreadTimes, file: columns.table.file)
  }

  // What begin and end count differs by kind of document, so that they only name the segment.
  private static func place(_ begin: String, _ end: String) -> String {
    begin.isEmpty || begin == end || end.isEmpty ? begin : begin + "–" + end
  }
}
