/// What a caller or the document itself says of labels.
struct LabelKnowledge {
  /// The keys of labels that are speakers for sure.
  var known: Set<String> = []
  /// The keys among them that the caller names.
  private(set) var given: Set<String> = []
  /// The keys of names to which the document's header gives a part.
  var introduced: Set<String> = []
  /// The keys of labels that are none.
  var rejected: Set<String> = []
  /// The keys of labels that stand for another, with that one's key.
  var aliases: [String: String] = [:]
  /// The layout whose labels all count.
  var layout: Layout?
  /// Whether a full name and a part of it are one speaker.
  var mergesNames = true
  /// Whether labels that differ only in case, spaces or a sign at the end are one speaker.
  var mergesSpellings = true

  init(_ options: TranscriptOptions, legend: Set<String> = []) {
    for (alias, label) in options.aliases {
      aliases[LabelKey.key(of: alias)] = LabelKey.key(of: label)
    }
    let named = options.speakers + options.interviewers + options.participants
    given = Set(named.map(LabelKey.key(of:))).union(aliases.keys).union(aliases.values)
    known = legend.union(given)
    rejected = Set(options.notSpeakers.map(LabelKey.key(of:)))
    known.subtract(rejected)
    layout = options.layout
    mergesNames = !options.ignored.contains(.aliases)
    mergesSpellings = !options.ignored.contains(.spellings)
  }

  /// The key of a speaker whom a format names.
  func key(of name: String) -> String {
    let key = LabelKey.key(of: name)
    if mergesSpellings || key.isEmpty || aliases[key] != nil { return key }
    return aliases.values.contains(key) ? key : name
  }

  /// Takes `Q1`, `A1`, `Q2`, `A2` for one who asks and one who answers, where each number is there once.
  ///
  /// - Returns: Whether the labels are so.
  mutating func joinQuestions(_ candidates: [LabelCandidate], _ labels: Labels) -> Bool {
    var seen: [String: Int] = [:]
    var keys: [String] = []
    let questions = labels.keys.indices.filter { number in
      let key = labels.keys[number]
      return ["q", "a"].contains(key.first) && key.count > 1
        && key.dropFirst().allSatisfy(\.isNumber)
    }
    if questions.count < 4 { return false }
    for candidate in candidates
    where candidate.form == .marked && questions.contains(candidate.key) {
      seen[labels.keys[candidate.key], default: 0] += 1
      keys.append(labels.keys[candidate.key])
    }
    let asked = keys.count { $0.first == "q" }
    guard asked >= 2, keys.count - asked >= 2, seen.values.allSatisfy({ $0 == 1 }),
      !keys.contains(where: known.contains)
    else { return false }
    for key in keys {
      aliases[key] = String(key.prefix(1))
      known.formUnion([key, String(key.prefix(1))])
    }
    return true
  }
}
