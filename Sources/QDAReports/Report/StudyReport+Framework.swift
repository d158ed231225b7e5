internal import QDACore

extension StudyReport {
  /// The thematic framework with how much each code is used.
  public struct Framework: Hashable, Sendable, Codable {
    /// The codes in reading order.
    public var codes: [CodeEntry]
    /// The versions, the oldest first.
    public var versions: [FrameworkEntry]
  }

  /// A code.
  public struct CodeEntry: Hashable, Sendable, Codable {
    /// The key.
    public var id: String
    /// The number.
    public var number: String
    /// The name.
    public var name: String
    /// The key of the code above it.
    public var parent: String?
    /// How deep it stands; a theme is at 0.
    public var level: Int
    /// What it means, or "not defined".
    public var definition: String
    /// When to use it.
    public var include: String
    /// When not to use it.
    public var exclude: String
    /// A typical passage.
    public var example: String
    /// `a-priori` or `emergent`, where it is known.
    public var origin: String?
    /// Whether passages may be coded with it.
    public var isCodable: Bool
    /// How many codings count.
    public var codings: Int
    /// Whose words are coded with it.
    public var participants: [String]
    /// Of how many.
    public var of: Int
    /// How many cells under it are summarised.
    public var summarised: Int
  }

  /// A version of the framework.
  public struct FrameworkEntry: Hashable, Sendable, Codable {
    /// The version's number.
    public var number: Int
    /// Who made it.
    public var author: String
    /// When it was made, as recorded.
    public var at: String
    /// Why it was made, or "not reported".
    public var why: String
    /// How many codes it has.
    public var codes: Int
    /// What became of codes of the version before.
    public var changes: [String]
  }
}

extension Collector {
  func framework() -> StudyReport.Framework {
    var codings: [ID<Code>: Int] = [:]
    var cases: [ID<Code>: Set<ID<Case>>] = [:]
    for coding in project.leavingOutInterviewers().codings.all where coding.status == .accepted {
      codings[coding.code, default: 0] += 1
      cases[coding.code, default: []].formUnion(owners[coding.passage] ?? [])
    }
    var summarised: [ID<Code>: Int] = [:]
    for cell in project.cells.values where cell.state == .summarised {
      summarised[cell.key.column, default: 0] += 1
    }
    return StudyReport.Framework(
      codes: project.codebook.inReadingOrder.map { code in
        let own = cases[code.id] ?? []
        return StudyReport.CodeEntry(
          id: labels[.code(code.id)], number: code.number, name: code.name,
          parent: code.parent.map { labels[.code($0)] },
          level: project.codebook.ancestors(of: code.id).count,
          definition: code.definition.isEmpty ? "not defined" : code.definition,
          include: code.include, exclude: code.exclude, example: code.example,
          origin: code.origin?.rawValue, isCodable: code.isCodable,
          codings: codings[code.id] ?? 0,
          participants: names(rows.map(\.id).filter { own.contains($0) }),
          of: rows.count, summarised: summarised[code.id] ?? 0)
      },
      versions: versions())
  }

  private func versions() -> [StudyReport.FrameworkEntry] {
    let changes = project.codebook.changes
    func title(_ id: ID<Code>) -> String {
      "‘\(project.codebook.name(of: id) ?? labels[.code(id)])’"
    }
    return project.codebook.versions.map { version in
      StudyReport.FrameworkEntry(
        number: version.number, author: name(of: version.stamp), at: time(of: version.stamp),
        why: version.why.isEmpty ? StudyReport.notReported : version.why,
        codes: version.codes.isEmpty ? project.codebook.codes.count : version.codes.count,
        changes: (changes[version.number] ?? []).map { change in
          "\(change.before.map { "‘\($0.name)’" } ?? title(change.code)) \(change.words(title))"
        })
    }
  }
}
