public import QDACore

extension StudyFolder {
  /// Makes a folder of a project, in memory.
  ///
  /// The texts become plain-text transcripts. What has no place in the layout goes into
  /// `exchange/rest.json`, so that reading the folder gives the same project.
  public init(_ project: Project) {
    let derived = StudyNaming.word(project.title)
    let isDerived = ID<Project>(derivedFrom: [derived, "study"]) == project.id
    let key = isDerived ? derived : project.id.description
    self.init(
      project: Project(id: project.id, title: ""), files: [:], transcripts: [:],
      keys: StudyKeys(study: key), settings: StudySettings(), homes: [:], spots: [:],
      noteFiles: [:],
      layoutProject: nil)
    settings.recordsDigests = true
    update(to: project)
  }

  /// Changes the files so that they say what a project says, and touches nothing else in them.
  ///
  /// Records of tables and entries of YAML files whose values are the same keep their bytes, and with
  /// them comments, blank lines and order. A source that is new is written as plain text; the file of
  /// one that is gone is removed.
  ///
  /// - Precondition: The project is the same study: its id is that of ``project``. Another study's
  ///   project changes nothing.
  /// - Complexity: O(*n*) in the size of the study.
  public mutating func update(to new: Project) {
    guard new.id == project.id else { return }
    if new == project, !files.isEmpty, new.sources.allSatisfy({ hasText(of: $0.id, in: new) }) {
      project = new
      return
    }
    let base = layoutProject ?? project
    var naming = StudyNaming(keys: keys, sourceFiles: sourceFiles)
    naming.name(new)
    let unchanged = unchangedSources(base, new)
    let before = image(
      of: base, keys: keys, sourceFiles: sourceFiles, digests: settings.digests, unchanged)
    updateTranscripts(new, naming.sourceFiles)
    let after = image(
      of: new, keys: naming.keys, sourceFiles: naming.sourceFiles, digests: settings.digests,
      unchanged)
    apply(from: before, to: after)
    reread(as: new)
  }

  // MARK: Images

  private var sourceFiles: [ID<Source>: String] {
    var names: [ID<Source>: String] = [:]
    for name in transcripts.keys {
      if let id = keys.id(for: StudyTranscript.stem(name), Source.self) { names[id] = name }
    }
    return names
  }

  /// Whether the folder holds a source's text, or there is none to hold.
  private func hasText(of id: ID<Source>, in new: Project) -> Bool {
    sourceFiles[id] != nil || (try? project.texts.text(of: id)) != nil
      || (try? new.texts.text(of: id)) == nil
  }

  private func image(
    of project: Project, keys: StudyKeys, sourceFiles: [ID<Source>: String],
    digests: [String: Digest], _ unchanged: Set<ID<Source>>
  ) -> StudyImage {
    StudyImage(
      project, keys: keys, homes: homes, noteFiles: noteFiles, sourceFiles: sourceFiles,
      digests: settings.recordsDigests ? digests : nil, unchanged: unchanged)
  }

  private func unchangedSources(_ base: Project, _ new: Project) -> Set<ID<Source>> {
    Set(
      base.codings.sources.filter {
        base.codings.passages(in: $0) == new.codings.passages(in: $0)
          && base.codings.codings(in: $0) == new.codings.codings(in: $0)
      })
  }

  // MARK: Transcripts

  private mutating func updateTranscripts(_ new: Project, _ names: [ID<Source>: String]) {
    for (id, name) in sourceFiles where new.sources[id] == nil && project.sources[id] != nil {
      transcripts[name] = nil
      settings.digests[name] = nil
    }
    for source in new.sources {
      guard let name = names[source.id], transcripts[name] == nil,
        let text = try? new.texts.text(of: source.id)
      else { continue }
      let bytes = Array(text.string.utf8)
      var setting = settings.transcripts[name] ?? StudyTranscript.Settings()
      setting.options.interviewers += settings.interviewers
      setting.hasMarkup = settings.hasMarkup
      var transcript = StudyTranscript(bytes, name: name, id: source.id, settings: setting)
      transcript.bytes = bytes
      transcripts[name] = transcript
      if settings.recordsDigests { settings.digests[name] = transcript.digest }
    }
  }

  // MARK: Files

  mutating func apply(from before: StudyImage, to after: StudyImage) {
    for path in Set(before.trees.keys).union(after.trees.keys).sorted() {
      patchTree(path, from: before.trees[path] ?? .map([]), to: after.trees[path] ?? .map([]))
    }
    for path in Set(before.tables.keys).union(after.tables.keys).sorted() {
      patchTable(path, from: before.tables[path], to: after.tables[path])
    }
    for path in Set(before.notes.keys).union(after.notes.keys).sorted() {
      patchNote(path, from: before.notes[path], to: after.notes[path])
    }
  }

  private mutating func patchTree(_ path: String, from old: YAMLValue, to new: YAMLValue) {
    guard let bytes = files[path] else {
      if !(new.entries ?? []).isEmpty { files[path] = Array(YAMLWriting.file(new).utf8) }
      return
    }
    guard old != new else { return }
    let document = YAMLDocument.read(bytes, name: path).value
    files[path] = YAMLPatch.apply(from: old, to: new, in: document)
  }

  private mutating func patchTable(
    _ path: String, from old: StudyImage.Table?, to new: StudyImage.Table?
  ) {
    guard let bytes = files[path] else {
      guard let new, !new.rows.isEmpty else { return }
      files[path] = CSVPatch.table(columns: new.columns, rows: new.rows.map(\.values))
      return
    }
    let table = CSVTable.read(bytes, name: path).value
    guard !table.isUnreadable else { return }
    let before = Dictionary(
      (old?.rows ?? []).map { ($0.key, $0.values) }, uniquingKeysWith: { first, _ in first })
    var kept: Set<RecordKey> = []
    let rows = (new?.rows ?? []).map { row -> CSVPatch.Row in
      kept.insert(row.key)
      guard let values = before[row.key], let home = homes[row.key], home.file == path else {
        return CSVPatch.Row(record: nil, values: row.values, changed: Set(row.values.keys))
      }
      let columns = Set(values.keys).union(row.values.keys)
      var changed = columns.filter { values[$0] != row.values[$0] }
      // A record that changes must be known by its id from now on: the id may follow from it.
      if !changed.isEmpty, isBlank("id", table, home.record), row.values["id"] != nil {
        changed.insert("id")
      }
      return CSVPatch.Row(record: home.record, values: row.values, changed: changed)
    }
    let removed = before.keys.filter { !kept.contains($0) }.compactMap { homes[$0] }
      .filter { $0.file == path }.map(\.record)
    guard !removed.isEmpty || rows.contains(where: { !$0.changed.isEmpty }) else { return }
    files[path] = CSVPatch.apply(rows, removing: Set(removed), in: table)
  }

  private func isBlank(_ column: String, _ table: CSVTable, _ record: Int) -> Bool {
    guard let index = table.columns[column], table.records.indices.contains(record),
      table.records[record].fields.indices.contains(index)
    else { return true }
    return table.records[record].fields[index].text.trimmed.isEmpty
  }

  private mutating func patchNote(
    _ path: String, from old: StudyImage.NoteImage?, to new: StudyImage.NoteImage?
  ) {
    guard let new else {
      files[path] = nil
      return
    }
    guard old != new else { return }
    guard let bytes = files[path], let old else {
      files[path] = Array("---\n\(YAMLWriting.file(new.head))---\n\n\(new.body)\n".utf8)
      return
    }
    let parts = NoteFile(bytes)
    let isWindows =
      SourceLines(bytes).range(1).map { bytes[$0].suffix(2) == [0x0D, 0x0A] } ?? false
    func written(_ text: String) -> [UInt8] {
      Array((isWindows ? text.replacing("\n", with: "\r\n") : text).utf8)
    }
    var head = Array(bytes[..<parts.bodyStart])
    if old.head != new.head {
      if let range = parts.head {
        let document = YAMLDocument.read(Array(bytes[range]), name: path).value
        let patched = YAMLPatch.apply(from: old.head, to: new.head, in: document)
        head = bytes[..<range.lowerBound] + patched + bytes[range.upperBound..<parts.bodyStart]
      } else {
        head = written("---\n\(YAMLWriting.file(new.head))---\n")
      }
    }
    let body =
      old.body == new.body ? Array(parts.body(of: bytes)) : written("\n\(new.body)\n")
    files[path] = head + body
  }
}
