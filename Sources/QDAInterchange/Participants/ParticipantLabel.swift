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
  /// With a word: `Participant 17`.
  case spelledOut = "a word"
  /// With a small letter: `p17`.
  case lowerCase = "a small letter"

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

  /// Reads `17`, `P17`, `(P17)`, `[P17]`, `P 17`, `P01`, `p17` or `Participant 17`, else `nil`.
  ///
  /// Letter and number may be separated by white space of any kind. `p. 17` and `p 17` are page
  /// numbers, not ids; a prefix has at most three letters unless it is one of the known words.
  public init?(_ text: String) {
    var scalars = Array(text.trimmedOfBlanks.unicodeScalars)
    var variants: Set<LabelVariant> = []
    if let first = scalars.first, let last = scalars.last, scalars.count > 2,
      (first == "(" && last == ")") || (first == "[" && last == "]")
    {
      scalars = Array(scalars.dropFirst().dropLast())
      variants.insert(.bracketed)
    }
    let body = String(String.UnicodeScalarView(scalars)).trimmedOfBlanks.unicodeScalars
    let letters = body.prefix { $0.isLetter }
    let gap = body[letters.endIndex...].prefix { $0.isBlank || $0 == "." || $0 == "#" }
    let digits = body[gap.endIndex...]
    guard !digits.isEmpty, digits.count <= 6, digits.allSatisfy(\.isDigit),
      let number = Int(String(digits))
    else { return nil }
    if digits.first == "0", digits.count > 1 { variants.insert(.padded) }
    let word = String(letters)
    var prefix = word.uppercased()
    if letters.isEmpty {
      guard gap.isEmpty else { return nil }
      variants.insert(.bareNumber)
    } else if let initial = Self.prefixWords[prefix] {
      prefix = initial
      variants.insert(.spelledOut)
    } else {
      guard letters.count <= 3 else { return nil }
      if !gap.isEmpty { variants.insert(.spaced) }
      if word != prefix {
        guard gap.isEmpty else { return nil }
        variants.insert(.lowerCase)
      }
    }
    label = ParticipantLabel(prefix: prefix, number: number)
    self.variants = variants.sorted()
  }

  private static let prefixWords = [
    "PARTICIPANT": "P", "INTERVIEWEE": "I", "RESPONDENT": "R", "INFORMANT": "I",
  ]
}

/// Decides which participant an id means, by one rule for every reader.
///
/// An id means the participant whose letters and number are the same, whatever the case, the
/// brackets, the spaces and the leading zeros; a bare number means the only participant with that
/// number. A word stands for its initial: `Participant 17` is `P17`. Where two participants share a
/// number under different letters, a bare number means neither.
public struct ParticipantRegister: Hashable, Sendable {
  /// The letters that the study writes before most numbers.
  public let prefix: String
  private let labels: Set<ParticipantLabel>
  private let byNumber: [Int: [ParticipantLabel]]

  /// Creates a register of the known participants.
  public init(_ known: [ParticipantLabel], prefix: String) {
    self.prefix = prefix
    labels = Set(known)
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

  /// Whether some known participant has these letters, or the study writes them.
  public func knows(prefix: String) -> Bool {
    prefix == self.prefix || labels.contains { $0.prefix == prefix }
  }
}
