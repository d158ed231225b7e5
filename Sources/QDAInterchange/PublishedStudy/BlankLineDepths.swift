/// Depths read from blank lines, where they agree with everything that is certain.
///
/// The reading is cumulative, so one blank line more or less anywhere makes a later section of known
/// depth come out wrong, and the reading is given up.
struct BlankLineDepths {
  var depths: [Int] = []

  init?(_ candidates: [Headings.Candidate], in study: StudyText, isQuotation: (Int) -> Bool) {
    guard candidates.count > 2, candidates.allSatisfy({ $0.givenDepth == nil }) else { return nil }
    let extra = Self.linesAfterQuotations(in: study, isQuotation: isQuotation)
    let counts = candidates.map { candidate in
      let before = study.previousLine(before: candidate.line)
      return candidate.blankLines - (before.map(isQuotation) == true ? extra : 0)
    }
    guard let base = counts.dropFirst().min() else { return nil }
    var open: [Headings.Candidate] = []
    for (candidate, count) in zip(candidates, counts) {
      let depth = (depths.last ?? 0) + 1 - (depths.isEmpty ? 0 : count - base)
      guard (1...Headings.maximumDepth).contains(depth) else { return nil }
      let isTop = candidate.isTop(within: open.first)
      if isTop && depth != 1 { return nil }
      if candidate.isAdjacent && !isTop, depth != depths.last.map({ $0 + 1 }) { return nil }
      open = Array(open.prefix(depth - 1)) + [candidate]
      depths.append(depth)
    }
    // Without sections of known depth nothing confirms the reading.
    guard candidates.count(where: \.isSection) > 2 else { return nil }
  }

  // A block of quotations may be set off by more blank lines than a paragraph.
  private static func linesAfterQuotations(
    in study: StudyText, isQuotation: (Int) -> Bool
  ) -> Int {
    var least: (quotation: Int, paragraph: Int) = (.max, .max)
    var previous: Int?
    for line in study.lines.indices where !study.lines[line].isBlank {
      defer { previous = line }
      guard let previous, line - previous > 1 else { continue }
      if isQuotation(line) { continue }
      if isQuotation(previous) {
        least.quotation = min(least.quotation, line - previous - 1)
      } else {
        least.paragraph = min(least.paragraph, line - previous - 1)
      }
    }
    guard least.quotation < .max, least.paragraph < .max else { return 0 }
    return max(0, least.quotation - least.paragraph)
  }
}
