extension CodingStore {
  /// The ids that more than one passage, or more than one coding, has.
  ///
  /// - Complexity: O(*n*) on average, with eight bytes for each row while it runs.
  public func repeatedIDs() -> (passages: Set<ID<Passage>>, codings: Set<ID<Coding>>) {
    let passages = RepeatedIDs(count: passageCount) { (body: (ID<Passage>) -> Void) in
      for block in blocks.values { for row in block.passages { body(row.id) } }
    }
    let codings = RepeatedIDs(count: count) { (body: (ID<Coding>) -> Void) in
      for block in blocks.values { for row in block.codings { body(row.id) } }
    }
    return (passages.found, codings.found)
  }
}

/// Finds ids that are there twice among many that are not.
///
/// A table of millions of ids does not fit into the cache of a processor, so that each look would have
/// to wait. Therefore 32 bits of each id's hash are sorted into parts that do, and only ids whose bits
/// are there twice are compared.
private struct RepeatedIDs<Kind> {
  private(set) var found: Set<ID<Kind>> = []
  private static var partCount: Int { 256 }

  init(count: Int, _ forEach: (_ body: (ID<Kind>) -> Void) -> Void) {
    var all: [UInt32] = []
    all.reserveCapacity(count)
    forEach { all.append(Self.bits(of: $0)) }
    var starts = [Int](repeating: 0, count: Self.partCount + 1)
    for bits in all { starts[Self.part(of: bits) + 1] += 1 }
    for part in 0..<Self.partCount { starts[part + 1] += starts[part] }
    var next = starts
    var sorted = [UInt32](repeating: 0, count: count)
    for bits in all {
      let part = Self.part(of: bits)
      sorted[next[part]] = bits
      next[part] += 1
    }
    var twice: Set<UInt32> = []
    var table: [UInt32] = []
    for part in 0..<Self.partCount {
      Self.look(through: sorted[starts[part]..<starts[part + 1]], in: &table, &twice)
    }
    if twice.isEmpty { return }
    var seen: Set<ID<Kind>> = []
    forEach { id in
      if twice.contains(Self.bits(of: id)), !seen.insert(id).inserted { found.insert(id) }
    }
  }

  /// 32 bits that two ids have in common by chance only; never 0.
  private static func bits(of id: ID<Kind>) -> UInt32 {
    max(1, UInt32(truncatingIfNeeded: id.keyedHash))
  }

  private static func part(of bits: UInt32) -> Int { Int(bits >> 24) }

  private static func look(
    through part: ArraySlice<UInt32>, in table: inout [UInt32], _ twice: inout Set<UInt32>
  ) {
    var capacity = 4
    while capacity < part.count * 2 { capacity *= 2 }
    if table.count < capacity { table = [UInt32](repeating: 0, count: capacity) }
    for place in 0..<capacity { table[place] = 0 }
    for bits in part {
      var place = Int(bits) & (capacity - 1)
      while table[place] != 0, table[place] != bits { place = (place + 1) & (capacity - 1) }
      if table[place] == bits { twice.insert(bits) }
      table[place] = bits
    }
  }
}
