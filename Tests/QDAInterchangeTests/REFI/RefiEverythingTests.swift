import Foundation
import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

/// Files with every element and attribute of the schemas come back with all of them.
struct RefiEverythingTests {
  /// The elements of a file with their attributes, and the texts of those that have one, in order.
  private func parts(_ xml: String) throws -> [String] {
    let tag = try Regex(
      "<([A-Za-z]+)((?: [A-Za-z]+=\"[^\"]*\")*) ?/?>(?:([^<\\s][^<]*)<)?",
      as: (Substring, Substring, Substring, Substring?).self)
    let attribute = /[A-Za-z]+="[^"]*"/
    return xml.matches(of: tag).map { match in
      let attributes = match.output.2.matches(of: attribute).map { String($0.output) }.sorted()
      return ([String(match.output.1)] + attributes + [String(match.output.3 ?? "")])
        .joined(separator: " ")
    }.sorted()
  }

  /// What is in one list and not in the other, as often as it is.
  private func missing(_ list: [String], from other: [String]) -> [String] {
    var counts = Dictionary(other.map { ($0, 1) }, uniquingKeysWith: +)
    return list.filter { part in
      counts[part, default: 0] -= 1
      return counts[part, default: 0] < 0
    }
  }

  private func content(_ name: String) -> String {
    name.hasSuffix(".txt") ? "The link worker rang me twice. She listened." : "bytes of \(name)"
  }

  private let options = ProjectWritingOptions(
    sidecar: .none, includesPaths: true, includesAccounts: true)

  @Test
  func `every element and attribute of a project comes back`() throws {
    let xml = try String(contentsOfFile: fixture("Exchange/refi/everything.qde"), encoding: .utf8)
    #expect(schemaErrors(Array(xml.utf8), schema: "Project.xsd") == [])
    let names = Set(xml.matches(of: /internal:\/\/([^"]+)/).map { String($0.output.1) })
    let archive = HandMadeArchive(
      [("project.qde", xml)] + names.sorted().map { ("sources/" + $0, content($0)) })
    let reading = try ProjectReader.read(archive.bytes, name: "everything.qdpx")
    #expect(Set(reading.diagnostics.map(\.id)) == ["refi.positions", "refi.media-outside"])
    try withTemporaryFolder { folder in
      let path = folder + "/again.qdpx"
      let writer = try #require(ProjectWriter(reading.value, as: .qdpx, options: options))
      #expect(writer.losses(file: path).isEmpty)
      _ = try writer.write(to: path)
      let again = try ZipArchive(path: path, name: "again", limits: .project)
      let written = String(decoding: try again.content(of: "project.qde"), as: UTF8.self)
      #expect(schemaErrors(Array(written.utf8), schema: "Project.xsd") == [])
      let (before, after) = (try parts(xml), try parts(written))
      // Texts may stand in the file or in one of their own, and the words of a box have no id here.
      let moved: Set = ["Project", "TextSource", "Note", "PlainTextContent", "Representation"]
      let gone = missing(before, from: after).filter { !moved.contains(name(of: $0)) }
      let new = missing(after, from: before).filter { !moved.contains(name(of: $0)) }
      #expect(gone == [])
      #expect(new == [])
      for name in moved where name != "PlainTextContent" {
        #expect(
          before.count { self.name(of: $0) == name } == after.count { self.name(of: $0) == name })
      }
      for name in names where !name.hasSuffix(".txt") {
        let bytes = try again.content(of: "sources/" + name)
        #expect(String(decoding: bytes, as: UTF8.self) == content(name))
      }
    }
  }

  private func name(of part: String) -> String { String(part.prefix { $0 != " " }) }

  @Test
  func `every element and attribute of a codebook comes back`() throws {
    let path = fixture("Exchange/refi/everything.qdc")
    let xml = try String(contentsOfFile: path, encoding: .utf8)
    #expect(schemaErrors(Array(xml.utf8), schema: "Codebook.xsd") == [])
    let project = try ProjectReader.read(contentsOf: path).value
    let bytes = try #require(ProjectWriter(project, as: .qdc, options: options)?.bytes)
    let written = String(decoding: bytes, as: UTF8.self)
      .replacing("origin=\"QDA 1\"", with: "origin=\"Hand 1.0\"")
    #expect(try parts(written) == parts(xml))
  }

  @Test
  func `what is said of the text of a page or picture is said of its source`() throws {
    let it = try project(
      """
      <Project name="x" origin="o"><Sources><PDFSource guid="\(g(10))" name="a.pdf">
      <Representation guid="\(g(11))"><PlainTextContent>one two</PlainTextContent>
      <Coding guid="\(g(30))"><CodeRef targetGUID="\(g(20))"/></Coding>
      <VariableValue><VariableRef targetGUID="\(g(60))"/><TextValue>spring</TextValue></VariableValue></Representation></PDFSource></Sources>
      <Notes><Note guid="\(g(40))" name="m"><PlainTextContent>memo</PlainTextContent><NoteRef targetGUID="\(g(41))"/>
      <VariableValue><VariableRef targetGUID="\(g(60))"/><TextValue>autumn</TextValue></VariableValue></Note><Note guid="\(g(41))" name="n"/></Notes></Project>
      """
    ).value
    let coding = try #require(it.codings[guid(30) as ID<Coding>])
    #expect(it.codings[coding.passage]?.region == .whole)
    #expect(it.sources[guid(10)]?.values == [guid(60): .text("spring")])
    #expect(it.sources[guid(40)]?.values == [guid(60): .text("autumn")])
    #expect(it.notes[guid(41)]?.about == [.note(guid(40))])
  }

  @Test
  func `words of a box that are in a file, or have codings, are kept with the box`() throws {
    let xml = """
      <Project name="x" origin="o"><Sources><PDFSource guid="\(g(10))" name="a.pdf" path="internal://a.pdf">
      <PDFSelection guid="\(g(12))" page="0" firstX="5" firstY="6" secondX="7" secondY="8">
      <Representation guid="\(g(13))" name="words" plainTextPath="internal://b.txt"><Description>why</Description>
      <PlainTextSelection guid="\(g(14))" startPosition="0" endPosition="1"><Coding guid="\(g(30))"><CodeRef targetGUID="\(g(20))"/></Coding></PlainTextSelection>
      <Coding guid="\(g(31))"><CodeRef targetGUID="\(g(21))"/></Coding></Representation></PDFSelection></PDFSource></Sources></Project>
      """
    let archive = HandMadeArchive([
      ("project.qde", xml), ("sources/a.pdf", "%PDF"), ("sources/b.txt", "the words"),
    ])
    let reading = try ProjectReader.read(archive.bytes, name: "a.qdpx")
    let box = try #require(reading.value.codings[guid(12) as ID<Passage>])
    #expect(box.anchor?.quote == "the words")
    #expect(reading.value.codings.codings(ofPassage: box.id).map(\.id) == [guid(30), guid(31)])
    let found = reading.diagnostics.filter { $0.id == "refi.words-of-box" }
    #expect(found.count == 3, "a selection, a description, a name")
  }

  @Test
  func `of two objects with one GUID neither changes the other`() throws {
    let it = try project(
      """
      <Project name="x" origin="o"><Users><User guid="\(g(1))" name="Ana"/><User guid="\(g(1))" name="Ana"/><User guid="\(g(1))" name="Bo"/></Users>
      <Cases><Case guid="\(g(50))" name="P1"><Description>one</Description></Case><Case guid="\(g(50))" name="P2"><Description>two</Description></Case></Cases>
      <Notes><Note guid="\(g(40))" name="m"><PlainTextContent>first</PlainTextContent></Note><Note guid="\(g(40))" name="n"><PlainTextContent>second</PlainTextContent></Note></Notes>
      <Sets><Set guid="\(g(80))" name="a"><MemberNote targetGUID="\(g(40))"/></Set><Set guid="\(g(80))" name="b"/></Sets></Project>
      """)
    #expect(it.value.coders.map(\.name) == ["Ana", "Bo"])
    #expect(it.value.cases.map(\.description) == ["one", "two"])
    #expect(it.value.notes.map(\.body) == ["first", "second"])
    #expect(it.value.sets.map(\.members.count) == [1, 0])
    #expect(it.diagnostics.count { $0.id == "refi.guid-repeated" } == 4)
  }

  @Test
  func `what is not of the standard is listed and changes nothing`() throws {
    let reading = try project(
      """
      <Project xmlns="urn:QDA-XML:project:1.0" xmlns:v="urn:vendor" name="x" origin="o" v:name="y">
      <CodeBook><Codes><Code guid="\(g(20))" name="Trust" isCodable="true" v:name="Wrong" page="3">
      <Description>mine</Description><v:History><Description>theirs</Description></v:History></Code></Codes></CodeBook>
      <Sources><TextSource guid="\(g(10))" name="P1"><PlainTextContent>one two</PlainTextContent>
      <PlainTextSelection guid="\(g(11))" v:guid="\(g(12))" startPosition="0" endPosition="3"/></TextSource></Sources>
      <Sets><Set guid="\(g(80))" name="s" creatingUser="\(g(1))"/></Sets><SyncPoint guid="\(g(90))"/></Project>
      """)
    let code = try #require(reading.value.codebook.codes.first)
    #expect(reading.value.title == "x" && code.name == "Trust" && code.definition == "mine")
    #expect(reading.value.codings.passages(in: guid(10)).map(\.id) == [guid(11)])
    let summaries = reading.diagnostics.map(\.summary)
    for part in ["'name' of 'Code'", "'page' of 'Code'", "'creatingUser' of 'Set'", "'History'"] {
      #expect(summaries.contains { $0.contains(part) }, "\(part): \(summaries)")
    }
    #expect(reading.diagnostics.contains { $0.id == "refi.element-misplaced" })
  }

  @Test
  func `an empty text in the project gives way to the file`() throws {
    let xml = """
      <Project name="x" origin="o"><Sources><TextSource guid="\(g(10))" name="P1" plainTextPath="internal://a.txt"><PlainTextContent/></TextSource>
      <TextSource guid="\(g(12))" name="P2" plainTextPath="internal://a.txt"><PlainTextContent>other</PlainTextContent></TextSource></Sources></Project>
      """
    let archive = HandMadeArchive([("project.qde", xml), ("sources/a.txt", "one two")])
    let reading = try ProjectReader.read(archive.bytes, name: "a.qdpx")
    #expect(try reading.value.texts.text(of: guid(10)).string == "one two")
    #expect(try reading.value.texts.text(of: guid(12)).string == "other")
    #expect(reading.diagnostics.count { $0.id == "refi.text-twice" } == 1)
  }
}
