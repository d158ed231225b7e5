internal import QDACore

// transcripts/
extension StudyReader {
  mutating func readTranscripts() {
    let chosen = chosenTranscripts()
    for (position, name) in loaded.names.enumerated() {
      progress(position, loaded.names.count)
      if let other = chosen[StudyTranscript.stem(name)], other != name {
        reportDuplicate(name, other)
        continue
      }
      var setting = settings.transcripts[name] ?? StudyTranscript.Settings()
      setting.options.interviewers += settings.interviewers
      setting.hasMarkup = settings.hasMarkup
      let place = Place.file("transcripts/\(name)", line: 0, column: 0)
      let spot = Spot(place: place, line: nil)
      let stem = StudyTranscript.stem(name)
      guard let id = enter(stem, guid: setting.guid?.description, Source.self, at: spot) else {
        continue
      }
      guard let transcript = loaded.load(name, id: id, settings: setting) else { continue }
      transcripts[name] = transcript
      switch transcript.reading {
      case .failure(let error): reportUnreadable(name, error)
      case .success(let reading):
        checkDigest(transcript)
        var source = reading.value.source
        if let kind = setting.kind { source.kind = kind }
        // Nobody need speak in what is no transcript.
        let found = reading.diagnostics.filter {
          source.kind == .transcript || $0.id != "transcript.no-speakers"
        }
        findings.add(found.map { Self.prefixed($0) })
        project.sources[id] = source
        texts.texts[id] = reading.value.text
      }
    }
    readMissingTranscripts()
  }

  // Of files that differ in their ending only, the one that the study names counts.
  private func chosenTranscripts() -> [String: String] {
    var named = Set(settings.digests.keys).union(settings.transcripts.keys)
    if let bytes = files[Self.participantsFile] {
      let table = CSVTable.read(bytes, name: Self.participantsFile).value
      for (index, record) in table.records.enumerated() {
        named.formUnion(CSVRow(table: table, record: record, index: index).list("transcript"))
      }
    }
    var chosen: [String: String] = [:]
    for name in loaded.names {
      let stem = StudyTranscript.stem(name)
      guard let other = chosen[stem] else {
        chosen[stem] = name
        continue
      }
      if named.contains(name), !named.contains(other) { chosen[stem] = name }
    }
    return chosen
  }

  private func reportDuplicate(_ name: String, _ other: String) {
    findings.add(
      Diagnostic(
        "study.key-duplicate", .error, at: .file("transcripts/\(name)", line: 0, column: 0),
        "\(other) has the same name but for its ending; this file is left out", raw: name,
        solutions: ["rename or remove one of the two"]))
  }

  // MARK: Missing transcripts

  /// Enters the transcripts that the study names and does not have, so that what was coded in them is
  /// kept: transcripts are often not passed on.
  private mutating func readMissingTranscripts() {
    let tables = names(in: "codings", ending: ".csv").map(Self.codingStem)
    for name in settings.digests.keys.sorted() where !loaded.names.contains(name) {
      let stem = StudyTranscript.stem(name)
      guard keys.id(for: stem, Source.self) == nil else { continue }
      let spot = settings.digestSpots[name]
      let isCoded = tables.contains { $0 == stem || $0.hasPrefix(stem + ".") }
      if isCoded {
        missingTranscripts.insert(stem)
        _ = enter(
          stem, guid: settings.transcripts[name]?.guid?.description, Source.self,
          at: spot ?? Spot(place: .file("study.yaml", line: 0, column: 0), line: nil))
      }
      findings.add(
        Diagnostic(
          "study.transcript-unknown", isCoded ? .error : .warning, at: spot?.place,
          "there is no transcript '\(name)' any more", raw: name, line: spot?.line,
          explanation: isCoded ? "What was coded in it is kept, unverified." : nil,
          notes: Suggestion.notes(for: name, among: loaded.names),
          solutions: ["put the file back, or remove the line"]))
    }
    for stem in tables {
      let heads = stem.indices.filter { stem[$0] == "." }.map { String(stem[..<$0]) }
      guard !(heads + [stem]).contains(where: { keys.id(for: $0, Source.self) != nil }) else {
        continue
      }
      let transcript = heads.last ?? stem
      let spot = Spot(place: .file("codings/\(stem).csv", line: 0, column: 0), line: nil)
      findings.add(
        Diagnostic(
          "coding.transcript-unknown", .error, at: spot.place,
          "there is no transcript '\(transcript)' for these codings", raw: transcript,
          explanation: "They are kept, unverified.",
          notes: findings.nearest(transcript, keys.all(Source.self)),
          solutions: [
            "put the file into transcripts/",
            "or name this one after the transcript and the coder, such as P01.MR.csv",
          ]))
      missingTranscripts.insert(transcript)
      _ = enter(transcript, Source.self, at: spot)
    }
  }

  // Readers know a file by its name only.
  private static func prefixed(_ diagnostic: Diagnostic) -> Diagnostic {
    guard case .file(let name, let line, let column) = diagnostic.place else { return diagnostic }
    var diagnostic = diagnostic
    diagnostic.place = .file("transcripts/\(name)", line: line, column: column)
    return diagnostic
  }

  private func checkDigest(_ transcript: StudyTranscript) {
    guard let expected = settings.digests[transcript.name], expected != transcript.digest else {
      return
    }
    let spot = settings.digestSpots[transcript.name]
    findings.add(
      Diagnostic(
        "source.changed", .warning, at: spot?.place,
        "transcripts/\(transcript.name) is not the file that the study was made with",
        line: spot?.line,
        explanation: "Every coded passage in it was looked for again; those that are not where "
          + "they were are listed.",
        notes: ["its SHA-256 is now \(transcript.digest)"],
        solutions: [
          "put the file back, or look through the list and then run 'qda check --fix'"
        ]))
  }

  private func reportUnreadable(_ name: String, _ error: ReadingError) {
    var place = Place.file("transcripts/\(name)", line: 0, column: 0)
    if case .malformed(_, let line, let column, _) = error {
      place = .file("transcripts/\(name)", line: line, column: column)
    }
    findings.add(
      Diagnostic(
        "study.transcript-unreadable", .error, at: place, "the transcript cannot be read",
        explanation: error.description,
        solutions: ["repair or replace the file; the rest of the study is read without it"]))
  }
}
