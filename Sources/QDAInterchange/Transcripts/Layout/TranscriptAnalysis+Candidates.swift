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
}
