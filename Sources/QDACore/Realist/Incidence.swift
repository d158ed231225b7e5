/// Participants by configurations: who speaks for and against what.
public struct Incidence: Hashable, Sendable {
  /// What a case says of a configuration.
  public struct Entry: Hashable, Sendable {
    /// The evidence for it that is in the case's words.
    public var supporting: [ID<Evidence>] = []
    /// The evidence against it.
    public var contradicting: [ID<Evidence>] = []
    /// The evidence for a rival explanation.
    public var rival: [ID<Evidence>] = []
    /// The evidence without weight.
    public var weak: [ID<Evidence>] = []

    /// Whether the case says nothing of the configuration, which is not the same as denying it.
    public var isSilent: Bool {
      supporting.isEmpty && contradicting.isEmpty && rival.isEmpty && weak.isEmpty
    }
  }

  /// The cases, in the study's order.
  public var rows: [Case]
  /// The configurations, in their order.
  public var columns: [Configuration]
  private var entries: [ID<Case>: [ID<Configuration>: Entry]] = [:]

  /// What a case says of a configuration.
  public subscript(row: ID<Case>, column: ID<Configuration>) -> Entry {
    entries[row]?[column] ?? Entry()
  }

  init(_ project: Project) {
    rows = project.rows
    columns = Array(project.configurations)
    let index = EvidenceIndex(project)
    for configuration in columns {
      let targets =
        [Reference.configuration(configuration.id)]
        + configuration.slots.map { .slot($0.id) } + configuration.edges.map { .edge($0.id) }
      for evidence in index.evidence(for: targets) {
        for one in index.cases(of: evidence) {
          entries[one, default: [:]][configuration.id, default: Entry()].add(evidence)
        }
      }
    }
  }
}

extension Incidence.Entry {
  fileprivate mutating func add(_ evidence: Evidence) {
    switch evidence.stance {
    case .supports: supporting.append(evidence.id)
    case .contradicts: contradicting.append(evidence.id)
    case .rival: rival.append(evidence.id)
    case .weak: weak.append(evidence.id)
    }
  }
}

extension Project {
  /// Participants by configurations.
  public var incidence: Incidence { Incidence(self) }
}
