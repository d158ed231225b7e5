@testable import QDAReports
import QDA
import QDATestSupport
import Testing

@Suite struct StudyReportTests {
  let report = SampleStudy().report

  @Test func `roles are counted with denominators and a dual role counts under both`() {
    #expect(
      report.roles.categories.map { "\($0.name) \($0.words) \($0.participants)" } == [
        "Crisis 2 of 3 participants [\"P1\", \"P2\"]", "MH 0 of 3 participants []",
        "Employer 1 of 3 participants [\"P2\"]",
      ])
    #expect(
      report.roles.groups.map { "\($0.name) \($0.count)" } == [
        "Crisis only 1", "both Crisis and Employer 1", "no role 1",
      ])
  }

  @Test func `an invalid value stays as written and stands last in its tally`() {
    #expect(report.participants[1].values[0].value == "26–25 (invalid)")
    #expect(report.participants[1].values[0].isInvalid)
    #expect(!report.participants[0].values[0].isInvalid)
    // Two bands and three people are too few to compare: no tally is made of them.
    #expect(report.tallies.isEmpty)
  }

  @Test func `a tally names every band in order and the invalid one apart`() {
    var project = SampleStudy().project
    let bands: [AttributeValue] = [.band(56, nil), .band(26, 35), .band(56, nil)]
    for (number, band) in bands.enumerated() {
      let one = Case(
        id: SmallStudy.id("Q\(number)"), name: "Q\(number)", values: [SmallStudy.id("age"): band])
      project.cases[one.id] = one
    }
    let tally = StudyReport(project, diagnostics: []).tallies.first
    #expect(tally?.attribute == "Age")
    #expect(
      tally?.values.map { "\($0.name): \($0.words)" } == [
        "26–35: 2 of 6 participants", "56+: 3 of 6 participants",
        "26–25 (invalid): 1 of 6 participants",
      ])
  }

  @Test func `the total of codings leaves out what only an interviewer says`() {
    // Of the four codings one is on `And here?`, which the interviewer asks P2.
    #expect(StudyReport(SmallStudy().project, diagnostics: []).study.counts.codings == 3)
  }

  @Test func `a configuration names who supports it, who contradicts it and who is silent`() {
    let entry = report.configurations[0]
    #expect(entry.standing.supporting == ["P1"])
    #expect(entry.standing.contradicting == ["P2"])
    #expect(entry.silent == ["P3"])
    #expect(
      entry.standing.words
        == "supported by 1 of 3 participants; contradicted by 1 of 3 participants")
    #expect(
      entry.roles.map { "\($0.role) \($0.supporting) \($0.contradicting) \($0.of)" } == [
        "Crisis 1 1 2", "MH 0 0 0", "Employer 0 1 1", "no role 0 0 1",
      ])
  }

  @Test func `whatever nobody speaks for says that there is no evidence`() {
    let entry = report.configurations[1]
    #expect(entry.standing.words == "no evidence")
    #expect(entry.slots.map(\.standing.words) == ["no evidence", "no evidence"])
    #expect(
      report.links.map(\.standing.words) == [
        "no evidence", "no evidence", "supported by 1 of 3 participants", "no evidence",
      ])
    #expect(report.theory.versions[0].statements[0].standing.words == "no evidence")
    #expect(
      entry.gaps.map(\.kind) == [
        "unsplit", "role-missing", "slot-without-evidence", "slot-without-evidence",
        "no-negative-case",
      ])
  }

  @Test func `a judgement is evidence in nobody's words`() {
    #expect(report.configurations[2].slots[0].standing.words == "1 recorded judgement")
  }

  @Test func `every cell says its state and the passages that are coded in it`() {
    let chart = report.charts[0]
    #expect(
      chart.cells.map { "\($0.participant) \($0.code) \($0.words) \($0.references) \($0.coded)" }
        == [
          "P1 matching summarised [1] [1, 2]", "P1 waiting not charted [] []",
          "P2 matching not charted [] [4]", "P2 waiting asked, not answered [] []",
          "P3 matching not charted [] []", "P3 waiting not charted [] []",
        ])
    #expect(
      chart.words
        == "Of 6 cells, 1 summarised, 1 asked, not answered and 4 not charted. "
        + "2 of 6 have a coded passage.")
    #expect(
      report.charts[1].cells.map(\.state) == ["nothing-said", "not-asked", "summarised"])
  }

  @Test func `the kinds of words in a summary stay apart`() {
    #expect(report.charts[0].cells[0].runs.map(\.kind) == ["summary", "verbatim", "comment"])
    #expect(
      report.charts[0].cells[0].runs.marked
        == "A call beforehand: “She rang first” [1] {(recently)}")
    #expect(report.charts[0].cells[0].alternatives[0].author == "AB")
  }

  @Test func `a theme without cells and codings is left out and named`() {
    #expect(report.charts.map(\.name) == ["Door", "Flow | capacity"])
    #expect(report.leftOut.map(\.theme) == ["3 Empty theme"])
  }

  @Test func `without any charting a matrix shows the sections that hold quotes`() {
    var project = SmallStudy().project
    project.cells = [:]
    let chart = StudyReport(project, diagnostics: []).charts[0]
    // What is coded as waiting is an interviewer's question, which is no case's.
    #expect(chart.columns.map(\.name) == ["matching"])
    #expect(
      chart.words == "2 of 3 cells have a quotation; the rest are empty. Nothing is charted.")
    #expect(chart.notes == ["Without a coded passage and not shown: 1.2 waiting."])
  }

  @Test func `a quote says whose words stand where in which turn`() {
    let quote = report.quotes[3]
    #expect(quote.number == 4)
    #expect(quote.place == "P2.txt, line 2")
    #expect(quote.participants == ["P2"])
    #expect(quote.speaker == "P2")
    #expect(
      quote.before + "|" + quote.text + "|" + quote.after == "|Nobody rang us|. They came anyway.")
    // "I: And here?\n" is 13 scalars long, "P2: " 4 more.
    #expect(quote.start == 17)
    #expect(quote.end == 31)
    #expect(quote.column == 5)
    #expect(quote.evidence == ["e3"])
    #expect(quote.codes.map(\.title) == ["1.1 matching"])
  }

  @Test func `an interviewer's words are nobody's`() {
    #expect(report.quotes[2].text == "And here?")
    #expect(report.quotes[2].participants.isEmpty)
    #expect(report.codebook.codes.first { $0.id == "waiting" }?.participants == [])
  }

  @Test func `loops are named and say how many of their links have evidence`() {
    #expect(
      report.loops.map(\.words) == [
        "balancing: CMO1 → CMO2 → CMO1; 0 of 2 links with evidence",
        "reinforcing: CMO1 → CMO3 → CMO1; 1 of 2 links with evidence",
      ])
    #expect(report.loops.map(\.name) == ["B1", "R1"])
  }

  @Test func `an initial theory that is absent is not reported`() {
    #expect(report.theory.initial == "not reported")
    #expect(report.theory.refined == "reported")
  }

  @Test func `keys of the study stand for objects, else names of their own, else ids`() {
    #expect(report.charts[0].columns.map(\.code) == ["matching", "waiting"])
    #expect(report.charts[0].id == "1")
    #expect(report.evidence.map(\.id).prefix(4) == ["e1", "e2", "e3", "e4"])
    var project = SmallStudy().project
    project.cases[SmallStudy.id("P2")]?.name = "P1"
    let ids = StudyReport(project, diagnostics: []).participants.map(\.id)
    let expected: [ID<Case>] = [SmallStudy.id("P1"), SmallStudy.id("P2")]
    #expect(ids == expected.map(\.description) + ["P3"])
  }

  @Test func `a text that is not to be had leaves quotes without words that say why`() {
    var project = SmallStudy().project
    project.texts = MemoryTexts()
    let quote = StudyReport(project, diagnostics: []).quotes[0]
    #expect(quote.text == "")
    #expect(quote.problem == "the text is not available: it was never added to the project")
  }

  @Test func `the place of a finding is in words`() {
    #expect(report.diagnostics[0].place == "participants.csv:3:9")
    let places = report.diagnostics.filter { $0.id == "cmo.link-without-evidence" }.map(\.place)
    #expect(places == ["link CMO1 → CMO2", "link CMO2 → CMO1", "link CMO3 → CMO1"])
    #expect(!report.diagnostics.contains { Labels.isGUID($0.place) })
  }

  @Test func `a study without role categories says of nobody that a role is missing`() throws {
    var project = SmallStudy().project
    project.roleAttribute = nil
    let report = StudyReport(project, diagnostics: [])
    for file in try report.files() {
      #expect(!String(decoding: file.bytes, as: UTF8.self).contains("no role"), "\(file.path)")
    }
  }

  @Test func `loops that are too many to list are said to be cut off`() {
    #expect(!report.loopsCutOff)
    var project = SmallStudy().project
    for number in 0..<120 {
      let id: ID<Link> = SmallStudy.id("more \(number)")
      project.links[id] = Link(
        id: id, from: SmallStudy.id("CMO1"), to: SmallStudy.id("CMO1"), kind: .feedback)
    }
    let many = StudyReport(project, diagnostics: [])
    #expect(many.loops.count == 100)
    #expect(many.loopsCutOff)
  }

  @Test
  func `links of a superseded configuration are listed as its own, in no loop and no drawing`()
    throws
  {
    var project = SmallStudy().project
    #expect(StudyReport(project, diagnostics: []).loops.count == 1)
    project.configurations[SmallStudy.id("CMO2")]?.status = .superseded
    let report = StudyReport(project, diagnostics: [])
    #expect(report.loops.isEmpty)
    #expect(report.links.map(\.closed) == ["CMO2 is superseded", "CMO2 is superseded"])
    let files = try report.files().reduce(into: [String: String]()) {
      $0[$1.path] = String(decoding: $1.bytes, as: UTF8.self)
    }
    #expect(files["report.md"]?.contains("(CMO2 is superseded)") == true)
    #expect(files["index.html"]?.contains("(CMO2 is superseded)") == true)
    #expect(files["diagrams/loops.dot"]?.contains("->") != true)
  }
}
