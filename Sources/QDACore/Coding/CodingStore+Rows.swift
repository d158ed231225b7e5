extension CodingStore {
  /// The passages and codings of one source as they are kept, for writers of large projects.
  ///
  /// Passages stand by start, end and id; codings by the position of their passage, then by id.
  public struct Rows: Sendable {
    private let block: SourceBlock
    private let store: CodingStore
    private let source: ID<Source>

    init(_ block: SourceBlock, of source: ID<Source>, in store: CodingStore) {
      self.block = block
      self.source = source
      self.store = store
    }

    /// The number of passages.
    public var passageCount: Int { block.passages.count }
    /// The number of codings.
    public var codingCount: Int { block.codings.count }

    /// Whether all passages are ranges of the text and no coding says more than code, coder and time.
    public var isPlain: Bool {
      block.passageExtras.isEmpty && block.codingExtras.isEmpty
        && !block.passages.contains { $0.flags & CodingStore.wholeFlag != 0 }
        && !block.codings.contains { $0.flags & 3 != 0 }
    }

    /// Whether every passage has a name.
    public var areNamed: Bool { block.passages.allSatisfy { $0.name != 0 } }

    /// The passage at a position.
    public func passage(at position: Int) -> Passage {
      store.passage(at: position, of: block, in: source)
    }

    /// The coding at a position.
    public func coding(at position: Int) -> Coding { store.coding(at: position, of: block) }

    /// The id of the passage at a position.
    public func passageID(at position: Int) -> ID<Passage> { block.passages[position].id }

    /// The range of the passage at a position, or `nil` for any other region.
    public func span(at position: Int) -> TextSpan? {
      let row = block.passages[position]
      if row.flags & CodingStore.wholeFlag != 0 { return nil }
      if !block.passageExtras.isEmpty, block.passageExtras[row.id]?.region != nil { return nil }
      return TextSpan(start: row.start, end: row.end)
    }

    /// Who made the passage at a position, and when.
    public func created(at position: Int) -> Stamp {
      let row = block.passages[position]
      return store.stamp(row.creator, row.created)
    }

    /// Who changed the passage at a position last, and when.
    public func modified(at position: Int) -> Stamp {
      let row = block.passages[position]
      return store.stamp(row.modifier, row.modified)
    }

    /// The name of the passage at a position, or `nil` where it has none.
    public func name(at position: Int) -> String? {
      let place = block.passages[position].name
      return place == 0 ? nil : block.name(at: place)
    }

    /// What is said of the passage at a position, or `nil`.
    public func description(at position: Int) -> String? {
      block.descriptions.isEmpty ? nil : block.descriptions[block.passages[position].id]
    }

    /// The position of the passage that the coding at a position codes.
    public func passage(ofCodingAt position: Int) -> Int { Int(block.codings[position].passage) }

    /// The id of the coding at a position.
    public func codingID(at position: Int) -> ID<Coding> { block.codings[position].id }

    /// The code of the coding at a position.
    public func code(ofCodingAt position: Int) -> ID<Code> {
      store.codes[block.codings[position].code]
    }

    /// Who made the coding at a position, and when.
    public func created(ofCodingAt position: Int) -> Stamp {
      let row = block.codings[position]
      return store.stamp(row.coder, row.created)
    }

    /// The codings that were not written down in the way given.
    public func codings(notFrom provenance: Coding.Provenance) -> [Coding] {
      block.codings.indices.lazy.filter {
        block.codings[$0].flags & ~3 != provenance.flags
      }.map { coding(at: $0) }
    }
  }

  /// The rows of a source, or `nil` where it has no passages.
  public func rows(in source: ID<Source>) -> Rows? {
    blocks[source].map { Rows($0, of: source, in: self) }
  }

  /// Puts the passages and codings of a source in the place of those that it has.
  ///
  /// - Complexity: O(*n* log *n*) in the size of the block.
  public mutating func replace(
    _ passages: [Passage], codings: [Coding], in source: ID<Source>
  ) {
    blocks[source] = nil
    insert(passages, codings: codings, in: source)
  }

  /// Takes away the names of those passages of a source for which a condition holds.
  ///
  /// - Complexity: O(*n*) in the size of the block.
  public mutating func removeNames(
    in source: ID<Source>, where isToGo: (_ id: ID<Passage>, TextSpan, _ name: String) -> Bool
  ) {
    guard var block = blocks.removeValue(forKey: source) else { return }
    var rows = block.passages
    for index in rows.indices where rows[index].name != 0 {
      let row = rows[index]
      guard let span = TextSpan(start: row.start, end: row.end),
        row.flags & Self.wholeFlag == 0, block.passageExtras[row.id]?.region == nil,
        isToGo(row.id, span, block.name(at: row.name))
      else { continue }
      rows[index].name = 0
    }
    block.replace(passages: rows, codings: block.codings)
    blocks[source] = block
  }

  /// Says of some codings how they were written down.
  ///
  /// - Complexity: O(*n*) in the codings of all sources.
  public mutating func setProvenance(_ provenances: [ID<Coding>: Coding.Provenance]) {
    if provenances.isEmpty { return }
    for source in sources {
      guard var block = blocks.removeValue(forKey: source) else { continue }
      var rows = block.codings
      for index in rows.indices {
        if let provenance = provenances[rows[index].id] {
          rows[index].flags = rows[index].flags & 3 | provenance.flags
        }
      }
      block.replace(passages: block.passages, codings: rows)
      blocks[source] = block
    }
  }
}
