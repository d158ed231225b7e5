import QDA
import QDATestSupport
import Testing

struct TheoryDecisionTests {
  private func id<Kind>(_ key: String) -> ID<Kind> { SmallStudy.id(key) }

  private var project: Project {
    var project = SmallStudy().project
    project.coders[id("MR")] = Coder(id: id("MR"), name: "Morag", initials: "MR")
    project.coders[id("rule")] = Coder(
      id: id("rule"), name: "rule", initials: "rule", kind: .machine)
    return project
  }

  private func decision(_ by: String = "MR", why: String = "Agreed in the meeting.") -> Decision {
    Decision(id: id("change"), stamp: Stamp(by: id(by), at: Timestamp("2026-01-02")), why: why)
  }

  @Test
  func `a named person decides with a reason, and the decision can be taken back`() throws {
    let before = project
    let change = try before.deciding(id("CMO2"), .rejected, decision())
    var after = before
    try after.apply(change)
    #expect(after.configurations[id("CMO2")]?.status == .rejected)
    #expect(after.configurations[id("CMO2")]?.reason == "Agreed in the meeting.")
    #expect(after.configurations[id("CMO2")]?.stamp.by == id("MR"))
    try after.apply(change.inverted(id: id("undo")))
    #expect(after == before)
  }

  @Test
  func `neither a machine nor anyone without a reason decides`() {
    #expect(throws: TheoryConflict.notAPerson) {
      try project.deciding(id("CMO2"), .accepted, decision("rule"))
    }
    #expect(throws: TheoryConflict.notAPerson) {
      try project.deciding(id("CMO2"), .accepted, decision("nobody"))
    }
    #expect(throws: TheoryConflict.reasonMissing) {
      try project.deciding(id("CMO2"), .accepted, decision(why: " "))
    }
    #expect(throws: TheoryConflict.unknown(id("CMO9"))) {
      try project.deciding(id("CMO9"), .accepted, decision())
    }
  }

  @Test
  func `consolidation keeps parents and loses no evidence`() throws {
    var before = project
    before.evidence[id("e5")] = Evidence(
      id: id("e5"), target: .configuration(id("CMO2")), ground: .judgement("So we think."),
      stance: .weak, basis: .inferred)
    before.configurations[id("CMO2")]?.slots.append(
      Slot(id: id("call again"), role: "mechanism", part: "resource", element: id("call")))
    let change = try before.consolidating(
      [id("CMO1"), id("CMO2")], label: "CMO3", title: "Both", decision())
    var after = before
    try after.apply(change)
    let new = try #require(after.configurations.first { $0.label == "CMO3" })
    #expect(new.parents == [id("CMO1"), id("CMO2")])
    #expect(
      after.grounds(of: new.id)
        == before.grounds(of: id("CMO1")).union(before.grounds(of: id("CMO2"))))
    #expect(after.grounds(of: id("CMO1")) == before.grounds(of: id("CMO1")))
    // 'A call beforehand' as a resource is in both and becomes one slot.
    #expect(new.slots.count == 6)
    #expect(after.configurations[id("CMO1")]?.status == .superseded)
    #expect(after.check().allSatisfy { $0.id != "cmo.successor-missing" })
    #expect(after.check().allSatisfy { $0.id != "study.reference-dangling" })
    try after.apply(change.inverted(id: id("undo")))
    #expect(after == before)
  }

  @Test
  func `links lead to what came of a consolidation`() throws {
    var before = project
    before.configurations[id("CMO4")] = Configuration(id: id("CMO4"), label: "CMO4")
    let link = Link(id: id("L3"), from: id("CMO4"), to: id("CMO2"), kind: .inhibits)
    before.links[link.id] = link
    var after = before
    try after.apply(
      try before.consolidating([id("CMO1"), id("CMO2")], label: "CMO3", title: "", decision()))
    let new = try #require(after.configurations.first { $0.label == "CMO3" })
    #expect(after.links[link.id]?.to == new.id)
    #expect(after.links[id("L1")]?.from == id("CMO1"))
    // The loop of the two was theirs: it stays in the record and is none of the study's any more.
    #expect(before.loops().count == 1 && after.loops().isEmpty)
    #expect(after.links.filter { after.isStanding($0) }.map(\.id) == [link.id])
  }

  @Test
  func `a split gives each part its slots with their evidence, and cuts no step that has some`()
    throws
  {
    var before = project
    let step = Edge(id: id("step"), from: id("CMO1 busy"), to: id("CMO1 call"))
    before.configurations[id("CMO1")]?.edges = [step]
    func part(_ label: String, _ names: [String]) -> Project.SplitPart {
      Project.SplitPart(label: label, title: label, slots: Set(names.map { id("CMO1 \($0)") }))
    }
    let parts = [part("A", ["busy", "call", "come"]), part("B", ["busy", "ready", "come"])]
    var after = before
    try after.apply(try before.splitting(id("CMO1"), into: parts, decision()))
    let new = after.configurations.filter { $0.parents == [id("CMO1")] }
    #expect(new.map(\.label) == ["A", "B"])
    let together = new.map { after.grounds(of: $0.id) }.reduce(Set<GroundUse>()) { $0.union($1) }
    #expect(together == before.grounds(of: id("CMO1")))
    #expect(new[0].edges.count == 1 && new[1].edges.isEmpty)
    #expect(throws: TheoryConflict.slotLeftOut(id("CMO1 ready"))) {
      try before.splitting(id("CMO1"), into: [parts[0], part("C", ["come"])], decision())
    }
    before.evidence[id("e9")] = Evidence(
      id: id("e9"), target: .edge(id("step")), ground: .judgement("It led there."),
      stance: .supports)
    let cut = [part("A", ["busy", "ready"]), part("B", ["call", "come"])]
    #expect(throws: TheoryConflict.stepCut(id("step"))) {
      try before.splitting(id("CMO1"), into: cut, decision())
    }
  }

  @Test
  func `an adjudication says in both why both stand, or rejects one`() throws {
    var rivals = project
    rivals.configurations[id("CMO2")]?.rivals = [id("CMO1")]
    var both = rivals
    try both.apply(try both.adjudicating(id("CMO1"), id("CMO2"), .both, decision()))
    #expect(both.configurations[id("CMO1")]?.rivals == [id("CMO2")])
    #expect(both.configurations[id("CMO2")]?.rivals == [id("CMO1")])
    #expect(both.configurations.allSatisfy { $0.status == .accepted })
    #expect(both.check().allSatisfy { $0.id != "cmo.rivals-accepted" })
    var one = rivals
    try one.apply(try one.adjudicating(id("CMO1"), id("CMO2"), .second, decision()))
    #expect(one.configurations.map(\.status) == [.rejected, .accepted])
  }

  @Test
  func `two that are no rivals are not adjudicated, and a second adjudication keeps the first`()
    throws
  {
    var project = project
    #expect(throws: TheoryConflict.notRivals(id("CMO1"), id("CMO2"))) {
      try project.adjudicating(id("CMO1"), id("CMO2"), .both, decision())
    }
    project.configurations[id("CMO3")] = Configuration(id: id("CMO3"), label: "CMO3")
    project.configurations[id("CMO1")]?.rivals = [id("CMO2"), id("CMO3")]
    for (rival, why) in [
      ("CMO2", "Each in its own place"), ("CMO3", "One comes before the other."),
    ] {
      // The same once more adds nothing.
      for _ in 1...2 {
        try project.apply(
          try project.adjudicating(id("CMO1"), id(rival), .both, decision(why: why)))
      }
    }
    #expect(
      project.configurations[id("CMO1")]?.reason
        == "Each in its own place. One comes before the other.")
    #expect(project.configurations[id("CMO2")]?.reason == "Each in its own place")
  }

  @Test
  func `only a configuration that stands, and another one, takes the place of one`() throws {
    var project = project
    #expect(throws: TheoryConflict.ownSuccessor(id("CMO1"))) {
      try project.superseding(id("CMO1"), by: id("CMO1"), decision())
    }
    for status in [Configuration.Status.rejected, .superseded] {
      project.configurations[id("CMO2")]?.status = status
      #expect(throws: TheoryConflict.successorClosed(id("CMO2"))) {
        try project.superseding(id("CMO1"), by: id("CMO2"), decision())
      }
    }
    project.configurations[id("CMO2")]?.status = .proposed
    try project.apply(try project.superseding(id("CMO1"), by: id("CMO2"), decision()))
    #expect(project.configurations[id("CMO2")]?.parents == [id("CMO1")])
  }

  @Test
  func `a version of the theory says what moved each statement`() throws {
    var project = project
    let first = TheoryVersion(
      id: id("v1"), stage: .initial, statements: [Statement(id: id("T1"), text: "It works.")])
    try project.apply(try project.advancing(to: first, decision()))
    var moved = Statement(id: id("R1"), text: "It works here.", from: [id("T1")], move: .refined)
    let second = TheoryVersion(id: id("v2"), stage: .refined, statements: [moved])
    #expect(throws: TheoryConflict.unmoved(id("R1"))) {
      try project.advancing(to: second, decision())
    }
    moved.why = "P1 said so."
    var told = second
    told.statements = [moved]
    try project.apply(try project.advancing(to: told, decision()))
    #expect(project.theory.map(\.stage) == [.initial, .refined])
  }

  @Test
  func `a rewritten proposal keeps its evidence, also that of a slot that goes`() throws {
    var project = project
    var new = try #require(project.configurations[id("CMO1")])
    new.slots.removeAll { $0.id == id("CMO1 call") }
    let before = project.grounds(of: id("CMO1"))
    try project.apply(try project.revising(new, decision()))
    #expect(project.grounds(of: id("CMO1")) == before)
  }

  // MARK: Candidates

  private var roles: [ID<Code>: SlotPlace] {
    [
      id("matching"): SlotPlace(role: "mechanism", part: "resource"),
      id("waiting"): SlotPlace(role: "context"),
    ]
  }

  @Test
  func `what one turn holds together is proposed once, and an interviewer's words are not`() {
    // Only P1's answer has two codings, both of one code; P2's second coding is the interviewer's.
    #expect(project.candidates(by: .turn, roles: roles).isEmpty)
    var project = project
    project.codings.insert(
      [], codings: [Coding(id: id("both"), passage: id("they came ready"), code: id("waiting"))],
      in: id("P1.txt"))
    let found = project.candidates(by: .turn, roles: roles)
    #expect(found.count == 1)
    #expect(found[0].cases == [id("P1")])
    #expect(found[0].configuration.slots.map(\.role) == ["context", "mechanism"])
    #expect(found[0].missing == ["outcome"])
    #expect(found[0].configuration.status == .proposed)
    #expect(found[0].configuration.origin?.method == "turn")
    #expect(found[0].evidence.count == 3)
  }

  @Test
  func `there are never more candidates than places, however many codes a place has`() {
    var project = project
    var roles: [ID<Code>: SlotPlace] = [:]
    for number in 0..<30 {
      let code = Code(id: id("code \(number)"), number: "", name: "code \(number)")
      project.codebook.codes[code.id] = code
      roles[code.id] = SlotPlace(role: ["context", "mechanism", "outcome"][number % 3])
      for words in ["She rang first", "Nobody rang us"] {
        let source: ID<Source> = id(words == "She rang first" ? "P1.txt" : "P2.txt")
        project.codings.insert(
          [],
          codings: [Coding(id: id("\(words) \(number)"), passage: id(words), code: code.id)],
          in: source)
      }
    }
    for rule in [CandidateRule.turn, .case] {
      let found = project.candidates(by: rule, roles: roles)
      // Both participants have the same thirty codes: one proposal, and not ten times ten times ten.
      #expect(found.count == 1, "\(rule)")
      #expect(found[0].cases == [id("P1"), id("P2")])
    }
  }

  @Test
  func `a proposal that was rejected is not proposed again`() throws {
    var project = project
    project.codings.insert(
      [], codings: [Coding(id: id("both"), passage: id("they came ready"), code: id("waiting"))],
      in: id("P1.txt"))
    let candidate = try #require(project.candidates(by: .case, roles: roles).first)
    try project.apply(project.proposing(candidate, id: id("p"), stamp: Stamp(by: id("rule"))))
    #expect(project.configurations[candidate.configuration.id]?.stamp.by == id("rule"))
    try project.apply(try project.deciding(candidate.configuration.id, .rejected, decision()))
    #expect(project.candidates(by: .case, roles: roles).isEmpty)
  }

  @Test
  func `linked passages are one place, and so are the summarised cells of a case`() {
    var project = project
    project.codings.insert(
      [], codings: [Coding(id: id("w"), passage: id("Nobody rang us"), code: id("waiting"))],
      in: id("P2.txt"))
    project.objectLinks[id("ol")] = ObjectLink(
      id: id("ol"), name: "then", origin: .passage(id("She rang first")),
      target: .passage(id("Nobody rang us")), direction: .oneWay)
    let linked = project.candidates(by: .linked, roles: roles)
    #expect(linked.map(\.cases) == [[id("P1"), id("P2")]])
    #expect(project.candidates(by: .cell, roles: roles).isEmpty)
    let key = Cell.Key(row: id("P1"), column: id("waiting"))
    project.cells[key] = Cell(key: key, state: .summarised, runs: [Run(.summary, "Waits.")])
    #expect(project.candidates(by: .cell, roles: roles).map(\.cases) == [[id("P1")]])
  }
}

struct SetTableTests {
  private func id<Kind>(_ key: String) -> ID<Kind> { SmallStudy.id(key) }

  private func project(_ columns: [Calibration]) -> Project {
    var project = SmallStudy().project
    project.configurations[id("CMO1")]?.calibrations = columns
    return project
  }

  private func column(
    _ name: String, _ slots: [String], anchors: String = "1 where it was, 0 where it was not",
    _ scores: [Calibration.Score] = []
  ) -> Calibration {
    Calibration(
      name: name, slots: slots.map { id("CMO1 \($0)") }, anchors: anchors, scores: scores)
  }

  @Test
  func `a score is 1 where it was seen, 0 where it was denied and missing where nobody spoke`()
    throws
  {
    let judged = Calibration.Score(case: id("P2"), value: 0.25, why: "They came, but not ready.")
    let project = project([column("READY", ["come"], [judged]), column("CALL", ["call"])])
    let table = try project.setTable(of: id("CMO1"), over: "participant")
    #expect(table.columns.map(\.name) == ["CALL", "READY"])
    #expect(table.scores.map { $0.map(\.value) } == [[1, 1], [0, 0.25], [nil, nil]])
    #expect(
      table.scores.map { $0.map(\.origin) } == [
        [.seen, .seen], [.denied, .judged], [.notDiscussed, .notDiscussed],
      ])
    #expect(table.scores[1][0].evidence == [id("e3")])
    #expect(table.complete == [id("P1"), id("P2")])
    #expect(!table.hasTooManyConditions)
  }

  @Test
  func `what is contested or only expected is missing`() throws {
    let both = [
      Calibration.Score(case: id("P1"), value: 1, why: "so"),
      Calibration.Score(case: id("P2"), value: 0, why: "so"),
    ]
    var project = project([column("CALL", ["call"], both), column("READY", ["come"], both)])
    project.configurations[id("CMO1")]?.calibrations.insert(column("BUSY", ["busy"], both), at: 0)
    project.evidence[id("x")] = Evidence(
      id: id("x"), target: .slot(id("CMO1 busy")),
      ground: .cell(Cell.Key(row: id("P3"), column: id("waiting"))), stance: .supports,
      basis: .anticipated)
    project.cells[Cell.Key(row: id("P3"), column: id("waiting"))] = Cell(
      key: Cell.Key(row: id("P3"), column: id("waiting")), state: .summarised)
    let table = try project.setTable(of: id("CMO1"), over: "participant")
    #expect(table.scores[2][0].origin == .expected)
    #expect(table.scores[2][0].value == nil)
    #expect(table.hasTooManyConditions, "four combinations and two cases")
  }

  @Test
  func `a table is refused with every reason where the data do not carry it`() {
    func reasons(_ columns: [Calibration]) -> [String] {
      do throws(SetTableRefusal) {
        _ = try project(columns).setTable(of: id("CMO1"), over: "participant")
        return []
      } catch {
        return error.reasons
      }
    }
    #expect(reasons([]) == ["no column of CMO1 has a written calibration"])
    #expect(
      reasons([column("CALL", ["call"], anchors: " ")]) == [
        "CMO1 needs one outcome and has 0",
        "the column CALL does not say when a case is in and when out",
      ])
    #expect(
      reasons([column("CALL", ["call"]), column("READY", ["come"])]) == [
        "only 1 of 3 cases have a score in every column; what is not discussed is missing and not 0"
      ])
    let same = Calibration.Score(case: id("P2"), value: 1, why: "as well")
    #expect(
      reasons([column("CALL", ["call"]), column("READY", ["come"], [same])]) == [
        "the outcome is the same in all cases that have all scores"
      ])
  }
}
