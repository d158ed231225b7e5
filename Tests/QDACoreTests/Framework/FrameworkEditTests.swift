import QDA
import QDATestSupport
import Testing

struct FrameworkEditTests {
  private func id<Kind>(_ key: String) -> ID<Kind> { SmallStudy.id(key) }

  /// The small study after edits, with the change taken back and forth on the way.
  private func edited(_ edits: FrameworkEdit..., from given: Project? = nil) throws -> Project {
    let before = given ?? SmallStudy().project
    var project = before
    let change = try project.editing(
      edits, id: id("edit"), stamp: Stamp(by: id("MR")), why: "because")
    try project.apply(change)
    var back = project
    try back.apply(change.inverted(id: id("back")))
    #expect(back == before)
    return project
  }

  private func error(_ edits: FrameworkEdit...) -> FrameworkError? {
    #expect(throws: FrameworkError.self) {
      _ = try SmallStudy().project.editing(edits, id: id("edit"), stamp: Stamp(), why: "because")
    }
  }

  @Test
  func `a merge carries codings, cells and notes along, and says what became of the code`() throws {
    var before = SmallStudy().project
    let note = Note(id: id("note"), body: "", about: [.code(id("matching"))])
    before.notes[note.id] = note
    let project = try edited(.merge([id("matching")], into: id("waiting")), from: before)
    #expect(project.codebook.codes[id("matching")] == nil)
    #expect(project.codings.codings(of: id("matching")).isEmpty)
    #expect(project.codings.codings(of: id("waiting")).count == 4)
    #expect(project.notes[id("note")]?.about == [.code(id("waiting"))])
    let cell = try #require(project.cells[Cell.Key(row: id("P1"), column: id("waiting"))])
    #expect(cell.state == .notCharted)
    #expect(cell.alternatives.map(\.code) == [id("matching")])
    #expect(cell.alternatives[0].runs.count == 3)
    let stale = try #require(ChartingState(of: project).stale.first)
    #expect(stale.alternative == 0 && stale.differences.first == .movedFrom(id("matching")))
    #expect(
      project.cells[Cell.Key(row: id("P2"), column: id("waiting"))]?.state == .askedNotAnswered)
    #expect(project.codebook.versions.map(\.number) == [1, 2])
    #expect(project.codebook.versions[0].codes.count == 3)
    #expect(project.codebook.versions[1].map == [id("matching"): [id("waiting")]])
    #expect(project.codebook.versions[1].why == "because")
  }

  @Test
  func `of two codings that become the same one stays, unless something was written on it`() throws
  {
    var before = SmallStudy().project
    func add(_ comment: String) {
      before.codings.insert(
        codings: [
          Coding(
            id: id("twice"), passage: id("She rang first"), code: id("waiting"), comment: comment)
        ], in: id("P1.txt"))
    }
    add("")
    #expect(
      try edited(.merge([id("matching")], into: id("waiting")), from: before).codings.count == 4)
    before.codings.insert(
      codings: [
        Coding(
          id: id("She rang first"), passage: id("She rang first"), code: id("matching"),
          comment: "loudly")
      ], in: id("P1.txt"))
    #expect(
      try edited(.merge([id("matching")], into: id("waiting")), from: before).codings.count == 5)
  }

  @Test
  func `a split gives every coding to one of the parts, and shows summaries under each`() throws {
    let parts = ["early", "late"].map { Code(id: id($0), name: $0) }
    #expect(
      error(.split(id("matching"), into: parts, codings: [:], rest: nil))
        == .unassigned(
          id("matching"),
          SmallStudy().project.codings.codings(of: id("matching")).map(\.id)))
    let project = try edited(
      .split(
        id("matching"), into: parts, codings: [id("they came ready"): id("late")],
        rest: id("early")))
    #expect(project.codings.codings(of: id("late")).map(\.id) == [id("they came ready")])
    #expect(project.codings.codings(of: id("early")).count == 2)
    #expect(
      project.codebook.children(of: id("door")).map(\.name) == ["early", "late", "waiting"])
    for part in parts {
      let cell = project.cells[Cell.Key(row: id("P1"), column: part.id)]
      #expect(cell?.alternatives.first?.code == id("matching"))
    }
    #expect(project.codebook.versions.last?.map == [id("matching"): [id("early"), id("late")]])
    #expect(project.codebook.introductions[id("late")] == 2)
  }

  @Test
  func `what is below a code that is split goes under the rest, and the version says so`() throws {
    let parts = ["in", "out"].map { Code(id: id($0), name: $0) }
    // 'Door' has two subthemes and no codings of its own.
    #expect(
      error(.split(id("door"), into: parts, codings: [:], rest: nil))
        == .orphaned(id("door"), [id("matching"), id("waiting")]))
    let project = try edited(.split(id("door"), into: parts, codings: [:], rest: id("out")))
    #expect(project.codebook.children(of: id("out")).map(\.id) == [id("matching"), id("waiting")])
    #expect(project.codebook.codes.filter { $0.parent == nil }.map(\.name) == ["in", "out"])
    let version = try #require(project.codebook.currentVersion)
    let words = (project.codebook.changes[version] ?? []).map { change in
      (project.codebook.name(of: change.code) ?? "") + " "
        + change.words { project.codebook.name(of: $0) ?? "" }
    }
    #expect(
      Set(words) == [
        "Door became in, out", "matching was moved under out", "waiting was moved under out",
      ])
  }

  @Test
  func `a split gives away its own codings only, and makes no code twice`() {
    let parts = ["early", "late"].map { Code(id: id($0), name: $0) }
    // 'And here?' is coded waiting.
    #expect(
      error(
        .split(
          id("matching"), into: parts, codings: [id("And here?"): id("late")], rest: id("early")))
        == .ofAnotherCode(id("And here?")))
    #expect(
      error(.split(id("matching"), into: [parts[0], parts[0]], codings: [:], rest: id("early")))
        == .present(id("early")))
  }

  @Test
  func `renaming and moving keep the id, the codings and the version that brought a code in`()
    throws
  {
    let theme = Code(id: id("theme"), number: "2", name: "Theme", isCodable: false)
    let project = try edited(
      .add(theme, at: nil), .move(id("waiting"), under: id("theme"), number: "2.1"),
      .rename(id("waiting"), name: "Queueing", number: nil))
    let code = try #require(project.codebook.codes[id("waiting")])
    #expect(code.name == "Queueing" && code.number == "2.1" && code.parent == id("theme"))
    #expect(project.codings.codings(of: id("waiting")).count == 1)
    #expect(project.codebook.introductions[id("waiting")] == 1)
    #expect(project.codebook.introductions[id("theme")] == 2)
    #expect(project.codebook.versions.last?.map == [id("waiting"): [id("waiting")]])
  }

  @Test
  func `what would lose something or make a circle is refused`() throws {
    #expect(
      error(.delete(id("waiting")))
        == .inUse(id("waiting"), CodeMentions([.codings: 1, .cells: 1])))
    #expect(error(.delete(id("door"))) == .inUse(id("door"), CodeMentions([.below: 2])))
    #expect(error(.delete(id("nothing"))) == .unknown(id("nothing")))
    #expect(error(.move(id("door"), under: id("waiting"), number: nil)) == .cyclic(id("door")))
    #expect(error(.merge([id("door")], into: id("waiting"))) == .cyclic(id("door")))
    #expect(error(.merge([id("waiting")], into: id("waiting"))) == .nothing)
    var before = SmallStudy().project
    before.codings.remove(codings: [id("And here?")], in: id("P2.txt"))
    before.cells[Cell.Key(row: id("P2"), column: id("waiting"))] = nil
    let project = try edited(.delete(id("waiting")), from: before)
    #expect(project.codebook.versions.last?.map == [id("waiting"): []])
  }

  @Test
  func `a code that anything names is not deleted, and all that does is listed`() throws {
    let code: ID<Code> = id("late")
    let key = Cell.Key(row: id("P1"), column: code)
    let others: [(CodeMentions.Kind, (inout Project) -> Void)] = [
      (.rules, { $0.rules[id("r")] = IndexingRule(id: id("r"), code: code, words: ["late"]) }),
      (
        .categories,
        { $0.categories[id("c")] = Category(id: id("c"), name: "Lateness", column: code) }
      ),
      (
        .typologies,
        {
          $0.typologies[id("t")] = Typology(id: id("t"), name: "Hours", columns: [code], types: [])
        }
      ),
      (
        .explanations,
        {
          $0.explanations[id("e")] = Explanation(
            id: id("e"), kind: .implicit, text: "The bus.", cells: [key])
        }
      ),
      (
        .notes,
        { $0.notes[id("n")] = Note(id: id("n"), body: "On lateness.", about: [.code(code)]) }
      ),
      (
        .evidence,
        {
          $0.evidence[id("g")] = Evidence(
            id: id("g"), target: .configuration(id("CMO1")), ground: .cell(key))
        }
      ),
      (.cases, { $0.cases[id("P1")]?.codes = [code] }),
      (.sets, { $0.sets[id("s")] = ObjectSet(id: id("s"), name: "Times", members: [.code(code)]) }),
    ]
    var project = SmallStudy().project
    project.codebook.codes[code] = Code(id: code, name: "Late")
    #expect(try !edited(.delete(code), from: project).codebook.codes.contains(code))
    let bare = project
    for (kind, add) in others {
      var one = bare
      add(&one)
      #expect(throws: FrameworkError.inUse(code, CodeMentions([kind: 1]))) {
        try edited(.delete(code), from: one)
      }
      add(&project)
    }
    let all = CodeMentions(Dictionary(uniqueKeysWithValues: others.map { ($0.0, 1) }))
    #expect(throws: FrameworkError.inUse(code, all)) { try edited(.delete(code), from: project) }
    #expect(
      FrameworkError.inUse(code, CodeMentions([.rules: 1, .codings: 2])).description
        == "the code is named by codings (2), rules (1); merge it into another one, or change these first"
    )
  }

  @Test
  func `what became of a code is said in words`() throws {
    let theme = Code(id: id("theme"), number: "2", name: "Waiting times")
    let project = try edited(
      .add(theme, at: nil), .move(id("waiting"), under: id("theme"), number: "2.1"),
      .rename(id("waiting"), name: "Queueing", number: nil))
    let version = try #require(project.codebook.currentVersion)
    let changes = try #require(project.codebook.changes[version])
    #expect(
      changes.map { $0.words { project.codebook.name(of: $0) ?? "" } }
        == ["was renamed ‘Queueing’, moved under Waiting times, numbered 2.1", "was added"])
  }

  @Test
  func `the parts of a split keep its role, and what named it names the rest and is listed`() throws
  {
    var before = SmallStudy().project
    let code: ID<Code> = id("matching")
    before.codebook.codes[code]?.role = SlotPlace(role: "mechanism", part: "reasoning")
    before.notes[id("n")] = Note(id: id("n"), body: "On calls.", about: [.code(code)])
    before.explanations[id("e")] = Explanation(
      id: id("e"), kind: .implicit, text: "The telephone.",
      cells: [
        Cell.Key(row: id("P1"), column: code), Cell.Key(row: id("P1"), column: id("waiting")),
      ])
    let change = try before.editing(
      [
        .split(
          code, into: [Code(id: id("calls"), name: "Calls"), Code(id: id("fit"), name: "Fit")],
          codings: [id("She rang first"): id("calls")], rest: id("fit"))
      ], id: id("edit"), stamp: Stamp(by: id("MR")), why: "two things")
    var project = before
    try project.apply(change)
    for part: ID<Code> in [id("calls"), id("fit")] {
      #expect(
        project.codebook.codes[part]?.role == SlotPlace(role: "mechanism", part: "reasoning"))
    }
    #expect(project.notes[id("n")]?.about == [.code(id("fit"))])
    #expect(project.explanations[id("e")]?.cells.map(\.column) == [id("fit"), id("waiting")])
    let listed = change.repointings
    #expect(listed.count == 2)
    #expect(listed.allSatisfy { $0.from == code && $0.to == id("fit") })
    let note = try #require(project.notes[id("n")])
    #expect(listed.contains { $0.object == .note(note) })
  }

  @Test
  func `a number that another code has is refused, its own is not`() {
    let taken = FrameworkError.numberTaken("1.2", by: id("waiting"))
    #expect(
      error(.add(Code(id: id("late"), number: "1.2", name: "Late"), at: nil)) == taken)
    #expect(error(.rename(id("matching"), name: "Fit", number: "1.2")) == taken)
    #expect(error(.move(id("matching"), under: nil, number: "1.2")) == taken)
    #expect(throws: Never.self) {
      try edited(.rename(id("waiting"), name: "Queueing", number: "1.2"))
    }
  }

  @Test
  func `a code that comes in is said, and one that was dropped and comes again counts anew`() throws
  {
    let late = Code(id: id("late"), parent: id("door"), number: "1.3", name: "Late")
    var project = try edited(.add(late, at: nil))
    func words(_ version: Int) -> [String] {
      (project.codebook.changes[version] ?? []).map {
        $0.words { project.codebook.name(of: $0) ?? "" }
      }
    }
    #expect(words(2) == ["was added under Door"])
    #expect(project.codebook.introductions[late.id] == 2)
    project = try edited(.delete(late.id), from: project)
    #expect(words(3) == ["was dropped"])
    #expect(project.codebook.hasEverHad(late.id) && !project.codebook.hasEverHad(id("never")))
    project = try edited(.add(late, at: nil), from: project)
    #expect(words(4) == ["was added under Door"])
    #expect(project.codebook.introductions[late.id] == 4)
    #expect(project.codebook.introductions[id("waiting")] == 1)
  }
}
