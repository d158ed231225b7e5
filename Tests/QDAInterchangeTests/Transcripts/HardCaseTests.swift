import Foundation
import QDACore
import QDAInterchange
import QDATestSupport
import Testing

/// The hard cases that lie beside the repository on some machines.
struct HardCaseTests {
  static let folder = "samples/hardcases"

  struct Cases: Decodable {
    var cases: [Case]
  }

  struct Case: Decodable, CustomTestStringConvertible {
    var file: String
    var expect: Expectation
    var testDescription: String { file }
  }

  struct Expectation: Decodable {
    var turns: [ExpectedTurn]?
    var cues: CueExpectation?
    var error: String?
    var warning: String?
    var warnings: [String]?
    var encoding: String?
    var callerEncoding: String?
    var speakers: [String]?
    var turnCount: Int?
    var furniture: Int?
    var multi: [[String]]?
    var collective: [String]?
    var unknown: [String]?
    var pauses: [Double]?
    var text: String?
    var removedRepeats: Int?
    var clock: String?
    var rollover: Int?
    var trailer: String?
    var comments: [ExpectedComment]?
    var codings: [ExpectedCoding]?
    var note: String?
  }

  struct ExpectedComment: Decodable {
    var id: String
    var author: String
    var text: String
    var anchor: String?
    var anchorFrom: String?
    var anchorTo: String?
  }

  struct ExpectedCoding: Decodable {
    var tier: String
    var value: String
    /// The id of the annotation that it hangs on.
    var on: String?
  }

  struct ExpectedTurn: Decodable {
    var speaker: String?
    var text: String?
    var label: String?
    /// Nothing said, said to be none, or a time in seconds.
    var start: Double??
    var end: Double??
    var uncertain: Bool?
    var interpolated: Bool?

    private enum Keys: String, CodingKey {
      case speaker, text, label, start, end, uncertain, interpolated
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Keys.self)
      speaker = try values.decodeIfPresent(String.self, forKey: .speaker)
      text = try values.decodeIfPresent(String.self, forKey: .text)
      label = try values.decodeIfPresent(String.self, forKey: .label)
      func time(_ key: Keys) throws -> Double?? {
        guard values.contains(key) else { return nil }
        return .some(try values.decodeIfPresent(Double.self, forKey: key))
      }
      start = try time(.start)
      end = try time(.end)
      uncertain = try values.decodeIfPresent(Bool.self, forKey: .uncertain)
      interpolated = try values.decodeIfPresent(Bool.self, forKey: .interpolated)
    }
  }

  enum CueExpectation: Decodable {
    case count(Int)
    case list([ExpectedTurn])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let count = try? container.decode(Int.self) {
        self = .count(count)
      } else {
        self = .list(try container.decode([ExpectedTurn].self))
      }
    }
  }

  static let all: [Case] = {
    guard let path = shared(folder + "/hardcases.json"),
      let data = FileManager.default.contents(atPath: path)
    else { return [] }
    return (try? JSONDecoder().decode(Cases.self, from: data))?.cases ?? []
  }()

  static let warnings = [
    "encodingGuessed": "text.encoding-guessed", "empty": "text.empty",
    "controlCharacters": "text.control-characters", "noSpeakersFound": "transcript.no-speakers",
    "truncated": "webvtt.truncated",
    "altChunkNotRead (or read the HTML: P4: Like this.)": "docx.altchunk-not-read",
  ]

  @Test(.enabled(if: shared(folder) != nil))
  func `every given hard case is known to these tests`() {
    #expect(Self.all.count == 55)
  }

  @Test(.enabled(if: shared(folder) != nil), arguments: all)
  func `a given hard case behaves as it should`(_ hardCase: Case) throws {
    let expect = hardCase.expect
    let content = try bytes(of: #require(shared("\(Self.folder)/\(hardCase.file)")))
    var options = TranscriptOptions()
    if let encoding = expect.callerEncoding { try options.set("encoding", to: encoding) }

    if let name = expect.error {
      let error = #expect(throws: ReadingError.self) {
        try TranscriptReader.read(content, name: hardCase.file)
      }
      #expect(error.map(Self.name) == name)
      return
    }
    let reading = try TranscriptReader.read(content, name: hardCase.file, options: options)
    try check(reading, expect)
    // What a case does not speak of is not amiss either.
    let known =
      ["format.by-content", "transcript.layout-uncertain", "transcript.no-speakers"]
      + ["docx.hidden-text", "rtf.hidden-text", "webvtt.cue-without-speaker"]
    let expected = (expect.warnings ?? []).count + (expect.warning == nil ? 0 : 1)
    let warnings = reading.diagnostics.filter {
      $0.severity != .note && !known.contains($0.id)
    }
    #expect(warnings.count <= max(expected, expect.note == nil ? 0 : 1), "\(warnings)")
  }

  private func check(_ reading: Reading<Transcript>, _ expect: Expectation) throws {
    let transcript = reading.value
    let source = transcript.source
    let ids = reading.diagnostics.map(\.id)
    if let turns = expect.turns {
      try #require(source.turns.count == turns.count)
      for (turn, expected) in zip(source.turns, turns) { check(turn, expected, transcript) }
    }
    if let count = expect.turnCount { #expect(source.turns.count == count) }
    if let speakers = expect.speakers { #expect(source.speakers.map(\.label) == speakers) }
    if let encoding = expect.encoding { #expect(source.rendition.encoding == encoding) }
    if let warning = expect.warning {
      #expect(ids.contains(try #require(Self.warnings[warning])))
    }
    for warning in expect.warnings ?? [] {
      if warning.hasPrefix("labelVariant ") {
        let parts = warning.dropFirst("labelVariant ".count).split(separator: "->")
        #expect(
          reading.diagnostics.contains {
            $0.id == "transcript.label-variant" && $0.raw == String(parts[0])
              && $0.summary.hasSuffix("'\(parts[1])'")
          })
      } else {
        #expect(warning == "comment 7 has no anchor")
        #expect(ids.contains("docx.comment-without-anchor"))
      }
    }
    if let count = expect.furniture {
      #expect(source.marks.count { $0.kind == .furniture } == count)
    }
    if let multi = expect.multi {
      let joint = source.turns.filter { $0.speakers.count > 1 }
      #expect(joint.map { $0.speakers.map { source.speakers[$0].label } } == multi)
    }
    if let collective = expect.collective {
      #expect(source.speakers.filter { $0.role == .collective }.map(\.label) == collective)
    }
    if let unknown = expect.unknown {
      #expect(source.speakers.filter { $0.role == .unknown }.map(\.label) == unknown)
    }
    if let pauses = expect.pauses {
      let events = source.marks.filter { $0.kind == .event }.map { transcript.text[$0.span] }
      #expect(events.map { Double($0.filter { $0.isNumber || $0 == "." }) } == pauses)
    }
    if let text = expect.text { #expect(transcript.text.string == text) }
    if let count = expect.removedRepeats {
      let found = reading.diagnostics.first { $0.id == "webvtt.rolling-captions" }
      #expect(found?.count == count)
    }
    if let clock = expect.clock { #expect(source.turns.allSatisfy { $0.clock.rawValue == clock }) }
    if let rollover = expect.rollover {
      #expect(reading.diagnostics.first { $0.id == "transcript.clock-rollover" }?.count == rollover)
    }
    if let trailer = expect.trailer {
      let found = source.marks.filter { $0.kind == .trailer }.map { transcript.text[$0.span] }
      #expect(found == [trailer])
    }
    try check(expect.comments ?? [], transcript)
    if let codings = expect.codings {
      let found = transcript.codings.map { [$0.tier, $0.value] }
      #expect(found == codings.map { [$0.tier, $0.value] })
      // The one that is given hangs on the third annotation.
      for (coding, expected) in zip(transcript.codings, codings) where expected.on == "a3" {
        #expect(coding.span == source.turns.last?.ranges.first)
      }
    }
    switch expect.cues {
    case .count(let count): #expect(transcript.cues.count == count)
    case .list(let cues):
      try #require(transcript.cues.count == cues.count)
      for (cue, expected) in zip(transcript.cues, cues) {
        #expect(cue.speaker.map { source.speakers[$0].label } == expected.speaker)
        if let text = expected.text { #expect(transcript.text[cue.span] == text) }
        if let start = expected.start { #expect(cue.start == start.map(Self.milliseconds)) }
        if let end = expected.end { #expect(cue.end == end.map(Self.milliseconds)) }
      }
    case nil: break
    }
  }

  private func check(_ turn: Turn, _ expected: ExpectedTurn, _ transcript: Transcript) {
    let source = transcript.source
    #expect(turn.speakers.map { source.speakers[$0].label } == [expected.speaker].compactMap { $0 })
    if let text = expected.text { #expect(source.words(of: turn, in: transcript.text) == text) }
    if let label = expected.label { #expect(turn.label.map { transcript.text[$0] } == label) }
    if let start = expected.start { #expect(turn.start == start.map(Self.milliseconds)) }
    if let end = expected.end { #expect(turn.end == end.map(Self.milliseconds)) }
    #expect(turn.isUncertain == (expected.uncertain ?? false))
    if let interpolated = expected.interpolated { #expect(turn.isInterpolated == interpolated) }
  }

  private func check(_ comments: [ExpectedComment], _ transcript: Transcript) throws {
    for expected in comments {
      let mark = try #require(
        transcript.source.marks.first {
          if case .annotation(let note) = $0.kind { note.id == expected.id } else { false }
        })
      guard case .annotation(let note) = mark.kind else { continue }
      #expect(note.author == expected.author)
      #expect(note.text == expected.text)
      let words = transcript.text[mark.span]
      if let anchor = expected.anchor { #expect(words == anchor) }
      if let from = expected.anchorFrom { #expect(words.hasPrefix(from)) }
      if let to = expected.anchorTo { #expect(words.hasSuffix(to)) }
    }
  }

  private static func milliseconds(_ seconds: Double) -> Int { Int((seconds * 1000).rounded()) }

  private static func name(_ error: ReadingError) -> String {
    switch error {
    case .notText: "notText"
    case .looksLike(_, let format): "looksLike(\(format))"
    case .noReader: "noReader"
    case .corruptArchive: "corruptArchive"
    case .encrypted: "encrypted"
    case .missingPart(_, let part): "missingPart(\(part))"
    case .dtdNotAllowed: "dtdNotAllowed"
    case .tooLarge: "tooLarge"
    default: "\(error)"
    }
  }
}
