internal import QDACore

/// Gives turns their times, by what the stamps of the whole document mean.
struct TurnTimes {
  /// What the stamps stand for, or `nil` where there are none.
  private(set) var position: TimestampPosition?
  /// Whether no time stands where a caller says that they stand.
  private(set) var isElsewhere = false
  /// How often the clock of the day passed midnight.
  private(set) var rollovers = 0
  /// Whether the digits after the seconds were taken for frames.
  let guessesFrames: Bool
  /// The stamps as marks, in order.
  private(set) var marks: [CutMark] = []
  /// Where the times begin that end a turn although others begin one.
  private var endings: Set<Int> = []

  /// Fills in the times of turns and joins the fragments of live captions.
  ///
  /// - Parameter exact: The milliseconds of stamps that are known from elsewhere, by where each
  ///   begins.
  init(
    _ turns: inout [CutTurn], _ cutter: TurnCutter, options: TranscriptOptions,
    exact: [Int: Int] = [:]
  ) {
    let fractions = StampFractions(cutter.stamps, options: options, exact: exact)
    guessesFrames = fractions.areGuessed
    for index in turns.indices {
      fractions.mend(&turns[index].lead)
      fractions.mend(&turns[index].trail)
      fractions.mend(&turns[index].last)
    }
    if options.timestampPosition == .start, cutter.below > 0 {
      for index in turns.indices { turns[index].lead = turns[index].lead ?? turns[index].trail }
    }
    let endStamped =
      options.timestampPosition.map { $0 == .end }
      ?? (cutter.hashedAtEnd > cutter.hashedAtStart || Self.endInTimes(turns))
    if endStamped {
      assignEnds(&turns)
    } else {
      assignStarts(&turns)
    }
    if position == nil, let asked = options.timestampPosition, !cutter.stamps.isEmpty {
      // Better times that a caller did not expect than none, and a word about it.
      if asked == .end { assignStarts(&turns) } else { assignEnds(&turns) }
      isElsewhere = position != nil
    }
    var closing = cutter.closing
    fractions.mend(&closing)
    if let closing, let last = turns.indices.last, turns[last].end == nil {
      turns[last].end = closing.start
    }
    var stamps = cutter.stamps
    for index in stamps.indices { fractions.mend(&stamps[index].code) }
    let isWall =
      options.clock.map { $0 == .wall }
      ?? (Self.areCaptions(turns) || Self.areOfTheDay(stamps.map(\.code)))
    if isWall { readWallClock(&turns) }
    marks = marks(of: stamps, cutter, fractions, isWall: isWall)
    if !options.ignored.contains(.joinedCues) { mergeCaptions(&turns) }
  }

  private func marks(
    of stamps: [CutStamp], _ cutter: TurnCutter, _ fractions: StampFractions, isWall: Bool
  ) -> [CutMark] {
    var clock = DayClock()
    return stamps.enumerated().map { index, stamp in
      let isClosing = index == stamps.count - 1 && cutter.closing != nil
      let position: TranscriptTime.Position =
        switch stamp.place {
        case .before: isClosing ? .end : .start
        case .after where self.position == .end || endings.contains(stamp.range.lowerBound): .end
        case .after, .inside: .inside
        }
      let start = isWall ? clock.time(stamp.code.start) : stamp.code.start
      let time = TranscriptTime(
        start: start, end: stamp.code.end.map { $0 + start - stamp.code.start },
        clock: isWall ? .wall : .media, position: position,
        precision: fractions.precision(of: stamp.code))
      return CutMark(kind: .timestamp(time), range: stamp.range)
    }
  }

  // No turn begins with a time, and four in five end with one.
  private static func endInTimes(_ turns: [CutTurn]) -> Bool {
    guard turns.count >= 2, turns.allSatisfy({ $0.lead == nil }) else { return false }
    let ended = turns.count { turn in
      turn.trail.map { $0.range.upperBound >= turn.ranges.last?.upperBound ?? 0 } ?? false
    }
    return ended >= 2 && ended * 5 >= turns.count * 4
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
      turns[index].end = turns[index].last?.end ?? lead.end
    }
    // f4 stamps every turn, so that the next one's start is this one's end.
    for index in turns.indices.dropLast() where turns[index].lead?.style == .hashed {
      turns[index].end = turns[index + 1].lead?.start
    }
    // A time after which nothing is said before the next one says when the words end.
    for index in turns.indices where turns[index].lead != nil && turns[index].end == nil {
      let isLast = index == turns.count - 1
      guard isLast || turns[index + 1].lead != nil, let trail = turns[index].trail,
        trail.range.lowerBound >= turns[index].ranges.last?.upperBound ?? 0
      else { continue }
      turns[index].end = trail.start
      endings.insert(trail.range.lowerBound)
    }
  }

  // Live captions carry the time of day: it begins far from zero and has all three fields.
  private static func areCaptions(_ turns: [CutTurn]) -> Bool {
    let captions = turns.filter(Self.isCaption)
    guard let first = captions.first?.lead, captions.count * 2 >= turns.count else { return false }
    return first.start >= 3_600_000 && captions.allSatisfy { $0.lead?.fields == 3 }
  }

  // No recording goes on for six hours before the first word is said.
  static func areOfTheDay(_ times: [Timecode]) -> Bool {
    if !times.isEmpty, times.allSatisfy(\.isOfDay) { return true }
    guard times.count >= 2, times[0].start >= 6 * 3_600_000 else { return false }
    return times.allSatisfy {
      $0.fields == 3 && $0.style != .hashed && $0.fraction == nil
    }
  }

  private mutating func readWallClock(_ turns: inout [CutTurn]) {
    var clock = DayClock()
    // When the first words begin is not known where times say when words end.
    if position == .end, let first = turns.first, first.lead == nil { turns[0].start = nil }
    for index in turns.indices {
      turns[index].clock = .wall
      turns[index].start = turns[index].start.map { clock.time($0) }
      turns[index].end = turns[index].end.map { clock.time($0) }
    }
    rollovers = clock.rollovers
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

  private static func isCaption(_ turn: CutTurn) -> Bool { turn.label?.isCaption == true }
}

/// What the digits after the seconds count in a document.
struct StampFractions {
  private let notation: TimeNotation
  private let frames: Int
  private let exact: [Int: Int]
  /// Whether nothing but the digits themselves says that they count frames.
  private(set) var areGuessed = false

  // They are decimals, unless the caller knows better, or a range anywhere in the document is
  // unpadded as in Teams, which wrote milliseconds without zeros.
  init(_ stamps: [CutStamp], options: TranscriptOptions, exact: [Int: Int]) {
    self.exact = exact
    frames = options.framesPerSecond ?? Timecode.Fraction.usualFrames
    if let notation = options.timeNotation {
      self.notation = notation
    } else if options.framesPerSecond != nil {
      notation = .frames
    } else if stamps.contains(where: \.code.isUnpadded) {
      notation = .milliseconds
    } else {
      areGuessed = Self.lookLikeFrames(stamps)
      notation = areGuessed ? .frames : .decimal
    }
  }

  // Two digits that stay below thirty are frames: of eight hundredths, one in 15,000 times all do.
  private static func lookLikeFrames(_ stamps: [CutStamp]) -> Bool {
    let fractions = stamps.compactMap(\.code.fraction).filter { !$0.areFrames }
    return fractions.count >= 8 && fractions.count == stamps.count
      && fractions.allSatisfy { $0.digits == 2 && $0.value < Timecode.Fraction.usualFrames }
      && Set(fractions.map(\.value)).count >= 4
  }

  func mend(_ code: inout Timecode?) {
    guard var mended = code else { return }
    mend(&mended)
    code = mended
  }

  func mend(_ code: inout Timecode) {
    if let time = exact[code.range.lowerBound] {
      code.start = time
      return
    }
    guard notation == .milliseconds || notation == .frames else { return }
    code.start = mended(code.start, code.fraction)
    if let end = code.end { code.end = mended(end, code.endFraction) }
  }

  private func mended(_ time: Int, _ fraction: Timecode.Fraction?) -> Int {
    guard let fraction else { return time }
    let seconds = time - fraction.milliseconds
    if notation == .frames { return seconds + Int(fraction.value) * 1000 / frames }
    return fraction.areFrames ? time : seconds + Int(fraction.value)
  }

  func precision(of code: Timecode) -> TranscriptTime.Precision {
    if exact[code.range.lowerBound] != nil { return .milliseconds }
    guard code.fraction != nil else { return .seconds }
    if notation == .frames { return .frames }
    return notation == .milliseconds ? .milliseconds : code.precision
  }
}

/// Counts the days that a clock goes through.
struct DayClock {
  private(set) var rollovers = 0
  private var previous: Int?

  /// The time since the midnight before the first one.
  mutating func time(_ time: Int) -> Int {
    let day = 86_400_000
    // Stamps may go back by a little; half a day is no slip.
    if let previous, time + day / 2 < previous { rollovers += 1 }
    previous = time
    return time + rollovers * day
  }
}
