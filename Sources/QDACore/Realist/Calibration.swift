/// A column of a table for set-theoretic analysis: what makes a case a member of a set, in writing.
public struct Calibration: Hashable, Sendable, Codable {
  /// A membership that somebody gave by judgement, with the reason.
  public struct Score: Hashable, Sendable, Codable {
    /// The case.
    public var `case`: ID<Case>
    /// The membership, from 0 (fully out) to 1 (fully in).
    public var value: Double
    /// Why.
    public var why: String

    /// Creates a score.
    public init(case: ID<Case>, value: Double, why: String) {
      self.case = `case`
      self.value = value
      self.why = why
    }
  }

  /// The name of the column.
  public var name: String
  /// The slots of the configuration whose evidence speaks of it.
  public var slots: [ID<Slot>]
  /// When a case is fully in, fully out and in between.
  public var anchors: String
  /// Memberships that the evidence does not give by itself.
  public var scores: [Score]
  /// Who wrote it and when.
  public var stamp: Stamp

  /// Creates a calibration.
  public init(
    name: String, slots: [ID<Slot>], anchors: String, scores: [Score] = [], stamp: Stamp = Stamp()
  ) {
    self.name = name
    self.slots = slots
    self.anchors = anchors
    self.scores = scores
    self.stamp = stamp
  }
}

/// A calibrated table of cases by sets, whose every score opens on the evidence for it.
public struct SetTable: Hashable, Sendable {
  /// Where a score comes from.
  public enum Origin: String, Hashable, Sendable, Codable, CaseIterable {
    /// Somebody gave it, with a reason.
    case judged
    /// The case's words say so: 1.
    case seen
    /// The case's words deny it: 0.
    case denied
    /// Nothing is said of it: missing, which is never 0.
    case notDiscussed = "not-discussed"
    /// It is only expected: missing.
    case expected
    /// Some say so and some deny it, and nobody has judged: missing.
    case contested
  }

  /// One membership.
  public struct Score: Hashable, Sendable {
    /// The membership, or `nil` where it is missing.
    public var value: Double?
    /// Where it comes from.
    public var origin: Origin
    /// Why, where somebody judged.
    public var why: String
    /// The evidence of the case for the slots of the column.
    public var evidence: [ID<Evidence>]
  }

  /// The configuration.
  public var configuration: ID<Configuration>
  /// What the cases are.
  public var unit: String
  /// The columns; the outcome comes last.
  public var columns: [Calibration]
  /// The cases of the unit, in the study's order.
  public var cases: [ID<Case>]
  /// A row for each case with a score for each column.
  public var scores: [[Score]]

  /// The cases that have all scores.
  public var complete: [ID<Case>] {
    zip(cases, scores).filter { $0.1.allSatisfy { $0.value != nil } }.map(\.0)
  }

  /// Whether there are more combinations of conditions than complete cases.
  public var hasTooManyConditions: Bool {
    let conditions = columns.count - 1
    return conditions >= 31 || (1 << max(0, conditions)) > complete.count
  }
}

/// Why a study does not carry a table for set-theoretic analysis.
public struct SetTableRefusal: Error, Hashable, CustomStringConvertible {
  /// The reasons, each in a sentence.
  public var reasons: [String]

  /// The reasons in one line.
  public var description: String { reasons.joined(separator: "; ") }
}

extension Project {
  /// The calibrated table of a configuration over the cases of a unit.
  ///
  /// A score is 1 only where the words of the case, or of its members, say so, and 0 only where they
  /// deny it; what is not discussed is missing. Ragin 2008 asks for a written calibration of each set;
  /// without one there is no table. Such tables show what occurs together and not what generates it.
  ///
  /// - Throws: ``SetTableRefusal`` where the data do not carry a table, with all reasons.
  public func setTable(
    of id: ID<Configuration>?, over unit: String
  ) throws(SetTableRefusal) -> SetTable {
    guard let id, let configuration = configurations[id] else {
      let isPrinted = !realistMatrix.isEmpty && configurations.isEmpty
      throw SetTableRefusal(reasons: [
        isPrinted
          ? "the study prints a matrix that ties no context to a mechanism or an outcome, and names "
            + "no case in it: there is nothing to score"
          : "there is no such configuration"
      ])
    }
    let roles = Dictionary(
      configuration.slots.map { ($0.id, $0.role) }, uniquingKeysWith: { first, _ in first })
    func isOutcome(_ column: Calibration) -> Bool {
      column.slots.contains { roles[$0] == "outcome" }
    }
    let columns =
      configuration.calibrations.filter { !isOutcome($0) }
      + configuration.calibrations.filter { isOutcome($0) }
    let label = configuration.label
    var reasons: [String] = []
    if columns.isEmpty {
      reasons.append("no column of \(label) has a written calibration")
    } else {
      let outcomes = columns.count { isOutcome($0) }
      if outcomes != 1 { reasons.append("\(label) needs one outcome and has \(outcomes)") }
      if columns.count == outcomes { reasons.append("\(label) has no condition") }
      for column in columns where column.anchors.allSatisfy(\.isWhitespace) {
        reasons.append("the column \(column.name) does not say when a case is in and when out")
      }
      for column in columns {
        for score in column.scores where !(0...1).contains(score.value) || score.why.isEmpty {
          reasons.append(
            "the score of \(cases[score.case]?.name ?? "a case") in \(column.name) is not between 0 "
              + "and 1, or has no reason")
        }
      }
    }
    guard reasons.isEmpty else { throw SetTableRefusal(reasons: reasons) }
    let table = makeSetTable(configuration, columns, unit)
    if table.complete.count < 2 {
      reasons.append(
        "only \(table.complete.count) of \(table.cases.count) cases have a score in every column; "
          + "what is not discussed is missing and not 0")
    }
    let outcomes = Set(
      table.scores.filter { $0.allSatisfy { $0.value != nil } }.map { $0.last?.value })
    if table.complete.count > 1, outcomes.count < 2 {
      reasons.append("the outcome is the same in all cases that have all scores")
    }
    guard reasons.isEmpty else { throw SetTableRefusal(reasons: reasons) }
    return table
  }

  private func makeSetTable(
    _ configuration: Configuration, _ columns: [Calibration], _ unit: String
  ) -> SetTable {
    let counted = cases.filter { $0.unit == unit }.map(\.id)
    let groups = GroupIndex(self)
    let index = EvidenceIndex(self)
    let scores = columns.map { column -> [SetTable.Score] in
      var byCase: [ID<Case>: [Evidence]] = [:]
      for one in index.evidence(for: column.slots.map { .slot($0) }) {
        let owners = Set(index.cases(of: one).flatMap { groups.groups(of: $0) })
        for owner in owners { byCase[owner, default: []].append(one) }
      }
      return counted.map { score(of: $0, in: column, byCase[$0] ?? []) }
    }
    return SetTable(
      configuration: configuration.id, unit: unit, columns: columns, cases: counted,
      scores: counted.indices.map { row in scores.map { $0[row] } })
  }

  private func score(
    of id: ID<Case>, in column: Calibration, _ evidence: [Evidence]
  ) -> SetTable.Score {
    let ids = evidence.map(\.id)
    if let judged = column.scores.last(where: { $0.case == id }) {
      return SetTable.Score(value: judged.value, origin: .judged, why: judged.why, evidence: ids)
    }
    let isSeen = evidence.contains { $0.stance == .supports && $0.basis != .anticipated }
    let isDenied = evidence.contains(where: \.isDenial)
    let isExpected = evidence.contains {
      $0.basis == .anticipated && ($0.stance == .supports || $0.stance == .contradicts)
    }
    let (value, origin): (Double?, SetTable.Origin) =
      switch (isSeen, isDenied) {
      case (true, true): (nil, .contested)
      case (true, false): (1, .seen)
      case (false, true): (0, .denied)
      case (false, false): (nil, isExpected ? .expected : .notDiscussed)
      }
    return SetTable.Score(value: value, origin: origin, why: "", evidence: ids)
  }
}
