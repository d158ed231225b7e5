extension Source {
  /// The words of a turn as its speaker said them, without labels, stamps and page furniture.
  ///
  /// The ranges are joined by what stands between them and is covered by no mark of structure, so
  /// that a line end, a blank line or nothing separates them as in the document.
  ///
  /// - Complexity: O(log *m*) in the marks of the source, and linear in the turn.
  public func words(of turn: Turn, in text: Text) -> String {
    var words = ""
    var end: UInt32?
    for range in turn.ranges {
      if let end, end < range.start, let gap = TextSpan(start: end, end: range.start) {
        words += uncovered(gap, in: text)
      }
      words += text[range]
      end = range.end
    }
    return words
  }

  private func uncovered(_ gap: TextSpan, in text: Text) -> String {
    var rest = ""
    var position = gap.start
    for mark in marks[firstMark(startingAtOrAfter: gap.start)...] {
      if mark.span.start >= gap.end { break }
      guard mark.isStructure, mark.span.end > position else { continue }
      if let before = TextSpan(start: position, end: max(position, mark.span.start)) {
        rest += text[before]
      }
      position = min(gap.end, mark.span.end)
    }
    if let last = TextSpan(start: position, end: gap.end) { rest += text[last] }
    return rest
  }

  private func firstMark(startingAtOrAfter offset: UInt32) -> Int {
    var low = 0
    var high = marks.count
    while low < high {
      let middle = (low + high) / 2
      if marks[middle].span.start < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Mark {
  /// Whether the stretch is no part of a turn where it stands between two of its ranges.
  fileprivate var isStructure: Bool {
    switch kind {
    case .link, .annotation, .insertion: false
    default: true
    }
  }
}
