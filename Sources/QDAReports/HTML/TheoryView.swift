/// The programme theory, from version to version.
struct TheoryView {
  let isEmpty: Bool
  let initial: String
  let refined: String
  let first: [StatementView]
  let hasFirst: Bool
  let firstHeading: String
  let steps: [TheoryStep]

  init(_ context: PageContext) {
    let theory = context.report.theory
    isEmpty = theory.versions.isEmpty
    initial = theory.initial
    refined = theory.refined
    // A study that begins with its refined theory shows that alone.
    let only = theory.versions.count == 1 ? theory.versions.first : nil
    hasFirst = only != nil
    firstHeading = only.map { TheoryStep.heading(of: $0) } ?? ""
    first = only?.statements.map { StatementView($0, context) } ?? []
    steps = zip(theory.versions, theory.versions.dropFirst()).map {
      TheoryStep(from: $0, to: $1, context)
    }
  }
}

/// What one version made of the one before.
struct TheoryStep {
  let before: String
  let after: String
  let rows: [TheoryRow]

  init(
    from old: StudyReport.TheoryEntry, to new: StudyReport.TheoryEntry, _ context: PageContext
  ) {
    before = Self.heading(of: old)
    after = Self.heading(of: new)
    let known = Set(old.statements.map(\.id))
    var taken: Set<String> = []
    var rows = new.statements.map { statement -> TheoryRow in
      let from = statement.from.filter { known.contains($0) }
      taken.formUnion(from)
      return TheoryRow(
        before: from.compactMap { context.index.statement($0)?.text }, isNew: from.isEmpty,
        move: statement.move, why: statement.why, hasWhy: !statement.why.isEmpty,
        isDropped: statement.move == "dropped", hasAfter: true,
        after: StatementView(statement, context))
    }
    for statement in old.statements where !taken.contains(statement.id) {
      rows.append(
        TheoryRow(
          before: [statement.text], isNew: false, move: "not taken up",
          why: StudyReport.notReported, hasWhy: true, isDropped: false, hasAfter: false,
          after: StatementView(statement, context)))
    }
    self.rows = rows
  }

  static func heading(of version: StudyReport.TheoryEntry) -> String {
    let made = [version.author, version.at].filter { !$0.isEmpty }.joined(separator: ", ")
    let title = version.title.isEmpty ? "" : ": \(version.title)"
    return Words.sentence(version.stage) + title + (made.isEmpty ? "" : " (\(made))")
  }
}

/// One statement with what it came from.
struct TheoryRow {
  let before: [String]
  let isNew: Bool
  let move: String
  let why: String
  let hasWhy: Bool
  let isDropped: Bool
  let hasAfter: Bool
  let after: StatementView
}

/// A statement with who speaks for it.
struct StatementView {
  let text: String
  let reason: String
  let configurations: [ReferenceView]
  let chips: [ChipView]
  let hasEvidence: Bool
  let hasChips: Bool
  let standing: String

  init(_ statement: StudyReport.StatementEntry, _ context: PageContext) {
    text = statement.text
    reason = statement.why
    configurations = statement.configurations.map { ReferenceView($0, context) }
    chips = context.chips(statement.standing, about: "a statement of the programme theory")
    hasEvidence = !statement.standing.evidence.isEmpty
    hasChips = !chips.isEmpty
    standing = statement.standing.words
  }
}
