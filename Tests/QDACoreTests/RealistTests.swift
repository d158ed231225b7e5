import QDA
import QDATestSupport
import Testing

struct RealistTests {
  private let project = SmallStudy().project
  private func id<Kind>(_ key: String) -> ID<Kind> { SmallStudy.id(key) }

  @Test
  func `the register names who supports and who contradicts, interviewers never`() {
    let entry = project.register[0]
    #expect(entry.support.supporting == [id("P1")])
    #expect(entry.support.contradicting == [id("P2")])
    #expect(entry.places.map { $0.support.supporting.count } == [0, 1, 0, 1])
  }

  @Test
  func `a configuration reads if, then, because`() {
    #expect(
      project.register[0].sentence
        == "If workers are busy, then they come ready, because a call beforehand, and people feel "
        + "expected.")
  }

  @Test
  func `a missing part is said to be missing and never invented`() {
    let entry = project.register[1]
    #expect(
      entry.sentence
        == "If they come ready, then (not stated), because nobody tells anybody anything.")
    #expect(entry.gaps.contains(.roleMissing("outcome")))
    #expect(entry.gaps.contains(.unsplit(id("CMO2 silence"))))
  }

  @Test
  func `a slot without evidence is a gap, and so is a configuration that nothing contradicts`() {
    let gaps = project.register.map(\.gaps)
    #expect(
      gaps[0] == [.slotWithoutEvidence(id("CMO1 busy")), .slotWithoutEvidence(id("CMO1 ready"))])
    #expect(gaps[1].contains(.noNegativeCase))
  }

  @Test
  func `one element is an outcome here and a context there`() {
    let matrix = project.matrix
    #expect(
      matrix.columns.map(\.title)
        == ["Contexts", "Mechanisms", "Short-term outcomes", "Long-term outcomes"])
    #expect(matrix.blocks.map(\.valence) == [.favourable, .unfavourable])
    #expect(matrix.blocks[0].bullets[2].map(\.element.text) == ["They come ready"])
    #expect(matrix.blocks[0].bullets[2][0].support.supporting == [id("P1")])
    #expect(matrix.blocks[1].bullets[0].map(\.element.text) == ["They come ready"])
    #expect(matrix.blocks[1].bullets[0][0].support.isEmpty)
  }

  @Test
  func `in the incidence a case that says nothing is silent, not against`() {
    let incidence = project.incidence
    #expect(incidence[id("P1"), id("CMO1")].supporting.count == 2)
    #expect(incidence[id("P2"), id("CMO1")].contradicting == [id("e3")])
    #expect(incidence[id("P3"), id("CMO1")].isSilent)
  }

  @Test
  func `roles are sets, and each case is in exactly one group`() {
    let tally = project.roleTally()
    #expect(tally.roles.map(\.name) == ["Crisis", "MH", "Employer"])
    #expect(tally.roles.map(\.cases.count) == [2, 0, 1])
    #expect(tally.groups.map(\.roles) == [["Crisis"], ["Crisis", "Employer"], []])
    #expect(tally.groups.reduce(0) { $0 + $1.cases.count } == tally.total)
  }

  @Test
  func `a chart has a state for every cell`() throws {
    let chart = try #require(project.chart(of: id("door")))
    #expect(chart.columns.map(\.name) == ["matching", "waiting"])
    #expect(chart.counts == [.summarised: 1, .askedNotAnswered: 1, .notCharted: 4])
    #expect(
      chart[id("P1"), id("matching")].summary == "A call beforehand: She rang first (recently)")
  }

  @Test
  func `a passage opens on its words in their turn`() throws {
    let quotation = try #require(
      try project.quotation(of: id("they came ready"), by: Attribution(project)))
    #expect(quotation.words == "they came ready")
    #expect(quotation.before == "She rang first, so ")
    #expect(quotation.after == ".")
    #expect(quotation.speaker == "P1")
    #expect(quotation.place == LineColumn(line: 2, column: 24))
    #expect(quotation.cases == [id("P1")])
  }

  @Test
  func `words leave out marks that are nobody's words`() throws {
    let text = Text("P9: It was [[x]]fine[[/x]].")
    var source = Source(id: id("s"), name: "s")
    source.marks = [
      Mark(.label, TextSpan(scalars: 0..<4)), Mark(.markup, TextSpan(scalars: 11..<16)),
      Mark(.markup, TextSpan(scalars: 20..<26)),
    ]
    #expect(source.words(in: text.span, of: text) == "It was fine.")
    #expect(source.words(in: TextSpan(scalars: 12..<18), of: text) == "fi")
  }

  @Test
  func `the check lists what a careful colleague would point out`() {
    let counts = Dictionary(grouping: project.check()) { $0.id }.mapValues(\.count)
    #expect(
      counts == [
        "codebook.code-undefined": 1, "coding.interviewer": 1, "cmo.evidence-missing": 4,
        "cmo.part-missing": 1, "cmo.mechanism-unsplit": 1, "cmo.negative-case-missing": 1,
        "cmo.link-without-evidence": 2,
      ])
  }
}

struct SchemaTests {
  private func id<Kind>(_ key: String) -> ID<Kind> { SmallStudy.id(key) }

  /// Context, intervention, mechanism and outcome, after Denyer, Tranfield & van Aken 2008.
  private let cimo = SlotSchema(
    name: "CIMO",
    roles: [
      SlotRole(name: "context", connective: "If"),
      SlotRole(name: "intervention", connective: "and"),
      SlotRole(name: "mechanism", parts: ["resource", "reasoning"], connective: "because"),
      SlotRole(name: "outcome", connective: "then"),
    ])

  private func project(_ schemas: [SlotSchema], _ slots: [(String, String?, String)]) -> Project {
    var project = Project(id: id("schemas"), title: "")
    project.schemas = schemas
    var configuration = Configuration(
      id: id("c"), label: "C1", schema: schemas.first?.name ?? "none", valence: .favourable)
    for (role, part, text) in slots {
      project.elements[id(text)] = Element(id: id(text), text: text)
      configuration.slots.append(Slot(id: id(text), role: role, part: part, element: id(text)))
    }
    project.configurations[configuration.id] = configuration
    return project
  }

  @Test
  func `a schema of the study's own gives the sentence, the gaps and the columns`() {
    let project = project(
      [cimo],
      [
        ("context", nil, "Rents are high"), ("intervention", nil, "A worker calls."),
        ("outcome", nil, "They stay"), ("mechanism", "resource", "Advice"),
        ("mechanism", "reasoning", "They feel heard"),
      ])
    let entry = project.register[0]
    #expect(
      entry.sentence
        == "If rents are high, and a worker calls, then they stay, because advice, and they feel "
        + "heard.")
    #expect(!entry.gaps.contains { if case .roleMissing = $0 { true } else { false } })
    #expect(
      project.matrix.columns.map(\.title)
        == ["Contexts", "Interventions", "Mechanisms", "Outcomes"])
    #expect(project.matrix.blocks[0].bullets.map(\.count) == [1, 1, 2, 1])
  }

  @Test
  func `a dyad lacks nothing of what its schema does not ask for`() {
    let dyad = SlotSchema(
      name: "dyad",
      roles: [
        SlotRole(name: "mechanism", connective: "Where"),
        SlotRole(name: "outcome", isRequired: false, connective: "then"),
      ])
    let project = project([dyad], [("mechanism", nil, "Trust")])
    #expect(project.register[0].sentence == "Where trust.")
    #expect(project.register[0].gaps == [.slotWithoutEvidence(id("Trust")), .noNegativeCase])
  }

  @Test
  func `an element with no words is not stated`() {
    let project = project([.cmo], [("context", nil, "  "), ("outcome", nil, "Rest")])
    #expect(project.register[0].sentence == "If (not stated), then rest, because (not stated).")
  }

  @Test
  func `two schemas whose outcomes differ show each outcome once`() {
    let project = project(
      [.cmo, cimo], [("outcome", "short-term", "Soon"), ("outcome", nil, "Some day")])
    var both = project
    var other = project.configurations[0]
    other.schema = "CIMO"
    let second = Configuration(id: id("d"), label: "C2", schema: "CIMO", valence: .favourable)
    both.configurations[second.id] = second
    let bullets = both.matrix.blocks[0].bullets.flatMap { $0 }.map(\.element.text)
    #expect(bullets.sorted() == ["Some day", "Soon"])
  }

  @Test
  func `what no column is made for is still in the matrix`() {
    let project = project(
      [.cmo],
      [("outcome", "some day", "Rest"), ("barrier", nil, "Stairs"), ("context", "inner", "Fear")])
    let shown = project.matrix.blocks.flatMap(\.bullets).flatMap { $0 }.map(\.element.text)
    #expect(shown.sorted() == ["Fear", "Rest", "Stairs"])
    #expect(project.matrix.columns.map(\.title).contains("Barriers"))
  }

  @Test(arguments: Configuration.Status.allCases)
  func `rejected and superseded configurations are not in the matrix`(
    status: Configuration.Status
  ) {
    var project = project([.cmo], [("context", nil, "Fear")])
    project.configurations[id("c")]?.status = status
    #expect(project.matrix.blocks.isEmpty == (status == .rejected || status == .superseded))
    #expect(project.register.count == 1)
  }
}

struct EvidenceTests {
  private func id<Kind>(_ key: String) -> ID<Kind> { SmallStudy.id(key) }

  private func register(_ evidence: Evidence...) -> RegisterEntry {
    var project = SmallStudy().project
    project.evidence = Table(evidence)
    return project.register[0]
  }

  private func evidence(_ ground: Ground, _ stance: Evidence.Stance = .supports) -> Evidence {
    Evidence(id: id("e"), target: .slot(id("CMO1 call")), ground: ground, stance: stance)
  }

  @Test
  func `a cell speaks for its case and opens on its passages`() {
    let key = Cell.Key(row: id("P1"), column: id("matching"))
    #expect(register(evidence(.cell(key))).support.supporting == [id("P1")])
    let index = EvidenceIndex(SmallStudy().project)
    #expect(index.passages(of: evidence(.cell(key))) == [id("She rang first")])
  }

  @Test
  func `a document and a judgement are grounds that are nobody's words`() {
    for ground in [Ground.document(id("P1.txt")), .judgement("Said in the steering group.")] {
      let entry = register(evidence(ground))
      #expect(entry.support.supporting.isEmpty)
      #expect(entry.support.evidence == [id("e")])
      #expect(!entry.gaps.contains(.slotWithoutEvidence(id("CMO1 call"))))
    }
  }

  @Test
  func `the interviewer's words, and what is not there, are no evidence`() {
    let nowhere = Cell.Key(row: id("P3"), column: id("waiting"))
    let grounds: [Ground] = [
      .passage(id("And here?")), .passage(id("nowhere")), .document(id("nowhere")), .cell(nowhere),
    ]
    for ground in grounds {
      #expect(
        register(evidence(ground)).gaps.contains(.slotWithoutEvidence(id("CMO1 call"))),
        "\(ground)")
      #expect(register(evidence(ground, .contradicts)).gaps.contains(.noNegativeCase), "\(ground)")
    }
  }

  @Test
  func `a contradiction in a document, and a rival configuration, are negative cases`() {
    #expect(register().gaps.contains(.noNegativeCase))
    for stance in [Evidence.Stance.contradicts, .rival] {
      #expect(
        !register(evidence(.document(id("P1.txt")), stance)).gaps.contains(.noNegativeCase))
    }
    var project = SmallStudy().project
    project.evidence = []
    project.configurations[id("CMO1")]?.rivals = [id("CMO2")]
    // It is enough that one of two names the other.
    #expect(project.register.allSatisfy { !$0.gaps.contains(.noNegativeCase) })
  }
}

struct RoleTallyTests {
  private func project(_ roles: [[String]]) -> Project {
    var project = SmallStudy().project
    project.cases = []
    guard let attribute = project.roleAttribute else { return project }
    for (index, terms) in roles.enumerated() {
      let id: ID<Case> = SmallStudy.id("case \(index)")
      project.cases[id] = Case(id: id, name: "\(index)", values: [attribute: .terms(terms)])
    }
    return project
  }

  @Test
  func `roles outside the vocabulary are counted after it, and sets have no order`() {
    let tally = project([["Zeta", "Crisis", "Alpha"], ["Alpha", "Zeta", "Crisis"], ["Zeta"]])
      .roleTally()
    #expect(tally.roles.map(\.name) == ["Crisis", "MH", "Employer", "Alpha", "Zeta"])
    #expect(tally.roles.map(\.cases.count) == [2, 0, 0, 2, 3])
    #expect(tally.groups.map(\.roles) == [["Zeta"], ["Crisis", "Alpha", "Zeta"]])
  }

  @Test
  func `a role that is written twice counts once`() {
    let tally = project([["Crisis", "Crisis"], ["Crisis"]]).roleTally()
    #expect(tally.roles[0].cases.count == 2)
    #expect(tally.groups.map(\.roles) == [["Crisis"]])
  }

  @Test
  func `a study without roles has one group`() {
    var project = project([["Crisis"], []])
    project.roleAttribute = nil
    #expect(project.roleTally().roles.isEmpty)
    #expect(project.roleTally().groups.map(\.cases.count) == [2])
  }
}

struct LoopTests {
  private func project(_ links: [(Int, Int, Sign)]) -> Project {
    var project = Project(id: SmallStudy.id("loops"), title: "")
    for number in 0..<5 {
      let id: ID<Configuration> = SmallStudy.id("\(number)")
      project.configurations[id] = Configuration(id: id, label: "\(number)")
    }
    for (index, link) in links.enumerated() {
      let id: ID<Link> = SmallStudy.id("link \(index)")
      project.links[id] = Link(
        id: id, from: SmallStudy.id("\(link.0)"), to: SmallStudy.id("\(link.1)"), kind: .ripple,
        sign: link.2)
    }
    return project
  }

  private func labels(_ loop: Loop, in project: Project) -> String {
    loop.configurations.compactMap { project.configurations[$0]?.label }.joined()
  }

  @Test
  func `two links with a minus between them make a balancing loop`() {
    let loops = SmallStudy().project.loops()
    #expect(loops.count == 1)
    #expect(loops.first?.behaviour == .balancing)
  }

  @Test
  func `every elementary loop is found once, from its earliest configuration`() {
    let project = project([
      (0, 1, .positive), (1, 2, .negative), (2, 0, .negative), (1, 0, .positive), (2, 3, .positive),
      (3, 3, .negative), (3, 4, .positive),
    ])
    let loops = project.loops()
    #expect(loops.map { labels($0, in: project) } == ["012", "01", "3"])
    #expect(loops.map(\.behaviour) == [.reinforcing, .reinforcing, .balancing])
  }

  // A complete digraph on n nodes has the sum over k of C(n, k)·(k − 1)! circuits: 84 for n = 5
  // without self-loops (k from 2).
  @Test
  func `a complete graph of five has eighty-four loops, and a limit is kept`() {
    var links: [(Int, Int, Sign)] = []
    for from in 0..<5 { for to in 0..<5 where to != from { links.append((from, to, .positive)) } }
    #expect(project(links).loops().count == 84)
    #expect(project(links).loops(limit: 10).count == 10)
  }

  // From the first configuration a link leads into a complete graph that only comes back through
  // where it was entered: a search that does not remember dead ends walks 11! paths there.
  @Test(.timeLimit(.minutes(1)))
  func `a thicket that leads nowhere is searched once`() {
    var project = Project(id: SmallStudy.id("thicket"), title: "")
    let size = 14
    func node(_ number: Int) -> ID<Configuration> { SmallStudy.id("\(number)") }
    for number in 0..<size {
      project.configurations[node(number)] = Configuration(id: node(number), label: "\(number)")
    }
    func link(_ from: Int, _ to: Int) {
      let id: ID<Link> = SmallStudy.id("\(from) to \(to)")
      project.links[id] = Link(id: id, from: node(from), to: node(to), kind: .ripple)
    }
    link(0, 1)
    for from in 1..<size { for to in 1..<size where from != to { link(from, to) } }
    link(1, 0)
    let loops = project.loops(limit: 3)
    #expect(loops.map { labels($0, in: project) } == ["01", "12", "123"])
  }

  @Test
  func `parallel links give a loop each, and no loops are asked for with a limit of nought`() {
    let project = project([(0, 1, .positive), (0, 1, .negative), (1, 0, .positive)])
    #expect(project.loops().map(\.behaviour) == [.reinforcing, .balancing])
    #expect(project.loops(limit: 0).isEmpty)
    #expect(project.loops(limit: -1).isEmpty)
  }

  @Test
  func `links to configurations that are not there are no loop and no trap`() {
    var project = project([(0, 1, .positive)])
    let stray: ID<Link> = SmallStudy.id("stray")
    project.links[stray] = Link(
      id: stray, from: SmallStudy.id("1"), to: SmallStudy.id("nowhere"), kind: .ripple)
    #expect(project.loops().isEmpty)
  }
}
