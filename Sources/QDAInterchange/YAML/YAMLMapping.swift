internal import QDACore

/// A mapping of a YAML file that hands out typed values and reports what is wrong with them.
struct YAMLMapping {
  let node: YAMLNode
  let document: YAMLDocument
  private let what: String
  private let findings: Findings

  /// Takes a node as a mapping, or `nil` with a diagnostic where it is something else.
  ///
  /// - Parameters:
  ///   - what: What the mapping describes, for messages: `configuration`.
  ///   - keys: Every key that it may have; others are reported with the nearest of these.
  init?(
    _ node: YAMLNode, of document: YAMLDocument, _ what: String, keys: [String],
    findings: Findings
  ) {
    self.init(node, of: document, what, findings: findings)
    for entry in node.entries where !keys.contains(entry.key) {
      findings.add(
        Diagnostic(
          "yaml.key-unknown", .warning, at: document.place(of: entry),
          "a \(what) has no key '\(entry.key)'; it is left alone",
          line: document.lines.text(entry.line),
          notes: Suggestion.notes(for: entry.key, among: keys),
          solutions: ["correct the key, or remove the entry"]))
    }
  }

  /// Takes a node as a mapping with keys of the study's own.
  init?(_ node: YAMLNode, of document: YAMLDocument, _ what: String, findings: Findings) {
    guard case .map = node.content else {
      findings.add(Self.wrongType(node, document, "a \(what) is a mapping of keys to values"))
      return nil
    }
    self.node = node
    self.document = document
    self.what = what
    self.findings = findings
  }

  /// Where a key's value is, or the mapping itself where it has no such key.
  func spot(_ key: String? = nil) -> Spot {
    let node = key.flatMap { self.node[$0] } ?? self.node
    return Spot(place: document.place(of: node), line: document.lines.text(node.line))
  }

  func spot(of node: YAMLNode) -> Spot {
    Spot(place: document.place(of: node), line: document.lines.text(node.line))
  }

  func has(_ key: String) -> Bool { node[key].map { !$0.isNull } ?? false }

  // MARK: Values

  func text(_ key: String) -> String? {
    guard let value = node[key], !value.isNull else { return nil }
    guard let text = value.text else {
      findings.add(Self.wrongType(value, document, "'\(key)' is a text"))
      return nil
    }
    return text
  }

  /// A value without which the record cannot be used.
  func required(_ key: String) -> String? {
    if let value = node[key], !value.isNull { return text(key) }
    let spot = spot()
    findings.add(
      Diagnostic(
        "yaml.key-missing", .error, at: spot.place,
        "this \(what) has no '\(key)' and is left out", line: spot.line,
        solutions: ["add '\(key):' to it"]))
    return nil
  }

  /// A list of texts; one text alone is a list of one.
  func texts(_ key: String) -> [(text: String, node: YAMLNode)] {
    guard let value = node[key], !value.isNull else { return [] }
    if let text = value.text { return [(text, value)] }
    return items(key).compactMap { item in
      guard let text = item.text else {
        findings.add(Self.wrongType(item, document, "'\(key)' is a list of texts"))
        return nil
      }
      return (text, item)
    }
  }

  func integer(_ key: String) -> Int? {
    guard let text = text(key) else { return nil }
    if let number = Int(text) { return number }
    invalid(key, text, "a whole number")
    return nil
  }

  func flag(_ key: String) -> Bool? {
    guard let text = text(key) else { return nil }
    switch text.lowercased() {
    case "true", "yes": return true
    case "false", "no": return false
    default:
      invalid(key, text, "true or false")
      return nil
    }
  }

  func time(_ key: String) -> Timestamp? {
    guard let text = text(key) else { return nil }
    if let time = Timestamp(text) { return time }
    invalid(key, text, "a date such as 2026-03-04 or 2026-03-04T10:30:00+01:00")
    return nil
  }

  /// One of a closed list of words.
  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ type: Choice.Type = Choice.self
  ) -> Choice? {
    guard let text = text(key) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let spot = spot(key)
    let words = Choice.allCases.map(\.rawValue)
    findings.add(
      Diagnostic(
        "yaml.value-unknown", .error, at: spot.place,
        "'\(key)' cannot be '\(text)'; it is one of \(words.joined(separator: ", "))",
        raw: text, line: spot.line, notes: Suggestion.notes(for: text, among: words),
        solutions: ["use one of the words"]))
    return nil
  }

  /// The items of a list, whatever they are.
  func items(_ key: String) -> [YAMLNode] {
    guard let value = node[key], !value.isNull else { return [] }
    guard case .list(let items) = value.content else {
      findings.add(Self.wrongType(value, document, "'\(key)' is a list"))
      return []
    }
    return items
  }

  /// The mappings of a list.
  func maps(_ key: String, _ what: String, keys: [String]) -> [YAMLMapping] {
    items(key).compactMap {
      YAMLMapping($0, of: document, what, keys: keys, findings: findings)
    }
  }

  /// The value of a key as a mapping with keys of the study's own.
  func map(_ key: String) -> YAMLMapping? {
    guard let value = node[key], !value.isNull else { return nil }
    return YAMLMapping(value, of: document, key, findings: findings)
  }

  // MARK: Messages

  private func invalid(_ key: String, _ text: String, _ wanted: String) {
    let spot = spot(key)
    findings.add(
      Diagnostic(
        "yaml.value-invalid", .error, at: spot.place,
        "'\(key)' is \(wanted); '\(text)' is left out", raw: text, line: spot.line,
        solutions: ["correct the value"]))
  }

  private static func wrongType(
    _ node: YAMLNode, _ document: YAMLDocument, _ expectation: String
  ) -> Diagnostic {
    Diagnostic(
      "yaml.wrong-type", .error, at: document.place(of: node),
      "\(expectation); this is something else and is left out",
      line: document.lines.text(node.line),
      solutions: ["compare it with the example in Documentation/StudyFolder.md"])
  }
}
