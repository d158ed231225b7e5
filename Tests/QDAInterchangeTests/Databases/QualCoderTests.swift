import Foundation
import QDACore
import QDAInterchange
import QDATestSupport
import Testing

struct QualCoderTests {
  private func read(_ options: ProjectReadingOptions = .init()) throws -> Reading<Project> {
    try QualCoderDatabase.read(
      path: fixture("Exchange/qualcoder/Allotment.qda"), options: options)
  }

  private func quotes(_ project: Project, _ source: String) throws -> [String] {
    let source = try #require(project.sources.first { $0.name == source })
    return try project.codings.codings(in: source.id).map { coding in
      let passage = try #require(project.codings[coding.passage])
      let code = try #require(project.codebook.codes[coding.code])
      return "\(code.name)|\(try project.quote(of: passage))"
    }
  }

  @Test
  func `codings open on the stored words although the text has other line ends`() throws {
    let reading = try read()
    let project = reading.value
    #expect(
      try quotes(project, "Isla.txt") == [
        "company|Why stay?\nIsla: The so", "soil|The soil 🥕 is mine.",
        "company|mine.\nI: And the shed?", "company|Folk sing", "company|Folk sing there 🎶 – aye.",
      ])
    let isla = try #require(project.sources.first)
    #expect(isla.rendition.lineEnd == .crlf)
    let spans = project.codings.codings(in: isla.id).compactMap {
      project.codings[$0.passage]?.span
    }
    #expect(spans.map(\.scalars) == [3..<25, 19..<38, 33..<55, 62..<71, 62..<86])
  }

  @Test
  func `words that are not at their position are found or marked, and counted`() throws {
    let reading = try read()
    let project = reading.value
    let isla = try #require(project.sources.first)
    let verdicts = project.codings.passages(in: isla.id).filter { $0.anchor != nil }
      .map { "\($0.anchor?.quote ?? ""): \($0.verdict)" }
    #expect(verdicts == ["nobody said this at all: orphaned", "Folk sing: shifted"])
    let finding = try #require(reading.diagnostics.first { $0.id == "database.quote-differs" })
    #expect(
      finding.summary
        == "in 'Isla.txt' the stored words of 2 of 6 codings are not at their position")
    #expect(finding.notes == ["1 were found elsewhere, once, and moved there"])
  }

  @Test
  func `a source whose positions count UTF-16 units is noticed by its words`() throws {
    let reading = try read()
    #expect(
      try quotes(reading.value, "Fiona.txt") == ["leaving|Seeds came late", "leaving|never rang"])
    let finding = try #require(reading.diagnostics.first { $0.id == "database.positions" })
    #expect(
      finding.summary
        == "7 of 9 codings have their stored words at their position; positions are counted in "
        + "Unicode code points, the end not included")
    #expect(
      finding.notes == ["in 'Fiona.txt' they are counted in UTF-16 units, the end not included"])
  }

  @Test
  func `a convention that the caller names is kept to, and what it breaks is found`() throws {
    let reading = try read(ProjectReadingOptions(positions: PositionConvention(unit: .scalars)))
    // One and two emoji before them moved the words, which stand once in the text.
    #expect(
      try quotes(reading.value, "Fiona.txt") == ["leaving|Seeds came late", "leaving|never rang"])
    #expect(
      reading.diagnostics.contains {
        $0.summary.hasPrefix("in 'Fiona.txt' the stored words of 2 of 2")
      })
  }

  @Test
  func `categories are codes that nothing is coded with`() throws {
    let codebook = try read().value.codebook
    #expect(
      codebook.codes.map { "\(codebook.path(of: $0.id).joined(separator: "/")) \($0.isCodable)" }
        == [
          "Staying false", "Staying/Ground false", "Staying/Ground/soil true",
          "Staying/company true", "leaving true",
        ])
    #expect(codebook.codes.map(\.color) == [nil, nil, "#cd853f", "#b0e0e6", nil])
    #expect(codebook.codes.first?.definition == "why people keep a plot")
  }

  @Test
  func `cases, attributes, annotations and journals have their place`() throws {
    let project = try read().value
    let ids = Dictionary(uniqueKeysWithValues: project.sources.map { ($0.name, $0.id) })
    let isla = try #require(project.cases.first)
    let text = try #require(ids["Isla.txt"])
    #expect(isla.covers == [.source(text)])
    #expect(isla.description == "plot 3")
    let age = try #require(project.attributes.first { $0.name == "Age" })
    let role = try #require(project.attributes.first { $0.name == "Role" })
    #expect(age.kind == .number)
    #expect(isla.values == [age.id: .number(decimal: "58"), role.id: .text("Holder")])
    let fiona = try #require(project.cases.last)
    #expect(fiona.values == [age.id: .invalid(raw: "about 40")])
    guard case .passage(let passage) = fiona.covers.first else {
      Issue.record("the stretch is no passage")
      return
    }
    // Stored as 14..<38 in a text whose line ends have two characters.
    let stretch = try #require(project.codings[passage])
    #expect(try project.quote(of: stretch) == "Isla: The soil 🥕 is mine")
    let plan = try #require(ids["plan.png"])
    #expect(fiona.covers.last == .source(plan))
    #expect(project.notes.map(\.kind) == [.annotation, .journal])
    guard case .passage(let remark) = project.notes.first?.about.first else {
      Issue.record("the annotation is about nothing")
      return
    }
    let remarked = try #require(project.codings[remark])
    #expect(try project.quote(of: remarked) == "I: Why stay?")
  }

  @Test
  func `pictures and recordings are sources with boxes and times`() throws {
    let project = try read().value
    #expect(project.sources.map(\.medium) == [.text, .text, .picture, .audio, .text, .pdf])
    let byName = Dictionary(uniqueKeysWithValues: project.sources.map { ($0.name, $0.id) })
    func regions(_ name: String) throws -> [Region] {
      let source = try #require(byName[name])
      return project.codings.passages(in: source).map(\.region)
    }
    let box = Box(first: Point(x: 10, y: 20), second: Point(x: 40, y: 60))
    #expect(try regions("plan.png") == [.picture(box)])
    #expect(try regions("talk.mp3") == [.time(1500..<4200)])
    #expect(try regions("rules.pdf").contains(.whole))
    let transcript = try #require(project.sources.first { $0.name == "talk.mp3.txt" })
    #expect(transcript.recording == byName["talk.mp3"])
  }

  @Test
  func `what has no place, what is missing and what cannot be read is counted`() throws {
    let findings = try read().diagnostics.map { "\($0.id) \($0.count) \($0.summary)" }
    #expect(
      findings.filter { !$0.hasPrefix("database.positions ") && !$0.contains("quote-differs") } == [
        "database.left-out 1 there is no place for the marks of codings as important, left out",
        "database.reference-missing 1 a coding names a code that is not in the file, and is kept "
          + "without",
        "database.reference-missing 1 a coding names a source that is not in the file, and is left "
          + "out",
        "database.left-out 1 there is no place for the positions of boxes on pages of PDF files but "
          + "as a remark, left out",
        "database.left-out 1 there is no place for the rows of the table 'stored_sql', left out",
      ])
  }

  @Test
  func `a database of the first versions is read too, and alone without its folder`() throws {
    let content = try bytes(of: fixture("Exchange/qualcoder/early.qda"))
    let reading = try QualCoderDatabase.read(content, name: "early.qda")
    #expect(reading.value.title == "early")
    #expect(try quotes(reading.value, "a.txt") == ["weather|Cold."])
    #expect(reading.value.coders.map(\.name) == ["me"])
    #expect(reading.value.created.at == Timestamp("2019-03-01T09:00:00"))
    #expect(reading.diagnostics.map(\.id) == ["database.positions"])
  }

  @Test
  func `a journal beside the database is noticed`() throws {
    try withTemporaryFolder { folder in
      let project = folder + "/Plots.qda"
      try FileManager.default.createDirectory(atPath: project, withIntermediateDirectories: true)
      try Data(bytes(of: fixture("Exchange/qualcoder/early.qda")))
        .write(to: URL(filePath: project + "/data.qda"))
      try Data("x".utf8).write(to: URL(filePath: project + "/data.qda-wal"))
      let reading = try QualCoderDatabase.read(path: project + "/")
      #expect(reading.value.title == "Plots")
      #expect(reading.diagnostics.first?.id == "database.unsaved-changes")
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: project).sorted()
          == ["data.qda", "data.qda-wal"])
    }
  }
}
