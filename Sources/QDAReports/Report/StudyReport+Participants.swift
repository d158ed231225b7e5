internal import QDACore

extension StudyReport {
  /// Somebody who was interviewed, or another case of the study.
  public struct Participant: Hashable, Sendable, Codable {
    /// The key.
    public var id: String
    /// The name.
    public var name: String
    /// What it is one of.
    public var unit: String
    /// The role categories, in the order of the vocabulary.
    public var roles: [String]
    /// The values of the other attributes, in the order of the study.
    public var values: [Value]
    /// The documents in which the participant speaks.
    public var sources: [String]
    /// How many of the report's quotes are the participant's words.
    public var quotes: Int
  }

  /// The value of one attribute.
  public struct Value: Hashable, Sendable, Codable {
    /// The attribute's name.
    public var attribute: String
    /// The value as people write it; empty where none was recorded.
    public var value: String
    /// Whether the value breaks its type's rules and counts nowhere.
    public var isInvalid: Bool
  }

  /// How many participants have each role.
  public struct Roles: Hashable, Sendable, Codable {
    /// The name of the attribute that holds the roles.
    public var attribute: String
    /// How many were counted.
    public var total: Int
    /// Each role; a participant with two counts under both.
    public var categories: [Share]
    /// Each combination of roles; a participant counts in exactly one.
    public var groups: [Share]
  }

  /// Some of all participants.
  public struct Share: Hashable, Sendable, Codable {
    /// What they have in common.
    public var name: String
    /// What that means in this study.
    public var definition: String
    /// The count with its denominator.
    public var words: String
    /// How many they are.
    public var count: Int
    /// Of how many.
    public var of: Int
    /// Who they are.
    public var participants: [String]
    /// How many of the report's quotes are their words.
    public var quotes: Int
    /// Of how many.
    public var ofQuotes: Int
  }

  /// How many participants have each value of an attribute.
  public struct Tally: Hashable, Sendable, Codable {
    /// The attribute's name.
    public var attribute: String
    /// Each value that occurs; bands in order, invalid and missing values last.
    public var values: [Share]
  }
}

extension StudyReport {
  /// Whether the study has role categories; where it has none, nobody lacks one.
  var hasRoles: Bool { !roles.attribute.isEmpty || !roles.categories.isEmpty }
}

extension Collector {
  func participants() -> [StudyReport.Participant] {
    var quotes: [ID<Case>: Int] = [:]
    for passage in passages {
      for owner in owners[passage.id] ?? [] { quotes[owner, default: 0] += 1 }
    }
    return rows.map { one in
      var sources: [String] = []
      for membership in one.covers {
        let source: ID<Source>? =
          switch membership {
          case .source(let id), .speaker(let id, _): id
          case .passage(let id): project.codings[id]?.source
          }
        guard let source else { continue }
        let name = labels[.source(source)]
        if !sources.contains(name) { sources.append(name) }
      }
      return StudyReport.Participant(
        id: labels[.case(one.id)], name: one.name, unit: one.unit,
        roles: project.roles(of: one.id),
        values: project.attributes.filter { $0.id != project.roleAttribute }.map { attribute in
          let value = one.values[attribute.id]
          return StudyReport.Value(
            attribute: attribute.name, value: value?.description ?? "",
            isInvalid: value?.isInvalid ?? false)
        },
        sources: sources, quotes: quotes[one.id] ?? 0)
    }
  }

  func share(_ name: String, _ definition: String = "", _ cases: [ID<Case>]) -> StudyReport.Share {
    let members = Set(cases)
    return StudyReport.Share(
      name: name, definition: definition, words: share(cases.count), count: cases.count,
      of: rows.count, participants: names(cases),
      quotes: passages.count { !members.isDisjoint(with: owners[$0.id] ?? []) },
      ofQuotes: passages.count)
  }

  func roleCounts() -> StudyReport.Roles {
    let tally = project.roleTally()
    let attribute = project.roleAttribute.flatMap { project.attributes[$0] }
    let definitions = Dictionary(
      (attribute?.vocabulary ?? []).map { ($0.name, $0.definition) },
      uniquingKeysWith: { first, _ in first })
    return StudyReport.Roles(
      attribute: attribute?.name ?? "", total: tally.total,
      categories: tally.roles.map { share($0.name, definitions[$0.name] ?? "", $0.cases) },
      groups: attribute == nil
        ? []
        : tally.groups.map { group in
          let name =
            switch group.roles.count {
            case 0: "no role"
            case 1: "\(group.roles[0]) only"
            case 2: "both \(Words.list(group.roles))"
            default: Words.list(group.roles)
            }
          return share(name, "", group.cases)
        })
  }

  /// Tallies of the attributes by which participants can be compared.
  ///
  /// Free text counts only where few values recur: a column of names is no tally.
  func tallies() -> [StudyReport.Tally] {
    project.attributes.filter { $0.id != project.roleAttribute }.compactMap { attribute in
      var groups: [(value: AttributeValue?, name: String, cases: [ID<Case>])] = []
      for one in rows {
        let value = one.values[attribute.id]
        let terms: [String] =
          if case .terms(let terms)? = value { terms } else {
            [value?.description ?? "not recorded"]
          }
        for name in terms {
          if let index = groups.firstIndex(where: { $0.name == name }) {
            groups[index].cases.append(one.id)
          } else {
            groups.append((value, name, [one.id]))
          }
        }
      }
      let proper = groups.filter { $0.value?.isInvalid == false }
      guard proper.count > 1, proper.count * 2 < rows.count else { return nil }
      let vocabulary = attribute.vocabulary.map(\.name)
      let sorted = groups.enumerated().sorted { left, right in
        left.element.value.rank(in: vocabulary, named: left.element.name, at: left.offset)
          .lexicographicallyPrecedes(
            right.element.value.rank(in: vocabulary, named: right.element.name, at: right.offset))
      }
      return StudyReport.Tally(
        attribute: attribute.name,
        values: sorted.map { share($0.element.name, "", $0.element.cases) })
    }
  }
}

extension AttributeValue {
  fileprivate var isInvalid: Bool {
    if case .invalid = self { true } else { false }
  }
}

extension AttributeValue? {
  /// Where a value stands in a tally: in the vocabulary's order, by the band, as it was met.
  fileprivate func rank(in vocabulary: [String], named name: String, at offset: Int) -> [Int] {
    switch self {
    case .band(let low, let high)?: [0, low, high ?? .max]
    case .invalid?: [2, offset]
    case .missing?, .notApplicable?, nil: [3, offset]
    default: [1, vocabulary.firstIndex(of: name) ?? vocabulary.count, offset]
    }
  }
}
