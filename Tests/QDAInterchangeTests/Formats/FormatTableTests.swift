import Foundation
import QDAInterchange
import QDATestSupport
import Testing

struct FormatTableTests {
  private func row(_ format: Format) -> String {
    let endings = format.extensions.map { "`.\($0)`" }.joined(separator: " ")
    let limits = format.reads ? format.cannotHold.joined(separator: "; ") : format.advice
    return "| `\(format.id)` | \(format.name) | \(endings) | \(format.reads ? "yes" : "no") | "
      + "\(format.writes ? "yes" : "no") | \(limits) |"
  }

  @Test
  func `the documentation has the table of formats`() throws {
    let page = try String(
      contentsOfFile: packageFolder + "/Documentation/Formats.md", encoding: .utf8)
    let heading = [
      "| id | name | endings | read | written | what is lost, or what to do instead |",
      "|---|---|---|---|---|---|",
    ]
    let table = (heading + Format.all.map(row)).joined(separator: "\n")
    #expect(page.contains("\n\n" + table + "\n\n"), "the table should read:\n\(table)")
  }
}
