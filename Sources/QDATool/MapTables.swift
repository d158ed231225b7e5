internal import Foundation
internal import QDA

/// A table that is printed as text or as JSON.
protocol MapTable {
  var text: String { get }
}

private let caution =
  "Numbers show where to look; they do not measure how common or strong anything is."

struct AssociationTable: Encodable, MapTable {
  struct Column: Encodable {
    var value: String
    var said: [String]
    var nothingSaid: [String]
    var unknown: [String]
    var outliers: [String]
  }

  var schema = "qda.association/1"
  var code: String
  var attribute: String
  var columns: [Column]
  var note = caution

  init(_ table: Association, _ study: OpenFolder) {
    func names(_ ids: [ID<Case>]) -> [String] { ids.map { study.key(.case($0)) } }
    code = study.key(.code(table.code))
    attribute = study.key(.attribute(table.attribute))
    columns = table.columns.map {
      Column(
        value: $0.value, said: names($0.said), nothingSaid: names($0.nothingSaid),
        unknown: names($0.unknown), outliers: names($0.outliers))
    }
  }

  var text: String {
    var lines = ["\(code) by \(attribute)"]
    for column in columns {
      let known = column.said.count + column.nothingSaid.count
      lines.append(
        "\(column.value): \(column.said.count) of \(known) say something; "
          + "of \(column.unknown.count) nothing is known")
      for (what, names) in [
        ("said", column.said), ("nothing said", column.nothingSaid), ("unknown", column.unknown),
        ("stand out", column.outliers),
      ] where !names.isEmpty {
        lines.append("  \(what): \(names.joined(separator: ", "))")
      }
    }
    return (lines + [note]).joined(separator: "\n")
  }
}

struct TogetherTable: Encodable, MapTable {
  struct Pair: Encodable {
    var one: String
    var other: String
    var count: Int
    var ofOne: Int
    var ofOther: Int
    var jaccard: Double?
  }

  var schema = "qda.cooccurrence/1"
  var unit: String
  var pairs: [Pair]
  var note = caution

  init(_ unit: Cooccurrence.Unit, _ study: OpenFolder, withInterviewers: Bool) {
    let whole = study.folder.project
    let counted = withInterviewers ? whole : whole.leavingOutInterviewers()
    let table = Cooccurrence(of: counted, in: unit, withInterviewers: withInterviewers)
    // Codings that overlap have their share by how much of the text is in both.
    let shares = unit == .overlap ? Cooccurrence(of: counted, in: .text) : table
    self.unit = unit.rawValue
    pairs = table.pairs.map {
      Pair(
        one: study.key(.code($0.one)), other: study.key(.code($0.other)), count: $0.count,
        ofOne: table[$0.one, $0.one], ofOther: table[$0.other, $0.other],
        jaccard: shares.jaccard($0.one, $0.other))
    }
  }

  var text: String {
    let lines = pairs.map { pair in
      "\(pair.one) + \(pair.other): \(pair.count) (\(pair.ofOne) and \(pair.ofOther) in all"
        + (pair.jaccard.map { "; Jaccard \(($0 * 100).rounded() / 100)" } ?? "") + ")"
    }
    return (["codes that come together by \(unit)"] + lines + [note]).joined(separator: "\n")
  }
}

struct SaturationTable: Encodable, MapTable {
  struct Row: Encodable {
    var `case`: String
    var new: Int
    var all: Int
  }

  var schema = "qda.saturation/1"
  var measure: Saturation.Measure
  var cases: [Row]
  var leftOut: [String]
  var baseCodes: Int
  var runs: [Saturation.Run]
  var isTestable: Bool
  var reached: Int?
  var reachedInOrders: Int
  var orders: Int
  var fewest: Int?
  var most: Int?

  init(_ table: StudySaturation, _ study: OpenFolder) {
    measure = table.saturation.measure
    cases = zip(table.order, zip(table.saturation.novel, table.saturation.cumulative)).map {
      Row(case: study.key(.case($0)), new: $1.0, all: $1.1)
    }
    leftOut = table.leftOut.map { study.key(.case($0)) }
    isTestable = table.isTestable
    baseCodes = table.saturation.baseCodes
    runs = table.saturation.runs
    reached = table.saturation.reached
    reachedInOrders = table.reachedIn
    orders = table.order.count
    fewest = table.range?.lowerBound
    most = table.range?.upperBound
  }

  var text: String {
    var lines = cases.map { "\($0.case): \($0.new) new, \($0.all) in all" }
    if !leftOut.isEmpty {
      lines.append(
        "left out, because nothing of theirs is coded: \(leftOut.joined(separator: ", "))")
    }
    lines.append(
      "base of \(min(measure.base, cases.count)) cases: \(baseCodes) codes; runs of \(measure.run), "
        + (measure.overlaps ? "each beginning one case after the one before" : "end to end"))
    guard isTestable else {
      let left = max(0, cases.count - measure.base)
      lines.append(
        (left == 0
          ? "no case is left after the base"
          : "after the base \(left) are left, and a run has \(measure.run)")
          + ", so that nothing can be said of saturation; take a smaller --base or --run")
      return lines.joined(separator: "\n")
    }
    lines += runs.map {
      "  \($0.first)–\($0.last): \($0.new) new, \(($0.percent * 10).rounded() / 10) %"
    }
    lines.append(
      reached.map { "at most \(measure.threshold) % is reached after \($0) cases" }
        ?? "at most \(measure.threshold) % is never reached")
    lines.append(
      "of \(orders) orders, one beginning with each case and this one among them, "
        + "\(reachedInOrders) reach it"
        + (fewest.flatMap { few in most.map { ", after \(few) to \($0) cases" } } ?? ""))
    return lines.joined(separator: "\n")
  }
}

struct MappingTable: Encodable, MapTable {
  struct Line: Encodable {
    var category: String
    var level: String
    var name: String
    var depth: Int
    var cases: [String]
  }

  struct Column: Encodable {
    var code: String
    var lines: [Line]
    var summarised: Int
    var without: [String]
  }

  struct TypeRow: Encodable {
    var type: String
    var definition: String
    var cases: [String]
  }

  struct Unplaceable: Encodable {
    var `case`: String
    var reason: String
  }

  struct TypologyRow: Encodable {
    var typology: String
    var name: String
    var dimensions: [String]
    var types: [TypeRow]
    var unplaceable: [Unplaceable]
    var unplaced: [String]
    var repeated: [String]
  }

  struct ExplanationRow: Encodable {
    var explanation: String
    var kind: String
    var text: String
    var cells: [String]
    var passages: [String]
  }

  var schema = "qda.mapping/1"
  var columns: [Column]
  var typologies: [TypologyRow]
  var explanations: [ExplanationRow]

  init(_ study: OpenFolder) {
    let project = study.folder.project
    func names(_ ids: [ID<Case>]) -> [String] { ids.map { study.key(.case($0)) } }
    let mapped = Set(project.categories.map(\.column))
    columns = project.codebook.inReadingOrder.filter { mapped.contains($0.id) }.map { code in
      let table = project.rangeAndNature(of: code.id)
      return Column(
        code: study.key(.code(code.id)),
        lines: table.lines.compactMap { line in
          project.categories[line.category].map { one in
            Line(
              category: study.folder.key(of: one.id), level: one.level.rawValue, name: one.name,
              depth: line.depth, cases: names(line.cases))
          }
        }, summarised: table.summarised.count, without: names(table.without))
    }
    typologies = project.typologies.map { one in
      let table = project.table(of: one)
      return TypologyRow(
        typology: study.folder.key(of: one.id), name: one.name, dimensions: one.dimensions,
        types: zip(one.types, table.rows).map {
          TypeRow(type: $0.name, definition: $0.definition, cases: names($1.cases))
        },
        unplaceable: table.unplaceable.map {
          Unplaceable(case: study.key(.case($0.one)), reason: $0.reason)
        }, unplaced: names(table.unplaced), repeated: names(table.repeated))
    }
    explanations = project.explanations.map { one in
      ExplanationRow(
        explanation: study.folder.key(of: one.id), kind: one.kind.rawValue, text: one.text,
        cells: one.cells.map(study.name), passages: one.passages.map { study.key(.passage($0)) })
    }
  }

  var text: String {
    var lines: [String] = []
    for column in columns {
      lines.append("\(column.code): range and nature, \(column.summarised) cells with a summary")
      for line in column.lines {
        lines.append(
          String(repeating: "  ", count: line.depth + 1)
            + "\(line.name) (\(line.level)): \(line.cases.joined(separator: ", "))")
      }
      if !column.without.isEmpty {
        lines.append("  in no element: \(column.without.joined(separator: ", "))")
      }
    }
    for typology in typologies {
      lines.append("\(typology.name), by \(typology.dimensions.joined(separator: " and "))")
      for type in typology.types {
        lines.append("  \(type.type) (\(type.cases.count)): \(type.cases.joined(separator: ", "))")
      }
      for one in typology.unplaceable { lines.append("  fits no type: \(one.case): \(one.reason)") }
      for (what, cases) in [
        ("not placed", typology.unplaced), ("in more than one type", typology.repeated),
      ] where !cases.isEmpty {
        lines.append("  \(what): \(cases.joined(separator: ", "))")
      }
    }
    for one in explanations {
      lines.append(
        "\(one.explanation) (\(one.kind)): \(one.text)"
          + (one.cells.isEmpty ? "" : " [\(one.cells.joined(separator: ", "))]"))
    }
    return lines.isEmpty ? "there is no mapping yet" : lines.joined(separator: "\n")
  }
}
