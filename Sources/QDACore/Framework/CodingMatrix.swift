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

  /// A coding under a case: where it stands in the store.
  struct Entry: Sendable {
    var row: UInt32
    var column: UInt32
    var source: UInt32
    var coding: UInt32
  }

  let store: CodingStore
  let sources: [ID<Source>]
  private(set) var entries: [Entry] = []
  /// Where the entries of each row begin; one more than there are rows.
  private var starts: [Int] = []
  private let rows: [ID<Case>: Int]
  private let columns: [ID<Code>: Int]

  /// Gathers the codings of a study.
  ///
  /// - Complexity: O(*n* log *t*) for *n* codings in sources of *t* turns; O(*n*) where every source
  ///   belongs to a case as a whole.
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
    var gathered: [Entry] = []
    gathered.reserveCapacity(store.count)
    var ofColumn = [Int](repeating: 0, count: codes.count + 1)
    var ofRow = [Int](repeating: 0, count: cases.count + 1)
    let columnOfName = store.columns(of: columns)
    for (position, source) in sources.enumerated() {
      guard let block = store.blocks[source] else { continue }
      let owners = RowsOfPassages(block, in: project.sources[source], attribution, rows: rows)
      var passage = -1
      var own: [UInt32] = []
      let isWhole = owners.isOneForAll
      if isWhole { own = owners.rows(of: 0) }
      for index in block.codings.indices {
        let row = block.codings[index]
        guard row.flags & 3 == 0 else { continue }
        let column = columnOfName[Int(row.code)]
        if column == .max { continue }
        if !isWhole, Int(row.passage) != passage {
          passage = Int(row.passage)
          own = owners.rows(of: passage)
        }
        for one in own {
          ofColumn[Int(column) + 1] += 1
          ofRow[Int(one) + 1] += 1
          gathered.append(
            Entry(
              row: one, column: column, source: UInt32(position), coding: UInt32(index)))
        }
      }
    }
    // By column first and then, keeping that order, by row: two passes over buckets are linear.
    let byColumn = Self.bucketed(gathered, by: Self.starts(of: ofColumn)) { Int($0.column) }
    starts = Self.starts(of: ofRow)
    entries = Self.bucketed(byColumn, by: starts) { Int($0.row) }
  }

  /// Where each bucket begins, from how many there are in the one before.
  private static func starts(of counts: [Int]) -> [Int] {
    var starts = counts
    for index in starts.indices.dropFirst() { starts[index] += starts[index - 1] }
    return starts
  }

  private static func bucketed(
    _ entries: [Entry], by starts: [Int], _ bucket: (Entry) -> Int
  ) -> [Entry] {
    guard let filler = entries.first else { return [] }
    var sorted = [Entry](repeating: filler, count: entries.count)
    var next = starts
    for entry in entries {
      let index = bucket(entry)
      sorted[next[index]] = entry
      next[index] += 1
    }
    return sorted
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
    for entry in entries[starts[row]..<starts[row + 1]] {
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
  let isOneForAll: Bool

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

  /// The rows of the passage at a position of the block, each once.
  func rows(of position: Int) -> [UInt32] {
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
