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
}
