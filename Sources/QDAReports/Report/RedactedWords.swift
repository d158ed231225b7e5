/// What a redacted report withholds wherever it is written: what stands between quotation marks, stretches
/// of what participants said, values of attributes, names, and what a finding repeats from a file.
struct RedactedWords {
  /// Whole words, the longest first, and what stands in their place.
  private let replacements: [(words: String, by: String)]
  private let spoken: SpokenWords

  init(of report: StudyReport) {
    let ids = report.participants.map(\.id)
    let said = report.participants.flatMap(\.values).map(\.value)
    let raw = report.diagnostics.filter { $0.id.hasPrefix("participant.") }.compactMap(\.raw)
    let sites = report.patterns.flatMap(\.cases).filter(\.isOnePerson)
    var found: [String: String] = [:]
    for value in said + raw + sites.flatMap({ [$0.name, $0.id] }) {
      found[value] = StudyReport.withheld
    }
    for value in ids + ["yes", "missing", "not applicable"] { found[value] = nil }
    for one in report.participants where one.name != one.id { found[one.name] = one.id }
    for quote in report.quotes where quote.participants.count == 1 {
      let id = quote.participants[0]
      let name = report.participants.first { $0.id == id }?.name ?? id
      // A label is a name where it shares a word with it; `Participant` is none.
      if name != id, !quote.speaker.isEmpty,
        !Set(name.nameWords).isDisjoint(with: quote.speaker.nameWords)
      {
        found[quote.speaker] = id
      }
    }
    replacements = found.filter { $0.key.count > 2 }.map { ($0.key, $0.value) }
      .sorted { ($1.words.count, $0.words) < ($0.words.count, $1.words) }
    spoken = SpokenWords(report.quotes.flatMap { [$0.text, $0.before, $0.after] })
  }

  /// A text of the report without them.
  func withheld(from text: String) -> String {
    var text = spoken.withheld(from: text.withoutQuotations)
    for (words, replacement) in replacements where text.contains(words) {
      text = text.replacing(words, by: replacement)
    }
    return text
  }
}

/// What participants said, as stretches of a few words in a row.
///
/// Fewer words than that come together in anybody's mouth.
private struct SpokenWords {
  private static let length = 6
  private var numbers: [String: Int] = [:]
  private var stretches: Set<[Int]> = []

  init(_ texts: [String]) {
    for text in Set(texts) {
      var words: [Int] = []
      for word in Self.words(of: text).map({ $0.lowercased() }) {
        let number = numbers[word] ?? numbers.count
        numbers[word] = number
        words.append(number)
      }
      for start in words.indices.dropLast(Self.length - 1) {
        stretches.insert(Array(words[start..<start + Self.length]))
      }
    }
  }

  private static func words(of text: String) -> [Substring] {
    text.split { !$0.isLetter && !$0.isNumber }
  }

  func withheld(from text: String) -> String {
    let words = Self.words(of: text)
    guard words.count >= Self.length, !stretches.isEmpty else { return text }
    let known = words.map { numbers[$0.lowercased()] ?? -1 }
    var isSpoken = [Bool](repeating: false, count: words.count)
    var first = 0
    for (index, number) in known.enumerated() {
      if number < 0 { first = index + 1 }
      let start = index + 1 - Self.length
      if start >= first, stretches.contains(Array(known[start...index])) {
        for spoken in start...index { isSpoken[spoken] = true }
      }
    }
    var found = ""
    var position = text.startIndex
    for index in words.indices where isSpoken[index] {
      if index == 0 || !isSpoken[index - 1] {
        found += text[position..<words[index].startIndex] + StudyReport.withheld
      }
      position = words[index].endIndex
    }
    return found + text[position...]
  }
}

extension String {
  fileprivate var nameWords: [Substring] { split { !$0.isLetter && !$0.isNumber } }

  /// With other words in the place of some, where those stand as words of their own.
  fileprivate func replacing(_ words: String, by replacement: String) -> String {
    var found = ""
    var rest = Substring(self)
    while let range = rest.firstRange(of: words) {
      let before = rest[..<range.lowerBound].last ?? found.last
      let after = rest[range.upperBound...].first
      let isWhole =
        !(before?.isLetter ?? false) && !(before?.isNumber ?? false)
        && !(after?.isLetter ?? false) && !(after?.isNumber ?? false)
      found += rest[..<range.lowerBound] + (isWhole ? replacement : words)
      rest = rest[range.upperBound...]
    }
    return found + rest
  }

  /// The text with nothing between quotation marks, of whatever kind and language.
  ///
  /// One that is not closed reaches to the end, but for single marks, which are apostrophes then.
  fileprivate var withoutQuotations: String {
    // Most texts have no mark, and bytes show that fast.
    guard utf8.contains(where: { $0 == 0x22 || $0 == 0x27 || $0 >= 0x80 }) else { return self }
    let characters = Array(self)
    var found = ""
    var index = 0
    while index < characters.count {
      let quotation = Quotation(opening: index, in: characters)
      guard let quotation else {
        found.append(characters[index])
        index += 1
        continue
      }
      found += "“\(StudyReport.withheld)" + (quotation.end == nil ? "" : "”")
      index = (quotation.end ?? characters.count - 1) + 1
    }
    return found
  }
}

/// Where a quotation ends.
private struct Quotation {
  /// The position of the closing mark, or `nil` where there is none.
  let end: Int?

  /// What may close what each mark opens.
  static let closers: [Character: Set<Character>] = [
    "“": ["”"], "\"": ["\""], "«": ["»"], "»": ["«"], "„": ["“", "”"], "‚": ["‘", "’"],
    "‹": ["›"], "›": ["‹"], "「": ["」"], "『": ["』"], "‘": ["’"], "'": ["'"],
  ]

  /// The quotation that begins at a position, or `nil`.
  init?(opening start: Int, in characters: [Character]) {
    let mark = characters[start]
    guard let closers = Self.closers[mark] else { return nil }
    if mark == "‘" || mark == "'" {
      guard let end = Self.endOfSingle(start, in: characters, closers) else { return nil }
      self.end = end
      return
    }
    var depth = 0
    end = characters[(start + 1)...].indices.first { index in
      if closers.contains(characters[index]) {
        if depth == 0 { return true }
        depth -= 1
      } else if characters[index] == mark {
        depth += 1
      }
      return false
    }
  }

  // An apostrophe stands within a word or after the `s` of a plural; a mark stands at the border of one.
  private static func endOfSingle(
    _ start: Int, in characters: [Character], _ closers: Set<Character>
  ) -> Int? {
    func isInWord(_ index: Int) -> Bool {
      characters.indices.contains(index)
        && (characters[index].isLetter || characters[index].isNumber)
    }
    guard !isInWord(start - 1), isInWord(start + 1) || characters[start] == "‘" else { return nil }
    var doubtful: Int?
    for index in characters.indices[(start + 1)...] {
      if characters[index] == "‘" { break }
      guard closers.contains(characters[index]), !isInWord(index + 1),
        !characters[index - 1].isWhitespace
      else { continue }
      let isPlural =
        characters[index - 1] == "s" && index + 1 < characters.count
        && characters[index + 1].isWhitespace
      if !isPlural { return index }
      doubtful = index
    }
    return doubtful
  }
}
