extension StudyReport {
  /// The report as tables for spreadsheets and scripts.
  ///
  /// Every row with a claim has the quotes that it rests on beside it: number, document, line,
  /// span, participant and words. Several in one field stand on a line each; several of anything
  /// else are separated by `; `. A field that a spreadsheet would run as a formula begins with an
  /// apostrophe.
  public func csv() -> [ReportFile] {
    let index = ReportIndex(self)
    return [participantTable(), roleTable()] + indexingTables(index) + chartTables(index)
      + mappingTables(index) + [
        registerTable(index), slotTable(index), evidenceTable(index), patternTable(index),
        matrixTable(index),
        incidenceTable(index), linkTable(index), theoryTable(index), changeTable(index),
        checklistTable(), codebookTable(index),
        quoteTable(index), diagnosticTable(),
      ]
  }

  private func participantTable() -> ReportFile {
    let attributes = participants.first?.values.map(\.attribute) ?? []
    var table = CSVTable(
      ["id", "name", "unit", "roles"] + attributes + ["sources", "quote_count"])
    for one in participants {
      table.rows.append(
        [
          one.id, one.name, one.unit,
          one.roles.isEmpty && hasRoles ? "no role" : one.roles.joinedField,
        ]
          + one.values.map(\.value) + [one.sources.joinedField, "\(one.quotes)"])
    }
    return table.file("participants.csv")
  }

  private func roleTable() -> ReportFile {
    var table = CSVTable([
      "kind", "name", "definition", "count", "of", "participants", "quote_count", "of_quotes",
    ])
    func add(_ kind: String, _ shares: [Share]) {
      for share in shares {
        table.rows.append([
          kind, share.name, share.definition, "\(share.count)", "\(share.of)",
          share.participants.joinedField, "\(share.quotes)", "\(share.ofQuotes)",
        ])
      }
    }
    add("role", roles.categories)
    add("combination", roles.groups)
    for tally in tallies { add(tally.attribute, tally.values) }
    return table.file("role-counts.csv")
  }

  private func chartTables(_ index: ReportIndex) -> [ReportFile] {
    var used: Set<String> = []
    return charts.enumerated().map { offset, chart in
      // A number from somebody's file is a file name only where it can be nothing else.
      let isPlain =
        !chart.number.isEmpty && !chart.number.hasPrefix(".")
        && chart.number.unicodeScalars.allSatisfy {
          ("0"..."9").contains($0) || ("a"..."z").contains($0) || $0 == "."
        }
      var name = isPlain ? chart.number : "theme-\(offset + 1)"
      if !used.insert(name).inserted {
        name = "theme-\(offset + 1)"
        used.insert(name)
      }
      return chartTable(chart, path: "charts/\(name).csv", index)
    }
  }

  private func chartTable(_ chart: ChartTable, path: String, _ index: ReportIndex) -> ReportFile {
    var table = CSVTable(
      ["theme", "participant", "roles", "code", "number", "subtheme", "state", "summary"]
        + QuoteColumns.head + [
          "coded_quotes", "coded_words", "author", "checker", "alternatives", "stale",
        ])
    let columns = Dictionary(
      chart.columns.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
    for cell in chart.cells {
      let column = columns[cell.code]
      let coded = QuoteColumns.fields(cell.coded, in: index)
      table.rows.append(
        [
          chart.number.isEmpty ? chart.name : "\(chart.number) \(chart.name)",
          index.name(cell.participant), index.roles(cell.participant), cell.code,
          column?.number ?? "", column?.name ?? "", cell.words, cell.runs.marked,
        ] + QuoteColumns.fields(cell.references, in: index)
          + [
            coded[0], coded[5], cell.author, cell.checker,
            cell.alternatives.map { "\($0.author): \($0.words): \($0.runs.marked)" }
              .joined(separator: "\n"), index.staleness(of: cell),
          ])
    }
    return table.file(path)
  }

  private func codebookTable(_ index: ReportIndex) -> ReportFile {
    var table = CSVTable([
      "code", "number", "name", "above", "definition", "include", "exclude", "example", "origin",
      "codings", "participants", "participant_count", "of", "summarised_cells",
    ])
    for code in codebook.codes {
      table.rows.append([
        code.id, code.number, code.name, code.parent.map { index.title($0) } ?? "",
        code.definition, code.include, code.exclude, code.example, code.origin ?? "not reported",
        "\(code.codings)", code.participants.map { index.name($0) }.joinedField,
        "\(code.participants.count)", "\(code.of)", "\(code.summarised)",
      ])
    }
    return table.file("codebook.csv")
  }

  private func quoteTable(_ index: ReportIndex) -> ReportFile {
    var table = CSVTable([
      "quote", "id", "source", "line", "column", "start", "end", "participants", "roles", "speaker",
      "words", "before", "after", "verified", "codes", "evidence",
    ])
    for quote in quotes {
      table.rows.append([
        "\(quote.number)", quote.id, quote.sourceName, quote.line.map(String.init) ?? quote.place,
        quote.column.map(String.init) ?? "", quote.start.map(String.init) ?? "",
        quote.end.map(String.init) ?? "",
        quote.participants.isEmpty
          ? "nobody" : quote.participants.map { index.name($0) }.joinedField,
        quote.participants.map { index.roles($0) }.joinedField, quote.speaker, quote.words,
        quote.before, quote.after, quote.isVerified ? "yes" : "no",
        quote.codes.map { $0.coder.isEmpty ? $0.title : "\($0.title) (\($0.coder))" }.joinedField,
        quote.evidence.joinedField,
      ])
    }
    return table.file("quotes.csv")
  }

  private func diagnosticTable() -> ReportFile {
    var table = CSVTable([
      "severity", "id", "place", "summary", "raw", "explanation", "notes", "solutions", "count",
    ])
    for finding in diagnostics {
      table.rows.append([
        finding.severity, finding.id, finding.place, finding.summary, finding.raw ?? "",
        finding.explanation ?? "", finding.notes.joined(separator: "\n"),
        finding.solutions.joined(separator: "\n"), "\(finding.count)",
      ])
    }
    return table.file("diagnostics.csv")
  }
}
