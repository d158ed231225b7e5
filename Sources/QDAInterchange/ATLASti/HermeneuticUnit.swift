internal import QDACore

/// What the XML of ATLAS.ti before REFI-QDA holds (`storedHU`, schema `atlasti_hu_2.2.xsd`).
struct HermeneuticUnit {
  /// Anything with a name, an author, times and a comment.
  struct Item {
    var id = ""
    var name = ""
    var author = ""
    var date = ""
    var color: String?
    var place = ""
    var document = ""
    var content = ""
    var comment = ""
  }

  /// A named group of documents, codes or memos.
  struct Family {
    var kind: String
    var name: String
    var items: [String] = []
  }

  private(set) var name = ""
  private(set) var documents: [Item] = []
  private(set) var quotations: [Item] = []
  private(set) var codes: [Item] = []
  private(set) var memos: [Item] = []
  private(set) var families: [Family] = []
  /// Pairs of a code and a quotation.
  private(set) var codings: [(object: String, quotation: String)] = []
  /// Pairs of a memo and a quotation.
  private(set) var memoings: [(object: String, quotation: String)] = []
  /// What has no place in a study, by element.
  private(set) var left: [String: Int] = [:]
  /// Whether the root is the one of the format.
  private(set) var isOne = false

  private var stack: [String] = []
  private var open: [Item] = []

  private static let items: Set<String> = ["primDoc", "q", "code", "memo"]
  private static let lost: Set<String> = [
    "superCode", "netView", "codeLink", "hyperLink", "memoMemoLink",
  ]

  mutating func take(_ event: XMLEvent) {
    switch event {
    case .start(let element):
      start(element)
      stack.append(element.name)
    case .end(_, let name):
      if !stack.isEmpty { stack.removeLast() }
      end(name)
    case .text(let text): add(text)
    }
  }

  private mutating func start(_ element: XMLElement) {
    if stack.isEmpty { isOne = element.name == "storedHU" }
    if Self.items.contains(element.name) {
      open.append(
        Item(
          id: element["id"] ?? "", name: element["name"] ?? "", author: element["au"] ?? "",
          date: element["cDate"] ?? "", color: element["color"], place: element["loc"] ?? "",
          document: open.last?.id ?? ""))
      return
    }
    if Self.lost.contains(element.name) { left[element.name, default: 0] += 1 }
    switch element.name {
    case "hermUnit": name = element["name"] ?? ""
    case "codeFamily", "memoFamily", "primDocFamily":
      families.append(Family(kind: element.name, name: element["name"] ?? ""))
    case "item":
      if let last = families.indices.last { families[last].items.append(element["id"] ?? "") }
    case "iLink":
      let pair = (object: element["obj"] ?? "", quotation: element["qRef"] ?? "")
      if stack.last == "codings" { codings.append(pair) } else { memoings.append(pair) }
    case "p": add("\n", isBreak: true)
    default: break
    }
  }

  private mutating func add(_ text: String, isBreak: Bool = false) {
    guard let last = open.indices.last else { return }
    let isInParagraph =
      stack.last { $0 == "p" || $0 == "content" || $0 == "comment" } == "p"
    let isBetween = !isInParagraph && text.allSatisfy(\.isWhitespace)
    guard isBreak || !isBetween,
      let holder = stack.last(where: { $0 == "content" || $0 == "comment" })
    else { return }
    if holder == "content" {
      if !isBreak || !open[last].content.isEmpty { open[last].content += text }
    } else if !isBreak || !open[last].comment.isEmpty {
      open[last].comment += text
    }
  }

  private mutating func end(_ name: String) {
    guard Self.items.contains(name), let item = open.popLast() else { return }
    switch name {
    case "primDoc": documents.append(item)
    case "q": quotations.append(item)
    case "code": codes.append(item)
    default: memos.append(item)
    }
  }
}

extension HermeneuticUnit.Item {
  /// The column and line of the beginning in `12 @ 3, 40 @ 3!`, line first, for sorting.
  var start: (line: Int, column: Int)? {
    let first = place.split(separator: ",").first ?? ""
    let parts = first.split(separator: "@").map { Int($0.trimmed) }
    guard parts.count == 2, let column = parts[0], let line = parts[1] else { return nil }
    return (line, column)
  }
}
