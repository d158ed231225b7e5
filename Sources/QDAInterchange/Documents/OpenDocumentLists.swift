/// Computes the automatic numbers that OpenDocument shows before the items of lists.
struct OpenDocumentLists {
  private struct Level {
    var format = ""
    var prefix = ""
    var suffix = ""
    var start = 1
    var shown = 1
  }

  private struct List {
    var style: String
    var count: Int?
  }

  private var levels: [String: [Int: Level]] = [:]
  /// The lists of paragraph styles, for lists that name none.
  private var listOfStyle: [String: String] = [:]
  private var defined = ""
  private var open: [List] = []
  /// Where the lists of a style ended, level by level, for those that go on.
  private var last: [String: [Int: Int]] = [:]
  /// Whether an item has begun whose first paragraph is still to come.
  private var isWaiting = false

  private static let deepest = 10

  // MARK: Styles

  mutating func define(_ name: String) { defined = name }

  mutating func define(style: String, list: String?) {
    if let list, !list.isEmpty { listOfStyle[style] = list }
  }

  mutating func defineLevel(_ element: XMLElement) {
    let number = element["level"].flatMap { Int($0) } ?? 1
    guard (1...Self.deepest).contains(number) else { return }
    var level = Level()
    if element.name == "list-level-style-number" {
      level.format = element["num-format"] ?? ""
      level.prefix = element["num-prefix"] ?? ""
      level.suffix = element["num-suffix"] ?? ""
      level.start = element["start-value"].flatMap { Int($0) } ?? 1
      level.shown = element["display-levels"].flatMap { Int($0) } ?? 1
    }
    levels[defined, default: [:]][number] = level
  }

  // MARK: Items

  mutating func begin(_ element: XMLElement) {
    let style = element["style-name"] ?? open.last?.style ?? ""
    let goesOn = element["continue-numbering"] == "true" || element["continue-list"] != nil
    open.append(List(style: style, count: goesOn ? last[style]?[open.count + 1] : nil))
  }

  mutating func end() {
    guard let list = open.popLast() else { return }
    if let count = list.count { last[list.style, default: [:]][open.count + 1] = count }
    isWaiting = false
  }

  mutating func beginItem(_ element: XMLElement) {
    guard let index = open.indices.last else { return }
    isWaiting = true
    if let start = element["start-value"].flatMap({ Int($0) }) { open[index].count = start &- 1 }
  }

  /// The number that stands before a paragraph, or `nil` where none does.
  mutating func number(before style: String) -> String? {
    guard isWaiting, let index = open.indices.last else { return nil }
    isWaiting = false
    if open[index].style.isEmpty { open[index].style = listOfStyle[style] ?? "" }
    guard let own = levels[open[index].style], let level = own[index + 1] else { return nil }
    open[index].count = (open[index].count ?? level.start &- 1) &+ 1
    guard !level.format.isEmpty else { return nil }
    let first = max(0, min(index, index &+ 1 &- max(1, level.shown)))
    let parts = (first...index).compactMap { depth -> String? in
      guard let format = own[depth + 1]?.format, !format.isEmpty else { return nil }
      return Self.write(open[depth].count ?? own[depth + 1]?.start ?? 1, format)
    }
    return level.prefix + parts.joined(separator: ".") + level.suffix
  }

  private static func write(_ number: Int, _ format: String) -> String {
    let names = [
      "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    ]
    return WordNumbering.write(number, names[format] ?? "decimal")
  }
}
