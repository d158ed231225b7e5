internal import QDACore

/// Gives turns their times, by what the stamps of the whole document mean.
struct TurnTimes {
  /// What the stamps stand for, or `nil` where there are none.
  private(set) var position: TimestampPosition?
  /// How often the clock of the day passed midnight.
  private(set) var rollovers = 0

  /// Fills in the times of turns and joins the fragments of live captions.
  init(
    _ turns: inout [CutTurn], hashedAtEnd: Int, hashedAtStart: Int, wanted: TimestampPosition?,
    frames: Int?
  ) {
    readFractions(&turns, frames: frames)
    let endStamped = wanted.map { $0 == .end } ?? (hashedAtEnd > hashedAtStart)
    if endStamped {
      assignEnds(&turns)
    } else {
      assignStarts(&turns)
    }
    readWallClock(&turns)
    mergeCaptions(&turns)
  }

  // Digits after the seconds are decimals, unless the caller knows of frames, or a time anywhere
  // in the document is unpadded as in Teams, which wrote milliseconds without zeros.
  private func readFractions(_ turns: inout [CutTurn], frames: Int?) {
    let isUnpadded = turns.contains { $0.lead?.isUnpadded == true }
    guard isUnpadded || frames != nil else { return }
    func mend(_ time: Int, _ fraction: Timecode.Fraction?) -> Int {
      guard let fraction else { return time }
      let seconds = time - fraction.milliseconds
      if let frames, frames > 0 { return seconds + fraction.value * 1000 / frames }
      if fraction.areFrames { return time }
      return seconds + fraction.value
    }
    func mend(_ code: inout Timecode?) {
      guard let old = code else { return }
      code?.start = mend(old.start, old.fraction)
      if let end = old.end { code?.end = mend(end, old.endFraction) }
    }
    for index in turns.indices {
      mend(&turns[index].lead)
      mend(&turns[index].trail)
    }
  }

  private mutating func assignEnds(_ turns: inout [CutTurn]) {
    var previous: Int? = 0
    for index in turns.indices {
      turns[index].start = previous
      turns[index].end = turns[index].trail?.start
      previous = turns[index].end
      if turns[index].end != nil { position = .end }
    }
    if position == nil {
      for index in turns.indices { turns[index].start = nil }
    }
  }

  private mutating func assignStarts(_ turns: inout [CutTurn]) {
    for index in turns.indices {
      guard let lead = turns[index].lead else { continue }
      position = .start
      turns[index].start = lead.start
      turns[index].end = lead.end
    }
    // f4 stamps every turn, so that the next one's start is this one's end.
    for index in turns.indices.dropLast() where turns[index].lead?.style == .hashed {
      turns[index].end = turns[index + 1].lead?.start
    }
  }

  // Live captions carry the time of day: it begins far from zero and has all three fields.
  private mutating func readWallClock(_ turns: inout [CutTurn]) {
    let captions = turns.filter(Self.isCaption)
    guard let first = captions.first?.lead, captions.count * 2 >= turns.count else { return }
    guard first.start >= 3_600_000, captions.allSatisfy({ $0.lead?.fields == 3 }) else { return }
    let day = 86_400_000
    var previous = first.start
    for index in turns.indices {
      turns[index].clock = .wall
      guard let start = turns[index].start else { continue }
      if start + day / 2 < previous { rollovers += 1 }
      previous = start
      turns[index].start = start + rollovers * day
    }
  }

  private func mergeCaptions(_ turns: inout [CutTurn]) {
    guard turns.contains(where: Self.isCaption) else { return }
    var merged: [CutTurn] = []
    for turn in turns {
      if Self.isCaption(turn), let last = merged.indices.last, Self.isCaption(merged[last]),
        merged[last].speakers == turn.speakers
      {
        merged[last].ranges += turn.ranges
      } else {
        merged.append(turn)
      }
    }
    turns = merged
  }

  private static func isCaption(_ turn: CutTurn) -> Bool {
    guard let candidate = turn.candidate else { return false }
    return candidate.layout == .bracketed && !candidate.hasText && candidate.stamps.first != nil
  }
}
