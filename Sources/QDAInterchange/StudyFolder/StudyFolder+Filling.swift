internal import QDACore

extension StudyFolder {
  /// The folder with everything in its files that the library found out.
  ///
  /// Rows of codings that were found by their quote get their position and the words around it, those
  /// that were given by position get their words, and `study.yaml` gets the digest of every
  /// transcript. Cells that do not say on what they were written are taken to rest on what is there
  /// now. Passages whose place is not settled are left for a person.
  public func filled() -> StudyFolder {
    var folder = self
    let passages = passagesOfCodings()
    for path in files.keys.sorted() where path.hasPrefix("codings/") {
      folder.fill(path, passages)
    }
    folder.recordDigests()
    let project = project
    folder.reread(as: layoutProject == nil ? nil : project)
    folder.recordBases()
    return folder
  }

  // A cell that says already on what it was written keeps saying so: that is how it becomes stale.
  private mutating func recordBases() {
    var filled = project
    let change = filled.recordingBases(id: ID(derivedFrom: ["bases", project.id.description]))
    guard !change.operations.isEmpty, (try? filled.apply(change)) != nil else { return }
    update(to: filled)
  }

  private func passagesOfCodings() -> [ID<Coding>: Passage] {
    var found: [ID<Coding>: Passage] = [:]
    for source in project.codings.sources {
      let passages = Dictionary(
        project.codings.passages(in: source).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
      for coding in project.codings.codings(in: source) {
        found[coding.id] = passages[coding.passage]
      }
    }
    return found
  }

  private mutating func fill(_ path: String, _ passages: [ID<Coding>: Passage]) {
    guard let bytes = files[path] else { return }
    let table = CSVTable.read(bytes, name: path).value
    var rows: [CSVPatch.Row] = []
    for (key, home) in homes where home.file == path {
      guard case .coding(let id) = key, var place = passages[id].flatMap(place(of:)),
        table.records.indices.contains(home.record)
      else { continue }
      let row = CSVRow(table: table, record: table.records[home.record], index: home.record)
      // Only what has an id can be referred to, from a chart for instance.
      if row["id"].isEmpty { place["id"] = keys.key(of: id) }
      let changed = place.keys.filter { column in
        // A quote that was found is the person's; only its place is the library's.
        column == "quote" ? row[column].isEmpty : row.field(column)?.text != place[column]
      }
      if !changed.isEmpty {
        rows.append(CSVPatch.Row(record: home.record, values: place, changed: Set(changed)))
      }
    }
    guard !rows.isEmpty else { return }
    rows.sort { ($0.record ?? 0) < ($1.record ?? 0) }
    files[path] = CSVPatch.apply(rows, removing: [], in: table)
  }

  private func place(of passage: Passage) -> [String: String]? {
    guard passage.verdict.isVerified || passage.verdict == .unverified,
      let text = try? project.texts.text(of: passage.source), let span = passage.span,
      text.contains(span)
    else { return nil }
    var settled = passage
    settled.verdict = .unchanged
    settled.anchor = nil
    var place = StudyImage.place(of: settled, in: project.sources[passage.source], text)
    for column in ["prefix", "suffix"] where place[column] == nil { place[column] = "" }
    return place
  }

  private mutating func recordDigests() {
    guard let bytes = files["study.yaml"] else { return }
    // A file that is not to be read keeps its digest, and one that changed does until every passage
    // is where it should be: otherwise nothing would tell of the change again.
    var digests = settings.digests
    for (name, transcript) in transcripts {
      guard case .success = transcript.reading else { continue }
      if let known = digests[name], known != transcript.digest,
        let source = keys.id(for: StudyTranscript.stem(name), Source.self),
        project.codings.passages(in: source).contains(where: { !$0.verdict.isVerified })
      {
        continue
      }
      digests[name] = transcript.digest
    }
    func tree(_ digests: [String: Digest]) -> YAMLValue {
      guard !digests.isEmpty else { return .map([]) }
      let entries = digests.sorted { $0.key < $1.key }
      return .map([
        ("digests", .map(entries.map { ($0.key, .text($0.value.description)) }))
      ])
    }
    guard settings.digests != digests else { return }
    let document = YAMLDocument.read(bytes, name: "study.yaml").value
    files["study.yaml"] = YAMLPatch.apply(
      from: tree(settings.digests), to: tree(digests), in: document)
  }
}
