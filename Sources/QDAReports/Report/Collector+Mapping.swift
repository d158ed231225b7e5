internal import QDACore

extension Collector {
  /// How many pairs of codes a report lists; the rest are counted.
  private static let pairs = 20

  func mapping() -> StudyReport.Mapping {
    let matrix = CodingMatrix(project, by: attribution)
    let counted = project.leavingOutInterviewers(by: attribution)
    let overlaps = Cooccurrence(of: counted, in: .overlap)
    let all = overlaps.pairs
    let texts = all.isEmpty ? overlaps : Cooccurrence(of: counted, in: .text)
    return StudyReport.Mapping(
      columns: rangeTables(), typologies: project.typologies.map { entry($0) },
      explanations: project.explanations.map { entry($0) },
      associations: associations(matrix),
      together: all.prefix(Self.pairs).map { pair in
        StudyReport.TogetherEntry(
          one: labels[.code(pair.one)], other: labels[.code(pair.other)], count: pair.count,
          ofOne: overlaps[pair.one, pair.one], ofOther: overlaps[pair.other, pair.other],
          percent: Int(((texts.jaccard(pair.one, pair.other) ?? 0) * 100).rounded()))
      }, togetherLeftOut: max(0, all.count - Self.pairs), saturation: saturation(matrix))
  }

  private func rangeTables() -> [StudyReport.RangeTable] {
    let mapped = Set(project.categories.map(\.column))
    return project.codebook.inReadingOrder.filter { mapped.contains($0.id) }.map { code in
      let table = project.rangeAndNature(of: code.id)
      return StudyReport.RangeTable(
        code: labels[.code(code.id)],
        lines: table.lines.compactMap { line in
          project.categories[line.category].map { one in
            StudyReport.RangeLine(
              level: one.level.rawValue, name: one.name, definition: one.definition,
              depth: line.depth, participants: names(line.cases),
              quotes: quotes(of: line.cases, under: [code.id]))
          }
        }, summarised: table.summarised.count, without: names(table.without))
    }
  }

  /// The quotes on which the cells of some cases in some columns rest, each once.
  private func quotes(of cases: [ID<Case>], under columns: [ID<Code>]) -> [Int] {
    quotes(of: cases.flatMap { row in columns.map { Cell.Key(row: row, column: $0) } })
  }

  private func quotes(of cells: [Cell.Key]) -> [Int] {
    var seen: Set<Int> = []
    return numbers(of: cells.flatMap { project.cells[$0]?.references ?? [] })
      .filter { seen.insert($0).inserted }
  }

  private func entry(_ typology: Typology) -> StudyReport.TypologyEntry {
    let table = project.table(of: typology)
    let all = project.cases.count { $0.unit == typology.unit }
    return StudyReport.TypologyEntry(
      name: typology.name, unit: typology.unit, dimensions: typology.dimensions,
      columns: typology.columns.map { labels[.code($0)] },
      types: zip(typology.types, table.rows).map { type, row in
        StudyReport.TypeEntry(
          name: type.name, definition: type.definition,
          words: "\(row.cases.count) of \(all) \(Words.plural(typology.unit, of: all))",
          participants: names(row.cases), quotes: quotes(of: row.cases, under: typology.columns))
      },
      unplaceable: table.unplaceable.map {
        StudyReport.Unplaceable(
          participant: labels[.case($0.one)],
          reason: $0.reason.isEmpty ? StudyReport.notReported : $0.reason)
      }, unplaced: names(table.unplaced), repeated: names(table.repeated),
      author: name(of: typology.stamp), at: time(of: typology.stamp))
  }

  private func entry(_ explanation: Explanation) -> StudyReport.ExplanationEntry {
    let named = numbers(of: explanation.passages)
    return StudyReport.ExplanationEntry(
      kind: explanation.kind.rawValue, text: explanation.text,
      cells: explanation.cells.map { cellName($0) },
      quotes: named.isEmpty ? quotes(of: explanation.cells) : named,
      author: name(of: explanation.stamp), at: time(of: explanation.stamp))
  }

  func cellName(_ key: Cell.Key) -> StudyReport.CellName {
    StudyReport.CellName(
      participant: labels[.case(key.row)], code: labels[.code(key.column)])
  }

  // MARK: Patterns over participants

  /// The tables of the role categories and of every attribute that has a tally.
  private func associations(_ matrix: CodingMatrix) -> [StudyReport.AssociationTable] {
    let tallied = Set(tallies().map(\.attribute))
    let attributes = project.attributes.filter {
      $0.id == project.roleAttribute || tallied.contains($0.name)
    }
    if attributes.isEmpty || rows.count < 2 { return [] }
    let codes = project.codebook.inReadingOrder
    return attributes.compactMap { attribute in
      let tables = project.associations(
        of: codes.map(\.id), with: attribute.id, matrix: matrix)
      let rows = zip(codes, tables).compactMap { code, table -> StudyReport.AssociationRow? in
        guard table.columns.contains(where: { $0.known > 0 }) else { return nil }
        let below = [code.id] + project.codebook.descendants(of: code.id).map(\.id)
        return StudyReport.AssociationRow(
          code: labels[.code(code.id)],
          columns: table.columns.map { column($0, below, matrix) })
      }
      return rows.isEmpty
        ? nil : StudyReport.AssociationTable(attribute: attribute.name, rows: rows)
    }
  }

  private func column(
    _ column: Association.Column, _ codes: [ID<Code>], _ matrix: CodingMatrix
  ) -> StudyReport.AssociationColumn {
    StudyReport.AssociationColumn(
      value: column.value, words: "\(column.said.count) of \(column.known)",
      said: names(column.said), nothingSaid: names(column.nothingSaid),
      unknown: names(column.unknown), outliers: names(column.outliers),
      quotes: Set(
        column.said.flatMap { one in
          codes.flatMap { code in
            numbers(
              of: (project.cells[Cell.Key(row: one, column: code)]?.references ?? [])
                + matrix.codings(of: one, code).map(\.passage))
          }
        }
      ).sorted())
  }

  private func saturation(_ matrix: CodingMatrix) -> StudyReport.SaturationEntry? {
    let found = project.saturation(of: rows.map(\.id), matrix: matrix)
    guard !found.order.isEmpty else { return nil }
    let (result, measure) = (found.saturation, found.saturation.measure)
    let limit = "\(Int(measure.threshold)) % of the codes of the base"
    var words =
      "The first \(Words.count(min(measure.base, found.order.count), unit)) with codings have "
      + "\(Words.count(result.baseCodes, "code")). Runs of \(measure.run), "
      + (measure.overlaps ? "each beginning one \(unit) after the one before, " : "end to end, ")
      + "are set against them. "
    if found.isTestable {
      words +=
        result.reached.map {
          "A run brings at most \(limit) anew after \(Words.count($0, unit)), in the study's order. "
        } ?? "In the study's order no run brings at most \(limit) anew. "
      words +=
        "The order matters: of \(found.order.count) orders, one beginning with each \(unit) and the "
        + "study's own among them, \(found.reachedIn) get there"
        + (found.range.map { ", after \($0.lowerBound) to \($0.upperBound)" } ?? "") + "."
    } else {
      words +=
        "There are too few for a run after the base, so that nothing can be said of saturation."
    }
    if !found.leftOut.isEmpty {
      words +=
        " Left out, because nothing of theirs is coded: "
        + Words.list(found.leftOut.map { project.cases[$0]?.name ?? labels[.case($0)] }) + "."
    }
    return StudyReport.SaturationEntry(
      words: words,
      novelty: found.order.indices.map {
        StudyReport.Novelty(
          participant: labels[.case(found.order[$0])], new: result.novel[$0],
          all: result.cumulative[$0])
      })
  }
}
