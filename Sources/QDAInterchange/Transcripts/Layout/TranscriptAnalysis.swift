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
  init(_ string: String, name: String, options: TranscriptOptions, isMarkdown: Bool) {
    let text = Lines(string)
    let locator = Locator(text.scalars, name: name)
    let kinds = LineKinds(text, isMarkdown: isMarkdown)
    let scanner = LabelScanner(text: text)
    var candidates = [LabelCandidate?](repeating: nil, count: text.lines.count)
    for index in text.lines.indices where [.text, .heading].contains(kinds.kinds[index]) {
      candidates[index] = scanner.candidate(line: index, from: kinds.content(ofLine: index))
    }
    Self.sift(&candidates, kinds)
    let known = Set(
      (options.speakers + options.interviewers + options.participants).map(LabelKey.key(of:))
    ).union(kinds.header.legend)
    var decision = LabelDecision(
      candidates.compactMap { $0 }, units: Self.units(kinds), known: known, forced: options.layout,
      acceptsDottedVariants: text.scalars.contains("#"))
    let cutter = TurnCutter(kinds: kinds, candidates: candidates, decision: decision)
    var cut = cutter.turns
    let times = TurnTimes(
      &cut, hashedAtEnd: cutter.hashedAtEnd, hashedAtStart: cutter.hashedAtStart,
      wanted: options.timestampPosition)
    decision.measureQuestions(cut, in: text)
    let cast = Cast(cut, decision: decision, header: kinds.header, options: options)
    speakers = cast.speakers
    marks = cutter.marks
    metadata = kinds.header.fields
    turns = cut.map { turn in
      Turn(
        speakers: turn.speakers.compactMap { cast.index(of: decision.owner(of: $0)) },
        ranges: turn.ranges.map(TextSpan.init(scalars:)),
        label: turn.candidate.map { TextSpan(scalars: $0.label) }, start: turn.start,
        end: turn.end, clock: turn.clock, isUncertain: turn.candidate?.isUncertain ?? false)
    }
    report = Self.report(candidates, decision, cast, times, kinds, cut)
    diagnose(cut, decision, cast, times, cutter, locator, isBlank: text.lines.allSatisfy(\.isBlank))
  }

  // MARK: - Candidates

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
      } else if kind != .field, kind != .header {
        lines += 1
        if wasBlank { blocks += 1 }
      }
      wasBlank = kind == .blank
    }
    return blanks * 5 >= lines ? blocks : lines
  }

  // MARK: - Report

  private static func report(
    _ candidates: [LabelCandidate?], _ decision: LabelDecision, _ cast: Cast, _ times: TurnTimes,
    _ kinds: LineKinds, _ cut: [CutTurn]
  ) -> LayoutReport {
    var counts = [Int](repeating: 0, count: cast.speakers.count)
    for turn in cut {
      for key in turn.speakers {
        if let index = cast.index(of: decision.owner(of: key)) { counts[index] += 1 }
      }
    }
    var rejected: [LabelCount] = []
    var places: [String: Int] = [:]
    for candidate in candidates {
      guard let candidate, candidate.form == .marked, decision.speakers(of: candidate) == nil else {
        continue
      }
      if let place = places[candidate.key] {
        rejected[place].count += 1
      } else {
        places[candidate.key] = rejected.count
        rejected.append(LabelCount(candidate.name, 1))
      }
    }
    var layout = decision.layout
    if layout == .inline, times.position == .end { layout = .timeLast }
    return LayoutReport(
      layout: layout, confidence: decision.confidence,
      accepted: zip(cast.speakers, counts).map { LabelCount($0.label, $1) }, rejected: rejected,
      variants: cast.variants.map { SpeakerVariant($0.spelling, of: $0.of, count: $0.count) },
      timestampPosition: times.position, isWrapped: kinds.isWrapped)
  }

  private mutating func diagnose(
    _ cut: [CutTurn], _ decision: LabelDecision, _ cast: Cast, _ times: TurnTimes,
    _ cutter: TurnCutter, _ locator: Locator, isBlank: Bool
  ) {
    for variant in cast.variants {
      let differs = !(variant.spelling == variant.of)
      diagnostics.append(
        Diagnostic(
          "transcript.label-variant", .warning, at: locator.place(variant.first.lowerBound),
          "the label '\(variant.spelling)' is read as '\(variant.of)'", raw: variant.spelling,
          line: locator.line(variant.first.lowerBound),
          notes: differs ? [] : ["the two look alike and are composed of other characters"],
          solutions: ["correct the label if they are two speakers or if it is a slip"],
          count: variant.count))
    }
    if isBlank { return }
    if cast.speakers.isEmpty {
      diagnostics.append(
        Diagnostic(
          "transcript.no-speakers", .warning, at: locator.place(0),
          "no speaker is named; the whole text is one turn of nobody known",
          notes: report.rejected.prefix(5).map { "'\($0.label)' (\($0.count)) was not taken" },
          solutions: ["name the speakers or the layout if the text is a conversation"]))
      return
    }
    if decision.confidence == .low {
      diagnostics.append(
        Diagnostic(
          "transcript.layout-uncertain", .warning,
          at: locator.place(cut.first?.candidate?.label.lowerBound ?? 0),
          "it is uncertain that these are the speakers: "
            + cast.speakers.prefix(8).map { "'\($0.label)'" }.joined(separator: ", "),
          solutions: ["name the speakers, or name the layout 'none' if there are none"]))
    }
    if let first = cutter.unattributed.first {
      diagnostics.append(
        Diagnostic(
          "transcript.unattributed-text", .note, at: locator.place(first),
          "text after a heading or a rule has no label and is given to nobody",
          solutions: ["put the speaker's label before it"], count: cutter.unattributed.count))
    }
    if times.rollovers > 0 {
      diagnostics.append(
        Diagnostic(
          "transcript.clock-rollover", .note, at: locator.place(0),
          "the clock of the day passes midnight; times go on beyond 24 hours",
          count: times.rollovers))
    }
    suggestMerges(cast, cut, locator)
  }

  // A label met once or twice that differs by a slip from one that is met often.
  private mutating func suggestMerges(_ cast: Cast, _ cut: [CutTurn], _ locator: Locator) {
    guard cast.speakers.count <= 40 else { return }
    for rare in report.accepted where rare.count <= 2 && rare.label.count >= 5 {
      guard !rare.label.contains(where: \.isNumber) else { continue }
      let near = report.accepted.first {
        $0.count >= 5 && $0.label != rare.label
          && Suggestion.distance($0.label.lowercased(), rare.label.lowercased()) <= 2
      }
      guard let near else { continue }
      let place = cut.lazy.compactMap(\.candidate).first { $0.name == rare.label }
      diagnostics.append(
        Diagnostic(
          "transcript.label-similar", .warning, at: locator.place(place?.label.lowerBound ?? 0),
          "the label '\(rare.label)' may be a slip for '\(near.label)'", raw: rare.label,
          solutions: ["correct the label if it is a slip; it is kept as a speaker of its own"],
          count: rare.count))
    }
  }
}
