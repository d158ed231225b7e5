import QDACore
import QDAInterchange
import QDATestSupport
import Testing

struct BadInputTests {
  private func error(_ name: String, as shown: String? = nil) throws -> ReadingError? {
    let content = try bytes(of: fixture("BadInput/\(name)"))
    return #expect(throws: ReadingError.self) {
      try TranscriptReader.read(content, name: shown ?? name)
    }
  }

  @Test(arguments: [
    ("ole.doc", "Word 97–2003 (DOC)"), ("bare.xml", "XML"), ("chat.txt", "Zoom chat"),
    ("archive.mhtml", "web archive (MHTML)"),
  ])
  func `a known format without a reader is refused by name, with advice`(
    _ file: String, _ format: String
  ) throws {
    guard case .noReader(file, format, let advice) = try error(file) else {
      Issue.record("not refused as \(format)")
      return
    }
    #expect(!advice.isEmpty)
  }

  @Test
  func `the content decides even where the name says otherwise`() throws {
    #expect(try error("word.vtt") == .looksLike(file: "word.vtt", format: "docx"))
    #expect(try error("word.vtt", as: "a.txt") == .looksLike(file: "a.txt", format: "docx"))
    for (file, format) in [
      ("subtitles.srt", "srt"), ("rich-text.doc", "rtf"), ("page.html", "html"),
    ] {
      let content = try bytes(of: fixture("BadInput/\(file)"))
      let reading = try TranscriptReader.read(content, name: "a.txt")
      #expect(reading.value.source.rendition.reader == format)
      #expect(reading.diagnostics.contains { $0.id == "format.by-content" })
    }
  }

  @Test
  func `a Word document without a name's ending is read as one`() throws {
    let content = try bytes(of: fixture("BadInput/word.vtt"))
    let transcript = try TranscriptReader.read(content, name: "interview").value
    #expect(transcript.source.rendition.reader == "docx")
    #expect(transcript.source.turns.count == 2)
  }

  @Test
  func `what is not text says what it is`() throws {
    #expect(
      try error("picture.txt") == .notText(file: "picture.txt", reason: "it is a PNG picture"))
    guard case .notText("noise.txt", _) = try error("noise.txt") else {
      Issue.record("noise was taken for text")
      return
    }
  }

  @Test
  func `a broken, encrypted or dangerous document has its own error`() throws {
    #expect(
      try error("no-main-part.docx")
        == .missingPart(file: "no-main-part.docx", part: "word/document.xml"))
    #expect(
      try error("document-type.docx")
        == .dtdNotAllowed(file: "document-type.docx", part: "word/document.xml"))
    #expect(try error("ole.docx") == .encrypted(file: "ole.docx"))
    guard case .corruptArchive("cut-off.docx", _) = try error("cut-off.docx") else {
      Issue.record("a document that is cut off was read")
      return
    }
    guard case .corruptArchive("wrong-checksum.docx", _) = try error("wrong-checksum.docx") else {
      Issue.record("a document that was changed on the way was read")
      return
    }
    guard case .noReader("slides.pptx", "PowerPoint (PPTX)", _) = try error("slides.pptx") else {
      Issue.record("slides were read as a document")
      return
    }
  }

  @Test
  func `a part that grows without measure or nests without end is refused`() throws {
    // 8 MiB of spaces in 8 kB: the limit is 200 times the compressed size, or 1 MiB if that is more.
    guard case .tooLarge("bomb.docx", "word/document.xml", let limit) = try error("bomb.docx")
    else {
      Issue.record("the bomb went off")
      return
    }
    #expect(limit < 8 << 20)
    guard case .malformed("deep.docx", _, _, _) = try error("deep.docx") else {
      Issue.record("elements nested 4,000 deep were read")
      return
    }
    guard
      case .malformed("not-well-formed.docx", 1, let column, _) = try error("not-well-formed.docx")
    else {
      Issue.record("broken XML was read")
      return
    }
    #expect(column > 1)
  }

  @Test
  func `of two entries with one name the first is read, and names that lead outside are refused`()
    throws
  {
    let content = try bytes(of: fixture("BadInput/odd-names.docx"))
    let reading = try TranscriptReader.read(content, name: "odd-names.docx")
    #expect(reading.value.text.string == "I: a?\nP1: b.")
    #expect(
      reading.diagnostics.map(\.id) == ["archive.name-repeated", "archive.name-refused"])
  }

  @Test
  func `every format without a reader says what to do instead`() {
    for format in Format.all where !format.reads { #expect(!format.advice.isEmpty, "\(format.id)") }
    #expect(Set(Format.all.map(\.id)).count == Format.all.count)
    #expect(Format.named("docx") == Format.docx)
    #expect(Format.promised(byName: "A.B.TXT") == Format.plainText)
    #expect(Format.promised(byName: "README") == nil)
  }

  @Test
  func `a file that is not there has its own error`() throws {
    let path = fixture("BadInput/no-such-file.txt")
    #expect(throws: ReadingError.unreadable(file: path, reason: "there is no such file")) {
      try FileReading.bytes(ofFile: path)
    }
    #expect(throws: ReadingError.unreadable(file: fixture("BadInput"), reason: "it is a folder")) {
      try FileReading.bytes(ofFile: fixture("BadInput"))
    }
  }
}
