internal import QDACore

/// Reads Taguette's table of highlights: a row for each tag of each highlight.
enum HighlightsReader {
  static let roles = [
    ColumnRole("id", ["id"], isRequired: true),
    ColumnRole("document", ["document"], isRequired: true),
    ColumnRole("tag", ["tag"], isRequired: true),
    ColumnRole("content", ["content"], isRequired: true),
  ]

  /// Reads tags, documents and highlights; those are placed where the texts are given.
  ///
  /// - Throws: ``ReadingError`` where no table has the columns.
  static func read(
    _ bytes: [UInt8], name: String, options: ProjectReadingOptions
  ) throws(ReadingError) -> Reading<Project> {
    try ReportBuilder.read(
      bytes, name: name, as: .taguetteHighlights, options: options, roles: roles,
      missing: "no table has the columns 'id', 'document', 'tag' and 'content'; map them"
    ) { add($0, to: &$1) }
  }

  private static func add(_ columns: TableColumns, to builder: inout ReportBuilder) {
    var order: [[String]] = []
    var highlights: [[String]: (reference: ReportReference, source: ID<Source>)] = [:]
    for row in columns.rows {
      let document = columns.text("document", row)
      guard !document.isEmpty else {
        builder.add(
          Diagnostic(
            "report.name-missing", .error, at: columns.table.place(of: row),
            "the row names no document; it is left out", solutions: ["complete the row"]))
        continue
      }
      let tag = columns.text("tag", row)
      let use = tag.isEmpty ? nil : ReportReference.Use(code: builder.code([tag]))
      let content = columns.cell("content", row)?.text ?? ""
      // The same number with other words is another highlight, as when two exports are joined.
      let key = [columns.text("id", row), document, content]
      if highlights[key] != nil {
        if let use { highlights[key]?.reference.uses.append(use) }
        continue
      }
      let reference = ReportReference(
        quote: content, uses: use.map { [$0] } ?? [], place: columns.place("content", row))
      highlights[key] = (reference, builder.source(document))
      order.append(key)
    }
    for key in order {
      if let (reference, source) = highlights[key] { builder.add(reference, to: source) }
    }
  }
}
