/// The passages and codings of one source in sorted rows of fixed size, with their indexes.
///
/// An edit copies one block; two million codings on 1.6 million passages take about a hundred bytes
/// each. Rows hold indices into the store's tables of coders and codes; what few rows have is in
/// ``passageExtras`` and ``codingExtras``.
struct SourceBlock: Sendable {
  /// By start, then end, then id.
  private(set) var passages: [PassageRow] = []
  /// By passage, then id.
  private(set) var codings: [CodingRow] = []
  var passageExtras: [ID<Passage>: PassageExtras] = [:]
  /// What is said of the few passages that are described.
  var descriptions: [ID<Passage>: String] = [:]
  var codingExtras: [ID<Coding>: CodingExtras] = [:]

  /// The names of passages in UTF-8, each after its length in four bytes, in no order.
  private var names: [UInt8] = []

  /// For the middle of every range that halving reaches: the greatest end within the range.
  private var greatestEnd: [UInt32] = []
  /// Positions in `codings`, by code, then position.
  private var byCode: [UInt32] = []
  /// The positions of ids in `passages` and in `codings`.
  private var passagePositions = RowPositions()
  private var codingPositions = RowPositions()

  /// Replaces all rows; `codings` refer to `passages` by position, in any order of either.
  mutating func replace(passages unsorted: [PassageRow], codings unlinked: [CodingRow]) {
    passages = unsorted
    codings = unlinked
    if !passages.isSortedAlready(by: PassageRow.precedes) {
      var order = unsorted.indices.map {
        (span: UInt64(unsorted[$0].start) << 32 | UInt64(unsorted[$0].end), position: $0)
      }
      order.sort {
        $0.span == $1.span
          ? unsorted[$0.position].id < unsorted[$1.position].id : $0.span < $1.span
      }
      var position = [UInt32](repeating: 0, count: order.count)
      for (new, old) in order.enumerated() { position[old.position] = UInt32(new) }
      passages = order.map { unsorted[$0.position] }
      for index in codings.indices {
        codings[index].passage = position[Int(codings[index].passage)]
      }
    }
    if !codings.isSortedAlready(by: CodingRow.precedes) { codings.sort(by: CodingRow.precedes) }
    index()
  }

  // MARK: Names

  /// Keeps a name and returns its place, which is 0 for an empty one.
  mutating func keep(name: borrowing Span<UInt8>) -> UInt32 {
    if name.isEmpty || names.count > Int(UInt32.max) - name.count - 8 { return 0 }
    let place = UInt32(names.count) + 1
    unsafe withUnsafeBytes(of: UInt32(name.count).littleEndian) {
      unsafe names.append(contentsOf: $0)
    }
    unsafe name.withUnsafeBufferPointer { unsafe names.append(contentsOf: $0) }
    return place
  }

  /// The name at a place.
  func name(at place: UInt32) -> String {
    if place == 0 { return "" }
    let start = Int(place) + 3
    return String(decoding: names[start..<start + nameCount(at: place)], as: UTF8.self)
  }

  private func nameCount(at place: UInt32) -> Int {
    let start = Int(place) - 1
    return Int(names[start]) | Int(names[start + 1]) << 8 | Int(names[start + 2]) << 16
      | Int(names[start + 3]) << 24
  }

  /// Drops the names that no row has any more.
  private mutating func compactNames() {
    let used = passages.reduce(0) { $0 + ($1.name == 0 ? 0 : 4 + nameCount(at: $1.name)) }
    if used == names.count { return }
    var kept: [UInt8] = []
    kept.reserveCapacity(used)
    for index in passages.indices where passages[index].name != 0 {
      let start = Int(passages[index].name) - 1
      let end = start + 4 + nameCount(at: passages[index].name)
      passages[index].name = UInt32(kept.count) + 1
      kept += names[start..<end]
    }
    names = kept
  }

  private mutating func index() {
    compactNames()
    greatestEnd = [UInt32](repeating: 0, count: passages.count)
    // A range is halved at each step, so that the depth is that of the logarithm.
    func fold(_ range: Range<Int>) -> UInt32 {
      if range.isEmpty { return 0 }
      let middle = range.middle
      let halves = max(fold(range.lowerBound..<middle), fold(middle + 1..<range.upperBound))
      greatestEnd[middle] = max(halves, passages[middle].end)
      return greatestEnd[middle]
    }
    _ = fold(0..<passages.count)
    var order = codings.indices.map { UInt64(codings[$0].code) << 32 | UInt64($0) }
    order.sort()
    byCode = order.map { UInt32(truncatingIfNeeded: $0) }
    passagePositions = RowPositions(count: passages.count) { passages[$0].id }
    codingPositions = RowPositions(count: codings.count) { codings[$0].id }
  }

  /// The position of a passage.
  func position(of id: ID<Passage>) -> Int? {
    passagePositions.find(id) { passages[$0].id }
  }

  /// The position of a coding.
  func position(of id: ID<Coding>) -> Int? {
    codingPositions.find(id) { codings[$0].id }
  }

  /// The positions of the codings with a code, in the order of the text.
  func positions(ofCode code: UInt32) -> ArraySlice<UInt32> {
    let start = byCode.firstPosition { codings[Int($0)].code >= code }
    let end = byCode.firstPosition { codings[Int($0)].code > code }
    return byCode[start..<end]
  }

  /// The positions of the codings of a passage, in order.
  func codings(ofPassage position: Int) -> Range<Int> {
    codings.firstPosition {
      Int($0.passage) >= position
    }..<codings.firstPosition {
      Int($0.passage) > position
    }
  }

  /// The positions of the passages that share a scalar with the span, in the order of the text.
  ///
  /// - Complexity: O(log *n* + *k*) for *k* results.
  func passages(overlapping span: TextSpan) -> [Int] {
    var found: [Int] = []
    if span.isEmpty { return found }
    var stack = [0..<passages.count]
    while let range = stack.popLast() {
      guard !range.isEmpty else { continue }
      let middle = range.middle
      if greatestEnd[middle] <= span.start { continue }
      let row = passages[middle]
      stack.append(range.lowerBound..<middle)
      if row.start < span.end {
        if row.end > span.start, row.start < row.end { found.append(middle) }
        stack.append(middle + 1..<range.upperBound)
      }
    }
    return found.sorted()
  }
}

/// A passage in 56 bytes.
struct PassageRow: Sendable {
  var id: ID<Passage>
  var created, modified: Int64
  var start, end: UInt32
  var creator, modifier: UInt32
  var flags: UInt32
  /// The place of the name in the block, or 0.
  var name: UInt32 = 0

  static func precedes(_ left: PassageRow, _ right: PassageRow) -> Bool {
    if left.start != right.start { return left.start < right.start }
    if left.end != right.end { return left.end < right.end }
    return left.id < right.id
  }
}

/// A coding in 40 bytes.
struct CodingRow: Sendable {
  var id: ID<Coding>
  var created: Int64
  var passage, code: UInt32
  var coder: UInt32
  var flags: UInt32

  static func precedes(_ left: CodingRow, _ right: CodingRow) -> Bool {
    left.passage == right.passage ? left.id < right.id : left.passage < right.passage
  }
}

/// What few passages have.
struct PassageExtras: Sendable {
  var region: Region?
  var twin: Region?
  var anchor: Anchor?
  var verdict: Verdict = .unchanged
}

/// What few codings have.
struct CodingExtras: Sendable {
  var weight: Int?
  var comment = ""
  var twin: ID<Coding>?
  var decision: Stamp?
}

extension Array {
  /// The first position whose element satisfies a condition that, once true, stays true.
  fileprivate func firstPosition(where condition: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  fileprivate func isSortedAlready(by precedes: (Element, Element) -> Bool) -> Bool {
    zip(self, dropFirst()).allSatisfy { !precedes($1, $0) }
  }
}

extension Range<Int> {
  fileprivate var middle: Int { (lowerBound + upperBound) / 2 }
}
