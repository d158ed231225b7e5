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
  /// - Parameters:
  ///   - cells: The cells of tables, in which a name alone is no label, in order.
  ///   - tables: The tables that hold turns, in order.
  ///   - headings: The paragraphs that are headings, in order.
  ///   - fields: What the document says of itself in other tables.
  ///   - times: Where a time begins of which the milliseconds are known, in order.
  init(
    _ text: Lines, name: String, options: TranscriptOptions, isMarkdown: Bool,
    cells: [TextSpan] = [], tables: [TurnTable] = [], headings: [TextSpan] = [],
    fields: [MetadataField] = [],
    times known: [(start: Int, milliseconds: Int)] = []
  ) {
    var text = text
    text.shorthand =
      options.timeNotation == .nvivo ? NVivoTimes.find(in: text) : DottedTimes.find(in: text)
    var kinds = LineKinds(
      text, isMarkdown: isMarkdown, options: options, tables: tables.map(\.extent))
    kinds.mark(headings: headings)
    kinds.header.add(fields)
    var knowledge = LabelKnowledge(options, legend: kinds.header.legend)
    knowledge.introduced = Set(kinds.header.roles.keys)
    var scanner = LabelScanner(text: text, readsMarkdown: isMarkdown, given: knowledge.given)
    var candidates: [LabelCandidate] = []
    for index in text.lines.indices
    where kinds.kinds[index] == .text || kinds.kinds[index] == .heading {
      let found = scanner.candidate(line: index, from: kinds.content(ofLine: index))
      // An introduction writes names before colons, too, and nobody speaks in it.
      if let found, index >= kinds.header.introducedLine || found.layout != .inline {
        candidates.append(found)
      }
    }
    scanner.takeDashes(&candidates)
    scanner.takeInitials(&candidates)
    if options.layout == nil { Self.leaveOutNames(in: cells, &candidates, text) }
    Self.readNamesBesideTimes(&candidates, kinds)
    switch options.layout {
    case nil: Self.readTimedTitles(&candidates, scanner.labels, &knowledge)
    case .bold where !candidates.contains { $0.layout == .bold }:
      Self.take(.bold, of: &candidates) { $0.isBareTitle && $0.title == .bold }
    case .timeFirst:
      Self.take(.timeFirst, of: &candidates) {
        ($0.isBareTitle || $0.layout == .bold) && !$0.stamps.isEmpty
      }
    default: break
    }
    let given = Set(knowledge.given.compactMap(scanner.labels.knownNumber(ofKey:)))
    Self.sift(&candidates, kinds, known: given, labels: scanner.labels)
    Self.leaveOutLegend(&candidates, text, scanner.labels)
    Self.leaveOutBlanks(&candidates, text, scanner.labels, known: given)
    Self.leaveOutQuoted(&candidates, kinds)
    if given.isEmpty { Self.takeTimed(&candidates, kinds) }
    Self.takeLooseStamps(&candidates, text)
    Self.takeGlued(&candidates, scanner.labels)
    let inline = candidates
    var tabled = tables.map { $0.talk(&scanner.labels, options: options) }
    candidates += tabled.flatMap(\.candidates)
    let decision = LabelDecision(
      candidates, labels: scanner.labels,
      units: Self.units(kinds) + tables.reduce(0) { $0 + $1.rowCount },
      knowledge: knowledge,
      acceptsDottedVariants: text.holds(0x23))
    var cutter = TurnCutter(
      kinds: kinds, candidates: inline, decision: decision,
      seeksInnerLabels: !options.ignored.contains(.innerLabels))
    var cut = cutter.takeTurns()
    var places = ScalarCounter(text.scalars)
    let exact = known.map { start, milliseconds in
      (places.range(TextSpan(scalars: start..<start)).lowerBound, milliseconds)
    }
    let times = TurnTimes(
      &cut, cutter, options: options, exact: Dictionary(exact, uniquingKeysWith: { $1 }))
    for index in tabled.indices { tabled[index].name(by: decision) }
    Self.insert(tabled, of: tables, into: &cut)
    var counter = ScalarCounter(text.scalars)
    marks = (cutter.marks + times.marks + tabled.flatMap(\.marks)).sorted { $0 < $1 }
      .map { $0.mark(&counter) }
    var header = kinds.header
    if !options.ignored.contains(.header) {
      header.readSentences(text, before: cut.first?.label?.mark.lowerBound ?? 0)
    }
    metadata = header.fields
    fill(
      cut, decision: cutter.decision, candidates: candidates, lines: text, name: name,
      options: options,
      header: header)
    trust(tables)
    report.timestampPosition =
      times.position
      ?? (tabled.contains { $0.turns.contains { $0.start != nil } } ? .start : nil)
    report.isWrapped = kinds.isWrapped
    if report.layout == .inline, times.position == .end { report.layout = .timeLast }
    diagnose(times, cutter, text, name)
    reportRollovers(tabled.reduce(0) { $0 + $1.rollovers }, name)
    reportMissing(options.speakers, name)
  }

  /// Creates an analysis that has found nothing yet.
  init() {}

  // Puts the turns of tables between those before and after each.
  private static func insert(
    _ talks: [TurnTable.Talk], of tables: [TurnTable], into turns: inout [CutTurn]
  ) {
    if tables.isEmpty { return }
    var all: [CutTurn] = []
    var rest = turns[...]
    for (talk, table) in zip(talks, tables) {
      let before = rest.prefix { turn in
        let start = turn.label?.mark.lowerBound ?? turn.ranges.first?.lowerBound
        return start.map { $0 < table.extent.lowerBound } ?? true
      }
      all += before
      all += talk.turns
      rest = rest.dropFirst(before.count)
    }
    turns = all + rest
  }

  // MARK: - Candidates

  // What stands alone in a cell stands there because of the table.
  private static func leaveOutNames(
    in cells: [TextSpan], _ candidates: inout [LabelCandidate], _ text: Lines
  ) {
    var counter = ScalarCounter(text.scalars)
    var cells = cells.lazy.map { counter.range($0) }.makeIterator()
    var cell = cells.next()
    candidates.removeAll { candidate in
      let line = text.lines[candidate.line]
      while let current = cell, current.upperBound < line.end { cell = cells.next() }
      return candidate.form == .bare && cell.map { $0.lowerBound <= line.start } == true
    }
  }

  // A time on a line of its own, a name on the next and the words below, as Teams wrote it; or the
  // name first and the time below it.
  private static func readNamesBesideTimes(
    _ candidates: inout [LabelCandidate], _ kinds: LineKinds
  ) {
    let text = kinds.text
    var places: [Int: Int] = [:]
    for (place, candidate) in candidates.enumerated()
    where candidate.layout == .standalone && candidate.form == .bare && !candidate.isWeak {
      places[candidate.line] = place
    }
    var found: [Int: [(place: Int, stamp: Timecode)]] = [:]
    var stamps = 0
    for index in kinds.kinds.indices where kinds.kinds[index] == .stamp {
      let line = text.lines[index]
      guard
        let stamp = Timecode.read(
          text.scalars, at: kinds.content(ofLine: index), limit: line.contentEnd)
      else { continue }
      stamps += 1
      for (step, words) in [(1, 2), (-1, 1)] {
        guard let place = places[index + step], index + words < text.lines.count,
          kinds.kinds[index + words] == .text, places[index + words] == nil
        else { continue }
        found[step, default: []].append((place, stamp))
      }
    }
    for step in [1, -1] {
      guard let named = found[step], named.count >= 2, named.count * 10 >= stamps * 8 else {
        continue
      }
      let keys = Set(named.map { candidates[$0.place].key })
      guard keys.count * 3 <= named.count * 2 else { continue }
      for (place, stamp) in named {
        candidates[place].form = .marked
        candidates[place].layout = .timeFirst
        candidates[place].stamps = [stamp]
      }
      return
    }
  }

  // `### [00:12] Ana` above the words: names that recur, below each of which no label recurs. What is
  // labelled there, such as each of two languages, is the speaker's.
  private static func readTimedTitles(
    _ candidates: inout [LabelCandidate], _ labels: Labels, _ knowledge: inout LabelKnowledge
  ) {
    func isTimed(_ one: LabelCandidate) -> Bool {
      one.isBareTitle && !one.stamps.isEmpty && !one.isWeak
    }
    let timed = candidates.filter(isTimed)
    let keys = Set(timed.map(\.key))
    guard timed.count >= 3, keys.count * 3 <= timed.count * 2 else { return }
    let recurring = keys.count { key in timed.count { $0.key == key } > 1 }
    var below: Set<Int> = []
    for candidate in candidates {
      if isTimed(candidate) {
        below = []
      } else if candidate.form == .marked, !candidate.isWeak,
        !HeaderBlock.isStopLabel(labels.keys[candidate.key])
      {
        // Chapters recur, too, but hardly two of them.
        guard recurring >= 2, below.insert(candidate.key).inserted else { return }
      }
    }
    candidates.removeAll {
      $0.title == nil && !keys.contains($0.key)
        && !knowledge.known.contains(labels.keys[$0.key])
    }
    knowledge.known.formUnion(
      keys.map { labels.keys[$0] }.filter { !HeaderBlock.isStopLabel($0) })
    knowledge.known.subtract(knowledge.rejected)
    take(.timeFirst, of: &candidates, where: isTimed)
  }

  // Takes titles, or other candidates, for labels of a layout.
  private static func take(
    _ layout: Layout, of candidates: inout [LabelCandidate],
    where isLabel: (LabelCandidate) -> Bool
  ) {
    for index in candidates.indices where isLabel(candidates[index]) {
      candidates[index].form = .marked
      candidates[index].layout = layout
    }
  }

  // `Ana:`, a tab, `00:12`, a tab and the words, as some services write it before every turn.
  private static func takeLooseStamps(_ candidates: inout [LabelCandidate], _ text: Lines) {
    let marked = candidates.count { $0.form == .marked && !$0.isWeak }
    let loose = candidates.count(where: \.hasLooseStamp)
    guard loose >= 2, loose * 2 >= marked else { return }
    for index in candidates.indices {
      let end = text.lines[candidates[index].line].contentEnd
      guard candidates[index].hasLooseStamp,
        let stamp = text.looseStamp(at: candidates[index].mark.upperBound, limit: end)
      else { continue }
      let words = text.skipSpaces(from: stamp.range.upperBound, to: end)
      candidates[index].stamps = [stamp]
      candidates[index].mark = candidates[index].mark.lowerBound..<words
      candidates[index].hasText = words < end
      candidates[index].layout = .stamped
    }
  }

  // Labels without a space after the colon, in a document that writes them so: most recur.
  private static func takeGlued(_ candidates: inout [LabelCandidate], _ labels: Labels) {
    let glued = candidates.filter { $0.isGlued }
    let marked = candidates.count { $0.form == .marked && !$0.isLoose }
    guard glued.count >= 4, glued.count * 2 >= marked,
      Set(glued.map(\.key)).count * 2 <= glued.count
    else { return }
    for index in candidates.indices where candidates[index].isGlued {
      let key = labels.keys[candidates[index].key]
      // What begins with a small letter is weak for that reason.
      let label = labels.names[candidates[index].name].unicodeScalars
      if label.first?.properties.isLowercase != true, !HeaderBlock.isStopLabel(key) {
        candidates[index].isWeak = false
      }
    }
  }

  // Puts aside what stands where a label does because of how the lines were cut.
  private static func sift(
    _ candidates: inout [LabelCandidate], _ kinds: LineKinds, known: Set<Int>, labels: Labels
  ) {
    let indents = candidates.lazy.filter { $0.form == .marked && !$0.isWeak }
      .map { kinds.text.lines[$0.line].indent }
    let least = indents.min() ?? 0
    for index in candidates.indices {
      let line = candidates[index].line
      if kinds.text.lines[line].indent > least + 2, kinds.number(ofLine: line) == nil {
        candidates[index].isDeep = true
      }
    }
    guard kinds.isWrapped else { return }
    let doubted = candidates.map { candidate in
      (candidate.layout == .inline || candidate.layout == .standalone)
        && continues(candidate.line, kinds)
    }
    // A label that stands elsewhere too is one, however the line before it ends, unless its words go
    // on with a sentence.
    var sure: [Int: Int] = [:]
    for (candidate, isDoubted) in zip(candidates, doubted) where !isDoubted {
      if candidate.form == .marked { sure[candidate.key, default: 0] += 1 }
    }
    candidates = zip(candidates, doubted).compactMap { candidate, isDoubted in
      let count = sure[candidate.key, default: 0]
      let words = candidate.mark.upperBound
      let goesOn =
        words < kinds.text.lines[candidate.line].contentEnd
        && kinds.text.scalars[words].properties.isLowercase
      let isSure =
        candidate.form == .marked && !goesOn
        && (count >= 2 || known.contains(candidate.key)
          || count == 1 && RoleWord.of(labels.keys[candidate.key])?.isWord == true)
      return isDoubted && !isSure ? nil : candidate
    }
  }

  // Whether a line goes on with the sentence of a full line before it.
  private static func continues(_ index: Int, _ kinds: LineKinds) -> Bool {
    guard index > 0, kinds.kinds[index - 1] == .text else { return false }
    let before = kinds.text.lines[index - 1]
    guard kinds.text.width(ofLine: index - 1) >= 50, before.contentEnd > before.content else {
      return false
    }
    let last = kinds.text.scalars[before.contentEnd - 1]
    return ![".", "?", "!", "…", "\"", "”", ")", "]", "#", ":"].contains(last)
  }

  // The paragraphs that may begin with a label: blocks where blank lines part them, else lines, and
  // of lines cut at a width those that follow a short one.
  private static func units(_ kinds: LineKinds) -> Int {
    var blocks = 0
    var lines = 0
    var paragraphs = 0
    var blanks = 0
    var wasBlank = true
    var wasFull = false
    for (index, kind) in kinds.kinds.enumerated() {
      if kind == .blank {
        blanks += 1
      } else if ![.field, .header, .number, .furniture, .table].contains(kind) {
        lines += 1
        if wasBlank { blocks += 1 }
        if !wasFull { paragraphs += 1 }
      }
      wasBlank = kind == .blank
      wasFull = kind == .text && kinds.isWrapped && kinds.isFull(index)
    }
    return blanks * 5 >= lines ? blocks : paragraphs
  }
}
