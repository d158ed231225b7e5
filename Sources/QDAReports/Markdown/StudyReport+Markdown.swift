extension StudyReport {
  /// The report as `report.md`, to be read from top to bottom.
  public func markdown() -> ReportFile {
    ReportFile(
      path: "report.md", text: markdownText(ReportIndex(self)).text.trimmingLastNewline)
  }

  /// The parts of the report in order, from which the Markdown and the manuscript are made.
  func markdownText(_ index: ReportIndex) -> MarkdownText {
    var text = MarkdownText()
    writeOverview(to: &text, index)
    writeParticipants(to: &text)
    writeIndexing(to: &text, index)
    writeCharts(to: &text, index)
    writeCharting(to: &text, index)
    writeMapping(to: &text, index)
    writeRegister(to: &text, index)
    writePatterns(to: &text, index)
    writeMatrix(to: &text, index)
    writeIncidence(to: &text, index)
    writeLinks(to: &text, index)
    writeTheory(to: &text, index)
    writeEvidence(to: &text, index)
    writeMethods(to: &text, index)
    writeCodebook(to: &text, index)
    writeDiagnostics(to: &text)
    writeQuotes(to: &text, index)
    return text
  }

  private func writeOverview(to text: inout MarkdownText, _ index: ReportIndex) {
    text.heading(1, study.title.markdown)
    text.list(study.questions.map(\.markdown))
    let counts = study.counts
    text.block(
      "\(Words.count(counts.participants, study.unit.markdown)), "
        + "\(Words.count(counts.sources, "document")), \(Words.count(counts.quotes, "quote")), "
        + "\(Words.count(counts.codings, "coding")) with \(Words.count(counts.codes, "code")), "
        + "\(Words.count(counts.summarised, "summarised cell")), "
        + "\(Words.count(counts.configurations, "configuration")), "
        + "\(Words.count(counts.evidence, "piece")) of evidence."
        + (study.coders.isEmpty
          ? "" : " Coded by \(Words.list(study.coders.map { $0.name.markdown }))."))
    text.block("*\(caution)*")
    text.heading(2, "What the study says")
    if configurations.isEmpty {
      text.block("No configuration is stated.")
      return
    }
    text.list(
      configurations.map { entry in
        "**\(entry.label.markdown)** \(entry.title.markdown) (\(entry.valence), \(entry.status)). "
          + "\(entry.sentence.markdown) — \(entry.standing.words.markdown)."
      })
    text.list(loops.map { "**\($0.name)** \($0.words.markdown)." })
    if loopsCutOff { text.block("There are more loops than these.") }
  }

  private func writeParticipants(to text: inout MarkdownText) {
    text.heading(2, "Who was interviewed")
    if !roles.categories.isEmpty {
      text.table(
        [
          roles.attribute.isEmpty ? "Role" : roles.attribute.markdown, "Count", "Who", "Quotes",
          "Meaning",
        ],
        (roles.categories + roles.groups.filter { !$0.name.hasSuffix(" only") })
          .map { share in
            [
              share.name.markdown, share.words.markdown,
              share.participants.map(\.markdown).joined(separator: ", "),
              "\(share.quotes) of \(share.ofQuotes)", share.definition.markdown,
            ]
          })
      text.block(
        "Each in exactly one group: "
          + Words.list(roles.groups.map { "\($0.count) \($0.name.markdown)" }) + ".")
    }
    for tally in tallies {
      text.block(
        "**\(tally.attribute.markdown)**: "
          + tally.values.map { "\($0.name.markdown) \($0.count)" }.joined(separator: ", ")
          + " (of \(roles.total)).")
    }
    let attributes = participants.first?.values.map(\.attribute.markdown) ?? []
    text.table(
      ["Id"] + (hasRoles ? ["Roles"] : []) + attributes + ["Documents", "Quotes"],
      participants.map { one in
        let roles = one.roles.isEmpty ? "no role" : one.roles.joined(separator: ", ").markdown
        return [one.name.markdown] + (hasRoles ? [roles] : [])
          + one.values.map { $0.value.isEmpty ? "not recorded" : $0.value.markdown }
          + [one.sources.joined(separator: ", ").markdown, "\(one.quotes)"]
      })
  }

  private func writeCharts(to text: inout MarkdownText, _ index: ReportIndex) {
    text.heading(2, "Framework matrices")
    text.block(
      """
      One matrix for each theme. Verbatim words stand in “curly quotes”, the analyst's comments in \
      *{braces}*; numbers lead to the quotes at the end.
      """)
    for chart in charts {
      text.heading(3, "\(chart.number) \(chart.name)".markdown.trimmedParts.body)
      if !chart.definition.isEmpty { text.block(chart.definition.markdown) }
      text.block(([chart.words] + chart.notes).map(\.markdown).joined(separator: " "))
      text.table(
        ["Participant"]
          + chart.columns.map { "\($0.number) \($0.name)".trimmedParts.body.markdown },
        chart.rows.map { row in
          [
            ["**\(index.name(row.participant).markdown)**", index.roles(row.participant).markdown]
              .filter { !$0.isEmpty }.joined(separator: " ")
          ]
            + row.cells.map { cell($0, index) }
        })
    }
    for theme in leftOut { text.block("\(theme.theme.markdown): \(theme.reason.markdown).") }
    if charts.isEmpty { text.block("No theme has a cell or a coded passage.") }
  }

  private func cell(_ cell: CellEntry, _ index: ReportIndex) -> String {
    var parts: [String] = []
    parts.append(cell.runs.isEmpty ? "*\(cell.words)*" : index.markdown(cell.runs))
    let unused = cell.coded.filter { !cell.references.contains($0) }
    if !unused.isEmpty, cell.runs.isEmpty {
      parts += unused.compactMap { index.quote($0) }.map {
        "“\($0.words.onOneLine.cut(to: 90).markdown)” \(index.links(to: [$0.number]))"
      }
    } else if !unused.isEmpty {
      parts.append("\(Words.count(unused.count, "coded passage")): \(index.links(to: unused))")
    }
    let stale = index.staleness(of: cell)
    if !stale.isEmpty { parts.append("*stale: \(stale.markdown)*") }
    for other in cell.alternatives {
      let summary = other.runs.isEmpty ? other.words : index.markdown(other.runs)
      parts.append("*Otherwise \(other.author.markdown)*: \(summary)")
    }
    return parts.joined(separator: "<br>")
  }

  private func writeCodebook(to text: inout MarkdownText, _ index: ReportIndex) {
    text.heading(2, "Codebook")
    text.table(
      ["Code", "Definition", "Codings", "Participants", "Summarised cells"],
      codebook.codes.map { code in
        [
          (code.level == 0
            ? "**\(index.title(code.id).markdown)**" : index.title(code.id).markdown),
          definition(of: code), "\(code.codings)", "\(code.participants.count) of \(code.of)",
          "\(code.summarised)",
        ]
      })
    text.list(
      codebook.versions.map { version in
        "**Version \(version.number)**"
          + (version.author.isEmpty ? "" : " by \(version.author.markdown)")
          + (version.at.isEmpty ? "" : ", \(version.at.markdown)") + ": \(version.why.markdown)"
          + (version.changes.isEmpty
            ? "" : " Changes: \(version.changes.joined(separator: "; ").markdown).")
      })
  }

  /// The definition with what is in and out, an example, and where the code came from.
  private func definition(of code: CodeEntry) -> String {
    let details = [
      ("Include", code.include), ("Exclude", code.exclude), ("Example", code.example),
      ("Origin", code.origin ?? ""),
    ]
    return
      ([code.definition.markdown]
      + details.filter { !$0.1.isEmpty }.map { "*\($0.0):* \($0.1.markdown)" })
      .joined(separator: "<br>")
  }

  private func writeDiagnostics(to text: inout MarkdownText) {
    text.heading(2, "Diagnostics")
    if diagnostics.isEmpty { text.block("None.") }
    text.list(
      diagnostics.map { finding in
        "**\(finding.severity)** "
          + (finding.place.isEmpty ? "" : "\(finding.place.markdown): ") + finding.summary.markdown
          + (finding.count > 1 ? " (\(finding.count) times)" : "") + " `\(finding.id.codeSpan)`"
          + finding.solutions.map { " — \($0.markdown)" }.joined()
      })
  }

  private func writeQuotes(to text: inout MarkdownText, _ index: ReportIndex) {
    text.heading(2, "Quotes")
    text.list(
      quotes.map { quote in
        let who =
          quote.participants.isEmpty ? "nobody’s words" : index.withRoles(quote.participants)
        return
          "<a id=\"quote-\(quote.number)\"></a>**\(quote.number)** “\(quote.words.markdown)” — "
          + "\(who.markdown), \(quote.place.markdown)"
          + (quote.isVerified ? "" : " (position not verified)")
      })
  }
}

extension StudyReport.ChartTable {
  /// The cells by row.
  var rows: [(participant: String, cells: [StudyReport.CellEntry])] {
    guard !columns.isEmpty else { return [] }
    return stride(from: 0, to: cells.count, by: columns.count).map { start in
      let row = Array(cells[start..<min(start + columns.count, cells.count)])
      return (row.first?.participant ?? "", row)
    }
  }
}

extension String {
  fileprivate var trimmingLastNewline: String { hasSuffix("\n\n") ? String(dropLast()) : self }

  /// The text without what would end a code span.
  fileprivate var codeSpan: String { filter { $0 != "`" && !$0.isNewline } }
}
