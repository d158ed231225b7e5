import QDACore
import QDAInterchange
import QDATestSupport
import Testing

/// Hard cases that need more than a file and what is in it.
struct TranscriptCaseTests {
  private static let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

  private func word(_ body: String, _ more: [(String, String)] = []) -> [UInt8] {
    let main =
      "<w:document xmlns:w=\"\(Self.space)\""
      + " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
      + "<w:body>\(body)</w:body></w:document>"
    return HandMadeArchive([("word/document.xml", main)] + more).bytes
  }

  private func paragraph(_ text: String) -> String { "<w:p><w:r><w:t>\(text)</w:t></w:r></w:p>" }

  @Test
  func `a Word document without relationships or content types is read`() throws {
    let bytes = word(paragraph("I: How?") + paragraph("P1: So."))
    let reading = try TranscriptReader.read(bytes, name: "a.docx")
    #expect(reading.value.source.turns.count == 2)
    #expect(reading.value.text.string == "I: How?\nP1: So.")
  }

  @Test
  func `what lies in another part of a Word document is not lost in silence`() throws {
    let bytes = word(
      paragraph("I: How?") + "<w:altChunk r:id=\"r1\"/>",
      [("word/chunk.html", "<html><body><p>P1: So.</p></body></html>")])
    let reading = try TranscriptReader.read(bytes, name: "a.docx")
    #expect(reading.diagnostics.contains { $0.id == "docx.altchunk-not-read" })
  }

  @Test
  func `emoji in labels are read and no character is cut`() throws {
    let text = "Zoë 👩🏽‍🔬: Is it on?\nTom 🏴󠁧󠁢󠁳󠁣󠁴󠁿: It is 👍🏽.\nZoë 👩🏽‍🔬: Good 🇮🇪.\nTom 🏴󠁧󠁢󠁳󠁣󠁴󠁿: Aye.\n"
    let transcript = try TranscriptReader.read(Array(text.utf8), name: "a.txt").value
    #expect(transcript.source.speakers.map(\.label) == ["Zoë 👩🏽‍🔬", "Tom 🏴󠁧󠁢󠁳󠁣󠁴󠁿"])
    let words = transcript.source.turns.map { transcript.source.words(of: $0, in: transcript.text) }
    #expect(words == ["Is it on?", "It is 👍🏽.", "Good 🇮🇪.", "Aye."])
    #expect(text.contains(words[1]) && words.joined().count == 28)
  }

  @Test(arguments: [
    " interview 1.txt", "Gespräch mit Frau Müller.txt", "e\u{301}te\u{301}.txt", "面接.txt",
  ])
  func `a file of any name is read and named as it is`(_ name: String) throws {
    let transcript = try TranscriptReader.read(Array("I: a?\nP1: b.\n".utf8), name: name).value
    #expect(transcript.source.name.unicodeScalars.elementsEqual(name.unicodeScalars))
    #expect(transcript.source.turns.count == 2)
  }

  @Test
  func `speakers of one label in two files are two`() throws {
    let one = try TranscriptReader.read(Array("I: a?\nP1: b.\n".utf8), name: "1.txt").value.source
    let other = try TranscriptReader.read(Array("I: c?\nP1: d.\n".utf8), name: "2.txt").value.source
    #expect(one.speakers == other.speakers)
    #expect(one.id != other.id)
    #expect(one.speakers.allSatisfy { $0.person == nil })
  }

  @Test
  func `a chat is refused in each of its layouts`() {
    for chat in [
      "14:02:11\t From Ana : hi\n14:02:19\t From Tom : ho\n",
      "14:02:11 From  Ana  to  Everyone:\n\thi\n14:02:19 From  Tom  to  Everyone:\n\tho\n",
      "14:02:11\tAna:\thi\n14:02:19\tTom:\tho\n",
    ] {
      #expect(throws: ReadingError.self) {
        try TranscriptReader.read(Array(chat.utf8), name: "chat.txt")
      }
    }
  }
}
