internal import QDACore

/// Finds the quotations of a study: blocks of lines that end with a participant's id.
struct QuotationScan {
  /// A quotation before its participant is known.
  struct Found {
    var lines: ClosedRange<Int>
    var words: Range<Int>
    var attribution: Attribution?
    /// The block, counted from 1, or `nil` for words quoted within a sentence.
    var block: Int?
  }

  private(set) var found: [Found] = []
  /// Ids that stand where a quotation's words should be, with their lines.
  private(set) var wordless: [(range: Range<Int>, line: Int)] = []
  /// Paragraphs that announce a quotation, which does not follow.
  private(set) var unfulfilled: [StudySegments.Segment] = []
  /// The ids that the text names in brackets, with their lines.
  private(set) var mentions: [(spelling: LabelSpelling, label: Range<Int>, line: Int)] = []
  /// The segments that are the authors' own text.
  private(set) var prose: [StudySegments.Segment] = []

  private let study: StudyText
  private let register: ParticipantRegister
  private var block = 0

  /// Looks for quotations.
  ///
  /// A run of lines without a blank line is a block where it follows a paragraph that ends in a
  /// colon, in a main section that has quotations at all, or where a line of it ends with an id.
  /// Each line of a block is a quotation. Blocks with nothing between them are one.
  init(
    in study: StudyText, segments: [StudySegments.Segment], register: ParticipantRegister,
    headings: Set<Int>, mainSection: (Int) -> Int?
  ) {
    self.study = study
    self.register = register
    var speaking: Set<Int?> = []
    var followsColon = false
    for segment in segments {
      if isClosed(segment, afterColon: followsColon && !segment.followsBreak) {
        speaking.insert(mainSection(segment.lines.lowerBound))
      }
      followsColon = segment.endsInColon
    }
    var afterColon = false
    var isOpen = false
    var index = 0
    while index < segments.count {
      let first = segments[index]
      if first.followsBreak { (afterColon, isOpen) = (false, false) }
      if first.endsInColon, !isClosed(first, afterColon: false) {
        take(prose: first)
        let next = study.nextLine(from: first.lines.upperBound + 1)
        let isSpeaking = speaking.contains(mainSection(first.lines.lowerBound))
        if next.map({ headings.contains($0) && isSpeaking }) ?? true { unfulfilled.append(first) }
        (afterColon, isOpen) = (true, false)
        index += 1
        continue
      }
      var end = index + 1
      while end < segments.count, !segments[end].startsGroup, !segments[end].endsInColon {
        end += 1
      }
      let run = segments[index..<end]
      let isIntroduced =
        afterColon && !first.isListItem && speaking.contains(mainSection(first.lines.lowerBound))
      if isIntroduced || run.contains(where: { isClosed($0, afterColon: false) }) {
        if !isOpen { block += 1 }
        for segment in run { take(quotation: segment) }
        isOpen = true
      } else {
        for segment in run { take(prose: segment) }
        isOpen = false
      }
      afterColon = false
      index = end
    }
  }

  /// Whether a segment is a quotation by the id that closes it.
  private func isClosed(_ segment: StudySegments.Segment, afterColon: Bool) -> Bool {
    guard let attribution = segment.attribution else { return false }
    let spelling = attribution.spelling
    if spelling.label.prefix.isEmpty {
      return afterColon && attribution.followsSentence && register.resolve(spelling) != nil
    }
    guard register.knows(spelling) else {
      return afterColon && attribution.followsSentence && !spelling.variants.contains(.lowerCase)
    }
    if afterColon && !spelling.variants.contains(.lowerCase) { return true }
    return attribution.followsSentence && !endsWithinSentence(segment, attribution)
  }

  // “…” (P5) at the end of a paragraph quotes some words only, unless they are all of it.
  private func endsWithinSentence(
    _ segment: StudySegments.Segment, _ attribution: Attribution
  ) -> Bool {
    let end = study.scalars.trimmed(segment.body.lowerBound..<attribution.range.lowerBound)
    guard let open = openingMark(of: end) else { return false }
    return open > segment.body.lowerBound
  }

  /// Where the quotation mark that closes at the end of a range was opened.
  private func openingMark(of range: Range<Int>) -> Int? {
    guard let last = study.scalars[range].last else { return nil }
    let opening: Unicode.Scalar
    switch last {
    case "”": opening = "“"
    case "\"": opening = "\""
    default: return nil
    }
    return study.scalars[range.dropLast()].lastIndex(of: opening)
  }

  // A line may hold several quotations, each up to its id.
  private mutating func take(quotation segment: StudySegments.Segment) {
    var start = segment.body.lowerBound
    let last = segment.attribution?.range.lowerBound ?? segment.body.upperBound
    for end in innerEnds(of: segment.body) where end < last {
      let piece = start..<end
      take(words: piece, of: segment, attribution: Attribution(atEndOf: piece, in: study.scalars))
      start = study.scalars.trimmed(end..<segment.body.upperBound).lowerBound
    }
    take(
      words: start..<segment.body.upperBound, of: segment,
      attribution: isClosed(segment, afterColon: true) ? segment.attribution : nil)
  }

  // Where an id stands between the end of a sentence and the beginning of another.
  private func innerEnds(of body: Range<Int>) -> [Int] {
    let words = study.words(in: body)
    return words.indices.dropFirst().dropLast(4).compactMap { index in
      let word = words[index]
      guard word.count <= 12, study.scalars[word].last.map({ $0.isDigit || $0 == ")" }) == true,
        study.scalars[words[index - 1].upperBound - 1].endsSentence,
        let first = study.scalars[words[index + 1]].first,
        first.properties.isUppercase || ["“", "\"", "(", "["].contains(first),
        let spelling = LabelSpelling(study.string(word)), !spelling.label.prefix.isEmpty,
        spelling.variants.allSatisfy({ $0 == .bracketed || $0 == .padded }),
        register.knows(spelling), LabelSpelling(study.string(words[index + 1])) == nil
      else { return nil }
      return word.upperBound
    }
  }

  private mutating func take(
    words range: Range<Int>, of segment: StudySegments.Segment, attribution: Attribution?
  ) {
    let end = attribution?.range.lowerBound ?? range.upperBound
    var words = study.scalars.trimmed(range.lowerBound..<end)
    if let open = openingMark(of: words), open == words.lowerBound, words.count > 2 {
      words = study.scalars.trimmed(words.lowerBound + 1..<words.upperBound - 1)
    }
    if words.isEmpty {
      // An id on a line of its own belongs to the words above it.
      if let last = found.indices.last, found[last].block == block, found[last].attribution == nil {
        found[last].attribution = attribution
        found[last].lines = found[last].lines.lowerBound...segment.lines.upperBound
      } else if let attribution {
        wordless.append((attribution.range, line(of: attribution.range, in: segment)))
      }
      return
    }
    let lines = line(of: words, in: segment)...segment.lines.upperBound
    found.append(Found(lines: lines, words: words, attribution: attribution, block: block))
  }

  private func line(of range: Range<Int>, in segment: StudySegments.Segment) -> Int {
    segment.lines.first { study.lines[$0].whole.upperBound >= range.lowerBound }
      ?? segment.lines.lowerBound
  }

  // Ids in brackets are mentions; after a closing quotation mark they attribute the words before.
  private mutating func take(prose segment: StudySegments.Segment) {
    prose.append(segment)
    var open: Int?
    var lastMark: Int?
    for index in segment.body {
      switch study.scalars[index] {
      case "“": lastMark = index
      case "(", "[": open = index
      case ")", "]":
        guard let start = open, index - start < 80 else { continue }
        open = nil
        let labels = labels(in: start + 1..<index)
        let line = segment.lines.first { study.lines[$0].whole.upperBound >= index }
        for (spelling, label) in labels {
          mentions.append((spelling, label, line ?? segment.lines.lowerBound))
        }
        let before = study.scalars.trimmed(segment.body.lowerBound..<start)
        guard labels.count == 1, let (spelling, label) = labels.first, let mark = lastMark,
          study.scalars[before].last == "”", mark < before.upperBound - 1
        else { continue }
        mentions.removeLast()
        let attribution = Attribution(
          spelling: spelling, range: start..<index + 1, label: label, followsSentence: true)
        found.append(
          Found(
            lines: segment.lines, words: mark + 1..<before.upperBound - 1, attribution: attribution,
            block: nil))
      default: break
      }
    }
  }

  // `P5`, `P5, P9`, `P5 and P9` or `P5–P9`: ids and nothing else.
  private func labels(in range: Range<Int>) -> [(LabelSpelling, Range<Int>)] {
    var labels: [(LabelSpelling, Range<Int>)] = []
    var start = range.lowerBound
    for index in range.lowerBound...range.upperBound {
      guard index == range.upperBound || isBorder(index, before: range.upperBound) else {
        continue
      }
      var part = study.scalars.trimmed(start..<index)
      if study.string(part.prefix(4)) == "and " { part = part.lowerBound + 4..<part.upperBound }
      guard let spelling = LabelSpelling(study.string(part)), !spelling.label.prefix.isEmpty,
        register.knows(spelling), !spelling.variants.contains(.lowerCase)
      else { return [] }
      labels.append((spelling, part))
      start = index + 1
    }
    return labels
  }

  // The dash of a range has letters after it, the one of `P-5` has not.
  private func isBorder(_ index: Int, before end: Int) -> Bool {
    let scalar = study.scalars[index]
    if [",", ";", "&", "/"].contains(scalar) { return true }
    let next = study.scalars.trimmed(index + 1..<end).lowerBound
    return scalar.isDash && next < end && study.scalars[next].isLetter
  }

  /// The parts of a quotation in round or square brackets, which are not the participant's words.
  static func insertions(in words: Range<Int>, of study: StudyText) -> [TextSpan] {
    var spans: [TextSpan] = []
    var open: (index: Int, closing: Unicode.Scalar)?
    for index in words {
      switch study.scalars[index] {
      case "(" where open == nil: open = (index, ")")
      case "[" where open == nil: open = (index, "]")
      case let scalar where scalar == open?.closing:
        if let start = open?.index { spans.append((start..<index + 1).span) }
        open = nil
      default: break
      }
    }
    return spans
  }
}
