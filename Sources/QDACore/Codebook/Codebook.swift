/// A code: a name for something that passages are about.
public struct Code: Identified, Hashable, Codable {
  /// Where a code came from.
  public enum Origin: String, Hashable, Sendable, Codable, CaseIterable {
    /// Fixed before reading, from the questions or the theory.
    case aPriori = "a-priori"
    /// Found in the material.
    case emergent
  }

  /// The code's id, which outlives renaming, renumbering and moving.
  public let id: ID<Code>
  /// The code above it, or `nil` for a theme.
  public var parent: ID<Code>?
  /// Its number in the framework, such as `1.2`.
  public var number: String
  /// Its name.
  public var name: String
  /// What it means.
  public var definition: String
  /// When to use it.
  public var include: String
  /// When not to use it.
  public var exclude: String
  /// A typical passage.
  public var example: String
  /// Where it came from.
  public var origin: Origin?
  /// Whether passages may be coded with it, or it only groups others.
  public var isCodable: Bool
  /// Its colour as `#rrggbb`, if it has one.
  public var color: String?
  /// The role that what it holds plays in configurations, where the index has realist roles.
  public var role: SlotPlace?

  /// Creates a code.
  public init(
    id: ID<Code>, parent: ID<Code>? = nil, number: String = "", name: String,
    definition: String = "", include: String = "", exclude: String = "", example: String = "",
    origin: Origin? = nil, isCodable: Bool = true, color: String? = nil, role: SlotPlace? = nil
  ) {
    self.id = id
    self.parent = parent
    self.number = number
    self.name = name
    self.definition = definition
    self.include = include
    self.exclude = exclude
    self.example = example
    self.origin = origin
    self.isCodable = isCodable
    self.color = color
    self.role = role
  }
}

/// A version of the thematic framework, with what became of each earlier code.
public struct FrameworkVersion: Hashable, Sendable, Codable {
  /// The version's number, from 1.
  public var number: Int
  /// Who made it and when.
  public var stamp: Stamp
  /// Why it was made.
  public var why: String
  /// The codes as they were in this version.
  public var codes: [Code]
  /// For each code of the version before that did not simply stay: the codes it became.
  public var map: [ID<Code>: [ID<Code>]]

  /// Creates a version.
  public init(
    number: Int, stamp: Stamp = Stamp(), why: String = "", codes: [Code] = [],
    map: [ID<Code>: [ID<Code>]] = [:]
  ) {
    self.number = number
    self.stamp = stamp
    self.why = why
    self.codes = codes
    self.map = map
  }
}

/// The codes of a project as a hierarchy, and the versions it went through.
public struct Codebook: Equatable, Sendable, Codable {
  /// The codes; siblings are in the order of this table.
  public var codes: Table<Code>
  /// The versions, the oldest first.
  public var versions: [FrameworkVersion]

  /// Creates a codebook, empty unless codes are given.
  public init(codes: Table<Code> = [], versions: [FrameworkVersion] = []) {
    self.codes = codes
    self.versions = versions
  }

  /// The themes: codes without a parent in the codebook, in order.
  public var themes: [Code] {
    codes.filter { code in code.parent.map { !codes.contains($0) } ?? true }
  }

  /// The codes directly below one, in order.
  ///
  /// - Complexity: O(*n*) in the number of codes.
  public func children(of code: ID<Code>) -> [Code] { codes.filter { $0.parent == code } }

  /// All codes below one, depth first, without the code itself.
  ///
  /// - Complexity: O(*n*) in the number of codes; a cycle of parents ends the walk.
  public func descendants(of code: ID<Code>) -> [Code] {
    var seen: Set<ID<Code>> = [code]
    return walk(from: code, in: Dictionary(grouping: codes) { $0.parent }, seen: &seen)
  }

  private func walk(
    from code: ID<Code>, in byParent: [ID<Code>?: [Code]], seen: inout Set<ID<Code>>
  ) -> [Code] {
    var result: [Code] = []
    var stack = Array((byParent[code] ?? []).reversed())
    while let next = stack.popLast() {
      guard seen.insert(next.id).inserted else { continue }
      result.append(next)
      stack.append(contentsOf: (byParent[next.id] ?? []).reversed())
    }
    return result
  }

  /// The codes above one, the nearest first; a cycle of parents ends the walk.
  public func ancestors(of code: ID<Code>) -> [Code] {
    var result: [Code] = []
    var seen: Set<ID<Code>> = [code]
    var next = codes[code]?.parent
    while let id = next, seen.insert(id).inserted, let parent = codes[id] {
      result.append(parent)
      next = parent.parent
    }
    return result
  }

  /// All codes in reading order, each once: each theme, then what is below it, depth first.
  ///
  /// Codes that are under each other in a cycle belong to no theme and come last.
  ///
  /// - Complexity: O(*n*) in the number of codes.
  public var inReadingOrder: [Code] {
    let byParent = Dictionary(grouping: codes) { $0.parent }
    var seen: Set<ID<Code>> = []
    return (themes + codes).flatMap { code -> [Code] in
      guard seen.insert(code.id).inserted else { return [] }
      return [code] + walk(from: code.id, in: byParent, seen: &seen)
    }
  }

  /// The names from the theme down to the code, itself included.
  public func path(of code: ID<Code>) -> [String] {
    (ancestors(of: code).reversed().map(\.name)) + (codes[code].map { [$0.name] } ?? [])
  }
}
