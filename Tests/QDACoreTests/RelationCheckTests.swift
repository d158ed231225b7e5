import QDA
import QDATestSupport
import Testing

struct RelationCheckTests {
  private func id<Kind>(_ key: String) -> ID<Kind> { SmallStudy.id(key) }

  /// What a change adds to the findings of the small study, which has none of these.
  private func found(_ change: (inout Project) -> Void) -> [String] {
    var project = SmallStudy().project
    let before = Set(project.check().map(\.id))
    change(&project)
    return project.check().map(\.id).filter { !before.contains($0) }
  }

  @Test
  func `a configuration that is its own rival or parent is reported`() {
    #expect(
      found { $0.configurations[id("CMO1")]?.rivals = [id("CMO1")] } == ["cmo.self-reference"])
    #expect(
      found { $0.configurations[id("CMO1")]?.parents = [id("CMO1")] } == ["cmo.self-reference"])
  }

  @Test
  func `parents in a circle are one finding`() {
    let ids = found {
      $0.configurations[id("CMO1")]?.parents = [id("CMO2")]
      $0.configurations[id("CMO2")]?.parents = [id("CMO1")]
    }
    #expect(ids == ["cmo.parents-cyclic"])
    #expect(found { $0.configurations[id("CMO1")]?.parents = [id("CMO2")] } == [])
  }

  @Test
  func `a link or an edge to itself is reported, unless it is a feedback`() {
    func link(_ kind: Link.Kind) -> [String] {
      found {
        $0.links[id("self")] = Link(id: id("self"), from: id("CMO1"), to: id("CMO1"), kind: kind)
      }
    }
    #expect(link(.ripple).contains("cmo.self-reference"))
    #expect(!link(.feedback).contains("cmo.self-reference"))
    let edge = found {
      guard let slot = $0.configurations[id("CMO1")]?.slots.first?.id else { return }
      $0.configurations[id("CMO1")]?.edges.append(Edge(id: id("edge"), from: slot, to: slot))
    }
    #expect(edge.contains("cmo.self-reference"))
  }

  @Test
  func `two accepted rivals are one finding until both have a reason`() {
    func accept(_ project: inout Project, reason: String) {
      for (one, other) in [("CMO1", "CMO2"), ("CMO2", "CMO1")] {
        project.configurations[id(one)]?.status = .accepted
        project.configurations[id(one)]?.rivals = [id(other)]
        project.configurations[id(one)]?.reason = one == "CMO1" ? "Agreed." : reason
      }
    }
    #expect(found { accept(&$0, reason: "") } == ["cmo.rivals-accepted"])
    #expect(found { accept(&$0, reason: "In winter only.") } == [])
  }

  @Test
  func `what was rejected or superseded lacks nothing`() {
    var project = SmallStudy().project
    let gaps = { (project: Project) in project.check().filter { $0.id.hasPrefix("cmo.") }.map(\.id)
    }
    #expect(gaps(project).contains("cmo.mechanism-unsplit"))
    for one in project.configurations.ids { project.configurations[one]?.status = .rejected }
    #expect(gaps(project).isEmpty)
    for one in project.configurations.ids { project.configurations[one]?.status = .superseded }
    #expect(Set(gaps(project)) == ["cmo.successor-missing"])
  }

  @Test
  func `an outcome without a part is reported and stands apart in the matrix`() throws {
    var project = SmallStudy().project
    let before = project.matrix.columns.map(\.title)
    let slots = try #require(project.configurations[id("CMO1")]?.slots)
    let index = try #require(slots.firstIndex { $0.role == "outcome" })
    project.configurations[id("CMO1")]?.slots[index].part = nil
    #expect(project.check().count { $0.id == "cmo.part-unstated" } == 1)
    #expect(project.matrix.columns.map(\.title) == before + ["Outcomes, part not stated"])
    let bullets = try #require(project.matrix.blocks.first?.bullets)
    #expect(bullets.last?.map(\.element.id) == [slots[index].element])
    let short = try #require(before.firstIndex(of: "Short-term outcomes"))
    #expect(bullets[short].isEmpty)
  }

  @Test
  func `references to nothing are reported`() {
    let nothing = "study.reference-dangling"
    let changes: [(inout Project) -> Void] = [
      { $0.cases[id("P1")]?.memberOf = [id("nobody")] },
      { $0.configurations[id("CMO1")]?.slots[0].element = id("nothing") },
      { $0.sources[id("P1.txt")] = nil }, { $0.codebook.codes[id("waiting")] = nil },
      { $0.configurations[id("CMO1")]?.rivals = [id("none")] },
    ]
    for change in changes {
      let ids = found(change)
      #expect(ids.contains(nothing))
    }
  }
}
