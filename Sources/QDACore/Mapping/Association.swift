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

    fileprivate mutating func findOutliers() {
      guard known >= 3 else { return }
      let (most, least) =
        said.count >= nothingSaid.count ? (said, nothingSaid) : (nothingSaid, said)
      if most.count * 3 >= known * 2 { outliers = least }
    }
  }

  /// The code.
  public var code: ID<Code>
  /// The attribute.
  public var attribute: ID<Attribute>
  /// The values in the vocabulary's order, then others, then the cases without one.
  public var columns: [Column]
}

extension Project {
  /// How a code or theme goes together with an attribute of the cases.
  ///
  /// - Complexity: O(*n* + *c*) for *n* codings and *c* cells.
  public func association(
    of code: ID<Code>, with attribute: ID<Attribute>, matrix: CodingMatrix? = nil
  ) -> Association {
    associations(of: [code], with: attribute, matrix: matrix).first
      ?? Association(code: code, attribute: attribute, columns: [])
  }

  /// How codes and themes, each with all below it, go together with an attribute of the cases.
  ///
  /// - Complexity: O(*n* + *c* + *k* · *r*) for *n* codings, *c* cells, *k* codes and *r* rows.
  public func associations(
    of codes: [ID<Code>], with attribute: ID<Attribute>, matrix given: CodingMatrix? = nil
  ) -> [Association] {
    let presences = Presences(of: self, matrix: given ?? CodingMatrix(self))
    let rows = rows
    var names = (attributes[attribute]?.vocabulary ?? []).map(\.name)
    var positions = Dictionary(
      names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    for value in ordered(rows.map { $0.values[attribute] }, by: attribute)
    where positions[value] == nil {
      positions[value] = names.count
      names.append(value)
    }
    let columnsOfRow = rows.map { one in
      Self.values(of: one.values[attribute]).compactMap { positions[$0] }
    }
    let places = rows.map { cases.position(of: $0.id) }
    let empty = names.map {
      Association.Column(value: $0, said: [], nothingSaid: [], unknown: [], outliers: [])
    }
    return codes.map { code in
      var columns = empty
      for (row, one) in rows.enumerated() {
        let presence = presences[places[row], code]
        for position in columnsOfRow[row] {
          switch presence {
          case .said: columns[position].said.append(one.id)
          case .nothingSaid: columns[position].nothingSaid.append(one.id)
          case .unknown: columns[position].unknown.append(one.id)
          }
        }
      }
      for index in columns.indices { columns[index].findOutliers() }
      return Association(
        code: code, attribute: attribute,
        columns: columns.filter { $0.known + $0.unknown.count > 0 })
    }
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

/// What can be said of each case under each code, or under a theme with all below it.
private struct Presences {
  private let columns: [ID<Code>: Int]
  private var states: [UInt8]

  private static let nothingSaid: UInt8 = 1
  private static let said: UInt8 = 2

  init(of project: Project, matrix: CodingMatrix) {
    let codes = project.codebook.inReadingOrder
    columns = Dictionary(
      codes.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let width = codes.count
    states = [UInt8](repeating: 0, count: project.cases.count * width)
    // What is coded is said, unless a cell says otherwise.
    let columnOfCode = matrix.codes.map { columns[$0] }
    for row in matrix.cases.indices {
      for entry in matrix.entries(ofRow: row) {
        if let column = columnOfCode[Int(entry.column)] { states[row * width + column] = Self.said }
      }
    }
    for (key, cell) in project.cells where cell.state != .notCharted {
      guard let row = project.cases.position(of: key.row), let column = columns[key.column] else {
        continue
      }
      states[row * width + column] =
        switch cell.state {
        case .summarised: Self.said
        case .nothingSaid: Self.nothingSaid
        default: 0
        }
    }
    // A code stands after the one above it, so that the way back gathers upwards.
    for (column, code) in codes.enumerated().reversed() {
      guard let above = code.parent.flatMap({ columns[$0] }) else { continue }
      for start in stride(from: 0, to: states.count, by: width) {
        states[start + above] = max(states[start + above], states[start + column])
      }
    }
  }

  subscript(row: Int?, code: ID<Code>) -> Association.Presence {
    guard let row, let column = columns[code] else { return .unknown }
    return switch states[row * columns.count + column] {
    case Self.said: .said
    case Self.nothingSaid: .nothingSaid
    default: .unknown
    }
  }
}
