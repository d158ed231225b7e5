internal import QDACore

/// Which of the candidates are speakers, decided by the evidence of the whole document.
///
/// The evidence is gathered by the numbers of labels, and weighed by their keys.
struct LabelDecision {
  /// The labels that the candidates have.
  private(set) var labels: Labels
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

  let candidates: [LabelCandidate]
  private let aliases: [String: String]
  private let introduced: Set<String>
  /// Whether `Q1` and `Q2` are one speaker, `Q`.
  let joinsQuestions: Bool
  private(set) var tallies: [String: Tally] = [:]
  /// The keys of marked labels, in order of appearance.
  private(set) var order: [String] = []
  /// The keys of labels that take turns with those that were accepted, and were not.
  private(set) var doubtful: [String] = []
  /// The keys of names that stand once and are taken because everything else is labelled.
  private(set) var lone: Set<String> = []
  /// For each key's number the numbers of the speakers whom it names, and that of its owner.
  private var named: [[Int]?] = []
  private var owners: [Int] = []
  /// For the number of each way of writing a label the number of the speaker, where ways of writing
  /// are kept apart.
  private var spelled: [Int: [Int]] = [:]

  /// How often and where a label was seen.
  struct Tally {
    var count = 0
    var shallow = 0
    /// How often a time or bold type stands with it, which nothing but a label has.
    var distinct = 0
    /// How often a time stands with it, which the fields of records have not.
    var timed = 0
    var byLayout = LayoutCounts()
    var role: RoleWord?

    mutating func add(_ candidate: LabelCandidate) {
      count += 1
      if !candidate.isDeep { shallow += 1 }
      if !candidate.stamps.isEmpty || candidate.layout == .bold { distinct += 1 }
      if !candidate.stamps.isEmpty { timed += 1 }
      byLayout.add(candidate.layout)
    }
  }

  /// Decides for the candidates of a document.
  ///
  /// - Parameters:
  ///   - units: The number of paragraphs that might begin with a label.
  ///   - knowledge: What the caller or the document says of labels.
  init(
    _ candidates: [LabelCandidate], labels: Labels, units: Int, knowledge: LabelKnowledge,
    acceptsDottedVariants: Bool
  ) {
    var knowledge = knowledge
    joinsQuestions = knowledge.joinQuestions(candidates, labels)
    let known = knowledge.known
    let forced = knowledge.layout
    let rejected = knowledge.rejected
    self.candidates =
      rejected.isEmpty
      ? candidates : candidates.filter { !rejected.contains(labels.keys[$0.key]) }
    self.labels = labels
    aliases = knowledge.aliases
    introduced = knowledge.introduced
    named = Array(repeating: nil, count: labels.keys.count)
    owners = Array(labels.keys.indices)
    if forced == Layout.none { return }
    countMarked(forced: forced)
    decideMarked(
      known: known, forced: forced, units: units, given: knowledge.given,
      mergesNames: knowledge.mergesNames)
    if forced == nil {
      decideDotted()
      weighWeak(units: units)
    }
    if speakerKeys.isEmpty || forced.map(Self.bareLayouts.contains) == true {
      decideBare(known: known, forced: forced, units: units)
    }
    if !speakerKeys.isEmpty {
      acceptsBare.insert(.tab)
      let areBracketed = speakerKeys.keys.contains {
        (tallies[$0]?.byLayout[.bracketed] ?? 0) * 2 > tallies[$0]?.count ?? 0
      }
      if areBracketed { acceptsBare.insert(.bracketed) }
      if acceptsDottedVariants { acceptsBare.insert(.inline) }
    }
    for key in speakerKeys.keys.sorted() { followAlias(key) }
    if joinsQuestions { confidence = .low }
    if !knowledge.mergesSpellings { separateSpellings() }
    resolve()
    layout = leadingLayout()
  }

  /// Decides for a document whose format names the speakers, none of whom is known yet.
  init(_ knowledge: LabelKnowledge) {
    self.init(
      [], labels: Labels(), units: 0, knowledge: knowledge, acceptsDottedVariants: false)
  }

  /// The speakers whom a candidate names, or `nil` where it is no label.
  func speakers(of candidate: LabelCandidate) -> [Int]? {
    if candidate.form == .bare, !acceptsBare.contains(candidate.layout) { return nil }
    return spelled[candidate.name] ?? named[candidate.key]
  }

  // Gives each way of writing a speaker's label a key of its own, unless others stand for it.
  private mutating func separateSpellings() {
    let shared = Set(speakerKeys.lazy.filter { $0.key != $0.value }.map(\.value))
      .union(aliases.values)
    var spellings: [String: [String]] = [:]
    for candidate in candidates where spelled[candidate.name] == nil {
      let key = labels.keys[candidate.key]
      guard speakerKeys[key] == key, !shared.contains(key) else { continue }
      spelled[candidate.name] = [labels.number(ofKey: labels.names[candidate.name])]
      spellings[key, default: []].append(labels.names[candidate.name])
    }
    // A joint label means whom the part means where that is written in one way.
    joint = joint.mapValues { parts in
      parts.map { part in spellings[part].flatMap { $0.count == 1 ? $0[0] : nil } ?? part }
    }
  }

  // Says for each number what was decided for its key.
  private mutating func resolve() {
    for part in joint.values.joined() { _ = labels.number(ofKey: part) }
    for owner in speakerKeys.values { _ = labels.number(ofKey: owner) }
    named = labels.keys.map { key in
      (joint[key] ?? speakerKeys[key].map { [$0] })?.compactMap(labels.knownNumber(ofKey:))
    }
    owners = labels.keys.enumerated().map { number, key in
      speakerKeys[key].flatMap(labels.knownNumber(ofKey:)) ?? number
    }
  }

  mutating func setDoubtful(_ keys: [String]) { doubtful = keys }

  /// Whether a key is that of a speaker who is labelled before a colon in lines of this document.
  func isInline(_ key: String) -> Bool {
    guard speakerKeys[key] != nil, let layouts = tallies[key]?.byLayout else { return false }
    return layouts[.inline] > 0 || layouts[.timeFirst] > 0
  }

  /// The speaker under whom a speaker is gathered.
  func owner(of key: Int) -> Int { owners[key] }

  /// Accepts a speaker whom the format names, and gives the number of the key.
  mutating func add(voice key: String) -> Int {
    let number = labels.number(ofKey: key)
    if number == named.count {
      named.append(nil)
      owners.append(number)
    }
    add(voice: number)
    return number
  }

  /// Accepts a speaker whom the format names, by the number of the key.
  mutating func add(voice key: Int) {
    guard named[key] == nil else { return }
    let name = labels.keys[key]
    speakerKeys[name] = name
    named[key] = [key]
    guard let label = aliases[name], label != name else { return }
    let owner = add(voice: label)
    speakerKeys[name] = label
    named[key] = [owner]
    owners[key] = owner
  }

  // A caller says whom a label stands for.
  private mutating func followAlias(_ key: String) {
    guard let label = aliases[key] else { return }
    if speakerKeys[label] == nil { speakerKeys[label] = label }
    speakerKeys[key] = speakerKeys[label]
  }

  /// The number of a way of writing a label.
  mutating func number(ofName name: String) -> Int { labels.number(ofName: name) }

  /// Says that voice tags name the speakers of most of the document.
  mutating func nameByVoice() {
    layout = speakerKeys.isEmpty ? .none : .voice
    confidence = .high
  }

  /// Counts who asks, which tells what ambiguous letters stand for.
  mutating func measureQuestions(_ turns: [CutTurn], in text: Lines) {
    var asked = [Int](repeating: 0, count: labels.keys.count)
    var all = asked
    for index in turns.indices where turns[index].speakers.count == 1 {
      let key = owner(of: turns[index].speakers[0])
      all[key] += 1
      if turns[index].ranges.contains(where: text.asks) { asked[key] += 1 }
    }
    for (number, key) in labels.keys.enumerated() where all[number] > 0 {
      questionRates[key] = Double(asked[number]) / Double(all[number])
    }
  }

  // MARK: - Marked labels

  private static let bareLayouts: Set<Layout> = [.stamped, .tab, .dash, .standalone, .bracketed]

  private static func belongs(_ layout: Layout, to forced: Layout) -> Bool {
    layout == forced || forced == .timeLast && layout == .inline
  }

  private mutating func countMarked(forced: Layout?) {
    var found = [Tally](repeating: Tally(), count: labels.keys.count)
    for candidate in candidates where candidate.form == .marked && !candidate.isWeak {
      if let forced, !Self.belongs(candidate.layout, to: forced) { continue }
      if found[candidate.key].count == 0 { order.append(labels.keys[candidate.key]) }
      found[candidate.key].add(candidate)
    }
    for (key, var tally) in zip(labels.keys, found) where tally.count > 0 {
      tally.role = RoleWord.of(key)
      tallies[key] = tally
    }
  }

  private mutating func decideMarked(
    known: Set<String>, forced: Layout?, units: Int, given: Set<String>, mergesNames: Bool
  ) {
    let roles = order.filter { tallies[$0]?.role != nil && tallies[$0]?.shallow ?? 0 > 0 }
    var supported: Set<String> = []
    var totals = LayoutCounts()
    for key in order {
      guard let tally = tallies[key] else { continue }
      totals.add(tally.byLayout)
      if known.contains(key) || forced != nil || tally.byLayout[.table] > 0 {
        supported.insert(key)
        continue
      }
      if HeaderBlock.isStopLabel(key) || isOfMail(key) { continue }
      let hasRole =
        tally.role?.isWord == true || tally.role != nil && (tally.count > 1 || roles.count > 1)
      // `Well, Tom:` stands before a quotation more often than `Baird, Tom:` before a turn.
      let least = LabelShape.isSurnameFirst(key) ? 4 : 2
      if hasRole || tally.shallow >= least { supported.insert(key) }
    }
    let hasProof =
      forced != nil
      || order.contains {
        supported.contains($0)
          && (known.contains($0) || isProven($0) || totals[.table] > 0)
      }
    var areStamped = false
    // A time beside the label shows that somebody is labelled, however seldom.
    for layout in [Layout.stamped, .timeFirst, .bold] where totals[layout] >= 2 {
      let recurs = order.contains { supported.contains($0) && has($0, layout) }
      guard recurs || layout != .bold && totals[layout] >= 3 else { continue }
      if layout == .stamped, recurs { areStamped = true }
      for key in order where has(key, layout) {
        if !HeaderBlock.isStopLabel(key) { supported.insert(key) }
      }
    }
    guard !supported.isEmpty else { return }
    let kept = keptLayouts(supported)
    var accepted = order.filter { key in
      supported.contains(key)
        && (known.contains(key)
          || tallies[key]?.byLayout.holdsAny(of: kept) == true)
    }
    accepted += singletons(beside: accepted, in: kept, units: units, given: given)
    guard hasProof || areStamped || isDialogue(accepted, units: units) else { return }
    for key in accepted { speakerKeys[key] = key }
    findJoint(but: given)
    if mergesNames {
      mergeAliases()
      mergeShort()
    }
    confidence = measureConfidence(accepted, known: known, units: units)
  }

  private func has(_ key: String, _ layout: Layout) -> Bool {
    tallies[key].map { $0.byLayout[layout] > 0 } ?? false
  }

  // A layout is noise unless it explains a share of what the leading layout does.
  private func keptLayouts(_ supported: Set<String>) -> Set<Layout> {
    var hits = LayoutCounts()
    for key in supported { tallies[key].map { hits.add($0.byLayout) } }
    let most = hits.most
    return Set(
      hits.all.lazy.filter { $0.count * 100 >= most * 15 || $0.layout == .table }.map(\.layout))
  }

  // Labels seen once that others vouch for: the second of two speakers, or one of a numbered row.
  private mutating func singletons(
    beside accepted: [String], in kept: Set<Layout>, units: Int, given: Set<String>
  ) -> [String] {
    let taken = Set(accepted)
    let alone = order.filter { key in
      guard let tally = tallies[key], tally.shallow >= 1, !taken.contains(key) else {
        return false
      }
      return !HeaderBlock.isStopLabel(key)
        && tally.byLayout.holdsAny(of: kept)
    }
    if accepted.count == 1 { return Array(alone.prefix(1)) }
    let stems = Set(accepted.compactMap(Self.numberedStem))
    let names = PersonNames(accepted)
    // Comparing every pair is for documents with a cast that a person could list.
    let recurring = accepted.filter { tallies[$0]?.count ?? 0 >= 5 }
    let isCast = recurring.count <= 40
    let vouched = alone.filter { key in
      if let stem = Self.numberedStem(key), stems.contains(stem) { return true }
      if names.vouch(for: key) { return true }
      return isCast
        && (Self.isNear(key, to: recurring) || isNearRole(key, of: accepted)
          || accepted.count <= 40 && accepted.contains { Self.differByAccents($0, key) })
    }
    // Who is named by the caller is the whole cast.
    if !given.isEmpty { return vouched }
    lone = loneNames(alone, beside: accepted, units: units).subtracting(vouched)
    return vouched + alone.filter(lone.contains)
  }

  // Without role words it takes two who speak in turn, and a fair share of the paragraphs.
  private func isDialogue(_ accepted: [String], units: Int) -> Bool {
    let hits = accepted.reduce(0) { $0 + (tallies[$1]?.count ?? 0) }
    if accepted.count >= 2, hits >= 3 { return hits * 4 >= units }
    return accepted.count == 1 && hits >= 3 && hits * 2 >= units
  }

  // Labels of several at once, unless a caller gives them as one.
  private mutating func findJoint(but given: Set<String>) {
    let stems = Set(speakerKeys.keys.compactMap(Self.numberedStem))
    var seen = [Bool](repeating: false, count: labels.keys.count)
    for candidate in candidates where candidate.form == .marked && !seen[candidate.key] {
      // Speakers recur, and what a spelling names is found out once.
      seen[candidate.key] = true
      let key = labels.keys[candidate.key]
      let parts = Self.parts(of: key)
      guard parts.count >= 2, !given.contains(key) else { continue }
      let known = parts.count { speakerKeys[$0] != nil }
      let fits = parts.allSatisfy { part in
        speakerKeys[part] != nil || Self.numberedStem(part).map(stems.contains) == true
          || RoleWord.of(part)?.isWord == true
          || !candidate.isWeak && !part.contains(" ") && !HeaderBlock.isStopLabel(part)
      }
      guard fits, known >= 1 else { continue }
      for part in parts where speakerKeys[part] == nil { speakerKeys[part] = part }
      speakerKeys[key] = nil
      joint[key] = parts
    }
  }

  private func measureConfidence(
    _ accepted: [String], known: Set<String>, units: Int
  ) -> Confidence {
    let recurring = accepted.count {
      known.contains($0) || tallies[$0]?.count ?? 0 >= 2 || tallies[$0]?.distinct ?? 0 > 0
    }
    let hasRole = accepted.contains { isProven($0) || known.contains($0) }
    let distinct = accepted.count { tallies[$0]?.distinct ?? 0 > 0 }
    let hits = accepted.reduce(0) { $0 + (tallies[$1]?.count ?? 0) }
    let isDense = hits * 2 >= units
    let areTimed = accepted.contains { tallies[$0]?.timed ?? 0 > 0 }
    if !hasRole, !areTimed, areFields(isStrict: distinct > 0) { return .low }
    if recurring >= 2, hasRole || isDense || distinct >= 2 { return .high }
    return hasRole || distinct >= 2 ? .medium : .low
  }

  // Whether the header or a label's own letters say that somebody is meant; `X` stands before
  // anything.
  private func isProven(_ key: String) -> Bool {
    if introduced.contains(key) { return true }
    guard let role = tallies[key]?.role else { return false }
    return role.role != .unknown || key.count > 1
  }

  private func leadingLayout() -> Layout {
    var hits = LayoutCounts()
    for candidate in candidates where speakers(of: candidate) != nil { hits.add(candidate.layout) }
    let most = hits.most
    return Layout.allCases.first { hits[$0] == most && most > 0 } ?? .none
  }
}
