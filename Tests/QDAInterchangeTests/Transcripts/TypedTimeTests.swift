import QDACore
import QDAInterchange
import Testing

/// Times as people type them, at the start, the end and under what is said.
struct TypedTimeTests {
  @Test
  func `one time before every line does not hide the times of the turns`() throws {
    let transcript = try readTranscript(
      "0:00 Ana Ruiz  00:00\n\n0:00 Hello.\n\n0:00 Ben Hill  00:10\n\n0:00 Hi.\n\n"
        + "0:00 Ana Ruiz  00:13\n\n0:00 Well?\n\n0:00 Ben Hill  00:15\n\n0:00 Well.\n")
    #expect(
      turns(transcript) == [
        "Ana Ruiz: Hello.", "Ben Hill: Hi.", "Ana Ruiz: Well?", "Ben Hill: Well.",
      ])
    #expect(transcript.source.turns.map(\.start) == [0, 10_000, 13_000, 15_000])
    let chat = try readTranscript(
      "10:30 Ana: Hi.\n10:30 Ben: Hi.\n10:30 Ana: So?\n10:30 Ben: Yes.\n")
    #expect(chat.source.turns.map(\.start) == [630_000, 630_000, 630_000, 630_000])
  }

  private static let words = ["Ana: How did it start?", "Tom: In 2010.", "Ana: Why?", "Tom: Work."]

  /// A talk of four turns with a time before each line, and what is put after it.
  private func talk(_ times: [String], _ write: (String, String) -> String) -> String {
    zip(times, Self.words).map(write).joined(separator: "\n\n") + "\n"
  }

  private func starts(
    _ times: [String], _ values: [(name: String, value: String)] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [Int?] {
    let transcript = try readTranscript(talk(times) { "\($0) \($1)" }, values)
    #expect(turns(transcript) == Self.words, sourceLocation: sourceLocation)
    return transcript.source.turns.map { $0.start.map { $0 / 1000 } }
  }

  @Test
  func `the halves of the day are part of the time`() throws {
    // 9:59, 10:00, 12:30 and 13:05 in seconds.
    let seconds = [35_940, 36_000, 45_000, 47_100]
    #expect(try starts(["9:59 AM", "10:00 AM", "12:30 PM", "1:05 PM"]) == seconds)
    #expect(
      try starts(["[9:59:00 am]", "[10:00:00 am]", "[12:30:00 pm]", "[1:05:00 pm]"]) == seconds)
    let night = try readTranscript(
      talk(["11:58 p.m.", "11:59 p.m.", "12:01 a.m.", "12:02 a.m."]) { "\($0) \($1)" })
    // 23:58, 23:59, and past midnight.
    #expect(
      night.source.turns.map(\.start) == [86_280_000, 86_340_000, 86_460_000, 86_520_000])
    #expect(night.source.turns.allSatisfy { $0.clock == .wall })
  }

  // 23:59:50 and :56, and 5 and 9 seconds past the midnight after 86,400.
  private let night = [86_390_000, 86_396_000, 86_405_000, 86_409_000]

  @Test
  func `times at the ends of turns go on past midnight`() throws {
    let text =
      "I: How did it go? [23:59:50]\nP1: It went well. [23:59:56]\nI: And then? [00:00:05]\n"
      + "P1: Then it was over. [00:00:09]\n"
    let turns = try readTranscript(text).source.turns
    #expect(turns.map(\.end) == night)
    #expect(turns.map(\.start) == [nil] + night.dropLast().map(Optional.some))
    #expect(try findings(text) == ["transcript.clock-rollover"])
  }

  @Test
  func `times of the day in a table go on past midnight`() throws {
    let rows = [
      "23:59:50,23:59:56,Int,How?", "23:59:56,00:00:05,P1,So.", "00:00:05,00:00:09,Int,And?",
    ]
    let text = "Start,End,Speaker,Text\n" + rows.joined(separator: "\n") + "\n"
    let source = try readTranscript(text, name: "a.csv").source
    #expect(source.turns.compactMap(\.start) == Array(night.dropLast()))
    #expect(source.turns.compactMap(\.end) == Array(night.dropFirst()))
    #expect(source.turns.allSatisfy { $0.clock == .wall })
    #expect(try findings(text, name: "a.csv") == ["transcript.clock-rollover"])
    let media = try readTranscript(text, [("clock", "media")], name: "a.csv").source
    #expect(media.turns.map(\.start) == [86_390_000, 86_396_000, 5000])
  }

  @Test(arguments: ["-", "–", " - "])
  func `a range of times before a label has its end`(_ dash: String) throws {
    let times = ["0:10", "1:10", "2:10", "3:10"].map { "\($0)\(dash)\($0.dropLast(2))40" }
    let source = try readTranscript(talk(times) { "\($0) \($1)" }).source
    #expect(source.turns.map(\.start) == [10_000, 70_000, 130_000, 190_000])
    #expect(source.turns.map(\.end) == [40_000, 100_000, 160_000, 220_000])
    #expect(source.speakers.map(\.label) == ["Ana", "Tom"])
  }

  @Test
  func `a range of times of the day counts from midnight`() throws {
    let times = ["10:02:11 - 10:02:40", "10:02:40 - 10:03:00", "10:03:00 - 10:03:05"]
    let turns = try readTranscript(talk(times) { "[\($0)] \($1)" }).source.turns
    #expect(turns.first?.start == 36_131_000)
    #expect(turns.first?.end == 36_160_000)
    #expect(turns.allSatisfy { $0.clock == .wall })
  }

  @Test
  func `times in angle brackets, with full stops and with letters are times`() throws {
    let seconds = [10, 70, 130, 250]
    #expect(
      try starts(["<00:00:10>", "<00:01:10>", "<00:02:10>", "<00:04:10>"]) == seconds)
    #expect(try starts(["00.00.10", "00.01.10", "00.02.10", "00.04.10"]) == seconds)
    #expect(try starts(["00.10", "01.10", "02.10", "04.10"]) == seconds)
    #expect(
      try starts(["(00h 00m 10s)", "(00h 01m 10s)", "(00h 02m 10s)", "(00h 04m 10s)"]) == seconds)
  }

  @Test
  func `numbers of paragraphs and dates with full stops are no times`() throws {
    let numbered = try readTranscript(
      talk(["01.01", "01.02", "01.03", "01.04"]) { "\($0) \($1)" })
    #expect(numbered.source.times.isEmpty)
    let dated = try readTranscript(
      talk(["03.05.23", "04.05.23", "05.05.23", "06.05.23"]) { "\($0) \($1)" })
    #expect(dated.source.times.isEmpty)
  }

  @Test(arguments: ["%\n00:00:", "% (00:00:", "% [00:00:"])
  func `times under or after all turns say when each ends`(_ form: String) throws {
    let close = form.hasPrefix("% (") ? ")" : form.hasPrefix("% [") ? "]" : ""
    let text = talk(["10", "20", "30", "40"]) { form.replacing("%", with: $1) + $0 + close }
    for values in [[], [(name: "timestamps", value: "end")]] {
      let transcript = try readTranscript(text, values)
      #expect(turns(transcript) == Self.words)
      #expect(transcript.source.turns.map(\.start) == [0, 10_000, 20_000, 30_000])
      #expect(transcript.source.turns.map(\.end) == [10_000, 20_000, 30_000, 40_000])
      #expect(transcript.source.times.allSatisfy { $0.position == .end })
    }
  }

  @Test
  func `a time under a turn that begins with one is its end`() throws {
    let source = try readTranscript(
      "[00:00:01] I: How?\n\n[00:00:05] Sue: Well.\n[00:00:08]\n\n[00:00:09] I: OK\n[00:00:10]\n\n"
        + "[00:00:11] Sue: Yes.\n[00:00:12]\n"
    ).source
    #expect(source.turns.map(\.start) == [1000, 5000, 9000, 11_000])
    #expect(source.turns.map(\.end) == [nil, 8000, 10_000, 12_000])
  }

  @Test
  func `a time at once after a label's colon is the turn's`() throws {
    let html =
      "<cite>Kevin:</cite><time>0:00</time><p>Hello.</p><cite>Ana:</cite><time>0:05</time>"
      + "<p>Hi: you.</p><cite>Kevin:</cite><time>0:09</time><p>So.</p>"
    let transcript = try readTranscript("<html><body>\(html)</body></html>", name: "a.html")
    #expect(turns(transcript) == ["Kevin: Hello.", "Ana: Hi: you.", "Kevin: So."])
    #expect(transcript.source.turns.map(\.start) == [0, 5000, 9000])
  }

  @Test
  func `a time of day in brackets that somebody mentions stays in the words`() throws {
    let transcript = try readTranscript("Ana: When?\nTom: Early (10:30)\nAna: Oh.\nTom: Yes.\n")
    #expect(turns(transcript)[1] == "Tom: Early (10:30)")
  }
}
