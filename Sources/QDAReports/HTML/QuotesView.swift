/// All quotes, by document: the one place where the page holds their words.
struct QuotesView {
  let isEmpty: Bool
  let documents: [DocumentView]

  init(_ context: PageContext) {
    let quotes = context.report.quotes
    isEmpty = quotes.isEmpty
    var order: [String] = []
    var bySource: [String: [StudyReport.Quote]] = [:]
    for quote in quotes {
      if bySource[quote.source] == nil { order.append(quote.source) }
      bySource[quote.source, default: []].append(quote)
    }
    documents = order.map { source in
      let own = bySource[source] ?? []
      return DocumentView(
        name: own.first?.sourceName ?? source, count: Words.count(own.count, "quote"),
        quotes: own.map { QuoteView($0, context) })
    }
  }
}

/// The quotes of one document.
struct DocumentView {
  let name: String
  let count: String
  let quotes: [QuoteView]
}

/// A quote within its turn.
struct QuoteView {
  let number: Int
  let place: String
  let chips: [ChipView]
  let isNobodys: Bool
  let noRole: Bool
  let speaker: String
  let hasSpeaker: Bool
  let before: String
  let text: String
  let after: String
  let hasText: Bool
  let problem: String
  let isUnverified: Bool
  let codes: [UseView]
  let uses: [UsageView]
  let hasUses: Bool

  init(_ quote: StudyReport.Quote, _ context: PageContext) {
    number = quote.number
    place = quote.place
    chips = quote.participants.map { context.chip($0) }
    isNobodys = chips.isEmpty
    noRole = context.report.hasRoles && !chips.isEmpty && chips.allSatisfy { $0.marks.isEmpty }
    speaker = quote.speaker
    hasSpeaker = !quote.speaker.isEmpty
    before = quote.before
    text = quote.text
    after = quote.after
    hasText = !quote.text.isEmpty
    problem = quote.problem ?? "No words are quoted."
    isUnverified = !quote.isVerified && quote.start != nil
    codes = quote.codes.map { UseView($0) }
    uses = quote.evidence.compactMap { context.index.evidence($0) }.map { UsageView($0, context) }
    hasUses = !uses.isEmpty
  }
}

/// A code that a quote was given.
struct UseView {
  let title: String
  let by: String
  let comment: String
  let hasComment: Bool
  let isProposed: Bool

  init(_ use: StudyReport.Use) {
    title = use.title
    by = [use.coder, use.weight.map { "weight \($0)" } ?? ""].filter { !$0.isEmpty }
      .joined(separator: ", ")
    comment = use.comment
    hasComment = !use.comment.isEmpty
    isProposed = use.status == "proposed"
  }
}

/// What a quote is evidence for.
struct UsageView {
  let mark: String
  let kind: String
  let word: String
  let hasConfiguration: Bool
  let configuration: ReferenceView
  let target: String

  init(_ entry: StudyReport.EvidenceEntry, _ context: PageContext) {
    let stance = Stance(entry.stance)
    mark = stance.mark
    kind = stance.kind
    word = stance.word
    hasConfiguration = entry.configuration != nil
    configuration = ReferenceView(entry.configuration ?? "", context)
    target = entry.targetWords
  }
}
