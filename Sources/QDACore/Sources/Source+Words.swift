extension Source {
  /// The words of a turn as its speaker said them, without labels, stamps and page furniture.
  ///
  /// The ranges are joined by what stands between them and is covered by no mark of structure; a
  /// line that holds nothing but such marks goes with its line end. So a line end, a blank line or
  /// nothing separates them as in the document.
  ///
  /// - Complexity: O(log *m*) in the marks of the source, and linear in the turn.
  public func words(of turn: Turn, in text: Text) -> String {
    var words = ""
    var end: UInt32?
    for range in turn.ranges {
      if let end, let gap = TextSpan(start: end, end: range.start), !gap.isEmpty {
        words += uncovered(gap, in: text)
      }
      words += text[range]
      end = range.end
    }
    return words
  }

  /// The ranges of a turn, those together that only marks without white space part: a sign of
  /// mark-up inside a word, as in `don\-t`, makes no second word of it.
  ///
  /// - Complexity: O(log *m*) for each range in the marks of the source, and linear in the turn.
  package func runs(of turn: Turn, in text: Text) -> [[TextSpan]] {
    var runs: [[TextSpan]] = []
    for range in turn.ranges where !range.isEmpty {
      if let last = runs.last?.last, let gap = TextSpan(start: last.end, end: range.start),
        !text[gap].unicodeScalars.contains(where: \.properties.isWhitespace),
        uncovered(gap, in: text).isEmpty
      {
        runs[runs.count - 1].append(range)
      } else {
        runs.append([range])
      }
    }
    return runs
  }

  private func uncovered(_ gap: TextSpan, in text: Text) -> String {
    let scalars = Array(text[gap].unicodeScalars)
    var rest = String.UnicodeScalarView()
    var position = 0
    for mark in marks[firstMark(startingAtOrAfter: gap.start)...] {
      if mark.span.start >= gap.end { break }
      // The marks of a source that somebody else made may be out of order or beyond the text.
      guard mark.isStructure, mark.span.start >= gap.start else { continue }
      let start = Int(mark.span.start - gap.start)
      let end = min(scalars.count, Int(mark.span.end - gap.start))
      guard end > position, start < scalars.count else { continue }
      if start > position { rest.append(contentsOf: scalars[position..<start]) }
      position = end
      let beginsLine = start > 0 && scalars[start - 1].endsLine || scalars[start] == "\u{C}"
      guard beginsLine else { continue }
      while position < scalars.count, scalars[position] == " " || scalars[position] == "\t" {
        position += 1
      }
      if position < scalars.count, scalars[position].endsLine { position += 1 }
    }
    if position < scalars.count { rest.append(contentsOf: scalars[position...]) }
    return String(rest)
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
    case .link, .annotation, .insertion, .notation: false
    default: true
    }
  }
}

extension Unicode.Scalar {
  fileprivate var endsLine: Bool {
    switch value {
    case 0x0A, 0x0B, 0x0C, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }
}
