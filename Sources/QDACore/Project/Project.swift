/// Everything of one study, as a value.
///
/// Equality ignores the order of rows and the store that holds the texts: a source's
/// ``Rendition/text`` digest already says which text it has.
public struct Project: Sendable {
  /// The study's id.
  public let id: ID<Project>
  /// The study's title.
  public var title: String
  /// What the study asks.
  public var questions: [String]
  /// What is said of the study as a whole.
  public var description = ""
  /// Who began the project and when.
  public var created = Stamp()
  /// Who changed it last and when.
  public var modified = Stamp()
  /// The program that the project was read from, if it was another.
  public var origin: ProjectOrigin?
  /// What makes a summary doubtful, where the study has rules of its own.
  public var charting: ChartingRules?
  /// Who codes.
  public var coders: Table<Coder> = []
  /// The attributes of cases and sources.
  public var attributes: Table<Attribute> = []
  /// The attribute whose terms are the role categories of participants, if the study has one.
  public var roleAttribute: ID<Attribute>?
  /// The documents.
  public var sources: Table<Source> = []
  /// The participants, sites and groups, in the order in which every chart shows them.
  public var cases: Table<Case> = []
  /// The thematic framework.
  public var codebook = Codebook()
  /// Passages and codings, in blocks by source.
  public var codings = CodingStore()
  /// Memos, annotations and journal entries.
  public var notes: Table<Note> = []
  /// Who has read which source for what.
  public var readings: Table<ReadingRecord> = []
  /// The rules that propose codings.
  public var rules: Table<IndexingRule> = []
  /// What cells say, step by step more abstract.
  public var categories: Table<Category> = []
  /// Types of cases.
  public var typologies: Table<Typology> = []
  /// Why things are as they are.
  public var explanations: Table<Explanation> = []
  /// The cells of the framework matrix.
  public var cells: [Cell.Key: Cell] = [:]
  /// The slot schemas that configurations may use.
  public var schemas: [SlotSchema] = [.cmo]
  /// What fills the slots.
  public var elements: Table<Element> = []
  /// The configurations.
  public var configurations: Table<Configuration> = []
  /// The realist matrix that a report prints, where the study was read from one.
  public var realistMatrix: Table<MatrixEntry> = []
  /// The grounds for and against.
  public var evidence: Table<Evidence> = []
  /// The relations between configurations.
  public var links: Table<Link> = []
  /// The versions of the programme theory, the oldest first.
  public var theory: Table<TheoryVersion> = []
  /// Named collections of objects.
  public var sets: Table<ObjectSet> = []
  /// Named relations between objects of any kind.
  public var objectLinks: Table<ObjectLink> = []
  /// Diagrams.
  public var graphs: Table<Graph> = []
  /// Where the texts of the sources come from.
  public var texts: any TextStore = MemoryTexts()
  /// The files that came with the project and are kept to be written back.
  public var files: any FileStore = MemoryFiles()
  /// How the file that the project came from spells GUIDs.
  public var idStyle = IDStyle()

  /// Creates an empty study.
  public init(id: ID<Project>, title: String, questions: [String] = []) {
    self.id = id
    self.title = title
    self.questions = questions
  }
}

/// What a project file says of the program that wrote it.
public struct ProjectOrigin: Hashable, Sendable, Codable {
  /// The program with its version, as it names itself.
  public var program: String
  /// The folder that relative paths of external files start from.
  public var basePath: String?

  /// Creates an origin.
  public init(program: String, basePath: String? = nil) {
    self.program = program
    self.basePath = basePath
  }
}
