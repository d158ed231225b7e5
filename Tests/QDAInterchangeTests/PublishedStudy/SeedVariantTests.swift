import Foundation
import QDACore
import QDAInterchange
import Testing

private let row1 = " \t1 \tTSO \tFemale \t56+\n"
private let row5 = " \t5 \tTSO \tFemale \t36–45\n"
private let row10 = " \t10 \tTSO \tFemale \t46–55\n"
private let row14 = " \t14 \tTSO—Employer+ \tFemale \t46–55\n"
private let row20 = " \t20 \tTSO—Crisis*\u{202F}+\u{202F}Employer+ \tMale \t56+\n"
private let row22 = " \t22 \tTSO—Employer+ \tFemale \t56+\n"
private let crisisNote =
  "*Crisis refers to TSOs that offered support for immediate needs, for example, debt relief, "
  + "food banks, housing advice, homelessness.\n"

@Suite(.enabled(if: StudySample.seed.isPresent, "../shared/seed is not here"))
struct SeedVariantTests {
  static let changes: [StudyChange] = [
    // Age bands
    .init(
      "a second reversed band", "\t8 \tTSO \tFemale \t46–55", "\t8 \tTSO \tFemale \t55–46",
      "+participant.age-band-reversed"),
    .init(
      "one of only two in a band reversed", "\t5 \tTSO \tFemale \t36–45",
      "\t5 \tTSO \tFemale \t45–36", "+participant.age-band-reversed"),
    .init("the reversed band corrected", "26–25", "26–35", "-participant.age-band-reversed"),
    .init(
      "a band outside the vocabulary", "\t8 \tTSO \tFemale \t46–55",
      "\t8 \tTSO \tFemale \t18–25", "+participant.age-band-outside-vocabulary"),
    .init(
      "the reversed band becomes one outside", "26–25", "18–25",
      "-participant.age-band-reversed", "+participant.age-band-outside-vocabulary"),
    .init(
      "a shifted band", "\t3 \tTSO—MH \tFemale \t26–35", "\t3 \tTSO—MH \tFemale \t27–36",
      "+participant.age-band-outside-vocabulary"),
    .init(
      "an overlapping band", "\t8 \tTSO \tFemale \t46–55", "\t8 \tTSO \tFemale \t40–50",
      "+participant.age-band-outside-vocabulary"),
    .init(
      "another open band", "\t12 \tTSO \tFemale \t56+", "\t12 \tTSO \tFemale \t65+",
      "+participant.age-band-outside-vocabulary"),
    .init(
      "an open band closed", "\t12 \tTSO \tFemale \t56+", "\t12 \tTSO \tFemale \t56–65",
      "+participant.age-band-outside-vocabulary"),
    .init(
      "an unreadable band", "\t8 \tTSO \tFemale \t46–55", "\t8 \tTSO \tFemale \t4G–55",
      "+participant.age-band-outside-vocabulary"),
    // Ids in quotations
    .init(
      "an unknown id", "that initial drop-in. P9", "that initial drop-in. P23",
      "+participant.unknown"),
    .init("an unknown id far off", "what we do. P13", "what we do. P99", "+participant.unknown"),
    .init(
      "an unknown id twice",
      [
        ("what we do. P13", "what we do. P99"), ("initial drop-in. P9\n", "initial drop-in. P99\n"),
      ],
      "+participant.unknown"),
    .init(
      "a leading zero", "initial drop-in. P9\n", "initial drop-in. P09\n",
      "+participant.id-variant"),
    .init("brackets", "what we do. P13", "what we do. (P13)", "+participant.id-variant"),
    .init("square brackets", "what we do. P13", "what we do. [P13]", "+participant.id-variant"),
    .init("a space", "what we do. P13", "what we do. P 13", "+participant.id-variant"),
    .init(
      "a narrow space", "what we do. P13", "what we do. P\u{202F}13",
      "+participant.id-variant"),
    .init("a bare number", "what we do. P13", "what we do. 13", "+participant.id-variant"),
    .init(
      "a bare number after an ellipsis", "medicine now… P8", "medicine now… 8",
      "+participant.id-variant"),
    .init(
      "a word and a role", "what we do. P13", "what we do. — Participant 13, manager",
      "+participant.id-variant"),
    .init("a small letter", "what we do. P13", "what we do. p13", "+participant.id-variant"),
    .init("an en dash before the id", "what we do. P13", "what we do. – P13"),
    .init("a full stop after the id", "what we do. P13", "what we do. P13."),
    .init("the number nought", "what we do. P13", "what we do. P0", "+participant.unknown"),
    .init("letters that no row has", "what we do. P13", "what we do. R13", "+participant.unknown"),
    .init("an id on the next line", "what we do. P13", "what we do.\nP13"),
    .init("another known id", "what we do. P13", "what we do. P14"),
    // Quotations without an id
    .init(
      "the first of a block lost its id", "what we do. P13\n", "what we do.\n",
      "+quotation.unattributed"),
    .init(
      "the last of a block lost its id", "aren’t so good. P5\n", "aren’t so good.\n",
      "+quotation.unattributed"),
    .init(
      "a single one lost its id", "resilience people need. P17\n", "resilience people need.\n",
      "+quotation.unattributed"),
    .init(
      "the last quotation lost its id", "stop the 64 organisations. P2\n",
      "stop the 64 organisations.\n", "+quotation.unattributed"),
    .init(
      "one that ends in an ellipsis lost its id", "medicine now… P8\n", "medicine now…\n",
      "+quotation.unattributed"),
    // Rows
    .init(
      "a row that is never quoted is removed", row14, "", "+participant.numbering-gap",
      "+study.sample-size-mismatch"),
    .init(
      "a quoted row is removed", row10, "", "+participant.numbering-gap",
      "+participant.unknown", "+study.sample-size-mismatch"),
    .init(
      "the first row is removed", row1, "", "+participant.numbering-gap",
      "+participant.unknown", "+study.sample-size-mismatch"),
    .init(
      "the last row is removed", row22, "", "+participant.unknown",
      "+study.sample-size-mismatch"),
    .init(
      "the only row of two in its band is removed", row5, "", "+participant.numbering-gap",
      "+participant.unknown", "+study.sample-size-mismatch",
      "+participant.age-band-outside-vocabulary"),
    .init("a row stands twice", row10, row10 + "\n\n" + row10, "+participant.duplicate"),
    .init(
      "a row has the id of another", " \t15 \tTSO", " \t14 \tTSO", "+participant.duplicate",
      "+participant.numbering-gap"),
    .init(
      "a row that nobody mentions is added", row22, row22 + "\n\n \t23 \tTSO \tMale \t56+\n",
      "+study.sample-size-mismatch"),
    .init("a row's id is written P17", " \t17 \t", " \tP17 \t"),
    .init("a row's id is written (P17)", " \t17 \t", " \t(P17) \t", "+participant.id-variant"),
    .init("a row's id is written P 17", " \t17 \t", " \tP 17 \t", "+participant.id-variant"),
    .init("a row's id is written 07", " \t7 \t", " \t07 \t", "+participant.id-variant"),
    .init(
      "a row's id is written Participant 17", " \t17 \t", " \tParticipant 17 \t",
      "+participant.id-variant"),
    .init(
      "a row's id cannot be read", " \t14 \t", " \t1A \t", "+participant.id-unreadable",
      "+participant.numbering-gap"),
    // Roles
    .init(
      "a role without a footnote", "\t7 \tTSO \t", "\t7 \tTSO—Housing \t",
      "+participant.role-undefined"),
    .init(
      "a marked role whose footnote is another's", "\t7 \tTSO \t", "\t7 \tTSO—Housing* \t",
      "+participant.role-undefined"),
    .init(
      "a third role in a set", "Crisis*\u{202F}+\u{202F}Employer+",
      "Crisis*\u{202F}+\u{202F}Employer+\u{202F}+\u{202F}Housing", "+participant.role-undefined"),
    .init(
      "Crisis without its mark", "\t2 \tTSO—Crisis* ", "\t2 \tTSO—Crisis ",
      "+participant.footnote-marker-missing"),
    .init(
      "Employer without its mark", "\t6 \tTSO—Employer+ ", "\t6 \tTSO—Employer ",
      "+participant.footnote-marker-missing"),
    .init(
      "Crisis without its mark in a set", "Crisis*\u{202F}+", "Crisis\u{202F}+",
      "+participant.footnote-marker-missing"),
    .init(
      "Employer without its mark in a set", "+\u{202F}Employer+", "+\u{202F}Employer",
      "+participant.footnote-marker-missing"),
    .init(
      "the mark of another footnote", "\t2 \tTSO—Crisis* ", "\t2 \tTSO—Crisis+ ",
      "+participant.footnote-marker-missing"),
    .init(
      "the mark moved to the organisation", "\t2 \tTSO—Crisis* ", "\t2 \tTSO*—Crisis ",
      "+participant.footnote-marker-missing"),
    .init("the mark before its role", "\t2 \tTSO—Crisis* ", "\t2 \tTSO—*Crisis "),
    .init("a footnote is deleted", crisisNote, "", "+participant.role-undefined"),
    .init(
      "the footnote without a mark is deleted",
      "MH refers to TSOs providing mental health services.\n", "", "+participant.role-undefined"),
    .init("a mark after the word of its footnote", "*Crisis refers", "Crisis* refers"),
    .init("a footnote's mark is lost", "+Employer refers", "Employer refers"),
    .init(
      "a footnote gets a mark that no row has", "MH refers", "†MH refers",
      "+participant.footnote-marker-missing", "+participant.footnote-marker-missing"),
    .init(
      "footnotes on one line",
      [
        ("homelessness.\n\n+Employer", "homelessness. +Employer"),
        ("employed CLWs.\n\nMH", "employed CLWs. MH"),
      ]),
    // Sample size
    .init(
      "the sample is said to be 23", "comprised 22", "comprised 23",
      "+study.sample-size-mismatch"),
    .init(
      "the sample is said to be 21", "comprised 22", "comprised 21",
      "+study.sample-size-mismatch"),
    .init(
      "the sample in words", "comprised 22", "comprised twenty-three",
      "+study.sample-size-mismatch"),
    .init("the right sample in words", "comprised 22", "comprised twenty-two"),
    .init(
      "21 were interviewed", "interviewed 22 participants", "interviewed 21 participants",
      "+study.sample-size-mismatch"),
    .init(
      "23 were interviewed, in words", "interviewed 22 participants",
      "interviewed twenty three participants", "+study.sample-size-mismatch"),
    .init(
      "the abstract says 21", "across 22 TSOs", "across 21 TSOs",
      "+study.sample-size-mismatch"),
    .init(
      "two different wrong numbers",
      [("comprised 22", "comprised 23"), ("interviewed 22", "interviewed 21")],
      "+study.sample-size-mismatch", "+study.sample-size-mismatch"),
    .init("n in brackets", "comprised 22 TSO staff.", "comprised TSO staff (n = 22)."),
    .init(
      "a wrong n in brackets", "comprised 22 TSO staff.", "comprised TSO staff (n = 21).",
      "+study.sample-size-mismatch"),
    .init(
      "a wrong n of participants", "We interviewed 22 participants",
      "We interviewed participants (n\u{202F}=\u{202F}24)", "+study.sample-size-mismatch"),
    .init(
      "an n in the table's title", "TABLE 1 Participant demographics.",
      "TABLE 1 Participant demographics (n = 20).", "+study.sample-size-mismatch"),
    .init("the size of a side group", "(n\u{202F}=\u{202F}3)", "(n = 5)"),
    .init("some participants", "Several participants spoke", "Fourteen participants spoke"),
    .init("several organisations gave two", "from 22 different", "from 20 different"),
    // Heads of the table
    .init("a head that says role only", "\tOrganisation/role", "\tRole"),
    .init("a head that says organisation only", "\tOrganisation/role", "\tType of organisation"),
    .init("a head that says neither", "\tOrganisation/role", "\tBackground"),
    .init(
      "other heads",
      [
        ("\tParticipant\n", "\tID\n"), ("\tGender", "\tSex"),
        ("\tAge group", "\tAge range (years)"),
      ]),
    .init(
      "heads on one line", "\tParticipant\n\tOrganisation/role\n\tGender\n\tAge group\n",
      "\tParticipant\tOrganisation/role\tGender\tAge group\n"),
    .init("no title of table 1", "TABLE 1 Participant demographics.\n\n", ""),
    .init("no title of table 2", "TABLE 2 Final realist matrix.\n\n", ""),
    .init(
      "the last row renumbered", " \t22 \t", " \t23 \t", "+participant.numbering-gap",
      "+participant.unknown"),
    // The matrix
    .init("an empty bullet", "\t• Stable TSO funding", "\t• ", "+matrix.element-empty"),
    .init(
      "an empty bullet without a space", "\t• Client dissatisfaction", "\t•",
      "+matrix.element-empty"),
    .init(
      "a bullet twice in a column", "\t• Stable TSO funding\n",
      "\t• Stable TSO funding\n\n\t• Stable TSO funding\n", "+matrix.element-duplicate"),
    .init(
      "a bullet twice but for case and spaces", "\t• Stable TSO funding\n",
      "\t• Stable TSO funding\n\n\t• stable  TSO\u{00A0}funding.\n", "+matrix.element-duplicate"),
    .init(
      "a bullet twice in two columns of a block", "\t• Client receives right supports",
      "\t• Needs-based client placements", "+matrix.element-duplicate"),
    .init(
      "a context again in a block", "\t• Over-referral by CLWs",
      "\t• High levels of individual need", "+matrix.element-duplicate"),
    .init(
      "a bullet in both blocks", "\t• Over-referral by CLWs", "\t• Stable TSO funding",
      "+matrix.element-in-both-valences"),
    .init(
      "a bullet in both blocks in other columns", "\t• Client dissatisfaction",
      "\t• Stable TSO funding", "+matrix.element-in-both-valences"),
    .init("a bullet less", "\t• Stable TSO funding\n\n", ""),
    .init(
      "a bullet more", "\t• Stable TSO funding\n",
      "\t• Stable TSO funding\n\n\t• Time for visits\n"),
    .init(
      "other names of the columns",
      [
        ("\tContextual factors", "\tContext"), ("\tMechanisms", "\tMechanism"),
        ("\tShort-term outcomes", "\tOutcomes (short term)"),
        ("\tLong-term outcomes", "\tOutcomes (long term)"),
      ]),
    .init(
      "American spelling of the blocks",
      [("\tFavourable", "\tFavorable"), ("\tUnfavourable", "\tUnfavorable")]),
    .init(
      "a blank line more between bullets", "\t• Stable TSO funding", "\n\n\t• Stable TSO funding"),
    .init("a column's opening line lost", "\n \t\n\n\t• Needs-based", "\n\n\n\t• Needs-based"),
    .init("a block's name with more words", "\tUnfavourable", "\tUnfavourable configurations"),
    // Things that are not wrong
    .init(
      "roles in another order", "Crisis*\u{202F}+\u{202F}Employer+",
      "Employer+\u{202F}+\u{202F}Crisis*"),
    .init(
      "roles in another order with plain spaces", "Crisis*\u{202F}+\u{202F}Employer+",
      "Employer+ + Crisis*"),
    .init("roles without spaces", "Crisis*\u{202F}+\u{202F}Employer+", "Crisis*+Employer+"),
    .init(
      "roles without spaces in another order", "Crisis*\u{202F}+\u{202F}Employer+",
      "Employer++Crisis*"),
    .init("roles with a comma", "Crisis*\u{202F}+\u{202F}Employer+", "Crisis*, Employer+"),
    .init("roles with and", "Crisis*\u{202F}+\u{202F}Employer+", "Crisis* and Employer+"),
    .init(
      "a doubled space between roles", "Crisis*\u{202F}+\u{202F}Employer+",
      "Crisis*  +  Employer+"),
    .init(
      "a doubled space before a band", "\t8 \tTSO \tFemale \t46–55",
      "\t8 \tTSO \tFemale \t 46–55"),
    .init("spaces within a band", "\t8 \tTSO \tFemale \t46–55", "\t8 \tTSO \tFemale \t46 – 55"),
    .init(
      "a space in an open band", "\t12 \tTSO \tFemale \t56+", "\t12 \tTSO \tFemale \t56\u{202F}+"),
    .init(
      "an open band in words", "\t12 \tTSO \tFemale \t56+",
      "\t12 \tTSO \tFemale \t56 and over"),
    .init("a band in words", "\t8 \tTSO \tFemale \t46–55", "\t8 \tTSO \tFemale \t46 to 55"),
    .init("a hyphen in a band", "\t8 \tTSO \tFemale \t46–55", "\t8 \tTSO \tFemale \t46-55"),
    .init("a hyphen after TSO", "\t2 \tTSO—Crisis*", "\t2 \tTSO-Crisis*"),
    .init("an en dash after TSO", "\t2 \tTSO—Crisis*", "\t2 \tTSO–Crisis*"),
    .init("a spaced hyphen after TSO", "\t2 \tTSO—Crisis*", "\t2 \tTSO - Crisis*"),
    .init("brackets after TSO", "\t2 \tTSO—Crisis*", "\t2 \tTSO (Crisis*)"),
    .init("a blank line less between rows", row10 + "\n\n", row10),
    .init("a blank line less before a quotation", "drop out:\n\n\n", "drop out:\n\n"),
    .init("no blank line before a quotation", "drop out:\n\n\n", "drop out:\n"),
    .init(
      "a blank line more before a heading", "\nVolume of referrals\n",
      "\n\nVolume of referrals\n"),
    .init(
      "a blank line less before a heading", "\n\nFollowing referral\n",
      "\nFollowing referral\n"),
    .init("a blank line between two quotations", "what we do. P13\n", "what we do. P13\n\n"),
    .init("rows in another order", [(row1, ""), (row22, row22 + "\n\n" + row1)]),
    .init("a page number in brackets", "fraught because", "fraught (p. 9) because"),
    .init(
      "a citation at the end of a paragraph", "what CLWs could offer.",
      "what CLWs could offer (13)."),
    .init("a known id in the text", "what CLWs could offer.", "what CLWs could offer (P13, P5)."),
    .init(
      "an unknown id in the text", "what CLWs could offer.", "what CLWs could offer (P13, P31).",
      "+participant.unknown"),
  ]

  static let baseline = Result { try StudySample.seed.read() }

  @Test(arguments: changes)
  func `a change gives its own finding and no other`(_ change: StudyChange) throws {
    let baseline = try Self.baseline.get()
    let changed = try StudySample.seed.read(change.applied(to: .seed))
    #expect(difference(changed.diagnostics, from: baseline.diagnostics) == change.expected)
  }
  @Test(arguments: StudyRewriting.harmless)
  func `a rewriting that does not matter gives nothing new`(_ rewriting: StudyRewriting) throws {
    let baseline = try Self.baseline.get()
    let changed = try StudySample.seed.read(rewriting.rewrite(StudySample.seed.string()))
    #expect(difference(changed.diagnostics, from: baseline.diagnostics) == [])
    #expect(Shape(changed.value) == Shape(baseline.value))
  }

  @Test(arguments: [
    ("brackets", " (P", ")", 1), ("square brackets", " [P", "]", 1), ("spaces", " P ", "", 1),
    ("words", " — Participant ", "", 1), ("bare numbers", " ", "", 1),
    ("small letters", " p", "", 1),
  ])
  func `one way of writing all ids of quotations is one note more`(
    way: String, before: String, after: String, notes: Int
  ) throws {
    let baseline = try Self.baseline.get()
    let text = try StudySample.seed.string()
      .replacing(/\ P(\d+)\n/) { match in "\(before)\(match.1)\(after)\n" }
    let changed = try StudySample.seed.read(text)
    #expect(
      difference(changed.diagnostics, from: baseline.diagnostics)
        == [String](repeating: "+participant.id-variant", count: notes))
    #expect(Shape(changed.value) == Shape(baseline.value))
  }

  @Test func `a table that writes ids as the quotations do gives no note`() throws {
    let baseline = try Self.baseline.get()
    let text = try StudySample.seed.string()
      .replacing(/\n \t(\d+) \t/) { match in "\n \tP\(match.1) \t" }
    let changed = try StudySample.seed.read(text)
    #expect(
      difference(changed.diagnostics, from: baseline.diagnostics) == ["-participant.id-variant"])
    #expect(Shape(changed.value) == Shape(baseline.value))
  }

  @Test func `other signs for the footnotes change nothing`() throws {
    let baseline = try Self.baseline.get()
    let text = try StudySample.seed.string().replacing("Crisis*", with: "Crisis†")
      .replacing("*Crisis", with: "†Crisis").replacing("Employer+", with: "Employer‡")
      .replacing("+Employer", with: "‡Employer")
    let changed = try StudySample.seed.read(text)
    #expect(difference(changed.diagnostics, from: baseline.diagnostics) == [])
    #expect(Shape(changed.value) == Shape(baseline.value))
  }
}
