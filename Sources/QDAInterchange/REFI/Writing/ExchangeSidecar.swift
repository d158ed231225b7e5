internal import FoundationEssentials
internal import QDACore

/// What a file of REFI-QDA cannot hold of a project, kept beside it.
///
/// For each object there is the digest of what the file says of it. Reading the two together, an object
/// of which the file still says the same is restored exactly; one that another tool has edited stays as
/// that tool has it.
struct ExchangeSidecar: Codable {
  static let currentSchema = "qda.sidecar/1"
  /// The name of a sidecar inside an archive.
  static let embeddedName = "qda.json"

  /// The sidecar's file beside a project file.
  static func path(beside path: String) -> String {
    let ending = path.split(separator: "/").last.flatMap { $0.lastIndex(of: ".") }
    return (ending.map { String(path[..<$0]) } ?? path) + ".qda.json"
  }

  /// What becomes of one object.
  struct Entry: Codable {
    /// The digest of what the file says, or `nil` where it says nothing of the object.
    var was: Digest?
    /// The object as it is, or `nil` where only the file has it, to show something else.
    var now: Object?
    /// Where the object stands in its table.
    var position: Int?
    /// The object that only the file has.
    var gone: Reference?
  }

  var schema: String
  var project: ID<Project>
  var entries: [Entry]
  /// The codings that were not imported, by how they were written down.
  var provenance: [String: [ID<Coding>]]
  /// The passages whose own name is the one that their words give.
  var named: [ID<Passage>]
  /// The texts that the file has otherwise.
  var texts: [ID<Source>: Text]

  /// Gathers what a form does not say of its project.
  init(_ form: ExchangeForm) {
    schema = Self.currentSchema
    project = form.original.id
    entries = []
    provenance = [:]
    named = []
    texts = [:]
    var (held, original) = (form.project, form.original)
    held.codings = CodingStore()
    original.codings = CodingStore()
    for source in form.changedBlocks {
      held.codings.replace(
        form.project.codings.passages(in: source),
        codings: form.project.codings.codings(in: source), in: source)
      original.codings.replace(
        form.original.codings.passages(in: source),
        codings: form.original.codings.codings(in: source), in: source)
    }
    let change = Change(from: held, to: original, id: ID(derivedFrom: ["sidecar"]))
    entries = change.operations.compactMap { operation in
      switch operation {
      case .insert(let object, let position):
        Entry(was: nil, now: object, position: position)
      case .replace(let old, let new): Entry(was: old.exchangeDigest, now: new)
      case .remove(let old, _): Entry(was: old.exchangeDigest, gone: old.reference)
      }
    }
    // A reader finds what a note is about in another order.
    for note in original.notes where note.about.count > 1 && held.notes[note.id] == note {
      entries.append(Entry(was: Object.note(note).exchangeDigest, now: .note(note)))
    }
    // A reader says of every source how it made the text.
    for source in original.sources where held.sources[source.id] == source {
      entries.append(Entry(was: Object.source(source).exchangeDigest, now: .source(source)))
    }
    for (id, _) in form.heldTexts { texts[id] = try? form.original.texts.text(of: id) }
    for source in form.project.codings.sources { gather(source, form) }
  }

  private mutating func gather(_ source: ID<Source>, _ form: ExchangeForm) {
    guard let rows = form.project.codings.rows(in: source) else { return }
    for coding in rows.codings(notFrom: .imported) {
      provenance[coding.provenance.rawValue, default: []].append(coding.id)
    }
    var text: Text?
    for position in 0..<rows.passageCount {
      guard let name = rows.name(at: position), !name.isEmpty, let span = rows.span(at: position)
      else { continue }
      if text == nil { text = try? form.project.texts.text(of: source) }
      guard let text else { return }
      if SelectionName.isDerived(name, from: span, in: text) {
        named.append(rows.passageID(at: position))
      }
    }
  }

  /// The file, the same bytes for the same project.
  func encoded() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return ((try? encoder.encode(self)).map { [UInt8]($0) } ?? []) + [0x0A]
  }

  init?(decoding bytes: [UInt8]) {
    guard let sidecar = try? JSONDecoder().decode(ExchangeSidecar.self, from: Data(bytes)),
      sidecar.schema == Self.currentSchema
    else { return nil }
    self = sidecar
  }
}

extension Object {
  /// The digest of what a file says of the object, however a reader completes it.
  var exchangeDigest: Digest {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Digest(of: (try? encoder.encode(said)).map { [UInt8]($0) } ?? [])
  }

  /// The object with only what a file says of it.
  private var said: Object {
    switch self {
    case .details(var details):
      details.origin = nil
      (details.questions, details.roleAttribute, details.schemas) = ([], nil, [])
      details.charting = nil
      return .details(details)
    case .source(var source):
      source.rendition = Rendition(text: source.rendition.text)
      source.kind = .document
      source.files.plainText = nil
      (source.paragraphs, source.turns, source.speakers) = ([], [], [])
      (source.marks, source.metadata) = ([], [])
      return .source(source)
    case .passage(var passage):
      passage.verdict = .unchanged
      if passage.region.isText { passage.anchor = nil }
      return .passage(passage)
    case .coding(let coding, let source):
      var coding = coding
      coding.provenance = .imported
      coding.decision = nil
      return .coding(coding, in: source)
    case .case(var one):
      one.unit = ""
      return .case(one)
    case .note(var note):
      note.kind = .memo
      note.files.plainText = nil
      note.about = Reference.inOrder(note.about)
      return .note(note)
    default: return self
    }
  }

  /// What the object is referred to by, where it is of a kind that a file can have.
  var reference: Reference? {
    switch self {
    case .coder(let value): .coder(value.id)
    case .attribute(let value): .attribute(value.id)
    case .source(let value): .source(value.id)
    case .case(let value): .case(value.id)
    case .code(let value): .code(value.id)
    case .passage(let value): .passage(value.id)
    case .coding(let value, _): .coding(value.id)
    case .note(let value): .note(value.id)
    case .set(let value): .set(value.id)
    case .objectLink(let value): .objectLink(value.id)
    case .graph(let value): .graph(value.id)
    case .cell(let value): .cell(value.key)
    case .element(let value): .element(value.id)
    case .configuration(let value): .configuration(value.id)
    case .link(let value): .link(value.id)
    case .evidence(let value): .evidence(value.id)
    case .details: .project
    case .frameworkVersion, .matrixEntry, .theoryVersion, .reading, .rule, .category, .typology,
      .explanation:
      nil
    }
  }
}
