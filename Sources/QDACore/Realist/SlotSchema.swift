/// A kind of slot in a schema.
public struct SlotRole: Hashable, Sendable, Codable {
  /// The role's name, such as `mechanism`.
  public var name: String
  /// The parts it may be divided into, such as `resource` and `reasoning`.
  public var parts: [String]
  /// Whether a configuration is incomplete without it.
  public var isRequired: Bool
  /// How many slots of a configuration may have it; `nil` for any number.
  public var most: Int?
  /// How the slot begins in a sentence: `If`, `then`, `because`.
  public var connective: String

  /// Creates a role.
  public init(
    name: String, parts: [String] = [], isRequired: Bool = true, most: Int? = nil,
    connective: String = ""
  ) {
    self.name = name
    self.parts = parts
    self.isRequired = isRequired
    self.most = most
    self.connective = connective
  }
}

/// The slots that a study's configurations have, in order: CMO, CIMO, ICAMO, a dyad, its own.
public struct SlotSchema: Hashable, Sendable, Codable {
  /// The schema's name.
  public var name: String
  /// Its roles in reading order.
  public var roles: [SlotRole]
  /// Whether the slots of a configuration must follow the order of the roles.
  ///
  /// Where they need not, C-M-M-M-O-M-O is as good a configuration as C-M-O.
  public var isOrdered: Bool

  /// Creates a schema.
  public init(name: String, roles: [SlotRole], isOrdered: Bool = false) {
    self.name = name
    self.roles = roles
    self.isOrdered = isOrdered
  }
}

// The schemas that are in use, each with its source
extension SlotSchema {
  private static let context = SlotRole(name: "context", connective: "If")
  private static let mechanism = SlotRole(
    name: "mechanism", parts: ["resource", "reasoning"], connective: "because")
  private static let outcome = SlotRole(
    name: "outcome", parts: ["short-term", "long-term"], connective: "then")
  private static let intervention = SlotRole(name: "intervention", connective: "and")

  /// Context, mechanism (resource and reasoning) and outcome (short- and long-term).
  ///
  /// Pawson & Tilley 1997; the two parts of a mechanism after Dalkin et al. 2015,
  /// doi:10.1186/s13012-015-0237-x.
  public static let cmo = SlotSchema(name: "CMO", roles: [context, mechanism, outcome])

  /// Intervention, context, mechanism and outcome: I + C + M = O.
  ///
  /// Punton & Vogel, in the evaluation of the programme BCURE.
  public static let icmo = SlotSchema(
    name: "ICMO",
    roles: [
      SlotRole(name: "intervention", connective: "If"),
      SlotRole(name: "context", connective: "and"), mechanism, outcome,
    ])

  /// Context, intervention, mechanism and outcome.
  ///
  /// Denyer, Tranfield & van Aken 2008, doi:10.1177/0170840607088020.
  public static let cimo = SlotSchema(
    name: "CIMO", roles: [context, intervention, mechanism, outcome])

  /// Strategy, context, mechanism and outcome.
  ///
  /// De Weger et al. 2020, who add a slot only for a reason that they state.
  public static let scmo = SlotSchema(
    name: "SCMO",
    roles: [
      SlotRole(name: "strategy", connective: "If"),
      SlotRole(name: "context", connective: "and"), mechanism, outcome,
    ])

  /// Intervention, context, actor, mechanism and outcome.
  ///
  /// Mukumbang et al. 2018.
  public static let icamo = SlotSchema(
    name: "ICAMO",
    roles: [
      SlotRole(name: "intervention", connective: "If"),
      SlotRole(name: "context", connective: "and"), SlotRole(name: "actor", connective: "for"),
      mechanism, outcome,
    ])

  /// Context and mechanism, where no outcome is told of: a dyad.
  ///
  /// Jackson & Kolla 2012, doi:10.1177/1098214012440030, code dyads as well as triads.
  public static let cm = SlotSchema(name: "CM", roles: [context, mechanism])

  /// Mechanism and outcome, where no context is told of: a dyad.
  public static let mo = SlotSchema(name: "MO", roles: [mechanism, outcome])

  /// Context and outcome, where no mechanism is told of: a dyad.
  public static let co = SlotSchema(name: "CO", roles: [context, outcome])

  /// The schemas that a study may name without declaring them.
  public static let known: [SlotSchema] = [cmo, icmo, cimo, scmo, icamo, cm, mo, co]
}
