import Foundation
import QDACore
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

  @Test
  func `the documentation has the table of round trips`() throws {
    let page = try String(
      contentsOfFile: packageFolder + "/Documentation/Exchange.md", encoding: .utf8)
    let formats = Format.all.filter(\.writes)
    #expect(formats.map(\.id) == ["qdpx", "qde", "qdc", "study-folder"])
    var lines = [
      "| lost or only shown without a sidecar | "
        + formats.map { "`\($0.id)`" }.joined(separator: " | ")
        + " |",
      "|---|" + formats.map { _ in "---|" }.joined(),
    ]
    var seen: Set<String> = []
    for loss in formats.flatMap(\.lostInWriting) where seen.insert(loss).inserted {
      let marks = formats.map { $0.lostInWriting.contains(loss) ? "lost" : "" }
      lines.append("| \(loss) | \(marks.joined(separator: " | ")) |")
    }
    let table = lines.joined(separator: "\n")
    #expect(page.contains("\n\n" + table + "\n\n"), "the table should read:\n\(table)")
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func `every loss that is reported is in the table`(seed: UInt64) throws {
    let project = Project.exchangeable(seed: seed)
    var count = 0
    for format in [Format.qdpx, .qde, .qdc] {
      for profile in ExchangeProfile.all {
        let options = ProjectWritingOptions(profile: profile, sidecar: .none)
        let writer = try #require(ProjectWriter(project, as: format, options: options))
        for loss in writer.losses(file: "x") where loss.id == "exchange.not-held" {
          let end = try #require(loss.summary.lastIndex(of: ":"))
          let isListed = format.lostInWriting.contains(String(loss.summary[..<end]))
          #expect(isListed, "\(format.id): \(loss.summary)")
          count += 1
        }
      }
    }
    #expect(count > 100)
  }

  @Test
  func `every loss in the table is one that the writer looks for`() throws {
    let folder = packageFolder + "/Sources/QDAInterchange/REFI/Writing"
    var reported: Set<String> = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let code = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
      for match in code.matches(of: /losses\.add\(\s*"([^"]+)"/) {
        reported.insert(String(match.output.1))
      }
    }
    #expect(Set(Format.all.flatMap(\.lostInWriting)) == reported)
  }
}
