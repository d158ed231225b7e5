public import QDACore

/// The participants of a study, checked; what every reader of participant tables shares.
public struct ParticipantTable: Hashable, Sendable {
  /// The participants in the order of their first rows.
  public var participants: [Participant]
  /// The roles that participants have, with what footnotes or the study say of them.
  public var roles: [Term]
  /// The age bands of the study: those given, else those used at least twice.
  public var ageBands: [AgeBand]
  /// The number of rows, repeated ones and ones without a readable id included.
  public var rowCount: Int
  /// Finds participants by id.
  public var register: ParticipantRegister

  /// What a study says of its participants outside the table.
  public struct Expectations: Sendable {
    /// The roles that the study defines itself, which need no footnote.
    public var roles: [Term]
    /// The study's age bands; none means that the table tells.
    public var ageBands: [AgeBand]
    /// The letters before the numbers, where the table has bare numbers.
    public var prefix: String

    /// Creates expectations, none unless given.
    public init(roles: [Term] = [], ageBands: [AgeBand] = [], prefix: String = "P") {
      self.roles = roles
      self.ageBands = ageBands
      self.prefix = prefix
    }
  }

  /// Understands rows and their footnotes, and checks them.
  public static func read(
    _ rows: [ParticipantRow], footnotes: [Footnote] = [],
    expecting expected: Expectations = Expectations()
  ) -> Reading<ParticipantTable> {
    var findings: [Diagnostic] = []
    var variants = LabelVariantNotes(place: "the table")
    var participants: [Participant] = []
    var rowOf: [ParticipantLabel: ParticipantRow] = [:]
    var kept: [ParticipantRow] = []
    for row in rows {
      guard let spelling = LabelSpelling(row.id.text) else {
        findings.append(ParticipantFindings.unreadable(row.id))
        continue
      }
      var label = spelling.label
      if label.prefix.isEmpty { label.prefix = expected.prefix }
      if let first = rowOf[label] {
        findings.append(ParticipantFindings.duplicate(label, row, first: first))
        continue
      }
      variants.add(spelling, meaning: label, at: row.id)
      rowOf[label] = row
      kept.append(row)
      participants.append(
        Participant(
          label: label, id: row.id, organisation: nil, roles: [],
          gender: row.gender?.text, age: nil, others: row.others))
    }
    findings += variants.diagnostics
    findings += ParticipantFindings.gaps(in: participants)
    let roles = RoleColumn(rows: kept, footnotes: footnotes, defined: expected.roles)
    let ages = AgeColumn(cells: kept.map(\.age), vocabulary: expected.ageBands)
    for index in participants.indices {
      participants[index].organisation = roles.organisations[index]
      participants[index].roles = roles.roles[index]
      participants[index].age = ages.ages[index]
    }
    let table = ParticipantTable(
      participants: participants, roles: roles.vocabulary, ageBands: ages.vocabulary,
      rowCount: rows.count,
      register: ParticipantRegister(participants.map(\.label), prefix: expected.prefix))
    return Reading(table, diagnostics: findings + roles.findings + ages.findings)
  }
}

/// The age cells of a table, read together because the vocabulary follows from all of them.
struct AgeColumn {
  private(set) var ages: [ParticipantAge?] = []
  private(set) var vocabulary: [AgeBand]
  private(set) var findings: [Diagnostic] = []

  init(cells: [WrittenText?], vocabulary given: [AgeBand]) {
    ages = cells.map { cell in
      cell.map { ParticipantAge(raw: $0.text, reading: AgeReading($0.text)) }
    }
    let bands = ages.compactMap { $0?.band }
    vocabulary =
      given.isEmpty
      ? AgeBand.vocabulary(of: ages.compactMap { $0.flatMap(Self.use) }) : given.sorted()
    // A column of single ages has no bands to be outside of.
    let hasBands = !given.isEmpty || !bands.isEmpty
    for (cell, age) in zip(cells, ages) {
      guard let cell, let age else { continue }
      switch age.reading {
      case .reversed: findings.append(ParticipantFindings.reversed(cell))
      case .band(let band) where !vocabulary.isEmpty && !vocabulary.contains(band):
        findings.append(ParticipantFindings.outsideVocabulary(cell, vocabulary))
      case .age where hasBands && !vocabulary.isEmpty, .unreadable where hasBands:
        findings.append(ParticipantFindings.outsideVocabulary(cell, vocabulary))
      case .band, .age, .missing, .unreadable: break
      }
    }
  }
}

extension AgeColumn {
  // A band written backwards is no value, but it shows which band the study uses, so that its only
  // other user is not reported.
  private static func use(of age: ParticipantAge) -> AgeBand? {
    if case .reversed(let first, let second) = age.reading { return AgeBand(second, first) }
    return age.band
  }
}

/// The role cells of a table, read together because footnotes and other cells explain each one.
struct RoleColumn {
  private(set) var organisations: [String?] = []
  private(set) var roles: [[String]] = []
  private(set) var vocabulary: [Term] = []
  private(set) var findings: [Diagnostic] = []

  /// The names that a footnote of these rows may define without a mark.
  static func names(in rows: [ParticipantRow]) -> [String] {
    let cells = read(rows, terms: [])
    return cells.flatMap { ($0?.roles.map(\.name) ?? []) + [$0?.organisation].compactMap { $0 } }
  }

  init(rows: [ParticipantRow], footnotes: [Footnote], defined: [Term]) {
    let terms = defined.map(\.name) + footnotes.compactMap(\.term)
    let cells = Self.read(rows, terms: terms)
    let used = cells.flatMap { $0?.roles ?? [] }
    let expectsDefinitions =
      !defined.isEmpty || used.contains { !$0.markers.isEmpty }
      || footnotes.contains { note in used.contains { Self.names(note, $0) } }
    var undefined: [(name: String, cells: [WrittenText])] = []
    for (row, cell) in zip(rows, cells) {
      let written = row.roleCell ?? row.id
      for role in cell?.roles ?? [] {
        let key = role.name.comparisonKey
        if defined.contains(where: { $0.name.comparisonKey == key }) { continue }
        if let note = footnotes.first(where: { Self.names($0, role) }) {
          if let marker = note.marker, !role.markers.joined().contains(marker) {
            findings.append(ParticipantFindings.markerMissing(role.name, marker, written, note))
          }
        } else if expectsDefinitions, !footnotes.contains(where: { Self.explains($0, role) }) {
          if let index = undefined.firstIndex(where: { $0.name.comparisonKey == key }) {
            undefined[index].cells.append(written)
          } else {
            undefined.append((role.name, [written]))
          }
        }
      }
    }
    for (name, cells) in undefined {
      findings.append(ParticipantFindings.roleUndefined(name, cells))
    }
    vocabulary = Self.vocabulary(used: used, footnotes: footnotes, defined: defined)
    let rank = Dictionary(
      vocabulary.enumerated().map { ($0.element.name.comparisonKey, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    for (row, cell) in zip(rows, cells) {
      organisations.append(row.organisation?.text ?? cell?.organisation)
      let ranks = Set(cell?.roles.compactMap { rank[$0.name.comparisonKey] } ?? [])
      roles.append(ranks.sorted().map { vocabulary[$0].name })
    }
  }

  private static func read(_ rows: [ParticipantRow], terms: [String]) -> [RoleCell?] {
    // A column of roles whose cells name organisations too is read as one that holds both.
    let isMixed = rows.contains { row in
      row.organisationAndRoles != nil
        || row.roles.flatMap { RoleCell.certainOrganisation(in: $0.text) } != nil
    }
    var organisations: [String] = []
    for row in rows where isMixed {
      guard let cell = row.roleCell?.text else { continue }
      if let certain = RoleCell.certainOrganisation(in: cell) {
        organisations.append(certain)
      } else if cell.unicodeScalars.allSatisfy({ Footnote.marker($0) == nil && !$0.isDash }) {
        organisations.append(cell)
      }
    }
    let known = Set(terms.map(\.comparisonKey))
    organisations.removeAll { known.contains($0.comparisonKey) }
    let context = RoleCell.Context(
      terms: terms, organisations: organisations, plainNamesAreRoles: !isMixed)
    return rows.map { row in row.roleCell.map { RoleCell($0.text, in: context) } }
  }

  private static func names(_ note: Footnote, _ role: RoleCell.Role) -> Bool {
    note.term?.comparisonKey == role.name.comparisonKey
  }

  // A note that names no word explains whatever carries its mark.
  private static func explains(_ note: Footnote, _ role: RoleCell.Role) -> Bool {
    guard note.term == nil, let marker = note.marker else { return false }
    return role.markers.contains(marker)
  }

  private static func vocabulary(
    used: [RoleCell.Role], footnotes: [Footnote], defined: [Term]
  ) -> [Term] {
    var vocabulary = defined
    var known = Set(defined.map(\.name.comparisonKey))
    let usedKeys = Set(used.map(\.name.comparisonKey))
    for note in footnotes {
      guard let term = note.term, usedKeys.contains(term.comparisonKey),
        known.insert(term.comparisonKey).inserted
      else { continue }
      vocabulary.append(Term(name: term, definition: note.definition))
    }
    for role in used where known.insert(role.name.comparisonKey).inserted {
      let note = footnotes.first { explains($0, role) }
      vocabulary.append(Term(name: role.name, definition: note?.definition ?? ""))
    }
    return vocabulary
  }
}
