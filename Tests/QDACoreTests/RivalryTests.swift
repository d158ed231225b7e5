import QDA
import QDATestSupport
import Testing

/// Rivals, and labels by which configurations are named, where decisions are made.
struct RivalryTests {
  private func id<Kind>(_ key: String) -> ID<Kind> { SmallStudy.id(key) }

  /// The small study with three proposals, of which CMO3 names CMO1 as its rival.
  private var project: Project {
    var project = SmallStudy().project
    project.coders[id("MR")] = Coder(id: id("MR"), name: "Morag", initials: "MR")
    project.configurations[id("CMO3")] = Configuration(
      id: id("CMO3"), label: "CMO3", rivals: [id("CMO1")])
    for label in ["CMO1", "CMO2"] { project.configurations[id(label)]?.status = .proposed }
    return project
  }

  private func decision(_ why: String) -> Decision {
    Decision(id: id(why), stamp: Stamp(by: id("MR")), why: why)
  }

  private func status(_ label: String, in project: Project) -> Configuration.Status? {
    project.configurations.first { $0.label == label }?.status
  }

  @Test
  func `a rival that was rejected comes back by an adjudication only`() throws {
    var project = project
    try project.apply(project.deciding(id("CMO3"), .rejected, decision("Nobody says so.")))
    try project.apply(project.deciding(id("CMO1"), .accepted, decision("All say so.")))
    // Both have a reason, and neither is about the other.
    #expect(throws: TheoryConflict.rivalUndecided(id("CMO3"), rival: id("CMO1"))) {
      try project.deciding(id("CMO3"), .accepted, decision("P4 says so."))
    }
    try project.apply(
      project.adjudicating(id("CMO1"), id("CMO3"), .both, decision("In summer and in winter.")))
    #expect(status("CMO1", in: project) == .accepted && status("CMO3", in: project) == .accepted)
    #expect(
      project.configurations[id("CMO3")]?.reason == "Nobody says so. In summer and in winter.")
  }

  @Test
  func `whom an adjudication decided against is not accepted after it`() throws {
    var project = project
    try project.apply(
      project.adjudicating(id("CMO1"), id("CMO3"), .first, decision("Only in summer.")))
    #expect(throws: TheoryConflict.rivalUndecided(id("CMO3"), rival: id("CMO1"))) {
      try project.deciding(id("CMO3"), .accepted, decision("And yet."))
    }
    // With the other gone there is nothing to decide between.
    try project.apply(project.deciding(id("CMO1"), .rejected, decision("A mistake.")))
    try project.apply(project.deciding(id("CMO3"), .accepted, decision("What is left.")))
    #expect(status("CMO3", in: project) == .accepted)
  }

  @Test
  func `who names a parent as a rival is a rival of what comes of it`() throws {
    var merged = project
    try merged.apply(
      merged.consolidating(
        [id("CMO1"), id("CMO2")], label: "CMO4", title: "Both", decision("One thing.")))
    let new = try #require(merged.configurations.first { $0.label == "CMO4" })
    #expect(new.rivals == [id("CMO3")])
    var split = project
    let slots = Set(split.configurations[id("CMO1")]?.slots.map(\.id) ?? [])
    try split.apply(
      split.splitting(
        id("CMO1"),
        into: ["A", "B"].map { Project.SplitPart(label: $0, title: $0, slots: slots) },
        decision("Two things.")))
    #expect(
      split.configurations.filter { ["A", "B"].contains($0.label) }.map(\.rivals)
        == [[id("CMO3")], [id("CMO3")]])
  }

  @Test
  func `a rival counts in both directions, also in the report`() throws {
    let project = project
    let one = try #require(project.configurations[id("CMO1")])
    #expect(project.rivals(of: one) == [id("CMO3")])
    let report = StudyReport(project, diagnostics: []) { reference in
      if case .configuration(let id) = reference { project.configurations[id]?.label } else { nil }
    }
    let rivals = report.configurations.map { "\($0.label): \($0.rivals.joined())" }
    #expect(rivals == ["CMO1: CMO3", "CMO2: ", "CMO3: CMO1"])
  }

  @Test
  func `a superseded configuration is decided on no more, and its successors are named`() throws {
    var project = project
    try project.apply(
      project.consolidating(
        [id("CMO1"), id("CMO2")], label: "CMO4", title: "Both", decision("One thing.")))
    let new = try #require(project.configurations.first { $0.label == "CMO4" })
    let conflict = TheoryConflict.superseded(id("CMO1"), by: [new.id])
    for status in [Configuration.Status.accepted, .rejected, .proposed] {
      #expect(throws: conflict) {
        try project.deciding(id("CMO1"), status, decision("After all."))
      }
    }
    #expect(throws: conflict) {
      try project.adjudicating(id("CMO1"), id("CMO3"), .first, decision("After all."))
    }
  }

  @Test
  func `no configuration gets a label that another has, also one that is superseded by it`() throws
  {
    let project = project
    let slots = Set(project.configurations[id("CMO1")]?.slots.map(\.id) ?? [])
    for labels in [["CMO2", "CMO9"], ["CMO8", "CMO8"], ["CMO9", "CMO1"]] {
      let taken = labels.contains("CMO9") ? labels.first { $0 != "CMO9" } : "CMO8"
      #expect(throws: TheoryConflict.labelTaken(taken ?? "")) {
        try project.splitting(
          id("CMO1"), into: labels.map { Project.SplitPart(label: $0, title: $0, slots: slots) },
          decision("Two things."))
      }
    }
    #expect(throws: TheoryConflict.labelTaken("CMO3")) {
      try project.consolidating(
        [id("CMO1"), id("CMO2")], label: "CMO3", title: "", decision("One thing."))
    }
  }
}
