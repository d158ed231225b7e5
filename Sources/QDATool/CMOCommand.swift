internal import ArgumentParser
internal import Foundation
internal import QDA

/// Shows and works on the configurations of a study.
struct CMOCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cmo",
    abstract: "Show where configurations hold, and work on them.",
    discussion: """
      Without an option it prints the register. With --patterns it says of each configuration in how \
      many cases it holds and which contradict it, each with the words that it rests on.
      """)

  @OptionGroup var options: InputOptions

  @Flag(help: "Say in which cases each configuration holds, and which contradict it.")
  var patterns = false

  @Option(help: "What the cases are: site, participant or any other unit of the study.")
  var unit: String?

  @Option(help: "The roles that a case must have, separated by commas; all unless given.")
  var roles: String?

  @Option(
    help: ArgumentHelp(
      "Print the calibrated table of a configuration for set-theoretic analysis.",
      valueName: "configuration"))
  var sets: String?

  @Option(
    name: .shortAndLong,
    help:
      "The folder for the files of --sets (sets.csv, sets-all.csv, sets-scores.csv, which opens each score, and sets-truth.csv) or of --diagrams."
  )
  var output: String?

  @Option(help: "The configurations to show, separated by commas.")
  var only: String?

  @Flag(
    help: "Say how many are cited for each statement that speaks of all, most, several or few.")
  var claims = false

  @Flag(help: "Draw the configurations and their loops as SVG, DOT, Mermaid and GraphML.")
  var diagrams = false

  @Flag(help: "Leave out the words on which the lists rest.")
  var brief = false

  @OptionGroup(title: "Decisions, each of a named person with a reason") var theory: TheoryOptions

  @OptionGroup(title: "Options for changes") var change: ChangeOptions

  func validate() throws {
    if !patterns, roles != nil || brief {
      throw ValidationError("--roles and --brief go with --patterns.")
    }
    if !patterns, sets == nil, unit != nil {
      throw ValidationError("--unit goes with --patterns or --sets.")
    }
    let views = [
      ("--patterns", patterns), ("--sets", sets != nil), ("--claims", claims),
      ("--diagrams", diagrams),
    ].filter(\.1).map(\.0)
    if views.count > 1 { throw ValidationError("\(views[0]) and \(views[1]) exclude each other.") }
    if let view = views.first, !theory.asked.isEmpty {
      throw ValidationError("--\(theory.asked[0]) does not go with \(view).")
    }
    if output != nil, sets == nil, !diagrams {
      throw ValidationError("--output goes with --sets or --diagrams.")
    }
    if diagrams, output == nil { throw ValidationError("--diagrams needs --output.") }
  }

  mutating func run() throws {
    let command = self
    try exiting(json: command.options.json) {
      if command.theory.asked.isEmpty { try command.show() } else { try command.act() }
    }
  }

  private func show() throws {
    let study = try options.openStudy(checks: false)
    for diagnostic in study.diagnostics where diagnostic.severity == .error {
      Output.message(diagnostic.description)
    }
    let chosen = try configurations(in: study.project, only)
    if study.project.configurations.isEmpty, sets == nil, !claims {
      Output.message(
        study.project.realistMatrix.isEmpty
          ? "\(options.input): the study has no configuration"
          : "\(options.input): the study has no configuration; the matrix that it prints is in the report"
      )
    }
    if let sets {
      try showSets(of: study, sets)
    } else if patterns {
      try showPatterns(of: study, chosen)
    } else if claims {
      try showClaims(of: study)
    } else if diagrams, let output {
      try writeDiagrams(of: study, chosen, into: output)
    } else {
      try showRegister(of: study, chosen)
    }
    try conclude(study.diagnostics, strict: options.strict)
  }

  private func writeDiagrams(
    of study: OpenStudy, _ chosen: Set<ID<Configuration>>?, into folder: String
  ) throws {
    let report = StudyReport(study.project, diagnostics: [], label: study.label)
    let labels = chosen.map { ids in
      Set(study.project.configurations.filter { ids.contains($0.id) }.map(\.label))
    }
    let files = report.diagramFiles { labels?.contains($0) ?? true }
    for file in files {
      try ReportCommand.write(file, into: folder)
      Output.message("\(folder)/\(file.path): written")
    }
    if options.json { try Output.json(FileList(files: files.map(\.path))) }
  }

  private func showClaims(of study: OpenStudy) throws {
    let document = try ClaimDocument(study)
    if options.json { return try Output.json(document) }
    for claim in document.claims {
      let share = claim.counts.map { "not counted, because it counts '\($0)'" } ?? claim.share
      Output.line("\(share) (\(claim.word)): \(claim.sentence)")
      if !claim.cited.isEmpty { Output.line("  cited: \(claim.cited.joined(separator: ", "))") }
    }
    let met = document.claims.count { $0.isMet == true }
    let unmet = document.claims.count { $0.isMet == false }
    Output.message(
      "\(document.claims.count) words say how many: \(met) are borne out, \(unmet) cite fewer than they "
        + "say, \(document.claims.count - met - unmet) count something else than participants")
  }

  private func showPatterns(of study: OpenStudy, _ chosen: Set<ID<Configuration>>?) throws {
    let project = study.project
    try checkUnit(in: project)
    let wanted = roles.map { Self.list($0) }
    if let words = wanted?.lazy.compactMap({ Self.unknownRole($0, in: project) }).first {
      throw Failure.unwritable("\(options.input): error: \(words)")
    }
    let report = PatternReport(
      project, over: unit, requiring: wanted, of: chosen, label: study.label)
    if options.json {
      try Output.json(report)
    } else {
      Output.line(report.text(isBrief: brief))
    }
  }

  private func checkUnit(in project: Project) throws {
    if let unit, !project.units.contains(unit) {
      throw Failure.unwritable(
        "\(options.input): error: no case has the unit '\(unit)'; the units are "
          + project.units.joined(separator: ", "))
    }
  }

  /// What there is to say of a word that is no role of the study's schemas; `nil` where it is one.
  static func unknownRole(_ role: String, in project: Project) -> String? {
    let known = Set(project.schemas.flatMap(\.roles).map(\.name))
    return known.contains(role)
      ? nil : "'\(role)' is no role; the roles are \(known.sorted().joined(separator: ", "))"
  }

  private func showSets(of study: OpenStudy, _ name: String) throws {
    let project = study.project
    try checkUnit(in: project)
    let wanted = project.configurations.first { $0.label == name }
    if wanted == nil, !project.configurations.isEmpty { _ = try configurations(in: project, name) }
    let report: SetTableReport
    do {
      report = try SetTableReport(
        project, of: wanted?.id, over: unit ?? project.rows.first?.unit ?? "participant",
        label: study.label)
    } catch {
      throw Failure.unwritable("\(options.input): error: no table: \(error)")
    }
    if let output {
      let files = [
        ("sets.csv", report.csv), ("sets-all.csv", report.fullCSV),
        ("sets-scores.csv", report.scoreCSV), ("sets-truth.csv", report.truthCSV),
      ]
      for (file, text) in files {
        try ReportCommand.write(ReportFile(path: file, text: text), into: output)
        Output.message("\(output)/\(file): written")
      }
    }
    if options.json {
      try Output.json(report)
    } else if output == nil {
      Output.bytes(Array(report.csv.utf8))
    }
    for words in report.fitWords { Output.message(words) }
    for warning in report.warnings { Output.message("note: \(warning)") }
  }

  private func showRegister(of study: OpenStudy, _ chosen: Set<ID<Configuration>>?) throws {
    let report = StudyReport(study.project, diagnostics: [], label: study.label)
    let shown = Set(
      zip(study.project.configurations, report.configurations)
        .filter { chosen?.contains($0.0.id) ?? true }.map(\.1.id))
    let entries = report.configurations.filter { shown.contains($0.id) }
    if options.json {
      try Output.json(RegisterDocument(configurations: entries))
      return
    }
    for entry in entries {
      Output.line("\(entry.label) \(entry.title) (\(entry.valence), \(entry.status))")
      Output.line("  \(entry.sentence)")
      Output.line("  \(entry.standing.words)")
      for gap in entry.gaps { Output.line("  gap: \(gap.words)") }
    }
  }

  /// The configurations that keys or labels name; `nil` where none are named.
  private func configurations(
    in project: Project, _ names: String?
  ) throws -> Set<ID<Configuration>>? {
    guard let names else { return nil }
    var found: Set<ID<Configuration>> = []
    for name in Self.list(names) {
      guard let one = project.configurations.first(where: { $0.label == name }) else {
        throw Failure.unwritable("\(options.input): error: \(Self.unknown(name, in: project))")
      }
      found.insert(one.id)
    }
    return found
  }

  static func list(_ text: String) -> [String] {
    text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }
}

/// The statements that say how many, as JSON.
private struct ClaimDocument: Encodable {
  struct Line: Encodable {
    var sentence: String
    var word: String
    var share: String
    var cited: [String]
    /// What is counted where that is no people.
    var counts: String?
    var isMet: Bool?
  }

  var schema = "qda.claims/1"
  var claims: [Line]

  /// Takes the statements of the theory, and those of a published study's own prose.
  init(_ study: OpenStudy) throws {
    let project = study.project
    var found = project.quantifiedClaims
    for source in project.sources where source.kind == .document {
      found += try project.quantifiedClaims(in: source.id)
    }
    claims = found.map { claim in
      Line(
        sentence: claim.sentence, word: claim.quantifier.word, share: claim.share,
        cited: claim.cited.map { study.label(.case($0)) ?? project.cases[$0]?.name ?? "" },
        counts: claim.quantifier.noun, isMet: claim.isMet)
    }
  }
}

/// The register as JSON.
private struct RegisterDocument: Encodable {
  var schema = "qda.register/1"
  var configurations: [StudyReport.ConfigurationEntry]
}
