/// A place where a study says how many people took part.
struct SampleStatement {
  var value: Int
  var range: Range<Int>
  var line: Int
}

/// Finds how many people a study says took part, and leaves side groups and parts of the sample out.
///
/// A number counts where the words around it are about the sample: `the sample comprised 22 …`,
/// `we interviewed 22 participants`, `9 of the 22 participants`, `22 people took part`,
/// `participants (n = 22)`. It does not where the sentence is about another study, where people were
/// invited or planned for, or where it counts some of the participants. A number of organisations
/// counts where the study says that there was one participant from each.
struct SampleSize {
  /// A paragraph, or the title of the table of participants.
  struct Part {
    var body: Range<Int>
    var line: Int
    var isTitle: Bool
  }

  private(set) var statements: [SampleStatement] = []

  let rows: Int
  private(set) var isOneEach = false
  private let study: StudyText
  private var organisations: Set<String>

  init(
    in study: StudyText, prose: [Part], rows: Int, organisations: [String]
  ) {
    self.study = study
    self.rows = rows
    let names = organisations.map { $0.comparisonKey }
    self.organisations = Set(names + names.map { $0 + "s" })
    let sentences = prose.flatMap { part in
      Self.sentences(in: part.body, of: study).map { Sentence(words: $0, part: part) }
    }.filter { !$0.numbers.isEmpty && !$0.isAboutOthers }
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

  struct Word {
    var text: String
    var range: Range<Int>
  }

  struct Sentence {
    var words: [Word]
    var numbers: [Number]
    var line: Int
    var hasOneEquation: Bool
    var saysSample: Bool
    var isTitle: Bool
    /// Whether it reports what other authors found.
    var isAboutOthers: Bool

    init(words: [Word], part: Part) {
      self.words = words
      numbers = SampleSize.numbers(in: words)
      line = part.line
      isTitle = part.isTitle
      hasOneEquation = words.count { $0.text == "=" } == 1
      saysSample = words.contains { $0.text == "sample" }
      isAboutOthers = SampleSize.isAboutOthers(words.map(\.text))
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
      } else if scalar == "[" || scalar == "]" {
        // Citations stand in brackets of either kind.
        sentences[sentences.count - 1].append(
          Word(text: scalar == "[" ? "(" : ")", range: index..<index + 1))
      } else if [".", "?", "!", ":"].contains(scalar) {
        // `Bertotti et al. (21)` is not the end of a sentence.
        if scalar == ".", let last = sentences.last?.last, abbreviations.contains(last.text) {
          continue
        }
        sentences.append([])
      }
    }
    close(at: body.upperBound)
    return sentences.filter { !$0.isEmpty }
  }

  typealias Number = (value: Int, words: Range<Int>)

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

  static func linksPlaces(_ word: String) -> Bool {
    ["across", "from", "in", "of", "with", "at", "between"].contains(word)
  }

  func namesOrganisation(_ words: some Sequence<String>) -> Bool {
    words.contains { organisations.contains($0) || Self.organisationNouns.contains($0) }
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
