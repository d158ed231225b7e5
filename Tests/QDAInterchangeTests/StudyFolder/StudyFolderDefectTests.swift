import FoundationEssentials
import QDA
import QDATestSupport
import Testing

/// What went wrong once, and must not again.
struct StudyFolderDefectTests {
  private func copyOfLinkWorkers(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/LinkWorkers"
      try FileManager.default.copyItem(atPath: fixture("LinkWorkers"), toPath: path)
      try body(path)
    }
  }

  @Test
  func `a misspelt stance is an error and never becomes support`() throws {
    try copyOfLinkWorkers { path in
      let file = URL(filePath: path + "/configurations.yaml")
      var yaml = try String(contentsOf: file, encoding: .utf8)
      let whole = try StudyFolder.read(at: path).value.project
      yaml = yaml.replacing("stance: contradicts", with: "stance: contradict", maxReplacements: 1)
      try Data(yaml.utf8).write(to: file)
      let reading = try StudyFolder.read(at: path)
      let found = reading.diagnostics.first { $0.id == "yaml.value-unknown" }
      #expect(found?.severity == .error)
      let supports = { (project: Project) in project.evidence.count { $0.stance == .supports } }
      #expect(supports(reading.value.project) == supports(whole))
      #expect(reading.value.project.evidence.count == whole.evidence.count - 1)
    }
  }

  @Test
  func `a damaged file of what has no place elsewhere is kept`() throws {
    try copyOfLinkWorkers { path in
      try FileManager.default.createDirectory(
        atPath: path + "/exchange", withIntermediateDirectories: true)
      let file = path + "/exchange/rest.json"
      try Data("{ damaged".utf8).write(to: URL(filePath: file))
      var folder = try StudyFolder.read(at: path).value.filled()
      try folder.write(to: path)
      #expect(FileManager.default.contents(atPath: file) == Data("{ damaged".utf8))
    }
  }

  @Test
  func `a journal cannot remove what the layout does not have, nor through a link`() throws {
    try copyOfLinkWorkers { path in
      let outside = path + "-outside"
      try FileManager.default.createDirectory(
        atPath: outside, withIntermediateDirectories: true)
      for file in [outside + "/x", path + "/mine.txt"] {
        try Data("kept".utf8).write(to: URL(filePath: file))
      }
      try FileManager.default.createSymbolicLink(
        atPath: path + "/exchange", withDestinationPath: outside)
      let journal = "qda-write 1\nremove exchange/x\nremove mine.txt\nend\n"
      try Data(journal.utf8).write(to: URL(filePath: path + "/.qda-write"))
      _ = try StudyFolder.read(at: path)
      #expect(FileManager.default.fileExists(atPath: outside + "/x"))
      #expect(FileManager.default.fileExists(atPath: path + "/mine.txt"))
    }
  }

  @Test
  func `the digest of a transcript that was emptied is not written`() throws {
    try copyOfLinkWorkers { path in
      let before = try Data(contentsOf: URL(filePath: path + "/study.yaml"))
      try Data().write(to: URL(filePath: path + "/transcripts/P01.txt"))
      var folder = try StudyFolder.read(at: path).value.filled()
      _ = try folder.write(to: path)
      #expect(try Data(contentsOf: URL(filePath: path + "/study.yaml")) == before)
    }
  }
}
