internal import QDACore

extension StudyReport {
  /// How far the study was read and coded.
  public struct Indexing: Hashable, Sendable, Codable {
    /// What there is, in a sentence; empty where no text can be had.
    public var words: String
    /// The framework's last version; missing where none is kept.
    public var version: Int?
    /// Each document whose text can be had.
    public var documents: [DocumentUse]
    /// The codes that are for passages and that nothing has, by key.
    public var orphans: [String]
    /// The codes without a definition, by key.
    public var undefined: [String]
    /// The "Other" of each theme that has one.
    public var others: [OtherUse]
    /// The codes that came in later, with the documents that were not read for them since.
    public var toReread: [RereadEntry]
    /// Who has a familiarisation note.
    public var familiarisation: [FamiliarisationEntry]
    /// The participants without one, by key.
    public var withoutNote: [String]

    /// Whether there is nothing to say.
    public var isEmpty: Bool { documents.isEmpty && orphans.isEmpty && undefined.isEmpty }
  }

  /// How much of a document is coded, and who has read it.
  public struct DocumentUse: Hashable, Sendable, Codable {
    /// The document's key.
    public var source: String
    /// The words of participants in it.
    public var words: Int
    /// Those of them without a code.
    public var unindexed: Int
    /// The contributions of participants that no coding touches.
    public var untouched: Int
    /// The version of the framework under which it was last indexed; missing where that is not recorded.
    public var version: Int?
    /// Whether the framework has changed since.
    public var isOutdated: Bool
    /// The proposals that nobody has decided.
    public var proposals: Int
    /// Who has read it for what, as recorded.
    public var readings: [ReadingEntry]
  }

  /// That somebody has read a document for something.
  public struct ReadingEntry: Hashable, Sendable, Codable {
    /// `familiarisation`, `indexing`, `charting` or `checking`.
    public var purpose: String
    /// Who; empty where nobody is recorded.
    public var by: String
    /// When, as recorded; empty where no time was.
    public var at: String
    /// The framework's version then; missing before there was one.
    public var version: Int?
  }

  /// How much of a theme goes into its rest.
  public struct OtherUse: Hashable, Sendable, Codable {
    /// The theme's key.
    public var theme: String
    /// The key of its "Other".
    public var other: String
    /// The codings in it.
    public var codings: Int
    /// Of how many in the theme.
    public var of: Int
    /// Whether that is more than 15 percent.
    public var isAboveLimit: Bool
  }

  /// A code for which documents are to be read again.
  public struct RereadEntry: Hashable, Sendable, Codable {
    /// The code's key.
    public var code: String
    /// The version that brought it in.
    public var since: Int
    /// The documents, by key.
    public var sources: [String]
  }

  /// What was noted on first reading a participant.
  public struct FamiliarisationEntry: Hashable, Sendable, Codable {
    /// The participant's key.
    public var participant: String
    /// The titles of the notes.
    public var notes: [String]
    /// The quotes that they open on, by number.
    public var quotes: [Int]
  }
}

extension Collector {
  func indexing() -> StudyReport.Indexing {
    let coverage = IndexingCoverage(of: project)
    let readings = Dictionary(grouping: project.readings, by: \.source)
    let known = Dictionary(
      project.familiarisation.map { ($0.case, $0.notes) }, uniquingKeysWith: { first, _ in first })
    func keys(_ codes: [IndexingCoverage.CodeUse]) -> [String] {
      codes.map { labels[.code($0.code)] }
    }
    return StudyReport.Indexing(
      words: words(of: coverage), version: coverage.version,
      documents: coverage.sources.map { use in
        StudyReport.DocumentUse(
          source: labels[.source(use.source)], words: use.words, unindexed: use.unindexed,
          untouched: use.untouched.count, version: use.version, isOutdated: use.isOutdated,
          proposals: use.proposals,
          readings: (readings[use.source] ?? []).map { record in
            StudyReport.ReadingEntry(
              purpose: record.purpose.rawValue, by: name(of: record.stamp),
              at: time(of: record.stamp), version: record.version)
          })
      },
      orphans: keys(coverage.codes.filter(\.isOrphan)),
      undefined: keys(coverage.codes.filter(\.isUndefined)),
      others: coverage.others.map {
        StudyReport.OtherUse(
          theme: labels[.code($0.theme)], other: labels[.code($0.other)], codings: $0.codings,
          of: $0.of, isAboveLimit: $0.isAboveLimit)
      },
      toReread: coverage.codes.compactMap { use in
        guard let since = use.since, let sources = use.toReread, !sources.isEmpty else {
          return nil
        }
        return StudyReport.RereadEntry(
          code: labels[.code(use.code)], since: since, sources: sources.map { labels[.source($0)] })
      },
      familiarisation: rows.compactMap { one in
        known[one.id].map { notes in
          StudyReport.FamiliarisationEntry(
            participant: labels[.case(one.id)], notes: notes.map(\.title),
            quotes: numbers(of: notes.flatMap { project.passages(of: $0) }))
        }
      },
      withoutNote: names(rows.map(\.id).filter { known[$0] == nil }))
  }

  private func words(of coverage: IndexingCoverage) -> String {
    if coverage.sources.isEmpty { return "" }
    let all = coverage.sources.reduce(0) { $0 + $1.words }
    let unindexed = coverage.sources.reduce(0) { $0 + $1.unindexed }
    var parts = [
      "\(unindexed) of the \(Words.count(all, "word")) of participants have no code"
        + (all == 0 ? "" : " (\(unindexed * 100 / all) %)")
    ]
    if let version = coverage.version {
      let current = coverage.sources.count { $0.version == version }
      parts.append(
        "\(current) of \(Words.count(coverage.sources.count, "document")) were indexed under version "
          + "\(version) of the framework, which is the last")
    }
    let proposals = coverage.sources.reduce(0) { $0 + $1.proposals }
    if proposals > 0 { parts.append("\(Words.count(proposals, "proposal")) are undecided") }
    return Words.sentence(parts.joined(separator: "; ")) + "."
  }
}
