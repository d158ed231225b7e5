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

/// Changes of passages and codings, on a study of two sources with one passage and coding each.
struct CodingChangeTests {
  private let id = ID<Change>(derivedFrom: ["change"])
  private let project = SmallStudy().project
  private var first: ID<Source> { SmallStudy.id("P1.txt") }
  private var second: ID<Source> { SmallStudy.id("P2.txt") }

  private func passage(_ words: String) throws -> Passage {
    try #require(project.codings[SmallStudy.id(words) as ID<Passage>])
  }
  private func coding(_ words: String) throws -> Coding {
    try #require(project.codings[SmallStudy.id(words) as ID<Coding>])
  }

  /// Whether operations are refused and nothing is changed by them.
  private func refuses(_ operations: [Operation]) -> Bool {
    var copy = project
    do {
      try copy.apply(Change(id: id, operations: operations))
      return false
    } catch {
      return copy == project
    }
  }

  @Test
  func `a coding cannot come in for a passage of another source`() throws {
    let stray = Coding(
      id: SmallStudy.id("new"), passage: SmallStudy.id("Nobody rang us"),
      code: SmallStudy.id("matching"))
    #expect(refuses([.insert(.coding(stray, in: first), at: nil)]))
    #expect(!refuses([.insert(.coding(stray, in: second), at: nil)]))
  }

  @Test
  func `a coding cannot be removed or replaced in a source that does not have it`() throws {
    let coding = try coding("She rang first")
    #expect(refuses([.remove(.coding(coding, in: second), at: nil)]))
    var other = coding
    other.comment = "!"
    #expect(refuses([.replace(.coding(coding, in: second), with: .coding(other, in: second))]))
    #expect(refuses([.replace(.coding(coding, in: first), with: .coding(other, in: second))]))
    #expect(!refuses([.replace(.coding(coding, in: first), with: .coding(other, in: first))]))
  }

  @Test
  func `a passage or coding is only replaced by its own kind and id`() throws {
    let passage = try passage("She rang first")
    let coding = try coding("She rang first")
    let code = project.codebook.codes[1]
    #expect(refuses([.replace(.passage(passage), with: .code(code))]))
    #expect(refuses([.replace(.coding(coding, in: first), with: .passage(passage))]))
    #expect(refuses([.replace(.code(code), with: .passage(passage))]))
    let renamed = Coding(id: SmallStudy.id("x"), passage: coding.passage, code: coding.code)
    #expect(refuses([.replace(.coding(coding, in: first), with: .coding(renamed, in: first))]))
  }

  @Test
  func `a coding needs its passage before it`() throws {
    let passage = Passage(id: SmallStudy.id("new"), source: first, region: .whole)
    let coding = Coding(
      id: SmallStudy.id("new"), passage: passage.id, code: SmallStudy.id("matching"))
    let operations: [Operation] = [
      .insert(.passage(passage), at: nil), .insert(.coding(coding, in: first), at: nil),
    ]
    #expect(refuses(operations.reversed()))
    var copy = project
    try copy.apply(Change(id: id, operations: operations))
    #expect(copy.codings[coding.id] == coding)
  }

  @Test
  func `what comes in and goes again in one change leaves nothing`() throws {
    let passage = Passage(id: SmallStudy.id("new"), source: first, region: .whole)
    let coding = Coding(
      id: SmallStudy.id("new"), passage: passage.id, code: SmallStudy.id("matching"))
    let coming: [Operation] = [
      .insert(.passage(passage), at: nil), .insert(.coding(coding, in: first), at: nil),
    ]
    var copy = project
    try copy.apply(Change(id: id, operations: coming + coming.reversed().map(\.inverted)))
    #expect(copy == project)
  }

  @Test
  func `a passage that is replaced keeps its codings, twice in one change as well`() throws {
    let old = try passage("She rang first")
    var moved = old
    moved.region = .text(TextSpan(scalars: 0..<3))
    var again = moved
    again.name = "again"
    var copy = project
    let change = Change(
      id: id,
      operations: [
        .replace(.passage(old), with: .passage(moved)),
        .replace(.passage(moved), with: .passage(again)),
      ])
    try copy.apply(change)
    #expect(copy.codings[old.id] == again)
    #expect(copy.codings.codings(ofPassage: old.id) == project.codings.codings(ofPassage: old.id))
    try copy.apply(change.inverted(id: SmallStudy.id("back")))
    #expect(copy == project)
  }

  @Test(arguments: [true, false])
  func `a passage that moves to another source takes its coding with it`(forward: Bool) throws {
    var new = project
    let old = try passage(forward ? "She rang first" : "Nobody rang us")
    let coding = try coding(forward ? "She rang first" : "Nobody rang us")
    new.codings.remove([old.id], in: old.source)
    let goal = forward ? second : first
    new.codings.insert(
      [Passage(id: old.id, source: goal, region: .whole)], codings: [coding], in: goal)
    let change = Change(from: project, to: new, id: id)
    var copy = project
    try copy.apply(change)
    #expect(copy == new)
    try copy.apply(change.inverted(id: SmallStudy.id("back")))
    #expect(copy == project)
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
