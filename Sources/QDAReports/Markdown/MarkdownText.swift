/// A Markdown text (CommonMark with tables) as it is written.
struct MarkdownText {
  /// A part of the text; its words are Markdown already.
  enum Block {
    case heading(Int, String)
    case block(String)
    case list([String])
    case table([String], [[String]])
  }

  private(set) var blocks: [Block] = []

  /// Adds a heading.
  mutating func heading(_ level: Int, _ title: String) { blocks.append(.heading(level, title)) }

  /// Adds a block with a blank line after it.
  mutating func block(_ block: String) { blocks.append(.block(block)) }

  /// Adds a list; nothing where there are no items.
  mutating func list(_ items: [String]) {
    if !items.isEmpty { blocks.append(.list(items)) }
  }

  /// Adds a table of cells that are Markdown already.
  mutating func table(_ head: [String], _ rows: [[String]]) { blocks.append(.table(head, rows)) }

  /// The whole as Markdown, a blank line after each part.
  var text: String {
    blocks.map { block in
      switch block {
      case .heading(let level, let title): String(repeating: "#", count: level) + " " + title
      case .block(let words): words
      case .list(let items): items.map { "- " + $0 }.joined(separator: "\n")
      case .table(let head, let rows):
        ([head, head.map { _ in "---" }] + rows)
          .map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
      }
    }.map { $0 + "\n\n" }.joined()
  }
}

extension String {
  private static let markdownPunctuation = Set("\\`*_{}[]#|~$!".unicodeScalars)

  /// The text with everything escaped that Markdown or HTML would take for its own.
  ///
  /// Line breaks become spaces, because a table's row or a list's item is one line.
  var markdown: String {
    var escaped = ""
    for scalar in onOneLine.unicodeScalars {
      switch scalar {
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "&": escaped += "&amp;"
      default:
        if Self.markdownPunctuation.contains(scalar) { escaped += "\\" }
        escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension ReportIndex {
  /// Links to quotes, as in "[12] [15]"; nothing where there are none.
  func links(to quotes: [Int]) -> String {
    quotes.map { "[\\[\($0)\\]](#quote-\($0))" }.joined(separator: " ")
  }

  /// A summary with its kinds of words told apart and its references as links.
  func markdown(_ runs: [StudyReport.Stretch]) -> String {
    runs.map { run in
      let (lead, body, trail) = run.text.trimmedParts
      let words = body.markdown
      let shown: String =
        switch run.kind {
        case "verbatim": body.hasPrefix("“") ? words : "“\(words)”"
        case "comment": body.hasPrefix("{") ? "*\(words)*" : "*\\{\(words)\\}*"
        default: words
        }
      let links = run.references.isEmpty ? "" : " " + self.links(to: run.references)
      return (lead.isEmpty ? "" : " ") + shown + links + (trail.isEmpty ? "" : " ")
    }.joined()
  }
}
