internal import QDACore

/// What every part of a report needs while it is collected.
struct Collector {
  let project: Project
  let labels: Labels
  let attribution: Attribution
  let index: EvidenceIndex
  /// The cases that have words of their own.
  let rows: [Case]
  /// The passages that the report shows, in the order of their numbers, which begin at 1.
  let passages: [Passage]
  /// The number of each passage that the report shows.
  let numbers: [ID<Passage>: Int]
  /// The cases whose words each shown passage is.
  let owners: [ID<Passage>: [ID<Case>]]

  init(_ project: Project, label: (Reference) -> String?) {
    self.project = project
    labels = Labels(project, label: label)
    attribution = Attribution(project)
    index = EvidenceIndex(project)
    rows = project.rows
    var wanted: Set<ID<Passage>> = []
    for cell in project.cells.values {
      wanted.formUnion(cell.references)
      for other in cell.alternatives { wanted.formUnion(other.runs.flatMap(\.references)) }
    }
    for evidence in project.evidence {
      if case .passage(let id) = evidence.ground { wanted.insert(id) }
    }
    wanted.formUnion(project.explanations.flatMap(\.passages))
    let position = Dictionary(
      project.sources.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let sources = project.codings.sources.sorted {
      let (left, right) = (position[$0] ?? .max, position[$1] ?? .max)
      return left == right ? $0 < $1 : left < right
    }
    passages = sources.flatMap { source in
      let coded = Set(
        project.codings.codings(in: source).filter { $0.status != .rejected }.map(\.passage))
      return project.codings.passages(in: source).filter {
        coded.contains($0.id) || wanted.contains($0.id)
      }
    }
    numbers = Dictionary(
      passages.enumerated().map { ($1.id, $0 + 1) }, uniquingKeysWith: { first, _ in first })
    let attribution = attribution
    owners = Dictionary(
      passages.map { ($0.id, attribution.cases(of: $0)) }, uniquingKeysWith: { first, _ in first })
  }

  /// The names of some cases.
  func names(_ cases: [ID<Case>]) -> [String] { cases.map { labels[.case($0)] } }

  /// The numbers of some passages, in the order given.
  func numbers(of passages: [ID<Passage>]) -> [Int] { passages.compactMap { numbers[$0] } }

  /// Who acted, or nothing where nobody is recorded.
  func name(of stamp: Stamp) -> String { stamp.by.map { labels[.coder($0)] } ?? "" }

  /// When somebody acted, or nothing where no time is recorded.
  ///
  /// A day is written as a day: midnight without a zone is what a date alone is kept as.
  func time(of stamp: Stamp) -> String {
    guard let time = stamp.at else { return "" }
    let isDay = time.zone == nil && time.milliseconds % 86_400_000 == 0
    return isDay ? String(time.description.prefix { $0 != "T" }) : time.description
  }

  /// What a row of the study is one of: `participant`, `site`, or `case` where they differ.
  var unit: String {
    let units = Set(rows.map(\.unit))
    return units.count == 1 ? units.first ?? "case" : "case"
  }

  /// How many of all, as in "9 of 22 participants".
  func share(_ count: Int) -> String {
    "\(count) of \(rows.count) \(Words.plural(unit, of: rows.count))"
  }
}

/// Turns of phrase that several parts of a report share.
enum Words {
  /// A number with its noun, as in "1 cell" and "3 cells".
  static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(plural(noun, of: count))"
  }

  /// The noun in the number that the count asks for.
  static func plural(_ noun: String, of count: Int) -> String {
    if count == 1 { return noun }
    if noun.hasSuffix("y"), let before = noun.dropLast().last, !"aeiou".contains(before) {
      return noun.dropLast() + "ies"
    }
    return noun + "s"
  }

  /// A list as in "a, b and c".
  static func list(_ items: [String], _ conjunction: String = "and") -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }

  /// Beginning with a capital.
  static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  /// What stands where nothing supports or contradicts a claim.
  static let noEvidence = "no evidence"
}
