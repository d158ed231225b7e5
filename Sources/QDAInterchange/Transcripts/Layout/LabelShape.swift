/// Decides whether a stretch of text looks like a speaker's label.
enum LabelShape {
  enum Verdict {
    case no
    /// Might be a label that was typed carelessly; taken only as a variant of another.
    case weak
    /// Several words of which not all begin as names do, such as `Community health worker`; taken
    /// only on the evidence of the whole document.
    case loose
    case label
  }

  /// The longest label, in scalars, as in the tools that established the convention.
  static let maximumLength = 63

  /// Judges a label without its separator and without white at its ends.
  static func judge(_ label: ArraySlice<Unicode.Scalar>) -> Verdict {
    guard !label.isEmpty, label.count <= maximumLength else { return .no }
    if label.count <= 3, label.allSatisfy({ $0 == "?" }) { return .label }
    var core = withoutAttributes(label)
    guard core.count <= 60 else { return .no }
    core = core[LabelKey.afterPictures(core)...].drop(while: \.isInvisible)
    guard let first = core.first, first.properties.isAlphabetic else { return .no }
    var tokens = core.split(whereSeparator: \.isLayoutSpace)
    guard (1...5).contains(tokens.count) else { return .no }
    // `Baird, Tom`: the surname first.
    if tokens.count > 1, tokens[0].last == ",", tokens[0].count > 2 {
      tokens[0] = tokens[0].dropLast()
    }
    var isLowerCase = false
    for (index, token) in tokens.enumerated() {
      switch judgeToken(token, isFirst: index == 0, isLast: index == tokens.count - 1) {
      case .no: return .no
      case .weak, .loose: isLowerCase = true
      case .label: break
      }
    }
    if !isLowerCase { return .label }
    if let role = RoleWord.of(LabelKey.key(of: core)), role.isWord || tokens.count > 1 {
      return .label
    }
    if tokens.count == 1 { return core.count <= 20 ? .weak : .no }
    return core.count <= 40 ? .loose : .no
  }

  /// Whether a comma parts a label into a surname and what comes before it.
  static func isSurnameFirst(_ label: String) -> Bool { label.contains(", ") }

  /// A label without the attributes in brackets that may follow it.
  static func withoutAttributes(
    _ label: ArraySlice<Unicode.Scalar>
  ) -> ArraySlice<Unicode.Scalar> {
    guard label.last == ")", let open = label.lastIndex(of: "("), open > label.startIndex else {
      return label
    }
    var end = open
    while end > label.startIndex, label[end - 1].isLayoutSpace { end -= 1 }
    return label[label.startIndex..<end]
  }

  /// Whether a label, which has no brackets, has for sure more words than any speaker's.
  static func hasTooManyWords(_ label: ArraySlice<UInt8>) -> Bool {
    var words = 0
    var previous: UInt8 = 0x20
    for byte in label {
      if previous == 0x20, (0x21..<0x7F).contains(byte) { words += 1 }
      previous = byte
    }
    return words > 5
  }

  private static func judgeToken(
    _ token: ArraySlice<Unicode.Scalar>, isFirst: Bool, isLast: Bool
  ) -> Verdict {
    var firstLetter: Unicode.Scalar?
    var hasDigit = false
    for (offset, scalar) in token.enumerated() {
      let properties = scalar.properties
      if properties.isAlphabetic {
        if firstLetter == nil { firstLetter = scalar }
      } else if scalar == "." {
        if offset == token.count - 1 {
          guard isTitle(token.dropLast()) else { return .no }
        } else if !isSingleLetter(before: offset, in: token), !(isFirst && isParted(token)) {
          return .no
        }
      } else if scalar.isASCIIDigit || properties.numericType != nil {
        hasDigit = true
      } else if !isAllowed(scalar, isLastOfLabel: isLast && offset == token.count - 1) {
        return .no
      }
    }
    guard let firstLetter else {
      // A number, an emoji or a sign such as `&` may follow a name but not begin one.
      return isFirst && !hasDigit ? .no : .label
    }
    if !firstLetter.properties.isLowercase || hasDigit && !isFirst { return .label }
    return !isFirst && particles.contains(String(String.UnicodeScalarView(token))) ? .label : .weak
  }

  // `Dott.ssa` and `Sig.ra`; a file's name has a full stop within, too.
  private static func isParted(_ token: ArraySlice<Unicode.Scalar>) -> Bool {
    let text = String(String.UnicodeScalarView(token)).lowercased()
    return ["dott.ssa", "prof.ssa", "sig.ra", "sig.na"].contains(text)
  }

  private static func isAllowed(_ scalar: Unicode.Scalar, isLastOfLabel: Bool) -> Bool {
    switch scalar {
    case "'", "’", "ʼ", "-", "‐", "‑", "_", "&", "@", "/", "+", "#", "·", "–": true
    // Two keys that lie beside the colon's.
    case "*", "?", "|", ";": isLastOfLabel
    default:
      scalar.isInvisible || scalar.isOfPicture || scalar == "\u{200C}"
        || scalar.properties.generalCategory == .nonspacingMark
        || scalar.properties.generalCategory == .spacingMark
    }
  }

  private static func isSingleLetter(
    before offset: Int, in token: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    let index = token.startIndex + offset
    guard index > token.startIndex, token[index - 1].properties.isAlphabetic else { return false }
    return index - 1 == token.startIndex || token[index - 2] == "."
  }

  private static func isTitle(_ word: ArraySlice<Unicode.Scalar>) -> Bool {
    if word.count <= 3 { return true }
    let text = String(String.UnicodeScalarView(word)).lowercased()
    if text.contains(".") { return true }
    return ["prof", "interv", "mlle", "dott"].contains(text)
  }

  private static let particles: Set<String> = [
    "de", "da", "do", "dos", "das", "di", "du", "del", "della", "der", "den", "des", "la", "le",
    "van", "von", "vom", "zu", "zur", "ter", "ten", "al", "el", "bin", "bint", "ibn", "abu", "ap",
    "ab", "ní", "nic", "mac", "ó", "y", "e", "and", "und", "et", "of", "the",
  ]
}

/// The form in which labels are compared.
enum LabelKey {
  /// The key of a label: without case, pictures before the name, final marks, hidden signs and
  /// doubled spaces, and in the composed form that comparing strings gives anyway.
  static func key(of label: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    var pendingSpace = false
    for scalar in label[afterPictures(label)...] {
      if scalar.isInvisible { continue }
      if scalar.isLayoutSpace {
        pendingSpace = !view.isEmpty
        continue
      }
      // `P 1` and `P1` are one label.
      if pendingSpace, !(scalar.isASCIIDigit && view.last?.properties.isAlphabetic == true) {
        view.append(" ")
      }
      pendingSpace = false
      view.append(scalar)
    }
    while let last = view.last, [".", ":", "*", "：", "?", "|", ";", " "].contains(last),
      view.count > 1
    {
      view.removeLast()
    }
    return String(view).lowercased()
  }

  static func key(of label: String) -> String {
    key(of: Array(label.unicodeScalars)[...])
  }

  /// Where a label begins after the emoji before its first letter, if it has both.
  static func afterPictures(_ label: ArraySlice<Unicode.Scalar>) -> Int {
    guard let first = label.first, first.isOfPicture else { return label.startIndex }
    let name = label.drop { $0.isOfPicture || $0.isLayoutSpace }
    return name.first?.properties.isAlphabetic == true ? name.startIndex : label.startIndex
  }
}

extension Unicode.Scalar {
  /// Whether a scalar is an emoji or part of one.
  fileprivate var isOfPicture: Bool {
    if value <= 0x2000 { return false }
    // The range spells the names of regions in flags.
    return properties.isVariationSelector || (0xE0020...0xE007F).contains(value)
      || self == "\u{200D}" || properties.isEmojiModifier || value > 0x2100 && properties.isEmoji
  }
}
