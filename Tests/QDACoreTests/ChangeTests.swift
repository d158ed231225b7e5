import FoundationEssentials
import QDA
import QDATestSupport
import Testing

struct ChangeTests {
  private let id = ID<Change>(derivedFrom: ["change"])
  private let back = ID<Change>(derivedFrom: ["back"])

  /// Two states of one study: the second has objects missing, changed and new of every kind.
  private func states(_ seed: UInt64) -> (Project, Project) {
    let old = Project.generated(seed: seed)
    let other = Project.generated(seed: seed + 1000)
    var new = old
    new.title += "!"
    var random = SeededGenerator(seed: seed)
    new.coders[other.coders[0].id] = other.coders[0]
    new.cases[old.cases[1].id] = nil
    new.cases.insert(other.cases[0], at: 0)
    new.cases[old.cases[2].id]?.name = "renamed"
    new.codebook.codes[old.codebook.codes[2].id]?.name = "renamed"
    new.codebook.versions.append(FrameworkVersion(number: 2, why: "split"))
    new.notes = other.notes
    new.elements = other.elements
    new.configurations[old.configurations[0].id] = nil
    new.configurations[old.configurations[1].id]?.status = .accepted
    new.evidence = other.evidence
    new.links = other.links
    new.theory = other.theory
    new.cells = new.cells.filter { _ in !random.once(in: 3) }.merging(other.cells) { own, _ in own }
    let source = old.sources[0].id
    let doomed = old.codings.passages(in: source).filter { _ in random.once(in: 2) }
    new.codings.remove(Set(doomed.map(\.id)), in: source)
    let added = other.codings.passages(in: other.sources[0].id).map { passage in
      var copy = passage
      copy.source = source
      return copy
    }
    new.codings.insert(added, codings: other.codings.codings(in: other.sources[0].id), in: source)
    return (old, new)
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func `the difference of two states turns one into the other and back`(seed: UInt64) throws {
    let (old, new) = states(seed)
    let change = Change(from: old, to: new, id: id)
    var project = old
    try project.apply(change)
    #expect(project == new)
    try project.apply(change.inverted(id: back))
    #expect(project == old)
    #expect(project.cases.ids == old.cases.ids, "undo puts rows back in their places")
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `a change is the same after encoding and decoding`(seed: UInt64) throws {
    let (old, new) = states(seed)
    let change = Change(
      from: old, to: new, id: id, stamp: Stamp(at: Timestamp("2026-01-02")), why: "w")
    let decoded = try JSONDecoder().decode(Change.self, from: JSONEncoder().encode(change))
    #expect(decoded == change)
  }

  @Test
  func `a study that did not change gives no operations`() {
    let project = Project.generated(seed: 1)
    #expect(Change(from: project, to: project, id: id).operations.isEmpty)
  }

  @Test
  func `a change that does not fit leaves the project as it was`() throws {
    let (old, new) = states(5)
    let change = Change(from: old, to: new, id: id)
    var project = old
    project.theory[old.theory[0].id]?.title = "meanwhile"
    let before = project
    #expect(throws: ChangeConflict.self) { try project.apply(change) }
    #expect(project == before)
  }

  @Test
  func `inserting what is there already is a conflict`() throws {
    var project = Project.generated(seed: 2)
    let coder = project.coders[0]
    let change = Change(id: id, operations: [.insert(.coder(coder), at: nil)])
    #expect(throws: ChangeConflict.self) { try project.apply(change) }
  }

  @Test
  func `a passage that has codings cannot be removed before them`() throws {
    var project = Project.generated(seed: 2)
    let coding = try #require(project.codings.all.first)
    let passage = try #require(project.codings[coding.passage])
    let change = Change(id: id, operations: [.remove(.passage(passage), at: nil)])
    #expect(throws: ChangeConflict.self) { try project.apply(change) }
  }
}

struct ProjectCodingTests {
  @Test(arguments: 0..<6 as Range<UInt64>)
  func `a study is the same after encoding and decoding, its texts included`(seed: UInt64) throws {
    let project = Project.generated(seed: seed)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = try encoder.encode(project)
    let decoded = try JSONDecoder().decode(Project.self, from: data)
    #expect(decoded == project)
    #expect(try encoder.encode(decoded) == data)
    for source in project.sources {
      #expect(try decoded.texts.text(of: source.id) == project.texts.text(of: source.id))
    }
  }

  @Test
  func `an encoded study of another version is refused by name`() throws {
    var json = String(decoding: try JSONEncoder().encode(Project.generated(seed: 1)), as: UTF8.self)
    json.replace("qda.project\\/1", with: "qda.project\\/9")
    let error = #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Project.self, from: Data(json.utf8))
    }
    #expect("\(error as Any)".contains("qda.project/9"))
  }
}
