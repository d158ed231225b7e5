import QDACore
import QDAInterchange
import Testing

/// Several who speak in one cue, and the words of recognisers one by one.
struct SubtitleTurnTests {
  @Test
  func `a speaker's label at the start of a cue's second line begins a turn`() throws {
    let cue = "1\n00:00:00,000 --> 00:00:01,000\nMARY: What about it?\nJOHN: Nothing.\n\n"
    let next = "2\n00:00:02,000 --> 00:00:03,000\nJOHN: Well.\nNote: no label.\n\n"
    let last = "3\n00:00:04,000 --> 00:00:05,000\nMARY: So.\n\n"
    let transcript = try readTranscript(cue + next + last, name: "a.srt")
    #expect(
      turns(transcript) == [
        "MARY: What about it?", "JOHN: Nothing.\nWell.\nNote: no label.", "MARY: So.",
      ])
    #expect(transcript.source.turns.map(\.start) == [0, 0, 4000])
    #expect(transcript.cues.map(\.speaker) == [0, 1, 1, 0])
  }

  @Test
  func `a speaker's label after arrows inside a line begins a turn`() throws {
    var text = ""
    for (index, pair) in [("ANNA", "BOB"), ("BOB", "ANNA"), ("ANNA", "BOB")].enumerated() {
      text += "\(index + 1)\n00:00:0\(index),000 --> 00:00:0\(index),900\n"
      text += ">> \(pair.0): Line \(index). >> \(pair.1): Yes, a > b.\n\n"
    }
    #expect(
      turns(try readTranscript(text, name: "a.srt")) == [
        "ANNA: Line 0.", "BOB: Yes, a > b.", "BOB: Line 1.", "ANNA: Yes, a > b.",
        "ANNA: Line 2.", "BOB: Yes, a > b.",
      ])
  }

  @Test(arguments: ["()", "[]"])
  func `a name in brackets above the words of a cue speaks`(_ brackets: String) throws {
    func name(_ name: String) -> String { "\(brackets.prefix(1))\(name)\(brackets.suffix(1))\n" }
    let cues = [
      name("Ana Ruiz") + "I wanted to start\nwith you.", name("Ana Ruiz") + "What is your",
      name("Ana Ruiz") + "background?\n-\n \n" + name("Dana Bell") + "In what?",
      name("Ana Ruiz") + "In work.\n" + name("Dana Bell") + "I taught.", "(Thunder)",
    ]
    let text = cues.enumerated().map { index, cue in
      "00:0\(index).000 --> 00:0\(index).900\n\(cue)\n\n"
    }
    let transcript = try readTranscript("WEBVTT\n\n" + text.joined(), name: "a.vtt")
    #expect(transcript.source.speakers.map(\.label) == ["Ana Ruiz", "Dana Bell"])
    #expect(
      turns(transcript).prefix(4) == [
        "Ana Ruiz: I wanted to start\nwith you.\nWhat is your\nbackground?", "Dana Bell: In what?",
        "Ana Ruiz: In work.", "Dana Bell: I taught.",
      ])
    #expect(transcript.source.turns.prefix(4).map(\.start) == [0, 2000, 3000, 3000])
  }

  @Test
  func `sounds in brackets are nobody`() throws {
    let cues = ["(Thunder)", "What was that?", "(Thunder)", "Nothing.", "(Thunder)", "Come."]
    let text = cues.enumerated().map { "00:0\($0).000 --> 00:0\($0).900\n\($1)\n\n" }
    let transcript = try readTranscript("WEBVTT\n\n" + text.joined(), name: "a.vtt")
    #expect(transcript.source.speakers.isEmpty)
  }

  @Test
  func `sounds in brackets above words do not speak beside labels`() throws {
    let cues = [
      "(DOOR OPENS)\nANNA: Hello?", "BOB: Hello.", "ANNA: Who is there?", "(DOOR OPENS)\nBOB: Me.",
      "(CAR STARTS)\nANNA: Wait!", "BOB: No.", "(WIND HOWLS)\nANNA: So.", "BOB: Come.",
    ]
    let text = cues.enumerated().map { "00:0\($0).000 --> 00:0\($0).900\n\($1)\n\n" }
    let transcript = try readTranscript("WEBVTT\n\n" + text.joined(), name: "a.vtt")
    #expect(transcript.source.speakers.map(\.label) == ["ANNA", "BOB"])
  }

  @Test
  func `words with fractions of a number count seconds`() throws {
    let json =
      #"{"text": "It rained.", "words": [{"word": "It", "start": 0.0, "end": 0.24},"#
      + #"{"word": "rained.", "start": 61.3, "end": 61.5}]}"#
    let turn = try #require(readTranscript(json, name: "a.json").source.turns.first)
    #expect([turn.start, turn.end] == [0, 61_500])
    let whole = #"{"words": [{"text": "So.", "start": 250, "end": 900, "speaker": "A"}]}"#
    let other = try #require(readTranscript(whole, name: "a.json").source.turns.first)
    #expect([other.start, other.end] == [250, 900])
  }

  @Test
  func `words of ElevenLabs keep their speakers and the spaces between them`() throws {
    func word(_ text: String, _ start: Int, _ type: String, _ speaker: Int) -> String {
      #"{"text":"\#(text)","start":\#(start),"end":\#(start + 1),"type":"\#(type)","#
        + #""speaker_id":"speaker_\#(speaker)"}"#
    }
    let words = [
      word("Hi", 0, "word", 0), word(" ", 1, "spacing", 0), word("there.", 2, "word", 0),
      word("好", 4, "word", 1), word("的", 5, "word", 1), word(" ", 6, "spacing", 1),
      word("(laughs)", 7, "audio_event", 1),
    ]
    let json = #"{"language_code":"eng","words":["# + words.joined(separator: ",") + "]}"
    let transcript = try readTranscript(json, name: "a.json")
    #expect(turns(transcript) == ["speaker_0: Hi there.", "speaker_1: 好的 (laughs)"])
    #expect(transcript.source.turns.map(\.start) == [0, 4000])
    #expect(transcript.source.metadata.map(\.value) == ["eng"])
  }
}
