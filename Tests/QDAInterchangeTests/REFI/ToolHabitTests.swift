import Foundation
import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

/// What is written so that another program finds it: cases as codes, notes as files, names once.
struct ToolHabitTests {
  private func written(
    _ project: Project, for profile: ExchangeProfile
  ) throws -> (xml: String, files: [String], again: Project) {
    try withTemporaryFolder { folder in
      let path = folder + "/study.qdpx"
      let options = ProjectWritingOptions(profile: profile, sidecar: .none)
      _ = try #require(ProjectWriter(project, as: .qdpx, options: options)).write(to: path)
      let archive = try ZipArchive(path: path, name: "study", limits: .project)
      let xml = String(decoding: try archive.content(of: "project.qde"), as: UTF8.self)
      #expect(schemaErrors(Array(xml.utf8), schema: "Project.xsd") == [])
      return (xml, archive.names, try ProjectReader.read(contentsOf: path).value)
    }
  }

  /// Two coders, two codes of one name, and a case with a passage, a whole source and a speaker.
  private func project() -> Project {
    let text = "I: Hello\nAna: We walked home. Then rain.\n"
    var it = Project(id: guid(1), title: "Walks")
    it.coders = [
      Coder(id: guid(2), name: "Ana", initials: ""), Coder(id: guid(3), name: "Bo", initials: ""),
    ]
    it.codebook.codes = [
      Code(id: guid(20), name: "Place"), Code(id: guid(21), parent: guid(20), name: "Other"),
      Code(id: guid(22), name: "Time"), Code(id: guid(23), parent: guid(22), name: "Other"),
    ]
    var source = Source(id: guid(10), name: "Walk")
    source.speakers = [Speaker(label: "Ana")]
    source.turns = [Turn(speakers: [0], ranges: [TextSpan(scalars: 14..<40)])]
    let whole = Source(id: guid(11), name: "Diary")
    it.sources = [source, whole]
    it.texts = MemoryTexts([guid(10): Text(text), guid(11): Text("one day")])
    let passage = Passage(
      id: guid(30), source: guid(10), region: .text(TextSpan(scalars: 14..<29)),
      created: Stamp(by: guid(2)))
    it.codings.insert(
      [passage],
      codings: [
        Coding(id: guid(40), passage: guid(30), code: guid(21), created: Stamp(by: guid(2))),
        Coding(
          id: guid(41), passage: guid(30), code: guid(21), created: Stamp(by: guid(3)),
          comment: "sure"),
      ], in: guid(10))
    it.cases = [
      Case(
        id: guid(50), name: "Ana", unit: "case",
        covers: [.passage(guid(30)), .source(guid(11)), .speaker(guid(10), label: "Ana")])
    ]
    it.notes = [
      Note(id: guid(60), title: "Memo", body: "first", about: [.code(guid(20))]),
      Note(id: guid(61), title: "Memo", body: "second"),
      Note(
        id: guid(62), kind: .annotation, title: "Rain", body: "wet", about: [.passage(guid(30))]),
    ]
    return it
  }

  @Test
  func `the words of a passage without a place are shown beside its name and comment`() throws {
    var project = project()
    var passage = Passage(
      id: guid(31), source: guid(11), region: .text(TextSpan(scalars: 0..<0)), name: "lovely",
      description: "my comment", anchor: Anchor(quote: "The garden is lovely & green"))
    passage.verdict = .unverified
    project.codings.insert([passage], codings: [], in: guid(11))
    let xml = try written(project, for: .standard).xml
    #expect(xml.contains("name=\"lovely\""))
    #expect(xml.contains("<Description>my comment\nThe garden is lovely &amp; green</Description>"))
  }

  @Test(arguments: [ExchangeProfile.nvivo, .qualcoder])
  func `a case is a code too, by which its words are found, and comes back as a case`(
    profile: ExchangeProfile
  ) throws {
    let project = project()
    let (xml, _, again) = try written(project, for: profile)
    let codings = xml.matches(of: try Regex("<CodeRef targetGUID=\"\(g(50))\"/>"))
    #expect(codings.count == 3, "a passage, a whole source and a turn")
    #expect(xml.contains("<Code guid=\"\(g(50))\" name=\"Ana\" isCodable=\"true\">"))
    #expect(again.codebook.codes.map(\.id) == project.codebook.codes.map(\.id))
    #expect(again.codings.passages(in: guid(11)).isEmpty)
    #expect(again.cases.map(\.covers) == [[.source(guid(11)), .passage(guid(30))]])
    #expect(again.codings.count == 2)
    let standard = try written(project, for: .standard).xml
    #expect(!standard.contains("<Code guid=\"\(g(50))\""))
  }

  @Test
  func `who coded with a case's code since then is heard`() throws {
    let xml = try written(project(), for: .nvivo).xml
    let more =
      "<Coding guid=\"\(g(99))\"><CodeRef targetGUID=\"\(g(50))\"/></Coding></PlainTextSelection>"
    let end = try #require(xml.range(of: "</PlainTextSelection>"))
    let edited = xml.replacingCharacters(in: end, with: more)
    let read = try ProjectReader.read(Array(edited.utf8), name: "a.qde").value
    #expect(read.codebook.codes.contains(guid(50)))
    #expect(read.codings[guid(99) as ID<Coding>] != nil)
  }

  @Test
  func `for QualCoder each name is there once and each coder has own passages`() throws {
    let (xml, files, again) = try written(project(), for: .qualcoder)
    let names = xml.matches(of: /<Code guid="[^"]*" name="([^"]*)"/).map { String($0.output.1) }
    #expect(names == ["Place", "Other", "Time", "Other (Time)", "Ana"])
    let titles = xml.matches(of: /<Note guid="[^"]*" name="([^"]*)"/).map { String($0.output.1) }
    #expect(titles.sorted() == ["Comment: Walk, 14, Other", "Memo", "Memo (2)", "Rain"])
    let notes = xml.matches(of: /<Note [^>]*plainTextPath="internal:\/\/([^"]*)"/)
    #expect(notes.count == 4)
    for note in notes { #expect(files.contains("sources/\(note.output.1)")) }
    #expect(xml.firstMatch(of: /<Code [^>]*>\s*<NoteRef/) == nil)
    let coders = again.codings.passages(in: guid(10)).map(\.created.by)
    #expect(Set(coders) == [guid(2), guid(3)] && coders.count == 2)
    for coding in again.codings.all {
      #expect(again.codings[coding.passage]?.created.by == coding.created.by)
    }
  }

  @Test
  func `notes are files of the archive, the second of a title is not`() throws {
    let (xml, files, again) = try written(project(), for: .standard)
    #expect(files.contains("sources/\(g(60)).txt") && !files.contains("sources/\(g(61)).txt"))
    #expect(xml.contains("<PlainTextContent>second</PlainTextContent>"))
    #expect(Set(again.notes.map(\.body)).isSuperset(of: ["first", "second", "wet"]))
    #expect(again.notes[guid(60)]?.files.plainText == nil)
    let atlas = try written(project(), for: .atlasti)
    #expect(!atlas.files.contains("sources/\(g(60)).txt"))
  }

  @Test
  func `from an annotation a link leads to its passage`() throws {
    let (xml, _, again) = try written(project(), for: .standard)
    #expect(
      xml.contains("originGUID=\"\(g(62))\" targetGUID=\"\(g(30))\""), "as NVivo and ATLAS.ti do")
    #expect(again.notes[guid(62)]?.kind == .annotation)
    #expect(again.notes[guid(62)]?.about == [.passage(guid(30))])
  }

  @Test
  func `for QualCoder a remark on a case's words stays one, and a memo has a title`() throws {
    var project = project()
    let span = TextSpan(scalars: 3..<8)
    project.codings.insert(
      [Passage(id: guid(31), source: guid(10), region: .text(span))], in: guid(10))
    project.cases[guid(50)]?.covers = [.passage(guid(31))]
    project.notes = [
      Note(id: guid(63), kind: .annotation, body: "hm", about: [.passage(guid(31))]),
      Note(id: guid(64), body: "about the walk"),
    ]
    let (xml, files, again) = try written(project, for: .qualcoder)
    let selection = try #require(
      xml.firstMatch(of: try Regex("<PlainTextSelection guid=\"\(g(31))\"[^>]*>\\s*</Plain")))
    #expect(!selection.output.isEmpty, "a selection with a coding is no annotation there")
    #expect(xml.matches(of: try Regex("<CodeRef targetGUID=\"\(g(50))\"/>")).count == 1)
    #expect(
      xml.contains("<Note guid=\"\(g(63))\" name=\"\"") && files.contains("sources/\(g(63)).txt"))
    #expect(xml.contains("<Note guid=\"\(g(64))\" name=\"Note\""))
    #expect(again.cases.map(\.covers) == [[.passage(guid(31))]])
    #expect(
      again.codings.passages(in: guid(10)).count == project.codings.passages(in: guid(10)).count + 1
    )
  }

  @Test
  func `words without a place are shown as a name and a description`() throws {
    var project = Project(id: guid(1), title: "x")
    project.sources = [Source(id: guid(10), name: "P1")]
    let words = "she said that it was\nraining " + String(repeating: "and raining ", count: 20)
    project.codings.insert(
      [
        Passage(
          id: guid(30), source: guid(10), region: .text(TextSpan(scalars: 0..<0)),
          anchor: Anchor(quote: words), verdict: .unverified)
      ], in: guid(10))
    let options = ProjectWritingOptions(sidecar: .none)
    let writer = try #require(ProjectWriter(project, as: .qde, options: options))
    let losses = writer.losses(file: "x").map(\.summary)
    #expect(losses.contains { $0.hasPrefix("the words of a passage without a place") })
    let again = try ProjectReader.read(try #require(writer.bytes), name: "x.qde").value
    let passage = try #require(again.codings[guid(30) as ID<Passage>])
    #expect(passage.description == words)
    #expect(
      passage.name.hasPrefix("she said that it was raining and") && passage.name.hasSuffix("…"))
  }

  private func guid<Kind>(_ number: Int) -> ID<Kind> { ID(high: 0, low: UInt64(number)) }
  private func g(_ number: Int) -> String { (guid(number) as ID<Project>).description }
}
