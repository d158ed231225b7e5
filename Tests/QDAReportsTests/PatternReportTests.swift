import Foundation
import QDA
import QDATestSupport
import Testing

struct PatternReportTests {
  private func worked() throws -> StudyFolder {
    try StudyFolder.read(at: fixture("LinkWorkers")).value
  }

  // Worked out by hand from configurations.yaml and the sites of participants.csv.
  @Test(arguments: [
    ("CMO1", ["Wester Tarn", "Kirk Brae"], ["Market"]),
    ("CMO3", ["Market", "Harbour", "Northfield"], ["Kirk Brae", "Meadowside"]),
    ("CMO7", ["Shore Road"], ["Quarrybank"]),
    ("CMO13", [], []),
  ])
  func `the worked study says where each configuration holds and where not`(
    label: String, holds: [String], contradicts: [String]
  ) throws {
    let report = PatternReport(try worked().project, over: "site")
    let entry = try #require(report.table.patterns.first { $0.label == label })
    func names(_ verdict: String) -> [String] {
      entry.readings.filter { $0.verdict == verdict }.map(\.name)
    }
    #expect(names("holds") == holds)
    #expect(names("contradicts") == contradicts)
    #expect(entry.readings.count == 8)
  }

  @Test
  func `each number opens on its list and each entry on words that stand in a transcript`() throws {
    let folder = try worked()
    let report = PatternReport(folder.project, over: "site", label: { folder.label(for: $0) })
    let quotes = Dictionary(report.quotes.map { ($0.number, $0) }, uniquingKeysWith: { $1 })
    for reading in report.table.patterns.flatMap(\.readings) where reading.verdict != "silent" {
      #expect(!reading.parts.isEmpty, "\(reading)")
      for part in reading.parts {
        #expect(!part.quotes.isEmpty)
        for number in part.quotes {
          let quote = try #require(quotes[number])
          #expect(quote.isVerified && !quote.text.isEmpty)
        }
      }
    }
    let text = report.text()
    #expect(
      text.contains(
        "this outcome pattern holds in 3 of 8 sites (Market, Harbour, Northfield); here are the 2 "
          + "that contradict it: Kirk Brae, Meadowside"))
    #expect(text.contains("P18, P18.vtt, line 55: “My view is you go with somebody once"))
  }

  @Test
  func `what nobody searched for is said, and who searched is named`() throws {
    let folder = try worked()
    let report = PatternReport(folder.project, label: { folder.label(for: $0) })
    func sought(_ label: String) -> String? {
      report.table.patterns.first { $0.label == label }?.sought
    }
    #expect(sought("CMO11") == "no negative case sought")
    #expect(
      sought("CMO2")?.hasPrefix("negative cases sought by TO on 2025-09-18, none found") == true)
    #expect(sought("CMO3")?.contains("found P14 and P18") == true)
  }

  @Test
  func `page, Markdown and table say the same of where a configuration holds`() throws {
    let report = StudyReport(try worked().project, diagnostics: [])
    #expect(report.patterns.map(\.unit) == ["participant", "site"])
    let entry = try #require(report.patterns[1].patterns.first { $0.label == "CMO3" })
    let page = String(decoding: try report.html().bytes, as: UTF8.self)
    #expect(page.contains("T" + entry.sentence.dropFirst() + "."))
    let markdown = String(decoding: report.markdown().bytes, as: UTF8.self)
    #expect(markdown.contains(entry.sentence))
    let table = try #require(report.csv().first { $0.path == "patterns.csv" })
    let rows = String(decoding: table.bytes, as: UTF8.self)
    for reading in entry.readings {
      #expect(
        rows.contains("site,CMO3,Walked through the door,\(reading.name),\(reading.verdict),"))
    }
  }

  @Test
  func `a reading says no more than was said: of the outcome, and of a whole that holds`() throws {
    var project = SmallStudy().project
    project.evidence = []
    func id<Kind>(_ key: String) -> ID<Kind> { SmallStudy.id(key) }
    func say(
      _ target: Reference, _ words: String, _ stance: Evidence.Stance,
      _ basis: Evidence.Basis = .observed
    ) {
      let key = "\(project.evidence.count)"
      project.evidence[id(key)] = Evidence(
        id: id(key), target: target, ground: .passage(id(words)), stance: stance, basis: basis)
    }
    func words() -> [String] {
      PatternReport(project).table.patterns[0].readings.filter { $0.verdict != "silent" }
        .sorted { $0.case < $1.case }.map(\.words)
    }
    say(.configuration(id("CMO1")), "She rang first", .supports)
    say(.slot(id("CMO1 busy")), "Nobody rang us", .contradicts)
    #expect(
      words() == [
        "holds: said of the whole",
        "stands outside: the context is not there; whether the outcome came about is not said",
      ])
    say(.slot(id("CMO1 come")), "Nobody rang us", .supports, .anticipated)
    #expect(
      words()[1] == "stands outside: the context is not there; the outcome is only expected")
    say(.slot(id("CMO1 come")), "Nobody rang us", .contradicts)
    #expect(words()[1] == "stands outside: neither the context nor the outcome is there")
  }

  // CMO12-e2 denies that one leads to the other at Kirk Brae, where the search found P9 and P18.
  @Test
  func `a step that is denied where the context is too is a negative case of the worked study`()
    throws
  {
    let report = PatternReport(try worked().project, over: "site")
    let entry = try #require(report.table.patterns.first { $0.label == "CMO12" })
    #expect(entry.readings.filter { $0.verdict == "contradicts" }.map(\.name) == ["Kirk Brae"])
  }
}
