import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

struct HostileDatabaseTests {
  private func content(_ name: String) throws -> [UInt8] {
    try bytes(of: fixture("Exchange/hostile-databases/\(name)"))
  }

  @Test(arguments: [
    ("view.qda", "table code_name"), ("virtual.qda", "table code_name"),
    ("generated.qda", "column name of table code_name"),
    ("no-column.qda", "column fulltext of table source"), ("empty.sqlite", "table project"),
  ])
  func `a view, a virtual table or a generated column is not taken for a table`(
    _ file: String, _ part: String
  ) throws {
    let content = try content(file)
    #expect(throws: ReadingError.missingPart(file: file, part: part)) {
      try QualCoderDatabase.read(content, name: file)
    }
  }

  @Test
  func `values of the wrong type count as missing and are counted`() throws {
    let reading = try QualCoderDatabase.read(try content("values.qda"), name: "values.qda")
    let project = reading.value
    #expect(project.sources.map(\.name) == ["P1", "", "P3", "null"])
    #expect(
      try project.sources.map { try project.texts.text(of: $0.id).string }
        == ["", "abc\0def", "three words here", ""])
    #expect(project.codebook.codes.map(\.name) == ["7", "loop"])
    #expect(project.codebook.codes.map(\.color) == [nil, nil])
    let third = try #require(project.sources.first { $0.name == "P3" })
    let found = try project.codings.passages(in: third.id).map {
      "\(try project.quote(of: $0)) \($0.verdict)"
    }.sorted()
    #expect(
      found == [
        " unchanged", "here unverified", "three unchanged", "words shifted", "words unchanged",
      ])
    #expect(
      reading.diagnostics.map { "\($0.id) \($0.count)" } == [
        "database.value-invalid 1", "database.reference-missing 1", "database.value-invalid 1",
        "database.value-invalid 1", "database.left-out 2", "database.quote-differs 1",
        "database.position-outside 1", "database.positions 1",
      ])
  }

  @Test
  func `a database that is cut off at any place is refused or read, and never traps`() throws {
    let whole = try bytes(of: fixture("Exchange/qualcoder/early.qda"))
    for length in stride(from: 0, to: whole.count, by: 97) {
      #expect(throws: ReadingError.self, "\(length)") {
        try QualCoderDatabase.read(Array(whole[..<length]), name: "early.qda")
      }
    }
  }

  @Test
  func `damaged bytes give an error or a project`() throws {
    var generator = SeededGenerator(seed: 20_240_501)
    var (errors, projects) = (0, 0)
    let files = [
      "Exchange/qualcoder/Allotment.qda/data.qda", "Exchange/rqda/allotment.rqda",
      "Exchange/taguette/allotment.sqlite3",
    ]
    for round in 0..<300 {
      var damaged = try bytes(of: fixture(files[round % files.count]))
      for _ in 0..<Int.random(in: 1...40, using: &generator) {
        let place = Int.random(in: 16..<damaged.count, using: &generator)
        damaged[place] = UInt8.random(in: 0...255, using: &generator)
      }
      do {
        switch round % files.count {
        case 0: _ = try QualCoderDatabase.read(damaged, name: "d").value.check()
        case 1: _ = try RQDADatabase.read(damaged, name: "d").value.check()
        default: _ = try TaguetteDatabase.read(damaged, name: "d").value.check()
        }
        projects += 1
      } catch {
        errors += 1
      }
    }
    #expect(errors > 20)
    #expect(projects > 20)
  }

  @Test
  func `what is no database, encrypted or too large has its own error`() throws {
    #expect(throws: ReadingError.notText(file: "a.rqda", reason: "it is no SQLite database")) {
      try RQDADatabase.read(Array("Hello".utf8), name: "a.rqda")
    }
    var generator = SeededGenerator(seed: 7)
    let noise = (0..<4096).map { _ in UInt8.random(in: 0...255, using: &generator) }
    #expect(throws: ReadingError.encrypted(file: "a.rqda")) {
      try RQDADatabase.read(noise, name: "a.rqda")
    }
    let content = try bytes(of: fixture("Exchange/rqda/allotment.rqda"))
    #expect(throws: ReadingError.tooLarge(file: "a.rqda", part: "database", limit: 1000)) {
      try RQDADatabase.read(
        content, name: "a.rqda",
        options: ProjectReadingOptions(limits: ArchiveLimits(partSize: 1000)))
    }
  }

  @Test
  func `the tables tell the programs apart, whatever the name`() throws {
    func format(_ path: String) throws -> Format {
      try Sniffing.format(of: try bytes(of: fixture(path)), name: "x.txt", encoding: nil).value
        .format
    }
    #expect(try format("Exchange/taguette/allotment.sqlite3") == .taguette)
    #expect(try format("Exchange/qualcoder/early.qda") == .qualCoder)
    #expect(try format("Exchange/rqda/allotment.rqda") == .rqda)
    #expect(throws: ReadingError.self) { try format("Exchange/hostile-databases/empty.sqlite") }
  }

  @Test
  func `a database of a program that writes ahead is read from its main file`() throws {
    var content = try bytes(of: fixture("Exchange/qualcoder/early.qda"))
    content[18] = 2
    content[19] = 2
    #expect(try QualCoderDatabase.read(content, name: "early.qda").value.codings.count == 1)
  }

  @Test
  func `a project is no transcript`() throws {
    let content = try bytes(of: fixture("Exchange/rqda/allotment.rqda"))
    #expect(
      throws: ReadingError.noReader(
        file: "a.txt", format: "RQDA project", advice: "it is a whole project, not one transcript")
    ) { try TranscriptReader.read(content, name: "a.txt") }
  }
}
