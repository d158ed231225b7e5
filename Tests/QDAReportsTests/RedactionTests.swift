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
    var texts = try redacted.files().map {
      ($0.path, String(decoding: $0.bytes, as: UTF8.self))
    }
    texts.append(("manuscript", "\(redacted.manuscript())"))
    for (path, text) in texts {
      let plain = words(text.replacing("\\\"", with: "\""))
      #expect(!quotes.contains { plain.contains($0) }, "\(path)")
      #expect(!values.contains { text.contains($0) }, "\(path)")
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
  }
}
