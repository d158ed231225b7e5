/// Which column of a realist matrix each bullet stands in.
extension RealistMatrixLayout {
  /// Divides the bullets of each block into columns.
  ///
  /// A column ends where most lines, or a line that only opens a cell, stand between two bullets.
  /// Where a block has so many parts that another block must have lost its name, the parts after
  /// the first set of columns get the columns again, without a valence.
  mutating func assignColumns(in study: StudyText) {
    let gaps = bullets.indices.map { index in
      index == 0
        ? 0 : weight(between: bullets[index - 1].lastLine, and: bullets[index].line, in: study)
    }
    let isShared = bullets.first?.block == 0 && bullets.last?.block != 0
    let wide = wideGaps(gaps)
    var start = 0
    while start < bullets.count {
      var end = start + 1
      while end < bullets.count, bullets[end].block == bullets[start].block { end += 1 }
      let isFirst = start == 0
      let block = Block(
        range: start..<end, firstColumn: isShared && !isFirst ? 1 : 0,
        columnCount: isShared ? (isFirst ? 1 : columns.count - 1) : columns.count)
      assign(block, gaps: gaps, wide: wide)
      start = end
    }
    // Blocks that all have one name tell nothing apart.
    let named = bullets.filter { $0.block > 0 }
    if let first = named.first, let other = named.firstIndex(where: { $0.block > first.block }),
      named.allSatisfy({ $0.valence == first.valence && $0.valence != nil })
    {
      unnamed.append(bullets.count - named.count + other)
    }
  }

  private struct Block {
    var range: Range<Int>
    var firstColumn: Int
    var columnCount: Int
  }

  private mutating func assign(_ block: Block, gaps: [Int], wide: Set<Int>) {
    let inner = block.range.dropFirst()
    let borders = inner.filter(wide.contains)
    // Where every bullet is a part, blank lines stand between all of them and say nothing.
    if borders.count < inner.count, let cycle = cycle(of: borders.count + 1, in: block) {
      unnamed.append(block.range.lowerBound)
      var part = 0
      for index in block.range {
        if wide.contains(index), index > block.range.lowerBound { part += 1 }
        bullets[index].column = cycle.column(part)
        if cycle.isUncertain(part) { bullets[index].valence = nil }
      }
      return
    }
    let heaviest = inner.sorted { gaps[$0] == gaps[$1] ? $0 < $1 : gaps[$0] > gaps[$1] }
    let count = block.columnCount
    let chosen = Set(heaviest.prefix(count - 1))
    let isTied =
      count > 1 && heaviest.count >= count && gaps[heaviest[count - 2]] == gaps[heaviest[count - 1]]
    if isTied || heaviest.count < count - 1 { unclear.append(block.range.lowerBound) }
    var column = block.firstColumn
    for index in block.range {
      if chosen.contains(index) { column += 1 }
      bullets[index].column = column
    }
  }

  /// How the parts of a block repeat the columns.
  private struct Cycle {
    /// The parts that stand once, before the columns that repeat.
    var shared: Int
    var first: Int
    var length: Int

    func column(_ part: Int) -> Int {
      part < shared ? part : first + (part - shared) % length
    }

    func isUncertain(_ part: Int) -> Bool { part >= shared + length }
  }

  private func cycle(of parts: Int, in block: Block) -> Cycle? {
    let count = block.columnCount
    // One shared column with as many parts as the table has columns holds a block as well.
    if count == 1, columns.count > 1 {
      return parts > 1 && (parts - 1) % (columns.count - 1) == 0
        ? Cycle(shared: 1, first: 1, length: columns.count - 1) : nil
    }
    guard parts > count else { return nil }
    if parts % count == 0 { return Cycle(shared: 0, first: block.firstColumn, length: count) }
    if block.firstColumn == 0, count > 2, (parts - 1) % (count - 1) == 0 {
      return Cycle(shared: 1, first: 1, length: count - 1)
    }
    return nil
  }

  // Gaps with a line that opens a cell; where no line does, those above the least one.
  private func wideGaps(_ gaps: [Int]) -> Set<Int> {
    guard let least = gaps.dropFirst().min() else { return [] }
    let limit = least < Self.cell && gaps.contains { $0 >= Self.cell } ? Self.cell : least + 1
    return Set(gaps.indices.dropFirst().filter { gaps[$0] >= limit })
  }

  /// What a line that opens a cell weighs: more than any number of blank lines.
  private static let cell = 1000

  private func weight(between first: Int, and second: Int, in study: StudyText) -> Int {
    let gap = study.lines[first + 1..<max(second, first + 1)]
    let opens = gap.contains { study.scalars[$0.whole].contains("\t") }
    return min(gap.count, Self.cell - 1) + (opens ? Self.cell : 0)
  }
}
