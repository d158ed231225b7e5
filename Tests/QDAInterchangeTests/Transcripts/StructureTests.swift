import QDACore
import QDAInterchange
import Testing

/// What is neither a label nor words: headings, trailers, and layouts that hide labels.
struct StructureTests {
  @Test(arguments: [
    "PART 2: MIDDLE", "Section 3: Work and family", "THEME: WORK", "Topic 4 – Family",
  ])
  func `a heading of a part that stands alone is nobody's words`(_ heading: String) throws {
    let transcript = try readTranscript(
      "Interviewer: How?\n\nAnna: So.\n\n\(heading)\n\nInterviewer: Why?\n\nAnna: Work.\n")
    #expect(
      turns(transcript) == ["Interviewer: How?", "Anna: So.", "Interviewer: Why?", "Anna: Work."])
    let marks = transcript.source.marks.filter { $0.kind == .heading }
    #expect(marks.map { transcript.text[$0.span] } == [heading])
  }

  @Test
  func `a sentence about a part of something is what somebody says`() throws {
    let transcript = try readTranscript(
      "Interviewer: How?\n\nAnna: So.\n\nDay 2: we went to work.\n\nInterviewer: Why?\n\nAnna: No.\n"
    )
    #expect(turns(transcript)[1] == "Anna: So.\n\nDay 2: we went to work.")
  }

  @Test(arguments: ["**(Close-up of Ana)**", "*(Ana laughs)*", "__(Cut: both)__", "**[laughs]**"])
  func `a stage direction in bold is nobody's words`(_ direction: String) throws {
    let transcript = try readTranscript(
      "## Scene 1\n\n\(direction)\n**Ana:** How?\n\n\(direction)\n**Ben:** So.\n\n"
        + "## Scene 2\n\n\(direction)\n**Ana:** Why?\n\n**Ben:** No.\n", name: "a.md")
    #expect(turns(transcript) == ["Ana: How?", "Ben: So.", "Ana: Why?", "Ben: No."])
    let marks = transcript.source.marks.filter { $0.kind == .event }
    #expect(marks.map { transcript.text[$0.span] } == [direction, direction])
  }

  @Test(arguments: ["### %:", "### %"])
  func `names in headings of Markdown speak although a blank line follows`(
    _ heading: String
  ) throws {
    let text = ["Ana", "Ben", "Ana", "Ben"].map { name in
      heading.replacing("%", with: name) + "\n\nWell, \(name).\n\n"
    }
    let transcript = try readTranscript("# Interview\n\n" + text.joined(), name: "a.md")
    #expect(
      turns(transcript) == [
        "Ana: Well, Ana.", "Ben: Well, Ben.", "Ana: Well, Ana.", "Ben: Well, Ben.",
      ])
  }

  @Test(arguments: ["-", "–", "—"])
  func `a colon later in the line does not hide a label before a dash`(_ dash: String) throws {
    let transcript = try readTranscript(
      "Ana - How are you?\n\nBen - I said: no.\n\nAna - And?\n\nBen - At 10:30, by bus. Note: late.\n\nAna - Why?\n\nBen - So: late.\n"
        .replacing(" - ", with: " \(dash) "))
    #expect(
      turns(transcript) == [
        "Ana: How are you?", "Ben: I said: no.", "Ana: And?",
        "Ben: At 10:30, by bus. Note: late.", "Ana: Why?", "Ben: So: late.",
      ])
    #expect(transcript.layout.layout == .dash)
  }

  @Test
  func `what a meeting's transcript says of its end is nobody's words`() throws {
    let transcript = try readTranscript(
      "Ana Ruiz: Hello.\nJohn Smith: Hi.\nAna Ruiz: Okay.\nJohn Smith: Bye.\n"
        + "Meeting ended after 00:26:31 👋\nThis transcript was computer generated.\n")
    #expect(turns(transcript).last == "John Smith: Bye.")
    #expect(transcript.source.marks.count { $0.kind == .trailer } == 2)
  }

  @Test
  func `questions and inner names under Qualtrics' headings are no cases`() throws {
    let csv =
      "StartDate,ResponseId,Q1,Q2\nStart Date,Response ID,What helped you?,Age\n"
      + #""{""ImportId"":""a""}","{""ImportId"":""b""}","{""ImportId"":""c""}","{""ImportId"":""d""}""#
      + "\n2024-01-01 10:00:00,R_0,My worker.,20\n2024-01-01 10:00:01,R_1,Nothing.,21\n"
    #expect(
      turns(try readTranscript(csv, name: "a.csv")) == ["R_0: My worker.", "R_1: Nothing."])
  }

  @Test(arguments: [
    "Meeting ended after two hours and nobody said a word.",
    "Transcription ended up being my job for a year.",
    "They fell silent when the woman stopped transcription.", "Day 2: tests and more tests",
    "Step 2 – call the nurse",
  ])
  func `what sounds like the frame of a document and is told stays the speaker's`(
    _ words: String
  ) throws {
    let transcript = try readTranscript(
      "Interviewer: How?\n\nAnna: So.\n\n\(words)\n\nThen we went home.\n\nInterviewer: Why?\n\nAnna: No.\n"
    )
    #expect(turns(transcript)[1] == "Anna: So.\n\n\(words)\n\nThen we went home.")
  }

  @Test
  func `who stops the transcription is no speaker's word`() throws {
    let transcript = try readTranscript(
      "Ana Ruiz: Hello.\nJohn Smith: Hi.\nAna Ruiz: Okay.\nJohn Smith: Bye.\n"
        + "Ana Ruiz stopped transcription\n")
    #expect(turns(transcript).last == "John Smith: Bye.")
  }

  @Test
  func `a heading over headings is a topic and no speaker`() throws {
    let talk = "### Interviewer\n\nHow?\n\n### Maria\n\nSo.\n\n"
    let transcript = try readTranscript(
      "# Talk\n\n## Family\n\n" + talk + "## Work\n\n" + talk + "## Family\n\n" + talk
        + "## Work\n\n"
        + talk, name: "a.md")
    #expect(cast(transcript) == ["Interviewer, interviewer", "Maria, participant"])
    #expect(transcript.source.turns.count == 8)
  }
}
