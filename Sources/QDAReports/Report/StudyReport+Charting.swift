internal import QDACore

extension StudyReport {
  /// How far the cells of the study say what is there now.
  public struct Charting: Hashable, Sendable, Codable {
    /// What there is, in a sentence; empty where nothing is charted.
    public var words: String
    /// The summaries under which something changed since they were written.
    public var stale: [StaleEntry]
    /// The cells under which something is coded and that nobody has charted.
    public var uncharted: [UnchartedEntry]
    /// How many cells do not say on what they were written, so that nobody can tell what changed.
    public var unrecorded: Int
  }

  /// A cell under which something is coded and that nobody has charted.
  public struct UnchartedEntry: Hashable, Sendable, Codable {
    /// The participant's key.
    public var participant: String
    /// The code's key.
    public var code: String
    /// The quotes that are coded, by number.
    public var quotes: [Int]
  }

  /// A summary under which something changed.
  public struct StaleEntry: Hashable, Sendable, Codable {
    /// The participant's key.
    public var participant: String
    /// The code's key.
    public var code: String
    /// Whose summary it is; empty where nobody is recorded.
    public var author: String
    /// Whether it stands beside the cell's own summary.
    public var isAlternative: Bool
    /// What changed, in words.
    public var words: String
    /// What changed, one by one.
    public var differences: [DifferenceEntry]
  }

  /// A change under a summary.
  public struct DifferenceEntry: Hashable, Sendable, Codable {
    /// `added`, `removed`, `reworded`, `code-redefined` or `moved-from`.
    public var kind: String
    /// What it is about, in words.
    public var words: String
    /// The quote of the coding, by number, where it is still there.
    public var quote: Int?
  }
}

extension Collector {
  func charting() -> StudyReport.Charting {
    if project.cells.isEmpty {
      return StudyReport.Charting(words: "", stale: [], uncharted: [], unrecorded: 0)
    }
    let matrix = CodingMatrix(project, by: attribution)
    let state = ChartingState(of: project, matrix: matrix)
    let charted = project.cells.values.count { $0.state != .notCharted }
    let order = cellOrder
    let stale = state.stale.sorted { order($0.key, $1.key) }.map { entry($0) }
    let recorded = charted - state.unrecorded.count
    let own = stale.count { !$0.isAlternative }
    var parts: [String] = []
    if recorded > 0 {
      parts.append(
        "Under \(own) of \(recorded) charted cells something changed since they were written")
    }
    if own < stale.count {
      parts.append(
        "\(Words.count(stale.count - own, "summary")) beside them "
          + (stale.count - own == 1 ? "was" : "were") + " written for what was there before")
    }
    if !state.uncharted.isEmpty {
      parts.append("\(Words.count(state.uncharted.count, "cell")) have codings and no summary")
    }
    if !state.unrecorded.isEmpty {
      parts.append(
        "\(Words.count(state.unrecorded.count, "cell")) do not say on what they were written")
    }
    return StudyReport.Charting(
      words: Words.sentence(parts.joined(separator: "; ")) + ".", stale: stale,
      uncharted: state.uncharted.sorted(by: order).map { key in
        StudyReport.UnchartedEntry(
          participant: labels[.case(key.row)], code: labels[.code(key.column)],
          quotes: numbers(of: matrix.codings(of: key.row, key.column).map(\.passage)))
      }, unrecorded: state.unrecorded.count)
  }

  /// Orders cells by the study's cases, then by the framework.
  private var cellOrder: (Cell.Key, Cell.Key) -> Bool {
    func places<Value: Hashable>(_ ids: [Value]) -> [Value: Int] {
      Dictionary(ids.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }
    let cases = places(project.cases.ids)
    let codes = places(project.codebook.inReadingOrder.map(\.id))
    return { left, right in
      left.row == right.row
        ? (codes[left.column] ?? .max) < (codes[right.column] ?? .max)
        : (cases[left.row] ?? .max) < (cases[right.row] ?? .max)
    }
  }

  private func entry(_ stale: StaleCell) -> StudyReport.StaleEntry {
    let cell = project.cells[stale.key]
    let author = stale.alternative.map { cell?.alternatives[$0].author } ?? cell?.author
    return StudyReport.StaleEntry(
      participant: labels[.case(stale.key.row)], code: labels[.code(stale.key.column)],
      author: author.map { name(of: $0) } ?? "", isAlternative: stale.alternative != nil,
      words: stale.words(in: project), differences: stale.differences.map { entry($0) })
  }

  private func entry(_ difference: Cell.Difference) -> StudyReport.DifferenceEntry {
    func about(_ kind: String, _ words: String, _ id: ID<Coding>) -> StudyReport.DifferenceEntry {
      let passage = project.codings[id]?.passage
      let quote = passage.flatMap { numbers[$0] }
      let key = passage.map { labels[.passage($0)] } ?? ""
      return StudyReport.DifferenceEntry(
        kind: kind, words: key.isEmpty || Labels.isGUID(key) ? words : "\(words): \(key)",
        quote: quote)
    }
    return switch difference {
    case .added(let id): about("added", "coding added", id)
    case .removed(let id): about("removed", "coding removed", id)
    case .reworded(let id): about("reworded", "coding with other words", id)
    case .codeRedefined:
      StudyReport.DifferenceEntry(kind: "code-redefined", words: "the code defined anew")
    case .movedFrom(let code):
      StudyReport.DifferenceEntry(
        kind: "moved-from", words: "written for \(formerTitle(of: code))")
    }
  }

  /// The title of a code that may be gone from the codebook.
  private func formerTitle(of id: ID<Code>) -> String {
    if project.codebook.codes[id] != nil { return labels.title(of: id) }
    return project.codebook.name(of: id).map { "‘\($0)’" } ?? "another code"
  }
}
