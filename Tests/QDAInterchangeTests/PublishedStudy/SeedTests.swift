import Foundation
import QDACore
import QDAInterchange
import Testing

/// The published study that the issue gives, against counts recorded by hand.
@Suite(.enabled(if: StudySample.seed.isPresent, "../shared/seed is not here"))
struct SeedTests {
  let reading: Reading<PublishedStudy>
  var study: PublishedStudy { reading.value }

  init() throws {
    reading = try StudySample.seed.read()
  }

  @Test func `has one reversed band, one note on ids and nothing else`() {
    #expect(
      reading.diagnostics.map(\.id).sorted()
        == ["participant.age-band-reversed", "participant.id-variant"])
    let reversed = reading.diagnostics.first { $0.id == "participant.age-band-reversed" }
    #expect(reversed?.raw == "26–25")
    #expect(reversed?.place == .file("seed.txt", line: 141, column: 18))
  }

  @Test func `has 22 participants with sets of roles`() {
    #expect(study.table.participants.map(\.label.description) == (1...22).map { "P\($0)" })
    let named = { (role: String) in
      study.table.participants.filter { $0.roles.contains(role) }.map(\.label.number)
    }
    #expect(named("Crisis") == [2, 11, 13, 15, 20])
    #expect(named("MH") == [3, 4])
    #expect(named("Employer") == [6, 9, 14, 16, 18, 19, 20, 21, 22])
    #expect(
      study.table.participants.filter { $0.roles.count > 1 }.map(\.label.number) == [20])
    #expect(
      study.table.participants.filter { $0.roles.isEmpty }.map(\.label.number)
        == [1, 5, 7, 8, 10, 12, 17])
    #expect(study.table.participants.allSatisfy { $0.organisation == "TSO" })
    #expect(
      study.table.participants.filter { $0.gender == "Male" }.map(\.label.number)
        == [6, 7, 9, 17, 18, 20])
    #expect(study.table.roles.map(\.name) == ["Crisis", "Employer", "MH"])
    #expect(study.table.ageBands.map(\.description) == ["26–35", "36–45", "46–55", "56+"])
  }

  @Test func `has 26 quotations in 19 blocks by 18 participants`() {
    #expect(study.quotations.count == 26)
    #expect(study.blockCount == 19)
    #expect(study.quoted.count == 18)
    #expect(study.neverQuoted.map(\.description) == ["P14", "P15", "P19", "P20"])
    #expect(
      study.quotations.map { $0.participant?.number ?? 0 } == [
        17, 12, 13, 5, 16, 5, 9, 22, 13, 3, 1, 7, 4, 12, 8, 21, 11, 17, 6, 17, 12, 18, 9, 5, 10, 2,
      ])
    let words = study.quotations.map { quotation in
      study.text[quotation.span].split { $0.isWhitespace }.prefix(4).joined(separator: " ")
    }
    #expect(
      words == [
        "We want to find", "I suppose for us", "We have really close", "I think that certain",
        "(The community link worker)", "I know from experience", "It used to be",
        "This (CLW) is very",
        "We support about 300", "There is also a", "I would say we", "In terms of referrals,",
        "I’ve worked in health", "I think what we", "(Client) did not speak",
        "You know, she’s (client)",
        "I saw this client", "I think there’s something", "(The CLW service) are", "What can we do",
        "Because we can offer", "The statutory body’s idea", "It’s matrix management and",
        "We did one project", "The whole sector has", "There’s no acknowledgement certainly",
      ])
    #expect(
      study.quotations.allSatisfy { quotation in
        let text = study.text[quotation.span]
        return !text.hasSuffix(" ") && text.last.map { "….".contains($0) } == true
      })
  }

  @Test func `nests its headings and holds quotations in nine leaves`() {
    let findings = ["Results", "Findings"]
    let point = findings + ["The point of referral"]
    let following = findings + ["Following referral"]
    #expect(
      study.quotedSections.map { study.path(of: $0) } == [
        point + ["What is a successful referral?"], point + ["Referral transactions"],
        point + ["Volume of referrals"], point + ["Increased needs since COVID-19"],
        following + ["Client outcomes"], following + ["Perceptions of CLW service success"],
        following + ["TSO contributions to client health and wellbeing"],
        following + ["Perceptions of partnership working"],
        following + ["Governance issues and funding"],
      ])
    #expect(
      study.quotedSections.map { section in
        study.quotations.count { $0.section == section }
      } == [2, 6, 4, 2, 3, 2, 1, 2, 4])
    #expect(study.filledCells == 25)
    #expect(
      study.sections.filter { $0.depth == 1 }.map(\.name)
        == ["Introduction", "Method", "Results", "Discussion", "Conclusion"])
    #expect(
      study.sections.filter { $0.depth == 2 }.map(\.name) == [
        "Evidence on social prescribing", "Taking a realist approach", "CLW Edinburgh study",
        "Ethics", "Sample", "Fieldwork and analysis", "Participants", "Findings", "Implications",
        "Strengths and limitations",
      ])
    #expect(
      study.sections.filter { $0.depth == 3 }.map(\.name)
        == [
          "The point of referral", "Following referral", "Summary of findings and realist matrix",
        ])
  }

  @Test func `has 56 elements in the columns and blocks of table 2`() {
    var ids = (1...10).map { "C\($0 < 10 ? "0" : "")\($0)" }
    for (letters, count) in [("MF", 8), ("SF", 7), ("LF", 7), ("MU", 8), ("SU", 9), ("LU", 7)] {
      ids += (1...count).map { "\(letters)0\($0)" }
    }
    #expect(study.elements.map(\.id) == ids)
    let text = { (id: String) in study.elements.first { $0.id == id }?.text }
    #expect(text("C07") == "Short-term and fragile funding arrangements for TSOs")
    #expect(text("MF08") == "Stable TSO funding")
    #expect(text("SF01") == "Needs-based client placements")
    #expect(text("LF05") == "Increased TSO trust in CLW service")
    #expect(text("MU08") == "Cuts to TSO funding from the Integrated Joint Board")
    #expect(text("SU09") == "Less facilitative environment for TSO/CLW collaboration")
    #expect(text("LU01") == "Client dissatisfaction")
  }

  @Test func `becomes a project whose passages open on the words`() throws {
    let project = study.project
    #expect(project.cases.map(\.name) == (1...22).map { "P\($0)" })
    #expect(project.codings.count == 26)
    #expect(project.codings.passageCount == 26)
    #expect(
      project.codebook.inReadingOrder.map(\.number) == [
        "1", "1.1", "1.1.1", "1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4", "1.1.2", "1.1.2.1",
        "1.1.2.2", "1.1.2.3", "1.1.2.4", "1.1.2.5",
      ])
    #expect(project.codebook.codes.count(where: \.isCodable) == 9)
    #expect(project.elements.count == 56)
    #expect(project.realistMatrix.count == 56)
    let role = try #require(project.roleAttribute)
    let twenty = try #require(project.cases.first { $0.name == "P20" })
    #expect(twenty.values[role] == .terms(["Crisis", "Employer"]))
    #expect(twenty.covers.isEmpty)
    let source = try #require(project.sources.first)
    let quotes = try project.codings.passages(in: source.id).map { try project.quote(of: $0) }
    #expect(quotes.first?.hasSuffix("It needs to take them to a much better place.") == true)
    let age = try #require(project.attributes.first { $0.kind == .band })
    let seventeen = try #require(project.cases.first { $0.name == "P17" })
    #expect(seventeen.values[age.id] == .invalid(raw: "26–25"))
    #expect(twenty.values[age.id] == .band(56, nil))
  }
}
