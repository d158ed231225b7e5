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
    #expect(report.participants.first { $0.name == "P20" }?.roles == [])
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
    #expect(report.participants.prefix(2).allSatisfy { $0.roles.isEmpty })
  }
}
