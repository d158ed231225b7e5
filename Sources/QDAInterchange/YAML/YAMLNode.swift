/// A value of a YAML file with its place: a scalar, a list or a mapping.
///
/// Scalars are text, whatever they look like: `1.10` stays `1.10`.
struct YAMLNode: Sendable {
  enum Content: Sendable {
    case null
    case text(String)
    case list([YAMLNode])
    case map([Entry])
  }

  /// How a value is written, which decides how it can be edited in place.
  enum Style: Sendable {
    case plain, quoted, block, flow
  }

  struct Entry: Sendable {
    var key: String
    /// The line and column of the key.
    var line: Int
    var column: Int
    var value: YAMLNode
  }

  var content: Content
  var style: Style
  /// Counted from 1; columns in Unicode scalars.
  var line: Int
  var column: Int

  var entries: [Entry] {
    if case .map(let entries) = content { entries } else { [] }
  }

  var items: [YAMLNode] {
    if case .list(let items) = content { items } else { [] }
  }

  var text: String? {
    if case .text(let text) = content { text } else { nil }
  }

  var isNull: Bool {
    if case .null = content { true } else { false }
  }

  subscript(key: String) -> YAMLNode? { entries.first { $0.key == key }?.value }
}
