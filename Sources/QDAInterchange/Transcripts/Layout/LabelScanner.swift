/// Finds the candidate at the start of a line, looking at no more than a label's length.
struct LabelScanner {
  let text: Lines
  /// Whether the lines are those of subtitles, which know no bold and set names in round brackets.
  var readsSubtitles = false
  /// Whether the lines are those of Markdown.
  var readsMarkdown = false
  /// The keys of names that a caller gives, which are labels however they are written.
  private let given: Set<String>
  /// The labels of all candidates.
  var labels = Labels()
  /// What became of each stretch that stood where a label stands: speakers recur.
  private var judged: [ByteKey: Judged?] = [:]

  /// A label that was taken for one.
  private struct Judged {
    /// The label itself, from the start of the stretch.
    var label: Range<Int>
    var name: Int
    var key: Int
    var isUncertain: Bool
    var verdict: LabelShape.Verdict
  }

  init(
    text: Lines, readsSubtitles: Bool = false, readsMarkdown: Bool = false,
    given: Set<String> = []
  ) {
    self.text = text
    self.given = given
    self.readsSubtitles = readsSubtitles
    self.readsMarkdown = readsMarkdown
  }

  /// The candidate of a line whose content begins at a position.
  mutating func candidate(line index: Int, from content: Int) -> LabelCandidate? {
    let line = text.lines[index]
    let end = line.contentEnd
    guard content < end else { return nil }
    var position = readsMarkdown ? afterMarkdownPrefix(content, end) : afterChevrons(content, end)
    let hasChevrons = !readsMarkdown && position > content
    guard position < end else { return nil }
    var stamps: [Timecode] = []
    // Transana writes a time twice, once for its player.
    while stamps.count < 2, let stamp = text.stamp(at: position, limit: end) {
      // A range is a cue, whose line holds words and no label unless a colon says so.
      stamps.append(stamp)
      position = text.skipSpaces(from: stamp.range.upperBound, to: end)
      if position < end, Self.isDash(text.scalars[position]) {
        position = text.skipSpaces(from: text.scalars.after(position), to: end)
      }
      guard position < end else { return nil }
    }
    let scalar = text.scalars[position]
    let found: LabelCandidate?
    switch scalar {
    case "*" where !readsSubtitles, "_" where !readsSubtitles:
      found = bold(index, position, end) ?? (readsMarkdown ? italic(index, position, end) : nil)
    case "#" where readsMarkdown: found = heading(index, position, end)
    case "(" where readsSubtitles:
      found = bracketed(index, position, end, close: ")", layout: .bracketed)
    case "[": found = bracketed(index, position, end, close: "]", layout: .bracketed)
    case "<":
      found =
        (readsMarkdown ? tagged(index, position, end) : nil)
        ?? bracketed(index, position, end, close: ">", layout: .bracketed)
    case "{": found = bracketed(index, position, end, close: "}", layout: .sigil)
    case "@", "#", "~": found = sigil(index, position, end)
    default: found = plain(index, position, end)
    }
    guard var candidate = found, !hasChevrons || candidate.form == .marked else { return nil }
    // A letter with a full stop after a time is the first of a name that stands alone.
    if !stamps.isEmpty, candidate.form == .bare, candidate.layout == .inline,
      let name = unlabelled(index, position, end)
    {
      candidate = name
    }
    candidate.mark = content..<candidate.mark.upperBound
    candidate.isFollowed =
      candidate.title.map { isFollowed($0, index) }
      ?? (text.lines.indices.contains(index + 1) && !text.lines[index + 1].isBlank)
    if !stamps.isEmpty {
      if candidate.title != nil, candidate.form == .bare {
        candidate.stamps = stamps + candidate.stamps
        return candidate
      }
      if candidate.form == .bare {
        let isTabbed =
          candidate.layout == .tab
          && text.scalars.utf8[stamps[0].range.upperBound..<position].contains(0x09)
        guard isTabbed || candidate.layout == .standalone else { return nil }
        if stamps[0].end != nil, !isTabbed {
          // A cue's words stand on its line, and the next line is the next cue.
          guard candidate.isFollowed, !isStamped(index + 1) else { return nil }
          candidate.stamps = stamps
          return candidate
        }
        candidate.form = .marked
      }
      candidate.layout = .timeFirst
      candidate.stamps = stamps + candidate.stamps
    }
    return candidate
  }

  private func isStamped(_ index: Int) -> Bool {
    let line = text.lines[index]
    return text.stamp(at: line.content, limit: line.contentEnd) != nil
  }

  // MARK: - Forms

  private mutating func bracketed(
    _ line: Int, _ start: Int, _ end: Int, close: Unicode.Scalar, layout: Layout
  ) -> LabelCandidate? {
    let limit = text.scalars.advance(start, by: LabelShape.maximumLength + 2, limit: end)
    guard
      let closing = (start + 1..<max(start + 1, limit)).first(where: { text.scalars[$0] == close })
    else { return nil }
    var label = text.trimmingEnd(of: text.skipSpaces(from: start + 1, to: closing)..<closing)
    // QualCoder lists codes after a semicolon inside the marker.
    if let semicolon = label.first(where: { text.scalars[$0] == ";" }) {
      label = text.trimmingEnd(of: label.lowerBound..<semicolon)
    }
    var position = text.skipSpaces(from: closing + 1, to: end)
    if position < end, Self.isColon(text.scalars[position]) {
      position = text.skipSpaces(from: text.scalars.after(position), to: end)
    }
    var stamps: [Timecode] = []
    position = takeStamp(at: position, end, bare: true, into: &stamps)
    guard var candidate = make(line, layout, label, start..<position, stamps, end),
      !EventWord.isEvent(text.string(label))
    else { return nil }
    // `[a]` in running text is an edit and not a name, but `[id1]` is one.
    if candidate.isWeak, !labels.keys[candidate.key].contains(where: \.isNumber) { return nil }
    candidate.isWeak = false
    // In subtitles a name stands above the words of its cue.
    if stamps.isEmpty, !candidate.hasText, !readsSubtitles {
      let isRole = RoleWord.of(labels.keys[candidate.key])?.isWord == true
      guard close == "]" || close == ">" && isRole else { return nil }
      candidate.form = .bare
    }
    return candidate
  }

  mutating func sigil(_ line: Int, _ start: Int, _ end: Int) -> LabelCandidate? {
    guard start + 1 < end, let candidate = plain(line, start + 1, end), candidate.form == .marked,
      candidate.label.lowerBound == start + 1
    else { return nil }
    var marked = candidate
    marked.layout = .sigil
    marked.mark = start..<candidate.mark.upperBound
    return marked
  }

  private mutating func plain(_ line: Int, _ start: Int, _ end: Int) -> LabelCandidate? {
    let limit = text.scalars.advance(start, by: LabelShape.maximumLength + 1, limit: end)
    var position = start
    var slip: Int?
    while position < limit {
      position = text.scalars.utf8.first(Self.mayEnd, in: position..<limit)
      guard position < limit else { break }
      let scalar = text.scalars[position]
      if Self.isColon(scalar) {
        let found = colon(line, start, at: position, labelEnd: position, [], end)
        if let found, !found.isWeak { return found }
        return dashed(line, start, before: position, end) ?? found
      }
      if scalar == ";" || scalar == "/" { slip = slip ?? position }
      if scalar == "\t" {
        return tab(line, start, at: position, end)
      }
      let mayBeTime =
        Timecode.mayBegin(scalar)
        || scalar.isASCIIDigit && position > start && text.scalars[position - 1].isLayoutSpace
      if mayBeTime, position > start,
        let stamp = Timecode.read(text.scalars, at: position, limit: end)
      {
        if let found = stamped(line, start, stamp, end) { return found }
        position = stamp.range.upperBound
        continue
      }
      position += 1
    }
    if let slip, let slipped = slipped(line, start, at: slip, end) { return slipped }
    if position >= end { return standalone(line, start, end) }
    return dash(line, start, end)
  }

  private mutating func stamped(
    _ line: Int, _ start: Int, _ stamp: Timecode, _ end: Int
  ) -> LabelCandidate? {
    let after = text.skipSpaces(from: stamp.range.upperBound, to: end)
    if after == end, stamp.style != .hashed {
      // `Ana - 0:22` and `Ana | 0:22`.
      var label = text.trimmingEnd(of: start..<stamp.range.lowerBound)
      while let last = label.last, Self.isDash(text.scalars[last]) || text.scalars[last] == "|" {
        label = text.trimmingEnd(of: start..<text.scalars.before(label.upperBound))
      }
      return make(line, .stamped, label, start..<end, [stamp], end)
    }
    guard after < end, stamp.style != .bare else { return nil }
    guard Self.isColon(text.scalars[after]) else {
      // Without a colon it is a label only where others like it stand in the document.
      guard stamp.style == .bracketed, stamp.end == nil else { return nil }
      var found = make(
        line, .stamped, start..<stamp.range.lowerBound, start..<after, [stamp], end)
      found?.form = .bare
      return found
    }
    var found = colon(line, start, at: after, labelEnd: stamp.range.lowerBound, [stamp], end)
    found?.layout = .stamped
    return found
  }

  private mutating func colon(
    _ line: Int, _ start: Int, at colon: Int, labelEnd: Int, _ stamps: [Timecode], _ end: Int
  ) -> LabelCandidate? {
    var isGlued = false
    if colon + 1 < end, text.scalars[colon] == ":" {
      let next = text.scalars[colon + 1]
      if next.isASCIIDigit, let found = glued(line, start, at: colon, labelEnd, end) {
        return found
      }
      if [":", "/", "\\"].contains(next) || next.isASCIIDigit { return nil }
      isGlued = !next.isLayoutSpace && !next.properties.isIdeographic
    }
    var stamps = stamps
    var position = text.skipSpaces(from: text.scalars.after(colon), to: end)
    if stamps.isEmpty { position = takeStamp(at: position, end, bare: false, into: &stamps) }
    let layout: Layout = position < end ? .inline : .standalone
    guard
      var found = make(
        line, layout, start..<labelEnd, start..<position, stamps, end, takesLoose: !isGlued)
    else { return nil }
    found.hasLooseStamp = stamps.isEmpty && text.looseStamp(at: position, limit: end) != nil
    guard isGlued else { return found }
    let key = labels.keys[found.key]
    if Self.schemes.contains(key) { return nil }
    found.isGlued = true
    if text.scalars.count(found.label) > 8, !given.contains(key), RoleWord.of(key) == nil {
      found.isWeak = true
    }
    return found
  }

  private mutating func tab(_ line: Int, _ start: Int, at tab: Int, _ end: Int) -> LabelCandidate? {
    // The white before a colon may hold a tab.
    let next = text.skipSpaces(from: tab, to: end)
    guard next < end else { return nil }
    if Self.isColon(text.scalars[next]) {
      return colon(line, start, at: next, labelEnd: tab, [], end)
    }
    if let stamp = Timecode.read(text.scalars, at: next, limit: end),
      text.skipSpaces(from: stamp.range.upperBound, to: end) == end
    {
      return make(line, .stamped, start..<tab, start..<end, [stamp], end)
    }
    let before = text.trimmingEnd(of: start..<tab)
    let last = before.isEmpty ? start : text.scalars.before(before.upperBound)
    if last > start, Self.isDash(text.scalars[last]) {
      var dashed = make(line, .dash, start..<last, start..<next, [], end)
      dashed?.form = .bare
      return dashed
    }
    var found = make(line, .tab, start..<tab, start..<next, [], end)
    found?.form = .bare
    return found ?? dash(line, start, end)
  }

  mutating func standalone(_ line: Int, _ start: Int, _ end: Int) -> LabelCandidate? {
    if !beginsWithTitle(start, end), let dotted = dotted(line, start, end) { return dotted }
    let limit = text.scalars.advance(start, by: LabelShape.maximumLength, limit: end)
    return dashed(line, start, before: limit, end) ?? unlabelled(line, start, end)
  }

  // MARK: - Parts

  func takeStamp(
    at position: Int, _ end: Int, bare: Bool, into stamps: inout [Timecode]
  ) -> Int {
    guard let stamp = Timecode.read(text.scalars, at: position, limit: end) else {
      return position
    }
    let next = text.skipSpaces(from: stamp.range.upperBound, to: end)
    // An f4 stamp alone after a label ends an empty turn; it does not begin one.
    if stamp.style == .bare, !bare || next < end { return position }
    if stamp.style == .hashed, next == end { return position }
    stamps.append(stamp)
    return next
  }

  mutating func make(
    _ line: Int, _ layout: Layout, _ range: Range<Int>, _ mark: Range<Int>, _ stamps: [Timecode],
    _ end: Int, takesLoose: Bool = false
  ) -> LabelCandidate? {
    let range = text.trimmingEnd(of: range)
    guard let found = judge(range), takesLoose || found.verdict != .loose else { return nil }
    let label =
      range.lowerBound + found.label.lowerBound..<range.lowerBound + found.label.upperBound
    return LabelCandidate(
      line: line, layout: layout, form: .marked, label: label, mark: mark, stamps: stamps,
      name: found.name, key: found.key, isUncertain: found.isUncertain,
      isWeak: found.verdict != .label, isLoose: found.verdict == .loose,
      hasText: mark.upperBound < end)
  }

  private mutating func judge(_ range: Range<Int>) -> Judged? {
    let bytes = text.scalars.utf8[range]
    guard let last = bytes.last else { return nil }
    // Most of what is no label has too many words.
    if given.isEmpty, last != UInt8(ascii: ")"), last != UInt8(ascii: "?"),
      LabelShape.hasTooManyWords(bytes)
    {
      return nil
    }
    let key = ByteKey(bytes)
    if let known = judged[key] { return known }
    let found = judgeAnew(range)
    judged[key] = .some(found)
    return found
  }

  private mutating func judgeAnew(_ whole: Range<Int>) -> Judged? {
    var range = whole
    while text.scalars.after(range.lowerBound) < range.upperBound,
      text.scalars[range.lowerBound].isInvisible
    {
      range = text.scalars.after(range.lowerBound)..<range.upperBound
    }
    var isUncertain = false
    if text.scalars[range.lowerBound] == "(", text.scalars[range.upperBound - 1] == ")",
      range.count > 2
    {
      isUncertain = true
      range = range.lowerBound + 1..<range.upperBound - 1
    }
    if text.scalars[range.upperBound - 1] == "?", range.count > 1 {
      let core = text.trimmingEnd(of: range.lowerBound..<range.upperBound - 1)
      // In `Speaker ?` and `??` the mark is the name.
      if core.upperBound == range.upperBound - 1, text.scalars[core.upperBound - 1] != "?" {
        isUncertain = true
        range = core
      }
    }
    let scalars = text.scalars[range]
    let key = LabelKey.key(of: scalars)
    let verdict = given.contains(key) ? .label : LabelShape.judge(scalars)
    if verdict == .no { return nil }
    return Judged(
      label: range.lowerBound - whole.lowerBound..<range.upperBound - whole.lowerBound,
      name: labels.number(ofName: text.string(range)),
      key: labels.number(ofKey: key), isUncertain: isUncertain, verdict: verdict)
  }

  /// The bytes with which something begins that may end a label.
  private static let mayEnd = ByteSet(
    "\t[({#¤;/0123456789:：︓꞉".utf8.filter { $0 < 0x80 || $0 >= 0xC0 })

  static func isColon(_ scalar: Unicode.Scalar) -> Bool {
    scalar == ":" || scalar == "：" || scalar == "︓" || scalar == "꞉"
  }

  private static let schemes: Set<String> = [
    "http", "https", "ftp", "mailto", "file", "tel", "sms", "urn", "doi", "www", "data",
  ]
}
