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
    /// A summary.
    case summary
  }

  /// Tells a state from a summary, and both from what might be either.
  ///
  /// A label counts in any case, with hyphens, dashes or blanks between its words, with or without
  /// parentheses.
  static func words(in text: String) -> Words {
    let text = text.trimmed
    if let state = CellState(label: text) { return .state(state, remark: "") }
    if text.first == "(", let end = text.firstIndex(of: ")") {
      let rest = text[text.index(after: end)...]
      if rest.first?.isWhitespace == true, let state = CellState(label: text[...end]) {
        return .state(state, remark: rest.trimmed)
      }
      let first = plain(text[...end]).split(separator: " ").first
      if rest.isEmpty, let first, firstWords.contains(String(first)) { return .unclear }
    }
    let hasWords = text.contains { $0.isLetter || $0.isNumber }
    return hasWords && !blanks.contains(plain(text)) ? .summary : .unclear
  }

  /// The states that a person may type, in words.
  static var choices: String {
    allCases.filter { $0 != .summarised }.map(\.inParentheses).joined(separator: ", ")
  }

  private init?(label text: some StringProtocol) {
    let plain = Self.plain(text)
    guard let state = Self.allCases.first(where: { Self.plain($0.rawValue) == plain }) else {
      return nil
    }
    self = state
  }

  private static let firstWords = Set(
    allCases.compactMap { plain($0.rawValue).split(separator: " ").first.map(String.init) })

  /// What people write where there is nothing, without saying why there is nothing.
  private static let blanks: Set = ["n/a", "n.a", "na", "none"]

  /// Without case, parentheses around it and a full stop at its end; dashes are blanks.
  private static func plain(_ text: some StringProtocol) -> String {
    var words = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars { words.append(scalar.isDash ? " " : scalar) }
    var plain = String(words).trimmed
    func dropStop() { if plain.hasSuffix(".") { plain = String(plain.dropLast()).trimmed } }
    dropStop()
    if plain.hasPrefix("("), plain.hasSuffix(")") { plain = String(plain.dropFirst().dropLast()) }
    dropStop()
    return plain.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
