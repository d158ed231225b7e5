import QDACore
import QDAInterchange
import QDATestSupport
import Testing

/// Every rule of thumb gives way to what a caller knows.
struct TranscriptOverrideTests {
  private static let talk = "I: How?\nP1: So.\nI: Why?\nP1: Because.\n"

  @Test
  func `a label that the caller refuses is none`() throws {
    let text = "I: How?\nP1: So.\nRule: be kind.\nI: Why?\nRule: be brief.\nP1: Because.\n"
    #expect(try readTranscript(text).source.speakers.map(\.label) == ["I", "P1", "Rule"])
    let refused = try readTranscript(text, [("not-speakers", "Rule")])
    #expect(refused.source.speakers.map(\.label) == ["I", "P1"])
    #expect(turns(refused)[1] == "P1: So.\nRule: be kind.")
  }

  @Test
  func `an alias gives a speaker the caller's name`() throws {
    let text = "S1: How?\nS2: So.\nS1: Why?\nSpeaker Two: Because.\nS2: Yes.\n"
    let transcript = try readTranscript(
      text, [("aliases", "S1 = Ana Ruiz; S2 = Tom; Speaker Two = Tom")])
    #expect(transcript.source.speakers.map(\.label) == ["Ana Ruiz", "Tom"])
    #expect(transcript.source.speakers[1].variants == ["S2", "Speaker Two"])
    #expect(transcript.source.turns.map(\.speakers) == [[0], [1], [0], [1], [1]])
    let captions = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v S1>How?\n"
    let voice = try readTranscript(captions, [("aliases", "S1 = Ana Ruiz")], name: "a.vtt")
    #expect(voice.source.speakers.map(\.label) == ["Ana Ruiz"])
  }

  @Test
  func `names that look like one person's stay apart on request`() throws {
    let text =
      "CRAIG REES: One.\nANNE LOW: Two.\nREES: Three.\nLOW: Four.\nREES: Five.\nLOW: Six.\n"
    #expect(try readTranscript(text).source.speakers.count == 2)
    #expect(try readTranscript(text, [("ignore", "aliases")]).source.speakers.count == 4)
  }

  @Test
  func `labels that are written differently stay apart on request`() throws {
    let text = "Ana: One.\nTom: Two.\nANA: Three.\nTom : Four.\nAna: Five.\nTOM: Six.\n"
    let merged = try readTranscript(text).source.speakers
    #expect(merged.map(\.label) == ["Ana", "Tom"])
    #expect(merged.map(\.variants) == [["ANA"], ["TOM"]])
    let apart = try readTranscript(text, [("ignore", "spellings")])
    #expect(apart.source.speakers.map(\.label) == ["Ana", "Tom", "ANA", "TOM"])
    #expect(apart.source.turns.map(\.speakers) == [[0], [1], [2], [1], [0], [3]])
    let roles = try readTranscript(
      "Interviewer: One?\nP1: Two.\nINTERVIEWER: Three?\nP1: Four.\n", [("ignore", "spellings")])
    #expect(roles.source.speakers.map(\.role) == [.interviewer, .participant, .interviewer])
    let asked = try readTranscript(
      text, [("ignore", "spellings"), ("aliases", "ANA = Ana")])
    #expect(asked.source.speakers.map(\.label) == ["Ana", "Tom", "TOM"])
    let voices =
      "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>How?\n\n00:02.000 --> 00:03.000\n<v ANA>So.\n"
    #expect(try readTranscript(voices, name: "a.vtt").source.speakers.count == 1)
    #expect(
      try readTranscript(voices, [("ignore", "spellings")], name: "a.vtt").source.speakers.count
        == 2)
  }

  @Test
  func `a joint label is one speaker where the caller gives it as one`() throws {
    let text = "R: One?\nB: Two.\nR&B: Three.\nR: Four?\nB: Five.\n"
    #expect(try readTranscript(text).source.turns[2].speakers == [0, 1])
    let given = try readTranscript(text, [("speakers", "R&B")])
    #expect(given.source.speakers.map(\.label) == ["R", "B", "R&B"])
    #expect(given.source.turns.map(\.speakers) == [[0], [1], [2], [0], [1]])
    let renamed = try readTranscript(text, [("aliases", "R&B = Band")])
    #expect(renamed.source.speakers.map(\.label) == ["R", "B", "Band"])
    let apart = try readTranscript(text, [("ignore", "spellings")])
    #expect(apart.source.speakers.map(\.label) == ["R", "B"])
    #expect(apart.source.turns.map(\.speakers) == [[0], [1], [0, 1], [0], [1]])
  }

  @Test
  func `cues and segments of one speaker are turns of their own on request`() throws {
    let cues =
      "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>How?\n\n00:40.000 --> 00:41.000\n<v Ana>So.\n"
    #expect(turns(try readTranscript(cues, name: "a.vtt")) == ["Ana: How?\nSo."])
    #expect(
      turns(try readTranscript(cues, [("ignore", "joined-cues")], name: "a.vtt"))
        == ["Ana: How?", "Ana: So."])
    let segments = """
      {"segments": [{"start": 1, "end": 2, "text": "How?", "speaker": "Ana"},
       {"start": 40, "end": 41, "text": "So.", "speaker": "Ana"}]}
      """
    #expect(try readTranscript(segments, name: "a.json").source.turns.count == 1)
    let apart = try readTranscript(segments, [("ignore", "joined-cues")], name: "a.json")
    #expect(turns(apart) == ["Ana: How?", "Ana: So."])
  }

  @Test
  func `whole numbers of a recogniser count what the caller says`() throws {
    let text = """
      {"segments": [{"start": 10, "end": 40, "text": "How did it go?", "speaker": "A"},
       {"start": 40, "end": 90, "text": "It went well.", "speaker": "B"}]}
      """
    func starts(_ notation: String) throws -> [Int?] {
      try readTranscript(text, [("time-notation", notation)], name: "a.json").source.turns
        .map(\.start)
    }
    #expect(try starts("decimal") == [10_000, 40_000])
    #expect(try starts("milliseconds") == [10, 40])
  }

  @Test
  func `times that stand elsewhere than the caller says are read and reported`() throws {
    func reading(_ text: String, _ position: String) throws -> Reading<Transcript> {
      try TranscriptReader.read(
        Array(text.utf8), name: "a.txt",
        options: TranscriptOptions([("timestamps", position)]))
    }
    let before = try reading(
      "[00:00:05] Ana: hi\n[00:00:09] Ben: yo\n[00:00:12] Ana: ok\n", "end")
    #expect(before.value.source.turns.map(\.start) == [5000, 9000, 12_000])
    #expect(before.diagnostics.contains { $0.id == "transcript.timestamps-elsewhere" })
    let after = try reading("I: So? #00:00:04-0#\n\nB: Yes. #00:00:09-0#\n", "start")
    #expect(after.value.source.turns.map(\.end) == [4000, 9000])
    #expect(after.diagnostics.contains { $0.id == "transcript.timestamps-elsewhere" })
    // On lines of their own, they end the turn above where the caller says so.
    let below = try reading(
      "Ana: hi\n#00:00:05-0#\nBen: yo\n#00:00:09-0#\nAna: ok\n#00:00:12-0#\n", "end")
    #expect(below.value.source.turns.map(\.end) == [5000, 9000, 12_000])
    #expect(!below.diagnostics.contains { $0.id == "transcript.timestamps-elsewhere" })
  }

  @Test
  func `the header is as long as the caller says`() throws {
    let text =
      "Interview 7\nAna: present\nTom: present\n\nAna: How?\nTom: So.\nAna: Why?\nTom: Oh.\n"
    #expect(try readTranscript(text).source.turns.count == 6)
    let known = try readTranscript(text, [("header-lines", "3")])
    #expect(known.source.turns.count == 4)
    #expect(known.source.metadata.map(\.name) == ["Ana", "Tom"])
    let field = "Date: 4 March\nInterviewer: Jo Hall\n\n" + Self.talk
    #expect(try readTranscript(field).source.metadata.count == 2)
    #expect(try readTranscript(field, [("ignore", "header")]).source.metadata.isEmpty)
  }

  @Test
  func `structure that the caller wants as words is left in them`() throws {
    let text =
      "I: How?\nP1: So.\n(PHONE RINGS)\nI: Why?\nP1: Because it rang. I: Did it?\n\nSECOND PART\n\nI: On.\nP1: Yes.\nEnd of interview\n"
    #expect(turns(try readTranscript(text)).count == 7)
    #expect(turns(try readTranscript(text, [("ignore", "inner-labels")])).count == 6)
    let left = try readTranscript(text, [("ignore", "events; headings; trailer; inner-labels")])
    #expect(turns(left)[1] == "P1: So.\n(PHONE RINGS)")
    #expect(turns(left)[3].hasSuffix("SECOND PART"))
    #expect(turns(left)[5] == "P1: Yes.\nEnd of interview")
    let laughs = "I: How?\nP1: So [laughs].\n"
    #expect(try readTranscript(laughs).source.marks.contains { $0.kind == .notation(.laughter) })
    #expect(
      try !readTranscript(laughs, [("ignore", "notation")]).source.marks
        .contains { $0.kind == .notation(.laughter) })
  }

  @Test
  func `page furniture is words on request`() throws {
    let text =
      "Study 7  page 1\nI: How?\nP1: It was\n\u{C}Study 7  page 2\nwet.\nI: Why?\nP1: Rain.\n"
    #expect(turns(try readTranscript(text))[1] == "P1: It was\nwet.")
    #expect(turns(try readTranscript(text, [("ignore", "furniture")]))[1].contains("page 2"))
  }

  @Test
  func `line numbers and wrapping are what the caller says`() throws {
    let numbered = "1 I: How?\n2 P1: 3 of us\n4 came.\n5 I: Why?\n6 P1: 7.\n"
    #expect(try readTranscript(numbered, [("line-numbers", "yes")]).source.turns.count == 4)
    #expect(try readTranscript(numbered, [("line-numbers", "no")]).source.speakers.isEmpty)
    #expect(try !readTranscript(Self.talk).layout.isWrapped)
    #expect(try readTranscript(Self.talk, [("wrapped", "yes")]).layout.isWrapped)
  }

  @Test
  func `the caller names the format of a text`() throws {
    let table = "who,said\nAna,\"How, then?\"\nTom,So.\n"
    #expect(try readTranscript(table).source.rendition.reader == "plain-text")
    let known = try readTranscript(
      table, [("format", "csv"), ("columns", "speaker = who; text = 2")])
    #expect(known.source.rendition.reader == "csv")
    #expect(turns(known) == ["Ana: How, then?", "Tom: So."])
    let chat = "14:02:11\t From Ana to Everyone : hi\n14:02:19\t From Tom to Everyone : ho\n"
    #expect(throws: ReadingError.self) { try readTranscript(chat) }
    #expect(try readTranscript(chat, [("format", "plain-text")]).text.string == chat)
  }

  @Test
  func `captions that repeat are kept on request`() throws {
    let captions =
      "WEBVTT\n\n00:01.000 --> 00:02.000\nso the first\n\n00:02.000 --> 00:02.010\nso the first\n\n"
      + "00:02.010 --> 00:04.000\nso the first\nthing is this\n"
    #expect(
      try readTranscript(captions, name: "a.vtt").text.string == "so the first\nthing is this")
    let kept = try readTranscript(captions, [("ignore", "repeats")], name: "a.vtt")
    #expect(kept.text.string == "so the first\nso the first\nso the first\nthing is this")
  }

  @Test(arguments: OverrideCase.all)
  func `a caller is believed`(_ one: OverrideCase) throws {
    func turns(_ options: TranscriptOptions) throws -> [String] {
      let transcript = try TranscriptReader.read(one.bytes, name: one.file, options: options).value
      return OverrideCase.turns(of: transcript.source, in: transcript.text)
    }
    #expect(try turns(TranscriptOptions()) == one.unaided)
    #expect(try turns(TranscriptOptions([(one.option, one.value)])) == one.told)
  }

  @Test(arguments: OverrideCase.all)
  func `a study is believed`(_ one: OverrideCase) throws {
    let study = "title: T\ntranscripts:\n  \(one.file): {\(one.option): '\(one.value)'}\n"
    let reading = StudySamples.read([
      "study.yaml": Array(study.utf8), "transcripts/\(one.file)": one.bytes,
    ])
    #expect(!reading.diagnostics.contains { $0.id == "study.option-invalid" })
    let project = reading.value.project
    let source = try #require(project.sources.first)
    #expect(
      OverrideCase.turns(of: source, in: try project.texts.text(of: source.id)) == one.told)
    #expect(source.rendition.options[one.option] == one.value)
  }

  @Test
  func `every option has a case`() throws {
    #expect(OverrideCase.all.map(\.option) == TranscriptOptions.names)
  }

  @Test
  func `every option is set by name and says so in the source`() throws {
    let values: [(name: String, value: String)] = [
      ("speakers", "A"), ("not-speakers", "B"), ("aliases", "C = D"), ("interviewers", "E"),
      ("participants", "F"), ("format", "plain-text"), ("layout", "inline"),
      ("encoding", "utf-8"), ("timestamps", "end"), ("clock", "wall"),
      ("time-notation", "frames"), ("frames-per-second", "25"), ("wrapped", "no"),
      ("line-numbers", "no"), ("header-lines", "2"), ("ignore", "events"),
      ("columns", "speaker = 1"), ("sheet", "Talk"), ("code-tiers", "G"),
      ("tracked-changes", "original"),
    ]
    #expect(values.map(\.name) == TranscriptOptions.names)
    let options = try TranscriptOptions(values)
    #expect(Set(options.values.keys) == Set(TranscriptOptions.names))
    for (name, value) in values { #expect(options.values[name] == value) }
    for name in TranscriptOptions.names
    where !["speakers", "not-speakers", "interviewers", "participants", "code-tiers", "sheet"]
      .contains(name)
    {
      #expect(throws: OptionError.self) { try TranscriptOptions([(name, "?")]) }
    }
  }
}
