extension Format {
  /// Every format that the library knows of, whether or not it has a reader.
  public static let all: [Format] = [
    plainText, markdown, docx, odt, rtf, html, epub, pdf, webVTT, srt, sbv, csv, tsv, xlsx,
    oTranscribe, inqScribe, doc, pptx, mhtml, zoomChat,
    chat, elan, transcriber, exmaralda, folker, praat, tei, folia, recognisedSpeech, json, xml,
    qdpx, qde, qdc, taguette, qualCoder, rqda, sqlite, studyFolder, publishedStudy, zip,
    nvivoCodeReport, nvivoMatrix, nvivoClassification, nvivoExtract, codebookTable, frameworkMatrix,
    maxqdaSegments, dedooseExcerpts, atlasTiQuotations, atlasTiCooccurrence, atlasTiXML,
    taguetteHighlights,
  ]

  /// The formats that hold whole projects and have a reader.
  static let projects: [Format] = [qdpx, qde, qdc, taguette, qualCoder, rqda]

  /// The transcripts that are text, and so are told from each other by rules.
  static let texts: [Format] = [plainText, markdown, webVTT, srt, sbv, csv, tsv, html, chat]

  /// The format with an id, or `nil`.
  public static func named(_ id: String) -> Format? { all.first { $0.id == id } }

  /// The format that a file's ending promises, or `nil`; content decides in the end.
  public static func promised(byName name: String) -> Format? {
    guard let dot = name.lastIndex(of: ".") else { return nil }
    let ending = name[name.index(after: dot)...].lowercased()
    return all.first { $0.extensions.contains(ending) }
  }

  // MARK: - Transcripts that are read

  /// A transcript as plain text.
  public static let plainText = Format(
    "plain-text", "plain text", ["txt", "text"], reads: true,
    cannotHold: ["two turns in one paragraph are one turn"])
  /// A transcript as Markdown.
  public static let markdown = Format(
    "markdown", "Markdown", ["md", "markdown"], reads: true,
    cannotHold: ["emphasis inside a turn stays in its words as asterisks"])
  /// A document of Microsoft Word since 2007.
  public static let docx = Format(
    "docx", "Word (DOCX)", ["docx", "docm", "dotx"], reads: true,
    cannotHold: [
      "footers and pictures are not text, page headers are metadata",
      "embedded documents (altChunk) are not read",
    ])
  /// Subtitles of the web.
  public static let webVTT = Format(
    "webvtt", "WebVTT", ["vtt"], reads: true,
    cannotHold: ["styles, regions and the positions of cues", "NOTE blocks"])

  /// Subtitles as most players and recognisers write them.
  public static let srt = Format(
    "srt", "SubRip", ["srt"], reads: true, cannotHold: ["type, colours and positions of cues"])
  /// Captions of YouTube, a line of two times above the words.
  public static let sbv = Format(
    "sbv", "YouTube captions (SBV)", ["sbv"], reads: true,
    cannotHold: ["nothing but times and words is in such a file"])
  /// A transcript of InqScribe, whose times count frames.
  public static let inqScribe = Format(
    "inqscribe", "InqScribe", ["inqscr"], reads: true,
    cannotHold: ["settings of the window, of type and of the player"])
  /// A document of LibreOffice and its kin.
  public static let odt = Format(
    "odt", "OpenDocument text", ["odt", "fodt"], reads: true,
    cannotHold: [
      "footers and pictures are not text, page headers are metadata",
      "automatic numbers of lists are annotations",
    ])
  /// A document in the exchange format of word processors before 2007.
  public static let rtf = Format(
    "rtf", "RTF", ["rtf"], reads: true,
    cannotHold: ["footers and pictures are not text, page headers are metadata"])
  /// A web page.
  public static let html = Format(
    "html", "HTML", ["html", "htm", "xhtml"], reads: true,
    cannotHold: ["scripts, styles, pictures and hidden elements", "numbers and bullets of lists"])
  /// A book.
  public static let epub = Format(
    "epub", "EPUB", ["epub"], reads: true,
    cannotHold: ["pictures, styles and the table of contents", "pages outside the reading order"])
  /// A document for printing, if it has a layer of text.
  public static let pdf = Format(
    "pdf", "PDF", ["pdf"], reads: true,
    cannotHold: [
      "lines, not paragraphs: the words come from pdftotext, which must be installed",
      "pictures of text, comments and forms",
    ],
    advice: "install pdftotext (poppler-utils), or save the document's text as plain text")
  /// A table of turns or of answers.
  public static let csv = Format(
    "csv", "CSV", ["csv"], reads: true, cannotHold: ["one table of turns, or of a case per row"])
  /// A table of turns or of answers with tabs between its columns.
  public static let tsv = Format(
    "tsv", "TSV", ["tsv", "tab"], reads: true,
    cannotHold: ["one table of turns, or of a case per row"])
  /// A workbook with a table of turns or of answers.
  public static let xlsx = Format(
    "xlsx", "Excel (XLSX)", ["xlsx", "xlsm"], reads: true,
    cannotHold: [
      "one sheet of turns, or of a case per row; the other sheets", "charts and comments",
    ])
  /// A transcript of oTranscribe.
  public static let oTranscribe = Format(
    "otranscribe", "oTranscribe", ["otr"], reads: true, cannotHold: ["type of the words"])

  // MARK: - Documents without a reader

  static let doc = Format(
    "doc", "Word 97–2003 (DOC)", ["doc"],
    advice: "open it in a word processor and save it as .docx")
  static let pptx = Format(
    "pptx", "PowerPoint (PPTX)", ["pptx", "pptm", "ppsx"],
    advice: "save the text of the slides as .docx or as plain text")
  static let mhtml = Format(
    "mhtml", "web archive (MHTML)", ["mhtml", "mht"],
    advice: "open it in a browser and save the page as HTML")
  static let zoomChat = Format(
    "zoom-chat", "Zoom chat", [],
    advice:
      "name the meeting's saved captions or its VTT; if this is what people said, name the format 'plain-text'"
  )

  // MARK: - Corpora and recognisers

  /// A transcript of CLAN and TalkBank.
  public static let chat = Format(
    "chat", "CHAT", ["cha"], reads: true,
    cannotHold: ["tiers that analyse each word (%mor, %gra, %pho) are marks and no codings"])
  /// The tiers of ELAN.
  public static let elan = Format(
    "elan", "ELAN", ["eaf"], reads: true,
    cannotHold: ["controlled vocabularies without an annotation", "lexicon links"])
  /// A transcript of Transcriber.
  public static let transcriber = Format(
    "transcriber", "Transcriber", ["trs"], reads: true,
    cannotHold: ["sections, topics and background"])
  /// A basic or segmented transcription of EXMARaLDA.
  public static let exmaralda = Format(
    "exmaralda", "EXMARaLDA", ["exb", "exs"], reads: true,
    cannotHold: ["the layout of the score", "words and segments inside a contribution"])
  /// A transcript of FOLKER or OrthoNormal.
  public static let folker = Format(
    "folker", "FOLKER", ["flk", "fln"], reads: true,
    cannotHold: ["layout known from documentation only", "normal forms and classes of words"])
  /// The tiers of Praat.
  public static let praat = Format(
    "praat", "Praat TextGrid", ["textgrid"], reads: true,
    cannotHold: ["backslash signs of Praat stay as they are written"])
  /// Speech in TEI and ISO 24624.
  public static let tei = Format(
    "tei", "TEI", ["tei"], reads: true,
    cannotHold: ["text outside of utterances and speeches", "the structure inside an utterance"])
  /// Speech in FoLiA.
  public static let folia = Format(
    "folia", "FoLiA", ["folia.xml"], reads: true,
    cannotHold: ["annotation of words", "corrected originals", "classes of text but the current"])
  /// What a speech recogniser wrote.
  public static let recognisedSpeech = Format(
    "asr-json", "recognised speech (JSON)", ["json"], reads: true,
    cannotHold: ["how sure the recogniser was", "times of single words", "alternatives"])
  static let json = Format(
    "json", "JSON", [], advice: "let the tool that wrote it export plain text or WebVTT")
  static let xml = Format("xml", "XML", ["xml"], advice: "export the transcript as plain text")

  // MARK: - Projects

  /// A project with its sources.
  public static let qdpx = Format(
    "qdpx", "REFI-QDA project", ["qdpx"], reads: true, writes: true,
    cannotHold: [
      "elements and attributes that are not of REFI-QDA", "the layout of formatted documents",
    ], lostInWriting: ExchangeLosses.ofArchives)
  /// A project whose sources are in files beside it.
  public static let qde = Format(
    "qde", "REFI-QDA project file", ["qde"], reads: true, writes: true,
    cannotHold: [
      "elements and attributes that are not of REFI-QDA", "the layout of formatted documents",
    ], lostInWriting: ExchangeLosses.ofFiles)
  /// A codebook.
  public static let qdc = Format(
    "qdc", "REFI-QDA codebook", ["qdc"], reads: true, writes: true,
    cannotHold: ["elements and attributes that are not of REFI-QDA"],
    lostInWriting: ExchangeLosses.ofCodebooks)
  /// A project of Taguette.
  public static let taguette = Format(
    "taguette", "Taguette project", ["sqlite3"], reads: true,
    cannotHold: [
      "bold, italics and tables are only text", "pictures", "the rights of members",
      "which way a document is written", "all commands but who tagged what and when",
    ])
  /// A project of QualCoder: its folder `NAME.qda`, or the database `data.qda` inside.
  public static let qualCoder = Format(
    "qualcoder", "QualCoder project", ["qda"], reads: true,
    cannotHold: [
      "recordings, pictures and PDF files are only named", "boxes on pages of PDF files",
      "graphs, stored queries and bookmarks", "which codings are marked as important",
      "bibliographic references",
    ])
  /// A project of RQDA.
  public static let rqda = Format(
    "rqda", "RQDA project", ["rqda"], reads: true,
    cannotHold: [
      "what was deleted but not yet removed", "coded pictures",
      "all categories of a code but the first", "colours given by name",
    ])
  static let sqlite = Format(
    "sqlite", "SQLite database", ["sqlite", "db"],
    advice: "export the project from the program that wrote it, as .qdpx if it can")
  /// A study as people keep it.
  public static let studyFolder = Format(
    "study-folder", "study folder", [], reads: true, writes: true,
    cannotHold: ["files and folders of other names are left alone"])
  static let publishedStudy = Format(
    "published-study", "published study", [],
    advice: "name the format, because a published study looks like any other text")
  static let zip = Format("zip", "zip archive", ["zip"], advice: "unpack it and name the files")
}
