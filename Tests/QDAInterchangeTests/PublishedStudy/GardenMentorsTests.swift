import Foundation
import QDACore
import QDAInterchange
import Testing

/// The project's own study, with the traps of real ones; the counts were recorded by hand.
@Suite struct GardenMentorsTests {
  let reading: Reading<PublishedStudy>
  var study: PublishedStudy { reading.value }

  init() throws {
    reading = try StudySample.gardens.read()
  }

  @Test func `has one reversed band, one note on ids and nothing else`() {
    #expect(
      reading.diagnostics.map(\.id).sorted()
        == ["participant.age-band-reversed", "participant.id-variant"])
    #expect(reading.diagnostics.first { $0.id == "participant.age-band-reversed" }?.raw == "45–36")
    #expect(reading.diagnostics.first { $0.id == "participant.id-variant" }?.count == 12)
  }

  @Test func `has twelve participants with sets of roles`() {
    #expect(study.table.participants.map(\.label.number) == Array(1...12))
    let named = { (role: String) in
      study.table.participants.filter { $0.roles.contains(role) }.map(\.label.number)
    }
    #expect(named("Therapy") == [2, 6, 11])
    #expect(named("Host") == [4, 6, 9, 12])
    #expect(named("School") == [3, 7])
    #expect(
      study.table.participants.filter { $0.roles.isEmpty }.map(\.label.number) == [1, 5, 8, 10])
    #expect(study.table.participants.allSatisfy { $0.organisation == "CG" })
    #expect(study.table.ageBands.map(\.description) == ["26–35", "36–45", "46–55", "56+"])
    #expect(study.table.roles.first?.definition.hasPrefix("gardens that offer") == true)
  }

  @Test func `has fifteen quotations in eleven blocks`() {
    #expect(
      study.quotations.map { $0.participant?.number ?? 0 }
        == [8, 1, 11, 5, 2, 5, 10, 4, 7, 3, 1, 8, 10, 4, 2])
    #expect(study.quotations.map(\.block) == [1, 1, 2, 3, 3, 4, 4, 5, 6, 7, 8, 9, 10, 10, 11])
    #expect(study.quoted.map(\.number) == [1, 2, 3, 4, 5, 7, 8, 10, 11])
    #expect(study.neverQuoted.map(\.number) == [6, 9, 12])
    #expect(study.filledCells == 14)
  }

  @Test func `keeps editorial insertions apart from the words`() {
    let insertions = study.quotations.flatMap { $0.editorial.map { study.text[$0] } }
    #expect(insertions == ["(laughs)", "(the mentor)", "(Mentors)", "[the day hospital]"])
  }

  @Test func `nests its headings without help from blank lines`() {
    #expect(
      study.sections.map { "\($0.depth) \($0.name)" } == [
        "1 Garden mentors and the community gardens they bring people to: a realist study",
        "1 Abstract", "1 Introduction", "1 Methods", "2 Setting", "2 Sample", "2 Analysis",
        "1 Findings", "2 Participants", "2 Coming in at the gate",
        "3 What counts as a “good” referral", "3 The first visit", "3 Seasons and numbers",
        "2 Staying", "3 Belonging", "3 “Success” on paper", "3 Money", "2 Summary of findings",
        "1 Discussion", "2 Strengths and limitations", "1 Conclusion",
      ])
    #expect(
      study.quotedSections.map { section in study.quotations.count { $0.section == section } }
        == [3, 4, 2, 2, 1, 3])
  }

  @Test func `has twenty-four elements`() {
    #expect(
      study.elements.map(\.id) == [
        "C01", "C02", "C03", "C04", "MF01", "MF02", "MF03", "MF04", "SF01", "SF02", "SF03", "LF01",
        "LF02", "LF03", "MU01", "MU02", "MU03", "MU04", "SU01", "SU02", "SU03", "LU01", "LU02",
        "LU03",
      ])
    #expect(study.elements.last?.text == "Gardens close in winter")
  }
}
