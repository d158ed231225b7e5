extension StudyReport {
  func registerTable(_ index: ReportIndex) -> ReportFile {
    let kinds = slotKinds
    var head = ["configuration", "title", "valence", "status", "reason", "sentence"]
    head += kinds.map(\.title) + StandingColumns.head + ["silent", "gaps", "rivals", "parents"]
    head += QuoteColumns.head + ["against_quotes", "against_words"]
    var table = CSVTable(head)
    for entry in configurations {
      var row = [
        entry.label, entry.title, entry.valence, entry.status, entry.reason, entry.sentence,
      ]
      row += kinds.map { kind in
        entry.slots.filter { $0.role == kind.role && $0.part == kind.part }.map(\.text)
          .joined(separator: "\n")
      }
      row += StandingColumns.fields(entry.standing, in: index)
      row += [
        entry.silent.map { index.name($0) }.joinedField,
        entry.gaps.map(\.words).joined(separator: "\n"),
        entry.rivals.map { index.label($0) }.joinedField,
        entry.parents.map { index.label($0) }.joinedField,
      ]
      let evidence = entry.standing.evidence
      row += QuoteColumns.fields(index.quotes(of: evidence, stance: "supports"), in: index)
      let against =
        index.quotes(of: evidence, stance: "contradicts")
        + index.quotes(of: evidence, stance: "rival")
      let opposed = QuoteColumns.fields(against, in: index)
      table.rows.append(row + [opposed[0], opposed[5]])
    }
    return table.file("register.csv")
  }

  func slotTable(_ index: ReportIndex) -> ReportFile {
    var table = CSVTable(
      ["configuration", "title", "valence", "step", "role", "part", "text", "actor", "layer"]
        + StandingColumns.head + QuoteColumns.head)
    for entry in configurations {
      for (offset, slot) in entry.slots.enumerated() {
        table.rows.append(
          [
            entry.label, entry.title, entry.valence, "\(offset + 1)", slot.role, slot.part ?? "",
            slot.text, slot.actor ?? "", slot.layer ?? "",
          ] + StandingColumns.fields(slot.standing, in: index)
            + QuoteColumns.fields(index.quotes(of: slot.standing.evidence), in: index))
      }
      for edge in entry.edges {
        table.rows.append(
          [
            entry.label, entry.title, entry.valence, "", "edge", edge.sign.signWord, edge.words, "",
            "",
          ] + StandingColumns.fields(edge.standing, in: index)
            + QuoteColumns.fields(index.quotes(of: edge.standing.evidence), in: index))
      }
    }
    return table.file("slots.csv")
  }

  func evidenceTable(_ index: ReportIndex) -> ReportFile {
    var table = CSVTable([
      "evidence", "configuration", "target", "target_words", "stance", "basis", "voice", "response",
      "ground", "participants", "roles", "cell", "document", "judgement", "comment", "author",
      "quote", "source", "line", "column", "start", "end", "words",
    ])
    for entry in evidence {
      let lead = [
        entry.id, entry.configuration.map { index.label($0) } ?? "", entry.target,
        entry.targetWords, entry.stance, entry.basis, entry.voice,
        entry.response ?? "", entry.ground,
        entry.participants.isEmpty
          ? "nobody" : entry.participants.map { index.name($0) }.joinedField,
        entry.participants.map { index.roles($0) }.joinedField,
        entry.cell.map { index.title($0) } ?? "", entry.document ?? "", entry.judgement ?? "",
        entry.comment, entry.author,
      ]
      let quotes = entry.quotes.compactMap { index.quote($0) }
      for quote in quotes {
        table.rows.append(
          lead + [
            "\(quote.number)", quote.sourceName, quote.line.map(String.init) ?? quote.place,
            quote.column.map(String.init) ?? "", quote.start.map(String.init) ?? "",
            quote.end.map(String.init) ?? "", quote.words,
          ])
      }
      if quotes.isEmpty { table.rows.append(lead + ["none", "", "", "", "", "", ""]) }
    }
    return table.file("evidence.csv")
  }

  func patternTable(_ index: ReportIndex) -> ReportFile {
    var table = CSVTable(
      [
        "unit", "configuration", "title", "case", "verdict", "words", "exceptions", "voices",
        "evidence", "sought",
      ] + QuoteColumns.head)
    for unit in patterns {
      for pattern in unit.patterns {
        for reading in pattern.readings {
          table.rows.append(
            [
              unit.unit, pattern.label, pattern.title, reading.name, reading.verdict,
              reading.words, reading.exceptions.joinedField,
              reading.voices.map { index.name($0) }.joinedField,
              reading.parts.flatMap(\.evidence).joinedField, pattern.sought,
            ] + QuoteColumns.fields(reading.parts.flatMap(\.quotes), in: index))
        }
      }
    }
    return table.file("patterns.csv")
  }

  func changeTable(_ index: ReportIndex) -> ReportFile {
    var table = CSVTable(["at", "by", "object", "what", "why"])
    table.rows = changes.map { [$0.at, $0.by, index.label($0.object), $0.what, $0.why] }
    return table.file("change-log.csv")
  }

  func checklistTable() -> ReportFile {
    var table = CSVTable(["number", "item", "status", "words"])
    table.rows = checklist.map { ["\($0.number)", $0.item, $0.status, $0.words] }
    return table.file("checklist.csv")
  }

  func matrixTable(_ index: ReportIndex) -> ReportFile {
    var table = CSVTable(
      ["block", "column", "text", "actor", "layer", "configurations"] + StandingColumns.head
        + QuoteColumns.head)
    for block in realistMatrix.blocks {
      for (column, bullets) in zip(realistMatrix.columns, block.columns) {
        for bullet in bullets {
          table.rows.append(
            [
              block.valence, column, bullet.text, bullet.actor ?? "", bullet.layer ?? "",
              bullet.configurations.map { index.label($0) }.joinedField,
            ] + StandingColumns.fields(bullet.standing, in: index)
              + QuoteColumns.fields(index.quotes(of: bullet.standing.evidence), in: index))
        }
      }
    }
    return table.file("realist-matrix.csv")
  }

  func incidenceTable(_ index: ReportIndex) -> ReportFile {
    var table = CSVTable(["participant", "roles"] + configurations.map(\.label))
    var said: [String: [String: IncidenceEntry]] = [:]
    for entry in incidence { said[entry.participant, default: [:]][entry.configuration] = entry }
    for one in participants {
      table.rows.append(
        [one.name, index.roles(one.id)]
          + configurations.map { configuration in
            guard let entry = said[one.id]?[configuration.id] else { return "says nothing" }
            let quotes = index.quotes(of: entry.evidence).compactMap { index.quote($0) }
            return
              ([entry.stances.joinedField] + quotes.map { "\($0.place): “\($0.words.onOneLine)”" })
              .joined(separator: "\n")
          })
    }
    return table.file("incidence.csv")
  }

  func linkTable(_ index: ReportIndex) -> ReportFile {
    var table = CSVTable(
      ["from", "to", "kind", "sign", "text", "evidenced", "loops", "closed"]
        + StandingColumns.head
        + QuoteColumns.head)
    for link in links {
      table.rows.append(
        [
          index.label(link.from), index.label(link.to), link.kind, link.sign.signWord, link.text,
          link.hasEvidence ? "yes" : "no",
          index.loops(of: link.id).map { "\($0.name) \($0.behaviour)" }.joinedField, link.closed,
        ] + StandingColumns.fields(link.standing, in: index)
          + QuoteColumns.fields(index.quotes(of: link.standing.evidence), in: index))
    }
    return table.file("links.csv")
  }

  func theoryTable(_ index: ReportIndex) -> ReportFile {
    var table = CSVTable(
      ["version", "stage", "title", "statement", "text", "move", "why", "from", "configurations"]
        + StandingColumns.head + QuoteColumns.head)
    for (stage, state) in [("initial", theory.initial), ("refined", theory.refined)]
    where state == Self.notReported {
      table.rows.append(
        ["", stage, Self.notReported]
          + Array(repeating: "", count: table.head.count - 3))
    }
    for version in theory.versions {
      for statement in version.statements {
        table.rows.append(
          [
            "\(version.number)", version.stage, version.title, statement.id, statement.text,
            statement.move, statement.why,
            statement.from.map { index.statement($0)?.text ?? $0 }.joined(separator: "\n"),
            statement.configurations.map { index.label($0) }.joinedField,
          ] + StandingColumns.fields(statement.standing, in: index)
            + QuoteColumns.fields(index.quotes(of: statement.standing.evidence), in: index))
      }
    }
    return table.file("theory.csv")
  }
}

/// Columns that say who speaks for and against a claim.
enum StandingColumns {
  /// The heads.
  static let head = [
    "standing", "supporting_count", "of", "supporting", "supporting_roles", "contradicting",
    "contradicting_roles", "rival", "weak",
  ]

  /// The fields.
  static func fields(_ standing: StudyReport.Standing, in index: ReportIndex) -> [String] {
    func names(_ ids: [String]) -> String { ids.map { index.name($0) }.joinedField }
    func roles(_ ids: [String]) -> String { ids.map { index.roles($0) }.joinedField }
    return [
      standing.words, "\(standing.supporting.count)", "\(standing.of)", names(standing.supporting),
      roles(standing.supporting), names(standing.contradicting), roles(standing.contradicting),
      names(standing.rival), names(standing.weak),
    ]
  }
}

extension String {
  /// A sign in a word, which no spreadsheet takes for a formula.
  var signWord: String { self == "-" ? "negative" : "positive" }
}
