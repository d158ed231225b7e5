public import QDACore

/// Reads projects of RQDA (`.rqda`).
///
/// RQDA never removes a row: only those of status 1 are live. Positions are characters of the text
/// as R and GTK count them, which are Unicode code points, the end not included; every coding is
/// compared with the words that RQDA stored with it.
public enum RQDADatabase {
  /// Reads the bytes of a project.
  ///
  /// - Throws: ``ReadingError`` where the file is no whole database of RQDA.
  public static func read(
    _ bytes: [UInt8], name: String, options: ProjectReadingOptions = ProjectReadingOptions()
  ) throws(ReadingError) -> Reading<Project> {
    let content = try DatabaseContent(bytes, file: name, limits: options.limits)
    let row = try content.rows(
      "project", [], optional: ["databaseversion", "date", "memo", "about"]
    ).first
    let title = name.split(separator: "/").last.map(String.init) ?? name
    var result = DatabaseImport(
      content, format: .rqda, options: options,
      title: title.lowercased().hasSuffix(".rqda") ? String(title.dropLast(5)) : title,
      seed: [row?.string("date") ?? ""], file: Digest(of: bytes), positions: PositionConvention(),
      selectionName: "coding")
    result.project.description = row?.string("memo") ?? ""
    result.project.created = result.stamp(nil, row?.text("date"))
    let version = row?.string("databaseversion") ?? ""
    result.project.origin = ProjectOrigin(program: version.isEmpty ? "RQDA" : "RQDA \(version)")
    var reader = RQDAReader(content: content, result: result)
    try reader.readCodes()
    try reader.readSources()
    try reader.readCodings("coding", suffix: "")
    try reader.readCodings("coding2", suffix: " (second coding)")
    try reader.readCases()
    try reader.readAttributes()
    try reader.readNotes()
    try content.noteUnread(except: [])
    return reader.result.finish()
  }
}

/// Reads the tables one after the other.
struct RQDAReader {
  let content: DatabaseContent
  var result: DatabaseImport
  var codes: [Int: ID<Code>] = [:]
  var sources: [Int: ID<Source>] = [:]
  var cases: [Int: ID<Case>] = [:]

  init(content: DatabaseContent, result: DatabaseImport) {
    self.content = content
    self.result = result
  }

  /// The live rows of a table; deleted ones are counted.
  private func live(
    _ table: String, _ required: [String], optional: [String] = [], orderedBy order: [String] = []
  ) throws(ReadingError) -> [DatabaseRow] {
    let rows = try content.rowsIfPresent(
      table, required, optional: optional + ["status"], orderedBy: order)
    guard content.has(table, "status") else { return rows }
    let kept = rows.filter { $0.integer("status") == 1 }
    content.leftOut(rows.count - kept.count, "deleted rows of the table '\(table)'")
    return kept
  }

  mutating func readCodes() throws(ReadingError) {
    var folders: [Int: ID<Code>] = [:]
    for row in try live("codecat", ["catid", "name"], optional: ["memo"], orderedBy: ["catid"]) {
      guard let key = row.integer("catid") else { continue }
      let id: ID<Code> = result.id("category", String(key))
      folders[key] = id
      result.project.codebook.codes.insert(
        Code(id: id, name: row.string("name"), definition: row.string("memo"), isCodable: false))
    }
    var parents: [Int: ID<Code>] = [:]
    for row in try live("treecode", ["cid", "catid"], orderedBy: ["cid", "catid"]) {
      guard let code = row.integer("cid") else { continue }
      guard let folder = row.integer("catid").flatMap({ folders[$0] }) else {
        content.missing("category", for: "place of a code")
        continue
      }
      if parents[code] == nil {
        parents[code] = folder
      } else {
        content.leftOut(1, "further categories of codes that are in several")
      }
    }
    if !content.has("freecode") {
      throw .missingPart(file: content.file, part: "table freecode")
    }
    for row in try live(
      "freecode", ["id", "name"], optional: ["memo", "color"], orderedBy: ["id"])
    {
      guard let key = row.integer("id") else { continue }
      let id: ID<Code> = result.id("code", String(key))
      codes[key] = id
      if row.text("color").map({ !$0.isEmpty }) ?? false, row.color("color") == nil {
        content.leftOut(1, "colours of codes that are given by name")
      }
      result.project.codebook.codes.insert(
        Code(
          id: id, parent: parents[key], name: row.string("name"), definition: row.string("memo"),
          color: row.color("color")))
    }
  }

  mutating func readSources() throws(ReadingError) {
    if !content.has("source") { throw .missingPart(file: content.file, part: "table source") }
    for row in try live(
      "source", ["id", "name", "file"], optional: ["memo", "owner", "date"], orderedBy: ["id"])
    {
      guard let key = row.integer("id") else { continue }
      let id: ID<Source> = result.id("source", String(key))
      sources[key] = id
      result.add(
        Source(
          id: id, name: row.string("name"), kind: .document, description: row.string("memo"),
          created: result.stamp(row.text("owner"), row.text("date"))),
        text: PositionedText(row.string("file")))
    }
    var members: [Int: [Reference]] = [:]
    for row in try live("treefile", ["fid", "catid"], orderedBy: ["catid", "fid"]) {
      guard let source = row.integer("fid").flatMap({ sources[$0] }),
        let folder = row.integer("catid")
      else {
        content.missing("source", for: "place of a source")
        continue
      }
      members[folder, default: []].append(.source(source))
    }
    for row in try live("filecat", ["catid", "name"], optional: ["memo"], orderedBy: ["catid"]) {
      guard let key = row.integer("catid") else { continue }
      result.project.sets.insert(
        ObjectSet(
          id: result.id("filecat", String(key)), name: row.string("name"),
          description: row.string("memo"), members: members[key] ?? []))
    }
  }

  mutating func readCodings(_ table: String, suffix: String) throws(ReadingError) {
    // The table has no key, and the number of a row may change when RQDA tidies up.
    var ordinals: [[String]: Int] = [:]
    for row in try live(
      table, ["cid", "fid", "selfirst", "selend"],
      optional: ["seltext", "owner", "date", "memo"],
      orderedBy: ["fid", "selfirst", "selend", "cid"])
    {
      guard let start = row.integer("selfirst"), let end = row.integer("selend") else {
        content.leftOut(1, "codings without positions")
        continue
      }
      guard let source = row.integer("fid").flatMap({ sources[$0] }) else {
        content.missing("source", for: "coding")
        continue
      }
      let key = [
        table, row.string("cid"), row.string("fid"), String(start), String(end),
        row.string("owner"), row.string("date"),
      ]
      ordinals[key, default: 0] += 1
      let unique = key.joined(separator: "\n") + "\n\(ordinals[key] ?? 0)"
      let owner = row.text("owner").map { $0.isEmpty ? "" : $0 + suffix }
      let stamp = result.stamp(owner, row.text("date"))
      let id: ID<Passage> = result.id("coding", unique)
      var selection = DatabaseImport.Selection(
        passage: Passage(id: id, source: source, region: .whole, created: stamp),
        stored: StoredSelection(start: start, end: end, quote: row.text("seltext")))
      if let code = row.integer("cid").flatMap({ codes[$0] }) {
        selection.codings = [
          Coding(
            id: result.id("coding", unique), passage: id, code: code, created: stamp,
            comment: row.string("memo"), provenance: .imported)
        ]
      } else {
        content.missing("code", for: "coding", isKept: true)
      }
      result.add(selection)
    }
  }

  mutating func readCases() throws(ReadingError) {
    for row in try live("cases", ["id", "name"], optional: ["memo"], orderedBy: ["id"]) {
      guard let key = row.integer("id") else { continue }
      let id: ID<Case> = result.id("case", String(key))
      cases[key] = id
      result.project.cases.insert(
        Case(id: id, name: row.string("name"), unit: "case", description: row.string("memo")))
    }
    for row in try live(
      "caselinkage", ["caseid", "fid", "selfirst", "selend"], optional: ["owner", "date", "memo"],
      orderedBy: ["caseid", "fid", "selfirst", "selend"])
    {
      guard let one = row.integer("caseid").flatMap({ cases[$0] }) else {
        content.missing("case", for: "link of a case to a source")
        continue
      }
      guard let source = row.integer("fid").flatMap({ sources[$0] }) else {
        content.missing("source", for: "link of a case to a source")
        continue
      }
      result.cover(
        one, source: source, from: row.integer("selfirst") ?? 0, to: row.integer("selend") ?? 0,
        key: [row.string("caseid"), row.string("fid")],
        stamp: result.stamp(row.text("owner"), row.text("date")), description: row.string("memo"))
    }
  }

  mutating func readAttributes() throws(ReadingError) {
    var kinds: [String: Attribute.Kind] = [:]
    for row in try live("attributes", ["name"], optional: ["memo", "class"], orderedBy: ["name"]) {
      guard let name = row.text("name") else { continue }
      let kind: Attribute.Kind = row.string("class").lowercased() == "numeric" ? .number : .text
      kinds[name] = kind
      result.project.attributes.insert(
        Attribute(
          id: result.id("attribute", name), name: name, kind: kind, definition: row.string("memo")))
    }
    for (table, owner) in [("caseattr", "caseid"), ("fileattr", "fileid")] {
      for row in try live(table, ["variable", "value", owner], orderedBy: [owner, "variable"]) {
        guard let name = row.text("variable"), let number = row.integer(owner) else { continue }
        guard let kind = kinds[name] else {
          content.missing("attribute", for: "value")
          continue
        }
        // R writes NA for what is not available.
        guard
          let value = row.text("value") == "NA" ? .missing : row.attributeValue("value", as: kind)
        else { continue }
        let attribute: ID<Attribute> = result.id("attribute", name)
        if table == "caseattr", let id = cases[number] {
          result.set(value, of: attribute, for: id)
        } else if table == "fileattr", let id = sources[number] {
          result.set(value, of: attribute, for: id)
        } else {
          content.missing(table == "caseattr" ? "case" : "source", for: "value")
        }
      }
    }
  }

  mutating func readNotes() throws(ReadingError) {
    var ordinals: [String: Int] = [:]
    for row in try live(
      "annotation", ["fid", "position", "annotation"], optional: ["owner", "date"],
      orderedBy: ["fid", "position", "date"])
    {
      guard let source = row.integer("fid").flatMap({ sources[$0] }) else {
        content.missing("source", for: "annotation")
        continue
      }
      let position = row.integer("position") ?? 0
      let place = "\(row.string("fid")):\(position):\(row.string("date"))"
      ordinals[place, default: 0] += 1
      let key = "\(place):\(ordinals[place] ?? 0)"
      let stamp = result.stamp(row.text("owner"), row.text("date"))
      let id: ID<Passage> = result.id("annotation", key)
      result.add(
        DatabaseImport.Selection(
          passage: Passage(id: id, source: source, region: .whole, created: stamp),
          stored: StoredSelection(start: position, end: position, quote: nil)))
      result.addNote(
        .annotation, "annotation", key, body: row.string("annotation"), about: [.passage(id)],
        stamp: stamp)
    }
    for row in try live(
      "journal", ["name", "journal"], optional: ["owner", "date"], orderedBy: ["name"])
    {
      result.addNote(
        .journal, "journal", row.string("name"), title: row.string("name"),
        body: row.string("journal"), about: [],
        stamp: result.stamp(row.text("owner"), row.text("date")))
    }
  }
}
