/// A piece of evidence with the beginning of its words.
struct EvidenceView {
  let mark: String
  let kind: String
  let word: String
  let target: String
  let chips: [ChipView]
  let isNobodys: Bool
  let nature: String
  let quotes: [SnippetView]
  let ground: String
  let hasGround: Bool
  let comment: String
  let hasComment: Bool

  init(_ entry: StudyReport.EvidenceEntry, _ context: PageContext) {
    let stance = Stance(entry.stance)
    mark = stance.mark
    kind = stance.kind
    word = stance.word
    target = entry.targetWords
    chips = entry.participants.map { context.chip($0) }
    isNobodys = entry.participants.isEmpty && entry.ground == "passage"
    nature = "\(entry.basis), \(entry.voice == "own" ? "own reasoning" : "another’s reasoning")"
    quotes = entry.quotes.compactMap { context.index.quote($0) }.map { SnippetView($0) }
    ground =
      entry.judgement.map { "Recorded judgement: \($0)" }
      ?? entry.document.map { "Document: \($0)" }
      ?? entry.cell.map { "Cell: \(context.index.title($0))" } ?? ""
    hasGround = !ground.isEmpty
    comment = entry.comment
    hasComment = !comment.isEmpty
  }
}

/// The beginning of a quote; the whole of it is where its number leads.
struct SnippetView {
  let number: Int
  let text: String

  init(_ quote: StudyReport.Quote, length: Int = 130) {
    number = quote.number
    text = quote.words.onOneLine.cut(to: length)
  }
}
