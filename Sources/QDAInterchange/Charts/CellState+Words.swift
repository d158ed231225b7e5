internal import QDACore

extension CellState {
  /// The state as a cell of a book says it.
  var inParentheses: String { "(\(rawValue.replacing("-", with: " ")))" }

  /// What somebody typed into a cell, as far as it is about the state.
  enum Words: Hashable {
    /// The label of a state, and a remark behind its parentheses.
    case state(CellState, remark: String)
    /// Words or signs that seem to mean a state and are the label of none.
    case unclear
    /// What a spreadsheet shows for a failed formula.
    case failure
    /// A summary.
    case summary
  }

  /// Tells a state from a summary, and both from what might be either.
  ///
  /// A label counts in any case and whatever signs or blanks stand around and between its words, but
  /// for a question mark. One that signs divide from words behind it is unclear: only behind
  /// parentheses are these a remark.
  static func words(in text: String) -> Words {
    let text = text.trimmed
    if isFailure(text) { return .failure }
    let plain = Self.plain(text)
    if let state = CellState(plain: plain) {
      return text.contains("?") ? .unclear : .state(state, remark: "")
    }
    if text.first == "(", let end = text.firstIndex(of: ")") {
      let rest = text[text.index(after: end)...]
      if rest.first?.isWhitespace == true, let state = CellState(plain: Self.plain(text[...end])) {
        return .state(state, remark: rest.trimmed)
      }
      let first = plain.split(separator: " ").first
      if rest.isEmpty, let first, firstWords.contains(String(first)) { return .unclear }
    }
    if plain.isEmpty || blanks.contains(plain) || beginsWithLabel(text) { return .unclear }
    return .summary
  }

  /// The states that a person may type, in words.
  static var choices: String {
    allCases.filter { $0 != .summarised }.map(\.inParentheses).joined(separator: ", ")
  }

  private init?(plain text: String) {
    guard let state = Self.allCases.first(where: { Self.plain($0.rawValue) == text }) else {
      return nil
    }
    self = state
  }

  private static let firstWords = Set(
    allCases.compactMap { plain($0.rawValue).split(separator: " ").first.map(String.init) })

  /// What people write where there is nothing, without saying why there is nothing.
  private static let blanks: Set = [
    "n a", "na", "none", "nil", "nothing", "missing", "tbc", "tbd", "no answer", "not answered",
    "not applicable", "not discussed", "not mentioned", "not relevant",
  ]

  /// Whether a text is a label, then a sign that divides, then more.
  private static func beginsWithLabel(_ text: String) -> Bool {
    let words = text.split { !isPartOfWord($0) }
    return allCases.contains { state in
      let label = plain(state.rawValue)
      let count = label.split(separator: " ").count
      guard state != .summarised, words.count > count,
        words[..<count].joined(separator: " ").lowercased() == label
      else { return false }
      let between = text[words[count - 1].endIndex..<words[count].startIndex]
      return between.contains { ",;:.!?…[](){}/".contains($0) }
        || (between.unicodeScalars.contains(where: \.isDash)
          && between.contains(where: \.isWhitespace))
    }
  }

  /// Whether a text is an error as spreadsheets show it: `#REF!`, `#N/A`, `Err:502`.
  private static func isFailure(_ text: String) -> Bool {
    if text == "#N/A" || text == "#GETTING_DATA" { return true }
    if text.hasPrefix("Err:") { return text.count == 7 && text.suffix(3).allSatisfy(\.isNumber) }
    guard text.first == "#", let last = text.last, "!?".contains(last), text.count > 3 else {
      return false
    }
    return text.dropFirst().dropLast().allSatisfy { $0.isUppercase || $0.isNumber || $0 == "/" }
  }

  private static func isPartOfWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber
  }

  /// The words without case, and without the signs between and around them.
  private static func plain(_ text: some StringProtocol) -> String {
    text.lowercased().split { !isPartOfWord($0) }.joined(separator: " ")
  }
}
