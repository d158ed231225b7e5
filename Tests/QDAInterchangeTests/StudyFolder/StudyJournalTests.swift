import Foundation
import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

struct StudyJournalTests {
  /// The steps that turn the small study into a changed one.
  private func steps(in path: String) throws -> ([StudyJournal.Step], Project, Project) {
    try StudySamples.put(try StudySamples.allotment(), in: path)
    var folder = try StudyFolder.read(at: path).value
    let old = folder.project
    var new = old
    new.title = "After"
    let code = try #require(folder.id(for: "trust", of: Code.self))
    new.codebook.codes[code]?.name = "After"
    let note = try #require(folder.id(for: "meeting", of: Note.self))
    new.notes[note] = nil
    folder.update(to: new)
    return (StudyJournal.steps(for: try folder.changes(to: path)), old, new)
  }

  @Test(arguments: 0...9)
  func `after a crash the study is as it was or as it should be`(count: Int) throws {
    try withTemporaryFolder { path in
      let (steps, old, new) = try steps(in: path)
      #expect(steps.count == 8)
      for step in steps.prefix(count) { try StudyJournal.perform(step, in: path) }
      let reading = try StudyFolder.read(at: path)
      let journal = try #require(
        steps.firstIndex { if case .writeJournal = $0 { true } else { false } })
      #expect(reading.value.project == (count > journal ? new : old))
      let isWritten = steps.prefix(count).contains {
        if case .writeBeside = $0 { true } else { false }
      }
      let isInterrupted = isWritten && count < steps.count
      #expect(
        reading.diagnostics.map(\.id) == (isInterrupted ? ["study.write-interrupted"] : []))
      #expect(!FileManager.default.fileExists(atPath: path + "/.qda-write"))
      // The next opening has nothing left to complete, and the next write succeeds.
      #expect(
        try StudyFolder.read(at: path).diagnostics.isEmpty == (!isInterrupted || count > journal))
      try StudyFolder.write(new, to: path)
      #expect(try StudyFolder.read(at: path).value.project == new)
    }
  }

  @Test
  func `a new content that is not whole is not taken`() throws {
    try withTemporaryFolder { path in
      let (steps, _, new) = try steps(in: path)
      let journal = try #require(
        steps.firstIndex { if case .writeJournal = $0 { true } else { false } })
      for step in steps.prefix(journal + 1) { try StudyJournal.perform(step, in: path) }
      try Data("id: allo".utf8).write(to: URL(filePath: path + "/.study.yaml.qda-new"))
      let reading = try StudyFolder.read(at: path)
      #expect(reading.value.project.title == "What keeps people on the allotment")
      #expect(reading.value.project.codebook == new.codebook)
      #expect(reading.diagnostics.first?.id == "study.write-interrupted")
    }
  }

  @Test
  func `a journal cannot reach outside its folder`() throws {
    try withTemporaryFolder { path in
      try StudySamples.put(
        [
          "study/study.yaml": "id: a\n", "victim.txt": "mine",
          "study/.qda-write":
            "qda-write 1\nremove ../victim.txt\nremove /\(path)/victim.txt\nend\n",
        ], in: path)
      _ = try StudyFolder.read(at: path + "/study")
      #expect(FileManager.default.fileExists(atPath: path + "/victim.txt"))
    }
  }

  @Test
  func `a journal that is not whole means that nothing had begun`() throws {
    try withTemporaryFolder { path in
      try StudySamples.put(
        ["study.yaml": "id: a\n", ".qda-write": "qda-write 1\nremove study.yaml\n"], in: path)
      let reading = try StudyFolder.read(at: path)
      #expect(reading.diagnostics.map(\.id) == ["study.write-interrupted"])
      #expect(reading.diagnostics.first?.summary.contains("complete") == false)
      // What is there is kept for a person to look at, and does not come up again.
      #expect(FileManager.default.fileExists(atPath: path + "/.qda-write-damaged"))
      #expect(try StudyFolder.read(at: path).diagnostics == [])
    }
  }
}
