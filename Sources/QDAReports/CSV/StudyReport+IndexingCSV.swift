extension StudyReport {
  func indexingTables(_ index: ReportIndex) -> [ReportFile] {
    var documents = CSVTable([
      "source", "words", "unindexed_words", "untouched_contributions", "indexed_under_version",
      "outdated", "proposals", "readings",
    ])
    for use in indexing.documents {
      documents.rows.append([
        index.document(use.source), "\(use.words)", "\(use.unindexed)", "\(use.untouched)",
        use.version.map(String.init) ?? "not recorded", use.isOutdated ? "yes" : "no",
        "\(use.proposals)", use.readings.map(\.words).joined(separator: "\n"),
      ])
    }
    var codes = CSVTable(["code", "finding", "sources"])
    for list in [("nothing has it", indexing.orphans), ("no definition", indexing.undefined)] {
      for code in list.1 { codes.rows.append([index.title(code), list.0, ""]) }
    }
    for other in indexing.others where other.isAboveLimit {
      codes.rows.append([
        index.title(other.other),
        "\(other.codings) of \(other.of) codings of \(index.title(other.theme))", "",
      ])
    }
    for entry in indexing.toReread {
      codes.rows.append([
        index.title(entry.code), "added in version \(entry.since), to be read for again",
        entry.sources.map { index.document($0) }.joinedField,
      ])
    }
    var notes = CSVTable(["participant", "notes"] + QuoteColumns.head)
    for entry in indexing.familiarisation {
      notes.rows.append(
        [index.name(entry.participant), entry.notes.joinedField]
          + QuoteColumns.fields(entry.quotes, in: index))
    }
    return [
      documents.file("indexing.csv"), codes.file("code-findings.csv"),
      notes.file("familiarisation.csv"),
    ]
  }
}
