import QDATestSupport
import Testing

@testable import QDACore

struct TruthTableTests {
  private func id<Kind>(_ key: String) -> ID<Kind> { SmallStudy.id(key) }

  /// A table with the scores of its cases; the outcome comes last.
  private func table(_ names: [String], _ scores: [[Double?]]) -> SetTable {
    SetTable(
      configuration: id("c"), unit: "site",
      columns: names.map { Calibration(name: $0, slots: [], anchors: "in or out") },
      cases: scores.indices.map { id("case \($0)") },
      scores: scores.map { row in
        row.map {
          SetTable.Score(
            value: $0, origin: $0 == nil ? .notDiscussed : .judged, why: "", evidence: [])
        }
      })
  }

  private func near(_ one: Double?, _ other: Double) -> Bool {
    one.map { abs($0 - other) < 1e-12 } ?? false
  }

  /// Worked out by hand, and found by setqca 0.2.0 as well.
  ///
  /// A = 1, 1, 0, 0.6; B = 1, 0.2, 0.3, 0.8; Y = 1, 0.4, 0.1, 0.3.
  ///
  /// Necessity of A: Σ min(A, Y) = 1 + 0.4 + 0 + 0.3 = 1.7; Σ Y = 1.8; Σ A = 2.6. Of B: 1 + 0.2 + 0.1 +
  /// 0.3 = 1.6; Σ B = 2.3. A*B = 1, 0.2, 0, 0.6, sum 1.8; with Y 1 + 0.2 + 0 + 0.3 = 1.5. A*b = 0, 0.8,
  /// 0, 0.2, sum 1; with Y 0 + 0.4 + 0 + 0.2 = 0.6. a*b = 0, 0, 0.7, 0.2, sum 0.9; with Y 0.1 + 0.2 = 0.3.
  private let fuzzy: [[Double?]] = [
    [1, 1, 1], [1, 0.2, 0.4], [0, 0.3, 0.1], [0.6, 0.8, 0.3], [nil, 1, 1],
  ]

  @Test
  func `consistency and coverage are those worked out by hand, and missing scores count nowhere`() {
    let truth = table(["A", "B", "Y"], fuzzy).truthTable
    #expect(near(truth.necessity[0].consistency, 1.7 / 1.8))
    #expect(near(truth.necessity[0].coverage, 1.7 / 2.6))
    #expect(near(truth.necessity[1].consistency, 1.6 / 1.8))
    #expect(near(truth.necessity[1].coverage, 1.6 / 2.3))
    #expect(near(truth.sufficiency.consistency, 1.5 / 1.8))
    #expect(near(truth.sufficiency.coverage, 1.5 / 1.8))
    #expect(truth.rows.map(\.conditions) == [[true, true], [true, false], [false, false]])
    #expect(near(truth.rows[0].consistency, 1.5 / 1.8))
    #expect(near(truth.rows[1].consistency, 0.6))
    #expect(near(truth.rows[2].consistency, 0.3 / 0.9))
    #expect(
      truth.rows.map(\.cases) == [[id("case 0"), id("case 3")], [id("case 1")], [id("case 2")]])
  }

  @Test
  func `a row with the outcome and without it is contradictory, and what nobody has is counted`() {
    let truth = table(["A", "B", "Y"], fuzzy).truthTable
    #expect(truth.rows.map(\.isContradictory) == [true, false, false])
    #expect(truth.rows[0].positive == [id("case 0")])
    #expect(truth.rows[0].negative == [id("case 3")])
    #expect(truth.remainders == 1, "B without A")
  }

  @Test
  func `a score of one half is in no row, and sums of nought say nothing`() {
    let truth = table(["A", "Y"], [[0.5, 1], [0, 0]]).truthTable
    #expect(truth.undecided == [id("case 0")])
    #expect(truth.rows.map(\.conditions) == [[false]])
    let none = table(["A", "Y"], [[0, 0], [0, 0]]).truthTable
    #expect(none.sufficiency.consistency == nil && none.sufficiency.coverage == nil)
    #expect(none.necessity.map(\.consistency) == [nil])
    #expect(none.remainders == 1)
  }

  @Test
  func `what is expected not to happen is missing and not 0`() throws {
    var project = SmallStudy().project
    project.evidence = []
    func judged(_ name: String, _ value: Double) -> Calibration.Score {
      Calibration.Score(case: id(name), value: value, why: "as \(name) tells it")
    }
    project.configurations[id("CMO1")]?.calibrations = [
      Calibration(
        name: "busy", slots: [id("CMO1 busy")], anchors: "busy or not",
        scores: [judged("P1", 1), judged("P2", 1), judged("P3", 0)]),
      Calibration(
        name: "ready", slots: [id("CMO1 come")], anchors: "came ready or not",
        scores: [judged("P1", 1), judged("P3", 0)]),
    ]
    func score(_ basis: Evidence.Basis) throws -> SetTable.Score {
      project.evidence[id("no")] = Evidence(
        id: id("no"), target: .slot(id("CMO1 come")), ground: .passage(id("Nobody rang us")),
        stance: .contradicts, basis: basis)
      return try #require(
        project.setTable(of: id("CMO1"), over: "participant").scores[1].last)
    }
    #expect(try score(.anticipated).value == nil)
    #expect(try score(.anticipated).origin == .expected)
    #expect(try score(.observed).value == 0)
  }
}
