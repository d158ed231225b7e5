/// Numbers as running text has them: `22`, `twenty-two`, `one hundred and five`.
enum NumberWords {
  /// The number that begins at a word, and how many words it takes, or `nil`.
  static func number(at words: ArraySlice<String>) -> (value: Int, count: Int)? {
    guard let first = words.first else { return nil }
    if let scalar = first.unicodeScalars.first, scalar.isDigit {
      guard first.unicodeScalars.allSatisfy(\.isDigit), first.count <= 6 else { return nil }
      return Int(first).map { ($0, 1) }
    }
    guard values[first] != nil || first.unicodeScalars.contains(where: \.isDash) else { return nil }
    var parts: [(value: Int, word: Int)] = []
    for (offset, word) in words.prefix(5).enumerated() {
      if word == "and", parts.last?.value == 100 { continue }
      let found = word.unicodeScalars.split(whereSeparator: \.isDash).map { values[String($0)] }
      guard !found.isEmpty, found.allSatisfy({ $0 != nil }) else { break }
      parts += found.compactMap { $0 }.map { ($0, offset) }
    }
    var total = 0
    var last: (value: Int, word: Int)?
    for part in parts {
      let fits: Bool
      switch last?.value {
      case nil: fits = true
      case let before? where part.value == 100: fits = before < 10
      case 100?: fits = part.value < 100
      case let before?: fits = before >= 20 && before < 100 && part.value < 10
      }
      guard fits else { break }
      total = part.value == 100 ? max(total, 1) * 100 : total + part.value
      last = part
    }
    return last.map { (total, $0.word + 1) }
  }

  private static let values: [String: Int] = {
    let small = [
      "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
      "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
      "nineteen",
    ]
    let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    var values = ["hundred": 100]
    for (value, word) in small.enumerated() { values[word] = value }
    for (index, word) in tens.enumerated() { values[word] = (index + 2) * 10 }
    return values
  }()
}
