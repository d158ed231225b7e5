internal import QDACore

/// What speaks for each way in which the positions of a project may count.
///
/// The name of a selection is its text in most exports, so the convention is right under which names
/// and texts agree. Where names say nothing, people mark whole words: the convention is right under
/// which both ends of a selection lie between words.
struct PositionEvidence {
  /// How well a convention fits.
  struct Score: Equatable {
    /// Selections whose name is their text.
    var names = 0
    /// Selections both of whose ends lie between words.
    var borders = 0
    /// Selections that do not lie within their text.
    var outside = 0
  }

  private(set) var scores: [(convention: PositionConvention, score: Score)]
  /// How many selections were looked at, and how many of them have a name.
  private(set) var looked = 0
  private(set) var named = 0

  /// Begins with the conventions that can differ for these texts.
  init(hasPairs: Bool, hasByteOrderMarks: Bool) {
    scores = []
    for unit in PositionConvention.Unit.allCases {
      for once in hasPairs ? [false, true] : [false] {
        for mark in hasByteOrderMarks ? [false, true] : [false] {
          for inclusive in [false, true] {
            let convention = PositionConvention(
              unit: unit, countsLineEndOnce: once, countsByteOrderMark: mark,
              endIsInclusive: inclusive)
            scores.append((convention, Score()))
          }
        }
      }
    }
  }

  /// Looks at one selection under every convention.
  mutating func look(at read: TextSpan, named name: String, in text: PositionedText) {
    looked += 1
    let name = NameOfSelection(name)
    if !name.isEmpty { named += 1 }
    // Most conventions mean one of a few stretches.
    var seen: [(span: TextSpan, fits: Bool, isBetween: Bool)] = []
    for index in scores.indices {
      guard let span = text.span(of: read, by: scores[index].convention) else {
        scores[index].score.outside += 1
        continue
      }
      if !seen.contains(where: { $0.span == span }) {
        seen.append(
          (
            span, !name.isEmpty && name.fits(text.text, at: span),
            Self.isBetweenWords(span, in: text.text)
          ))
      }
      guard let found = seen.first(where: { $0.span == span }) else { continue }
      if found.fits { scores[index].score.names += 1 }
      if found.isBetween { scores[index].score.borders += 1 }
    }
  }

  /// The score of a convention.
  func score(of convention: PositionConvention) -> Score {
    scores.first { $0.convention == convention }?.score
      ?? scores.first { $0.convention.unit == convention.unit }?.score ?? Score()
  }

  /// Whether names tell something: for some convention, one in three or more are the text.
  var namesTell: Bool {
    named > 0 && (scores.map(\.score.names).max() ?? 0) * 3 >= named
  }

  private func count(_ score: Score) -> Int { namesTell ? score.names : score.borders }

  /// How many of how many selections fit a convention.
  func fit(of convention: PositionConvention) -> (fits: Int, of: Int) {
    (count(score(of: convention)), namesTell ? named : looked)
  }

  /// The convention that fits best, the expected one where no other is clearly better.
  func best(expected: PositionConvention) -> PositionConvention {
    let own = count(score(of: expected))
    let ownOutside = score(of: expected).outside
    var best = expected
    var bestCount = own
    for (convention, score) in scores {
      let count = count(score)
      guard count > bestCount, score.outside <= ownOutside else { continue }
      best = convention
      bestCount = count
    }
    // A few that fit by chance do not speak against the convention that is known. Words that are the
    // name of a selection are hardly there by chance, and those of all selections never.
    let count = namesTell ? named : looked
    let isSure = namesTell && bestCount == named
    let chance = isSure ? 0 : max(namesTell && own == 0 ? 0 : 2, looked / 50)
    return bestCount - own > chance && bestCount * 2 > count ? best : expected
  }

  private static func isBetweenWords(_ span: TextSpan, in text: Text) -> Bool {
    guard !span.isEmpty else { return false }
    let start = Int(span.start)
    let end = Int(span.end)
    let from = max(0, start - 1)
    // Only the ends are looked at: a selection may be as long as its text.
    let head = Array(text[TextSpan(scalars: from..<start + 1)].unicodeScalars)
    let tail = Array(
      text[TextSpan(scalars: end - 1..<min(text.scalarCount, end + 1))].unicodeScalars)
    guard let first = head.last, let last = tail.first else { return false }
    let before = start > 0 ? head.first : nil
    let after = tail.count > 1 ? tail.last : nil
    func isWord(_ scalar: Unicode.Scalar?) -> Bool {
      guard let scalar else { return false }
      return scalar.isLetter || scalar.isASCIIDigit || scalar.properties.numericType != nil
    }
    // Some programs select whole lines with their line ends.
    if last == "\n" { return before == nil || before == "\n" }
    if first.isWhite || last.isWhite { return false }
    return !(isWord(before) && isWord(first)) && !(isWord(last) && isWord(after))
  }
}

/// The name of a selection, which in most exports is its text, white space collapsed and cut.
struct NameOfSelection {
  private let words: String
  private let isCut: Bool

  init(_ name: String) {
    let collapsed = Self.collapsed(name)
    if collapsed.hasSuffix("…") {
      words = Self.collapsed(String(collapsed.dropLast()))
      isCut = true
    } else if collapsed.hasSuffix("...") {
      words = Self.collapsed(String(collapsed.dropLast(3)))
      isCut = true
    } else {
      words = collapsed
      isCut = collapsed.unicodeScalars.count >= 30
    }
  }

  var isEmpty: Bool { words.isEmpty }

  /// Whether the name is a stretch of text or, where it may have been cut, the beginning of it.
  ///
  /// - Complexity: O(*n*) in the length of the name, however long the stretch is.
  func fits(_ text: Text, at span: TextSpan) -> Bool {
    let utf8 = text.string.utf8
    let scalars = text.string.unicodeScalars
    var index = utf8.index(
      utf8.startIndex, offsetBy: text.utf8Offset(ofScalar: Int(span.start)))
    let end = utf8.index(
      utf8.startIndex, offsetBy: text.utf8Offset(ofScalar: Int(span.end)))
    var wanted = words.unicodeScalars.makeIterator()
    var next = wanted.next()
    var (isPending, hasBegun) = (false, false)
    // What a name leaves out is white space, of which there may be much but not more than this.
    var blanks = 1000
    while index < end {
      let scalar = scalars[index]
      scalars.formIndex(after: &index)
      if scalar.isWhite {
        isPending = hasBegun
        blanks -= 1
        if blanks == 0 { return false }
        continue
      }
      if isPending {
        if next == nil { return isCut }
        guard next == " " else { return false }
        next = wanted.next()
      }
      guard let expected = next else { return isCut }
      guard expected == scalar else { return false }
      next = wanted.next()
      (isPending, hasBegun) = (false, true)
    }
    return next == nil
  }

  private static func collapsed(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var isPending = false
    for scalar in text.unicodeScalars {
      if scalar.isWhite {
        isPending = !result.isEmpty
      } else {
        if isPending { result.append(" ") }
        isPending = false
        result.append(scalar)
      }
    }
    return String(result)
  }
}

extension Unicode.Scalar {
  /// Whether it is white space, which is told fast for ASCII.
  fileprivate var isWhite: Bool { isASCII ? isBlank : properties.isWhitespace }
}
