/// A heading's name without the signs, numbers and emphasis that may stand around it.
struct HeadingName {
  /// The name.
  private(set) var name: Range<Int>
  /// The depth that a number or a Markdown sign gives.
  private(set) var depth: Int?
  /// Whether it begins with a Markdown sign.
  private(set) var hasSign = false
  /// Whether a number without a dot stands before it.
  private(set) var isBareNumber = false
  /// Whether it has something that lists and announcements have as well.
  private(set) var isDoubtful = false
  /// Whether something stood before or around the name.
  private(set) var isMarked = false

  init(_ body: Range<Int>, in study: StudyText) {
    name = body
    let signs = study.scalars[name].prefix { $0 == "#" }.count
    if signs > 0, signs <= 6 {
      depth = signs
      hasSign = true
      drop(signs, in: study)
      while study.scalars[name].last == "#" { dropLast(in: study) }
    }
    withoutEmphasis(in: study)
    if let number = Self.number(study.words(in: name.prefix(12)).first, in: study) {
      if number.isEnumerator {
        isDoubtful = true
      } else if number.depth == 0 {
        isBareNumber = true
      } else if depth == nil {
        depth = number.depth
      }
      name = study.scalars.trimmed(number.end..<name.upperBound)
    }
    withoutEmphasis(in: study)
    if study.scalars[name].last == ":" {
      dropLast(in: study)
      isDoubtful = !hasSign
    }
    isMarked = name.lowerBound != body.lowerBound
  }

  private mutating func drop(_ count: Int, in study: StudyText) {
    name = study.scalars.trimmed(name.lowerBound + count..<name.upperBound)
  }

  private mutating func dropLast(in study: StudyText) {
    name = study.scalars.trimmed(name.lowerBound..<name.upperBound - 1)
  }

  // `**Name**`, `== Name ==`, `[Name]`: signs that stand at both ends.
  private mutating func withoutEmphasis(in study: StudyText) {
    while name.count > 2, let first = study.scalars[name].first,
      let last = study.scalars[name].last, Self.closing(first) == last
    {
      drop(1, in: study)
      dropLast(in: study)
    }
  }

  private static func closing(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "*", "_", "=", "~": scalar
    case "[": "]"
    case _ where scalar.isDash: scalar
    default: nil
    }
  }

  private struct Number {
    var depth: Int
    var end: Int
    var isEnumerator = false
  }

  // `3.`, `3.2` or `3.2.1`, a bare `3`, and the enumerators `a)`, `(a)`, `2)`, `iv.`.
  private static func number(_ word: Range<Int>?, in study: StudyText) -> Number? {
    guard let word, let first = study.scalars[word].first else { return nil }
    if first.isDigit {
      let parts = study.scalars[word].split(separator: ".", omittingEmptySubsequences: false)
      let filled = parts.last?.isEmpty == true ? parts.dropLast() : parts[...]
      if filled.allSatisfy({ (1...2).contains($0.count) && $0.allSatisfy(\.isDigit) }) {
        return Number(depth: parts.count > 1 ? filled.count : 0, end: word.upperBound)
      }
    }
    guard let last = study.scalars[word].last, last == ")" || last == "." else { return nil }
    let inner = study.scalars[word].dropLast().drop { $0 == "(" }
    let isRoman = inner.allSatisfy { "ivxIVX".unicodeScalars.contains($0) }
    let isLetter = inner.count == 1 && inner.allSatisfy(\.isLetter)
    let isNumber = inner.count <= 2 && inner.allSatisfy(\.isDigit)
    guard !inner.isEmpty, inner.count <= 4, isRoman || isLetter || isNumber else { return nil }
    return Number(depth: 0, end: word.upperBound, isEnumerator: true)
  }
}
