internal import QDACore

/// The readers of other tools' reports and tables, and what tells their files from each other.
enum ReportFormats {
  static let all: [Format] = [
    .nvivoCodeReport, .nvivoMatrix, .nvivoClassification, .nvivoExtract, .codebookTable,
    .frameworkMatrix, .maxqdaSegments, .dedooseExcerpts, .atlasTiQuotations,
    .atlasTiCooccurrence, .atlasTiXML, .taguetteHighlights,
  ]

  /// Reads a file as one of the formats here, or gives `nil` for any other format.
  static func read(
    _ bytes: [UInt8], as format: Format, name: String, options: ProjectReadingOptions
  ) throws(ReadingError) -> Reading<Project>? {
    switch format {
    case .nvivoCodeReport: try CodeReportReader.read(bytes, name: name, options: options)
    case .nvivoMatrix: try MatrixQueryReader.read(bytes, name: name, options: options)
    case .nvivoClassification: try ClassificationReader.read(bytes, name: name, options: options)
    case .nvivoExtract: try ExtractReader.read(bytes, name: name, options: options)
    case .codebookTable: try CodebookTableReader.read(bytes, name: name, options: options)
    case .frameworkMatrix: try FrameworkMatrixReader.read(bytes, name: name, options: options)
    case .maxqdaSegments: try CodedSegmentsReader.read(bytes, name: name, options: options)
    case .dedooseExcerpts: try ExcerptsReader.read(bytes, name: name, options: options)
    case .atlasTiQuotations: try QuotationTableReader.read(bytes, name: name, options: options)
    case .atlasTiCooccurrence: try CooccurrenceReader.read(bytes, name: name, options: options)
    case .atlasTiXML: try HermeneuticUnitReader.read(bytes, name: name, options: options)
    case .taguetteHighlights: try HighlightsReader.read(bytes, name: name, options: options)
    default: nil
    }
  }

  /// The format whose layout a file shows, or `nil` where the caller has to name it.
  ///
  /// Framework matrices, and classification sheets whose names have no folders before them, look like
  /// any other table, and are never guessed.
  static func recognise(
    _ bytes: [UInt8], name: String, options: ProjectReadingOptions = ProjectReadingOptions()
  ) -> Format? {
    // A format that its first bytes or its ending name is no table of anything.
    let promised = Format.promised(byName: name)
    if promised.map({ notTables.contains($0) }) == true || bytes.starts(with: Array("WEBVTT".utf8))
      || bytes.starts(with: Array("%PDF".utf8)) || bytes.starts(with: Array("{\\rtf".utf8))
    {
      return nil
    }
    if !bytes.starts(with: Array("PK".utf8)) {
      guard
        let text = try? TextDecoding.decode(bytes, name: name, encoding: options.encoding)
          .value.string
      else { return nil }
      if CodeReportReader.recognises(text) { return .nvivoCodeReport }
      // The headings of a table's columns take no more than this.
      let start = text.utf8.prefix(1 << 16)
      if start.count == 1 << 16, !start.contains(where: { $0 == 0x0A || $0 == 0x0D }) { return nil }
      let head = text.prefix(4096)
      if head.drop(while: \.isWhitespace).hasPrefix("<") {
        return head.contains("<storedHU") ? .atlasTiXML : nil
      }
    }
    if bytes.starts(with: Array("PK".utf8)),
      let document = try? WordDocument.read(bytes, name: name, limits: options.limits),
      CodeReportReader.recognises(document.value.text)
    {
      return .nvivoCodeReport
    }
    guard let tables = try? TableFile.read(bytes, name: name, options: options).value else {
      return nil
    }
    return tables.firstNonNil(format(of:))
  }

  private static let notTables: [Format] = [
    .webVTT, .srt, .sbv, .odt, .rtf, .epub, .pdf, .markdown, .inqScribe, .oTranscribe, .chat, .elan,
    .transcriber, .exmaralda, .folker, .praat, .tei, .folia, .recognisedSpeech,
  ]

  private static func format(of table: TableContent) -> Format? {
    if MatrixQueryReader.recognises(table) { return .nvivoMatrix }
    if CooccurrenceReader.recognises(table) { return .atlasTiCooccurrence }
    let layouts: [(Format, [ColumnRole], [String])] = [
      (.dedooseExcerpts, ExcerptsReader.roles, []),
      (.taguetteHighlights, HighlightsReader.roles, []),
      (.maxqdaSegments, CodedSegmentsReader.roles, ["weight"]),
      (.atlasTiQuotations, QuotationTableReader.roles, ["reference"]),
    ]
    for (format, roles, telling) in layouts {
      if let columns = TableColumns(table, roles: roles, options: ProjectReadingOptions()),
        telling.allSatisfy(columns.has)
      {
        return format
      }
    }
    if isCodebook(table) { return .codebookTable }
    return ClassificationReader.recognises(table) ? .nvivoClassification : nil
  }

  // A name and a description may be those of anything; codes have something more.
  private static func isCodebook(_ table: TableContent) -> Bool {
    guard
      let columns = TableColumns(
        table, roles: CodebookTableReader.roles, options: ProjectReadingOptions()),
      columns.has("description")
    else { return false }
    let words = ["code", "code name", "code system", "tag"]
    return ["files", "references", "parent"].contains(where: columns.has)
      || columns.heads.contains { words.contains(TableColumns.key($0.text)) }
  }
}
