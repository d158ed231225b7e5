internal import QDACore

extension TranscriptAnalysis {
  /// Takes over turns, names their speakers, and says how they were found.
  @discardableResult
  mutating func fill(
    _ cut: [CutTurn], decision: LabelDecision, candidates: [LabelCandidate] = [], lines: Lines,
    name: String, options: TranscriptOptions, header: HeaderBlock = HeaderBlock()
  ) -> Cast {
    var decision = decision
    decision.measureQuestions(cut, in: lines)
    let cast = Cast(cut, decision: decision, header: header, options: options)
    speakers = cast.speakers
    var counter = ScalarCounter(lines.scalars)
    // Most turns have one speaker, and all of a speaker's turns share the list that says so.
    let alone = cast.speakers.indices.map { [$0] }
    turns = cut.map { turn in
      let label = turn.label.flatMap { $0.range.isEmpty ? nil : counter.span($0.range) }
      let only =
        turn.speakers.count == 1 ? cast.index(of: decision.owner(of: turn.speakers[0])) : nil
      return Turn(
        speakers: only.map { alone[$0] }
          ?? turn.speakers.compactMap { cast.index(of: decision.owner(of: $0)) },
        ranges: turn.ranges.map { counter.span($0) }, label: label, start: turn.start,
        end: turn.end, clock: turn.clock, isUncertain: turn.label?.isUncertain ?? false)
    }
    report = Self.report(candidates, decision, cast, cut)
    // A conversation needs somebody who answers.
    let onlyAsk =
      cut.count >= 3 && !speakers.isEmpty && speakers.allSatisfy { $0.role == .interviewer }
    if onlyAsk { report.confidence = .low }
    // Nobody speaks, and many lines look labelled: a talk too short to tell, or something else.
    let refused = report.rejected.filter { !HeaderBlock.isStopLabel(LabelKey.key(of: $0.label)) }
      .reduce(0) { $0 + $1.count }
    if speakers.isEmpty, options.layout == nil,
      refused >= 2, refused * 4 >= lines.lines.count(where: { !$0.isBlank })
    {
      report.confidence = .low
    }
    diagnose(
      cut, candidates, decision, cast, lines, name,
      asked: Set(options.aliases.keys.map(LabelKey.key(of:))))
    if let layout = options.layout, layout != .none,
      let place = diagnostics.firstIndex(where: { $0.id == "transcript.no-speakers" })
    {
      diagnostics[place].notes.append("nothing is labelled in the layout '\(layout.rawValue)'")
    }
    return cast
  }

  /// Takes the word of tables that give most of the turns: a heading says who speaks, however
  /// seldom each does.
  mutating func trust(_ tables: [TurnTable]) {
    guard !tables.isEmpty, report.layout == .table || speakers.isEmpty else { return }
    let isTitled = tables.contains(where: \.isTitled)
    report.confidence = isTitled && !tables.contains(where: \.isSurvey) ? .high : .medium
    if isTitled { diagnostics.removeAll { $0.id == "transcript.layout-uncertain" } }
  }

  private static func report(
    _ candidates: [LabelCandidate], _ decision: LabelDecision, _ cast: Cast, _ cut: [CutTurn]
  ) -> LayoutReport {
    var counts = [Int](repeating: 0, count: cast.speakers.count)
    for turn in cut {
      for key in turn.speakers {
        if let index = cast.index(of: decision.owner(of: key)) { counts[index] += 1 }
      }
    }
    var rejected: [LabelCount] = []
    var places: [Int: Int] = [:]
    for candidate in candidates
    where candidate.form == .marked && decision.speakers(of: candidate) == nil
      && (!candidate.isLoose || decision.doubtful.contains(decision.labels.keys[candidate.key]))
    {
      if let place = places[candidate.key] {
        rejected[place].count += 1
      } else {
        places[candidate.key] = rejected.count
        rejected.append(LabelCount(decision.labels.names[candidate.name], 1))
      }
    }
    return LayoutReport(
      layout: decision.layout, confidence: decision.confidence,
      accepted: zip(cast.speakers, counts).map { LabelCount($0.label, $1) }, rejected: rejected,
      variants: cast.variants.map { SpeakerVariant($0.spelling, of: $0.of, count: $0.count) })
  }

  private mutating func diagnose(
    _ cut: [CutTurn], _ candidates: [LabelCandidate], _ decision: LabelDecision, _ cast: Cast,
    _ lines: Lines, _ name: String, asked: Set<String>
  ) {
    lazy var locator = Locator(lines, name: name)
    for variant in cast.variants
    where !decision.joinsQuestions && !asked.contains(LabelKey.key(of: variant.spelling)) {
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
    if lines.lines.allSatisfy(\.isBlank) { return }
    if cast.speakers.isEmpty {
      diagnostics.append(
        Diagnostic(
          "transcript.no-speakers", .warning, at: locator.place(0),
          cut.count > 1
            ? "no speaker is named; all \(cut.count) turns are of nobody known"
            : "no speaker is named; the whole text is one turn of nobody known",
          notes: report.rejected.prefix(5).map { "'\($0.label)' (\($0.count)) was not taken" },
          solutions: ["name the speakers or the layout if the text is a conversation"]))
      return
    }
    if let first = candidates.first(where: {
      $0.form == .marked && decision.doubtful.contains(decision.labels.keys[$0.key])
    }) {
      let doubtful = Set(decision.doubtful)
      let refused = report.rejected.filter { doubtful.contains(LabelKey.key(of: $0.label)) }
      diagnostics.append(
        Diagnostic(
          "transcript.label-not-taken", .note, at: locator.place(first.label.lowerBound),
          "what stands where labels stand recurs and is not taken for a speaker: "
            + refused.prefix(8).map { "'\($0.label)' (\($0.count))" }.joined(separator: ", "),
          line: locator.line(first.label.lowerBound),
          solutions: ["name those who speak in the option 'speakers'"], count: refused.count))
    }
    if report.confidence == .low {
      diagnostics.append(
        Diagnostic(
          "transcript.layout-uncertain", .warning,
          at: locator.place(cut.first?.label?.range.lowerBound ?? 0),
          "it is uncertain that these are the speakers: "
            + cast.speakers.prefix(8).map { "'\($0.label)'" }.joined(separator: ", "),
          notes: cast.speakers.allSatisfy { $0.role == .interviewer } ? ["nobody answers"] : [],
          solutions: ["name the speakers, or name the layout 'none' if there are none"]))
    }
    let once = onceLabelled(decision.lone)
    if let first = once.first {
      let place = cut.lazy.compactMap(\.label)
        .first { decision.labels.names[$0.name] == first.label }
      diagnostics.append(
        Diagnostic(
          "transcript.label-once", .note, at: locator.place(place?.range.lowerBound ?? 0),
          "beside those who speak in turn, a label stands once and is taken for a speaker: "
            + once.prefix(8).map { "'\($0.label)'" }.joined(separator: ", "),
          line: place.map { locator.line($0.range.lowerBound) },
          solutions: ["name it in 'not-speakers' if it is part of what is said"],
          count: once.count))
    }
    for (rare, near) in similarLabels(cast) {
      let place = cut.lazy.compactMap(\.label)
        .first { decision.labels.names[$0.name] == rare.label }
      diagnostics.append(
        Diagnostic(
          "transcript.label-similar", .warning, at: locator.place(place?.range.lowerBound ?? 0),
          "the label '\(rare.label)' may be a slip for '\(near)'", raw: rare.label,
          solutions: ["correct the label if it is a slip; it is kept as a speaker of its own"],
          count: rare.count))
    }
  }

  /// Reports what only running text has: times of the day, and words under a heading.
  mutating func diagnose(_ times: TurnTimes, _ cutter: TurnCutter, _ lines: Lines, _ name: String) {
    lazy var locator = Locator(lines, name: name)
    if let first = cutter.unattributed.first {
      diagnostics.append(
        Diagnostic(
          "transcript.unattributed-text", .note, at: locator.place(first),
          "text after a heading, a rule or a table has no label and is given to nobody",
          line: locator.line(first), solutions: ["put the speaker's label before it"],
          count: cutter.unattributed.count))
    }
    if let first = cutter.inside.first {
      diagnostics.append(
        Diagnostic(
          "transcript.turn-inside-paragraph", .warning, at: locator.place(first),
          "a speaker's label in the middle of a paragraph is taken for the start of a turn",
          line: locator.line(first),
          solutions: ["begin a new paragraph there, or reword it if nobody begins to speak"],
          count: cutter.inside.count))
    }
    if times.isElsewhere {
      let place = times.position == .start ? "before" : "after"
      diagnostics.append(
        Diagnostic(
          "transcript.timestamps-elsewhere", .warning, at: locator.place(0),
          "no time stands where 'timestamps' says; those \(place) the words are taken for their "
            + (times.position == .start ? "start" : "end"),
          solutions: ["leave 'timestamps' out, or write the times where it says"]))
    }
    if times.guessesFrames {
      diagnostics.append(
        Diagnostic(
          "transcript.frames-assumed", .note, at: locator.place(0),
          "the two digits after the seconds stay below 30 and are read as frames of film",
          solutions: ["set 'time-notation' to 'decimal' if they are hundredths of a second"]))
    }
    reportRollovers(times.rollovers, name)
  }

  /// Reports that a clock of the day passes midnight.
  mutating func reportRollovers(_ count: Int, _ name: String) {
    if count == 0 { return }
    diagnostics.append(
      Diagnostic(
        "transcript.clock-rollover", .note, at: .file(name, line: 1, column: 1),
        "the clock of the day passes midnight; times go on beyond 24 hours", count: count))
  }

  /// Reports names that a caller gives and that label nothing.
  mutating func reportMissing(_ names: [String], _ name: String) {
    let found = Set(speakers.flatMap { [$0.label] + $0.variants }.map(LabelKey.key(of:)))
    let missing = names.filter { !found.contains(LabelKey.key(of: $0)) }
    if missing.isEmpty { return }
    diagnostics.append(
      Diagnostic(
        "transcript.speaker-not-found", .warning, at: .file(name, line: 1, column: 1),
        "nothing is labelled with the given name of a speaker: "
          + missing.map { "'\($0)'" }.joined(separator: ", "),
        solutions: ["write the names in 'speakers' as they stand before the words"],
        count: missing.count))
  }

  // Roles that stand once where two others at least speak often, as in `E: the stairs` in a list, and
  // names that stand once.
  private func onceLabelled(_ names: Set<String>) -> [LabelCount] {
    let areOften = report.accepted.count { $0.count >= 5 } >= 2
    return report.accepted.filter { label in
      let key = LabelKey.key(of: label.label)
      if label.count == 1, names.contains(key) { return true }
      return areOften && label.count == 1 && !key.contains(where: \.isNumber)
        && RoleWord.of(key).map { $0.role != .collective && $0.role != .unknown } == true
    }
  }

  // The same full name with another title, which stands more often or earlier: `Mr. Adam Back` and
  // `Dr. Adam Back`.
  private func titledOtherwise(_ rare: LabelCount) -> String? {
    let name = PersonName(rare.label.lowercased()[...])
    guard !name.title.isEmpty, name.words.count >= 2,
      let place = report.accepted.firstIndex(where: { $0.label == rare.label })
    else { return nil }
    let other = report.accepted.enumerated().first { index, label in
      let other = PersonName(label.label.lowercased()[...])
      return other.name == name.name && !other.title.isEmpty && other.title != name.title
        && (label.count, -index) > (rare.count, -place)
    }
    return other?.element.label
  }

  // Labels met once or twice that differ by a slip from one that is met often.
  private func similarLabels(_ cast: Cast) -> [(rare: LabelCount, near: String)] {
    guard cast.speakers.count <= 40 else { return [] }
    return report.accepted.compactMap { rare in
      guard rare.count <= 2, rare.label.count >= 5 else { return nil }
      // `P10` is no slip for `P11`.
      let number = rare.label.filter(\.isNumber)
      let accented = report.accepted.first {
        $0.count > rare.count
          && LabelDecision.differByAccents($0.label.lowercased(), rare.label.lowercased())
      }
      if let accented { return (rare, accented.label) }
      if let other = titledOtherwise(rare) { return (rare, other) }
      let near = report.accepted.first {
        $0.count >= 5 && $0.label != rare.label
          && (number.isEmpty || number == $0.label.filter(\.isNumber))
          && Suggestion.distance($0.label.lowercased(), rare.label.lowercased()) <= 2
      }
      if let near { return (rare, near.label) }
      let key = LabelKey.key(of: rare.label)
      let word = report.accepted.first {
        $0.count > rare.count && LabelDecision.isSlip(key, for: LabelKey.key(of: $0.label))
      }
      return word.map { (rare, $0.label) }
    }
  }
}
