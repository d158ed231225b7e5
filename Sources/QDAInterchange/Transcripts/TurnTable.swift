internal import QDACore

/// A table with a turn, a timed segment or a case's answers in each row.
struct TurnTable {
  private let lines: Lines
  private let rows: [[Range<Int>]]
  private let columns: TurnColumns
  private let times: TurnColumnTimes

  /// Finds the first table of turns of a document, or `nil`.
  ///
  /// - Parameter isData: Whether the document is a table by its format, so that a table without a
  ///   known heading, or one with a case in each row, is meant to be read as well.
  init?(_ document: RichDocument, options: TranscriptOptions, isData: Bool = false) {
    if document.tables.isEmpty { return nil }
    let lines = Lines(document.text)
    var counter = ScalarCounter(lines.scalars)
    for table in document.tables {
      let table = table.map { row in row.map { counter.range($0) } }
      guard let found = TurnColumns(table, lines, isData: isData, asked: options.columns) else {
        continue
      }
      self.lines = lines
      columns = found
      rows = Array(table.dropFirst(found.hasHeading ? 1 : 0))
      times = TurnColumnTimes(
        rows, [found.start, found.end].compactMap(\.self), lines, options.timeNotation)
      return
    }
    return nil
  }

  /// Whether each row holds the answers of a case.
  var isSurvey: Bool { columns.isSurvey }

  /// The turns of the table; a row without a speaker goes on with the turn above it.
  func analysis(
    name: String, options: TranscriptOptions
  ) -> (analysis: TranscriptAnalysis, cues: [Cue]) {
    var turns: [CutTurn] = []
    var marks: [CutMark] = []
    var candidates: [LabelCandidate] = []
    var labels = Labels()
    var cues: [Cue] = []
    var counter = ScalarCounter(lines.scalars)
    for row in rows {
      let ranges = columns.words.compactMap { row.indices.contains($0) ? trimmed(row[$0]) : nil }
        .filter { !$0.isEmpty }
      let label = columns.speaker.flatMap { row.indices.contains($0) ? trimmed(row[$0]) : nil }
      let start = columns.start.flatMap { times.time(row, $0, lines) }
      let end = columns.end.flatMap { times.time(row, $0, lines) }
      for (time, position) in [(start, TranscriptTime.Position.start), (end, .end)] {
        guard let time, !time.range.isEmpty else { continue }
        let stamp = TranscriptTime(
          start: time.start, end: time.end, clock: options.clock ?? .media, position: position,
          precision: time.precision)
        marks.append(CutMark(kind: .timestamp(stamp), range: time.range))
      }
      if columns.speaker == nil, !columns.isSurvey {
        guard let first = ranges.first else { continue }
        cues.append(
          Cue(span: counter.span(first), start: start?.start, end: end?.start ?? start?.end))
      }
      guard let label, !label.isEmpty else {
        guard !ranges.isEmpty else { continue }
        if turns.isEmpty || columns.isSurvey {
          turns.append(CutTurn(start: start?.start))
        } else if let before = turns.last?.ranges.last {
          cover(before.upperBound..<(ranges.first?.lowerBound ?? before.upperBound), &marks)
        }
        turns[turns.count - 1].ranges += ranges
        turns[turns.count - 1].end = end?.start ?? start?.end ?? turns[turns.count - 1].end
        continue
      }
      marks.append(CutMark(kind: .label, range: label))
      let candidate = LabelCandidate(
        line: 0, layout: .table, form: .marked, label: label, mark: label, stamps: [],
        name: labels.number(ofName: lines.string(label)),
        key: labels.number(ofKey: LabelKey.key(of: lines.scalars[label])), isUncertain: false,
        isWeak: false, hasText: true)
      candidates.append(candidate)
      var turn = CutTurn(label: CutLabel(candidate))
      turn.ranges = ranges
      for (left, right) in zip(ranges, ranges.dropFirst()) {
        cover(left.upperBound..<right.lowerBound, &marks)
      }
      turn.start = start?.start
      turn.end = end?.start ?? start?.end
      turns.append(turn)
    }
    var knowledge = LabelKnowledge(options)
    knowledge.layout = .table
    let decision = LabelDecision(
      candidates, labels: labels, units: rows.count, knowledge: knowledge,
      acceptsDottedVariants: false)
    var named = candidates.makeIterator()
    for index in turns.indices where turns[index].label != nil {
      turns[index].speakers = named.next().flatMap(decision.speakers(of:)) ?? []
    }
    var analysis = TranscriptAnalysis()
    analysis.marks = marks.sorted { $0 < $1 }.map { $0.mark(&counter) }
    analysis.fill(
      turns, decision: decision, candidates: candidates, lines: lines, name: name,
      options: options)
    analysis.report.confidence = columns.hasHeading && !columns.isSurvey ? .high : .medium
    // The heading says who speaks, however seldom each does.
    if columns.hasHeading {
      analysis.diagnostics.removeAll { $0.id == "transcript.layout-uncertain" }
    }
    if turns.contains(where: { $0.start != nil }) { analysis.report.timestampPosition = .start }
    if columns.isSurvey {
      for index in analysis.speakers.indices where analysis.speakers[index].role == .unknown {
        analysis.speakers[index].role = .participant
      }
      analysis.diagnostics.append(surveyNote(name))
    }
    return (analysis, cues)
  }

  // What stands between two stretches of one turn are separators, blank cells and other columns.
  private func cover(_ gap: Range<Int>, _ marks: inout [CutMark]) {
    // One line end keeps the words apart; within a line it is the tab or the comma.
    let kept = gap.first { lines.scalars[$0] == "\n" } ?? gap.lowerBound
    for part in [gap.lowerBound..<kept, min(kept + 1, gap.upperBound)..<gap.upperBound]
    where !part.isEmpty {
      marks.append(CutMark(kind: .markup, range: part))
    }
  }

  private func surveyNote(_ name: String) -> Diagnostic {
    let asked = columns.words.map { "'\(columns.title($0))'" }
    return Diagnostic(
      "table.read-as-survey", .note, at: .file(name, line: 1, column: 1),
      "each row is read as one case, with its answers as one turn",
      notes: ["the answers are in " + asked.joined(separator: ", ")]
        + (columns.speaker == nil ? ["no column names the case"] : []),
      solutions: [
        "name the columns speaker and text if each row is a turn",
        "name the column of cases 'participant' if it was not found",
        "say what it is, as with --as atlasti-quotations, if another tool wrote it",
      ])
  }

  private func trimmed(_ cell: Range<Int>) -> Range<Int> {
    let range = lines.trimmingEnd(of: cell)
    return lines.skipSpaces(from: range.lowerBound, to: range.upperBound)..<range.upperBound
  }
}
