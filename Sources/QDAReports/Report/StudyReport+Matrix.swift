internal import QDACore

extension StudyReport {
  /// The realist matrix: what works and what does not, in columns.
  public struct MatrixTable: Hashable, Sendable, Codable {
    /// The heads of the columns.
    public var columns: [String]
    /// What both share, then what works, what does not, and what is mixed.
    public var blocks: [MatrixBlock]
  }

  /// A block of the realist matrix.
  public struct MatrixBlock: Hashable, Sendable, Codable {
    /// `favourable`, `unfavourable`, `mixed` or `shared`.
    public var valence: String
    /// The bullets, one list for each column.
    public var columns: [[Bullet]]
  }

  /// An element in the realist matrix.
  public struct Bullet: Hashable, Sendable, Codable {
    /// The element's key.
    public var element: String
    /// The statement.
    public var text: String
    /// Whose context, reasoning or outcome it is.
    public var actor: String?
    /// The layer at which a context acts.
    public var layer: String?
    /// The configurations that have it in such a slot.
    public var configurations: [String]
    /// Who speaks for and against it there.
    public var standing: Standing
  }

  /// What a participant says of a configuration.
  public struct IncidenceEntry: Hashable, Sendable, Codable {
    /// The participant's key.
    public var participant: String
    /// The configuration's key.
    public var configuration: String
    /// What the participant does: `supports`, `contradicts`, `rival`, `weak`.
    public var stances: [String]
    /// The evidence, by key.
    public var evidence: [String]
  }
}

extension Collector {
  func matrix() -> StudyReport.MatrixTable {
    let matrix = project.matrix
    return StudyReport.MatrixTable(
      columns: matrix.columns.map(\.title),
      blocks: matrix.blocks.map { block in
        StudyReport.MatrixBlock(
          valence: block.valence?.rawValue ?? "shared",
          columns: block.bullets.map { bullets in
            bullets.map {
              StudyReport.Bullet(
                element: labels[.element($0.element.id)], text: $0.element.text,
                actor: $0.element.actor, layer: $0.element.layer?.rawValue,
                configurations: $0.configurations.map { labels[.configuration($0)] },
                standing: standing($0.support))
            }
          })
      })
  }

  func incidence(_ incidence: Incidence) -> [StudyReport.IncidenceEntry] {
    incidence.rows.flatMap { row in
      incidence.columns.compactMap { column -> StudyReport.IncidenceEntry? in
        let entry = incidence[row.id, column.id]
        let found: [(Evidence.Stance, [ID<Evidence>])] = [
          (.supports, entry.supporting), (.contradicts, entry.contradicting),
          (.rival, entry.rival), (.weak, entry.weak),
        ]
        let said = found.filter { !$0.1.isEmpty }
        guard !said.isEmpty else { return nil }
        return StudyReport.IncidenceEntry(
          participant: labels[.case(row.id)], configuration: labels[.configuration(column.id)],
          stances: said.map(\.0.rawValue),
          evidence: said.flatMap(\.1).map { labels[.evidence($0)] })
      }
    }
  }
}
