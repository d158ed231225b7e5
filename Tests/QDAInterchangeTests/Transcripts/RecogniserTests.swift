import QDACore
import QDAInterchange
import Testing

/// What services write about who speaks when, each in its own way.
struct RecogniserTests {
  /// Who says what from when to when.
  private func said(_ text: String) throws -> [String] {
    let transcript = try readTranscript(text, name: "a.json")
    return zip(transcript.source.turns, turns(transcript)).map { turn, words in
      "\(turn.start ?? -1)-\(turn.end ?? -1) \(words)"
    }
  }

  @Test
  func `typists' transcripts of Rev have names, times and tags`() throws {
    let text = """
      {"speakers": [{"id": 1, "name": "Maria Lopez"}, {"id": 2, "name": "Interviewer"}],
      "monologues": [{"speaker": 2, "elements": [
      {"type": "text", "value": "How did", "timestamp": "00:00:01,250",
      "end_timestamp": "00:00:01,900"},
      {"type": "tag", "value": "inaudible", "timestamp": "00:00:02,000"},
      {"type": "text", "value": "start", "timestamp": "00:00:02,500",
      "end_timestamp": "00:00:02,900"}, {"type": "punct", "value": "?"}]},
      {"speaker": 1, "speaker_name": "Maria", "elements": [
      {"type": "tag", "value": "laughter"}, {"type": "text", "value": " By accident.",
      "timestamp": "01:00:03,100", "end_timestamp": "01:00:04,000"}]}]}
      """
    #expect(
      try said(text) == [
        "1250-2900 Interviewer: How did [inaudible] start?",
        "3603100-3604000 Maria: [laughter] By accident.",
      ])
    let transcript = try readTranscript(text, name: "a.json")
    let signs = transcript.source.marks.compactMap { mark in
      if case .notation = mark.kind { transcript.text[mark.span] } else { nil }
    }
    #expect(signs == ["[inaudible]", "[laughter]"])
  }

  @Test
  func `a field that is no list of names hurts nothing`() throws {
    let text = """
      {"speakers": 2, "segments": [{"start": 0.5, "end": 1.5, "text": "So?", "speaker": "A"}]}
      """
    #expect(try said(text) == ["500-1500 A: So?"])
  }

  // Each pair says the same in milliseconds and in seconds.
  @Test(arguments: [
    (
      #"{"segments":[{"start":1250,"end":4200,"text":"How did you start?","speaker":"A"}]}"#,
      "1250-4200 A: How did you start?"
    ),
    (
      #"{"segments":[{"start":1.25,"end":4.2,"text":"How did you start?","speaker":"A"}]}"#,
      "1250-4200 A: How did you start?"
    ),
    (
      #"[{"start":1250,"end":4200,"text":"How did you start?","speaker":"A"}]"#,
      "1250-4200 A: How did you start?"
    ),
    (
      #"{"utterances":[{"start":0.52,"end":3.1,"text":"How did you start?","speaker":"A"}]}"#,
      "520-3100 A: How did you start?"
    ),
    (
      #"{"utterances":[{"start":520,"end":3100,"text":"How did you start?","speaker":"A"}]}"#,
      "520-3100 A: How did you start?"
    ),
    (
      #"{"segments":[{"start":0,"end":30,"text":"Yes","speaker":"A"}]}"#, "0-30000 A: Yes"
    ),
    (
      #"{"utterances":[{"start":60,"end":63,"text":"How did you start?","speaker":"A"}]}"#,
      "60000-63000 A: How did you start?"
    ),
    (
      #"{"utterances":[],"words":[{"start":100,"end":900,"text":"How?","speaker":"A"}]}"#,
      "100-900 A: How?"
    ),
  ])
  func `seconds and milliseconds are told by how fast one speaks`(
    _ text: String, _ expected: String
  ) throws {
    #expect(try said(text) == [expected])
  }

  @Test
  func `the newer service of Google has the times and speakers of each result`() throws {
    let text = """
      {"results": [{"alternatives": [{"transcript": "how so", "words": [
      {"startOffset": "0.200s", "endOffset": "0.500s", "word": "how", "speakerLabel": "1"},
      {"startOffset": "0.500s", "endOffset": "1s", "word": "so", "speakerLabel": "1"}]}]},
      {"alternatives": [{"transcript": "well", "words": [
      {"startOffset": "2s", "endOffset": "2.400s", "word": "well", "speakerLabel": "2"},
      {"startOffset": "2.5s", "endOffset": "2.7s", "word": "it", "speakerLabel": "2"},
      {"startOffset": "2.7s", "endOffset": "3s", "word": "grew", "speakerLabel": "2"}]}]}]}
      """
    #expect(
      try said(text) == ["200-1000 SPEAKER_01: how so", "2000-3000 SPEAKER_02: well it grew"])
    let unnamed = """
      {"results": [{"alternatives": [{"transcript": "how so", "words": [
      {"startOffset": "0.200s", "endOffset": "0.500s", "word": "how"},
      {"startOffset": "0.500s", "endOffset": "1s", "word": "so"}]}]}]}
      """
    #expect(try said(unnamed) == ["200-1000 : how so"])
  }

  /// A word of Amazon.
  private func item(_ word: String, _ start: String, _ end: String) -> String {
    #"{"start_time":"\#(start)","end_time":"\#(end)","type":"pronunciation","#
      + #""alternatives":[{"content":"\#(word)"}]}"#
  }

  @Test
  func `channels of Amazon are speakers who take turns`() throws {
    let mark = #"{"type":"punctuation","alternatives":[{"content":"?"}]}"#
    let first = [
      item("How", "0.1", "0.4"), item("so", "0.4", "0.6"), mark, item("Yes", "3", "3.2"),
    ]
    let second = [item("Well", "1.2", "1.6"), item("then", "1.7", "2.0")]
    func file(_ first: [String], _ second: [String]) -> String {
      let channels = [("ch_0", first), ("ch_1", second)].map { label, items in
        #"{"channel_label":"\#(label)","items":[\#(items.joined(separator: ","))]}"#
      }.joined(separator: ",")
      return #"{"results":{"transcripts":[],"channel_labels":{"channels":[\#(channels)]}}}"#
    }
    #expect(
      try said(file(first, second)) == [
        "100-600 ch_0: How so?", "1200-2000 ch_1: Well then", "3000-3200 ch_0: Yes",
      ])
    // Who speaks at once is not cut up word by word.
    let aside = [item("mhm", "0.3", "0.5"), item("right", "0.55", "0.7")]
    let long = [item("We", "0.1", "0.4"), item("came", "0.45", "0.6"), item("late", "0.65", "0.9")]
    #expect(
      try said(file(long, aside)) == ["100-900 ch_0: We came late", "300-700 ch_1: mhm right"])
  }

  @Test
  func `channels of Deepgram take turns as well`() throws {
    let text = """
      {"results": {"channels": [{"alternatives": [{"transcript": "how yes", "words": [
      {"word": "how", "start": 0.1, "end": 0.4}, {"word": "yes", "start": 3.0, "end": 3.2}]}]},
      {"alternatives": [{"transcript": "well", "words": [
      {"word": "well", "start": 1.2, "end": 1.6}]}]}]}}
      """
    #expect(
      try said(text) == [
        "100-400 SPEAKER_00: how", "1200-1600 SPEAKER_01: well", "3000-3200 SPEAKER_00: yes",
      ])
  }

  @Test(arguments: [
    #"{"result":{"language":"en"},"transcription":[{"timestamps":{"from":"00:00:00,000","to":"00:00:02,500"},"offsets":{"from":0,"to":2500},"text":" How did"},{"offsets":{"from":2500,"to":4000},"text":" it go?"}]}"#,
    #"{"text":" How did it go?","chunks":[{"timestamp":[0.0,2.5],"text":" How did"},{"timestamp":[2.5,4.0],"text":" it go?"}]}"#,
    #"{"durationMilliseconds":4000,"combinedPhrases":[{"text":"How did it go?"}],"phrases":[{"offsetMilliseconds":0,"durationMilliseconds":2500,"text":"How did"},{"offsetMilliseconds":2500,"durationMilliseconds":1500,"text":"it go?"}]}"#,
  ])
  func `segments of whisper cpp, Hugging Face and Azure have their times`(_ text: String) throws {
    let transcript = try readTranscript(text, name: "a.json")
    #expect(transcript.text.string == "How did\nit go?")
    #expect(transcript.cues.map(\.start) == [0, 2500])
    #expect(transcript.cues.map(\.end) == [2500, 4000])
  }

  @Test
  func `the last chunk of Hugging Face may have no end`() throws {
    let text = #"{"text":"So.","chunks":[{"timestamp":[1.5,null],"text":"So."}]}"#
    let transcript = try readTranscript(text, name: "a.json")
    #expect(transcript.cues.map(\.start) == [1500])
    #expect(transcript.cues.map(\.end) == [nil])
  }

  @Test(arguments: [
    #"{"transcription":"words"}"#, #"{"chunks":[{"id":1}]}"#, #"{"phrases":{"a":1}}"#,
  ])
  func `fields of the same name with something else in them are no speech`(_ text: String) {
    #expect(throws: ReadingError.self) { try readTranscript(text, name: "a.json") }
  }
}
