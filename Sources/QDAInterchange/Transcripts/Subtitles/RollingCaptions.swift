/// Undoes captions that roll: each cue repeats the last line of the one before.
enum RollingCaptions {
  /// Removes the repeats and returns how many lines went.
  ///
  /// Only a file in which at least half of the cues repeat is taken to roll, so that somebody may
  /// still say the same twice.
  static func unroll(
    _ cues: inout [RawCue], _ words: inout CueWords, integerFraction: Bool
  ) -> Int {
    var repeats: [Int] = []
    for index in cues.indices.dropFirst()
    where repeatsLast(cues[index], after: cues[index - 1], words, integerFraction) {
      repeats.append(index)
    }
    guard repeats.count >= 2, repeats.count * 2 >= cues.count - 1 else { return 0 }
    for index in repeats { words.segments[cues[index].segments.lowerBound].lines.removeFirst() }
    cues.removeAll { words.segments[$0.segments].allSatisfy(\.lines.isEmpty) }
    words.compact()
    return repeats.count
  }

  private static func repeatsLast(
    _ cue: RawCue, after previous: RawCue, _ words: CueWords, _ integerFraction: Bool
  ) -> Bool {
    guard cue.segments.count == 1, previous.segments.count == 1,
      case let own = words.segments[cue.segments.lowerBound],
      case let before = words.segments[previous.segments.lowerBound], own.voice == nil,
      before.voice == nil, let first = own.lines.first, let last = before.lines.last,
      words.utf8[words.lines[first]] == words.utf8[words.lines[last]]
    else { return false }
    guard let start = cue.start?.milliseconds(integerFraction: integerFraction),
      let end = cue.end?.milliseconds(integerFraction: integerFraction),
      let earlier = previous.end?.milliseconds(integerFraction: integerFraction)
    else { return false }
    guard start - earlier <= 50 else { return false }
    // A cue that only repeats is a bridge when it flashes by; else somebody says it again.
    return own.lines.count > 1 || end - start <= 20
  }
}
