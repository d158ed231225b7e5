public import QDACore

/// Reads transcripts in every format that has a reader.
///
/// The content decides which format it is, not the file's name. The text is never changed: labels,
/// stamps, numbers and page furniture are marks over it.
public enum TranscriptReader {
  /// The version of the readers, which rises when the text or the turns that they make change.
  public static let version = 1

  /// Reads the bytes of a transcript whose file name is used in messages.
  ///
  /// - Parameter id: The source's id, by default made from the digest of the file.
  /// - Throws: ``ReadingError`` where nothing usable can be read.
  public static func read(
    _ bytes: [UInt8], name: String, id: ID<Source>? = nil, options: TranscriptOptions = .init()
  ) throws(ReadingError) -> Reading<Transcript> {
    let sniffed = try Sniffing.format(of: bytes, name: name, encoding: options.encoding)
    if Format.projects.contains(sniffed.value.format) {
      throw .noReader(
        file: name, format: sniffed.value.format.name,
        advice: "it is a whole project, not one transcript")
    }
    let file = Digest(of: bytes)
    let id = id ?? ID(derivedFrom: [file.description, "source"])
    var rendition = Rendition(
      reader: sniffed.value.format.id, version: version, options: options.values, file: file)
    var diagnostics = sniffed.diagnostics
    let result: Rendered
    if let text = sniffed.value.text {
      rendition.encoding = text.encoding.rawValue
      rendition.lineEnd = text.lineEnd
      rendition.hadByteOrderMark = text.hadByteOrderMark
      let format = sniffed.value.format
      if format.isMarkup {
        // XML says itself how it is encoded, so what was found out of the bytes says nothing.
        diagnostics.removeAll { $0.id.hasPrefix("text.") && $0.id != "text.empty" }
        rendition.encoding = nil
        rendition.lineEnd = .lf
      }
      result = try read(text.string, bytes, as: format, name: name, options: options)
    } else {
      result = try WordTranscript.read(bytes, name: name, options: options)
    }
    diagnostics += result.analysis.diagnostics
    let isEmpty = result.text.unicodeScalars.allSatisfy(\.isLayoutSpace)
    if isEmpty, !diagnostics.contains(where: { $0.id == "text.empty" }) {
      diagnostics.append(
        Diagnostic(
          "text.empty", .warning, at: .file(name, line: 0, column: 0), "the file holds no text",
          solutions: ["export or save the document again, or leave it out"]))
    }
    let text = Text(result.text)
    rendition.text = text.digest
    var analysis = result.analysis
    analysis.addNotation(in: result.text, isChat: sniffed.value.format == .chat)
    let source = Source(
      id: id, name: name, rendition: rendition,
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
  private static func read(
    _ text: String, _ bytes: [UInt8], as format: Format, name: String, options: TranscriptOptions
  ) throws(ReadingError) -> Rendered {
    // Corpus tools leave files without anything in them, which break no rule.
    let isCorpus = format.isMarkup || [.chat, .praat, .recognisedSpeech].contains(format)
    if isCorpus, text.unicodeScalars.allSatisfy(\.isLayoutSpace) {
      return Rendered(text, TranscriptAnalysis())
    }
    switch format {
    case .webVTT: return WebVTTTranscript.read(text, name: name, options: options)
    case .chat: return ChatTranscript.read(text, name: name, options: options)
    case .praat: return try PraatTranscript.read(text, name: name, options: options)
    case .recognisedSpeech:
      return try RecogniserTranscript.read(text, name: name, options: options)
    default: break
    }
    let corpus = try CorpusTranscript.readMarkup(bytes, as: format, name: name, options: options)
    if let corpus { return corpus }
    return Rendered(
      text,
      TranscriptAnalysis(text, name: name, options: options, isMarkdown: format == .markdown))
  }
}

extension Format {
  /// Whether its files are XML.
  fileprivate var isMarkup: Bool {
    [.elan, .exmaralda, .transcriber, .tei, .folia].contains(self)
  }
}

/// What the reader of one format makes of a file.
struct Rendered {
  var text: String
  var analysis: TranscriptAnalysis
  var paragraphs: [TextSpan]?
  var cues: [Cue] = []
  var codings: [TierCoding] = []

  init(
    _ text: String, _ analysis: TranscriptAnalysis, paragraphs: [TextSpan]? = nil, cues: [Cue] = []
  ) {
    self.text = text
    self.analysis = analysis
    self.paragraphs = paragraphs
    self.cues = cues
  }
}
