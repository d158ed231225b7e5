/// How far the study was read and coded.
struct IndexingView {
  let isEmpty: Bool
  let words: String
  let documents: [DocumentUseView]
  let lists: [CodeListView]
  let toReread: [RereadView]
  let hasToReread: Bool
  let notes: [FamiliarView]
  let hasNotes: Bool
  let withoutNote: [ChipView]
  let hasWithoutNote: Bool

  init(_ context: PageContext) {
    let indexing = context.report.indexing
    isEmpty = indexing.isEmpty
    words = indexing.words
    documents = indexing.documents.map { DocumentUseView($0, context) }
    lists = indexing.codeLists(context.index)
    toReread = indexing.toReread.map { entry in
      RereadView(
        code: context.index.title(entry.code), since: entry.since,
        sources: Words.list(entry.sources.map { context.index.document($0) }))
    }
    hasToReread = !toReread.isEmpty
    notes = indexing.familiarisation.map { entry in
      FamiliarView(
        chip: context.chip(entry.participant, quotes: entry.quotes, about: "first reading"),
        titles: Words.list(entry.notes))
    }
    hasNotes = !notes.isEmpty
    withoutNote = indexing.withoutNote.map { context.chip($0) }
    hasWithoutNote = hasNotes && !withoutNote.isEmpty
  }
}

/// How much of a document is coded, and who has read it.
struct DocumentUseView {
  let name: String
  let words: Int
  let unindexed: Int
  let percent: Int
  let untouched: Int
  let readings: [String]
  let isOutdated: Bool

  init(_ use: StudyReport.DocumentUse, _ context: PageContext) {
    name = context.index.document(use.source)
    words = use.words
    unindexed = use.unindexed
    percent = use.words == 0 ? 0 : (use.words - use.unindexed) * 100 / use.words
    untouched = use.untouched
    readings = use.readings.map(\.words)
    isOutdated = use.isOutdated
  }
}

/// Codes that have something in common.
struct CodeListView {
  let heading: String
  let codes: [String]
}

/// A code for which documents are to be read again.
struct RereadView {
  let code: String
  let since: Int
  let sources: String
}

/// What was noted on first reading a participant.
struct FamiliarView {
  let chip: ChipView
  let titles: String
}

extension StudyReport.Indexing {
  /// The codes that a careful colleague would ask about, in words.
  func codeLists(_ index: ReportIndex) -> [CodeListView] {
    [
      CodeListView(heading: "Codes that nothing has", codes: orphans.map { index.title($0) }),
      CodeListView(heading: "Codes without a definition", codes: undefined.map { index.title($0) }),
      CodeListView(
        heading: "More than the limit in Other",
        codes: others.filter(\.isAboveLimit).map {
          "\(index.title($0.other)): \($0.codings) of \($0.of) codings of \(index.title($0.theme))"
        }),
    ].filter { !$0.codes.isEmpty }
  }
}

extension StudyReport.ReadingEntry {
  /// The reading in words: "indexing under version 2 by MR, 2025-08-11".
  var words: String {
    let how =
      purpose + (version.map { " under version \($0)" } ?? "") + (by.isEmpty ? "" : " by \(by)")
    return at.isEmpty ? how : "\(how), \(at)"
  }
}
