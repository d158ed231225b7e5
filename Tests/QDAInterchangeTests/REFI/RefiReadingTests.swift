import QDA
import QDATestSupport
import Testing

/// Reads XML as a project file whose sources, if any, are in the XML.
func project(
  _ xml: String, options: ProjectReadingOptions = ProjectReadingOptions()
) throws -> Reading<Project> {
  try ProjectReader.read(Array(xml.utf8), name: "project.qde", options: options)
}

/// A GUID that ends in a number.
func guid<Kind>(_ number: Int) -> ID<Kind> { ID(high: 0, low: UInt64(number)) }

/// The spelling of a GUID that ends in a number.
func g(_ number: Int) -> String { (guid(number) as ID<Project>).description }

@Suite struct RefiReadingTests {
  @Test func `every part of a project is read, in any order and without a namespace`() throws {
    let reading = try project(
      """
      <Project name="Study" origin="Other 1">
        <Description>All of it</Description>
        <Sources>
          <TextSource guid="\(g(10))" name="P1" creatingUser="\(g(1))" creationDateTime="2026-01-02T03:04:05Z">
            <Coding guid="\(g(30))"><CodeRef targetGUID="\(g(20))"/></Coding>
            <PlainTextSelection guid="\(g(11))" name="good" startPosition="3" endPosition="7" creatingUser="\(g(1))">
              <Description>why</Description>
              <Coding guid="\(g(31))" creatingUser="\(g(1))" creationDateTime="2026-01-02T03:04:05+01:00">
                <NoteRef targetGUID="\(g(40))"/><CodeRef targetGUID="\(g(21))"/>
              </Coding>
              <NoteRef targetGUID="\(g(40))"/>
            </PlainTextSelection>
            <PlainTextContent>It’good &amp; well</PlainTextContent>
          </TextSource>
        </Sources>
        <Notes><Note guid="\(g(40))" name="Memo"><PlainTextContent>Thought</PlainTextContent></Note></Notes>
        <Cases><Case guid="\(g(50))" name="P1"><SourceRef targetGUID="\(g(10))"/>
          <VariableValue><VariableRef targetGUID="\(g(60))"/><IntegerValue>7</IntegerValue></VariableValue>
          <VariableValue><VariableRef targetGUID="\(g(61))"/></VariableValue></Case></Cases>
        <Variables><Variable guid="\(g(60))" name="Years" typeOfVariable="Integer"/>
          <Variable guid="\(g(61))" name="Open" typeOfVariable="Boolean"/></Variables>
        <Sets><Set guid="\(g(70))" name="Wave"><MemberSource guid="\(g(10))"/><MemberCode targetGUID="\(g(20))"/></Set></Sets>
        <Links><Link guid="\(g(80))" name="explains" direction="OneWay" originGUID="\(g(40))" targetGUID="\(g(50))"/></Links>
        <Graphs><Graph guid="\(g(90))" name="Map"><Vertex guid="\(g(91))" representedGUID="\(g(20))" firstX="1" firstY="2"/>
          <Vertex guid="\(g(92))" firstX="3" firstY="4" shape="Star"/>
          <Edge guid="\(g(93))" sourceVertex="\(g(91))" targetVertex="\(g(92))" lineStyle="dashed"/></Graph></Graphs>
        <CodeBook><Codes><Code guid="{\(g(20).uppercased())}" name="Trust" isCodable="true" color="#ABC">
          <Code guid="\(g(21))" name="In staff" isCodable="1"><Description>about staff</Description></Code></Code></Codes></CodeBook>
        <Users><User guid="\(g(1))" name="Ana" id="AB"/></Users>
      </Project>
      """)
    let it = reading.value
    #expect(reading.diagnostics.map(\.id) == ["refi.positions"])
    #expect(it.title == "Study" && it.description == "All of it" && it.origin?.program == "Other 1")
    #expect(it.coders.map(\.name) == ["Ana"] && it.coders[0].initials == "AB")
    #expect(it.codebook.codes.map(\.name) == ["Trust", "In staff"])
    #expect(
      it.codebook.codes[1].parent == guid(20) && it.codebook.codes[1].definition == "about staff")
    #expect(it.codebook.codes[0].color == "#AABBCC")
    #expect(it.cases[0].covers == [.source(guid(10))])
    #expect(it.cases[0].values == [guid(60): .number(decimal: "7"), guid(61): .missing])
    #expect(it.sets[0].members == [.source(guid(10)), .code(guid(20))])
    #expect(
      it.objectLinks[0].origin == .note(guid(40)) && it.objectLinks[0].target == .case(guid(50)))
    #expect(it.graphs[0].vertices[0].represents == .code(guid(20)))
    #expect(it.graphs[0].lines[0].style == .dashed)
    let note = try #require(it.notes[guid(40)])
    #expect(note.body == "Thought")
    #expect(note.about == [.coding(guid(31)), .passage(guid(11)), .case(guid(50))])
    let passage = try #require(it.codings[ID<Passage>(high: 0, low: 11)])
    #expect(try it.quote(of: passage) == "good")
    #expect(passage.verdict == .unchanged && passage.description == "why")
    #expect(it.codings.count == 2)
    let whole = it.codings.passages(in: guid(10)).first { $0.region == .whole }
    #expect(whole.map { it.codings.codings(ofPassage: $0.id).map(\.id) } == [guid(30)])
    let time = it.codings[ID<Coding>(high: 0, low: 31)]?.created.at
    #expect(time?.description == "2026-01-02T03:04:05+01:00")
  }

  @Test func `a selection of a page and of its plain text is one passage with one coding`() throws {
    let it = try project(
      """
      <Project name="x" origin="ATLAS.ti 8"><CodeBook><Codes><Code guid="\(g(20))" name="c" isCodable="true"/></Codes></CodeBook>
      <Sources><PDFSource guid="\(g(10))" name="leaflet.pdf" path="internal://a.pdf">
        <PDFSelection guid="\(g(11))" name="leaf" page="2" firstX="1" firstY="2" secondX="3" secondY="4">
          <Coding guid="\(g(30))" creationDateTime="2026-01-01T00:00:00Z"><CodeRef targetGUID="\(g(20))"/></Coding></PDFSelection>
        <PDFSelection guid="\(g(12))" page="0" firstX="5" firstY="6" secondX="7" secondY="8">
          <Representation guid="\(g(13))"><PlainTextContent>a box</PlainTextContent></Representation></PDFSelection>
        <Representation guid="\(g(14))" name="plain"><PlainTextContent>the leaf</PlainTextContent>
          <PlainTextSelection guid="\(g(11))" name="leaf" startPosition="4" endPosition="8">
            <Coding guid="\(g(31))" creationDateTime="2026-01-01T00:00:00Z"><CodeRef targetGUID="\(g(20))"/></Coding>
          </PlainTextSelection></Representation>
      </PDFSource></Sources></Project>
      """
    ).value
    #expect(it.codings.passageCount == 2 && it.codings.count == 1)
    let passage = try #require(it.codings[ID<Passage>(high: 0, low: 11)])
    #expect(passage.region == .text(TextSpan(scalars: 4..<8)))
    let box = Box(first: Point(x: 1, y: 2), second: Point(x: 3, y: 4))
    #expect(passage.twin == .pdf(page: 2, box))
    let coding = try #require(it.codings.all.first)
    #expect(coding.id == guid(31) && coding.twin == guid(30))
    #expect(it.codings[ID<Passage>(high: 0, low: 12)]?.anchor?.quote == "a box")
    #expect(it.sources[0].medium == .pdf && it.sources[0].representation?.name == "plain")
  }

  @Test func `recordings keep their selections, and transcripts are sources with sync points`()
    throws
  {
    let it = try project(
      """
      <Project name="x" origin="T"><Sources><VideoSource guid="\(g(10))" name="talk.mp4" path="relative:///talk.mp4">
        <Transcript guid="\(g(11))" name="talk"><PlainTextContent>one two</PlainTextContent>
          <SyncPoint guid="\(g(12))" timeStamp="0" position="0"/><SyncPoint guid="\(g(13))" timeStamp="900" position="4"/>
          <TranscriptSelection guid="\(g(14))" fromSyncPoint="\(g(12))" toSyncPoint="\(g(13))">
            <Coding guid="\(g(30))"><CodeRef targetGUID="\(g(20))"/></Coding></TranscriptSelection></Transcript>
        <VideoSelection guid="\(g(15))" begin="100" end="2500"/></VideoSource>
        <PictureSource guid="\(g(16))" path="internal://p.png"><TextDescription guid="\(g(17))"><PlainTextContent>a tree</PlainTextContent></TextDescription>
          <PictureSelection guid="\(g(18))" firstX="0" firstY="0" secondX="10" secondY="20"/></PictureSource>
      </Sources></Project>
      """)
    let value = it.value
    #expect(value.sources.map(\.medium) == [.video, .text, .picture])
    #expect(value.sources[guid(11)]?.recording == guid(10))
    #expect(value.sources[guid(11)]?.syncPoints.map(\.time) == [0, 900])
    #expect(
      value.codings[ID<Passage>(high: 0, low: 14)]?.region == .synced(from: guid(12), to: guid(13)))
    #expect(value.codings[ID<Passage>(high: 0, low: 15)]?.region == .time(100..<2500))
    #expect(try value.texts.text(of: guid(16)).string == "a tree")
    #expect(it.diagnostics.map(\.id).contains("refi.code-unknown"))
  }

  @Test func `a memo with codings is a note and a source`() throws {
    let it = try project(
      """
      <Project name="x" origin="NVivo 14"><Notes><Note guid="\(g(40))" name="Diary"><PlainTextContent>went well</PlainTextContent>
        <PlainTextSelection guid="\(g(41))" startPosition="5" endPosition="9"><Coding guid="\(g(42))"><CodeRef targetGUID="\(g(20))"/></Coding></PlainTextSelection>
      </Note></Notes><CodeBook><Codes><Code guid="\(g(20))" name="c" isCodable="true"/></Codes></CodeBook></Project>
      """
    ).value
    #expect(it.notes[guid(40)]?.body == "went well")
    #expect(it.sources[guid(40)]?.kind == .memo)
    let passage = try #require(it.codings[ID<Passage>(high: 0, low: 41)])
    #expect(try it.quote(of: passage) == "well")
  }

  @Test func `cases that NVivo writes as codes own what is coded with them`() throws {
    let reading = try project(
      """
      <Project name="x" origin="NVivo for Windows 12.6"><CodeBook><Codes>
        <Code guid="\(g(20))" name="Cases" isCodable="false"><Code guid="\(g(50))" name="P1" isCodable="true"/></Code></Codes></CodeBook>
      <Variables><Variable guid="\(g(60))" name="Cases:Age group" typeOfVariable="Text"/></Variables>
      <Cases><Case guid="\(g(50))" name="P1"><VariableValue><VariableRef targetGUID="\(g(60))"/><TextValue>26–35</TextValue></VariableValue></Case></Cases>
      <Sources><TextSource guid="\(g(10))"><PlainTextContent>one two</PlainTextContent>
        <PlainTextSelection guid="\(g(11))" startPosition="0" endPosition="3"><Coding guid="\(g(30))"><CodeRef targetGUID="\(g(50))"/></Coding></PlainTextSelection>
      </TextSource></Sources></Project>
      """)
    #expect(reading.value.cases[0].covers == [.passage(guid(11))])
    #expect(reading.value.attributes[0].name == "Age group")
    #expect(reading.diagnostics.contains { $0.id == "refi.case-is-code" && $0.count == 1 })
  }

  @Test func `an annotation is a note that a link leads to its selection`() throws {
    let it = try project(
      """
      <Project name="x" origin="NVivo"><Sources><TextSource guid="\(g(10))"><PlainTextContent>one two</PlainTextContent>
        <PlainTextSelection guid="\(g(11))" startPosition="4" endPosition="7"/></TextSource></Sources>
        <Notes><Note guid="\(g(40))"><PlainTextContent>odd</PlainTextContent></Note></Notes>
        <Links><Link guid="\(g(80))" originGUID="\(g(40))" targetGUID="\(g(11))"/></Links></Project>
      """
    ).value
    #expect(it.notes[0].kind == .annotation && it.notes[0].about == [.passage(guid(11))])
    #expect(it.codings.passageCount == 1 && it.codings.count == 0)
  }

  @Test func `the wrapper of an NVivo codebook is taken away`() throws {
    let reading = try ProjectReader.read(
      Array(
        """
        <CodeBook xmlns="urn:QDA-XML:codebook:1:0" origin="NVivo 12"><Codes><Code guid="\(g(1))" name="Nodes" isCodable="false">
        <Code guid="\(g(2))" name="Trust" isCodable="true"/><Code guid="\(g(3))" name="Work" isCodable="true"/></Code></Codes>
        <Sets><Set guid="\(g(4))" name="Main"><MemberCode guid="\(g(3))"/></Set></Sets></CodeBook>
        """.utf8), name: "codes.qdc")
    #expect(reading.value.codebook.themes.map(\.name) == ["Trust", "Work"])
    #expect(reading.value.sets[0].members == [.code(guid(3))])
    #expect(reading.diagnostics.map(\.id) == ["refi.nodes-unwrapped"])
  }
}
