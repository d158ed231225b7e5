import QDACore
import QDAInterchange
import Testing

/// Labels as hurried typists, courts and recognisers write them.
struct LabelFormTests {
  @Test
  func `labels without a space after the colon are labels where most are so`() throws {
    let talk = try readTranscript(
      "Student:Yes.\n\nInstructor (Jerry Hill):Good. And then?\n\nStudent:It stops.\n\n"
        + "Instructor (Jerry Hill):Why?\n\nStudent:There is no work.\n")
    #expect(talk.source.turns.count == 5)
    #expect(turns(talk)[1] == "Instructor (Jerry Hill): Good. And then?")
    let names = try readTranscript(
      "Christian Sheer:Where?\nMargaret Thorn:In Ohio.\nChristian Sheer:When?\nMargaret Thorn:In 1950.\n"
    )
    #expect(cast(names).map { $0.prefix { $0 != "," } } == ["Christian Sheer", "Margaret Thorn"])
  }

  @Test
  func `a name given by the caller is a label without a space after its colon`() throws {
    let transcript = try readTranscript(
      "Bartholomew Green:Where?\nAnna: There.\nAnna: And here.\nBartholomew Green:Well.\n",
      [("speakers", "Bartholomew Green, Anna")])
    #expect(transcript.source.turns.count == 4)
  }

  @Test
  func `a scheme and a path before a colon are no labels`() throws {
    let transcript = try readTranscript(
      "I: Where is it?\nP: Here:\nhttps://example.org/a\nI: And?\nP: There.\nmailto:ana@example.org\n"
    )
    #expect(cast(transcript) == ["I, interviewer", "P, participant"])
  }

  @Test(arguments: [".", ".  ", "   ", "    "])
  func `Q and A of a court's record are who asks and who answers`(_ sign: String) throws {
    let space = sign == "." ? ". " : sign
    let transcript = try readTranscript(
      "Q\(space)Where do you live?\nA\(space)In Riverside.\n\nQ\(space)Since when?\n"
        + "A\(space)For ten years. I moved there\n    with my sister.\n")
    #expect(transcript.source.turns.count == 4)
    #expect(transcript.source.speakers.map(\.role) == [.interviewer, .participant])
    #expect(turns(transcript).last?.hasSuffix("with my sister.") == true)
  }

  @Test
  func `counsel and judge speak in a court's record, however seldom`() throws {
    let transcript = try readTranscript(
      "Q.  The total was four million?\nA.  That is what it shows.\n\nQ.  So it fell short?\n"
        + "A.  It speaks for itself.\n\n    MR. BROWN: Objection.\n    THE COURT: Overruled.\n"
        + "    THE WITNESS: Yes, it did.\nQ.  Did you tell the board?\nA.  In October.\n")
    #expect(
      transcript.source.speakers.map(\.label)
        == ["Q.", "A.", "MR. BROWN", "THE COURT", "THE WITNESS"])
    #expect(transcript.source.turns.count == 9)
  }

  @Test
  func `parts of an outline are no turns`() throws {
    let outline =
      "A. Aims\nThe aims.\nB. Methods\nThe methods.\nQ. Questions\nThe questions.\nA. Annex\nThe annex.\n"
    #expect(try readTranscript(outline).source.speakers.isEmpty)
    let roman =
      "I. Aims\nThe aims.\nA. First\nB. Second\nII. Methods\nThe methods.\nA. First\nB. Second\n"
    #expect(try readTranscript(roman).source.speakers.isEmpty)
  }

  @Test
  func `names in an interview whose lines are cut at a width are speakers`() throws {
    let line = "and then we moved to the other side of the river because of the work there"
    let answer = Array(repeating: line, count: 6).joined(separator: "\n")
    let transcript = try readTranscript(
      String(
        repeating:
          "HAIGH: What happened?\nMOLER: Well, it was late in the year that it began\n\(answer)\nin May.\n",
        count: 4))
    #expect(cast(transcript) == ["HAIGH, unknown", "MOLER, unknown"])
    #expect(transcript.source.turns.count == 8)
  }

  @Test
  func `a label in small letters and one with a capital that take turns are two speakers`() throws {
    let text =
      "Rebecca:\nHello and welcome.\ndana:\nThanks.\nRebecca:\nWhat did you find?\ndana:\nA lot.\n"
      + "Rebecca:\nSuch as?\ndana:\nThat nobody asks.\n"
    #expect(try readTranscript(text).source.speakers.map(\.label) == ["Rebecca", "dana"])
    #expect(try findings(text).contains("transcript.layout-uncertain"))
  }

  @Test
  func `a name in small letters before a cue is a speaker where every cue has a name`() throws {
    let names = ["Mario Hall", "stokes", "Daniel Kay", "stokes", "Dustin", "Mario Hall"]
    let cues = names.enumerated().map { "00:0\($0).000 --> 00:0\($0).900\n\($1): Words \($0).\n" }
    let transcript = try readTranscript(
      "WEBVTT\n\n" + cues.joined(separator: "\n"), name: "a.vtt")
    #expect(
      turns(transcript) == names.enumerated().map { "\($1): Words \($0)." })
  }

  @Test(arguments: ["Gen. Okoro", "Dr. Lee", "St. John", "J. Smith", "Dr. Ana R.", "Ana R."])
  func `a name with a full stop alone on its line is a speaker`(_ name: String) throws {
    let talk = ["Ruth", name, "Ruth", name]
    let timed = try readTranscript(
      talk.enumerated().map { "[00:0\($0):00] \($1)\nWell, \($0).\n" }.joined(separator: "\n"))
    #expect(timed.source.speakers.map(\.label) == ["Ruth", name])
    #expect(timed.source.turns.map(\.speakers) == [[0], [1], [0], [1]])
    #expect(timed.source.turns.map(\.start) == [0, 60_000, 120_000, 180_000])
    let plain = try readTranscript(
      talk.map { "\($0)\nWell, it was so.\n" }.joined(separator: "\n"))
    #expect(plain.source.speakers.map(\.label) == ["Ruth", name])
    let headed = try readTranscript(
      talk.map { "### [00:10] \($0)\nWell, it was so.\n" }.joined(separator: "\n"), name: "a.md")
    #expect(headed.source.speakers.map(\.label) == ["Ruth", name])
  }

  @Test
  func `short answers of a court's record are no names`() throws {
    let transcript = try readTranscript(
      "Q. Were you there?\nA. Yes\nQ. Alone?\nA. No\nQ. With her?\nA. Yes\nQ. Until ten?\nA. No\n")
    #expect(transcript.source.speakers.map(\.label) == ["Q.", "A."])
    #expect(transcript.source.turns.count == 8)
  }

  @Test
  func `a picture before a name is part of the label`() throws {
    let text = "Mod: Where?\n🐟 Esi: At sea.\nMod: With whom?\n🐟 Esi: Alone.\n"
    let transcript = try readTranscript(text)
    #expect(cast(transcript) == ["Mod, interviewer", "🐟 Esi, participant"])
    #expect(turns(transcript)[1] == "🐟 Esi: At sea.")
    #expect(try findings(text, [("speakers", "Esi")]) == [])
    let role = try readTranscript("🎤 Host: Where?\n👩🏽‍🌾 Esi: Here.\n🎤 Host: Why?\n")
    #expect(cast(role) == ["🎤 Host, interviewer", "👩🏽‍🌾 Esi, participant"])
  }

  @Test(arguments: ["Speaker", "PERSON", "Participant"])
  func `the next letter in a row of speakers is one, however seldom`(_ word: String) throws {
    let text = ["A", "B", "A", "C", "B", "A"].map { "\(word) \($0): Well.\n" }.joined()
    let transcript = try readTranscript(text)
    #expect(transcript.source.speakers.map(\.label) == ["\(word) A", "\(word) B", "\(word) C"])
    #expect(transcript.source.turns.map(\.speakers) == [[0], [1], [0], [2], [1], [0]])
  }

  @Test
  func `a rule under a label leaves the words to the speaker`() throws {
    let transcript = try readTranscript(
      "Ana:\n-------\nWhere?\n\nBen:\n-------\nThere.\n\nAna:\n-------\nWhy?\n")
    #expect(turns(transcript) == ["Ana: Where?", "Ben: There.", "Ana: Why?"])
  }
}
