import Foundation
import QDACore
import QDAInterchange
import Testing

/// Damage of the kinds that copying does, and what must survive it.
@Suite(.enabled(if: StudySample.seed.isPresent, "../shared/seed is not here"))
struct SeedRepairTests {
  static let baseline = Result { try StudySample.seed.read() }

  private func read(_ old: String, _ new: String) throws -> (Reading<PublishedStudy>, [String]) {
    let changed = try StudySample.seed.read(StudySample.seed.replacing(old, with: new))
    return (changed, difference(changed.diagnostics, from: try Self.baseline.get().diagnostics))
  }

  @Test(arguments: [
    "P17; P12", "P17 and P12", "(P17, P12)", "[P17; P12]", "P17/P12", "– P17 and P12", "P17 P12",
    "(P17) (P12)", "Participants 17 and 12", "P17–P12",
  ])
  func `a quotation with two ids is nobody's, and both are named`(ids: String) throws {
    let (study, found) = try read("what we do. P13", "what we do. " + ids)
    #expect(found == ["+quotation.unattributed"])
    let finding = try #require(study.diagnostics.first { $0.id == "quotation.unattributed" })
    #expect(finding.raw?.contains("17") == true)
    #expect(finding.notes == ["the ids are P17, P12"])
    #expect(study.value.quotations.count == 26)
    #expect(study.value.quotations[2].participant == nil)
    #expect(study.value.text[study.value.quotations[2].span].hasSuffix("what we do."))
    #expect(study.value.filledCells == 24)
  }

  @Test(arguments: [
    "P-13", "#13", "P13*", "P13†", "Interviewee 13", "Respondent 13", "Participant 13",
    "Participant P13", "(Participant P13)", "Participant No. 13", "ID 13", "p13", "P013",
    "P\u{FF11}\u{FF13}", "P.13", "P_13", "(P13", "P13)", "**P13**",
  ])
  func `an id in another spelling is resolved and noted`(id: String) throws {
    let (study, found) = try read("what we do. P13", "what we do. " + id)
    #expect(found == ["+participant.id-variant"])
    #expect(Shape(study.value) == Shape(try Self.baseline.get().value))
  }

  @Test func `an id without a space before it is resolved and noted`() throws {
    let (study, found) = try read("better place. P17", "better place.P17")
    #expect(found == ["+participant.id-variant"])
    #expect(Shape(study.value) == Shape(try Self.baseline.get().value))
  }

  @Test(arguments: [" \tFavourable\n", " \tUnfavourable\n"])
  func `without the name of a block its elements keep their columns and get no valence`(
    name: String
  ) throws {
    let (study, found) = try read(name, "\n")
    #expect(found == ["+matrix.column-unclear"])
    let elements = study.value.elements
    #expect(elements.count == 56)
    #expect(elements.count { $0.role == "context" } == 10)
    #expect(elements.count { $0.role == "mechanism" } == 16)
    #expect(
      elements.count { $0.role != "context" && $0.valence == nil }
        == (name == " \tFavourable\n" ? 22 : 24))
  }

  @Test(arguments: ["–", "…", "-", "—", "•", "?", "()"])
  func `a bullet of signs alone is empty`(sign: String) throws {
    let (study, found) = try read("• Stable TSO funding", "• " + sign)
    #expect(found == ["+matrix.element-empty"])
    #expect(study.value.elements.count == 55)
  }

  @Test(arguments: [
    "### Client outcomes", "3.2.1 Client outcomes", "2.1. Client outcomes", "Client outcomes:",
    "**Client outcomes**", "_Client outcomes_", "== Client outcomes ==", "a) Client outcomes",
    "— Client outcomes —", "#### Client outcomes ####", "[Client outcomes]",
  ])
  func `a heading in other dress keeps its place`(heading: String) throws {
    let (study, found) = try read("\nClient outcomes\n", "\n" + heading + "\n")
    #expect(found == [])
    #expect(Shape(study.value) == Shape(try Self.baseline.get().value))
  }

  @Test(arguments: [
    ("Following referral", "## Following referral"), ("Following referral", "Following referral:"),
    ("Results", "3 Results"), ("Results", "3. Results"), ("Results", "Results:"),
    ("Findings", "## Findings"), ("Findings", "Findings:"),
  ])
  func `a heading above others in other dress keeps its place`(
    name: String, heading: String
  ) throws {
    let (study, found) = try read("\n" + name + "\n", "\n" + heading + "\n")
    #expect(found == [])
    #expect(Shape(study.value) == Shape(try Self.baseline.get().value))
  }

  @Test(arguments: [
    "\t10 \tTSO \t46–55", "\t10 \tFemale \t46–55", "\t10 \tTSO \tFemale", "\t10",
    "\t10 \tTSO \tFemale \t46–55 \tx",
  ])
  func `a row that does not fit is kept raw and moves no value`(row: String) throws {
    let (study, found) = try read("\t10 \tTSO \tFemale \t46–55", row)
    #expect(found == ["+table.field-count"])
    let participant = study.value.table.participants[9]
    #expect(participant.label.description == "P10")
    #expect(participant.gender == nil && participant.organisation == nil && participant.age == nil)
    #expect(participant.others.first?.value == row.trimmingCharacters(in: .whitespaces))
    #expect(study.value.table.participants.count == 22)
  }

  @Test func `a row whose cells stand on lines of their own is a row`() throws {
    let (study, found) = try read(
      "\t10 \tTSO \tFemale \t46–55", "\t10\n\n\tTSO\n\n\tFemale\n\n\t46–55")
    #expect(found == [])
    #expect(Shape(study.value) == Shape(try Self.baseline.get().value))
  }

  @Test func `a second table adds its columns to the same participants`() throws {
    let rows = (1...22).map { " \tP\($0) \t\(30 + $0) \tOnline\n\n" }.joined()
    let (study, found) = try read(
      "\nImplications\n",
      "\nTABLE 3 Interviews.\n\n\tParticipant\n\tMinutes\n\tMode\n\n\(rows)\n\nImplications\n")
    #expect(found == [])
    let others = study.value.table.participants[16].others
    #expect(others.map(\.name) == ["Minutes", "Mode"])
    #expect(others.map(\.value) == ["47", "Online"])
    #expect(study.value.table.participants.count == 22)
  }

  @Test func `the table of participants twice is one finding`() throws {
    let text = try StudySample.seed.string()
    let table = try #require(text.range(of: "TABLE 1"))
    let notes = try #require(text.range(of: "*Crisis refers"))
    let changed = try StudySample.seed.read(
      text + String(text[table.lowerBound..<notes.lowerBound]))
    #expect(
      difference(changed.diagnostics, from: try Self.baseline.get().diagnostics)
        == ["+participant.duplicate"])
    #expect(changed.diagnostics.first { $0.id == "participant.duplicate" }?.count == 22)
  }

  @Test func `one row with other letters does not rename the others`() throws {
    let (study, found) = try read(" \t10 \tTSO", " \tX10 \tTSO")
    #expect(found == ["+participant.numbering-gap", "+participant.unknown"])
    #expect(study.value.quoted.count == 17)
  }

  @Test(arguments: ["a", "b", "1", "ᵃ"])
  func `a letter may be the mark of a footnote`(mark: String) throws {
    let text = try StudySample.seed.string().replacing("Crisis*", with: "Crisis" + mark)
      .replacing("*Crisis refers", with: mark + "Crisis refers")
    let changed = try StudySample.seed.read(text)
    let baseline = try Self.baseline.get()
    #expect(difference(changed.diagnostics, from: baseline.diagnostics) == [])
    #expect(Shape(changed.value) == Shape(baseline.value))
  }

  @Test func `a file that ends where a quotation is announced is seen`() throws {
    let text = try StudySample.seed.string()
    let end = try #require(text.range(of: "reduce drop out:"))
    let changed = try StudySample.seed.read(String(text[..<end.upperBound]))
    #expect(changed.diagnostics.map(\.id).contains("quotation.missing"))
    #expect(changed.value.quotations.count == 4)
  }

  @Test func `an id without words and an announcement without a quotation are seen`() throws {
    let text = try StudySample.seed.string()
    let start = try #require(text.range(of: "What can we do that’s"))
    let end = try #require(text[start.lowerBound...].range(of: " P17"))
    for (rest, count) in [("P17", 25), ("", 25)] {
      let changed = try StudySample.seed.read(
        text.replacingCharacters(in: start.lowerBound..<end.upperBound, with: rest))
      #expect(
        difference(changed.diagnostics, from: try Self.baseline.get().diagnostics)
          == ["+quotation.missing"])
      #expect(changed.value.quotations.count == count)
      #expect(changed.value.sections.count == (try Self.baseline.get().value.sections.count))
    }
  }

  @Test(arguments: [
    "Bertotti et al. (21), whose sample comprised 40 link workers, found the same.",
    "We invited 30 participants.", "30 were approached.", "Sixteen participants were women.",
    "We also interviewed a group of CLWs (n = 5).", "A pilot sample of 3 participants was used.",
    "Thirteen of the 22 participants were women.", "All 22 participants consented.",
  ])
  func `numbers of other people are not the sample`(sentence: String) throws {
    let place = "where hurdles had been reported."
    let (_, found) = try read(place, place + " " + sentence)
    #expect(found == [])
  }

  @Test(arguments: [
    "A total of 21 people took part.", "The sample comprised twenty-one participants.",
    "A sample of 21 TSO staff was drawn.", "N = 21 participants in total.",
    "Twenty-three interviews were conducted with TSO staff.", "Twenty-one TSO staff took part.",
  ])
  func `the sample is compared in whatever words it is told`(sentence: String) throws {
    let (_, found) = try read("The sample comprised 22 TSO staff.", sentence)
    #expect(found == ["+study.sample-size-mismatch"])
  }

  @Test func `bullets without their signs are elements`() throws {
    let text = try StudySample.seed.string().replacing("\t• ", with: "\t")
    let changed = try StudySample.seed.read(text)
    let baseline = try Self.baseline.get()
    #expect(difference(changed.diagnostics, from: baseline.diagnostics) == [])
    #expect(Shape(changed.value) == Shape(baseline.value))
  }
}
