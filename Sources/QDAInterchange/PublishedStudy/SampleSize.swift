/// A place where a study says how many people took part.
struct SampleStatement {
  var value: Int
  var range: Range<Int>
  var line: Int
}

/// Finds how many people a study says took part, and leaves side groups and parts of the sample out.
///
/// A number counts where the words around it are about the sample: `the sample comprised 22 …`,
/// `we interviewed 22 participants`, `9 of the 22 participants`, `participants (n = 22)`. A bare
/// `17 participants` counts only when it is more than half of the rows and no verb follows that says
/// what those 17 did. A number of organisations counts where the study says that there was one
/// participant from each.
struct SampleSize {
  /// A paragraph, or the title of the table of participants.
  struct Part {
    var body: Range<Int>
    var line: Int
    var isTitle: Bool
  }

  private(set) var statements: [SampleStatement] = []

  private let study: StudyText
  private let rows: Int
  private var organisations: Set<String>
  private var isOneEach = false

  init(
    in study: StudyText, prose: [Part], rows: Int, organisations: [String]
  ) {
    self.study = study
    self.rows = rows
    let names = organisations.map { $0.comparisonKey }
    self.organisations = Set(names + names.map { $0 + "s" })
    let sentences = prose.flatMap { part in
      Self.sentences(in: part.body, of: study).map { Sentence(words: $0, part: part) }
    }.filter { !$0.numbers.isEmpty }
    isOneEach = sentences.contains(where: saysOneEach)
    for sentence in sentences {
      for number in sentence.numbers where isSample(number, in: sentence) {
        statements.append(
          SampleStatement(
            value: number.value,
            range: sentence.words[number.words.lowerBound].range
              .lowerBound..<sentence.words[number.words.upperBound - 1].range.upperBound,
            line: line(of: sentence.words[number.words.lowerBound].range, from: sentence.line)))
      }
    }
  }

  private func line(of range: Range<Int>, from line: Int) -> Int {
    study.lines[line...].firstIndex { $0.whole.upperBound >= range.upperBound } ?? line
  }

  // MARK: Words

  private struct Word {
    var text: String
    var range: Range<Int>
  }

  private struct Sentence {
    var words: [Word]
    var numbers: [Number]
    var line: Int
    var hasOneEquation: Bool
    var saysSample: Bool
    var isTitle: Bool

    init(words: [Word], part: Part) {
      self.words = words
      numbers = SampleSize.numbers(in: words)
      line = part.line
      isTitle = part.isTitle
      hasOneEquation = words.count { $0.text == "=" } == 1
      saysSample = words.contains { $0.text == "sample" }
    }
  }

  // Brackets and the sign of equality are words of their own; other signs end up with no word.
  private static func sentences(in body: Range<Int>, of study: StudyText) -> [[Word]] {
    var sentences: [[Word]] = [[]]
    var start: Int?
    func close(at end: Int) {
      guard let first = start else { return }
      start = nil
      let text = study.string(first..<end).lowercased()
      sentences[sentences.count - 1].append(Word(text: text, range: first..<end))
    }
    for index in body {
      let scalar = study.scalars[index]
      let isInner =
        scalar.isLetter || scalar.isDigit || scalar.isDash
        || "’'%/.,".unicodeScalars.contains(scalar)
      let next = index + 1 < body.upperBound ? study.scalars[index + 1] : " "
      if isInner,
        ![".", ",", "’", "'"].contains(scalar) || (start != nil && next.isLetter || next.isDigit)
      {
        if start == nil { start = index }
        continue
      }
      close(at: index)
      if ["(", ")", "=", ";", ","].contains(scalar) {
        sentences[sentences.count - 1].append(
          Word(text: String(scalar), range: index..<index + 1))
      } else if [".", "?", "!", ":"].contains(scalar) {
        sentences.append([])
      }
    }
    close(at: body.upperBound)
    return sentences.filter { !$0.isEmpty }
  }

  private typealias Number = (value: Int, words: Range<Int>)

  private static func numbers(in words: [Word]) -> [Number] {
    let texts = words.map(\.text)
    var numbers: [Number] = []
    var index = 0
    while index < words.count {
      if let found = NumberWords.number(at: texts[index...]) {
        numbers.append((found.value, index..<index + found.count))
        index += found.count
      } else {
        index += 1
      }
    }
    return numbers
  }

  // MARK: Meaning

  private static let sampleNouns: Set<String> = [
    "participants", "interviewees", "respondents", "informants",
  ]
  private static let peopleNouns: Set<String> = [
    "people", "individuals", "persons", "adults", "staff", "professionals", "practitioners",
  ]
  // What a number next to the word sample may count instead of people, or is only part of it.
  private static let parts: Set<String> = [
    "women", "men", "females", "males", "girls", "boys", "female", "male", "interviews",
    "transcripts", "minutes", "hours", "days", "weeks", "months", "years", "pages", "percent",
  ]
  private static let organisationNouns: Set<String> = [
    "organisations", "organizations", "services", "sites", "agencies",
  ]
  private static let sampling: Set<String> = [
    "interviewed", "recruited", "enrolled", "sampled", "surveyed",
  ]
  private static let fillers: Set<String> = [
    "comprised", "comprises", "consisted", "consists", "of", "included", "includes", "was", "is",
    "were", "size", "contained", "made", "up", "in", "total", "a", "final", "all", "with", "the",
    "from", "=", "(", ",", "altogether", "overall", "n",
  ]
  private static let participation: Set<String> = [
    "took", "participated", "were", "consented", "in", "from", "across", "overall", "altogether",
  ]
  private static let partitives: Set<String> = [
    "only", "just", "another", "other", "remaining", "further", "these", "those", "least",
    "additional", "also", "group", "subgroup", "subset", "first", "last",
  ]

  private func isSample(_ number: Number, in sentence: Sentence) -> Bool {
    let words = sentence.words
    let before = words[..<number.words.lowerBound].suffix(8).map(\.text)
    let after = words[number.words.upperBound...].prefix(6).map(\.text)
    if before.last == "=" { return isEquation(before, in: sentence) }
    let nouns = after.prefix { !["(", ")", ",", ";", "="].contains($0) }
    let sampleNoun = nouns.prefix(4).firstIndex(where: Self.sampleNouns.contains)
    let isPeople = sampleNoun != nil || nouns.prefix(4).contains(where: Self.peopleNouns.contains)
    if let sample = before.lastIndex(of: "sample"),
      before[(sample + 1)...].allSatisfy(Self.fillers.contains)
    {
      if isPeople || nouns.isEmpty || namesOrganisation(nouns) { return true }
      return number.value * 2 > rows && nouns.prefix(3).allSatisfy { !Self.parts.contains($0) }
    }
    if isOneEach, number.value * 2 > rows, before.last.map(Self.linksPlaces) == true,
      namesOrganisation(nouns.prefix(2))
    {
      return true
    }
    let lead = before.reversed().drop(while: Self.fillers.contains)
    if let verb = lead.first, Self.sampling.contains(verb), isPeople,
      !before.contains(where: Self.partitives.contains)
    {
      return true
    }
    guard let sampleNoun, sampleNoun <= 3,
      !before.suffix(3).contains(where: Self.partitives.contains)
    else { return false }
    let next = after.dropFirst(sampleNoun + 1).first
    if let article = before.last, ["of", "all", "the", "our", "with", "("].contains(article) {
      return !["who", "that", "whose", "in"].contains(next ?? "") || article != "the"
    }
    if let next, ["took", "participated"].contains(next) { return true }
    guard number.value * 2 > rows else { return false }
    return next.map { Self.participation.contains($0) || !$0.allSatisfy(\.isLetter) } ?? true
  }

  private static func linksPlaces(_ word: String) -> Bool {
    ["across", "from", "in", "of", "with", "at", "between"].contains(word)
  }

  private func namesOrganisation(_ words: some Sequence<String>) -> Bool {
    words.contains { organisations.contains($0) || Self.organisationNouns.contains($0) }
  }

  // `participants (n = 22)`, but not `a group of managers (n = 4)` or one of several parts.
  private func isEquation(_ before: [String], in sentence: Sentence) -> Bool {
    guard before.dropLast().last == "n", sentence.hasOneEquation else { return false }
    if sentence.isTitle { return true }
    let lead = before.dropLast(2).filter { $0 != "(" }
    if lead.suffix(6).contains(where: { ["group", "groups", "subgroup"].contains($0) }) {
      return false
    }
    if let last = lead.last, Self.sampleNouns.contains(last) || last == "sample" { return true }
    return sentence.saysSample || lead.suffix(2).contains { organisations.contains($0) }
  }

  // `22 participants from 22 different organisations`
  private func saysOneEach(_ sentence: Sentence) -> Bool {
    let words = sentence.words
    return zip(sentence.numbers, sentence.numbers.dropFirst()).contains { people, places in
      let between = words[people.words.upperBound..<places.words.lowerBound].map(\.text)
      let after = words[places.words.upperBound...].prefix(3).map(\.text)
      return people.value == places.value && between.count <= 4
        && between.contains(where: Self.sampleNouns.contains)
        && between.last.map(Self.linksPlaces) == true && namesOrganisation(after)
    }
  }
}
