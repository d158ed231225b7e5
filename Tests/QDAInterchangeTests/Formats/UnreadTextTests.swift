import QDACore
import QDAInterchange
import QDATestSupport
import Testing

/// Formats that would be taken for talk and are refused, whatever their names say.
struct UnreadTextTests {
  private func error(_ bytes: [UInt8], _ name: String) -> ReadingError? {
    #expect(throws: ReadingError.self) { try TranscriptReader.read(bytes, name: name) }
  }

  @Test(arguments: [
    (
      "[Script Info]\nScriptType: v4.00+\n\n[Events]\nFormat: Layer, Start, Text\n"
        + "Dialogue: 0,0:00:01.00,Ana: Hello.\nDialogue: 0,0:00:02.00,Ben: Hi.\n",
      "SubStation Alpha (ASS, SSA)"
    ),
    ("\n<SAMI><BODY>\n<SYNC Start=1301><P>MAN: Hello.\n</BODY></SAMI>\n", "SAMI captions (SMI)"),
    (
      "<tt xmlns=\"http://www.w3.org/ns/ttml\"><body><p begin=\"1s\">Hi.</p></body></tt>",
      "Timed Text (TTML)"
    ),
    ("<?xml version=\"1.0\"?>\n<!-- x -->\n<tt:tt xmlns:tt=\"x\"/>", "Timed Text (TTML)"),
    ("Scenarist_SCC V1.0\n\n00:00:01:00\t9420 942f\n", "Scenarist captions (SCC)"),
    ("00:00:00:01\t9420 10d0 97a2\n\n00:00:03;00\t942c 942c\n", "Scenarist captions (SCC)"),
    ("{230}{307}( clock )\n{371}{425}MAN:|When?\n", "MicroDVD"),
    ("{230}{307}( clock )\n{}{425}MAN:|When?\n", "MicroDVD"),
    (";; a comment\ns1 1 ana 0.50 2.10 <o,f0> so it began\n", "NIST segments (STM)"),
    ("s1 1 0.50 0.20 so 0.99\ns1 1 0.70 0.20 it 0.98\n", "NIST words (CTM)"),
    ("SPEAKER s1 1 0.50 1.60 <NA> <NA> ana <NA> <NA>\n", "NIST speaker times (RTTM)"),
    ("[ti:A talk]\n[length:00:12]\n[00:00.50]So?\n[00:02.10]Well.\n", "lyrics (LRC)"),
  ])
  func `subtitles without a reader are refused by name`(_ text: String, _ format: String) throws {
    for name in ["a.txt", "a.srt", "a"] {
      guard case .noReader(name, format, let advice) = error(Array(text.utf8), name) else {
        Issue.record("not refused as \(format)")
        return
      }
      #expect(advice == "export SubRip (.srt) or WebVTT (.vtt) from the program that made it")
    }
  }

  @Test
  func `subtitles of the European Broadcasting Union are refused by name`() throws {
    let bytes = Array("850STL25.01".utf8) + [UInt8](repeating: 0, count: 1100)
    guard case .noReader(_, "EBU subtitles (STL)", _) = error(bytes, "a.stl") else {
      Issue.record("not refused as STL")
      return
    }
  }

  @Test(arguments: [
    "{laughs} Ana: Hello.\nBen: Hi.\nAna: So?\nBen: Well.\n",
    "[Tina] Hello.\n[Ben] Hi.\n[Tina] So?\n[Ben] Well.\n",
    "[ti:me] Ana: Hello.\nBen: Hi.\nAna: So?\nBen: Well.\n",
    "Group 1 Ana 2.50 3 euros we paid\nGroup: yes\n",
    "<Ana> Hello.\n<Ben> Hi.\n<Ana> So?\n<Ben> Well.\n",
    "SPEAKER 1: We paid 0.50 and 1.60 for it and then we left.\nSPEAKER 2: Yes.\n",
  ])
  func `talk that begins alike is read`(_ text: String) throws {
    #expect(try readTranscript(text).source.rendition.reader == "plain-text")
  }

  @Test
  func `a person may have such a file read as plain text`() throws {
    let text = "{1}{2}Hello.\n{3}{4}Hi.\n"
    #expect(try readTranscript(text, [("format", "plain-text")]).text.string == text)
  }

  // MARK: - Containers

  private func utf16(_ text: String) -> [UInt8] {
    text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), 0] as [UInt8] }
  }

  /// A container of Office before 2007 with the names of its streams, and a text.
  private func container(_ streams: [String], text: String = "") -> [UInt8] {
    var bytes: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    bytes += [UInt8](repeating: 0, count: 504)
    for name in ["Root Entry"] + streams {
      var entry = utf16(name)
      entry += [UInt8](repeating: 0, count: 128 - entry.count)
      // The length counts the two bytes after the name.
      entry[64] = UInt8(name.utf16.count * 2 + 2)
      bytes += entry
    }
    return bytes + utf16(text) + [UInt8](repeating: 0, count: 256)
  }

  @Test(arguments: [
    ("WordDocument", "Word 97–2003 (DOC)"), ("Workbook", "Excel 97–2003 (XLS)"),
    ("PowerPoint Document", "PowerPoint 97–2003 (PPT)"),
  ])
  func `an old document is named for what it is, whatever its name promises`(
    _ stream: String, _ format: String
  ) throws {
    for name in ["a.docx", "a.xlsx", "a.doc", "a"] {
      let bytes = container([stream], text: "the word EncryptedPackage")
      guard case .noReader(name, format, _) = error(bytes, name) else {
        Issue.record("\(name) is not refused as \(format)")
        return
      }
    }
  }

  @Test(arguments: ["a.docx", "a.doc", "a"])
  func `an encrypted document is called encrypted`(_ name: String) {
    let bytes = container(["EncryptionInfo", "EncryptedPackage"])
    #expect(error(bytes, name) == .encrypted(file: name))
  }

  @Test
  func `a note says where a container is not what its name promises`() throws {
    let word = try bytes(of: fixture("BadInput/word.vtt"))
    for (name, count) in [("a.docx", 0), ("a.odt", 1), ("a.html", 1), ("a.zip", 0)] {
      let reading = try TranscriptReader.read(word, name: name)
      #expect(reading.value.source.rendition.reader == "docx")
      #expect(reading.diagnostics.count { $0.id == "format.by-content" } == count)
    }
  }

  // MARK: - XML

  @Test
  func `TEI is known behind a long comment and by any prefix`() throws {
    let licence = String(repeating: "This may be copied by everybody. ", count: 100)
    let text = """
      <?xml version="1.0"?>
      <!-- \(licence) -->
      <t:TEI xmlns:t="http://www.tei-c.org/ns/1.0"><t:text><t:body>
      <t:u who="A">Hello.</t:u><t:u who="B">Hi.</t:u></t:body></t:text></t:TEI>
      """
    #expect(try turns(readTranscript(text, name: "a.xml")) == ["A: Hello.", "B: Hi."])
  }

  @Test
  func `an entity that another file declares is refused as one`() throws {
    let text = """
      <?xml version="1.0"?>
      <!DOCTYPE TEI SYSTEM "x.dtd">
      <TEI><text><body><u who="A">caf&eacute;</u></body></text></TEI>
      """
    guard case .malformed("a.xml", 3, _, let reason) = error(Array(text.utf8), "a.xml") else {
      Issue.record("not refused at its line")
      return
    }
    #expect(reason.contains("'&eacute;'"))
    #expect(reason.contains("write the character itself"))
  }

  @Test
  func `turns of nobody are counted where there are several`() throws {
    let text = "<TEI><text><body><u>Hello.</u><u>Hi.</u></body></text></TEI>"
    let reading = try TranscriptReader.read(Array(text.utf8), name: "a.xml")
    #expect(
      reading.diagnostics.first { $0.id == "transcript.no-speakers" }?.summary
        == "no speaker is named; all 2 turns are of nobody known")
  }
}
