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

  // `Respondent (R1)` and `R1` afterwards; or `Interviewer` and `Respondent` for the first turns, and
  // `I` and `R` for all others.
  mutating func mergeShort() {
    var long: [String: String] = [:]
    var seen: Set<String> = []
    for key in order {
      if key.last == ")", let open = key.lastIndex(of: "("), open > key.startIndex {
        let short = LabelKey.key(of: String(key[open...].dropFirst().dropLast()))
        // A word says what somebody does, and somebody else may do it, too. Two of whom the same is
        // said are in one place, and what came before is no short form.
        if short.count <= 3, RoleWord.of(short)?.isWord != true {
          long[short] = long[short] == nil && !seen.contains(short) ? key : ""
        }
      }
      seen.insert(key)
    }
    let words = order.prefix {
      $0.count > 1 && speakerKeys[$0] == $0 && tallies[$0]?.count == 1
        && RoleWord.of($0)?.isWord == true && !$0.contains(where: \.isNumber)
    }
    let letters = words.map { String($0.prefix(1)) }
    if words.count >= 2, Set(letters).count == words.count,
      letters.allSatisfy({ tallies[$0]?.count ?? 0 >= 2 })
    {
      for (letter, word) in zip(letters, words) { long[letter] = word }
    }
    for (short, key) in long where speakerKeys[key] == key && speakerKeys[short] == short {
      speakerKeys[short] = key
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

  /// Full names between two turns of one speaker, names in brackets, and names with a name in brackets
  /// beside others like them, that stand once where nearly every paragraph begins with a label.
  ///
  /// What one speaker lists stands before another's turn, and is no third who speaks up.
  func loneNames(_ keys: [String], beside accepted: [String], units: Int) -> Set<String> {
    let hits = accepted.reduce(0) { $0 + (tallies[$1]?.count ?? 0) }
    let all = hits + keys.reduce(0) { $0 + (tallies[$1]?.count ?? 0) }
    guard !keys.isEmpty, hits >= 4, keys.count * 2 <= hits, all * 10 >= units * 9, all <= units
    else { return [] }
    let doubted = Set(candidates.lazy.filter(\.isUncertain).map { labels.keys[$0.key] })
    let taken = Set(accepted)
    let isTaken = labels.keys.map(taken.contains)
    let hasNamedPart = labels.names.map { name in
      let open = name.lastIndex(of: "(").map { name.index(after: $0) }
      return open.map { $0 < name.endIndex && name[$0].isUppercase } ?? false
    }
    var isBetween = [Bool](repeating: false, count: labels.keys.count)
    var isNamed = isBetween
    var before: (first: Int, second: Int)?
    for candidate in candidates where candidate.form == .marked && !candidate.isWeak {
      if let before, before.first == candidate.key, isTaken[candidate.key] {
        isBetween[before.second] = true
      }
      before = (before?.second ?? candidate.key, candidate.key)
      if hasNamedPart[candidate.name] { isNamed[candidate.key] = true }
    }
    let between = Set(zip(labels.keys, isBetween).lazy.filter(\.1).map(\.0))
    let named = Set(zip(labels.keys, isNamed).lazy.filter(\.1).map(\.0))
    let haveParts = accepted.allSatisfy(named.contains)
    return Set(
      keys.filter { key in
        let words = key.split(separator: " ")
        let isFull =
          (2...4).contains(words.count)
          && key.allSatisfy { $0.isLetter || $0 == " " || $0 == "-" || $0 == "'" }
        return tallies[key]?.count == 1
          && (isFull && between.contains(key) || doubted.contains(key)
            || haveParts && named.contains(key))
      })
  }

  /// Whether a key is a letter away from a role word that recurs.
  func isNearRole(_ key: String, of accepted: [String]) -> Bool {
    accepted.prefix(40).contains {
      tallies[$0]?.count ?? 0 >= 2 && Self.isSlip(key, for: $0)
    }
  }

  /// Whether a key is a role word but for one letter before the last, and none itself.
  static func isSlip(_ key: String, for word: String) -> Bool {
    key.count >= 5 && key.last == word.last && abs(key.count - word.count) <= 1
      && RoleWord.of(key) == nil && RoleWord.of(word)?.isWord == true
      && Suggestion.distance(key, word) == 1
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
