internal import QDACore

/// Counts of codings by row and column, kept as a note because a count says not where.
struct CountTable {
  var columns: [String]
  var rows: [(name: String, values: [String])] = []

  /// How many cells hold something.
  var count: Int { rows.reduce(0) { $0 + $1.values.count { !$0.isEmpty } } }

  /// The table in Markdown.
  var markdown: String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map(Self.escaped).joined(separator: " | ") + " |\n"
    }
    var text = line([""] + columns)
    text += "|---|" + String(repeating: "---|", count: columns.count) + "\n"
    for row in rows { text += line([row.name] + row.values) }
    return text
  }

  private static func escaped(_ cell: String) -> String {
    var text = ""
    for scalar in cell.unicodeScalars {
      switch scalar {
      case "|": text += "\\|"
      case "\n": text += " "
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The finding that goes with counts that are kept as a note.
  func finding(in file: String, at place: Place? = nil) -> Diagnostic {
    Diagnostic(
      "report.counts-only", .warning, at: place ?? .file(file, line: 0, column: 0),
      "the table counts codings and does not say where they are; the counts are kept as a note",
      explanation: "No coding was made of them.",
      solutions: ["export the project as .qdpx, or the codes as reports, to have the codings"],
      count: count)
  }
}
