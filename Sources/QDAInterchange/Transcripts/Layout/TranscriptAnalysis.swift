internal import QDACore

/// The structure that was found in a text.
struct TranscriptAnalysis {
  var turns: [Turn] = []
  var speakers: [Speaker] = []
  var marks: [Mark] = []
  var metadata: [MetadataField] = []
  var report = LayoutReport(layout: .none)
  var diagnostics: [Diagnostic] = []

  /// Analyses a text: collects candidates, decides which are speakers, and only then cuts turns.
  ///
  /// - Parameter cells: The cells of tables, in which a name alone is no label, in order.
  init(
    _ string: String, name: String, options: TranscriptOptions, isMarkdown: Bool,
    cells: [TextSpan] = []
  ) {
    var text = Lines(string)
    if options.timeNotation == .nvivo { text.shorthand = NVivoTimes.find(in: text) }
    let kinds = LineKinds(text, isMarkdown: isMarkdown)
    let scanner = LabelScanner(text: text)
    var candidates = [LabelCandidate?](repeating: nil, count: text.lines.count)
    for index in text.lines.indices where [.text, .heading].contains(kinds.kinds[index]) {
      candidates[index] = scanner.candidate(line: index, from: kinds.content(ofLine: index))
    }
    if options.layout == nil { Self.leaveOutNames(in: cells, &candidates, text) }
    Self.readNamesBelowTimes(&candidates, kinds)
    Self.sift(&candidates, kinds)
    let known = Set(
      (options.speakers + options.interviewers + options.participants).map(LabelKey.key(of:))
    ).union(kinds.header.legend)
    let decision = LabelDecision(
      candidates.compactMap { $0 }, units: Self.units(kinds), known: known, forced: options.layout,
      acceptsDottedVariants: text.scalars.contains("#"))
    let cutter = TurnCutter(kinds: kinds, candidates: candidates, decision: decision)
    var cut = cutter.turns
    let times = TurnTimes(&cut, cutter, options: options)
    marks = cutter.marks
    if !times.marks.isEmpty { marks = (marks + times.marks).sorted { $0.span < $1.span } }
    var header = kinds.header
    header.readSentences(text, before: cut.first?.candidate?.mark.lowerBound ?? 0)
    metadata = header.fields
    fill(
      cut, decision: decision, candidates: candidates, lines: text, name: name, options: options,
      header: header)
    report.timestampPosition = times.position
    report.isWrapped = kinds.isWrapped
    if report.layout == .inline, times.position == .end { report.layout = .timeLast }
    diagnose(times, cutter, Locator(text.scalars, name: name))
  }

  /// Creates an analysis that has found nothing yet.
  init() {}

  // MARK: - Candidates

  // What stands alone in a cell stands there because of the table.
  private static func leaveOutNames(
    in cells: [TextSpan], _ candidates: inout [LabelCandidate?], _ text: Lines
  ) {
    var next = 0
    for (index, line) in text.lines.enumerated() {
      while next < cells.count, cells[next].scalars.upperBound < line.end { next += 1 }
      guard next < cells.count else { return }
      if cells[next].scalars.lowerBound <= line.start, candidates[index]?.form == .bare {
        candidates[index] = nil
      }
    }
  }

  // Teams wrote a range of times, a name below it, and the words below the name.
  private static func readNamesBelowTimes(_ candidates: inout [LabelCandidate?], _ kinds: LineKinds)
  {
    let text = kinds.text
    var found: [(line: Int, stamp: Timecode)] = []
    var keys: Set<String> = []
    var ranges = 0
    for index in kinds.kinds.indices where kinds.kinds[index] == .stamp {
      guard
        let stamp = Timecode.read(
          text.scalars, at: kinds.content(ofLine: index), limit: text.lines[index].contentEnd),
        stamp.end != nil
      else { continue }
      ranges += 1
      guard index + 2 < candidates.count, let candidate = candidates[index + 1],
        candidate.layout == .standalone, candidate.form == .bare, !candidate.isWeak,
        kinds.kinds[index + 2] == .text
      else { continue }
      found.append((index + 1, stamp))
      keys.insert(candidate.key)
    }
    guard found.count >= 2, found.count * 10 >= ranges * 8, keys.count * 3 <= found.count * 2 else {
      return
    }
    for (line, stamp) in found {
      candidates[line]?.form = .marked
      candidates[line]?.layout = .timeFirst
      candidates[line]?.stamps = [stamp]
    }
  }

  // Puts aside what stands where a label does because of how the lines were cut.
  private static func sift(_ candidates: inout [LabelCandidate?], _ kinds: LineKinds) {
    let text = kinds.text
    var indents: [Int] = []
    for candidate in candidates {
      guard let candidate, candidate.form == .marked, !candidate.isWeak else { continue }
      indents.append(text.lines[candidate.line].indent)
    }
    let least = indents.min() ?? 0
    for index in candidates.indices {
      guard var candidate = candidates[index] else { continue }
      if text.lines[index].indent > least + 2, kinds.numbers[index] == nil {
        candidate.isDeep = true
      }
      if kinds.isWrapped, candidate.layout == .inline || candidate.layout == .standalone,
        continues(index, kinds)
      {
        candidates[index] = nil
        continue
      }
      candidates[index] = candidate
    }
  }

  // Whether a line goes on with the sentence of a full line before it.
  private static func continues(_ index: Int, _ kinds: LineKinds) -> Bool {
    guard index > 0, kinds.kinds[index - 1] == .text else { return false }
    let before = kinds.text.lines[index - 1]
    guard before.end - before.start >= 50, before.contentEnd > before.content else { return false }
    let last = kinds.text.scalars[before.contentEnd - 1]
    return ![".", "?", "!", "…", "\"", "”", ")", "]", "#", ":"].contains(last)
  }

  // The paragraphs that may begin with a label: blocks where blank lines part them, else lines.
  private static func units(_ kinds: LineKinds) -> Int {
    var blocks = 0
    var lines = 0
    var blanks = 0
    var wasBlank = true
    for kind in kinds.kinds {
      if kind == .blank {
        blanks += 1
      } else if ![.field, .header, .number, .furniture].contains(kind) {
        lines += 1
        if wasBlank { blocks += 1 }
      }
      wasBlank = kind == .blank
    }
    return blanks * 5 >= lines ? blocks : lines
  }
}
