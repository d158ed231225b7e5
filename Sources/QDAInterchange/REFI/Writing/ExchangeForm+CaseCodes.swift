internal import QDACore

/// The codings by which other tools see what belongs to a case.
///
/// NVivo writes each case as a code with the same GUID, and what belongs to the case as codings with
/// it; QualCoder finds a case's passages in no other way. Such codings are made for the file only: their
/// ids follow from case and passage, by which a reader of the file knows them and takes them away.
enum CaseCoding {
  static func coding(of one: ID<Case>, _ passage: ID<Passage>) -> ID<Coding> {
    ID(derivedFrom: ["case-coding", one.description, passage.description])
  }

  /// The passage that stands for words that belong to a case and are no passage otherwise.
  static func passage(of one: ID<Case>, _ source: ID<Source>, ordinal: Int) -> ID<Passage> {
    ID(derivedFrom: ["case-passage", one.description, source.description, "\(ordinal)"])
  }
}

extension ExchangeForm {
  /// The project with each case as a code too, and codings for what belongs to the case.
  func withCasesAsCodes() -> Project {
    var written = project
    var passages: [ID<Source>: [Passage]] = [:]
    var codings: [ID<Source>: [Coding]] = [:]
    var names = Set(project.codebook.codes.map(\.name))
    for one in project.cases where !one.name.isEmpty && project.codebook.codes[one.id.of()] == nil {
      let name = profile.needsUniqueNames ? names.unique(one.name) : one.name
      written.codebook.codes.insert(Code(id: one.id.of(), name: name))
      var ordinals: [ID<Source>: Int] = [:]
      func mark(_ passage: Passage) {
        codings[passage.source, default: []].append(
          Coding(
            id: CaseCoding.coding(of: one.id, passage.id), passage: passage.id, code: one.id.of(),
            created: passage.created, provenance: .imported))
      }
      for membership in original.cases[one.id]?.covers ?? [] {
        if case .passage(let id) = membership, let passage = project.codings[id],
          !project.codings.codings(ofPassage: id).isEmpty || passage.span == nil
        {
          mark(passage)
        }
        for (source, span) in words(of: membership) {
          let passage = Passage(
            id: CaseCoding.passage(of: one.id, source, ordinal: ordinals[source, default: 0]),
            source: source, region: .text(span))
          ordinals[source, default: 0] += 1
          passages[source, default: []].append(passage)
          mark(passage)
        }
      }
    }
    for source in codings.keys.sorted() {
      written.codings.insert(
        passages[source] ?? [], codings: codings[source] ?? [], in: source)
    }
    return written
  }

  /// The stretches of texts that belong to a case as a whole source, a speaker's turns or a passage
  /// without a code, which as it is may be that of an annotation.
  private func words(of membership: Membership) -> [(ID<Source>, TextSpan)] {
    switch membership {
    case .passage(let id):
      guard let passage = project.codings[id], let span = passage.span,
        holdsRanges(passage.source),
        project.codings.codings(ofPassage: id, in: passage.source).isEmpty
      else { return [] }
      return [(passage.source, span)]
    case .source(let id):
      guard holdsRanges(id), let text = try? project.texts.text(of: id), text.scalarCount > 0
      else { return [] }
      return [(id, TextSpan(scalars: 0..<text.scalarCount))]
    case .speaker(let id, let label):
      guard holdsRanges(id), let source = original.sources[id] else { return [] }
      let speakers = source.speakers.indices.filter { source.speakers[$0].label == label }
      return source.turns.filter { !$0.speakers.allSatisfy { !speakers.contains($0) } }
        .compactMap { turn in turn.extent.map { (id, $0) } }
    }
  }

  /// Whether the file has a place for ranges of the text of a source.
  private func holdsRanges(_ id: ID<Source>) -> Bool {
    guard let source = project.sources[id], source.medium == .text, !noteSources.contains(id)
    else { return false }
    return source.recording == nil
  }
}

extension RefiProject {
  /// Takes away the codes and codings that stand for cases in files that were written here, whatever
  /// program saved them since.
  mutating func removeCaseCodings() {
    let codes = casesAsCodes
    if codes.isEmpty { return }
    let found = project.codings.codings(ofAny: codes)
    func isMade(_ coding: Coding, of one: Case) -> Bool {
      coding.id == CaseCoding.coding(of: one.id, coding.passage)
    }
    let hasMade = project.cases.contains { one in
      found[one.id.of()]?.contains { isMade($0.coding, of: one) } == true
    }
    guard isOwn || hasMade else { return }
    for one in project.cases where codes.contains(one.id.of()) {
      let codings = found[one.id.of()] ?? []
      // Somebody who coded with the case since then meant it.
      guard codings.allSatisfy({ isMade($0.coding, of: one) }) else { continue }
      for (source, made) in Dictionary(grouping: codings, by: \.passage.source) {
        let own = Set(
          made.indices.map { CaseCoding.passage(of: one.id, source, ordinal: $0) }
        ).intersection(made.map(\.passage.id))
        var counts: [ID<Passage>: Int] = [:]
        for coding in project.codings.codings(in: source) where own.contains(coding.passage) {
          counts[coding.passage, default: 0] += 1
        }
        project.codings.remove(
          Set(counts.keys.filter { counts[$0] == 1 }), codings: Set(made.map(\.coding.id)),
          in: source)
      }
      project.codebook.codes[one.id.of()] = nil
    }
  }
}
