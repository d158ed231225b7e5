internal import QDACore
internal import Yams

/// A YAML file as a tree with places, and the bytes it was read from, as UTF-8.
struct YAMLDocument: Sendable {
  let name: String
  let bytes: [UInt8]
  let lines: SourceLines
  /// The value of the whole file, or `nil` where there is none.
  let root: YAMLNode?
  /// The `id` of each record that was left out, where it can be made out.
  let leftOut: [String]

  /// Nothing that people write by hand is nested deeper.
  static let deepest = 64

  /// Reads a file; what breaks the rules of YAML is left out record by record.
  static func read(_ bytes: [UInt8], name: String) -> Reading<YAMLDocument> {
    let stored = StoredText(bytes, name: name)
    let bytes = stored.bytes
    let lines = SourceLines(bytes)
    var repair = YAMLRepair(lines: lines, name: name)
    let tree = repair.compose()
    var converter = YAMLConverter(name: name, lines: lines, budget: bytes.count + 1)
    let root = tree.map { converter.node($0, depth: 0) }
    return Reading(
      YAMLDocument(
        name: name, bytes: bytes, lines: lines, root: root, leftOut: repair.leftOut),
      diagnostics: stored.diagnostics + repair.diagnostics
        + converter.diagnostics.filter { found in
          !repair.diagnostics.contains { $0.id == found.id }
        })
  }

  func place(of node: YAMLNode) -> Place { .file(name, line: node.line, column: node.column) }

  func place(of entry: YAMLNode.Entry) -> Place {
    .file(name, line: entry.line, column: entry.column)
  }
}

/// Turns the tree of Yams into values that hold no references.
private struct YAMLConverter {
  let name: String
  let lines: SourceLines
  /// Every value takes a byte of the file unless an alias repeats it, so more of them than bytes
  /// are aliases of aliases, which grow without limit.
  var budget: Int
  var diagnostics: [Diagnostic] = []
  // How far the current line is counted, so that a long line is counted once.
  private var cursor = (line: 0, column: 1, offset: 0)

  init(name: String, lines: SourceLines, budget: Int) {
    self.name = name
    self.lines = lines
    self.budget = budget
  }

  mutating func node(_ node: Node, depth: Int) -> YAMLNode {
    let (line, column) = (node.mark?.line ?? 1, node.mark?.column ?? 1)
    budget -= 1
    guard depth < YAMLDocument.deepest, budget > 0 else {
      refuse(line: line, column: column)
      return YAMLNode(content: .null, style: .plain, line: line, column: column)
    }
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain
      let isNull = isPlain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
      let style: YAMLNode.Style =
        switch scalar.style {
        case .literal, .folded: .block
        case .singleQuoted, .doubleQuoted: .quoted
        default: .plain
        }
      return YAMLNode(
        content: isNull ? .null : .text(scalar.string), style: style, line: line, column: column)
    case .sequence(let sequence):
      let style = collectionStyle(line, column)
      let items = sequence.map { self.node($0, depth: depth + 1) }
      return YAMLNode(
        content: .list(items), style: style, line: line, column: column)
    case .mapping(let mapping):
      let style = collectionStyle(line, column)
      let entries = mapping.map { key, value in
        let value = self.node(value, depth: depth + 1)
        return YAMLNode.Entry(
          key: key.scalar?.string ?? "", line: key.mark?.line ?? line,
          column: key.mark?.column ?? column, value: value)
      }
      return YAMLNode(
        content: .map(entries), style: style, line: line, column: column)
    case .alias:
      return YAMLNode(content: .null, style: .plain, line: line, column: column)
    }
  }

  // Yams does not tell how a list or mapping is written; its first character does.
  private mutating func collectionStyle(_ line: Int, _ column: Int) -> YAMLNode.Style {
    guard let range = lines.range(line) else { return .block }
    if line != cursor.line || column < cursor.column {
      let mark = line == 1 && lines.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      cursor = (line, 1, range.lowerBound + mark)
    }
    while cursor.column < column, cursor.offset < range.upperBound {
      cursor.offset += 1
      while cursor.offset < range.upperBound, lines.bytes[cursor.offset] & 0xC0 == 0x80 {
        cursor.offset += 1
      }
      cursor.column += 1
    }
    guard cursor.offset < range.upperBound else { return .block }
    return [0x5B, 0x7B].contains(lines.bytes[cursor.offset]) ? .flow : .block
  }

  private mutating func refuse(line: Int, column: Int) {
    guard !diagnostics.contains(where: { $0.id == "yaml.too-deep" }) else { return }
    diagnostics.append(
      Diagnostic(
        "yaml.too-deep", .error, at: .file(name, line: line, column: column),
        "values are nested too deeply or repeat each other without end; the rest is left out",
        line: lines.text(line), solutions: ["write the values out, one below the other"]))
  }
}
