// Candidates that are judged by the lines on which they stand.
extension TranscriptAnalysis {
  /// Puts aside what labels nothing but blanks to fill in, as in a form of consent.
  static func leaveOutBlanks(
    _ candidates: inout [LabelCandidate], _ text: Lines, known: Set<Int>
  ) {
    var blank: Set<Int> = []
    var filled = known
    for candidate in candidates where candidate.form == .marked {
      let words = candidate.mark.upperBound..<text.lines[candidate.line].contentEnd
      if isBlank(text.scalars.utf8[words]) {
        blank.insert(candidate.key)
      } else {
        filled.insert(candidate.key)
      }
    }
    blank.subtract(filled)
    if !blank.isEmpty { candidates.removeAll { blank.contains($0.key) } }
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

  /// Takes labels of small letters where nearly every line begins with a time and a label.
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
    for index in candidates.indices where isTimed(candidates[index]) {
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
