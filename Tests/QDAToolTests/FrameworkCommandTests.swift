import Foundation
import QDATestSupport
import Testing

struct FrameworkCommandTests {
  private func withStudy(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let study = folder + "/LinkWorkers"
      try FileManager.default.copyItem(atPath: fixture("LinkWorkers"), toPath: study)
      try body(study)
    }
  }

  @Test
  func `a merge makes a version, and the folder is read again without an error`() throws {
    try withStudy { study in
      let merge = ["--merge", "surges", "--merge", "trickle", "--into", "waiting"]
      #expect(
        try run([productsFolder + "/qda", "framework", study] + merge + ["--by", "MR"]).status
          == 64, "a version says why")
      let merged = try run(
        [productsFolder + "/qda", "framework", study] + merge
          + ["--by", "MR", "--at", "2026-03-05T10:00:00Z", "--why", "one thing"])
      #expect(merged.status == 0, "\(merged.errors)")
      #expect(merged.output.contains("version 3, 33 codes, by MR"), "\(merged.output)")
      #expect(merged.output.contains("‘Too many at once’ became waiting"))
      let check = try qda("check", study)
      #expect(check.status == 0, "\(check.output.split(separator: "\n").first ?? "")")
      #expect(check.output.contains("written for 'Too many at once'"))
    }
  }

  @Test
  func `rules propose, a person decides, and what was decided does not come again`() throws {
    try withStudy { study in
      let proposed = try qda("index", study, "--propose", "--by", "MR", "--at", "2026-03-04")
      #expect(proposed.status == 0, "\(proposed.errors)")
      #expect(proposed.output.contains("rule surgery-words, version 1: ‘the surgery’"))
      #expect(try qda("index", study, "--reject", "all", "--by", "rules").status == 1)
      let rejected = try qda("index", study, "--reject", "all", "--by", "TO", "--at", "2026-03-05")
      #expect(rejected.status == 0, "\(rejected.errors)")
      let again = try qda("index", study, "--propose", "--by", "MR", "--at", "2026-03-06")
      #expect(again.errors.contains("nothing to change"), "\(again.errors)")
      let table = try String(contentsOfFile: study + "/codings/P15.rules.csv", encoding: .utf8)
      #expect(table.contains("rejected") && table.contains("2026-03-05"))
    }
  }

  @Test
  func `the mapping of the worked study puts each case in one type or says why in none`() throws {
    let result = try qda("map", "Fixtures/LinkWorkers", "--json")
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let typology = try #require((json["typologies"] as? [[String: Any]])?.first)
    let types = try #require(typology["types"] as? [[String: Any]])
    let placed = types.flatMap { $0["cases"] as? [String] ?? [] }
    // By hand: five given, three lost, two refused, and twelve that fit none.
    #expect(placed.count == 10 && Set(placed).count == 10)
    #expect((typology["unplaceable"] as? [Any])?.count == 12)
    #expect((typology["unplaced"] as? [Any])?.isEmpty == true)
  }
}
