import Foundation
import QDAInterchange
import QDACore
import QDATestSupport
import Testing

struct StudyHistoryTests {
  private func id<Kind>(_ key: String) -> ID<Kind> { SmallStudy.id(key) }

  /// The small study with a coder, and two changes made to it through its folder.
  private func changed() throws -> (before: Project, folder: StudyFolder) {
    var project = SmallStudy().project
    project.coders[id("MR")] = Coder(id: id("MR"), name: "Morag Reid", initials: "MR")
    var folder = StudyFolder(project)
    let stamp = Stamp(by: id("MR"), at: Timestamp("2026-03-04T10:30:00Z"))
    let key = Cell.Key(row: id("P1"), column: id("matching"))
    try folder.apply(
      folder.project.recordingBases(
        id: folder.nextChangeID(by: stamp.by), stamp: stamp, why: "first"))
    try folder.apply(
      folder.project.finishing(
        [key], id: folder.nextChangeID(by: stamp.by), checker: stamp, why: "second"))
    return (project, folder)
  }

  @Test
  func `replaying the history gives the same study`() throws {
    let (before, folder) = try changed()
    #expect(folder.history.map(\.change.why) == ["first", "second"])
    #expect(folder.history.map(\.number) == [1, 2])
    var replayed = before
    for entry in folder.history { try replayed.apply(entry.change) }
    #expect(replayed == folder.project)
    #expect(replayed != before)
  }

  @Test
  func `the history survives writing, and a line that is edited or missing is found`() throws {
    try withTemporaryFolder { path in
      var (_, folder) = try changed()
      try folder.write(to: path)
      let reading = try StudyFolder.read(at: path)
      #expect(reading.value.history == folder.history)
      #expect(reading.value.project == folder.project)
      #expect(!reading.diagnostics.contains { $0.id.hasPrefix("study.history") })
      let file = path + "/history/MR.jsonl"
      let lines = try String(contentsOfFile: file, encoding: .utf8)
      func findings(_ text: String) throws -> [Diagnostic] {
        try Data(text.utf8).write(to: URL(filePath: file))
        return try StudyFolder.read(at: path).diagnostics.filter { $0.id == "study.history-edited" }
      }
      #expect(
        try findings(lines.replacing("second", with: "sooner")).first?.place
          == .file("history/MR.jsonl", line: 2, column: 1))
      let last = try #require(lines.split(separator: "\n").last)
      #expect(try findings(last + "\n").count == 1, "the first line is gone")
      #expect(try findings(lines).isEmpty)
    }
  }

  @Test
  func `the last change of all is missed, and so is a file of the history`() throws {
    try withTemporaryFolder { path in
      var (_, folder) = try changed()
      try folder.write(to: path)
      let file = path + "/history/MR.jsonl"
      let lines = try String(contentsOfFile: file, encoding: .utf8)
      let first = try #require(lines.split(separator: "\n").first)
      for left in [String(first) + "\n", ""] {
        try Data(left.utf8).write(to: URL(filePath: file))
        let found = try StudyFolder.read(at: path).diagnostics
        let missed = found.filter { $0.id == "study.history-edited" }
        #expect(
          missed.map(\.summary) == [
            "history/MR.jsonl does not hold the change that was the last in it"
          ])
        guard case .file("study.yaml", let line, _)? = missed.first?.place else {
          Issue.record("the finding is at no line of study.yaml")
          return
        }
        #expect(line > 1)
      }
      try FileManager.default.removeItem(atPath: file)
      #expect(
        try StudyFolder.read(at: path).diagnostics.contains { $0.id == "study.history-edited" })
      // A later change goes on from what is there, and nothing else of study.yaml changes.
      try Data(lines.utf8).write(to: URL(filePath: file))
      let before = try String(contentsOfFile: path + "/study.yaml", encoding: .utf8)
      var again = try StudyFolder.read(at: path).value
      let stamp = Stamp(by: id("MR"), at: Timestamp("2026-03-05"))
      try again.apply(
        again.project.recordingReading(
          of: [id("P1.txt")], for: .checking, id: again.nextChangeID(by: stamp.by), stamp: stamp))
      try again.write(to: path)
      let after = try String(contentsOfFile: path + "/study.yaml", encoding: .utf8)
      func others(_ text: String) -> [Substring] {
        text.split(separator: "\n").filter { !$0.contains("MR.jsonl") }
      }
      #expect(before != after && others(before) == others(after))
      #expect(
        !(try StudyFolder.read(at: path).diagnostics.contains { $0.id.hasPrefix("study.history") }))
    }
  }

  @Test
  func `what a cell rests on, and the code that an alternative was written for, are in its row`()
    throws
  {
    try withTemporaryFolder { path in
      var (_, folder) = try changed()
      var project = folder.project
      let key = Cell.Key(row: id("P1"), column: id("matching"))
      let own = try #require(project.cells[key])
      project.cells[key]?.alternatives = [
        Cell.Alternative(
          state: .summarised, runs: own.runs, author: own.author, code: id("gone"),
          basis: own.basis)
      ]
      folder.update(to: project)
      try folder.write(to: path)
      let reading = try StudyFolder.read(at: path)
      #expect(reading.value.project == project)
      #expect(reading.diagnostics.filter { $0.severity == .error }.isEmpty)
      let table = try String(contentsOfFile: path + "/charts/1.csv", encoding: .utf8)
      #expect(table.hasPrefix("case,code,state,summary,references,author,checker"))
      #expect(table.contains("basis"))
      let gone: ID<Code> = id("gone")
      #expect(table.contains(gone.description), "and nowhere else")
      let rest = try? String(contentsOfFile: path + "/exchange/rest.json", encoding: .utf8)
      #expect(rest?.contains(gone.description) != true)
    }
  }
}
