import Foundation
import QDACore
import QDAInterchange
import Testing

/// A published study on disk from which variants are made, one change each.
struct StudySample {
  let name: String
  let url: URL

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The study that the issue gives; absent in a clone.
  static let seed = StudySample(
    name: "seed.txt", url: root.appending(path: "../shared/seed/000_cb83ef7d012e9f0b.txt"))

  /// The project's own fictional study.
  static let gardens = StudySample(
    name: "study.txt",
    url: root.appending(path: "Fixtures/PublishedStudies/GardenMentors/study.txt"))

  var isPresent: Bool { FileManager.default.fileExists(atPath: url.path) }

  func bytes() throws -> [UInt8] { Array(try Data(contentsOf: url)) }

  func string() throws -> String { String(decoding: try bytes(), as: UTF8.self) }

  /// The text with one piece replaced where it first occurs; the piece must be there.
  func replacing(_ old: String, with new: String, in text: String? = nil) throws -> String {
    let text = try text ?? string()
    let range = try #require(text.range(of: old), "the sample does not hold '\(old)'")
    return text.replacingCharacters(in: range, with: new)
  }

  func read(
    _ string: String, options: PublishedStudyReader.Options = .init()
  ) throws -> Reading<PublishedStudy> {
    let rendition = Rendition(reader: "published-study", file: Digest(of: string))
    return try PublishedStudyReader.read(
      Text(string), name: name, rendition: rendition, options: options)
  }

  func read() throws -> Reading<PublishedStudy> { try read(string()) }
}

/// What a change adds to and takes from the findings, as `+id` and `-id`, sorted.
func difference(_ changed: [Diagnostic], from baseline: [Diagnostic]) -> [String] {
  var counts: [String: Int] = [:]
  for finding in changed { counts[finding.id, default: 0] += 1 }
  for finding in baseline { counts[finding.id, default: 0] -= 1 }
  return counts.flatMap { id, count in
    [String](repeating: (count < 0 ? "-" : "+") + id, count: abs(count))
  }.sorted()
}
