internal import QDACore

/// Makes a project from what the table or report of another tool says.
///
/// Ids follow from the digest of the file, the kind of object and its name or number, so that
/// reading the same file again makes the same project.
struct ReportBuilder {
  let file: String
  let format: Format
  let options: ProjectReadingOptions
  private let digest: String
  private(set) var project: Project
  var diagnostics: [Diagnostic] = []

  private var paths: [String: ID<Source>] = [:]
  private var fullNames: [ID<Source>: String] = [:]
  private var coders: [String: ID<Coder>] = [:]
  // Gathered apart, because to add one to a list within the project would copy the list.
  private var setNames: [String] = []
  private var members: [String: [Reference]] = [:]
  private var passagesOf: [ID<Note>: [Reference]] = [:]
  private var caseNames: [String: ID<Case>] = [:]
  private var references: [ID<Source>: [ReportReference]] = [:]
  private var referenceCount = 0
  private var codingCount = 0

  init(_ bytes: [UInt8], name: String, format: Format, options: ProjectReadingOptions) {
    file = name
    self.format = format
    self.options = options
    digest = Digest(of: bytes).description
    project = Project(
      id: ID(derivedFrom: [digest, format.id, "project"]), title: ReportPath.stem(name))
  }

  /// The id of an object by its kind and its name or number.
  func id<Kind>(_ kind: String, _ key: [String]) -> ID<Kind> {
    ID(derivedFrom: [digest, format.id, kind] + key)
  }

  mutating func add(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  mutating func rename(_ title: String) { project.title = title }

  // MARK: What a project is made of

  /// The code at the end of a path, made with those above it where they are new.
  mutating func code(_ path: [String]) -> ID<Code> {
    let id: ID<Code> = self.id("code", path)
    if project.codebook.codes.contains(id) { return id }
    var parent: ID<Code>?
    for length in path.indices.map({ $0 + 1 }) {
      let id: ID<Code> = self.id("code", Array(path[..<length]))
      if !project.codebook.codes.contains(id) {
        project.codebook.codes[id] = Code(id: id, parent: parent, name: path[length - 1])
      }
      parent = id
    }
    return id
  }

  /// Changes a code that is in the codebook.
  mutating func change(_ id: ID<Code>, _ body: (inout Code) -> Void) {
    guard var code = project.codebook.codes[id] else { return }
    body(&code)
    project.codebook.codes[id] = code
  }

  mutating func insert(_ code: Code) { project.codebook.codes[code.id] = code }

  /// The source of a name within its folders, made where it is new.
  ///
  /// - Parameter number: Which of several of that name it is.
  mutating func source(
    _ name: String, in folders: [String] = [], number: Int = 1
  ) -> ID<Source> {
    let path = (folders + [name]).joined(separator: "/")
    let key = number == 1 ? path : "\(path)\n\(number)"
    if let id = paths[key] { return id }
    let id: ID<Source> = self.id("source", folders + [name] + (number == 1 ? [] : ["\(number)"]))
    project.sources[id] = Source(
      id: id, name: name, kind: .document, rendition: Rendition(reader: format.id))
    paths[key] = id
    fullNames[id] = path
    if !folders.isEmpty { put(.source(id), inSet: folders.joined(separator: "/")) }
    return id
  }

  /// Puts an object into the set of a name, made where it is new: folders and groups are sets.
  mutating func put(_ member: Reference, inSet name: String) {
    if members[name] == nil { setNames.append(name) }
    members[name, default: []].append(member)
  }

  mutating func change(_ id: ID<Source>, _ body: (inout Source) -> Void) {
    guard var source = project.sources[id] else { return }
    body(&source)
    project.sources[id] = source
  }

  /// The case of a name, made where it is new.
  mutating func case_(_ name: String, unit: String = "case") -> ID<Case> {
    if let id = caseNames[name] { return id }
    let id: ID<Case> = self.id("case", [name])
    project.cases[id] = Case(id: id, name: name, unit: unit)
    caseNames[name] = id
    return id
  }

  mutating func insert(_ one: Case) { project.cases[one.id] = one }

  mutating func change(_ id: ID<Case>, _ body: (inout Case) -> Void) {
    guard var one = project.cases[id] else { return }
    body(&one)
    project.cases[id] = one
  }

  /// Adds a set, numbered in the order of addition.
  mutating func addSet(_ name: String, _ members: [Reference]) {
    let id: ID<ObjectSet> = self.id("set", [name, String(project.sets.count + 1)])
    project.sets[id] = ObjectSet(id: id, name: name, members: members)
  }

  mutating func insert(_ attribute: Attribute) { project.attributes[attribute.id] = attribute }

  mutating func insert(_ cell: Cell) { project.cells[cell.key] = cell }

  /// The coder of a name, or `nil` where there is no name.
  mutating func coder(_ name: String) -> ID<Coder>? {
    let name = name.trimmed
    if name.isEmpty { return nil }
    if let id = coders[name] { return id }
    let id: ID<Coder> = self.id("coder", [name])
    let initials = String(name.split(whereSeparator: \.isWhitespace).compactMap(\.first))
    project.coders[id] = Coder(id: id, name: name, initials: initials.uppercased())
    coders[name] = id
    return id
  }

  /// Adds a note, numbered in the order of addition.
  @discardableResult
  mutating func note(
    _ title: String, _ body: String, about: [Reference] = [], stamp: Stamp = Stamp()
  ) -> ID<Note> {
    let id: ID<Note> = self.id("note", [String(project.notes.count + 1)])
    project.notes[id] = Note(id: id, title: title, body: body, about: about, stamp: stamp)
    return id
  }

  // MARK: References

  /// Adds a reference to a source, to be placed in its text when everything is read.
  mutating func add(_ reference: ReportReference, to source: ID<Source>) {
    var reference = reference
    referenceCount += 1
    reference.number = referenceCount
    references[source, default: []].append(reference)
  }

  /// The project, with every reference placed where a text was given.
  mutating func finish() -> Reading<Project> {
    var texts = GivenTexts(options.texts)
    var found: [ID<Source>: Text] = [:]
    var quotesWithout = 0
    for source in Array(project.sources) {
      let text = texts.text(
        named: source.name, path: fullNames[source.id] ?? source.name, file: file, &diagnostics)
      if let text {
        found[source.id] = text
        change(source.id) {
          $0.rendition.text = text.digest
          $0.paragraphs = text.lines().filter { !$0.isEmpty }
        }
      }
      guard let references = references[source.id] else { continue }
      quotesWithout += text == nil ? references.count { $0.region == nil } : 0
      let placed = ReferencePlacing(source: source.name, file: file).place(references, in: text)
      diagnostics += placed.diagnostics
      insert(references, at: placed.value, in: source.id)
    }
    fillGathered()
    project.texts = MemoryTexts(found)
    if quotesWithout > 0 {
      diagnostics.append(
        Diagnostic(
          "report.text-not-given", .warning, at: .file(file, line: 0, column: 0),
          "passages have their words but no position, because their texts were not given",
          explanation: "The report quotes and does not say where.",
          solutions: ["give the texts of the sources with the report"], count: quotesWithout))
    }
    diagnostics += texts.unused(file: file)
    return Reading(project, diagnostics: diagnostics)
  }

  private mutating func insert(
    _ references: [ReportReference], at places: [ReferencePlacing.Placed], in source: ID<Source>
  ) {
    var passages: [Passage] = []
    var codings: [Coding] = []
    for (reference, place) in zip(references, places) {
      let passage = Passage(
        id: id("passage", [String(reference.number)]), source: source, region: place.region,
        name: reference.name, description: reference.comment, created: reference.stamp,
        anchor: place.anchor,
        verdict: place.verdict)
      passages.append(passage)
      for use in reference.uses {
        codingCount += 1
        codings.append(
          Coding(
            id: id("coding", [String(codingCount)]), passage: passage.id, code: use.code,
            created: use.stamp ?? reference.stamp, weight: use.weight, comment: use.comment,
            provenance: .imported))
      }
      for note in reference.notes {
        passagesOf[note, default: []].append(.passage(passage.id))
      }
    }
    project.codings.insert(passages, codings: codings, in: source)
  }

  private mutating func fillGathered() {
    for name in setNames {
      let id: ID<ObjectSet> = self.id("set", [name])
      project.sets[id] = ObjectSet(id: id, name: name, members: members[name] ?? [])
    }
    for note in Array(project.notes) {
      guard let passages = passagesOf[note.id] else { continue }
      var note = note
      note.about += passages
      project.notes[note.id] = note
    }
  }
}

/// A quotation that a report ascribes to a source.
struct ReportReference {
  /// A code that it has.
  struct Use {
    var code: ID<Code>
    var weight: Int?
    var comment = ""
    var stamp: Stamp?
  }

  /// Its number among all of the report, from 1.
  var number = 0
  /// The words.
  var quote: String
  /// Where it is, where the report says so.
  var region: Region?
  /// What the tool calls it.
  var name = ""
  /// What is said of it.
  var comment = ""
  var stamp = Stamp()
  var uses: [Use]
  /// Notes that are about it.
  var notes: [ID<Note>] = []
  /// Where the report speaks of it.
  var place: Place
  /// Whether it stands in the source after the reference before it.
  var isInOrder = false
}
