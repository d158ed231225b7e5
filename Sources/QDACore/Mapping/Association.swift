internal import OrderedCollections

/// How what is said under a code goes together with an attribute: who is in which cell, and who stands
/// out.
///
/// The table is for finding patterns. Its counts do not measure how common or strong anything is.
public struct Association: Hashable, Sendable, Codable {
  /// What can be said of a case under the code.
  public enum Presence: String, Hashable, Sendable, Codable, CaseIterable {
    /// Something is said: a summary, or a coded passage where nobody has charted.
    case said
    /// The topic was open, and nothing was said.
    case nothingSaid = "nothing-said"
    /// Nobody knows: not asked, not answered or not charted.
    case unknown
  }

  /// The cases with one value of the attribute.
  public struct Column: Hashable, Sendable, Codable {
    /// The value in words; a set of roles counts under each.
    public var value: String
    /// Those who say something, in the study's order.
    public var said: [ID<Case>]
    /// Those who were open to it and said nothing.
    public var nothingSaid: [ID<Case>]
    /// Those of whom nobody knows.
    public var unknown: [ID<Case>]
    /// Those who differ from two thirds or more of the known cases with the value, where there are three.
    public var outliers: [ID<Case>]

    /// The cases of whom something is known.
    public var known: Int { said.count + nothingSaid.count }
  }

  /// The code.
  public var code: ID<Code>
  /// The attribute.
  public var attribute: ID<Attribute>
  /// The values in the vocabulary's order, then others, then the cases without one.
  public var columns: [Column]
}

extension Project {
  /// What can be said of each case under a code, or under a theme with all below it.
  public func presences(
    of code: ID<Code>, matrix: CodingMatrix
  ) -> [ID<Case>: Association.Presence] {
    let codes = [code] + codebook.descendants(of: code).map(\.id)
    var found: [ID<Case>: Association.Presence] = [:]
    for one in cases {
      var presence = Association.Presence.unknown
      for column in codes {
        switch cells[Cell.Key(row: one.id, column: column)]?.state {
        case .summarised: presence = .said
        case .nothingSaid where presence == .unknown: presence = .nothingSaid
        case .notCharted, nil:
          if matrix.count(of: one.id, column) > 0 { presence = .said }
        default: break
        }
        if presence == .said { break }
      }
      found[one.id] = presence
    }
    return found
  }

  /// How a code or theme goes together with an attribute of the cases.
  ///
  /// - Complexity: O(*c* log *n*) for *c* cases and *n* codings.
  public func association(
    of code: ID<Code>, with attribute: ID<Attribute>, matrix given: CodingMatrix? = nil
  ) -> Association {
    let presences = presences(of: code, matrix: given ?? CodingMatrix(self))
    var columns: [Association.Column] = (attributes[attribute]?.vocabulary ?? []).map {
      Association.Column(value: $0.name, said: [], nothingSaid: [], unknown: [], outliers: [])
    }
    var positions = Dictionary(
      columns.enumerated().map { ($1.value, $0) }, uniquingKeysWith: { first, _ in first })
    let rows = rows
    for value in ordered(rows.map { $0.values[attribute] }, by: attribute)
    where positions[value] == nil {
      positions[value] = columns.count
      columns.append(
        Association.Column(value: value, said: [], nothingSaid: [], unknown: [], outliers: []))
    }
    for one in rows {
      for position in Self.values(of: one.values[attribute]).compactMap({ positions[$0] }) {
        switch presences[one.id] ?? .unknown {
        case .said: columns[position].said.append(one.id)
        case .nothingSaid: columns[position].nothingSaid.append(one.id)
        case .unknown: columns[position].unknown.append(one.id)
        }
      }
    }
    for index in columns.indices {
      let known = columns[index].known
      guard known >= 3 else { continue }
      let (most, least) =
        columns[index].said.count >= columns[index].nothingSaid.count
        ? (columns[index].said, columns[index].nothingSaid)
        : (columns[index].nothingSaid, columns[index].said)
      if most.count * 3 >= known * 2 { columns[index].outliers = least }
    }
    return Association(
      code: code, attribute: attribute,
      columns: columns.filter { !($0.said + $0.nothingSaid + $0.unknown).isEmpty })
  }

  /// Values in words, in the order that cases have in charts which are ordered by the attribute.
  private func ordered(_ values: [AttributeValue?], by attribute: ID<Attribute>) -> [String] {
    let order = ValueOrder(of: attributes[attribute])
    let ranked = OrderedSet(values).enumerated().map { ($1, order.rank(of: $1), $0) }
    return ranked.sorted { $0.1 == $1.1 ? $0.2 < $1.2 : $0.1 < $1.1 }.flatMap {
      Self.values(of: $0.0)
    }
  }

  private static func values(of value: AttributeValue?) -> [String] {
    switch value {
    case .terms(let terms): terms.isEmpty ? ["none"] : terms
    case nil: ["none"]
    case let value?: [value.description]
    }
  }
}
