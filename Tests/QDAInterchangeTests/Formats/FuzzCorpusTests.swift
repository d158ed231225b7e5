import Foundation
import QDA
import QDATestSupport
import Testing

/// The files that fuzzing begins with, and the smallest of those that it found something in.
///
/// `swift run -c release QDABenchmarks fuzz SECONDS SEED Fixtures/Fuzz Fixtures/Exchange` damages them
/// further. What is in a folder is named after the reader it is for; every reader gets it.
struct FuzzCorpusTests {
  private static let files: [String] = {
    let folder = fixture("Fuzz")
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.contains(".") }.sorted()
  }()

  @Test func `there is a corpus`() {
    #expect(Self.files.count > 20)
    let folders = Set(Self.files.map { $0.prefix { $0 != "/" } })
    for folder in folders {
      #expect(
        ProjectReader.formats.contains { $0.id == folder } || folder == "transcripts", "\(folder)")
    }
  }

  @Test(.timeLimit(.minutes(2)), arguments: files)
  func `no reader crashes, and what is read can be written and read again`(_ name: String) throws {
    let bytes = try FileReading.bytes(ofFile: fixture("Fuzz/\(name)"))
    let last = URL(filePath: name).lastPathComponent
    var options = ProjectReadingOptions()
    options.salvages = true
    var readings = [try? ProjectReader.read(bytes, name: last, options: options)]
    for format in ProjectReader.formats {
      readings.append(try? ProjectReader.read(bytes, name: last, as: format))
    }
    _ = try? TranscriptReader.read(bytes, name: last)
    for case let project? in readings.map({ $0?.value }) {
      // A codebook without a code is none.
      let hasCodes = !project.codebook.codes.isEmpty
      for format in hasCodes ? [Format.qde, .qdc] : [.qde] {
        let writer = try #require(
          ProjectWriter(project, as: format, options: ProjectWritingOptions(sidecar: .none)))
        let written = try #require(writer.bytes)
        _ = try ProjectReader.read(written, name: "again.\(format.extensions[0])")
      }
      try withTemporaryFolder { folder in
        for profile in ExchangeProfile.all {
          let writer = try #require(
            ProjectWriter(
              project, as: .qdpx, options: ProjectWritingOptions(profile: profile)))
          let path = "\(folder)/\(profile.id).qdpx"
          _ = try writer.write(to: path)
          let again = try ProjectReader.read(contentsOf: path).value
          #expect(again.codings.count == project.codings.count, "\(profile.id)")
          #expect(again.notes.count == project.notes.count, "\(profile.id)")
        }
      }
    }
  }
}
