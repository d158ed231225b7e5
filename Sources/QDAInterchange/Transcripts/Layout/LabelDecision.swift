internal import QDACore

/// Which of the candidates are speakers, decided by the evidence of the whole document.
struct LabelDecision {
  /// The speaker's key for each accepted key; a variant points to its speaker.
  var speakerKeys: [String: String] = [:]
  /// The keys that name several speakers at once, with the keys of each.
  var joint: [String: [String]] = [:]
  /// The layout that most accepted labels have.
  var layout = Layout.none
  var confidence = Confidence.high
  /// Whether labels without punctuation count, for the accepted keys or for all.
  var acceptsBare: Set<Layout> = []

  /// The share of each speaker's turns that hold a question.
  private(set) var questionRates: [String: Double] = [:]

  private let candidates: [LabelCandidate]
  private let aliases: [String: String]
  /// Whether `Q1` and `Q2` are one speaker, `Q`.
  let joinsQuestions: Bool
  private var tallies: [String: Tally] = [:]
  private var order: [String] = []

  /// How often and where a label was seen.
  private struct Tally {
    var name: String
    var count = 0
    var shallow = 0
    /// How often a time or bold type stands with it, which nothing but a label has.
    var distinct = 0
    var byLayout: [Layout: Int] = [:]
    var role: RoleWord?
  }

  /// Decides for the candidates of a document.
  ///
  /// - Parameters:
  ///   - units: The number of paragraphs that might begin with a label.
  ///   - knowledge: What the caller or the document says of labels.
  init(
    _ candidates: [LabelCandidate], units: Int, knowledge: LabelKnowledge,
    acceptsDottedVariants: Bool
  ) {
    var knowledge = knowledge
    joinsQuestions = knowledge.joinQuestions(candidates)
    let known = knowledge.known
    let forced = knowledge.layout
    let rejected = knowledge.rejected
    let candidates =
      rejected.isEmpty ? candidates : candidates.filter { !rejected.contains($0.key) }
    self.candidates = candidates
    aliases = knowledge.aliases
    if forced == Layout.none { return }
    for candidate in candidates where candidate.form == .marked && !candidate.isWeak {
      if let forced, !Self.belongs(candidate.layout, to: forced) { continue }
      count(candidate)
    }
    decideMarked(
      known: known, forced: forced, units: units, mergesNames: knowledge.mergesNames)
    if speakerKeys.isEmpty || forced.map(Self.bareLayouts.contains) == true {
      decideBare(known: known, forced: forced, units: units)
    }
    for key in speakerKeys.keys.sorted() { followAlias(key) }
    if joinsQuestions { confidence = .low }
    if !speakerKeys.isEmpty {
      acceptsBare.insert(.tab)
      if acceptsDottedVariants { acceptsBare.insert(.inline) }
    }
    layout = leadingLayout()
  }

  /// The keys of the speakers whom a candidate names, or `nil` where it is no label.
  func speakers(of candidate: LabelCandidate) -> [String]? {
    if candidate.form == .bare, !acceptsBare.contains(candidate.layout) { return nil }
    if let parts = joint[candidate.key] { return parts }
    return speakerKeys[candidate.key].map { [$0] }
  }

  /// Whether a key is that of a speaker who is labelled before a colon in lines of this document.
  func isInline(_ key: String) -> Bool {
    guard speakerKeys[key] != nil, let layouts = tallies[key]?.byLayout else { return false }
    return layouts[.inline] != nil || layouts[.timeFirst] != nil
  }

  /// The key under which a speaker is gathered.
  func owner(of key: String) -> String { speakerKeys[key] ?? key }

  /// Accepts a speaker whom a voice tag names.
  mutating func add(voice key: String) {
    if speakerKeys[key] == nil, joint[key] == nil {
      speakerKeys[key] = key
      followAlias(key)
    }
  }

  // A caller says whom a label stands for.
  private mutating func followAlias(_ key: String) {
    guard let label = aliases[key] else { return }
    if speakerKeys[label] == nil { speakerKeys[label] = label }
    speakerKeys[key] = speakerKeys[label]
  }

  /// Says that voice tags name the speakers of most of the document.
  mutating func nameByVoice() {
    layout = speakerKeys.isEmpty ? .none : .voice
    confidence = .high
  }

  /// Counts who asks, which tells what ambiguous letters stand for.
  mutating func measureQuestions(_ turns: [CutTurn], in text: Lines) {
    var asked: [String: Int] = [:]
    var all: [String: Int] = [:]
    for turn in turns where turn.speakers.count == 1 {
      let key = owner(of: turn.speakers[0])
      all[key, default: 0] += 1
      let asks = turn.ranges.contains { range in
        text.scalars[range].contains { $0 == "?" || $0 == "？" || $0 == "؟" }
      }
      if asks { asked[key, default: 0] += 1 }
    }
    questionRates = all.reduce(into: [:]) { rates, entry in
      rates[entry.key] = Double(asked[entry.key] ?? 0) / Double(entry.value)
    }
  }

  // MARK: - Marked labels

  private static let bareLayouts: Set<Layout> = [.stamped, .tab, .dash, .standalone]

  private static func belongs(_ layout: Layout, to forced: Layout) -> Bool {
    layout == forced || forced == .timeLast && layout == .inline
  }

  private mutating func count(_ candidate: LabelCandidate) {
    if tallies[candidate.key] == nil {
      order.append(candidate.key)
      tallies[candidate.key] = Tally(name: candidate.name, role: RoleWord.of(candidate.key))
    }
    tallies[candidate.key]?.count += 1
    if !candidate.isDeep { tallies[candidate.key]?.shallow += 1 }
    if !candidate.stamps.isEmpty || candidate.layout == .bold {
      tallies[candidate.key]?.distinct += 1
    }
    tallies[candidate.key]?.byLayout[candidate.layout, default: 0] += 1
  }

  private mutating func decideMarked(
    known: Set<String>, forced: Layout?, units: Int, mergesNames: Bool
  ) {
    let roles = order.filter { tallies[$0]?.role != nil && tallies[$0]?.shallow ?? 0 > 0 }
    var supported: Set<String> = []
    var totals: [Layout: Int] = [:]
    for key in order {
      guard let tally = tallies[key] else { continue }
      for (layout, count) in tally.byLayout { totals[layout, default: 0] += count }
      if known.contains(key) || forced != nil {
        supported.insert(key)
        continue
      }
      if HeaderBlock.isStopLabel(key) { continue }
      let hasRole =
        tally.role?.isWord == true || tally.role != nil && (tally.count > 1 || roles.count > 1)
      // `Well, Tom:` stands before a quotation more often than `Baird, Tom:` before a turn.
      let least = LabelShape.isSurnameFirst(key) ? 4 : 2
      if hasRole || tally.shallow >= least { supported.insert(key) }
    }
    let hasProof =
      forced != nil
      || order.contains {
        supported.contains($0) && (known.contains($0) || tallies[$0]?.role != nil)
      }
    var areStamped = false
    // A time beside the label shows that somebody is labelled, however seldom.
    for layout in [Layout.stamped, .timeFirst, .bold] where totals[layout] ?? 0 >= 2 {
      let recurs = order.contains { supported.contains($0) && tallies[$0]?.byLayout[layout] != nil }
      guard recurs || layout != .bold && totals[layout] ?? 0 >= 3 else { continue }
      if layout == .stamped, recurs { areStamped = true }
      for key in order where tallies[key]?.byLayout[layout] != nil {
        if !HeaderBlock.isStopLabel(key) { supported.insert(key) }
      }
    }
    guard !supported.isEmpty else { return }
    let kept = keptLayouts(supported)
    var accepted = order.filter { key in
      supported.contains(key)
        && (known.contains(key)
          || tallies[key]?.byLayout.keys.contains(where: kept.contains) == true)
    }
    accepted += singletons(beside: accepted, in: kept)
    guard hasProof || areStamped || isDialogue(accepted, units: units) else { return }
    for key in accepted { speakerKeys[key] = key }
    findJoint(in: kept)
    if mergesNames { mergeAliases() }
    confidence = measureConfidence(accepted, known: known, units: units)
  }

  // A layout is noise unless it explains a share of what the leading layout does.
  private func keptLayouts(_ supported: Set<String>) -> Set<Layout> {
    var hits: [Layout: Int] = [:]
    for key in supported {
      for (layout, count) in tallies[key]?.byLayout ?? [:] { hits[layout, default: 0] += count }
    }
    let most = hits.values.max() ?? 0
    return Set(hits.filter { $0.value * 100 >= most * 15 }.keys)
  }

  // Labels seen once that others vouch for: the second of two speakers, or one of a numbered row.
  private func singletons(beside accepted: [String], in kept: Set<Layout>) -> [String] {
    let taken = Set(accepted)
    let alone = order.filter { key in
      guard let tally = tallies[key], tally.shallow >= 1, !taken.contains(key) else {
        return false
      }
      return !HeaderBlock.isStopLabel(key)
        && tally.byLayout.keys.contains(where: kept.contains)
    }
    if accepted.count == 1 { return Array(alone.prefix(1)) }
    let stems = Set(accepted.compactMap(Self.numberedStem))
    var words: Set<String> = []
    for key in accepted where key.contains(" ") {
      let parts = key.split(separator: " ")
      for part in [parts.first, parts.last] {
        if let part, part.count > 1 { words.insert(String(part)) }
      }
    }
    // Comparing every pair is for documents with a cast that a person could list.
    let recurring = accepted.filter { tallies[$0]?.count ?? 0 >= 5 }
    let isCast = recurring.count <= 40
    return alone.filter { key in
      if let stem = Self.numberedStem(key), stems.contains(stem) { return true }
      let parts = key.split(separator: " ")
      let isFullName =
        parts.count > 1
        && [parts.first, parts.last].contains { part in
          part.map { $0.count > 1 && accepted.count <= 40 && accepted.contains(String($0)) }
            ?? false
        }
      return isFullName || words.contains(key) || isCast && Self.isNear(key, to: recurring)
    }
  }

  // A slip in a name that otherwise recurs; it stays a speaker of its own and is reported.
  private static func isNear(_ key: String, to others: [String]) -> Bool {
    guard key.count >= 5 else { return false }
    return others.contains {
      abs($0.count - key.count) <= 2 && Suggestion.distance($0, key) <= 2
    }
  }

  private static func numberedStem(_ key: String) -> String? {
    let stem = key.prefix { !$0.isNumber }
    guard stem.count < key.count, !stem.isEmpty, key.dropFirst(stem.count).allSatisfy(\.isNumber)
    else { return nil }
    return String(stem)
  }

  // Without role words it takes two who speak in turn, and a fair share of the paragraphs.
  private func isDialogue(_ accepted: [String], units: Int) -> Bool {
    let hits = accepted.reduce(0) { $0 + (tallies[$1]?.count ?? 0) }
    if accepted.count >= 2, hits >= 3 { return hits * 4 >= units }
    return accepted.count == 1 && hits >= 3 && hits * 2 >= units
  }

  private mutating func findJoint(in kept: Set<Layout>) {
    let stems = Set(speakerKeys.keys.compactMap(Self.numberedStem))
    var seen: Set<String> = []
    for candidate in candidates where candidate.form == .marked {
      // Speakers recur, and what a spelling names is found out once.
      guard seen.insert(candidate.key).inserted, joint[candidate.key] == nil else { continue }
      let parts = Self.parts(of: candidate.key)
      guard parts.count >= 2 else { continue }
      let known = parts.count { speakerKeys[$0] != nil }
      let fits = parts.allSatisfy { part in
        speakerKeys[part] != nil || Self.numberedStem(part).map(stems.contains) == true
          || RoleWord.of(part)?.isWord == true
      }
      guard fits, known >= 1 else { continue }
      for part in parts where speakerKeys[part] == nil { speakerKeys[part] = part }
      speakerKeys[candidate.key] = nil
      joint[candidate.key] = parts
    }
  }

  private static func parts(of key: String) -> [String] {
    var key = key
    for word in [" and ", " und ", " et ", " y ", " + ", " & "] {
      key = key.split(separator: word, omittingEmptySubsequences: false).joined(separator: "/")
    }
    return key.split(whereSeparator: { "/&+".contains($0) })
      .map { LabelKey.key(of: Array($0.unicodeScalars)[...]) }.filter { !$0.isEmpty }
  }

  // `CRAIG BREADEN` at first and `BREADEN` afterwards; two of a name stay apart.
  private mutating func mergeAliases() {
    let keys = order.filter { speakerKeys[$0] != nil }
    var longer: [String: [String]] = [:]
    for key in keys {
      let core = String(
        String.UnicodeScalarView(LabelShape.withoutAttributes(Array(key.unicodeScalars)[...])))
      if core != key { longer[core, default: []].append(key) }
      let words = core.split(separator: " ")
      guard words.count > 1, !core.contains(where: \.isNumber), RoleWord.of(core) == nil else {
        continue
      }
      for word in Set([words.first, words.last].compactMap { $0 }.map(String.init)) {
        longer[word, default: []].append(key)
      }
    }
    for key in keys {
      guard let owners = longer[key], owners.count == 1, let owner = owners.first, owner != key
      else { continue }
      if RoleWord.of(key) == nil || owner.hasPrefix(key + " (") { speakerKeys[key] = owner }
    }
  }

  private func measureConfidence(
    _ accepted: [String], known: Set<String>, units: Int
  ) -> Confidence {
    let recurring = accepted.count {
      known.contains($0) || tallies[$0]?.count ?? 0 >= 2 || tallies[$0]?.distinct ?? 0 > 0
    }
    let hasRole = accepted.contains { tallies[$0]?.role != nil || known.contains($0) }
    let distinct = accepted.count { tallies[$0]?.distinct ?? 0 > 0 }
    let hits = accepted.reduce(0) { $0 + (tallies[$1]?.count ?? 0) }
    let isDense = hits * 2 >= units
    if recurring >= 2, hasRole || isDense || distinct >= 2 { return .high }
    return hasRole || distinct >= 2 ? .medium : .low
  }

  // MARK: - Labels without punctuation

  private mutating func decideBare(known: Set<String>, forced: Layout?, units: Int) {
    for layout in [Layout.stamped, .tab, .standalone, .dash] {
      if let forced, forced != layout { continue }
      var counts: [String: Int] = [:]
      var keys: [String] = []
      for candidate in candidates
      where candidate.form == .bare && candidate.layout == layout && !candidate.isWeak {
        if counts[candidate.key] == nil { keys.append(candidate.key) }
        counts[candidate.key, default: 0] += 1
      }
      let minimum = layout == .dash && forced == nil ? 3 : 2
      let accepted = keys.filter { key in
        if known.contains(key) || forced != nil { return true }
        if HeaderBlock.isStopLabel(key) { return false }
        return counts[key] ?? 0 >= minimum || RoleWord.of(key)?.isWord == true && layout != .dash
      }
      let hits = accepted.reduce(0) { $0 + (counts[$1] ?? 0) }
      // Recognisers number speakers whom they do not know, and write nothing else like it.
      let areNumbered =
        layout == .standalone && accepted.count >= 2
        && accepted.allSatisfy { Self.numberedStem($0) != nil && RoleWord.of($0)?.isWord == true }
      let isEnough =
        forced != nil || accepted.contains(where: known.contains) || areNumbered
        || accepted.count >= 2 && hits >= 4 && hits * 4 >= units
          && (layout != .standalone || headWords(Set(accepted)))
      guard isEnough, !accepted.isEmpty else { continue }
      for key in accepted { speakerKeys[key] = key }
      acceptsBare.insert(layout)
      confidence = forced != nil || accepted.contains { RoleWord.of($0) != nil } ? .medium : .low
      return
    }
  }

  // Names on lines of their own are labels only where other lines follow them as a rule.
  private func headWords(_ accepted: Set<String>) -> Bool {
    let heads = candidates.filter { $0.layout == .standalone && accepted.contains($0.key) }
    let lines = Set(heads.map(\.line))
    let empty = heads.count { lines.contains($0.line + 1) || !$0.isFollowed }
    return empty * 5 <= heads.count
  }

  private func leadingLayout() -> Layout {
    var hits: [Layout: Int] = [:]
    for candidate in candidates where speakers(of: candidate) != nil {
      hits[candidate.layout, default: 0] += 1
    }
    let most = hits.values.max() ?? 0
    return Layout.allCases.first { hits[$0] == most && most > 0 } ?? .none
  }
}
