extension StudyReport {
  /// The tables of what changed under summaries, and of mapping and interpretation.
  func mappingTables(_ index: ReportIndex) -> [ReportFile] {
    [
      staleTable(index), rangeTable(index), typologyTable(index), explanationTable(index),
      associationTable(index), togetherTable(index), noveltyTable(index),
    ]
  }

  private func staleTable(_ index: ReportIndex) -> ReportFile {
    var table = CSVTable(
      ["participant", "code", "author", "summary", "state", "kind", "change"] + QuoteColumns.head)
    for entry in charting.stale {
      for difference in entry.differences {
        table.rows.append(
          [
            index.name(entry.participant), index.title(entry.code), entry.author,
            entry.isAlternative ? "beside the cell's own" : "the cell's own", entry.words,
            difference.kind, difference.words,
          ] + QuoteColumns.fields(difference.quote.map { [$0] } ?? [], in: index))
      }
    }
    for cell in charting.uncharted {
      table.rows.append(
        [
          index.name(cell.participant), index.title(cell.code), "", "", "not charted", "uncharted",
          "coded and not charted",
        ] + QuoteColumns.fields(cell.quotes, in: index))
    }
    return table.file("stale.csv")
  }

  private func rangeTable(_ index: ReportIndex) -> ReportFile {
    var table = CSVTable(
      [
        "column", "depth", "level", "name", "definition", "participants", "count",
        "summarised_cells",
      ]
        + QuoteColumns.head)
    for column in mapping.columns {
      func add(_ line: RangeLine) {
        table.rows.append(
          [
            index.title(column.code), "\(line.depth)", line.level, line.name, line.definition,
            line.participants.map { index.name($0) }.joinedField, "\(line.participants.count)",
            "\(column.summarised)",
          ] + QuoteColumns.fields(line.quotes, in: index))
      }
      column.lines.forEach(add)
      if !column.without.isEmpty {
        add(
          RangeLine(
            level: "none", name: "in no element", definition: "", depth: 0,
            participants: column.without, quotes: []))
      }
    }
    return table.file("range-and-nature.csv")
  }

  private func typologyTable(_ index: ReportIndex) -> ReportFile {
    var table = CSVTable(
      [
        "typology", "dimensions", "placement", "type", "definition", "participant", "roles",
        "reason",
        "author", "at",
      ] + QuoteColumns.head)
    for one in mapping.typologies {
      func add(
        _ placement: String, _ type: TypeEntry?, _ participant: String, _ reason: String = ""
      ) {
        let quotes = (type?.quotes ?? []).filter {
          index.quote($0)?.participants.contains(participant) ?? false
        }
        table.rows.append(
          [
            one.name, one.dimensions.joinedField, placement, type?.name ?? "",
            type?.definition ?? "", index.name(participant), index.roles(participant), reason,
            one.author, one.at,
          ] + QuoteColumns.fields(quotes, in: index))
      }
      for type in one.types { for who in type.participants { add("in a type", type, who) } }
      for who in one.unplaceable { add("fits no type", nil, who.participant, who.reason) }
      for who in one.unplaced { add("nothing said of it", nil, who) }
    }
    return table.file("typologies.csv")
  }

  private func explanationTable(_ index: ReportIndex) -> ReportFile {
    var table = CSVTable(["kind", "text", "cells", "author", "at"] + QuoteColumns.head)
    for one in mapping.explanations {
      table.rows.append(
        [
          one.kind, one.text, one.cells.map { index.words(for: $0) }.joinedField, one.author,
          one.at,
        ] + QuoteColumns.fields(one.quotes, in: index))
    }
    return table.file("explanations.csv")
  }

  private func associationTable(_ index: ReportIndex) -> ReportFile {
    var table = CSVTable(
      [
        "attribute", "value", "code", "say_something", "said", "nothing_said", "unknown",
        "stand_out",
      ] + QuoteColumns.head)
    for association in mapping.associations {
      for row in association.rows {
        for column in row.columns {
          table.rows.append(
            [association.attribute, column.value, index.title(row.code), column.words]
              + [column.said, column.nothingSaid, column.unknown, column.outliers].map { who in
                who.map { index.name($0) }.joinedField
              } + QuoteColumns.fields(column.quotes, in: index))
        }
      }
    }
    return table.file("associations.csv")
  }

  private func togetherTable(_ index: ReportIndex) -> ReportFile {
    var table = CSVTable([
      "code", "other", "overlaps", "codings", "other_codings", "percent_of_text_with_both",
    ])
    for pair in mapping.together {
      table.rows.append([
        index.title(pair.one), index.title(pair.other), "\(pair.count)", "\(pair.ofOne)",
        "\(pair.ofOther)", "\(pair.percent)",
      ])
    }
    return table.file("cooccurrence.csv")
  }

  private func noveltyTable(_ index: ReportIndex) -> ReportFile {
    var table = CSVTable(["order", "participant", "new_codes", "all_codes"])
    for (offset, one) in (mapping.saturation?.novelty ?? []).enumerated() {
      table.rows.append([
        "\(offset + 1)", index.name(one.participant), "\(one.new)", "\(one.all)",
      ])
    }
    return table.file("novelty.csv")
  }
}
