internal import QDACore

/// Makes a transcript of a file of subtitles: WebVTT, SubRip or the captions of YouTube.
///
/// The rendition: the words of the cues without tags and with their character references resolved,
/// one line under another, each without white at its ends. The name in a voice tag is not text.
enum SubtitleTranscript {
  /// What one voice says in one cue, with its place in the rendition.
  private struct Piece {
    var cue: Int
    var voice: Int?
    var isDialogue: Bool
    var range: Range<Int>
    var label: CutLabel?
    var speakers: [Int] = []

    /// The words without a label before them.
    var words: Range<Int> {
      let start = max(range.lowerBound, label?.mark.upperBound ?? 0)
      return min(start, range.upperBound)..<range.upperBound
    }
  }

  static func read(
    _ utf8: [UInt8], _ format: Format, name: String, options: TranscriptOptions
  ) -> Rendered {
    var analysis = TranscriptAnalysis()
    var (cues, words) = cues(of: utf8, format, name: name, &analysis)
    let integerFraction =
      options.timeNotation.map { $0 == .milliseconds }
      ?? (format == .webVTT
        && cues.contains { $0.start?.isUnpadded == true || $0.end?.isUnpadded == true })
    let repeats =
      options.ignored.contains(.repeats)
      ? 0 : RollingCaptions.unroll(&cues, &words, integerFraction: integerFraction)
    var pieces = pieces(of: cues, words)
    let voices = words.voices
    let lines = Lines(utf8: words.takeText())
    let string = lines.string
    let text = Rendered.indexed(string)
    let (decision, candidates) = nameSpeakers(&pieces, voices, lines, options)

    if repeats > 0 {
      analysis.diagnostics.append(
        Diagnostic(
          "webvtt.rolling-captions", .note, at: .file(name, line: 1, column: 1),
          "captions repeat the line before them; the repeats are left out", count: repeats))
    }
    func time(_ time: CueTime?) -> Int? { time?.milliseconds(integerFraction: integerFraction) }
    let turns = gather(pieces, joins: !options.ignored.contains(.joinedCues)) {
      (time(cues[$0].start), time(cues[$0].end))
    }
    let cast = analysis.fill(
      turns, decision: decision, candidates: candidates, lines: lines, name: name,
      options: options)
    analysis.reportMissing(options.speakers, name)
    var counter = ScalarCounter(lines.scalars)
    for piece in pieces {
      guard let label = piece.label, !label.mark.isEmpty else { continue }
      analysis.marks.append(Mark(.label, counter.span(label.mark)))
    }
    let unnamed = pieces.lazy.filter { $0.speakers.isEmpty }
    if let first = unnamed.first, case let count = unnamed.count, count < pieces.count {
      analysis.diagnostics.append(
        Diagnostic(
          "webvtt.cue-without-speaker", .note, at: .file(name, line: 0, column: 0),
          "cues name no speaker although others do; they are given to nobody",
          line: Locator(lines, name: name).line(first.range.lowerBound),
          solutions: ["add a voice tag such as <v Ana> where you know who speaks"],
          count: count))
    }
    let found = pieces.map { piece in
      Cue(
        id: cues[piece.cue].id,
        speaker: piece.speakers.first.flatMap { cast.index(of: decision.owner(of: $0)) },
        span: counter.span(piece.words), start: time(cues[piece.cue].start),
        end: time(cues[piece.cue].end))
    }
    return Rendered(string, analysis, text: text, cues: found)
  }

  // What the parser needs is free again for the room that the rest takes.
  private static func cues(
    of utf8: [UInt8], _ format: Format, name: String, _ analysis: inout TranscriptAnalysis
  ) -> ([RawCue], CueWords) {
    var parser = CueParser(utf8, format, name: name)
    analysis.metadata = parser.metadata
    analysis.diagnostics = parser.diagnostics
    return (parser.takeCues(), parser.takeWords())
  }

  private static func pieces(of cues: [RawCue], _ words: CueWords) -> [Piece] {
    var pieces: [Piece] = []
    pieces.reserveCapacity(words.segments.count)
    for (index, cue) in cues.enumerated() {
      for segment in words.segments[cue.segments] where !segment.lines.isEmpty {
        pieces.append(
          Piece(
            cue: index, voice: segment.voice, isDialogue: segment.isDialogue,
            range: words.range(of: segment)))
      }
    }
    return pieces
  }

  // A voice tag names the speaker; else a label before the words does, if the file bears it out.
  private static func nameSpeakers(
    _ pieces: inout [Piece], _ voices: [String], _ lines: Lines, _ options: TranscriptOptions
  ) -> (LabelDecision, [LabelCandidate]) {
    var knowledge = LabelKnowledge(options)
    var scanner = LabelScanner(text: lines, readsSubtitles: true, given: knowledge.given)
    let names = voices.map { scanner.labels.number(ofName: $0) }
    let keys = voices.map { [scanner.labels.number(ofKey: knowledge.key(of: $0))] }
    var line = 0
    let unnamed = pieces.count { $0.voice == nil }
    var candidates: [LabelCandidate] = []
    candidates.reserveCapacity(unnamed)
    // The piece at whose start each candidate stands.
    var places: [Int] = []
    places.reserveCapacity(unnamed)
    var inner: [LabelCandidate] = []
    for index in pieces.indices where pieces[index].voice == nil {
      let start = pieces[index].range.lowerBound
      while line + 1 < lines.lines.count, lines.lines[line].start < start { line += 1 }
      // `>>` says that somebody else speaks.
      let end = pieces[index].range.upperBound
      let arrows = lines.scalars.utf8[start..<end].prefix(4).prefix { $0 == 0x3E }.count
      var words = lines.skipSpaces(from: start + arrows, to: end)
      if words < end, LabelScanner.isDash(lines.scalars[words]),
        case let next = lines.scalars.after(words), next < end, lines.scalars[next].isLayoutSpace
      {
        words = lines.skipSpaces(from: next, to: end)
      }
      pieces[index].isDialogue = pieces[index].isDialogue || arrows >= 2
      if var found = scanner.candidate(line: line, from: words), found.form == .marked,
        found.layout != .timeFirst, found.layout != .stamped, takeWhite(&found, before: end, lines)
      {
        found.mark = start..<found.mark.upperBound
        candidates.append(found)
        places.append(index)
      }
      inner += namesAboveWords(of: pieces[index].range, below: line, &scanner)
    }
    let above = candidates.filter(isAboveWords) + inner
    if !above.isEmpty, !areNames(above, among: candidates) {
      places = zip(places, candidates).filter { !isAboveWords($1) }.map(\.0)
      candidates.removeAll(where: isAboveWords)
      inner = []
    }
    // A label before every cue is nothing else, however seldom each is.
    if candidates.count == unnamed, candidates.allSatisfy({ !$0.isLoose }),
      candidates.count(where: \.isWeak) * 2 <= unnamed,
      case let keys = usedKeys(of: candidates, scanner.labels), keys.count >= 2
    {
      knowledge.known.formUnion(keys)
      knowledge.known.subtract(knowledge.rejected)
      for index in candidates.indices { candidates[index].isWeak = false }
    }
    let all = inner.isEmpty ? candidates : candidates + inner
    var decision = LabelDecision(
      all, labels: scanner.labels, units: unnamed, knowledge: knowledge,
      acceptsDottedVariants: false)
    for (index, candidate) in zip(places, candidates) {
      guard let speakers = decision.speakers(of: candidate) else { continue }
      pieces[index].speakers = speakers
      pieces[index].label = CutLabel(candidate)
    }
    if !decision.speakerKeys.isEmpty { split(&pieces, by: &decision, &scanner) }
    if options.layout != Layout.none {
      for key in keys { decision.add(voice: key[0]) }
      for index in pieces.indices {
        guard let voice = pieces[index].voice else { continue }
        pieces[index].speakers = keys[voice]
        pieces[index].label = CutLabel(voice: names[voice], at: pieces[index].range.lowerBound)
      }
      if (pieces.count - unnamed) * 2 >= pieces.count { decision.nameByVoice() }
    }
    return (decision, all)
  }

  // Takes the line end after a label above the words into its mark; a name in brackets is one only
  // where its cue goes on.
  private static func takeWhite(
    _ found: inout LabelCandidate, before end: Int, _ lines: Lines
  ) -> Bool {
    if found.hasText { return true }
    let words = lines.skipSpaces(from: found.mark.upperBound, to: end)
    found.mark = found.mark.lowerBound..<max(words, found.mark.upperBound)
    return words < end || found.layout != .bracketed
  }

  // Sounds stand in brackets above words, too: `(DOOR OPENS)`. Names recur, and nothing labels more.
  private static func areNames(
    _ above: [LabelCandidate], among candidates: [LabelCandidate]
  ) -> Bool {
    let others = candidates.count { $0.layout != .bracketed && !$0.isWeak }
    return Set(above.map(\.key)).count * 2 <= above.count && above.count >= others
  }

  private static func usedKeys(of candidates: [LabelCandidate], _ labels: Labels) -> [String] {
    var isUsed = [Bool](repeating: false, count: labels.keys.count)
    for candidate in candidates { isUsed[candidate.key] = true }
    return zip(labels.keys, isUsed).filter(\.1).map(\.0)
  }

  private static func isAboveWords(_ candidate: LabelCandidate) -> Bool {
    candidate.layout == .bracketed && !candidate.hasText && candidate.stamps.isEmpty
  }

  // Names in brackets on lines of their own further down in a cue.
  private static func namesAboveWords(
    of range: Range<Int>, below line: Int, _ scanner: inout LabelScanner
  ) -> [LabelCandidate] {
    let lines = scanner.text
    return lines.lines[(line + 1)...].prefix { $0.start < range.upperBound }.indices
      .compactMap { index in
        let content = lines.lines[index].content
        guard content < range.upperBound, ["(", "["].contains(lines.scalars[content]),
          var found = scanner.candidate(line: index, from: content),
          isAboveWords(found), takeWhite(&found, before: range.upperBound, lines)
        else { return nil }
        return found
      }
  }

  // A cue may hold what several say: a speaker who is known begins a line, or follows `>>` in one.
  private static func split(
    _ pieces: inout [Piece], by decision: inout LabelDecision, _ scanner: inout LabelScanner
  ) {
    let lines = scanner.text
    let utf8 = lines.scalars.utf8
    // Begun where the first piece is split, which is nowhere as a rule.
    var result: [Piece]?
    var line = 0
    for (index, whole) in pieces.enumerated() {
      var piece = whole
      var position = piece.voice == nil ? piece.range.lowerBound : piece.range.upperBound
      while position < piece.range.upperBound {
        position = utf8.first(Self.mayPart, in: position..<piece.range.upperBound)
        guard position < piece.range.upperBound else { break }
        let start = position
        position += 1
        var words = lines.skipSpaces(from: position, to: piece.range.upperBound)
        if utf8[start] == 0x3E {
          guard words < piece.range.upperBound, start > piece.range.lowerBound,
            utf8[start - 1] == 0x20, utf8[position] == 0x3E
          else { continue }
          words = lines.skipSpaces(from: position + 1, to: piece.range.upperBound)
        }
        while line + 1 < lines.lines.count, lines.lines[line + 1].start <= words { line += 1 }
        guard var found = scanner.candidate(line: line, from: words), found.form == .marked,
          [.inline, .standalone, .bracketed].contains(found.layout),
          takeWhite(&found, before: piece.range.upperBound, lines),
          let key = decision.labels.knownNumber(ofKey: scanner.labels.keys[found.key])
        else { continue }
        found.key = key
        found.name = decision.number(ofName: scanner.labels.names[found.name])
        guard let named = decision.speakers(of: found) else { continue }
        var before = lines.trimmingEnd(of: piece.range.lowerBound..<start)
        var rest = piece
        rest.range = (utf8[start] == 0x3E ? start : words)..<piece.range.upperBound
        // A dash on the line before parts the two.
        if before.count >= 2, lines.scalars.utf8[before].suffix(2).elementsEqual("\n-".utf8) {
          rest.range = before.upperBound - 1..<piece.range.upperBound
          before = lines.trimmingEnd(of: before.lowerBound..<before.upperBound - 2)
        }
        found.mark = rest.range.lowerBound..<found.mark.upperBound
        rest.label = CutLabel(found)
        rest.speakers = named
        rest.isDialogue = rest.isDialogue || utf8[start] == 0x3E
        piece.range = before
        if result == nil { result = Array(pieces[..<index]) }
        result?.append(piece)
        piece = rest
        position = found.mark.upperBound
      }
      result?.append(piece)
    }
    if let result { pieces = result }
  }

  private static let mayPart = ByteSet(Array("\n>".utf8))

  // Cues of one speaker that follow each other are a turn; each keeps its range.
  private static func gather(
    _ pieces: [Piece], joins: Bool, times: (Int) -> (start: Int?, end: Int?)
  ) -> [CutTurn] {
    var turns: [CutTurn] = []
    turns.reserveCapacity(pieces.count)
    for index in pieces.indices {
      let piece = pieces[index]
      let (start, end) = times(piece.cue)
      let words = piece.words
      let continues =
        joins && index > 0 && pieces[index - 1].speakers == piece.speakers && !piece.isDialogue
        && !pieces[index - 1].isDialogue
      if continues, let last = turns.indices.last {
        turns[last].end = end ?? turns[last].end
      } else {
        var turn = CutTurn(speakers: piece.speakers, label: piece.label)
        turn.start = start
        turn.end = end
        turns.append(turn)
      }
      if !words.isEmpty { turns[turns.count - 1].ranges.append(words) }
    }
    return turns
  }
}
