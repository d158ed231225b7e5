/// Which accepted codings stand under each case and code: cases in rows, codes in columns.
///
/// A coding counts once for each case whose words its passage overlaps; an interviewer's words are
/// nobody's. Only cells that hold something take room.
public struct CodingMatrix: Sendable {
  /// The cases, in the study's order.
  public let cases: [ID<Case>]
  /// The codes, in the order of the codebook.
  public let codes: [ID<Code>]
  /// The number of pairs of a coding and a case.
  public var count: Int { entries.count }

  /// A coding under a case: its column, and where it stands in the store.
  struct Entry: Sendable {
    var column: UInt32
    var source: UInt32
    var coding: UInt32
  }

  let store: CodingStore
  let sources: [ID<Source>]
  /// By row, then column, then source, in the order of the text.
  private var entries: [Entry] = []
  /// Where the entries of each row begin; one more than there are rows.
  private var starts: [Int] = []
  private let rows: [ID<Case>: Int]
  private let columns: [ID<Code>: Int]

  /// Gathers the codings of a study.
  ///
  /// - Complexity: O(*n* log *t* + *r* · *c*) for *n* codings in sources of *t* turns, *r* cases and *c*
  ///   codes; without the logarithm where every source belongs to a case as a whole.
  public init(_ project: Project, by given: Attribution? = nil) {
    let attribution = given ?? Attribution(project)
    store = project.codings
    sources = store.sources
    cases = project.cases.ids
    codes = project.codebook.codes.ids
    rows = Dictionary(
      cases.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    columns = Dictionary(
      codes.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let blocks = sources.map { store.blocks[$0] ?? SourceBlock() }
    var stretches: [[Stretch]] = Array(repeating: [], count: cases.count)
    for (position, source) in sources.enumerated() {
      let owners = RowsOfPassages(
        blocks[position], in: project.sources[source], attribution, rows: rows)
      owners.forEachStretch { row, codings in
        stretches[Int(row)].append(Stretch(source: UInt32(position), codings: codings))
      }
    }
    gather(stretches, of: blocks)
  }

  /// Codings one after the other that belong to a row.
  private struct Stretch {
    var source: UInt32
    var codings: Range<Int>
  }

  // A row's codings are gone through twice, to count and to place them; the second time they are in the
  // processor's cache, which sorting all rows together would not be.
  private mutating func gather(_ stretches: [[Stretch]], of blocks: [SourceBlock]) {
    let columnOfName = store.columns(of: columns)
    let filler = Entry(column: 0, source: 0, coding: 0)
    starts.reserveCapacity(cases.count + 1)
    entries.reserveCapacity(stretches.joined().reduce(0) { $0 + $1.codings.count })
    for own in stretches {
      starts.append(entries.count)
      var next = [Int](repeating: 0, count: codes.count)
      for stretch in own {
        let codings = blocks[Int(stretch.source)].codings
        for index in stretch.codings where codings[index].flags & 3 == 0 {
          let column = columnOfName[Int(codings[index].code)]
          if column != .max { next[Int(column)] += 1 }
        }
      }
      var end = entries.count
      for column in codes.indices { (next[column], end) = (end, end + next[column]) }
      entries.append(contentsOf: repeatElement(filler, count: end - entries.count))
      for stretch in own {
        let codings = blocks[Int(stretch.source)].codings
        for index in stretch.codings where codings[index].flags & 3 == 0 {
          let column = columnOfName[Int(codings[index].code)]
          if column == .max { continue }
          entries[next[Int(column)]] = Entry(
            column: column, source: stretch.source, coding: UInt32(index))
          next[Int(column)] += 1
        }
      }
    }
    starts.append(entries.count)
  }

  // MARK: Looking up

  /// The codings of a case's words with a code, by source id and then in the order of the text.
  ///
  /// - Complexity: O(log *n* + *k*) for *k* results.
  public func codings(of one: ID<Case>, _ code: ID<Code>) -> [Coding] {
    self[one, code].compactMap { entry in
      store.blocks[sources[Int(entry.source)]].map {
        store.coding(at: Int(entry.coding), of: $0)
      }
    }
  }

  /// How many codings a case's words have with a code.
  public func count(of one: ID<Case>, _ code: ID<Code>) -> Int { self[one, code].count }

  /// The codes that a case's words have, in the order of the codebook, with the number of codings.
  public func codes(of one: ID<Case>) -> [(code: ID<Code>, count: Int)] {
    guard let row = rows[one] else { return [] }
    var found: [(code: ID<Code>, count: Int)] = []
    var last = -1
    for entry in entries(ofRow: row) {
      if Int(entry.column) == last {
        found[found.count - 1].count += 1
      } else {
        last = Int(entry.column)
        found.append((codes[last], 1))
      }
    }
    return found
  }

  /// The cases whose words have a code, in the study's order.
  ///
  /// - Complexity: O(*c* · log *n*) for *c* cases.
  public func cases(of code: ID<Code>) -> [ID<Case>] {
    cases.filter { !self[$0, code].isEmpty }
  }

  /// The entries of a case by its position, by column.
  func entries(ofRow row: Int) -> ArraySlice<Entry> { entries[starts[row]..<starts[row + 1]] }

  /// The entries of a cell.
  subscript(one: ID<Case>, code: ID<Code>) -> ArraySlice<Entry> {
    guard let row = rows[one], let column = columns[code] else { return [] }
    func first(_ limit: Int) -> Int {
      var (low, high) = (starts[row], starts[row + 1])
      while low < high {
        let middle = (low + high) / 2
        if Int(entries[middle].column) < limit { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return entries[first(column)..<first(column + 1)]
  }
}

extension CodingStore {
  /// For each code by its position in the table of names, its column, or `.max` where it has none.
  func columns(of columns: [ID<Code>: Int]) -> [UInt32] {
    codes.all.map { columns[$0].map { UInt32($0) } ?? .max }
  }
}

/// The rows to which the passages of one source belong, by the same rule as ``Attribution``.
struct RowsOfPassages {
  private let block: SourceBlock
  private let attribution: Attribution
  private let whole: [UInt32]
  private let ofTurn: [[UInt32]]
  private let spoken: [UInt32]
  private let index: TurnIndex
  private let rows: [ID<Case>: Int]
  private let source: ID<Source>?

  /// Whether all passages belong to the same rows, so that one look is enough.
  private let isOneForAll: Bool

  init(
    _ block: SourceBlock, in source: Source?, _ attribution: Attribution, rows: [ID<Case>: Int]
  ) {
    self.block = block
    self.attribution = attribution
    self.rows = rows
    self.source = source?.id
    func numbers(_ ids: [ID<Case>]) -> [UInt32] { ids.compactMap { rows[$0].map { UInt32($0) } } }
    whole = source.map { numbers(attribution.casesOfWhole($0.id)) } ?? []
    let turns = source?.turns ?? []
    ofTurn =
      source.map { source in turns.map { numbers(attribution.cases(of: $0, in: source)) } } ?? []
    index = source.flatMap { attribution.turnIndex(of: $0.id) } ?? TurnIndex(turns)
    var spoken: [UInt32] = []
    var hasWords = false
    for (position, turn) in turns.enumerated() where turn.ranges.contains(where: { !$0.isEmpty }) {
      hasWords = true
      for row in ofTurn[position] where !spoken.contains(row) { spoken.append(row) }
    }
    self.spoken = hasWords ? spoken : whole
    isOneForAll = !hasWords && !attribution.namesPassages
  }

  /// Hands over each row with the positions of codings one after the other that belong to it.
  func forEachStretch(_ body: (UInt32, Range<Int>) -> Void) {
    let codings = block.codings
    if isOneForAll {
      for row in whole where !codings.isEmpty { body(row, codings.indices) }
      return
    }
    var start = 0
    while start < codings.count {
      let passage = codings[start].passage
      let end = codings[start...].firstIndex { $0.passage != passage } ?? codings.count
      for row in rows(of: Int(passage)) { body(row, start..<end) }
      start = end
    }
  }

  /// The rows of the passage at a position of the block, each once.
  private func rows(of position: Int) -> [UInt32] {
    guard block.passages.indices.contains(position) else { return [] }
    let row = block.passages[position]
    if attribution.namesPassages, let named = attribution.casesNamed(for: row.id) {
      return named.compactMap { rows[$0].map { UInt32($0) } }
    }
    guard source != nil, !isOneForAll else { return whole }
    if row.flags & CodingStore.wholeFlag != 0 { return spoken }
    if !block.passageExtras.isEmpty, let region = block.passageExtras[row.id]?.region {
      guard let source else { return whole }
      return attribution.cases(of: Passage(id: row.id, source: source, region: region))
        .compactMap { rows[$0].map { UInt32($0) } }
    }
    guard let span = TextSpan(start: row.start, end: row.end) else { return [] }
    var found: [UInt32] = []
    var isSpoken = false
    for turn in index.turns(overlapping: span) {
      isSpoken = true
      for one in ofTurn[turn] where !found.contains(one) { found.append(one) }
    }
    return isSpoken ? found : whole
  }
}
