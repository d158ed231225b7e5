internal import QDACore

/// Puts a project together from the files of a study folder.
///
/// Each part of the layout has a file of its own that extends this type. Parts are read in the order
/// in which they refer to each other.
struct StudyReader {
  let files: [String: [UInt8]]
  let loaded: any TranscriptLoading
  let findings = Findings()
  var keys: StudyKeys
  var project: Project
  var settings = StudySettings()
  var texts = MemoryTexts()
  var transcripts: [String: StudyTranscript] = [:]
  /// The keys of transcripts that the study names and that are not there.
  var missingTranscripts: Set<String> = []
  var homes: [RecordKey: RecordHome] = [:]
  var spots: [Reference: Spot] = [:]
  var passageOfCoding: [ID<Coding>: ID<Passage>] = [:]
  var passageSources: [ID<Passage>: ID<Source>] = [:]
  var unnamedEvidence: [[String]: Int] = [:]
  var noteFiles: [ID<Note>: String] = [:]
  var caseOfLabel: [ParticipantLabel: ID<Case>] = [:]
  var register = ParticipantRegister([], prefix: "P")
  var rest: StudyRest?
  var restIDs: Set<String> = []
  var codesByNumber: [String: ID<Code>] = [:]
  /// Is told how many transcripts were read, of how many.
  var progress: (Int, Int) -> Void = { _, _ in }

  init(files: [String: [UInt8]], transcripts: any TranscriptLoading) {
    self.files = files
    loaded = transcripts
    keys = StudyKeys(study: "study")
    project = Project(id: ID(derivedFrom: []), title: "")
  }

  /// Reads everything.
  mutating func read() -> Reading<StudyFolder> {
    openRest()
    readStudy()
    readTranscripts()
    readCodebook()
    readParticipants()
    readInlineCodings()
    readCodings()
    readReadings()
    readCharts()
    readMapping()
    readConfigurations()
    readTheory()
    readNotes()
    project.texts = texts
    let layout = project
    applyRest()
    project.texts = texts
    let folder = StudyFolder(
      project: project, files: files, transcripts: transcripts, keys: keys, settings: settings,
      homes: homes, spots: spots, noteFiles: noteFiles,
      layoutProject: rest == nil ? nil : layout)
    return Reading(folder, diagnostics: findings.inOrder.filter { !isAnswered($0) })
  }

  // MARK: Files

  /// The tables or notes of a folder, by name.
  func names(in folder: String, ending: String) -> [String] {
    files.keys.filter { $0.hasPrefix(folder + "/") && $0.hasSuffix(ending) }.sorted()
  }

  /// A YAML file as a mapping, or `nil` where there is none or nothing in it.
  func document(_ name: String, _ what: String, keys: [String]) -> YAMLMapping? {
    guard let bytes = files[name] else { return nil }
    let reading = YAMLDocument.read(bytes, name: name)
    findings.add(reading.diagnostics)
    for key in reading.value.leftOut { findings.leaveOut(key, in: name) }
    guard let root = reading.value.root, !root.isNull else { return nil }
    return YAMLMapping(root, of: reading.value, what, keys: keys, findings: findings)
  }

  func table(_ name: String) -> CSVTable? {
    guard let bytes = files[name] else { return nil }
    let reading = CSVTable.read(bytes, name: name)
    findings.add(reading.diagnostics)
    for record in reading.value.leftOut {
      findings.leaveOut(CSVRow(table: reading.value, record: record, index: 0)["id"], in: name)
    }
    return reading.value
  }

  // MARK: Keys

  /// Takes the key and the GUID of a record, or `nil` where another record has either.
  mutating func enter<Object: StudyKeyed>(
    _ key: String, guid: String? = nil, _ type: Object.Type = Object.self, at spot: Spot
  ) -> ID<Object>? {
    var id = keys.derived(key, type)
    if let guid {
      if let given = ID<Object>(guid) {
        id = given
      } else {
        findings.add(
          Diagnostic(
            "study.guid-invalid", .error, at: spot.place, "'\(guid)' is not a GUID", raw: guid,
            line: spot.line, solutions: ["remove it; an id then follows from the key"]))
      }
    }
    if keys.enter(key, for: id) {
      if let reference = Reference(Object.kindWord, id) { spots[reference] = spot }
      return id
    }
    findings.add(
      Diagnostic(
        "study.key-duplicate", .error, at: spot.place,
        "another \(Object.kindWord) has the key '\(key)'; this one is left out", raw: key,
        line: spot.line, solutions: ["give it a key of its own"]))
    return nil
  }

  /// The coder with a key, or `nil` with a diagnostic.
  func coder(_ key: String, at spot: Spot) -> ID<Coder>? {
    if let id = keys.id(for: key, Coder.self) { return id }
    if isInRest(key) { return nil }
    findings.addUnknown(
      key,
      Diagnostic(
        "study.coder-unknown", .error, at: spot.place, "'\(key)' is no coder of the study",
        raw: key, line: spot.line, notes: findings.nearest(key, keys.all(Coder.self)),
        solutions: ["correct the key, or add the coder to study.yaml"]))
    return nil
  }

  func code(_ key: String, at spot: Spot) -> ID<Code>? {
    if let id = keys.id(for: key, Code.self) { return id }
    if isInRest(key) { return nil }
    findings.addUnknown(
      key,
      Diagnostic(
        "codebook.code-unknown", .error, at: spot.place, "'\(key)' is no code of the codebook",
        raw: key, line: spot.line, notes: findings.nearest(key, keys.all(Code.self)),
        solutions: ["correct the key, or add the code to codebook.yaml"]))
    return nil
  }

  func participant(_ key: String, at spot: Spot) -> ID<Case>? {
    if let id = keys.id(for: key, Case.self) { return id }
    if let spelling = LabelSpelling(key), let label = register.resolve(spelling.label),
      let id = caseOfLabel[label]
    {
      findings.variants.add(
        spelling, meaning: label, at: WrittenText(key, at: spot.place, line: spot.line))
      return id
    }
    if isInRest(key) { return nil }
    findings.addUnknown(
      key,
      Diagnostic(
        "participant.unknown", .error, at: spot.place, "no row of participants.csv has '\(key)'",
        raw: key, line: spot.line, notes: findings.nearest(key, keys.all(Case.self)),
        solutions: ["correct the id, or add the row"]))
    return nil
  }

  /// The transcript with a file name or the name without its ending.
  func source(_ key: String, at spot: Spot) -> ID<Source>? {
    if let id = keys.id(for: key, Source.self) { return id }
    let stem = StudyTranscript.stem(key)
    if transcripts[key] != nil || missingTranscripts.contains(stem),
      let id = keys.id(for: stem, Source.self)
    {
      return id
    }
    if isInRest(key) { return nil }
    findings.addUnknown(
      key,
      Diagnostic(
        "study.transcript-unknown", .error, at: spot.place,
        "there is no transcript '\(key)' that can be read", raw: key, line: spot.line,
        notes: findings.nearest(key, transcripts.keys.sorted()),
        solutions: ["correct the name, or put the file into transcripts/"]))
    return nil
  }

  /// The passage with a key, or of the coding with that key.
  func passage(_ key: String, at spot: Spot) -> ID<Passage>? {
    if let id = keys.id(for: key, Passage.self) { return id }
    if let id = keys.id(for: key, Coding.self), let passage = passageOfCoding[id] { return passage }
    if isInRest(key) { return nil }
    findings.addUnknown(
      key,
      Diagnostic(
        "coding.unknown", .error, at: spot.place, "no coding or passage has the key '\(key)'",
        raw: key, line: spot.line,
        notes: findings.nearest(key, keys.all(Coding.self) + keys.all(Passage.self)),
        solutions: ["correct the key, or add the coding to codings/"]))
    return nil
  }

  func configuration(_ key: String, at spot: Spot) -> ID<Configuration>? {
    if let id = keys.id(for: key, Configuration.self) { return id }
    if isInRest(key) { return nil }
    findings.addUnknown(
      key,
      Diagnostic(
        "configuration.unknown", .error, at: spot.place, "'\(key)' is no configuration",
        raw: key, line: spot.line,
        notes: findings.nearest(key, keys.all(Configuration.self)),
        solutions: ["correct the key, or add the configuration"]))
    return nil
  }

  /// Who and when, from the keys `by` and `at`.
  func stamp(_ map: YAMLMapping) -> Stamp {
    Stamp(
      by: map.text("by").flatMap { coder($0, at: map.spot("by")) }, at: map.time("at"))
  }
}

/// Where transcripts come from: the disk when a folder is opened, memory when it is read again.
protocol TranscriptLoading {
  /// The names of the files in `transcripts/`, sorted.
  var names: [String] { get }
  func load(_ name: String, id: ID<Source>, settings: StudyTranscript.Settings) -> StudyTranscript?
}
