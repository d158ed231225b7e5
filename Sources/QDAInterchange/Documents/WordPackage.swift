internal import QDACore

/// The parts around a Word document's body: where they are, and what comments and notes say.
struct WordPackage {
  /// The name of the part that holds the body.
  let mainPart: String
  /// The targets of the body's relationships, by id.
  private(set) var targets: [String: String] = [:]
  /// The comments by their id in the file.
  private(set) var comments: [String: Mark.Annotation] = [:]
  /// The text of footnotes, by id.
  private(set) var footnotes: [String: String] = [:]
  /// The text of endnotes, by id.
  private(set) var endnotes: [String: String] = [:]
  /// The texts of the page headers, each once.
  private(set) var headers: [String] = []
  /// The lists of the document.
  private(set) var numbering: WordNumbering

  init(_ archive: borrowing ZipArchive, file: String) throws(ReadingError) {
    let roots = try PackageRelationship.all(of: "", in: archive, file: file)
    let named = roots.first { $0.type.hasSuffix("/officeDocument") }?.target
    mainPart = named.map { PackageRelationship.path($0, from: "") } ?? "word/document.xml"
    guard archive.contains(mainPart) else { throw .missingPart(file: file, part: mainPart) }
    var parts: [String: String] = [:]
    var headerParts: [String] = []
    for relationship in try PackageRelationship.all(
      of: mainPart, in: archive, file: file)
    {
      targets[relationship.id] = relationship.target
      if !relationship.isExternal, let kind = relationship.type.split(separator: "/").last {
        let path = PackageRelationship.path(relationship.target, from: mainPart)
        parts[String(kind)] = path
        if kind == "header" { headerParts.append(path) }
      }
    }
    let folder = mainPart.split(separator: "/").dropLast().joined(separator: "/")
    let lists = parts["numbering"] ?? "\(folder)/numbering.xml"
    let styles = parts["styles"] ?? "\(folder)/styles.xml"
    numbering = try WordNumbering(
      archive.contains(lists) ? lists : nil, styles: archive.contains(styles) ? styles : nil,
      archive, file)
    for part in headerParts where archive.contains(part) {
      // A header is a remark without an id.
      let found = try notes(in: part, element: "hdr", archive, file)
      let lines = found.values.first?.text.split(separator: "\n").map { String($0) } ?? []
      let text = lines.map(\.trimmingLayoutSpace).filter { !$0.isEmpty }.joined(separator: " / ")
      if !text.isEmpty, !headers.contains(text) { headers.append(text) }
    }
    if let part = part("footnotes", parts, folder, archive) {
      footnotes = try notes(in: part, element: "footnote", archive, file).mapValues(\.text)
    }
    if let part = part("endnotes", parts, folder, archive) {
      endnotes = try notes(in: part, element: "endnote", archive, file).mapValues(\.text)
    }
    if let part = part("comments", parts, folder, archive) {
      let found = try notes(in: part, element: "comment", archive, file)
      comments = found.mapValues(\.annotation)
      if let extended = self.part("commentsExtended", parts, folder, archive) {
        try thread(found, by: extended, archive, file)
      }
    }
  }

  private func part(
    _ kind: String, _ parts: [String: String], _ folder: String, _ archive: borrowing ZipArchive
  ) -> String? {
    let name = parts[kind] ?? "\(folder)/\(kind).xml"
    return archive.contains(name) ? name : nil
  }

  // MARK: Comments and notes

  private struct Remark {
    var annotation: Mark.Annotation
    /// The ids of its paragraphs, by the last of which threads refer to it.
    var paragraphs: [String] = []
    var text: String { annotation.text }
  }

  private func notes(
    in part: String, element name: String, _ archive: borrowing ZipArchive, _ file: String
  ) throws(ReadingError) -> [String: Remark] {
    var found: [String: Remark] = [:]
    var current: Remark?
    var isText = false
    var isFirst = true
    try XMLStream.read(try archive.content(of: part), file: file, part: part) {
      (event: XMLEvent) throws(ReadingError) in
      switch event {
      case .start(let element) where element.name == name:
        current = Remark(
          annotation: Mark.Annotation(
            id: element["id"] ?? "", author: element["author"], date: element["date"], text: ""))
        isFirst = true
      case .start(let element) where element.name == "p":
        if !isFirst { current?.annotation.text += "\n" }
        isFirst = false
        if let id = element["paraId"] { current?.paragraphs.append(id) }
      case .start(let element):
        isText = element.name == "t"
        if element.name == "tab" { current?.annotation.text += "\t" }
        if element.name == "br" || element.name == "cr" { current?.annotation.text += "\n" }
      case .end(_, let ended):
        isText = false
        if ended == name, let remark = current {
          // The first of two equal ids stays, as with the names of an archive.
          if found[remark.annotation.id] == nil { found[remark.annotation.id] = remark }
          current = nil
        }
      case .text(let text):
        if isText { current?.annotation.text += text }
      }
    }
    return found
  }

  /// Reads which comment answers which, and which are resolved.
  private mutating func thread(
    _ remarks: [String: Remark], by part: String, _ archive: borrowing ZipArchive, _ file: String
  ) throws(ReadingError) {
    var byParagraph: [String: String] = [:]
    for (id, remark) in remarks {
      for paragraph in remark.paragraphs { byParagraph[paragraph] = id }
    }
    var found: [(id: String, parent: String?, isDone: Bool)] = []
    try XMLStream.read(try archive.content(of: part), file: file, part: part) {
      (event: XMLEvent) throws(ReadingError) in
      guard case .start(let element) = event, element.name == "commentEx",
        let id = element["paraId"].flatMap({ byParagraph[$0] })
      else { return }
      let parent = element["paraIdParent"].flatMap { byParagraph[$0] }
      found.append((id, parent, ["1", "true"].contains(element["done"])))
    }
    for (id, parent, isDone) in found {
      comments[id]?.parent = parent
      comments[id]?.isResolved = isDone
    }
  }
}
