// Candidates that are judged by the lines on which they stand.
extension TranscriptAnalysis {
  /// Puts aside what labels a blank to fill in, as in a form of consent, before anybody speaks.
  ///
  /// In a talk, blanks are words that were taken out, or somebody's silence.
  static func leaveOutBlanks(
    _ candidates: inout [LabelCandidate], _ text: Lines, _ labels: Labels, known: Set<Int>
  ) {
    func isBlank(_ candidate: LabelCandidate) -> Bool {
      let words = candidate.mark.upperBound..<text.lines[candidate.line].contentEnd
      return candidate.form == .marked && Self.isBlank(text.scalars.utf8[words])
    }
    let talk =
      candidates.firstIndex {
        $0.form == .marked && !isBlank($0) && !HeaderBlock.isStopLabel(labels.keys[$0.key])
      } ?? candidates.endIndex
    let blanks = candidates[..<talk].indices.filter {
      isBlank(candidates[$0]) && !known.contains(candidates[$0].key)
    }
    for index in blanks.reversed() { candidates.remove(at: index) }
  }

  /// Puts aside what stands behind `>>` unless that begins every turn, as in captions: mails and
  /// programs write it, too.
  static func leaveOutQuoted(_ candidates: inout [LabelCandidate], _ kinds: LineKinds) {
    let utf8 = kinds.text.scalars.utf8
    func isQuoted(_ position: Int) -> Bool {
      position + 1 < utf8.count && utf8[position] == 0x3E && utf8[position + 1] == 0x3E
    }
    let labelled = candidates.count { isQuoted($0.mark.lowerBound) }
    if labelled == 0 { return }
    let quoted = kinds.kinds.indices.count {
      kinds.kinds[$0] == .text && isQuoted(kinds.content(ofLine: $0))
    }
    let marked = candidates.count { $0.form == .marked && !$0.isWeak }
    if labelled < quoted || labelled * 2 < marked {
      candidates.removeAll { isQuoted($0.mark.lowerBound) }
    }
  }

  // `______`, also with the mark-up that Markdown needs. A few dots are somebody's silence.
  private static func isBlank(_ words: ArraySlice<UInt8>) -> Bool {
    var signs = words
    if signs.count > 4, signs.last == UInt8(ascii: ">"),
      let tag = signs.suffix(8).lastIndex(of: UInt8(ascii: "<")),
      signs[tag...].starts(with: "<br".utf8)
    {
      signs = signs[..<tag]
    }
    var lines = 0
    var dots = 0
    for sign in signs {
      switch sign {
      case UInt8(ascii: "_"): lines += 1
      case UInt8(ascii: "."): dots += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\\"): break
      default: return false
      }
    }
    return lines >= 3 || dots >= 6
  }

  /// Takes labels of small letters that recur or have a part in brackets, where nearly every line
  /// begins with a time and a label.
  static func takeTimed(_ candidates: inout [LabelCandidate], _ kinds: LineKinds) {
    func isTimed(_ one: LabelCandidate) -> Bool { one.layout == .timeFirst && one.form == .marked }
    let strong = candidates.count { isTimed($0) && !$0.isWeak }
    let weak = candidates.count { isTimed($0) && $0.isWeak }
    guard weak > 0, strong >= 4, weak <= strong else { return }
    let timed = kinds.kinds.indices.count { index in
      kinds.kinds[index] == .text
        && kinds.text.stamp(
          at: kinds.content(ofLine: index), limit: kinds.text.lines[index].contentEnd) != nil
    }
    guard (strong + weak) * 10 >= timed * 9 else { return }
    let counts = Dictionary(candidates.map { ($0.key, 1) }, uniquingKeysWith: +)
    for index in candidates.indices where isTimed(candidates[index]) {
      let label = candidates[index].label
      let hasPart = kinds.text.scalars.utf8[label].last == UInt8(ascii: ")")
      guard hasPart || counts[candidates[index].key] ?? 0 >= 2 else { continue }
      candidates[index].isWeak = false
      candidates[index].isLoose = false
    }
  }

  /// Puts aside the lines below `Legend:` that say who the labels stand for, before anybody speaks.
  static func leaveOutLegend(
    _ candidates: inout [LabelCandidate], _ text: Lines, _ labels: Labels
  ) {
    let titles: Set<String> = ["legend", "legende", "légende", "leyenda", "legenda"]
    guard
      let title = candidates.firstIndex(where: {
        $0.layout == .standalone && $0.form == .marked && titles.contains(labels.keys[$0.key])
      })
    else { return }
    var line = candidates[title].line
    let below = candidates[(title + 1)...].prefix { candidate in
      line += 1
      return candidate.line == line && candidate.layout == .inline && candidate.form == .marked
    }
    let keys = Set(below.map(\.key))
    let before = candidates[..<title].contains { keys.contains($0.key) }
    let after = Set(candidates[below.endIndex...].map(\.key))
    guard below.count >= 2, keys.count == below.count, !before, keys.isSubset(of: after) else {
      return
    }
    candidates.removeSubrange(title..<below.endIndex)
  }
}
