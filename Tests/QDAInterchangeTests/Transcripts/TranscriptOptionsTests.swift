import QDACore
import QDAInterchange
import QDATestSupport
import Testing

struct TranscriptOptionsTests {
  private func labels(_ transcript: Transcript) -> [String] {
    transcript.source.turns.map { turn in
      turn.speakers.map { transcript.source.speakers[$0].label }.joined(separator: "+")
    }
  }

  @Test
  func `a label that the caller names is a speaker however seldom`() throws {
    let text = "I went home.\n\nNote: it rained.\n\nAda Quill: It did.\n"
    #expect(labels(try readTranscript(text)) == [""])
    #expect(labels(try readTranscript(text, [("speakers", "Ada Quill")])) == ["Ada Quill"])
    #expect(
      labels(try readTranscript(text, [("speakers", "Note; Ada Quill")])) == ["Note", "Ada Quill"])
  }

  @Test
  func `no layout means no speakers`() throws {
    let transcript = try readTranscript("I: a?\nP1: b.\n", [("layout", "none")])
    #expect(labels(transcript) == [""])
    #expect(transcript.layout.layout == Layout.none)
    #expect(transcript.layout.rejected == [LabelCount("I", 1), LabelCount("P1", 1)])
  }

  @Test
  func `a layout that the caller names is taken without further evidence`() throws {
    let transcript = try readTranscript("Ada - It rained.\nBen - All day.\n", [("layout", "dash")])
    #expect(labels(transcript) == ["Ada", "Ben"])
  }

  @Test
  func `the caller says who asks and who answers`() throws {
    let text = "Ada: a?\nBen: b.\nAda: c?\nBen: d.\n"
    let roles = try readTranscript(text, [("interviewers", "Ada"), ("participants", "ben")])
    #expect(roles.source.speakers.map(\.role) == [.interviewer, .participant])
    #expect(try readTranscript(text).source.speakers.map(\.role) == [.unknown, .unknown])
  }

  @Test
  func `the caller says what stamps stand for`() throws {
    let text = "I: a? [00:00:05]\nP1: b. [00:00:09]\nI: c? [00:00:12]\n"
    let turns = try readTranscript(text, [("timestamps", "end")]).source.turns
    #expect(turns.map(\.start) == [0, 5000, 9000])
    #expect(turns.map(\.end) == [5000, 9000, 12000])
  }

  @Test
  func `the original of tracked changes is read on request`() throws {
    let content = try bytes(of: fixture("Transcripts/word-body/input.docx"))
    let original = try TranscriptReader.read(
      content, name: "a.docx", options: TranscriptOptions([("tracked-changes", "original")])
    ).value
    #expect(original.text.string.contains("Interviewer: From when?"))
    #expect(original.text.string.contains("P5: Since \nMay."))
    #expect(original.source.rendition.options == ["tracked-changes": "original"])
  }

  @Test
  func `options are recorded in the source`() throws {
    let transcript = try readTranscript(
      "I: a?\nP1: b.\n", [("speakers", "I, P1"), ("encoding", "utf-8")])
    #expect(
      transcript.source.rendition.options == ["speakers": "I; P1", "encoding": "utf-8"])
  }

  @Test
  func `a misspelt option says what was meant`() {
    let error = #expect(throws: OptionError.self) {
      try TranscriptOptions([("speekers", "Ada")])
    }
    #expect(error?.suggestion == "speakers")
    let value = #expect(throws: OptionError.self) {
      try TranscriptOptions([("layout", "inlin")])
    }
    #expect(value?.suggestion == "inline")
    #expect(value?.description.contains("did you mean 'inline'?") == true)
  }

  @Test
  func `the id follows from the file unless one is given`() throws {
    let bytes = Array("I: a?\nP1: b.\n".utf8)
    let first = try TranscriptReader.read(bytes, name: "a.txt").value.source.id
    #expect(try TranscriptReader.read(bytes, name: "b.txt").value.source.id == first)
    #expect(first == ID(derivedFrom: [Digest(of: bytes).description, "source"]))
    let given = ID<Source>(high: 1, low: 2)
    #expect(try TranscriptReader.read(bytes, name: "a.txt", id: given).value.source.id == given)
  }
}
