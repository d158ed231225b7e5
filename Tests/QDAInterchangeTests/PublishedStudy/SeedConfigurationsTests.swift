import QDACore
import QDAInterchange
import Testing

/// Seventeen configurations that can be read out of the published study, which prints none.
///
/// The reference on the method lists them with those who support and contradict them and with the
/// elements that no quotation speaks for; the file that attaches each piece of evidence is not given.
/// It was worked out by hand: of a participant's quotations the one that speaks of the configuration
/// (Q04 to Q24 are P5's, and so on) is evidence for each part that the list calls evidenced.
@Suite(.enabled(if: StudySample.seed.isPresent, "../shared/seed is not here"))
struct SeedConfigurationsTests {
  struct Row: Sendable {
    var number: Int
    var valence: Configuration.Valence
    /// The numbers of the quotations that support it, then of those against it.
    var supports: [Int]
    var against: [Int]
    /// What no quotation speaks for.
    var gaps: Set<String>
  }

  private static let parts = ["context", "resource", "reasoning", "outcome"]
  private static let all = Set(parts)

  private static let rows: [Row] = [
    Row(number: 1, valence: .favourable, supports: [1, 2], against: [], gaps: ["context"]),
    Row(
      number: 2, valence: .favourable, supports: [3, 4], against: [],
      gaps: ["reasoning", "outcome"]),
    Row(number: 3, valence: .favourable, supports: [5, 6], against: [8], gaps: []),
    Row(number: 4, valence: .unfavourable, supports: [6, 7, 11], against: [8], gaps: []),
    Row(
      number: 5, valence: .unfavourable, supports: [9, 10, 13], against: [], gaps: ["reasoning"]),
    Row(number: 6, valence: .mixed, supports: [9], against: [], gaps: ["reasoning"]),
    Row(number: 7, valence: .unfavourable, supports: [11, 12], against: [], gaps: []),
    Row(number: 8, valence: .unfavourable, supports: [], against: [], gaps: all),
    Row(number: 9, valence: .favourable, supports: [17, 24], against: [24], gaps: []),
    Row(number: 10, valence: .favourable, supports: [15, 16], against: [], gaps: ["resource"]),
    Row(
      number: 11, valence: .unfavourable, supports: [18, 19], against: [],
      gaps: ["resource", "outcome"]),
    Row(
      number: 12, valence: .unfavourable, supports: [21, 22, 26], against: [21],
      gaps: ["resource", "outcome"]),
    Row(number: 13, valence: .unfavourable, supports: [23, 24], against: [], gaps: ["reasoning"]),
    Row(number: 14, valence: .unfavourable, supports: [13, 25, 26], against: [], gaps: []),
    Row(number: 15, valence: .favourable, supports: [], against: [], gaps: all),
    Row(
      number: 16, valence: .unfavourable, supports: [13, 14], against: [],
      gaps: ["resource", "reasoning"]),
    Row(number: 17, valence: .favourable, supports: [], against: [], gaps: all),
  ]

  let project: Project

  init() throws {
    var project = try StudySample.seed.read().value.project
    let source = try #require(project.sources.first)
    let passages = project.codings.passages(in: source.id)
    #expect(passages.count == 26)
    for row in Self.rows {
      let label = "CMOC\(row.number)"
      var configuration = Configuration(
        id: Self.id(label), label: label, valence: row.valence, status: .proposed)
      for part in Self.parts {
        let name = "\(label) \(part)"
        project.elements[Self.id(name)] = Element(id: Self.id(name), text: name)
        let isMechanism = part == "resource" || part == "reasoning"
        configuration.slots.append(
          Slot(
            id: Self.id(name), role: isMechanism ? "mechanism" : part,
            part: isMechanism ? part : part == "outcome" ? "short-term" : nil,
            element: Self.id(name)))
        guard !row.gaps.contains(part) else { continue }
        let grounds =
          row.supports.map { ($0, Evidence.Stance.supports) }
          + row.against.map { ($0, Evidence.Stance.contradicts) }
        for (number, stance) in grounds {
          // The last two quotations anticipate what will come of the cuts; they do not report it.
          let isAnticipated = number >= 25 && part == "outcome"
          let key = "\(name) Q\(number) \(stance.rawValue)"
          project.evidence[Self.id(key)] = Evidence(
            id: Self.id(key), target: .slot(Self.id(name)),
            ground: .passage(passages[number - 1].id), stance: stance,
            basis: isAnticipated ? .anticipated : .reported, voice: .other)
        }
      }
      project.configurations[configuration.id] = configuration
    }
    // The "virtuous circle": of its five links one touches a quotation, the last of P11's, and weakly.
    let circle = [2, 1, 3, 10, 9, 2]
    for (from, to) in zip(circle, circle.dropFirst()) {
      let name = "\(from) to \(to)"
      project.links[Self.id(name)] = Link(
        id: Self.id(name), from: Self.id("CMOC\(from)"), to: Self.id("CMOC\(to)"),
        kind: to == 2 ? .feedback : .ripple, sign: .positive)
    }
    project.evidence[Self.id("loop")] = Evidence(
      id: Self.id("loop"), target: .link(Self.id("9 to 2")), ground: .passage(passages[16].id),
      stance: .weak, basis: .inferred)
    self.project = project
  }

  private static func id<Kind>(_ key: String) -> ID<Kind> { ID(derivedFrom: ["seed", key]) }

  private func names(_ ids: [ID<Case>]) -> [String] { ids.compactMap { project.cases[$0]?.name } }

  @Test func `the register names who supports and who contradicts each of the seventeen`() {
    // Column "supports" and column "against" of the reference's table.
    let expected: [([String], [String])] = [
      (["P12", "P17"], []), (["P5", "P13"], []), (["P5", "P16"], ["P22"]),
      (["P1", "P5", "P9"], ["P22"]), (["P3", "P4", "P13"], []), (["P13"], []), (["P1", "P7"], []),
      ([], []), (["P5", "P11"], ["P5"]), (["P8", "P21"], []), (["P6", "P17"], []),
      (["P2", "P12", "P18"], ["P12"]), (["P5", "P9"], []), (["P2", "P4", "P10"], []), ([], []),
      (["P4", "P12"], []), ([], []),
    ]
    let register = project.register
    #expect(register.map { names($0.support.supporting) } == expected.map(\.0))
    #expect(register.map { names($0.support.contradicting) } == expected.map(\.1))
  }

  @Test func `five of the seventeen have words for all four parts, and three for none`() {
    let bare = project.register.map { entry in
      entry.gaps.count { if case .slotWithoutEvidence = $0 { true } else { false } }
    }
    #expect(bare == Self.rows.map(\.gaps.count))
    #expect(bare.enumerated().filter { $1 == 0 }.map { $0.offset + 1 } == [3, 4, 7, 9, 14])
    #expect(bare.enumerated().filter { $1 == 4 }.map { $0.offset + 1 } == [8, 15, 17])
  }

  @Test func `each supporter's roles are those of the table of participants`() {
    let entry = project.register[2]
    let roles = (entry.support.supporting + entry.support.contradicting).map {
      project.roles(of: $0)
    }
    #expect(roles == [[], ["Employer"], ["Employer"]])
  }

  @Test func `an outcome that two participants only anticipate holds in neither`() throws {
    let pattern = try #require(
      project.patterns().entries.first { $0.configuration.label == "CMOC14" })
    #expect(names(pattern.cases(.expected)) == ["P2", "P10"])
    #expect(names(pattern.cases(.holds)) == ["P4"])
  }

  @Test func `accompaniment that is missing from conviction stands against two configurations`() {
    let against = project.register.filter { names($0.support.contradicting).contains("P22") }
    #expect(against.map(\.configuration.label) == ["CMOC3", "CMOC4"])
  }

  @Test func `the circle is one reinforcing loop of five, and one of its links touches words`() {
    let loops = project.loops()
    #expect(loops.count == 1)
    #expect(loops.first?.configurations.count == 5)
    #expect(loops.first?.behaviour == .reinforcing)
    #expect(project.check().count { $0.id == "cmo.link-without-evidence" } == 4)
  }

  @Test func `a table for set-theoretic analysis is refused for the study as it is printed`() throws
  {
    let printed = try StudySample.seed.read().value.project
    do throws(SetTableRefusal) {
      _ = try printed.setTable(of: nil, over: "participant")
      Issue.record("it was not refused")
    } catch {
      #expect(error.reasons.count == 1)
      #expect(error.reasons[0].contains("names no case"))
    }
  }
}
