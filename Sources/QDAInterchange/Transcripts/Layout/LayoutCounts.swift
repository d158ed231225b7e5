/// How often each layout was met.
///
/// A label has one or two as a rule, and looking through them costs less than hashing.
struct LayoutCounts {
  private(set) var all: [(layout: Layout, count: Int)] = []

  /// How often a layout was met.
  subscript(layout: Layout) -> Int { all.first { $0.layout == layout }?.count ?? 0 }

  /// How often the one was met that was met most often.
  var most: Int { all.lazy.map(\.count).max() ?? 0 }

  mutating func add(_ layout: Layout, count: Int = 1) {
    if let place = all.firstIndex(where: { $0.layout == layout }) {
      all[place].count += count
    } else {
      all.append((layout, count))
    }
  }

  mutating func add(_ others: LayoutCounts) {
    for (layout, count) in others.all { add(layout, count: count) }
  }

  /// Whether one of these layouts was met.
  func holdsAny(of layouts: Set<Layout>) -> Bool {
    all.contains { layouts.contains($0.layout) }
  }
}
