import Foundation
import QDATestSupport
import Testing

struct ChartCommandTests {
  /// A copy of the worked study that a test may change.
  private func withStudy(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let study = folder + "/LinkWorkers"
      try FileManager.default.copyItem(atPath: fixture("LinkWorkers"), toPath: study)
      try body(study)
    }
  }

  @Test
  func `a coding that comes after charting makes the cell stale until somebody renews it`() throws {
    try withStudy { study in
      let before = try qda("chart", study)
      #expect(before.status == 0, "\(before.errors)")
      #expect(before.output.contains("1 Coming through the door: "))
      let codings = study + "/codings/P01.MR.csv"
      let table = try String(contentsOfFile: codings, encoding: .utf8)
      let row = "new,896,1059,,,,matching,,\n"
      try Data((table + row).utf8).write(to: URL(filePath: codings))
      let stale = try qda("chart", study)
      #expect(stale.output.contains("P1/matching: 1 coding added (new)"), "\(stale.output)")
      #expect(try qda("check", study).output.contains("[chart.cell-stale]"))
      #expect(try qda("chart", study, "--renew", "P1/matching").status == 64, "nobody is named")
      let renewed = try qda(
        "chart", study, "--renew", "P1/matching", "--by", "MR", "--at", "2026-03-04T10:30:00Z",
        "--why", "read it")
      #expect(renewed.status == 0, "\(renewed.errors)")
      #expect(!renewed.output.contains("P1/matching"))
      let history = try String(contentsOfFile: study + "/history/MR.jsonl", encoding: .utf8)
      #expect(history.contains("read it") && history.contains("2026-03-04T10:30:00Z"))
      #expect(!(try qda("check", study).output.contains("history-edited")))
    }
  }

  @Test
  func `a cell that rests on nothing is not marked as checked`() throws {
    try withStudy { study in
      let chart = study + "/charts/1.csv"
      let table = try String(contentsOfFile: chart, encoding: .utf8)
      let cut = table.replacing("P01-MR-01; P01-MR-02; P01-MR-03", with: "")
      try Data(cut.utf8).write(to: URL(filePath: chart))
      let refused = try qda("chart", study, "--finish", "P1/preparation", "--by", "TO")
      #expect(refused.status == 1)
      #expect(refused.errors.contains("P1/preparation: error: the summary rests on no passage"))
    }
    try withStudy { study in
      let done = try qda("chart", study, "--finish", "P1/1.2", "--by", "TO", "--json")
      #expect(done.status == 0, "\(done.errors)")
    }
  }

  @Test
  func `who checks their own cell is told so, and may`() throws {
    try withStudy { study in
      let own = try qda(
        "chart", study, "--finish", "P1/1.2", "--by", "MR", "--at", "2026-03-04T10:30:00Z",
        "--json")
      #expect(own.status == 0, "\(own.errors)")
      #expect(own.errors.contains("P1/matching is checked by MR, who wrote it"))
      #expect(own.output.contains("\"chart.checked-by-author\""))
    }
  }

  @Test
  func `a state over what is coded is not checked, and the codings are named`() throws {
    try withStudy { study in
      let chart = study + "/charts/1.csv"
      let lines = try String(contentsOfFile: chart, encoding: .utf8).split(
        separator: "\n", omittingEmptySubsequences: false)
      let edited = lines.map { line in
        line.hasPrefix("P1,information,") ? "P1,information,not-asked,,,MR,,," : String(line)
      }
      try Data(edited.joined(separator: "\n").utf8).write(to: URL(filePath: chart))
      #expect(try qda("check", study).output.contains("[chart.state-contradicted]"))
      let refused = try qda("chart", study, "--finish", "P1/information", "--by", "TO")
      #expect(refused.status == 1)
      #expect(refused.errors.contains("the cell says 'not-asked'"), "\(refused.errors)")
      #expect(refused.errors.contains("P01-MR-14"), "\(refused.errors)")
    }
  }

  @Test
  func `what is taken, in conflict and refused is counted`() throws {
    try withStudy { study in
      let file = study + ".md"
      #expect(try qda("chart", study, "--to", file, "--theme", "1").status == 0)
      let charts = try String(contentsOfFile: file, encoding: .utf8)
      let edited = charts.replacing("(nothing said)", with: "n/a", maxReplacements: 2)
        .replacing("(nothing said)", with: "(not asked)", maxReplacements: 1)
      try Data(edited.utf8).write(to: URL(filePath: file))
      let back = try qda(
        "chart", study, "--from", file, "--by", "TO", "--at", "2026-03-04T10:30:00Z", "--json")
      #expect(back.status == 1)
      #expect(back.errors.contains("1 cell taken, 0 in conflict, 2 refused"), "\(back.errors)")
      #expect(back.output.contains("\"refused\" : 2"))
    }
  }
}
