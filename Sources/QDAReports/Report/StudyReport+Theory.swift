internal import QDACore

extension StudyReport {
  /// The programme theory, from before the interviews to the end.
  public struct Theory: Hashable, Sendable, Codable {
    /// `reported`, or `not reported` where the study has no initial version.
    public var initial: String
    /// `reported`, or `not reported` where the study has no refined version.
    public var refined: String
    /// The versions, the oldest first.
    public var versions: [TheoryEntry]
  }

  /// A version of the programme theory.
  public struct TheoryEntry: Hashable, Sendable, Codable {
    /// The version's number, from 1.
    public var number: Int
    /// `initial`, `revised` or `refined`.
    public var stage: String
    /// The title.
    public var title: String
    /// Who made it.
    public var author: String
    /// When it was made, as recorded.
    public var at: String
    /// The statements.
    public var statements: [StatementEntry]
  }

  /// A statement of the programme theory.
  public struct StatementEntry: Hashable, Sendable, Codable {
    /// The key.
    public var id: String
    /// What it says.
    public var text: String
    /// `added`, `kept`, `refined` or `dropped`.
    public var move: String
    /// What moved it, or "not reported".
    public var why: String
    /// The statements it comes from, by key.
    public var from: [String]
    /// The configurations that carry it.
    public var configurations: [String]
    /// Who speaks for and against it.
    public var standing: Standing
  }

  /// What stands where a study says nothing.
  static let notReported = "not reported"
}

extension Collector {
  func theory() -> StudyReport.Theory {
    func reported(_ stage: TheoryVersion.Stage) -> String {
      project.theory.contains { $0.stage == stage } ? "reported" : StudyReport.notReported
    }
    return StudyReport.Theory(
      initial: reported(.initial), refined: reported(.refined),
      versions: project.theory.enumerated().map { offset, version in
        StudyReport.TheoryEntry(
          number: offset + 1, stage: version.stage.rawValue, title: version.title,
          author: name(of: version.stamp), at: time(of: version.stamp),
          statements: version.statements.map { statement in
            let needsReason = offset > 0 && statement.move != .kept
            return StudyReport.StatementEntry(
              id: labels[.statement(statement.id)], text: statement.text,
              move: statement.move.rawValue,
              why: statement.why.isEmpty && needsReason ? StudyReport.notReported : statement.why,
              from: statement.from.map { labels[.statement($0)] },
              configurations: statement.configurations.map { labels[.configuration($0)] },
              standing: standing(index.support(for: [.statement(statement.id)])))
          })
      })
  }
}
