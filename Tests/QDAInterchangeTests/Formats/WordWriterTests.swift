import Foundation
import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

struct WordWriterTests {
  private let manuscript = Manuscript(
    title: "T",
    blocks: [
      .heading(1, Manuscript.Line([Manuscript.Run("A heading")])),
      .paragraph(
        Manuscript.Line([
          Manuscript.Run("Plain, "), Manuscript.Run("bold", isBold: true),
          Manuscript.Run(" [1]", link: "quote-1"),
        ])), .item(Manuscript.Line([Manuscript.Run("An item")])),
      .table(
        head: [Manuscript.Line([Manuscript.Run("H1")]), Manuscript.Line([Manuscript.Run("H2")])],
        rows: [[[Manuscript.Line([Manuscript.Run("c1")])], []]]),
      .paragraph(Manuscript.Line([Manuscript.Run("<&> \u{1}")], anchor: "quote-1")),
    ])

  @Test
  func `equal manuscripts give equal bytes`() throws {
    try withTemporaryFolder { folder in
      for name in ["a", "b"] { try WordWriter.write(manuscript, to: "\(folder)/\(name).docx") }
      let manager = FileManager.default
      let first = manager.contents(atPath: folder + "/a.docx")
      #expect(first != nil && first == manager.contents(atPath: folder + "/b.docx"))
    }
  }

  @Test(.enabled(if: isInstalled("python3"), "needs python3"))
  func `another parser finds headings, tables and a link that leads to its bookmark`() throws {
    let check = """
      import sys, zipfile, xml.etree.ElementTree as E
      z = zipfile.ZipFile(sys.argv[1])
      assert z.testzip() is None
      for n in z.namelist(): E.fromstring(z.read(n))
      w = '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}'
      d = E.fromstring(z.read('word/document.xml'))
      text = lambda p: ''.join(t.text or '' for t in p.iter(w + 't'))
      print([text(p) for p in d.iter(w + 'p')])
      print(len(list(d.iter(w + 'tbl'))), len(list(d.iter(w + 'tc'))))
      print([h.get(w + 'anchor') for h in d.iter(w + 'hyperlink')]
        == [b.get(w + 'name') for b in d.iter(w + 'bookmarkStart')])
      print([s.get(w + 'val') for s in d.iter(w + 'pStyle')])
      """
    try withTemporaryFolder { folder in
      try WordWriter.write(manuscript, to: folder + "/t.docx")
      let result = try run(["python3", "-c", check, folder + "/t.docx"])
      #expect(
        result.output == """
          ['A heading', 'Plain, bold [1]', 'An item', 'H1', 'H2', 'c1', '', '', '<&> \u{FFFD}']
          1 4
          True
          ['Heading1', 'ListItem', 'Cell', 'Cell', 'Cell']

          """, "\(result.errors)")
    }
  }

  @Test
  func `the library's own reader reads what was written`() throws {
    try withTemporaryFolder { folder in
      try WordWriter.write(manuscript, to: folder + "/t.docx")
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: folder + "/t.docx")))
      let read = try TranscriptReader.read(bytes, name: "t.docx")
      #expect(read.value.text.string.contains("Plain, bold [1]"))
    }
  }
}
