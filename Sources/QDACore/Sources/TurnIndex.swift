/// Finds the turns of a source whose words a span shares, without looking at all of them.
///
/// Turns may interleave, where people talk across each other, and need not be in order.
struct TurnIndex: Sendable {
  /// The ranges of all turns that hold words, by start.
  private var rows: [Row] = []
  /// For each row, the greatest end of it and all before.
  private var greatestEnd: [UInt32] = []

  private struct Row: Sendable {
    var span: TextSpan
    var turn: UInt32
  }

  /// - Complexity: O(*n* log *n*) in the ranges of the turns; O(*n*) where they are in order.
  init(_ turns: [Turn]) {
    var isSorted = true
    for (position, turn) in turns.enumerated() {
      for span in turn.ranges where !span.isEmpty {
        if let last = rows.last, span.start < last.span.start { isSorted = false }
        rows.append(Row(span: span, turn: UInt32(clamping: position)))
      }
    }
    if !isSorted { rows.sort { ($0.span, $0.turn) < ($1.span, $1.turn) } }
    greatestEnd.reserveCapacity(rows.count)
    for row in rows { greatestEnd.append(max(row.span.end, greatestEnd.last ?? 0)) }
  }

  /// The positions of the turns that share a scalar with a span, in ascending order, each once.
  ///
  /// - Complexity: O(log *n* + *k*) for *k* results where turns do not interleave.
  func turns(overlapping span: TextSpan) -> [Int] {
    if span.isEmpty { return [] }
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].span.start < span.end { low = middle + 1 } else { high = middle }
    }
    var found: [Int] = []
    for position in (0..<low).reversed() {
      if greatestEnd[position] <= span.start { break }
      if rows[position].span.overlaps(span) { found.append(Int(rows[position].turn)) }
    }
    found.sort()
    return found.enumerated().filter { $0.offset == 0 || found[$0.offset - 1] != $0.element }
      .map(\.element)
  }
}
