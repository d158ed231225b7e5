import Foundation
import QDACore
import QDAInterchange
import QDATestSupport
import Testing

/// Pictures, recordings and formatted texts on their way through a study folder.
struct StudyFolderFilesTests {
  private func bytes(_ name: String, of files: any FileStore) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try files.read(name) { piece in
      for index in piece.indices { bytes.append(piece[index]) }
    }
    return bytes
  }

  @Test
  func `files come with the folder and go back into an archive`() throws {
    let project = Project.exchangeable(seed: 3)
    let names = project.files.names.filter { $0.hasPrefix("sources/") }
    #expect(names.contains { $0.hasSuffix(".pdf") } && names.contains("sources/odd.docx"))
    try withTemporaryFolder { folder in
      let study = folder + "/Study"
      let written = try StudyFolder.write(project, to: study)
      for name in names { #expect(written.contains("exchange/" + name), "\(name)") }
      let reading = try StudyFolder.read(at: study)
      #expect(!reading.diagnostics.contains { $0.id == "study.unknown-file" })
      let back = reading.value.project
      #expect(back == project)
      for name in names {
        #expect(try bytes(name, of: back.files) == bytes(name, of: project.files))
      }
      let again = try StudyFolder.write(back, to: study)
      #expect(!again.contains { $0.hasPrefix("exchange/sources/") }, "\(again)")
      let writer = try #require(ProjectWriter(back, as: .qdpx))
      #expect(!writer.losses(file: "x").contains { $0.id == "exchange.file-missing" })
      _ = try writer.write(to: folder + "/study.qdpx")
      let packed = try ProjectReader.read(contentsOf: folder + "/study.qdpx").value
      for name in names {
        #expect(try bytes(name, of: packed.files) == bytes(name, of: project.files))
      }
    }
  }

  @Test
  func `a file that is not to be had is listed`() throws {
    var project = Project.exchangeable(seed: 3)
    project.files = MemoryFiles(["sources/odd.docx": [1]])
    let losses = StudyFolder.losses(of: project, folder: "Study")
    #expect(losses.map(\.id) == ["exchange.file-missing"])
    #expect(losses.first?.severity == .warning)
    #expect(losses.first?.count == 2)
    #expect(losses.first?.notes.count == 2, "the files are named")
  }

  @Test
  func `a link among the files is not followed`() throws {
    let project = Project.exchangeable(seed: 3)
    try withTemporaryFolder { folder in
      let study = folder + "/Study"
      try StudyFolder.write(project, to: study)
      let file = study + "/exchange/sources/odd.docx"
      try FileManager.default.removeItem(atPath: file)
      try Data("private".utf8).write(to: URL(filePath: folder + "/private"))
      try FileManager.default.createSymbolicLink(
        atPath: file, withDestinationPath: folder + "/private")
      let back = try StudyFolder.read(at: study).value.project
      #expect(!back.files.names.contains("sources/odd.docx"))
      #expect(StudyFolder.losses(of: back, folder: "Study").map(\.id) == ["exchange.file-missing"])
    }
  }
}
