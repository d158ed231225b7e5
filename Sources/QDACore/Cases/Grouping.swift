extension Project {
  /// The cases that have words of their own: all but those that others are members of and that cover
  /// nothing themselves, such as a site of participants.
  ///
  /// They are the rows of every chart and what counts of participants are out of.
  ///
  /// - Complexity: O(*n*) in the cases and their memberships.
  public var rows: [Case] {
    var groups: Set<ID<Case>> = []
    for one in cases { groups.formUnion(one.memberOf) }
    if groups.isEmpty { return Array(cases) }
    return cases.filter { !groups.contains($0.id) || !$0.covers.isEmpty }
  }

  /// The cases that belong to a case, directly or through others, in the study's order.
  public func members(of group: ID<Case>) -> [ID<Case>] { members[group] ?? [] }

  /// The cases that belong to each case that has any, directly or through others, in the study's order.
  ///
  /// - Complexity: O(*n* · *a*) for *n* cases with *a* groups above them.
  public var members: [ID<Case>: [ID<Case>]] {
    let index = GroupIndex(self)
    var members: [ID<Case>: [ID<Case>]] = [:]
    for id in cases.ids {
      for group in index.groups(of: id) where group != id { members[group, default: []].append(id) }
    }
    return members
  }
}

/// The groups above each case, itself included, whatever cycles the memberships form.
struct GroupIndex {
  private let above: [ID<Case>: [ID<Case>]]

  init(_ project: Project) {
    var above: [ID<Case>: [ID<Case>]] = [:]
    for one in project.cases where !one.memberOf.isEmpty { above[one.id] = one.memberOf }
    self.above = above
  }

  /// The case itself, then the groups that it belongs to, the nearest first, each once.
  func groups(of id: ID<Case>) -> [ID<Case>] {
    guard above[id] != nil else { return [id] }
    var found = [id]
    var known: Set<ID<Case>> = [id]
    var next = 0
    while next < found.count {
      for group in above[found[next]] ?? [] where known.insert(group).inserted {
        found.append(group)
      }
      next += 1
    }
    return found
  }
}
