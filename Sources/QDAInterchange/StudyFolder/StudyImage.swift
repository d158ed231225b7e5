internal import QDACore

/// What the files of a study folder say of a project, as values.
///
/// Made from the project before and after a change, two images tell which records of which files
/// have to be written.
struct StudyImage {
  var tables: [String: Table] = [:]
  var trees: [String: YAMLValue] = [:]
  var notes: [String: NoteImage] = [:]

  struct Table {
    var columns: [String]
    var rows: [Row] = []
  }

  struct Row {
    var key: RecordKey
    var values: [String: String]
  }

  struct NoteImage: Equatable {
    var head: YAMLValue
    var body: String
  }

  let project: Project
  let keys: StudyKeys
  let homes: [RecordKey: RecordHome]
  let noteFiles: [ID<Note>: String]
  /// The file of each source, by id.
  let sourceFiles: [ID<Source>: String]
  /// The digests that study.yaml records, by file.
  let digests: [String: Digest]?
  var chartedRecords: Set<RecordKey> = []

  /// Describes a project; of the sources in `unchanged` the codings are left out.
  init(
    _ project: Project, keys: StudyKeys, homes: [RecordKey: RecordHome],
    noteFiles: [ID<Note>: String], sourceFiles: [ID<Source>: String],
    digests: [String: Digest]?, unchanged: Set<ID<Source>> = []
  ) {
    self.project = project
    self.keys = keys
    self.homes = homes
    self.noteFiles = noteFiles
    self.sourceFiles = sourceFiles
    self.digests = digests
    trees["study.yaml"] = study()
    addParticipants()
    trees["codebook.yaml"] = codebook()
    for source in project.codings.sources where !unchanged.contains(source) {
      addCodings(of: source)
    }
    addReadings()
    addCells()
    trees["configurations.yaml"] = configurations()
    trees["theory.yaml"] = theory()
    trees[StudyReader.mappingFile] = mapping()
    addNotes()
  }

  /// The key of an object, or its GUID where no file has entered it.
  func key<Object: StudyKeyed>(_ id: ID<Object>) -> String { keys.key(of: id) }

  /// The GUID of an object where it does not follow from its key.
  func guid<Object: StudyKeyed>(_ id: ID<Object>) -> YAMLValue? {
    let derived: ID<Object> = keys.derived(keys.key(of: id))
    return derived == id ? nil : .text(id.description)
  }

  func text(_ text: String) -> YAMLValue? { text.isEmpty ? nil : .text(text) }

  func texts(_ texts: [String]) -> YAMLValue? { texts.isEmpty ? nil : .texts(texts) }

  func list(_ items: [YAMLValue]) -> YAMLValue? { items.isEmpty ? nil : .list(items) }

  func by(_ stamp: Stamp) -> YAMLValue? { stamp.by.map { .text(key($0)) } }

  func at(_ stamp: Stamp) -> YAMLValue? { stamp.at.map { .text(Self.time($0)) } }

  /// A moment as it is written; midnight without a zone is a date.
  static func time(_ time: Timestamp) -> String {
    let text = time.description
    return text.hasSuffix("T00:00:00") ? String(text.dropLast(9)) : text
  }
}

// MARK: - study.yaml

extension StudyImage {
  private func study() -> YAMLValue {
    .map([
      ("format", .text("1")), ("id", .text(keys.study)), ("title", text(project.title)),
      (
        "questions",
        project.questions.isEmpty ? nil : .list(project.questions.map { .text($0) })
      ), ("coders", list(project.coders.map(coder))),
      ("attributes", list(project.attributes.map(attribute))),
      ("roles", project.roleAttribute.map { .text(key($0)) }),
      ("charting", project.charting.map(charting)),
      ("transcripts", transcripts()), ("digests", digestTree()),
      ("schemas", list(project.schemas.filter { $0 != .cmo }.map(schema))),
    ])
  }

  private func charting(_ rules: ChartingRules) -> YAMLValue {
    .map([
      ("verbatim-limit", .text(String(rules.verbatimLimit))), ("key-terms", texts(rules.keyTerms)),
    ])
  }

  private func coder(_ coder: Coder) -> YAMLValue {
    let key = key(coder.id)
    return .map([
      ("id", .text(key)), ("guid", guid(coder.id)),
      ("name", coder.name == key ? nil : .text(coder.name)),
      ("initials", coder.initials == key ? nil : .text(coder.initials)),
      ("kind", .text(coder.kind.rawValue)),
    ])
  }

  private func attribute(_ attribute: Attribute) -> YAMLValue {
    let hasDefinitions = attribute.vocabulary.contains { !$0.definition.isEmpty }
    let values: YAMLValue? =
      hasDefinitions
      ? .list(
        attribute.vocabulary.map {
          .map([("name", .text($0.name)), ("definition", text($0.definition))])
        })
      : texts(attribute.vocabulary.map(\.name))
    let key = key(attribute.id)
    return .map([
      ("id", .text(key)), ("guid", guid(attribute.id)),
      ("name", attribute.name == key ? nil : .text(attribute.name)),
      ("kind", .text(attribute.kind.rawValue)), ("values", values),
    ])
  }

  private func transcripts() -> YAMLValue? {
    let entries = project.sources.compactMap { source -> (String, YAMLValue?)? in
      guard let file = sourceFiles[source.id] else { return nil }
      let kind: YAMLValue? = source.kind == .transcript ? nil : .text(source.kind.rawValue)
      let guid = guid(source.id)
      if kind == nil, guid == nil { return nil }
      return (file, .map([("guid", guid), ("kind", kind)], isFlow: true))
    }
    return entries.isEmpty ? nil : .map(entries)
  }

  private func digestTree() -> YAMLValue? {
    guard let digests, !digests.isEmpty else { return nil }
    return .map(digests.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value.description)) })
  }

  private func schema(_ schema: SlotSchema) -> YAMLValue {
    .map([
      ("name", .text(schema.name)), ("ordered", schema.isOrdered ? .text("true") : nil),
      (
        "roles",
        .list(
          schema.roles.map { role in
            .map(
              [
                ("name", .text(role.name)), ("parts", texts(role.parts)),
                ("connective", text(role.connective)),
                ("required", role.isRequired ? nil : .text("false")),
                ("most", role.most.map { .text(String($0)) }),
              ], isFlow: true)
          })
      ),
    ])
  }
}
