import QDACore
import QDAInterchange
import Testing

/// Who is a speaker, and which part each plays, where the labels alone do not say it.
struct SpeakerEvidenceTests {
  private static let talk = "I: How did it go?\nP: So so.\nI: Why?\nP: Because.\n"

  // MARK: - Header fields

  @Test(arguments: [
    "Interviewer: Dr. Jane Smith, PhD\nDate: 3 May\n",
    "Interviewer: Jane Smith and Tom Hill (notes)\nDate: 3 May 2024\n",
    "Interviewer: J.S.\nParticipant: P3\nDate: 3 May\n", "Interviewer: jsmith\nDate: 3 May\n",
    "Moderator: Jane Smith, assisted by Tom Hill\nDate: 3 May 2024\n",
    "Interviewer: Jane Smith\nInterviewee: Participant 3, social worker\nDate: 3 May\n",
    "Researcher: Jane Smith.\nDate: 3 May\n", "Interviewer: Jane Smith, University of Leeds\n",
    "Interviewer: JS\n\nParticipant: P3\n",
    "Interviewee: \"Ben\" (pseudonym)\nSetting: café, noisy\n",
  ])
  func `who asks and who answers in a header is a field`(_ header: String) throws {
    let transcript = try readTranscript(header + "\n" + Self.talk)
    #expect(
      turns(transcript) == ["I: How did it go?", "P: So so.", "I: Why?", "P: Because."])
    #expect(cast(transcript) == ["I, interviewer", "P, participant"])
    #expect(
      transcript.source.metadata.count == header.split(separator: "\n").count)
  }

  @Test
  func `a title does not hide the initials of a name in the header`() throws {
    let transcript = try readTranscript(
      "Interviewer: Dr. Jane Smith, PhD\nDate: 3 May\n\n"
        + "JS: How?\nBo: So.\nJS: Why?\nBo: Because.\n")
    #expect(cast(transcript) == ["JS, interviewer", "Bo, participant"])
  }

  @Test
  func `a field of the header stays one where its label speaks later`() throws {
    let transcript = try readTranscript(
      "Date: 3 May\nInterviewer: Dr. Jane Smith, PhD\nParticipant: P3, nurse\n\n"
        + "Interviewer: How?\nParticipant: So.\nInterviewer: Why?\nParticipant: Work.\n")
    #expect(transcript.source.turns.count == 4)
    #expect(transcript.source.metadata.count == 3)
    let talk = try readTranscript(
      "Date: 3 May\nInterviewer: Thanks for coming.\nParticipant: Sure, no problem.\n"
        + "Interviewer: Well?\nParticipant: So.\n")
    #expect(talk.source.turns.count == 4)
  }

  @Test
  func `an interviewer who speaks only once, at the start, is no field`() throws {
    let transcript = try readTranscript(
      "Moderator: Welcome everybody, thanks for coming.\n\n"
        + "Anna: Hello.\nTom: Hi.\nAnna: Well.\nTom: So.\n")
    #expect(transcript.source.turns.count == 5)
    #expect(transcript.source.metadata.isEmpty)
  }

  @Test(arguments: ["Hello Jane", "Good Morning", "Okay Maria", "Thank You So Much"])
  func `a greeting is said, also where it looks like a name`(_ greeting: String) throws {
    let transcript = try readTranscript(
      "Interviewer: \(greeting)\nParticipant: Hi Tom\n\nInterviewer: How?\nParticipant: So.\n")
    #expect(transcript.source.turns.count == 4)
    #expect(transcript.source.metadata.isEmpty)
  }

  @Test
  func `lines like fields within a talk stay with who says them`() throws {
    let transcript = try readTranscript(
      "Ana: How?\nBen: Well.\nAna: Why?\nBen: I wrote it down.\nProject: a garden.\nContact: nobody.\n"
        + "Ana: And?\nBen: That was it.\n")
    #expect(
      turns(transcript)[3] == "Ben: I wrote it down.\nProject: a garden.\nContact: nobody.")
    #expect(transcript.source.metadata.isEmpty)
  }

  @Test(arguments: [
    ("Mme Dupont", "M. Dupont"), ("Fru Hansen", "Hr. Hansen"),
    ("Mevrouw de Boer", "Meneer de Boer"),
    ("Dott. Rossi", "Dott.ssa Rossi"), ("Sig. Rossi", "Sig.ra Rossi"), ("Dr Shah", "Nurse Shah"),
    ("Pr. Roy", "Mme Roy"),
  ])
  func `two of one surname are two`(_ one: String, _ other: String) throws {
    let talk = "I: How?\n\(one): It rained.\n\(other): It poured.\n"
    let transcript = try readTranscript(talk + talk + talk)
    #expect(transcript.source.speakers.map(\.label) == ["I", one, other])
  }

  @Test
  func `two lines that may be talk are nobody's with little confidence`() throws {
    let two = try readTranscript("Yusuf: Hello there.\nGreta: Hello you.\n")
    #expect(two.source.speakers.isEmpty)
    #expect(two.layout.confidence == .low)
    let essay = "It rained.\n\nNote: it was May.\n\nNobody came.\n\nWe left.\n\nIt was late.\n"
    #expect(try readTranscript(essay).layout.confidence == .high)
  }

  @Test
  func `a word two signs from a short name is another word`() throws {
    let talk = "Interviewer: How?\nMaria: There are several.\n"
    let transcript = try readTranscript(
      talk + "Media: that was the first of them.\n" + talk + talk)
    #expect(transcript.source.speakers.map(\.label) == ["Interviewer", "Maria"])
  }

  // MARK: - Names that the caller gives

  @Test
  func `a label that the caller names counts however it is written`() throws {
    let voices = "Man with hat: Hello.\nthe girl: Hi.\nMan with hat: So.\nthe girl: Yes.\n"
    #expect(try readTranscript(voices).source.speakers.isEmpty)
    let named = try readTranscript(voices, [("speakers", "Man with Hat,the girl")])
    #expect(named.source.speakers.map(\.label) == ["Man with hat", "the girl"])
    #expect(named.source.turns.count == 4)
    let captions = "WEBVTT\n\n00:01.000 --> 00:02.000\nthe girl: Hi.\n"
    let cue = try readTranscript(captions, [("speakers", "the girl")], name: "a.vtt")
    #expect(turns(cue) == ["the girl: Hi."])
  }

  @Test
  func `a name that labels nothing is reported`() throws {
    #expect(try findings(Self.talk, [("speakers", "I,P")]).isEmpty)
    #expect(
      try findings(Self.talk, [("speakers", "I,Ana")]) == ["transcript.speaker-not-found"])
    let cue = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ben>Hi.\n"
    #expect(
      try findings(cue, [("speakers", "Ana")], name: "a.vtt") == ["transcript.speaker-not-found"])
    #expect(try findings(cue, [("speakers", "ben")], name: "a.vtt").isEmpty)
  }

  // MARK: - Labels in small letters

  @Test
  func `labels in small letters speak where else only an interviewer would`() throws {
    let round = "Interviewer: How?\nCommunity health worker: Well.\nNurse manager: Yes.\n"
    let transcript = try readTranscript(String(repeating: round, count: 5))
    #expect(
      cast(transcript) == [
        "Interviewer, interviewer", "Community health worker, participant",
        "Nurse manager, participant",
      ])
    #expect(transcript.source.turns.count == 15)
    #expect(transcript.layout.confidence == .low)
    let small = try readTranscript(String(repeating: "interviewer: how?\nana: well.\n", count: 4))
    #expect(cast(small) == ["interviewer, interviewer", "ana, participant"])
  }

  @Test
  func `a talk that is all in small letters has speakers, who are doubted`() throws {
    let text = String(repeating: "jo: how?\nana: well: yes.\n", count: 4)
    let transcript = try readTranscript(text)
    #expect(transcript.source.turns.map(\.speakers) == [[0], [1], [0], [1], [0], [1], [0], [1]])
    #expect(try findings(text) == ["transcript.layout-uncertain"])
    let list =
      "so: one\nThey came late.\nthen: two\nNobody knew.\nso: three\nIt rained.\nthen: four\nWe left.\nAll of us.\n"
    #expect(try readTranscript(list).source.speakers.isEmpty)
  }

  @Test
  func `a label in small letters that recurs beside others is pointed out`() throws {
    let text = String(
      repeating: "Moderator: How?\nAnna: Well.\nCommunity nurse: Yes.\n", count: 3)
    #expect(try readTranscript(text).source.speakers.count == 2)
    #expect(
      try readTranscript(text).layout.rejected == [LabelCount("Community nurse", 3)])
    #expect(try findings(text) == ["transcript.label-not-taken"])
  }

  @Test
  func `a conversation in which only an interviewer is named is doubted`() throws {
    let text = String(repeating: "Interviewer: How?\n\nWell, it was late.\n\n", count: 4)
    let transcript = try readTranscript(text)
    #expect(transcript.layout.confidence == .low)
    #expect(try findings(text) == ["transcript.layout-uncertain"])
  }

  @Test
  func `voices that are not known are speakers who are unknown, groups are collective`() throws {
    let transcript = try readTranscript(
      "Moderator: How?\nAnna: So.\nMale voice: Sorry.\nModerator: Why?\nAnna: Work.\n"
        + "Unidentified male: Hm.\nAll participants: Yes.\n?: No.\nMultiple voices: Bye.\n"
        + "Unknown male speaker: Bye.\n")
    #expect(
      cast(transcript) == [
        "Moderator, interviewer", "Anna, participant", "Male voice, unknown",
        "Unidentified male, unknown", "All participants, collective", "?, unknown",
        "Multiple voices, collective", "Unknown male speaker, unknown",
      ])
  }

  // MARK: - Names

  @Test
  func `a title or a particle does not part the forms of a name`() throws {
    let titled = try readTranscript(
      "Dr. Mary O'Brien: How?\nMr. Jan van der Berg: So.\nDr. O'Brien: Why?\n"
        + "Mr. van der Berg: Work.\nO'Brien: And?\nMr. Berg: No.\nMary O'Brien: Well?\n"
        + "Mr van der Berg: Yes.\nDr. O'Brien: So?\nMr. van der Berg: No.\n")
    #expect(titled.source.turns.map(\.speakers) == (0..<10).map { [$0 % 2] })
    #expect(titled.source.speakers.map(\.label) == ["Dr. O'Brien", "Mr. van der Berg"])
    let loud = try readTranscript(
      "MARY O'BRIEN: How?\nJAN VAN DER BERG: So.\nO'BRIEN: Why?\nVAN DER BERG: Work.\n"
        + "O'BRIEN: And?\nVAN DER BERG: No.\n")
    #expect(loud.source.turns.map(\.speakers) == [[0], [1], [0], [1], [0], [1]])
  }

  @Test
  func `two of one surname with two titles are two`() throws {
    let text = "Mr. Berg: How?\nMrs. Berg: So.\nMr. Berg: Why?\nMrs. Berg: Work.\n"
    #expect(try readTranscript(text).source.speakers.count == 2)
    #expect(try readTranscript("Jan Berg: One.\n" + text).source.speakers.count == 3)
  }

  @Test
  func `a joint label names two although one speaks nowhere else`() throws {
    let transcript = try readTranscript(
      "Moderator: How?\nAnna: So.\nModerator: Why?\nAnna: Work.\nAnna and Tom: Yes.\n"
        + "Anna/Tom: Bye.\n")
    #expect(transcript.source.speakers.map(\.label) == ["Moderator", "Anna", "Tom"])
    #expect(transcript.source.turns.map(\.speakers).suffix(2) == [[1, 2], [1, 2]])
  }

  // MARK: - Slips

  @Test
  func `a slip in an interviewer's label asks, too, and is pointed out despite its number`() throws
  {
    let pair = "Interviewer 1: How?\nRespondent: So.\n"
    let text = String(repeating: pair, count: 6) + "Intervewer 1: Why?\nRespondent: Work.\n"
    let transcript = try readTranscript(text)
    #expect(
      cast(transcript) == [
        "Interviewer 1, interviewer", "Respondent, participant", "Intervewer 1, interviewer",
      ])
    #expect(try findings(text) == ["transcript.label-similar"])
    let numbered = String(repeating: "P10: How?\nP12: So.\n", count: 6) + "P11: Why?\n"
    #expect(try findings(numbered).isEmpty)
  }

  @Test
  func `a name without an accent is a slip, however seldom both occur`() throws {
    let text = "María José: Uno.\nAna: Dos.\nMaría José: Tres.\nAna: Cuatro.\nMaria José: Cinco.\n"
    #expect(
      try readTranscript(text).source.speakers.map(\.label) == ["María José", "Ana", "Maria José"])
    #expect(try findings(text) == ["transcript.label-similar"])
  }

  @Test
  func `one full name with two titles is pointed out, however seldom both occur`() throws {
    let text =
      "Trace Mayer: Can they?\nMr. Adam Back: Yes.\nTrace Mayer: How?\nDr. Adam Back: So.\n"
      + "Trace Mayer: And?\nDr. Adam Back: It rained.\n"
    let reading = try TranscriptReader.read(
      Array(text.utf8), name: "a.txt", options: TranscriptOptions())
    #expect(reading.value.source.speakers.count == 3)
    let similar = reading.diagnostics.filter { $0.id == "transcript.label-similar" }
    #expect(
      similar.map(\.summary) == ["the label 'Mr. Adam Back' may be a slip for 'Dr. Adam Back'"])
    #expect(try findings(text.replacing("Mr. Adam", with: "Mr. Jo")).isEmpty)
  }

  @Test
  func `who answers one question with another is no interviewer`() throws {
    let transcript = try readTranscript(
      "Participant 1: Is there anything on it?\nJustin Reock: Is there research? Yes, there is.\n")
    #expect(cast(transcript) == ["Participant 1, participant", "Justin Reock, unknown"])
    let talk = try readTranscript(
      "Justin Reock: What is it?\nParticipant 1: A cake.\nJustin Reock: And that?\n"
        + "Participant 1: A bun.\n")
    #expect(cast(talk) == ["Justin Reock, interviewer", "Participant 1, participant"])
  }

  @Test
  func `a letter has the part of the role word that it begins`() throws {
    let transcript = try readTranscript(
      "Entrevistadora: ¿Cómo?\nAna: Así.\nEntrevistadora: ¿Y?\nAna: No.\nE: ¿Perdón?\n")
    #expect(
      cast(transcript) == ["Entrevistadora, interviewer", "Ana, participant", "E, interviewer"])
  }

  // MARK: - Slips, forms and records

  @Test
  func `a slip in a role word of a short interview is a speaker and pointed out`() throws {
    let text =
      "Interviewer: Where?\nEsi: There.\nIntervewer: When?\nEsi: Then.\nInterviewer: Why?\nEsi: So.\n"
    let transcript = try readTranscript(text)
    #expect(
      cast(transcript) == [
        "Interviewer, interviewer", "Esi, participant", "Intervewer, interviewer",
      ])
    #expect(try findings(text) == ["transcript.label-similar"])
    let both = text.replacing("Esi:", with: "Interviewee:").replacing(
      "Intervewer", with: "Interviewer")
    #expect(try findings(both) == [])
  }

  @Test(arguments: ["________", "\\_\\_\\_\\_ <br>", "................"])
  func `the blanks of a form are nobody's`(_ blank: String) throws {
    let form = "Consent\n\nResearcher: \(blank)\nParticipant: \(blank)\nInterviewer: \(blank)\n"
    #expect(try readTranscript(form, name: "a.md").source.speakers.isEmpty)
    let silent = try readTranscript("Ana: Why?\nBen: ...\nAna: And now?\n")
    #expect(silent.source.speakers.map(\.label) == ["Ana", "Ben"])
    let removed = try readTranscript("Int: Who?\nBen: ______\nInt: And now?\nBen: ..........\n")
    #expect(turns(removed) == ["Int: Who?", "Ben: ______", "Int: And now?", "Ben: .........."])
  }

  @Test
  func `records in bold are doubted, and three who speak in bold are not`() throws {
    let record = "**Reply**: \"Never.\"\n\n**Mood**: calm\n\n**Weather**: rain\n\n"
    #expect(
      try findings(record + record + record, name: "a.md") == ["transcript.layout-uncertain"])
    let names = ["Eli", "Sia", "Eli", "Bo", "Eli", "Sia", "Eli", "Bo", "Eli"]
    #expect(
      try findings(names.map { "**\($0):** Well.\n\n" }.joined(), name: "a.md") == [])
  }
}
