/// A line of the register of configurations: what is claimed, who speaks for and against it, and
/// what is missing.
public struct RegisterEntry: Hashable, Sendable {
  /// A slot with its element and the evidence for this place.
  public struct Place: Hashable, Sendable {
    /// The slot.
    public var slot: Slot
    /// The element that fills it.
    public var element: Element
    /// Who speaks for and against it.
    public var support: Support
  }

  /// Something that the configuration lacks.
  public enum Gap: Hashable, Sendable {
    /// No slot has this role, which the schema requires.
    case roleMissing(String)
    /// A mechanism is not divided into its parts.
    case unsplit(ID<Slot>)
    /// A role is divided, and this part of it is missing.
    case partMissing(role: String, part: String)
    /// A slot does not say which part of its role it is, where the schema divides the role.
    case partUnstated(ID<Slot>)
    /// Nothing speaks for this slot but, perhaps, an interviewer.
    case slotWithoutEvidence(ID<Slot>)
    /// Nothing contradicts it or speaks for a rival, it has no rival, and no search is recorded.
    case noNegativeCase
  }

  /// The configuration.
  public var configuration: Configuration
  /// Its slots in the order of telling.
  public var places: [Place]
  /// The configuration as a sentence that begins with "If".
  public var sentence: String
  /// Who speaks for and against any part of it, each participant once.
  public var support: Support
  /// What it lacks.
  public var gaps: [Gap]
}

extension Project {
  /// The register of all configurations, in their order.
  public var register: [RegisterEntry] {
    let index = EvidenceIndex(self)
    return configurations.map { registerEntry(of: $0, evidence: index) }
  }

  /// The line of the register for one configuration.
  public func registerEntry(
    of configuration: Configuration, evidence index: EvidenceIndex
  ) -> RegisterEntry {
    let places = configuration.slots.compactMap { slot -> RegisterEntry.Place? in
      guard let element = elements[slot.element] else { return nil }
      return RegisterEntry.Place(
        slot: slot, element: element, support: index.support(for: [.slot(slot.id)]))
    }
    let targets =
      [.configuration(configuration.id)] + configuration.slots.map { Reference.slot($0.id) }
      + configuration.edges.map { Reference.edge($0.id) }
    let support = index.support(for: targets)
    let grounded = index.evidence(for: targets).filter { index.holds($0) }
    return RegisterEntry(
      configuration: configuration, places: places,
      sentence: sentence(of: configuration, places: places), support: support,
      gaps: gaps(of: configuration, places: places, grounded: grounded))
  }

  /// The schema of a configuration, or `nil` when the study does not know it.
  public func schema(of configuration: Configuration) -> SlotSchema? {
    schemas.first { $0.name == configuration.schema }
  }

  private func gaps(
    of configuration: Configuration, places: [RegisterEntry.Place], grounded: [Evidence]
  ) -> [RegisterEntry.Gap] {
    var gaps: [RegisterEntry.Gap] = []
    for role in schema(of: configuration)?.roles ?? [] {
      let filled = places.filter { $0.slot.role == role.name }
      if filled.isEmpty {
        if role.isRequired { gaps.append(.roleMissing(role.name)) }
        continue
      }
      // Only a mechanism must have all its parts; an outcome may well be short-term alone.
      guard role.name == "mechanism", !role.parts.isEmpty else {
        if !role.parts.isEmpty {
          gaps += filled.filter { $0.slot.part == nil }.map { .partUnstated($0.slot.id) }
        }
        continue
      }
      let unsplit = filled.filter { $0.slot.part == nil }
      if unsplit.count == filled.count {
        gaps += unsplit.map { .unsplit($0.slot.id) }
      } else {
        for part in role.parts where !filled.contains(where: { $0.slot.part == part }) {
          gaps.append(.partMissing(role: role.name, part: part))
        }
      }
    }
    let supported = Set(grounded.filter { $0.stance == .supports }.map(\.target))
    gaps += places.filter { !supported.contains(.slot($0.slot.id)) }
      .map { .slotWithoutEvidence($0.slot.id) }
    if configuration.searches.isEmpty,
      !grounded.contains(where: { $0.stance == .contradicts || $0.stance == .rival }),
      rivals(of: configuration).isEmpty
    {
      gaps.append(.noNegativeCase)
    }
    return gaps
  }

  /// If …, then …, because …: roles with other connectives stand after the first, as in "and".
  private func sentence(of configuration: Configuration, places: [RegisterEntry.Place]) -> String {
    guard let schema = schema(of: configuration) else {
      return places.map(\.element.text.asClause).joined(separator: " → ")
    }
    func rank(_ role: SlotRole) -> Int {
      role.connective == "then" ? 1 : role.connective == "because" ? 2 : 0
    }
    let clauses = schema.roles.enumerated().sorted {
      (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
    }.compactMap { _, role -> String? in
      let stated = places.filter { $0.slot.role == role.name }.map(\.element.text.asClause)
        .filter { $0.contains { !$0.isWhitespace } }
      if stated.isEmpty, !role.isRequired { return nil }
      let clause = stated.isEmpty ? "(not stated)" : stated.joined(separator: ", and ")
      return role.connective.isEmpty ? clause : "\(role.connective) \(clause)"
    }
    return clauses.joined(separator: ", ") + "."
  }
}

extension String {
  /// Without a full stop at the end, and beginning in lower case unless it begins with a name.
  fileprivate var asClause: String {
    var clause = self
    while clause.last == "." { clause.removeLast() }
    guard let first = clause.first, let second = clause.dropFirst().first, first.isUppercase,
      second.isLowercase || second == " "
    else { return clause }
    let word = clause.prefix { $0 != " " }
    let small = ["I", "GP", "GPs"]
    return small.contains(String(word)) ? clause : first.lowercased() + clause.dropFirst()
  }
}
