/// A Markdown text (CommonMark with tables) as it is written.
struct MarkdownText {
  private(set) var text = ""

  /// Adds a heading.
  mutating func heading(_ level: Int, _ title: String) {
    block(String(repeating: "#", count: level) + " " + title)
  }

  /// Adds a block with a blank line after it.
  mutating func block(_ block: String) { text += block + "\n\n" }

  /// Adds a list; nothing where there are no items.
  mutating func list(_ items: [String]) {
    if !items.isEmpty { block(items.map { "- " + $0 }.joined(separator: "\n")) }
  }

  /// Adds a table of cells that are Markdown already.
  mutating func table(_ head: [String], _ rows: [[String]]) {
    let lines = [head, head.map { _ in "---" }] + rows
    block(lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n"))
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
