internal import QDACore

/// Reads RTF documents.
///
/// The rendition: paragraphs joined by `\n`, cells as paragraphs in row order, `\t` for a tab, `\n`
/// for a line break within a paragraph. Bytes are read by the code page of their font, else of the
/// document. Pictures, headers, footers and hidden text, but for the times of Transana, are left out;
/// comments and notes are annotations.
struct RTFDocument {
  private var builder = RichDocumentBuilder(collapses: false)
  private var state = RTFState()
  private var asides: [RTFAside] = []
  /// Bytes of text that wait to be decoded together, because a character may take two.
  private var waiting: [UInt8] = []
  private var codePages: [Int: String] = [:]
  private var documentPage = "windows-1252"
  private var defaultFont: Int?
  private var fontInTable: Int?
  private var styles = RTFStyles()
  private var authors: [String] = []
  private var comment = RTFComment()
  private var commentStarts: [String: Int] = [:]
  private var commentEnds: [String: Int] = [:]
  private var insertion: (start: Int, author: Int)?
  private var pageHeaders: [String] = []
  private var noteCount = 0
  private var hiddenCount = 0
  /// Whether the file ends within a group.
  private var isCutOff = false
  private var unknownPages: Set<String> = []

  private let file: String
  private let original: Bool
  private var scanner: RTFScanner
  private var stack: [RTFState] = []
  private var toSkip = 0
  private var highSurrogate: UInt32?
  private var isTableOpen = false
  private var isRowOpen = false
  private var isCellOpen = false

  /// The deepest nesting of groups.
  static let greatestDepth = 4096

  /// Reads a document from its bytes.
  ///
  /// - Throws: `malformed` where groups nest without measure.
  static func read(
    _ bytes: [UInt8], name file: String, original: Bool = false
  ) throws(ReadingError) -> Reading<RichDocument> {
    var reader = RTFDocument(bytes, file: file, original: original)
    try reader.run()
    return reader.finish()
  }

  private init(_ bytes: [UInt8], file: String, original: Bool) {
    scanner = RTFScanner(bytes)
    self.file = file
    self.original = original
  }

  private mutating func run() throws(ReadingError) {
    while let token = scanner.next() {
      switch token {
      case .open:
        toSkip = 0
        guard stack.count < Self.greatestDepth else {
          throw .malformed(
            file: file, line: 1, column: scanner.position,
            reason: "groups are nested deeper than \(Self.greatestDepth); \(XMLStream.advice)")
        }
        flush()
        stack.append(state)
        state.isFresh = true
        state.isStarred = false
        state.field = nil
        state.ownsAside = false
      case .close:
        toSkip = 0
        flush()
        closeGroup()
      case .word(let name, let number):
        if skipsFallback() { continue }
        take(name, number)
        if name != "u" { state.isFresh = false }
      case .sign(let sign):
        if sign == 0x2A {
          state.isStarred = true
          continue
        }
        if skipsFallback() { continue }
        take(sign: sign)
      case .byte(let byte), .text(let byte):
        state.isFresh = false
        if skipsFallback() { continue }
        if case .text(0x09) = token {
          put("\t")
        } else if state.destination != .table || !asides.isEmpty {
          if !state.isLeftOut { waiting.append(byte) }
        }
      }
    }
    flush()
    isCutOff = !stack.isEmpty
    while !stack.isEmpty { closeGroup() }
  }

  // After `\u` stand as many signs for older readers as `\uc` says.
  private mutating func skipsFallback() -> Bool {
    guard toSkip > 0 else { return false }
    toSkip -= 1
    return true
  }

  // MARK: Groups

  private mutating func closeGroup() {
    guard var outer = stack.popLast() else { return }
    if state.ownsAside, let aside = asides.popLast() {
      // The instruction of a field is known before its result, which stands in the same group.
      if case .field("fldinst") = aside.kind { outer.field?.read(aside.text) }
      end(aside)
    }
    if let field = state.field, let target = field.target, asides.isEmpty {
      builder.mark(.link(target), from: field.start)
    }
    state = outer
  }

  private mutating func begin(_ kind: RTFAside.Kind) {
    asides.append(RTFAside(kind: kind))
    state.ownsAside = true
    state.isLeftOut = false
  }

  private mutating func end(_ aside: RTFAside) {
    let text = aside.text.trimmingLayoutSpace
    switch aside.kind {
    case .note(let kind):
      noteCount += 1
      builder.annotate(Mark.Annotation(id: "\(kind) \(noteCount)", text: text))
    case .header: if !text.isEmpty, !pageHeaders.contains(text) { pageHeaders.append(text) }
    case .number:
      if text.contains(where: { $0.isNumber || $0.isLetter }) {
        numberParagraph(text)
      }
    case .comment:
      let id = comment.reference ?? "\(noteCount + 1)"
      noteCount += 1
      let note = Mark.Annotation(id: id, author: comment.author, text: text)
      let start = comment.reference.flatMap { commentStarts[$0] }
      builder.annotate(
        note, from: start, to: comment.reference.flatMap { commentEnds[$0] })
      comment = RTFComment()
    case .field(let field):
      switch field {
      case "atnauthor": comment.author = text
      case "atnid": if comment.author == nil { comment.author = text }
      case "atnref": comment.reference = text
      case "atrfstart": commentStarts[text] = builder.nextOffset
      case "atrfend": commentEnds[text] = builder.offset
      case "revtbl":
        authors = text.split(separator: ";").map { String($0).trimmingLayoutSpace }
      case "title": builder.add(field: "title", text)
      default: break
      }
    }
  }

  // MARK: Words

  private mutating func take(_ name: String, _ number: Int?) {
    if state.isLeftOut {
      // The Unicode form of what stands here twice.
      if name == "ud" { state.isLeftOut = false }
      if name == "bin" { scanner.skip(number ?? 0) }
      return
    }
    if let text = Self.signs[name] {
      put(text)
      return
    }
    switch name {
    case "par", "sect", "nestcell":
      flush()
      paragraph()
    case "line", "softline", "lbr": put("\n")
    case "tab": put("\t")
    case "cell":
      flush()
      endCell()
    case "row", "nestrow":
      flush()
      if name == "row" { isRowOpen = false }
    case "pard": (state.isInTable, state.isHeading) = (false, false)
    case "s":
      if state.destination == .styles {
        styles.begin(number ?? 0)
      } else {
        state.isHeading = styles.headings.contains(number ?? 0)
      }
    case "outlinelevel": state.isHeading = (0..<9).contains(number ?? 9)
    case "intbl": state.isInTable = true
    case "plain":
      flush()
      state.font = defaultFont
      state.isHidden = false
      state.isDeleted = false
      state.isRevised = false
    case "u": unicode(number ?? 0)
    case "uc": state.fallback = min(max(number ?? 1, 0), 64)
    case "f":
      flush()
      state.font = number
      if state.isFontTable { fontInTable = number }
    case "deff": defaultFont = number
    case "fcharset":
      if let font = fontInTable, let page = RTFCharset.page(ofCharset: number ?? 1) {
        codePages[font] = page
      }
    case "cpg":
      if let font = fontInTable, let number { codePages[font] = RTFCharset.page(number) }
    case "ansicpg": if let number, number > 0 { documentPage = RTFCharset.page(number) }
    case "mac": documentPage = "macintosh"
    case "pc": documentPage = "IBM437"
    case "pca": documentPage = "IBM850"
    case "v":
      flush()
      state.isHidden = number != 0
    case "deleted":
      flush()
      state.isDeleted = number != 0
    case "revised":
      flush()
      state.isRevised = number != 0
    case "revauth":
      flush()
      state.author = number ?? 0
    case "bin": scanner.skip(number ?? 0)
    default: destination(name)
    }
  }

  private mutating func destination(_ name: String) {
    switch name {
    case "footnote":
      flush()
      begin(.note("footnote"))
    case "annotation":
      flush()
      begin(.comment)
    case "header", "headerl", "headerr", "headerf": begin(.header)
    case "listtext", "pntext": begin(.number)
    case "atnauthor", "atnid", "atnref", "atrfstart", "atrfend", "revtbl", "title", "fldinst":
      guard state.isFresh || state.isStarred else { return }
      if name == "atrfstart" || name == "atrfend" { flush() }
      begin(.field(name))
    case "stylesheet": state.destination = .styles
    case "fonttbl":
      state.isFontTable = true
      state.destination = .table
    case "info": break
    case "field": state.field = RTFField(start: builder.nextOffset)
    case "fldrslt", "shptxt", "rtf", "shpinst", "shp", "upr", "shprslt", "result":
      if name == "upr" || name == "shprslt" || name == "result" { state.isLeftOut = true }
    default:
      // Only the first word of a group names it.
      if state.isFresh, state.isStarred || Self.leftOut.contains(name) { state.isLeftOut = true }
    }
  }

  private static let leftOut: Set<String> = [
    "pict", "object", "colortbl", "footer", "footerl", "footerr", "footerf",
    "author", "operator", "creatim", "revtim", "printim", "buptim", "doccomm", "company",
    "subject", "keywords", "comment", "category", "manager", "hlinkbase", "listtable",
    "listoverridetable", "filetbl", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc",
    "aftncn", "tc", "xe", "private", "sp", "rxe", "txe", "bkmkstart", "bkmkend", "nonshppict",
    "pntxta", "pntxtb", "atnicn", "atntime", "atndate", "template", "nextfile", "datafield",
  ]

  private static let signs: [String: String] = [
    "emdash": "—", "endash": "–", "emspace": "\u{2003}", "enspace": "\u{2002}",
    "qmspace": "\u{2005}", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "zwj": "\u{200D}", "zwnj": "\u{200C}", "ltrmark": "\u{200E}",
    "rtlmark": "\u{200F}", "zwbo": "\u{200B}", "zwnbo": "\u{2060}",
  ]

  private mutating func take(sign: UInt8) {
    switch sign {
    case 0x7E: put("\u{A0}")
    case 0x5F: put("\u{2011}")
    case 0x2D: put("\u{AD}")
    case 0x0A, 0x0D:
      flush()
      if !state.isLeftOut { paragraph() }
    case 0x5C, 0x7B, 0x7D: if !state.isLeftOut { waiting.append(sign) }
    default: break
    }
  }

  private mutating func unicode(_ number: Int) {
    toSkip = state.fallback
    let value = UInt32(truncatingIfNeeded: number < 0 ? number + 65_536 : number)
    if (0xD800...0xDBFF).contains(value) {
      flush()
      highSurrogate = value
      return
    }
    if let high = highSurrogate, (0xDC00...0xDFFF).contains(value) {
      let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (value - 0xDC00))
      highSurrogate = nil
      put(scalar.map { String(Character($0)) } ?? "\u{FFFD}")
      return
    }
    highSurrogate = nil
    // Symbol fonts are written in the private area, where a code says nothing without the font.
    put(Unicode.Scalar(value).map { String(Character($0)) } ?? "\u{FFFD}")
  }

  // MARK: Text

  private mutating func flush() {
    guard !waiting.isEmpty else { return }
    let page = state.font.flatMap { codePages[$0] } ?? documentPage
    let text: String
    if waiting.allSatisfy({ $0 < 0x80 }) {
      text = String(decoding: waiting, as: UTF8.self)
    } else if let decoded = CodePage.decode(waiting, encoding: page) {
      text = decoded
    } else {
      unknownPages.insert(page)
      text = CodePage.decode(waiting, encoding: "windows-1252") ?? ""
    }
    waiting.removeAll(keepingCapacity: true)
    write(text)
  }

  private mutating func put(_ text: String) {
    flush()
    if !state.isLeftOut { write(text) }
  }

  private mutating func write(_ text: String) {
    if state.destination == .styles { styles.read(text) }
    if state.destination != .body, asides.isEmpty { return }
    if original ? state.isRevised : state.isDeleted { return }
    if !asides.isEmpty {
      asides[asides.count - 1].text += text
      return
    }
    if state.isHidden, !builder.continuesTime(text) {
      hiddenCount += text.unicodeScalars.count
      return
    }
    openCell()
    trackInsertion()
    if text == "\n" { builder.breakLine() } else { builder.write(verbatim: text) }
  }

  private mutating func trackInsertion() {
    if let open = insertion, !state.isRevised || open.author != state.author { closeInsertion() }
    if state.isRevised, insertion == nil { insertion = (builder.nextOffset, state.author) }
  }

  private mutating func closeInsertion() {
    guard let open = insertion else { return }
    insertion = nil
    let name = authors.indices.contains(open.author) ? authors[open.author] : nil
    builder.mark(.insertion(name), from: open.start)
  }

  // MARK: Paragraphs and cells

  private mutating func paragraph() {
    if !asides.isEmpty {
      asides[asides.count - 1].text += "\n"
      return
    }
    if state.destination != .body { return }
    // A deleted mark joins its paragraph with the next.
    if original ? state.isRevised : state.isDeleted { return }
    openCell()
    if !builder.isOpen { builder.beginParagraph() }
    builder.endParagraph(isHeading: state.isHeading)
  }

  private mutating func openCell() {
    guard state.isInTable else {
      if isTableOpen { endTable() }
      return
    }
    if !isTableOpen { builder.beginTable() }
    isTableOpen = true
    if !isRowOpen { builder.beginRow() }
    isRowOpen = true
    if !isCellOpen { builder.beginCell() }
    isCellOpen = true
  }

  private mutating func endCell() {
    guard asides.isEmpty else { return }
    let wasInTable = state.isInTable
    state.isInTable = true
    openCell()
    state.isInTable = wasInTable
    builder.endCell()
    isCellOpen = false
  }

  private mutating func endTable() {
    builder.endTable()
    (isTableOpen, isRowOpen, isCellOpen) = (false, false, false)
  }

  private mutating func numberParagraph(_ text: String) {
    guard asides.isEmpty else { return }
    openCell()
    if !builder.isOpen { builder.beginParagraph() }
    noteCount += 1
    builder.annotate(Mark.Annotation(id: "number \(noteCount)", text: text))
  }

  // MARK: The end

  private mutating func finish() -> Reading<RichDocument> {
    closeInsertion()
    if isTableOpen { endTable() }
    for header in pageHeaders { builder.add(field: "page header", header) }
    var diagnostics: [Diagnostic] = []
    let place = Place.file(file, line: 0, column: 0)
    if isCutOff {
      diagnostics.append(
        Diagnostic(
          "rtf.truncated", .warning, at: place,
          "the document ends before it is complete; what comes before is read",
          solutions: ["fetch the file again, or open it in a word processor and look at its end"]))
    }
    if hiddenCount > 0 {
      diagnostics.append(
        Diagnostic(
          "rtf.hidden-text", .note, at: place, "characters of hidden text were left out",
          solutions: ["remove the hidden formatting in a word processor to have the text read"],
          count: hiddenCount))
    }
    for page in unknownPages.sorted() {
      diagnostics.append(
        Diagnostic(
          "rtf.code-page-unknown", .warning, at: place,
          "the code page '\(page)' is not known; its letters are read as windows-1252", raw: page,
          solutions: ["open the document in a word processor and save it as .docx"]))
    }
    return Reading(builder.finish(), diagnostics: diagnostics)
  }
}
