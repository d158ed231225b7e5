import QDA
import QDATestSupport
import Testing

struct MappingTests {
  private func id<Kind>(_ key: String) -> ID<Kind> { SmallStudy.id(key) }

  // MARK: Co-occurrence

  /// One text with codings a 0–10, b 5–15, c 15–20, a 5–15 again and b 30–40; a turn at 0–20 and one at
  /// 30–40.
  private func ranges() -> Project {
    var project = Project(id: id("ranges"), title: "Ranges")
    for name in ["a", "b", "c"] {
      project.codebook.codes[id(name)] = Code(id: id(name), name: name)
    }
    project.cases[id("P")] = Case(id: id("P"), name: "P", covers: [.source(id("s"))])
    var source = Source(id: id("s"), name: "s.txt")
    source.turns = [(0, 20), (30, 40)].map { Turn(ranges: [TextSpan(scalars: $0.0..<$0.1)]) }
    project.sources[source.id] = source
    for (number, (code, start, end)) in [
      ("a", 0, 10), ("b", 5, 15), ("c", 15, 20), ("a", 5, 15), ("b", 30, 40),
    ].enumerated() {
      project.codings.insert(
        [
          Passage(
            id: id("p\(number)"), source: source.id, region: .text(TextSpan(scalars: start..<end)))
        ], codings: [Coding(id: id("c\(number)"), passage: id("p\(number)"), code: id(code))],
        in: source.id)
    }
    return project
  }

  /// The counts of a and b, a and c, b and c, and of each code by itself.
  private func counts(_ unit: Cooccurrence.Unit) -> [Int] {
    let table = Cooccurrence(of: ranges(), in: unit)
    let (a, b, c): (ID<Code>, ID<Code>, ID<Code>) = (id("a"), id("b"), id("c"))
    for (one, other) in [(a, b), (a, c), (b, c)] {
      #expect(table[one, other] == table[other, one])
    }
    return [table[a, b], table[a, c], table[b, c], table[a, a], table[b, b], table[c, c]]
  }

  @Test
  func `codes come together in passages, overlaps, turns and cases, counted by hand`() {
    // b 5–15 and a 5–15 are one range; c only touches it.
    #expect(counts(.passage) == [1, 0, 0, 2, 2, 1])
    // a 0–10 and a 5–15 each overlap b 5–15.
    #expect(counts(.overlap) == [2, 0, 0, 2, 2, 1])
    // The first turn has all three, the second b.
    #expect(counts(.turn) == [1, 1, 1, 1, 2, 1])
    #expect(counts(.case) == [1, 1, 1, 1, 1, 1])
    let table = Cooccurrence(of: ranges(), in: .passage)
    #expect(table.jaccard(id("a"), id("b")) == 1.0 / 3)
    #expect(Cooccurrence(of: ranges(), in: .overlap).jaccard(id("a"), id("b")) == nil)
    // a covers 0–15 (15 scalars, 5–10 twice), b 5–15 and 30–40 (20), c 15–20 (5); a and b share 5–15.
    #expect(counts(.text) == [10, 0, 0, 15, 20, 5])
    let text = Cooccurrence(of: ranges(), in: .text)
    #expect(text.jaccard(id("a"), id("b")) == 10.0 / 25)
    #expect(text.jaccard(id("b"), id("a")) == 10.0 / 25)
    #expect(text.jaccard(id("a"), id("a")) == 1)
    #expect(text.jaccard(id("a"), id("c")) == 0)
    #expect(table.pairs.map(\.count) == [1])
  }

  @Test
  func `an interviewer's turn under a passage that spans turns is no unit`() {
    var project = ranges()
    project.sources[id("s")]?.speakers = [Speaker(label: "I", role: .interviewer)]
    project.sources[id("s")]?.turns[1].speakers = [0]
    let table = Cooccurrence(of: project, in: .turn)
    #expect(table[id("b"), id("b")] == 1)
    // The first turn and the interviewer's second.
    let all = Cooccurrence(of: project, in: .turn, withInterviewers: true)
    #expect(all[id("b"), id("b")] == 2)
  }

  @Test(arguments: 1...6)
  func `overlaps are those that comparing every pair finds`(seed: UInt64) {
    let project = Project.generated(seed: seed, sources: 4)
    let table = Cooccurrence(of: project, in: .overlap)
    var expected: [[ID<Code>]: Int] = [:]
    for source in project.codings.sources {
      let codings = project.codings.codings(in: source).filter { $0.status == .accepted }
      for (index, one) in codings.enumerated() {
        for other in codings.dropFirst(index + 1) where other.code != one.code {
          guard let left = project.codings[one.passage]?.span,
            let right = project.codings[other.passage]?.span, left.overlaps(right)
          else { continue }
          expected[[one.code, other.code].sorted(), default: 0] += 1
        }
      }
    }
    for one in project.codebook.codes {
      for other in project.codebook.codes where one.id < other.id {
        #expect(table[one.id, other.id] == expected[[one.id, other.id]] ?? 0)
      }
    }
  }

  @Test(arguments: 1...6)
  func `shared text is that which a set of scalars for each code has in common`(seed: UInt64) {
    let project = Project.generated(seed: seed, sources: 4)
    let table = Cooccurrence(of: project, in: .text)
    struct Place: Hashable {
      var source: ID<Source>
      var scalar: UInt32
    }
    var covered: [ID<Code>: Set<Place>] = [:]
    for source in project.codings.sources {
      for coding in project.codings.codings(in: source) where coding.status == .accepted {
        guard let span = project.codings[coding.passage]?.span else { continue }
        covered[coding.code, default: []].formUnion(
          (span.start..<span.end).map { Place(source: source, scalar: $0) })
      }
    }
    for one in project.codebook.codes {
      for other in project.codebook.codes {
        let (left, right) = (covered[one.id] ?? [], covered[other.id] ?? [])
        #expect(table[one.id, other.id] == left.intersection(right).count)
        let either = left.union(right).count
        #expect(
          table.jaccard(one.id, other.id)
            == (either == 0 ? nil : Double(left.intersection(right).count) / Double(either)))
      }
    }
  }

  // MARK: Associations

  @Test
  func `an association names who is in each cell and who stands out`() throws {
    var project = SmallStudy().project
    for name in ["P4", "P5"] {
      project.cases[id(name)] = Case(
        id: id(name), name: name, values: [id("roles"): .terms(["Crisis"])])
    }
    func set(_ name: String, _ state: CellState) {
      let key = Cell.Key(row: id(name), column: id("waiting"))
      project.cells[key] = Cell(key: key, state: state)
    }
    set("P1", .summarised)
    set("P4", .summarised)
    set("P5", .nothingSaid)
    let table = project.association(of: id("waiting"), with: id("roles"))
    let crisis = try #require(table.columns.first)
    #expect(table.columns.map(\.value) == ["Crisis", "Employer", "none"])
    #expect(crisis.said == [id("P1"), id("P4")])
    #expect(crisis.nothingSaid == [id("P5")])
    #expect(crisis.unknown == [id("P2")], "asked, not answered")
    #expect(crisis.outliers == [id("P5")], "two of three say something")
    #expect(table.columns[2].unknown == [id("P3")], "not charted is not silence")
    set("P4", .nothingSaid)
    let turned = try #require(
      project.association(of: id("waiting"), with: id("roles")).columns.first)
    #expect(turned.outliers == [id("P1")])
  }

  // MARK: Categories and types

  @Test
  func `a typology lists whom nobody placed, whom nothing fits and who is in two types`() {
    var project = SmallStudy().project
    let typology = Typology(
      id: id("t"), name: "T", types: [Term(name: "x"), Term(name: "y")],
      placements: [
        Typology.Placement(id("P1"), in: "x"), Typology.Placement(id("P1"), in: "y"),
        Typology.Placement(id("P2"), in: nil, reason: "says little"),
      ])
    project.typologies[typology.id] = typology
    let table = project.table(of: typology)
    #expect(table.rows.map(\.cases) == [[id("P1")], [id("P1")]])
    #expect(table.repeated == [id("P1")])
    #expect(table.unplaceable.map(\.reason) == ["says little"])
    #expect(table.unplaced == [id("P3")])
    let ids = project.check().map(\.id)
    #expect(ids.contains("map.case-repeated") && ids.contains("map.case-unplaced"))
  }

  @Test
  func `range and nature go from categories to elements, whose cases are gathered upwards`() throws
  {
    var project = SmallStudy().project
    func add(_ name: String, _ level: Category.Level, _ parent: String?, _ cases: [String] = []) {
      project.categories[id(name)] = Category(
        id: id(name), level: level, name: name, column: id("matching"),
        parent: parent.map { id($0) }, cases: cases.map { id($0) })
    }
    add("element", .element, "dimension", ["P1"])
    add("category", .category, nil)
    add("dimension", .dimension, "category")
    let table = project.rangeAndNature(of: id("matching"))
    #expect(table.lines.map(\.category) == [id("category"), id("dimension"), id("element")])
    #expect(table.lines.map(\.depth) == [0, 1, 2])
    #expect(table.lines.allSatisfy { $0.cases == [id("P1")] })
    #expect(table.summarised == [id("P1")] && table.without.isEmpty)
    project.categories[id("element")]?.cases = [id("P2")]
    #expect(project.rangeAndNature(of: id("matching")).without == [id("P1")])
    #expect(project.check().contains { $0.id == "map.element-without-cell" })
    project.explanations[id("e")] = Explanation(id: id("e"), kind: .explicit, text: "because")
    #expect(project.check().contains { $0.id == "map.explanation-ungrounded" })
  }

  @Test
  func `mapping is a change that can be taken back`() throws {
    let before = SmallStudy().project
    var project = before
    let change = before.mapping(
      categories: [Category(id: id("c"), name: "c", column: id("matching"))],
      typologies: [Typology(id: id("t"), name: "T")],
      explanations: [Explanation(id: id("e"), kind: .implicit, text: "e")], id: id("map"),
      stamp: Stamp())
    try project.apply(change)
    #expect(project.categories.count == 1 && project.typologies.count == 1)
    try project.apply(change.inverted(id: id("back")))
    #expect(project == before)
  }

  // MARK: Saturation

  @Test
  func `novel codes go on being counted after a case that adds none`() {
    // Case 3 adds nothing; what 4 and 6 add must not be lost.
    let cases: [Set<String>] = [
      ["a", "b", "c"], ["a", "d"], ["b"], ["e", "f"], ["a"], ["g"], ["a"], ["b"],
    ]
    let measure = Saturation.Measure(base: 4, run: 2, threshold: 0)
    let table = Saturation(of: cases, measure: measure)
    #expect(table.novel == [3, 1, 0, 2, 0, 1, 0, 0])
    #expect(table.cumulative.last == 7)
    #expect(table.baseCodes == 6)
    #expect(table.runs.map(\.first) == [5, 6, 7])
    #expect(table.runs.map(\.new) == [1, 1, 0])
    #expect(table.reached == 6)
    let apart = Saturation(
      of: cases, measure: Saturation.Measure(base: 4, run: 2, threshold: 0, overlaps: false))
    #expect(apart.runs.map(\.first) == [5, 7])
    #expect(Saturation(of: cases, measure: Saturation.Measure(threshold: 20)).reached == 4)
    #expect(Saturation(of: [Set<String>]()).reached == nil)
  }

  @Test
  func `saturation says how much it depends on the order`() {
    var project = SmallStudy().project
    let table = project.saturation(measure: Saturation.Measure(base: 1, run: 1, threshold: 0))
    // P1 and P2 both have "matching" and nothing else: either order is saturated after one.
    #expect(table.order == [id("P1"), id("P2")])
    #expect(table.leftOut == [id("P3")], "nobody interviewed P3")
    #expect(table.isTestable)
    let whole = project.saturation(measure: Saturation.Measure(base: 2, run: 1, threshold: 0))
    #expect(!whole.isTestable, "no case is left after a base of two")
    #expect(table.saturation.novel == [1, 0])
    #expect(table.reachedIn == 2 && table.range == 1...1)
    project.codings.insert(
      codings: [Coding(id: id("w"), passage: id("Nobody rang us"), code: id("waiting"))],
      in: id("P2.txt"))
    let other = project.saturation(measure: Saturation.Measure(base: 1, run: 1, threshold: 0))
    #expect(other.reachedIn == 1, "only where P2 comes first")
  }
}
