import QDACore
import QDAInterchange
import Testing

/// What lies in the folders of a study beside transcripts, where colons stand and nobody speaks.
struct TextWithoutTalkTests {
  @Test(arguments: [
    "Action: Send the budget\nOwner: Ben\nDue: 10 May\n\nAction: Write a rota\nOwner: Chloe\nDue: 17 May\n",
    "Code: Trust\nDefinition: Staff speak of trust.\nInclude: Confidence in others.\n\n"
      + "Code: Workload\nDefinition: How much there is to do.\nInclude: Caseloads.\n",
    "Context: Where posts are short term\nMechanism: nobody feels responsible\nOutcome: people are lost.\n\n"
      + "Context: Where staff stay\nMechanism: they trust referrals\nOutcome: people are seen.\n",
    "From: Ana <ana@example.org>\nTo: Ben <ben@example.org>\nSubject: Monday\n\nHi Ben,\nin the afternoon?\n\n"
      + "From: Ben <ben@example.org>\nTo: Ana <ana@example.org>\nSubject: Re: Monday\n\nOf course.\n",
    "Q1: Can you tell me about your role?\nProbe: How long have you done it?\nProbe: Who with?\n\n"
      + "Q2: What changed?\nProbe: For whom?\n",
  ])
  func `minutes, codebooks, letters and guides have no speakers`(_ text: String) throws {
    let transcript = try readTranscript(text)
    #expect(transcript.source.speakers.isEmpty)
    #expect(try findings(text).contains("transcript.no-speakers"))
  }

  @Test
  func `labels in one order again and again are doubted`() throws {
    let day = "Vorspeise: Salat\nHauptgang: Linsen mit Nudeln\nNachtisch: Obst\n"
    let text = "Montag\n" + day + "\nMittwoch\n" + day
    let transcript = try readTranscript(text)
    #expect(transcript.layout.confidence == .low)
    #expect(try findings(text).contains("transcript.layout-uncertain"))
  }

  @Test
  func `three who speak as it comes are not doubted`() throws {
    let transcript = try readTranscript(
      "Anna: Morning.\nBen: Morning.\nCarla: Did you see it?\nBen: I did.\nCarla: And?\nAnna: Tell us.\n"
    )
    #expect(transcript.layout.confidence == .high)
    #expect(cast(transcript) == ["Anna, unknown", "Ben, unknown", "Carla, unknown"])
  }

  @Test
  func `a letter that stands once within an answer is taken with a word of doubt`() throws {
    let talk = String(repeating: "I: And then?\nP: We went on.\n", count: 5)
    let aside = talk + "I: Where?\nP: There are three ways in.\nE: the stairs\n"
    #expect(try findings(aside).contains("transcript.label-once"))
    #expect(try !findings(talk).contains("transcript.label-once"))
  }

  @Test
  func `an X before a colon does not make a list a conversation`() throws {
    let transcript = try readTranscript(
      "X: needs a lift\nSoup: lentils\nThe hall is closed.\nX: needs a ramp\nThe kitchen is open.\n"
        + String(repeating: "Nobody is in.\nThe door is shut.\n", count: 4))
    #expect(transcript.source.speakers.isEmpty)
  }
}
