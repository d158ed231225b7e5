/// How many cases have each role category, with the cases.
///
/// Roles are sets: a case with two roles counts under both, so the counts may add up to more than
/// the number of cases. ``groups`` puts each case in exactly one group.
public struct RoleTally: Hashable, Sendable, Codable {
  /// A set of roles and the cases that have exactly these.
  public struct Group: Hashable, Sendable, Codable {
    /// The roles in the order of the vocabulary; empty for cases without a role.
    public var roles: [String]
    /// The cases, in the study's order.
    public var cases: [ID<Case>]
  }

  /// A role and the cases that have it, perhaps among others.
  public struct Role: Hashable, Sendable, Codable {
    /// The role's name.
    public var name: String
    /// The cases, in the study's order.
    public var cases: [ID<Case>]
  }

  /// Each role of the vocabulary, then any other in order of first appearance.
  public var roles: [Role]
  /// Each combination that occurs, single roles first; the group without a role comes last.
  public var groups: [Group]
  /// The number of cases that were counted.
  public var total: Int
}

extension Project {
  /// The roles of a case, each once, in the order of the vocabulary; others follow by name.
  public func roles(of id: ID<Case>) -> [String] {
    guard let roleAttribute, case .terms(let terms)? = cases[id]?.values[roleAttribute] else {
      return []
    }
    let order = roleNames
    func rank(_ term: String) -> Int { order.firstIndex(of: term) ?? order.count }
    return Set(terms).sorted { (rank($0), $0) < (rank($1), $1) }
  }

  /// The role categories of the vocabulary, in its order.
  public var roleNames: [String] {
    roleAttribute.flatMap { attributes[$0] }?.vocabulary.map(\.name) ?? []
  }

  /// How many of some cases have each role category; of all that have words unless others are given.
  public func roleTally(of ids: [ID<Case>]? = nil) -> RoleTally {
    let counted = ids ?? rows.map(\.id)
    var roles = roleNames.map { RoleTally.Role(name: $0, cases: []) }
    var groups: [RoleTally.Group] = []
    for id in counted {
      let own = self.roles(of: id)
      for name in own {
        if let index = roles.firstIndex(where: { $0.name == name }) {
          roles[index].cases.append(id)
        } else {
          roles.append(RoleTally.Role(name: name, cases: [id]))
        }
      }
      if let index = groups.firstIndex(where: { $0.roles == own }) {
        groups[index].cases.append(id)
      } else {
        groups.append(RoleTally.Group(roles: own, cases: [id]))
      }
    }
    let order = roles.map(\.name)
    groups.sort { left, right in
      if left.roles.isEmpty != right.roles.isEmpty { return right.roles.isEmpty }
      if left.roles.count != right.roles.count { return left.roles.count < right.roles.count }
      let positions = { (group: RoleTally.Group) in
        group.roles.map { order.firstIndex(of: $0) ?? order.count }
      }
      return positions(left).lexicographicallyPrecedes(positions(right))
    }
    return RoleTally(roles: roles, groups: groups, total: counted.count)
  }
}
