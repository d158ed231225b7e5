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
  /// In a table whose columns say who speaks.
  case table
}

/// The lines of a document, each with what it is.
struct LineKinds {
  let text: Lines
  var kinds: [LineKind]
  /// Line numbers with the white after them; empty where the document does not number its lines.
  private let numbers: [Range<Int>?]
  var header: HeaderBlock
  var isWrapped = false
  /// Whether times on lines of their own stand under the words that they time.
  private(set) var stampsAreBelow = false
  let isMarkdown: Bool
  private let ignored: Set<TextStructure>

  /// - Parameter tables: The stretches of tables of turns, in order.
  init(
    _ text: Lines, isMarkdown: Bool, options: TranscriptOptions, tables: [Range<Int>] = []
  ) {
    self.text = text
    self.isMarkdown = isMarkdown
    ignored = options.ignored
    kinds = text.lines.map { $0.isBlank ? .blank : .text }
    numbers =
      options.hasLineNumbers == false
      ? []
      : LineNumbers.find(in: text, isSure: options.hasLineNumbers == true)
    header = HeaderBlock()
    if !ignored.contains(.furniture) { Furniture.mark(in: text, &kinds) }
    mark(tables)
    if options.hasLineNumbers != false, numbers.isEmpty { LineNumbers.markLone(in: text, &kinds) }
    if let lines = options.headerLines {
      header.readFields(text, &kinds, lines: lines)
    } else if !ignored.contains(.header) {
      if isMarkdown { header.readFrontMatter(text, &kinds) }
      header.readFields(text, &kinds)
    }
    for index in kinds.indices where kinds[index] == .text { kinds[index] = kind(ofLine: index) }
    markLoneStamps()
    stampsAreBelow = options.timestampPosition == .end || measureStamps()
    isWrapped = options.isWrapped ?? measureWrapping()
  }

  private mutating func mark(_ tables: [Range<Int>]) {
    var next = 0
    for (index, line) in text.lines.enumerated() {
      while next < tables.count, tables[next].upperBound < line.start { next += 1 }
      guard next < tables.count else { return }
      if tables[next].lowerBound <= line.start { kinds[index] = .table }
    }
  }

  /// Takes what the document sets as headings for such.
  mutating func mark(headings: [TextSpan]) {
    if headings.isEmpty || ignored.contains(.headings) { return }
    var counter = ScalarCounter(text.scalars)
    var next = 0
    for heading in headings {
      let range = counter.range(heading)
      while next < text.lines.count, text.lines[next].start < range.upperBound {
        let isWithin = text.lines[next].start >= range.lowerBound
        if isWithin, kinds[next] == .text { kinds[next] = .heading }
        next += 1
      }
    }
  }

  /// The number of a line with the white after it.
  func number(ofLine index: Int) -> Range<Int>? { numbers.isEmpty ? nil : numbers[index] }

  /// Where the words of a line begin, after its number.
  func content(ofLine index: Int) -> Int {
    guard let number = number(ofLine: index) else { return text.lines[index].content }
    return text.skipSpaces(from: number.upperBound, to: text.lines[index].contentEnd)
  }

  private func kind(ofLine index: Int) -> LineKind {
    let line = text.lines[index]
    let content = content(ofLine: index)
    if content >= line.contentEnd { return number(ofLine: index) == nil ? .text : .number }
    let range = content..<line.contentEnd
    if !ignored.contains(.headings), isRule(range) { return .rule }
    if !ignored.contains(.trailer), isTrailer(range) { return .trailer }
    if let stamp = text.stamp(at: content, limit: line.contentEnd),
      stamp.style != .bare, stamp.range.upperBound == line.contentEnd
    {
      return .stamp
    }
    if !ignored.contains(.headings), isMarkdown, isMarkdownHeading(range) { return .heading }
    if !ignored.contains(.events), isEvent(range) { return .event }
    if !ignored.contains(.headings), standsAlone(index),
      isCapitalsHeading(range) || isPartHeading(range)
    {
      return .heading
    }
    return .text
  }

  private func isRule(_ range: Range<Int>) -> Bool {
    guard Self.isRuling(text.scalars[range.lowerBound]) else { return false }
    return (3...400).contains(text.scalars.count(range))
      && range.allSatisfy { Self.isRuling(text.scalars[$0]) }
  }

  private static func isRuling(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "-", "=", "_", "*", "—", "–", "~", "·", " ": true
    default: false
    }
  }

  private func isMarkdownHeading(_ range: Range<Int>) -> Bool {
    let words = range.first { text.scalars[$0] != "#" } ?? range.upperBound
    return (1...6).contains(words - range.lowerBound) && words < range.upperBound
      && text.scalars[words].isLayoutSpace
  }

  private func isEvent(_ whole: Range<Int>) -> Bool {
    var range = whole
    while isMarkdown, range.count > 2, ["*", "_"].contains(text.scalars[range.lowerBound]),
      text.scalars[range.upperBound - 1] == text.scalars[range.lowerBound]
    {
      range = range.lowerBound + 1..<range.upperBound - 1
    }
    let first = text.scalars[range.lowerBound]
    guard first == "(" || first == "[", range.count <= 800 else { return false }
    return EventWord.isEventLine(text.scalars[range])
  }

  private func isTrailer(_ range: Range<Int>) -> Bool {
    guard mayBeTrailer(text.scalars.utf8[range]), text.scalars.count(range) <= 120 else {
      return false
    }
    var line = text.string(range).lowercased()
    while let first = line.first, !first.isLetter { line.removeFirst() }
    while let last = line.last, !last.isLetter && !last.isNumber { line.removeLast() }
    // Of what somebody says, a name in front and nothing behind tells it apart.
    if line.hasSuffix(" stopped transcription") {
      return line.split(separator: " ").count <= 6
        && text.scalars[range.upperBound - 1].properties.isAlphabetic
    }
    return Self.trailers.contains { trailer in
      guard line.hasPrefix(trailer) else { return false }
      let rest = line.dropFirst(trailer.count)
      if trailer.hasSuffix("ended after ") { return rest.first?.isNumber == true }
      return rest.isEmpty || trailer.hasSuffix(" ")
    }
  }

  // Nearly no line is one, which its first or its last letters show.
  private func mayBeTrailer(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.count <= 480, let first = line.firstIndex(where: \.isLetter) else { return false }
    let letter = line[first] | 0x20
    let opens = Self.openings.contains { opening in
      opening[0] == letter && line[first...].starts(with: opening) { $0 | 0x20 == $1 }
    }
    if opens { return true }
    guard let last = line.lastIndex(where: \.isLetter) else { return false }
    let end = line[...last].suffix(Self.ending.count)
    return end.elementsEqual(Self.ending) { $0 | 0x20 == $1 }
  }

  private static let openings = trailers.map { Array($0.utf8.prefix { $0 < 0x80 }) }
  private static let ending = Array("transcription".utf8)

  private static let trailers = [
    "transcribed by ", "transcript by ", "end of transcript", "end of interview",
    "end of the interview", "end of recording", "end of the recording", "end of audio",
    "end of tape", "interview ends", "recording ends",
    "transcription ended after ", "meeting ended after ",
    "ende des interviews", "ende der aufnahme", "fin de l'entretien", "fin de la entrevista",
    "fin de l’entretien", "einde van het interview",
  ]

  private func standsAlone(_ index: Int) -> Bool {
    (index == 0 || text.lines[index - 1].isBlank)
      && (index + 1 >= text.lines.count || text.lines[index + 1].isBlank)
  }

  // `Section 3: Work and family`, `Topic 4 – Family`; in capitals without a number, too.
  private func isPartHeading(_ range: Range<Int>) -> Bool {
    let last = text.scalars[range.upperBound - 1]
    guard last.properties.isAlphabetic || last.isASCIIDigit || last == ")", range.count <= 240,
      text.scalars.count(range) <= 60
    else { return false }
    let line = text.scalars[range]
    let end = line.firstIndex { LabelScanner.isColon($0) || LabelScanner.isDash($0) || $0 == "." }
    let key = LabelKey.key(of: line[..<(end ?? line.endIndex)])
    guard Self.headingParts.contains(key.prefix { !$0.isNumber && $0 != " " }),
      HeaderBlock.isPart(key)
    else { return false }
    return key.contains(where: \.isNumber) || !line.contains(where: \.properties.isLowercase)
  }

  // What documents and guides are divided into; days, steps and tests are what people tell of.
  private static let headingParts: Set<Substring> = [
    "part", "section", "chapter", "theme", "topic", "module", "unit", "session", "act", "scene",
    "appendix", "annex", "kapitel", "teil", "partie", "chapitre", "capítulo", "sección", "parte",
    "deel",
  ]

  private func isCapitalsHeading(_ range: Range<Int>) -> Bool {
    guard range.count <= 240 else { return false }
    let scalars = text.scalars[range]
    guard scalars.count <= 60, let last = scalars.last else { return false }
    guard last.properties.isAlphabetic || last.isASCIIDigit else { return false }
    var capitals = 0
    var words = 1
    for scalar in scalars {
      if scalar.properties.isLowercase || scalar == ":" { return false }
      if scalar.properties.isUppercase { capitals += 1 }
      if scalar.isLayoutSpace { words += 1 }
    }
    return capitals >= 6 || words >= 2 && capitals >= 4
  }

  // A time alone on a line is a stamp if it is a range or has hours, or where there are several.
  private mutating func markLoneStamps() {
    var bare: [Int] = []
    for index in kinds.indices where kinds[index] == .text {
      let end = text.lines[index].contentEnd
      let content = content(ofLine: index)
      guard end - content <= 64, let stamp = text.stamp(at: content, limit: end),
        stamp.range.upperBound == end
      else { continue }
      // Hours, minutes and seconds alone are nothing else; `10:30` may be what somebody says.
      if stamp.end != nil || stamp.fields == 3 {
        kinds[index] = .stamp
      } else {
        bare.append(index)
      }
    }
    if bare.count >= 3 {
      for index in bare { kinds[index] = .stamp }
    }
  }

  // Times stand below where nearly all follow words at once, a blank line follows nearly all, and
  // nothing is said after the last.
  private func measureStamps() -> Bool {
    guard kinds.last(where: { $0 == .text || $0 == .stamp }) == .stamp else { return false }
    var all = 0
    var below = 0
    for index in kinds.indices where kinds[index] == .stamp {
      all += 1
      let isLast = index + 1 == kinds.count || kinds[index + 1] == .blank
      if isLast, index > 0, kinds[index - 1] == .text { below += 1 }
    }
    return below >= 2 && below * 5 >= all * 4
  }

  // Lines were cut at a width when most lines that another one follows are about equally long.
  private func measureWrapping() -> Bool {
    var followed = 0
    var full = 0
    for index in kinds.indices where kinds[index] == .text && index + 1 < kinds.count {
      guard kinds[index + 1] == .text else { continue }
      followed += 1
      if isFull(index) { full += 1 }
    }
    return followed >= 4 && full * 10 >= followed * 6
  }

  /// Whether a line is as long as one that was cut at a width.
  func isFull(_ index: Int) -> Bool { (55...95).contains(text.width(ofLine: index)) }
}

extension UInt8 {
  /// Whether it is a letter of ASCII.
  fileprivate var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
}
