internal import QDACore

// notes/*.md
extension StudyReader {
  static let noteKeys = ["id", "guid", "kind", "title", "about", "by", "at"]

  mutating func readNotes() {
    var entered: [(YAMLMapping?, ID<Note>, body: String)] = []
    for name in names(in: "notes", ending: ".md") {
      guard let bytes = files[name] else { continue }
      let parts = NoteFile(bytes)
      let stem = String(name.dropFirst("notes/".count).dropLast(3))
      var head: YAMLMapping?
      if let range = parts.head {
        // The lines before the block keep their numbers.
        let lead = [UInt8](repeating: 0x0A, count: 1)
        let reading = YAMLDocument.read(lead + bytes[range], name: name)
        findings.add(reading.diagnostics)
        if let root = reading.value.root, !root.isNull {
          head = YAMLMapping(
            root, of: reading.value, "note", keys: Self.noteKeys, findings: findings)
        }
      }
      guard let body = String(validating: parts.body(of: bytes), as: UTF8.self) else {
        reportEncoding(name)
        continue
      }
      let spot = head?.spot("id") ?? Spot(place: .file(name, line: 1, column: 1), line: nil)
      guard
        let id = enter(
          head?.text("id") ?? stem, guid: head?.text("guid"), Note.self, at: spot)
      else { continue }
      noteFiles[id] = name
      entered.append((head, id, NoteFile.plain(body)))
    }
    for (head, id, body) in entered {
      project.notes[id] = Note(
        id: id, kind: head?.choice("kind") ?? .memo, title: head?.text("title") ?? "", body: body,
        about: head.map { map in
          map.texts("about").compactMap { about($0.text, at: map.spot(of: $0.node)) }
        } ?? [],
        stamp: head.map { stamp($0) } ?? Stamp())
    }
  }

  private func reportEncoding(_ name: String) {
    findings.add(
      Diagnostic(
        "note.not-utf8", .error, at: .file(name, line: 1, column: 1),
        "the note is not UTF-8 and is left out", solutions: ["save the file as UTF-8"]))
  }

  // MARK: What a note is about

  private static let kinds = [
    "source", "case", "attribute", "coder", "code", "passage", "coding", "note", "cell", "element",
    "configuration", "slot", "edge", "link", "evidence", "statement",
  ]

  /// Reads `case P3`, `cell P9 accompanying`, `slot CMO4/c1`, or gives `nil` with a diagnostic.
  func about(_ text: String, at spot: Spot) -> Reference? {
    guard let space = text.firstIndex(where: \.isWhitespace) else {
      reportKind(text, at: spot)
      return nil
    }
    let kind = String(text[..<space])
    let key = text[space...].trimmed
    switch kind {
    case "source": return source(key, at: spot).map { .source($0) }
    case "case": return participant(key, at: spot).map { .case($0) }
    case "coder": return coder(key, at: spot).map { .coder($0) }
    case "code": return code(key, at: spot).map { .code($0) }
    case "passage": return passage(key, at: spot).map { .passage($0) }
    case "coding":
      if let id = keys.id(for: key, Coding.self) { return .coding(id) }
      return passage(key, at: spot).map { .passage($0) }
    case "configuration": return configuration(key, at: spot).map { .configuration($0) }
    case "statement": return statement(key, at: spot).map { .statement($0) }
    case "cell": return cell(key, at: spot)
    case "attribute": return known(key, at: spot) { .attribute($0) }
    case "note": return known(key, at: spot) { .note($0) }
    case "element": return known(key, at: spot) { .element($0) }
    case "slot": return known(key, at: spot) { .slot($0) }
    case "edge": return known(key, at: spot) { .edge($0) }
    case "link": return known(key, at: spot) { .link($0) }
    case "evidence": return known(key, at: spot) { .evidence($0) }
    default:
      reportKind(kind, at: spot)
      return nil
    }
  }

  private func known<Object: StudyKeyed>(
    _ key: String, at spot: Spot, _ wrap: (ID<Object>) -> Reference
  ) -> Reference? {
    if let id = keys.id(for: key, Object.self) { return wrap(id) }
    if isInRest(key) { return nil }
    findings.addUnknown(
      key,
      Diagnostic(
        "note.reference-unknown", .error, at: spot.place,
        "no \(Object.kindWord) has the key '\(key)'", raw: key, line: spot.line,
        notes: findings.nearest(key, keys.all(Object.self)),
        solutions: ["correct the key, or remove the line"]))
    return nil
  }

  private func cell(_ key: String, at spot: Spot) -> Reference? {
    let names = key.split(separator: " ").map(String.init)
    guard names.count == 2, let row = participant(names[0], at: spot),
      let column = code(names[1], at: spot)
    else { return nil }
    return .cell(Cell.Key(row: row, column: column))
  }

  private func reportKind(_ kind: String, at spot: Spot) {
    findings.add(
      Diagnostic(
        "note.reference-unknown", .error, at: spot.place,
        "'\(kind)' is no kind of object that a note can be about", raw: kind, line: spot.line,
        notes: Suggestion.notes(for: kind, among: Self.kinds),
        solutions: ["write the kind and the key, as in 'case P3'"]))
  }
}

/// The parts of a note's file: a block of YAML between `---` lines, then the text.
struct NoteFile {
  /// The YAML, without the lines around it, or `nil` where there is no block.
  private(set) var head: Range<Int>?
  /// Where the text begins, behind the block's last line.
  private(set) var bodyStart = 0

  init(_ bytes: [UInt8]) {
    let lines = SourceLines(bytes)
    guard lines.text(1) == "---" else { return }
    for number in lines.starts.indices.dropFirst() {
      guard lines.text(number + 1) == "---", let range = lines.range(number + 1) else { continue }
      head = lines.starts[1]..<range.lowerBound
      bodyStart = range.upperBound
      return
    }
  }

  func body(of bytes: [UInt8]) -> ArraySlice<UInt8> {
    let body = bytes[bodyStart...]
    return bodyStart == 0 && body.starts(with: [0xEF, 0xBB, 0xBF]) ? body.dropFirst(3) : body
  }

  /// The text without the blank line before it and the line end after it.
  static func plain(_ body: String) -> String {
    var text = body.replacing("\r\n", with: "\n")
    if text.hasPrefix("\n") { text.removeFirst() }
    if text.hasSuffix("\n") { text.removeLast() }
    return text
  }
}
