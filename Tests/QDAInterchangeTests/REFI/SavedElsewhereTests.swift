import Foundation
import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

/// A file that was written here, opened by another program and saved by it without a change.
struct SavedElsewhereTests {
  /// Puts another program's name into the project of an archive.
  private func save(_ path: String, as program: String) throws {
    let archive = try ZipArchive(path: path, name: "study", limits: .project)
    let parts = try archive.names.map { (name: $0, bytes: try archive.content(of: $0)) }
    let writer = try ZipWriter(path: path)
    for (name, bytes) in parts {
      var bytes = bytes
      if name == "project.qde" {
        let xml = String(decoding: bytes, as: UTF8.self)
        let origin = try #require(xml.firstMatch(of: /origin="QDA [^"]*"/))
        bytes = Array(xml.replacing(origin.output, with: "origin=\"\(program)\"").utf8)
      }
      let content = bytes
      try writer.add(name) { put in try put(content) }
    }
    try writer.finish()
  }

  static let programs = [
    (ExchangeProfile.nvivo, "NVivo 14.23.0 (Windows)"),
    (ExchangeProfile.maxqda, "MAXQDA 24 (Release 24.7.0)"),
    (ExchangeProfile.atlasti, "ATLAS.ti 24.1"), (ExchangeProfile.qualcoder, "QualCoder 3.6"),
  ]

  @Test(arguments: programs)
  func `the worked study comes back as it was`(
    _ profile: ExchangeProfile, _ program: String
  ) throws {
    let study = try StudyFolder.read(at: packageFolder + "/Fixtures/LinkWorkers").value.project
    try withTemporaryFolder { folder in
      let path = folder + "/study.qdpx"
      let options = ProjectWritingOptions(profile: profile)
      _ = try #require(ProjectWriter(study, as: .qdpx, options: options)).write(to: path)
      try save(path, as: program)
      let reading = try ProjectReader.read(contentsOf: path)
      let again = reading.value
      #expect(reading.diagnostics.filter { $0.id == "exchange.object-edited" } == [])
      #expect(again.codebook.codes == study.codebook.codes)
      #expect(again.codings == study.codings)
      #expect(again.cases == study.cases)
      #expect(again.notes == study.notes)
      #expect(again.cells == study.cells)
      #expect(again.configurations == study.configurations)
      #expect(again.evidence == study.evidence)
    }
  }
}
