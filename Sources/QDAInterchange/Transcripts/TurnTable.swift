internal import QDACore

/// A table with a heading row and a turn in each row below.
struct TurnTable {
  private let lines: Lines
  private let rows: [[TextSpan]]
  private let speaker: Int
  private let words: Int
  private let time: Int?

  /// Finds the first such table of a document, or `nil`.
  init?(_ document: WordDocument) {
    let lines = Lines(document.text)
    for table in document.tables {
      guard table.count >= 2, let heading = table.first, (2...6).contains(heading.count) else {
        continue
      }
      let titles = heading.map { LabelKey.key(of: lines.string($0.scalars)) }
      guard let speaker = titles.firstIndex(where: Self.speakerTitles.contains),
        let words = titles.firstIndex(where: Self.wordsTitles.contains), speaker != words
      else { continue }
      self.lines = lines
      self.speaker = speaker
      self.words = words
      time = titles.firstIndex(where: Self.timeTitles.contains)
      rows = Array(table.dropFirst())
      return
    }
    return nil
  }

  /// The turns of the table; a row without a speaker goes on with the turn above it.
  func analysis(name: String, options: TranscriptOptions) -> TranscriptAnalysis {
    var turns: [CutTurn] = []
    var marks: [Mark] = []
    var candidates: [LabelCandidate] = []
    for row in rows {
      guard row.indices.contains(words) else { continue }
      let range = trimmed(row[words])
      let label = row.indices.contains(speaker) ? trimmed(row[speaker]) : 0..<0
      let stamp = time.flatMap { row.indices.contains($0) ? trimmed(row[$0]) : nil }
        .flatMap { Timecode.read(lines.scalars, at: $0.lowerBound, limit: $0.upperBound) }
      if let stamp { marks.append(Mark(.timestamp, TextSpan(scalars: stamp.range))) }
      if label.isEmpty {
        guard !range.isEmpty else { continue }
        if turns.isEmpty { turns.append(CutTurn()) }
        turns[turns.count - 1].ranges.append(range)
        continue
      }
      marks.append(Mark(.label, TextSpan(scalars: label)))
      let candidate = LabelCandidate(
        line: 0, layout: .table, form: .marked, label: label, mark: label, stamps: [],
        name: lines.string(label), key: LabelKey.key(of: lines.scalars[label]),
        isUncertain: false, isWeak: false, hasText: true)
      candidates.append(candidate)
      var turn = CutTurn(speakers: [candidate.key], candidate: candidate)
      if !range.isEmpty { turn.ranges = [range] }
      turn.start = stamp?.start
      turn.end = stamp?.end
      turns.append(turn)
    }
    let decision = LabelDecision(
      candidates, units: rows.count, known: [], forced: .table, acceptsDottedVariants: false)
    for index in turns.indices {
      turns[index].speakers = turns[index].candidate.flatMap(decision.speakers(of:)) ?? []
    }
    var analysis = TranscriptAnalysis()
    analysis.marks = marks
    analysis.fill(
      turns, decision: decision, candidates: candidates, lines: lines, name: name,
      options: options)
    analysis.report.confidence = .high
    if turns.contains(where: { $0.start != nil }) { analysis.report.timestampPosition = .start }
    return analysis
  }

  private func trimmed(_ span: TextSpan) -> Range<Int> {
    let range = lines.trimmingEnd(of: span.scalars)
    return lines.skipSpaces(from: range.lowerBound, to: range.upperBound)..<range.upperBound
  }

  private static let speakerTitles: Set<String> = [
    "speaker", "speakers", "who", "name", "person", "participant", "voice", "sprecher",
    "sprecherin", "person speaking", "locuteur", "hablante", "spreker", "interviewer/participant",
  ]
  private static let wordsTitles: Set<String> = [
    "content", "text", "transcript", "transcription", "utterance", "speech", "words", "dialogue",
    "inhalt", "transkript", "contenu", "texte", "texto", "contenido", "tekst", "turn",
  ]
  private static let timeTitles: Set<String> = [
    "time", "timespan", "timestamp", "time stamp", "timecode", "start", "start time", "zeit",
    "temps", "tiempo", "hora", "tijd", "time span",
  ]
}
