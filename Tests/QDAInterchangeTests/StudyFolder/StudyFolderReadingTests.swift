import Foundation
import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

struct StudyFolderReadingTests {
  @Test
  func `a valid folder is read whole and without a finding`() throws {
    let reading = try StudyFolder.read(at: StudySamples.folder + "/Allotment")
    #expect(reading.diagnostics == [])
    let project = reading.value.project
    #expect(project.title == "What keeps people on the allotment")
    #expect(project.coders.map(\.name) == ["Ailsa Burn", "Callum Dow"])
    #expect(project.cases.map(\.name) == ["P1", "P2", "P3"])
    #expect(project.sources.map(\.name) == ["P1.txt", "P2.txt", "P3.txt"])
    #expect(
      project.codebook.inReadingOrder.map(\.number) == ["1", "1.1", "1.2", "2", "2.1"])
    #expect(project.codebook.versions.map(\.number) == [1, 2])
    #expect(project.codings.count == 7)
    #expect(project.cells.count == 8)
    #expect(project.configurations.map(\.label) == ["CMO1", "CMO2"])
    #expect(project.evidence.count == 9)
    #expect(project.theory.map(\.stage) == [.initial, .refined])
    #expect(project.notes.map(\.title) == ["The key", "Meeting in March"])
  }

  @Test
  func `keys and ids are found both ways, and ids follow from keys`() throws {
    let folder = try StudyFolder.read(at: StudySamples.folder + "/Allotment").value
    let code = try #require(folder.id(for: "trust", of: Code.self))
    #expect(folder.key(of: code) == "trust")
    #expect(code == ID(derivedFrom: ["allotment", "code", "trust"]))
    #expect(folder.id(for: code.description.uppercased(), of: Code.self) == code)
    #expect(folder.id(for: "thrust", of: Code.self) == nil)
    let configuration = try #require(folder.id(for: "CMO1", of: Configuration.self))
    #expect(folder.project.configurations[configuration]?.label == "CMO1")
  }

  @Test
  func `participants have typed values and speak in their transcripts`() throws {
    let folder = try StudyFolder.read(at: StudySamples.folder + "/Allotment").value
    let project = folder.project
    let roles = try #require(project.roleAttribute)
    let age = try #require(folder.id(for: "age", of: Attribute.self))
    #expect(
      project.cases.map { $0.values[roles] } == [
        .terms(["Keyholder"]), .terms(["Keyholder", "Committee"]), nil,
      ])
    #expect(
      project.cases.map { $0.values[age] } == [.band(46, 55), .band(56, nil), .band(26, 35)])
    let source = try #require(folder.id(for: "P1", of: Source.self))
    #expect(project.cases.first?.covers == [.source(source)])
    #expect(
      project.sources[source]?.speakers.map(\.person) == [nil, project.cases.first?.id])
    let third = try #require(folder.id(for: "P3", of: Source.self))
    #expect(project.cases[2].covers == [.speaker(third, label: "P3")])
  }

  @Test
  func `a summary is taken apart into stretches with their passages`() throws {
    let folder = try StudyFolder.read(at: StudySamples.folder + "/Allotment").value
    let key = Cell.Key(
      row: try #require(folder.id(for: "P1", of: Case.self)),
      column: try #require(folder.id(for: "trust", of: Code.self)))
    let cell = try #require(folder.project.cells[key])
    #expect(cell.runs.map(\.kind) == [.summary, .summary, .verbatim, .summary, .comment])
    #expect(cell.runs[2].text == "You don’t give a key to somebody you expect to leave.")
    let quote = try #require(cell.runs[2].references.first.flatMap { folder.project.codings[$0] })
    #expect(try folder.project.quote(of: quote) == cell.runs[2].text)
    #expect(cell.checker?.by == folder.id(for: "CD", of: Coder.self))
    let other = Cell.Key(
      row: try #require(folder.id(for: "P3", of: Case.self)),
      column: try #require(folder.id(for: "needed", of: Code.self)))
    #expect(folder.project.cells[other]?.alternatives.count == 1)
  }

  @Test
  func `evidence for a step makes the steps of its configuration objects`() throws {
    let folder = try StudyFolder.read(at: StudySamples.folder + "/Allotment").value
    let id = try #require(folder.id(for: "CMO1", of: Configuration.self))
    let configuration = try #require(folder.project.configurations[id])
    #expect(configuration.edges.count == 3)
    let evidence = try #require(folder.id(for: "CMO1-e3", of: Evidence.self))
    #expect(
      folder.project.evidence[evidence]?.target == .edge(try #require(configuration.edges.last).id))
  }

  @Test
  func `a misspelt sign never becomes a positive one`() throws {
    var files = try StudySamples.allotment()
    files["configurations.yaml"] = files["configurations.yaml"]?
      .replacing("    kind: inhibits\n", with: "    kind: inhibits\n    sign: minus\n")
      .replacing(
        "      - {id: o1, role: outcome, part: short-term, element: plot-given-up}\n",
        with: "      - {id: o1, role: outcome, part: short-term, element: plot-given-up}\n"
          + "    edges: [{from: c1, to: m1, sign: minus}, {from: m1, to: o1, sign: '-'}]\n")
    let reading = StudySamples.read(files)
    #expect(reading.diagnostics.map(\.id) == ["yaml.value-unknown", "yaml.value-unknown"])
    #expect(reading.value.project.links.isEmpty)
    let id = try #require(reading.value.id(for: "CMO2", of: Configuration.self))
    #expect(reading.value.project.configurations[id]?.edges.map(\.sign) == [.negative])
  }

  @Test
  func `every mistake of the broken folder is found in its place`() throws {
    let reading = try StudyFolder.read(at: StudySamples.folder + "/Broken")
    let expected = try String(
      contentsOfFile: StudySamples.folder + "/Broken-expected.txt", encoding: .utf8)
    #expect(
      reading.diagnostics.map(\.head) == expected.split(separator: "\n").map(String.init))
    let project = reading.value.project
    #expect(project.cases.map(\.name) == ["P1", "P2", "P5"])
    #expect(
      project.codebook.codes.map(\.name) == [
        "Arriving", "Being welcomed", "trust", "broken", "Being needed",
      ])
    #expect(project.codings.count == 13)
    #expect(project.cells.count == 4)
  }

  @Test
  func `every finding shows its line and says what to do`() throws {
    let reading = try StudyFolder.read(at: StudySamples.folder + "/Broken")
    for diagnostic in reading.diagnostics {
      #expect(!diagnostic.solutions.isEmpty || diagnostic.severity == .note, "\(diagnostic.id)")
      if case .file(let name, let line, _)? = diagnostic.place, line > 0,
        !name.hasSuffix("two.md"), !name.hasSuffix("P4.AB.csv")
      {
        #expect(diagnostic.line != nil, "\(diagnostic.head)")
      }
    }
  }

  @Test
  func `what was misspelt is suggested`() throws {
    let reading = try StudyFolder.read(at: StudySamples.folder + "/Broken")
    func note(_ head: String) -> String? {
      reading.diagnostics.first { $0.head.hasPrefix(head) }?.notes.first
    }
    #expect(note("study.yaml:2:1") == "did you mean 'title'?")
    #expect(note("codings/P1.AB.csv:12") == "did you mean 'welcome'?")
    #expect(note("codings/P2.AB.csv:1:1") == "is 'quotes' meant to be 'quote'?")
    #expect(note("configurations.yaml:13") == "did you mean 'context'?")
    #expect(note("configurations.yaml:12") == "did you mean 'winter'?")
  }

  @Test
  func `a folder that is none says so`() throws {
    try withTemporaryFolder { path in
      #expect(throws: ReadingError.self) { try StudyFolder.read(at: path) }
      #expect(throws: ReadingError.self) { try StudyFolder.read(at: path + "/nowhere") }
      try StudySamples.put(["study.yaml": ""], in: path)
      #expect(throws: ReadingError.self) { try StudyFolder.read(at: path + "/study.yaml") }
    }
  }

  @Test
  func `only study.yaml must be there, and may be empty`() throws {
    try withTemporaryFolder { path in
      try StudySamples.put(["study.yaml": "id: a\ntitle: T\n"], in: path)
      let reading = try StudyFolder.read(at: path)
      #expect(reading.diagnostics == [])
      #expect(reading.value.project.title == "T")
      try StudySamples.put(["study.yaml": ""], in: path)
      #expect(throws: Never.self) { try StudyFolder.read(at: path) }
    }
  }

  @Test
  func `an empty or huge file is a finding and no crash`() throws {
    var files = try StudySamples.allotment()
    for path in files.keys where !path.hasPrefix("transcripts/") && path != "study.yaml" {
      files[path] = ""
    }
    let reading = StudySamples.read(files)
    #expect(reading.value.project.cases.isEmpty)
    #expect(reading.diagnostics.contains { $0.id == "table.empty" })
    try withTemporaryFolder { path in
      try StudySamples.put(files, in: path)
      try StudySamples.put(["codebook.yaml": String(repeating: "# x\n", count: 1000)], in: path)
      let small = try StudyFolder.read(at: path, fileLimit: 2000)
      #expect(small.diagnostics.contains { $0.id == "study.file-unreadable" })
    }
  }

  @Test
  func `the worked study reads with the findings that it is meant to give`() throws {
    let reading = try StudyFolder.read(at: fixture("LinkWorkers"))
    let project = reading.value.project
    #expect(
      Set(reading.diagnostics.map(\.id)) == [
        "webvtt.notes-left-out", "participant.age-band-reversed", "markup.comment-without-code",
      ])
    #expect(project.sources.count == 22)
    #expect(project.rows.map(\.name) == (1...22).map { "P\($0)" })
    #expect(project.cases.count { $0.unit == "site" } == 8)
    #expect(project.codings.all.allSatisfy { $0.created.by != nil })
    let roles = try #require(project.roleAttribute)
    let terms = project.rows.map { one -> [String] in
      if case .terms(let terms)? = one.values[roles] { terms } else { [] }
    }
    #expect(terms.count { $0.contains("Crisis") } == 5)
    #expect(terms.count { $0.contains("MH") } == 2)
    #expect(terms.count { $0.contains("Employer") } == 9)
    #expect(terms.count { $0.count == 2 } == 1)
    #expect(terms.count { $0.isEmpty } == 7)
    #expect(
      project.codings.sources.flatMap { project.codings.passages(in: $0) }
        .allSatisfy { $0.verdict == .unchanged })
  }

  @Test
  func `pairs of a transcript may be written as a mapping or in one text`() throws {
    var files = try StudySamples.allotment()
    files["transcripts/P1.txt"] = "I: How so?\n\nAB: Luck.\n\nI: Why?\n\nAB: Because.\n"
    let yaml = try #require(files["study.yaml"])
    for aliases in ["{AB: Ailsa}", "\"AB = Ailsa\"", "[AB = Ailsa]"] {
      files["study.yaml"] = yaml.replacing(
        "transcripts:\n", with: "transcripts:\n  P1.txt: {aliases: \(aliases)}\n")
      let reading = StudySamples.read(files)
      let source = try #require(reading.value.project.sources.first { $0.name == "P1.txt" })
      #expect(source.rendition.options["aliases"] == "AB = Ailsa", "\(aliases)")
      #expect(!reading.diagnostics.contains { $0.id == "yaml.wrong-type" })
    }
    files["study.yaml"] = yaml.replacing(
      "transcripts:\n", with: "transcripts:\n  P1.txt: {aliases: {AB: [Ailsa, A]}}\n")
    #expect(StudySamples.read(files).diagnostics.contains { $0.id == "yaml.wrong-type" })
  }

  @Test
  func `a workbook in the place of a table is named for what it is`() throws {
    try withTemporaryFolder { folder in
      var files = try StudySamples.allotment().mapValues { Array($0.utf8) }
      let book = try bytes(of: fixture("Exchange/Workbook/values.xlsx"))
      files["participants.csv"] = book
      let found = StudySamples.read(files).diagnostics
      #expect(found.first { $0.id == "table.is-workbook" }?.severity == .error)
      #expect(!found.contains { $0.id == "table.not-utf8" })
      try Data(book).write(to: URL(filePath: folder + "/participants.xlsx"))
      try Data("format: 1\nid: a\n".utf8).write(to: URL(filePath: folder + "/study.yaml"))
      let unknown = try StudyFolder.read(at: folder).diagnostics.first {
        $0.id == "study.unknown-file"
      }
      #expect(
        unknown?.solutions == [
          "save it from the spreadsheet program as \"CSV UTF-8\", named 'participants.csv'"
        ])
    }
  }

  @Test
  func `ids of one length are written alike`() throws {
    func variants(_ ids: [String]) throws -> [String] {
      var files = try StudySamples.allotment()
      files["participants.csv"] = "id,age\n" + ids.map { "\($0),26–35\n" }.joined()
      return StudySamples.read(files).diagnostics.filter { $0.id == "participant.id-variant" }
        .compactMap(\.raw)
    }
    #expect(try variants((1...11).map { $0 < 10 ? "P0\($0)" : "P\($0)" }) == [])
    #expect(try variants(["P01", "P2", "P10"]) == ["P01"])
  }
}
