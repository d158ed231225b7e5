import Foundation
import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

/// What broken files cost, and what they must not cost.
struct StudyFolderMendingTests {
  private func utf16(_ text: String, isLittle: Bool, mark: Bool = true) -> [UInt8] {
    let units = (mark ? [0xFEFF] : []) + Array(text.utf16)
    return units.flatMap { unit in
      let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      return isLittle ? bytes : bytes.reversed()
    }
  }

  private func windows1252(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { $0 == "–" ? 0x96 : $0.value < 0x100 ? UInt8($0.value) : 0x3F }
  }

  private func allotment() throws -> [String: [UInt8]] {
    try StudySamples.allotment().mapValues { Array($0.utf8) }
  }

  @Test(
    arguments: ["participants.csv", "codings/P1.AB.csv", "charts/1.csv", "codebook.yaml"],
    [(true, true), (false, true), (true, false)])
  func `a file in UTF-16 is read as such with one finding`(
    path: String, order: (isLittle: Bool, mark: Bool)
  ) throws {
    var files = try allotment()
    let whole = StudySamples.read(files).value.project
    let text = String(decoding: try #require(files[path]), as: UTF8.self)
    files[path] = utf16(text, isLittle: order.isLittle, mark: order.mark)
    let reading = StudySamples.read(files)
    #expect(reading.diagnostics.map(\.head) == ["\(path):1:1 warning text.encoding-other"])
    #expect(reading.value.project == whole)
  }

  @Test
  func `a table in UTF-16 that changes becomes UTF-8 and keeps its other rows`() throws {
    var files = try allotment()
    let text = String(decoding: try #require(files["participants.csv"]), as: UTF8.self)
    files["participants.csv"] = utf16(text, isLittle: true)
    var folder = StudySamples.read(files).value
    var project = folder.project
    let id = try #require(folder.id(for: "P2", of: Case.self))
    project.cases[id]?.memberOf = [try #require(folder.id(for: "P1", of: Case.self))]
    folder.update(to: project)
    let written = String(decoding: try #require(folder.files["participants.csv"]), as: UTF8.self)
    #expect(written.contains("56+"))
    #expect(folder.project == project)
    #expect(
      StudySamples.read(["study.yaml": "id: a\n", "participants.csv": written])
        .value.project.cases.map(\.name) == ["P1", "P2", "P3"])
  }

  @Test
  func `a table in windows-1252 is one finding and one line of what it costs`() throws {
    var files = try allotment()
    let text = String(decoding: try #require(files["participants.csv"]), as: UTF8.self)
    let bytes = windows1252(text)
    files["participants.csv"] = bytes
    var folder = StudySamples.read(files).value
    let ids = StudySamples.read(files).diagnostics.filter {
      $0.severity == .error || $0.id == "study.record-left-out"
    }.map(\.id)
    #expect(ids == ["study.record-left-out", "table.not-utf8"])
    // P2's age has no dash, so its row is ASCII and nothing is guessed of it.
    #expect(folder.project.cases.map(\.name) == ["P2"])
    var project = folder.project
    project.title = "Another title"
    let new: ID<Case> = folder.keys.derived("P9")
    project.cases[new] = Case(id: new, name: "P9")
    folder.update(to: project)
    let written = try #require(folder.files["participants.csv"])
    // A new row goes behind the last one that was read; every old one keeps its bytes.
    let kept = written.split(separator: 0x0A).filter { !$0.starts(with: Array("P9".utf8)) }
    #expect(kept == bytes.split(separator: 0x0A))
    #expect(folder.project == project)
  }

  @Test
  func `the finding of another encoding is at the first byte that is not UTF-8`() {
    let table = CSVTable.read(
      Array("id,age\nP1,26".utf8) + [0x96] + Array("35\n".utf8), name: "t.csv")
    #expect(table.diagnostics.map(\.head) == ["t.csv:2:6 error table.not-utf8"])
    let head = CSVTable.read(Array("id,caf".utf8) + [0xE9] + Array("\nP1,x\n".utf8), name: "t.csv")
    #expect(head.diagnostics.map(\.head) == ["t.csv:1:7 error table.not-utf8"])
    #expect(head.value.records.count == 1)
  }

  @Test
  func `a table whose head cannot be read is not given another one`() throws {
    var files = try allotment()
    files["participants.csv"] = Array("\"id,age\nP1,1\nP2,2\n".utf8)
    var folder = StudySamples.read(files).value
    #expect(folder.project.cases.isEmpty)
    var project = folder.project
    let new: ID<Case> = folder.keys.derived("P9")
    project.cases[new] = Case(id: new, name: "P9")
    folder.update(to: project)
    #expect(folder.files["participants.csv"] == files["participants.csv"])
    #expect(folder.project == project)
  }

  // MARK: YAML

  private struct Broken: CustomTestStringConvertible, Sendable {
    var name: String
    var lines: [String]
    var testDescription: String { name }
  }

  private static let broken = [
    Broken(
      name: "a colon in the id", lines: ["  - id: K2: x", "    title: Second", "    rivals: [K1]"]),
    Broken(
      name: "no space behind the dash",
      lines: ["  -id: K2", "    title: Second", "    status: accepted"]),
    Broken(
      name: "a colon in the title and an open quote",
      lines: ["  - id: \"K2", "    title: Second", "    status: accepted"]),
    Broken(name: "brackets", lines: ["  - [id: K2}", "    title: Second"]),
    Broken(name: "a tab", lines: ["  -\tid: K2: y", "    title: Second", "    valence: mixed"]),
  ]

  @Test(arguments: broken)
  private func `a record whose first line is broken goes as a whole`(_ broken: Broken) throws {
    let before = ["  - id: K1", "    title: First", "    valence: favourable", "    # a remark"]
    let after = ["  - id: K3", "    title: Third"]
    func read(_ lines: [String]) -> Reading<YAMLDocument> {
      YAMLDocument.read(Array((["list:"] + lines).joined(separator: "\n").utf8), name: "t.yaml")
    }
    let reading = read(before + broken.lines + after)
    let expected = try #require(read(before + after).value.root)
    let root = try #require(reading.value.root)
    #expect(YAMLValue(root) == YAMLValue(expected))
    #expect(reading.diagnostics.map(\.id) == ["yaml.syntax"])
    let place = try #require(reading.diagnostics.first?.place)
    guard case .file(_, let line, _) = place else {
      Issue.record("no line")
      return
    }
    #expect((6...8).contains(line))
  }

  @Test
  func `a broken code keeps nothing of its own from the code before`() {
    let reading = StudySamples.read([
      "study.yaml": "format: 1\nid: a\n",
      "codebook.yaml": """
      codes:
        - id: a
          name: A
        - id: b: oops
          definition: What belongs to b.
        - id: c
          name: C
      """,
    ])
    #expect(reading.value.project.codebook.codes.map(\.name) == ["A", "C"])
    #expect(reading.value.project.codebook.codes.map(\.definition) == ["", ""])
  }

  @Test
  func `what refers to a broken record is one line`() throws {
    var files = try StudySamples.allotment()
    let whole = StudySamples.read(files).value.project
    files["codebook.yaml"] = files["codebook.yaml"]?
      .replacing("- id: welcome", with: "- id: welcome: x")
    let reading = StudySamples.read(files)
    #expect(reading.diagnostics.filter { $0.id == "yaml.syntax" }.count == 1)
    #expect(!reading.diagnostics.contains { $0.id == "codebook.code-unknown" })
    #expect(!reading.diagnostics.contains { $0.id == "coding.unknown" })
    #expect(reading.value.project.cases.count == whole.cases.count)
  }

  @Test
  func `a record that begins with a line in another encoding goes as a whole`() {
    let bytes =
      Array("list:\n  - id: one\n  - id: caf".utf8) + [0xE9]
      + Array("\n    a: b\n  - id: three\n".utf8)
    let reading = YAMLDocument.read(bytes, name: "t.yaml")
    let items = reading.value.root?["list"]?.items ?? []
    #expect(items.map { $0["id"]?.text } == ["one", "three"])
    #expect(items.first?["a"] == nil)
    #expect(reading.diagnostics.map(\.head) == ["t.yaml:3:12 error yaml.not-utf8"])
  }

  // MARK: What is not said

  @Test
  func `evidence without a stance is none`() throws {
    var files = try StudySamples.allotment()
    let count = StudySamples.read(files).value.project.evidence.count
    files["configurations.yaml"] = files["configurations.yaml"]?
      .replacing("passage: P1-AB-3, stance: supports", with: "passage: P1-AB-3")
    let reading = StudySamples.read(files)
    #expect(reading.diagnostics.map(\.head) == ["configurations.yaml:40:9 error yaml.key-missing"])
    #expect(reading.value.project.evidence.count == count - 1)
  }

  @Test(arguments: ["basis: observed, ", "voice: own, "])
  func `what evidence does not say of its ground is reported`(_ key: String) throws {
    var files = try StudySamples.allotment()
    let project = StudySamples.read(files).value.project
    files["configurations.yaml"] = files["configurations.yaml"]?
      .replacing(
        "basis: observed, voice: own, by: AB}", with: "basis: observed, voice: own, by: AB }"
      )
      .replacing(key + "by: AB }", with: "by: AB }")
      .replacing("basis: observed, by: AB }", with: "basis: observed, by: AB }")
    if key.hasPrefix("basis") {
      files["configurations.yaml"] = files["configurations.yaml"]?
        .replacing("basis: observed, voice: own, by: AB }", with: "voice: own, by: AB }")
    }
    let reading = StudySamples.read(files)
    #expect(reading.diagnostics.map(\.id) == ["study.value-assumed"])
    #expect(reading.value.project == project)
  }

  @Test
  func `a judgement of no words is no evidence`() throws {
    var files = try StudySamples.allotment()
    files["configurations.yaml"] = files["configurations.yaml"]?
      .replacing("judgement: The committee has seen it every year.", with: "judgement: \"\"")
    let reading = StudySamples.read(files)
    #expect(reading.diagnostics.map(\.id) == ["configuration.ground-missing"])
    #expect(reading.value.id(for: "CMO2-e3", of: Evidence.self) == nil)
  }

  @Test
  func `a configuration without a valence and a cell without a state are reported`() throws {
    var files = try StudySamples.allotment()
    files["configurations.yaml"] = files["configurations.yaml"]?
      .replacing("    valence: favourable\n", with: "")
    files["charts/1.csv"] = files["charts/1.csv"]?
      .replacing(",summarised,", with: ",,", maxReplacements: 1)
    let reading = StudySamples.read(files)
    #expect(
      Set(reading.diagnostics.map(\.id)) == [
        "configuration.valence-missing", "study.value-assumed",
      ])
  }

  // MARK: Transcripts

  @Test
  func `a transcript that is missing costs no coding`() throws {
    var files = try StudySamples.allotment()
    let whole = StudySamples.read(files).value.project
    files["transcripts/P1.txt"] = nil
    let reading = StudySamples.read(files)
    #expect(reading.value.project.codings.count == whole.codings.count)
    #expect(reading.value.project.evidence == whole.evidence)
    #expect(reading.diagnostics.count == 1, "\(reading.diagnostics)")
    #expect(reading.diagnostics.first?.severity == .error)
    let id = try #require(reading.value.id(for: "P1", of: Source.self))
    #expect(reading.value.project.codings.passages(in: id).allSatisfy { $0.verdict == .unverified })
    // Writing something else leaves the codings where they are.
    var folder = reading.value
    var project = folder.project
    project.title = "Another title"
    let codings = folder.files["codings/P1.AB.csv"]
    folder.update(to: project)
    #expect(folder.files["codings/P1.AB.csv"] == codings)
    #expect(folder.project == project)
    #expect(folder.files["exchange/rest.json"] == nil)
  }

  @Test
  func `of two files that differ in their ending the one that the study names counts`() throws {
    var files = try StudySamples.allotment()
    files["transcripts/P1.md"] = "Notes on the interview.\n"
    let reading = StudySamples.read(files)
    #expect(
      reading.diagnostics.map(\.head) == ["transcripts/P1.md:0:0 error study.key-duplicate"])
    #expect(reading.value.project.sources.map(\.name) == ["P1.txt", "P2.txt", "P3.txt"])
  }

  @Test
  func `a transcript that cannot be read is not said to have changed`() throws {
    try withTemporaryFolder { path in
      let folder = path + "/LinkWorkers"
      try FileManager.default.copyItem(atPath: fixture("LinkWorkers"), toPath: folder)
      try Data([0, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3]).write(
        to: URL(filePath: folder + "/transcripts/P01.txt"))
      let reading = try StudyFolder.read(at: folder)
      let ids = reading.diagnostics.map(\.id) + reading.value.check().map(\.id)
      #expect(ids.count { $0 == "study.transcript-unreadable" } == 1)
      #expect(!ids.contains("source.changed"))
      #expect(!ids.contains("coding.unknown"))
      let elsewhere = try StudyFolder.read(at: fixture("LinkWorkers")).value.check()
        .count { $0.id == "chart.reference-elsewhere" }
      #expect(ids.count { $0 == "chart.reference-elsewhere" } <= elsewhere)
    }
  }

  // MARK: Codings and history

  @Test
  func `codings of an unknown coder are kept as nobody's`() throws {
    var files = try StudySamples.allotment()
    let whole = StudySamples.read(files).value.project
    files["codings/P1.XY.csv"] = files.removeValue(forKey: "codings/P1.AB.csv")
    let reading = StudySamples.read(files)
    #expect(reading.diagnostics.map(\.head) == ["codings/P1.XY.csv:0:0 error study.coder-unknown"])
    #expect(reading.value.project.codings.count == whole.codings.count)
    files["codings/P1.csv"] = files.removeValue(forKey: "codings/P1.XY.csv")
    #expect(StudySamples.read(files).diagnostics.map(\.id) == ["coding.coder-missing"])
  }

  @Test
  func `a misspelt column of quotes is an error`() throws {
    var files = try StudySamples.allotment()
    files["codings/P1.AB.csv"] = files["codings/P1.AB.csv"]?
      .replacing("quote", with: "quot", maxReplacements: 1)
    let table = try #require(files["codings/P1.AB.csv"])
    let hasPositions = table.hasPrefix("id,start,end") || table.contains("start,end")
    try #require(hasPositions)
    #expect(
      StudySamples.read(files).diagnostics.contains {
        $0.id == "table.column-missing" && $0.severity == .error
      })
  }

  @Test
  func `a history that is no list of JSON objects is reported and left alone`() throws {
    try withTemporaryFolder { path in
      let history = "{\"id\": 1}\n\nnot json\n[1]\n"
      try StudySamples.put(
        ["study.yaml": "format: 1\nid: a\n", "history/MR.jsonl": history], in: path)
      let reading = try StudyFolder.read(at: path)
      #expect(
        reading.diagnostics.map(\.head) == ["history/MR.jsonl:3:1 warning study.history-invalid"])
      #expect(reading.diagnostics.first?.count == 2)
      var folder = reading.value
      var project = folder.project
      project.title = "New"
      folder.update(to: project)
      try folder.write(to: path)
      #expect(try String(contentsOfFile: path + "/history/MR.jsonl", encoding: .utf8) == history)
    }
  }

  // MARK: Mark-up

  private func markup(_ text: String) -> Reading<StudyFolder> {
    StudySamples.read([
      "study.yaml": "id: a\nmarkup: true\ninterviewers: [I]\n",
      "codebook.yaml": "codes: [{id: one}]\n", "transcripts/P1.txt": text,
    ])
  }

  @Test(arguments: [
    ("P1: [[ one ]]word[[/one ]]\n", [5, 18]), ("P1: a [[]] b\n", [7]), ("P1: a [[/one b\n", [7]),
    ("P1: a [[one", [7]),
  ])
  func `what looks like a tag and is none is reported`(text: String, columns: [Int]) {
    let reading = markup(text)
    #expect(
      reading.diagnostics.filter { $0.id.hasPrefix("markup.") }.map(\.head)
        == columns.map { "transcripts/P1.txt:1:\($0) warning markup.tag-malformed" })
  }

  @Test(arguments: ["", " ", "[[one]] [[/one]]"])
  func `tags around no words code nothing`(between: String) {
    let reading = markup("P1: a [[one]]\(between)[[/one]] b\n")
    #expect(reading.value.project.codings.count == 0)
    #expect(reading.diagnostics.contains { $0.id == "markup.passage-empty" })
  }

  @Test
  func `coded words of an interviewer have their place in the transcript`() {
    let reading = markup("I: So [[one]]what[[/one]]?\n\nP1: Yes.\n\nI: Why?\n\nP1: No.\n")
    #expect(
      reading.value.check().filter { $0.id == "coding.interviewer" }.map(\.head)
        == ["transcripts/P1.txt:1:14 warning coding.interviewer"])
  }

  @Test
  func `codings that reach from a question into its answer are noted once for each source`() {
    let reading = markup(
      "I: So [[one]]what?\n\nP1: Yes.[[/one]]\n\nI: Why[[one]]?\n\nP1: No.[[/one]] [[one]]Well.[[/one]]\n"
    )
    let found = reading.value.check().filter { $0.id.hasPrefix("coding.interviewer") }
    #expect(found.map(\.head) == ["transcripts/P1.txt:1:14 note coding.interviewer-included"])
    #expect(found.map(\.count) == [2])
  }

  @Test(.timeLimit(.minutes(1)))
  func `many tags on one line are one finding each`() {
    let count = 50_000
    let unclosed = markup("P1: " + String(repeating: "[[one]]a ", count: count) + "\n")
    #expect(unclosed.diagnostics.filter { $0.id == "markup.tag-unclosed" }.map(\.count) == [count])
    let closed = markup("P1: " + String(repeating: "[[one]]a[[/one]] ", count: count) + "\n")
    #expect(closed.value.project.codings.count == count)
  }

  @Test(.timeLimit(.minutes(1)))
  func `a codebook nested a thousand deep is cut off`() {
    var text = "codes:\n"
    for level in 0..<1200 {
      let indent = String(repeating: "  ", count: level * 2 + 1)
      text += "\(indent)- id: c\(level)\n\(indent)  name: C\n\(indent)  codes:\n"
    }
    let reading = StudySamples.read(["study.yaml": "id: a\n", "codebook.yaml": text])
    #expect(reading.diagnostics.contains { $0.id == "yaml.too-deep" })
    #expect(reading.value.project.codebook.codes.count > 20)
  }

  // MARK: Summaries

  @Test(arguments: ["She chose [1", "She chose {she did not", "She chose [-1]", "It is [1"])
  func `a mark that is not closed is reported`(summary: String) throws {
    var files = try StudySamples.allotment()
    files["charts/1.csv"] =
      "case,code,state,summary,references,author\nP1,welcome,summarised,"
      + "\(summary),P1-AB-1,AB\n"
    #expect(
      StudySamples.read(files).diagnostics.contains {
        $0.head == "charts/1.csv:2:23 error chart.mark-unclosed"
      })
  }

  @Test(arguments: [
    ("I'd been", true), ("Now I lock up", false), ("", true),
  ])
  func `words marked as verbatim are compared with their passage`(
    words: String, isThere: Bool
  ) throws {
    var files = try StudySamples.allotment()
    let whole = StudySamples.read(files).value
    let id = try #require(whole.id(for: "P1-AB-1", of: Coding.self))
    let coding = try #require(whole.project.codings[id])
    let passage = try #require(whole.project.codings[coding.passage])
    let spoken = try whole.project.quote(of: passage)
    let quote = isThere ? String(spoken.prefix(12)) + " … " + String(spoken.suffix(8)) : words
    files["charts/1.csv"] =
      "case,code,state,summary,references,author\nP1,welcome,summarised,"
      + CSV.field("So: “\(quote)” [1]") + ",P1-AB-1,AB\n"
    let found = StudySamples.read(files).diagnostics.contains { $0.id == "chart.verbatim-differs" }
    #expect(found == !isThere)
  }

  // MARK: study.yaml and participants.csv

  @Test
  func `a second row that differs is said to differ`() {
    func notes(_ second: String) -> [String] {
      StudySamples.read([
        "study.yaml": "id: a\nattributes: [{id: town, kind: text}]\n",
        "participants.csv": "id,town\nP1,Ayr\n\(second)\n",
      ]).diagnostics.filter { $0.id == "participant.duplicate" }.flatMap(\.notes)
    }
    #expect(notes("P1,Ayr") == ["the first row is on line 2 and says the same"])
    #expect(notes("P1,Perth") == ["the first row is on line 2 and says something else"])
  }

  @Test
  func `bands that are none, overlap or come twice are reported`() {
    let reading = StudySamples.read([
      "study.yaml": """
      id: a
      attributes:
        - id: age
          kind: band
          values: [35–26, foo, 26–35, 30–40, 26–35, 56+]
      """
    ])
    #expect(
      reading.diagnostics.map(\.head)
        == [14, 21, 33, 40].map { "study.yaml:5:\($0) warning study.vocabulary-invalid" })
  }

  @Test
  func `roles that are free text are no roles`() {
    let reading = StudySamples.read([
      "study.yaml": "id: a\nattributes: [{id: town, kind: text}]\nroles: town\n"
    ])
    #expect(reading.diagnostics.map(\.head) == ["study.yaml:3:8 error study.roles-invalid"])
    #expect(reading.value.project.roleAttribute == nil)
  }

  @Test
  func `a coder whom many files name and the study does not have is one finding`() throws {
    try withTemporaryFolder { path in
      let folder = path + "/LinkWorkers"
      try FileManager.default.copyItem(atPath: fixture("LinkWorkers"), toPath: folder)
      let file = URL(filePath: folder + "/study.yaml")
      let yaml = try String(contentsOf: file, encoding: .utf8)
      try Data(yaml.replacing("- id: MR\n", with: "- id: MX\n").utf8).write(to: file)
      let reading = try StudyFolder.read(at: folder)
      #expect(
        reading.diagnostics.filter { $0.severity == .error }.map(\.id) == ["study.coder-unknown"])
      let whole = try StudyFolder.read(at: fixture("LinkWorkers")).value.project
      #expect(reading.value.project.codings.count == whole.codings.count)
    }
  }
}
