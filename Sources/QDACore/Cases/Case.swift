/// A participant, site or group that the study compares: a row of its framework matrices.
///
/// A source may hold several cases, and a case may speak in several sources.
public struct Case: Identified, Hashable, Codable {
  /// The case's id.
  public let id: ID<Case>
  /// The name that readers see, such as `P17`.
  public var name: String
  /// What the case is one of, such as `participant` or `site`.
  public var unit: String
  /// The larger cases that it belongs to.
  public var memberOf: [ID<Case>]
  /// Where its words are.
  public var covers: [Membership]
  /// Its attribute values.
  public var values: Values
  /// What is said of it.
  public var description: String
  /// The codes that are given to the case itself rather than to its words.
  public var codes: [ID<Code>]

  /// Creates a case.
  public init(
    id: ID<Case>, name: String, unit: String = "participant", memberOf: [ID<Case>] = [],
    covers: [Membership] = [], values: Values = [:], description: String = "",
    codes: [ID<Code>] = []
  ) {
    self.id = id
    self.name = name
    self.unit = unit
    self.memberOf = memberOf
    self.covers = covers
    self.values = values
    self.description = description
    self.codes = codes
  }
}

/// Where the words of a case are.
public enum Membership: Hashable, Sendable, Codable {
  /// All of a source but its interviewers.
  case source(ID<Source>)
  /// The turns of one speaker of a source.
  case speaker(ID<Source>, label: String)
  /// One passage that is named for the case.
  case passage(ID<Passage>)
}

/// Attribute values by attribute.
public typealias Values = [ID<Attribute>: AttributeValue]

/// A property that cases or sources have, with its type and vocabulary.
public struct Attribute: Identified, Hashable, Codable {
  /// What values look like.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Free text.
    case text
    /// A set of terms.
    case terms
    /// A closed or open range of whole numbers, such as an age band.
    case band
    /// A decimal number.
    case number
    /// A whole number.
    case integer
    /// True or false.
    case flag
    /// A date.
    case date
    /// A date with a time.
    case dateTime = "date-time"
  }

  /// The attribute's id.
  public let id: ID<Attribute>
  /// The name, as a rule a column's head.
  public var name: String
  /// What values look like.
  public var kind: Kind
  /// The values that the study allows; empty where any is allowed.
  public var vocabulary: [Term]
  /// What it means in this study.
  public var definition: String

  /// Creates an attribute.
  public init(
    id: ID<Attribute>, name: String, kind: Kind = .text, vocabulary: [Term] = [],
    definition: String = ""
  ) {
    self.id = id
    self.name = name
    self.kind = kind
    self.vocabulary = vocabulary
    self.definition = definition
  }
}

/// A value that a study's vocabulary allows.
public struct Term: Hashable, Sendable, Codable {
  /// The value as it is written.
  public var name: String
  /// What it means in this study.
  public var definition: String

  /// Creates a term.
  public init(name: String, definition: String = "") {
    self.name = name
    self.definition = definition
  }
}

/// The value of an attribute.
public enum AttributeValue: Hashable, Sendable, Codable {
  /// Free text.
  case text(String)
  /// A set of terms in the order of the vocabulary, else in the order written.
  case terms([String])
  /// A range of whole numbers, both ends included; no upper end is open, as in `56+`.
  case band(Int, Int?)
  /// A number in decimal digits, exactly as written.
  case number(decimal: String)
  /// True or false.
  case flag(Bool)
  /// A date as written.
  case date(String)
  /// A date with a time as written.
  case dateTime(String)
  /// Asked for and not given.
  case missing
  /// Cannot have a value.
  case notApplicable
  /// A value that breaks its type's rules, kept exactly as written and left out of tallies.
  case invalid(raw: String)
}

extension AttributeValue: CustomStringConvertible {
  /// The value as people write it; bands with an en dash, sets with a comma.
  public var description: String {
    switch self {
    case .text(let text), .date(let text), .dateTime(let text), .number(let text): text
    case .terms(let terms): terms.joined(separator: ", ")
    case .band(let low, let high): high.map { "\(low)–\($0)" } ?? "\(low)+"
    case .flag(let flag): flag ? "yes" : "no"
    case .missing: "missing"
    case .notApplicable: "not applicable"
    case .invalid(let raw): "\(raw) (invalid)"
    }
  }
}
