public import QDACore

/// A calibrated table for set-theoretic analysis, with the evidence and quotes behind each score.
public struct SetTableReport: Hashable, Sendable, Codable {
  /// A column.
  public struct Column: Hashable, Sendable, Codable {
    /// The name, which R and Python take as it is.
    public var name: String
    /// `condition` or `outcome`.
    public var role: String
    /// What the set is made of.
    public var elements: [String]
    /// When a case is in and when out.
    public var anchors: String
  }

  /// A case with its scores.
  public struct Row: Hashable, Sendable, Codable {
    /// The case's key.
    public var `case`: String
    /// The case's name.
    public var name: String
    /// The scores in the order of the columns.
    public var scores: [Score]
  }

  /// A membership.
  public struct Score: Hashable, Sendable, Codable {
    /// The membership; none where it is missing, which is never 0.
    public var value: Double?
    /// `seen`, `denied`, `judged`, `not-discussed`, `expected` or `contested`.
    public var origin: String
    /// Why, where somebody judged.
    public var why: String
    /// The evidence, by key.
    public var evidence: [String]
    /// The quotes on which it rests, by number.
    public var quotes: [Int]
  }

  /// How well conditions fit the outcome.
  public struct Fit: Hashable, Sendable, Codable {
    /// The condition, or all of them joined by `*`.
    public var conditions: String
    /// How far cases of the one are cases of the other, from 0 to 1; none where nothing can be said.
    public var consistency: Double?
    /// How much of the other is accounted for, from 0 to 1; none where nothing can be said.
    public var coverage: Double?
  }

  /// A combination of conditions that at least one case has.
  public struct TruthRow: Hashable, Sendable, Codable {
    /// 1 or 0 for each condition.
    public var conditions: [Int]
    /// The names of the cases that have it.
    public var cases: [String]
    /// The names of those with the outcome.
    public var positive: [String]
    /// The names of those without it.
    public var negative: [String]
    /// How far it is sufficient for the outcome.
    public var consistency: Double?
    /// Whether cases with and without the outcome have it.
    public var isContradictory: Bool
  }

  /// The name and version of the form.
  public var schema: String
  /// The study's title.
  public var study: String
  /// The configuration's label.
  public var configuration: String
  /// What the cases are.
  public var unit: String
  /// The columns; the outcome comes last.
  public var columns: [Column]
  /// The cases.
  public var rows: [Row]
  /// How far the outcome occurs only with each condition, which is asked before sufficiency.
  public var necessity: [Fit]
  /// How far all conditions together are sufficient for the outcome.
  public var sufficiency: Fit
  /// The combinations of conditions that occur.
  public var truthTable: [TruthRow]
  /// How many combinations no case has; `nil` where there are too many to count.
  public var remainders: Int?
  /// What to keep in mind.
  public var warnings: [String]
  /// The quotes on which the scores rest.
  public var quotes: [StudyReport.Quote]

  /// The name and version of the encoded form.
  public static let encodedSchema = "qda.sets/1"

  /// Collects the table of a configuration.
  ///
  /// - Throws: ``SetTableRefusal`` where the data do not carry a table.
  public init(
    _ project: Project, of configuration: ID<Configuration>?, over unit: String,
    label: (Reference) -> String? = { _ in nil }
  ) throws(SetTableRefusal) {
    let table = try project.setTable(of: configuration, over: unit)
    let collector = Collector(project, label: label)
    let owner = project.configurations[table.configuration]
    schema = Self.encodedSchema
    study = project.title
    self.configuration = owner?.label ?? ""
    self.unit = unit
    var used: Set<String> = []
    columns = table.columns.enumerated().map { offset, column in
      let slots = column.slots.compactMap { id in owner?.slots.first { $0.id == id } }
      return Column(
        name: Self.variable(column.name, at: offset, &used),
        role: offset == table.columns.count - 1 ? "outcome" : "condition",
        elements: slots.map { collector.words(for: $0) }, anchors: column.anchors)
    }
    rows = zip(table.cases, table.scores).map { id, scores in
      Row(
        case: collector.labels[.case(id)],
        name: project.cases[id]?.name ?? collector.labels[.case(id)],
        scores: scores.map { score in
          Score(
            value: score.value, origin: score.origin.rawValue, why: score.why,
            evidence: score.evidence.map { collector.labels[.evidence($0)] },
            quotes: collector.numbers(
              of: score.evidence.compactMap { project.evidence[$0] }
                .flatMap { collector.index.passages(of: $0) }))
        })
    }
    let truth = table.truthTable
    let conditions = columns.dropLast().map(\.name)
    func names(_ ids: [ID<Case>]) -> [String] {
      ids.map { project.cases[$0]?.name ?? collector.labels[.case($0)] }
    }
    necessity = zip(conditions, truth.necessity).map {
      Fit(conditions: $0, consistency: $1.consistency, coverage: $1.coverage)
    }
    sufficiency = Fit(
      conditions: conditions.joined(separator: "*"), consistency: truth.sufficiency.consistency,
      coverage: truth.sufficiency.coverage)
    truthTable = truth.rows.map { row in
      TruthRow(
        conditions: row.conditions.map { $0 ? 1 : 0 }, cases: names(row.cases),
        positive: names(row.positive), negative: names(row.negative),
        consistency: row.consistency, isContradictory: row.isContradictory)
    }
    remainders = truth.remainders
    var warnings = [
      "set-theoretic analysis shows what occurs together and not what generates it",
      "what is not discussed is missing; \(table.complete.count) of \(table.cases.count) cases have "
        + "all scores and are in the table"
        + (table.complete.count == table.cases.count
          ? ""
          : "; left out: "
            + Words.list(
              table.cases.filter { !table.complete.contains($0) }
                .map { project.cases[$0]?.name ?? "" })),
    ]
    if table.hasTooManyConditions {
      warnings.append(
        "there are more combinations of the \(columns.count - 1) conditions than cases with all scores"
      )
    }
    let contradictory = truth.rows.filter(\.isContradictory)
    if !contradictory.isEmpty {
      warnings.append(
        "\(Words.count(contradictory.count, "combination")) of conditions stand with the outcome and "
          + "without it: " + Words.list(contradictory.map { Words.list(names($0.cases)) }, "or"))
    }
    if !truth.undecided.isEmpty {
      warnings.append(
        "a score of 0.5 is neither in nor out: no combination has "
          + Words.list(names(truth.undecided), "or"))
    }
    self.warnings = warnings
    let shown = Set(rows.flatMap(\.scores).flatMap(\.quotes))
    quotes = collector.quotes().filter { shown.contains($0.number) }
  }

  /// The cases that have all scores, as R's QCA and Python's setqca read them; both refuse others.
  public var csv: String {
    table(of: rows.filter { row in row.scores.allSatisfy { $0.value != nil } })
  }

  /// All cases; a missing score is blank.
  public var fullCSV: String { table(of: rows) }

  private func table(of rows: [Row]) -> String {
    CSV.text(
      of: [["case"] + columns.map(\.name)]
        + rows.map { row in [row.name] + row.scores.map { $0.value.map(Self.decimal) ?? "" } })
  }

  /// The combinations of conditions that occur, each with its cases.
  public var truthCSV: String {
    let heads =
      columns.dropLast().map(\.name) + ["cases", "with_outcome", "without_outcome", "consistency"]
    return CSV.text(
      of: [heads]
        + truthTable.map { row in
          row.conditions.map(String.init)
            + [row.cases, row.positive, row.negative].map(\.joinedField)
            + [row.consistency.map(Self.rounded) ?? ""]
        })
  }

  /// Necessity, then sufficiency, then the combinations, as people read them.
  public var fitWords: [String] {
    func words(_ fit: Fit, _ what: String) -> String {
      "\(fit.conditions) \(what): consistency \(fit.consistency.map(Self.rounded) ?? "not defined"), "
        + "coverage \(fit.coverage.map(Self.rounded) ?? "not defined")"
    }
    let outcome = columns.last?.name ?? ""
    return necessity.map { words($0, "is necessary for \(outcome)") }
      + [words(sufficiency, "is sufficient for \(outcome)")]
      + [
        "\(Words.count(truthTable.count, "combination")) of conditions "
          + "\(truthTable.count == 1 ? "occurs" : "occur"), "
          + "\(truthTable.count(where: \.isContradictory)) of them with and without the outcome; "
          + (remainders.map { "\($0) occur nowhere" } ?? "too many to count occur nowhere")
      ]
  }

  /// A share to three digits.
  private static func rounded(_ value: Double) -> String {
    decimal((value * 1000).rounded() / 1000)
  }

  /// Every score with where it comes from and the words that it rests on.
  public var scoreCSV: String {
    let words = Dictionary(quotes.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    var lines = [
      [
        "case", "column", "score", "origin", "why", "anchors", "evidence", "quotes", "places",
        "words",
      ]
    ]
    for row in rows {
      for (column, score) in zip(columns, row.scores) {
        let own = score.quotes.compactMap { words[$0] }
        lines.append([
          row.name, column.name, score.value.map(Self.decimal) ?? "missing", score.origin,
          score.why,
          column.anchors, score.evidence.joinedField, own.map { "\($0.number)" }.joinedField,
          own.map(\.place).joined(separator: "\n"),
          own.map(\.words.onOneLine).joined(separator: "\n"),
        ])
      }
    }
    return CSV.text(of: lines)
  }

  private static func decimal(_ value: Double) -> String {
    value == 0 ? "0" : value == 1 ? "1" : "\(value)"
  }

  /// A name of letters, digits and underscores that begins with a letter, each once.
  private static func variable(
    _ name: String, at offset: Int, _ used: inout Set<String>
  ) -> String {
    var plain = String(
      name.unicodeScalars.map { scalar -> Character in
        let isPlain =
          ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
          || ("0"..."9").contains(scalar)
        return isPlain ? Character(scalar) : "_"
      })
    if !(plain.first?.isLetter ?? false) || !used.insert(plain.uppercased()).inserted {
      plain = "S\(offset + 1)_\(plain)"
      used.insert(plain.uppercased())
    }
    return plain
  }
}
