import Foundation
import QDA
import QDATestSupport
import Testing

private let seed = shared("seed/000_cb83ef7d012e9f0b.txt")

struct TheoryCheckTests {
  private func id<Kind>(_ key: String) -> ID<Kind> { SmallStudy.id(key) }

  private func ids(_ project: Project) -> Set<String> { Set(project.check().map(\.id)) }

  private func added(_ change: (inout Project) -> Void) -> Set<String> {
    var project = SmallStudy().project
    let before = ids(project)
    change(&project)
    return ids(project).subtracting(before)
  }

  @Test(arguments: [
    ("When money is short, fewer come", "cmo.outcome-conditional"),
    ("With stable funding, many come", "cmo.outcome-conditional"),
    ("Workers should ring back", "cmo.outcome-planned"),
    ("People come without being asked", nil), ("Whenever is a word", "cmo.outcome-conditional"),
  ])
  func `an outcome that is worded as a condition or a plan is found`(text: String, id: String?) {
    let found = added { $0.elements[self.id("come")]?.text = text }
    #expect(found.filter { $0.hasPrefix("cmo.outcome") } == (id.map { [$0] } ?? []))
  }

  @Test
  func `a context that names an activity of the programme is found`() {
    let found11 = added { $0.elements[id("busy")]?.text = "Accompanying people to the door" }
    #expect(found11.contains("cmo.context-as-activity"))
    let found12 = added { $0.elements[id("busy")]?.text = "Missing the bus is common" }
    #expect(!found12.contains("cmo.context-as-activity"))
  }

  @Test
  func `a statement in two roles is information, and a ripple that is linked is none`() {
    // 'They come ready' is the outcome of CMO1 and the context of CMO2, and L1 links them.
    #expect(!ids(SmallStudy().project).contains("cmo.role-conflict"))
    let found1 = added { $0.links[id("L1")] = nil }
    #expect(found1.contains("cmo.role-conflict"))
    let worded = added { project in
      project.elements[id("again")] = Element(id: id("again"), text: "Workers are busy.")
      project.configurations[id("CMO2")]?.slots.append(
        Slot(id: id("again slot"), role: "mechanism", part: "resource", element: id("again")))
    }
    #expect(worded.contains("cmo.role-conflict"))
  }

  @Test
  func `a role that a schema limits or orders is held to it, and CMO leaves both free`() {
    let found = added { project in
      project.schemas.append(
        SlotSchema(
          name: "own", roles: [SlotRole(name: "context", most: 1), SlotRole(name: "mechanism")],
          isOrdered: true))
      project.configurations[id("CMO2")]?.schema = "own"
      project.configurations[id("CMO2")]?.slots.append(
        Slot(id: id("late"), role: "context", element: id("busy")))
    }
    #expect(found.isSuperset(of: ["cmo.slot-excess", "cmo.slot-order"]))
    // Flynn 2021 tells CMOc 1 as C-M-M-M-O-M-O.
    let flynn = added { project in
      let roles = [
        "context", "mechanism", "mechanism", "mechanism", "outcome", "mechanism", "outcome",
      ]
      project.configurations[id("CMO2")]?.slots = roles.enumerated().map { offset, role in
        Slot(id: id("flynn \(offset)"), role: role, element: id("busy"))
      }
    }
    #expect(flynn.isDisjoint(with: ["cmo.slot-excess", "cmo.slot-order"]))
  }

  @Test
  func `a remark that quotes what nobody said is found`() {
    let found13 = added { $0.evidence[id("e1")]?.comment = "“She never rang first”, he says." }
    #expect(found13 == ["cmo.quote-not-verbatim"])
    let found2 = added { $0.evidence[id("e1")]?.comment = "“she rang first” is the point." }
    #expect(found2.isEmpty)
  }

  @Test
  func `a case that a search found needs the words that make it a negative one`() {
    let search = { NegativeCaseSearch(how: "all", found: [$0]) }
    let found14 = added { $0.configurations[id("CMO1")]?.searches = [search(id("P3"))] }
    #expect(found14 == ["cmo.negative-case-unevidenced"])
    let found3 = added { $0.configurations[id("CMO1")]?.searches = [search(id("P2"))] }
    #expect(found3.isEmpty)
  }

  @Test
  func `a statement without grounds or reason is found, and the initial theory is exempt`() {
    let statement = Statement(id: id("T1"), text: "It works.")
    let initial = TheoryVersion(id: id("v1"), stage: .initial, statements: [statement])
    let found4 = added { $0.theory = [initial] }
    #expect(found4.isEmpty)
    let refined = TheoryVersion(
      id: id("v2"), stage: .refined,
      statements: [
        Statement(id: id("R1"), text: "It works here.", from: [id("T1")], move: .refined)
      ])
    let found15 = added { $0.theory = [initial, refined] }
    #expect(
      found15 == [
        "theory.evidence-missing", "theory.reason-missing",
      ])
  }

  @Test(arguments: [
    ("Most participants came.", "most", nil), ("All of the staff agreed.", "all", nil),
    ("Most referrals were suitable.", "most", "referrals"), ("Few reported issues.", "few", nil),
    ("The practice was universally criticised.", "all", nil),
    ("At most two came; after all it rained.", nil, nil), ("Nobody agreed.", "none", nil),
    ("People are sent to everybody.", nil, nil), ("All visitors learn.", "all", nil),
    ("Many service users wait.", "many", nil), ("Most of the three librarians wait.", "most", nil),
    ("All eight participants wait.", "all", nil), ("All link workers learn.", "all", nil),
    ("Several tools were lent to people.", "several", "tools"),
    ("The most trusted volunteer sits.", nil, nil), ("All in all, visitors wait.", nil, nil),
    ("All the time visitors wait.", nil, nil),
  ])
  func `a word for how many is told from one that counts something else`(
    text: String, amount: String?, noun: String?
  ) {
    let found = Quantifier.all(in: text)
    #expect(found.map(\.amount.rawValue) == (amount.map { [$0] } ?? []))
    #expect(found.first?.noun == noun)
  }

  @Test
  func `a claim is counted against those who are cited for it`() throws {
    var project = SmallStudy().project
    project.configurations[id("CMO1")]?.title = "Most people come ready"
    let claim = try #require(project.quantifiedClaims.first)
    #expect(claim.share == "1 of 3")
    #expect(claim.isMet == false)
    #expect(ids(project).contains("theory.quantifier-unsupported"))
    project.configurations[id("CMO1")]?.title = "Some people come ready"
    let claims = project.quantifiedClaims
    #expect(claims.allSatisfy { $0.isMet == true })
    project.configurations[id("CMO1")]?.title = "Most referrals come ready"
    #expect(project.quantifiedClaims.map(\.isMet) == [nil])
    #expect(!ids(project).contains("theory.quantifier-unsupported"))
  }

  // P1 and P2 have the role Crisis and P2 is an employer too; P1 supports CMO1.
  @Test
  func `a claim about a role category is counted among those who have it`() {
    var project = SmallStudy().project
    project.configurations[id("CMO1")]?.title = "All employers come ready"
    #expect(project.quantifiedClaims.map(\.share) == ["0 of 1 with the role Employer"])
    project.configurations[id("CMO1")]?.title = "All employers and workers come ready"
    #expect(project.quantifiedClaims.map(\.isMet) == [nil])
    project.configurations[id("CMO1")]?.title = "Some of the Crisis staff come ready"
    #expect(project.quantifiedClaims.map(\.share) == ["1 of 2 with the role Crisis"])
    #expect(project.quantifiedClaims.map(\.isMet) == [true])
  }

  @Test
  func `an explanation that says how many is counted by its cells and passages`() throws {
    var project = SmallStudy().project
    project.explanations[id("why")] = Explanation(
      id: id("why"), kind: .implicit, text: "Most participants were rung before.",
      cells: [Cell.Key(row: id("P1"), column: id("matching"))])
    let claim = try #require(project.quantifiedClaims.last)
    #expect(claim.share == "1 of 3")
    #expect(claim.place == .cell(Cell.Key(row: id("P1"), column: id("matching"))))
    project.explanations[id("why")]?.passages = [id("Nobody rang us")]
    #expect(project.quantifiedClaims.last?.share == "2 of 3")
    #expect(project.quantifiedClaims.last?.isMet == true)
  }

  @Test(.enabled(if: seed != nil, "needs the published study"))
  func `the published study's conditional outcomes and unsupported claims are found`() throws {
    let path = try #require(seed)
    let text = Text(String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self))
    let project = try PublishedStudyReader.read(text, name: "study.txt").value.project
    let conditional = project.check().filter { $0.id == "cmo.outcome-conditional" }.map(\.summary)
    #expect(conditional.count == 2)
    #expect(conditional.contains { $0.contains("With stable funding") })
    #expect(conditional.contains { $0.contains("When resources are cut") })
    let source = try #require(project.sources.first)
    let claims = try project.quantifiedClaims(in: source.id)
    func share(_ words: String) -> String? {
      claims.first { $0.sentence.contains(words) }?.share
    }
    #expect(share("universally criticised") == "1 of 22")
    #expect(share("Several participants spoke candidly") == "1 of 22")
    #expect(share("all TSOs appeared knowledgeable") == "0 of 22")
    #expect(share("few reported issues") == "0 of 22")
    let referrals = claims.first { $0.sentence.contains("most referrals") }
    #expect(referrals != nil && referrals?.isMet == nil)
  }
}
