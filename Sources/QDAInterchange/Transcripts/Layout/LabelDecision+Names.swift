internal import QDACore

// What labels have to do with each other by their letters alone.
extension LabelDecision {
  // `CRAIG BREADEN` at first and `BREADEN` afterwards, `Dr. Mary O'Brien` and `Dr. O'Brien`; two of
  // a name stay apart.
  mutating func mergeAliases() {
    let keys = order.filter { speakerKeys[$0] != nil }
    let names = PersonNames(keys)
    // From long to short, so that who stands behind a longer one is known.
    for key in keys.enumerated().sorted(by: { names.isLonger($0, than: $1) }).map(\.element) {
      let owners = Set(names.longer(than: key).compactMap { speakerKeys[$0] })
      guard owners.count == 1, let owner = owners.first, owner != key else { continue }
      if RoleWord.of(key) == nil || owner.hasPrefix(key + " (") { speakerKeys[key] = owner }
    }
  }

  // A slip in a name that otherwise recurs; it stays a speaker of its own and is reported.
  static func isNear(_ key: String, to others: [String]) -> Bool {
    guard key.count >= 5 else { return false }
    return others.contains {
      // Two signs of five are another word: `media` beside `maria`.
      let most = min($0.count, key.count) < 8 ? 1 : 2
      return abs($0.count - key.count) <= most && Suggestion.distance($0, key) <= most
    }
  }

  /// Whether a key is a letter away from a role word that recurs.
  func isNearRole(_ key: String, of accepted: [String]) -> Bool {
    accepted.prefix(40).contains {
      tallies[$0]?.count ?? 0 >= 2 && Self.isSlip(key, for: $0)
    }
  }

  /// Whether a key is a role word but for one letter, and none itself.
  static func isSlip(_ key: String, for word: String) -> Bool {
    key.count >= 5 && abs(key.count - word.count) <= 1 && RoleWord.of(key) == nil
      && RoleWord.of(word)?.isWord == true && Suggestion.distance(key, word) == 1
  }

  /// Whether two keys are one but for accents: `maría josé` and `maria josé`.
  static func differByAccents(_ left: String, _ right: String) -> Bool {
    guard left != right, left.count == right.count else { return false }
    return zip(left, right).allSatisfy { one, other in
      one == other || one.isLetter && other.isLetter && one.isASCII != other.isASCII
    }
  }

  /// What the labels of a row have in common: `p` of `p1`, `speaker ` of `speaker c`.
  static func numberedStem(_ key: String) -> String? {
    if key.dropLast().last == " ", key.last?.isLetter == true {
      let word = String(key.dropLast(2))
      return word == "person" || RoleWord.of(word)?.isWord == true ? word + " " : nil
    }
    let stem = key.prefix { !$0.isNumber }
    guard stem.count < key.count, !stem.isEmpty, key.dropFirst(stem.count).allSatisfy(\.isNumber)
    else { return nil }
    return String(stem)
  }

  static func parts(of key: String) -> [String] {
    var key = key
    for word in [" and ", " und ", " et ", " y ", " + ", " & "] {
      key = key.split(separator: word, omittingEmptySubsequences: false).joined(separator: "/")
    }
    return key.split(whereSeparator: { "/&+".contains($0) })
      .map { LabelKey.key(of: Array($0.unicodeScalars)[...]) }.filter { !$0.isEmpty }
  }
}
