internal import ArgumentParser
internal import Foundation
internal import QDA

/// Shows how far a study is indexed, runs rules, decides on proposals and records who read what.
struct IndexCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index",
    abstract: "Show how far a study is indexed, run its rules and decide on what they propose.",
    discussion: """
      Lists codes that nothing has or that have no definition, themes whose Other is full, sources that \
      were indexed under an older version of the framework, and participants' words without a code. \
      The rules are under 'rules:' in codebook.yaml. What they find is proposed by the coder 'rules', \
      and counts nowhere until a person accepts it.
      """)

  @OptionGroup var options: InputOptions

  @Flag(help: "Run the rules of the codebook.")
  var propose = false

  @Option(
    help: ArgumentHelp(
      "Accept a proposal, or all with 'all'; may be repeated.", valueName: "coding"))
  var accept: [String] = []

  @Option(
    help: ArgumentHelp(
      "Reject a proposal, or all with 'all'; may be repeated.", valueName: "coding"))
  var reject: [String] = []

  @Option(
    help: ArgumentHelp("Record that --by has read a source; may be repeated.", valueName: "source"))
  var read: [String] = []

  @Option(help: "With --read, what for: familiarisation, indexing, charting or checking.")
  var purpose = "indexing"

  @Option(
    help: "How many percent of a theme's codings may be in its Other.")
  var otherLimit = 15

  @OptionGroup(title: "Options for changes") var change: ChangeOptions

  func validate() throws {
    if [propose, !accept.isEmpty, !reject.isEmpty, !read.isEmpty].count(where: \.self) > 1 {
      throw ValidationError(
        "--propose, --accept, --reject and --read are steps; take one at a time.")
    }
    if ReadingRecord.Purpose(rawValue: purpose) == nil {
      throw ValidationError(
        "--purpose takes "
          + ReadingRecord.Purpose.allCases.map(\.rawValue).joined(separator: ", ")
          + ", not '\(purpose)'.")
    }
  }

  mutating func run() throws {
    let command = self
    try exiting(json: command.options.json) {
      var study = try OpenFolder(command.options)
      if let change = try command.wanted(in: study) {
        try study.commit(change, of: command.stage, command.change)
      }
      let overview = IndexOverview(study, otherLimit: command.otherLimit)
      if command.options.json {
        try Output.json(overview)
      } else {
        Output.line(overview.text)
      }
      try conclude(study.diagnostics, strict: command.options.strict)
    }
  }

  /// The stage that makes the change: recording who read what belongs to what it was read for.
  private var stage: Stage? {
    if read.isEmpty { return .indexing }
    return switch ReadingRecord.Purpose(rawValue: purpose) {
    case .familiarisation: .familiarisation
    case .indexing: .indexing
    case .charting, .checking: .charting
    case nil: nil
    }
  }

  private func wanted(in study: OpenFolder) throws -> Change? {
    let project = study.folder.project
    do {
      if propose {
        let stamp = try change.stamp(in: study.folder)
        let id = study.folder.nextChangeID(by: stamp.by)
        let machine = Coder(
          id: study.folder.newID(for: "rules", of: Coder.self), name: "Rules", initials: "rules",
          kind: .machine)
        return try project.proposing(
          Array(project.rules), as: machine, id: id, stamp: stamp, why: change.why)
      }
      if !read.isEmpty {
        let stamp = try change.stamp(in: study.folder)
        let sources = try read.map { name -> ID<Source> in
          let stem = String(name.split(separator: ".").first ?? "")
          guard
            let id = study.folder.id(for: name, of: Source.self)
              ?? study.folder.id(for: stem, of: Source.self)
          else { throw Failure.usage("error: '\(name)' is no source of the study") }
          return id
        }
        return project.recordingReading(
          of: sources, for: ReadingRecord.Purpose(rawValue: purpose) ?? .indexing,
          id: study.folder.nextChangeID(by: stamp.by), stamp: stamp, why: change.why)
      }
      guard !(accept + reject).isEmpty else { return nil }
      let stamp = try change.stamp(in: study.folder)
      return try project.deciding(
        try proposals(in: study), accepting: !accept.isEmpty,
        id: study.folder.nextChangeID(by: stamp.by), stamp: stamp, why: change.why)
    } catch let error as IndexingError {
      throw Failure.unwritable("\(options.input): error: \(error)")
    }
  }

  private func proposals(in study: OpenFolder) throws -> [ID<Coding>] {
    let names = accept + reject
    if names == ["all"] {
      return study.folder.project.codings.all.filter { $0.status == .proposed }.map(\.id)
    }
    return try names.map { name in
      guard let id = study.folder.id(for: name, of: Coding.self) else {
        throw Failure.usage("error: '\(name)' is no coding of the study")
      }
      return id
    }
  }
}

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
    sources = coverage.sources.map {
      SourceRow(
        source: study.key(.source($0.source)), words: $0.words, unindexed: $0.unindexed,
        untouched: $0.untouched.count, version: $0.version, outdated: $0.isOutdated,
        proposals: $0.proposals)
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
    withoutNote = project.cases.ids.filter { !known.contains($0) }.map { study.key(.case($0)) }
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
          + "without any" + (source.version.map { "; indexed under version \($0)" } ?? "")
          + (source.outdated ? ", which is not the last" : ""))
    }
    list(
      "proposed, to be accepted or rejected",
      proposals.map { "\($0.coding) \($0.source) \($0.code): \($0.reason)" })
    if !withoutNote.isEmpty {
      lines.append(
        "cases without a familiarisation note: \(withoutNote.joined(separator: ", "))")
    }
    return lines.joined(separator: "\n")
  }
}
