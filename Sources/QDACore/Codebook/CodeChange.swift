/// What became of a code from one version of the framework to the next.
public struct CodeChange: Hashable, Sendable {
  /// The code.
  public var code: ID<Code>
  /// The codes that it became: itself where it only changed, none where it was dropped.
  public var successors: [ID<Code>]
  /// The code as it was in the version before, where that is known.
  public var before: Code?
  /// The code as it is in the version, where it is itself the only successor.
  public var after: Code?
  /// Whether the version brought the code in, and it came of no other.
  public var isNew = false

  /// The change in words, without the code's own name: "was renamed ‘Knowing’, moved under 3".
  ///
  /// - Parameter name: How people name a code.
  public func words(_ name: (ID<Code>) -> String) -> String {
    if successors.isEmpty { return "was dropped" }
    if isNew { return "was added" + (after?.parent.map { " under \(name($0))" } ?? "") }
    guard let before, let after else {
      return "became " + successors.map(name).joined(separator: ", ")
    }
    var parts: [String] = []
    if before.name != after.name { parts.append("renamed ‘\(after.name)’") }
    // What an old version does not say is not known to differ.
    if !before.definition.isEmpty,
      [before.definition, before.include, before.exclude]
        != [after.definition, after.include, after.exclude]
    {
      parts.append("defined anew")
    }
    if before.parent != after.parent {
      parts.append(after.parent.map { "moved under \(name($0))" } ?? "made a theme")
    }
    if before.number != after.number {
      parts.append(after.number.isEmpty ? "left without a number" : "numbered \(after.number)")
    }
    return "was " + (parts.isEmpty ? "changed" : parts.joined(separator: ", "))
  }
}

extension Codebook {
  /// What became of codes in each version, by number, and then the codes that came in; versions are
  /// compared as far as they are kept.
  ///
  /// New codes are in the order of the version.
  public var changes: [Int: [CodeChange]] {
    var found: [Int: [CodeChange]] = [:]
    var before: [ID<Code>: Code] = [:]
    for (position, version) in versions.enumerated() {
      let isLast = position == versions.count - 1
      let codes = version.codes.isEmpty && isLast ? Array(codes) : version.codes
      let now = Dictionary(codes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      found[version.number] = version.map.keys.sorted().map { old in
        let successors = version.map[old] ?? []
        return CodeChange(
          code: old, successors: successors, before: successors == [old] ? before[old] : nil,
          after: successors == [old] ? now[old] : nil)
      }
      let known = Set(before.keys).union(version.map.values.joined())
      found[version.number]? += codes.filter { !before.isEmpty && !known.contains($0.id) }.map {
        CodeChange(code: $0.id, successors: [$0.id], after: $0, isNew: true)
      }
      before = now
    }
    return found
  }

  /// Whether a code is, or was in any version, one of the framework's.
  public func hasEverHad(_ code: ID<Code>) -> Bool {
    codes.contains(code)
      || versions.contains { version in
        version.codes.contains { $0.id == code } || version.map.keys.contains(code)
          || version.map.values.contains { $0.contains(code) }
      }
  }

  /// What a code is called, also one that only an earlier version has.
  public func name(of code: ID<Code>) -> String? {
    codes[code]?.name
      ?? versions.lazy.reversed().flatMap(\.codes).first { $0.id == code }?.name
  }
}
