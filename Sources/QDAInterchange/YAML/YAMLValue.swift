/// A value to be written as YAML.
struct YAMLValue: Sendable {
  enum Content: Sendable {
    case text(String)
    case list([YAMLValue])
    case map([(key: String, value: YAMLValue)])
  }

  var content: Content
  /// Whether a list or mapping goes on one line, where it fits.
  var isFlow = false

  static func text(_ text: String) -> YAMLValue { YAMLValue(content: .text(text)) }

  static func list(_ items: [YAMLValue]) -> YAMLValue { YAMLValue(content: .list(items)) }

  /// Texts on one line: `[a, b]`.
  static func texts(_ texts: [String]) -> YAMLValue {
    YAMLValue(content: .list(texts.map { .text($0) }), isFlow: true)
  }

  /// A mapping of the entries that have a value.
  static func map(_ entries: [(String, YAMLValue?)], isFlow: Bool = false) -> YAMLValue {
    YAMLValue(
      content: .map(entries.compactMap { key, value in value.map { (key, $0) } }), isFlow: isFlow)
  }

  /// What a node of a file holds, in the style in which it is written.
  init(_ node: YAMLNode) {
    switch node.content {
    case .null: content = .text("")
    case .text(let text): content = .text(text)
    case .list(let items): content = .list(items.map { YAMLValue($0) })
    case .map(let entries): content = .map(entries.map { ($0.key, YAMLValue($0.value)) })
    }
    isFlow = node.style == .flow
  }

  init(content: Content, isFlow: Bool = false) {
    self.content = content
    self.isFlow = isFlow
  }

  var text: String? {
    if case .text(let text) = content { text } else { nil }
  }

  var items: [YAMLValue]? {
    if case .list(let items) = content { items } else { nil }
  }

  var entries: [(key: String, value: YAMLValue)]? {
    if case .map(let entries) = content { entries } else { nil }
  }

  subscript(key: String) -> YAMLValue? { entries?.first { $0.key == key }?.value }

  /// What makes an item of a list the same item after a change.
  var identity: String? {
    for key in ["id", "number", "name"] {
      if let text = self[key]?.text { return text }
    }
    return nil
  }
}

extension YAMLValue: Equatable {
  /// Compares what the values hold; their style does not matter.
  static func == (left: YAMLValue, right: YAMLValue) -> Bool {
    switch (left.content, right.content) {
    case (.text(let left), .text(let right)): left == right
    case (.list(let left), .list(let right)): left == right
    case (.map(let left), .map(let right)):
      left.count == right.count
        && zip(left, right).allSatisfy { $0.key == $1.key && $0.value == $1.value }
    default: false
    }
  }
}
