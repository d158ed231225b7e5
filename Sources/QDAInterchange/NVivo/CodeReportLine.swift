internal import QDACore

/// What a line of an NVivo code report can be.
enum CodeReportLine {
  /// The head of a source: its name, how many references follow, and the coverage.
  struct Head: Equatable {
    var path: String
    var count: Int
    /// In ten-thousandths of a per cent.
    var coverage: Int
    /// What this language calls coverage.
    var word: String
  }

  /// The head of a reference.
  struct Reference: Equatable {
    var number: Int
    var coverage: Int
  }

  /// Reads `Files\\Folder\\Name - § 2 references coded [ 4.20% Coverage]`, with or without angle
  /// brackets around the name and the sign.
  static func head(_ line: Substring) -> Head? {
    guard let sign = line.lastIndex(of: "§"), line.last == "]",
      let bracket = line[sign...].lastIndex(of: "[")
    else { return nil }
    var path = line[..<sign].trimmedSpace
    guard path.last == "-" else { return nil }
    path = path.dropLast().trimmedSpace
    if path.first == "<" { path = path.dropFirst() }
    if path.last == ">" { path = path.dropLast() }
    path = path.trimmedSpace
    // Every name in a report begins with a root and two backslashes.
    guard path.contains("\\\\") else { return nil }
    let words = line[line.index(after: sign)..<bracket]
      .split(whereSeparator: { $0.isWhitespace || $0 == ">" })
    guard words.count >= 2, let count = number(words[0]),
      let (coverage, word) = coverage(line[line.index(after: bracket)...].dropLast())
    else { return nil }
    return Head(path: String(path), count: count, coverage: coverage, word: word)
  }

  /// Reads `Reference 2 - 1.05% Coverage`; the last word is the one of the source's head.
  static func reference(_ line: Substring, word: String) -> Reference? {
    guard let dash = line.firstRange(of: " - ") else { return nil }
    let words = line[..<dash.lowerBound].split(whereSeparator: \.isWhitespace)
    guard words.count == 2, words[0].allSatisfy(\.isLetter), let number = number(words[1]),
      let (coverage, last) = coverage(line[dash.upperBound...]), last == word
    else { return nil }
    return Reference(number: number, coverage: coverage)
  }

  /// Reads `Page 1 : (0,0) - (587,783)`.
  static func box(_ line: Substring) -> (page: Int, corners: [Int])? {
    let parts = line.trimmedSpace.split(separator: " : ", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    let words = parts[0].split(whereSeparator: \.isWhitespace)
    guard words.count == 2, words[0].allSatisfy(\.isLetter), let page = number(words[1]) else {
      return nil
    }
    let points = parts[1].split(separator: " - ", omittingEmptySubsequences: false)
    guard points.count == 2 else { return nil }
    var corners: [Int] = []
    for point in points {
      let point = point.trimmedSpace
      guard point.first == "(", point.last == ")" else { return nil }
      let values = point.dropFirst().dropLast().split(separator: ",")
        .map { Int($0.trimmedSpace) }
      guard values.count == 2 else { return nil }
      corners += values.compactMap(\.self)
    }
    return corners.count == 4 && page >= 1 ? (page, corners) : nil
  }

  private static func number(_ word: Substring) -> Int? {
    word.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(word) : nil
  }

  /// Reads `4.20% Coverage`, with a full stop or a comma, in ten-thousandths.
  private static func coverage(_ text: Substring) -> (value: Int, word: String)? {
    guard let sign = text.firstIndex(of: "%") else { return nil }
    let word = text[text.index(after: sign)...].trimmedSpace
    guard !word.isEmpty, word.allSatisfy(\.isLetter) else { return nil }
    let halves = text[..<sign].trimmedSpace
      .split(omittingEmptySubsequences: false, whereSeparator: { $0 == "." || $0 == "," })
    guard (1...2).contains(halves.count), halves[0].count <= 3, let whole = number(halves[0]),
      !halves[0].isEmpty
    else { return nil }
    var fraction = 0
    if halves.count == 2 {
      let digits = halves[1].prefix(4)
      guard !digits.isEmpty, number(halves[1].prefix(18)) != nil, let value = number(digits) else {
        return nil
      }
      fraction = value
      for _ in digits.count..<4 { fraction *= 10 }
    }
    return (whole * 10_000 + fraction, String(word))
  }
}

extension Substring {
  /// Without white space at either end, line marks of a byte-order kind included.
  var trimmedSpace: Substring {
    var slice = self
    while let first = slice.first, first.isWhitespace { slice = slice.dropFirst() }
    while let last = slice.last, last.isWhitespace { slice = slice.dropLast() }
    return slice
  }
}
