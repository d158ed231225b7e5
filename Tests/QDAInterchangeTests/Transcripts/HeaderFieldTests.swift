import QDACore
import QDAInterchange
import Testing

/// Fields of a header that look like labels, and what the header says of who speaks.
struct HeaderFieldTests {
  private static let talk =
    "Asaro:\n\nWhere were you born?\n\nArkin:\n\nIn New York.\n\n"
    + "Asaro:\n\nAnd then?\n\nArkin:\n\nWe moved.\n"

  @Test(arguments: [0, 1, 3, 5, 12])
  func `fields below an introduction of any length are the header`(_ paragraphs: Int) throws {
    let introduction = (0..<paragraphs).map { "Paragraph \($0) tells of a life in science.\n\n" }
    let fields =
      "INTERVIEWEE: Ronald Arkin\nINTERVIEWER: Peter Asaro\nDATE: 16 September 2014\n"
      + "PLACE: Chicago, IL\n\n"
    let text =
      introduction.joined() + "## Interview\n\n" + fields + "### Early life\n\n" + Self.talk
    let transcript = try readTranscript(text, name: "a.md")
    #expect(
      turns(transcript) == [
        "Asaro: Where were you born?", "Arkin: In New York.", "Asaro: And then?",
        "Arkin: We moved.",
      ])
    #expect(cast(transcript) == ["Asaro, interviewer", "Arkin, participant"])
    #expect(transcript.layout.confidence == .high)
    #expect(
      transcript.source.metadata.map(\.value) == [
        "Ronald Arkin", "Peter Asaro", "16 September 2014", "Chicago, IL",
      ])
  }

  @Test
  func `a name before a colon in an introduction does not speak`() throws {
    let introduction =
      "About him.\n\nHe was born in 1949.\n\nRONALD ARKIN: An Interview Conducted by Peter Asaro\n\n"
      + "It is for research only.\n\nIt may be cited.\n\n"
    let fields = "INTERVIEWER: Peter Asaro\nDATE: 16 September 2014\nPLACE: Chicago, IL\n\n"
    let transcript = try readTranscript(introduction + fields + Self.talk)
    #expect(transcript.source.turns.count == 4)
    #expect(transcript.source.speakers.map(\.label) == ["Asaro", "Arkin"])
  }

  @Test
  func `what somebody tells of dates and places late in a talk stays theirs`() throws {
    let answer = (0..<6).map { "That was in year \($0).\n\n" }.joined()
    let transcript = try readTranscript(
      "# Talk\n\n### Ana\n\n" + answer + "Date: unknown\nPlace: unknown\n\n### Ben\n\nYes.\n\n"
        + "### Ana\n\nNo.\n\n### Ben\n\nSo.\n", name: "a.md")
    #expect(transcript.source.metadata.isEmpty)
    #expect(turns(transcript)[0].hasSuffix("Date: unknown\nPlace: unknown"))
  }

  @Test(arguments: [
    ["Modalidad", "Lugar", "Hora de inicio", "Código del participante", "Seudónimo (opcional)"],
    ["Uhrzeit", "Aufnahmeort", "Kürzel", "Wohnort", "Pseudonym (frei gewählt)"],
    ["Lieu de l'entretien", "Date de l’entretien", "Prénom", "Métier", "Modalité"],
    ["Data", "Local", "Modalidade", "Pseudônimo", "Profissão"],
    ["Luogo", "Durata", "Codice partecipante", "Professione", "Modalità"],
    ["Locatie", "Naam", "Beroep", "Woonplaats", "Pseudoniem (zelf gekozen)"],
    ["Mode of interview", "Job title", "Format", "Position", "Ethnicity"],
  ])
  func `fields of a header are nobody in each language`(_ names: [String]) throws {
    let talk = "**ENTREVISTADOR:** Hm?\n\n**E1:** Hm.\n\n**ENTREVISTADOR:** Hm?\n\n**E1:** Hm.\n"
    let header = names.map { "**\($0):** [por completar]\n\n" }.joined()
    let transcript = try readTranscript("# 1\n\n" + header + "---\n\n" + talk, name: "a.md")
    #expect(transcript.source.speakers.map(\.label) == ["ENTREVISTADOR", "E1"])
    #expect(transcript.source.turns.count == 4)
    #expect(transcript.source.metadata.map(\.name) == names)
  }

  @Test
  func `a name that is a field elsewhere speaks where it recurs`() throws {
    let transcript = try readTranscript(
      "Data: Captain.\nRiker: Mister Data?\nData: I have found it.\nRiker: Well.\n")
    #expect(transcript.source.speakers.map(\.label) == ["Data", "Riker"])
  }

  @Test(arguments: [
    "Interviewee: Bernoulli\n\n", "# Info\nInterviewee: Bernoulli\n\n",
    "# Info\nInterviewee: Anna Bernoulli\n\n",
    "- **Interviewee:** Bernoulli (an engineer; of ten years)\n- **Duration:** 50 minutes\n\n",
  ])
  func `one who is named in a header and never labelled is a field`(_ header: String) throws {
    let transcript = try readTranscript(
      header + "I grew up here.\n\nI would not change it.\n", name: "a.md")
    #expect(transcript.source.speakers.isEmpty)
    #expect(transcript.source.metadata.first?.name == "Interviewee")
    let talk = try readTranscript(header + "Jo: How?\nBo: So.\nJo: Why?\nBo: So.\n", name: "a.md")
    #expect(talk.source.speakers.map(\.label) == ["Jo", "Bo"])
  }

  @Test(arguments: [
    "Mr. K.", "Anna B.", "J.", "Tom Smith Jr.", "female, 34 yrs.", "Anonymous.",
  ])
  func `a field may end in a full stop where fields follow it`(_ value: String) throws {
    let talk = "Interviewer: How?\nParticipant: So.\nInterviewer: Why?\nParticipant: Well.\n"
    let header =
      "Talk 12\nParticipant: \(value)\nInterviewer: Beth L.\nDate: 3 May\nPlace: kitchen\n"
    let transcript = try readTranscript(header + "\n" + talk)
    #expect(
      turns(transcript) == [
        "Interviewer: How?", "Participant: So.", "Interviewer: Why?", "Participant: Well.",
      ])
    #expect(transcript.source.metadata.map(\.value) == [value, "Beth L.", "3 May", "kitchen"])
  }

  @Test
  func `a sentence above a field is said, and a value may stand below its field`() throws {
    let said = "Mod: Today is the third of May and we are in Room B."
    let transcript = try readTranscript(
      "\(said)\nDuration: 60 minutes\n\nLisa: Hello.\nMod: Well?\nLisa: Yes.\nMod: So?\nLisa: No.\n"
    )
    #expect(turns(transcript)[0].hasPrefix(said))
    let below = try readTranscript(
      "**Contexto:**\nA talk about work.\n\n---\n\nAna: How?\nBen: So.\nAna: Why?\nBen: Oh.\n",
      name: "a.md")
    #expect(
      below.source.metadata == [MetadataField(name: "Contexto", value: "A talk about work.")])
    #expect(below.source.turns.count == 4)
  }

  @Test
  func `fields are known without accents, with hyphens and all in bold`() throws {
    let talk = "**Ana:** How?\n\n**Ben:** So.\n\n**Ana:** Why?\n\n**Ben:** Well.\n"
    let header =
      "**Titulo:** Memories\n\n**Interview-Nr.:** 4\n\n**Datum: 25.05.2022 - 14:00 Uhr**\n\n"
      + "**Entrevistadora:** Carla Motta <br>\n**Localização:** Braga\n\n"
    let transcript = try readTranscript(header + talk, name: "a.md")
    #expect(transcript.source.speakers.map(\.label) == ["Ana", "Ben"])
    #expect(
      transcript.source.metadata == [
        MetadataField(name: "Titulo", value: "Memories"),
        MetadataField(name: "Interview-Nr.", value: "4"),
        MetadataField(name: "Datum", value: "25.05.2022 - 14:00 Uhr"),
        MetadataField(name: "Entrevistadora", value: "Carla Motta"),
        MetadataField(name: "Localização", value: "Braga"),
      ])
  }

  @Test
  func `a word that is said by one of two is no field`() throws {
    let transcript = try readTranscript("Interviewer: Ready\n\nInterviewee: Always ready, yes.\n")
    #expect(turns(transcript) == ["Interviewer: Ready", "Interviewee: Always ready, yes."])
  }

  @Test
  func `kinds of questions and times that somebody is free are no speakers`() throws {
    let slots = (1...3).map {
      "Interviewer \($0): John Smith\nTimezone: EST\nAvailable: Monday\n\n"
    }
    #expect(
      try !readTranscript(slots.joined()).source.speakers.map(\.label).contains("Available"))
    let tasks = String(
      repeating: "**Conceptual Question:**\n\nWhat is it?\n\n**Coding Question:**\n\nWrite it.\n\n",
      count: 3)
    #expect(try readTranscript(tasks, name: "a.md").source.speakers.isEmpty)
  }
}
