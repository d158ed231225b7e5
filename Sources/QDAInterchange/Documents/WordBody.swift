internal import QDACore

/// Makes text from the events of a Word document's body.
struct WordBody {
  private(set) var document = RichDocument()
  private(set) var diagnostics: [Diagnostic] = []

  private let package: WordPackage
  private let file: String
  private let original: Bool
  /// The document's text in UTF-8.
  private var utf8: [UInt8] = []
  /// The number of scalars written so far.
  private var offset = 0
  private var stack: [Open] = []
  /// Above zero inside an element whose content is left out.
  private var skipped = 0
  /// Text boxes stand inside a paragraph; they follow it as paragraphs of their own.
  private var box: [String]?
  private var waitingBoxes: [String] = []

  private var paragraphStart: Int?
  private var needsBreak = false
  private var joinsNext = false
  /// Whether the open paragraph is a heading.
  private var isHeading = false
  private var isHidden = false

  private var ranges: [String: Int] = [:]
  private var anchored: Set<String> = []
  private var tableDepth = 0
  private var cellStart: Int?

  private var hiddenCount = 0
  private var numbering: WordNumbering
  private var number: (list: String, level: Int)?
  private var numbers = 0
  private var numberedCount = 0
  private var symbolCount = 0

  /// An element that has begun.
  private struct Open {
    /// Its name, or `nil` for one that does not matter.
    var name: WordName?
    var start: Int
    /// The target of a hyperlink, or the author of a change.
    var value: String?
    var hasChoice = false
  }

  init(package: WordPackage, file: String, original: Bool) {
    self.package = package
    numbering = package.numbering
    document.metadata = package.headers.map { MetadataField(name: "page header", value: $0) }
    self.file = file
    self.original = original
  }

  /// Takes the text of an element.
  mutating func take(_ text: borrowing Span<UInt8>) {
    let name = stack.last?.name
    guard skipped == 0, name == .t || (original && name == .delText) else { return }
    if isHidden {
      hiddenCount += text.scalarCount
    } else if box == nil {
      utf8.append(text)
      offset += text.scalarCount
    } else {
      write(unsafe text.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) })
    }
  }

  /// Takes the beginning of an element whose name does not matter.
  mutating func startOther() {
    if skipped > 0 { skipped += 1 }
    stack.append(Open(start: offset))
  }

  // MARK: Elements

  mutating func start(_ name: WordName, _ element: XMLElement) {
    let parent = stack.last?.name
    var open = Open(name: name, start: offset)
    if skipped > 0 || leavesOut(name, parent: parent) {
      skipped += 1
      stack.append(open)
      return
    }
    switch name {
    case .t, .rPr, .pPr: break
    case .p: beginParagraph()
    case .r: isHidden = false
    case .vanish where parent == .rPr && stack.dropLast().last?.name == .r:
      isHidden = !["0", "false", "off"].contains(element["val"])
    case .del where parent == .rPr && stack.dropLast().last?.name == .pPr: joinsNext = !original
    case .ins where parent == .rPr && stack.dropLast().last?.name == .pPr: joinsNext = original
    // What the properties were before a tracked change is another matter.
    case .numPr where parent == .pPr && stack.dropLast().last?.name == .p:
      number = number ?? ("", 0)
    case .pStyle where parent == .pPr && stack.dropLast().last?.name == .p:
      if number == nil { number = element["val"].flatMap(numbering.place(ofStyle:)) }
      isHeading = element["val"].map(Self.isHeading) == true
    case .outlineLvl where parent == .pPr:
      isHeading = element["val"].flatMap { Int($0) }.map((0..<9).contains) == true
    case .ilvl where parent == .numPr:
      number?.level = element["val"].flatMap { Int($0) } ?? 0
    case .numId where parent == .numPr: number?.list = element["val"] ?? ""
    case .tab, .ptab: if parent == .r { write("\t") }
    case .br: if !["page", "column"].contains(element["type"]) { write("\n") }
    case .cr: write("\n")
    case .noBreakHyphen: write("\u{2011}")
    case .softHyphen: write("\u{AD}")
    case .sym: symbol(element)
    case .hyperlink:
      open.value =
        element["id"].flatMap { package.targets[$0] } ?? element["anchor"].map { "#" + $0 }
    case .ins, .moveTo: open.value = element["author"] ?? ""
    case .commentRangeStart: if let id = element["id"] { ranges[id] = offset }
    case .commentRangeEnd: if let id = element["id"] { anchor(id, from: ranges[id] ?? offset) }
    case .commentReference:
      if let id = element["id"], !anchored.contains(id) { anchor(id, from: ranges[id] ?? offset) }
    case .footnoteReference: note(element["id"], "footnote", package.footnotes)
    case .endnoteReference: note(element["id"], "endnote", package.endnotes)
    case .txbxContent: box = box ?? []
    case .tbl:
      tableDepth += 1
      if tableDepth == 1, box == nil { document.tables.append([]) }
    case .tr:
      if tableDepth == 1, box == nil, !document.tables.isEmpty {
        document.tables[document.tables.count - 1].append([])
      }
    case .tc: if tableDepth == 1, box == nil { cellStart = nil }
    case .altChunk, .subDoc: left(element)
    default: break
    }
    if name == .choice, !stack.isEmpty { stack[stack.count - 1].hasChoice = true }
    stack.append(open)
  }

  private func leavesOut(_ name: WordName, parent: WordName?) -> Bool {
    switch name {
    // Properties of a paragraph mark say what became of the mark, not of any text.
    case .ins, .moveTo: original && parent != .rPr
    case .del, .moveFrom, .delText: !original && parent != .rPr
    case .instrText, .delInstrText: true
    case .fallback: stack.last?.hasChoice == true
    default: false
    }
  }

  mutating func end() {
    guard let open = stack.popLast() else { return }
    if skipped > 0 {
      skipped -= 1
      return
    }
    guard let name = open.name else { return }
    switch name {
    case .p: endParagraph()
    case .pPr: showNumber()
    case .hyperlink: if let target = open.value { mark(.link(target), from: open.start) }
    case .ins, .moveTo:
      if let author = open.value, stack.last?.name != .rPr {
        mark(.insertion(author.isEmpty ? nil : author), from: open.start)
      }
    case .txbxContent:
      if !stack.contains(where: { $0.name == .txbxContent }) {
        waitingBoxes += box ?? []
        box = nil
      }
    case .tc: if tableDepth == 1, box == nil { endCell() }
    case .tbl: tableDepth -= 1
    case .body:
      for text in waitingBoxes { boxParagraph(text) }
      waitingBoxes = []
    default: break
    }
  }

  // The ids of the styles of headings in the languages of Word: `Heading1`, `berschrift1`, `Titre2`.
  private static func isHeading(_ style: String) -> Bool {
    let stem = style.prefix { !$0.isNumber }.lowercased()
    return style.last?.isNumber == true
      && [
        "heading", "berschrift", "überschrift", "titre", "ttulo", "título", "titolo", "kop",
        "rubrik", "overskrift", "otsikko", "nagwek", "nagłówek", "nadpis",
      ].contains(stem.trimmingLayoutSpace)
  }

  // MARK: Paragraphs and cells

  private mutating func beginParagraph() {
    if box != nil {
      box?.append("")
      return
    }
    if needsBreak {
      write("\n")
      needsBreak = false
    }
    if paragraphStart == nil { paragraphStart = offset }
    if cellStart == nil { cellStart = offset }
  }

  private mutating func endParagraph() {
    guard box == nil else { return }
    if joinsNext {
      joinsNext = false
      return
    }
    let span = TextSpan(scalars: (paragraphStart ?? offset)..<offset)
    document.paragraphs.append(span)
    if isHeading, tableDepth == 0 { document.headings.append(span) }
    isHeading = false
    paragraphStart = nil
    needsBreak = true
    if tableDepth == 0 {
      let boxes = waitingBoxes
      waitingBoxes = []
      for text in boxes { boxParagraph(text) }
    }
  }

  private mutating func boxParagraph(_ text: String) {
    beginParagraph()
    write(text)
    document.paragraphs.append(TextSpan(scalars: (paragraphStart ?? offset)..<offset))
    paragraphStart = nil
    needsBreak = true
  }

  private mutating func endCell() {
    guard let row = document.tables.last?.indices.last else { return }
    document.tables[document.tables.count - 1][row].append(
      TextSpan(scalars: (cellStart ?? offset)..<offset))
    cellStart = nil
  }

  private mutating func write(_ text: String) {
    if let last = box?.indices.last {
      box?[last] += text
      return
    }
    if box != nil { return }
    utf8 += text.utf8
    offset += text.unicodeScalars.count
  }

  // MARK: Marks

  private mutating func mark(_ kind: Mark.Kind, from start: Int) {
    if box == nil, start < offset {
      document.marks.append(Mark(kind, TextSpan(scalars: start..<offset)))
    }
  }

  private mutating func anchor(_ id: String, from start: Int) {
    guard let comment = package.comments[id], anchored.insert(id).inserted else { return }
    document.marks.append(
      Mark(.annotation(comment), TextSpan(scalars: min(start, offset)..<offset)))
  }

  private mutating func note(_ id: String?, _ kind: String, _ notes: [String: String]) {
    guard let id, let text = notes[id], box == nil else { return }
    let annotation = Mark.Annotation(id: "\(kind) \(id)", text: text.trimmedSpace)
    document.marks.append(Mark(.annotation(annotation), TextSpan(scalars: offset..<offset)))
  }

  // What is shown before a paragraph is a remark at its start, because it is not in its text.
  private mutating func showNumber() {
    guard let shown = number else { return }
    number = nil
    // The list 0 takes a paragraph out of the list of its style.
    if shown.list == "0" || box != nil { return }
    guard let label = numbering.label(number: shown.list, level: shown.level) else {
      numberedCount += 1
      return
    }
    if label.isEmpty { return }
    numbers += 1
    let note = Mark.Annotation(id: "number \(numbers)", text: label)
    document.marks.append(Mark(.annotation(note), TextSpan(scalars: offset..<offset)))
  }

  private mutating func symbol(_ element: XMLElement) {
    // Symbol fonts use the private area, where a code says nothing without the font.
    guard let value = element["char"].flatMap({ UInt32($0, radix: 16) }),
      let scalar = Unicode.Scalar(value), !(0xE000...0xF8FF).contains(value)
    else {
      symbolCount += 1
      write("\u{FFFD}")
      return
    }
    write(String(Character(scalar)))
  }

  // MARK: What was not read

  private mutating func left(_ element: XMLElement) {
    diagnostics.append(
      Diagnostic(
        "docx.altchunk-not-read", .warning, at: .file(file, line: 0, column: 0),
        "a part of the document is embedded in another format and was not read",
        raw: element["id"].flatMap { package.targets[$0] },
        solutions: [
          "open the document in a word processor and save it again, which merges the part"
        ]
      ))
  }

  /// Sorts the marks and reports what was counted.
  mutating func finish() {
    document.text = String(decoding: utf8, as: UTF8.self)
    utf8 = []
    document.marks.sort { $0.span < $1.span }
    for id in package.comments.keys.sorted() where !anchored.contains(id) {
      diagnostics.append(
        Diagnostic(
          "docx.comment-without-anchor", .warning, at: .file(file, line: 0, column: 0),
          "comment \(id) has no anchor in the text", raw: package.comments[id]?.text,
          solutions: ["open the document, attach the comment to the words it is about, and save"]))
    }
    let place = Place.file(file, line: 0, column: 0)
    if hiddenCount > 0 {
      diagnostics.append(
        Diagnostic(
          "docx.hidden-text", .note, at: place, "characters of hidden text were left out",
          solutions: ["remove the hidden formatting in a word processor to have the text read"],
          count: hiddenCount))
    }
    if numberedCount > 0 {
      diagnostics.append(
        Diagnostic(
          "docx.numbering-not-read", .note, at: place,
          "paragraphs have automatic numbers, which are not in the text",
          solutions: ["type the numbers as text where they matter"], count: numberedCount))
    }
    if symbolCount > 0 {
      diagnostics.append(
        Diagnostic(
          "docx.symbol-unmapped", .warning, at: place,
          "symbols of a symbol font are shown as U+FFFD",
          solutions: ["replace the symbols by Unicode characters in a word processor"],
          count: symbolCount))
    }
  }
}

/// The names of elements that matter in the body; of all others only the nesting does.
enum WordName: String, CaseIterable {
  case p, r, t, pPr, rPr, vanish, del, ins, numPr, pStyle, outlineLvl, ilvl, numId, tab, ptab, br,
    cr
  case noBreakHyphen, softHyphen, sym, hyperlink, moveTo, moveFrom, delText, commentRangeStart
  case commentRangeEnd, commentReference, footnoteReference, endnoteReference, txbxContent, tbl, tr
  case tc, altChunk, subDoc, instrText, delInstrText, body
  case choice = "Choice"
  case fallback = "Fallback"

  /// Whether its attributes matter: those of runs and the like say who edited them when.
  var hasAttributes: Bool {
    switch self {
    case .p, .r, .t, .rPr, .pPr, .tr, .tc, .tbl: false
    default: true
    }
  }
}

extension String {
  fileprivate var trimmedSpace: String {
    var slice = self[...]
    while slice.first?.isWhitespace == true { slice.removeFirst() }
    while slice.last?.isWhitespace == true { slice.removeLast() }
    return String(slice)
  }
}
