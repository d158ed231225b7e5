import Foundation
import QDA
import QDATestSupport
import Testing

struct RedactionTests {
  private func words(_ text: String) -> String {
    text.split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
  }

  @Test
  func `no file of a redacted report has a quote or an attribute`() throws {
    let reading = try StudyFolder.read(at: fixture("LinkWorkers"))
    let full = StudyReport(
      reading.value.project, diagnostics: reading.diagnostics + reading.value.check())
    let redacted = try full.redacted()
    let quotes = full.quotes.map { words($0.text) }.filter { $0.split(separator: " ").count > 3 }
    #expect(quotes.count > 300)
    let values = Set(full.participants.flatMap(\.values).map(\.value)).filter { $0.count > 8 }
    #expect(values.contains("Men’s shed"))
    // The band that P17 wrote down is named by a finding.
    #expect(full.diagnostics.contains { $0.summary.contains("26–25") })
    var texts = try redacted.files().map {
      ($0.path, String(decoding: $0.bytes, as: UTF8.self))
    }
    texts.append(("manuscript", "\(redacted.manuscript())"))
    for (path, text) in texts {
      let plain = words(text.replacing("\\\"", with: "\""))
      #expect(!quotes.contains { plain.contains($0) }, "\(path)")
      #expect(!values.contains { text.contains($0) }, "\(path)")
      #expect(!text.contains("26–25"), "\(path)")
    }
  }

  @Test
  func `a category that one person has is withheld, and the counts do not give it away`() throws {
    let project = try StudyFolder.read(at: fixture("LinkWorkers")).value.project
    let report = try StudyReport(project, diagnostics: []).redacted()
    let counts = report.roles.categories.map { "\($0.name) \($0.count)" }
    #expect(counts == ["Crisis 4", "MH 2", "Employer 8"])
    #expect(!report.roles.groups.contains { $0.name == "both Crisis and Employer" })
    #expect(report.participants.first { $0.name == "P20" }?.roles == ["role withheld"])
    let page = try report.files().first { $0.path == "participants.csv" }
    let row = String(decoding: try #require(page).bytes, as: UTF8.self).split(
      whereSeparator: \.isNewline
    )
    .first { $0.hasPrefix("P20,") }
    #expect(row?.contains("role withheld") == true && row?.contains("no role") == false)
    for entry in report.configurations {
      #expect(entry.roles.map(\.of) == [4, 2, 8, 7])
    }
    #expect(report.caution.contains("Redacted"))
    // The checklist counts what is left, or P20 could be told from the difference.
    let details = report.checklist.first { $0.number == 14 }
    #expect(details?.words == "22 participants, by role: Crisis 4, MH 2, Employer 8")
  }

  @Test
  func `a category that is down to one without somebody who is hidden is hidden too`() throws {
    var random = SeededGenerator(seed: 7)
    var project = Project(id: ID(using: &random), title: "Three of two trades")
    let roles = Attribute(id: ID(using: &random), name: "Trade", kind: .terms)
    project.attributes[roles.id] = roles
    project.roleAttribute = roles.id
    let trades = [["Baker"], ["Baker", "Carter"], ["Carter"], ["Carter"], ["Carter"]]
    for (index, trade) in trades.enumerated() {
      let one = Case(
        id: ID(using: &random), name: "P\(index + 1)", values: [roles.id: .terms(trade)])
      project.cases[one.id] = one
    }
    // P2 alone has both trades; without P2 only P1 is a baker.
    let report = try StudyReport(project, diagnostics: []).redacted()
    #expect(report.roles.categories.map { "\($0.name) \($0.count)" } == ["Carter 3"])
    #expect(report.participants.prefix(2).allSatisfy { $0.roles == ["role withheld"] })
  }

  /// The small study, redacted with keys for its cases.
  private func redacted(_ change: (inout Project) -> Void) throws -> StudyReport {
    var project = SmallStudy().project
    change(&project)
    let keys = project.cases.ids
    return try StudyReport(project, diagnostics: project.check()) { reference in
      guard case .case(let id) = reference else { return nil }
      return keys.firstIndex(of: id).map { "C\($0 + 1)" }
    }.redacted()
  }

  private func text(of report: StudyReport) throws -> String {
    try report.files().map { String(decoding: $0.bytes, as: UTF8.self) }.joined(separator: "\n")
      + "\(report.manuscript())"
  }

  @Test(arguments: [
    "“go with me” and", "\"go with me\" and", "‘go with me’ and", "'go with me' and",
    "«go with me» and", "»go with me« and", "„go with me“ and", "「go with me」 and",
    "‹go with me› and", "”go with me” and", "’go with me’ and", "《go with me》 and",
    "`go with me` and",
    "»go with me» and", "“so I ‘go with me’ there” and", "‘the clients’ hub would go with me’ and",
  ])
  func `what stands between quotation marks of any kind is withheld`(words: String) throws {
    let report = try redacted { project in
      project.configurations[SmallStudy.id("CMO1")]?.title =
        "They said \(words) it’s the workers’ way"
    }
    let text = try text(of: report)
    #expect(!text.contains("go with me"))
    #expect(text.contains("it’s the workers’ way"))
  }

  @Test
  func `six words in a row that a participant said are withheld without any mark`() throws {
    let report = try redacted { project in
      project.configurations[SmallStudy.id("CMO1")]?.reason =
        "Where she rang first, so THEY came ready, it worked; they came ready is theirs too."
      project.codings.insert(
        [
          Passage(
            id: SmallStudy.id("long"), source: SmallStudy.id("P1.txt"),
            region: .text(TextSpan(scalars: 22..<56)))
        ],
        codings: [
          Coding(
            id: SmallStudy.id("long"), passage: SmallStudy.id("long"),
            code: SmallStudy.id("matching"))
        ], in: SmallStudy.id("P1.txt"))
    }
    #expect(
      report.configurations.first?.reason
        == "Where [withheld], it worked; they came ready is theirs too.")
  }

  @Test
  func `names become ids, and labels that share a word with them`() throws {
    let report = try redacted { project in
      project.cases[SmallStudy.id("P1")]?.name = "Fiona Baird"
      project.sources[SmallStudy.id("P1.txt")]?.speakers[1].label = "Fiona"
      project.configurations[SmallStudy.id("CMO1")]?.title = "Fiona and Fiona Baird came"
      project.configurations[SmallStudy.id("CMO1")]?.reason = "BAIRD said so; will Will?"
      project.cases[SmallStudy.id("P2")]?.name = "Will Ng"
      project.cases[SmallStudy.id("P3")]?.name = "Bo"
      project.sources[SmallStudy.id("P2.txt")]?.name = "notes_ng_will.txt"
    }
    #expect(report.configurations.first?.reason == "[withheld] said so; will Will?")
    #expect(report.participants.map(\.name) == ["C1", "C2", "C3"])
    #expect(report.sources.map(\.name) == ["P1.txt", "document-2"])
    let text = try text(of: report)
    #expect(!text.contains("Fiona") && !text.contains("Baird") && !text.contains("BAIRD"))
    #expect(!text.contains("notes_ng"))
    #expect(report.configurations.first?.title == "[withheld] and C1 came")
  }

  // P2 is the only employer, so that a claim about employers tells what P2 is.
  @Test
  func `a claim that is counted by role is not among the findings`() throws {
    let full = SmallStudy().project
    var project = full
    project.configurations[SmallStudy.id("CMO1")]?.title = "All employers come ready"
    let isClaim = { (finding: StudyReport.Finding) in finding.id == "theory.quantifier-unsupported"
    }
    #expect(StudyReport(project, diagnostics: project.check()).diagnostics.contains(where: isClaim))
    let report = try redacted {
      $0.configurations[SmallStudy.id("CMO1")]?.title = "All employers come ready"
    }
    #expect(!report.diagnostics.contains(where: isClaim))
  }

  @Test
  func `a site of one person is not named, and one of two is`() throws {
    let report = try redacted { project in
      for (site, members) in [("Northfarm", ["P1"]), ("Quay", ["P2", "P3"])] {
        project.cases[SmallStudy.id(site)] = Case(
          id: SmallStudy.id(site), name: site, unit: "site")
        for one in members {
          project.cases[SmallStudy.id(one)]?.memberOf = [SmallStudy.id(site)]
        }
      }
      project.configurations[SmallStudy.id("CMO1")]?.title = "At Northfarm and at the Quay"
    }
    let text = try text(of: report)
    #expect(!text.contains("Northfarm"))
    #expect(report.configurations.first?.title == "At [withheld] and at the Quay")
    #expect(report.patterns.first { $0.unit == "site" }?.cases.map(\.id) == ["withheld-1", "C5"])
  }

  // Every term of the schema is somebody's attribute here, and must not be taken for a value there.
  @Test
  func `values that are terms of the form leave a report that fits its schema`() throws {
    let schema = try Data(bytes(of: packageFolder + "/Documentation/report.schema.json"))
    var terms: Set<String> = []
    func gather(_ value: Any) {
      if let list = value as? [Any] { list.forEach(gather) }
      guard let map = value as? [String: Any] else { return }
      terms.formUnion(map["enum"] as? [String] ?? [])
      map.values.forEach(gather)
    }
    gather(try JSONSerialization.jsonObject(with: schema))
    #expect(terms.count > 50)
    var project = SampleStudy().project
    for term in terms {
      let attribute = Attribute(id: SmallStudy.id("is " + term), name: "Is \(term)")
      project.attributes[attribute.id] = attribute
      project.cases[SmallStudy.id("P1")]?.values[attribute.id] = .text(term)
    }
    let report = try StudyReport(project, diagnostics: project.check()).redacted()
    let json = try #require(try report.files().first { $0.path == "report.json" })
    #expect(try SchemaCheck(Data(json.bytes), against: schema).problems == [])
    #expect(!String(decoding: json.bytes, as: UTF8.self).contains("She rang first"))
  }

  @Test
  func `an attribute's value does not switch a quote's stretch into another kind`() throws {
    let report = try redacted { project in
      let style = Attribute(id: SmallStudy.id("style"), name: "Transcription")
      project.attributes[style.id] = style
      project.cases[SmallStudy.id("P1")]?.values[style.id] = .text("verbatim")
    }
    #expect(try !text(of: report).contains("She rang first"))
  }
}
