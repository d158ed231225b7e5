import QDACore
import QDAInterchange
import Testing

/// Habits of those who make corpora, beyond what the formats' manuals show.
struct CorpusHabitTests {
  private func tei(_ body: String, _ people: String = "") -> String {
    "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><profileDesc><particDesc><listPerson>"
      + people + "</listPerson></particDesc></profileDesc></teiHeader><text><body>" + body
      + "</body></text></TEI>"
  }

  private func said(_ text: String, _ name: String) throws -> [String] {
    turns(try readTranscript(text, name: name))
  }

  @Test
  func `a description stands for the kind of a sound in TEI`() throws {
    let text = tei(
      "<u who=\"#a\">Well! <vocal type=\"shouting\"><desc>Hear, hear!</desc></vocal> So."
        + " <gap reason=\"inaudible\"/> <kinesic type=\"applause\"><desc>Applause</desc><desc>left</desc></kinesic></u>"
    )
    #expect(
      try said(text, "a.xml") == ["a: Well! [Hear, hear!] So. [inaudible] [Applause left]"])
  }

  @Test
  func `stage directions are events and names in a speaker's label may be set off`() throws {
    let text = tei(
      "<sp who=\"#a\"><speaker>ANNA</speaker><stage>rises</stage><p>Who is it?</p></sp>"
        + "<sp><speaker><hi>KARL</hi></speaker><p>I <stage>(softly)</stage> am.</p></sp>",
      "<person xml:id=\"a\"><persName>Anna</persName></person>")
    let transcript = try readTranscript(text, name: "a.xml")
    #expect(turns(transcript) == ["Anna: [rises] Who is it?", "KARL: I (softly) am."])
    #expect(transcript.source.marks.count { $0.kind == .event } == 2)
  }

  @Test
  func `of a choice the corrected, regular and full forms are read`() throws {
    let text = tei(
      "<u who=\"#a\">It <choice><sic>wos</sic><corr>was</corr></choice> <choice><abbr>Mr</abbr><expan>Mister</expan></choice> Hill</u>"
    )
    #expect(try said(text, "a.xml") == ["a: It was Mister Hill"])
  }

  @Test
  func `words that are joined have no space between them`() throws {
    let text = tei(
      "<u who=\"#a\"><w join=\"right\">Hello</w>\n<pc>,</pc>\n<w>wor<lb break=\"no\"/>\nld</w>\n<pc join=\"left\">.</pc></u>"
    )
    #expect(try said(text, "a.xml") == ["a: Hello, world."])
  }

  @Test
  func `a timeline says in which unit its intervals count`() throws {
    let text = tei(
      "<timeline unit=\"ms\" origin=\"#t0\"><when xml:id=\"t0\" absolute=\"00:00:00\"/>"
        + "<when xml:id=\"t1\" interval=\"1500\" since=\"#t0\"/></timeline>"
        + "<u who=\"#a\" start=\"#t0\" end=\"#t1\">Yes</u>")
    #expect(try readTranscript(text, name: "a.xml").source.turns.map(\.end) == [1500])
  }

  @Test
  func `a person of TEI may have the code of CHAT beside the name`() throws {
    let text = tei(
      "<u who=\"CHI\">I did.</u><u who=\"MOT\">You did?</u>",
      "<person role=\"Target_Child\"><altGrp><alt type=\"CHI\"/></altGrp><persName>Lily</persName></person>"
        + "<person role=\"Mother\"><altGrp><alt type=\"MOT\"/></altGrp></person>")
    #expect(
      cast(try readTranscript(text, name: "a.xml")) == ["Lily, participant", "MOT, unknown"])
  }

  @Test
  func `corrected words of FoLiA are read without their originals`() throws {
    let text =
      "<FoLiA xmlns=\"http://ilk.uvt.nl/folia\"><speech><utt speaker=\"Ana\"><w><t>De</t></w><w><correction>"
      + "<new><t>eerste</t></new><original><t>erste</t></original></correction></w><w><t>dag</t></w></utt></speech></FoLiA>"
    #expect(try said(text, "a.xml") == ["Ana: De eerste dag"])
  }

  @Test
  func `a byte order mark wins over what XML declares`() throws {
    let text =
      "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + tei("<u who=\"Zoé\">Déjà vu.</u>")
    let wide = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let marked: [[UInt8]] = [[0xEF, 0xBB, 0xBF] + Array(text.utf8), [0xFF, 0xFE] + wide]
    for bytes in marked {
      #expect(turns(try TranscriptReader.read(bytes, name: "a.xml").value) == ["Zoé: Déjà vu."])
    }
  }

  @Test
  func `under numbers of utterances the first tier with words is the speech in ELAN`() throws {
    let text = """
      <ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="a" TIME_VALUE="0"/>
      <TIME_SLOT TIME_SLOT_ID="b" TIME_VALUE="1500"/><TIME_SLOT TIME_SLOT_ID="c" TIME_VALUE="3000"/>
      </TIME_ORDER><TIER TIER_ID="ref@Ana">
      <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="1" TIME_SLOT_REF1="a" TIME_SLOT_REF2="b"><ANNOTATION_VALUE>KAB_0001</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
      <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="2" TIME_SLOT_REF1="b" TIME_SLOT_REF2="c"><ANNOTATION_VALUE>KAB_0002</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
      <TIER TIER_ID="tx@Ana" PARENT_REF="ref@Ana">
      <ANNOTATION><REF_ANNOTATION ANNOTATION_ID="3" ANNOTATION_REF="1"><ANNOTATION_VALUE>once there was</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>
      <ANNOTATION><REF_ANNOTATION ANNOTATION_ID="4" ANNOTATION_REF="2"><ANNOTATION_VALUE>a king</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER>
      </ANNOTATION_DOCUMENT>
      """
    let transcript = try readTranscript(text, name: "a.eaf")
    #expect(turns(transcript) == ["Ana: once there was", "Ana: a king"])
    #expect(transcript.source.turns.map(\.start) == [0, 1500])
    #expect(transcript.codings.first?.span == transcript.source.turns.first?.ranges.first)
  }

  @Test
  func `a tier of phrases without words hides no words in a TextGrid`() throws {
    let text = """
      File type = "ooTextFile"
      Object class = "TextGrid"
      0 2 <exists> 3
      "IntervalTier" "Ana - words" 0 2 3 0 1 "we" 1 1.5 "dug" 1.5 2 "it"
      "IntervalTier" "Ana - phrases" 0 2 1 0 2 ""
      "IntervalTier" "tonicVowel" 0 2 1 0 2 "a"
      """
    let transcript = try readTranscript(text, name: "a.TextGrid")
    #expect(turns(transcript) == ["Ana: we dug it"])
    #expect(transcript.codings.map(\.tier) == ["tonicVowel"])
  }

  @Test
  func `a file of CHAT without its end is said to be cut off`() throws {
    let whole = "@UTF8\n@Begin\n*INT:\tHow was it?\n*P7:\tWet.\n@End\n"
    #expect(try !findings(whole, name: "a.cha").contains("chat.truncated"))
    #expect(try findings(String(whole.dropLast(8)), name: "a.cha").contains("chat.truncated"))
  }

  @Test
  func `the number of a cue without times is none of the words in SubRip`() throws {
    let text =
      "1\n00:00:01,000 --> 00:00:02,000\nOne\n\n2\nTwo\n\n3\n00:00:03,000 --> 00:00:04,000\nThree\n"
    let transcript = try readTranscript(text, name: "a.srt")
    #expect(transcript.text.string == "One\nTwo\nThree")
    #expect(try findings(text, name: "a.srt").contains("webvtt.untimed-text"))
  }
}
