import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

/// What stands between turns in documents and printed pages, and what only looks as if it did.
struct PageAndHeadingTests {
  // MARK: - Headings

  private static let html =
    "<p>I: How did it start?</p><p>P1: With a letter.</p><h2>First contact</h2><p>I: And then?</p><p>P1: She came.</p>"
  private static let rtf =
    "{\\rtf1\\ansi{\\stylesheet{\\s0 Normal;}{\\s2 heading 2;}}\\pard\\s0 I: How did it start?\\par P1: With a letter.\\par"
    + "\\pard\\s2 First contact\\par\\pard\\s0 I: And then?\\par P1: She came.\\par}"
  private static let outline =
    "{\\rtf1\\ansi\\pard I: How did it start?\\par P1: With a letter.\\par"
    + "\\pard\\outlinelevel1 First contact\\par\\pard I: And then?\\par P1: She came.\\par}"
  private static let odt = """
    <office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" \
    xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:mimetype="application/vnd.oasis.opendocument.text">
    <office:body><office:text><text:p>I: How did it start?</text:p><text:p>P1: With a letter.</text:p>
    <text:h text:outline-level="2">First contact</text:h><text:p>I: And then?</text:p><text:p>P1: She came.</text:p>
    </office:text></office:body></office:document>
    """

  private static func word(_ properties: String) -> [UInt8] {
    func paragraph(_ text: String, _ properties: String = "") -> String {
      "<w:p>\(properties)<w:r><w:t>\(text)</w:t></w:r></w:p>"
    }
    let body =
      paragraph("I: How did it start?") + paragraph("P1: With a letter.")
      + paragraph("First contact", "<w:pPr>\(properties)</w:pPr>")
      + paragraph("I: And then?") + paragraph("P1: She came.")
    let main =
      "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"
      + body + "</w:body></w:document>"
    return HandMadeArchive([("word/document.xml", main)]).bytes
  }

  @Test(
    arguments: [
      ("a.html", Array(html.utf8)), ("a.rtf", Array(rtf.utf8)), ("b.rtf", Array(outline.utf8)),
      ("a.fodt", Array(odt.utf8)), ("a.docx", word("<w:pStyle w:val=\"Heading2\"/>")),
      ("b.docx", word("<w:pStyle w:val=\"berschrift2\"/>")),
      ("c.docx", word("<w:outlineLvl w:val=\"1\"/>")),
    ] as [(String, [UInt8])])
  func `a heading of a document is nobody's words`(_ name: String, _ bytes: [UInt8]) throws {
    let transcript = try TranscriptReader.read(bytes, name: name).value
    #expect(
      turns(transcript) == [
        "I: How did it start?", "P1: With a letter.", "I: And then?", "P1: She came.",
      ])
    #expect(transcript.source.marks.contains { $0.kind == .heading })
  }

  @Test
  func `a name set as a heading is a label`() throws {
    let html =
      "<h3>Ana Ruiz  0:05</h3><p>How was it?</p><h3>Tom Reed  0:11</h3><p>Good.</p>"
      + "<h3>Ana Ruiz  0:20</h3><p>And then?</p>"
    #expect(
      turns(try readTranscript(html, name: "a.html"))
        == ["Ana Ruiz: How was it?", "Tom Reed: Good.", "Ana Ruiz: And then?"])
  }

  // MARK: - Pages

  private func pages(_ edge: (Int) -> String, foot: (Int) -> String = { "Page \($0)" }) -> String {
    (1...3).map { page in
      edge(page) + "How was it on day \(page)?\n\nP1:\nGood on day \(page).\n\nI:\nWhy \(page)?\n\n"
        + "P1:\nBecause \(page).\n\n" + foot(page) + "\n"
    }.joined(separator: "\u{C}")
  }

  @Test
  func `a label at the top of each page is no running title`() throws {
    let transcript = try readTranscript(pages { _ in "I:\n" })
    #expect(transcript.source.turns.count == 12)
    let titled = try readTranscript(pages { _ in "Interview of 3 May\n\nI:\n" })
    #expect(titled.source.turns.count == 12)
    #expect(titled.source.marks.contains { $0.kind == .furniture })
  }

  @Test
  func `a short answer at the foot of three pages is an answer`() throws {
    let page =
      "I: How was it?\nP1: Good, on the whole.\nI: And the food?\nP1: Fine.\nI: Did you go again?\nP1: Mm-hmm.\n"
    let transcript = try readTranscript([page, page, page].joined(separator: "\u{C}"))
    #expect(transcript.source.turns.count == 18)
  }

  // MARK: - Lines cut at a width

  @Test
  func `a label that stands elsewhere begins a turn after a line that ends in a dash`() throws {
    let transcript = try readTranscript(
      "Interviewer: So when you first went there with your sister,\nin the spring of that year, was there at any time a—\n"
        + "P2: When was there not? They came every day of the week,\nand every day somebody asked me where I had come from.\n"
        + "Interviewer: And did you say anything to those people who\nasked you, or did you rather go away again at once?\n"
        + "P2: I said what there was to say, and then I went home.\n")
    #expect(transcript.source.turns.count == 4)
  }
}
