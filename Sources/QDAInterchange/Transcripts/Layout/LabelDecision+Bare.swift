extension LabelDecision {
  /// Takes labels that stand before a tab, a dash or the line's end, where there are no others.
  mutating func decideBare(known: Set<String>, forced: Layout?, units: Int) {
    for layout in [Layout.stamped, .tab, .standalone, .bracketed, .dash] {
      if let forced, forced != layout { continue }
      var found = [Int](repeating: 0, count: labels.keys.count)
      var numbers: [Int] = []
      for candidate in candidates
      where candidate.form == .bare && candidate.layout == layout && !candidate.isWeak {
        if found[candidate.key] == 0 { numbers.append(candidate.key) }
        found[candidate.key] += 1
      }
      let keys = numbers.map { labels.keys[$0] }
      let counts = Dictionary(
        zip(keys, numbers.lazy.map { found[$0] }), uniquingKeysWith: { first, _ in first })
      let minimum = layout == .dash && forced == nil ? 3 : 2
      var accepted = keys.filter { key in
        if known.contains(key) || forced != nil { return true }
        if HeaderBlock.isStopLabel(key) || layout == .standalone && isEmpty(key) { return false }
        return counts[key] ?? 0 >= minimum || RoleWord.of(key)?.isWord == true && layout != .dash
      }
      let hits = accepted.reduce(0) { $0 + (counts[$1] ?? 0) }
      // Recognisers number speakers whom they do not know, and write nothing else like it.
      let areNumbered =
        layout == .standalone && accepted.count >= 2
        && accepted.allSatisfy { Self.numberedStem($0) != nil && RoleWord.of($0)?.isWord == true }
      let isEnough =
        forced != nil || accepted.contains(where: known.contains) || areNumbered
        || accepted.count >= 2 && hits >= 4 && hits * 4 >= units
          && (layout != .standalone || headWords(Set(accepted)))
      guard isEnough, !accepted.isEmpty else { continue }
      // What else stands alone in brackets is a sound or a remark.
      if layout == .bracketed, forced == nil, !accepted.contains(where: known.contains),
        !accepted.contains(where: { RoleWord.of($0)?.isWord == true })
      {
        continue
      }
      if layout == .standalone, forced == nil { accepted += titles(beside: accepted, hits) }
      for key in accepted { speakerKeys[key] = key }
      acceptsBare.insert(layout)
      // A time above words says by itself that somebody begins to speak there.
      let areTimed =
        layout == .standalone
        && candidates.allSatisfy {
          $0.form == .marked || $0.layout != layout || !$0.stamps.isEmpty
        }
      let isProven = forced != nil || areTimed || accepted.contains { RoleWord.of($0) != nil }
      confidence = isProven ? .medium : .low
      return
    }
  }

  // Names in bold that stand once, where two in three of them are those of speakers.
  private func titles(beside accepted: [String], _ hits: Int) -> [String] {
    let titles = candidates.filter { $0.form == .bare && $0.title == .bold && !$0.isWeak }
      .map { labels.keys[$0.key] }
    guard accepted.count >= 2, hits * 3 >= titles.count * 2 else { return [] }
    let taken = Set(accepted)
    return titles.filter { !taken.contains($0) && !HeaderBlock.isStopLabel($0) && !isEmpty($0) }
  }

  // A heading over headings, or a line with nothing below, is nobody's name.
  private func isEmpty(_ key: String) -> Bool {
    let heads = candidates.filter { $0.layout == .standalone && labels.keys[$0.key] == key }
    return heads.count { !$0.isFollowed } * 2 > heads.count
  }

  // Names on lines of their own are labels only where other lines follow them as a rule.
  private func headWords(_ accepted: Set<String>) -> Bool {
    let heads = candidates.filter {
      $0.layout == .standalone && accepted.contains(labels.keys[$0.key])
    }
    let lines = Set(heads.map(\.line))
    let empty = heads.count { lines.contains($0.line + 1) || !$0.isFollowed }
    return empty * 5 <= heads.count
  }
}
