internal import QDA

/// How far a study is indexed, in the study's own keys.
struct IndexOverview: Encodable {
  struct CodeRow: Encodable {
    var code: String
    var number: String
    var name: String
    var codings: Int
    var cases: [String]
    var orphan: Bool
    var undefined: Bool
    var since: Int?
    var toReread: [String]?
  }

  struct OtherRow: Encodable {
    var theme: String
    var other: String
    var codings: Int
    var of: Int
    var aboveLimit: Bool
  }

  struct SourceRow: Encodable {
    var source: String
    var words: Int
    var unindexed: Int
    var untouched: Int
    var version: Int?
    var outdated: Bool
    var proposals: Int
    var readings: [ReadingRow]
  }

  struct ReadingRow: Encodable {
    var purpose: String
    var version: Int?
    var by: String?
    var at: String?

    /// The reading in words: "checking under version 2 by TO".
    var words: String {
      purpose + (version.map { " under version \($0)" } ?? "") + (by.map { " by \($0)" } ?? "")
    }
  }

  struct ProposalRow: Encodable {
    var coding: String
    var source: String
    var code: String
    var reason: String
    var words: String
  }

  struct CaseRow: Encodable {
    var `case`: String
    var notes: [String]
    var passages: Int
  }

  var schema = "qda.indexing/1"
  var version: Int?
  var codes: [CodeRow]
  var others: [OtherRow]
  var sources: [SourceRow]
  var proposals: [ProposalRow] = []
  var familiarisation: [CaseRow]
  var withoutNote: [String]

  init(_ study: OpenFolder, otherLimit: Int) {
    let project = study.folder.project
    let coverage = IndexingCoverage(of: project, otherLimit: otherLimit)
    version = coverage.version
    codes = coverage.codes.map { use in
      let code = project.codebook.codes[use.code]
      return CodeRow(
        code: study.key(.code(use.code)), number: code?.number ?? "", name: code?.name ?? "",
        codings: use.codings, cases: use.cases.map { study.key(.case($0)) },
        orphan: use.isOrphan, undefined: use.isUndefined, since: use.since,
        toReread: use.toReread.map { $0.map { study.key(.source($0)) } })
    }
    others = coverage.others.map {
      OtherRow(
        theme: study.key(.code($0.theme)), other: study.key(.code($0.other)),
        codings: $0.codings, of: $0.of, aboveLimit: $0.isAboveLimit)
    }
    let readings = Dictionary(grouping: project.readings, by: \.source)
    sources = coverage.sources.map {
      SourceRow(
        source: study.key(.source($0.source)), words: $0.words, unindexed: $0.unindexed,
        untouched: $0.untouched.count, version: $0.version, outdated: $0.isOutdated,
        proposals: $0.proposals,
        readings: (readings[$0.source] ?? []).map {
          ReadingRow(
            purpose: $0.purpose.rawValue, version: $0.version,
            by: $0.stamp.by.map { study.key(.coder($0)) }, at: $0.stamp.at?.description)
        })
    }
    for source in project.codings.sources {
      for coding in project.codings.codings(in: source) where coding.status == .proposed {
        let words = project.codings[coding.passage].flatMap { try? project.quote(of: $0) } ?? ""
        proposals.append(
          ProposalRow(
            coding: study.key(.coding(coding.id)), source: study.key(.source(source)),
            code: study.key(.code(coding.code)), reason: coding.comment, words: words))
      }
    }
    let read = project.familiarisation
    familiarisation = read.map { one, notes in
      CaseRow(
        case: study.key(.case(one)), notes: notes.map { study.key(.note($0.id)) },
        passages: notes.reduce(0) { $0 + project.passages(of: $1).count })
    }
    let known = Set(read.map(\.case))
    withoutNote = project.rows.map(\.id).filter { !known.contains($0) }.map { study.key(.case($0)) }
  }

  /// The overview as people read it.
  var text: String {
    var lines = [version.map { "framework: version \($0)" } ?? "framework: no version is kept"]
    func list(_ title: String, _ rows: [String]) {
      if !rows.isEmpty { lines += ["\(title):"] + rows.map { "  " + $0 } }
    }
    list(
      "codes that nothing has",
      codes.filter(\.orphan).map { "\($0.number) \($0.name) (\($0.code))" })
    list(
      "codes without a definition",
      codes.filter(\.undefined).map { "\($0.number) \($0.name) (\($0.code))" })
    list(
      "more than the limit in Other",
      others.filter(\.aboveLimit).map {
        "\($0.other): \($0.codings) of \($0.of) codings of \($0.theme)"
      })
    list(
      "added later, to be read for again",
      codes.compactMap { code in
        guard let sources = code.toReread, !sources.isEmpty, let since = code.since else {
          return nil
        }
        return
          "\(code.number) \(code.name), added in version \(since): re-read these \(sources.count): "
          + sources.joined(separator: ", ")
      })
    if codes.allSatisfy({ $0.toReread == nil }), version != nil {
      lines.append("who read what under which version is not recorded; --read records it")
    }
    let (words, unindexed) = sources.reduce(into: (0, 0)) {
      $0.0 += $1.words
      $0.1 += $1.unindexed
    }
    lines.append(
      "participants' words without a code: \(unindexed) of \(words)"
        + (words == 0 ? "" : " (\(unindexed * 100 / words) %)"))
    for source in sources {
      lines.append(
        "  \(source.source): \(source.unindexed) of \(source.words), \(source.untouched) stretches "
          + "without any; read for "
          + (source.readings.isEmpty
            ? "nothing, as far as is recorded"
            : source.readings.map(\.words).joined(separator: ", "))
          + (source.outdated ? "; the framework has changed since it was indexed" : ""))
    }
    list(
      "proposed, to be accepted or rejected",
      proposals.flatMap {
        ["\($0.coding) \($0.source) \($0.code): \($0.reason)", "  “\($0.words)”"]
      })
    if !withoutNote.isEmpty {
      lines.append(
        "cases without a familiarisation note: \(withoutNote.joined(separator: ", "))")
    }
    return lines.joined(separator: "\n")
  }
}
