import Foundation
import QDACore
import QDAInterchange
import QDATestSupport
import Testing

/// The transcripts in `Fixtures/Transcripts`, each with what was written down about it by hand.
struct TranscriptFixtureTests {
  static let cases: [String] = {
    let folder = fixture("Transcripts")
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }()

  static func input(of name: String) throws -> (name: String, bytes: [UInt8]) {
    let folder = fixture("Transcripts/\(name)")
    let file = try #require(
      try FileManager.default.contentsOfDirectory(atPath: folder).first { $0.hasPrefix("input.") })
    return (file, try bytes(of: folder + "/" + file))
  }

  @Test
  func `there are fixtures`() {
    #expect(Self.cases.count >= 43)
  }

  @Test(arguments: cases)
  func `a transcript is read as was written down by hand`(_ name: String) throws {
    let input = try Self.input(of: name)
    let reading = try TranscriptReader.read(input.bytes, name: input.name)
    let expected = try String(
      contentsOfFile: fixture("Transcripts/\(name)/expected.txt"), encoding: .utf8)
    #expect(TranscriptDump.of(reading).split(separator: "\n") == expected.split(separator: "\n"))
  }

  @Test(arguments: cases)
  func `positions lie within the text and turns do not overlap`(_ name: String) throws {
    let input = try Self.input(of: name)
    let transcript = try TranscriptReader.read(input.bytes, name: input.name).value
    let ranges = transcript.source.turns.flatMap(\.ranges)
    for (left, right) in zip(ranges, ranges.dropFirst()) { #expect(left.precedes(right)) }
    for mark in transcript.source.marks { #expect(transcript.text.contains(mark.span)) }
    for range in ranges {
      #expect(transcript.text.contains(range) && !range.isEmpty)
      for mark in transcript.source.marks where mark.kind == .label || mark.kind == .furniture {
        #expect(!mark.span.overlaps(range))
      }
    }
    #expect(transcript.source.marks.map(\.span) == transcript.source.marks.map(\.span).sorted())
    #expect(transcript.source.rendition.text == Digest(of: transcript.text.string))
    #expect(transcript.source.rendition.file == Digest(of: input.bytes))
  }

  @Test(arguments: cases)
  func `reading twice gives the same`(_ name: String) throws {
    let input = try Self.input(of: name)
    let first = try TranscriptReader.read(input.bytes, name: input.name)
    #expect(try TranscriptReader.read(input.bytes, name: input.name) == first)
  }

  @Test
  func `text files are not changed but for their line ends`() throws {
    for name in Self.cases {
      let input = try Self.input(of: name)
      guard input.name.hasSuffix(".txt") || input.name.hasSuffix(".md"),
        !["subtitles-under-text-name", "webvtt-without-header"].contains(name),
        let raw = String(validating: input.bytes, as: UTF8.self), !raw.contains("\0")
      else { continue }
      let transcript = try TranscriptReader.read(input.bytes, name: input.name).value
      #expect(transcript.text.string.unicodeScalars.elementsEqual(raw.unicodeScalars), "\(name)")
    }
  }
}

/// A transcript as lines that people can write and compare.
enum TranscriptDump {
  static func of(_ reading: Reading<Transcript>) -> String {
    let transcript = reading.value
    let source = transcript.source
    let rendition = source.rendition
    var lines = ["format: \(rendition.reader)"]
    if let encoding = rendition.encoding, encoding != "utf-8" || rendition.lineEnd != .lf {
      lines.append("encoding: \(encoding) \(rendition.lineEnd.rawValue)")
    }
    lines.append(
      "layout: \(transcript.layout.layout.rawValue) \(transcript.layout.confidence.rawValue)")
    let speakers = source.speakers.map { "\($0.label) (\($0.role.rawValue))" }
    lines.append("speakers: " + (speakers.isEmpty ? "-" : speakers.joined(separator: "; ")))
    if transcript.layout.isWrapped { lines.append("wrapped") }
    lines += reading.diagnostics.map { "note: \($0.id)" }
    lines += source.metadata.map { "field: \($0.name) = \($0.value)" }
    lines += source.turns.map { line(of: $0, transcript) }
    lines += stamps(source.times)
    lines += ["event", "heading", "furniture", "trailer", "number"].flatMap { kind in
      marks(kind, transcript)
    }
    lines += source.marks.compactMap { mark in attached(mark, transcript.text[mark.span].escaped) }
    if !transcript.cues.isEmpty { lines.append("cues: \(transcript.cues.count)") }
    lines += transcript.codings.map { coding in
      var line = "coding \(coding.tier)"
      if let annotator = coding.annotator { line += " by \(annotator)" }
      line += " = \(coding.value)"
      let times = [coding.start, coding.end].map { $0.map(String.init) ?? "" }
      if coding.start != nil || coding.end != nil { line += " [\(times[0])-\(times[1])]" }
      if let span = coding.span { line += ": " + transcript.text[span].escaped }
      return line
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(of turn: Turn, _ transcript: Transcript) -> String {
    let names = turn.speakers.map { transcript.source.speakers[$0].label }
    var line = names.isEmpty ? "?" : names.joined(separator: " + ")
    if turn.isUncertain { line += " ?" }
    if turn.start != nil || turn.end != nil {
      let start = turn.start.map(String.init) ?? ""
      let end = turn.end.map(String.init) ?? ""
      let clock = turn.clock == .wall ? " wall" : ""
      line += " [\(start)-\(end)\(clock)\(turn.isInterpolated ? "~" : "")]"
    }
    return line + ": " + transcript.source.words(of: turn, in: transcript.text).escaped
  }

  // How many times there are of each sort.
  private static func stamps(_ times: [TranscriptTime]) -> [String] {
    let sorts = times.map {
      "\($0.clock.rawValue) \($0.position.rawValue) \($0.precision.rawValue)"
    }
    return Set(sorts).sorted().map { sort in "stamps: \(sorts.count { $0 == sort }) \(sort)" }
  }

  private static func marks(_ kind: String, _ transcript: Transcript) -> [String] {
    let found = transcript.source.marks.filter { mark in
      switch mark.kind {
      case .event: kind == "event"
      case .heading: kind == "heading"
      case .furniture: kind == "furniture"
      case .trailer: kind == "trailer"
      case .number: kind == "number"
      default: false
      }
    }
    if found.isEmpty { return [] }
    if kind == "furniture" { return ["furniture: \(found.count)"] }
    if kind == "number" { return ["numbers: \(found.count)"] }
    return found.map { "\(kind): " + transcript.text[$0.span].escaped }
  }

  private static func attached(_ mark: Mark, _ words: String) -> String? {
    switch mark.kind {
    case .link(let target): return "link \(target): \(words)"
    case .insertion(let author): return "insertion \(author ?? "?"): \(words)"
    case .annotation(let note):
      var line = "comment \(note.id)"
      if let author = note.author { line += " by \(author)" }
      if let parent = note.parent { line += ", answers \(parent)" }
      if note.isResolved { line += ", resolved" }
      return line + " (\(note.text.escaped)): \(words)"
    default: return nil
    }
  }
}

extension String {
  fileprivate var escaped: String {
    var text = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
