extension CodingStore {
  /// Fills a store row by row, as a reader of large projects does, without a value for each row.
  ///
  /// Rows may come in any order; each source's rows are sorted when the next source begins.
  public struct Filling: Sendable {
    private var store = CodingStore()
    private var source: ID<Source>?
    private var block = SourceBlock()
    private var passages: [PassageRow] = []
    private var codings: [CodingRow] = []

    /// Creates an empty store to fill.
    public init() {}

    /// The number of passages of the source that is being filled.
    public var passageCount: Int { passages.count }

    /// Goes on with a source, behind what it has already.
    public mutating func begin(_ source: ID<Source>) {
      flush()
      self.source = source
      block = store.blocks.removeValue(forKey: source) ?? SourceBlock()
      passages = block.passages
      codings = block.codings
    }

    /// Adds a passage whose region is a range of the text and not yet verified.
    ///
    /// - Parameter name: The name in UTF-8.
    public mutating func addPassage(
      _ id: ID<Passage>, _ span: TextSpan, name: borrowing Span<UInt8>, created: Stamp,
      modified: Stamp
    ) {
      let place = block.keep(name: name)
      passages.append(
        PassageRow(
          id: id, created: created.at?.rawValue ?? CodingStore.noTime,
          modified: modified.at?.rawValue ?? CodingStore.noTime, start: span.start,
          end: span.end, creator: store.coders.index(of: created.by),
          modifier: store.coders.index(of: modified.by),
          flags: CodingStore.unverifiedFlag, name: place))
    }

    /// Adds a passage of any kind.
    public mutating func addPassage(_ passage: Passage) {
      passages.append(store.pack(passage, into: &block))
    }

    /// Says something of the passage that was added last.
    public mutating func describeLastPassage(_ description: String) {
      guard let last = passages.last, !description.isEmpty else { return }
      block.descriptions[last.id] = description
    }

    /// Adds a coding of the passage that was added last.
    public mutating func addCoding(_ id: ID<Coding>, _ code: ID<Code>, created: Stamp) {
      guard !passages.isEmpty else { return }
      let coder = store.coders.index(of: created.by)
      codings.append(
        CodingRow(
          id: id, created: created.at?.rawValue ?? CodingStore.noTime,
          passage: UInt32(passages.count - 1), code: store.codes.index(of: code), coder: coder,
          flags: Coding.Provenance.imported.flags))
    }

    /// Adds a coding of any kind to the passage that was added last.
    public mutating func addCoding(_ coding: Coding) {
      guard !passages.isEmpty else { return }
      codings.append(store.pack(coding, at: UInt32(passages.count - 1), into: &block))
    }

    /// Takes the passage that was added last out again, with its codings.
    public mutating func dropLastPassage() {
      guard let last = passages.popLast() else { return }
      block.passageExtras[last.id] = nil
      block.descriptions[last.id] = nil
      while let coding = codings.last, Int(coding.passage) == passages.count {
        codings.removeLast()
      }
    }

    /// The store with all that was added.
    public consuming func finish() -> CodingStore {
      flush()
      return store
    }

    private mutating func flush() {
      guard let source else { return }
      // Copies of just their size, so that what is filled keeps its room for the next source.
      block.replace(passages: passages.map { $0 }, codings: codings.map { $0 })
      if !passages.isEmpty { store.blocks[source] = block }
      self.source = nil
      block = SourceBlock()
      passages.removeAll(keepingCapacity: true)
      codings.removeAll(keepingCapacity: true)
    }
  }

  /// Settles the ranges of those passages of a source that are unverified ranges of its text.
  ///
  /// - Parameters:
  ///   - source: The source.
  ///   - settle: Gives the range in the text, or `nil` where it cannot be verified, which leaves the
  ///     passage as it is. It is given the range as it was read and the passage's name.
  /// - Complexity: O(*n* log *n*) in the size of the block.
  public mutating func settleSpans(
    in source: ID<Source>, _ settle: (_ read: TextSpan, _ name: String) -> TextSpan?
  ) {
    guard var block = blocks.removeValue(forKey: source) else { return }
    var rows = block.passages
    for index in rows.indices {
      let row = rows[index]
      guard row.flags == Self.unverifiedFlag, block.passageExtras[row.id]?.region == nil,
        let span = TextSpan(start: row.start, end: row.end),
        let settled = settle(span, block.name(at: row.name))
      else { continue }
      (rows[index].start, rows[index].end) = (settled.start, settled.end)
      rows[index].flags = 0
    }
    block.replace(passages: rows, codings: block.codings)
    blocks[source] = block
  }

  /// The codings of a passage by its position in ``passages(in:)``, by id.
  public func codings(ofRow position: Int, in source: ID<Source>) -> [Coding] {
    guard let block = blocks[source], block.passages.indices.contains(position) else { return [] }
    return block.codings(ofPassage: position).map { coding(at: $0, of: block) }
  }

  /// Puts the rows that another store has for a source in the place of this one's.
  public mutating func replace(_ source: ID<Source>, with other: CodingStore) {
    let passages = other.passages(in: source)
    let codings = other.codings(in: source)
    blocks[source] = nil
    insert(passages, codings: codings, in: source)
  }

  /// How many passages of a source are a part of it rather than the whole.
  func selectionCount(in source: ID<Source>) -> Int {
    blocks[source]?.passages.count { $0.end != .max || $0.flags & 1 == 0 } ?? 0
  }

  /// Hands over the ranges of the text of all passages that are one, in the order of the text.
  func forEachSpan(in source: ID<Source>, _ body: (TextSpan) -> Void) {
    guard let block = blocks[source] else { return }
    for row in block.passages where row.flags & ~Self.unverifiedFlag == 0 {
      if !block.passageExtras.isEmpty, block.passageExtras[row.id]?.region != nil { continue }
      if let span = TextSpan(start: row.start, end: row.end) { body(span) }
    }
  }

  /// Whether a source has passages that are ranges of its text.
  public func hasSpans(in source: ID<Source>) -> Bool {
    blocks[source]?.passages.contains { $0.end != .max } ?? false
  }

  /// The ranges and names of passages that are ranges of the text, spread evenly over the source.
  public func namedSpans(in source: ID<Source>, limit: Int) -> [(span: TextSpan, name: String)] {
    guard let block = blocks[source] else { return [] }
    let step = max(1, block.passages.count / max(1, limit))
    return stride(from: 0, to: block.passages.count, by: step).compactMap { position in
      let row = block.passages[position]
      guard row.flags & ~Self.unverifiedFlag == 0, block.passageExtras[row.id]?.region == nil,
        let span = TextSpan(start: row.start, end: row.end)
      else { return nil }
      return (span, block.name(at: row.name))
    }
  }

  /// What objects of a set of ids are: passages first, then codings.
  ///
  /// - Complexity: O(*n*) in the number of rows.
  public func find(_ ids: Set<ID<Reference>>) -> [ID<Reference>: Reference] {
    var found: [ID<Reference>: Reference] = [:]
    if ids.isEmpty { return found }
    // Few ids are asked for among many rows; most rows are told apart by twelve of their bits.
    var isPossible = [Bool](repeating: false, count: 4096)
    for id in ids { isPossible[Int(id.low & 0xFFF)] = true }
    for block in blocks.values {
      for row in block.passages where isPossible[Int(row.id.low & 0xFFF)] {
        let id = ID<Reference>(high: row.id.high, low: row.id.low)
        if ids.contains(id) { found[id] = .passage(row.id) }
      }
    }
    for block in blocks.values {
      for row in block.codings where isPossible[Int(row.id.low & 0xFFF)] {
        let id = ID<Reference>(high: row.id.high, low: row.id.low)
        if ids.contains(id), found[id] == nil { found[id] = .coding(row.id) }
      }
    }
    return found
  }
}
