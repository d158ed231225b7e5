import QDA
import QDATestSupport
import Testing

struct IndexingTests {
  private func id<Kind>(_ key: String) -> ID<Kind> { SmallStudy.id(key) }

  private let machine = Coder(
    id: SmallStudy.id("rules"), name: "Rules", initials: "rules", kind: .machine)

  private func study() -> Project {
    var project = SmallStudy().project
    project.coders[id("MR")] = Coder(id: id("MR"), name: "Morag Reid", initials: "MR")
    return project
  }

  private func rule(
    speakers: [String] = [], headings: [String] = [], words: [String] = [], pattern: String = ""
  ) -> IndexingRule {
    IndexingRule(
      id: id("rule"), name: "r", version: 2, code: id("waiting"), speakers: speakers,
      headings: headings, words: words, pattern: pattern)
  }

  private func proposed(_ rule: IndexingRule, in project: Project) throws -> [String] {
    var project = project
    try project.apply(
      project.proposing([rule], as: machine, id: id("run"), stamp: Stamp(by: id("MR"))))
    return try project.codings.all.filter { $0.status == .proposed }.map {
      try project.quote(of: try #require(project.codings[$0.passage])) + " | " + $0.comment
    }.sorted()
  }

  @Test
  func `rules find participants' words by speaker, word and expression, never an interviewer's`()
    throws
  {
    let first = "She rang first, so they came ready. | rule r, version 2: "
    let second = "Nobody rang us. They came anyway. | rule r, version 2: "
    let study = study()
    #expect(try proposed(rule(speakers: ["p1"]), in: study) == [first + "speaker P1"])
    #expect(
      try proposed(rule(words: ["RANG"]), in: study) == [second + "‘rang’", first + "‘rang’"])
    #expect(try proposed(rule(words: ["came ready"]), in: study) == [first + "‘came ready’"])
    #expect(try proposed(rule(words: ["ran"]), in: study) == [], "not a part of a word")
    #expect(try proposed(rule(words: ["go"]), in: study) == [], "asked, not answered")
    #expect(
      try proposed(rule(speakers: ["P2"], pattern: "rang (me|us)"), in: study)
        == [second + "speaker P2, ‘rang us’"])
    #expect(try proposed(rule(headings: ["Start"], words: ["rang"]), in: study) == [])
  }

  @Test
  func `a heading rules what follows it until the next one`() throws {
    let text = Text("Start\nOne rang.\nEnd\nTwo rang.")
    var project = study()
    let lines = text.lines()
    let source = Source(
      id: id("notes"), name: "notes.txt", kind: .fieldNotes, paragraphs: [lines[1], lines[3]],
      marks: [Mark(.heading, lines[0]), Mark(.heading, lines[2])])
    project.sources[source.id] = source
    var texts = try #require(project.texts as? MemoryTexts)
    texts.texts[source.id] = text
    project.texts = texts
    #expect(
      try proposed(rule(headings: ["start"], words: ["rang"]), in: project)
        == ["One rang. | rule r, version 2: under ‘Start’, ‘rang’"])
  }

  @Test
  func `a rule that cannot be run is refused`() {
    func error(_ rule: IndexingRule) -> IndexingError? {
      #expect(throws: IndexingError.self) {
        _ = try study().proposing([rule], as: machine, id: id("run"), stamp: Stamp())
      }
    }
    #expect(error(rule()) == .noCondition(id("rule")))
    #expect(error(rule(pattern: "(")) == .pattern(id("rule"), "("))
    var other = rule(words: ["rang"])
    other.code = id("door")
    #expect(error(other) == .code(id("rule"), id("door")))
  }

  @Test
  func `a person decides, and what was decided is not proposed again`() throws {
    var project = study()
    let stamp = Stamp(by: id("MR"), at: Timestamp("2026-03-04"))
    func propose() throws -> Change {
      try project.proposing([rule(words: ["rang"])], as: machine, id: id("run"), stamp: stamp)
    }
    try project.apply(propose())
    let proposals = project.codings.all.filter { $0.status == .proposed }.map(\.id)
    #expect(proposals.count == 2)
    #expect(IndexingCoverage(of: project).sources.map(\.proposals) == [1, 1])
    #expect(throws: IndexingError.notAPerson(machine.id)) {
      _ = try project.deciding(
        proposals, accepting: true, id: id("x"), stamp: Stamp(by: machine.id))
    }
    try project.apply(
      project.deciding([proposals[0]], accepting: true, id: id("yes"), stamp: stamp))
    try project.apply(
      project.deciding([proposals[1]], accepting: false, id: id("no"), stamp: stamp))
    let decided = try #require(project.codings[proposals[0]])
    #expect(decided.status == .accepted && decided.decision == stamp)
    #expect(decided.created.by == machine.id, "the machine proposed it")
    #expect(try propose().operations.isEmpty)
    #expect(throws: IndexingError.notProposed(proposals[0])) {
      _ = try project.deciding([proposals[0]], accepting: true, id: id("x"), stamp: stamp)
    }
  }

  @Test
  func `coverage counts participants' words, and finds orphans and codes without a definition`() {
    let coverage = IndexingCoverage(of: study())
    // "She rang first, so they came ready." has 7 words: "so" alone is in no coding.
    // "Nobody rang us. They came anyway." has 6, of which 3 are coded; questions do not count.
    #expect(coverage.sources.map(\.words) == [7, 6])
    #expect(coverage.sources.map(\.unindexed) == [1, 3])
    #expect(coverage.sources.allSatisfy { $0.untouched.isEmpty })
    let uses = Dictionary(uniqueKeysWithValues: coverage.codes.map { ($0.code, $0) })
    #expect(uses[id("matching")]?.cases == [id("P1"), id("P2")])
    #expect(uses[id("door")]?.isUndefined == true)
    #expect(uses.values.allSatisfy { !$0.isOrphan }, "waiting has a coding")
    var noted = study()
    noted.sources[id("P2.txt")]?.kind = .fieldNotes
    #expect(
      IndexingCoverage(of: noted).sources.map(\.words) == [7, 0],
      "what a researcher noted is no participant's word")
    var project = study()
    project.codings.remove(codings: [id("And here?")], in: id("P2.txt"))
    project.cells[Cell.Key(row: id("P2"), column: id("waiting"))] = nil
    #expect(
      IndexingCoverage(of: project).codes.filter(\.isOrphan).map(\.code) == [id("waiting")])
  }

  @Test
  func `what a version adds is to be read for again in every source that was read before`() throws {
    var project = study()
    let stamp = Stamp(by: id("MR"))
    project.codebook.versions = [FrameworkVersion(number: 1)]
    try project.apply(
      project.recordingReading(
        of: [id("P1.txt"), id("P2.txt")], for: .indexing, id: id("read 1"), stamp: stamp))
    let code = Code(id: id("new"), parent: id("door"), number: "1.3", name: "New", definition: "?")
    try project.apply(
      project.editing([.add(code, at: nil)], id: id("edit"), stamp: stamp, why: "it came up"))
    try project.apply(
      project.recordingReading(of: [id("P2.txt")], for: .indexing, id: id("read 2"), stamp: stamp))
    let coverage = IndexingCoverage(of: project)
    let use = try #require(coverage.codes.first { $0.code == id("new") })
    #expect(use.since == 2)
    #expect(use.toReread == [id("P1.txt")])
    #expect(coverage.codes.first { $0.code == id("matching") }?.toReread == [])
    #expect(coverage.sources.map(\.isOutdated) == [true, false])
  }

  @Test
  func `an Other that holds more than its share is reported`() {
    var project = study()
    project.codebook.codes[id("waiting")]?.name = "Other: waiting"
    // Two of the theme's five codings are in it, of which one is of an interviewer's words.
    project.codings.insert(
      [], codings: [Coding(id: id("more"), passage: id("Nobody rang us"), code: id("waiting"))],
      in: id("P2.txt"))
    func isAbove(_ limit: Int) -> [Bool] {
      IndexingCoverage(of: project, otherLimit: limit).others.map(\.isAboveLimit)
    }
    #expect(isAbove(24) == [true])
    #expect(isAbove(25) == [false])
  }

  @Test
  func `codings of interviewers' words are left out of counts`() {
    let project = study()
    let asked = project.codings.codings(of: id("waiting"))
    #expect(asked.count == 1)
    #expect(project.leavingOutInterviewers().codings.codings(of: id("waiting")).isEmpty)
    #expect(project.leavingOutInterviewers().codings.codings(of: id("matching")).count == 3)
    let use = IndexingCoverage(of: project).codes.first { $0.code == id("waiting") }
    #expect(use?.codings == 0)
    #expect(Cooccurrence(of: project, in: .passage)[id("waiting"), id("waiting")] == 1)
    let counted = Cooccurrence(of: project.leavingOutInterviewers(), in: .passage)
    #expect(counted[id("waiting"), id("waiting")] == 0)
  }

  @Test
  func `a sign of mark-up inside a word makes no second word and no second stretch`() throws {
    var project = study()
    // The backslash is a mark, and two ranges stand around it.
    let text = Text("P1: don\\-t go")
    let source = Source(
      id: id("escaped"), name: "escaped.md",
      turns: [
        Turn(
          speakers: [0], ranges: [TextSpan(scalars: 4..<7), TextSpan(scalars: 8..<13)],
          label: TextSpan(scalars: 0..<3))
      ], speakers: [Speaker(label: "P1", role: .participant)],
      marks: [
        Mark(.label, TextSpan(scalars: 0..<3)), Mark(.markup, TextSpan(scalars: 7..<8)),
      ])
    project.sources[source.id] = source
    var texts = try #require(project.texts as? MemoryTexts)
    texts.texts[source.id] = text
    project.texts = texts
    let use = try #require(
      IndexingCoverage(of: project).sources.first { $0.source == source.id })
    #expect(use.words == 2 && use.unindexed == 2)
    #expect(use.untouched == [TextSpan(scalars: 4..<13)])
    let proposals = try proposed(rule(words: ["don-t"]), in: project)
    #expect(proposals == ["don\\-t go | rule r, version 2: ‘don-t’"])
  }
}
