internal import FoundationEssentials
public import QDACore

/// Reads projects of QualCoder: the folder `NAME.qda`, or the database `data.qda` inside it.
///
/// The tables have had other columns in every version; what a version lacks counts as empty.
/// Positions are Unicode code points of the stored text, the end not included, and every coding is
/// compared with the words that QualCoder stored with it.
public enum QualCoderDatabase {
  /// Reads the bytes of a database.
  ///
  /// - Throws: ``ReadingError`` where the file is no whole database of QualCoder.
  public static func read(
    _ bytes: [UInt8], name: String, options: ProjectReadingOptions = ProjectReadingOptions()
  ) throws(ReadingError) -> Reading<Project> {
    let content = try DatabaseContent(bytes, file: name, limits: options.limits)
    return try read(content, digest: Digest(of: bytes), options: options)
  }

  /// Reads a project's folder or the database in it; changes that are not in the file yet are noted.
  ///
  /// - Throws: ``ReadingError`` where there is no whole database of QualCoder.
  public static func read(
    path: String, options: ProjectReadingOptions = ProjectReadingOptions()
  ) throws(ReadingError) -> Reading<Project> {
    var isFolder = false
    _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    var folder = path[...]
    while folder.hasSuffix("/") { folder.removeLast() }
    let file = isFolder ? folder + "/data.qda" : folder
    let parts = file.split(separator: "/")
    let name = parts.suffix(2).joined(separator: "/")
    if isFolder, !FileManager.default.fileExists(atPath: String(file)) {
      throw .missingPart(file: String(path), part: "data.qda")
    }
    let bytes = try FileReading.bytes(ofFile: String(file))
    let content = try DatabaseContent(bytes, file: name, limits: options.limits)
    for ending in ["-wal", "-journal"] where FileReading.holdsBytes(String(file) + ending) {
      content.add(
        Diagnostic(
          "database.unsaved-changes", .warning, at: content.place,
          "there is a file of unfinished changes beside the database ('\(ending)'), which is not read",
          explanation: "The latest work may be missing.",
          solutions: ["close the project in the program that wrote it and read it again"]))
    }
    return try read(content, digest: Digest(of: bytes), options: options)
  }

  private static func read(
    _ content: DatabaseContent, digest: Digest, options: ProjectReadingOptions
  ) throws(ReadingError) -> Reading<Project> {
    let row = try content.rows(
      "project", [], optional: ["databaseversion", "date", "memo", "about"]
    ).first
    var result = DatabaseImport(
      content, format: .qualCoder, options: options, title: title(of: content.file),
      seed: [row?.string("date") ?? ""], file: digest, positions: PositionConvention(),
      selectionName: "coding")
    result.project.description = row?.string("memo") ?? ""
    result.project.created = result.stamp(nil, row?.text("date"))
    let version = row?.string("databaseversion") ?? ""
    result.project.origin = ProjectOrigin(
      program: version.isEmpty ? "QualCoder" : "QualCoder (database \(version))")
    var reader = QualCoderReader(content: content, result: result)
    try reader.readCoders()
    try reader.readCodes()
    try reader.readSources()
    try reader.readTextCodings()
    try reader.readPictureCodings()
    try reader.readRecordingCodings()
    try reader.readCases()
    try reader.readAttributes()
    try reader.readNotes()
    try content.noteUnread(except: [])
    return reader.result.finish()
  }

  // QualCoder keeps no title: a project is called by its folder.
  private static func title(of file: String) -> String {
    let parts = file.split(separator: "/")
    let part = parts.last == "data.qda" && parts.count > 1 ? parts[parts.count - 2] : parts.last
    let name = part.map(String.init) ?? file
    return name.hasSuffix(".qda") ? String(name.dropLast(4)) : name
  }
}

/// Reads the tables one after the other.
struct QualCoderReader {
  let content: DatabaseContent
  var result: DatabaseImport
  var codes: [Int: ID<Code>] = [:]
  var sources: [Int: ID<Source>] = [:]
  var cases: [Int: ID<Case>] = [:]

  init(content: DatabaseContent, result: DatabaseImport) {
    self.content = content
    self.result = result
  }

  mutating func readCoders() throws(ReadingError) {
    for row in try content.rowsIfPresent("coder_names", ["name"]) {
      _ = result.coder(row.text("name"))
    }
  }

  mutating func readCodes() throws(ReadingError) {
    let categories = try content.rowsIfPresent(
      "code_cat", ["catid", "name"], optional: ["memo", "supercatid"], orderedBy: ["catid"])
    var folders: [Int: ID<Code>] = [:]
    for row in categories {
      if let key = row.integer("catid") { folders[key] = result.id("category", String(key)) }
    }
    for row in categories {
      guard let key = row.integer("catid"), let id = folders[key] else { continue }
      result.project.codebook.codes.insert(
        Code(
          id: id, parent: parent(row, "supercatid", in: folders, of: "category"),
          name: row.string("name"), definition: row.string("memo"), isCodable: false))
    }
    let rows = try content.rows(
      "code_name", ["cid", "name"], optional: ["memo", "catid", "supercid", "color"],
      orderedBy: ["cid"])
    for row in rows {
      if let key = row.integer("cid") { codes[key] = result.id("code", String(key)) }
    }
    for row in rows {
      guard let key = row.integer("cid"), let id = codes[key] else { continue }
      let above =
        parent(row, "supercid", in: codes, of: "code")
        ?? parent(row, "catid", in: folders, of: "code")
      result.project.codebook.codes.insert(
        Code(
          id: id, parent: above, name: row.string("name"), definition: row.string("memo"),
          color: row.color("color")))
    }
  }

  private func parent(
    _ row: DatabaseRow, _ column: String, in ids: [Int: ID<Code>], of what: String
  ) -> ID<Code>? {
    guard let key = row.integer(column) else { return nil }
    if let id = ids[key] { return id }
    content.missing("parent", for: what, isKept: true)
    return nil
  }

  mutating func readSources() throws(ReadingError) {
    var transcripts: [(recording: ID<Source>, text: Int)] = []
    for row in try content.rows(
      "source", ["id", "name", "fulltext"],
      optional: ["mediapath", "memo", "owner", "date", "av_text_id"], orderedBy: ["id"])
    {
      guard let key = row.integer("id") else { continue }
      let id: ID<Source> = result.id("source", String(key))
      sources[key] = id
      let path = row.text("mediapath").flatMap { $0.isEmpty ? nil : $0 }
      let medium = Self.medium(of: path ?? "", name: row.string("name"))
      var files = SourceFiles()
      if medium == .text { files.richText = path } else { files.media = path }
      result.add(
        Source(
          id: id, name: row.string("name"), kind: .document, medium: medium,
          description: row.string("memo"),
          created: result.stamp(row.text("owner"), row.text("date")), files: files),
        text: row.text("fulltext").map(PositionedText.init))
      if let text = row.integer("av_text_id"), text > 0 { transcripts.append((id, text)) }
    }
    for (recording, text) in transcripts {
      guard let id = sources[text] else {
        content.missing("transcript", for: "recording", isKept: true)
        continue
      }
      result.project.sources[id]?.recording = recording
    }
  }

  /// What a source is made of, by the folder in the project or the prefix of a linked file.
  static func medium(of path: String, name: String) -> Medium {
    for (folder, medium) in [("images", Medium.picture), ("audio", .audio), ("video", .video)]
    where path.hasPrefix("/\(folder)/") || path.hasPrefix("\(folder):") {
      return medium
    }
    return path.lowercased().hasSuffix(".pdf") || name.lowercased().hasSuffix(".pdf") ? .pdf : .text
  }
}
