internal import QDACore

extension RefiProject {
  /// Puts selections that stand in a note, and cannot be of its own text, where they belong.
  ///
  /// MAXQDA writes a memo at a place in a document so: the document refers to the note, and the note
  /// holds a selection without a coding whose positions are the document's.
  mutating func adoptAnnotations(file: String) {
    var adopted: [ID<Source>: [Passage]] = [:]
    var count = 0
    for note in project.notes {
      let id: ID<Source> = note.id.of()
      guard let body = inlineTexts[id], project.sources[id]?.kind == .memo else { continue }
      let passages = project.codings.passages(in: id)
      let sources = note.about.filter { if case .source = $0 { true } else { false } }
      guard sources.count == 1, case .source(let source)? = sources.first,
        project.sources[source]?.medium == .text, project.codings.codings(in: id).isEmpty,
        // No way of counting gives a text more positions than bytes, with every line end as two.
        passages.allSatisfy({ Int($0.span?.end ?? 0) > body.utf8.count + body.lineCount })
      else { continue }
      for var passage in passages {
        passage.source = source
        adopted[source, default: []].append(passage)
        project.notes[note.id]?.about.append(.passage(passage.id))
      }
      project.notes[note.id]?.kind = .annotation
      project.sources[id] = nil
      project.codings.remove(Set(passages.map(\.id)), in: id)
      inlineTexts[id] = nil
      count += 1
    }
    for source in project.sources.ids {
      if let passages = adopted[source] { project.codings.insert(passages, in: source) }
    }
    guard count > 0 else { return }
    findings.add(
      Diagnostic(
        "refi.note-annotates", .note, at: .file(file, line: 0, column: 0),
        "a note holds a selection of the text of the source that refers to it; it is about that place",
        count: count))
  }
}

extension String {
  /// How many line ends there are, each of two characters counted once.
  fileprivate var lineCount: Int { utf8.count { $0 == 0x0A } }
}
