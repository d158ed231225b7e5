extension CodingStore {
  /// The passages with some ids, looked for in one pass, or one by one where that is less work.
  ///
  /// - Complexity: O(*n*) in the number of passages, or O(*s*) for each id over *s* sources.
  func passages(_ ids: Set<ID<Passage>>) -> [ID<Passage>: Passage] {
    var found: [ID<Passage>: Passage] = [:]
    if ids.isEmpty { return found }
    if ids.count * blocks.count < count {
      for id in ids { found[id] = self[id] }
      return found
    }
    for source in sources {
      guard let block = blocks[source] else { continue }
      for (position, row) in block.passages.enumerated()
      where ids.contains(row.id) && found[row.id] == nil {
        found[row.id] = passage(at: position, of: block, in: source)
      }
    }
    return found
  }

  /// The codings of a passage of a source, by id.
  ///
  /// - Complexity: O(log *n* + *k*) for *k* results.
  public func codings(ofPassage passage: ID<Passage>, in source: ID<Source>) -> [Coding] {
    guard let block = blocks[source], let position = block.position(of: passage) else { return [] }
    return block.codings(ofPassage: position).map { coding(at: $0, of: block) }
  }

  /// The codings with any of some codes, by code, each with its passage; by source id and then in the
  /// order of the text.
  ///
  /// - Complexity: O(*n*) in the number of codings, however many the codes are.
  public func codings(
    ofAny codes: Set<ID<Code>>
  ) -> [ID<Code>: [(passage: Passage, coding: Coding)]] {
    var found: [ID<Code>: [(passage: Passage, coding: Coding)]] = [:]
    let wanted = self.codes.all.map { codes.contains($0) }
    for source in sources {
      guard let block = blocks[source] else { continue }
      for (position, row) in block.codings.enumerated() where wanted[Int(row.code)] {
        found[self.codes[row.code], default: []].append(
          (passage(at: Int(row.passage), of: block, in: source), coding(at: position, of: block)))
      }
    }
    return found
  }
}
