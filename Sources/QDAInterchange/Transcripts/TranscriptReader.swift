public import QDACore

/// Reads transcripts in every format that has a reader.
///
/// The content decides which format it is, not the file's name. The text is never changed: labels,
/// stamps, numbers and page furniture are marks over it.
public enum TranscriptReader {
  /// The version of the readers, which rises when the text or the turns that they make change.
  public static let version = 2

  /// Reads the bytes of a transcript whose file name is used in messages.
  ///
  /// - Parameter id: The source's id, by default made from the digest of the file.
  /// - Throws: ``ReadingError`` where nothing usable can be read.
  public static func read(
    _ bytes: [UInt8], name: String, id: ID<Source>? = nil, options: TranscriptOptions = .init()
  ) throws(ReadingError) -> Reading<Transcript> {
    let sniffed = try Sniffing.format(
      of: bytes, name: name, encoding: options.encoding,
      asked: options.format.flatMap(Format.named))
    if Format.projects.contains(sniffed.value.format) {
      throw .noReader(
        file: name, format: sniffed.value.format.name,
        advice: "it is a whole project, not one transcript")
    }
    let file = Ahead(outOf: bytes.count) { Digest(of: bytes) }
    var rendition = Rendition(
      reader: sniffed.value.format.id, version: version, options: options.values)
    var diagnostics = sniffed.diagnostics
    let result: Rendered
    if let text = sniffed.value.text {
      rendition.encoding = text.encoding.rawValue
      rendition.lineEnd = text.lineEnd
      rendition.hadByteOrderMark = text.hadByteOrderMark
      if sniffed.value.format.isCorpusMarkup {
        // XML says itself how it is encoded, so what was found out of the bytes says nothing.
        diagnostics.removeAll { $0.id.hasPrefix("text.") && $0.id != "text.empty" }
        rendition.encoding = nil
        rendition.lineEnd = .lf
      }
      result = try render(text, bytes, sniffed.value.format, name, options)
    } else {
      result = try render(bytes, sniffed.value.format, name, options)
    }
    diagnostics += result.analysis.diagnostics
    let isEmpty = result.string.unicodeScalars.allSatisfy(\.isLayoutSpace)
    if isEmpty, !diagnostics.contains(where: { $0.id == "text.empty" }) {
      diagnostics.append(
        Diagnostic(
          "text.empty", .warning, at: .file(name, line: 0, column: 0), "the file holds no text",
          solutions: ["export or save the document again, or leave it out"]))
    }
    let isVerbatim =
      sniffed.value.text.map { $0.isVerbatim(bytes) && $0.string == result.string } ?? false
    let string = result.string
    let digest = isVerbatim ? file : Ahead(outOf: string.utf8.count) { Digest(of: string) }
    var analysis = result.analysis
    if !options.ignored.contains(.notation) {
      analysis.addNotation(in: string, isChat: sniffed.value.format == .chat)
    }
    let text = result.text.value
    rendition.file = file.value
    rendition.text = digest.value
    let source = Source(
      id: id ?? ID(derivedFrom: [file.value.description, "source"]), name: name,
      rendition: rendition,
      paragraphs: result.paragraphs ?? text.lines().filter { !$0.isEmpty },
      turns: analysis.turns, speakers: analysis.speakers, marks: analysis.marks,
      metadata: analysis.metadata)
    return Reading(
      Transcript(
        source: source, text: text, layout: analysis.report, cues: result.cues,
        codings: result.codings),
      diagnostics: diagnostics)
  }
}

extension TranscriptReader {
  private static func render(
    _ decoded: DecodedText, _ bytes: [UInt8], _ format: Format, _ name: String,
    _ options: TranscriptOptions
  ) throws(ReadingError) -> Rendered {
    let text = decoded.string
    let corpus = try CorpusTranscript.read(text, bytes, format, name: name, options: options)
    if let corpus { return corpus }
    switch format {
    case .webVTT, .srt, .sbv:
      return SubtitleTranscript.read(
        decoded.utf8(of: bytes), format, name: name, options: options)
    case .html:
      return DocumentTranscript.make(
        try WebPage.read(text, name: name), name: name, options: options)
    case .odt: return try render(bytes, format, name, options)
    case .csv, .tsv: return TableTranscript.read(text, format, name: name, options: options)
    case .inqScribe:
      let file = InqScribeFile(text)
      var known = options
      known.framesPerSecond = options.framesPerSecond ?? file.framesPerSecond
      var analysis = TranscriptAnalysis(
        Lines(file.text), name: name, options: known, isMarkdown: false)
      analysis.metadata = file.metadata + analysis.metadata
      return Rendered(file.text, analysis)
    case .oTranscribe:
      return DocumentTranscript.make(
        try OTranscribeFile.read(text, name: name), name: name, options: options)
    default:
      let indexed = Rendered.indexed(text)
      let analysis = TranscriptAnalysis(
        Lines(utf8: decoded.utf8(of: bytes)), name: name, options: options,
        isMarkdown: format == .markdown)
      return Rendered(text, analysis, text: indexed)
    }
  }

  private static func render(
    _ bytes: [UInt8], _ format: Format, _ name: String, _ options: TranscriptOptions
  ) throws(ReadingError) -> Rendered {
    let original = options.trackedChanges == .original
    let reading: Reading<RichDocument>
    switch format {
    case .odt: reading = try OpenDocument.read(bytes, name: name, original: original)
    case .rtf: reading = try RTFDocument.read(bytes, name: name, original: original)
    case .epub: reading = try ElectronicBook.read(bytes, name: name)
    case .xlsx: return try TableTranscript.read(workbook: bytes, name: name, options: options)
    case .pdf:
      let text = try PortableDocument.read(bytes, name: name)
      return Rendered(
        text, TranscriptAnalysis(Lines(text), name: name, options: options, isMarkdown: false))
    default: reading = try WordDocument.read(bytes, name: name, original: original)
    }
    return DocumentTranscript.make(reading, name: name, options: options)
  }
}

/// What the reader of one format makes of a file.
struct Rendered {
  var string: String
  /// The string with the index of its positions.
  var text: Ahead<Text>
  var analysis: TranscriptAnalysis
  var paragraphs: [TextSpan]?
  var cues: [Cue] = []
  var codings: [TierCoding] = []

  /// - Parameter text: The string with its index, where that was begun before the analysis.
  init(
    _ string: String, _ analysis: TranscriptAnalysis, text: Ahead<Text>? = nil,
    paragraphs: [TextSpan]? = nil, cues: [Cue] = []
  ) {
    self.string = string
    self.text = text ?? Self.indexed(string)
    self.analysis = analysis
    self.paragraphs = paragraphs
    self.cues = cues
  }

  /// Begins to index a text.
  static func indexed(_ string: String) -> Ahead<Text> {
    Ahead(outOf: string.utf8.count) { Text(string) }
  }
}
