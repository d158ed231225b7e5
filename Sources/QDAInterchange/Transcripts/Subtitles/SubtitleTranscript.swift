internal import QDACore

/// Makes a transcript of a file of subtitles: WebVTT, SubRip or the captions of YouTube.
///
/// The rendition: the words of the cues without tags and with their character references resolved,
/// one line under another, each without white at its ends. The name in a voice tag is not text.
enum SubtitleTranscript {
  /// What one voice says in one cue, with its place in the rendition.
  private struct Piece {
    var cue: Int
    var voice: String?
    var isDialogue: Bool
    var range: Range<Int>
    var candidate: LabelCandidate?
    var speakers: [String] = []
  }

  static func read(
    _ text: String, _ format: Format, name: String, options: TranscriptOptions
  ) -> Rendered {
    let parser = CueParser(text, format, name: name)
    var cues = parser.cues
    let integerFraction =
      options.timeNotation.map { $0 == .milliseconds }
      ?? (format == .webVTT
        && cues.contains { $0.start?.isUnpadded == true || $0.end?.isUnpadded == true })
    let repeats = RollingCaptions.unroll(&cues, integerFraction: integerFraction)
    var (rendition, scalars, pieces) = render(cues)
    let lines = Lines(scalars: scalars)
    let decision = nameSpeakers(&pieces, lines, options)

    var analysis = TranscriptAnalysis()
    analysis.metadata = parser.metadata
    analysis.diagnostics = parser.diagnostics
    if repeats > 0 {
      analysis.diagnostics.append(
        Diagnostic(
          "webvtt.rolling-captions", .note, at: .file(name, line: 1, column: 1),
          "captions repeat the line before them; the repeats are left out", count: repeats))
    }
    func time(_ time: CueTime?) -> Int? { time?.milliseconds(integerFraction: integerFraction) }
    let turns = gather(pieces) { (time(cues[$0].start), time(cues[$0].end)) }
    let cast = analysis.fill(
      turns, decision: decision, candidates: pieces.map(\.candidate), lines: lines, name: name,
      options: options)
    for piece in pieces {
      guard let candidate = piece.candidate, candidate.layout != .voice else { continue }
      analysis.marks.append(Mark(.label, TextSpan(scalars: candidate.mark)))
    }
    let unnamed = pieces.filter { $0.speakers.isEmpty }
    if let first = unnamed.first, unnamed.count < pieces.count {
      let locator = Locator(scalars, name: name)
      analysis.diagnostics.append(
        Diagnostic(
          "webvtt.cue-without-speaker", .note, at: .file(name, line: 0, column: 0),
          "cues name no speaker although others do; they are given to nobody",
          line: locator.line(first.range.lowerBound),
          solutions: ["add a voice tag such as <v Ana> where you know who speaks"],
          count: unnamed.count))
    }
    let found = pieces.map { piece in
      Cue(
        id: cues[piece.cue].id,
        speaker: piece.speakers.first.flatMap { cast.index(of: decision.owner(of: $0)) },
        span: TextSpan(scalars: words(of: piece)), start: time(cues[piece.cue].start),
        end: time(cues[piece.cue].end))
    }
    return Rendered(rendition, analysis, cues: found)
  }

  private static func render(_ cues: [RawCue]) -> (String, [Unicode.Scalar], [Piece]) {
    var bytes: [UInt8] = []
    var scalars: [Unicode.Scalar] = []
    var pieces: [Piece] = []
    pieces.reserveCapacity(cues.count)
    for (index, cue) in cues.enumerated() {
      for segment in cue.segments where !segment.lines.isEmpty {
        if !scalars.isEmpty {
          scalars.append("\n")
          bytes.append(0x0A)
        }
        let start = scalars.count
        for (number, line) in segment.lines.enumerated() {
          if number > 0 {
            scalars.append("\n")
            bytes.append(0x0A)
          }
          scalars.append(contentsOf: line.unicodeScalars)
          bytes.append(contentsOf: line.utf8)
        }
        pieces.append(
          Piece(
            cue: index, voice: segment.voice, isDialogue: segment.isDialogue,
            range: start..<scalars.count))
      }
    }
    return (String(decoding: bytes, as: UTF8.self), scalars, pieces)
  }

  // A voice tag names the speaker; else a label before the words does, if the file bears it out.
  private static func nameSpeakers(
    _ pieces: inout [Piece], _ lines: Lines, _ options: TranscriptOptions
  ) -> LabelDecision {
    let scanner = LabelScanner(text: lines, readsSubtitles: true)
    var line = 0
    var candidates: [LabelCandidate] = []
    var keys: [String: String] = [:]
    func key(of voice: String) -> String {
      if let known = keys[voice] { return known }
      let key = LabelKey.key(of: voice)
      keys[voice] = key
      return key
    }
    for index in pieces.indices {
      let start = pieces[index].range.lowerBound
      while line + 1 < lines.lines.count, lines.lines[line].start < start { line += 1 }
      if let voice = pieces[index].voice {
        pieces[index].candidate = LabelCandidate(
          line: line, layout: .voice, form: .marked, label: start..<start, mark: start..<start,
          stamps: [], name: voice, key: key(of: voice), isUncertain: false, isWeak: false,
          hasText: true)
        continue
      }
      // `>>` says that somebody else speaks.
      let arrows = lines.scalars[start..<pieces[index].range.upperBound].prefix(4)
        .prefix { $0 == ">" }.count
      let end = pieces[index].range.upperBound
      var words = lines.skipSpaces(from: start + arrows, to: end)
      if words + 1 < end, ["-", "–", "—"].contains(lines.scalars[words]),
        lines.scalars[words + 1].isLayoutSpace
      {
        words = lines.skipSpaces(from: words + 1, to: end)
      }
      pieces[index].isDialogue = pieces[index].isDialogue || arrows >= 2
      if var found = scanner.candidate(line: line, from: words), found.form == .marked,
        found.layout != .timeFirst, found.layout != .stamped
      {
        found.mark = start..<found.mark.upperBound
        pieces[index].candidate = found
        candidates.append(found)
      }
    }
    var known = Set(
      (options.speakers + options.interviewers + options.participants).map(LabelKey.key(of:)))
    // A label before every cue is nothing else, however seldom each is.
    let unnamed = pieces.count { $0.voice == nil }
    if candidates.count == unnamed, candidates.allSatisfy({ !$0.isWeak }),
      Set(candidates.map(\.key)).count >= 2
    {
      known.formUnion(candidates.map(\.key))
    }
    var decision = LabelDecision(
      candidates, units: pieces.count { $0.voice == nil }, known: known, forced: options.layout,
      acceptsDottedVariants: false)
    var voices = 0
    for index in pieces.indices {
      guard let candidate = pieces[index].candidate else { continue }
      if candidate.layout == .voice, options.layout != Layout.none {
        decision.add(voice: candidate.key)
        pieces[index].speakers = [candidate.key]
        voices += 1
      } else if let speakers = decision.speakers(of: candidate) {
        pieces[index].speakers = speakers
      } else {
        pieces[index].candidate = nil
      }
    }
    if voices * 2 >= pieces.count { decision.nameByVoice() }
    return decision
  }

  private static func words(of piece: Piece) -> Range<Int> {
    let start = max(piece.range.lowerBound, piece.candidate?.mark.upperBound ?? 0)
    return min(start, piece.range.upperBound)..<piece.range.upperBound
  }

  // Cues of one speaker that follow each other are a turn; each keeps its range.
  private static func gather(
    _ pieces: [Piece], times: (Int) -> (start: Int?, end: Int?)
  ) -> [CutTurn] {
    var turns: [CutTurn] = []
    var previous: Piece?
    for piece in pieces {
      let (start, end) = times(piece.cue)
      let range = words(of: piece)
      let ranges = range.isEmpty ? [] : [range]
      if let last = turns.indices.last, let before = previous,
        before.speakers == piece.speakers, !piece.isDialogue, !before.isDialogue
      {
        turns[last].ranges += ranges
        turns[last].end = end ?? turns[last].end
      } else {
        var turn = CutTurn(speakers: piece.speakers, candidate: piece.candidate, ranges: ranges)
        turn.start = start
        turn.end = end
        turns.append(turn)
      }
      previous = piece
    }
    return turns
  }
}
