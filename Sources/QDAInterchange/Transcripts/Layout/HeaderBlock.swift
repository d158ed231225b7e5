internal import QDACore

/// What a document says of itself before anybody speaks.
struct HeaderBlock {
  /// The fields in order.
  var fields: [MetadataField] = []
  /// The keys of labels that the header names as speakers.
  var legend: Set<String> = []
  /// The parts that the header gives to names, by the key of the name or of its initials.
  var roles: [String: SpeakerRole] = [:]
  /// Where a block of fields begins that stands below an introduction, in which nobody speaks.
  private(set) var introducedLine = 0

  /// Reads `---`, then `name: value` lines, then `---` at the very start of a Markdown file.
  mutating func readFrontMatter(_ text: Lines, _ kinds: inout [LineKind]) {
    func isFence(_ index: Int) -> Bool {
      let line = text.lines[index]
      return line.content == line.start && line.contentEnd - line.content == 3
        && text.scalars[line.content..<line.contentEnd].allSatisfy { $0 == "-" }
    }
    guard let first = text.lines.indices.first, isFence(first),
      let close = text.lines.indices.dropFirst().prefix(200).first(where: isFence)
    else { return }
    for index in first...close {
      if kinds[index] != .blank { kinds[index] = .header }
      if let (name, value) = field(text, index) { add(name, value) }
    }
  }

  /// Reads the fields that stand before the talk begins.
  ///
  /// A run of lines without a blank one is looked at together: `Interviewer: Jane Smith` is a field
  /// where a line such as `Date: 4 March` stands beside it and its value is like a name. After an
  /// introduction of several paragraphs, only a run of nothing but fields, of which two are known, is one.
  mutating func readFields(_ text: Lines, _ kinds: inout [LineKind]) {
    var index = 0
    var barren = 0
    while index < kinds.count, barren < 40 {
      while index < kinds.count, kinds[index] != .text {
        if kinds[index] == .table { return }
        index += 1
      }
      var end = index
      while end < kinds.count, kinds[end] == .text, end - index < 60 {
        if isHeading(text, end) {
          // A heading stands above a run, also without a blank line.
          end = max(end, index + 1)
          break
        }
        end += 1
      }
      if index == end { return }
      let isLate = barren >= 4
      let stopped = readRun(text, index..<end, &kinds, isLate: isLate)
      if stopped { return }
      let isBarren =
        !isHeading(text, index) && !(index..<end).contains { kinds[$0] == .field }
      if isBarren { barren += 1 }
      index = end
    }
  }

  private func isHeading(_ text: Lines, _ index: Int) -> Bool {
    let line = text.lines[index]
    guard text.scalars[line.content] == "#" else { return false }
    let words = (line.content..<line.contentEnd).first { text.scalars[$0] != "#" }
    return words.map { text.scalars[$0].isLayoutSpace } ?? true
  }

  /// Reads the fields of a header whose length a caller knows.
  mutating func readFields(_ text: Lines, _ kinds: inout [LineKind], lines: Int) {
    for index in kinds.indices.prefix(lines) where kinds[index] != .blank {
      kinds[index] = .header
      guard let (name, value) = field(text, index) else { continue }
      kinds[index] = .field
      add(name, value)
    }
  }

  // A heading with a list below it, as Otter (`SPEAKERS`, `SUMMARY KEYWORDS`) and Meet (`Attendees`)
  // write them.
  private mutating func readList(
    _ text: Lines, _ index: Int, _ kinds: inout [LineKind]
  ) {
    let line = text.lines[index]
    let words = text.scalars[line.content..<line.contentEnd].drop { $0 == "#" || $0.isLayoutSpace }
    guard words.count <= 20,
      let below = kinds.indices.dropFirst(index + 1).prefix(2)
        .first(where: { kinds[$0] != .blank }), kinds[below] == .text
    else { return }
    let key = LabelKey.key(of: words)
    let value = text.string(text.lines[below].content..<text.lines[below].contentEnd)
    let parts = value.split { $0 == "," || $0 == ";" }.map { String($0).trimmingLayoutSpace }
    let isList: Bool
    switch key {
    case "speakers", "attendees":
      isList = parts.allSatisfy { LabelShape.judge(Array($0.unicodeScalars)[...]) == .label }
    case "summary keywords", "keywords": isList = parts.count > 1
    default: return
    }
    guard isList else { return }
    kinds[index] = .field
    kinds[below] = .field
    add(String(String.UnicodeScalarView(words)), value)
  }

  // Returns whether somebody speaks in the run.
  private mutating func readRun(
    _ text: Lines, _ run: Range<Int>, _ kinds: inout [LineKind], isLate: Bool
  ) -> Bool {
    var known = 0
    var parsed: [(line: Int, name: String, value: String, isKnown: Bool, role: RoleWord?)] = []
    if !isLate {
      for line in run where kinds[line] == .text {
        readList(text, line, &kinds)
      }
    }
    lazy var counts = labelCounts(text, from: 0)
    for line in run where kinds[line] == .text {
      guard let (name, value) = field(text, line) else { continue }
      let key = LabelKey.key(of: name)
      let isKnown = Self.isField(key) || Self.mayBeField.contains(key) && counts[key] == 1
      if isKnown { known += 1 }
      parsed.append((line, name, value, isKnown, isKnown ? nil : RoleWord.of(key)))
    }
    let isBlock =
      known >= 2 && parsed.count == run.count
      && parsed.allSatisfy { $0.isKnown || $0.role?.isWord == true }
      && othersRecur(labelCounts(text, from: run.upperBound))
    if isBlock { introducedLine = run.lowerBound }
    let rolesOnly = parsed.count == run.count && parsed.allSatisfy { $0.role != nil }
    // Nobody speaks above a field among nothing but fields.
    var lastKnown = run.lowerBound
    if let last = parsed.lastIndex(where: \.isKnown), parsed[last].line - parsed[0].line == last {
      lastKnown = parsed[last].line
    }
    let labels = parsed.map { LabelKey.key(of: $0.name) }
    for (line, name, value, isKnown, role) in parsed {
      let key = LabelKey.key(of: name)
      if isLate, !isBlock {
        if role != nil || counts[key] ?? 0 > 2 && !Self.isStopLabel(key) { return true }
      } else if isKnown {
        kinds[line] = .field
        // The value may stand on the line below.
        let below = line + 1
        if value.isEmpty, run.contains(below), kinds[below] == .text, field(text, below) == nil {
          kinds[below] = .field
          add(name, text.string(text.lines[below].content..<text.lines[below].contentEnd))
        } else {
          add(name, value)
        }
      } else if let role, role.isWord {
        let isField =
          Self.isName(value)
          && (known > 0
            || rolesOnly && (Self.isSureName(value) || isAlone(key, by: run.upperBound, text)))
          || (known > 0 || parsed.count == run.count)
            && Self.startsWithName(value, isSure: known == 0)
            && (isLeft(key, by: run.upperBound, text)
              || known > 0 && isAlone(key, by: run.upperBound, text))
          || known > 0 && Self.startsWithName(value, isSure: true) && !Self.endsSentence(value)
          || line < lastKnown && Self.isShort(value, words: 6) && !value.contains("?")
            && labels.count { $0 == key } == 1
        guard isField, !Self.opensTalk(value) else { return true }
        kinds[line] = .field
        add(name, value)
      } else if role != nil || counts[key] ?? 0 > 2 && !Self.isStopLabel(key) {
        return true
      }
    }
    return false
  }

  // Whether nobody is labelled so after the header, although others are, who recur.
  private func isLeft(_ key: String, by start: Int, _ text: Lines) -> Bool {
    let counts = labelCounts(text, from: start)
    return counts[key] == nil && othersRecur(counts)
  }

  // Whether words stand after the header and nobody is labelled so, nor in any other part unless it
  // recurs.
  private func isAlone(_ key: String, by start: Int, _ text: Lines) -> Bool {
    guard text.lines[start...].contains(where: { !$0.isBlank }) else { return false }
    let counts = labelCounts(text, from: start)
    return counts[key] == nil
      && (othersRecur(counts) || counts.keys.allSatisfy { RoleWord.of($0) == nil })
  }

  private func othersRecur(_ counts: [String: Int]) -> Bool {
    counts.contains { $0.value > 1 && !Self.isStopLabel($0.key) }
  }

  private func labelCounts(_ text: Lines, from start: Int) -> [String: Int] {
    var counts: [String: Int] = [:]
    for index in text.lines.indices.dropFirst(start).prefix(400) {
      guard let (name, _) = field(text, index, longest: .max) else { continue }
      counts[LabelKey.key(of: name), default: 0] += 1
    }
    return counts
  }

  private func field(
    _ text: Lines, _ index: Int, longest: Int = 300
  ) -> (String, String)? {
    let line = text.lines[index]
    var start = line.content
    var end = line.contentEnd
    // The name may be set in bold, also in a list.
    let bullet = text.skipSpaces(from: start + 1, to: end)
    if bullet > start + 1, bullet < end, text.scalars[bullet] == "*",
      ["-", "+"].contains(text.scalars[start])
    {
      start = bullet
    }
    // So may all of it, and Markdown may break the line in the way of HTML.
    if start < end, text.scalars[start] == "*" {
      end = Self.withoutBreak(text, start..<end)
      while end > start, text.scalars[end - 1] == "*" { end -= 1 }
    }
    while start < end, text.scalars[start] == "*" { start += 1 }
    let limit = text.scalars.advance(start, by: 40, limit: end)
    guard start < limit,
      let colon = (start..<limit).first(where: { LabelScanner.isColon(text.scalars[$0]) }),
      colon > start
    else { return nil }
    var value = text.skipSpaces(from: text.scalars.after(colon), to: end)
    while value < end, text.scalars[value] == "*" || text.scalars[value].isLayoutSpace {
      value += 1
    }
    guard text.scalars.count(value..<end) <= longest else { return nil }
    var name = text.trimmingEnd(of: start..<colon)
    while name.count > 1, text.scalars[name.upperBound - 1] == "*" { name = name.dropLast() }
    return (text.string(name), text.string(value..<end))
  }

  // Where a line ends before `<br>`, if it does.
  private static func withoutBreak(_ text: Lines, _ range: Range<Int>) -> Int {
    let bytes = text.scalars.utf8[range]
    guard bytes.last == 0x3E,
      let opening = bytes.suffix(6).firstIndex(of: 0x3C),
      ["<br>", "<br/>", "<br />"].contains(text.string(opening..<range.upperBound).lowercased())
    else { return range.upperBound }
    return text.trimmingEnd(of: range.lowerBound..<opening).upperBound
  }

  /// Takes over fields that stand elsewhere, as in a table that describes the document.
  mutating func add(_ fields: [MetadataField]) {
    for field in fields { add(field.name, field.value) }
  }

  private mutating func add(_ name: String, _ value: String) {
    fields.append(MetadataField(name: name, value: value))
    if let word = RoleWord.of(LabelKey.key(of: name)), word.isWord, let role = word.role {
      for name in PersonName.names(in: value) { give(role, to: name) }
    }
    guard Self.castNames.contains(LabelKey.key(of: name)) else { return }
    for part in value.split(whereSeparator: { $0 == "," || $0 == ";" }) {
      for half in part.split(whereSeparator: { "-–=(/)".contains($0) }) {
        let key = LabelKey.key(of: Array(half.unicodeScalars)[...])
        if !key.isEmpty, key.count <= LabelShape.maximumLength { legend.insert(key) }
      }
    }
  }

  /// Reads who asks and who answers from sentences before the talk, as in `Interviewer is Jo Hall`.
  mutating func readSentences(_ text: Lines, before limit: Int) {
    for line in text.lines.prefix(60) where line.start < limit && !line.isBlank {
      let end = text.scalars.advance(line.content, by: 300, limit: line.contentEnd)
      let words = text.string(line.content..<end).split(whereSeparator: \.isWhitespace)
      for (index, word) in words.enumerated() {
        let role: SpeakerRole
        switch word.lowercased() {
        case "interviewer", "interviewers", "moderator", "facilitator": role = .interviewer
        case "interviewee", "interviewees", "participant": role = .participant
        case "interviewed" where index + 1 < words.count && words[index + 1] == "by":
          role = .interviewer
        default: continue
        }
        guard index + 2 < words.count,
          ["is", "was", "by"].contains(words[index + 1].lowercased())
        else { continue }
        var name: [Substring] = []
        for part in words[(index + 2)...].prefix(4) {
          guard part.first?.isUppercase == true else { break }
          let isLast = [".", ",", ";", ")"].contains { part.hasSuffix($0) } && part.count > 2
          name.append(isLast ? part.dropLast() : part)
          if isLast { break }
        }
        if !name.isEmpty { give(role, to: name.joined(separator: " ")) }
      }
    }
  }

  private mutating func give(_ role: SpeakerRole, to name: String) {
    let tokens = name.split(whereSeparator: \.isWhitespace)
    guard let first = tokens.first, let last = tokens.last else { return }
    for key in [name, String(first), String(last)] { roles[LabelKey.key(of: key)] = role }
    if tokens.count > 1 {
      roles[LabelKey.key(of: String(tokens.compactMap(\.first)))] = role
    }
  }

  private static func isName(_ value: String) -> Bool {
    let scalars = Array(value.unicodeScalars)
    guard !scalars.isEmpty, !endsSentence(value) else { return false }
    let words = scalars.split(whereSeparator: \.isLayoutSpace)
    return words.count <= 4 && LabelShape.judge(scalars[...]) == .label
      && !small.contains(value.lowercased())
  }

  // A name with what is said of it: `Dr. Jane Smith, PhD`, `P3, nurse`, `J.S.`, `jsmith`.
  private static func startsWithName(_ value: String, isSure: Bool) -> Bool {
    guard !value.contains("?"), let name = PersonName.names(in: value).first,
      !small.contains(name.lowercased())
    else { return false }
    let scalars = Array(name.unicodeScalars)
    let shape = LabelShape.judge(scalars[...])
    if !isSure { return shape == .label || shape == .weak && !name.contains(" ") }
    let areInitials =
      (2...4).contains(scalars.count) && scalars.allSatisfy(\.properties.isUppercase)
    return shape == .label && (isSureName(name) || areInitials)
  }

  private static func endsSentence(_ value: String) -> Bool {
    guard let last = value.unicodeScalars.last, [".", "?", "!", "…"].contains(last) else {
      return false
    }
    // `Anna B.` and `Tom Smith Jr.` are names.
    let word = value.dropLast().split(whereSeparator: \.isWhitespace).last ?? ""
    let isInitial = word.count == 1 && word.allSatisfy(\.isUppercase) || word.contains(".")
    return last != "." || !isShort(value, words: 4)
      || !isInitial && !["jr", "sr"].contains(word.lowercased())
  }

  private static func isShort(_ value: String, words: Int) -> Bool {
    value.split(maxSplits: words, whereSeparator: \.isWhitespace).count <= words
  }

  private static func isSureName(_ value: String) -> Bool {
    value.contains(where: \.isNumber) || value.split(whereSeparator: \.isWhitespace).count > 1
  }

  // `Hello Jane` and `Good Morning` look like names and greet.
  private static func opensTalk(_ value: String) -> Bool {
    let word = value.lowercased().prefix { $0.isLetter }
    return small.contains(String(word)) && value.contains(" ")
  }

  private static let small: Set<String> = [
    "yes", "no", "okay", "ok", "right", "hi", "hello", "thanks", "yeah", "mm", "mhm", "mm-hmm",
    "ja", "nein", "oui", "non", "sí", "good", "great", "sure", "well",
    "hey", "welcome", "thank", "so", "dear", "hola", "buenos", "buenas", "gracias", "bonjour",
    "merci", "hallo", "guten", "danke",
  ]
}
