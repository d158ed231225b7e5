import QDA
import QDATestSupport
import Testing

struct ChartingTests {
  private func id<Kind>(_ key: String) -> ID<Kind> { SmallStudy.id(key) }
  private var key: Cell.Key { Cell.Key(row: id("P1"), column: id("matching")) }

  /// The small study after its cells were recorded to rest on what is there.
  private func recorded() throws -> Project {
    var project = SmallStudy().project
    try project.apply(project.recordingBases(id: id("record")))
    return project
  }

  private func differences(_ project: Project) -> [Cell.Difference] {
    ChartingState(of: project).stale.flatMap(\.differences)
  }

  @Test
  func `codings stand under the cases whose words they are, an interviewer's under none`() {
    let matrix = CodingMatrix(SmallStudy().project)
    // By hand: two of P1's and one of P2's passages are coded "matching"; "And here?" is asked.
    #expect(matrix.count(of: id("P1"), id("matching")) == 2)
    #expect(matrix.count(of: id("P2"), id("matching")) == 1)
    #expect(matrix.count(of: id("P2"), id("waiting")) == 0)
    #expect(matrix.count == 3)
    #expect(matrix.cases(of: id("matching")) == [id("P1"), id("P2")])
    #expect(
      matrix.codings(of: id("P1"), id("matching")).map(\.passage)
        == [id("She rang first"), id("they came ready")])
  }

  @Test(arguments: 1...8)
  func `the matrix says the same as asking for each passage whose it is`(seed: UInt64) {
    let project = Project.generated(seed: seed, sources: 4)
    let attribution = Attribution(project)
    let matrix = CodingMatrix(project)
    for one in project.cases {
      for code in project.codebook.codes {
        let expected = project.codings(of: code.id, by: one.id, using: attribution)
        #expect(matrix.codings(of: one.id, code.id) == expected)
      }
    }
  }

  @Test
  func `a summary is not stale while nothing changes, and says when nothing was recorded`() throws {
    let before = ChartingState(of: SmallStudy().project)
    #expect(before.stale.isEmpty)
    #expect(Set(before.unrecorded) == [key, Cell.Key(row: id("P2"), column: id("waiting"))])
    #expect(before.uncharted == [Cell.Key(row: id("P2"), column: id("matching"))])
    let state = ChartingState(of: try recorded())
    #expect(state.stale.isEmpty && state.unrecorded.isEmpty)
  }

  @Test
  func `codings that come and go make a summary stale, proposals do not`() throws {
    var project = try recorded()
    let source: ID<Source> = id("P1.txt")
    func coding(_ status: Coding.Status) -> Coding {
      Coding(
        id: id("new"), passage: id("She rang first"), code: id("matching"), status: status)
    }
    project.codings.insert(codings: [coding(.proposed)], in: source)
    #expect(differences(project) == [])
    project.codings.insert(codings: [coding(.accepted)], in: source)
    #expect(differences(project) == [.added(id("new"))])
    project.codings.remove(codings: [id("new"), id("they came ready")], in: source)
    #expect(differences(project) == [.removed(id("they came ready"))])
  }

  @Test
  func `a new definition makes summaries stale, a new name does not`() throws {
    var project = try recorded()
    project.codebook.codes[id("matching")]?.name = "The right place"
    project.codebook.codes[id("matching")]?.number = "1.7"
    #expect(differences(project) == [])
    project.codebook.codes[id("matching")]?.exclude = "Timetables."
    #expect(differences(project) == [.codeRedefined])
  }

  @Test
  func `words that change under a coding make the summary stale, words elsewhere do not`() throws {
    var project = try recorded()
    var texts = try #require(project.texts as? MemoryTexts)
    let source: ID<Source> = id("P1.txt")
    texts.texts[source] = Text("I: How did it GO?\nP1: She rang first, so they came ready.")
    project.texts = texts
    #expect(differences(project) == [])
    texts.texts[source] = Text("I: How did it go?\nP1: She rang later, so they came ready.")
    project.texts = texts
    #expect(differences(project) == [.reworded(id("She rang first"))])
  }

  @Test
  func `renewing a summary is a change that can be taken back`() throws {
    var project = try recorded()
    project.codebook.codes[id("matching")]?.definition = "Something else"
    let stale = project
    let change = try project.renewing([key], id: id("renew"), stamp: Stamp(by: id("A")))
    try project.apply(change)
    #expect(differences(project) == [])
    try project.apply(change.inverted(id: id("back")))
    #expect(project == stale)
    #expect(throws: ChartingError.notCharted(Cell.Key(row: id("P3"), column: id("matching")))) {
      _ = try project.renewing(
        [Cell.Key(row: id("P3"), column: id("matching"))], id: id("x"), stamp: Stamp())
    }
  }

  @Test
  func `only a summary that rests on its own case's words, and is not stale, becomes final`() throws
  {
    var project = try recorded()
    func finish() throws(ChartingError) -> Change {
      try project.finishing([key], id: id("finish"), checker: Stamp(by: id("B")))
    }
    let good = project
    project.cells[key]?.runs[1].references = []
    #expect(throws: ChartingError.noReference(key)) { _ = try finish() }
    project.cells[key]?.runs[1].references = [id("Nobody rang us")]
    #expect(throws: ChartingError.referenceElsewhere(key, id("Nobody rang us"))) {
      _ = try finish()
    }
    project = good
    project.codebook.codes[id("matching")]?.definition = "Something else"
    #expect(throws: ChartingError.stale(key)) { _ = try finish() }
    project = good
    try project.apply(finish())
    #expect(project.cells[key]?.checker?.by == id("B"))
    #expect(!project.check().contains { $0.id == "chart.final-refused" })
    project.cells[key]?.runs[1].references = [id("Nobody rang us")]
    #expect(project.check().contains { $0.id == "chart.final-refused" && $0.severity == .error })
  }

  @Test(arguments: [CellState.nothingSaid, .askedNotAnswered, .notAsked])
  func `a state over accepted codings is found, and is not checked until they are rejected`(
    state: CellState
  ) throws {
    var project = SmallStudy().project
    // P2's "Nobody rang us", in the second line of the interview, is coded "matching".
    let key = Cell.Key(row: id("P2"), column: id("matching"))
    project.cells[key] = Cell(key: key, state: state, author: Stamp(by: id("A")))
    func finish() throws(ChartingError) -> Change {
      try project.finishing([key], id: id("finish"), checker: Stamp(by: id("A")))
    }
    let finding = try #require(project.check().first { $0.id == "chart.state-contradicted" })
    #expect(finding.severity == .warning && finding.place == .object(.cell(key)))
    #expect(finding.notes == ["coded: P2.txt, line 2"])
    #expect(throws: ChartingError.contradicted(key, state, by: [id("Nobody rang us")])) {
      _ = try finish()
    }
    // The rule for associations: a person's charted state counts more than what is coded.
    let columns = project.association(of: id("matching"), with: id("roles")).columns
    #expect(!columns.contains { $0.said.contains(id("P2")) })
    let coding = try #require(
      project.codings.codings(of: id("matching")).first {
        $0.id == id("Nobody rang us")
      })
    var rejected = coding
    rejected.status = .rejected
    project.codings.insert(codings: [rejected], in: id("P2.txt"))
    #expect(!project.check().contains { $0.id == "chart.state-contradicted" })
    let change = try finish()
    #expect(project.checksByAuthors(in: change) == [key], "A wrote the cell")
    let other = try project.finishing([key], id: id("finish"), checker: Stamp(by: id("B")))
    #expect(project.checksByAuthors(in: other) == [])
  }

  @Test
  func `more than the limit verbatim, and no word kept, are warnings`() throws {
    var project = try recorded()
    func ids() -> Set<String> { Set(project.check().map(\.id)) }
    // "A call beforehand: " has 16 characters, "She rang first" 12: 12 of 28 are 42 percent.
    #expect(ChartingRules().verbatimShare(of: try #require(project.cells[key])) == 42)
    #expect(!ids().contains("chart.verbatim-mostly"))
    project.charting = ChartingRules(verbatimLimit: 41)
    #expect(ids().contains("chart.verbatim-mostly"))
    project.charting = nil
    project.cells[key]?.runs = [
      Run(.summary, "Prepared by telephone", references: [id("they came ready")])
    ]
    #expect(ids().contains("chart.key-terms-lost"))
    project.cells[key]?.runs[0].text = "Came readily after a call"
    #expect(!ids().contains("chart.key-terms-lost"))
    project.charting = ChartingRules(keyTerms: ["came ready"])
    #expect(ids().contains("chart.key-terms-lost"))
  }

  @Test
  func `rows follow the values of attributes, then the study's order`() {
    var project = SmallStudy().project
    // Crisis comes before Employer in the vocabulary, and a case without a role last.
    #expect(project.rows(orderedBy: [id("roles")]).map(\.name) == ["P1", "P2", "P3"])
    #expect(project.rows(role: "Employer").map(\.name) == ["P2"])
    let age: ID<Attribute> = id("age")
    project.attributes[age] = Attribute(id: age, name: "age", kind: .band)
    for (name, value) in [
      ("P1", AttributeValue.band(56, nil)), ("P2", .invalid(raw: "26–25")), ("P3", .band(26, 35)),
    ] {
      project.cases[id(name)]?.values[age] = value
    }
    #expect(project.rows(orderedBy: [age]).map(\.name) == ["P3", "P1", "P2"])
  }
}
