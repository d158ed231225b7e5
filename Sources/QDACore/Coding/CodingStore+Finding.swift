extension CodingStore {
  /// The passages with some ids, looked for in one pass.
  ///
  /// - Complexity: O(*n*) in the number of passages.
  func passages(_ ids: Set<ID<Passage>>) -> [ID<Passage>: Passage] {
    var found: [ID<Passage>: Passage] = [:]
    if ids.isEmpty { return found }
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
