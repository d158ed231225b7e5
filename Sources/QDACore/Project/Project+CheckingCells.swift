// What can be the matter with the cells of the framework matrix
extension Project {
  func checkCells(_ attribution: Attribution) -> [Diagnostic] {
    if cells.isEmpty { return [] }
    let matrix = CodingMatrix(self, by: attribution)
    let state = ChartingState(of: self, matrix: matrix)
    let check = CellCheck(
      project: self, attribution: attribution, rules: charting ?? ChartingRules(),
      passages: codings.passages(Set(cells.values.flatMap(\.references))),
      stale: Dictionary(grouping: state.stale) { $0.key }, matrix: matrix)
    return charts.flatMap { chart in
      chart.rows.flatMap { row in
        chart.columns.flatMap { column -> [Diagnostic] in
          let key = Cell.Key(row: row.id, column: column.id)
          guard let cell = cells[key] else { return [] }
          return check.findings(for: cell, row.name, column.name)
        }
      }
    }
  }
}

private struct CellCheck {
  let project: Project
  let attribution: Attribution
  let rules: ChartingRules
  let passages: [ID<Passage>: Passage]
  let stale: [Cell.Key: [StaleCell]]
  let matrix: CodingMatrix

  func findings(for cell: Cell, _ row: String, _ column: String) -> [Diagnostic] {
    let place = Place.object(.cell(cell.key))
    let summary = "the summary of \(row) under '\(column)'"
    var found: [Diagnostic] = []
    var isGrounded = true
    if cell.state == .summarised, cell.references.isEmpty {
      isGrounded = false
      found.append(
        Diagnostic(
          "chart.reference-missing", .warning, at: place, "\(summary) rests on no passage",
          solutions: ["add the keys of the codings that it condenses"]))
    }
    for reference in cell.references {
      // Whose words a passage is follows from its source, which may be missing.
      guard let passage = passages[reference], project.sources[passage.source] != nil else {
        continue
      }
      let owners = attribution.cases(of: passage)
      if !owners.contains(cell.key.row) {
        isGrounded = false
        let names = owners.compactMap { project.cases[$0]?.name }.joined(separator: ", ")
        found.append(
          Diagnostic(
            "chart.reference-elsewhere", .warning, at: place,
            "\(summary) rests on words of " + (names.isEmpty ? "no case" : names),
            solutions: ["reference a passage of \(row)"]))
      }
    }
    if cell.checker != nil, !isGrounded {
      found.append(
        Diagnostic(
          "chart.final-refused", .error, at: place,
          "\(summary) is marked as checked, and does not rest on words of \(row) alone",
          explanation: "It does not count as final.",
          solutions: ["correct the references, or take the checker out"]))
    }
    found += contradiction(of: cell, row, column, place)
    found += staleness(of: cell, summary, place)
    if cell.state == .summarised { found += wording(of: cell, summary, row, place) }
    if !cell.alternatives.isEmpty {
      found.append(
        Diagnostic(
          "chart.alternatives", .note, at: place,
          "\(row) under '\(column)' has \(cell.alternatives.count + 1) summaries by "
            + "different authors",
          solutions: ["agree on one; the library never chooses between two people's words"]))
    }
    return found
  }

  private func contradiction(
    of cell: Cell, _ row: String, _ column: String, _ place: Place
  ) -> [Diagnostic] {
    let codings = matrix.codings(against: cell)
    if codings.isEmpty { return [] }
    let places = codings.compactMap { coding -> String? in
      guard let quotation = (try? project.quotation(of: coding.passage, by: attribution)) ?? nil,
        let source = project.sources[quotation.source]
      else { return nil }
      return "\(source.name), line \(quotation.place.line)"
    }
    return [
      Diagnostic(
        "chart.state-contradicted", .warning, at: place,
        "\(row) under '\(column)' is '\(cell.state.rawValue)', and \(codings.count) accepted "
          + (codings.count == 1 ? "coding" : "codings") + " of \(row)'s words with the code "
          + (codings.count == 1 ? "says" : "say") + " otherwise",
        explanation: "Associations go by the charted state; what is coded does not count there.",
        notes: places.map { "coded: \($0)" },
        solutions: ["write a summary, or reject the codings"])
    ]
  }

  private func staleness(of cell: Cell, _ summary: String, _ place: Place) -> [Diagnostic] {
    (stale[cell.key] ?? []).map { one in
      Diagnostic(
        "chart.cell-stale", .warning, at: place,
        (one.alternative == nil ? summary : "an alternative to \(summary)")
          + " is stale: \(one.words(in: project))",
        explanation: "It says what was there when it was written.",
        solutions: [
          "read what changed, correct the summary, and say that it holds with 'qda chart --renew'"
        ])
    }
  }

  private func wording(
    of cell: Cell, _ summary: String, _ row: String, _ place: Place
  ) -> [Diagnostic] {
    let share = rules.verbatimShare(of: cell)
    if share > rules.verbatimLimit {
      return [
        Diagnostic(
          "chart.verbatim-mostly", .warning, at: place,
          "\(share) % of \(summary) is verbatim, more than \(rules.verbatimLimit) %",
          explanation: "A cell condenses; the words themselves are one step away.",
          solutions: ["say in your own words what is said, and keep the telling ones"])
      ]
    }
    let words = cell.references.compactMap { reference -> String? in
      guard let passage = passages[reference], let source = project.sources[passage.source],
        let text = try? project.texts.text(of: source.id),
        let span = source.span(of: passage.region)
      else { return nil }
      return source.words(in: span, of: text)
    }
    guard rules.losesKeyTerms(cell.summary, of: words) else { return [] }
    return [
      Diagnostic(
        "chart.key-terms-lost", .warning, at: place,
        "\(summary) keeps no longer word of the passages that it rests on",
        explanation: "The participant's own terms carry meaning that a paraphrase may lose.",
        solutions: ["keep a telling word or two of \(row)'s"])
    ]
  }
}

extension StaleCell {
  /// What changed, in words, without ids: "2 codings added, the code defined anew".
  public func words(in project: Project) -> String {
    var (added, removed, reworded) = (0, 0, 0)
    var parts: [String] = []
    for difference in differences {
      switch difference {
      case .codeRedefined: parts.append("the code defined anew")
      case .movedFrom(let code):
        let name = project.codebook.name(of: code)
        parts.append("written for " + (name.map { "'\($0)'" } ?? "another code"))
      case .added: added += 1
      case .removed: removed += 1
      case .reworded: reworded += 1
      }
    }
    for (count, what) in [(added, "added"), (removed, "removed"), (reworded, "with other words")]
    where count > 0 {
      parts.append("\(count) coding\(count == 1 ? "" : "s") \(what)")
    }
    return parts.joined(separator: ", ")
  }
}
