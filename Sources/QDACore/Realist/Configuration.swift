/// A statement that can fill a slot of a configuration.
///
/// Whether it is a context, a mechanism or an outcome is said by the slot: one element may be the
/// outcome of one configuration and a context of the next.
public struct Element: Identified, Hashable, Codable {
  /// Where a context acts, after Pawson's four layers.
  public enum Layer: String, Hashable, Sendable, Codable, CaseIterable {
    /// In persons.
    case individual
    /// Between persons.
    case interpersonal
    /// In organisations.
    case institutional
    /// In the wider system.
    case infrastructural
  }

  /// The element's id.
  public let id: ID<Element>
  /// The statement.
  public var text: String
  /// Whose context, reasoning or outcome it is.
  public var actor: String?
  /// The layer at which a context acts.
  public var layer: Layer?

  /// Creates an element.
  public init(id: ID<Element>, text: String, actor: String? = nil, layer: Layer? = nil) {
    self.id = id
    self.text = text
    self.actor = actor
    self.layer = layer
  }
}

/// The place of an element in one configuration.
public struct Slot: Identified, Hashable, Codable {
  /// The slot's id.
  public let id: ID<Slot>
  /// The role, one of the schema's.
  public var role: String
  /// The part of the role, such as `reasoning`, or `nil` where it is not divided.
  public var part: String?
  /// The element that fills it.
  public var element: ID<Element>

  /// Creates a slot.
  public init(id: ID<Slot>, role: String, part: String? = nil, element: ID<Element>) {
    self.id = id
    self.role = role
    self.part = part
    self.element = element
  }
}

/// The direction in which one thing moves another.
public enum Sign: String, Hashable, Sendable, Codable, CaseIterable {
  /// More makes more.
  case positive = "+"
  /// More makes less.
  case negative = "-"
}

/// A directed edge between two slots of a configuration.
public struct Edge: Identified, Hashable, Codable {
  /// The edge's id.
  public let id: ID<Edge>
  /// The slot it leads from.
  public var from: ID<Slot>
  /// The slot it leads to.
  public var to: ID<Slot>
  /// Which way it moves.
  public var sign: Sign

  /// Creates an edge.
  public init(id: ID<Edge>, from: ID<Slot>, to: ID<Slot>, sign: Sign = .positive) {
    self.id = id
    self.from = from
    self.to = to
    self.sign = sign
  }
}

/// A configuration: an ordered graph of slots that elements fill.
///
/// The order of ``slots`` is the order in which it is told, so that C-M-M-M-O-M-O is as legal as
/// C-M-O. Dyads and gaps are legal and are listed.
public struct Configuration: Identified, Hashable, Codable {
  /// What has been decided of it.
  public enum Status: String, Hashable, Sendable, Codable, CaseIterable {
    /// Not yet decided.
    case proposed
    /// Accepted by a person.
    case accepted
    /// Rejected by a person.
    case rejected
    /// Replaced by others, which name it among their parents.
    case superseded
  }

  /// Whether what it describes is wanted.
  public enum Valence: String, Hashable, Sendable, Codable, CaseIterable {
    /// The programme works.
    case favourable
    /// The programme fails or harms.
    case unfavourable
    /// Both, or not decided.
    case mixed
  }

  /// The configuration's id.
  public let id: ID<Configuration>
  /// A short name, such as `CMO3`.
  public var label: String
  /// A plain title without realist terms.
  public var title: String
  /// The name of its slot schema.
  public var schema: String
  /// Its slots in the order of telling.
  public var slots: [Slot]
  /// Its edges; none means that each slot leads to the next.
  public var edges: [Edge]
  /// The configurations that it was made from by consolidation or splitting.
  public var parents: [ID<Configuration>]
  /// The configurations that explain the same outcome differently.
  public var rivals: [ID<Configuration>]
  /// Whether what it describes is wanted.
  public var valence: Valence
  /// What has been decided of it.
  public var status: Status
  /// Why that was decided.
  public var reason: String
  /// Who wrote or decided it and when.
  public var stamp: Stamp
  /// The searches for cases that break it; none means that none was recorded.
  public var searches: [NegativeCaseSearch]
  /// Where it comes from if it was proposed rather than written.
  public var origin: Proposal?
  /// What makes a case a member of the sets of its parts, for set-theoretic analysis.
  public var calibrations: [Calibration]

  /// Creates a configuration.
  public init(
    id: ID<Configuration>, label: String, title: String = "", schema: String = "CMO",
    slots: [Slot] = [], edges: [Edge] = [], parents: [ID<Configuration>] = [],
    rivals: [ID<Configuration>] = [], valence: Valence = .mixed, status: Status = .proposed,
    reason: String = "", stamp: Stamp = Stamp(), searches: [NegativeCaseSearch] = [],
    origin: Proposal? = nil, calibrations: [Calibration] = []
  ) {
    self.id = id
    self.label = label
    self.title = title
    self.schema = schema
    self.slots = slots
    self.edges = edges
    self.parents = parents
    self.rivals = rivals
    self.valence = valence
    self.status = status
    self.reason = reason
    self.stamp = stamp
    self.searches = searches
    self.origin = origin
    self.calibrations = calibrations
  }
}

extension Configuration {
  /// Whether it still stands: neither rejected nor superseded.
  var isOpen: Bool { status == .proposed || status == .accepted }
}

extension Project {
  /// The rivals of a configuration: those that it names, then those that name it, each once.
  ///
  /// Rivalry is mutual: it is enough that one of two names the other.
  ///
  /// - Complexity: O(*n*) in the configurations.
  public func rivals(of configuration: Configuration) -> [ID<Configuration>] {
    var seen: Set = [configuration.id]
    let naming = configurations.lazy.filter { $0.rivals.contains(configuration.id) }.map(\.id)
    return (configuration.rivals + naming).filter { seen.insert($0).inserted }
  }
}

/// A signed relation between two configurations.
public struct Link: Identified, Hashable, Codable {
  /// How one configuration acts on another.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// The outcome of one becomes a context of the next.
    case ripple
    /// The outcome comes back to an earlier one.
    case feedback
    /// The outcome of one stops the other.
    case inhibits
  }

  /// The link's id.
  public let id: ID<Link>
  /// The configuration it leads from.
  public var from: ID<Configuration>
  /// The configuration it leads to.
  public var to: ID<Configuration>
  /// How it acts.
  public var kind: Kind
  /// Which way it moves.
  public var sign: Sign
  /// What the relation is, in a sentence.
  public var text: String

  /// Creates a link; the sign is negative for an inhibiting link unless another is given.
  public init(
    id: ID<Link>, from: ID<Configuration>, to: ID<Configuration>, kind: Kind, sign: Sign? = nil,
    text: String = ""
  ) {
    self.id = id
    self.from = from
    self.to = to
    self.kind = kind
    self.sign = sign ?? (kind == .inhibits ? .negative : .positive)
    self.text = text
  }
}
