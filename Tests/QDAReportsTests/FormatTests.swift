import Foundation
import QDA
import QDATestSupport
import Testing

@testable import QDAReports

@Suite struct FormatTests {
  let report = SampleStudy().report

  func text(_ path: String) throws -> String {
    let file = try #require(try report.files().first { $0.path == path })
    return String(decoding: file.bytes, as: UTF8.self)
  }

  func table(_ path: String) throws -> [[String: String]] {
    let records = parseCSV(try text(path))
    let head = try #require(records.first)
    return records.dropFirst().map {
      Dictionary(zip(head, $0), uniquingKeysWith: { first, _ in first })
    }
  }

  @Test func `the same study gives the same bytes`() throws {
    let again = SampleStudy().report
    #expect(try report.files() == again.files())
  }

  @Test func `every file that the documentation lists is written`() throws {
    #expect(
      try report.files().map(\.path).filter { !$0.hasPrefix("diagrams/") } == [
        "index.html", "report.md", "report.json", "participants.csv", "role-counts.csv",
        "indexing.csv", "code-findings.csv", "familiarisation.csv",
        "charts/1.csv", "charts/2.csv", "stale.csv", "range-and-nature.csv", "typologies.csv",
        "explanations.csv", "associations.csv", "cooccurrence.csv", "novelty.csv", "register.csv",
        "slots.csv", "evidence.csv",
        "patterns.csv", "realist-matrix.csv", "incidence.csv", "links.csv", "theory.csv",
        "change-log.csv", "checklist.csv", "codebook.csv",
        "quotes.csv", "diagnostics.csv",
      ])
  }

  /// Facts worked out by hand from the study, as each format words them.
  @Test(arguments: [
    ["both Crisis and Employer", "1 of 3"], ["supported by 1 of 3 participants"],
    ["contradicted by 1 of 3 participants"], ["no evidence"], ["asked, not answered"],
    ["not charted"], ["nothing said"], ["not asked"], ["She rang first"], ["Nobody rang us"],
    ["the mechanism is not divided into resource and reasoning"], ["no outcome is stated"],
    ["agreed by the team"], ["reinforcing"], ["balancing"], ["not reported"],
    ["Two interviews"], ["the band of P2 runs backwards"], ["They do not measure how common"],
  ])
  func `all formats print the same facts`(facts: [String]) throws {
    let page = ParsedPage(try text("index.html")).text
    let tables = report.csv().map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
    let json = try text("report.json")
    let markdown = try text("report.md")
    let word = try withTemporaryFolder { folder in
      try WordWriter.write(report.manuscript(), to: folder + "/report.docx")
      return try TranscriptReader.read(bytes(of: folder + "/report.docx"), name: "report.docx")
        .value.text.string
    }
    for fact in facts {
      #expect(word.lowercased().contains(fact.lowercased()))
      // Sentences begin with a capital on the page.
      #expect(page.lowercased().contains(fact.lowercased()))
      #expect(markdown.lowercased().contains(fact.lowercased()))
      #expect(json.contains(fact) || json.contains("\"count\" : 1"))
      #expect(tables.contains(fact) || fact.contains("measure") || fact == "1 of 3")
    }
  }

  @Test func `verbatim words, summary and comment are told apart in every format`() throws {
    // The cell says: A call beforehand: “She rang first” {(recently)}.
    let page = try text("index.html")
    #expect(page.contains("<q>She rang first</q>"))
    #expect(page.contains("<span class=\"vh\">Analyst’s comment: </span>(recently)</span>"))
    #expect(
      try text("report.md").contains("“She rang first” [\\[1\\]](#quote-1) *\\{(recently)\\}*"))
    #expect(
      try text("charts/1.csv").contains("A call beforehand: “She rang first” [1] {(recently)}"))
    let lines = report.manuscript().blocks.flatMap { block -> [Manuscript.Line] in
      guard case .table(_, let rows) = block else { return [] }
      return rows.flatMap { $0 }.flatMap { $0 }
    }
    let runs = lines.first { $0.text.contains("{(recently)}") }?.runs ?? []
    #expect(runs.contains { $0.text == "{(recently)}" && $0.isItalic })
    #expect(runs.contains { $0.text.contains("“She rang first”") && !$0.isItalic })
    let kinds = report.charts[0].cells[0].runs.map(\.kind)
    #expect(kinds == ["summary", "verbatim", "comment"], "in the JSON")
  }

  @Test func `the JSON reads back as the report that it was written from`() throws {
    let data = Data(try report.json().bytes)
    #expect(try JSONDecoder().decode(StudyReport.self, from: data) == report)
  }

  @Test func `the JSON is what its schema says`() throws {
    let schema = Data(try bytes(of: packageFolder + "/Documentation/report.schema.json"))
    #expect(try SchemaCheck(Data(report.json().bytes), against: schema).problems == [])
    // The check itself notices a wrong value, an unknown field and a missing one.
    let wrong = try text("report.json").replacing("\"balancing\"", with: "\"both\"")
      .replacing("\"caution\"", with: "\"warning\"")
    #expect(try SchemaCheck(Data(wrong.utf8), against: schema).problems.count >= 3)
  }

  @Test func `every kind of gap is one of the schema's, and the schema has no other`() throws {
    var project = SmallStudy().project
    // No context, half a mechanism, an outcome that is neither short- nor long-term, and no evidence.
    project.configurations[SmallStudy.id("bare")] = Configuration(
      id: SmallStudy.id("bare"), label: "Bare",
      slots: [
        Slot(
          id: SmallStudy.id("bare m"), role: "mechanism", part: "resource",
          element: SmallStudy.id("call")),
        Slot(id: SmallStudy.id("bare o"), role: "outcome", element: SmallStudy.id("come")),
      ])
    let report = StudyReport(project, diagnostics: [])
    let kinds = Set(report.configurations.flatMap(\.gaps).map(\.kind))
    let schema = Data(try bytes(of: packageFolder + "/Documentation/report.schema.json"))
    #expect(try SchemaCheck(Data(report.json().bytes), against: schema).problems == [])
    let json = try #require(try JSONSerialization.jsonObject(with: schema) as? [String: Any])
    let gap = (json["$defs"] as? [String: [String: Any]])?["Gap"]
    let kind = (gap?["properties"] as? [String: [String: Any]])?["kind"]
    #expect(try Set(#require(kind?["enum"] as? [String])) == kinds)
    let page = try String(
      decoding: bytes(of: packageFolder + "/Documentation/ReportSchema.md"), as: UTF8.self)
    for kind in kinds { #expect(page.contains("`\(kind)`")) }
  }

  @Test func `every row of every table has a field for each column`() throws {
    for file in report.csv() {
      let text = String(decoding: file.bytes, as: UTF8.self)
      let records = parseCSV(text)
      #expect(Set(records.map(\.count)).count == 1, "\(file.path)")
      let head = try #require(records.first)
      #expect(Set(head).count == head.count, "\(file.path)")
      #expect(text.hasSuffix("\r\n"))
    }
  }

  @Test func `a value that a spreadsheet would run begins with an apostrophe`() throws {
    let rows = try table("participants.csv")
    #expect(rows.map { $0["Place"] } == ["'" + SampleStudy.formula, "'+44 131", "Leith"])
    #expect(rows.map { $0["Age"] } == ["56+", "26–25 (invalid)", "26–35"])
  }

  @Test func `a row of evidence opens on document, line, span, participant and words`() throws {
    let row = try #require(try table("evidence.csv").first { $0["evidence"] == "e3" })
    #expect(row["source"] == "P2.txt")
    #expect(row["line"] == "2")
    #expect(row["start"] == "17")
    #expect(row["end"] == "31")
    #expect(row["participants"] == "P2")
    #expect(row["roles"] == "Crisis, Employer")
    #expect(row["stance"] == "contradicts")
    #expect(row["words"] == "Nobody rang us")
  }

  @Test func `tables and Markdown have the remark on evidence and what a participant answered`()
    throws
  {
    var project = SmallStudy().project
    project.evidence[SmallStudy.id("e3")]?.comment = "Said with a shrug."
    project.evidence[SmallStudy.id("e3")]?.response = .rejects
    project.codebook.codes[SmallStudy.id("matching")]?.include = "Calls before a visit."
    let report = StudyReport(project, diagnostics: [])
    let files = try report.files()
    func text(_ path: String) throws -> String {
      String(decoding: try #require(files.first { $0.path == path }).bytes, as: UTF8.self)
    }
    #expect(try text("evidence.csv").contains("contradicts,observed,own,rejects,passage"))
    let markdown = try text("report.md")
    #expect(markdown.contains("Said with a shrug."))
    #expect(markdown.contains("who rejects when shown the theory"))
    #expect(markdown.contains("*Include:* Calls before a visit."))
  }

  @Test func `a row of a chart, the register and the matrix opens on its quotes`() throws {
    let cell = try table("charts/1.csv")[0]
    #expect(cell["state"] == "summarised")
    #expect(cell["quote_sources"] == "P1.txt")
    #expect(cell["quote_lines"] == "2")
    #expect(cell["quote_words"] == "She rang first")
    #expect(cell["coded_words"] == "She rang first\nthey came ready")
    let entry = try table("register.csv")[0]
    #expect(entry["supporting_count"] == "1")
    #expect(entry["of"] == "3")
    // e4 rests on an interviewer's question, which is nobody's words and still is shown.
    #expect(entry["quote_words"] == "She rang first\nthey came ready\nAnd here?")
    #expect(entry["against_words"] == "Nobody rang us")
    let bullet = try #require(
      try table("realist-matrix.csv").first { $0["text"] == "A call beforehand" })
    #expect(bullet["supporting"] == "P1")
    #expect(bullet["quote_spans"]?.split(separator: "\n").count == 2)
  }

  @Test func `the incidence says what each participant does and what it rests on`() throws {
    let rows = try table("incidence.csv")
    #expect(
      rows.map { $0["CMO1"] ?? "" } == [
        "supports\nP1.txt, line 2: “She rang first”\nP1.txt, line 2: “they came ready”",
        "contradicts\nP2.txt, line 2: “Nobody rang us”", "says nothing",
      ])
    #expect(rows.allSatisfy { $0["CMO2"] == "says nothing" })
  }

  @Test func `a table in Markdown has the same columns in every row`() throws {
    let lines = try text("report.md").split(separator: "\n", omittingEmptySubsequences: false)
    var width: Int?
    var tables = 0
    for line in lines {
      guard line.hasPrefix("|") else {
        width = nil
        continue
      }
      let bars = line.replacing("\\\\", with: "").replacing("\\|", with: "").count { $0 == "|" }
      if width == nil { tables += 1 }
      #expect(width == nil || width == bars, "\(line)")
      width = bars
    }
    #expect(tables >= 10)
  }

  @Test func `Markdown holds no mark-up of the study's own`() throws {
    let markdown = try text("report.md")
    #expect(!markdown.contains("<script"))
    #expect(markdown.contains("&lt;script&gt;"))
    #expect(markdown.contains("Flow \\| capacity"))
    #expect(markdown.contains("<a id=\"quote-4\"></a>"))
    #expect(markdown.contains("(#quote-4)"))
  }

  @Test func `reports of generated studies are whole`() throws {
    let schema = Data(try bytes(of: packageFolder + "/Documentation/report.schema.json"))
    for seed in 1...12 as ClosedRange<UInt64> {
      let project = Project.generated(seed: seed)
      let report = StudyReport(project, diagnostics: project.check())
      let page = ParsedPage(String(decoding: try report.html().bytes, as: UTF8.self))
      #expect(page.problems == [])
      #expect(try SchemaCheck(Data(report.json().bytes), against: schema).problems == [])
      for file in report.csv() {
        let widths = Set(parseCSV(String(decoding: file.bytes, as: UTF8.self)).map(\.count))
        #expect(widths.count == 1, "\(file.path)")
      }
    }
  }

  @Test func `an empty study has a report`() throws {
    let project = Project(id: SmallStudy.id("empty"), title: "")
    let report = StudyReport(project, diagnostics: [])
    let page = ParsedPage(String(decoding: try report.html().bytes, as: UTF8.self))
    #expect(page.problems == [])
    #expect(page.text.contains("No configuration is stated."))
    #expect(try report.files().count == 28)
  }
}
