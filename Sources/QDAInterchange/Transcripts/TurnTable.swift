internal import QDACore

/// A table with a turn, a timed segment or a case's answers in each row.
struct TurnTable {
  let lines: Lines
  let rows: [[Range<Int>]]
  let columns: TurnColumns
  private let times: TurnColumnTimes
  /// The stretch of the text from the first cell to the last.
  let extent: Range<Int>

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
      self.init(table, found, lines, options)
      return
    }
    return nil
  }

  init(
    _ table: [[Range<Int>]], _ columns: TurnColumns, _ lines: Lines, _ options: TranscriptOptions
  ) {
    self.lines = lines
    self.columns = columns
    let cells = table.lazy.flatMap(\.self)
    extent =
      (cells.map(\.lowerBound).min() ?? 0)..<(cells.map(\.upperBound).max() ?? 0)
    rows = Array(table.dropFirst(columns.hasHeading ? columns.headRows : 0))
    times = TurnColumnTimes(
      rows, [columns.start, columns.end].compactMap(\.self), lines, options)
  }

  /// Whether each row holds the answers of a case.
  var isSurvey: Bool { columns.isSurvey }

  /// What the rows of a table say, before it is known whom the labels name.
  struct Talk {
    var turns: [CutTurn] = []
    var marks: [CutMark] = []
    /// The labels, one for each turn that has one.
    var candidates: [LabelCandidate] = []
    var cues: [Cue] = []
    /// How often the clock of the day passed midnight.
    var rollovers = 0

    /// Takes out the turns in which nothing is said, with their labels.
    mutating func leaveOutSilent() {
      guard turns.contains(where: \.ranges.isEmpty) else { return }
      var named = candidates.makeIterator()
      candidates = []
      turns.removeAll { turn in
        let candidate = turn.label == nil ? nil : named.next()
        if turn.ranges.isEmpty { return true }
        if let candidate { candidates.append(candidate) }
        return false
      }
    }

    /// Gives turns the speakers whom their labels name.
    mutating func name(by decision: LabelDecision) {
      var named = candidates.makeIterator()
      for index in turns.indices where turns[index].label != nil {
        turns[index].speakers = named.next().flatMap(decision.speakers(of:)) ?? []
      }
    }
  }

  /// The turns of the table; a row without a speaker goes on with the turn above it.
  func talk(_ labels: inout Labels, options: TranscriptOptions) -> Talk {
    var talk = Talk()
    var counter = ScalarCounter(lines.scalars)
    var clock = DayClock()
    for row in rows {
      // The columns of words are in order, and a row may end long before the last of them.
      let ranges = columns.words.prefix { $0 < row.count }.map { trimmed(row[$0]) }
        .filter { !$0.isEmpty }
      let label = label(of: row)
      let start = columns.start.flatMap { times.time(row, $0, lines, &clock) }
      let end = columns.end.flatMap { times.time(row, $0, lines, &clock) }
      for (time, position) in [(start, TranscriptTime.Position.start), (end, .end)] {
        guard let time, !time.range.isEmpty else { continue }
        let stamp = TranscriptTime(
          start: time.start, end: time.end, clock: times.isWall ? .wall : .media,
          position: position,
          precision: time.precision)
        talk.marks.append(CutMark(kind: .timestamp(stamp), range: time.range))
      }
      if columns.speaker == nil, !columns.isSurvey {
        guard let first = ranges.first else { continue }
        talk.cues.append(
          Cue(span: counter.span(first), start: start?.start, end: end?.start ?? start?.end))
      }
      guard let label else {
        guard !ranges.isEmpty else { continue }
        if talk.turns.isEmpty || columns.isSurvey {
          talk.turns.append(CutTurn(start: start?.start))
          coverGaps(in: ranges, &talk.marks)
        } else if let before = talk.turns.last?.ranges.last {
          cover(before.upperBound..<(ranges.first?.lowerBound ?? before.upperBound), &talk.marks)
        }
        let last = talk.turns.count - 1
        talk.turns[last].ranges += ranges
        talk.turns[last].end = end?.start ?? start?.end ?? talk.turns[last].end
        continue
      }
      talk.marks.append(CutMark(kind: .label, range: label))
      let candidate = LabelCandidate(
        line: 0, layout: .table, form: .marked, label: label, mark: label, stamps: [],
        name: labels.number(ofName: lines.string(label)),
        key: labels.number(ofKey: LabelKey.key(of: lines.scalars[label])), isUncertain: false,
        isWeak: false, hasText: true)
      talk.candidates.append(candidate)
      var turn = CutTurn(label: CutLabel(candidate))
      turn.ranges = ranges
      coverGaps(in: ranges, &talk.marks)
      turn.start = start?.start
      turn.end = end?.start ?? start?.end
      talk.turns.append(turn)
    }
    if times.isWall {
      for index in talk.turns.indices { talk.turns[index].clock = .wall }
    }
    talk.rollovers = clock.rollovers
    talk.leaveOutSilent()
    return talk
  }

  /// The turns of a file that is nothing but this table.
  func analysis(
    name: String, options: TranscriptOptions
  ) -> (analysis: TranscriptAnalysis, cues: [Cue]) {
    var labels = Labels()
    var talk = talk(&labels, options: options)
    var knowledge = LabelKnowledge(options)
    knowledge.layout = .table
    let decision = LabelDecision(
      talk.candidates, labels: labels, units: rows.count, knowledge: knowledge,
      acceptsDottedVariants: false)
    talk.name(by: decision)
    var analysis = TranscriptAnalysis()
    var counter = ScalarCounter(lines.scalars)
    analysis.marks = talk.marks.sorted { $0 < $1 }.map { $0.mark(&counter) }
    analysis.fill(
      talk.turns, decision: decision, candidates: talk.candidates, lines: lines, name: name,
      options: options)
    analysis.trust([self])
    analysis.reportMissing(options.speakers, name)
    analysis.diagnostics += unreadTimes(name)
    analysis.reportRollovers(talk.rollovers, name)
    if talk.turns.contains(where: { $0.start != nil }) {
      analysis.report.timestampPosition = .start
    }
    if columns.isSurvey {
      for index in analysis.speakers.indices where analysis.speakers[index].role == .unknown {
        analysis.speakers[index].role = .participant
      }
      analysis.diagnostics.append(surveyNote(name))
    }
    return (analysis, talk.cues)
  }

  /// Whether a heading row names the columns.
  var isTitled: Bool { columns.hasHeading }

  /// The number of rows below the heading.
  var rowCount: Int { rows.count }

  func label(of row: [Range<Int>]) -> Range<Int>? {
    guard let column = columns.speaker, row.indices.contains(column) else { return nil }
    let label = TurnColumns.label(in: trimmed(row[column]), lines)
    return label.isEmpty ? nil : label
  }

  private func coverGaps(in ranges: [Range<Int>], _ marks: inout [CutMark]) {
    for (left, right) in zip(ranges, ranges.dropFirst()) {
      cover(left.upperBound..<right.lowerBound, &marks)
    }
  }

  // What stands between two stretches of one turn are separators, blank cells and other columns.
  private func cover(_ gap: Range<Int>, _ marks: inout [CutMark]) {
    // One line end keeps the words apart; within a line it is the tab or the comma.
    let kept =
      gap.first { lines.scalars[$0] == "\n" }
      ?? gap.first {
        let scalar = lines.scalars[$0]
        return scalar == "\t" || scalar != "\"" && !scalar.isLayoutSpace
      } ?? gap.lowerBound
    for part in [gap.lowerBound..<kept, min(kept + 1, gap.upperBound)..<gap.upperBound]
    where !part.isEmpty {
      marks.append(CutMark(kind: .markup, range: part))
    }
  }

  // A cell without a time says nothing of it; one with something else would be lost in silence.
  private func unreadTimes(_ name: String) -> [Diagnostic] {
    [columns.start, columns.end].compactMap(\.self).compactMap { column in
      let unread = rows.compactMap { row -> Range<Int>? in
        guard row.indices.contains(column), times.time(row, column, lines) == nil else {
          return nil
        }
        let cell = trimmed(row[column])
        return cell.isEmpty ? nil : cell
      }
      guard let first = unread.first else { return nil }
      let locator = Locator(lines, name: name)
      let title = columns.hasHeading ? columns.title(column) : String(column + 1)
      return Diagnostic(
        "table.time-unread", .warning, at: locator.place(first.lowerBound),
        "the column '\(title)' holds what is no time: '\(lines.string(first).prefix(40))'",
        line: locator.line(first.lowerBound),
        solutions: ["write times as 00:01:23 or 83.5, or give the column another title"],
        count: unread.count)
    }
  }

  private func surveyNote(_ name: String) -> Diagnostic {
    let asked = columns.words.map { "'\(columns.title($0))'" }
    return Diagnostic(
      "table.read-as-survey", .note, at: .file(name, line: 1, column: 1),
      "each row is read as one case, with its answers as one turn",
      notes: ["the answers are in " + asked.joined(separator: ", ")]
        + (columns.speaker == nil ? ["no column names the case"] : [])
        + (columns.headRows > 1 ? ["the first \(columns.headRows) rows are headings"] : []),
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
