/// A participant's id as studies print it: a number, as a rule after a letter.
public struct ParticipantLabel: Hashable, Sendable, CustomStringConvertible {
  /// The letters before the number in upper case; empty for a bare number.
  public var prefix: String
  /// The number.
  public var number: Int

  /// Creates a label.
  public init(prefix: String, number: Int) {
    self.prefix = prefix
    self.number = number
  }

  /// The plain spelling, such as `P17`: no space, no bracket, no leading zero.
  public var description: String { prefix + String(number) }
}

/// A way to write an id that differs from the plain `P17`.
public enum LabelVariant: String, Hashable, Sendable, Comparable, CaseIterable {
  /// Without the letter: `17`.
  case bareNumber = "a bare number"
  /// With leading zeros: `P01`.
  case padded = "leading zeros"
  /// In brackets: `(P17)`.
  case bracketed = "brackets"
  /// With a space or a dot between letter and number: `P 17`.
  case spaced = "a space"
  /// With a hyphen between letter and number: `P-17`.
  case hyphenated = "a hyphen"
  /// With a word: `Participant 17`.
  case spelledOut = "a word"
  /// With a small letter: `p17`.
  case lowerCase = "a small letter"
  /// With full-width letters or digits: `Ｐ１７`.
  case fullWidth = "full-width characters"
  /// With a sign that says nothing about who is meant: `#17`, `P17*`, `**P17**`.
  case marked = "a sign"
  /// Without a space before it: `place.P17`.
  case attached = "no space before it"

  /// Orders variants as they are declared.
  public static func < (left: LabelVariant, right: LabelVariant) -> Bool { left.rank < right.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// An id together with the way in which it was written.
public struct LabelSpelling: Hashable, Sendable {
  /// The id.
  public var label: ParticipantLabel
  /// How the spelling differs from the plain one, in the order of ``LabelVariant``.
  public var variants: [LabelVariant]

  /// Reads `17`, `P17`, `(P17)`, `[P17]`, `P 17`, `P-17`, `P01`, `p17`, `#17`, `P17*`, `No. 17`,
  /// `Participant 17` or `Participant P17`, else `nil`.
  ///
  /// Letter and number may be separated by white space of any kind. `p. 17` and `p 17` are page
  /// numbers, not ids; a prefix has at most three letters unless it is one of the known words.
  public init?(_ text: String) {
    // Words, signs and brackets included no id is so long.
    guard text.utf8.count <= 120 else { return nil }
    var variants: Set<LabelVariant> = []
    let written = text.unicodeScalars.contains(where: \.isFullWidth) ? Self.narrow(text) : text
    if written != text { variants.insert(.fullWidth) }
    let bare = Self.withoutSigns(Array(written.trimmedOfBlanks.unicodeScalars)[...], &variants)
    let body = Self.withoutWord(bare, &variants)
    let letters = body.prefix { $0.isLetter }
    let gap = body[letters.endIndex...].prefix {
      $0.isBlank || $0.isDash || [".", "#", ":", "_"].contains($0)
    }
    let digits = body[gap.endIndex...]
    guard !digits.isEmpty, digits.count <= 6, digits.allSatisfy(\.isDigit),
      let number = Int(String(String.UnicodeScalarView(digits)))
    else { return nil }
    if digits.first == "0", digits.count > 1 { variants.insert(.padded) }
    let word = String(String.UnicodeScalarView(letters))
    var prefix = word.uppercased()
    if letters.isEmpty {
      guard gap.isEmpty else { return nil }
      if !variants.contains(.spelledOut) { variants.insert(.bareNumber) }
    } else if let initial = Self.prefixWords[prefix] {
      prefix = initial
      variants.insert(.spelledOut)
    } else {
      guard letters.count <= 3 else { return nil }
      if !gap.isEmpty { variants.insert(gap.contains(where: \.isDash) ? .hyphenated : .spaced) }
      if word != prefix {
        guard gap.isEmpty else { return nil }
        variants.insert(.lowerCase)
      }
    }
    label = ParticipantLabel(prefix: prefix, number: number)
    self.variants = variants.sorted()
  }

  // Brackets, of which one may be lost, and the signs of footnotes and of emphasis.
  private static func withoutSigns(
    _ text: ArraySlice<Unicode.Scalar>, _ variants: inout Set<LabelVariant>
  ) -> ArraySlice<Unicode.Scalar> {
    var text = text
    while text.count > 1, let first = text.first, let last = text.last {
      if first == "(" || first == "[" || first.isBlank {
        text = text.dropFirst()
        if !first.isBlank { variants.insert(.bracketed) }
      } else if last == ")" || last == "]" || last.isBlank {
        text = text.dropLast()
        if !last.isBlank { variants.insert(.bracketed) }
      } else if signs.contains(first) {
        text = text.dropFirst()
        variants.insert(.marked)
      } else if signs.contains(last)
        || (Footnote.marker(last) != nil && text.first?.isLetter == true)
      {
        // `56+` is an age, not the participant with that number.
        text = text.dropLast()
        variants.insert(.marked)
      } else {
        break
      }
    }
    return text
  }

  private static let signs: Set<Unicode.Scalar> = ["*", "_", "~", "#", "“", "”", "\"", "†", "‡"]

  // `Participant P17` and `Participant No. 17` say the word and then the id.
  private static func withoutWord(
    _ text: ArraySlice<Unicode.Scalar>, _ variants: inout Set<LabelVariant>
  ) -> ArraySlice<Unicode.Scalar> {
    var text = text
    while let end = text.firstIndex(where: { !$0.isLetter }), end > text.startIndex {
      let rest = text[end...].drop { $0.isBlank || $0 == "." || $0 == ":" || $0 == "#" }
      let word = String(String.UnicodeScalarView(text[..<end])).uppercased()
      guard prefixWords[word] != nil, rest.first?.isLetter == true else { break }
      text = rest
      variants.insert(.spelledOut)
    }
    return text
  }

  private static func narrow(_ text: String) -> String {
    var narrow = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let plain = scalar.isFullWidth ? Unicode.Scalar(scalar.value - 0xFEE0) : scalar
      narrow.append(plain ?? scalar)
    }
    return String(narrow)
  }

  private static let prefixWords = [
    "PARTICIPANT": "P", "INTERVIEWEE": "I", "RESPONDENT": "R", "INFORMANT": "I",
    "PARTICIPANTS": "P", "INTERVIEWEES": "I", "RESPONDENTS": "R", "INFORMANTS": "I",
    "ID": "", "NO": "", "NUMBER": "",
  ]
}

/// Decides which participant an id means, by one rule for every reader.
///
/// An id means the participant whose letters and number are the same, whatever the case, the
/// brackets, the spaces and the leading zeros; a bare number means the only participant with that
/// number. A word stands for its initial: `Participant 17` is `P17`; where no participant has that
/// letter, it stands for the number alone. Where two participants share a number under different
/// letters, a bare number means neither.
public struct ParticipantRegister: Hashable, Sendable {
  /// The letters that the study writes before most numbers.
  public let prefix: String
  private let labels: Set<ParticipantLabel>
  private let prefixes: Set<String>
  private let byNumber: [Int: [ParticipantLabel]]

  /// Creates a register of the known participants.
  public init(_ known: [ParticipantLabel], prefix: String) {
    self.prefix = prefix
    labels = Set(known)
    prefixes = Set(known.map(\.prefix))
    byNumber = Dictionary(grouping: known) { $0.number }
  }

  /// The participant whom an id means, or `nil` when no row has it or it is not clear which.
  public func resolve(_ label: ParticipantLabel) -> ParticipantLabel? {
    if labels.contains(label) { return label }
    guard label.prefix.isEmpty, let found = byNumber[label.number], Set(found).count == 1 else {
      return nil
    }
    return found.first
  }

  /// The participant whom an id as written means, or `nil`.
  public func resolve(_ spelling: LabelSpelling) -> ParticipantLabel? {
    if let found = resolve(spelling.label) { return found }
    let prefix = spelling.label.prefix
    guard spelling.variants.contains(.spelledOut), !prefixes.contains(prefix) else { return nil }
    return resolve(ParticipantLabel(prefix: "", number: spelling.label.number))
  }

  /// Whether an id has letters that the study writes, or a word for them.
  public func knows(_ spelling: LabelSpelling) -> Bool {
    spelling.variants.contains(.spelledOut) || knows(prefix: spelling.label.prefix)
  }

  /// Whether some known participant has these letters, or the study writes them.
  public func knows(prefix: String) -> Bool {
    prefix == self.prefix || prefixes.contains(prefix)
  }
}
