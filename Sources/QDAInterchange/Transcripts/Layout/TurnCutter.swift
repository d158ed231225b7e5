internal import QDACore

/// Cuts a document into turns once it is known which labels are speakers.
struct TurnCutter {
  private let kinds: LineKinds
  private let candidates: [LabelCandidate]
  private(set) var decision: LabelDecision
  private let seeksInnerLabels: Bool

  private(set) var turns: [CutTurn] = []
  private(set) var marks: [CutMark] = []
  private(set) var stamps: [CutStamp] = []
  /// The time that stands alone after the last words, if any.
  private(set) var closing: Timecode?
  /// Stamps as f4 writes them, at the ends and at the starts of lines.
  private(set) var hashedAtEnd = 0
  private(set) var hashedAtStart = 0
  /// Times on lines of their own below the words of a turn.
  private(set) var below = 0
  /// Turns that begin without a label, after a heading or the like.
  private(set) var unattributed: [Int] = []
  /// Labels in the middle of a paragraph.
  private(set) var inside: [Int] = []

  var text: Lines { kinds.text }
  private var isOpen = false
  private var canExtend = false
  private var pending: Timecode?
  private var header: Range<Int>?
  private var inTrailer = false
  private var passedTable = false
  private var hasBegun: Bool { passedTable || !turns.isEmpty }

  init(
    kinds: LineKinds, candidates: [LabelCandidate], decision: LabelDecision,
    seeksInnerLabels: Bool
  ) {
    self.seeksInnerLabels = seeksInnerLabels
    self.kinds = kinds
    self.candidates = candidates
    self.decision = decision
    if decision.speakerKeys.isEmpty { cutNarrative() } else { cutDialogue() }
    close()
    if let header, !header.isEmpty { add(.header, header) }
    closing = turns.isEmpty ? nil : pending
  }

  /// Hands the turns over.
  mutating func takeTurns() -> [CutTurn] {
    defer { turns = [] }
    return turns
  }

  // MARK: - Dialogue

  private mutating func cutDialogue() {
    var next = 0
    for index in text.lines.indices {
      let kind = kinds.kinds[index]
      if kind == .blank { continue }
      while next < candidates.count, candidates[next].line < index { next += 1 }
      if next < candidates.count, candidates[next].line == index,
        let speakers = decision.speakers(of: candidates[next])
      {
        begin(candidates[next], speakers, line: index)
        continue
      }
      let line = text.lines[index]
      if let number = kinds.number(ofLine: index), !turns.isEmpty { add(.number, number) }
      let content = kinds.content(ofLine: index)
      switch kind {
      case .furniture:
        furniture(line)
      case .number:
        if content < line.contentEnd { add(.number, content..<line.contentEnd) }
        canExtend = false
      case .table:
        close()
        (pending, inTrailer, passedTable) = (nil, false, true)
      case .blank, .field, .header:
        extendHeader(line)
      case .rule
      where isOpen && turns.last?.ranges.isEmpty == true && !text.lines[index - 1].isBlank
        && index + 1 < text.lines.count && !text.lines[index + 1].isBlank:
        // A rule that sets off a label.
        add(.heading, content..<line.contentEnd)
      case .rule, .heading:
        if let stamp = headingStamp(content..<line.contentEnd) { pending = stamp }
        guard beginsAfterTalk(line) else { continue }
        add(.heading, content..<line.contentEnd)
        close()
      case .trailer:
        guard beginsAfterTalk(line) else { continue }
        add(.trailer, content..<line.contentEnd)
        close()
        inTrailer = true
      case .event:
        guard beginsAfterTalk(line) else { continue }
        add(.event, content..<line.contentEnd)
        canExtend = false
      case .stamp:
        let isBelow = kinds.stampsAreBelow && isOpen && turns.last?.ranges.isEmpty == false
        let code = stamp(alone: content..<line.contentEnd, isBelow ? .after : .before)
        if isBelow, let last = turns.indices.last {
          turns[last].trail = code
          below += 1
        } else {
          pending = code
        }
        if !hasBegun { extendHeader(line) }
        canExtend = false
      case .text:
        guard beginsAfterTalk(line) else { continue }
        if inTrailer {
          add(.trailer, content..<line.contentEnd)
        } else {
          continueTurn(line: index)
        }
      }
    }
  }

  private mutating func beginsAfterTalk(_ line: Lines.Line) -> Bool {
    if hasBegun { return true }
    extendHeader(line)
    return false
  }

  private mutating func extendHeader(_ line: Lines.Line) {
    let start = header?.lowerBound ?? line.content
    header = start..<max(start, line.contentEnd)
  }

  private mutating func begin(_ candidate: LabelCandidate, _ speakers: [Int], line index: Int) {
    close()
    inTrailer = false
    let line = text.lines[index]
    if let number = kinds.number(ofLine: index) { add(.number, number) }
    add(.label, candidate.mark)
    for stamp in candidate.stamps {
      // One on a line of its own is there already.
      if (line.start..<line.end).contains(stamp.range.lowerBound) {
        stamps.append(CutStamp(code: stamp, range: stamp.range, place: .before))
      }
      if stamp.style == .hashed { hashedAtStart += 1 }
    }
    var turn = CutTurn(speakers: speakers, label: CutLabel(candidate))
    turn.lead = candidate.stamps.first ?? pending
    pending = nil
    turns.append(turn)
    isOpen = true
    canExtend = false
    if candidate.hasText { addTurns(candidate.mark.upperBound..<line.contentEnd, line: index) }
  }

  // A lost paragraph mark leaves two turns in one paragraph: a label that is known to be one,
  // after the end of a sentence and with its colon close by, begins the next.
  private mutating func addTurns(_ range: Range<Int>, line index: Int) {
    let utf8 = text.scalars.utf8
    var start = range.lowerBound
    var position = seeksInnerLabels ? start : range.upperBound
    while position < range.upperBound {
      position = utf8.first(UInt8(ascii: ":"), in: position..<range.upperBound)
      if position < range.upperBound,
        let (label, key) = label(endingAt: position, after: start, range)
      {
        addWords(text.trimmingEnd(of: start..<label.lowerBound))
        let words = text.skipSpaces(from: position + 1, to: range.upperBound)
        let candidate = LabelCandidate(
          line: index, layout: .inline, form: .marked, label: label,
          mark: label.lowerBound..<words, stamps: [],
          name: decision.number(ofName: text.string(label)), key: key, isUncertain: false,
          isWeak: false, hasText: words < range.upperBound)
        if let speakers = decision.speakers(of: candidate) {
          close()
          add(.label, candidate.mark)
          inside.append(label.lowerBound)
          turns.append(CutTurn(speakers: speakers, label: CutLabel(candidate)))
          isOpen = true
          canExtend = false
        }
        start = words
        position = words
      } else {
        position += 1
      }
    }
    addWords(start..<range.upperBound)
  }

  private mutating func continueTurn(line index: Int) {
    let line = text.lines[index]
    var start = kinds.content(ofLine: index)
    if !isOpen {
      if hasBegun { unattributed.append(start) }
      turns.append(CutTurn(lead: pending))
      pending = nil
      isOpen = true
      canExtend = false
    } else if let last = turns.indices.last {
      // A time above the first words of a turn is the turn's; one above later words is theirs.
      if turns[last].lead == nil, turns[last].ranges.isEmpty { turns[last].lead = pending }
      pending = nil
    }
    if let number = kinds.number(ofLine: index) {
      // White after a number may align overlapping words.
      canExtend = false
      start = min(number.upperBound, line.contentEnd)
    } else if let stamp = text.stamp(at: start, limit: line.contentEnd),
      stamp.style != .bare || stamp.end != nil || text.shorthand[start] != nil
    {
      stamps.append(CutStamp(code: stamp, range: stamp.range, place: .before))
      if stamp.style == .hashed { hashedAtStart += 1 }
      start = text.skipSpaces(from: stamp.range.upperBound, to: line.contentEnd)
      if start < line.contentEnd, ["-", "–"].contains(text.scalars[start]),
        case let next = text.scalars.after(start), next < line.contentEnd,
        text.scalars[next].isLayoutSpace
      {
        let words = text.skipSpaces(from: next, to: line.contentEnd)
        add(.markup, start..<words)
        start = words
      }
      // Where the label has no time, that of its first line is the turn's.
      if let last = turns.indices.last {
        if turns[last].lead == nil, turns[last].ranges.isEmpty { turns[last].lead = stamp }
        if stamp.end != nil { turns[last].last = stamp }
      }
      canExtend = false
    }
    addTurns(start..<max(start, line.contentEnd), line: index)
  }

  private mutating func addWords(_ whole: Range<Int>) {
    let tag = closingTag(of: whole)
    if let tag { add(.markup, tag) }
    let range = text.trimmingEnd(of: whole.lowerBound..<(tag?.lowerBound ?? whole.upperBound))
    guard !range.isEmpty, !turns.isEmpty else { return }
    let last = turns.count - 1
    let joined: Range<Int>
    if canExtend, let previous = turns[last].ranges.last {
      turns[last].ranges.removeLast()
      joined = previous.lowerBound..<range.upperBound
    } else {
      joined = range
    }
    if let stamp = scanStamps(range) {
      turns[last].trail = stamp
      if stamp.style == .hashed { hashedAtEnd += 1 }
    }
    if kinds.isMarkdown {
      appendWithoutEscapes(joined, from: range.lowerBound)
    } else {
      turns[last].ranges.append(joined)
    }
    canExtend = true
  }

  // A backslash before punctuation is mark-up; what it protects is text.
  private mutating func appendWithoutEscapes(_ range: Range<Int>, from start: Int) {
    let last = turns.count - 1
    var begin = range.lowerBound
    var position = start
    while position + 1 < range.upperBound {
      if text.scalars[position] == "\\", text.scalars[position + 1].isASCIIPunctuation {
        add(.markup, position..<position + 1)
        if begin < position { turns[last].ranges.append(begin..<position) }
        begin = position + 1
        position += 2
      } else {
        position += 1
      }
    }
    if begin < range.upperBound { turns[last].ranges.append(begin..<range.upperBound) }
  }

  /// Marks the stamps in a stretch; returns the one that ends it, if any.
  @discardableResult
  private mutating func scanStamps(_ range: Range<Int>) -> Timecode? {
    let utf8 = text.scalars.utf8
    var position = range.lowerBound
    var final: Timecode?
    while position < range.upperBound {
      position = utf8.first(Self.mayBeginStamp, in: position..<range.upperBound)
      if position < range.upperBound,
        let stamp = Timecode.read(text.scalars, at: position, limit: range.upperBound),
        stamp.style != .bare
      {
        let isLast = stamp.range.upperBound == range.upperBound
        // `(10:30)` may be what is said; at the end of a line it is not, with hours.
        if text.scalars[position] == "(", !isLast || stamp.fields < 3 {
          position = stamp.range.upperBound
          continue
        }
        stamps.append(
          CutStamp(code: stamp, range: stamp.range, place: isLast ? .after : .inside))
        if isLast { final = stamp }
        position = stamp.range.upperBound
      } else {
        position += 1
      }
    }
    return final
  }

  // C2 is the first byte of `¤`.
  private static let mayBeginStamp = ByteSet(Array("[#{(\\".utf8) + [0xC2])

  // A time that is all of a heading is that of the words below it.
  private mutating func headingStamp(_ range: Range<Int>) -> Timecode? {
    let start =
      range.first {
        text.scalars[$0] != "#" && text.scalars[$0] != "*" && !text.scalars[$0].isLayoutSpace
      }
      ?? range.upperBound
    guard let stamp = Timecode.read(text.scalars, at: start, limit: range.upperBound) else {
      return nil
    }
    stamps.append(CutStamp(code: stamp, range: stamp.range, place: .before))
    return stamp
  }

  private mutating func stamp(
    alone range: Range<Int>, _ place: CutStamp.Place = .before
  ) -> Timecode? {
    let code = text.stamp(at: range.lowerBound, limit: range.upperBound)
    if let code { stamps.append(CutStamp(code: code, range: range, place: place)) }
    return code
  }

  private mutating func furniture(_ line: Lines.Line) {
    add(.furniture, (line.pageBreak ?? line.content)..<line.contentEnd)
    canExtend = false
  }

  // A stamp that ends a turn says when it ends and is not of its words; one inside stays.
  private mutating func close() {
    isOpen = false
    guard let last = turns.indices.last, let range = turns[last].ranges.last else { return }
    guard let stamp = turns[last].trail, stamp.range.upperBound == range.upperBound else { return }
    let words = text.trimmingEnd(
      of: range.lowerBound..<max(range.lowerBound, stamp.range.lowerBound))
    turns[last].ranges.removeLast()
    if !words.isEmpty { turns[last].ranges.append(words) }
  }

  private mutating func add(_ kind: Mark.Kind, _ range: Range<Int>) {
    marks.append(CutMark(kind: kind, range: range))
  }

  // MARK: - Narrative

  // Nobody is named: all the text is one turn of nobody known, and little is taken for structure.
  private mutating func cutNarrative() {
    for index in text.lines.indices {
      let line = text.lines[index]
      let content = kinds.content(ofLine: index)
      switch kinds.kinds[index] {
      case .blank: break
      case .field, .header: extendHeader(line)
      case .furniture: furniture(line)
      case .number:
        if content < line.contentEnd { add(.number, content..<line.contentEnd) }
        canExtend = false
      case .heading where kinds.isMarkdown:
        add(.heading, content..<line.contentEnd)
        canExtend = false
      case .stamp:
        _ = stamp(alone: content..<line.contentEnd)
        canExtend = false
      default:
        if turns.isEmpty {
          turns.append(CutTurn())
          isOpen = true
        }
        if let number = kinds.number(ofLine: index) { add(.number, number) }
        continueTurn(line: index)
      }
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isASCIIPunctuation: Bool {
    switch value {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }
}
