extension StudyReport {
  func writeIndexing(to text: inout MarkdownText, _ index: ReportIndex) {
    if indexing.isEmpty { return }
    text.heading(2, "What was read and coded")
    text.block(indexing.words.markdown)
    text.table(
      [
        "Document", "Participants’ words", "Without a code", "Contributions without any",
        "Read for",
      ],
      indexing.documents.map { use in
        let readings = use.readings.map(\.words.markdown)
        return [
          index.document(use.source).markdown, "\(use.words)", "\(use.unindexed)",
          "\(use.untouched)",
          ((readings.isEmpty ? ["not recorded"] : readings)
            + (use.isOutdated ? ["*the framework has changed since*"] : []))
            .joined(separator: "<br>"),
        ]
      })
    for list in indexing.codeLists(index) {
      text.block("\(list.heading):")
      text.list(list.codes.map(\.markdown))
    }
    if !indexing.toReread.isEmpty {
      text.block("Added later, to be read for again:")
      text.list(
        indexing.toReread.map { entry in
          "\(index.title(entry.code).markdown), added in version \(entry.since): "
            + Words.list(entry.sources.map { index.document($0) }).markdown
        })
    }
    if !indexing.familiarisation.isEmpty {
      text.block("First readings:")
      text.list(
        indexing.familiarisation.map { entry in
          "**\(index.name(entry.participant).markdown)** \(Words.list(entry.notes).markdown) "
            + index.links(to: entry.quotes)
        })
      if !indexing.withoutNote.isEmpty {
        text.block(
          "Without a familiarisation note: "
            + "\(indexing.withoutNote.map { index.name($0) }.joined(separator: ", ").markdown).")
      }
    }
  }
}
