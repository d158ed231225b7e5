import Foundation
import QDACore
import QDAInterchange
import Testing

/// One change each to the project's own study.
@Suite struct GardenMentorsVariantTests {
  static let changes: [StudyChange] = [
    .init("the reversed band corrected", "45–36", "36–45", "-participant.age-band-reversed"),
    .init(
      "a band outside the vocabulary", "8\t36–45", "8\t18–25",
      "+participant.age-band-outside-vocabulary"),
    .init("a missing age", "10\t46–55", "10\t–"),
    .init("an unknown id", "a plant in mind. P8", "a plant in mind. P13", "+participant.unknown"),
    .init(
      "an id in brackets", "a plant in mind. P8", "a plant in mind. (P8)",
      "+participant.id-variant"),
    .init(
      "an id with a job", "a plant in mind. P8", "a plant in mind. (P8, coordinator)",
      "+participant.id-variant"),
    .init(
      "a job with an id", "a plant in mind. P8", "a plant in mind. [coordinator, P8]",
      "+participant.id-variant"),
    .init(
      "quotation marks around a quotation",
      "They count the times the gate opens. Fine, the gate "
        + "opens. Ask me who came back. P8",
      "“They count the times the gate opens. Fine, the gate opens. Ask me who came back.” P8"),
    .init(
      "the first of a block lost its id", "a plant in mind. P8\n", "a plant in mind.\n",
      "+quotation.unattributed"),
    .init(
      "the last of a block lost its id", "yes themselves. P1\n", "yes themselves.\n",
      "+quotation.unattributed"),
    .init(
      "a short quotation without a full stop lost its id", "came back. P8\n", "came back\n",
      "+quotation.unattributed"),
    .init(
      "a row that is never quoted is removed",
      "6\t56+\tMale\tCG—Therapy†\u{202F}+\u{202F}Host+\n", "",
      "+participant.numbering-gap", "+study.sample-size-mismatch"),
    .init(
      "a row stands twice", "5\t26–35\tFemale\tCG\n",
      "5\t26–35\tFemale\tCG\n5\t26–35\tFemale\tCG\n", "+participant.duplicate"),
    .init(
      "a role without a footnote", "10\t46–55\tMale\tCG", "10\t46–55\tMale\tCG—Orchard",
      "+participant.role-undefined"),
    .init(
      "a role without its mark", "CG—Therapy†\n3", "CG—Therapy\n3",
      "+participant.footnote-marker-missing"),
    .init(
      "a set without a mark", "†\u{202F}+\u{202F}Host+", "†\u{202F}+\u{202F}Host",
      "+participant.footnote-marker-missing"),
    .init("a set in another order", "Therapy†\u{202F}+\u{202F}Host+", "Host+ + Therapy†"),
    .init(
      "a footnote is deleted", "+Host refers to gardens that pay and house a mentor.\n", "",
      "+participant.role-undefined"),
    .init(
      "the sample is said to be 13", "comprised 12", "comprised thirteen",
      "+study.sample-size-mismatch"),
    .init(
      "the last of three says 14", "of 12 participants three", "of 14 participants three",
      "+study.sample-size-mismatch"),
    .init("most participants", "Seven participants had", "Eleven participants had"),
    .init("an empty bullet", "• Steady funding", "• ", "+matrix.element-empty"),
    .init(
      "a bullet twice", "• Steady funding\n", "• Steady funding\n• Steady funding\n",
      "+matrix.element-duplicate"),
    .init(
      "a bullet in both blocks", "• Gardens run out of places", "• Steady funding",
      "+matrix.element-in-both-valences"),
    .init(
      "a bullet on two lines", "• Mentors have too many people on their lists",
      "• Mentors have too many people\n  on their lists"),
    .init(
      "columns that run into each other", "• Steady funding\n\n• People arrive",
      "• Steady funding\n• People arrive", "+matrix.column-unclear"),
    .init(
      "two ids at one quotation", "a plant in mind. P8", "a plant in mind. P8 and P9",
      "+quotation.unattributed"),
    .init(
      "two quotations on one line", "a plant in mind. P8\n", "a plant in mind. P8 "),
    .init(
      "words that were lost",
      "They count the times the gate opens. Fine, the gate opens. Ask me who came back. P8", "P8",
      "+quotation.missing"),
    .init(
      "a quotation that was lost",
      "They count the times the gate opens. Fine, the gate opens. Ask me who came back. P8\n", "",
      "+quotation.missing"),
    .init(
      "a quotation that breaks off amid a sentence", "has asked them. The ones who were asked",
      "has asked them. The ones\nwho were asked"),
    .init("a row with a cell too few", "10\t46–55\tMale\tCG", "10\tMale\tCG", "+table.field-count"),
    .init(
      "a row with a cell too many", "10\t46–55\tMale\tCG", "10\t46–55\tMale\tCG\tCG",
      "+table.field-count"),
    .init(
      "a second table of the same people", "\nDiscussion\n",
      "\nTable 3 Visits.\n\nParticipant\tMinutes\n1\t40\n2\t50\n3\t60\n\n\nDiscussion\n"),
    .init("the first block lost its name", "\nFavourable\n", "\n", "+matrix.column-unclear"),
    .init("the second block lost its name", "\nUnfavourable\n", "\n", "+matrix.column-unclear"),
    .init(
      "both blocks have one name", "\nUnfavourable\n", "\nFavourable\n",
      "+matrix.column-unclear"),
    .init("a dash for a bullet's text", "• Steady funding", "• –", "+matrix.element-empty"),
    .init(
      "words quoted within a sentence", "who held the key:",
      "who held “the only key” (P12), as one put it:"),
    .init(
      "a table with upright strokes",
      [
        (
          "Participant\tAge band\tGender\tSetting/role\n",
          "| Participant | Age band | Gender | Setting/role |\n|---|---|---|---|\n"
        ),
        ("1\t56+\tFemale\tCG\n", "| 1 | 56+ | Female | CG |\n"),
      ]),
  ]

  @Test(arguments: changes)
  func `a change gives its own finding and no other`(_ change: StudyChange) throws {
    let baseline = try StudySample.gardens.read()
    let changed = try StudySample.gardens.read(change.applied(to: .gardens))
    #expect(difference(changed.diagnostics, from: baseline.diagnostics) == change.expected)
  }

  @Test(arguments: StudyRewriting.harmless)
  func `a rewriting that does not matter gives nothing new`(_ rewriting: StudyRewriting) throws {
    let baseline = try StudySample.gardens.read()
    let changed = try StudySample.gardens.read(rewriting.rewrite(StudySample.gardens.string()))
    #expect(difference(changed.diagnostics, from: baseline.diagnostics) == [])
    #expect(Shape(changed.value) == Shape(baseline.value))
  }

  @Test func `words quoted within a sentence belong to their participant and to no block`() throws {
    let text = try StudySample.gardens.replacing(
      "who held the key:", with: "who held “the only key” (P12), as one put it:")
    let study = try StudySample.gardens.read(text).value
    let inline = try #require(study.quotations.first { $0.block == nil })
    #expect(study.text[inline.span] == "the only key")
    #expect(inline.participant?.number == 12)
    #expect(study.blockCount == 11)
  }

  @Test func `another digest than expected is an error, the same one is none`() throws {
    let text = try StudySample.gardens.string()
    let same = try StudySample.gardens.read(
      text, options: .init(expectedDigest: Digest(of: text)))
    #expect(!same.diagnostics.contains { $0.id == "source.changed" })
    let changed = try StudySample.gardens.read(
      text.replacing("spade", with: "spades"), options: .init(expectedDigest: Digest(of: text)))
    let finding = try #require(changed.diagnostics.first)
    #expect(finding.id == "source.changed")
    #expect(finding.severity == .error)
  }

  @Test func `a given list of bands replaces the one that the table tells`() throws {
    let bands = [AgeBand(26, 35), AgeBand(36, 45), AgeBand(46, nil)]
    let reading = try StudySample.gardens.read(
      StudySample.gardens.string(), options: .init(ageBands: bands))
    #expect(
      reading.diagnostics.count { $0.id == "participant.age-band-outside-vocabulary" } == 6)
  }
}
