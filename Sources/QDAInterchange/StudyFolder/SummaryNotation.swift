internal import QDACore

/// The notation of summaries: `words [1] “verbatim” [2] {comment}` with numbered references.
///
/// Quotation marks and braces say what a stretch is and are not part of its text.
enum SummaryNotation {
  /// What a summary says, and the numbers of marks that no reference has.
  struct Parsed: Equatable {
    var runs: [Run]
    var unknownMarks: [Int]
    /// What begins like a mark or a comment and is neither.
    var unclosed: [String] = []
  }

  /// Takes a summary apart; a reference that could not be resolved is `nil` and keeps its number.
  static func runs(_ summary: String, references: [ID<Passage>?]) -> Parsed {
    var scanner = Scanner(Array(summary.unicodeScalars), references)
    scanner.scan()
    return scanner.finish()
  }

  /// Takes a summary apart whose marks are numbers of a list that is longer than its references.
  ///
  /// A number that the list does not have is unknown, and what no mark names belongs to nothing.
  static func runs(_ summary: String, numbered passages: [ID<Passage>?]) -> Parsed {
    var scanner = Scanner(Array(summary.unicodeScalars), passages)
    scanner.isNumbered = true
    scanner.scan()
    return scanner.finish()
  }

  private struct Scanner {
    let scalars: [Unicode.Scalar]
    let references: [ID<Passage>?]
    var isNumbered = false
    /// Where each opening quotation mark is closed, found in one pass.
    let closings: [Int: Int]
    let lastBrace: Int
    var position = 0
    var runs: [Run] = []
    var text = String.UnicodeScalarView()
    var used: Set<Int> = []
    var unknown: [Int] = []
    var unclosed: [String] = []

    init(_ scalars: [Unicode.Scalar], _ references: [ID<Passage>?]) {
      self.scalars = scalars
      self.references = references
      var open: [Int] = []
      var closings: [Int: Int] = [:]
      for (index, scalar) in scalars.enumerated() {
        if scalar == "“" { open.append(index) }
        if scalar == "”", let start = open.popLast() { closings[start] = index }
      }
      self.closings = closings
      lastBrace = scalars.lastIndex(of: "}") ?? -1
    }

    mutating func scan() {
      while position < scalars.count {
        switch scalars[position] {
        case "\\"
        where position + 1 < scalars.count && SummaryNotation.isSign(scalars[position + 1]):
          text.append(scalars[position + 1])
          position += 2
        case "[":
          if let (numbers, end) = mark(at: position) {
            close(with: numbers)
            position = end
          } else {
            if beginsNumber(position + 1) { noteUnclosed() }
            text.append(scalars[position])
            position += 1
          }
        case "{":
          if position < lastBrace, let end = scalars[position...].firstIndex(of: "}") {
            flush([])
            runs.append(Run(.comment, string(position + 1..<end)))
            position = end + 1
          } else {
            noteUnclosed()
            text.append(scalars[position])
            position += 1
          }
        case "“":
          if let (numbers, quoteEnd, end) = verbatim(at: position) {
            flush([])
            runs.append(
              Run(.verbatim, string(position + 1..<quoteEnd), references: resolve(numbers)))
            position = end
          } else {
            text.append(scalars[position])
            position += 1
          }
        default:
          text.append(scalars[position])
          position += 1
        }
      }
    }

    // Other words in brackets, such as `[laughs]`, are the summary's.
    private func beginsNumber(_ start: Int) -> Bool {
      var index = start
      while index < scalars.count, [" ", "-", "+"].contains(scalars[index]) { index += 1 }
      return index < scalars.count && ("0"..."9").contains(scalars[index])
    }

    private mutating func noteUnclosed() {
      guard unclosed.count < 20 else { return }
      let end = min(scalars.count, position + 24)
      let closing = scalars[position..<end].firstIndex { $0 == "]" || $0 == "}" }
      unclosed.append(string(position..<(closing.map { $0 + 1 } ?? end)))
    }

    // A mark is for the stretch before it; one that follows a comment or another mark joins that.
    private mutating func close(with numbers: [Int]) {
      while text.last?.properties.isWhitespace == true { text.removeLast() }
      let references = resolve(numbers)
      if text.isEmpty, let last = runs.indices.last {
        runs[last].references += references
      } else {
        runs.append(Run(.summary, String(text), references: references))
        text = String.UnicodeScalarView()
      }
    }

    private mutating func flush(_ references: [ID<Passage>]) {
      guard !text.isEmpty else { return }
      runs.append(Run(.summary, String(text), references: references))
      text = String.UnicodeScalarView()
    }

    private mutating func resolve(_ numbers: [Int]) -> [ID<Passage>] {
      numbers.compactMap { number in
        guard references.indices.contains(number - 1),
          !isNumbered || references[number - 1] != nil
        else {
          unknown.append(number)
          return nil
        }
        used.insert(number - 1)
        return references[number - 1]
      }
    }

    /// `[1]` or `[1, 2]`: its numbers and where it ends.
    private func mark(at start: Int) -> ([Int], Int)? {
      guard scalars.indices.contains(start), scalars[start] == "[" else { return nil }
      var numbers: [Int] = []
      var digits = ""
      var index = start + 1
      while index < scalars.count, index - start < 100 {
        let scalar = scalars[index]
        switch scalar {
        case "0"..."9": digits.unicodeScalars.append(scalar)
        case " " where digits.isEmpty: break
        case ",", "]":
          guard let number = Int(digits) else { return nil }
          numbers.append(number)
          digits = ""
          if scalar == "]" { return (numbers, index + 1) }
        default: return nil
        }
        index += 1
      }
      return nil
    }

    /// A stretch in curly quotes that stands directly before a mark.
    private func verbatim(at start: Int) -> (numbers: [Int], quoteEnd: Int, end: Int)? {
      guard let close = closings[start] else { return nil }
      var index = close + 1
      while index < scalars.count, scalars[index] == " " { index += 1 }
      guard let (numbers, end) = mark(at: index) else { return nil }
      return (numbers, close, end)
    }

    private func string(_ range: Range<Int>) -> String {
      String(String.UnicodeScalarView(scalars[range]))
    }

    mutating func finish() -> Parsed {
      flush([])
      if isNumbered { return Parsed(runs: runs, unknownMarks: unknown, unclosed: unclosed) }
      let all = references.indices.filter { !used.contains($0) }.compactMap { references[$0] }
      if used.isEmpty, !all.isEmpty {
        for index in runs.indices where runs[index].kind != .comment {
          runs[index].references = all
        }
        if runs.isEmpty { runs.append(Run(.summary, "", references: all)) }
      } else if !all.isEmpty, let last = runs.lastIndex(where: { $0.kind != .comment }) {
        runs[last].references += all
      }
      return Parsed(runs: runs, unknownMarks: unknown, unclosed: unclosed)
    }
  }

  // MARK: Writing

  /// A summary as it is written, and the references that its marks number.
  static func text(of runs: [Run]) -> (summary: String, references: [ID<Passage>]) {
    var references: [ID<Passage>] = []
    var numbers: [ID<Passage>: Int] = [:]
    for id in runs.flatMap(\.references) where numbers[id] == nil {
      references.append(id)
      numbers[id] = references.count
    }
    let speaking = runs.filter { $0.kind != .comment }
    // Where everything rests on everything, no mark is needed.
    let isPlain =
      runs.allSatisfy { $0.kind != .verbatim && ($0.kind != .comment || $0.references.isEmpty) }
      && speaking.allSatisfy { $0.references == references }
    // References without a mark belong to the last stretch.
    let last = runs.lastIndex { $0.kind != .comment }
    let others = runs.indices.filter { $0 != last }.flatMap { runs[$0].references }
    let isLastUnmarked = last.map {
      runs[$0].kind == .summary && !others.isEmpty
        && Set(others).isDisjoint(with: runs[$0].references)
    }
    var summary = ""
    for (index, run) in runs.enumerated() {
      summary += words(of: run)
      let isUnmarked = isPlain || (index == last && isLastUnmarked == true)
      if !isUnmarked, !run.references.isEmpty {
        let marks = run.references.map { String(numbers[$0] ?? 0) }.joined(separator: ", ")
        summary += (summary.isEmpty || summary.hasSuffix(" ") ? "" : " ") + "[\(marks)]"
      }
    }
    return (summary, references)
  }

  /// A summary whose marks are the numbers given, one mark for each reference.
  static func text(of runs: [Run], numbers: [ID<Passage>: Int]) -> String {
    var summary = ""
    for run in runs {
      summary += words(of: run)
      for number in run.references.compactMap({ numbers[$0] }) {
        summary += (summary.isEmpty || summary.hasSuffix(" ") ? "" : " ") + "[\(number)]"
      }
    }
    return summary
  }

  private static func words(of run: Run) -> String {
    switch run.kind {
    case .summary: escaped(run.text)
    case .verbatim: "“\(run.text)”"
    case .comment: "{\(run.text)}"
    }
  }

  private static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isSign) else { return text }
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isSign(scalar) { escaped.append("\\") }
      escaped.append(scalar)
    }
    return String(escaped)
  }

  private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "[", "{", "“", "\\": true
    default: false
    }
  }
}
