internal import QDACore

/// Reads Dedoose's table of excerpts: one in each row, its codes in a column each.
enum ExcerptsReader {
  static let roles = [
    ColumnRole("media", ["media title", "resource title"], isRequired: true),
    ColumnRole("range", ["excerpt range"]),
    ColumnRole("creator", ["excerpt creator"]),
    ColumnRole("date", ["excerpt date"]),
    ColumnRole("text", ["excerpt copy"], isRequired: true),
    ColumnRole("resource creator", ["resource creator"]),
    ColumnRole("resource date", ["resource date"]),
    ColumnRole("codes", ["codes applied combined"]),
  ]

  /// A column of one code, with those of its range and weight.
  private struct CodeColumn {
    var code: ID<Code>
    var applied: Int
    var weight: Int?
  }

  /// Reads codes, sources and codings; excerpts are placed where the texts are given.
  ///
  /// - Throws: ``ReadingError`` where no sheet has the columns.
  static func read(
    _ bytes: [UInt8], name: String, options: ProjectReadingOptions
  ) throws(ReadingError) -> Reading<Project> {
    try ReportBuilder.read(
      bytes, name: name, as: .dedooseExcerpts, options: options, roles: roles,
      missing: "no sheet has the columns 'Media Title' and 'Excerpt Copy'; map 'media' and 'text'",
      isKnown: { $0.trimmed.hasPrefix("Code: ") }
    ) { add($0, to: &$1) }
  }

  private static func codeColumns(
    of columns: TableColumns, in builder: inout ReportBuilder
  ) -> [CodeColumn] {
    var applied: [(name: String, column: Int)] = []
    var weights: [String: Int] = [:]
    for head in columns.heads {
      let text = head.text.trimmed
      guard text.hasPrefix("Code: ") else { continue }
      let name = text.dropFirst("Code: ".count)
      if name.hasSuffix(" Applied") {
        applied.append((name.dropLast(" Applied".count).trimmed, head.column))
      } else if name.hasSuffix(" Weight") {
        weights[name.dropLast(" Weight".count).trimmed] = head.column
      }
    }
    return applied.map { name, column in
      CodeColumn(
        code: builder.code(ReportPath.code(name)), applied: column, weight: weights[name])
    }
  }

  private static func add(_ columns: TableColumns, to builder: inout ReportBuilder) {
    let codes = codeColumns(of: columns, in: &builder)
    var unreadTimes = 0
    for row in columns.rows {
      let media = columns.text("media", row)
      guard !media.isEmpty else {
        builder.add(
          Diagnostic(
            "report.name-missing", .error, at: columns.table.place(of: row),
            "the row names no document; it is left out", solutions: ["complete the row"]))
        continue
      }
      let source = builder.source(media)
      describe(source, by: columns, row, in: &builder)
      let written = columns.text("date", row)
      let time = TableValue.monthFirst(written) ?? TableValue.time(written)
      if time == nil, !written.isEmpty { unreadTimes += 1 }
      builder.add(
        ReportReference(
          quote: columns.cell("text", row)?.text ?? "", name: columns.text("range", row),
          stamp: Stamp(by: builder.coder(columns.text("creator", row)), at: time),
          uses: uses(codes, columns, row, in: &builder), place: columns.place("text", row)),
        to: source)
    }
    builder.diagnostics += TableValue.unreadTimes(unreadTimes, file: columns.table.file)
  }

  /// The codes of an excerpt: by their columns, which have whole paths, else by the combined one.
  private static func uses(
    _ codes: [CodeColumn], _ columns: TableColumns, _ row: TableContent.Row,
    in builder: inout ReportBuilder
  ) -> [ReportReference.Use] {
    if codes.isEmpty {
      return columns.text("codes", row).split(separator: ", ").map(\.trimmed)
        .filter { !$0.isEmpty }.map { ReportReference.Use(code: builder.code([$0])) }
    }
    return codes.filter { row[$0.applied].lowercased() == "true" }.map { column in
      ReportReference.Use(
        code: column.code,
        weight: column.weight.flatMap {
          TableValue.weight(
            row[$0], at: columns.table.place(of: row, $0), &builder.diagnostics)
        })
    }
  }

  private static func describe(
    _ source: ID<Source>, by columns: TableColumns, _ row: TableContent.Row,
    in builder: inout ReportBuilder
  ) {
    for (role, name) in [("resource creator", "Creator"), ("resource date", "Date")] {
      let value = columns.text(role, row)
      if value.isEmpty { continue }
      builder.change(source) { source in
        if !source.metadata.contains(where: { $0.name == name }) {
          source.metadata.append(MetadataField(name: name, value: value))
        }
      }
    }
  }
}
