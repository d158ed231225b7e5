internal import QDACore

/// Makes a transcript of a document that has paragraphs and tables.
///
/// Speakers are found as in plain text, and from the columns of tables of turns.
enum DocumentTranscript {
  static func make(
    _ reading: Reading<RichDocument>, name: String, options: TranscriptOptions
  ) -> Rendered {
    let document = reading.value
    let lines = Lines(document.text)
    let isFree = options.layout == nil || options.layout == .table
    let tables = isFree ? TurnTable.tables(of: document, lines, options: options) : []
    var analysis = TranscriptAnalysis(
      lines, name: name, options: options, isMarkdown: false,
      cells: document.tables.flatMap { $0.flatMap { $0 } }, tables: tables,
      headings: document.headings, fields: fields(in: document), times: document.times)
    analysis.metadata = document.metadata + analysis.metadata
    analysis.marks = (analysis.marks + document.marks).sorted { $0.span < $1.span }
    if isFree {
      analysis.diagnostics =
        TurnTable.columnsNotFound(in: document, found: tables.first, options: options, name: name)
        + analysis.diagnostics
    }
    analysis.diagnostics = reading.diagnostics + analysis.diagnostics
    return Rendered(document.text, analysis, paragraphs: document.paragraphs)
  }

  // A table of two columns whose first names fields describes the document.
  private static func fields(in document: RichDocument) -> [MetadataField] {
    let tables = document.tables.filter { table in table.allSatisfy { $0.count == 2 } }
    if tables.isEmpty { return [] }
    let text = Text(document.text)
    var fields: [MetadataField] = []
    for table in tables {
      let rows = table.map { row in
        MetadataField(
          name: text[row[0]].trimmingLayoutSpace, value: text[row[1]].trimmingLayoutSpace)
      }
      let known = rows.count { HeaderBlock.isField(LabelKey.key(of: $0.name)) }
      if known * 2 >= rows.count { fields += rows.filter { !$0.name.isEmpty } }
    }
    return fields
  }
}
