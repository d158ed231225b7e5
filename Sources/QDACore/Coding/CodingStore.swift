/// The passages and codings of a project, in one block for each source.
///
/// Values go in and come out as ``Passage`` and ``Coding``; inside they are packed, so that large
/// projects fit in memory and an edit copies the block of one source only. An id belongs to one
/// source: where two blocks have it, what is asked for by id comes from the lower source.
public struct CodingStore: Sendable {
  var blocks: [ID<Source>: SourceBlock] = [:]
  var coders = Names<Coder>()
  var codes = Names<Code>()

  /// Creates an empty store.
  public init() {}

  /// The sources that have passages, ordered by id.
  public var sources: [ID<Source>] { blocks.keys.sorted() }

  /// The codes that codings have, whether or not a codebook has them, ordered by id.
  public var usedCodes: [ID<Code>] {
    var isUsed = [Bool](repeating: false, count: codes.all.count)
    for block in blocks.values { for row in block.codings { isUsed[Int(row.code)] = true } }
    return zip(codes.all, isUsed).filter(\.1).map(\.0).sorted()
  }

  /// The coders that passages and codings name, ordered by id.
  public var usedCoders: [ID<Coder>] {
    var isUsed = [Bool](repeating: false, count: coders.all.count)
    func note(_ coder: UInt32) { if coder != Self.none { isUsed[Int(coder)] = true } }
    for block in blocks.values {
      for row in block.passages {
        note(row.creator)
        note(row.modifier)
      }
      for row in block.codings { note(row.coder) }
    }
    return zip(coders.all, isUsed).filter(\.1).map(\.0).sorted()
  }

  /// The number of passages.
  public var passageCount: Int { blocks.values.reduce(0) { $0 + $1.passages.count } }

  /// The number of codings.
  public var count: Int { blocks.values.reduce(0) { $0 + $1.codings.count } }

  // MARK: Reading

  /// The passages of a source by start, end and id.
  public func passages(in source: ID<Source>) -> [Passage] {
    guard let block = blocks[source] else { return [] }
    return block.passages.indices.map { passage(at: $0, of: block, in: source) }
  }

  /// The codings of a source in the order of their passages, then by id.
  public func codings(in source: ID<Source>) -> [Coding] {
    guard let block = blocks[source] else { return [] }
    return block.codings.indices.map { coding(at: $0, of: block) }
  }

  /// All codings, by source id and then in the order of the text.
  public var all: [Coding] { sources.flatMap { codings(in: $0) } }

  /// The passage with an id, or `nil`.
  ///
  /// - Complexity: O(*s* · log *n*) for *s* sources.
  public subscript(id: ID<Passage>) -> Passage? {
    place(of: id).map { passage(at: $0.position, of: $0.block, in: $0.source) }
  }

  /// The coding with an id, or `nil`.
  ///
  /// - Complexity: O(*s* · log *n*) for *s* sources.
  public subscript(id: ID<Coding>) -> Coding? {
    place(of: id).map { coding(at: $0.position, of: $0.block) }
  }

  /// The source that holds a coding, or `nil` where the coding is not here.
  ///
  /// - Complexity: O(*s* · log *n*) for *s* sources.
  public func source(of id: ID<Coding>) -> ID<Source>? { place(of: id)?.source }

  /// The codings of a passage, by id.
  ///
  /// - Complexity: O(*s* · log *n* + *k*) for *s* sources and *k* results.
  public func codings(ofPassage passage: ID<Passage>) -> [Coding] {
    guard let place = place(of: passage) else { return [] }
    return place.block.codings(ofPassage: place.position).map { coding(at: $0, of: place.block) }
  }

  private typealias InBlock = (source: ID<Source>, block: SourceBlock, position: Int)

  // All blocks are asked, because those of a dictionary come in another order in every run.
  private func place(of id: ID<Passage>) -> InBlock? {
    var found: InBlock?
    for (source, block) in blocks where found.map({ source < $0.source }) ?? true {
      if let position = block.position(of: id) { found = (source, block, position) }
    }
    return found
  }

  private func place(of id: ID<Coding>) -> InBlock? {
    var found: InBlock?
    for (source, block) in blocks where found.map({ source < $0.source }) ?? true {
      if let position = block.position(of: id) { found = (source, block, position) }
    }
    return found
  }

  /// The codings with a code, by source id and then in the order of the text.
  public func codings(of code: ID<Code>) -> [Coding] {
    guard let name = codes.existing(code) else { return [] }
    return sources.flatMap { source -> [Coding] in
      guard let block = blocks[source] else { return [] }
      return block.positions(ofCode: name).map { coding(at: Int($0), of: block) }
    }
  }

  /// The codings of a source with a code, in the order of the text.
  public func codings(of code: ID<Code>, in source: ID<Source>) -> [Coding] {
    guard let name = codes.existing(code), let block = blocks[source] else { return [] }
    return block.positions(ofCode: name).map { coding(at: Int($0), of: block) }
  }

  /// The passages of a source that share a scalar with a span, by start, end and id.
  ///
  /// - Complexity: O(log *n* + *k*) for *k* results.
  public func passages(overlapping span: TextSpan, in source: ID<Source>) -> [Passage] {
    guard let block = blocks[source] else { return [] }
    return block.passages(overlapping: span).map { passage(at: $0, of: block, in: source) }
  }

  // MARK: Changing

  /// Inserts passages and codings into the block of one source, replacing those with equal ids.
  ///
  /// Of two with the same id the later one counts. Passages come out with this source, whatever
  /// theirs said.
  ///
  /// - Returns: The codings whose passage is neither in the block nor among `passages`; they are
  ///   not inserted.
  /// - Complexity: O(*n* log *n*) in the size of the block, however many are inserted.
  @discardableResult
  public mutating func insert(
    _ passages: [Passage] = [], codings: [Coding] = [], in source: ID<Source>
  ) -> [Coding] {
    var block = blocks[source] ?? SourceBlock()
    var rows = block.passages
    var codingRows = block.codings
    var positions: [ID<Passage>: UInt32] = [:]
    for passage in passages {
      let row = pack(passage, into: &block)
      if let position = block.position(of: passage.id) {
        rows[position] = row
        positions[passage.id] = UInt32(position)
      } else if let position = positions[passage.id] {
        rows[Int(position)] = row
      } else {
        positions[passage.id] = UInt32(rows.count)
        rows.append(row)
      }
    }
    var refused: [Coding] = []
    var added: [ID<Coding>: Int] = [:]
    for coding in codings {
      guard
        let position = positions[coding.passage]
          ?? block.position(of: coding.passage).map({ UInt32($0) })
      else {
        refused.append(coding)
        continue
      }
      let row = pack(coding, at: position, into: &block)
      if let existing = block.position(of: coding.id) ?? added[coding.id] {
        codingRows[existing] = row
      } else {
        added[coding.id] = codingRows.count
        codingRows.append(row)
      }
    }
    block.replace(passages: rows, codings: codingRows)
    if !rows.isEmpty { blocks[source] = block }
    return refused
  }

  /// Removes passages, with the codings on them, and codings from the block of one source.
  ///
  /// - Complexity: O(*n* log *n*) in the size of the block, however many are removed.
  public mutating func remove(
    _ passages: Set<ID<Passage>> = [], codings: Set<ID<Coding>> = [], in source: ID<Source>
  ) {
    guard var block = blocks.removeValue(forKey: source) else { return }
    var moved = [UInt32?](repeating: nil, count: block.passages.count)
    var rows: [PassageRow] = []
    for (position, row) in block.passages.enumerated() {
      if passages.contains(row.id) {
        block.passageExtras[row.id] = nil
        block.descriptions[row.id] = nil
      } else {
        moved[position] = UInt32(rows.count)
        rows.append(row)
      }
    }
    var codingRows: [CodingRow] = []
    for row in block.codings {
      guard let position = moved[Int(row.passage)], !codings.contains(row.id) else {
        block.codingExtras[row.id] = nil
        continue
      }
      var kept = row
      kept.passage = position
      codingRows.append(kept)
    }
    block.replace(passages: rows, codings: codingRows)
    if !rows.isEmpty { blocks[source] = block }
  }

  // MARK: Packing

  static let wholeFlag: UInt32 = 1
  static let unverifiedFlag: UInt32 = 2
  private static let none = UInt32.max
  static let noTime = Int64.min

  mutating func pack(_ passage: Passage, into block: inout SourceBlock) -> PassageRow {
    var extras = PassageExtras()
    var row = PassageRow(
      id: passage.id, created: passage.created.at?.rawValue ?? Self.noTime,
      modified: passage.modified.at?.rawValue ?? Self.noTime, start: 0, end: 0,
      creator: coders.index(of: passage.created.by),
      modifier: coders.index(of: passage.modified.by),
      flags: 0)
    switch passage.region {
    case .text(let span): (row.start, row.end) = (span.start, span.end)
    case .whole: (row.end, row.flags) = (.max, Self.wholeFlag)
    case .time, .pdf, .picture, .synced: extras.region = passage.region
    }
    var name = passage.name
    row.name = name.withUTF8 { unsafe block.keep(name: $0.span) }
    block.descriptions[passage.id] = passage.description.isEmpty ? nil : passage.description
    extras.twin = passage.twin
    extras.anchor = passage.anchor
    // Unverified is what all passages of a large project may be, so it takes no room.
    if passage.verdict == .unverified {
      row.flags |= Self.unverifiedFlag
    } else {
      extras.verdict = passage.verdict
    }
    let isPlain =
      extras.region == nil && extras.twin == nil && extras.anchor == nil
      && extras.verdict == .unchanged
    block.passageExtras[passage.id] = isPlain ? nil : extras
    return row
  }

  mutating func pack(
    _ coding: Coding, at position: UInt32, into block: inout SourceBlock
  ) -> CodingRow {
    let isPlain =
      coding.weight == nil && coding.comment.isEmpty && coding.twin == nil
      && coding.decision == nil
    block.codingExtras[coding.id] =
      isPlain
      ? nil
      : CodingExtras(
        weight: coding.weight, comment: coding.comment, twin: coding.twin,
        decision: coding.decision)
    return CodingRow(
      id: coding.id, created: coding.created.at?.rawValue ?? Self.noTime, passage: position,
      code: codes.index(of: coding.code), coder: coders.index(of: coding.created.by),
      flags: coding.status.packed | coding.provenance.packed << 2)
  }

  func passage(at position: Int, of block: SourceBlock, in source: ID<Source>) -> Passage {
    let row = block.passages[position]
    let extras = block.passageExtras[row.id]
    let region: Region =
      row.flags & Self.wholeFlag != 0
      ? .whole
      : extras?.region ?? .text(TextSpan(scalars: Int(row.start)..<Int(row.end)))
    return Passage(
      id: row.id, source: source, region: region, twin: extras?.twin,
      name: block.name(at: row.name), description: block.descriptions[row.id] ?? "",
      created: stamp(row.creator, row.created), modified: stamp(row.modifier, row.modified),
      anchor: extras?.anchor,
      verdict: row.flags & Self.unverifiedFlag != 0
        ? .unverified : extras?.verdict ?? .unchanged)
  }

  func coding(at position: Int, of block: SourceBlock) -> Coding {
    let row = block.codings[position]
    let extras = block.codingExtras[row.id]
    return Coding(
      id: row.id, passage: block.passages[Int(row.passage)].id, code: codes[row.code],
      created: stamp(row.coder, row.created), weight: extras?.weight,
      comment: extras?.comment ?? "", provenance: Coding.Provenance(packed: row.flags >> 2),
      status: Coding.Status(packed: row.flags & 3), twin: extras?.twin,
      decision: extras?.decision)
  }

  func stamp(_ coder: UInt32, _ time: Int64) -> Stamp {
    Stamp(
      by: coder == Self.none ? nil : coders[coder],
      at: time == Self.noTime ? nil : Timestamp(packed: time))
  }

  /// Ids in the order of their first use, so that a row can name one in four bytes.
  struct Names<Kind>: Sendable {
    private var ids: [ID<Kind>] = []
    private var positions = RowPositions()
    private var last: (id: ID<Kind>, position: UInt32)?

    subscript(position: UInt32) -> ID<Kind> { ids[Int(position)] }

    /// All ids, each at its position.
    var all: [ID<Kind>] { ids }

    func existing(_ id: ID<Kind>) -> UInt32? {
      positions.find(id) { ids[$0] }.map { UInt32($0) }
    }

    mutating func index(of id: ID<Kind>?) -> UInt32 {
      guard let id else { return CodingStore.none }
      // Who made a passage has coded it, more often than not.
      if let last, last.id == id { return last.position }
      if let known = existing(id) {
        last = (id, known)
        return known
      }
      ids.append(id)
      let ids = ids
      positions.append(ids.count - 1) { ids[$0] }
      return UInt32(ids.count - 1)
    }
  }
}

extension Coding.Status {
  fileprivate var packed: UInt32 {
    switch self {
    case .accepted: 0
    case .proposed: 1
    case .rejected: 2
    }
  }

  fileprivate init(packed: UInt32) {
    self = packed == 0 ? .accepted : packed == 1 ? .proposed : .rejected
  }
}

extension Coding.Provenance {
  /// The flags of an accepted coding that was written down here.
  var flags: UInt32 { packed << 2 }

  fileprivate var packed: UInt32 {
    switch self {
    case .table: 0
    case .markup: 1
    case .comment: 2
    case .imported: 3
    }
  }

  fileprivate init(packed: UInt32) {
    self = packed == 0 ? .table : packed == 1 ? .markup : packed == 2 ? .comment : .imported
  }
}

extension CodingStore: Equatable {
  /// Compares passages and codings; in what order they were inserted does not matter.
  public static func == (left: CodingStore, right: CodingStore) -> Bool {
    left.sources == right.sources
      && left.sources.allSatisfy { source in
        left.passages(in: source) == right.passages(in: source)
          && left.codings(in: source) == right.codings(in: source)
      }
  }
}

extension CodingStore: Codable {
  private struct Block: Codable {
    var source: ID<Source>
    var passages: [Passage]
    var codings: [Coding]
  }

  /// Reads the blocks.
  public init(from decoder: any Decoder) throws {
    self.init()
    for block in try [Block](from: decoder) {
      let refused = insert(block.passages, codings: block.codings, in: block.source)
      if let coding = refused.first {
        throw DecodingError.dataCorrupted(
          DecodingError.Context(
            codingPath: decoder.codingPath,
            debugDescription:
              "coding \(coding.id) names a passage that source \(block.source) has not"))
      }
    }
  }

  /// Writes one block for each source, ordered by id.
  public func encode(to encoder: any Encoder) throws {
    try sources.map {
      Block(source: $0, passages: passages(in: $0), codings: codings(in: $0))
    }.encode(to: encoder)
  }
}
