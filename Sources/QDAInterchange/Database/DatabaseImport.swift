internal import QDACore

/// Gathers a project out of another tool's database.
///
/// Every id follows from the tool, from what the file says of its own beginning, and from the key
/// of a row, so that reading the same project again gives the same ids.
struct DatabaseImport {
  let content: DatabaseContent
  let format: Format
  let options: ProjectReadingOptions
  var project: Project
  /// The words of the tool for a selection, such as `highlight`.
  let selectionName: String
  private let seed: [String]
  private let file: Digest
  private let expected: PositionConvention
  private var texts = MemoryTexts()
  private var stored: [ID<Source>: PositionedText] = [:]
  private var selections: [ID<Source>: [Selection]] = [:]
  private var coders: [String: ID<Coder>] = [:]
  // Gathered here, because every change to a case in its table copies what the case holds.
  private var covers: [ID<Case>: [Membership]] = [:]
  private var covered: [ID<Case>: Set<Membership>] = [:]
  private var caseValues: [ID<Case>: Values] = [:]
  private var sourceValues: [ID<Source>: Values] = [:]

  /// A passage with its codings, before its words were compared.
  struct Selection {
    var passage: Passage
    var codings: [Coding] = []
    /// The stored positions, or `nil` where the region is settled.
    var stored: StoredSelection?
  }

  /// - Parameter seed: What tells this project from others of the same tool.
  init(
    _ content: DatabaseContent, format: Format, options: ProjectReadingOptions, title: String,
    seed: [String], file: Digest, positions expected: PositionConvention, selectionName: String
  ) {
    self.content = content
    self.format = format
    self.options = options
    self.seed = [format.id] + seed
    self.file = file
    self.expected = expected
    self.selectionName = selectionName
    project = Project(id: ID(derivedFrom: self.seed + ["project"]), title: title)
  }

  /// The id of the object that a row is about.
  func id<Kind>(_ kind: String, _ key: String...) -> ID<Kind> {
    ID(derivedFrom: seed + [kind] + key)
  }

  // MARK: - Adding

  /// The coder with a name, who is added on first mention; `nil` for no name.
  mutating func coder(_ name: String?) -> ID<Coder>? {
    guard let name, !name.isEmpty else { return nil }
    if let known = coders[name] { return known }
    let id: ID<Coder> = self.id("coder", name)
    let words = name.split { !$0.isLetter && !$0.isNumber }
    let initials = words.compactMap(\.first).map { $0.uppercased() }.joined()
    project.coders.insert(
      Coder(
        id: id, name: name, initials: words.count > 1 ? initials : name))
    coders[name] = id
    return id
  }

  /// Who did something and when, as far as it can be read.
  mutating func stamp(_ name: String?, _ date: String?) -> Stamp {
    let at = date.flatMap(DatabaseDate.init)?.timestamp
    if let date, !date.isEmpty, at == nil {
      content.add(
        Diagnostic(
          "database.date-invalid", .note, at: content.place,
          "a date cannot be read and is left out", raw: date))
    }
    return Stamp(by: coder(name), at: at)
  }

  /// Adds a source with its text; recordings and pictures have none.
  mutating func add(_ source: Source, text: PositionedText?) {
    var source = source
    let text = text ?? PositionedText("")
    source.rendition = Rendition(
      reader: format.id, lineEnd: text.lineEnd, file: file, text: text.text.digest)
    if source.paragraphs.isEmpty { source.paragraphs = text.text.lines().filter { !$0.isEmpty } }
    project.sources.insert(source)
    texts.texts[source.id] = text.text
    stored[source.id] = text
  }

  /// Adds a memo unless it says nothing.
  mutating func addNote(
    _ kind: Note.Kind, _ table: String, _ row: String, title: String = "", body: String,
    about: [Reference],
    stamp: Stamp = Stamp()
  ) {
    guard body.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else { return }
    let id: ID<Note> = ID(derivedFrom: seed + ["note", table, row])
    project.notes.insert(
      Note(id: id, kind: kind, title: title, body: body, about: about, stamp: stamp))
  }

  /// Says that a case covers a stretch of a source, or all of it.
  ///
  /// A stretch from the start to the end or beyond is the whole source, as is any of a source
  /// without text.
  mutating func cover(
    _ one: ID<Case>, source: ID<Source>, from start: Int, to end: Int, key: [String], stamp: Stamp,
    description: String
  ) {
    let length = texts.texts[source]?.scalarCount ?? 0
    // Some versions of QualCoder wrote the position of the last character for a whole file.
    if length == 0 || start <= 0 && end >= length - 1 {
      cover(one, .source(source))
      if !description.isEmpty { content.leftOut(1, "memos on links of cases to sources") }
      return
    }
    let id: ID<Passage> = ID(
      derivedFrom: seed + ["case-text"] + key + [String(start), String(end)])
    guard cover(one, .passage(id)) else { return }
    add(
      Selection(
        passage: Passage(
          id: id, source: source, region: .whole, description: description, created: stamp),
        stored: StoredSelection(start: start, end: end, quote: nil)))
  }

  @discardableResult
  private mutating func cover(_ one: ID<Case>, _ membership: Membership) -> Bool {
    guard covered[one, default: []].insert(membership).inserted else { return false }
    covers[one, default: []].append(membership)
    return true
  }

  /// Gives a case the value of an attribute.
  mutating func set(_ value: AttributeValue, of attribute: ID<Attribute>, for one: ID<Case>) {
    caseValues[one, default: [:]][attribute] = value
  }

  /// Gives a source the value of an attribute.
  mutating func set(_ value: AttributeValue, of attribute: ID<Attribute>, for source: ID<Source>) {
    sourceValues[source, default: [:]][attribute] = value
  }

  /// Adds a passage; positions are settled when all are known.
  mutating func add(_ selection: Selection) {
    selections[selection.passage.source, default: []].append(selection)
  }

  // MARK: - Finishing

  /// Compares the words, places the passages and gives the project.
  mutating func finish() -> Reading<Project> {
    for (id, covers) in covers { project.cases[id]?.covers = covers }
    for (id, values) in caseValues { project.cases[id]?.values = values }
    for (id, values) in sourceValues { project.sources[id]?.values = values }
    var total = SelectionPlacing.Tally(convention: options.positions ?? expected)
    var others: [String] = []
    for source in project.sources {
      guard let found = selections[source.id], let text = stored[source.id] else { continue }
      var placing = SelectionPlacing(
        text, found.compactMap(\.stored), expected: expected, given: options.positions)
      var passages: [Passage] = []
      for selection in found {
        var passage = selection.passage
        if let stored = selection.stored {
          let placed = placing.place(stored)
          passage.region = .text(placed.span)
          (passage.anchor, passage.verdict) = (placed.anchor, placed.verdict)
        }
        passages.append(passage)
      }
      project.codings.insert(passages, codings: found.flatMap(\.codings), in: source.id)
      report(placing.tally, in: source)
      total.compared += placing.tally.compared
      total.verified += placing.tally.verified
      if placing.tally.convention != total.convention {
        others.append("in '\(source.name)' they are \(placing.tally.convention.explained)")
      }
    }
    project.texts = texts
    if total.compared > 0 { report(total, others) }
    return Reading(project, diagnostics: content.diagnostics)
  }

  private func report(_ tally: SelectionPlacing.Tally, _ others: [String]) {
    content.add(
      Diagnostic(
        "database.positions", .note, at: content.place,
        "\(tally.verified) of \(tally.compared) \(selectionName)s have their stored words at their "
          + "position; positions are \(tally.convention.explained)",
        notes: others))
  }

  private func report(_ tally: SelectionPlacing.Tally, in source: Source) {
    if tally.differing > 0 {
      content.add(
        Diagnostic(
          "database.quote-differs", .warning, at: content.place,
          "in '\(source.name)' the stored words of \(tally.differing) of \(tally.compared) "
            + "\(selectionName)s are not at their position",
          explanation: "The text was changed after the coding, or the positions count otherwise.",
          notes: ["\(tally.moved) were found elsewhere, once, and moved there"],
          solutions: ["compare the passages that are not verified with their stored words"]))
    }
    if tally.outside > 0 {
      content.add(
        Diagnostic(
          "database.position-outside", .warning, at: content.place,
          "in '\(source.name)' a stretch lies outside the text or ends before it starts",
          explanation: "It is cut at the text's ends and marked as not verified.",
          solutions: ["correct it in the program that wrote the file"], count: tally.outside))
    }
  }
}

extension PositionConvention {
  /// The convention in a clause: `counted in UTF-8 bytes, the end not included`.
  fileprivate var explained: String {
    let unit =
      switch unit {
      case .scalars: "Unicode code points"
      case .utf16: "UTF-16 units"
      case .utf8: "UTF-8 bytes"
      }
    return "counted in \(unit), the end \(endIsInclusive ? "" : "not ")included"
      + (countsLineEndOnce ? ", a line end of two characters once" : "")
  }
}
