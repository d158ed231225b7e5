import Foundation
import QDA
import QDATestSupport
import Testing

@testable import QDAReports

private let hasWorkedStudy = FileManager.default.fileExists(
  atPath: fixture("LinkWorkers/study.yaml"))
private let seed = shared("seed/000_cb83ef7d012e9f0b.txt")

@Suite struct WholeStudyTests {
  @Test(.enabled(if: hasWorkedStudy, "needs Fixtures/LinkWorkers"))
  func `the worked study's report has its participants, loop and matrices in a small page`() throws
  {
    let reading = try StudyFolder.read(at: fixture("LinkWorkers"))
    let report = StudyReport(reading.value.project, diagnostics: reading.diagnostics)
    #expect(report.participants.count == 22)
    #expect(
      report.roles.categories.map { "\($0.name) \($0.count)" } == [
        "Crisis 5", "MH 2", "Employer 9",
      ])
    #expect(
      report.roles.groups.first { $0.name == "both Crisis and Employer" }?.participants == ["P20"])
    #expect(report.roles.groups.first { $0.name == "no role" }?.count == 7)
    #expect(report.charts.count == 6)
    #expect(report.charts.allSatisfy { $0.cells.count == 22 * $0.columns.count })
    #expect(report.loops.contains { $0.configurations.count == 5 && $0.behaviour == "reinforcing" })
    let page = try report.html()
    #expect(page.bytes.count < 3_000_000)
    #expect(ParsedPage(String(decoding: page.bytes, as: UTF8.self)).problems == [])
  }

  @Test(.enabled(if: seed != nil, "needs the published study"))
  func `a published study without charts shows its quotes where summaries would stand`() throws {
    let path = try #require(seed)
    let text = Text(String(decoding: try bytes(of: path), as: UTF8.self))
    let study = try PublishedStudyReader.read(text, name: "study.txt").value
    let report = StudyReport(study.project, diagnostics: [])
    #expect(report.charts.map(\.cells.count) == [198])
    #expect(report.charts[0].coded == 25)
    #expect(
      report.charts[0].words
        == "25 of 198 cells have a quotation; the rest are empty. Nothing is charted.")
    #expect(report.quotes.count == 26)
    #expect(
      report.participants.filter { $0.quotes == 0 }.map(\.name) == ["P14", "P15", "P19", "P20"])
    // Employers are 9 of the 22 and give 7 of the 26 quotations, the 7 without a role 13.
    let employers = try #require(report.roles.categories.first { $0.name == "Employer" })
    #expect(employers.count == 9 && employers.quotes == 7 && employers.ofQuotes == 26)
    let others = try #require(report.roles.groups.first { $0.name == "no role" })
    #expect(others.count == 7 && others.quotes == 13)
    // No cell is a bare blank: each says its state, also where a quotation stands in it.
    #expect(report.charts[0].cells.count { $0.coded.isEmpty } == 173)
    #expect(report.charts[0].cells.allSatisfy { $0.words == "not charted" })
    let bullets = report.realistMatrix.blocks.flatMap { $0.columns.joined() }
    #expect(bullets.count == 56)
    #expect(bullets.allSatisfy { $0.standing.words == "no evidence" })
    #expect(report.theory.initial == "not reported")
    #expect(ParsedPage(String(decoding: try report.html().bytes, as: UTF8.self)).problems == [])
  }
}
