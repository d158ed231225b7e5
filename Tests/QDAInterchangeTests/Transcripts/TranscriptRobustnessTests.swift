import Foundation
import QDACore
import QDAInterchange
import QDATestSupport
import Testing

/// Input that nobody would write on purpose, made from the fixtures with a seeded generator.
@Suite(.serialized)
struct TranscriptRobustnessTests {
  static let inputs: [String] = {
    let folder = fixture("Transcripts")
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }()

  // A reading that succeeds must keep its promises whatever the input was.
  private func check(_ bytes: [UInt8], name: String) {
    guard let reading = try? TranscriptReader.read(bytes, name: name) else { return }
    let transcript = reading.value
    for turn in transcript.source.turns {
      for range in turn.ranges { #expect(transcript.text.contains(range)) }
      for speaker in turn.speakers { #expect(transcript.source.speakers.indices.contains(speaker)) }
      _ = transcript.source.words(of: turn, in: transcript.text)
    }
    for mark in transcript.source.marks { #expect(transcript.text.contains(mark.span)) }
    for cue in transcript.cues { #expect(transcript.text.contains(cue.span)) }
    for diagnostic in reading.diagnostics { #expect(!diagnostic.description.isEmpty) }
  }

  @Test(arguments: inputs)
  func `a file that is cut off anywhere is read or refused`(_ name: String) throws {
    let input = try TranscriptFixtureTests.input(of: name)
    let step = max(1, input.bytes.count / 60)
    for end in stride(from: 0, to: input.bytes.count, by: step) {
      check(Array(input.bytes[..<end]), name: input.name)
    }
  }

  @Test(arguments: inputs)
  func `a file with bytes changed, doubled or dropped is read or refused`(_ name: String) throws {
    let input = try TranscriptFixtureTests.input(of: name)
    var generator = SeededGenerator(seed: 20_260_304)
    let signs = Array(":[]()#<>*-_\n\r\t\\&;|\u{0}\u{C}0123".utf8) + [0xFF, 0xC3, 0xE2]
    for _ in 0..<60 {
      var bytes = input.bytes
      for _ in 0..<Int.random(in: 1...12, using: &generator) {
        guard !bytes.isEmpty else { break }
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(generator.pick(signs), at: place)
        default:
          let end = min(bytes.count, place + Int.random(in: 1...40, using: &generator))
          bytes.insert(contentsOf: bytes[place..<end], at: place)
        }
      }
      check(bytes, name: input.name)
    }
  }

  @Test
  func `bytes that a converter refuses are read in time and counted`() throws {
    var options = TranscriptOptions()
    options.encoding = .big5
    let bytes = [UInt8](repeating: 0xFF, count: 40_000) + Array("\nI: a?\n".utf8)
    let clock = ContinuousClock()
    var found: Reading<Transcript>?
    let time = try clock.measure {
      found = try TranscriptReader.read(bytes, name: "a.txt", options: options)
    }
    #expect(found?.diagnostics.first { $0.id == "text.bad-bytes" }?.count == 40_000)
    #expect(time < .seconds(20))
  }

  /// How much longer a file of four times the size takes to read.
  private func growth(_ make: (Int) -> String, name: String, count: Int) throws -> Double {
    // The shortest of three, because other tests run beside this one.
    func time(_ count: Int) throws -> Double {
      let bytes = Array(make(count).utf8)
      let times = try (0..<3).map { _ in
        try ContinuousClock().measure { _ = try TranscriptReader.read(bytes, name: name) }
      }
      return (times.min() ?? .zero) / .seconds(1)
    }
    return try time(count * 4) / time(count)
  }

  // Four times the input takes four times as long when the time is linear, sixteen when quadratic.
  @Test(arguments: [
    ("one line", "txt", "and then we went home "), ("colons", "txt", "a: "),
    ("brackets", "txt", "[[("), ("stars", "md", "**"), ("escapes", "md", "\\["),
    ("short lines", "txt", "a\n"), ("stamps", "txt", "[00:01:02] "),
    ("angle brackets", "vtt", "<"), ("references", "vtt", "&lt"),
  ])
  func `time grows with the size of one repeated thing`(
    _ what: String, _ ending: String, _ piece: String
  ) throws {
    let head = ending == "vtt" ? "WEBVTT\n\n00:01.000 --> 00:02.000\n" : "I: Go on.\nP1: "
    let ratio = try growth(
      { head + String(repeating: piece, count: $0) + "\nI: Thanks.\n" }, name: "long.\(ending)",
      count: 5_000)
    #expect(ratio < 11, "\(what)")
  }

  @Test
  func `time grows with the number of labels, all alike or all different`() throws {
    let different = try growth(
      { count in (0..<count).map { "Name\($0) Other: word\n" }.joined() }, name: "a.txt",
      count: 1_000)
    #expect(different < 11)
    let pairs = try growth(
      { count in (0..<count).map { "Person\($0 / 2)x: word\n" }.joined() }, name: "a.txt",
      count: 1_000)
    #expect(pairs < 11)
    let cues = try growth(
      { count in
        "WEBVTT\n\n"
          + (0..<count).map { "00:01.000 --> 00:02.000\n<v S\($0 % 7)>word</v>\n\n" }.joined()
      }, name: "a.vtt", count: 1_000)
    #expect(cues < 11)
  }

  @Test
  func `a line of five megabytes and sixty thousand colons are read`() throws {
    let words = String(repeating: "and then we went home ", count: 240_000)
    let long = try TranscriptReader.read(
      Array("I: Go on.\nP1: \(words)\nI: Thanks.\n".utf8), name: "long.txt")
    #expect(long.value.source.turns.count == 3)
    let colons = String(repeating: "a: ", count: 60_000)
    let many = try TranscriptReader.read(
      Array("I: Go on.\nP1: \(colons)\nI: Thanks.\n".utf8), name: "colons.txt")
    #expect(many.value.source.turns.count == 3)
  }
}
