public import QDACore

/// Everything that a report says of a study, collected once and printed by every writer.
///
/// Objects are named by the study's own keys; quotations by their number, which is the same in
/// every format. Lists are in the study's order and nothing depends on a clock or on hashing, so
/// that equal studies give equal reports.
public struct StudyReport: Hashable, Sendable, Codable {
  /// The name and version of the form.
  public var schema: String
  /// What the study is.
  public var study: Study
  /// How to read every number in the report.
  public var caution: String
  /// Who was interviewed.
  public var participants: [Participant]
  /// How many participants have each role.
  public var roles: Roles
  /// How many participants have each value of the other attributes.
  public var tallies: [Tally]
  /// The documents.
  public var sources: [Document]
  /// How far the study was read and coded.
  public var indexing: Indexing
  /// The framework matrices, one for each theme that has something to show.
  public var charts: [ChartTable]
  /// The themes that have nothing to show, and why.
  public var leftOut: [LeftOut]
  /// What changed under the summaries, and what is coded and not charted.
  public var charting: Charting
  /// What mapping and interpretation found.
  public var mapping: Mapping
  /// The slot schemas that configurations use.
  public var schemas: [SlotSchema]
  /// The register of configurations.
  public var configurations: [ConfigurationEntry]
  /// In which cases each configuration holds and in which not, over each unit of more than one.
  public var patterns: [PatternTable]
  /// The realist matrix.
  public var realistMatrix: MatrixTable
  /// Who says something of which configuration; a pair that is not listed says nothing.
  public var incidence: [IncidenceEntry]
  /// The relations between configurations.
  public var links: [LinkEntry]
  /// The loops that the links form.
  public var loops: [LoopEntry]
  /// Whether the links form more loops than are listed.
  public var loopsCutOff: Bool
  /// The programme theory and what moved it.
  public var theory: Theory
  /// What was done to the theory, by whom and why, by time.
  public var changes: [ChangeEntry]
  /// What was done, in a paragraph that states nothing else.
  public var methods: String
  /// The twenty items of RAMESES II, as far as the study can answer them.
  public var checklist: [ChecklistItem]
  /// The thematic framework.
  public var codebook: Framework
  /// All evidence.
  public var evidence: [EvidenceEntry]
  /// Every passage that is coded, referenced or used as evidence.
  public var quotes: [Quote]
  /// What a careful colleague would point out.
  public var diagnostics: [Finding]

  /// The name and version of the encoded form.
  public static let encodedSchema = "qda.report/1"

  /// What every number in the report means.
  public static let caution = """
    Numbers of participants show where to look. They do not measure how common, how strong or how \
    true anything is; a participant who says nothing of a thing does not deny it.
    """

  /// Collects the report of a study.
  ///
  /// - Parameters:
  ///   - project: The study.
  ///   - diagnostics: What was noticed on reading and checking it, printed as given.
  ///   - label: The study's own key of an object. Where there is none, a name that no other object
  ///     of its kind has stands for it, else its GUID.
  public init(
    _ project: Project, diagnostics: [Diagnostic], label: (Reference) -> String? = { _ in nil }
  ) {
    let collector = Collector(project, label: label)
    schema = Self.encodedSchema
    caution = Self.caution
    study = collector.study()
    participants = collector.participants()
    roles = collector.roleCounts()
    tallies = collector.tallies()
    sources = collector.documents()
    indexing = collector.indexing()
    (charts, leftOut) = collector.charts()
    charting = collector.charting()
    mapping = collector.mapping()
    schemas = project.schemas.filter { schema in
      project.configurations.contains { $0.schema == schema.name }
    }
    let incidence = project.incidence
    configurations = collector.configurations(incidence)
    patterns = collector.patterns()
    realistMatrix = collector.matrix()
    self.incidence = collector.incidence(incidence)
    (links, loops, loopsCutOff) = collector.links()
    theory = collector.theory()
    changes = collector.changes()
    methods = ""
    checklist = []
    codebook = collector.framework()
    evidence = collector.evidence()
    quotes = collector.quotes()
    self.diagnostics = diagnostics.map { collector.finding($0) }
    methods = methodsParagraph
    checklist = checklistItems
  }
}
