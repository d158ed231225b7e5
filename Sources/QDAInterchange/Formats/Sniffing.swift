internal import QDACore

/// Finds out what a file is from its content; its name only decides between formats that look alike.
enum Sniffing {
  /// A format, and the text of the file where it is one of text.
  struct Finding: Sendable {
    var format: Format
    var text: DecodedText?
  }

  /// The format of some bytes.
  ///
  /// - Parameter asked: The format that a caller names, where the content is text.
  /// - Throws: `notText` for pictures and the like, `encrypted`, `looksLike` where a name promises
  ///   text and the content is a document, and `noReader` for formats that are known but not read.
  static func format(
    of bytes: [UInt8], name: String, encoding: TextEncoding?, asked: Format? = nil
  ) throws(ReadingError) -> Reading<Finding> {
    let promised = Format.promised(byName: name)
    if let kind = binaryKind(of: bytes) { throw .notText(file: name, reason: kind) }
    if bytes.starts(with: CompoundFile.magic) {
      throw CompoundFile.refusal(of: bytes, promised: promised, file: name)
    }
    for (magic, format) in [("%PDF-", Format.pdf), ("{\\rtf", .rtf)]
    where bytes.starts(with: Array(magic.utf8)) {
      return Reading(
        Finding(format: format), diagnostics: surprise(format, promised: promised, name))
    }
    if bytes.starts(with: Array("PK\u{3}\u{4}".utf8))
      || bytes.starts(with: Array("PK\u{5}\u{6}".utf8))
    {
      let format = container(bytes, promised: promised, name: name)
      if let promised, [.plainText, .markdown, .webVTT, .srt, .csv, .tsv].contains(promised) {
        throw .looksLike(file: name, format: format.id)
      }
      guard format.reads else { throw refusal(format, name) }
      return Reading(
        Finding(format: format), diagnostics: surprise(format, promised: promised, name))
    }
    if bytes.starts(with: SQLiteDatabase.magic) {
      let format = database(bytes, promised: promised, name: name)
      guard format.reads else { throw refusal(format, name) }
      return Reading(
        Finding(format: format), diagnostics: surprise(format, promised: promised, name))
    }
    if let refusal = UnreadText.refusal(ofBytes: bytes, file: name) { throw refusal }
    let decoded = try TextDecoding.decode(bytes, name: name, encoding: encoding)
    var diagnostics = decoded.diagnostics
    if let asked {
      return Reading(Finding(format: asked, text: decoded.value), diagnostics: diagnostics)
    }
    let head = Head(decoded.value.string)
    if let refusal = UnreadText.refusal(ofHead: head.body, file: name) { throw refusal }
    let format = textFormat(decoded.value.string, head, promised: promised)
    guard format.reads else { throw refusal(format, name) }
    diagnostics += surprise(format, promised: promised, name)
    return Reading(Finding(format: format, text: decoded.value), diagnostics: diagnostics)
  }

  /// A finding where a file is something else than its name promises.
  static func surprise(
    _ format: Format, promised: Format?, _ name: String
  ) -> [Diagnostic] {
    guard let promised, promised != format, ![.xml, .zip, .sqlite].contains(promised) else {
      return []
    }
    return [
      Diagnostic(
        "format.by-content", .note, at: .file(name, line: 1, column: 1),
        "the content is \(format.name) although the file's name promises \(promised.name)",
        solutions: ["rename the file so that its ending says what it is"])
    ]
  }

  private static func refusal(_ format: Format, _ name: String) -> ReadingError {
    .noReader(file: name, format: format.name, advice: format.advice)
  }

  // MARK: - Bytes

  private static let binaryKinds: [(magic: [UInt8], name: String)] = [
    ([0x89, 0x50, 0x4E, 0x47], "it is a PNG picture"),
    ([0xFF, 0xD8, 0xFF], "it is a JPEG picture"),
    (Array("GIF8".utf8), "it is a GIF picture"),
    ([0x49, 0x49, 0x2A, 0x00], "it is a TIFF picture"),
    ([0x4D, 0x4D, 0x00, 0x2A], "it is a TIFF picture"),
    ([0x1F, 0x8B], "it is a gzip archive"),
    ([0x37, 0x7A, 0xBC, 0xAF], "it is a 7-Zip archive"),
    (Array("Rar!".utf8), "it is a RAR archive"),
    ([0x7F, 0x45, 0x4C, 0x46], "it is a program"),
    (Array("ooBinaryFile".utf8), "it is a binary file of Praat; save it as a text file there"),
    (Array("ID3".utf8), "it is an MP3 recording"),
    ([0xFF, 0xFB], "it is an MP3 recording"),
    (Array("OggS".utf8), "it is an Ogg recording"),
    (Array("fLaC".utf8), "it is a FLAC recording"),
    (Array("RIFF".utf8), "it is a recording or a video"),
    ([0x1A, 0x45, 0xDF, 0xA3], "it is a Matroska video"),
  ]

  private static func binaryKind(of bytes: [UInt8]) -> String? {
    if bytes.count >= 12, bytes[4..<8].elementsEqual(Array("ftyp".utf8)) {
      return "it is an MPEG-4 recording"
    }
    return binaryKinds.first { bytes.starts(with: $0.magic) }?.name
  }

  // What a zip archive holds; a broken one is what its name says, whose reader then says more.
  private static func container(_ bytes: [UInt8], promised: Format?, name: String) -> Format {
    guard let archive = try? ZipArchive(bytes, file: name) else {
      return [.docx, .qdpx, .odt, .epub, .xlsx].contains(promised) ? promised ?? .zip : .zip
    }
    let names = archive.names
    func holds(_ prefix: String) -> Bool { names.contains { $0.hasPrefix(prefix) } }
    if holds("xl/") { return .xlsx }
    if holds("word/") { return .docx }
    if holds("ppt/") { return .pptx }
    if names.contains("project.qde") { return .qdpx }
    if names.contains("META-INF/container.xml") { return .epub }
    if names.contains("content.xml") { return .odt }
    if promised == .docx || promised == .xlsx || promised == .qdpx { return promised ?? .zip }
    // A main part may have any name, which the reader finds through the relationships.
    return names.contains("_rels/.rels") && names.contains("[Content_Types].xml") ? .docx : .zip
  }

  // Whose tables a database has; a broken one is what its name says, whose reader then says more.
  private static func database(_ bytes: [UInt8], promised: Format?, name: String) -> Format {
    guard let content = try? SQLiteDatabase(bytes, file: name, limit: bytes.count) else {
      return promised.map { Format.projects.contains($0) ? $0 : .sqlite } ?? .sqlite
    }
    func has(_ tables: String...) -> Bool { tables.allSatisfy { content.tables[$0] != nil } }
    if has("projects", "documents", "highlights", "highlight_tags") { return .taguette }
    if has("source", "code_name", "code_text") { return .qualCoder }
    if has("source", "freecode", "coding") { return .rqda }
    return .sqlite
  }

  // MARK: - Text

  private static func textFormat(_ text: String, _ head: Head, promised: Format?) -> Format {
    if head.starts(with: "WEBVTT") { return .webVTT }
    if head.isOTranscribe(promised) { return .oTranscribe }
    if head.starts(with: "app=InqScribe") { return .inqScribe }
    if head.isJSON { return .recognisedSpeech }
    if head.starts(with: "<"), let format = markup(head) { return format }
    if head.contains("ooTextFile"), head.contains("TextGrid") { return .praat }
    if head.contains("Praat chronological TextGrid") { return .praat }
    if head.beginsChat { return .chat }
    if head.starts(with: "MIME-Version:") || head.contains("Content-Type: multipart/related") {
      return .mhtml
    }
    if head.isZoomChat { return .zoomChat }
    if let promised {
      switch promised {
      case .plainText, .markdown, .csv, .tsv: break
      case .webVTT: return text.contains("-->") || head.isEmpty ? .webVTT : .plainText
      case .srt: return text.contains("-->") || head.isEmpty ? .srt : .plainText
      case .sbv: return head.isSBV || head.isEmpty ? .sbv : head.isSubRip ? .srt : .plainText
      case .html: return text.contains("<") || head.isEmpty ? .html : .plainText
      case .xml, .chat, .elan, .praat, .exmaralda, .folker, .transcriber, .tei, .folia: break
      case .recognisedSpeech: break
      default: return head.isTimedTable ? .tsv : .plainText
      }
      if head.isWebVTTWithoutHeader { return .webVTT }
      if head.isSubRip { return .srt }
      if head.isSBV, promised == .plainText { return .sbv }
      if promised == .plainText, head.isTimedTable { return .tsv }
      return promised
    }
    if head.isWebVTTWithoutHeader { return .webVTT }
    if head.isSubRip { return .srt }
    if head.isSBV { return .sbv }
    return head.isTimedTable ? .tsv : .plainText
  }

  private static func markup(_ head: Head) -> Format? {
    let roots: [(String, Format)] = [
      ("<ANNOTATION_DOCUMENT", .elan), ("<basic-transcription", .exmaralda),
      ("<segmented-transcription", .exmaralda),
      ("<folker-transcription", .folker), ("<Trans ", .transcriber),
      ("<!DOCTYPE Trans", .transcriber), ("<FoLiA", .folia), ("<TEI", .tei), ("<teiCorpus", .tei),
      ("<CodeBook", .qdc),
      ("urn:QDA-XML:codebook", .qdc), ("urn:QDA-XML:project", .qde), ("<!DOCTYPE html", .html),
      ("<!doctype html", .html), ("<html", .html), ("<HTML", .html), ("<!DOCTYPE HTML", .html),
      ("<office:document", .odt),
    ]
    for (root, format) in roots where head.contains(root) || head.body.contains(root) {
      return format
    }
    let tag = head.body.dropFirst().prefix { $0 != ">" }
    let name = tag.prefix { !$0.isWhitespace }.split(separator: ":").last
    if name == "TEI" || name == "teiCorpus" { return .tei }
    return head.starts(with: "<?xml") || tag.contains(" xmlns") ? .xml : nil
  }

  /// The beginning of a text, which says what it is.
  private struct Head {
    let text: String
    /// What follows the declarations and comments of mark-up; of any other text the same.
    let body: String

    init(_ whole: String) {
      text = Self.beginning(of: whole[...])
      let content = Self.behindComments(whole)
      body = content.startIndex == whole.startIndex ? text : Self.beginning(of: content)
    }

    private static func beginning(of whole: Substring) -> String {
      let scalars = whole.unicodeScalars
      var start = scalars.startIndex
      let limit =
        scalars.index(start, offsetBy: 2048, limitedBy: scalars.endIndex) ?? scalars.endIndex
      while start < limit, scalars[start].properties.isWhitespace {
        start = scalars.index(after: start)
      }
      return String(scalars[start..<limit])
    }

    // Licences in comments may be longer than any beginning.
    private static func behindComments(_ whole: String) -> Substring {
      var rest = whole[...]
      while true {
        let next = rest.drop(while: \.isWhitespace)
        let end = next.hasPrefix("<?") ? "?>" : next.hasPrefix("<!--") ? "-->" : nil
        guard let end, let found = next.utf8.firstRange(of: end.utf8) else { return rest }
        rest = next[found.upperBound...]
      }
    }

    var isEmpty: Bool { text.isEmpty }

    /// A brace and a quoted name or its like, as JSON begins.
    var isJSON: Bool {
      var rest = text.unicodeScalars.filter { !$0.properties.isWhitespace }.prefix(3)[...]
      if rest.first == "[" { rest = rest.dropFirst() }
      return rest.starts(with: ["{", "\""]) || rest.starts(with: ["{", "}"])
    }

    /// A header of CHAT, in old files in small letters.
    var beginsChat: Bool {
      let first = text.prefix { !$0.isWhitespace && $0 != ":" }.lowercased()
      return ["@utf8", "@begin", "@font", "@pid", "@window"].contains(first)
    }

    func starts(with prefix: String) -> Bool { text.hasPrefix(prefix) }

    func contains(_ word: String) -> Bool { text.contains(word) }

    /// A line of times of which the first has no hours, which only WebVTT leaves out.
    var isWebVTTWithoutHeader: Bool {
      let first = Array(text.utf8.prefix { $0 != 0x0A })
      guard CueTime.pair(first[...]) != nil, CueTime.words(after: first[...]).isEmpty else {
        return false
      }
      let start = first.prefix { $0 != 0x2D }
      return start.contains(0x2E) && start.count(where: { $0 == 0x3A }) == 1
    }

    /// A number, then a line of times, or the times alone, as in SubRip.
    var isSubRip: Bool {
      let lines = text.split(separator: "\n", maxSplits: 3, omittingEmptySubsequences: true)
      guard let first = lines.first else { return false }
      if let times = CueTime.pair(Array(first.utf8)[...]) {
        return !times.start.isUnpadded && CueTime.words(after: Array(first.utf8)[...]).isEmpty
      }
      guard lines.count >= 2, first.allSatisfy({ $0.isNumber || $0.isWhitespace }) else {
        return false
      }
      return lines[1].contains("-->")
    }

    /// A line of two times with a comma between them, as YouTube writes it.
    var isSBV: Bool {
      let first = text.utf8.prefix { $0 != 0x0A }
      return CueTime.commaPair(Array(first)[...]) != nil
    }

    /// The heading row that recognisers give a table of segments, or rows of the same number of
    /// cells with a time in each, as ELAN exports tiers and NVivo asks for.
    var isTimedTable: Bool {
      let first = text.prefix { $0 != "\n" }.lowercased()
      if ["start\tend\ttext", "start\tend\tspeaker\ttext"].contains(first) { return true }
      let rows = text.split(separator: "\n", maxSplits: 12).prefix(12).dropLast()
        .map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
      guard rows.count >= 3, let width = rows.first?.count, width >= 3,
        rows.allSatisfy({ $0.count == width }),
        !rows.contains(where: { $0.prefix(2).contains { $0.hasSuffix(":") } })
      else { return false }
      if rows.allSatisfy(TurnColumns.isSpan) { return true }
      return (0..<width).contains { column in
        rows.dropFirst().allSatisfy { Self.isTime($0[column]) }
      }
    }

    private static func isTime(_ cell: Substring) -> Bool {
      let view = ScalarView(Array(cell.utf8))
      let stamp = Timecode.read(view, at: 0, limit: view.utf8.count)
      return stamp?.range.upperBound == view.utf8.count
    }

    /// Lines of a time of day, and who typed to whom, with what was typed beside or below.
    var isZoomChat: Bool {
      let lines = text.split(separator: "\n", maxSplits: 8).prefix(8)
        .filter { $0.first != "\t" && $0.first != " " }
      return lines.first.map(Self.isChatLine) == true
        && lines.count(where: Self.isChatLine) * 2 >= lines.count
    }

    private static func isChatLine(_ line: Substring) -> Bool {
      let parts = line.split(maxSplits: 1) { $0 == "\t" || $0 == " " }
      guard parts.count == 2, parts[0].count == 8, parts[0].split(separator: ":").count == 3,
        parts[0].allSatisfy({ $0.isNumber || $0 == ":" })
      else { return false }
      let rest = parts[1].drop { $0 == " " }
      if rest.hasPrefix("From "), rest.contains(" : ") || rest.hasSuffix(":") { return true }
      let isTabbed = line.dropFirst(parts[0].count).first == "\t"
      return isTabbed && (rest.hasPrefix("From ") || rest.hasSuffix(":") || rest.contains(":\t"))
    }

    /// JSON whose text is HTML, beside the name of a recording.
    func isOTranscribe(_ promised: Format?) -> Bool {
      guard starts(with: "{") else { return false }
      return promised == .oTranscribe
        || contains("\"text\"") && contains("class=\\\"timestamp\\\"")
    }
  }
}
