/// What a calibrated table says of its conditions and its outcome, before anything is minimised.
///
/// After Ragin 2008 (Redesigning Social Inquiry): a case's membership in a combination is the least of
/// its memberships in the conditions, taken as 1 − *x* where the condition is absent. Only the cases that
/// have all scores count. It shows what occurs together and not what generates it.
public struct TruthTable: Hashable, Sendable, Codable {
  /// How well a set fits the outcome; `nil` where a sum is 0 and nothing can be said.
  public struct Fit: Hashable, Sendable, Codable {
    /// How far cases of the one are cases of the other, from 0 to 1.
    public var consistency: Double?
    /// How much of the other is accounted for, from 0 to 1.
    public var coverage: Double?
  }

  /// A combination of conditions that at least one case has.
  public struct Row: Hashable, Sendable, Codable {
    /// Whether each condition is present, in the order of the columns.
    public var conditions: [Bool]
    /// The cases that are more in than out of the combination, in the study's order.
    public var cases: [ID<Case>]
    /// Those of them that are more in than out of the outcome.
    public var positive: [ID<Case>]
    /// Those of them that are more out than in.
    public var negative: [ID<Case>]
    /// How far the combination is sufficient for the outcome, over all cases.
    public var consistency: Double?

    /// Whether cases with the outcome and cases without it have the same combination.
    public var isContradictory: Bool { !positive.isEmpty && !negative.isEmpty }
  }

  /// For each condition, how far the outcome occurs only with it: necessity, which comes first.
  public var necessity: [Fit]
  /// How far all conditions together are sufficient for the outcome.
  public var sufficiency: Fit
  /// The combinations that occur, from all conditions present to none.
  public var rows: [Row]
  /// How many combinations no case has; `nil` where there are more than can be counted.
  public var remainders: Int?
  /// The cases with a membership of exactly 0.5 in a condition, which are in no combination.
  public var undecided: [ID<Case>]
}

extension SetTable {
  /// Necessity, sufficiency and the combinations of conditions, over the cases that have all scores.
  ///
  /// - Complexity: O(*r* · *n* · *k*) for *r* combinations that occur, *n* cases and *k* conditions.
  public var truthTable: TruthTable {
    let full = zip(cases, scores).compactMap { id, row -> (id: ID<Case>, x: [Double], y: Double)? in
      let values = row.compactMap(\.value)
      guard values.count == row.count, let outcome = values.last else { return nil }
      return (id, Array(values.dropLast()), outcome)
    }
    let conditions = max(0, columns.count - 1)
    func fit(_ one: [Double], in other: [Double]) -> TruthTable.Fit {
      let both = zip(one, other).reduce(0) { $0 + min($1.0, $1.1) }
      let (own, all) = (one.reduce(0, +), other.reduce(0, +))
      return TruthTable.Fit(
        consistency: own == 0 ? nil : both / own, coverage: all == 0 ? nil : both / all)
    }
    let outcome = full.map(\.y)
    var corners: [[Bool]: [Int]] = [:]
    var undecided: [ID<Case>] = []
    for (index, one) in full.enumerated() {
      if one.x.contains(0.5) {
        undecided.append(one.id)
      } else {
        corners[one.x.map { $0 > 0.5 }, default: []].append(index)
      }
    }
    let order = corners.keys.sorted { left, right in
      right.lexicographicallyPrecedes(left) { !$0 && $1 }
    }
    return TruthTable(
      necessity: (0..<conditions).map { column in
        fit(outcome, in: full.map { $0.x[column] })
      },
      sufficiency: fit(full.map { $0.x.min() ?? 0 }, in: outcome),
      rows: order.map { corner in
        let members = corners[corner] ?? []
        let membership = full.map { one in
          zip(one.x, corner).map { $1 ? $0 : 1 - $0 }.min() ?? 0
        }
        return TruthTable.Row(
          conditions: corner, cases: members.map { full[$0].id },
          positive: members.filter { full[$0].y > 0.5 }.map { full[$0].id },
          negative: members.filter { full[$0].y < 0.5 }.map { full[$0].id },
          consistency: fit(membership, in: outcome).consistency)
      }, remainders: conditions < 31 ? (1 << conditions) - order.count : nil, undecided: undecided)
  }
}
