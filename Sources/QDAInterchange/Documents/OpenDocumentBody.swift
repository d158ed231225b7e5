internal import QDACore

/// Makes text from the events of an OpenDocument text.
struct OpenDocumentBody {
  private var builder = RichDocumentBuilder(collapses: true)
  private let file: String
  private let original: Bool

  private var stack: [Open] = []
  /// Above zero inside an element whose content is left out.
  private var skipped = 0
  /// What stands beside the text and is being gathered, the innermost last.
  private var asides: [Aside] = []
  private var waitingBoxes: [String] = []
  private var pageHeaders: [String] = []

  private var hiddenStyles: Set<String> = []
  private var lists = OpenDocumentLists()
  private var currentStyle = ""

  private var changes: [String: Change] = [:]
  private var change: Change?
  private var openInsertions: [(id: String, start: Int, author: String?)] = []
  private var comments: [String: (note: Mark.Annotation, start: Int)] = [:]
  private var commentCount = 0

  private var hiddenCount = 0
  private var numbers = 0

  private struct Open {
    var name: String
    var start = 0
    var target: String?
    var isHidden = false
    var isAside = false
  }

  /// A comment, a note, a text box, a page header or a tracked deletion.
  private struct Aside {
    enum Kind { case comment, note, box, header, deletion, field }
    var kind: Kind
    var name = ""
    var author: String?
    var date: String?
    var parent: String?
    var isResolved = false
    var text = ""
    var paragraphs = 0
  }

  private struct Change {
    var id: String
    var isInsertion = false
    var isDeletion = false
    var author: String?
    var text = ""
  }

  init(file: String, original: Bool) {
    self.file = file
    self.original = original
  }

  /// Takes the next event.
  mutating func take(_ event: XMLEvent) {
    switch event {
    case .start(let element): start(element)
    case .end: end()
    case .text(let text): write(text)
    }
  }

  // MARK: Text

  private var isInText: Bool {
    stack.last.map { !Self.holders.contains($0.name) } ?? false
  }

  // White between these is the file's own layout.
  private static let holders: Set<String> = [
    "text", "body", "document", "document-content", "list", "list-item", "list-header", "table",
    "table-row", "table-cell", "section", "table-header-rows", "table-rows", "note", "note-body",
    "text-box", "header", "footer", "tracked-changes", "changed-region", "deletion", "insertion",
    "annotation", "change-info", "index-body", "table-row-group", "frame", "master-styles",
    "styles", "automatic-styles", "document-styles", "document-meta", "meta", "font-face-decls",
    "scripts", "settings", "master-page", "style", "table-of-content", "index-title",
  ]

  private mutating func write(_ text: String) {
    guard skipped == 0, isInText || asides.last?.kind == .field else { return }
    if stack.contains(where: \.isHidden) {
      hiddenCount += text.unicodeScalars.count
      return
    }
    put(text)
  }

  private mutating func put(_ text: String) {
    if asides.isEmpty {
      if original, !openInsertions.isEmpty { return }
      if stack.contains(where: { $0.name == "p" || $0.name == "h" }) { builder.write(text) }
      return
    }
    for scalar in text.unicodeScalars {
      let last = asides.count - 1
      if [" ", "\n", "\t", "\r"].contains(scalar) {
        if let before = asides[last].text.unicodeScalars.last, before != " ", before != "\n" {
          asides[last].text.unicodeScalars.append(" ")
        }
      } else {
        asides[last].text.unicodeScalars.append(scalar)
      }
    }
  }

  private mutating func put(verbatim text: String) {
    guard skipped == 0, !stack.contains(where: \.isHidden) else { return }
    if asides.isEmpty {
      if original, !openInsertions.isEmpty { return }
      if text == "\n" { builder.breakLine() } else { builder.write(verbatim: text) }
    } else {
      asides[asides.count - 1].text += text
    }
  }

  // MARK: Elements

  private mutating func start(_ element: XMLElement) {
    var open = Open(name: element.name, start: builder.nextOffset)
    if skipped > 0 || Self.leftOut.contains(element.name) && !isField(element) {
      skipped += 1
      stack.append(open)
      return
    }
    switch element.name {
    case "p", "h":
      let style = element["style-name"] ?? ""
      open.isHidden = hiddenStyles.contains(style)
      if asides.isEmpty {
        builder.beginParagraph()
        open.start = builder.offset
        // What is shown before a paragraph is a remark at its start, because it is not in its text.
        if let number = lists.number(before: style) {
          numbers += 1
          builder.annotate(Mark.Annotation(id: "number \(numbers)", text: number))
        }
      } else {
        if asides[asides.count - 1].paragraphs > 0 { asides[asides.count - 1].text += "\n" }
        asides[asides.count - 1].paragraphs += 1
      }
    case "span": open.isHidden = hiddenStyles.contains(element["style-name"] ?? "")
    case "section", "hidden-paragraph":
      open.isHidden = element["display"] == "none" || element["is-hidden"] == "true"
    case "tab": put(verbatim: "\t")
    case "line-break": put(verbatim: "\n")
    case "s":
      // A count that is not sane would make text from nothing.
      let count = element["c"].flatMap { Int($0) } ?? 1
      put(verbatim: String(repeating: " ", count: min(max(count, 0), 1000)))
    case "a": open.target = element["href"]
    case "list": if asides.isEmpty { lists.begin(element) }
    case "list-item": if asides.isEmpty { lists.beginItem(element) }
    case "table": if asides.isEmpty { builder.beginTable() }
    case "table-row": if asides.isEmpty { builder.beginRow() }
    case "table-cell": if asides.isEmpty { builder.beginCell() }
    case "style":
      currentStyle = element["name"] ?? ""
      lists.define(style: currentStyle, list: element["list-style-name"])
    case "list-style": lists.define(element["name"] ?? "")
    case "list-level-style-number", "list-level-style-bullet", "list-level-style-image":
      lists.defineLevel(element)
    case "text-properties":
      if element["display"] == "none" { hiddenStyles.insert(currentStyle) }
    default: startAside(element, &open)
    }
    stack.append(open)
  }

  // Descriptions of pictures, scripts, forms and phonetic glosses are not text.
  private static let leftOut: Set<String> = [
    "title", "desc", "event-listeners", "forms", "ruby-text", "binary-data", "note-citation",
    "sequence-decls", "variable-decls", "user-field-decls", "object", "footer",
    "footer-left", "footer-first", "settings", "scripts", "index-source",
    "table-of-content-source", "bibliography-source",
  ]

  private static let fields: Set<String> = [
    "creator", "date", "creator-initials", "subject", "keyword",
  ]

  // `text:title` and `text:date` show what the document knows; elsewhere the names are not text.
  private func isField(_ element: XMLElement) -> Bool {
    element.namespace.hasSuffix(":text:1.0") && element.name == "title"
  }

  private mutating func startAside(_ element: XMLElement, _ open: inout Open) {
    func begin(_ aside: Aside) {
      asides.append(aside)
      open.isAside = true
    }
    switch element.name {
    case "annotation":
      var aside = Aside(kind: .comment, name: element["name"] ?? "")
      aside.parent = element["parent-name"]
      aside.isResolved = element["resolved"] == "true"
      begin(aside)
    case "annotation-end":
      if let name = element["name"], let open = comments.removeValue(forKey: name) {
        builder.annotate(open.note, from: open.start)
      }
    case "note":
      let kind = element["note-class"] ?? "footnote"
      commentCount += 1
      begin(Aside(kind: .note, name: "\(kind) \(element["id"] ?? "\(commentCount)")"))
    case "text-box": begin(Aside(kind: .box))
    case "header", "header-left", "header-first": begin(Aside(kind: .header))
    case let name where Self.fields.contains(name) && !element.namespace.hasSuffix(":text:1.0"):
      begin(Aside(kind: .field, name: element.name))
    case "changed-region":
      change = Change(id: element["id"] ?? "")
    case "insertion": change?.isInsertion = true
    case "deletion":
      change?.isDeletion = true
      begin(Aside(kind: .deletion))
    case "change-start":
      guard let id = element["change-id"], let change = changes[id], change.isInsertion else {
        break
      }
      openInsertions.append((id, builder.nextOffset, change.author))
    case "change-end":
      guard let id = element["change-id"],
        let index = openInsertions.lastIndex(where: { $0.id == id })
      else { break }
      let insertion = openInsertions.remove(at: index)
      if !original { builder.mark(.insertion(insertion.author), from: insertion.start) }
    case "change":
      guard original, let id = element["change-id"], let change = changes[id] else { break }
      for (index, line) in change.text.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        if index > 0 { builder.beginParagraph() }
        builder.write(verbatim: String(line))
      }
    default: break
    }
  }

  private mutating func end() {
    guard let open = stack.popLast() else { return }
    if skipped > 0 {
      skipped -= 1
      return
    }
    if open.isAside, let aside = asides.popLast() {
      end(aside)
      return
    }
    switch open.name {
    case "p", "h":
      guard asides.isEmpty else { return }
      builder.endParagraph(isHeading: open.name == "h")
      for text in waitingBoxes {
        builder.beginParagraph()
        builder.write(verbatim: text)
        builder.endParagraph()
      }
      waitingBoxes = []
    case "a":
      if asides.isEmpty, let target = open.target { builder.mark(.link(target), from: open.start) }
    case "list": if asides.isEmpty { lists.end() }
    case "table": if asides.isEmpty { builder.endTable() }
    case "table-cell": if asides.isEmpty { builder.endCell() }
    case "changed-region":
      if let change { changes[change.id] = change }
      change = nil
    default: break
    }
  }

  private mutating func end(_ aside: Aside) {
    let text = aside.text.trimmingLayoutSpace
    switch aside.kind {
    case .field:
      let isComment = asides.last?.kind == .comment
      if aside.name == "creator" || aside.name == "date" {
        if isComment {
          if aside.name == "creator" { asides[asides.count - 1].author = text }
          if aside.name == "date" { asides[asides.count - 1].date = text }
        } else if change != nil, aside.name == "creator" {
          change?.author = text
        }
      }
    case .comment:
      commentCount += 1
      let note = Mark.Annotation(
        id: aside.name.isEmpty ? "\(commentCount)" : aside.name, author: aside.author,
        date: aside.date, text: text, parent: aside.parent, isResolved: aside.isResolved)
      // Where a comment has no end it is about the place where it stands.
      if aside.name.isEmpty {
        builder.annotate(note)
      } else {
        comments[aside.name] = (note, builder.nextOffset)
      }
    case .note: builder.annotate(Mark.Annotation(id: aside.name, text: text))
    case .box: if !text.isEmpty { waitingBoxes.append(text) }
    case .header: if !text.isEmpty, !pageHeaders.contains(text) { pageHeaders.append(text) }
    case .deletion: change?.text = text
    }
  }

  // MARK: The end

  /// The document with what was counted.
  mutating func finish() -> Reading<RichDocument> {
    for (_, open) in comments.sorted(by: { $0.key < $1.key }) {
      builder.annotate(open.note, from: open.start, to: open.start)
    }
    for header in pageHeaders { builder.add(field: "page header", header) }
    let document = builder.finish()
    var diagnostics: [Diagnostic] = []
    let place = Place.file(file, line: 0, column: 0)
    if hiddenCount > 0 {
      diagnostics.append(
        Diagnostic(
          "odt.hidden-text", .note, at: place, "characters of hidden text were left out",
          solutions: ["remove the hidden formatting in a word processor to have the text read"],
          count: hiddenCount))
    }
    return Reading(document, diagnostics: diagnostics)
  }
}
