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
      if let change = try command.wanted(in: &study) {
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

  private func wanted(in study: inout OpenFolder) throws -> Change? {
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
        let records = newRecords(for: sources, stamp, in: &study)
        return project.recordingReading(
          of: sources, for: ReadingRecord.Purpose(rawValue: purpose) ?? .indexing,
          id: study.folder.nextChangeID(by: stamp.by), stamp: stamp, why: change.why,
          records: records)
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

  /// The id of a record for each source, which goes by a key such as `P04-indexing-MR` that is free.
  private func newRecords(
    for sources: [ID<Source>], _ stamp: Stamp, in study: inout OpenFolder
  ) -> [ID<Source>: ID<ReadingRecord>] {
    let known = study.folder.project.readings
    let reader = stamp.by.map { "-" + study.folder.key(of: $0) } ?? ""
    var records: [ID<Source>: ID<ReadingRecord>] = [:]
    for source in sources {
      let name = "\(study.folder.key(of: source))-\(purpose)\(reader)"
      for key in [name] + (2...known.count + 2).map({ "\(name)-\($0)" }) {
        let id = study.folder.newID(for: key, of: ReadingRecord.self)
        if known.contains(id) { continue }
        study.folder.reserve(key, for: id)
        records[source] = id
        break
      }
    }
    return records
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
