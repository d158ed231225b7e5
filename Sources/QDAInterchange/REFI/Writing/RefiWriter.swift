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
  private(set) var noteRefs: [Reference: [ID<Note>]] = [:]
  let transcripts: [ID<Source>: [Source]]
  private let attributeOrder: [ID<Attribute>: Int]

  init(_ form: ExchangeForm) {
    self.form = form
    project = form.project
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
        noteRefs[reference, default: []].append(note.id)
      }
    }
  }

  /// Appends the next bytes to an empty buffer; none at the end.
  func fill(_ bytes: inout [UInt8]) {
    while xml.bytes.count < 1 << 16, advance() {}
    xml.take(into: &bytes)
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
      open("TextSource", source)
      cursor = selections(of: source)
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
  private func selections(of source: Source) -> TextSelections? {
    guard let rows = project.codings.rows(in: source.id) else { return nil }
    return TextSelections(
      source: source, rows: rows, text: try? project.texts.text(of: source.id),
      lineEnd: lineEnd(of: source))
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

  func attribute(_ name: StaticString, _ value: String) {
    if value.isEmpty { return }
    xml.raw(" ")
    xml.raw(name)
    xml.raw("=\"")
    xml.attribute(value)
    xml.raw("\"")
  }

  func attribute<Kind>(_ name: StaticString, _ id: ID<Kind>?) {
    guard let id else { return }
    xml.raw(" ")
    xml.raw(name)
    xml.raw("=\"")
    xml.guid(id)
    xml.raw("\"")
  }

  func attribute(_ name: StaticString, _ number: Int?) {
    guard let number else { return }
    xml.raw(" ")
    xml.raw(name)
    xml.raw("=\"")
    xml.number(number)
    xml.raw("\"")
  }

  func attribute(_ name: StaticString, _ time: Timestamp?) {
    guard let time else { return }
    xml.raw(" ")
    xml.raw(name)
    xml.raw("=\"")
    xml.time(time)
    xml.raw("\"")
  }

  func created(_ stamp: Stamp) {
    attribute("creatingUser", stamp.by)
    attribute("creationDateTime", stamp.at)
  }

  /// Says who made a note, transcript or region of a picture, and when.
  ///
  /// QualCoder ends its import at one that has no time at all.
  func created(_ stamp: Stamp, orModified modified: Stamp) {
    var stamp = stamp
    if stamp.at == nil, modified.at == nil { stamp.at = .standsForNone }
    created(stamp)
  }

  func modified(_ stamp: Stamp) {
    attribute("modifyingUser", stamp.by)
    attribute("modifiedDateTime", stamp.at)
  }

  func description(_ text: String) {
    if text.isEmpty { return }
    element("Description", text)
  }

  func element(_ name: StaticString, _ text: String) {
    xml.raw("<")
    xml.raw(name)
    xml.raw(">")
    xml.content(text)
    xml.raw("</")
    xml.raw(name)
    xml.raw(">\n")
  }

  func target<Kind>(_ name: StaticString, _ id: ID<Kind>) {
    xml.raw("<")
    xml.raw(name)
    attribute("targetGUID", id)
    xml.raw("/>\n")
  }

  func references(to object: Reference) {
    if noteRefs.isEmpty { return }
    for note in noteRefs[object] ?? [] { target("NoteRef", note) }
  }

  func coding(
    _ id: ID<Coding>, _ code: ID<Code>, _ stamp: Stamp, hasNotes: Bool = true
  ) {
    xml.raw("        <Coding guid=\"")
    xml.guid(id)
    xml.raw("\"")
    created(stamp)
    xml.raw(">\n          <CodeRef targetGUID=\"")
    xml.guid(code)
    xml.raw("\"/>\n")
    if hasNotes { references(to: .coding(id)) }
    xml.raw("        </Coding>\n")
  }

  func values(_ values: Values) {
    let known = values.sorted {
      (attributeOrder[$0.key] ?? .max, $0.key) < (attributeOrder[$1.key] ?? .max, $1.key)
    }
    for (attribute, value) in known {
      xml.raw("      <VariableValue>\n        ")
      target("VariableRef", attribute)
      switch value {
      case .flag(let flag): element("BooleanValue", flag ? "true" : "false")
      case .number(let number):
        let isWhole = project.attributes[attribute]?.kind == .integer && !number.contains(".")
        if isWhole { element("IntegerValue", number) } else { element("FloatValue", number) }
      case .date(let date): element("DateValue", date)
      case .dateTime(let date): element("DateTimeValue", date)
      case .missing, .notApplicable: break
      default: element("TextValue", value.description)
      }
      xml.raw("      </VariableValue>\n")
    }
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
    while passage < rows.passageCount, writer.xml.bytes.count < 1 << 17 {
      defer { passage += 1 }
      guard let span = rows.span(at: passage) else {
        while coding < rows.codingCount, rows.passage(ofCodingAt: coding) == passage { coding += 1 }
        continue
      }
      let id = rows.passageID(at: passage)
      writer.openTextSelection(
        id, span, name: rows.name(at: passage), in: text, lineEnd: lineEnd)
      writer.created(rows.created(at: passage))
      writer.modified(rows.modified(at: passage))
      writer.xml.raw(">\n")
      writer.description(rows.description(at: passage) ?? "")
      while coding < rows.codingCount, rows.passage(ofCodingAt: coding) == passage {
        writer.coding(
          rows.codingID(at: coding), rows.code(ofCodingAt: coding),
          rows.created(ofCodingAt: coding), hasNotes: !writer.noteRefs.isEmpty)
        coding += 1
      }
      writer.references(to: .passage(id))
      writer.xml.raw("      </PlainTextSelection>\n")
    }
    return passage == rows.passageCount
  }
}

extension RefiWriter {
  func openTextSelection(
    _ id: ID<Passage>, _ span: TextSpan, name: String?, in text: Text?, lineEnd: LineEnd
  ) {
    xml.raw("      <PlainTextSelection guid=\"")
    xml.guid(id)
    xml.raw("\"")
    if let name, !name.isEmpty {
      attribute("name", name)
    } else if let text {
      xml.raw(" name=\"")
      xml.name(of: span, in: text)
      xml.raw("\"")
    }
    let profile = form.profile
    attribute(
      "startPosition",
      profile.position(ofScalar: Int(span.start), in: text, lineEnd: lineEnd))
    attribute(
      "endPosition", profile.position(ofScalar: Int(span.end), in: text, lineEnd: lineEnd))
  }
}
