import QDA
import QDATestSupport
import Testing

/// Project files that are made to cost more than they are worth, or that say what cannot be.
///
/// The limits of time are ten times what a slow machine takes for work in proportion, and a small
/// part of what the same takes where it grows with the square.
@Suite struct HostileProjectTests {
  private func reason(_ xml: String) -> String? {
    let error = #expect(throws: ReadingError.self) { _ = try project(xml) }
    guard case .malformed(_, _, _, let reason)? = error else { return nil }
    return reason
  }

  @Test(arguments: [5000, 200_000], ["a", "xmlns:a"])
  func `an element with attributes without number is refused`(_ count: Int, _ name: String) throws {
    let attributes = (0..<count).map { "\(name)\($0)=\"u\"" }.joined(separator: " ")
    let found = try #require(reason("<Project \(attributes)/>"))
    #expect(found.contains("attributes") || found.contains("namespaces"))
  }

  @Test func `a tag, comment or section without end is refused, and a long text is not`() throws {
    let long = String(repeating: "x", count: 20 << 20)
    for xml in [
      "<Project name=\"\(long)\"/>", "<Project name=\"x\"><!-- < \(long) --></Project>",
      "<Project name=\"x\"><Description><![CDATA[<\(long)]]></Description></Project>",
    ] {
      #expect(reason(xml)?.contains("longer than 16 MiB") == true)
    }
    let reading = try project(
      "<Project name=\"x\"><Description>\(long)</Description></Project>")
    #expect(reading.value.description.utf8.count == 20 << 20)
  }

  @Test func `100,000 codes nested 900 deep are read`() throws {
    var xml = "<CodeBook origin=\"o\"><Codes>"
    var number = 1
    while number <= 100_000 {
      let depth = min(900, 100_001 - number)
      for _ in 0..<depth {
        xml += "<Code guid=\"\(g(number))\" name=\"c\(number)\">"
        number += 1
      }
      xml += String(repeating: "</Code>", count: depth)
    }
    let reading = try project(xml + "</Codes></CodeBook>")
    #expect(reading.value.codebook.codes.count == 100_000)
    #expect(reading.value.codebook.codes[899].parent == guid(899))
    #expect(reading.value.codebook.codes[900].parent == nil)
  }

  @Test func `many unknown elements are listed up to a number and then counted`() throws {
    let unknown = (0..<1000).map { "<z\($0)/>" }.joined()
    let reading = try project("<Project name=\"x\">\(unknown)</Project>")
    let found = reading.diagnostics.filter { $0.id == "refi.element-unknown" }
    #expect(found.count == 101 && found.reduce(0) { $0 + $1.count } == 1000)
  }

  @Test(.timeLimit(.minutes(1)))
  func `20,000 codings of one passage in both its forms are matched without comparing all`() throws
  {
    func codings(_ first: Int) -> String {
      (0..<20_000).map {
        "<Coding guid=\"\(g(first + $0))\"><CodeRef targetGUID=\"\(g(20))\"/></Coding>"
      }.joined()
    }
    let reading = try project(
      """
      <Project name="x" origin="o"><CodeBook><Codes><Code guid="\(g(20))" name="c"/></Codes></CodeBook><Sources><PDFSource guid="\(g(10))" name="s">
      <Representation guid="\(g(9))"><PlainTextContent>one two</PlainTextContent><PlainTextSelection guid="\(g(11))" startPosition="0" endPosition="3">\(codings(1_000_000))</PlainTextSelection></Representation>
      <PDFSelection guid="\(g(11))" page="1" firstX="1" firstY="1" secondX="2" secondY="2">\(codings(2_000_000))</PDFSelection></PDFSource></Sources></Project>
      """)
    #expect(reading.value.codings.passageCount == 1)
    #expect(reading.value.codings.count == 20_000)
    #expect(reading.value.codings.all.allSatisfy { $0.twin != nil })
  }

  @Test(arguments: ["", "guid=\"x\" timeStamp=\"y\" position=\"z\""])
  func `a sync point that lacks what it needs is reported`(_ attributes: String) throws {
    let reading = try project(
      """
      <Project name="x" origin="o"><Sources><AudioSource guid="\(g(1))" name="a"><Transcript guid="\(g(2))" name="t">
      <SyncPoint \(attributes)/></Transcript></AudioSource></Sources></Project>
      """)
    #expect(reading.value.sources[guid(2)]?.syncPoints.count == 1)
    #expect(reading.diagnostics.contains { $0.id.hasPrefix("refi.guid-") })
  }

  @Test(.timeLimit(.minutes(1)))
  func `a case that is a code, and a note, may stand at very many passages`() throws {
    let selections = (0..<20_000).map {
      """
      <PlainTextSelection guid="\(g(1000 + $0))" startPosition="0" endPosition="3"><Coding guid="\(g(900_000 + $0))"><CodeRef targetGUID="\(g(20))"/></Coding><NoteRef targetGUID="\(g(5))"/></PlainTextSelection>
      """
    }
    let reading = try project(
      """
      <Project name="x" origin="NVivo 12"><CodeBook><Codes><Code guid="\(g(20))" name="P1"/></Codes></CodeBook><Cases><Case guid="\(g(20))" name="P1"/></Cases>
      <Sources><TextSource guid="\(g(10))" name="s"><PlainTextContent>one two</PlainTextContent>\(selections.joined())</TextSource></Sources>
      <Notes><Note guid="\(g(5))" name="n"/></Notes></Project>
      """)
    #expect(reading.value.cases[guid(20)]?.covers.count == 20_000)
    #expect(reading.value.notes[guid(5)]?.about.count == 20_000)
  }

  @Test func `what refers to itself is read once`() throws {
    let reading = try project(
      """
      <Project name="x" origin="o"><Links><Link guid="\(g(50))" originGUID="\(g(50))" targetGUID="\(g(50))"/></Links>
      <Sets><Set guid="\(g(51))" name="s"><MemberSource targetGUID="\(g(51))"/></Set></Sets>
      <Notes><Note guid="\(g(52))" name="n"><NoteRef targetGUID="\(g(52))"/><PlainTextContent>t</PlainTextContent></Note></Notes></Project>
      """)
    #expect(reading.value.objectLinks[guid(50)]?.target == .objectLink(guid(50)))
    #expect(reading.value.sets[guid(51)]?.members == [.set(guid(51))])
    #expect(reading.value.notes[guid(52)]?.about == [.note(guid(52))])
  }

  @Test func `a selection outside all sources is reported, and sources may stand within another`()
    throws
  {
    func selection(_ number: Int) -> String {
      "<PlainTextSelection guid=\"\(g(number))\" startPosition=\"0\" endPosition=\"3\"/>"
    }
    let reading = try project(
      """
      <Project name="x" origin="o"><Sources>\(selection(5))
      <TextSource guid="\(g(1))" name="a"><PlainTextContent>one</PlainTextContent>\(selection(6))
      <TextSource guid="\(g(2))" name="b"><PlainTextContent>two</PlainTextContent>\(selection(7))</TextSource>
      \(selection(8))</TextSource></Sources></Project>
      """)
    #expect(
      reading.diagnostics.filter { $0.id == "refi.element-misplaced" }.map(\.count) == [1])
    #expect(reading.value.codings.passages(in: guid(1)).map(\.id) == [guid(6), guid(8)])
    #expect(reading.value.codings.passages(in: guid(2)).map(\.id) == [guid(7)])
  }

  @Test func `numbers as large as they can be are kept`() throws {
    let reading = try project(
      """
      <Project name="x" origin="o"><Sources><AudioSource guid="\(g(1))" name="a"><Transcript guid="\(g(2))" name="t"><PlainTextContent>one</PlainTextContent>
      <SyncPoint guid="\(g(3))" timeStamp="\(Int.max)" position="\(Int.max)"/></Transcript>
      <AudioSelection guid="\(g(5))" begin="\(Int.min)" end="\(Int.max)"/></AudioSource></Sources></Project>
      """)
    let passage = try #require(reading.value.codings[guid(5)] as Passage?)
    #expect(passage.region == .time(Int.min..<Int.max))
  }

  @Test(arguments: ["<!DOCTYPE CodeBook [<!ENTITY a \"b\">]>", "<!DOCTYPE CodeBook SYSTEM \"x\">"])
  func `a document type is refused in a codebook too`(_ type: String) {
    let xml = type + "<CodeBook origin=\"x\"><Codes/></CodeBook>"
    #expect(throws: ReadingError.dtdNotAllowed(file: "a.qdc", part: "a.qdc")) {
      _ = try ProjectReader.read(Array(xml.utf8), name: "a.qdc")
    }
  }

  @Test func `an entity that nothing declares and a NUL are refused`() {
    #expect(reason("<Project name=\"x\"><Description>&foo;</Description></Project>") != nil)
    #expect(reason("<Project name=\"x\u{0}y\"/>") != nil)
  }

  @Test func `an empty project is one`() throws {
    let reading = try project("<Project name=\"\" origin=\"\"/>")
    #expect(reading.value.sources.isEmpty && reading.diagnostics.isEmpty)
  }
}
