internal import QDACore

/// Reads an extract of NVivo in XML, whose layout is documented nowhere, by a map of its elements.
///
/// The caller names what holds a `reference`, and, at it, around it or in it, its `code`, `source`,
/// `text`, `coder` and `comment`: an element as `Name`, an attribute as `@name` or `Element@name`.
enum ExtractReader {
  static let roles = ["reference", "code", "source", "text", "coder", "comment"]

  /// Reads codes, sources and codings by the caller's map.
  ///
  /// - Throws: ``ReadingError``; `noReader` where no map is given, which names REFI-QDA as the way.
  static func read(
    _ bytes: [UInt8], name: String, options: ProjectReadingOptions
  ) throws(ReadingError) -> Reading<Project> {
    guard let record = options.elements["reference"], let code = options.elements["code"] else {
      throw .noReader(
        file: name, format: Format.nvivoExtract.name,
        advice: "export the project from NVivo as REFI-QDA (.qdpx), or say which elements hold a "
          + "'reference', its 'code', 'source' and 'text'")
    }
    var builder = ReportBuilder(bytes, name: name, format: .nvivoExtract, options: options)
    builder.diagnostics = unknownRoles(options.elements, file: name)
    var extract = Extract(
      record: record,
      roles: options.elements.filter { $0.key != "reference" && roles.contains($0.key) })
    var found: [[String: String]] = []
    try XMLStream.read(bytes, file: name, part: name) {
      (event: XMLEvent) throws(ReadingError) in
      if let record = extract.take(event) { found.append(record) }
    }
    guard !found.isEmpty else {
      throw .malformed(
        file: name, line: 1, column: 1,
        reason: "no element '\(record)' is in the file; correct the map of 'reference'")
    }
    guard found.contains(where: { $0["code"] != nil }) else {
      throw .malformed(
        file: name, line: 1, column: 1,
        reason: "no '\(record)' has a code in '\(code)'; correct the map of 'code'")
    }
    for (index, values) in found.enumerated() { add(values, number: index + 1, to: &builder) }
    return builder.finish()
  }

  private static func unknownRoles(_ elements: [String: String], file: String) -> [Diagnostic] {
    elements.keys.sorted().filter { !roles.contains($0) }.map { role in
      Diagnostic(
        "report.role-unknown", .warning, at: .file(file, line: 0, column: 0),
        "nothing is known of an element for '\(role)' in this format; the mapping is left alone",
        notes: Suggestion.notes(for: role, among: roles),
        solutions: ["map one of: \(roles.joined(separator: ", "))"])
    }
  }

  private static func add(
    _ values: [String: String], number: Int, to builder: inout ReportBuilder
  ) {
    let place = Place.file(builder.file, line: 0, column: 0)
    guard let code = values["code"], !code.isEmpty, let written = values["source"], !written.isEmpty
    else {
      builder.add(
        Diagnostic(
          "report.name-missing", .error, at: place,
          "reference \(number) names no code or no source; it is left out",
          solutions: ["correct the map of 'code' and 'source'"]))
      return
    }
    let path = ReportPath.NVivo(written)
    let source = builder.source(path.name, in: path.folders + path.names.dropLast())
    builder.add(
      ReportReference(
        quote: values["text"] ?? "", stamp: Stamp(by: builder.coder(values["coder"] ?? "")),
        uses: [
          ReportReference.Use(
            code: builder.code(ReportPath.code(code)), comment: values["comment"] ?? "")
        ], place: place), to: source)
  }
}

/// Gathers the values of mapped elements and attributes around each reference.
private struct Extract {
  private let record: String
  private let roles: [(role: String, element: String?, attribute: String?)]
  private var depth = 0
  private var records: [Int] = []
  /// What is known at this place, with the depth of the element whose end makes it unknown.
  private var values: [(role: String, text: String, scope: Int)] = []
  private var texts: [(role: String, text: String, depth: Int)] = []

  init(record: String, roles: [String: String]) {
    self.record = record
    self.roles = roles.keys.sorted().map { role in
      let parts = (roles[role] ?? "").split(
        separator: "@", maxSplits: 1, omittingEmptySubsequences: false
      ).map(String.init)
      let element = parts.first.flatMap { $0.isEmpty ? nil : $0 }
      return (role, element, parts.count > 1 ? parts[1] : nil)
    }
  }

  /// Takes an event, and gives the values of a reference that ends with it.
  mutating func take(_ event: XMLEvent) -> [String: String]? {
    switch event {
    case .start(let element):
      depth += 1
      if element.name == record { records.append(depth) }
      for (role, name, attribute) in roles {
        if let attribute {
          guard name == nil || name == element.name, let value = element[attribute] else {
            continue
          }
          note(role, value.trimmed, scope: depth)
        } else if name == element.name {
          texts.append((role, "", depth))
        }
      }
    case .text(let text):
      for index in texts.indices { texts[index].text += text }
    case .end:
      while let last = texts.last, last.depth == depth {
        texts.removeLast()
        // The text of the reference itself is its own; that of any other counts beside it.
        let scope = records.last == depth ? depth : depth - 1
        note(last.role, last.text.trimmed, scope: scope)
      }
      var result: [String: String]?
      if records.last == depth {
        records.removeLast()
        // The nearest counts.
        var found: [String: String] = [:]
        for value in values { found[value.role] = value.text }
        result = found
      }
      values.removeAll { $0.scope >= depth }
      depth -= 1
      return result
    }
    return nil
  }

  // Of several in one element the last counts, so that a long file holds no more than a short one.
  private mutating func note(_ role: String, _ text: String, scope: Int) {
    values.removeAll { $0.role == role && $0.scope == scope }
    values.append((role, text, scope))
  }
}
