import QDA
import QDATestSupport
import Testing

struct CodingStoreTests {
  private struct Rows {
    var store = CodingStore()
    var passages: [Passage] = []
    var codings: [Coding] = []
    let sources: [ID<Source>] = [ID(derivedFrom: ["a"]), ID(derivedFrom: ["b"])]
    let codes = (0..<4).map { ID<Code>(derivedFrom: ["code", "\($0)"]) }
  }

  private func rows(_ seed: UInt64) -> Rows {
    var random = SeededGenerator(seed: seed)
    var rows = Rows()
    for _ in 0..<60 {
      let start = Int.random(in: 0..<500, using: &random)
      let length = random.pick([0, 1, 5, 300])
      let passage = Passage(
        id: ID(using: &random), source: random.pick(rows.sources),
        region: random.once(in: 12) ? .whole : .text(TextSpan(scalars: start..<start + length)))
      rows.passages.append(passage)
      for _ in 0..<random.pick([0, 1, 2]) {
        rows.codings.append(
          Coding(id: ID(using: &random), passage: passage.id, code: random.pick(rows.codes)))
      }
    }
    for source in rows.sources {
      let own = rows.passages.filter { $0.source == source }
      let ids = Set(own.map(\.id))
      rows.store.insert(
        own, codings: rows.codings.filter { ids.contains($0.passage) }, in: source)
    }
    return rows
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `passages that overlap a span are those that a plain search finds`(seed: UInt64) {
    let rows = rows(seed)
    var random = SeededGenerator(seed: seed + 100)
    for source in rows.sources {
      for _ in 0..<40 {
        let start = Int.random(in: 0..<600, using: &random)
        let span = TextSpan(scalars: start..<start + random.pick([1, 10, 200]))
        let expected = rows.store.passages(in: source).filter { passage in
          passage.span.map { $0.overlaps(span) } ?? true
        }
        #expect(rows.store.passages(overlapping: span, in: source) == expected)
      }
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `what goes in comes out, by id, by code and by passage`(seed: UInt64) {
    let rows = rows(seed)
    #expect(rows.store.count == rows.codings.count)
    #expect(rows.store.passageCount == rows.passages.count)
    for passage in rows.passages { #expect(rows.store[passage.id] == passage) }
    for coding in rows.codings { #expect(rows.store[coding.id] == coding) }
    for code in rows.codes {
      let expected = Set(rows.codings.filter { $0.code == code })
      #expect(Set(rows.store.codings(of: code)) == expected)
    }
    for passage in rows.passages {
      let expected = Set(rows.codings.filter { $0.passage == passage.id })
      #expect(Set(rows.store.codings(of: passage.id)) == expected)
    }
  }

  @Test(arguments: 0..<5 as Range<UInt64>)
  func `the order of insertion makes no difference`(seed: UInt64) {
    let rows = rows(seed)
    var random = SeededGenerator(seed: seed)
    var store = CodingStore()
    for passage in rows.passages.shuffled(using: &random) {
      store.insert([passage], in: passage.source)
    }
    for coding in rows.codings.shuffled(using: &random) {
      guard let source = rows.store[coding.passage]?.source else { continue }
      #expect(store.insert(codings: [coding], in: source).isEmpty)
    }
    #expect(store == rows.store)
  }

  @Test
  func `removing a passage removes its codings and nothing else`() throws {
    var rows = rows(3)
    let passage = try #require(
      rows.passages.first { passage in rows.codings.contains { $0.passage == passage.id } })
    rows.store.remove([passage.id], in: passage.source)
    #expect(rows.store[passage.id] == nil)
    #expect(Set(rows.store.all) == Set(rows.codings.filter { $0.passage != passage.id }))
  }

  @Test
  func `a coding whose passage is not there is handed back`() {
    var rows = rows(4)
    let stray = Coding(
      id: ID(derivedFrom: ["stray"]), passage: ID(derivedFrom: ["nowhere"]), code: rows.codes[0])
    #expect(rows.store.insert(codings: [stray], in: rows.sources[0]) == [stray])
    #expect(rows.store.count == rows.codings.count)
  }

  @Test
  func `weights, remarks, times and verdicts survive packing`() throws {
    let source = ID<Source>(derivedFrom: ["s"])
    let stamp = Stamp(by: ID(derivedFrom: ["MR"]), at: Timestamp("2026-03-04T10:30:00.5+05:30"))
    let passage = Passage(
      id: ID(derivedFrom: ["p"]), source: source, region: .time(1000..<2500), name: "laugh",
      created: stamp, modified: Stamp(at: stamp.at), anchor: Anchor(quote: "ha"),
      verdict: .orphaned)
    let coding = Coding(
      id: ID(derivedFrom: ["c"]), passage: passage.id, code: ID(derivedFrom: ["k"]),
      created: stamp, weight: -3, comment: "why?", provenance: .comment, status: .rejected)
    var store = CodingStore()
    store.insert([passage], codings: [coding], in: source)
    #expect(store[passage.id] == passage)
    #expect(store[coding.id] == coding)
  }
}
