internal import QDACore

/// Makes a transcript of a file in CHAT, whose text is the file's.
///
/// Every main tier is a turn. Headers, codes of speakers, dependent tiers and bullets are marks.
struct ChatTranscript {
  private let text: Lines
  private let name: String
  private var analysis = TranscriptAnalysis()
  private var turns: [CutTurn] = []
  private var marks: [CutMark] = []
  private let knowledge: LabelKnowledge
  private var decision: LabelDecision
  private var header = HeaderBlock()
  /// What dependent tiers say, with the words that it is about.
  private var codings: [(TierCoding, words: Range<Int>?)] = []
  private var strays: [Int] = []
  private let namesSpeakers: Bool

  /// What a line with its continuations is.
  private enum Block {
    case header
    case main
    case dependent
  }

  static func read(_ text: String, name: String, options: TranscriptOptions) -> Rendered {
    var transcript = ChatTranscript(text, name: name, options: options)
    transcript.readBlocks()
    transcript.decision.nameByVoice()
    let cut = transcript.turns
    transcript.analysis.fill(
      cut, decision: transcript.decision, lines: transcript.text, name: name, options: options,
      header: transcript.header)
    transcript.reportStrays()
    transcript.reportEnd()
    var counter = ScalarCounter(transcript.text.scalars)
    transcript.analysis.marks = transcript.marks.sorted { $0 < $1 }.map { $0.mark(&counter) }
    var rendered = Rendered(text, transcript.analysis)
    rendered.codings = transcript.codings.map { coding, words in
      var coding = coding
      coding.span = words.map { counter.span($0) }
      return coding
    }
    return rendered
  }

  private init(_ string: String, name: String, options: TranscriptOptions) {
    text = Lines(string)
    self.name = name
    namesSpeakers = options.layout != Layout.none
    knowledge = LabelKnowledge(options)
    decision = LabelDecision(knowledge)
  }

  private mutating func readBlocks() {
    var index = 0
    while index < text.lines.count {
      var end = index + 1
      while end < text.lines.count, continues(end) { end += 1 }
      read(index..<end)
      index = end
    }
  }

  // A line that begins with white goes on with the one before.
  private func continues(_ index: Int) -> Bool {
    let line = text.lines[index]
    return !line.isBlank && line.content > line.start
  }

  private mutating func read(_ block: Range<Int>) {
    let line = text.lines[block.lowerBound]
    guard !line.isBlank else { return }
    switch text.scalars[line.start] {
    case "@": readHeader(block)
    case "*": readMain(block)
    case "%": readDependent(block)
    default: strays.append(line.content)
    }
  }

  // The colon after a code or a header's name, which has no white before it.
  private func colon(in line: Lines.Line) -> Int? {
    let limit = min(line.contentEnd, line.start + 80)
    for index in line.start..<limit {
      if text.scalars[index] == ":" { return index }
      if text.scalars[index] == "\t" { return nil }
    }
    return nil
  }

  // MARK: - Headers

  private mutating func readHeader(_ block: Range<Int>) {
    for index in block {
      let line = text.lines[index]
      add(.header, line.content..<line.contentEnd)
    }
    let line = text.lines[block.lowerBound]
    guard let colon = colon(in: line) else { return }
    let name = text.string(line.start + 1..<colon)
    let value = content(of: block, after: colon + 1).joined(separator: " ")
    if value.isEmpty { return }
    analysis.metadata.append(MetadataField(name: name, value: value))
    if name == "Participants" { readParticipants(value) }
  }

  // `CHI Ruth Target_Child, INV Investigator`
  private mutating func readParticipants(_ value: String) {
    for entry in value.split(separator: ",") {
      let words = entry.split(whereSeparator: \.isWhitespace)
      guard words.count >= 2, let code = words.first, let role = words.last else { continue }
      // A mother who asks questions is no interviewer.
      header.roles[LabelKey.key(of: String(code))] = Self.role(String(role)) ?? .unknown
    }
  }

  /// What part a role of CHAT plays.
  static func role(_ role: String) -> SpeakerRole? { roles[role.lowercased()] }

  private static let roles: [String: SpeakerRole] = [
    "investigator": .interviewer, "interviewer": .interviewer, "therapist": .interviewer,
    "clinician": .interviewer, "target_child": .participant, "target_adult": .participant,
    "participant": .participant, "subject": .participant, "informant": .participant,
    "patient": .participant, "student": .participant, "narrator": .participant,
    "group": .collective, "audience": .collective, "unidentified": .unknown,
  ]

  // MARK: - Tiers

  private mutating func readMain(_ block: Range<Int>) {
    let line = text.lines[block.lowerBound]
    guard let colon = colon(in: line), colon > line.start + 1 else {
      strays.append(line.content)
      return
    }
    let code = line.start + 1..<colon
    var words = colon + 1
    while words < line.contentEnd, text.scalars[words].isLayoutSpace { words += 1 }
    add(.label, line.start..<words)
    let key = knowledge.key(of: text.string(code))
    var turn = CutTurn()
    if namesSpeakers {
      let speaker = decision.add(voice: key)
      turn.speakers = [speaker]
      turn.label = CutLabel(
        range: code, mark: line.start..<words, name: decision.number(ofName: text.string(code)))
    }
    for index in block {
      let line = text.lines[index]
      if index > block.lowerBound { add(.markup, line.start..<line.content) }
      let start = index == block.lowerBound ? words : line.content
      cut(start..<max(start, line.contentEnd), into: &turn)
    }
    turns.append(turn)
  }

  // Takes the bullets out of a line: `␕1200_3400␕`, in old files `␕%snd:"tape"_1200_3400␕`.
  private mutating func cut(_ range: Range<Int>, into turn: inout CutTurn) {
    var start = range.lowerBound
    var index = start
    while index < range.upperBound {
      guard text.scalars[index] == "\u{15}",
        let close = text.scalars.utf8[(index + 1)..<min(range.upperBound, index + 200)]
          .firstIndex(of: 0x15)
      else {
        index += 1
        continue
      }
      addWords(start..<index, to: &turn)
      if let (from, to) = Self.times(text.scalars[(index + 1)..<close]) {
        add(.timestamp(TranscriptTime(start: from, end: to)), index..<close + 1)
        turn.start = turn.start ?? from
        turn.end = to
      } else {
        add(.markup, index..<close + 1)
      }
      index = close + 1
      start = index
    }
    addWords(start..<range.upperBound, to: &turn)
  }

  private func addWords(_ range: Range<Int>, to turn: inout CutTurn) {
    var range = range
    range = text.trimmingEnd(of: range)
    range = text.skipSpaces(from: range.lowerBound, to: range.upperBound)..<range.upperBound
    if !range.isEmpty { turn.ranges.append(range) }
  }

  private static func times(_ bullet: ArraySlice<Unicode.Scalar>) -> (start: Int, end: Int)? {
    let parts = bullet.split(separator: "_").suffix(2).map {
      Int(String(String.UnicodeScalarView($0)))
    }
    guard parts.count == 2, let start = parts[0], let end = parts[1], start >= 0, end >= 0 else {
      return nil
    }
    return (start, end)
  }

  private mutating func readDependent(_ block: Range<Int>) {
    for index in block {
      let line = text.lines[index]
      add(.markup, line.start..<line.contentEnd)
    }
    let line = text.lines[block.lowerBound]
    guard let colon = colon(in: line), let last = turns.last else {
      strays.append(line.content)
      return
    }
    let tier = text.string(line.start + 1..<colon)
    let value = content(of: block, after: colon + 1).joined(separator: " ")
    if tier == "snd" || tier == "mov" {
      let words = Array(value.unicodeScalars)
      if last.start == nil, let (start, end) = Self.times(words[...]) {
        turns[turns.count - 1].start = start
        turns[turns.count - 1].end = end
      }
    } else if !value.isEmpty, !Self.analyses.contains(tier) {
      let words = last.ranges.first.map {
        $0.lowerBound..<(last.ranges.last?.upperBound ?? $0.upperBound)
      }
      codings.append(
        (TierCoding(tier: tier, value: value, start: last.start, end: last.end), words))
    }
  }

  // Tiers that say over again, word by word, what was said.
  private static let analyses: Set<String> = [
    "mor", "gra", "trn", "grt", "umor", "ugra", "pho", "mod", "wor", "tim", "xpho", "xmod",
    "modsyl", "phosyl", "phoaln",
  ]

  // MARK: - Places

  private func content(of block: Range<Int>, after start: Int) -> [String] {
    block.compactMap { index in
      let line = text.lines[index]
      var from = index == block.lowerBound ? start : line.content
      while from < line.contentEnd, text.scalars[from].isLayoutSpace { from += 1 }
      return from < line.contentEnd ? text.string(from..<line.contentEnd) : nil
    }
  }

  private mutating func add(_ kind: Mark.Kind, _ range: Range<Int>) {
    if !range.isEmpty { marks.append(CutMark(kind: kind, range: range)) }
  }

  private mutating func reportEnd() {
    let filled = text.lines.filter { !$0.isBlank }
    guard let last = filled.last,
      filled.prefix(8).contains(where: { text.string($0.start..<$0.contentEnd) == "@Begin" }),
      text.string(last.start..<last.contentEnd) != "@End"
    else { return }
    let locator = Locator(text, name: name)
    analysis.diagnostics.append(
      Diagnostic(
        "chat.truncated", .warning, at: locator.place(last.start),
        "the file ends without @End; its last lines may be cut off",
        line: locator.line(last.start), solutions: ["fetch or export the file again"]))
  }

  private mutating func reportStrays() {
    guard let first = strays.first else { return }
    let locator = Locator(text, name: name)
    analysis.diagnostics.append(
      Diagnostic(
        "chat.line-unread", .warning, at: locator.place(first),
        "lines are no header, main tier or dependent tier, and are given to nobody",
        line: locator.line(first),
        solutions: ["begin a main tier with '*', the speaker's code and a colon"],
        count: strays.count))
  }
}
