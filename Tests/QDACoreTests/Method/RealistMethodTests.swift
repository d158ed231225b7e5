import Foundation
import QDA
import QDATestSupport
import Testing

/// What realist evaluation asks of configurations, beyond what the suites of each part show.
struct RealistMethodTests {
  private func id<Kind>(_ key: String) -> ID<Kind> { SmallStudy.id(key) }

  /// Flynn 2021, CMOc 1, in its order; the words are ours.
  private let flynn = [
    ("context", "A ward is short of staff"), ("mechanism", "A checklist is at hand"),
    ("mechanism", "Nurses see what is left to do"), ("mechanism", "They feel backed"),
    ("outcome", "They speak up"), ("mechanism", "Doctors begin to ask them"),
    ("outcome", "Fewer doses are missed"),
  ]

  private func told() -> Project {
    var project = SmallStudy().project
    let slots = flynn.enumerated().map { offset, part in
      Slot(id: id("flynn \(offset)"), role: part.0, element: id("flynn \(offset)"))
    }
    for (offset, part) in flynn.enumerated() {
      project.elements[id("flynn \(offset)")] = Element(id: id("flynn \(offset)"), text: part.1)
    }
    project.configurations = [
      Configuration(
        id: id("flynn"), label: "CMOc1", slots: slots,
        edges: zip(slots, slots.dropFirst()).map {
          Edge(id: id("\($0.id) to \($1.id)"), from: $0.id, to: $1.id)
        })
    ]
    project.evidence = []
    project.links = []
    return project
  }

  @Test
  func `C-M-M-M-O-M-O is kept, told and written in its order without loss`() throws {
    let project = told()
    let sentence = try #require(project.register.first?.sentence)
    for (_, text) in flynn {
      #expect(sentence.lowercased().contains(text.lowercased()), "\(sentence)")
    }
    try withTemporaryFolder { path in
      try StudyFolder.write(project, to: path)
      let read = try StudyFolder.read(at: path).value.project
      #expect(read.configurations == project.configurations)
      let one = try #require(read.configurations.first)
      #expect(one.slots.map(\.role) == flynn.map(\.0))
      #expect(
        one.edges.map { edge in
          [edge.from, edge.to].map { end in one.slots.firstIndex { $0.id == end } ?? -1 }
        } == (0..<6).map { [$0, $0 + 1] })
    }
    let diagram = try #require(StudyReport(project, diagnostics: []).diagrams.first)
    #expect(diagram.nodes.map(\.text) == flynn.map(\.1))
    #expect(diagram.edges.count == 6)
  }

  @Test(arguments: [
    (["mechanism", "outcome"], "context"), (["context", "outcome"], "mechanism"),
    (["context", "mechanism"], "outcome"),
  ])
  func `a dyad is kept, and the part that it lacks is named`(roles: [String], missing: String) {
    var project = told()
    project.configurations[id("flynn")]?.slots.removeAll { $0.role == missing }
    #expect(project.configurations[id("flynn")]?.slots.isEmpty == false)
    #expect(project.register.first?.gaps.contains(.roleMissing(missing)) == true)
    let findings = project.check().filter { $0.id == "cmo.part-missing" }
    #expect(findings.count == 1 && findings[0].summary.contains(missing))
    #expect(project.register.first?.sentence.contains("(not stated)") == true)
  }

  @Test
  func `a mechanism without reasoning is another gap than one that is not divided`() {
    func ids(_ parts: [String?]) -> Set<String> {
      var project = told()
      project.configurations[id("flynn")]?.slots = parts.enumerated().map { offset, part in
        Slot(id: id("m \(offset)"), role: "mechanism", part: part, element: id("flynn 1"))
      }
      return Set(project.check().map(\.id))
        .intersection(["cmo.mechanism-unsplit", "cmo.reasoning-missing"])
    }
    #expect(ids([nil]) == ["cmo.mechanism-unsplit"])
    #expect(ids(["resource"]) == ["cmo.reasoning-missing"])
    #expect(ids(["resource", "reasoning"]).isEmpty)
  }

  @Test
  func `neither of two rivals is accepted until somebody has decided between them`() throws {
    var project = SmallStudy().project
    project.coders[id("MR")] = Coder(id: id("MR"), name: "Morag", initials: "MR")
    project.configurations[id("CMO1")]?.rivals = [id("CMO2")]
    for label in ["CMO1", "CMO2"] { project.configurations[id(label)]?.status = .proposed }
    func decision(_ why: String) -> Decision {
      Decision(id: id(why), stamp: Stamp(by: id("MR")), why: why)
    }
    for (one, rival) in [("CMO1", "CMO2"), ("CMO2", "CMO1")] {
      #expect(throws: TheoryConflict.rivalUndecided(id(one), rival: id(rival))) {
        _ = try project.deciding(id(one), .accepted, decision("Agreed."))
      }
    }
    #expect(try project.deciding(id("CMO2"), .rejected, decision("No.")).operations.count == 1)
    var decided = project
    try decided.apply(
      project.adjudicating(
        id("CMO1"), id("CMO2"), .both, decision("One for want of time, one by conviction.")))
    #expect(decided.configurations.allSatisfy { $0.status == .accepted })
    #expect(try decided.deciding(id("CMO1"), .accepted, decision("Again.")).operations.count == 1)
  }

  @Test
  func `roles of codes are in the codebook, and candidates need no others`() throws {
    var project = SmallStudy().project
    #expect(project.candidates(by: .case).isEmpty)
    project.codebook.codes[id("matching")]?.role = SlotPlace("mechanism:resource")
    project.codebook.codes[id("waiting")]?.role = SlotPlace("context")
    project.codings.insert(
      codings: [Coding(id: id("w"), passage: id("Nobody rang us"), code: id("waiting"))],
      in: id("P2.txt"))
    #expect(project.candidates(by: .case).map(\.cases) == [[id("P2")]])
    for text in ["", ":", "mechanism:", ":reasoning"] { #expect(SlotPlace(text) == nil, "\(text)") }
    try withTemporaryFolder { path in
      try StudyFolder.write(project, to: path)
      #expect(try StudyFolder.read(at: path).value.project.codebook == project.codebook)
    }
  }
}
