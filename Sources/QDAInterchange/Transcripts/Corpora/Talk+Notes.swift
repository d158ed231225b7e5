internal import QDACore

extension Talk {
  /// Gives notes of which only the time is known the words that are said then: those of the one
  /// utterance with the same time.
  ///
  /// Where a note names whose words it speaks of, only theirs count, and also those of an utterance
  /// in whose time the note's lies. What else lies within somebody's time, such as a noise in the
  /// room, may be nothing of theirs.
  mutating func placeNotesByTime() {
    guard notes.contains(where: { $0.target == nil }) else { return }
    var all = TimedUtterances()
    var own: [String: TimedUtterances] = [:]
    for (index, utterance) in utterances.enumerated() where !utterance.isEmpty {
      guard let start = utterance.start, let end = utterance.end, start < end else { continue }
      all.add(index, start..<end)
      for speaker in utterance.speakers {
        own[speaker, default: TimedUtterances()].add(index, start..<end)
      }
    }
    all.sort()
    for speaker in own.keys { own[speaker]?.sort() }
    for index in notes.indices where notes[index].target == nil {
      guard let start = notes[index].start, let end = notes[index].end, start < end else {
        continue
      }
      let time = start..<end
      let found =
        if let participant = notes[index].participant {
          own[participant]?.utterance(of: time, orAround: true)
        } else {
          all.utterance(of: time, orAround: false)
        }
      notes[index].target = found.map { TierNote.Target(utterance: $0) }
    }
  }
}

/// The utterances of a talk by their times.
private struct TimedUtterances {
  private var spoken: [(time: Range<Int>, utterance: Int)] = []
  /// The latest end of the utterances up to each.
  private var latest: [Int] = []

  /// How many utterances that begin before a time are asked whether they last until its end.
  private static let reach = 32

  mutating func add(_ utterance: Int, _ time: Range<Int>) { spoken.append((time, utterance)) }

  mutating func sort() {
    spoken.sort { ($0.time.lowerBound, $0.utterance) < ($1.time.lowerBound, $1.utterance) }
    latest = []
    for one in spoken { latest.append(max(latest.last ?? .min, one.time.upperBound)) }
  }

  /// The one utterance of this time, else, if that is asked for, the one that lasts through all of it.
  func utterance(of time: Range<Int>, orAround takesAround: Bool) -> Int? {
    var (low, high) = (0, spoken.count)
    while low < high {
      let middle = (low + high) / 2
      if spoken[middle].time.lowerBound <= time.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    var same: [Int] = []
    var around: [Int] = []
    for index in (max(0, low - Self.reach)..<low).reversed() {
      if latest[index] < time.upperBound { break }
      let one = spoken[index]
      if one.time == time { same.append(one.utterance) }
      if one.time.upperBound >= time.upperBound { around.append(one.utterance) }
    }
    let found = same.isEmpty && takesAround ? around : same
    return found.count == 1 ? found[0] : nil
  }
}
