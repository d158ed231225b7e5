internal import QDACore

/// What a line is, as far as it shows without knowing who speaks.
enum LineKind: Hashable {
  case blank
  case text
  /// A page's header or footer.
  case furniture
  /// A field of the document's header.
  case field
  /// Part of a block that only describes the document, such as front matter.
  case header
  /// A line of dashes or the like.
  case rule
  case heading
  case trailer
  case event
  /// Nothing but times.
  case stamp
  /// Nothing but the number of the paragraph below.
  case number
}

/// The lines of a document, each with what it is.
struct LineKinds {
  let text: Lines
  var kinds: [LineKind]
  /// Line numbers with the white after them, where the document numbers its lines.
  var numbers: [Range<Int>?]
  var header: HeaderBlock
  var isWrapped = false
  let isMarkdown: Bool

  init(_ text: Lines, isMarkdown: Bool) {
    self.text = text
    self.isMarkdown = isMarkdown
    kinds = text.lines.map { $0.isBlank ? .blank : .text }
    numbers = LineNumbers.find(in: text)
    header = HeaderBlock()
    Furniture.mark(in: text, &kinds)
    if numbers.allSatisfy({ $0 == nil }) { LineNumbers.markLone(in: text, &kinds) }
    if isMarkdown { header.readFrontMatter(text, &kinds) }
    header.readFields(text, &kinds)
    for index in kinds.indices where kinds[index] == .text { kinds[index] = kind(ofLine: index) }
    markLoneStamps()
    isWrapped = measureWrapping()
  }

  /// Where the words of a line begin, after its number.
  func content(ofLine index: Int) -> Int {
    guard let number = numbers[index] else { return text.lines[index].content }
    return text.skipSpaces(from: number.upperBound, to: text.lines[index].contentEnd)
  }

  private func kind(ofLine index: Int) -> LineKind {
    let line = text.lines[index]
    let content = content(ofLine: index)
    if content >= line.contentEnd { return .text }
    let scalars = text.scalars[content..<line.contentEnd]
    if isRule(scalars) { return .rule }
    if isTrailer(scalars) { return .trailer }
    if let stamp = text.stamp(at: content, limit: line.contentEnd),
      stamp.style != .bare, stamp.range.upperBound == line.contentEnd
    {
      return .stamp
    }
    if isMarkdown, isMarkdownHeading(scalars) { return .heading }
    if EventWord.isEventLine(scalars) { return .event }
    if isCapitalsHeading(index, scalars) { return .heading }
    return .text
  }

  private func isRule(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    guard scalars.count >= 3, scalars.count <= 400 else { return false }
    return scalars.allSatisfy { "-=_*—–~· ".unicodeScalars.contains($0) }
      && !scalars.allSatisfy { $0 == " " }
  }

  private func isMarkdownHeading(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    let level = scalars.prefix { $0 == "#" }.count
    return (1...6).contains(level) && scalars.dropFirst(level).first?.isLayoutSpace == true
  }

  private func isTrailer(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    guard scalars.count <= 120 else { return false }
    var line = String(String.UnicodeScalarView(scalars)).lowercased()
    while let first = line.first, !first.isLetter { line.removeFirst() }
    while let last = line.last, !last.isLetter && !last.isNumber { line.removeLast() }
    if line.hasSuffix(" stopped transcription") { return true }
    return Self.trailers.contains { trailer in
      guard line.hasPrefix(trailer) else { return false }
      return line.count == trailer.count || trailer.hasSuffix(" ")
    }
  }

  private static let trailers = [
    "transcribed by ", "transcript by ", "end of transcript", "end of interview",
    "end of the interview", "end of recording", "end of the recording", "end of audio",
    "end of tape", "interview ends", "recording ends", "transcription ended ",
    "ende des interviews", "ende der aufnahme", "fin de l'entretien", "fin de la entrevista",
    "fin de l’entretien", "einde van het interview",
  ]

  private func isCapitalsHeading(_ index: Int, _ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    guard scalars.count <= 60, let last = scalars.last else { return false }
    guard last.properties.isAlphabetic || last.isASCIIDigit else { return false }
    let before = index == 0 || text.lines[index - 1].isBlank
    let after = index + 1 >= text.lines.count || text.lines[index + 1].isBlank
    guard before, after else { return false }
    var capitals = 0
    var words = 1
    for scalar in scalars {
      if scalar.properties.isLowercase || scalar == ":" { return false }
      if scalar.properties.isUppercase { capitals += 1 }
      if scalar.isLayoutSpace { words += 1 }
    }
    return capitals >= 6 || words >= 2 && capitals >= 4
  }

  // A clock time alone on a line is a stamp where there are several; a range always is.
  private mutating func markLoneStamps() {
    var bare: [Int] = []
    for index in kinds.indices where kinds[index] == .text {
      let end = text.lines[index].contentEnd
      let content = content(ofLine: index)
      guard end - content <= 64, let stamp = text.stamp(at: content, limit: end),
        stamp.range.upperBound == end
      else { continue }
      if stamp.end != nil {
        kinds[index] = .stamp
      } else {
        bare.append(index)
      }
    }
    if bare.count >= 3 {
      for index in bare { kinds[index] = .stamp }
    }
  }

  // Lines were cut at a width when most lines that another one follows are about equally long.
  private func measureWrapping() -> Bool {
    var followed = 0
    var full = 0
    for index in kinds.indices where kinds[index] == .text && index + 1 < kinds.count {
      guard kinds[index + 1] == .text else { continue }
      followed += 1
      let length = text.lines[index].end - text.lines[index].start
      if (55...95).contains(length) { full += 1 }
    }
    return followed >= 4 && full * 10 >= followed * 6
  }
}

/// Finds the numbers that some transcripts put before every line or paragraph.
enum LineNumbers {
  /// The number of each line with one space after it, or `nil`.
  ///
  /// At least four in five lines must carry one, and go on from the line before or start anew at 1.
  static func find(in text: Lines) -> [Range<Int>?] {
    var found = [Range<Int>?](repeating: nil, count: text.lines.count)
    var filled = 0
    var numbered = 0
    var rising = 0
    var previous: Int?
    for (index, line) in text.lines.enumerated() where !line.isBlank {
      filled += 1
      guard let (value, range) = number(in: text, line) else { continue }
      numbered += 1
      found[index] = range
      if value == 1 || value == previous.map({ $0 + 1 }) { rising += 1 }
      previous = value
    }
    let isNumbered =
      numbered >= 3 && numbered * 10 >= filled * 8 && (rising + 1) * 10 >= numbered * 8
    return isNumbered ? found : found.map { _ in nil }
  }

  /// Marks the numbers of paragraphs that stand on lines of their own, as in printed transcripts.
  ///
  /// There must be eight at least, and nine in ten must follow from the one before them; a page's
  /// end may repeat one.
  static func markLone(in text: Lines, _ kinds: inout [LineKind]) {
    var lone: [Int] = []
    var rising = 0
    var previous: Int?
    for (index, line) in text.lines.enumerated() where kinds[index] == .text {
      let scalars = text.scalars[line.content..<line.contentEnd]
      guard (1...4).contains(scalars.count) else { continue }
      var value = 0
      guard
        scalars.allSatisfy({ scalar in
          value = value * 10 + (scalar.digit ?? 0)
          return scalar.isASCIIDigit
        })
      else { continue }
      lone.append(index)
      // One that stands at a page's edge may have been taken for its furniture.
      if let previous { rising += (previous...previous + 2).contains(value) ? 1 : 0 }
      previous = value
    }
    guard lone.count >= 8, rising * 10 >= (lone.count - 1) * 9 else { return }
    for index in lone { kinds[index] = .number }
  }

  private static func number(in text: Lines, _ line: Lines.Line) -> (Int, Range<Int>)? {
    var position = line.content
    let isBracketed = text.scalars[position] == "("
    if isBracketed { position += 1 }
    var value = 0
    var digits = 0
    while position < line.contentEnd, digits < 5, let digit = text.scalars[position].digit {
      value = value * 10 + digit
      digits += 1
      position += 1
    }
    guard (1...4).contains(digits), position < line.contentEnd else { return nil }
    if isBracketed {
      guard text.scalars[position] == ")" else { return nil }
      position += 1
    }
    guard position < line.contentEnd, text.scalars[position].isLayoutSpace else { return nil }
    return (value, line.content..<position + 1)
  }
}
