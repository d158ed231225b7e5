import Foundation
import QDA
import QDATestSupport
import Testing

/// What the Framework Method asks of its stages, beyond what the suites of each stage show.
struct FrameworkMethodTests {
  private func id<Kind>(_ key: String) -> ID<Kind> { SmallStudy.id(key) }

  // MARK: Stages

  /// The small study up to a stage, with a note on the first reading.
  private func study(upTo stage: Stage?) -> Project {
    var project = SmallStudy().project
    let reached = stage.map { Stage.allCases.firstIndex(of: $0) ?? 0 } ?? -1
    project.notes[id("note")] = Note(
      id: id("note"), kind: .familiarisation, body: "They wait.", about: [.case(id("P1"))])
    if reached < 4 { project.configurations = [] }
    if reached < 3 { project.cells = [:] }
    if reached < 2 { project.codings = CodingStore() }
    if reached < 1 { project.codebook = Codebook() }
    if reached < 0 { project.notes = [] }
    return project
  }

  @Test(arguments: Stage.allCases)
  func `a stage runs when the one before has left something`(stage: Stage) throws {
    let change = Change(id: id("change"), why: "next")
    #expect(try study(upTo: stage.predecessor).running(stage, change) == change)
    guard let before = stage.predecessor else { return }
    let earlier = study(upTo: before.predecessor)
    #expect(!earlier.hasArtefact(of: before))
    #expect(throws: StageMissing(stage: stage, predecessor: before)) {
      _ = try earlier.running(stage, change)
    }
  }

  @Test
  func `a stage that somebody runs all the same says so in its change, which keeps it`() throws {
    let change = Change(id: id("change"), stamp: Stamp(by: id("MR")), why: "a manual summary")
    let made = try study(upTo: .framework).running(.charting, change, isOverridden: true)
    #expect(made.skipped == .indexing)
    let decoded = try JSONDecoder().decode(Change.self, from: JSONEncoder().encode(made))
    #expect(decoded == made)
    // A change that nothing speaks against has nothing to say, and one of an older history neither.
    let plain = try study(upTo: .indexing).running(.charting, change, isOverridden: true)
    #expect(plain.skipped == nil)
    let line = String(decoding: try JSONEncoder().encode(change), as: UTF8.self)
    #expect(!line.contains("skipped"))
  }

  @Test
  func `a proposed or rejected coding is no index, and a cell that is not charted no chart`() {
    var project = study(upTo: .framework)
    let source: ID<Source> = id("P1.txt")
    project.codings.insert(
      [Passage(id: id("p"), source: source, region: .text(TextSpan(scalars: 0..<5)))],
      codings: [
        Coding(id: id("c"), passage: id("p"), code: id("matching"), status: .proposed)
      ], in: source)
    #expect(!project.hasArtefact(of: .indexing))
    let key = Cell.Key(row: id("P1"), column: id("matching"))
    project.cells[key] = Cell(key: key, state: .notCharted)
    #expect(!project.hasArtefact(of: .charting))
  }

  @Test
  func `what each stage leaves is a value that is the same after encoding`() throws {
    func same<Value: Codable & Equatable>(_ value: Value) throws -> Bool {
      try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value)) == value
    }
    var project = study(upTo: .mapping)
    project.typologies[id("t")] = Typology(
      id: id("t"), name: "T", dimensions: ["d"], columns: [id("matching")],
      types: [Term(name: "x")], placements: [Typology.Placement(id("P1"), in: "x")])
    #expect(try same(Array(project.notes)))
    #expect(try same(project.codebook))
    #expect(try same(project.codings.all.map { $0 }))
    #expect(try same(Array(project.cells.values).sorted { $0.key < $1.key }))
    #expect(try same(project.association(of: id("door"), with: id("roles"))))
    #expect(try same(Array(project.typologies)))
    #expect(try same(Array(project.configurations)))
    #expect(try same(project))
  }

  @Test
  func `a typology that was kept before it had columns is still read`() throws {
    let typology = Typology(id: id("t"), name: "T")
    let text = String(decoding: try JSONEncoder().encode(typology), as: UTF8.self)
    let old = text.replacing("\"columns\":[],", with: "").replacing(",\"columns\":[]", with: "")
    #expect(!old.contains("columns"))
    #expect(try JSONDecoder().decode(Typology.self, from: Data(old.utf8)) == typology)
  }

  // MARK: Framework

  @Test
  func `codes are numbered by their places, an Other as the ninth, and keep their ids`() throws {
    var project = SmallStudy().project
    for (key, parent) in [("later", nil), ("below", "later"), ("deep", "below")] {
      project.codebook.codes[id(key)] = Code(
        id: id(key), parent: parent.map { id($0) }, number: "77", name: key)
    }
    #expect(project.codebook.themesWithoutOther.map(\.name) == ["Door", "later"])
    let other = Code(id: id("other"), parent: id("door"), name: "Other: door")
    let change = try project.editing(
      [.add(other, at: nil), .number], id: id("edit"), stamp: Stamp(), why: "in order")
    var numbered = project
    try numbered.apply(change)
    #expect(
      numbered.codebook.inReadingOrder.map { "\($0.number) \($0.name)" } == [
        "1 Door", "1.1 matching", "1.2 waiting", "1.9 Other: door", "2 later", "2.1 below",
        "2.1.1 deep",
      ])
    #expect(numbered.codebook.codes.ids == project.codebook.codes.ids + [other.id])
    #expect(!numbered.check().contains { $0.id == "codebook.number-out-of-order" })
    #expect(numbered.codebook.versions.last?.map[id("deep")] == [id("deep")])
    #expect(numbered.codebook.introductions[id("deep")] == 1, "a number is no new code")
    // Ten subthemes leave the ninth place to one of them.
    for number in 0..<8 {
      let key = "more \(number)"
      numbered.codebook.codes[id(key)] = Code(id: id(key), parent: id("door"), name: key)
    }
    #expect(numbered.codebook.placeNumbers[other.id] == "1.11")
  }

  // MARK: Indexing

  @Test
  func `passages overlap and nest, and one passage has several codes by several coders`() throws {
    var project = SmallStudy().project
    let source: ID<Source> = id("P1.txt")
    func passage(_ key: String, _ range: Range<Int>) -> Passage {
      Passage(id: id(key), source: source, region: .text(TextSpan(scalars: range)))
    }
    // "P1: She rang first, so they came ready." begins at 21.
    let passages = [
      passage("outer", 21..<56), passage("inner", 25..<29), passage("across", 28..<40),
    ]
    func coding(_ passage: String, _ code: String, _ coder: String, weight: Int? = nil) -> Coding {
      Coding(
        id: id("\(passage) \(code) \(coder)"), passage: id(passage), code: id(code),
        created: Stamp(by: id(coder)), weight: weight)
    }
    project.codings.insert(
      passages,
      codings: [
        coding("outer", "matching", "MR", weight: 3), coding("outer", "matching", "TO"),
        coding("outer", "waiting", "MR"), coding("inner", "matching", "MR"),
        coding("across", "waiting", "TO"),
      ], in: source)
    let found = project.codings.codings(ofPassage: id("outer"))
    #expect(found.count == 3 && Set(found.map(\.code)).count == 2)
    #expect(found.compactMap(\.weight) == [3])
    let inner = try #require(passages[1].span)
    let over = project.codings.passages(in: source).filter { passage in
      passage.span.map { $0.overlaps(inner) } ?? false
    }
    #expect(Set(over.map(\.id)).isSuperset(of: [id("outer"), id("inner"), id("across")]))
    let matrix = CodingMatrix(project)
    #expect(matrix.count(of: id("P1"), id("matching")) == 2 + 3)
    #expect(matrix.count(of: id("P1"), id("waiting")) == 2)
  }

  // MARK: Charting

  @Test
  func `a cell is one, whatever chart shows it, and all charts have their cases in one order`()
    throws
  {
    var project = SmallStudy().project
    let key = Cell.Key(row: id("P1"), column: id("matching"))
    project.cells[key]?.state = .nothingSaid
    let theme = try #require(project.chart(of: id("door")))
    let column = try #require(project.chart(of: id("matching")))
    #expect(theme[key.row, key.column] == column[key.row, key.column])
    #expect(theme[key.row, key.column].state == .nothingSaid)
    let worked = try StudyFolder.read(at: fixture("LinkWorkers")).value.project
    let orders = worked.charts.map { $0.rows.map(\.name) }
    #expect(orders.count == 6)
    #expect(orders.allSatisfy { $0 == (1...22).map { "P\($0)" } })
  }

  @Test
  func `a row is the view within a case, a column the one between cases`() throws {
    let project = try StudyFolder.read(at: fixture("LinkWorkers")).value.project
    let nine = try #require(project.cases.first { $0.name == "P9" })
    let code = try #require(project.codebook.codes.first { $0.number == "1.3" })
    let row = project.cells(within: nine.id)
    #expect(row.allSatisfy { $0.key.row == nine.id })
    #expect(
      row.map(\.key.column)
        == project.codebook.inReadingOrder.map(\.id).filter { code in
          row.contains { $0.key.column == code }
        })
    let column = project.cells(under: code.id)
    #expect(column.allSatisfy { $0.key.column == code.id })
    #expect(column.compactMap { project.cases[$0.key.row]?.name } == (1...22).map { "P\($0)" })
    #expect(row.contains { column.contains($0) })
  }
}
