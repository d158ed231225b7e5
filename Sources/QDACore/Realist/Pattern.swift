/// A demi-regularity: in which cases a configuration is seen to hold, and in which it is not.
///
/// Pawson & Tilley 1997 speak of demi-regularities where an outcome comes about often, but not
/// always, in a context. Numbers of cases show where to look; they measure nothing.
public struct Pattern: Hashable, Sendable {
  /// How a configuration stands in one case.
  ///
  /// Each case has exactly one verdict.
  public enum Verdict: String, Hashable, Sendable, Codable, CaseIterable {
    /// Every role that is asked for is seen, and nothing speaks against it.
    case holds
    /// As ``holds``, but some of it is only expected to happen.
    case expected
    /// A negative case: something speaks against the mechanism, the outcome, a step or the whole.
    case contradicts
    /// The context is denied, and the outcome is not seen: what the configuration says of the context is
    /// not put to the test.
    case outside
    /// Something speaks for a part of it, or bears on it without weight.
    case partly
    /// Nothing is said of it, which is not to deny it.
    case silent
  }

  /// Why a case is a negative one.
  public enum Exception: String, Hashable, Sendable, Codable, CaseIterable {
    /// The context is there and the outcome is denied.
    case outcomeMissing = "outcome-missing"
    /// The outcome is denied; of the context nothing is said.
    case outcomeDenied = "outcome-denied"
    /// The resource or the reasoning is denied.
    case mechanismDenied = "mechanism-denied"
    /// The outcome came about without the context.
    case contextNotNeeded = "context-not-needed"
    /// One does not lead to the other.
    case stepDenied = "step-denied"
    /// The whole is denied.
    case wholeDenied = "whole-denied"
    /// The same is explained otherwise.
    case rivalExplanation = "rival-explanation"
  }

  /// What a case says of one role of a configuration.
  public struct Part: Hashable, Sendable {
    /// The role, such as `mechanism`.
    public var role: String
    /// The evidence that it was there, from observation, report or inference.
    public var seen: [ID<Evidence>] = []
    /// The evidence that it will be there.
    public var expected: [ID<Evidence>] = []
    /// The evidence that it was not there.
    public var denied: [ID<Evidence>] = []
    /// The evidence for another explanation.
    public var rival: [ID<Evidence>] = []
    /// The evidence without weight, or that it will not be there.
    public var weak: [ID<Evidence>] = []
  }

  /// What one case says of a configuration.
  public struct Reading: Hashable, Sendable {
    /// The case.
    public var `case`: ID<Case>
    /// The cases whose words these are: itself and its members, in the study's order.
    public var voices: [ID<Case>]
    /// How the configuration stands in it.
    public var verdict: Verdict
    /// Why it is a negative case; empty unless it is one.
    public var exceptions: [Exception]
    /// What is said of each role, in the order of the schema.
    public var parts: [Part]
    /// The evidence for and against the steps and the whole.
    public var links: Part
    /// Whether every role that is asked for is seen, whatever else is said.
    public var isSeenInFull: Bool

    /// Whether a role is seen in words of its own, and not only because the whole is said to hold.
    public func sees(_ role: String) -> Bool {
      parts.contains { $0.role == role && !$0.seen.isEmpty }
    }

    /// All evidence on which the verdict rests.
    public var evidence: [ID<Evidence>] {
      (parts + [links]).flatMap { $0.seen + $0.expected + $0.denied + $0.rival + $0.weak }
    }
  }

  /// The configuration.
  public var configuration: Configuration
  /// The roles that a case must have for the configuration to hold.
  public var roles: [String]
  /// One reading for each case of the unit, in the study's order.
  public var readings: [Reading]

  /// The cases in which the configuration stands in one way, in the study's order.
  public func cases(_ verdict: Verdict) -> [ID<Case>] {
    readings.filter { $0.verdict == verdict }.map(\.case)
  }
}

/// The patterns of a study over the cases of one unit.
public struct Patterns: Hashable, Sendable {
  /// What the cases are: `site`, `participant`.
  public var unit: String
  /// The cases of the unit, in the study's order.
  public var cases: [ID<Case>]
  /// The cases that speak for or against something and belong to no case of the unit.
  public var unplaced: [ID<Case>]
  /// One pattern for each configuration, in their order.
  public var entries: [Pattern]
}

extension Project {
  /// The units that the study's cases have, in the order of first use.
  public var units: [String] {
    var units: [String] = []
    for one in cases where !units.contains(one.unit) { units.append(one.unit) }
    return units
  }

  /// In which cases of a unit each configuration holds, is contradicted, or is not spoken of.
  ///
  /// The words of a case are its own and those of its members. A slot that is *seen* has supporting
  /// evidence that is not merely anticipated; a role is seen where one of its slots is. Evidence for a
  /// step says that one thing leads to another, not that both were there: it never makes a role seen.
  /// Evidence for the whole makes every role seen. Interviewers' words, judgements and documents are
  /// no case's words.
  ///
  /// - Parameters:
  ///   - unit: What the cases are; the unit of the first that is no group, unless given.
  ///   - roles: The roles that a case must have; all that the configuration fills, unless given.
  ///   - includesClosed: Whether rejected and superseded configurations are looked at too.
  /// - Complexity: O(*e* · *a* + *k* · *n*) for *e* pieces of evidence whose cases have *a* groups
  ///   above them, *k* configurations and *n* cases of the unit.
  public func patterns(
    over unit: String? = nil, requiring roles: [String]? = nil, includesClosed: Bool = false
  ) -> Patterns {
    let unit = unit ?? rows.first?.unit ?? "participant"
    let counted = cases.filter { $0.unit == unit }.map(\.id)
    let groups = GroupIndex(self)
    let index = EvidenceIndex(self)
    var unplaced: Set<ID<Case>> = []
    let chosen = configurations.filter { includesClosed || $0.isOpen }
    let entries = chosen.map { configuration in
      let own = configuration.rolesInOrder(of: schema(of: configuration))
      let wanted = roles.map { roles in own.filter { roles.contains($0) } } ?? own
      var drafts: [ID<Case>: ReadingDraft] = [:]
      for (place, evidence) in index.placed(in: configuration) {
        for voice in index.cases(of: evidence) {
          let owners = groups.groups(of: voice).filter { cases[$0]?.unit == unit }
          if owners.isEmpty { unplaced.insert(voice) }
          for owner in owners {
            drafts[owner, default: ReadingDraft(roles: own)].add(evidence, at: place, voice)
          }
        }
      }
      return Pattern(
        configuration: configuration, roles: wanted,
        readings: counted.map { id in
          (drafts[id] ?? ReadingDraft(roles: own)).reading(of: id, requiring: wanted) {
            cases.position(of: $0) ?? .max
          }
        })
    }
    return Patterns(
      unit: unit, cases: counted, unplaced: cases.ids.filter { unplaced.contains($0) },
      entries: entries)
  }
}

extension Configuration {
  /// The roles that its slots have, in the order of the schema, then in that of the slots.
  func rolesInOrder(of schema: SlotSchema?) -> [String] {
    let filled = Set(slots.map(\.role))
    var roles = (schema?.roles ?? []).map(\.name).filter { filled.contains($0) }
    for slot in slots where !roles.contains(slot.role) { roles.append(slot.role) }
    return roles
  }
}

/// Where in a configuration a piece of evidence belongs.
enum PatternPlace {
  case role(String)
  case step
  case whole
}

extension EvidenceIndex {
  /// The evidence for any place of a configuration with that place, in the order of the places.
  func placed(in configuration: Configuration) -> [(place: PatternPlace, evidence: Evidence)] {
    let whole = evidence(for: [.configuration(configuration.id)]).map { (PatternPlace.whole, $0) }
    let slots = configuration.slots.flatMap { slot in
      evidence(for: [.slot(slot.id)]).map { (PatternPlace.role(slot.role), $0) }
    }
    let steps = configuration.edges.flatMap { edge in
      evidence(for: [.edge(edge.id)]).map { (PatternPlace.step, $0) }
    }
    return whole + slots + steps
  }
}

/// What one case says of a configuration, while it is gathered.
private struct ReadingDraft {
  private var parts: [Pattern.Part]
  private var links = Pattern.Part(role: "")
  private var voices: Set<ID<Case>> = []
  private var taken: Set<ID<Evidence>> = []
  private var seenWhole = false
  private var expectedWhole = false
  private var deniesWhole = false
  private var deniesStep = false
  private var hasRival = false

  init(roles: [String]) { parts = roles.map { Pattern.Part(role: $0) } }

  mutating func add(_ evidence: Evidence, at place: PatternPlace, _ voice: ID<Case>) {
    voices.insert(voice)
    guard taken.insert(evidence.id).inserted else { return }
    if evidence.stance == .rival { hasRival = true }
    switch place {
    case .role(let role):
      if let index = parts.firstIndex(where: { $0.role == role }) { parts[index].add(evidence) }
    case .step:
      links.add(evidence)
      if evidence.isDenial { deniesStep = true }
    case .whole:
      links.add(evidence)
      if evidence.stance == .supports {
        if evidence.basis == .anticipated { expectedWhole = true } else { seenWhole = true }
      }
      if evidence.isDenial { deniesWhole = true }
    }
  }

  func reading(
    of id: ID<Case>, requiring roles: [String], position: (ID<Case>) -> Int
  ) -> Pattern.Reading {
    let wanted = parts.filter { roles.contains($0.role) }
    let isSeen = seenWhole || (!wanted.isEmpty && wanted.allSatisfy { !$0.seen.isEmpty })
    let isExpected =
      expectedWhole
      || (!wanted.isEmpty && wanted.allSatisfy { !$0.seen.isEmpty || !$0.expected.isEmpty })
    var exceptions: [Pattern.Exception] = []
    let verdict: Pattern.Verdict
    if isOutside {
      verdict = .outside
    } else {
      exceptions = self.exceptions
      let isEmpty = voices.isEmpty
      verdict =
        !exceptions.isEmpty
        ? .contradicts
        : isSeen ? .holds : isExpected ? .expected : isEmpty ? .silent : .partly
    }
    return Pattern.Reading(
      case: id, voices: voices.sorted { position($0) < position($1) }, verdict: verdict,
      exceptions: exceptions, parts: parts, links: links, isSeenInFull: isSeen)
  }

  private func part(_ role: String) -> Pattern.Part? { parts.first { $0.role == role } }

  private var lacksContext: Bool {
    guard let context = part("context") else { return false }
    return !context.denied.isEmpty && context.seen.isEmpty
  }

  private var hasOutcome: Bool { seenWhole || !(part("outcome")?.seen ?? []).isEmpty }

  /// Without the context and the outcome nothing breaks the pattern but that one thing did not lead to
  /// the other, that it is otherwise, or that there is another reason.
  private var isOutside: Bool {
    lacksContext && !hasOutcome && !hasRival && !deniesWhole && !deniesStep
  }

  private var exceptions: [Pattern.Exception] {
    var found: [Pattern.Exception] = []
    if lacksContext, hasOutcome { found.append(.contextNotNeeded) }
    for part in parts where part.role != "context" && !part.denied.isEmpty {
      if part.role == "outcome" {
        let hasContext = !(self.part("context")?.seen ?? []).isEmpty
        found.append(hasContext ? .outcomeMissing : .outcomeDenied)
      } else if !found.contains(.mechanismDenied) {
        found.append(.mechanismDenied)
      }
    }
    if deniesStep { found.append(.stepDenied) }
    if deniesWhole { found.append(.wholeDenied) }
    if hasRival { found.append(.rivalExplanation) }
    return found
  }
}

extension Evidence {
  /// Whether it says that something was not so; that it will not be so denies nothing yet.
  var isDenial: Bool { stance == .contradicts && basis != .anticipated }
}

extension Pattern.Part {
  fileprivate mutating func add(_ evidence: Evidence) {
    switch evidence.stance {
    case .supports:
      if evidence.basis == .anticipated {
        expected.append(evidence.id)
      } else {
        seen.append(evidence.id)
      }
    case .contradicts where evidence.isDenial: denied.append(evidence.id)
    case .contradicts: weak.append(evidence.id)
    case .rival: rival.append(evidence.id)
    case .weak: weak.append(evidence.id)
    }
  }
}
