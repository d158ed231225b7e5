internal import FoundationEssentials
internal import QDACore

extension StudyReport {
  /// The report as `index.html`: one page that needs nothing beside itself.
  ///
  /// It asks nothing of a network, can be read without its script, and names what colour says.
  public func html() throws(ReportError) -> ReportFile {
    ReportFile(path: "index.html", text: try HTMLTemplates.render(PageView(self)) + "\n")
  }

  /// All files of the report: the page, the Markdown, the JSON, the tables and the diagrams.
  public func files() throws(ReportError) -> [ReportFile] {
    [try html(), markdown(), try json()] + csv() + diagramFiles()
  }
}

/// What the page shows, in the words and order in which it shows it.
///
/// Views are plain values without optionals: a template looks for a missing value in what surrounds
/// it, and would find somebody else's.
struct PageView {
  let title: String
  let style: String
  let script: String
  let scriptDigest: String
  let questions: [String]
  let caution: String
  let figures: [FigureView]
  let coders: String
  let cast: CastView
  let register: RegisterView
  let indexing: IndexingView
  let charts: ChartsView
  let mapping: MappingView
  let cards: [CardView]
  let matrix: MatrixView
  let incidence: IncidenceView
  let patterns: PatternsView
  let links: LinksView
  let theory: TheoryView
  let methods: MethodsView
  let codebook: CodebookView
  let diagnostics: DiagnosticsView
  let quotes: QuotesView

  init(_ report: StudyReport) {
    let context = PageContext(report)
    title = report.study.title.isEmpty ? "Untitled study" : report.study.title
    style = HTMLTemplates.style
    script = HTMLTemplates.script
    scriptDigest = Data(Digest(of: script).bytes).base64EncodedString()
    questions = report.study.questions
    caution = report.caution
    let counts = report.study.counts
    figures = [
      FigureView(counts.participants, report.study.unit),
      FigureView(counts.sources, "document"), FigureView(counts.quotes, "quote"),
      FigureView(counts.codings, "coding"), FigureView(counts.summarised, "summarised cell"),
      FigureView(counts.configurations, "configuration"),
      FigureView(counts.evidence, "ground", "grounds for and against"),
    ].filter { $0.value > 0 }
    coders = Words.list(report.study.coders.map(\.name))
    cast = CastView(context)
    register = RegisterView(context)
    indexing = IndexingView(context)
    charts = ChartsView(context)
    mapping = MappingView(context)
    cards = report.configurations.map { CardView($0, context) }
    matrix = MatrixView(context)
    incidence = IncidenceView(context)
    patterns = PatternsView(context)
    links = LinksView(context)
    theory = TheoryView(context)
    methods = MethodsView(context)
    codebook = CodebookView(context)
    diagnostics = DiagnosticsView(report.diagnostics)
    quotes = QuotesView(context)
  }
}

/// A number with what it counts.
struct FigureView {
  let value: Int
  let label: String

  init(_ value: Int, _ noun: String, _ plural: String? = nil) {
    self.value = value
    label = value == 1 ? noun : plural ?? Words.plural(noun, of: value)
  }
}
