internal import QDACore

/// The tables of a study that are keyed by participant, as one.
///
/// The first table with columns that describe people (role, organisation, gender, age) is the table
/// of participants; a table of other people continues it. A table of the same people adds its
/// columns where they are others; where it says the same kinds of things again the first one holds.
struct JoinedTables {
  private(set) var rows: [ParticipantRow] = []
  private(set) var findings: [Diagnostic] = []
  private var rowOf: [ParticipantLabel: Int] = [:]
  private var kinds: Set<ParticipantTableLayout.Column> = []

  init(_ tables: [ParticipantTableLayout]) {
    let ranked =
      tables.filter { !$0.kinds.isEmpty } + tables.filter(\.kinds.isEmpty)
    for table in ranked { add(table) }
    for table in tables {
      findings += table.broken.map { Self.misfit($0.written, cells: $0.cells, of: table) }
    }
  }

  private mutating func add(_ table: ParticipantTableLayout) {
    let known = table.rows.map { label(of: $0).flatMap { rowOf[$0] } }
    guard known.count(where: { $0 != nil }) * 2 > table.rows.count else {
      for row in table.rows { append(row) }
      kinds.formUnion(table.kinds)
      return
    }
    guard kinds.isDisjoint(with: table.kinds) else {
      findings.append(Self.repeated(table))
      return
    }
    kinds.formUnion(table.kinds)
    var unknown: [ParticipantLabel: [WrittenText]] = [:]
    for (row, index) in zip(table.rows, known) {
      if let index {
        rows[index].add(row)
      } else if let label = label(of: row) {
        unknown[label, default: []].append(row.id)
      } else {
        append(row)
      }
    }
    for (label, uses) in unknown.sorted(by: { $0.key.number < $1.key.number }) {
      findings.append(ParticipantFindings.unknown(label, uses))
    }
  }

  private mutating func append(_ row: ParticipantRow) {
    if let label = label(of: row), rowOf[label] == nil { rowOf[label] = rows.count }
    rows.append(row)
  }

  // Tables differ in whether they write the letter, so that it does not count here.
  private func label(of row: ParticipantRow) -> ParticipantLabel? {
    LabelSpelling(row.id.text).map { ParticipantLabel(prefix: "", number: $0.label.number) }
  }

  private static func repeated(_ table: ParticipantTableLayout) -> Diagnostic {
    let first = table.rows.first?.id ?? WrittenText("")
    return Diagnostic(
      "participant.duplicate", .warning, at: first.place,
      "a second table has rows for the same participants", raw: first.text, line: first.line,
      explanation: "The first table was used and this one left out.",
      solutions: ["remove one of the two, or leave in the second only what the first does not say"],
      count: table.rows.count)
  }

  private static func misfit(
    _ row: WrittenText, cells: Int, of table: ParticipantTableLayout
  ) -> Diagnostic {
    Diagnostic(
      "table.field-count", .warning, at: row.place,
      "the row has \(cells) cells and the head \(table.columns.count)", raw: row.text,
      line: row.line,
      explanation: "Which cell belongs to which column is not guessed: the participant is kept, "
        + "with the row as written and no other value.",
      solutions: ["complete the row, with a blank cell where nothing is known"])
  }
}

extension ParticipantRow {
  fileprivate mutating func add(_ other: ParticipantRow) {
    organisationAndRoles = organisationAndRoles ?? other.organisationAndRoles
    organisation = organisation ?? other.organisation
    roles = roles ?? other.roles
    gender = gender ?? other.gender
    age = age ?? other.age
    others += other.others
  }
}
