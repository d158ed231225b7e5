/// How candidates for configurations are found.
///
/// Whatever is found is a proposal.
public enum CandidateRule: String, Hashable, Sendable, Codable, CaseIterable {
  /// Codes with different roles in one turn.
  case turn
  /// Codes with different roles among the summarised cells of one case.
  case cell
  /// Codes with different roles among the words of one case.
  case `case`
  /// Passages that somebody linked to one another.
  case linked = "linked-codings"

  /// The version of the rules; it changes when they find something else.
  public static let version = 1
}

/// A role, and perhaps a part of it, that a code has in configurations.
public struct SlotPlace: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The role, such as `mechanism`.
  public var role: String
  /// The part, such as `reasoning`.
  public var part: String?

  /// Creates a place.
  public init(role: String, part: String? = nil) {
    self.role = role
    self.part = part
  }

  /// Reads a place as people write it: `context`, or `mechanism:reasoning`.
  public init?(_ text: String) {
    let sides = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let role = sides.first, !role.isEmpty, sides.last?.isEmpty == false else { return nil }
    self.init(role: String(role), part: sides.count > 1 ? String(sides[1]) : nil)
  }

  /// The place as people write it.
  public var description: String { part.map { "\(role):\($0)" } ?? role }
}

/// A configuration that a rule proposes, with what it would bring into the study.
public struct Candidate: Hashable, Sendable {
  /// The proposal, with its method, version and where it was found.
  public var configuration: Configuration
  /// The elements that it needs, named after the codes.
  public var elements: [Element]
  /// The passages and cells on which it rests, each for one slot.
  public var evidence: [Evidence]
  /// The cases in which its parts were found together, in the study's order.
  public var cases: [ID<Case>]
  /// The required roles for which nothing was found: a dyad lacks one.
  public var missing: [String]
}

extension Project {
  /// Proposes configurations from what was found together, and never from what was not.
  ///
  /// One candidate stands for one set of codes: where the same set is found again it is the same
  /// candidate with more grounds, so that there are never more candidates than places looked at. A
  /// place must have codes of two roles at least. Codes that have no role in `roles` are left out.
  /// Interviewers' words are nobody's and propose nothing. What was proposed before, and perhaps
  /// rejected, is not proposed again.
  ///
  /// - Parameters:
  ///   - rule: What together means.
  ///   - roles: The role that each code has; those of the codebook unless given.
  /// - Complexity: O(*n* log *n*) in the codings, or in the cells.
  public func candidates(
    by rule: CandidateRule, roles given: [ID<Code>: SlotPlace]? = nil
  ) -> [Candidate] {
    let roles = given ?? codebook.roles
    let attribution = Attribution(self)
    var order: [[ID<Code>]] = []
    var groups: [[ID<Code>]: [Finding]] = [:]
    for found in findings(by: rule, roles: roles, attribution) {
      let codes = codebook.inReadingOrder.map(\.id).filter { found.grounds[$0] != nil }
      guard Set(codes.compactMap { roles[$0]?.role }).count > 1 else { continue }
      if groups[codes] == nil { order.append(codes) }
      groups[codes, default: []].append(found)
    }
    return order.compactMap { codes in
      let candidate = candidate(codes, groups[codes] ?? [], rule, roles)
      return configurations[candidate.configuration.id] == nil ? candidate : nil
    }
  }

  /// The change that takes a candidate into the study as a proposal.
  public func proposing(_ candidate: Candidate, id: ID<Change>, stamp: Stamp = Stamp()) -> Change {
    var operations = candidate.elements.filter { elements[$0.id] == nil }.map {
      Operation.insert(.element($0), at: nil)
    }
    var configuration = candidate.configuration
    configuration.stamp = stamp
    operations.append(.insert(.configuration(configuration), at: nil))
    operations += candidate.evidence.map { .insert(.evidence($0), at: nil) }
    return Change(
      id: id, stamp: stamp,
      why: "proposed by rule \(configuration.origin?.method ?? ""), version "
        + "\(configuration.origin?.version ?? 0)", operations: operations)
  }

  // MARK: -

  private struct Finding {
    var place: Reference
    var cases: [ID<Case>]
    var grounds: [ID<Code>: [Ground]] = [:]
  }

  private func findings(
    by rule: CandidateRule, roles: [ID<Code>: SlotPlace], _ attribution: Attribution
  ) -> [Finding] {
    switch rule {
    case .cell:
      return rows.compactMap { row -> Finding? in
        var found = Finding(place: .case(row.id), cases: [row.id])
        for code in codebook.inReadingOrder where roles[code.id] != nil {
          let key = Cell.Key(row: row.id, column: code.id)
          if cells[key]?.state == .summarised { found.grounds[code.id] = [.cell(key)] }
        }
        return found.grounds.isEmpty ? nil : found
      }
    case .case:
      var found: [ID<Case>: Finding] = [:]
      for (passage, code, owners) in coded(roles, attribution) {
        for owner in owners {
          found[owner, default: Finding(place: .case(owner), cases: [owner])]
            .grounds[code, default: []].append(.passage(passage.id))
        }
      }
      return cases.ids.compactMap { found[$0] }
    case .turn: return turnFindings(roles, attribution)
    case .linked: return linkedFindings(roles, attribution)
    }
  }

  /// The accepted codings with a role, in the order of sources and positions, with their owners.
  private func coded(
    _ roles: [ID<Code>: SlotPlace], _ attribution: Attribution
  ) -> [(passage: Passage, code: ID<Code>, owners: [ID<Case>])] {
    var found: [(passage: Passage, code: ID<Code>, owners: [ID<Case>])] = []
    for source in sources {
      let passages = Dictionary(
        codings.passages(in: source.id).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }
      )
      for coding in codings.codings(in: source.id) where roles[coding.code] != nil {
        guard coding.status == .accepted, let passage = passages[coding.passage] else { continue }
        let owners = attribution.cases(of: passage)
        if !owners.isEmpty { found.append((passage, coding.code, owners)) }
      }
    }
    return found
  }

  private func turnFindings(
    _ roles: [ID<Code>: SlotPlace], _ attribution: Attribution
  ) -> [Finding] {
    struct Key: Hashable {
      var source: ID<Source>
      var start: UInt32
    }
    var order: [Key] = []
    var found: [Key: Finding] = [:]
    for (passage, code, owners) in coded(roles, attribution) {
      guard let source = sources[passage.source], let span = passage.span else { continue }
      for turn in attribution.turns(overlapping: span, in: source) {
        guard let first = turn.ranges.first else { continue }
        let key = Key(source: source.id, start: first.start)
        if found[key] == nil {
          order.append(key)
          found[key] = Finding(place: .passage(passage.id), cases: owners)
        }
        found[key]?.grounds[code, default: []].append(.passage(passage.id))
      }
    }
    return order.compactMap { found[$0] }
  }

  /// Passages that object links join, directly or through others, are one place.
  private func linkedFindings(
    _ roles: [ID<Code>: SlotPlace], _ attribution: Attribution
  ) -> [Finding] {
    func passage(_ reference: Reference) -> ID<Passage>? {
      switch reference {
      case .passage(let id): id
      case .coding(let id): codings[id]?.passage
      default: nil
      }
    }
    var root: [ID<Passage>: ID<Passage>] = [:]
    func top(_ id: ID<Passage>) -> ID<Passage> {
      var current = id
      while let next = root[current], next != current { current = next }
      return current
    }
    for link in objectLinks {
      guard let a = link.origin.flatMap(passage), let b = link.target.flatMap(passage) else {
        continue
      }
      let (first, second) = (top(a), top(b))
      root[first] = first
      root[second] = first
    }
    var order: [ID<Passage>] = []
    var found: [ID<Passage>: Finding] = [:]
    for (passage, code, owners) in coded(roles, attribution) where root[passage.id] != nil {
      let key = top(passage.id)
      if found[key] == nil {
        order.append(key)
        found[key] = Finding(place: .passage(passage.id), cases: [])
      }
      found[key]?.grounds[code, default: []].append(.passage(passage.id))
      for owner in owners where found[key]?.cases.contains(owner) == false {
        found[key]?.cases.append(owner)
      }
    }
    return order.compactMap { found[$0] }
  }

  private func candidate(
    _ codes: [ID<Code>], _ findings: [Finding], _ rule: CandidateRule,
    _ roles: [ID<Code>: SlotPlace]
  ) -> Candidate {
    // The ids follow from what is proposed, so that the same proposal is known again.
    let names =
      [id.description, "candidate", rule.rawValue, "\(CandidateRule.version)"]
      + codes.map { "\($0) \(roles[$0]?.role ?? "") \(roles[$0]?.part ?? "")" }
    let rank = Dictionary(
      SlotSchema.cmo.roles.enumerated().map { ($1.name, $0) },
      uniquingKeysWith: { first, _ in first })
    let sorted = codes.enumerated().sorted {
      (rank[roles[$0.element]?.role ?? ""] ?? .max, $0.offset)
        < (rank[roles[$1.element]?.role ?? ""] ?? .max, $1.offset)
    }.map(\.element)
    var elements: [Element] = []
    var slots: [Slot] = []
    var evidence: [Evidence] = []
    for code in sorted {
      guard let place = roles[code], let named = codebook.codes[code] else { continue }
      let element = Element(
        id: ID(derivedFrom: [id.description, "candidate-element", code.description]),
        text: named.name)
      let slot = Slot(
        id: ID(derivedFrom: names + ["slot", code.description]), role: place.role,
        part: place.part, element: element.id)
      elements.append(element)
      slots.append(slot)
      var seen: Set<Ground> = []
      for ground in findings.flatMap({ $0.grounds[code] ?? [] }) where seen.insert(ground).inserted
      {
        evidence.append(
          Evidence(
            id: ID(derivedFrom: names + ["evidence", code.description, "\(seen.count)"]),
            target: .slot(slot.id), ground: ground, stance: .supports, basis: .inferred))
      }
    }
    let filled = Set(slots.map(\.role))
    let missing = SlotSchema.cmo.roles.filter { $0.isRequired && !filled.contains($0.name) }
    let members = Set(findings.flatMap(\.cases))
    let configuration = Configuration(
      id: ID(derivedFrom: names),
      label: "Candidate " + String(ID<Candidate>(derivedFrom: names).description.prefix(4)),
      title: sorted.compactMap { codebook.codes[$0]?.name }.joined(separator: " → "),
      slots: slots, status: .proposed,
      origin: Proposal(
        method: rule.rawValue, version: CandidateRule.version, from: findings.map(\.place)))
    return Candidate(
      configuration: configuration, elements: elements, evidence: evidence,
      cases: cases.ids.filter { members.contains($0) }, missing: missing.map(\.name))
  }
}

extension Codebook {
  /// The role in configurations of each code that has one.
  public var roles: [ID<Code>: SlotPlace] {
    codes.reduce(into: [:]) { $0[$1.id] = $1.role }
  }
}
