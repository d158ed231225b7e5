internal import QDA

/// Cells of a study: all that is said of a case, or under a code.
struct CellTable: Encodable, MapTable {
  struct Stretch: Encodable {
    var kind: Run.Kind
    var text: String
    var references: [String]
  }

  struct Alternative: Encodable {
    var author: String?
    var state: CellState
    var stretches: [Stretch]
  }

  struct Row: Encodable {
    var `case`: String
    var code: String
    var state: CellState
    var author: String?
    var summary: String
    var references: [String]
    var stretches: [Stretch]
    var alternatives: [Alternative]
  }

  var schema = "qda.cells/1"
  var cells: [Row]

  init(_ cells: [Cell], _ study: OpenFolder) {
    func stretches(_ runs: [Run]) -> [Stretch] {
      runs.map { run in
        Stretch(
          kind: run.kind, text: run.text, references: run.references.map { study.passage($0) })
      }
    }
    func author(_ stamp: Stamp) -> String? { stamp.by.map { study.key(.coder($0)) } }
    self.cells = cells.map { cell in
      Row(
        case: study.key(.case(cell.key.row)), code: study.key(.code(cell.key.column)),
        state: cell.state, author: author(cell.author), summary: cell.summary,
        references: cell.references.map { study.passage($0) }, stretches: stretches(cell.runs),
        alternatives: cell.alternatives.map {
          Alternative(author: author($0.author), state: $0.state, stretches: stretches($0.runs))
        })
    }
  }

  var text: String {
    cells.map { cell in
      let others = cell.alternatives.map {
        "\n  otherwise \($0.author ?? "somebody"): \(Self.words($0.state, $0.stretches))"
      }
      return "\(cell.case)/\(cell.code): \(Self.words(cell.state, cell.stretches))"
        + others.joined()
    }.joined(separator: "\n")
  }

  /// A summary in the notation of the study folder, or the state.
  private static func words(_ state: CellState, _ stretches: [Stretch]) -> String {
    if state != .summarised { return "(\(state.rawValue))" }
    return stretches.map { stretch in
      let text =
        switch stretch.kind {
        case .verbatim: "“\(stretch.text)”"
        case .comment: "{\(stretch.text)}"
        case .summary: stretch.text
        }
      return text
        + (stretch.references.isEmpty ? "" : " [\(stretch.references.joined(separator: ", "))]")
    }.joined()
  }
}
