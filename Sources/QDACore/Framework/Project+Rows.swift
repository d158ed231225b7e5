extension Project {
  /// The rows of charts: the cases of one kind, all in the same order in every chart.
  ///
  /// - Parameters:
  ///   - attributes: What to order by, the most important first; cases that are alike in these keep
  ///     the study's order, and values that are missing or invalid come last.
  ///   - role: Where given, only cases with this role category are rows.
  public func rows(orderedBy attributes: [ID<Attribute>] = [], role: String? = nil) -> [Case] {
    let chosen = rows.filter { one in role.map { roles(of: one.id).contains($0) } ?? true }
    if attributes.isEmpty { return chosen }
    let orders = attributes.map { ValueOrder(of: self.attributes[$0]) }
    let keyed = chosen.enumerated().map { position, one in
      (
        one, position,
        zip(attributes, orders).map { attribute, order in order.rank(of: one.values[attribute]) }
      )
    }
    return keyed.sorted { left, right in
      for (one, other) in zip(left.2, right.2) where one != other { return one < other }
      return left.1 < right.1
    }.map(\.0)
  }
}

/// How the values of an attribute follow each other.
struct ValueOrder {
  private let terms: [String: Int]

  init(of attribute: Attribute?) {
    terms = Dictionary(
      (attribute?.vocabulary ?? []).enumerated().map { ($1.name, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The place of a value: those of the vocabulary in its order, numbers by size, then others by name.
  struct Rank: Comparable {
    var group: Int
    var numbers: [Double]
    var text: String

    static func < (left: Rank, right: Rank) -> Bool {
      if left.group != right.group { return left.group < right.group }
      if left.numbers != right.numbers {
        return left.numbers.lexicographicallyPrecedes(right.numbers)
      }
      return left.text < right.text
    }
  }

  func rank(of value: AttributeValue?) -> Rank {
    switch value {
    case .band(let low, let high):
      return Rank(group: 0, numbers: [Double(low), high.map(Double.init) ?? .infinity], text: "")
    case .number(let decimal):
      return Double(decimal).map { Rank(group: 0, numbers: [$0], text: "") }
        ?? Rank(group: 1, numbers: [], text: decimal)
    case .flag(let flag): return Rank(group: 0, numbers: [flag ? 0 : 1], text: "")
    case .terms(let values):
      if values.isEmpty { return Rank(group: 2, numbers: [], text: "") }
      let places = values.map { Double(terms[$0] ?? terms.count) }
      return Rank(group: 0, numbers: places.sorted(), text: values.joined(separator: ", "))
    case .text(let text), .date(let text), .dateTime(let text):
      return terms[text].map { Rank(group: 0, numbers: [Double($0)], text: "") }
        ?? Rank(group: 1, numbers: [], text: text)
    case .missing, .notApplicable, .invalid, nil: return Rank(group: 3, numbers: [], text: "")
    }
  }
}
