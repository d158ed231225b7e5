internal import QDACore

/// A study's text with its lines at hand, in scalars, so that positions need no conversion.
struct StudyText {
  let name: String
  let scalars: [Unicode.Scalar]
  let lines: [Line]

  struct Line {
    /// All of the line, without its end.
    var whole: Range<Int>
    /// The line without white space at its ends.
    var body: Range<Int>

    var isBlank: Bool { body.isEmpty }
  }

  init(_ text: Text, name: String) {
    self.name = name
    scalars = Array(text.string.unicodeScalars)
    var lines: [Line] = []
    var start = 0
    while start <= scalars.count {
      let end = scalars[start...].firstIndex(of: "\n") ?? scalars.count
      lines.append(Line(whole: start..<end, body: scalars.trimmed(start..<end)))
      start = end + 1
    }
    self.lines = lines
  }

  func string(_ range: Range<Int>) -> String {
    String(String.UnicodeScalarView(scalars[range]))
  }

  func body(of line: Int) -> String { string(lines[line].body) }

  func body(of line: Int) -> ArraySlice<Unicode.Scalar> { scalars[lines[line].body] }

  /// The text of a range within one line, with its place.
  func written(_ range: Range<Int>, in line: Int) -> WrittenText {
    WrittenText(
      string(range), at: place(of: range.lowerBound, in: line), line: string(lines[line].whole))
  }

  func place(of offset: Int, in line: Int) -> Place {
    .file(name, line: line + 1, column: offset - lines[line].whole.lowerBound + 1)
  }

  /// The first line at or after a position that is not blank.
  func nextLine(from line: Int) -> Int? {
    guard line < lines.count else { return nil }
    return lines[line...].firstIndex { !$0.isBlank }
  }

  /// The last line before a position that is not blank.
  func previousLine(before line: Int) -> Int? {
    lines[..<line].lastIndex { !$0.isBlank }
  }

  /// The cells of a line between tabs or upright strokes, trimmed, blank ones included.
  ///
  /// A blank cell at either end is the margin of the table, not a cell of it.
  func cells(of line: Int) -> [Range<Int>] {
    let whole = lines[line].whole
    let slice = scalars[whole]
    let separator: Unicode.Scalar
    if slice.contains("\t") {
      separator = "\t"
    } else if slice.count(where: { $0 == "|" }) > 1 {
      separator = "|"
    } else {
      return lines[line].isBlank ? [] : [lines[line].body]
    }
    var cells: [Range<Int>] = []
    var start = whole.lowerBound
    for index in slice.indices where slice[index] == separator {
      cells.append(scalars.trimmed(start..<index))
      start = index + 1
    }
    cells.append(scalars.trimmed(start..<whole.upperBound))
    if let first = cells.first, first.isEmpty { cells.removeFirst() }
    if let last = cells.last, last.isEmpty { cells.removeLast() }
    return cells
  }

  /// Whether a line has so many cells between tabs when a blank one at its end is counted.
  func hasBlankEnd(_ line: Int, cells count: Int) -> Bool {
    var cells = scalars[lines[line].whole].split(separator: "\t", omittingEmptySubsequences: false)
    if let first = cells.first, first.allSatisfy(\.isBlank) { cells.removeFirst() }
    return cells.count == count && cells.last?.allSatisfy(\.isBlank) == true
  }

  /// The words of a range.
  func words(in range: Range<Int>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start = range.lowerBound
    for index in range where scalars[index].isBlank {
      if start < index { words.append(start..<index) }
      start = index + 1
    }
    if start < range.upperBound { words.append(start..<range.upperBound) }
    return words
  }

  /// Whether a line is the title of a table or a figure.
  ///
  /// `TABLE 1 Participants.` is one. A sentence such as `Table 2 shows …` goes on with a small letter and is none.
  func isCaption(_ line: Int) -> Bool {
    let body = lines[line].body
    guard body.count <= 200 else { return false }
    let words = words(in: body.prefix(60)).prefix(3).map { string($0) }
    guard let kind = words.first?.lowercased(), ["table", "figure", "fig.", "box"].contains(kind),
      words.count > 1, words[1].unicodeScalars.first?.isDigit == true
    else { return false }
    return words.count == 2 || words[2].unicodeScalars.first?.properties.isLowercase == false
  }

  /// Whether a line is an item of a list.
  func isListItem(_ line: Int) -> Bool {
    guard let first = scalars[lines[line].body].first else { return false }
    if Self.bullets.contains(first) { return true }
    guard let word = words(in: lines[line].body.prefix(12)).first, word.count > 1,
      let last = scalars[word].last, last == "." || last == ")"
    else { return false }
    return scalars[word].dropLast().allSatisfy { $0.isDigit || $0 == "(" }
  }

  static let bullets: Set<Unicode.Scalar> = [
    "•", "-", "*", "–", "·", "◦", "▪", "‣", "●", "○", "∙", "■",
  ]
}

extension Array<Unicode.Scalar> {
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, self[start].isBlank { start += 1 }
    while end > start, self[end - 1].isBlank { end -= 1 }
    return start..<end
  }
}

extension Range<Int> {
  /// The first part of the range, at most so long.
  func prefix(_ count: Int) -> Range<Int> { lowerBound..<Swift.min(upperBound, lowerBound + count) }

  var span: TextSpan { TextSpan(scalars: self) }
}
