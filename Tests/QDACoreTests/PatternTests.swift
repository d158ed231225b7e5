import QDA
import QDATestSupport
import Testing

struct PatternTests {
  private func id<Kind>(_ key: String) -> ID<Kind> { SmallStudy.id(key) }

  /// The small study with two sites: P1 and P2 belong to North, P3 to South, which P2 also serves.
  private func project(_ change: (inout Project) -> Void = { _ in }) -> Project {
    var project = SmallStudy().project
    for name in ["North", "South", "Region"] {
      project.cases[id(name)] = Case(
        id: id(name), name: name, unit: name == "Region" ? "region" : "site",
        memberOf: name == "Region" ? [] : [id("Region")])
    }
    project.cases[id("P1")]?.memberOf = [id("North")]
    project.cases[id("P2")]?.memberOf = [id("North")]
    project.cases[id("P3")]?.memberOf = [id("South")]
    change(&project)
    return project
  }

  private func add(
    _ key: String, to target: Reference, _ words: String, _ stance: Evidence.Stance = .supports,
    _ basis: Evidence.Basis = .observed, in project: inout Project
  ) {
    project.evidence[id(key)] = Evidence(
      id: id(key), target: target, ground: .passage(id(words)), stance: stance, basis: basis)
  }

  private func verdicts(_ project: Project, _ unit: String) -> [Pattern.Verdict] {
    project.patterns(over: unit).entries[0].readings.map(\.verdict)
  }

  @Test
  func `each participant has one verdict, and silence is not denial`() {
    let patterns = project().patterns()
    #expect(patterns.unit == "participant")
    // P1 speaks of resource and outcome and of no context; P2 denies the resource; P3 is silent.
    #expect(patterns.entries[0].readings.map(\.verdict) == [.partly, .contradicts, .silent])
    #expect(patterns.entries[0].readings[1].exceptions == [.mechanismDenied])
    #expect(patterns.entries[0].cases(.silent) == [id("P3")])
  }

  @Test
  func `a configuration holds where context, mechanism and outcome are seen and nothing denies it`()
  {
    let project = project { project in
      add("e5", to: .slot(id("CMO1 busy")), "She rang first", in: &project)
    }
    #expect(verdicts(project, "participant") == [.holds, .contradicts, .silent])
    let reading = project.patterns().entries[0].readings[0]
    #expect(reading.parts.map(\.role) == ["context", "mechanism", "outcome"])
    #expect(reading.parts.map(\.seen) == [[id("e5")], [id("e1")], [id("e2")]])
  }

  @Test
  func `a site speaks in the words of all its members, through any number of levels`() {
    let project = project { project in
      add("e5", to: .slot(id("CMO1 busy")), "She rang first", in: &project)
    }
    #expect(verdicts(project, "site") == [.contradicts, .silent])
    let north = project.patterns(over: "site").entries[0].readings[0]
    #expect(north.voices == [id("P1"), id("P2")])
    #expect(north.isSeenInFull)
    #expect(verdicts(project, "region") == [.contradicts])
    #expect(
      project.members(of: id("Region")) == ["P1", "P2", "P3", "North", "South"].map { id($0) })
  }

  @Test
  func `a group that belongs to itself is followed once`() {
    let project = project { project in
      project.cases[id("North")]?.memberOf = [id("South"), id("North")]
      project.cases[id("South")]?.memberOf = [id("North")]
    }
    #expect(verdicts(project, "site") == [.contradicts, .contradicts])
  }

  @Test
  func `groups have no row in a chart and do not count among the participants`() {
    let project = project()
    #expect(project.rows.map(\.name) == ["P1", "P2", "P3"])
    #expect(project.charts[0].rows.count == 3)
    #expect(project.incidence.rows.count == 3)
    #expect(project.roleTally().total == 3)
  }

  @Test
  func `where neither context nor outcome is there the case stands outside and breaks nothing`() {
    var outside = SmallStudy().project
    outside.evidence = []
    add("no", to: .slot(id("CMO1 busy")), "Nobody rang us", .contradicts, in: &outside)
    add("nor", to: .slot(id("CMO1 come")), "Nobody rang us", .contradicts, in: &outside)
    #expect(verdicts(outside, "participant") == [.silent, .outside, .silent])
    // They came anyway: the outcome without the context is a negative case.
    add("yet", to: .slot(id("CMO1 come")), "Nobody rang us", in: &outside)
    let reading = outside.patterns().entries[0].readings[1]
    #expect(reading.verdict == .contradicts)
    #expect(reading.exceptions == [.contextNotNeeded, .outcomeDenied])
  }

  @Test
  func
    `without the context a denied step still breaks the pattern, and an unspoken outcome does not`()
  {
    var project = SmallStudy().project
    project.evidence = []
    project.configurations[id("CMO1")]?.edges = [
      Edge(id: id("step"), from: id("CMO1 ready"), to: id("CMO1 come"))
    ]
    add("no", to: .slot(id("CMO1 busy")), "Nobody rang us", .contradicts, in: &project)
    #expect(verdicts(project, "participant") == [.silent, .outside, .silent])
    add("step not", to: .edge(id("step")), "Nobody rang us", .contradicts, in: &project)
    let reading = project.patterns().entries[0].readings[1]
    #expect(reading.verdict == .contradicts)
    #expect(reading.exceptions == [.stepDenied])
  }

  @Test
  func `an outcome that is denied where the context is there is told from one where it is not`() {
    var project = SmallStudy().project
    project.evidence = []
    add("c", to: .slot(id("CMO1 busy")), "Nobody rang us", in: &project)
    add("o", to: .slot(id("CMO1 come")), "Nobody rang us", .contradicts, in: &project)
    add("o2", to: .slot(id("CMO1 come")), "they came ready", .contradicts, in: &project)
    let readings = project.patterns().entries[0].readings
    #expect(readings[0].exceptions == [.outcomeDenied])
    #expect(readings[1].exceptions == [.outcomeMissing])
  }

  @Test
  func `what is only anticipated is expected and not seen`() {
    var project = SmallStudy().project
    project.evidence = []
    for (key, slot) in [("c", "busy"), ("m", "call")] {
      add(key, to: .slot(id("CMO1 \(slot)")), "She rang first", in: &project)
    }
    add("o", to: .slot(id("CMO1 come")), "She rang first", .supports, .anticipated, in: &project)
    #expect(verdicts(project, "participant") == [.expected, .silent, .silent])
  }

  @Test
  func `what is only expected not to happen denies nothing`() {
    var project = SmallStudy().project
    project.evidence = []
    project.configurations[id("CMO1")]?.edges = [
      Edge(id: id("step"), from: id("CMO1 ready"), to: id("CMO1 come"))
    ]
    add("c", to: .slot(id("CMO1 busy")), "Nobody rang us", in: &project)
    for (key, target) in [
      ("o", Reference.slot(id("CMO1 come"))), ("s", .edge(id("step"))),
      ("w", .configuration(id("CMO1"))),
    ] {
      add(key, to: target, "Nobody rang us", .contradicts, .anticipated, in: &project)
    }
    let reading = project.patterns().entries[0].readings[1]
    #expect(reading.verdict == .partly)
    #expect(reading.exceptions.isEmpty)
  }

  @Test
  func `a step says that one leads to the other and not that both were there`() {
    var project = SmallStudy().project
    project.evidence = []
    project.configurations[id("CMO1")]?.edges = [
      Edge(id: id("step"), from: id("CMO1 ready"), to: id("CMO1 come"))
    ]
    add("s", to: .edge(id("step")), "She rang first", in: &project)
    #expect(verdicts(project, "participant") == [.partly, .silent, .silent])
    add("t", to: .edge(id("step")), "Nobody rang us", .contradicts, in: &project)
    #expect(project.patterns().entries[0].readings[1].exceptions == [.stepDenied])
  }

  @Test
  func `evidence for the whole makes every role seen, and a rival is a negative case`() {
    var project = SmallStudy().project
    project.evidence = []
    add("w", to: .configuration(id("CMO1")), "She rang first", in: &project)
    add("r", to: .configuration(id("CMO1")), "Nobody rang us", .rival, in: &project)
    let readings = project.patterns().entries[0].readings
    #expect(readings.map(\.verdict) == [.holds, .contradicts, .silent])
    #expect(readings[1].exceptions == [.rivalExplanation])
  }

  @Test
  func `fewer roles may be asked for`() {
    let pattern = project().patterns(requiring: ["mechanism", "outcome"]).entries[0]
    #expect(pattern.roles == ["mechanism", "outcome"])
    #expect(pattern.readings[0].verdict == .holds)
  }

  @Test
  func `who belongs to no case of the unit is listed`() {
    let project = project { $0.cases[id("P2")]?.memberOf = [] }
    #expect(project.patterns(over: "site").unplaced == [id("P2")])
  }

  @Test
  func `a rejected configuration has no pattern unless it is asked for`() {
    let project = project { $0.configurations[id("CMO2")]?.status = .rejected }
    #expect(project.patterns().entries.count == 1)
    #expect(project.patterns(includesClosed: true).entries.count == 2)
  }

  @Test
  func `a recorded search that found nothing closes the gap of the negative case`() {
    var project = SmallStudy().project
    #expect(project.register[1].gaps.contains(.noNegativeCase))
    project.configurations[id("CMO2")]?.searches = [NegativeCaseSearch(how: "All of chart 1.")]
    #expect(!project.register[1].gaps.contains(.noNegativeCase))
  }
}
