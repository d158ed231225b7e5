/// How often codes come together, counted in one kind of unit.
public struct Cooccurrence: Sendable {
  /// In what codes come together.
  public enum Unit: String, Hashable, Sendable, Codable, CaseIterable {
    /// In the same range of a text, or the same region.
    case passage
    /// In codings that share at least one scalar; every pair of codings counts.
    case overlap
    /// In a scalar of the texts: how much of them has both codes.
    case text
    /// In one speaker's contribution; an interviewer's is none unless it is asked for.
    case turn
    /// In the words of one case.
    case `case`
  }

  /// The unit.
  public let unit: Unit
  /// The codes of rows and columns.
  public let codes: [ID<Code>]
  private var counts: [UInt32]
  private let positions: [ID<Code>: Int]

  /// The number of units in which two codes come together; of one code with itself, its own number.
  ///
  /// The own number of a code by overlap is that of its codings.
  public subscript(one: ID<Code>, other: ID<Code>) -> Int {
    guard let row = positions[one], let column = positions[other] else { return 0 }
    return Int(counts[row * codes.count + column])
  }

  /// The share of the units with either code that have both (Jaccard 1901), from 0 to 1.
  ///
  /// Nothing by overlap, where pairs are counted and one coding may be in many: of codings that overlap
  /// the share is that of the text with either code that has both, which is that by ``Unit/text``. And
  /// nothing where neither code is used.
  public func jaccard(_ one: ID<Code>, _ other: ID<Code>) -> Double? {
    let both = self[one, other]
    let either = self[one, one] + self[other, other] - both
    return unit == .overlap || either <= 0 ? nil : Double(both) / Double(either)
  }

  /// The pairs of different codes that come together, the most frequent first.
  public var pairs: [(one: ID<Code>, other: ID<Code>, count: Int)] {
    var found: [(one: ID<Code>, other: ID<Code>, count: Int, place: Int)] = []
    for row in codes.indices {
      for column in codes.indices.dropFirst(row + 1) {
        let count = counts[row * codes.count + column]
        if count > 0 { found.append((codes[row], codes[column], Int(count), found.count)) }
      }
    }
    return found.sorted { $0.count == $1.count ? $0.place < $1.place : $0.count > $1.count }
      .map { ($0.one, $0.other, $0.count) }
  }

  /// Counts the accepted codings of a study.
  ///
  /// - Parameters:
  ///   - project: The study; ``Project/leavingOutInterviewers(by:)`` takes out what is nobody's.
  ///   - unit: In what codes come together.
  ///   - withInterviewers: Whether interviewers' turns are units by ``Unit/turn``.
  /// - Complexity: O(*n* log *n* + *k*) for *n* codings that come together *k* times, and O(*c*²)
  ///   memory for *c* codes.
  public init(of project: Project, in unit: Unit, withInterviewers: Bool = false) {
    self.unit = unit
    codes = project.codebook.codes.ids
    positions = Dictionary(
      codes.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    counts = [UInt32](repeating: 0, count: codes.count * codes.count)
    let store = project.codings
    let columns = store.columns(of: positions)
    switch unit {
    case .overlap:
      var active = ActiveCodings()
      for source in store.sources {
        guard let block = store.blocks[source] else { continue }
        countOverlaps(in: block, columns, &active)
      }
    case .text:
      for source in store.sources {
        guard let block = store.blocks[source] else { continue }
        countText(in: block, columns)
      }
    case .passage:
      var set = CodeSet(codes.count)
      for source in store.sources {
        guard let block = store.blocks[source] else { continue }
        countPassages(in: block, columns, &set)
      }
    case .turn:
      var set = CodeSet(codes.count)
      for source in project.sources {
        guard let block = store.blocks[source.id], !source.turns.isEmpty else { continue }
        countTurns(of: source, in: block, columns, withInterviewers, &set)
      }
    case .case:
      var set = CodeSet(codes.count)
      let matrix = CodingMatrix(project)
      for one in matrix.cases {
        for (code, _) in matrix.codes(of: one) {
          if let position = positions[code] { set.insert(UInt32(position)) }
        }
        count(&set)
      }
    }
  }

  /// The codings that reach beyond the place that is looked at.
  private struct ActiveCodings {
    var ends: [UInt32] = []
    var codes: [UInt32] = []
  }

  private mutating func countOverlaps(
    in block: SourceBlock, _ columns: [UInt32], _ active: inout ActiveCodings
  ) {
    let width = codes.count
    active.ends.removeAll(keepingCapacity: true)
    active.codes.removeAll(keepingCapacity: true)
    let hasRegions = !block.passageExtras.isEmpty
    for row in block.codings where row.flags & 3 == 0 {
      let code = columns[Int(row.code)]
      if code == .max { continue }
      let passage = block.passages[Int(row.passage)]
      counts[Int(code) * width + Int(code)] &+= 1
      if passage.start >= passage.end { continue }
      if hasRegions, block.passageExtras[passage.id]?.region != nil { continue }
      // Those that end before are let go on the way.
      var kept = 0
      for index in active.ends.indices {
        let end = active.ends[index]
        if end <= passage.start { continue }
        let other = active.codes[index]
        active.ends[kept] = end
        active.codes[kept] = other
        kept += 1
        if other != code {
          counts[Int(code) * width + Int(other)] &+= 1
          counts[Int(other) * width + Int(code)] &+= 1
        }
      }
      active.ends.removeSubrange(kept...)
      active.codes.removeSubrange(kept...)
      active.ends.append(passage.end)
      active.codes.append(code)
    }
  }

  /// Adds the scalars that codes share; what several codings of one code cover counts once.
  private mutating func countText(in block: SourceBlock, _ columns: [UInt32]) {
    let width = codes.count
    var open = [Int](repeating: -1, count: width)
    var stretches: [(start: UInt32, end: UInt32, code: Int)] = []
    // Rows come by where they begin, so that those of one code join as they come.
    for row in block.codings where row.flags & 3 == 0 {
      let code = columns[Int(row.code)]
      let passage = block.passages[Int(row.passage)]
      if code == .max || passage.start >= passage.end { continue }
      if block.passageExtras[passage.id]?.region != nil { continue }
      let last = open[Int(code)]
      if last >= 0, passage.start <= stretches[last].end {
        stretches[last].end = max(stretches[last].end, passage.end)
      } else {
        open[Int(code)] = stretches.count
        stretches.append((passage.start, passage.end, Int(code)))
      }
    }
    var active: [(end: UInt32, code: Int)] = []
    for (start, end, code) in stretches {
      counts[code * width + code] &+= end - start
      active.removeAll { $0.end <= start }
      for other in active {
        let shared = min(end, other.end) - start
        counts[code * width + other.code] &+= shared
        counts[other.code * width + code] &+= shared
      }
      active.append((end, code))
    }
  }

  private mutating func countPassages(
    in block: SourceBlock, _ columns: [UInt32], _ set: inout CodeSet
  ) {
    var last: PassageRow?
    for row in block.codings where row.flags & 3 == 0 {
      let passage = block.passages[Int(row.passage)]
      let isSame =
        last.map { last in
          last.id == passage.id
            || (last.start == passage.start && last.end == passage.end && last.start < last.end
              && block.passageExtras[last.id]?.region == nil
              && block.passageExtras[passage.id]?.region == nil)
        } ?? false
      if !isSame { count(&set) }
      last = passage
      let code = columns[Int(row.code)]
      if code != .max { set.insert(code) }
    }
    count(&set)
  }

  private mutating func countTurns(
    of source: Source, in block: SourceBlock, _ columns: [UInt32], _ withInterviewers: Bool,
    _ set: inout CodeSet
  ) {
    let index = TurnIndex(source.turns)
    let isCounted = source.turns.map { withInterviewers || !source.isInterviewers($0) }
    var found: [(turn: Int, code: UInt32)] = []
    var passage = -1
    var turns: [Int] = []
    for row in block.codings where row.flags & 3 == 0 {
      let code = columns[Int(row.code)]
      if code == .max { continue }
      if Int(row.passage) != passage {
        passage = Int(row.passage)
        let place = block.passages[passage]
        let isText = block.passageExtras[place.id]?.region == nil
        let span = TextSpan(start: place.start, end: place.end)
        turns =
          isText ? span.map { index.turns(overlapping: $0).filter { isCounted[$0] } } ?? [] : []
      }
      for turn in turns { found.append((turn, code)) }
    }
    found.sort { ($0.turn, $0.code) < ($1.turn, $1.code) }
    var last = -1
    for (turn, code) in found {
      if turn != last { count(&set) }
      last = turn
      set.insert(code)
    }
    count(&set)
  }

  /// Counts the codes that are in one unit, and empties the set.
  private mutating func count(_ set: inout CodeSet) {
    let width = codes.count
    for one in set.members {
      for other in set.members { counts[Int(one) * width + Int(other)] &+= 1 }
    }
    set.removeAll()
  }

  /// A few codes out of many, each once.
  private struct CodeSet {
    private(set) var members: [UInt32] = []
    private var isMember: [Bool]

    init(_ count: Int) { isMember = [Bool](repeating: false, count: count) }

    mutating func insert(_ code: UInt32) {
      if isMember[Int(code)] { return }
      isMember[Int(code)] = true
      members.append(code)
    }

    mutating func removeAll() {
      for code in members { isMember[Int(code)] = false }
      members.removeAll(keepingCapacity: true)
    }
  }
}
