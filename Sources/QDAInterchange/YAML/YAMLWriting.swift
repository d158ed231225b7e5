/// Writes values as YAML that people like to read: blocks, with short lists on one line.
enum YAMLWriting {
  private static let width = 100

  /// A whole file.
  static func file(_ value: YAMLValue) -> String {
    (value.entries ?? []).map { entry($0.key, $0.value, indent: 0) }.joined(separator: "\n") + "\n"
  }

  /// `key: value` without indentation on its first line and without a line end.
  static func entry(_ key: String, _ value: YAMLValue, indent: Int) -> String {
    let head = scalar(key, isFlow: false) + ":"
    switch value.content {
    case .text(let text):
      return head + " " + self.text(text, indent: indent, column: indent + head.count + 1)
    case .list(let items):
      if let line = flow(value, after: indent + head.count + 1) { return head + " " + line }
      return head + "\n" + list(items, indent: indent + 2)
    case .map(let entries):
      if let line = flow(value, after: indent + head.count + 1) { return head + " " + line }
      let lead = String(repeating: " ", count: indent + 2)
      return head + "\n"
        + entries.map { lead + entry($0.key, $0.value, indent: indent + 2) }
        .joined(separator: "\n")
    }
  }

  /// The items of a list, each beginning with a dash at the indentation.
  static func list(_ items: [YAMLValue], indent: Int) -> String {
    let lead = String(repeating: " ", count: indent)
    return items.map { lead + item($0, indent: indent) }.joined(separator: "\n")
  }

  /// `- value` without indentation on its first line.
  static func item(_ value: YAMLValue, indent: Int) -> String {
    switch value.content {
    case .text(let text): return "- " + self.text(text, indent: indent, column: indent + 2)
    case .list(let items):
      if let line = flow(value, after: indent + 2) { return "- " + line }
      return "-\n" + list(items, indent: indent + 2)
    case .map(let entries):
      if let line = flow(value, after: indent + 2) { return "- " + line }
      let lead = String(repeating: " ", count: indent + 2)
      return "- "
        + entries.map { entry($0.key, $0.value, indent: indent + 2) }
        .joined(separator: "\n" + lead)
    }
  }

  // MARK: On one line

  /// The value on one line, or `nil` where it does not want that or does not fit.
  private static func flow(_ value: YAMLValue, after column: Int) -> String? {
    switch value.content {
    case .list(let items) where items.isEmpty: return "[]"
    case .map(let entries) where entries.isEmpty: return "{}"
    default: break
    }
    guard value.isFlow else { return nil }
    let line = flow(value)
    return column + line.count <= width ? line : nil
  }

  /// The value on one line, however long.
  static func flow(_ value: YAMLValue) -> String {
    switch value.content {
    case .text(let text): scalar(text, isFlow: true)
    case .list(let items): "[" + items.map(flow).joined(separator: ", ") + "]"
    case .map(let entries):
      "{"
        + entries.map { scalar($0.key, isFlow: true) + ": " + flow($0.value) }
        .joined(separator: ", ") + "}"
    }
  }

  // MARK: Text

  private static func text(_ text: String, indent: Int, column: Int) -> String {
    if text.contains("\n"), isBlock(text) { return block(text, indent: indent) }
    return scalar(text, isFlow: false)
  }

  // A literal block keeps every line as it is, unless it begins with a space or ends in blank lines.
  private static func isBlock(_ text: String) -> Bool {
    !text.hasPrefix(" ") && !text.hasPrefix("\n") && !text.hasSuffix("\n\n") && text != "\n"
      && text.unicodeScalars.allSatisfy { $0 == "\n" || isPrintable($0) }
      && !text.unicodeScalars.contains("\t")
      && text.split(separator: "\n", omittingEmptySubsequences: false)
        .allSatisfy { !$0.hasSuffix(" ") }
  }

  private static func block(_ text: String, indent: Int) -> String {
    let lead = String(repeating: " ", count: indent + 2)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let endsInLine = lines.last == ""
    if endsInLine { lines.removeLast() }
    let body = lines.map { $0.isEmpty ? "" : lead + $0 }.joined(separator: "\n")
    return (endsInLine ? "|\n" : "|-\n") + body
  }

  /// A text as a plain scalar where that reads back as the same text, else in quotation marks.
  static func scalar(_ text: String, isFlow: Bool) -> String {
    isPlain(text, isFlow: isFlow) ? text : quoted(text)
  }

  private static let reserved: Set<String> = [
    "", "~", "null", "Null", "NULL", "true", "false", "True", "False", "yes", "no", "Yes", "No",
    "on", "off",
  ]

  private static func isPlain(_ text: String, isFlow: Bool) -> Bool {
    guard !reserved.contains(text), let first = text.unicodeScalars.first,
      let last = text.unicodeScalars.last, first != " ", last != " ", last != ":",
      text.unicodeScalars.allSatisfy(isPrintable)
    else { return false }
    let scalars = Array(text.unicodeScalars)
    if "!&*#|>@`\"'%,[]{}?-:=<+".unicodeScalars.contains(first) {
      // A dash or colon before a letter begins a word, but it is one thing more to know.
      return false
    }
    if text.hasPrefix("---") || text.hasPrefix("...") { return false }
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : " "
      if scalar == ":", next == " " || isFlow { return false }
      if scalar == " ", next == "#" { return false }
      if isFlow, ",[]{}".unicodeScalars.contains(scalar) { return false }
    }
    return true
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: false
    default: true
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case _ where isPrintable(scalar): quoted.unicodeScalars.append(scalar)
      default:
        let hex = String(scalar.value, radix: 16, uppercase: true)
        quoted += "\\u" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
      }
    }
    return quoted + "\""
  }
}
