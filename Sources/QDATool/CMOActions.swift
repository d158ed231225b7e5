internal import ArgumentParser
internal import Foundation
internal import QDA

/// What `qda cmo` can do to configurations; each is one change with a person and a reason behind it.
struct TheoryOptions: ParsableArguments {
  @Option(help: "Accept a configuration.") var accept: String?
  @Option(help: "Reject a configuration.") var reject: String?

  @Option(
    help: "Record a search for negative cases of a configuration; --why says how it was made.")
  var search: String?

  @Option(help: "With --search: the cases that were found, separated by commas.")
  var found: String?

  @Option(help: "Make one configuration of several, separated by commas; see --label and --title.")
  var consolidate: String?

  @Option(help: "Split a configuration; see --into.")
  var split: String?

  @Option(help: "With --split: the parts with their slots, as in 'CMO17=c1,m1,o1; CMO18=c1,m2,o1'.")
  var into: String?

  @Option(help: "Give a configuration up for another; see --successor.")
  var supersede: String?

  @Option(help: "With --supersede: the configuration that takes its place.")
  var successor: String?

  @Option(help: "Decide between two rivals, separated by a comma; see --verdict.")
  var adjudicate: String?

  @Option(help: "With --adjudicate: both, first or second.")
  var verdict: String?

  @Option(help: "With --consolidate: the label of the new configuration.") var label: String?
  @Option(help: "With --consolidate: its title.") var title: String?

  @Option(
    help:
      "Propose configurations from a turn, cell, case or linked-codings; see --role and --propose.")
  var candidates: String?

  @Option(
    help: ArgumentHelp(
      "With --candidates: the role of a code where the codebook is not to say it, as in waiting=context or accompanying=mechanism:resource.",
      valueName: "code=role"))
  var role: [String] = []

  @Flag(help: "With --candidates: take the candidates into the study, as proposals.")
  var propose = false

  /// The actions that are asked for, by name.
  var asked: [String] {
    let actions = [
      ("accept", accept), ("reject", reject), ("search", search), ("consolidate", consolidate),
      ("split", split), ("supersede", supersede), ("adjudicate", adjudicate),
      ("candidates", candidates),
    ]
    return actions.filter { $0.1 != nil }.map(\.0)
  }

  /// The parts that --into asks for, with the keys of their slots.
  var parts: [(label: String, slots: [String])] {
    (into ?? "").split(separator: ";").map { part in
      let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
      return (
        (sides.first ?? "").trimmingCharacters(in: .whitespaces),
        CMOCommand.list(sides.count > 1 ? sides[1] : "")
      )
    }
  }

  /// The labels of configurations that are to be made.
  var newLabels: [String] { [label].compactMap(\.self) + parts.map(\.label) }

  func validate() throws {
    if asked.count > 1 {
      throw ValidationError("--\(asked.joined(separator: " and --")) exclude each other.")
    }
    let needs: [(String?, String, Bool, String)] = [
      (into, "--into", split != nil, "--split"), (found, "--found", search != nil, "--search"),
      (successor, "--successor", supersede != nil, "--supersede"),
      (verdict, "--verdict", adjudicate != nil, "--adjudicate"),
      (label, "--label", consolidate != nil, "--consolidate"),
      (title, "--title", consolidate != nil, "--consolidate"),
      (role.first, "--role", candidates != nil, "--candidates"),
      (propose ? "" : nil, "--propose", candidates != nil, "--candidates"),
    ]
    for (value, name, isThere, owner) in needs where value != nil && !isThere {
      throw ValidationError("\(name) goes with \(owner).")
    }
    let missing: [(Bool, String)] = [
      (split != nil && into == nil, "--split needs --into."),
      (supersede != nil && successor == nil, "--supersede needs --successor."),
      (adjudicate != nil && verdict == nil, "--adjudicate needs --verdict."),
      (consolidate != nil && label == nil, "--consolidate needs --label."),
    ]
    if let first = missing.first(where: { $0.0 }) { throw ValidationError(first.1) }
    if let part = parts.first(where: { $0.label.isEmpty || $0.slots.isEmpty }) {
      throw ValidationError(
        "--into takes parts such as CMO17=c1,m1,o1; the part '\(part.label)' lacks its label or its slots."
      )
    }
    if let verdict, Project.Verdict(rawValue: verdict) == nil {
      throw ValidationError("--verdict takes both, first or second, not '\(verdict)'.")
    }
    if let candidates, CandidateRule(rawValue: candidates) == nil {
      let known = CandidateRule.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--candidates takes \(known), not '\(candidates)'.")
    }
  }
}

extension CMOCommand {
  /// Carries out the action that is asked for and writes the study.
  func act() throws {
    var open = try OpenFolder(options)
    if theory.candidates != nil { return try proposeCandidates(&open) }
    try checkNames(in: open)
    let stamp = try change.stamp(in: open.folder)
    let decision = Decision(
      id: changeID(in: open.folder.project, stamp), stamp: stamp, why: change.why)
    let made: Change
    do {
      made = try decided(on: open.folder, decision)
    } catch let error as TheoryConflict {
      throw Failure.usage("\(options.input): error: \(words(for: error, in: open.folder))")
    }
    try open.commit(made, of: .mapping, change)
    if options.json { try Output.json(ChangeDocument(change: made)) }
  }

  /// Refuses what names no case and no slot, which must not be passed over.
  private func checkNames(in open: OpenFolder) throws {
    for name in Self.list(theory.found ?? "") { _ = try open.participant(name) }
    // A label that is another's key would be taken for that one.
    for label in theory.newLabels
    where open.folder.id(for: label, of: Configuration.self) != nil {
      throw Failure.usage("\(options.input): error: \(Self.taken(label))")
    }
    guard let name = theory.split else { return }
    for slot in theory.parts.flatMap(\.slots)
    where open.folder.id(for: "\(name)/\(slot)", of: Slot.self) == nil {
      throw Failure.usage("error: \(name) has no slot '\(slot)'")
    }
  }

  private func changeID(in project: Project, _ stamp: Stamp) -> ID<Change> {
    ID(derivedFrom: [
      project.id.description, "cmo", theory.asked.joined(), stamp.by?.description ?? "",
      stamp.at?.description ?? "", change.why,
      [
        theory.accept, theory.reject, theory.search, theory.consolidate, theory.split,
        theory.supersede, theory.adjudicate, theory.into, theory.label,
      ].map { $0 ?? "" }.joined(separator: "\n"),
    ])
  }

  private func decided(on folder: StudyFolder, _ decision: Decision) throws -> Change {
    let project = folder.project
    func one(_ name: String) throws -> ID<Configuration> {
      if let id = folder.id(for: name, of: Configuration.self) { return id }
      if let found = project.configurations.first(where: { $0.label == name }) { return found.id }
      throw Failure.usage("\(options.input): error: \(Self.unknown(name, in: project))")
    }
    func several(_ names: String) throws -> [ID<Configuration>] { try Self.list(names).map(one) }
    if let name = theory.accept { return try project.deciding(one(name), .accepted, decision) }
    if let name = theory.reject { return try project.deciding(one(name), .rejected, decision) }
    if let name = theory.search {
      let cases = Self.list(theory.found ?? "").compactMap { folder.id(for: $0, of: Case.self) }
      let search = NegativeCaseSearch(stamp: decision.stamp, how: decision.why, found: cases)
      return try project.recording(search, for: one(name), change: decision.id)
    }
    if let names = theory.consolidate {
      return try project.consolidating(
        several(names), label: theory.label ?? "", title: theory.title ?? "", decision)
    }
    if let name = theory.split {
      let id = try one(name)
      let key = folder.key(of: id)
      let parts = theory.parts.map { part in
        Project.SplitPart(
          label: part.label, title: part.label,
          slots: Set(part.slots.compactMap { folder.id(for: "\(key)/\($0)", of: Slot.self) }))
      }
      return try project.splitting(id, into: parts, decision)
    }
    if let name = theory.supersede {
      return try project.superseding(one(name), by: one(theory.successor ?? ""), decision)
    }
    let rivals = try several(theory.adjudicate ?? "")
    guard rivals.count == 2 else { throw TheoryConflict.tooFew }
    return try project.adjudicating(
      rivals[0], rivals[1], Project.Verdict(rawValue: theory.verdict ?? "") ?? .both, decision)
  }

  private func words(for conflict: TheoryConflict, in folder: StudyFolder) -> String {
    switch conflict {
    case .labelTaken(let label): Self.taken(label)
    case .superseded(let id, let successors):
      "\(folder.key(of: id)) is superseded"
        + (successors.isEmpty
          ? "" : " by \(successors.map { folder.key(of: $0) }.joined(separator: " and "))")
        + " and is not decided on any more; decide on what took its place"
    case .closed(let id), .taken(let id):
      "\(folder.key(of: id)) " + (conflict == .taken(id) ? "is there already" : "is closed already")
    case .successorClosed(let id):
      "\(folder.key(of: id)) is \(folder.project.configurations[id]?.status.rawValue ?? "closed") and can "
        + "take no other's place; name one that stands"
    case .ownSuccessor(let id): "\(folder.key(of: id)) cannot be its own successor; name another"
    case .notRivals(let first, let second):
      "\(folder.key(of: first)) and \(folder.key(of: second)) are no rivals; if they explain the same "
        + "otherwise, write 'rivals: [\(folder.key(of: second))]' at \(folder.key(of: first)) in "
        + "configurations.yaml, and decide then"
    case .slotLeftOut(let id): "the slot \(folder.key(of: id)) is in no part"
    case .rivalUndecided(let id, let rival):
      "\(folder.key(of: rival)) explains the same otherwise and is open; decide between the two with "
        + "--adjudicate \(folder.key(of: id)),\(folder.key(of: rival))"
    case .reasonMissing: "a decision needs a reason; say it with --why"
    default: conflict.description
    }
  }

  private static func taken(_ label: String) -> String {
    "the label '\(label)' is in use; give each new configuration one that no other has"
  }

  /// What there is to say where a name is that of no configuration.
  static func unknown(_ name: String, in project: Project) -> String {
    let labels = project.configurations.map(\.label)
    return labels.isEmpty
      ? "there is no configuration '\(name)', nor any other"
      : "there is no configuration '\(name)'; they are \(labels.joined(separator: ", "))"
  }

  private func proposeCandidates(_ open: inout OpenFolder) throws {
    var roles: [ID<Code>: SlotPlace] = [:]
    for text in theory.role {
      let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2 else {
        throw Failure.usage("error: --role takes CODE=ROLE, such as waiting=context, not '\(text)'")
      }
      guard let place = SlotPlace(sides[1]) else {
        throw Failure.usage(
          "error: '\(sides[1])' is no role such as context or mechanism:reasoning")
      }
      if let words = Self.unknownRole(place.role, in: open.folder.project) {
        throw Failure.usage("error: \(words)")
      }
      roles[try open.code(sides[0])] = place
    }
    if roles.isEmpty { roles = open.folder.project.codebook.roles }
    if Set(roles.values.map(\.role)).count < 2 {
      throw Failure.usage(
        "error: --candidates needs codes of two roles at least: write 'role' in codebook.yaml, or say --role"
      )
    }
    guard let rule = CandidateRule(rawValue: theory.candidates ?? "") else { return }
    let found = open.folder.project.candidates(by: rule, roles: roles)
    if options.json {
      try Output.json(
        CandidateDocument(
          candidates: found.map { candidate in
            CandidateDocument.Line(
              label: candidate.configuration.label, title: candidate.configuration.title,
              method: rule.rawValue,
              version: CandidateRule.version,
              cases: candidate.cases.map { open.key(.case($0)) },
              evidence: candidate.evidence.count, missing: candidate.missing)
          }))
    } else {
      for candidate in found {
        let cases = candidate.cases.map { open.key(.case($0)) }.joined(separator: " ")
        let gap =
          candidate.missing.isEmpty ? "" : "; no \(candidate.missing.joined(separator: " and no "))"
        Output.line(
          "\(candidate.configuration.label): \(candidate.configuration.title) (\(candidate.evidence.count) grounds, \(cases)\(gap))"
        )
      }
      Output.message(
        "\(found.count) candidates by rule \(rule.rawValue); none is taken for a finding")
    }
    guard theory.propose, !found.isEmpty else { return }
    let stamp = try change.stamp(in: open.folder)
    let id = changeID(in: open.folder.project, stamp)
    let operations = found.flatMap {
      open.folder.project.proposing($0, id: id, stamp: stamp).operations
    }
    var seen: Set<ID<Element>> = []
    try open.commit(
      Change(
        id: id, stamp: stamp,
        why: change.why.isEmpty ? "proposed by rule \(rule.rawValue)" : change.why,
        operations: operations.filter { operation in
          // Candidates share elements; each comes in once.
          if case .insert(.element(let element), _) = operation {
            return seen.insert(element.id).inserted
          }
          return true
        }), of: .mapping, change)
  }
}

/// What a decision changed, as the history has it.
private struct ChangeDocument: Encodable {
  var schema = "qda.change/1"
  var change: Change
}

/// Candidates as JSON.
private struct CandidateDocument: Encodable {
  struct Line: Encodable {
    var label: String
    var title: String
    var method: String
    var version: Int
    var cases: [String]
    var evidence: Int
    var missing: [String]
  }

  var schema = "qda.candidates/1"
  var candidates: [Line]
}
