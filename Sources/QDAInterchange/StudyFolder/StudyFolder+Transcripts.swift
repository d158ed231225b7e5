internal import QDACore

// transcripts/
extension StudyReader {
  mutating func readTranscripts() {
    for name in loaded.names {
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
      checkDigest(transcript)
      switch transcript.reading {
      case .failure(let error): reportUnreadable(name, error)
      case .success(let reading):
        findings.add(reading.diagnostics.map { Self.prefixed($0) })
        var source = reading.value.source
        if let kind = setting.kind { source.kind = kind }
        project.sources[id] = source
        texts.texts[id] = reading.value.text
      }
    }
    for name in settings.digests.keys.sorted() where !loaded.names.contains(name) {
      let spot = settings.digestSpots[name]
      findings.add(
        Diagnostic(
          "study.transcript-unknown", .warning, at: spot?.place,
          "there is no transcript '\(name)' any more", raw: name, line: spot?.line,
          notes: Suggestion.notes(for: name, among: loaded.names),
          solutions: ["put the file back, or remove the line"]))
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
