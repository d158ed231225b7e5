import Foundation
import QDA
import QDATestSupport
import Testing

/// One interview as programs write it: what they count, where they put it, and what they leave out.
@Suite struct VendorHabitTests {
  /// Two characters outside the basic plane, an accent, and lines.
  static let text = """
    I: How did it go 😀 at the start?
    P7: Honestly 🙂 the link worker rang me twice.
    I: And then?
    P7: Then I trusted her, café and all.

    """
  static let quotes = ["the link worker rang me twice", "Then I trusted her", "café and all"]

  /// A way of writing positions.
  struct Habit: Sendable, CustomTestStringConvertible {
    var origin: String
    var unit = PositionConvention.Unit.scalars
    var lineEnd = "\n"
    /// What a line end counts.
    var width = 1
    var folder = "sources"
    var inner = "project.qde"
    var hasMark = false
    var isNamed = false

    var testDescription: String { "\(origin) \(unit.rawValue) \(width)" }

    func count(_ text: Substring) -> Int {
      let units =
        switch unit {
        case .scalars: text.unicodeScalars.count
        case .utf16: text.utf16.count
        case .utf8: text.utf8.count
        }
      return units + (width - 1) * text.utf8.count { $0 == 0x0A }
    }
  }

  static let habits = [
    Habit(
      origin: "NVivo for Windows 12.6", unit: .utf16, lineEnd: "\r\n", width: 2, folder: "Sources",
      hasMark: true),
    Habit(
      origin: "NVivo 14.23.0 (Windows)", unit: .utf16, lineEnd: "\r\n", width: 2,
      folder: "Sources", hasMark: true),
    Habit(origin: "Lumivero NVivo 15", unit: .utf16, lineEnd: "\r\n", width: 2, hasMark: true),
    Habit(origin: "NVivo for Mac 15.0.0", unit: .utf16),
    Habit(origin: "NVivo for Mac 15.0.0"),
    Habit(origin: "ATLAS.ti 8.4.0 573 , macOS", inner: "Project.qde", isNamed: true),
    Habit(origin: "ATLAS.ti Windows 9.1", lineEnd: "\r\n", isNamed: true),
    Habit(
      origin: "ATLAS.ti for Windows 23.2.3", unit: .utf16, lineEnd: "\r\n", inner: "My study.qde",
      isNamed: true),
    Habit(origin: "ATLAS.ti for Windows 22", lineEnd: "\r\n", width: 2, isNamed: true),
    Habit(origin: "ATLAS.ti Web", unit: .utf16, isNamed: true),
    Habit(origin: "MAXQDA 24 (Release 24.7.0)"),
    Habit(origin: "MAXQDA 2022 (Release 22.8.0)", lineEnd: "\r\n", width: 2),
    Habit(origin: "MAXQDA 2022 (Release 22.8.0)", lineEnd: "\r\n"),
    Habit(origin: "MAXQDA 2020 (Release 20.4.1)", unit: .utf16, lineEnd: "\r\n", width: 2),
    Habit(origin: "Quirkos 2.5.3", lineEnd: "\r\n", width: 2, isNamed: true),
    Habit(origin: "QualCoder 3.5"), Habit(origin: ""),
    Habit(origin: "Something new", unit: .utf8, isNamed: true),
  ]

  private func archive(_ habit: Habit) throws -> [UInt8] {
    var selections = ""
    for (index, quote) in Self.quotes.enumerated() {
      let range = try #require(Self.text.range(of: quote))
      let start = habit.count(Self.text[..<range.lowerBound])
      let end = start + habit.count(Self.text[range])
      selections += """
        <PlainTextSelection guid="\(g(100 + index))" name="\(habit.isNamed ? quote : "")" \
        startPosition="\(start)" endPosition="\(end)"><Description />\
        <Coding guid="\(g(200 + index))"><CodeRef targetGUID="\(g(20))"/></Coding></PlainTextSelection>
        """
    }
    let xml = """
      <Project name="x" origin="\(habit.origin)"><CodeBook><Codes><Code guid="\(g(20))" name="Trust"/></Codes></CodeBook>
      <Sources><TextSource guid="\(g(10))" name="P7" plainTextPath="internal://\(g(10).uppercased()).txt">\(selections)</TextSource></Sources></Project>
      """
    let file = (habit.hasMark ? "\u{FEFF}" : "") + Self.text.replacing("\n", with: habit.lineEnd)
    return HandMadeArchive([
      (habit.inner, xml), ("\(habit.folder)/\(g(10)).txt", file), ("\(habit.folder)/.root", ""),
    ]).bytes
  }

  @Test(arguments: habits)
  func `every program's positions give the words that were marked`(_ habit: Habit) throws {
    let reading = try ProjectReader.read(try archive(habit), name: "study.qdpx")
    for (index, quote) in Self.quotes.enumerated() {
      let passage = try #require(reading.value.codings[guid(100 + index) as ID<Passage>])
      #expect(try reading.value.quote(of: passage) == quote)
      #expect(passage.verdict == .unchanged)
    }
    #expect(!reading.diagnostics.contains { $0.id == "refi.positions-unverified" })
  }

  private func read(_ xml: String, _ files: [(String, String)] = []) throws -> Reading<Project> {
    try ProjectReader.read(
      HandMadeArchive([("project.qde", xml)] + files).bytes, name: "study.qdpx")
  }

  @Test
  func `selections in a memo count its line ends as those in a source do`() throws {
    let selection = { (id: Int) in
      "<PlainTextSelection guid=\"\(g(id))\" startPosition=\"10\" endPosition=\"18\"><Coding guid=\"\(g(id + 100))\"><CodeRef targetGUID=\"\(g(20))\"/></Coding></PlainTextSelection>"
    }
    let reading = try read(
      """
      <Project name="x" origin="NVivo 14.23.0 (Windows)"><CodeBook><Codes><Code guid="\(g(20))" name="Trust"/></Codes></CodeBook>
      <Sources><TextSource guid="\(g(10))" name="P7" plainTextPath="internal://P7.txt">\(selection(11))</TextSource></Sources>
      <Notes><Note guid="\(g(60))" name="Memo" plainTextPath="internal://memo.txt">\(selection(61))</Note></Notes></Project>
      """,
      [
        ("sources/P7.txt", "Line one\r\nLine two\r\n"),
        ("sources/memo.txt", "Line one\r\nLine two\r\n"),
      ])
    for id in [11, 61] {
      let passage = try #require(reading.value.codings[guid(id) as ID<Passage>])
      #expect(try reading.value.quote(of: passage) == "Line two")
    }
  }

  @Test
  func `of two files whose names differ in case the one that is named is read`() throws {
    let xml =
      "<Project name=\"x\" origin=\"o\"><Sources><TextSource guid=\"\(g(10))\" name=\"P7\" plainTextPath=\"internal://s.txt\"/></Sources></Project>"
    for files in [["sources/s.txt", "Sources/S.txt"], ["Sources/S.txt", "sources/s.txt"]] {
      let reading = try read(xml, files.map { ($0, $0 == "sources/s.txt" ? "right" : "wrong") })
      #expect(try reading.value.texts.text(of: guid(10)).string == "right")
    }
  }

  @Test
  func `what is said of a box and of its range of text is both kept`() throws {
    let stamp = "creationDateTime=\"2024-01-0"
    let reading = try read(
      """
      <Project name="x" origin="ATLAS.ti 24.1"><Sources><PDFSource guid="\(g(10))" name="Leaflet" path="internal://l.pdf">
      <PDFSelection guid="\(g(11))" page="0" firstX="1" firstY="2" secondX="3" secondY="4" \(stamp)1T00:00:00Z"><Description>on the box</Description></PDFSelection>
      <Representation guid="\(g(12))" plainTextPath="internal://l.txt"><PlainTextSelection guid="\(g(11))" startPosition="0" endPosition="3" \(stamp)2T00:00:00Z"><Description>on the text</Description></PlainTextSelection></Representation>
      </PDFSource></Sources></Project>
      """, [("sources/l.txt", "one two"), ("sources/l.pdf", "%PDF-1.4")])
    let passage = try #require(reading.value.codings[guid(11) as ID<Passage>])
    #expect(passage.description == "on the box\non the text")
    #expect(reading.diagnostics.count { $0.id == "refi.twin-differs" } == 1)
  }

  @Test
  func `a memo at a place of a MAXQDA document is an annotation of that place`() throws {
    let reading = try read(
      """
      <Project name="x" origin="MAXQDA 2022"><Sources>
      <TextSource guid="\(g(10))" name="P7"><PlainTextContent>\(Self.text)</PlainTextContent><NoteRef targetGUID="\(g(40))"/><NoteRef targetGUID="\(g(41))"/></TextSource></Sources>
      <Notes><Note guid="\(g(40))" modifiedDateTime="2021-01-15T23:37:54Z"><PlainTextContent>sure of it</PlainTextContent>
      <PlainTextSelection guid="\(g(11))" startPosition="48" endPosition="77"/></Note>
      <Note guid="\(g(41))"><PlainTextContent>Coded memo, which has codings of its own</PlainTextContent>
      <PlainTextSelection guid="\(g(12))" startPosition="0" endPosition="5"/></Note></Notes></Project>
      """)
    let passage = try #require(reading.value.codings[guid(11) as ID<Passage>])
    #expect(passage.source == guid(10))
    #expect(try reading.value.quote(of: passage) == "the link worker rang me twice")
    let note = try #require(reading.value.notes[guid(40)])
    #expect(note.kind == .annotation && note.body == "sure of it")
    #expect(note.about.contains(.passage(guid(11))))
    #expect(reading.value.sources[guid(40)] == nil)
    #expect(reading.diagnostics.first { $0.id == "refi.note-annotates" }?.count == 1)
    let own = try #require(reading.value.codings[guid(12) as ID<Passage>])
    #expect(try reading.value.quote(of: own) == "Coded")
  }

  @Test
  func `a text that is only there as RTF is read, and one that cannot be read is listed`() throws {
    let xml = """
      <Project name="x" origin="f4analyse 3.4"><Sources>
      <TextSource guid="\(g(10))" name="P7.rtf" plainTextPath="internal://gone.txt" richTextPath="internal://a.rtf"/>
      <TextSource guid="\(g(11))" name="P8.odt" richTextPath="internal://b.odt"/></Sources>
      <Notes><Note guid="\(g(40))" name="m" richTextPath="internal://c.rtf"/></Notes></Project>
      """
    let reading = try read(
      xml,
      [
        ("sources/a.rtf", "{\\rtf1\\ansi She rang\\par twice caf\\'e9\\par}"),
        ("sources/b.odt", "no document"), ("sources/c.rtf", "{\\rtf1 A memo}"),
      ])
    #expect(
      try reading.value.texts.text(of: guid(10)).string.hasPrefix("She rang\ntwice café"))
    #expect(reading.value.notes[guid(40)]?.body == "A memo")
    let unreadable = reading.diagnostics.filter { $0.id == "refi.file-unreadable" }
    #expect(
      unreadable.count == 1 && unreadable[0].place == .file("sources/b.odt", line: 0, column: 0))
    #expect(reading.diagnostics.first { $0.id == "refi.text-from-rich-text" } != nil)
  }

  @Test
  func `what stands where the standard has it not is read all the same`() throws {
    let reading = try read(
      """
      <p:Project xmlns:p="urn:QDA-XML:project:0:10" name="x" origin="Transana 3.22b2">
      <p:CodeBook><p:Codes><p:Code guid="\(g(20))" name="a" isCodable="False"/><p:Code guid="\(g(21))" name="b" isCodable="yes" Description="old"/></p:Codes></p:CodeBook>
      <p:Variables><p:Variable guid="\(g(60))" name="Age" typeOfVariable="Text" Description="in years"/></p:Variables>
      <p:Sources><p:TextSource guid="\(g(10))" name="P7" Description="first"><p:PlainTextContent>x</p:PlainTextContent></p:TextSource></p:Sources>
      <p:Notes><p:Note guid="\(g(40))" name="n"><p:PlainTextContent>hello</p:PlainTextContent></p:Note></p:Notes>
      <p:Sets><p:Set guid="\(g(80))" name="C" creatingUser="\(g(1))"><p:MemberSource guid="\(g(10))"/><p:MemberNote>\(g(40))</p:MemberNote></p:Set></p:Sets></p:Project>
      """)
    #expect(reading.value.sets[0].members == [.source(guid(10)), .note(guid(40))])
    #expect(reading.value.codebook.codes.map(\.isCodable) == [false, true])
    #expect(reading.value.codebook.codes[1].definition == "old")
    #expect(reading.value.attributes[0].definition == "in years")
    #expect(reading.value.sources[0].description == "first")
    #expect(reading.diagnostics.map(\.id).filter { $0 == "refi.value-unknown" }.count == 1)
  }

  @Test
  func `a sidecar inside an archive counts for its bytes too`() throws {
    let project = Project.exchangeable(seed: 6)
    try withTemporaryFolder { folder in
      let writer = try #require(
        ProjectWriter(project, as: .qdpx, options: ProjectWritingOptions(sidecar: .embedded)))
      _ = try writer.write(to: folder + "/a.qdpx")
      let bytes = try FileReading.bytes(ofFile: folder + "/a.qdpx")
      #expect(try ProjectReader.read(bytes, name: "a.qdpx").value == project)
      // Under another name the content tells, and the sidecar is applied once.
      _ = try writer.write(to: folder + "/a.zip")
      let read = try ProjectReader.read(contentsOf: folder + "/a.zip")
      #expect(read.value == project)
      #expect(!read.diagnostics.contains { $0.id.hasPrefix("exchange.") })
    }
  }

  @Test
  func `an empty file is said to be empty`() throws {
    let error = try #require(throws: ReadingError.self) { _ = try project("") }
    #expect(error.description.contains("'project.qde' is empty"))
    let missing = try #require(throws: ReadingError.self) {
      _ = try ProjectReader.read(HandMadeArchive([("a.txt", "x")]).bytes, name: "study.qdpx")
    }
    #expect(missing.description.contains("export the project as REFI-QDA again"))
  }

  @Test(arguments: [IDStyle(), IDStyle(isUppercase: true), IDStyle(hasBraces: true)])
  func `GUIDs are written back as they were spelled`(_ style: IDStyle) throws {
    func spelled(_ number: Int) -> String {
      let guid = "00000000-0000-0000-00ab-\(String(g(number).suffix(12)))"
      return (style.hasBraces ? "{" : "") + (style.isUppercase ? guid.uppercased() : guid)
        + (style.hasBraces ? "}" : "")
    }
    let reading = try project(
      """
      <Project name="x" origin="o"><Users><User guid="\(spelled(1))" name="Ana"/></Users>
      <CodeBook><Codes><Code guid="\(spelled(20))" name="c" isCodable="true"/></Codes></CodeBook>
      <Sources><TextSource guid="\(spelled(10))" name="P1"><PlainTextContent>one two</PlainTextContent>
      <PlainTextSelection guid="\(spelled(11))" startPosition="0" endPosition="3" creatingUser="\(spelled(1))">
      <Coding guid="\(spelled(30))"><CodeRef targetGUID="\(spelled(20))"/></Coding></PlainTextSelection></TextSource></Sources></Project>
      """)
    #expect(reading.value.idStyle == style)
    let options = ProjectWritingOptions(sidecar: .none)
    let writer = try #require(ProjectWriter(reading.value, as: .qde, options: options))
    let written = String(decoding: try #require(writer.bytes), as: UTF8.self)
    for number in [1, 10, 11, 20, 30] { #expect(written.contains("\"\(spelled(number))\"")) }
    #expect(try project(written).value.codings == reading.value.codings)
  }

  @Test
  func `media that did not come are listed, and those kept outside are named`() throws {
    let reading = try read(
      """
      <Project name="x" origin="o"><Sources>
      <PDFSource guid="\(g(1))" name="here" path="internal://A.PDF"/>
      <PictureSource guid="\(g(2))" name="gone" path="internal://b.png"/>
      <PictureSource guid="\(g(3))" name="bare" path="c.png"/>
      <VideoSource guid="\(g(4))" name="film" path="relative:///films/d.mp4"/>
      <AudioSource guid="\(g(5))" name="talk" path="absolute:///C:/e.m4a"/></Sources></Project>
      """, [("Sources/a.pdf", "%PDF")])
    let missing = try #require(reading.diagnostics.first { $0.id == "refi.media-missing" })
    #expect(missing.severity == .warning && missing.count == 2)
    #expect(missing.notes == ["gone: internal://b.png", "bare: c.png"])
    let outside = try #require(reading.diagnostics.first { $0.id == "refi.media-outside" })
    #expect(outside.severity == .note)
    #expect(outside.notes == ["film: relative:///films/d.mp4", "talk: absolute:///C:/e.m4a"])
    #expect(reading.value.sources.count == 5)
  }

  @Test
  func `a damaged project is read or refused`() throws {
    var project = Project.exchangeable(seed: 8)
    project.cells = [:]
    let options = ProjectWritingOptions(sidecar: .none)
    let bytes = try #require(ProjectWriter(project, as: .qde, options: options)?.bytes)
    var random = SeededGenerator(seed: 20_261_122)
    var read = 0
    for _ in 0..<60 {
      var damaged = bytes
      for _ in 0...Int(random.next() % 3) {
        let start = Int.random(in: 0..<damaged.count, using: &random)
        let end = min(damaged.count, start + Int.random(in: 1...40, using: &random))
        switch random.next() % 4 {
        case 0: damaged.removeSubrange(start..<end)
        case 1: damaged.insert(contentsOf: damaged[start..<end], at: start)
        case 2: damaged[start] = UInt8(truncatingIfNeeded: random.next())
        default: damaged.replaceSubrange(start..<end, with: bytes.suffix(end - start))
        }
      }
      var salvaging = ProjectReadingOptions()
      salvaging.salvages = true
      guard let reading = try? ProjectReader.read(damaged, name: "a.qde", options: salvaging) else {
        continue
      }
      read += 1
      // What was read can be written and read again.
      let again = try #require(ProjectWriter(reading.value, as: .qde, options: options)?.bytes)
      _ = try ProjectReader.read(again, name: "again.qde")
    }
    #expect(read > 20)
  }
}
