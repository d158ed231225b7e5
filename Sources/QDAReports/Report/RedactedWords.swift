/// What a redacted report withholds wherever it is written: what stands between quotation marks, stretches
/// of what participants said, values of attributes, names, and what a finding repeats from a file.
struct RedactedWords {
  /// What stands for a text that is nothing but one of these: names, and documents named after people.
  private let whole: [String: String]
  /// Words in a row, the longest first, and what stands in their place.
  private let replacements: [(words: String, by: String)]
  /// The parts of names.
  private let nameWords: Set<String>
  private let spoken: SpokenWords

  /// - Parameter texts: Everything that the report says.
  init(of report: StudyReport, texts: [String]) {
    let ids = report.participants.map(\.id)
    let said = report.participants.flatMap(\.values).map(\.value)
    let raw = report.diagnostics.filter { $0.id.hasPrefix("participant.") }.compactMap(\.raw)
    let sites = report.patterns.flatMap(\.cases).filter(\.isOnePerson)
    var found: [String: String] = [:]
    for value in said + raw + sites.flatMap({ [$0.name, $0.id] }) {
      found[value] = StudyReport.withheld
    }
    for value in ids + ["yes", "missing", "not applicable"] { found[value] = nil }
    let named = report.participants.filter { $0.name != $0.id }
    let names = Dictionary(named.map { ($0.name, $0.id) }, uniquingKeysWith: { first, _ in first })
    whole = names.merging(Self.documents(of: report, named: named.map(\.name))) { $1 }
    found.merge(whole) { $1 }
    replacements = found.filter { $0.key.count > 2 }.map { ($0.key, $0.value) }
      .sorted { ($1.words.count, $0.words) < ($0.words.count, $1.words) }
    nameWords = Self.words(ofNames: named.map(\.name), apartFrom: texts)
    spoken = SpokenWords(report.quotes.flatMap { [$0.text, $0.before, $0.after] })
  }

  /// A number for each document whose key or name has a word of somebody's name.
  private static func documents(
    of report: StudyReport, named names: [String]
  ) -> [String: String] {
    let words = Set(names.flatMap { $0.lowercased().wordsOfName }.filter { $0.count > 2 })
    var found: [String: String] = [:]
    for (offset, document) in report.sources.enumerated() {
      let texts = [document.id, document.name]
      if words.isDisjoint(with: texts.flatMap { $0.lowercased().wordsOfName }) { continue }
      for text in texts where !report.participants.contains(where: { $0.id == text }) {
        found[text] = "document-\(offset + 1)"
      }
    }
    return found
  }

  // A name of which a word is also a common one keeps it, or half of what is written would go.
  private static func words(ofNames names: [String], apartFrom texts: [String]) -> Set<String> {
    var words: Set<String> = []
    for name in names where !name.contains(where: \.isNumber) {
      words.formUnion(
        name.wordsOfName.filter { $0.count > 2 && $0.first?.isUppercase == true }.map(String.init))
    }
    if words.isEmpty { return [] }
    let small = Dictionary(grouping: words) { $0.lowercased() }
    for text in texts {
      for word in text.wordsOfName where word.first?.isLowercase == true {
        if let known = small[String(word)] { words.subtract(known) }
      }
    }
    return words.union(words.map { $0.uppercased() })
  }

  /// What stands for a text that only names a person or a document, or `nil`.
  func replacement(for text: String) -> String? { whole[text] }

  /// A text of the report without them.
  func withheld(from text: String) -> String {
    var text = spoken.withheld(from: text.withoutQuotations)
    for (words, replacement) in replacements where text.contains(words) {
      text = text.replacing(words, by: replacement)
    }
    return withoutNames(text)
  }

  private func withoutNames(_ text: String) -> String {
    if nameWords.isEmpty { return text }
    var found = ""
    var position = text.startIndex
    for word in text.wordsOfName where nameWords.contains(String(word)) {
      found += text[position..<word.startIndex] + StudyReport.withheld
      position = word.endIndex
    }
    return found + text[position...]
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
  /// The words; `O’Dowd` has two, and so has `Anne-Marie`.
  fileprivate var wordsOfName: [Substring] { split { !$0.isLetter && !$0.isNumber } }

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
    "“": ["”"], "”": ["”"], "\"": ["\""], "«": ["»"], "»": ["«", "»"], "„": ["“", "”"],
    "‚": ["‘", "’"], "‹": ["›"], "›": ["‹", "›"], "「": ["」"], "『": ["』"], "｢": ["｣"], "《": ["》"],
    "〈": ["〉"], "〝": ["〞", "〟"], "＂": ["＂"], "‟": ["”"], "‘": ["’"], "’": ["’"], "'": ["'"],
    "`": ["`", "'", "’"],
  ]

  /// Marks that are something else, such as apostrophes, where nothing closes them.
  private static let single: Set<Character> = ["‘", "’", "'", "`"]

  /// The quotation that begins at a position, or `nil`.
  init?(opening start: Int, in characters: [Character]) {
    let mark = characters[start]
    guard let closers = Self.closers[mark] else { return nil }
    if Self.single.contains(mark) {
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
