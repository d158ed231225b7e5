public import QDACore

/// Reads projects of Taguette (`.sqlite3`).
///
/// The text of a document is the text nodes of its HTML, one after the other, because that is what
/// Taguette counts: highlights are UTF-8 bytes of it, the end not included. Every highlight is
/// compared with the snippet that Taguette stored with it.
public enum TaguetteDatabase {
  /// Reads one project of a database.
  ///
  /// A database of several projects needs ``ProjectReadingOptions/project``; without it the first
  /// is read, and a finding lists all.
  ///
  /// - Throws: ``ReadingError`` where the file is no whole database of Taguette, or has no project
  ///   of that name.
  public static func read(
    _ bytes: [UInt8], name: String, options: ProjectReadingOptions = ProjectReadingOptions()
  ) throws(ReadingError) -> Reading<Project> {
    let content = try DatabaseContent(bytes, file: name, limits: options.limits)
    let row = try project(in: content, named: options.project)
    let key = row.integer("id") ?? 0
    var reader = Reader(
      content: content, key: key,
      result: DatabaseImport(
        content, format: .taguette, options: options, title: row.string("name"),
        seed: [String(key), row.string("created")], file: Digest(of: bytes),
        positions: PositionConvention(unit: .utf8), selectionName: "highlight"))
    reader.result.project.description = row.string("description")
    reader.result.project.created = reader.result.stamp(nil, row.text("created"))
    reader.result.project.origin = ProjectOrigin(program: "Taguette")
    try reader.readMembers()
    try reader.readTags()
    try reader.readDocuments()
    try reader.readHighlights()
    try content.noteUnread(except: ["users", "alembic_version"])
    return reader.result.finish()
  }

  private static func project(
    in content: DatabaseContent, named name: String?
  ) throws(ReadingError) -> DatabaseRow {
    let rows = try content.rows(
      "projects", ["id", "name"], optional: ["description", "created"], orderedBy: ["id"])
    if let name {
      let found =
        rows.first { $0.text("name") == name } ?? rows.first { $0.text("id") == name }
      if let found { return found }
      throw .missingPart(file: content.file, part: "project \(name)")
    }
    guard let first = rows.first else {
      throw .missingPart(file: content.file, part: "project")
    }
    if rows.count > 1 {
      content.add(
        Diagnostic(
          "taguette.several-projects", .warning, at: content.place,
          "the file holds \(rows.count) projects, of which only '\(first.string("name"))' is read",
          notes: rows.map { "\($0.string("id")): \($0.string("name"))" },
          solutions: ["name the project that you mean, by its name or its number"]))
    }
    return first
  }
}

private struct Reader {
  let content: DatabaseContent
  let key: Int
  var result: DatabaseImport
  private var tags: [Int: ID<Code>] = [:]
  private var documents: [Int: ID<Source>] = [:]

  init(content: DatabaseContent, key: Int, result: DatabaseImport) {
    self.content = content
    self.key = key
    self.result = result
  }

  mutating func readMembers() throws(ReadingError) {
    let rows = try content.rowsIfPresent(
      "project_members", ["project_id", "user_login"], orderedBy: ["user_login"])
    for row in rows where row.integer("project_id") == key {
      _ = result.coder(row.text("user_login"))
    }
  }

  mutating func readTags() throws(ReadingError) {
    let rows = try content.rows(
      "tags", ["id", "project_id", "path"], optional: ["description"], orderedBy: ["id"])
    for row in rows where row.integer("project_id") == key {
      guard let number = row.integer("id") else { continue }
      let id: ID<Code> = result.id("tag", String(number))
      tags[number] = id
      result.project.codebook.codes.insert(
        Code(id: id, name: row.string("path"), definition: row.string("description")))
    }
  }

  mutating func readDocuments() throws(ReadingError) {
    let rows = try content.rows(
      "documents", ["id", "project_id", "name", "contents"],
      optional: ["description", "filename", "created"], orderedBy: ["id"])
    for row in rows where row.integer("project_id") == key {
      guard let number = row.integer("id") else { continue }
      let id: ID<Source> = result.id("document", String(number))
      documents[number] = id
      let html = try HTMLText(
        row.string("contents"), file: content.file, part: "document \(number)")
      var source = Source(
        id: id, name: row.string("name"), kind: .document, description: row.string("description"),
        created: result.stamp(nil, row.text("created")), paragraphs: html.paragraphs,
        marks: html.marks)
      if let file = row.text("filename"), !file.isEmpty {
        source.metadata.append(MetadataField(name: "file", value: file))
      }
      result.add(source, text: PositionedText(html.string))
    }
  }

  mutating func readHighlights() throws(ReadingError) {
    let history = TaguetteHistory(
      try content.rowsIfPresent(
        "commands", ["user_login", "payload"], optional: ["date", "project_id"], orderedBy: ["id"]
      ).filter { $0.integer("project_id") == key })
    var given: [Int: [Int]] = [:]
    for row in try content.rows(
      "highlight_tags", ["highlight_id", "tag_id"], orderedBy: ["highlight_id", "tag_id"])
    {
      guard let highlight = row.integer("highlight_id"), let tag = row.integer("tag_id") else {
        continue
      }
      given[highlight, default: []].append(tag)
    }
    let others = Set(
      try content.rows("documents", ["id"]).compactMap { $0.integer("id") }
    ).subtracting(documents.keys)
    let rows = try content.rows(
      "highlights", ["id", "document_id", "start_offset", "end_offset"], optional: ["snippet"],
      orderedBy: ["id"])
    for row in rows {
      guard let number = row.integer("id"), let document = row.integer("document_id"),
        !others.contains(document)
      else { continue }
      guard let source = documents[document] else {
        content.missing("document", for: "highlight")
        continue
      }
      guard let start = row.integer("start_offset"), let end = row.integer("end_offset") else {
        content.leftOut(1, "highlights without positions")
        continue
      }
      let quote: String?
      if let snippet = row.text("snippet") {
        quote = try HTMLText(snippet, file: content.file, part: "highlight \(number)").string
      } else {
        quote = nil
      }
      let passage: ID<Passage> = result.id("highlight", String(number))
      var selection = DatabaseImport.Selection(
        passage: Passage(
          id: passage, source: source, region: .whole, created: stamp(history.created[number]),
          modified: stamp(history.changed[number])),
        stored: StoredSelection(start: start, end: end, quote: quote))
      for tag in given[number] ?? [] {
        guard let code = tags[tag] else {
          content.missing("tag", for: "highlight")
          continue
        }
        selection.codings.append(
          Coding(
            id: result.id("highlight-tag", String(number), String(tag)), passage: passage,
            code: code, created: stamp(history.tagging(of: number, with: tag)),
            provenance: .imported))
      }
      result.add(selection)
    }
  }

  private mutating func stamp(_ act: TaguetteHistory.Act?) -> Stamp {
    result.stamp(act?.login, act?.date)
  }
}
