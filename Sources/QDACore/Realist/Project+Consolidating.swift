// Making one configuration of several, and several of one
extension Project {
  /// The change that makes one configuration of several, which stay as its superseded parents.
  ///
  /// Slots with the same role, part and element become one. All evidence of the parents stays with
  /// them and comes to the same place of the new one as well; links that led to or from a parent lead
  /// to or from the new one, but those between two parents. Use ``grounds(of:)`` to see that nothing is
  /// lost.
  ///
  /// - Parameters:
  ///   - parents: The configurations to consolidate, in the order of their slots.
  ///   - label: The short name of the new one, which no other has.
  ///   - title: Its plain title.
  public func consolidating(
    _ parents: [ID<Configuration>], label: String, title: String, _ decision: Decision
  ) throws(TheoryConflict) -> Change {
    try check(decision)
    var old: [Configuration] = []
    for id in parents where !old.contains(where: { $0.id == id }) {
      old.append(try openConfiguration(id))
    }
    guard let first = old.first, old.count > 1 else { throw .tooFew }
    try checkFree([label])
    var new = Configuration(
      id: derived(decision, "configuration"), label: label, title: title, schema: first.schema,
      parents: old.map(\.id), valence: Set(old.map(\.valence)).count == 1 ? first.valence : .mixed,
      status: .accepted, reason: decision.why, stamp: decision.stamp,
      searches: old.flatMap(\.searches))
    guard configurations[new.id] == nil else { throw .taken(new.id) }
    var places: [Reference: Reference] = [:]
    for one in old { merge(one, into: &new, &places, decision) }
    // Rivals of a parent are rivals of what comes of it; parents are no rivals of each other any more.
    for rival in old.flatMap({ rivals(of: $0) })
    where !parents.contains(rival) && !new.rivals.contains(rival) {
      new.rivals.append(rival)
    }
    var operations: [Operation] = [.insert(.configuration(new), at: nil)]
    operations += old.map { decided($0, .superseded, decision) }
    operations += copies(of: old, to: places, decision)
    for link in links {
      let ends = (parents.contains(link.from), parents.contains(link.to))
      guard ends.0 != ends.1 else { continue }
      var moved = link
      if ends.0 { moved.from = new.id } else { moved.to = new.id }
      operations.append(.replace(.link(link), with: .link(moved)))
    }
    return decision.change(operations)
  }

  /// A part of a configuration that is split: its names and the slots that it takes.
  public struct SplitPart: Hashable, Sendable {
    /// The short name, which no other configuration has.
    public var label: String
    /// The plain title.
    public var title: String
    /// The slots of the old configuration that it has; one slot may go to several parts.
    public var slots: Set<ID<Slot>>

    /// Creates a part.
    public init(label: String, title: String, slots: Set<ID<Slot>>) {
      self.label = label
      self.title = title
      self.slots = slots
    }
  }

  /// The change that makes several configurations of one, which stays as their superseded parent.
  ///
  /// Evidence goes with its slot into every part that has it; evidence for the whole goes into all.
  /// A step goes where both its ends are; one with evidence may not be cut.
  public func splitting(
    _ id: ID<Configuration>, into parts: [SplitPart], _ decision: Decision
  ) throws(TheoryConflict) -> Change {
    try check(decision)
    let old = try openConfiguration(id)
    guard parts.count > 1 else { throw .tooFew }
    try checkFree(parts.map(\.label))
    for slot in old.slots where !parts.contains(where: { $0.slots.contains(slot.id) }) {
      throw .slotLeftOut(slot.id)
    }
    let grounded = Set(evidence.map(\.target))
    for edge in old.edges
    where grounded.contains(.edge(edge.id))
      && !parts.contains(where: { $0.slots.contains(edge.from) && $0.slots.contains(edge.to) })
    {
      throw .stepCut(edge.id)
    }
    var operations: [Operation] = []
    var copied: [Operation] = []
    for (offset, part) in parts.enumerated() {
      let own = Decision(
        id: ID(derivedFrom: [decision.id.description, "\(offset)"]), stamp: decision.stamp,
        why: decision.why)
      var new = Configuration(
        id: derived(own, "configuration"), label: part.label, title: part.title,
        schema: old.schema, parents: [old.id], rivals: rivals(of: old), valence: old.valence,
        status: .accepted, reason: decision.why, stamp: decision.stamp, searches: old.searches)
      guard configurations[new.id] == nil else { throw .taken(new.id) }
      var kept = old
      kept.slots.removeAll { !part.slots.contains($0.id) }
      kept.edges.removeAll { !part.slots.contains($0.from) || !part.slots.contains($0.to) }
      var places: [Reference: Reference] = [:]
      merge(kept, into: &new, &places, own)
      operations.append(.insert(.configuration(new), at: nil))
      copied += copies(of: [old], to: places, own)
    }
    operations.append(decided(old, .superseded, decision))
    return decision.change(operations + copied)
  }

  /// What a configuration rests on, as a set: each ground with its stance, basis, voice and response.
  ///
  /// After a consolidation the set of the new one is the union of those of its parents.
  public func grounds(of id: ID<Configuration>) -> Set<GroundUse> {
    guard let configuration = configurations[id] else { return [] }
    let places = Set(configuration.places)
    return Set(
      evidence.filter { places.contains($0.target) }.map {
        GroundUse(
          ground: $0.ground, stance: $0.stance, basis: $0.basis, voice: $0.voice,
          response: $0.response, comment: $0.comment)
      })
  }

  // MARK: -

  /// Refuses a label that a configuration has, or that comes twice: nobody could name either.
  private func checkFree(_ labels: [String]) throws(TheoryConflict) {
    var taken = Set(configurations.map(\.label))
    for label in labels where !taken.insert(label).inserted { throw .labelTaken(label) }
  }

  private func derived<Object>(_ decision: Decision, _ names: String...) -> ID<Object> {
    ID(derivedFrom: [decision.id.description] + names)
  }

  /// Takes the slots and edges of an old configuration into a new one, equal slots once.
  private func merge(
    _ old: Configuration, into new: inout Configuration, _ places: inout [Reference: Reference],
    _ decision: Decision
  ) {
    places[.configuration(old.id)] = .configuration(new.id)
    var slots: [ID<Slot>: ID<Slot>] = [:]
    for slot in old.slots {
      let same = new.slots.first {
        $0.role == slot.role && $0.part == slot.part && $0.element == slot.element
      }
      let taken =
        same
        ?? Slot(
          id: derived(decision, "slot", slot.id.description), role: slot.role, part: slot.part,
          element: slot.element)
      if same == nil { new.slots.append(taken) }
      slots[slot.id] = taken.id
      places[.slot(slot.id)] = .slot(taken.id)
    }
    // A configuration without edges is a chain; among others its steps must be said.
    var edges = old.edges
    if edges.isEmpty, new.parents.count > 1 {
      edges = zip(old.slots, old.slots.dropFirst()).map { from, to in
        Edge(
          id: derived(decision, "step", from.id.description, to.id.description), from: from.id,
          to: to.id)
      }
    }
    for edge in edges {
      guard let from = slots[edge.from], let to = slots[edge.to], from != to else { continue }
      let same = new.edges.first { $0.from == from && $0.to == to && $0.sign == edge.sign }
      let taken =
        same
        ?? Edge(
          id: derived(decision, "edge", edge.id.description), from: from, to: to, sign: edge.sign)
      if same == nil { new.edges.append(taken) }
      places[.edge(edge.id)] = .edge(taken.id)
    }
  }

  /// The evidence of some configurations, once more for the places that took theirs over.
  private func copies(
    of old: [Configuration], to places: [Reference: Reference], _ decision: Decision
  ) -> [Operation] {
    let own = Set(old.flatMap(\.places))
    return evidence.filter { own.contains($0.target) }.compactMap { one in
      // A step between two slots that became one speaks of the whole.
      guard let target = places[one.target] ?? fallback(one.target, places, old) else { return nil }
      return .insert(
        .evidence(
          Evidence(
            id: derived(decision, "evidence", one.id.description), target: target,
            ground: one.ground, stance: one.stance, basis: one.basis, voice: one.voice,
            response: one.response, comment: one.comment, stamp: one.stamp)), at: nil)
    }
  }

  private func fallback(
    _ target: Reference, _ places: [Reference: Reference], _ old: [Configuration]
  ) -> Reference? {
    guard case .edge(let id) = target,
      let owner = old.first(where: { $0.edges.contains { $0.id == id } }),
      let edge = owner.edges.first(where: { $0.id == id }),
      places[.slot(edge.from)] != nil, places[.slot(edge.to)] != nil
    else { return nil }
    return places[.configuration(owner.id)]
  }
}

/// A ground with how it is used, wherever in the theory.
public struct GroundUse: Hashable, Sendable {
  /// What it rests on.
  public var ground: Ground
  /// How it bears on its target.
  public var stance: Evidence.Stance
  /// What sort of knowledge it is.
  public var basis: Evidence.Basis
  /// Whose reasoning it voices.
  public var voice: Evidence.Voice
  /// What the speaker answered, where the theory was shown.
  public var response: Evidence.Response?
  /// The analyst's remark.
  public var comment: String
}
