import QDA
import QDATestSupport
import Testing

@Suite struct RefiBadInputTests {
  @Test func `a document type is refused`() throws {
    let xml = "<!DOCTYPE p [<!ENTITY a \"b\">]><Project name=\"&a;\"/>"
    #expect(throws: ReadingError.dtdNotAllowed(file: "project.qde", part: "project.qde")) {
      _ = try project(xml)
    }
  }

  static let cut = """
    <Project name="x" origin="o"><CodeBook><Codes><Code guid="\(g(20))" name="c" isCodable="true"/></Codes></CodeBook>
    <Sources><TextSource guid="\(g(10))" name="P1"><PlainTextContent>one two three</PlainTextContent>
    <PlainTextSelection guid="\(g(11))" startPosition="0" endPosition="3"><Coding guid="\(g(30))"><CodeRef targetGUID="\(g(20))"/></Coding></PlainTextSelection>
    <PlainTextSelection guid="\(g(12))" startPosition="4" endPosition="7"><Coding guid="0000
    """

  @Test func `a truncated project is refused with its place`() throws {
    let error = try #require(throws: ReadingError.self) { _ = try project(Self.cut) }
    guard case .malformed(_, let line, _, _) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(line == 4)
  }

  @Test func `what is whole in a truncated project is kept when asked for`() throws {
    var options = ProjectReadingOptions()
    options.salvages = true
    let reading = try project(Self.cut, options: options)
    #expect(reading.value.codings.passageCount == 1 && reading.value.codings.count == 1)
    let passage = try #require(reading.value.codings[ID<Passage>(high: 0, low: 11)])
    #expect(try reading.value.quote(of: passage) == "one")
    #expect(reading.diagnostics.contains { $0.id == "refi.salvaged" && $0.severity == .error })
  }

  @Test func `something else in XML is refused`() throws {
    #expect(throws: ReadingError.self) { _ = try project("<html><body/></html>") }
    #expect(throws: ReadingError.self) { _ = try project("") }
    #expect(throws: ReadingError.self) { _ = try project("not xml") }
  }

  @Test func `invalid identifiers, times, colours and numbers are reported, and the rest is kept`()
    throws
  {
    let reading = try project(
      """
      <Project name="x" origin="o"><Users><User guid="u-1" name="Ana"/></Users>
      <CodeBook><Codes><Code guid="c-1" name="c" isCodable="true" color="red"/><Code guid="\(g(21))" name="d" isCodable="true" color="rgba(255, 0, 16, 0.5)"/></Codes></CodeBook>
      <Sources><TextSource guid="\(g(10))" name="P1" creationDateTime="yesterday" mood="good"><PlainTextContent>one two</PlainTextContent>
      <PlainTextSelection guid="\(g(11))" startPosition="x" endPosition="3" creationDateTime="2026-01-02T03:04:05.1234567Z"><Coding guid="\(g(30))" creatingUser="u-1"><CodeRef targetGUID="c-1"/></Coding></PlainTextSelection>
      <Sentiment value="1"/></TextSource></Sources></Project>
      """)
    let ids = Set(reading.diagnostics.map(\.id))
    #expect(
      ids.isSuperset(of: [
        "refi.guid-invalid", "refi.value-unknown", "refi.time-invalid", "refi.time-cut",
        "refi.number-invalid", "refi.attribute-unknown", "refi.element-unknown",
        "refi.color-opacity",
      ]))
    let coding = try #require(reading.value.codings.all.first)
    #expect(reading.value.codebook.codes[coding.code]?.name == "c")
    #expect(coding.created.by.flatMap { reading.value.coders[$0] }?.name == "Ana")
    #expect(reading.value.codebook.codes[1].color == "#ff0010")
    let time = reading.value.codings.passages(in: guid(10))[0].created.at
    #expect(time?.description == "2026-01-02T03:04:05.123Z")
  }

  @Test func `values that are given twice or are no dates are reported`() throws {
    func value(_ variable: Int, _ kind: String, _ text: String) -> String {
      "<VariableValue><VariableRef targetGUID=\"\(g(variable))\"/><\(kind)>\(text)</\(kind)></VariableValue>"
    }
    let reading = try project(
      """
      <Project name="x" origin="o"><Variables><Variable guid="\(g(60))" name="Colour" typeOfVariable="Text"/>
      <Variable guid="\(g(61))" name="Since" typeOfVariable="Date"/></Variables>
      <Cases><Case guid="\(g(50))" name="Ana">\(value(60, "TextValue", "red"))\(value(60, "TextValue", "blue"))\(value(61, "DateValue", "31.12.2020"))</Case>
      <Case guid="\(g(51))" name="Bo">\(value(60, "TextValue", "red"))\(value(60, "TextValue", "red"))\(value(61, "DateValue", "2020-12-31"))</Case></Cases></Project>
      """)
    let repeated = reading.diagnostics.filter { $0.id == "refi.value-repeated" }
    #expect(repeated.map(\.raw) == ["red"])
    #expect(reading.value.cases[0].values[guid(60)] == .text("blue"))
    #expect(reading.value.cases[0].values[guid(61)] == .invalid(raw: "31.12.2020"))
    #expect(reading.value.cases[1].values[guid(61)] == .date("2020-12-31"))
    let losses = try #require(
      ProjectWriter(reading.value, as: .qde, options: ProjectWritingOptions(sidecar: .none))
    ).losses(file: "x.qde")
    #expect(losses.first { $0.summary.hasPrefix("that a value is invalid") }?.count == 1)
  }

  @Test func `only a colour that something shines through has lost something`() throws {
    let colors = ["#00ff00FF", "rgba(0, 0, 9, 1)", "#00ff0080", "rgba(0, 0, 9, 0.5)"]
    let codes = colors.enumerated().map {
      "<Code guid=\"\(g(20 + $0))\" name=\"c\($0)\" isCodable=\"true\" color=\"\($1)\"/>"
    }
    let reading = try project(
      "<Project name=\"x\" origin=\"o\"><CodeBook><Codes>\(codes.joined())</Codes></CodeBook></Project>"
    )
    #expect(
      reading.value.codebook.codes.map(\.color) == ["#00ff00", "#000009", "#00ff00", "#000009"])
    let found = reading.diagnostics.filter { $0.id == "refi.color-opacity" }
    #expect(found.reduce(0) { $0 + $1.count } == 2)
  }

  @Test func `a link to what is not there is reported and kept`() throws {
    let reading = try project(
      """
      <Project name="x" origin="o"><CodeBook><Codes><Code guid="\(g(20))" name="c" isCodable="true"/></Codes></CodeBook>
      <Links><Link guid="\(g(80))" name="dangling" originGUID="\(g(81))" targetGUID="\(g(20))"/></Links></Project>
      """)
    let unknown = reading.diagnostics.filter { $0.id == "refi.reference-unknown" }
    #expect(unknown.map(\.summary) == ["an end of a link is named that the project does not hold"])
    #expect(reading.value.objectLinks[0].target == .code(guid(20)))
  }

  @Test func `a position that is empty or has a fraction is reported`() throws {
    let reading = try project(
      """
      <Project name="x" origin="o"><Sources><TextSource guid="\(g(10))" name="P1"><PlainTextContent>one two</PlainTextContent>
      <PlainTextSelection guid="\(g(11))" startPosition="" endPosition="3"/>
      <PlainTextSelection guid="\(g(12))" startPosition="3.6" endPosition="7"/></TextSource></Sources></Project>
      """)
    let ids = reading.diagnostics.map(\.id)
    #expect(ids.contains("refi.number-invalid") && ids.contains("refi.number-rounded"))
    let last = try #require(reading.value.codings[ID<Passage>(high: 0, low: 12)])
    #expect(try reading.value.quote(of: last) == "two")
  }

  @Test func `identifiers that are given twice stay two objects`() throws {
    let source = { (id: Int) in
      """
      <TextSource guid="\(g(id))" name="S\(id)"><PlainTextContent>one two</PlainTextContent>
      <PlainTextSelection guid="\(g(11))" startPosition="0" endPosition="3"><Coding guid="\(g(30))"><CodeRef targetGUID="\(g(20))"/></Coding></PlainTextSelection></TextSource>
      """
    }
    let reading = try project(
      """
      <Project name="x" origin="o"><CodeBook><Codes><Code guid="\(g(20))" name="c" isCodable="true"/><Code guid="\(g(20))" name="d" isCodable="true"/></Codes></CodeBook>
      <Sources>\(source(5))\(source(4))</Sources></Project>
      """)
    #expect(reading.value.codebook.codes.map(\.name) == ["c", "d"])
    #expect(reading.value.codings.passageCount == 2 && reading.value.codings.count == 2)
    #expect(reading.value.codings[ID<Passage>(high: 0, low: 11)]?.source == guid(5))
    #expect(reading.diagnostics.count { $0.id == "refi.guid-repeated" } == 3)
  }

  @Test func `elements nested beyond the limit are refused, not recursed into`() throws {
    let deep = String(
      repeating: "<Code guid=\"\(g(1))\" name=\"c\" isCodable=\"true\">", count: 50_000)
    #expect(throws: ReadingError.self) {
      _ = try project("<CodeBook><Codes>\(deep)")
    }
  }

  @Test func `a code that is missing, and one that only groups, are told apart`() throws {
    let reading = try project(
      """
      <Project name="x" origin="o"><CodeBook><Codes><Code guid="\(g(20))" name="c" isCodable="false"/></Codes></CodeBook>
      <Sources><TextSource guid="\(g(10))" name="P1"><PlainTextContent>one two</PlainTextContent>
      <PlainTextSelection guid="\(g(11))" startPosition="0" endPosition="3"><Coding guid="\(g(30))"><CodeRef targetGUID="\(g(20))"/></Coding><Coding guid="\(g(31))"><CodeRef targetGUID="\(g(29))"/></Coding><Coding guid="\(g(32))"/></PlainTextSelection></TextSource></Sources></Project>
      """)
    #expect(reading.value.codings.count == 2)
    for id in ["refi.code-not-codable", "refi.code-unknown", "refi.coding-without-code"] {
      #expect(reading.diagnostics.contains { $0.id == id })
    }
  }
}
