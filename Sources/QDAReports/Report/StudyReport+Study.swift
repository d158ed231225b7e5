internal import QDACore

extension StudyReport {
  /// What a study is and how large it is.
  public struct Study: Hashable, Sendable, Codable {
    /// The title.
    public var title: String
    /// What it asks.
    public var questions: [String]
    /// What a row of its matrices is: `participant`, `site`, or `case` where they differ.
    public var unit: String
    /// Who coded.
    public var coders: [Coder]
    /// How much of everything it has.
    public var counts: Counts
  }

  /// Somebody who codes.
  public struct Coder: Hashable, Sendable, Codable {
    /// The key.
    public var id: String
    /// The name.
    public var name: String
    /// `person` or `machine`.
    public var kind: String
  }

  /// How much of everything a study has.
  public struct Counts: Hashable, Sendable, Codable {
    /// Participants, or whatever the rows are.
    public var participants: Int
    /// Documents.
    public var sources: Int
    /// Codes.
    public var codes: Int
    /// Passages that the report shows.
    public var quotes: Int
    /// Codings that count.
    public var codings: Int
    /// Cells with a summary.
    public var summarised: Int
    /// Configurations.
    public var configurations: Int
    /// Pieces of evidence.
    public var evidence: Int
  }

  /// A document of the study.
  public struct Document: Hashable, Sendable, Codable {
    /// The key.
    public var id: String
    /// The name.
    public var name: String
    /// What sort of document it is.
    public var kind: String
    /// The SHA-256 digest of its text, where it is known.
    public var text: String?
  }
}

extension Collector {
  func study() -> StudyReport.Study {
    StudyReport.Study(
      title: project.title, questions: project.questions, unit: unit,
      coders: project.coders.map {
        StudyReport.Coder(
          id: labels[.coder($0.id)], name: $0.name.isEmpty ? $0.initials : $0.name,
          kind: $0.kind.rawValue)
      },
      counts: StudyReport.Counts(
        participants: rows.count, sources: project.sources.count,
        codes: project.codebook.codes.count, quotes: passages.count,
        codings: project.leavingOutInterviewers().codings.all.count { $0.status == .accepted },
        summarised: project.cells.values.count { $0.state == .summarised },
        configurations: project.configurations.count, evidence: project.evidence.count))
  }

  func documents() -> [StudyReport.Document] {
    project.sources.map {
      StudyReport.Document(
        id: labels[.source($0.id)], name: $0.name, kind: $0.kind.rawValue,
        text: $0.rendition.text?.description)
    }
  }
}
