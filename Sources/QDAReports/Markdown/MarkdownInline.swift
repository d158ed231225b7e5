public import QDACore

extension StudyReport {
  /// The report as a manuscript for word processors: what the Markdown says, block by block.
  public func manuscript() -> Manuscript {
    let index = ReportIndex(self)
    return Manuscript(
      title: study.title,
      blocks: markdownText(index).blocks.flatMap { block -> [Manuscript.Block] in
        switch block {
        case .heading(let level, let text): [.heading(level, MarkdownInline(text).line)]
        case .block(let text): [.paragraph(MarkdownInline(text).line)]
        case .list(let items): items.map { .item(MarkdownInline($0).line) }
        case .table(let head, let rows):
          [
            .table(
              head: head.map { MarkdownInline($0).line },
              rows: rows.map { row in row.map { MarkdownInline.lines($0) } })
          ]
        }
      })
  }
}

/// Reads back the words of a line that this library wrote as Markdown.
///
/// It knows what `MarkdownText` and `String.markdown` write, and nothing else of Markdown.
struct MarkdownInline {
  private(set) var line = Manuscript.Line([])

  /// The lines of a table's cell.
  static func lines(_ cell: String) -> [Manuscript.Line] {
    cell.isEmpty
      ? []
      : cell.split(separator: "<br>", omittingEmptySubsequences: false)
        .map { MarkdownInline(String($0)).line }
  }

  init(_ markdown: String) {
    let scalars = Array(markdown.unicodeScalars)
    var index = 0
    var words = ""
    var isBold = false
    var isItalic = false
    var link: String?
    func starts(_ text: String) -> Bool {
      let wanted = Array(text.unicodeScalars)
      return index + wanted.count <= scalars.count
        && zip(scalars[index...], wanted).allSatisfy { $0 == $1 }
    }
    func position(of text: Unicode.Scalar, from start: Int) -> Int? {
      scalars[start...].firstIndex(of: text)
    }
    func close(_ runs: inout [Manuscript.Run]) {
      if !words.isEmpty {
        runs.append(Manuscript.Run(words, isBold: isBold, isItalic: isItalic, link: link))
      }
      words = ""
    }
    var runs: [Manuscript.Run] = []
    while index < scalars.count {
      if scalars[index] == "\\", index + 1 < scalars.count {
        words.unicodeScalars.append(scalars[index + 1])
        index += 2
      } else if starts("**") {
        close(&runs)
        isBold.toggle()
        index += 2
      } else if scalars[index] == "*" {
        close(&runs)
        isItalic.toggle()
        index += 1
      } else if starts("<a id=\""), let end = position(of: ">", from: index) {
        let name = String(String.UnicodeScalarView(scalars[(index + 7)..<max(index + 7, end - 1)]))
        line.anchor = name
        index = end + 1
        if starts("</a>") { index += 4 }
      } else if scalars[index] == "[" {
        close(&runs)
        link = Self.target(in: scalars, from: index)
        index += 1
      } else if link != nil, starts("]("), let end = position(of: ")", from: index) {
        close(&runs)
        link = nil
        index = end + 1
      } else if starts("&lt;") || starts("&gt;") {
        words += starts("&lt;") ? "<" : ">"
        index += 4
      } else if starts("&amp;") {
        words += "&"
        index += 5
      } else if starts("<br>") {
        words += " "
        index += 4
      } else if scalars[index] == "`" {
        index += 1
      } else {
        words.unicodeScalars.append(scalars[index])
        index += 1
      }
    }
    close(&runs)
    line.runs = runs
  }

  /// Where the link that begins here leads, without its `#`.
  private static func target(in scalars: [Unicode.Scalar], from start: Int) -> String? {
    var index = start + 1
    while index + 2 < scalars.count {
      if scalars[index] == "\\" {
        index += 2
        continue
      }
      if scalars[index] == "]" {
        guard scalars[index + 1] == "(", scalars[index + 2] == "#",
          let end = scalars[index...].firstIndex(of: ")")
        else { return nil }
        return String(String.UnicodeScalarView(scalars[(index + 3)..<end]))
      }
      index += 1
    }
    return nil
  }
}
