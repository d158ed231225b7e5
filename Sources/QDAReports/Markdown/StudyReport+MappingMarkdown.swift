extension StudyReport {
  func writeCharting(to text: inout MarkdownText, _ index: ReportIndex) {
    if charting.words.isEmpty { return }
    text.heading(3, "What changed under the summaries")
    text.block(charting.words.markdown)
    if !charting.stale.isEmpty {
      text.table(
        ["Stale summary", "Written by", "What changed since"],
        charting.stale.map { entry in
          let cell = CellName(participant: entry.participant, code: entry.code)
          return [
            index.words(for: cell).markdown,
            (entry.author.isEmpty ? "nobody is recorded" : entry.author).markdown
              + (entry.isAlternative ? " (beside it)" : ""),
            ((entry.differences.count > 1 ? [entry.words.markdown] : [])
              + entry.differences.map {
                "\($0.words.markdown) \(index.links(to: $0.quote.map { [$0] } ?? []))"
              }).joined(separator: "<br>"),
          ]
        })
    }
    if !charting.uncharted.isEmpty {
      text.block("Coded and not charted:")
      text.list(
        charting.uncharted.map { entry in
          let cell = CellName(participant: entry.participant, code: entry.code)
          return "\(index.words(for: cell).markdown) \(index.links(to: entry.quotes))"
        })
    }
  }

  func writeMapping(to text: inout MarkdownText, _ index: ReportIndex) {
    if mapping.isEmpty { return }
    text.heading(2, "Mapping and interpretation")
    for column in mapping.columns { write(column, to: &text, index) }
    for typology in mapping.typologies { write(typology, to: &text, index) }
    if !mapping.explanations.isEmpty {
      text.heading(3, "Explanations")
      text.list(mapping.explanations.map { words(of: $0, index) })
    }
    writeAssociations(to: &text, index)
    writeTogether(to: &text, index)
    if let saturation = mapping.saturation {
      text.heading(3, "New codes from interview to interview")
      text.block(saturation.words.markdown)
      text.block(
        saturation.novelty.map { "\(index.name($0.participant).markdown) \($0.new)" }
          .joined(separator: ", ") + ".")
    }
  }

  private func write(_ column: RangeTable, to text: inout MarkdownText, _ index: ReportIndex) {
    text.heading(3, "Range and nature: \(index.title(column.code).markdown)")
    text.block("\(Words.count(column.summarised, "cell")) of the column have a summary.")
    text.table(
      ["Level", "What", "Participants"],
      column.lines.map { line in
        [
          line.level,
          String(repeating: "– ", count: line.depth) + line.name.markdown
            + (line.definition.isEmpty ? "" : " (\(line.definition.markdown))"),
          "\(line.participants.map { index.name($0) }.joined(separator: ", ").markdown) "
            + index.links(to: line.quotes),
        ]
      })
    if !column.without.isEmpty {
      text.block(
        "Summarised, and in no element: \(index.withRoles(column.without).markdown).")
    }
  }

  private func write(
    _ typology: TypologyEntry, to text: inout MarkdownText, _ index: ReportIndex
  ) {
    text.heading(3, "Types: \(typology.name.markdown)")
    let byline = [typology.author, typology.at].filter { !$0.isEmpty }.joined(separator: ", ")
    text.block(
      (typology.dimensions.isEmpty ? "" : "By \(Words.list(typology.dimensions).markdown). ")
        + "Each case is in one type or in none."
        + (byline.isEmpty ? "" : " \(byline.markdown)."))
    text.table(
      ["Type", "Meaning", "Who", "How many"],
      typology.types.map { type in
        [
          type.name.markdown, type.definition.markdown,
          "\(index.withRoles(type.participants).markdown) \(index.links(to: type.quotes))",
          type.words.markdown,
        ]
      })
    if !typology.repeated.isEmpty {
      text.block("In more than one type: \(index.withRoles(typology.repeated).markdown).")
    }
    if !typology.unplaceable.isEmpty {
      text.block("Fits no type, and why:")
      text.list(
        typology.unplaceable.map {
          "\(index.name($0.participant).markdown): \($0.reason.markdown)"
        })
    }
    if !typology.unplaced.isEmpty {
      text.block("Nothing is said of \(index.withRoles(typology.unplaced).markdown).")
    }
  }

  private func words(of explanation: ExplanationEntry, _ index: ReportIndex) -> String {
    let cells = explanation.cells.map { index.words(for: $0) }
    let about = [explanation.author, explanation.at].filter { !$0.isEmpty } + cells
    return "**\(explanation.kind)** \(explanation.text.markdown) "
      + (about.isEmpty ? "" : "(\(about.joined(separator: "; ").markdown)) ")
      + (explanation.quotes.isEmpty
        ? "*no passage is named*" : index.links(to: explanation.quotes))
  }

  private func writeAssociations(to text: inout MarkdownText, _ index: ReportIndex) {
    if mapping.associations.isEmpty { return }
    text.heading(3, "Associations")
    text.block(
      """
      Of those of whom it is known, how many say something under a theme or code. Not asked, not answered \
      and not charted are unknown and never silence. ↯ stands out: two thirds or more of at least three \
      others do the opposite.
      """)
    for association in mapping.associations {
      var values: [String] = []
      for value in association.rows.flatMap(\.columns).map(\.value) where !values.contains(value) {
        values.append(value)
      }
      text.heading(4, "By \(association.attribute.markdown)")
      text.table(
        ["Code"] + values.map(\.markdown),
        association.rows.map { row in
          [index.title(row.code).markdown]
            + values.map { value in
              row.columns.first { $0.value == value }.map { words(of: $0, index) } ?? ""
            }
        })
    }
  }

  private func words(of column: AssociationColumn, _ index: ReportIndex) -> String {
    func names(_ who: [String]) -> String {
      who.map { index.name($0) }.joined(separator: ", ").markdown
    }
    if column.said.isEmpty, column.nothingSaid.isEmpty { return "unknown" }
    var parts = [
      column.words + (column.said.isEmpty ? "" : ": \(names(column.said))")
    ]
    if !column.nothingSaid.isEmpty { parts.append("nothing said: \(names(column.nothingSaid))") }
    if !column.unknown.isEmpty { parts.append("unknown: \(names(column.unknown))") }
    if !column.outliers.isEmpty { parts.append("**↯ \(names(column.outliers))**") }
    if !column.quotes.isEmpty { parts.append(index.links(to: column.quotes)) }
    return parts.joined(separator: "<br>")
  }

  private func writeTogether(to text: inout MarkdownText, _ index: ReportIndex) {
    if mapping.together.isEmpty { return }
    text.heading(3, "Codes that come together")
    text.table(
      ["Code", "Code", "Overlaps", "Codings", "Text with both"],
      mapping.together.map { pair in
        [
          index.title(pair.one).markdown, index.title(pair.other).markdown, "\(pair.count)",
          "\(pair.ofOne) and \(pair.ofOther)", "\(pair.percent) %",
        ]
      })
    text.block(
      """
      Every pair of codings that share a scalar counts; the last column is the share of the text with \
      either code that has both. \(mapping.togetherLeftOut) pairs overlap less often and are not listed.
      """)
  }
}
