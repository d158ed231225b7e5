internal import FoundationEssentials
internal import QDACore

/// What a project holds that the layout of a study folder has no place for.
///
/// It is the change from what the files say to the project. Each of its operations applies only while
/// the files still say what they said: an edit by hand always counts more.
struct StudyRest: Codable {
  static let file = "exchange/rest.json"
  static let damagedFile = "exchange/rest-damaged.json"
  static let currentSchema = "qda.rest/1"

  var schema: String
  var change: Change
  /// The texts of sources that no transcript holds.
  var texts: MemoryTexts

  /// The difference between what the files say and a project, or `nil` where there is none.
  init?(from layout: Project, to project: Project) {
    guard layout != project else { return nil }
    schema = Self.currentSchema
    change = Change(
      from: layout, to: project, id: ID(derivedFrom: ["rest", project.id.description]))
    texts = MemoryTexts()
    for source in project.sources where layout.sources[source.id] != source {
      guard let text = try? project.texts.text(of: source.id) else { continue }
      if (try? layout.texts.text(of: source.id)) != text { texts.texts[source.id] = text }
    }
  }

  /// The file, the same bytes for the same change.
  func encoded() -> [UInt8]? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { [UInt8]($0) + [0x0A] }
  }

  init?(decoding bytes: [UInt8]) {
    guard let rest = try? JSONDecoder().decode(StudyRest.self, from: Data(bytes)),
      rest.schema == Self.currentSchema
    else { return nil }
    self = rest
  }

  /// The spellings of all ids of objects that only the rest holds.
  var insertedIDs: Set<String> {
    Set(
      change.operations.compactMap { operation in
        guard case .insert(let object, _) = operation else { return nil }
        return object.idText
      })
  }

  /// Applies what still fits and returns how many operations do not.
  func apply(to project: inout Project, texts held: inout MemoryTexts) -> Int {
    let refused = project.applyFitting(change).count
    for operation in change.operations {
      switch operation {
      case .insert(.source(let source), _), .replace(_, with: .source(let source)):
        guard project.sources[source.id] == source, let text = texts.texts[source.id] else {
          continue
        }
        held.texts[source.id] = text
      default: continue
      }
    }
    return refused
  }
}

extension Object {
  fileprivate var idText: String? {
    switch self {
    case .details, .frameworkVersion, .cell: nil
    case .coder(let value): value.id.description
    case .attribute(let value): value.id.description
    case .source(let value): value.id.description
    case .case(let value): value.id.description
    case .code(let value): value.id.description
    case .passage(let value): value.id.description
    case .coding(let value, _): value.id.description
    case .note(let value): value.id.description
    case .element(let value): value.id.description
    case .configuration(let value): value.id.description
    case .matrixEntry(let value): value.id.description
    case .evidence(let value): value.id.description
    case .link(let value): value.id.description
    case .theoryVersion(let value): value.id.description
    case .set(let value): value.id.description
    case .objectLink(let value): value.id.description
    case .graph(let value): value.id.description
    case .reading(let value): value.id.description
    case .rule(let value): value.id.description
    case .category(let value): value.id.description
    case .typology(let value): value.id.description
    case .explanation(let value): value.id.description
    }
  }
}

extension StudyReader {
  mutating func openRest() {
    guard let bytes = files[StudyRest.file] else { return }
    guard let rest = StudyRest(decoding: bytes) else {
      findings.add(
        Diagnostic(
          "study.rest-invalid", .error, at: .file(StudyRest.file, line: 0, column: 0),
          "the file cannot be read; what it holds is missing from the study",
          explanation: "It holds what has no place in the other files. People do not edit it.",
          solutions: ["restore it from the last commit or backup"]))
      return
    }
    self.rest = rest
    restIDs = rest.insertedIDs
  }

  /// Completes the project with what only the rest holds.
  mutating func applyRest() {
    guard let rest else { return }
    let refused = rest.apply(to: &project, texts: &texts)
    guard refused > 0 else { return }
    findings.add(
      Diagnostic(
        "study.rest-outdated", .warning, at: .file(StudyRest.file, line: 0, column: 0),
        "records that this file completes were edited by hand since; the edits count",
        explanation: "What the layout has no place for is lost for those records.",
        solutions: ["compare with the last commit if something is missing"], count: refused))
  }

  /// Whether a finding says that nobody is named in a transcript whose speakers the rest holds.
  func isAnswered(_ finding: Diagnostic) -> Bool {
    guard rest != nil, finding.id == "transcript.no-speakers",
      case .file(let path, _, _) = finding.place, let name = path.split(separator: "/").last,
      case .success(let reading) = transcripts[String(name)]?.reading
    else { return false }
    return project.sources[reading.value.source.id]?.speakers.isEmpty == false
  }

  /// Whether a key names an object that only the rest holds, which is no mistake.
  func isInRest(_ key: String) -> Bool {
    !restIDs.isEmpty && (ID<StudyRest>(key).map { restIDs.contains($0.description) } ?? false)
  }
}

extension StudyFolder {
  /// Reads the files again after a change, and keeps what they cannot say in the rest.
  mutating func reread(as new: Project?) {
    // A file that cannot be read is the person's to restore, and is never written over.
    let damaged = files[StudyRest.file].flatMap { StudyRest(decoding: $0) == nil ? $0 : nil }
    files[StudyRest.file] = nil
    var reader = StudyReader(files: files, transcripts: StudyMemory(transcripts))
    var folder = reader.read().value
    folder.original = original
    folder.project.files = project.files
    if let damaged { folder.files[StudyRest.file] = damaged }
    guard let new else {
      self = folder
      return
    }
    let layout = folder.project
    if let rest = StudyRest(from: layout, to: new), let bytes = rest.encoded() {
      if let damaged { folder.files[StudyRest.damagedFile] = damaged }
      folder.files[StudyRest.file] = bytes
      folder.layoutProject = layout
    }
    folder.project = new
    self = folder
  }
}

/// Transcripts that were read before.
struct StudyMemory: TranscriptLoading {
  private let transcripts: [String: StudyTranscript]

  init(_ transcripts: [String: StudyTranscript]) { self.transcripts = transcripts }

  var names: [String] { transcripts.keys.sorted() }

  func load(
    _ name: String, id: ID<Source>, settings: StudyTranscript.Settings
  ) -> StudyTranscript? {
    transcripts[name]
  }
}
