/// Something at the start of a line that may be a speaker's label.
struct LabelCandidate {
  /// How much of a label's punctuation is there.
  enum Form {
    /// A colon, brackets, bold type or a time shows that something is labelled.
    case marked
    /// Only a tab, a dash, a full stop or the line's end follows, so that other evidence is needed.
    case bare
  }

  var line: Int
  var layout: Layout
  var form: Form
  /// The label itself.
  var label: Range<Int>
  /// The label with everything that belongs to it, up to the words.
  var mark: Range<Int>
  /// The times that stand with it.
  var stamps: [Timecode]
  /// How the label is written, without brackets of doubt.
  var name: String
  /// The form in which it is compared.
  var key: String
  /// The transcriber doubted who speaks.
  var isUncertain: Bool
  /// It is written in a way that makes it at most a variant of another.
  var isWeak: Bool
  /// It stands far to the right of the other labels.
  var isDeep = false
  /// Whether words follow on the same line.
  var hasText: Bool
  /// Whether the next line holds something.
  var isFollowed = false
}

/// Finds the candidate at the start of a line, looking at no more than a label's length.
struct LabelScanner {
  let text: Lines
  /// Whether the lines are those of subtitles, which know no bold and set names in round brackets.
  var readsSubtitles = false

  /// The candidate of a line whose content begins at a position.
  func candidate(line index: Int, from content: Int) -> LabelCandidate? {
    let line = text.lines[index]
    let end = line.contentEnd
    guard content < end else { return nil }
    var position = content
    var stamps: [Timecode] = []
    if let stamp = text.stamp(at: position, limit: end) {
      // A range is a cue, whose line holds words and no label unless a colon says so.
      stamps.append(stamp)
      position = text.skipSpaces(from: stamp.range.upperBound, to: end)
      if position < end, ["-", "–", "—"].contains(text.scalars[position]) {
        position = text.skipSpaces(from: position + 1, to: end)
      }
      guard position < end else { return nil }
    }
    let scalar = text.scalars[position]
    let found: LabelCandidate?
    switch scalar {
    case "*" where !readsSubtitles, "_" where !readsSubtitles: found = bold(index, position, end)
    case "(" where readsSubtitles:
      found = bracketed(index, position, end, close: ")", layout: .bracketed)
    case "[": found = bracketed(index, position, end, close: "]", layout: .bracketed)
    case "{": found = bracketed(index, position, end, close: "}", layout: .sigil)
    case "@", "#", "~": found = sigil(index, position, end)
    default: found = plain(index, position, end)
    }
    guard var candidate = found else { return nil }
    candidate.mark = content..<candidate.mark.upperBound
    candidate.isFollowed = text.lines.indices.contains(index + 1) && !text.lines[index + 1].isBlank
    if !stamps.isEmpty {
      if candidate.form == .bare {
        let isTabbed =
          candidate.layout == .tab
          && text.scalars[stamps[0].range.upperBound..<position].contains("\t")
        guard isTabbed || candidate.layout == .standalone && stamps[0].end == nil else {
          return nil
        }
        candidate.form = .marked
      }
      candidate.layout = .timeFirst
      candidate.stamps = stamps + candidate.stamps
    }
    return candidate
  }

  // MARK: - Forms

  private func bold(_ line: Int, _ start: Int, _ end: Int) -> LabelCandidate? {
    let sign = text.scalars[start]
    guard start + 1 < end, text.scalars[start + 1] == sign else { return nil }
    let limit = min(end, start + LabelShape.maximumLength + 8)
    var close = start + 2
    while close + 1 < limit, !(text.scalars[close] == sign && text.scalars[close + 1] == sign) {
      close += 1
    }
    guard close + 1 < limit else { return nil }
    var label = text.trimmingEnd(of: text.skipSpaces(from: start + 2, to: close)..<close)
    var hasColon = false
    var stamps: [Timecode] = []
    if let last = label.last, Self.isColon(text.scalars[last]) {
      hasColon = true
      label = text.trimmingEnd(of: label.lowerBound..<last)
    }
    var position = text.skipSpaces(from: close + 2, to: end)
    if position < end, Self.isColon(text.scalars[position]) {
      hasColon = true
      position = text.skipSpaces(from: position + 1, to: end)
    }
    position = takeStamp(at: position, end, bare: true, into: &stamps)
    guard hasColon || !stamps.isEmpty && position == end else { return nil }
    return make(line, .bold, label, start..<position, stamps, end)
  }

  private func bracketed(
    _ line: Int, _ start: Int, _ end: Int, close: Unicode.Scalar, layout: Layout
  ) -> LabelCandidate? {
    let limit = min(end, start + LabelShape.maximumLength + 2)
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
      position = text.skipSpaces(from: position + 1, to: end)
    }
    var stamps: [Timecode] = []
    position = takeStamp(at: position, end, bare: true, into: &stamps)
    if EventWord.isEvent(text.string(label)) { return nil }
    guard var candidate = make(line, layout, label, start..<position, stamps, end) else {
      return nil
    }
    // `[a]` in running text is an edit and not a name, but `[id1]` is one.
    if candidate.isWeak, !candidate.key.contains(where: \.isNumber) { return nil }
    candidate.isWeak = false
    return stamps.isEmpty && !candidate.hasText ? nil : candidate
  }

  private func sigil(_ line: Int, _ start: Int, _ end: Int) -> LabelCandidate? {
    guard let candidate = plain(line, start + 1, end), candidate.form == .marked,
      candidate.label.lowerBound == start + 1
    else { return nil }
    var marked = candidate
    marked.layout = .sigil
    marked.mark = start..<candidate.mark.upperBound
    return marked
  }

  private func plain(_ line: Int, _ start: Int, _ end: Int) -> LabelCandidate? {
    let limit = min(end, start + LabelShape.maximumLength + 1)
    var position = start
    while position < limit {
      let scalar = text.scalars[position]
      if Self.isColon(scalar) {
        return colon(line, start, at: position, labelEnd: position, [], end)
      }
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
    if position >= end { return standalone(line, start, end) }
    return dash(line, start, end)
  }

  private func stamped(
    _ line: Int, _ start: Int, _ stamp: Timecode, _ end: Int
  ) -> LabelCandidate? {
    let after = text.skipSpaces(from: stamp.range.upperBound, to: end)
    if after == end, stamp.style != .hashed {
      return make(line, .stamped, start..<stamp.range.lowerBound, start..<end, [stamp], end)
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

  private func colon(
    _ line: Int, _ start: Int, at colon: Int, labelEnd: Int, _ stamps: [Timecode], _ end: Int
  ) -> LabelCandidate? {
    var isGlued = false
    if colon + 1 < end, text.scalars[colon] == ":" {
      let next = text.scalars[colon + 1]
      if [":", "/", "\\"].contains(next) || next.isASCIIDigit { return nil }
      isGlued = !next.isLayoutSpace && !next.properties.isIdeographic
    }
    var stamps = stamps
    var position = text.skipSpaces(from: colon + 1, to: end)
    if stamps.isEmpty { position = takeStamp(at: position, end, bare: false, into: &stamps) }
    let layout: Layout = position < end ? .inline : .standalone
    guard var found = make(line, layout, start..<labelEnd, start..<position, stamps, end) else {
      return nil
    }
    if isGlued, found.label.count > 20 || Self.schemes.contains(found.key) { return nil }
    if isGlued, found.label.count > 8 { found.isWeak = true }
    return found
  }

  private func tab(_ line: Int, _ start: Int, at tab: Int, _ end: Int) -> LabelCandidate? {
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
    if let last = text.trimmingEnd(of: start..<tab).last, last > start,
      ["-", "–", "—"].contains(text.scalars[last])
    {
      var dashed = make(line, .dash, start..<last, start..<next, [], end)
      dashed?.form = .bare
      return dashed
    }
    var found = make(line, .tab, start..<tab, start..<next, [], end)
    found?.form = .bare
    return found ?? dash(line, start, end)
  }

  private func standalone(_ line: Int, _ start: Int, _ end: Int) -> LabelCandidate? {
    if let dotted = dotted(line, start, end) { return dotted }
    if let dashed = dash(line, start, end) { return dashed }
    let last = text.scalars[end - 1]
    guard last.properties.isAlphabetic || last.isASCIIDigit || last == ")" else { return nil }
    var found = make(line, .standalone, start..<end, start..<end, [], end)
    found?.form = .bare
    return found
  }

  // A slip of the typist, who hit the full stop for the colon: `E. Und meine Frau`.
  private func dotted(_ line: Int, _ start: Int, _ end: Int) -> LabelCandidate? {
    let limit = min(end, start + 5)
    guard let stop = (start..<limit).first(where: { text.scalars[$0] == "." }), stop > start,
      stop + 2 < end, text.scalars[stop + 1].isLayoutSpace
    else { return nil }
    let words = text.skipSpaces(from: stop + 1, to: end)
    guard words < end, !text.scalars[words].properties.isLowercase,
      var found = make(line, .inline, start..<stop + 1, start..<words, [], end)
    else { return nil }
    found.form = .bare
    found.isWeak = true
    return found
  }

  private func dash(_ line: Int, _ start: Int, _ end: Int) -> LabelCandidate? {
    if let dotted = dotted(line, start, end) { return dotted }
    let limit = min(end, start + LabelShape.maximumLength)
    var position = start + 1
    while position + 1 < limit {
      let scalar = text.scalars[position]
      if scalar == "-" || scalar == "–" || scalar == "—", text.scalars[position + 1].isLayoutSpace {
        let label = text.trimmingEnd(of: start..<position)
        let words = text.skipSpaces(from: position + 1, to: end)
        var found = make(line, .dash, label, start..<words, [], end)
        found?.form = .bare
        return found
      }
      position += 1
    }
    return nil
  }

  // MARK: - Parts

  private func takeStamp(
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

  private func make(
    _ line: Int, _ layout: Layout, _ range: Range<Int>, _ mark: Range<Int>, _ stamps: [Timecode],
    _ end: Int
  ) -> LabelCandidate? {
    var range = text.trimmingEnd(of: range)
    while range.count > 1, text.scalars[range.lowerBound].isInvisible {
      range = range.lowerBound + 1..<range.upperBound
    }
    guard let first = range.first, let last = range.last else { return nil }
    var isUncertain = false
    if text.scalars[first] == "(", text.scalars[last] == ")", range.count > 2 {
      isUncertain = true
      range = first + 1..<last
    }
    if let last = range.last, text.scalars[last] == "?", range.count > 1 {
      let core = text.trimmingEnd(of: range.lowerBound..<last)
      // In `Speaker ?` the mark is the name.
      if core.upperBound == last {
        isUncertain = true
        range = core
      }
    }
    let verdict = LabelShape.judge(text.scalars[range])
    if verdict == .no { return nil }
    return LabelCandidate(
      line: line, layout: layout, form: .marked, label: range, mark: mark, stamps: stamps,
      name: text.string(range), key: LabelKey.key(of: text.scalars[range]),
      isUncertain: isUncertain, isWeak: verdict == .weak, hasText: mark.upperBound < end)
  }

  static func isColon(_ scalar: Unicode.Scalar) -> Bool {
    scalar == ":" || scalar == "：" || scalar == "︓" || scalar == "꞉"
  }

  private static let schemes: Set<String> = [
    "http", "https", "ftp", "mailto", "file", "tel", "sms", "urn", "doi", "www", "data",
  ]
}
