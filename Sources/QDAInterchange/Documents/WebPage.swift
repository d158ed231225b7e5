internal import QDACore

/// Reads web pages.
///
/// The rendition: blocks and lines joined by `\n`, cells as paragraphs in row order; white space
/// collapses as a browser does it, but not in `pre`. Scripts, styles, templates and what is hidden
/// are left out.
struct WebPage {
  private var builder = RichDocumentBuilder(collapses: true)
  private let file: String
  private var skipped = 0
  private var preformatted = 0
  private var stack: [Open] = []
  private var title = ""
  private var isTitle = false
  private var hiddenCount = 0

  private struct Open {
    var name: String
    var start: Int
    var target: String?
    var time: Int?
    var isSkipped = false
    var isHidden = false
  }

  /// Reads a page from its text.
  ///
  /// - Throws: ``ReadingError`` where elements nest without measure.
  static func read(
    _ html: String, name file: String
  ) throws(ReadingError) -> Reading<RichDocument> {
    var page = WebPage(file: file)
    try page.add(html, part: file)
    return page.finish()
  }

  init(file: String) { self.file = file }

  /// Adds the text of a page, or of the next chapter of a book.
  mutating func add(_ html: String, part: String) throws(ReadingError) {
    for event in try HTMLStream.events(of: html, file: file, part: part) {
      switch event {
      case .start(let name, let attributes): start(name, attributes)
      case .end(let name): end(name)
      case .text(let text): write(text)
      }
    }
    while let open = stack.last { end(open.name) }
    builder.endParagraph()
  }

  /// The document with what was counted.
  mutating func finish() -> Reading<RichDocument> {
    builder.add(field: "title", title)
    var diagnostics: [Diagnostic] = []
    if hiddenCount > 0 {
      diagnostics.append(
        Diagnostic(
          "html.hidden-text", .note, at: .file(file, line: 0, column: 0),
          "characters of hidden text were left out",
          solutions: ["remove the attribute or style that hides it to have the text read"],
          count: hiddenCount))
    }
    return Reading(builder.finish(), diagnostics: diagnostics)
  }

  // MARK: Elements

  private static let blocks: Set<String> = [
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "section",
    "article", "header", "footer", "main", "aside", "nav", "blockquote", "pre", "figure",
    "figcaption", "address", "form", "fieldset", "legend", "hr", "caption", "body", "details",
    "summary", "center", "option",
  ]

  // What no browser shows; `title` is shown on the window and is metadata.
  private static let leftOut: Set<String> = [
    "script", "style", "template", "head", "noscript", "svg", "math", "object", "iframe", "select",
    "textarea", "audio", "video", "map", "rt", "rp",
  ]

  private mutating func start(_ name: String, _ attributes: [String: String]) {
    var open = Open(name: name, start: builder.nextOffset)
    if name == "title", !stack.contains(where: { $0.name == "svg" }) { isTitle = title.isEmpty }
    if Self.leftOut.contains(name) { open.isSkipped = true }
    let style = attributes["style"]?.lowercased().filter { !$0.isWhitespace } ?? ""
    open.isHidden =
      attributes["hidden"] != nil || style.contains("display:none")
      || style.contains("mso-hide:all")
    let isVoid = Self.void.contains(name)
    if !isVoid, open.isSkipped || open.isHidden { skipped += 1 }
    defer { if !isVoid { stack.append(open) } }
    guard skipped == 0 else { return }
    switch name {
    case "br": builder.breakLine()
    case "table": builder.beginTable()
    case "tr": builder.beginRow()
    case "td", "th": builder.beginCell()
    case "span": open.time = Self.time(attributes)
    case "a":
      if let target = attributes["href"], !target.isEmpty { open.target = target }
    case "pre":
      builder.endParagraph()
      preformatted += 1
    case _ where Self.blocks.contains(name): builder.endParagraph()
    default: break
    }
  }

  // oTranscribe shows whole seconds and keeps the time of its player beside them.
  private static func time(_ attributes: [String: String]) -> Int? {
    guard attributes["class"]?.contains("timestamp") == true else { return nil }
    return attributes["data-timestamp"].flatMap(CorpusTime.seconds).flatMap { $0 < 0 ? nil : $0 }
  }

  // These have no end.
  private static let void: Set<String> = [
    "br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "base", "embed", "source",
    "track", "param",
  ]

  private mutating func end(_ name: String) {
    guard let index = stack.lastIndex(where: { $0.name == name }) else { return }
    // What was left open ends with what holds it.
    while stack.count > index, let open = stack.popLast() {
      if open.name == "title" { isTitle = false }
      if open.isSkipped || open.isHidden {
        skipped -= 1
        continue
      }
      guard skipped == 0 else { continue }
      switch open.name {
      case "table": builder.endTable()
      case "td", "th": builder.endCell()
      case "span": if let time = open.time { builder.setTime(time, from: open.start) }
      case "a": if let target = open.target { builder.mark(.link(target), from: open.start) }
      case "pre":
        preformatted = max(0, preformatted - 1)
        builder.endParagraph()
      case "h1", "h2", "h3", "h4", "h5", "h6": builder.endParagraph(isHeading: true)
      case _ where Self.blocks.contains(open.name): builder.endParagraph()
      default: break
      }
    }
  }

  private mutating func write(_ text: String) {
    if isTitle { title += text }
    guard skipped == 0 else {
      if !stack.contains(where: \.isSkipped) { hiddenCount += text.unicodeScalars.count }
      return
    }
    guard preformatted > 0 else {
      builder.write(text)
      return
    }
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if index > 0 { builder.breakLine() }
      builder.write(verbatim: String(line))
    }
  }
}
