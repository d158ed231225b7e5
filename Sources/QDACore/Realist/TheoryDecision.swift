/// A decision on the theory that cannot stand as it was asked for.
public enum TheoryConflict: Error, Hashable {
  /// Only a named person decides, and this coder is none.
  case notAPerson
  /// Nobody said why.
  case reasonMissing
  /// The study has no such configuration.
  case unknown(ID<Configuration>)
  /// The configuration has been rejected or superseded already.
  case closed(ID<Configuration>)
  /// The configuration has been superseded, by others that are decided on in its place.
  case superseded(ID<Configuration>, by: [ID<Configuration>])
  /// The configuration that is to take another's place has been rejected or superseded itself.
  case successorClosed(ID<Configuration>)
  /// A configuration is to take its own place.
  case ownSuccessor(ID<Configuration>)
  /// Neither of two configurations names the other as its rival.
  case notRivals(ID<Configuration>, ID<Configuration>)
  /// Fewer than two configurations cannot be consolidated, nor one split into fewer than two.
  case tooFew
  /// A slot of what is split is in none of its parts.
  case slotLeftOut(ID<Slot>)
  /// A step with evidence has its ends in different parts.
  case stepCut(ID<Edge>)
  /// Something with this id is there already.
  case taken(ID<Configuration>)
  /// A configuration has the label already, or two of those to be made would have it.
  case labelTaken(String)
  /// A rival explanation is open, and nobody has decided between the two.
  case rivalUndecided(ID<Configuration>, rival: ID<Configuration>)
  /// A new version of the theory does not say what moved this statement.
  case unmoved(ID<Statement>)
}

extension TheoryConflict: CustomStringConvertible {
  /// The conflict in a sentence.
  public var description: String {
    switch self {
    case .notAPerson: "only a named person decides on the theory"
    case .reasonMissing: "a decision needs a reason"
    case .unknown(let id): "the study has no configuration \(id)"
    case .closed(let id): "the configuration \(id) is rejected or superseded already"
    case .superseded(let id, _): "the configuration \(id) is superseded and not decided on any more"
    case .successorClosed(let id):
      "the configuration \(id) is rejected or superseded itself and can take no other's place"
    case .ownSuccessor(let id): "the configuration \(id) cannot be its own successor"
    case .notRivals(let first, let second):
      "neither of the configurations \(first) and \(second) is a rival of the other"
    case .tooFew: "two configurations at least are needed"
    case .slotLeftOut(let id): "the slot \(id) is in no part"
    case .stepCut(let id): "the step \(id) has evidence, and its ends are in different parts"
    case .taken(let id): "a configuration \(id) is there already"
    case .labelTaken(let label): "the label '\(label)' is in use"
    case .rivalUndecided(_, let rival):
      "the rival \(rival) is open, and nobody has decided between the two"
    case .unmoved(let id): "nothing says what moved the statement \(id)"
    }
  }
}

/// Who decides, when and why, and the id of the change that comes of it.
public struct Decision: Hashable, Sendable {
  /// The id of the change; the ids of what it makes follow from it.
  public var id: ID<Change>
  /// Who decides and when.
  public var stamp: Stamp
  /// Why.
  public var why: String

  /// Creates a decision.
  public init(id: ID<Change>, stamp: Stamp, why: String) {
    self.id = id
    self.stamp = stamp
    self.why = why
  }

  func change(_ operations: [Operation]) -> Change {
    Change(id: id, stamp: stamp, why: why, operations: operations)
  }
}

// Deciding on configurations. Nothing is changed but by the change that is given back.
extension Project {
  /// The change by which a named person accepts, rejects or reopens a configuration.
  ///
  /// Where a rival explanation is open, neither is accepted by itself: see
  /// ``adjudicating(_:_:_:_:)``. What is superseded is not decided on any more.
  public func deciding(
    _ id: ID<Configuration>, _ status: Configuration.Status, _ decision: Decision
  ) throws(TheoryConflict) -> Change {
    try check(decision)
    let old = try configuration(id)
    if old.status == .superseded { throw .superseded(id, by: successors(of: id)) }
    if status == .accepted, let rival = undecidedRival(of: old) {
      throw .rivalUndecided(id, rival: rival)
    }
    return decision.change([decided(old, status, decision)])
  }

  /// The change by which a named person rewrites a proposal: its words, slots or edges.
  ///
  /// Evidence for slots that are gone stays with the configuration as a whole.
  public func revising(
    _ new: Configuration, elements added: [Element] = [], _ decision: Decision
  ) throws(TheoryConflict) -> Change {
    try check(decision)
    let old = try configuration(new.id)
    let kept = Set(new.places)
    var configuration = new
    configuration.stamp = decision.stamp
    configuration.reason = decision.why
    var operations = added.map { element -> Operation in
      elements[element.id].map { .replace(.element($0), with: .element(element)) }
        ?? .insert(.element(element), at: nil)
    }
    operations.append(.replace(.configuration(old), with: .configuration(configuration)))
    for one in evidence where old.places.contains(one.target) && !kept.contains(one.target) {
      var moved = one
      moved.target = .configuration(old.id)
      operations.append(.replace(.evidence(one), with: .evidence(moved)))
    }
    return decision.change(operations)
  }

  /// An open rival beside which a configuration does not stand already, with a reason in both.
  ///
  /// Only an adjudication brings two rivals to that.
  private func undecidedRival(of one: Configuration) -> ID<Configuration>? {
    func stands(_ other: Configuration) -> Bool {
      other.status == .accepted && other.reason.contains { !$0.isWhitespace }
    }
    return rivals(of: one).lazy.compactMap { configurations[$0] }.first { other in
      other.isOpen && !(stands(one) && stands(other))
    }?.id
  }

  /// The configurations that name one among their parents, in their order.
  private func successors(of id: ID<Configuration>) -> [ID<Configuration>] {
    configurations.filter { $0.parents.contains(id) }.map(\.id)
  }

  /// The change that records a search for negative cases, also one that found none.
  public func recording(
    _ search: NegativeCaseSearch, for id: ID<Configuration>, change: ID<Change>
  ) throws(TheoryConflict) -> Change {
    let decision = Decision(id: change, stamp: search.stamp, why: search.how)
    try check(decision)
    let old = try configuration(id)
    var new = old
    new.searches.append(search)
    return decision.change([.replace(.configuration(old), with: .configuration(new))])
  }

  /// The change that replaces a configuration by another, which names it among its parents.
  ///
  /// What spoke for the old one, and its links, stay with it.
  ///
  /// - Throws: ``TheoryConflict``; also for a successor that is rejected or superseded.
  public func superseding(
    _ id: ID<Configuration>, by successor: ID<Configuration>, _ decision: Decision
  ) throws(TheoryConflict) -> Change {
    try check(decision)
    let old = try openConfiguration(id)
    if id == successor { throw .ownSuccessor(id) }
    let next = try configuration(successor)
    if !next.isOpen { throw .successorClosed(successor) }
    var new = next
    if !new.parents.contains(id) { new.parents.append(id) }
    return decision.change([
      decided(old, .superseded, decision),
      .replace(.configuration(next), with: .configuration(new)),
    ])
  }

  /// What an adjudication between two rivals can come to.
  public enum Verdict: String, Hashable, Sendable, Codable, CaseIterable {
    /// Both stand, each in its own place.
    case both
    /// The first stands and the second is rejected.
    case first
    /// The second stands and the first is rejected.
    case second
  }

  /// The change that decides between two rival explanations, with the same words in both.
  ///
  /// What was said of either before, such as why it stands beside another rival, stays before them.
  /// One that was rejected may be decided on again.
  ///
  /// - Throws: ``TheoryConflict``; also for two that are no rivals, and for what is superseded.
  public func adjudicating(
    _ first: ID<Configuration>, _ second: ID<Configuration>, _ verdict: Verdict,
    _ decision: Decision
  ) throws(TheoryConflict) -> Change {
    try check(decision)
    guard first != second else { throw .tooFew }
    let statuses: [(ID<Configuration>, ID<Configuration>, Configuration.Status)] = [
      (first, second, verdict == .second ? .rejected : .accepted),
      (second, first, verdict == .first ? .rejected : .accepted),
    ]
    for one in [try configuration(first), try configuration(second)]
    where one.status == .superseded {
      throw .superseded(one.id, by: successors(of: one.id))
    }
    guard try rivals(of: configuration(first)).contains(second) else {
      throw .notRivals(first, second)
    }
    var operations: [Operation] = []
    for (id, rival, status) in statuses {
      let old = try configuration(id)
      operations.append(
        decided(old, status, decision) { new in
          new.reason = Self.reason(old.reason, decision.why)
          if !new.rivals.contains(rival) { new.rivals.append(rival) }
        })
    }
    return decision.change(operations)
  }

  /// A reason and one more, unless it says that already.
  private static func reason(_ old: String, _ new: String) -> String {
    if old.allSatisfy(\.isWhitespace) { return new }
    if old.contains(new) { return old }
    return old + (".!?…".contains(old.last ?? " ") ? " " : ". ") + new
  }

  /// The change that adds a version of the programme theory, each move with what moved it.
  ///
  /// A statement that is not merely kept, in any version but the first, needs a reason or evidence.
  public func advancing(
    to version: TheoryVersion, evidence added: [Evidence] = [], _ decision: Decision
  ) throws(TheoryConflict) -> Change {
    try check(decision)
    let grounded = Set(added.map(\.target))
    for statement in version.statements
    where !theory.isEmpty && statement.move != .kept && statement.why.isEmpty
      && !grounded.contains(.statement(statement.id))
    {
      throw .unmoved(statement.id)
    }
    var version = version
    version.stamp = decision.stamp
    return decision.change(
      [.insert(.theoryVersion(version), at: nil)]
        + added.map { .insert(.evidence($0), at: nil) })
  }

  // MARK: What every decision needs

  func check(_ decision: Decision) throws(TheoryConflict) {
    guard let by = decision.stamp.by, coders[by]?.kind == .person else { throw .notAPerson }
    guard decision.why.contains(where: { !$0.isWhitespace }) else { throw .reasonMissing }
  }

  func configuration(_ id: ID<Configuration>) throws(TheoryConflict) -> Configuration {
    guard let found = configurations[id] else { throw .unknown(id) }
    return found
  }

  func openConfiguration(_ id: ID<Configuration>) throws(TheoryConflict) -> Configuration {
    let found = try configuration(id)
    guard found.isOpen else { throw .closed(id) }
    return found
  }

  func decided(
    _ old: Configuration, _ status: Configuration.Status, _ decision: Decision,
    _ change: (inout Configuration) -> Void = { _ in }
  ) -> Operation {
    var new = old
    new.status = status
    new.reason = decision.why
    new.stamp = decision.stamp
    change(&new)
    return .replace(.configuration(old), with: .configuration(new))
  }
}
