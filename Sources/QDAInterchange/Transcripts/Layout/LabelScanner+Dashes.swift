// Labels before a dash: `Teacher 4 - text`.
extension LabelScanner {
  mutating func dash(_ line: Int, _ start: Int, _ end: Int) -> LabelCandidate? {
    if let dotted = dotted(line, start, end) { return dotted }
    let limit = text.scalars.advance(start, by: LabelShape.maximumLength, limit: end)
    return dashed(line, start, before: limit, end)
  }

  /// The label before the first dash that stands before a limit and has white after it.
  mutating func dashed(
    _ line: Int, _ start: Int, before limit: Int, _ end: Int
  ) -> LabelCandidate? {
    var position = text.scalars.after(start)
    while position < limit {
      let byte = text.scalars.utf8[position]
      if byte == 0x2D || byte == 0xE2, Self.isDash(text.scalars[position]) {
        let next = text.scalars.after(position)
        guard next < limit else { return nil }
        guard text.scalars[next].isLayoutSpace else {
          position = next
          continue
        }
        let label = text.trimmingEnd(of: start..<position)
        let words = text.skipSpaces(from: next, to: end)
        var found = make(line, .dash, label, start..<words, [], end)
        found?.form = .bare
        return found
      }
      position += 1
    }
    return nil
  }

  /// Takes `Ben - So: late.` for `Ben` and a dash where others are labelled with `Ben` and a dash,
  /// and nobody else with `Ben - So`.
  mutating func takeDashes(_ candidates: inout [LabelCandidate]) {
    var dashes: [Int: Int] = [:]
    for candidate in candidates where candidate.layout == .dash && candidate.form == .bare {
      dashes[candidate.key, default: 0] += 1
    }
    guard dashes.values.reduce(0, +) >= 3 else { return }
    var counts: [Int: Int] = [:]
    for candidate in candidates { counts[candidate.key, default: 0] += 1 }
    for (place, candidate) in candidates.enumerated()
    where candidate.layout == .inline && counts[candidate.key] == 1 {
      let found = dashed(
        candidate.line, candidate.label.lowerBound, before: candidate.label.upperBound,
        text.lines[candidate.line].contentEnd)
      guard let found, dashes[found.key] ?? 0 >= 2 else { continue }
      candidates[place] = found
    }
  }

  static func isDash(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "-" || scalar == "–" || scalar == "—"
  }
}
