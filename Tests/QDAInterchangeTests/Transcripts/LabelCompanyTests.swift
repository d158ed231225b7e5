import QDACore
import QDAInterchange
import Testing

/// Labels that are taken, joined or left out because of those around them.
struct LabelCompanyTests {
  @Test
  func `a label of small letters counts where every line has a time and a label`() throws {
    let lines = [
      "Ruth Oba: Which rate?", "Tim Low: The closing one.", "Ruth Oba: Since when?",
      "Tim Low: Since May.", "Stock keeper (E. Fry): We count it.", "Ruth Oba: Each year?",
    ]
    let text = lines.enumerated().map { "[0\($0):10] \($1)\n" }.joined()
    let transcript = try readTranscript(text)
    #expect(
      transcript.source.speakers.map(\.label) == ["Ruth Oba", "Tim Low", "Stock keeper (E. Fry)"])
    #expect(transcript.source.turns.map(\.speakers) == [[0], [1], [0], [1], [2], [0]])
    let prose = try readTranscript(
      lines.prefix(4).enumerated().map { "[0\($0):10] \($1)\n[0\($0):20] It went on so.\n" }
        .joined()
        + "[04:10] And then he said: no.\n")
    #expect(prose.source.speakers.map(\.label) == ["Ruth Oba", "Tim Low"])
    let rules = try readTranscript(text.replacing("Stock keeper (E. Fry)", with: "First rule here"))
    #expect(rules.source.speakers.map(\.label) == ["Ruth Oba", "Tim Low"])
  }

  @Test(arguments: ["Min Ho Park", "(Ron)"])
  func `a name that stands once among labelled lines is a speaker and noted`(
    _ label: String
  ) throws {
    let text =
      "S: Hello.\nP4: Hello.\nS: Here is a friend.\n\(label): Good day.\nS: Well?\nP4: Good day.\n"
    #expect(
      turns(try readTranscript(text))[3]
        == (label == "(Ron)" ? "Ron: Good day." : "Min Ho Park: Good day."))
    #expect(try findings(text) == ["transcript.label-once"])
    // Among paragraphs without labels it may be anything.
    let loose = text.replacing("\nP4:", with: "\nIt was late.\nSo we began.\nP4:")
    #expect(try readTranscript(loose).source.speakers.map(\.label) == ["S", "P4"])
  }

  @Test(arguments: ["High Street: noisy.\nMill Road: quiet.", "Next Meeting: the third of June."])
  func `what somebody lists among labelled lines stays theirs`(_ list: String) throws {
    let text = "S: Which?\nBen: These.\n\(list)\nS: And then?\nBen: No.\nS: Well?\nBen: Yes.\n"
    let transcript = try readTranscript(text)
    #expect(transcript.source.speakers.map(\.label) == ["S", "Ben"])
    #expect(turns(transcript)[1] == "Ben: These.\n\(list)")
    let named = "S: Hello.\nBen: Hello.\nS: A friend.\nMin Ho Park: Hi.\nS: Well?\nBen: Yes.\n"
    #expect(
      try readTranscript(named, [("speakers", "S, Ben")]).source.speakers.map(\.label)
        == ["S", "Ben"])
  }

  @Test
  func `names with parts in brackets that stand once are speakers beside others so written`()
    throws
  {
    let transcript = try readTranscript(
      "PM (Sia):\nWhat now?\n\nMM (Lu):\nOne place.\n\nPM (Sia):\nAnd you?\n\n"
        + "LD (Jo):\nThat is hard.\n\nMM (Lu):\nI agree.\n")
    #expect(transcript.source.turns.map(\.speakers) == [[0], [1], [0], [2], [1]])
  }

  @Test
  func `a short form that stands in brackets behind the long one is the same speaker`() throws {
    let transcript = try readTranscript(
      "**Interviewer (I):** Where?\n\n**Respondent (R1):** There.\n\n**I:** When?\n\n"
        + "**R1:** Then.\n\n**I:** Why?\n\n**R1:** So.\n", name: "a.md")
    #expect(cast(transcript) == ["I, interviewer", "R1, participant"])
    #expect(transcript.source.turns.map(\.speakers) == [[0], [1], [0], [1], [0], [1]])
    let mothers = try readTranscript(
      "Ana (Mother): So.\nI: Why?\nMother: I am hers.\nI: Oh.\nAna (Mother): No.\nMother: Yes.\n")
    #expect(mothers.source.speakers.map(\.label) == ["Ana (Mother)", "I", "Mother"])
    let two = try readTranscript("Ana (R): So.\nBen (R): So.\nR: No.\nAna (R): Yes.\nR: No.\n")
    #expect(two.source.speakers.map(\.label).contains("R"))
  }

  @Test
  func `words for the first turns and their letters for all others are the same speakers`() throws {
    let text =
      "Interviewer: Where?\nRespondent: There.\nI: When?\nR: Then.\nI: Why?\nR: So.\n"
    let transcript = try readTranscript(text)
    #expect(cast(transcript) == ["I, interviewer", "R, participant"])
    #expect(
      try findings(text) == ["transcript.label-variant", "transcript.label-variant"])
    #expect(
      try readTranscript(text, [("ignore", "aliases")]).source.speakers.map(\.label)
        == ["Interviewer", "Respondent", "I", "R"])
  }

  @Test
  func `a legend says who the labels are, and nobody speaks in it`() throws {
    let transcript = try readTranscript(
      "Legend:\n  I: SPEAKER_00 (asks)\n  P1: SPEAKER_01 (answers)\n\n"
        + "I: Where?\nP1: There.\nI: Why?\nP1: So.\n")
    #expect(turns(transcript) == ["I: Where?", "P1: There.", "I: Why?", "P1: So."])
  }

  @Test
  func `numbers of lines that are blank count, also below a heading`() throws {
    let transcript = try readTranscript(
      "Interview with Esi\n\n1 [00:01] I: Where?\n2\n3 [00:05] P1: By the sea,\n"
        + "4 in Tema.\n5\n6 [00:15] I: Why?\n7\n8 [00:21] P1: For the fish.\n")
    #expect(
      turns(transcript)
        == ["I: Where?", "P1: By the sea,\nin Tema.", "I: Why?", "P1: For the fish."])
    #expect(transcript.source.turns.map(\.start) == [1000, 5000, 15_000, 21_000])
  }

  @Test
  func `numbers of a list below a heading are words`() throws {
    let list = "What I keep\n1 Bees by the wall\n2 Hens: six\n3 A goat\n4 Ducks: two\n"
    #expect(turns(try readTranscript(list)) == [": " + list.dropLast()])
  }

  // MARK: - Marks around a label

  @Test
  func `signs of quotation before names are no labels within a talk`() throws {
    let mail = "Int: What came?\nTom: A mail.\n>> Ana: Come at six.\n>> Ana: Bring bread.\n"
    let text = mail + "Int: And?\nTom: I went.\n"
    let transcript = try readTranscript(text)
    #expect(transcript.source.speakers.map(\.label) == ["Int", "Tom"])
    #expect(
      turns(transcript)[1] == "Tom: A mail.\n>> Ana: Come at six.\n>> Ana: Bring bread.")
    let captions = ">> MAYOR: Who is for it?\n>> Aye.\n>> MAYOR: Who is not?\n>> No.\n"
    #expect(try readTranscript(captions).source.speakers.isEmpty)
  }

  @Test
  func `a rule above a blank line ends a turn that says nothing`() throws {
    let text =
      "Int:\n-----\n\nThe tape was changed.\n\nInt: So?\nTom: Yes.\nInt: Why?\nTom: Oh.\n"
    #expect(try !turns(readTranscript(text)).contains { $0.contains("Int: The tape") })
  }

  @Test
  func `roles in brackets alone on a line speak the words below`() throws {
    let text =
      "[Speaker 1]\nwhere?\n\n[Speaker 2]\nthere.\n\n[Speaker 1]\nwhy?\n\n[Speaker 2]\nso.\n"
    let transcript = try readTranscript(text)
    #expect(
      turns(transcript)
        == ["Speaker 1: where?", "Speaker 2: there.", "Speaker 1: why?", "Speaker 2: so."])
    let names = text.replacing("Speaker 1", with: "Ruth").replacing("Speaker 2", with: "Tim")
    #expect(try readTranscript(names).source.speakers.isEmpty)
    #expect(
      try readTranscript(names, [("layout", "bracketed")]).source.speakers.map(\.label)
        == ["Ruth", "Tim"])
  }

  @Test(arguments: [">> %: ", "**%** - ", "<u>%:</u>\t", "<strong>%</strong>: "])
  func `marks around a name are part of the label`(_ mark: String) throws {
    let talk = ["Letty", "Rosa", "Letty", "Rosa", "Letty", "Rosa"]
    let text = talk.map { mark.replacing("%", with: $0) + "It was late.\n\n" }.joined()
    let transcript = try readTranscript(text, name: mark.hasPrefix(">") ? "a.txt" : "a.md")
    #expect(turns(transcript) == talk.map { "\($0): It was late." })
  }

  @Test
  func `the end of a tag that labels a speaker is not said`() throws {
    let transcript = try readTranscript(
      "<interviewer> May I film?</interviewer>\n<interviewee> Yes.</interviewee>\n"
        + "<interviewer> And then?</interviewer>\n<interviewee>\nNothing.</interviewee>\n",
      name: "a.md")
    #expect(
      turns(transcript)
        == [
          "interviewer: May I film?", "interviewee: Yes.", "interviewer: And then?",
          "interviewee: Nothing.",
        ])
    let spoken = try readTranscript(
      "<Ana> How does it end?\n<Ben> With </Ana>\n<Ana> So?\n<Ben> Yes.\n", name: "a.md")
    #expect(turns(spoken)[1] == "Ben: With </Ana>")
  }
}
