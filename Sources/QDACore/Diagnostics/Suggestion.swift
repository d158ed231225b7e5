/// Finds what somebody probably meant to type.
public enum Suggestion {
  /// The candidate nearest to a misspelt word, or `nil` when none is near enough.
  ///
  /// Compares without regard to case by optimal string alignment distance (insertion, deletion,
  /// substitution, swap of neighbours); near enough is a third of the word's length, at least one.
  /// Of equally near candidates the first is returned.
  public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    // Nobody types a GUID, and there may be very many.
    if ID<Never>(word) != nil { return nil }
    let limit = max(1, word.count / 3)
    var best: (String, Int)?
    for candidate in candidates {
      let distance = distance(word.lowercased(), candidate.lowercased())
      if distance <= limit, distance < best?.1 ?? .max { best = (candidate, distance) }
    }
    return best?.0
  }

  /// The optimal string alignment distance of two words, in characters.
  ///
  /// - Complexity: O(*n* · *m*) in the lengths.
  public static func distance(_ left: String, _ right: String) -> Int {
    let a = Array(left)
    let b = Array(right)
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var before: [Int] = []
    var previous = Array(0...b.count)
    for i in 1...a.count {
      var row = [i]
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        var value = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          value = min(value, before[j - 2] + 1)
        }
        row.append(value)
      }
      before = previous
      previous = row
    }
    return previous[b.count]
  }
}
