internal import QDACore

/// The text nodes of an HTML fragment, one after the other: the text whose bytes Taguette counts.
///
/// Nothing is put between two paragraphs where the fragment has nothing between them; where they
/// end is in ``paragraphs``.
struct HTMLText {
  /// The text nodes, joined.
  private(set) var string = ""
  /// The paragraphs, headings, cells and the like that hold more than white space.
  private(set) var paragraphs: [TextSpan] = []
  /// Headings and links.
  private(set) var marks: [Mark] = []

  private static let blocks: Set<String> = [
    "p", "br", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl",
    "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "div", "hr", "body",
  ]

  private var scalars = 0
  private var start = 0
  private var end = 0
  private var isBlank = true
  private var open: [(name: String, kind: Mark.Kind, start: Int)] = []
  private var mayDropLine = false

  init(_ html: String, file: String, part: String) throws(ReadingError) {
    // HTML has no other line end, and counts none.
    let lines = html.utf8.contains(0x0D) ? PositionedText(html).text.string : html
    let events = try HTMLStream.events(
      of: "<html><body>" + lines + "</body></html>", file: file, part: part)
    for event in events {
      switch event {
      case .start(let name, let attributes): begin(name, attributes)
      case .end(let name): close(name)
      case .text(let text): add(text)
      }
    }
    endParagraph()
    marks.sort { $0.span < $1.span }
    // Spans were counted before line ends of two characters, which only a character reference gives.
    if string.unicodeScalars.contains("\r") { (paragraphs, marks) = ([], []) }
  }

  private mutating func begin(_ name: String, _ attributes: [String: String]) {
    if Self.blocks.contains(name) { endParagraph() }
    mayDropLine = name == "pre"
    if name.count == 2, name.hasPrefix("h"), name.last?.isNumber == true {
      open.append((name, .heading, scalars))
    } else if name == "a", let target = attributes["href"] {
      open.append((name, .link(target), scalars))
    }
  }

  private mutating func close(_ name: String) {
    if Self.blocks.contains(name) { endParagraph() }
    mayDropLine = false
    guard let last = open.last, last.name == name else { return }
    open.removeLast()
    if last.start < scalars {
      marks.append(Mark(last.kind, TextSpan(scalars: last.start..<scalars)))
    }
  }

  private mutating func add(_ text: String) {
    var text = text
    if mayDropLine, text.unicodeScalars.first == "\n" { text.unicodeScalars.removeFirst() }
    mayDropLine = false
    for scalar in text.unicodeScalars {
      scalars += 1
      if scalar == "\n" || scalar == "\r" {
        if isBlank { start = scalars }
      } else {
        if !scalar.properties.isWhitespace { isBlank = false }
        end = scalars
      }
    }
    string += text
  }

  private mutating func endParagraph() {
    if !isBlank, start < end { paragraphs.append(TextSpan(scalars: start..<end)) }
    (start, end, isBlank) = (scalars, scalars, true)
  }
}
