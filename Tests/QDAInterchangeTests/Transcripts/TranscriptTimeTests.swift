import Foundation
import QDACore
import QDAInterchange
import QDATestSupport
import Testing

/// What the times in a transcript mean.
struct TranscriptTimeTests {
  private func readSource(
    _ text: String, _ values: [(name: String, value: String)] = [], name: String = "a.txt"
  ) throws -> Source {
    try readTranscript(text, values, name: name).source
  }

  // The table of NVivo's own help, page "Importing transcripts".
  @Test(arguments: [
    ("75", 75), ("1:6", 66), ("9203", 5523), ("85:2", 5102), ("14532", 6332), ("2:5:3", 7503),
    ("[75]", 75), ("#9203#", 5523), ("00:02:00", 120),
  ])
  func `a time of NVivo in short is that of its table`(_ written: String, _ seconds: Int) throws {
    let text = "0 Ana: First.\n\(written) Tom: Second.\n99:59:59 Ana: Third.\n"
    let source = try readSource(text, [("time-notation", "nvivo")])
    #expect(source.turns.map(\.start) == [0, seconds * 1000, 359_999_000])
    #expect(source.speakers.map(\.label) == ["Ana", "Tom"])
  }

  @Test
  func `a number that goes back is no time of NVivo`() throws {
    let source = try readSource(
      "75 Ana: First.\n1998 was wet, 12 of us came.\n12 of us left.\n2000 Tom: Second.\n2010 Ana: Third.\n",
      [("time-notation", "nvivo")])
    #expect(source.turns.map(\.start) == [75_000, 1_200_000, 1_210_000])
    #expect(source.times.map(\.start) == [75_000, 1_200_000, 1_210_000])
  }

  @Test
  func `plain numbers are no times unless the caller says so`() throws {
    let source = try readSource("Ana: First.\n75 of us came.\nTom: Second.\nAna: Third.\n")
    #expect(source.times == [])
  }

  @Test
  func `times say whether words begin, end or go on`() throws {
    let source = try readSource(
      "[00:00:01] Ana: A minute [00:00:40] or two. [00:01:02]\n[00:01:03] Tom: Yes.\n"
        + "[00:02:00] Ana: Good.\n[00:02:09]\n")
    #expect(source.times.map(\.position) == [.start, .inside, .end, .start, .start, .end])
    #expect(source.turns.map(\.start) == [1000, 63_000, 120_000])
    #expect(source.turns.map(\.end) == [62_000, nil, 129_000])
    #expect(source.times.allSatisfy { $0.precision == .seconds && $0.clock == .media })
  }

  @Test
  func `a clock of the day is told from an offset, and the caller overrides it`() throws {
    let text = "23:59:50 Ana: Late.\n23:59:58 Tom: Later.\n00:00:05 Ana: Home.\n"
    let clock = try readSource(text)
    #expect(clock.turns.map(\.start) == [86_390_000, 86_398_000, 86_405_000])
    #expect(clock.turns.allSatisfy { $0.clock == .wall })
    #expect(clock.times.map(\.start) == [86_390_000, 86_398_000, 86_405_000])
    #expect(clock.times.allSatisfy { $0.clock == .wall })
    let media = try readSource(text, [("clock", "media")])
    #expect(media.turns.map(\.start) == [86_390_000, 86_398_000, 5000])
    let offset = try readSource("00:59:50 Ana: Late.\n00:59:58 Tom: Later.\n")
    #expect(offset.turns.allSatisfy { $0.clock == .media })
    #expect(
      try readSource("00:59:50 Ana: a\n00:59:58 Tom: b\n", [("clock", "wall")]).turns
        .allSatisfy { $0.clock == .wall })
  }

  @Test
  func `digits after the seconds are what the caller says`() throws {
    let text = "[00:00:01.15] Ana: One.\n[00:00:02.20] Tom: Two.\n[00:00:03.02] Ana: Three.\n"
    #expect(try readSource(text).turns.map(\.start) == [1150, 2200, 3020])
    #expect(
      try readSource(text, [("time-notation", "frames")]).turns.map(\.start) == [1500, 2666, 3066])
    #expect(
      try readSource(text, [("time-notation", "milliseconds")]).turns.map(\.start) == [
        1015, 2020, 3002,
      ])
    let cues = "WEBVTT\n\n0:0:1.90 --> 0:0:2.500\n<v Ana>One.\n"
    #expect(try readSource(cues, name: "a.vtt").turns.map(\.start) == [1090])
    #expect(
      try readSource(cues, [("time-notation", "decimal")], name: "a.vtt").turns.map(\.start) == [
        1900
      ])
  }

  @Test
  func `a cue of Teams may begin before the recording`() throws {
    let cues =
      "WEBVTT\n\n-0:0:5.0 --> 0:0:2.0\n<v Ana>One.\n\n0:0:3.0 --> 0:0:4.0\n<v Tom>Two.\n"
    let turns = try readSource(cues, name: "a.vtt").turns
    #expect(turns.map(\.start) == [-5000, 3000])
    #expect(turns.map(\.end) == [2000, 4000])
  }

  @Test
  func `times survive a journey through JSON with their meaning`() throws {
    let mark = Mark(
      .timestamp(
        TranscriptTime(start: -5000, end: 90, clock: .wall, position: .end, precision: .frames)),
      TextSpan(scalars: 1..<4))
    let data = try JSONEncoder().encode(mark)
    #expect(try JSONDecoder().decode(Mark.self, from: data) == mark)
  }

  @Test
  func `a time before the start of the recording is negative in text, too`() throws {
    let transcript = try readTranscript(
      "[-0:00:05] Ana: How was it?\n[-0:00:01] Tom: Good.\n[0:00:15] Ana: And then?\n")
    #expect(transcript.source.turns.map(\.start) == [-5000, -1000, 15_000])
  }

  @Test(arguments: [
    "00:00:02.000 --> 00:00:05.000  So how?\n00:00:06.000 --> 00:00:09.000  My doctor.\n",
    "00:02.000 --> 00:05.000 So how?\n00:06.000 --> 00:09.000 My doctor.\n",
  ])
  func `words beside a range of times are not lost`(_ text: String) throws {
    let transcript = try readTranscript(text)
    #expect(transcript.text.string.contains("So how?"))
    #expect(transcript.source.turns.contains { !$0.ranges.isEmpty })
    let named = try readTranscript(text.replacing("\n", with: "\n\n"), name: "a.srt")
    #expect(named.text.string == "So how?\nMy doctor.")
  }

  @Test
  func `times, names with colons and words with tabs between them are no table`() throws {
    let transcript = try readTranscript(
      "0:02\tAna:\tHow was it?\n0:06\tTom:\tGood.\n0:09\tAna:\tWhy?\n0:12\tTom:\tThe food.\n")
    #expect(turns(transcript).first == "Ana: How was it?")
    #expect(transcript.source.turns.map(\.start) == [2000, 6000, 9000, 12_000])
  }
}
