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
        let span = TextSpan(scalars: start..<start + random.pick([0, 1, 10, 200]))
        let expected = rows.store.passages(in: source).filter { passage in
          passage.span.map { $0.overlaps(span) } ?? !span.isEmpty
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
      #expect(Set(rows.store.codings(ofPassage: passage.id)) == expected)
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

  @Test
  func `of equal ids in one insert the last counts`() {
    let source = ID<Source>(derivedFrom: ["s"])
    let id = ID<Passage>(derivedFrom: ["p"])
    let passages = [0..<9, 4..<5].map {
      Passage(id: id, source: source, region: .text(TextSpan(scalars: $0)), name: "\($0)")
    }
    let codings = ["first", ""].map { comment in
      Coding(
        id: ID(derivedFrom: ["c"]), passage: id, code: ID(derivedFrom: ["k"]), comment: comment)
    }
    var store = CodingStore()
    store.insert(passages, codings: codings, in: source)
    #expect(store.passages(in: source) == [passages[1]])
    #expect(store.codings(in: source) == [codings[1]])
  }

  @Test
  func `a coding that moves to another passage is found there and not where it was`() {
    let source = ID<Source>(derivedFrom: ["s"])
    let passages = (0..<5).map { number in
      Passage(
        id: ID(derivedFrom: ["p", "\(number)"]), source: source,
        region: .text(TextSpan(scalars: number..<number + 3)))
    }
    var codings = passages.map {
      Coding(id: ID(derivedFrom: ["c", "\($0.id)"]), passage: $0.id, code: ID(derivedFrom: ["k"]))
    }
    var store = CodingStore()
    store.insert(passages, codings: codings, in: source)
    codings[4].passage = passages[0].id
    codings[0].passage = passages[3].id
    store.insert(codings: [codings[4], codings[0]], in: source)
    #expect(store.codings(ofPassage: passages[0].id) == [codings[4]])
    #expect(Set(store.codings(ofPassage: passages[3].id)) == [codings[0], codings[3]])
    #expect(store.codings(ofPassage: passages[4].id).isEmpty)
    #expect(store.codings(of: ID<Code>(derivedFrom: ["k"])).map(\.passage).count == 5)
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func `passages that move keep their codings, and the order is again that of the text`(
    seed: UInt64
  ) {
    let rows = rows(seed)
    var random = SeededGenerator(seed: seed)
    var store = rows.store
    var moved = rows.passages
    for index in moved.indices where random.once(in: 2) {
      let start = Int.random(in: 0..<500, using: &random)
      moved[index].region = random.pick([
        .whole, .time(5..<9), .text(TextSpan(scalars: start..<start)),
        .text(TextSpan(scalars: start..<start + 40)),
      ])
      store.insert([moved[index]], in: moved[index].source)
    }
    for source in rows.sources {
      let own = moved.filter { $0.source == source }
      #expect(Set(store.passages(in: source)) == Set(own))
      for passage in own {
        let expected = rows.codings.filter { $0.passage == passage.id }.sorted { $0.id < $1.id }
        #expect(store.codings(ofPassage: passage.id) == expected)
      }
      let order = store.passages(in: source).map(\.id)
      #expect(
        store.codings(in: source)
          == order.flatMap { id in
            rows.codings.filter { $0.passage == id }.sorted { $0.id < $1.id }
          })
      let spans = store.passages(in: source).compactMap(\.span)
      #expect(spans == spans.sorted())
    }
  }

  @Test
  func `of one id in several sources the lowest source answers, in every run`() {
    let id = ID<Passage>(derivedFrom: ["p"])
    var store = CodingStore()
    let sources = (0..<20).map { ID<Source>(high: 0, low: $0) }
    for source in sources.reversed() {
      store.insert(
        [Passage(id: id, source: source, region: .whole)],
        codings: [
          Coding(
            id: ID(derivedFrom: ["c"]), passage: id, code: ID(derivedFrom: ["k"]),
            comment: "\(source)")
        ], in: source)
    }
    #expect(store[id]?.source == sources[0])
    #expect(store[ID<Coding>(derivedFrom: ["c"])]?.comment == "\(sources[0])")
    #expect(store.codings(ofPassage: id).map(\.comment) == ["\(sources[0])"])
  }

  @Test
  func `regions of every kind come out as they went in`() {
    let source = ID<Source>(derivedFrom: ["s"])
    let regions: [Region] = [
      .whole, .text(TextSpan(scalars: 0..<0)), .text(TextSpan(scalars: 0..<Int(UInt32.max))),
      .text(TextSpan(scalars: 7..<7)), .time(0..<0), .time(-5..<Int.max),
    ]
    var store = CodingStore()
    for (number, region) in regions.enumerated() {
      let id = ID<Passage>(derivedFrom: ["p", "\(number)"])
      store.insert([Passage(id: id, source: source, region: region)], in: source)
      #expect(store[id]?.region == region)
    }
    #expect(store.passageCount == regions.count)
    store.remove(Set(store.passages(in: source).map(\.id)), in: source)
    #expect(store.sources.isEmpty)
    #expect(store == CodingStore())
  }
}
