/// How far the cells say what is there now.
struct ChartingView {
  let words: String
  let hasWords: Bool
  let stale: [StaleView]
  let hasStale: Bool
  let uncharted: [UnchartedView]
  let hasUncharted: Bool
  let unchartedWords: String

  init(_ context: PageContext) {
    let charting = context.report.charting
    words = charting.words
    hasWords = !words.isEmpty
    stale = charting.stale.map { StaleView($0, context) }
    hasStale = !stale.isEmpty
    uncharted = charting.uncharted.map { entry in
      UnchartedView(
        cell: context.link(
          to: StudyReport.CellName(participant: entry.participant, code: entry.code)),
        quotes: entry.quotes.map { QuoteLink(number: $0) })
    }
    hasUncharted = !uncharted.isEmpty
    unchartedWords = "\(Words.count(uncharted.count, "cell")) coded and not charted"
  }
}

/// A summary under which something changed.
struct StaleView {
  let cell: CellLink
  let author: String
  let words: String
  /// Whether several things changed, which the words sum up.
  let isSummed: Bool
  let differences: [DifferenceView]

  init(_ entry: StudyReport.StaleEntry, _ context: PageContext) {
    cell = context.link(
      to: StudyReport.CellName(participant: entry.participant, code: entry.code))
    author =
      (entry.author.isEmpty ? "nobody is recorded" : entry.author)
      + (entry.isAlternative ? " (beside it)" : "")
    words = entry.words
    isSummed = entry.differences.count > 1
    differences = entry.differences.map {
      DifferenceView(words: $0.words, hasQuote: $0.quote != nil, number: $0.quote ?? 0)
    }
  }
}

/// A cell with codings and no summary.
struct UnchartedView {
  let cell: CellLink
  let quotes: [QuoteLink]
}

/// A change under a summary.
struct DifferenceView {
  let words: String
  let hasQuote: Bool
  let number: Int
}

/// A cell of a matrix by its name.
struct CellLink {
  let number: Int
  let name: String
  let anchor: String
  let isShown: Bool
}
