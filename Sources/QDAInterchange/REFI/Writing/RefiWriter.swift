internal import QDACore

/// Writes the form of a project as XML, piece by piece.
///
/// The bytes are made when they are asked for, so that a project of two million codings needs no more
/// room than one piece.
final class RefiWriter {
  /// What is written next.
  private enum Step {
    case head, users, codes, variables, cases, openSources, source(Source), closeSources
    case openNotes, note(Note), closeNotes, links, sets, graphs, end
    case codebook
  }

  let form: ExchangeForm
  let project: Project
  var xml: XMLBuffer
  private var steps: [Step]
  private var step = 0
  /// The passages of a source of text that are being written.
  private var cursor: TextSelections?
  /// The notes that are named where their object stands.
  private(set) var noteRefs = NoteReferences()
  let transcripts: [ID<Source>: [Source]]
  private let attributeOrder: [ID<Attribute>: Int]

  init(_ form: ExchangeForm) {
    self.form = form
    project = form.profile.writesCasesAsCodes ? form.withCasesAsCodes() : form.project
    xml = XMLBuffer(idStyle: form.project.idStyle)
    transcripts = Dictionary(
      grouping: form.project.sources.filter { $0.recording != nil },
      by: { $0.recording ?? $0.id })
    attributeOrder = Dictionary(
      form.project.attributes.enumerated().map { ($0.element.id, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    if form.kind == .codebook {
      steps = [.codebook]
      return
    }
    let sources = form.project.sources.filter {
      $0.recording == nil && !form.noteSources.contains($0.id)
    }
    steps = [.head, .users, .codes, .variables, .cases]
    if !sources.isEmpty {
      steps += [.openSources] + sources.map { .source($0) } + [.closeSources]
    }
    if !form.project.notes.isEmpty {
      steps += [.openNotes] + form.project.notes.map { .note($0) } + [.closeNotes]
    }
    steps += [.links, .sets, .graphs, .end]
    gatherNoteRefs()
  }

  private func gatherNoteRefs() {
    var linked: Set<[Reference]> = []
    for link in project.objectLinks {
      if case .note? = link.origin, let origin = link.origin, let target = link.target {
        linked.insert([origin, target])
      }
    }
    for note in project.notes {
      for reference in note.about
      where reference.hasNoteRef && !linked.contains([.note(note.id), reference]) {
        noteRefs.add(note.id, to: reference)
      }
    }
  }

  /// Hands over all bytes, piece by piece.
  func forEachPiece<Failure>(_ body: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
    repeat {
      while xml.bytes.count < 1 << 16, advance() {}
      let piece = xml.take()
      if piece.isEmpty { return }
      try body(piece)
    } while true
  }

  /// Writes one step, or a part of a source that has many selections.
  private func advance() -> Bool {
    if cursor != nil {
      let isDone = cursor?.write(to: self) ?? true
      if isDone, let source = cursor?.source {
        cursor = nil
        closeText(source)
      }
      return true
    }
    guard step < steps.count else { return false }
    step += 1
    switch steps[step - 1] {
    case .head: head()
    case .users: users()
    case .codes: codes()
    case .variables: variables()
    case .cases: cases()
    case .openSources: xml.raw("  <Sources>\n")
    case .source(let source) where source.medium == .text:
      cursor = selections(of: source, text: open("TextSource", source))
      if cursor == nil { closeText(source) }
    case .source(let source): write(media: source)
    case .closeSources: xml.raw("  </Sources>\n")
    case .openNotes: xml.raw("  <Notes>\n")
    case .note(let note): write(note)
    case .closeNotes: xml.raw("  </Notes>\n")
    case .links: links()
    case .sets: sets()
    case .graphs: graphs()
    case .end: end()
    case .codebook: codebook()
    }
    return true
  }

  /// The selections of a source of text, or `nil` where it has none.
  ///
  /// - Parameter text: The text, where it was read already.
  private func selections(of source: Source, text: Text?) -> TextSelections? {
    guard let rows = project.codings.rows(in: source.id) else { return nil }
    let lineEnd = lineEnd(of: source)
    // A text is read again for each use, so it is asked for where there is one only.
    let isUsed = !form.profile.keepsOffsets(lineEnd) || !rows.areNamed
    return TextSelections(
      source: source, rows: rows,
      text: isUsed ? text ?? (try? project.texts.text(of: source.id)) : nil, lineEnd: lineEnd)
  }

  /// How lines end in the file that the text of a source is in.
  func lineEnd(of source: Source) -> LineEnd {
    source.files.plainText == nil ? .lf : form.profile.lineEnd
  }

  private func closeText(_ source: Source) {
    wholeCodings(of: source)
    references(to: .source(source.id))
    values(source.values)
    xml.raw("    </TextSource>\n")
  }

  // MARK: - Parts of elements

  func references(to object: Reference) {
    xml.references(noteRefs[object])
  }

  func coding(
    _ id: ID<Coding>, _ code: ID<Code>, _ stamp: Stamp, hasNotes: Bool = true
  ) {
    xml.coding(id, code, stamp, notes: hasNotes ? noteRefs[coding: id] : [])
  }

  func values(_ values: Values) {
    let known = values.sorted {
      (attributeOrder[$0.key] ?? .max, $0.key) < (attributeOrder[$1.key] ?? .max, $1.key)
    }
    for (attribute, value) in known {
      xml.raw("      <VariableValue>\n        ")
      xml.target("VariableRef", attribute)
      switch value {
      case .flag(let flag): xml.element("BooleanValue", flag ? "true" : "false")
      case .number(let number):
        let isWhole = project.attributes[attribute]?.kind == .integer && !number.contains(".")
        if isWhole {
          xml.element("IntegerValue", number)
        } else {
          xml.element("FloatValue", number)
        }
      case .date(let date): xml.element("DateValue", date)
      case .dateTime(let date): xml.element("DateTimeValue", date)
      case .missing, .notApplicable: break
      default: xml.element("TextValue", value.description)
      }
      xml.raw("      </VariableValue>\n")
    }
  }
}

/// The notes that are named where the object stands that they are about.
struct NoteReferences {
  private var notes: [Reference: [ID<Note>]] = [:]
  // Nearly no project has notes about codings, and asking for each of millions takes time.
  private var areAboutPassages = false
  private var areAboutCodings = false

  mutating func add(_ note: ID<Note>, to object: Reference) {
    notes[object, default: []].append(note)
    if case .passage = object { areAboutPassages = true }
    if case .coding = object { areAboutCodings = true }
  }

  subscript(object: Reference) -> [ID<Note>] { notes[object] ?? [] }

  subscript(passage id: ID<Passage>) -> [ID<Note>] {
    areAboutPassages ? self[.passage(id)] : []
  }

  subscript(coding id: ID<Coding>) -> [ID<Note>] {
    areAboutCodings ? self[.coding(id)] : []
  }
}

/// The selections of one source of text, on their way into the file.
struct TextSelections {
  let source: Source
  let rows: CodingStore.Rows
  let text: Text?
  let lineEnd: LineEnd
  private var passage = 0
  private var coding = 0

  init(source: Source, rows: CodingStore.Rows, text: Text?, lineEnd: LineEnd) {
    self.source = source
    self.rows = rows
    self.text = text
    self.lineEnd = lineEnd
  }

  /// Writes some selections, and returns whether these were the last.
  mutating func write(to writer: RefiWriter) -> Bool {
    // Access to a property of an object is checked each time; that to a variable is not.
    var xml = XMLBuffer()
    swap(&xml, &writer.xml)
    defer { swap(&xml, &writer.xml) }
    let noteRefs = writer.noteRefs
    let profile = writer.form.profile
    while passage < rows.passageCount, xml.bytes.count < 1 << 17 {
      defer { passage += 1 }
      guard let span = rows.span(at: passage) else {
        while coding < rows.codingCount, rows.passage(ofCodingAt: coding) == passage { coding += 1 }
        continue
      }
      let id = rows.passageID(at: passage)
      xml.openTextSelection(
        id, span, name: rows.name(at: passage), in: text, created: rows.created(at: passage),
        modified: rows.modified(at: passage), profile, lineEnd: lineEnd)
      xml.description(rows.description(at: passage) ?? "")
      while coding < rows.codingCount, rows.passage(ofCodingAt: coding) == passage {
        let id = rows.codingID(at: coding)
        xml.coding(
          id, rows.code(ofCodingAt: coding), rows.created(ofCodingAt: coding),
          notes: noteRefs[coding: id])
        coding += 1
      }
      xml.references(noteRefs[passage: id])
      xml.raw("      </PlainTextSelection>\n")
    }
    return passage == rows.passageCount
  }
}
