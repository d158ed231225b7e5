internal import QDACore

/// The visible text of a word processor's document, a web page or a book, with what hangs on it.
struct RichDocument: Sendable {
  /// The text; paragraphs and cells are joined by `\n`.
  var text = ""
  /// The paragraphs in order.
  var paragraphs: [TextSpan] = []
  /// The paragraphs among them that are headings and stand in no table.
  var headings: [TextSpan] = []
  /// Links, tracked insertions, comments, notes and the like, by position.
  var marks: [Mark] = []
  /// The cells of each table that stands in no other, by row.
  var tables: [[[TextSpan]]] = []
  /// Times that stand in the text less finely than the document knows them, by position: where
  /// each begins, and its milliseconds.
  var times: [(start: Int, milliseconds: Int)] = []
  /// What the document says of itself outside of its text.
  var metadata: [MetadataField] = []
}

/// Makes the text of a document from its paragraphs, cells and runs, in one pass.
struct RichDocumentBuilder {
  private(set) var document = RichDocument()
  /// The number of scalars written so far.
  private(set) var offset = 0

  /// Whether white space collapses as in HTML and OpenDocument.
  var collapses: Bool
  private var needsBreak = false
  private var paragraphStart: Int?
  private var pendingSpace = false
  private var tableDepth = 0
  private var cellStart: Int?

  init(collapses: Bool) { self.collapses = collapses }

  /// Whether a paragraph is open.
  var isOpen: Bool { paragraphStart != nil }

  /// Begins a paragraph on a line of its own, ending the one that is open.
  mutating func beginParagraph() {
    endParagraph()
    if needsBreak { append("\n") }
    needsBreak = false
    pendingSpace = false
    paragraphStart = offset
    if cellStart == nil { cellStart = offset }
  }

  /// Ends the open paragraph, if there is one.
  mutating func endParagraph(isHeading: Bool = false) {
    guard let start = paragraphStart else { return }
    let span = TextSpan(scalars: start..<offset)
    document.paragraphs.append(span)
    if isHeading, tableDepth == 0 { document.headings.append(span) }
    paragraphStart = nil
    pendingSpace = false
    needsBreak = true
  }

  /// Writes text whose white space counts as it is.
  mutating func write(verbatim text: String) {
    if text.isEmpty { return }
    if paragraphStart == nil { beginParagraph() }
    flushSpace()
    append(text)
  }

  /// Writes text as the document's rules want it: white space collapses, or counts.
  mutating func write(_ text: String) {
    guard collapses else {
      write(verbatim: text)
      return
    }
    var run = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case " ", "\t", "\n", "\r":
        if !run.isEmpty {
          write(verbatim: String(run))
          run = String.UnicodeScalarView()
        }
        pendingSpace = true
      default:
        if run.isEmpty, pendingSpace {
          if paragraphStart == nil { beginParagraph() }
          flushSpace()
        }
        run.append(scalar)
      }
    }
    if !run.isEmpty { write(verbatim: String(run)) }
  }

  /// Ends a line within a paragraph.
  mutating func breakLine() {
    if paragraphStart == nil { beginParagraph() }
    pendingSpace = false
    append("\n")
  }

  // White at the start of a line is not seen where white collapses.
  private mutating func flushSpace() {
    guard pendingSpace else { return }
    pendingSpace = false
    guard let start = paragraphStart, offset > start, document.text.unicodeScalars.last != "\n"
    else { return }
    append(" ")
  }

  private mutating func append(_ text: String) {
    document.text += text
    offset += text.unicodeScalars.count
  }

  // MARK: Tables

  /// Whether no table is open.
  var isOutsideTables: Bool { tableDepth == 0 }

  mutating func beginTable() {
    endParagraph()
    tableDepth += 1
    if tableDepth == 1 { document.tables.append([]) }
  }

  mutating func endTable() {
    endParagraph()
    tableDepth = max(0, tableDepth - 1)
    if tableDepth == 0, document.tables.last?.isEmpty == true { document.tables.removeLast() }
  }

  mutating func beginRow() {
    endParagraph()
    if tableDepth == 1 { document.tables[document.tables.count - 1].append([]) }
  }

  mutating func beginCell() {
    endParagraph()
    if tableDepth == 1 { cellStart = nil }
  }

  mutating func endCell() {
    if tableDepth == 1, cellStart == nil { beginParagraph() }
    endParagraph()
    guard tableDepth == 1, let table = document.tables.indices.last,
      let row = document.tables[table].indices.last
    else { return }
    document.tables[table][row].append(TextSpan(scalars: (cellStart ?? offset)..<offset))
    cellStart = nil
  }

  // MARK: Marks

  /// Where the next words will stand, without ending a paragraph for it.
  var nextOffset: Int {
    if paragraphStart == nil { return offset + (needsBreak ? 1 : 0) }
    return offset + (pendingSpace && offset > (paragraphStart ?? 0) ? 1 : 0)
  }

  /// Marks the text from a position up to here; nothing where there is none.
  mutating func mark(_ kind: Mark.Kind, from start: Int) {
    if start < offset { document.marks.append(Mark(kind, TextSpan(scalars: start..<offset))) }
  }

  /// Says what time the text from a position up to here stands for; nothing where there is none.
  mutating func setTime(_ milliseconds: Int, from start: Int) {
    if start < offset { document.times.append((start, milliseconds)) }
  }

  /// Attaches a remark to the text from a position up to another, by default to this place.
  mutating func annotate(_ note: Mark.Annotation, from start: Int? = nil, to end: Int? = nil) {
    let end = min(end ?? offset, offset)
    let start = min(start ?? end, end)
    document.marks.append(Mark(.annotation(note), TextSpan(scalars: start..<end)))
  }

  /// Adds a field of the document itself.
  mutating func add(field name: String, _ value: String) {
    let value = value.trimmingLayoutSpace
    if !value.isEmpty { document.metadata.append(MetadataField(name: name, value: value)) }
  }

  /// The document, with its marks in order.
  mutating func finish() -> RichDocument {
    endParagraph()
    document.marks.sort { $0.span < $1.span }
    return document
  }
}
