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

  @Test
  func `links to configurations that are not there are no loop and no trap`() {
    var project = project([(0, 1, .positive)])
    let stray: ID<Link> = SmallStudy.id("stray")
    project.links[stray] = Link(
      id: stray, from: SmallStudy.id("1"), to: SmallStudy.id("nowhere"), kind: .ripple)
    #expect(project.loops().isEmpty)
  }
}
