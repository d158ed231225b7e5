/// A footnote of a table, which explains a word or whatever carries its mark.
///
/// Studies write `*Crisis refers to …`, `MH = …`, or `† Works part-time`.
public struct Footnote: Hashable, Sendable {
  /// The mark it begins with, or `nil`.
  public var marker: String?
  /// The word that it defines, or `nil` where it says something without naming a word.
  public var term: String?
  /// What it says of the word, or all that it says.
  public var definition: String
  /// The note as written.
  public var written: WrittenText

  /// Reads a note that begins with a mark, or that defines one of `terms` without one, else `nil`.
  public init?(_ written: WrittenText, terms: [String]) {
    var body = Array(written.text.unicodeScalars)[...]
    var marker: String?
    while let first = body.first, let mark = Self.marker(first) {
      marker = (marker ?? "") + mark
      body = body.dropFirst()
    }
    if marker == nil, let letter = Self.letter(body, terms: terms) {
      marker = letter
      body = body.dropFirst()
    }
    let text = body.text
    let definition = Self.definition(in: text)
    let isKnown = definition.map { definition in
      terms.contains { $0.comparisonKey == definition.term.comparisonKey }
    }
    guard !text.isEmpty, marker != nil || isKnown == true else { return nil }
    self.marker = marker
    term = definition?.term
    self.definition = definition?.meaning ?? text
    self.written = written
  }

  /// The mark as one spelling for all its look-alikes, or `nil` when a scalar is no footnote mark.
  static func marker(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "*", "∗", "＊", "⁎": "*"
    case "+", "＋", "⁺": "+"
    case "†", "✝": "†"
    case "‡", "§", "¶", "#", "^", "¹", "²", "³", "⁰", "⁴"..."⁹", "ª", "ᵃ"..."ᵉ": String(scalar)
    default: nil
    }
  }

  // Text without superscripts writes the mark as a plain letter: `aCrisis refers to …`, `Crisisa`.
  private static func letter(
    _ body: ArraySlice<Unicode.Scalar>, terms: [String]
  ) -> String? {
    guard let first = body.first, first.isDigit || first.properties.isLowercase,
      let term = definition(in: body.dropFirst().text)?.term
    else { return nil }
    let marked = (term + String(first)).comparisonKey
    return terms.contains { $0.comparisonKey == marked } ? String(first) : nil
  }

  /// Cuts a line into the notes that it holds: a new one begins after a full stop or a semicolon.
  static func notes(in written: WrittenText, terms: [String]) -> [WrittenText] {
    var pieces: [String] = []
    var start = written.text.startIndex
    var index = start
    while index < written.text.endIndex {
      let next = written.text.index(after: index)
      if ".;".contains(written.text[index]), next < written.text.endIndex,
        written.text[next].isWhitespace
      {
        let head = String(written.text[next...].prefix(90)).trimmedOfBlanks
        if let note = Footnote(WrittenText(head), terms: terms), note.term != nil {
          pieces.append(String(written.text[start...index]).trimmedOfBlanks)
          start = next
        }
      }
      index = next
    }
    pieces.append(String(written.text[start...]).trimmedOfBlanks)
    return pieces.map { WrittenText($0, at: written.place, line: written.line) }
  }

  private static let verbs = [
    " refers to ", " refer to ", " denotes ", " means ", " indicates ", " stands for ",
    " describes ", " = ", "=", ": ", " – ", " — ", " - ",
  ]

  // The earliest verb counts, so that a colon inside the meaning does not move the border.
  private static func definition(in text: String) -> (term: String, meaning: String)? {
    let normal = text.words.joined(separator: " ")
    let head = String(normal.unicodeScalars.prefix(80))
    var best: (start: Int, end: Int)?
    for verb in verbs {
      guard let found = head.firstOffset(of: verb), found > 0, found < best?.start ?? .max else {
        continue
      }
      best = (found, found + verb.unicodeScalars.count)
    }
    guard let best else { return nil }
    let scalars = Array(normal.unicodeScalars)
    var term = scalars[..<best.start]
    while let last = term.last, marker(last) != nil { term = term.dropLast() }
    let name = term.text
    guard (1...4).contains(name.words.count) else { return nil }
    return (name, scalars[best.end...].text)
  }
}

extension String {
  /// The scalar offset at which a piece of text first occurs, or `nil`.
  fileprivate func firstOffset(of piece: String) -> Int? {
    let text = Array(unicodeScalars)
    let piece = Array(piece.unicodeScalars)
    guard !piece.isEmpty, text.count >= piece.count else { return nil }
    return (0...text.count - piece.count).first { text[$0..<$0 + piece.count].elementsEqual(piece) }
  }
}
