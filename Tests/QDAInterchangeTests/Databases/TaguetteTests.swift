import Foundation
import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

struct TaguetteTests {
  // What Taguette itself says of the database that it made.
  private struct Expected: Decodable {
    struct Highlight: Decodable {
      var document: String
      var tags: [String]
      var words: String
      var exported: String
    }
    var texts: [String: String]
    var highlights: [Highlight]
  }

  private struct Fragment: Decodable {
    var html: String
    var text: String
  }

  private func decoded<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
    try JSONDecoder().decode(
      type, from: Data(try bytes(of: fixture("Exchange/taguette/\(name)"))))
  }

  private func read(_ project: String?) throws -> Reading<Project> {
    try TaguetteDatabase.read(
      try bytes(of: fixture("Exchange/taguette/allotment.sqlite3")), name: "allotment.sqlite3",
      options: ProjectReadingOptions(project: project))
  }

  @Test
  func `highlights have the words and tags that Taguette exports`() throws {
    let expected = try decoded("expected.json", as: Expected.self)
    for name in ["Allotment", "Second & smaller"] {
      let reading = try read(name)
      let project = reading.value
      var found: [String] = []
      for source in project.sources {
        #expect(try project.texts.text(of: source.id).string == expected.texts[source.name])
        for passage in project.codings.passages(in: source.id) {
          let tags = project.codings.codings(ofPassage: passage.id)
            .compactMap { project.codebook.codes[$0.code]?.name }.sorted()
          found.append("\(source.name)|\(tags)|\(try project.quote(of: passage))")
        }
      }
      let documents = Set(project.sources.map(\.name))
      let wanted = expected.highlights.filter { documents.contains($0.document) }
      #expect(!wanted.isEmpty)
      #expect(Set(found) == Set(wanted.map { "\($0.document)|\($0.tags)|\($0.words)" }))
      #expect(found.count == wanted.count)
      #expect(
        reading.diagnostics.map(\.summary) == [
          "\(wanted.count) of \(wanted.count) highlights have their stored words at their position; "
            + "positions are counted in UTF-8 bytes, the end not included"
        ])
    }
  }

  @Test
  func `the text is what Taguette's HTML parser sees, however odd the fragment`() throws {
    for fragment in try decoded("html.json", as: [Fragment].self) {
      let text = try HTMLText(fragment.html, file: "f", part: "p").string
      #expect(text == fragment.text, "\(fragment.html)")
    }
  }

  @Test
  func `paragraphs and headings are known where the text runs on`() throws {
    let project = try read("Allotment").value
    let source = try #require(project.sources.first)
    let text = try project.texts.text(of: source.id)
    #expect(
      source.paragraphs.map { text[$0] } == [
        "Rhona – plot 7", "I: What made you stay?",
        "Rhona: The céilidh in the shed 🥕🥕, honestly. Folk & kale.", "And the quiet.",
        "It’s mine, ken?", "Nobody shouts here.", "Water", "Light", "Bed", "Crop", "1",
        "leeks <3", "two  spaces",
      ])
    #expect(source.marks == [Mark(.heading, TextSpan(scalars: 0..<14))])
  }

  @Test
  func `who highlighted what and when comes from the commands`() throws {
    let project = try read("Allotment").value
    #expect(project.coders.map(\.name) == ["admin", "mairi"])
    #expect(project.codebook.codes.map(\.name) == ["staying", "people.warm", "leaving"])
    #expect(project.codebook.codes.first?.definition == "Reasons to keep the plot")
    #expect(project.description == "Who stays, and why?")
    #expect(project.sources.map(\.description) == ["Second interview, in the shed", ""])
    let source = try #require(project.sources.first)
    let first = try #require(project.codings.codings(in: source.id).first)
    #expect(first.created.by.flatMap { project.coders[$0]?.name } == "mairi")
    #expect(first.created.at == Timestamp("2025-03-04T10:26:00.123"))
    #expect(first.provenance == .imported)
  }

  @Test
  func `of several projects the first is read and all are listed, or the one that is named`() throws
  {
    let reading = try read(nil)
    #expect(reading.value.title == "Allotment")
    let finding = try #require(
      reading.diagnostics.first { $0.id == "taguette.several-projects" })
    #expect(finding.notes == ["1: Allotment", "2: Second & smaller"])
    #expect(try read("2").value.title == "Second & smaller")
    #expect(
      throws: ReadingError.missingPart(file: "allotment.sqlite3", part: "project Third")
    ) { try read("Third") }
  }

  @Test
  func `reading again gives the same project with the same ids`() throws {
    let (first, second) = (try read("1").value, try read("1").value)
    #expect(first.codings == second.codings)
    #expect(first.sources == second.sources)
    #expect(first.id == second.id)
    #expect(first.id != (try read("2").value.id))
    #expect(first.check().filter { $0.severity == .error } == [])
  }

  @Test
  func `HTML that nests without end is refused`() {
    let deep = String(repeating: "<b>", count: 5000) + "x"
    #expect(throws: ReadingError.self) { try HTMLText(deep, file: "f", part: "p") }
  }
}
