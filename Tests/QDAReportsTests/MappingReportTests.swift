import Foundation
import QDA
import QDATestSupport
import Testing

@testable import QDAReports

/// Mapping and staleness in a report: the same facts in every format, each open on words.
struct MappingReportTests {
  let report = SampleStudy().report

  /// The text of every format of a report that people read.
  private func texts(_ report: StudyReport) throws -> [String: String] {
    let tables = report.csv().map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
    let word = try withTemporaryFolder { folder in
      try WordWriter.write(report.manuscript(), to: folder + "/report.docx")
      let bytes = try QDATestSupport.bytes(of: folder + "/report.docx")
      return try TranscriptReader.read(bytes, name: "report.docx").value.text.string
    }
    return [
      "page": ParsedPage(String(decoding: try report.html().bytes, as: UTF8.self)).text,
      "markdown": String(decoding: report.markdown().bytes, as: UTF8.self),
      "json": String(decoding: try report.json().bytes, as: UTF8.self), "tables": tables,
      "word": word,
    ]
  }

  @Test(arguments: [
    "Kinds of beginning", "who rings", "tells of both", "By telephone", "Nobody had the number.",
    "A call makes a guest of a case.", "explicit", "implicit",
    "the code defined anew, 1 coding added, 1 coding removed, 1 coding with other words",
    "coding with other words", "P1", "category", "1 of 3 participants",
  ])
  func `every format says what mapping and staleness gave`(fact: String) throws {
    for (format, text) in try texts(report) {
      // A table has the count and its participants in columns of their own.
      if format == "tables", fact == "1 of 3 participants" { continue }
      #expect(text.contains(fact), "\(format) says nothing of: \(fact)")
    }
  }

  @Test func `a stale summary says what changed, coding by coding, and where it can be read`()
    throws
  {
    let stale = try #require(report.charting.stale.first)
    #expect(report.charting.stale.count == 1)
    #expect(stale.participant == "P1" && stale.code == "matching" && stale.author == "AB")
    #expect(
      stale.differences.map(\.kind).sorted()
        == ["added", "code-redefined", "removed", "reworded"])
    // She rang first is quote 1, they came ready quote 2; what is gone has no words any more.
    func quote(_ kind: String) -> Int? { stale.differences.first { $0.kind == kind }?.quote }
    #expect(quote("reworded") == 1 && quote("added") == 2 && quote("removed") == nil)
    // P2's coding under the first code has no cell.
    #expect(report.charting.uncharted.map(\.participant) == ["P2"])
    #expect(report.charting.uncharted.map(\.quotes) == [[4]])
  }

  @Test func `types, elements and explanations open on the words of their cells`() throws {
    let typology = try #require(report.mapping.typologies.first)
    #expect(typology.types.map(\.participants) == [["P1"], []])
    #expect(typology.types.map(\.quotes) == [[1], []])
    #expect(typology.unplaceable.map(\.reason) == ["tells of both"])
    #expect(typology.unplaced == ["P3"])
    #expect(report.mapping.columns.first?.lines.map(\.depth) == [0, 1])
    #expect(report.mapping.columns.first?.lines.map(\.quotes) == [[1], [1]])
    #expect(report.mapping.explanations.map(\.quotes) == [[4], [1]])
    let page = String(decoding: try report.html().bytes, as: UTF8.self)
    #expect(page.contains("data-q=\"1\" data-title=\"P1: rung\""))
    #expect(page.contains("Warm &lt;beginnings&gt;"))
  }

  @Test func `associations of the worked study name each cell, and who stands out`() throws {
    let folder = try StudyFolder.read(at: fixture("LinkWorkers")).value
    let report = StudyReport(folder.project, diagnostics: [], label: { folder.label(for: $0) })
    let roles = try #require(report.mapping.associations.first { $0.attribute == "Role category" })
    let row = try #require(roles.rows.first { $0.code == "accompanying" })
    let employers = try #require(row.columns.first { $0.value == "Employer" })
    // By hand, from charts/1.csv and participants.csv.
    #expect(employers.said == ["P6", "P9", "P14", "P16", "P18", "P22"])
    #expect(employers.unknown == ["P19", "P20", "P21"])
    #expect(employers.words == "6 of 6")
    for association in report.mapping.associations {
      for column in association.rows.flatMap(\.columns) {
        #expect(column.said.isEmpty == column.quotes.isEmpty, "\(column)")
        let known = Set(column.said + column.nothingSaid)
        #expect(known.isSuperset(of: column.outliers))
        #expect(known.isDisjoint(with: column.unknown))
        let speakers = Set(column.quotes.flatMap { report.quotes[$0 - 1].participants })
        #expect(speakers.isSuperset(of: column.said))
      }
    }
    #expect(
      report.mapping.associations.map(\.attribute).sorted() == [
        "Age group", "Gender", "Role category",
      ])
  }

  @Test func `the worked study's stale cells are the four that its charts were given`() throws {
    let folder = try StudyFolder.read(at: fixture("LinkWorkers")).value
    let report = StudyReport(folder.project, diagnostics: [], label: { folder.label(for: $0) })
    #expect(
      report.charting.stale.map { "\($0.participant)/\($0.code): \($0.words)" } == [
        "P2/surges: 1 coding added", "P7/trickle: the code defined anew",
        "P8/belonging: 1 coding added", "P13/waiting: 1 coding with other words",
      ])
    let added = try #require(report.charting.stale.first { $0.participant == "P8" })
    #expect(added.differences.map(\.words) == ["coding added: P08-TO-04"])
    let quote = try #require(added.differences.first?.quote)
    #expect(report.quotes[quote - 1].text.contains("kettle"))
    let page = String(decoding: try report.html().bytes, as: UTF8.self)
    #expect(page.split(separator: "<p class=\"stale\">").count == 5)
    #expect(page.utf8.count < 3_000_000)
  }

  @Test func `a redacted report has no associations and no quotations in its mapping`() throws {
    let redacted = try report.redacted()
    #expect(redacted.mapping.associations.isEmpty)
    #expect(redacted.mapping.typologies.first?.types.first?.participants == ["P1"])
    #expect(!redacted.charting.stale.isEmpty)
    for (format, text) in try texts(redacted) {
      #expect(!text.contains("She rang first"), "\(format)")
    }
  }

  @Test func `quotes are counted by role, with their number`() {
    // Quote 3 is an interviewer's: of four quotes P1 has two, P2 one; both are Crisis.
    #expect(report.roles.categories.map(\.quotes) == [3, 0, 1])
    #expect(report.roles.categories.allSatisfy { $0.ofQuotes == 4 })
  }

  @Test func `codings of an interviewer's words come together in no table`() throws {
    var project = SmallStudy().project
    // `And here?` is the interviewer's and coded as waiting, `Nobody rang us` P2's, as matching.
    func code(_ words: String, as code: String) {
      project.codings.insert(
        [],
        codings: [
          Coding(
            id: SmallStudy.id("more " + words), passage: SmallStudy.id(words),
            code: SmallStudy.id(code))
        ], in: SmallStudy.id("P2.txt"))
    }
    code("And here?", as: "matching")
    #expect(StudyReport(project, diagnostics: []).mapping.together == [])
    code("Nobody rang us", as: "waiting")
    #expect(StudyReport(project, diagnostics: []).mapping.together.map(\.count) == [1])
  }
}
