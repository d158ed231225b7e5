import Foundation
import QDACore
import QDAInterchange
import QDATestSupport
import Testing

/// Real transcripts that lie beside the repository on some machines, each read by a person first.
struct SampleTranscriptTests {
  struct Samples: Decodable {
    var folder: String
    var transcripts: [Sample]
  }

  struct Sample: Decodable, CustomTestStringConvertible {
    var path: String
    var family: String
    /// The speakers with the number of turns that each begins.
    var speakers: [String: Int]
    var turns: Int
    /// Why the reader finds something else.
    var miss: String?
    var testDescription: String { path }
  }

  static let samples: Samples = {
    let data = FileManager.default.contents(atPath: fixture("Samples/transcripts.json")) ?? Data()
    let found = try? JSONDecoder().decode(Samples.self, from: data)
    return found ?? Samples(folder: "", transcripts: [])
  }()

  static var arePresent: Bool { shared(samples.folder) != nil }

  @Test
  func `seventy real transcripts of many families were read by a person`() {
    #expect(Self.samples.transcripts.count >= 70)
    #expect(
      Self.samples.transcripts.count { $0.miss != nil } * 20 <= Self.samples.transcripts.count)
    #expect(Set(Self.samples.transcripts.map(\.family)).count >= 15)
  }

  @Test(
    .enabled(if: arePresent, "there are no samples beside the repository"),
    arguments: samples.transcripts)
  func `a real transcript has the speakers and turns that a person found`(_ sample: Sample) throws {
    let path = try #require(shared("\(Self.samples.folder)/\(sample.path)"))
    if path.hasSuffix(".pdf"), !FileManager.default.fileExists(atPath: "/usr/bin/pdftotext") {
      return
    }
    let transcript = try TranscriptReader.read(try bytes(of: path), name: path).value
    let source = transcript.source
    var found: [String: Int] = [:]
    for (index, speaker) in source.speakers.enumerated() {
      found[speaker.label] = source.turns.count { $0.speakers.contains(index) }
    }
    if let miss = sample.miss {
      #expect(found != sample.speakers || source.turns.count != sample.turns, "\(miss)")
      return
    }
    #expect(found == sample.speakers)
    #expect(source.turns.count == sample.turns)
  }
}
