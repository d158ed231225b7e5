import QDACore
import QDAInterchange
import Testing

@Suite struct ParticipantTests {
  static let labels: [(String, String, [LabelVariant])] = [
    ("17", "17", [LabelVariant.bareNumber]), ("P17", "P17", []), ("(P17)", "P17", [.bracketed]),
    ("[P17]", "P17", [.bracketed]), ("P 17", "P17", [.spaced]), ("P\u{202F}17", "P17", [.spaced]),
    ("P\u{00A0}17", "P17", [.spaced]), ("P01", "P1", [.padded]),
    ("01", "1", [.bareNumber, .padded]),
    ("Participant 17", "P17", [.spelledOut]), ("participant\u{2009}17", "P17", [.spelledOut]),
    ("Interviewee 3", "I3", [.spelledOut]), ("p17", "P17", [.lowerCase]), (" P17 ", "P17", []),
    ("(P17", "P17", [.bracketed]), ("P-17", "P17", [.hyphenated]),
    ("#17", "17", [.bareNumber, .marked]),
    ("P17*", "P17", [.marked]), ("**P17**", "P17", [.marked]), ("Ｐ１７", "P17", [.fullWidth]),
    ("No. 17", "17", [.spelledOut]), ("Participant P17", "P17", [.spelledOut]),
    ("Participant No. 17", "17", [.spelledOut]), ("P0", "P0", []),
    ("(17)", "17", [.bareNumber, .bracketed]),
  ]

  @Test(arguments: labels)
  func `a label is read in all its spellings`(
    text: String, name: String, variants: [LabelVariant]
  ) {
    let spelling = LabelSpelling(text)
    #expect(spelling?.label.description == name)
    #expect(spelling?.variants == variants)
  }

  @Test(arguments: [
    "", "P", "p. 17", "p 17", "COVID-19", "17 months", "P1234567", "page 17", "PPPP1", "P-", "P17a",
    "()", "56+", "(((", "Participant", "P17–P19", "99999999999999999999",
  ])
  func `what is no label is not read as one`(text: String) {
    #expect(LabelSpelling(text) == nil)
  }

  @Test func `a bare number means the only participant who has it`() {
    let register = ParticipantRegister(
      [
        .init(prefix: "P", number: 1), .init(prefix: "P", number: 2), .init(prefix: "S", number: 2),
      ],
      prefix: "P")
    let bare = { (number: Int) in register.resolve(.init(prefix: "", number: number)) }
    #expect(bare(1)?.description == "P1")
    #expect(bare(2) == nil)
    #expect(bare(3) == nil)
    #expect(register.resolve(.init(prefix: "S", number: 2))?.description == "S2")
    #expect(register.resolve(.init(prefix: "S", number: 1)) == nil)
  }

  static let ages: [(String, AgeReading)] = [
    ("26–35", AgeReading.band(AgeBand(26, 35))), ("26-35", .band(AgeBand(26, 35))),
    ("26 — 35", .band(AgeBand(26, 35))), ("26\u{202F}−\u{202F}35", .band(AgeBand(26, 35))),
    ("26 to 35 years", .band(AgeBand(26, 35))), ("56+", .band(AgeBand(56, nil))),
    ("56 +", .band(AgeBand(56, nil))), ("56 and over", .band(AgeBand(56, nil))),
    ("56 years or older", .band(AgeBand(56, nil))), ("over 55", .band(AgeBand(56, nil))),
    (">55", .band(AgeBand(56, nil))), ("≥56", .band(AgeBand(56, nil))),
    (">= 56", .band(AgeBand(56, nil))), ("under 26", .band(AgeBand(0, 25))),
    ("25 or younger", .band(AgeBand(0, 25))), ("26–25", .reversed(26, 25)), ("34", .age(34)),
    ("34 years", .age(34)), ("–", .missing), ("", .missing), ("not stated", .missing),
    ("26–", .unreadable), ("2G–35", .unreadable), ("26–35–40", .unreadable),
    ("99999999999999999999", .unreadable), ("thirties", .unreadable), ("<0", .unreadable),
  ]

  @Test(arguments: ages)
  func `an age cell is read or kept`(text: String, expected: AgeReading) {
    #expect(AgeReading(text) == expected)
  }

  @Test func `an open band is sorted last`() {
    let bands = [AgeBand(18, nil), AgeBand(46, 55), AgeBand(26, 35), AgeBand(26, 30)]
    #expect(bands.sorted().map(\.description) == ["26–30", "26–35", "46–55", "18+"])
  }

  @Test func `the vocabulary is what is used twice and does not overlap`() {
    let used = [
      AgeBand(26, 35), AgeBand(26, 35), AgeBand(26, 35), AgeBand(27, 36), AgeBand(27, 36),
      AgeBand(56, nil), AgeBand(56, nil), AgeBand(18, 25),
    ]
    #expect(AgeBand.vocabulary(of: used).map(\.description) == ["26–35", "56+"])
  }

  static let roleCells: [(String, String?, [String])] = [
    ("TSO—Crisis*", "TSO", ["Crisis*"]), ("TSO", "TSO", []),
    ("TSO—Crisis*\u{202F}+\u{202F}Employer+", "TSO", ["Crisis*", "Employer+"]),
    ("TSO—Crisis* + Employer+", "TSO", ["Crisis*", "Employer+"]),
    ("TSO—Employer+ + Crisis*", "TSO", ["Employer+", "Crisis*"]),
    ("TSO—Crisis*+Employer+", "TSO", ["Crisis*", "Employer+"]),
    ("TSO—Employer++Crisis*", "TSO", ["Employer+", "Crisis*"]),
    ("TSO—Employer+Crisis*", "TSO", ["Employer", "Crisis*"]),
    ("TSO—Employer + Crisis*", "TSO", ["Employer", "Crisis*"]),
    ("TSO—Employer+ Crisis*", "TSO", ["Employer+", "Crisis*"]),
    ("TSO—Crisis* + +Employer", "TSO", ["Crisis*", "Employer+"]),
    ("TSO—*Crisis", "TSO", ["Crisis*"]), ("TSO—Crisis *", "TSO", ["Crisis*"]),
    ("TSO—Crisis*, Employer+ and MH", "TSO", ["Crisis*", "Employer+", "MH"]),
    ("TSO-Crisis*", "TSO", ["Crisis*"]), ("TSO - MH", "TSO", ["MH"]), ("TSO: MH", "TSO", ["MH"]),
    ("TSO (Crisis*)", "TSO", ["Crisis*"]), ("TSO Crisis*", "TSO", ["Crisis*"]),
    ("Crisis*", nil, ["Crisis*"]), ("Crisis", nil, ["Crisis"]), ("–", nil, []), ("none", nil, []),
    ("NHS-funded trust", "NHS-funded trust", []), ("+", nil, []), ("TSO—", "TSO", []),
  ]

  @Test(arguments: roleCells)
  func `a role cell gives an organisation and a set of roles`(
    text: String, organisation: String?, roles: [String]
  ) {
    let context = RoleCell.Context(
      terms: ["Crisis", "Employer", "MH"], organisations: ["TSO"], plainNamesAreRoles: false)
    let cell = RoleCell(text, in: context)
    #expect(cell.organisation == organisation)
    #expect(cell.roles.map { $0.name + $0.markers.joined() } == roles)
  }

  static let footnotes: [(String, String?, String?, String)] = [
    ("*Crisis refers to urgent help.", "*", "Crisis", "urgent help."),
    ("* Crisis: urgent help: food", "*", "Crisis", "urgent help: food"),
    ("†Crisis = urgent help", "†", "Crisis", "urgent help"),
    ("Crisis* means urgent help", nil, "Crisis", "urgent help"),
    ("**Works part-time.", "**", nil, "Works part-time."),
  ]

  @Test(arguments: footnotes)
  func `a footnote is taken apart`(
    text: String, marker: String?, term: String?, definition: String
  ) throws {
    let note = try #require(Footnote(WrittenText(text), terms: ["Crisis"]))
    #expect(note.marker == marker)
    #expect(note.term == term)
    #expect(note.definition == definition)
  }

  @Test func `a sentence that defines no role is no footnote`() {
    #expect(Footnote(WrittenText("Findings refers to what we found."), terms: ["Crisis"]) == nil)
    #expect(Footnote(WrittenText("Findings"), terms: ["Crisis"]) == nil)
    #expect(Footnote(WrittenText("*"), terms: ["Crisis"]) == nil)
  }

  @Test func `rows of any layout are checked alike`() {
    func row(_ id: String, _ roles: String, _ age: String) -> ParticipantRow {
      ParticipantRow(
        id: WrittenText(id, at: .file("participants.csv", line: 2, column: 1)),
        organisation: WrittenText("Trust"), roles: WrittenText(roles), age: WrittenText(age))
    }
    let reading = ParticipantTable.read(
      [row("P1", "Nurse", "30"), row("P3", "Nurse; Porter", "41"), row("P3", "Porter", "41")],
      expecting: .init(roles: [Term(name: "Nurse", definition: "A nurse.")]))
    #expect(
      reading.diagnostics.map(\.id)
        == ["participant.duplicate", "participant.numbering-gap", "participant.role-undefined"])
    #expect(reading.value.participants.map(\.roles) == [["Nurse"], ["Nurse", "Porter"]])
    #expect(reading.value.participants.map { $0.age?.reading } == [.age(30), .age(41)])
    #expect(reading.value.rowCount == 3)
  }

  @Test func `numbering that starts far up has no gap before it`() {
    let rows = [101, 102, 104].map { ParticipantRow(id: WrittenText("P\($0)")) }
    let gaps = ParticipantTable.read(rows).diagnostics
    #expect(gaps.map(\.summary) == ["no row has P103"])
  }
}
