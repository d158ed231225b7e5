internal import QDACore

/// The speakers of a document with their spellings and parts.
struct Cast {
  private(set) var speakers: [Speaker] = []
  private(set) var variants: [(spelling: String, of: String, count: Int, first: Range<Int>)] = []
  private var indices: [String: Int] = [:]
  /// The place of each key in the speakers, by the key's number.
  private var places: [Int?]

  /// How often a spelling was met, and where first.
  private struct Spelling {
    var name: Int
    var count: Int
    var first: Range<Int>
  }

  /// Gathers the speakers of turns in order of first appearance.
  init(_ turns: [CutTurn], decision: LabelDecision, header: HeaderBlock, options: TranscriptOptions)
  {
    let labels = decision.labels
    var order: [Int] = []
    var spellings = [[Spelling]?](repeating: nil, count: labels.keys.count)
    for turn in turns {
      guard let label = turn.label else { continue }
      for speaker in turn.speakers {
        let key = decision.owner(of: speaker)
        if spellings[key] == nil {
          order.append(key)
          spellings[key] = []
        }
        // A joint label spells none of its speakers, unless nothing else does.
        if turn.speakers.count > 1 { continue }
        Self.count(label, in: &spellings[key])
      }
    }
    var given = options.aliases.values.reduce(into: [:]) { $0[LabelKey.key(of: $1)] = $1 }
    if decision.joinsQuestions { given.merge(["q": "Q", "a": "A"]) { $1 } }
    places = Array(repeating: nil, count: labels.keys.count)
    for key in order {
      let found = spellings[key] ?? []
      let best = found.max { ($0.count, -$0.first.lowerBound) < ($1.count, -$1.first.lowerBound) }
      let label =
        given[labels.keys[key]] ?? best.map { labels.names[$0.name] }
        ?? Self.spelling(of: key, in: turns, labels)
      indices[labels.keys[key]] = speakers.count
      places[key] = speakers.count
      let others = found.filter { spelling in
        !labels.names[spelling.name].unicodeScalars.elementsEqual(label.unicodeScalars)
      }
      speakers.append(Speaker(label: label, variants: others.map { labels.names[$0.name] }))
      variants += others.map { (labels.names[$0.name], label, $0.count, $0.first) }
    }
    assignRoles(turns, decision: decision, header: header, options: options)
  }

  /// The index of the speaker with a key, by the key's number.
  func index(of key: Int) -> Int? { places[key] }

  private static func count(_ label: CutLabel, in spellings: inout [Spelling]?) {
    if let same = spellings?.firstIndex(where: { $0.name == label.name }) {
      spellings?[same].count += 1
    } else {
      spellings?.append(Spelling(name: label.name, count: 1, first: label.range))
    }
  }

  private static func spelling(of number: Int, in turns: [CutTurn], _ labels: Labels) -> String {
    let key = labels.keys[number]
    for turn in turns where turn.speakers.contains(number) {
      let name = turn.label.map { labels.names[$0.name] } ?? ""
      let parts = name.split { "/&+,".contains($0) || $0 == " " }.map(String.init)
      if let part = parts.first(where: { LabelKey.key(of: $0) == key }) { return part }
    }
    return key
  }

  // MARK: - Parts

  private mutating func assignRoles(
    _ turns: [CutTurn], decision: LabelDecision, header: HeaderBlock, options: TranscriptOptions
  ) {
    let asked = Set(options.participants.map(LabelKey.key(of:)))
    let asking = Set(options.interviewers.map(LabelKey.key(of:)))
    var open: [String: Int] = [:]
    var given: Set<SpeakerRole> = []
    for (key, index) in indices {
      let folded = LabelKey.key(of: key)
      let keys = [folded] + speakers[index].variants.map(LabelKey.key(of:))
      if keys.contains(where: asking.contains) {
        speakers[index].role = .interviewer
      } else if keys.contains(where: asked.contains) {
        speakers[index].role = .participant
      } else if let role = keys.lazy.compactMap({ header.roles[$0] }).first {
        speakers[index].role = role
      } else if let word = RoleWord.of(folded), !word.isAmbiguous, let role = word.role {
        speakers[index].role = role
        if role == .unknown { continue }
      } else {
        open[key] = index
        continue
      }
      given.insert(speakers[index].role)
    }
    takeRolesOfNear(&open)
    decideLetters(&open, &given, decision.questionRates)
    if turns.count >= 3 { nameInterviewer(&open, &given, decision.questionRates) }
    // Where somebody is known to ask, the others who are named answer.
    if given.contains(.interviewer) {
      for index in open.values { speakers[index].role = .participant }
    }
  }

  // A slip in a role word has the role of the word that it is nearest to.
  private mutating func takeRolesOfNear(_ open: inout [String: Int]) {
    guard speakers.count <= 40 else { return }
    let words = indices.keys.map(LabelKey.key(of:)).filter { RoleWord.of($0)?.isWord == true }
    for (key, index) in open {
      let near = words.filter { LabelDecision.isNear(LabelKey.key(of: key), to: [$0]) }
      let distances = near.map { Suggestion.distance($0, LabelKey.key(of: key)) }
      guard let least = distances.min() else { continue }
      let roles = Set(
        zip(near, distances).filter { $1 == least }.compactMap { RoleWord.of($0.0)?.role })
      guard roles.count == 1, let role = roles.first else { continue }
      speakers[index].role = role
      open[key] = nil
    }
  }

  // `I`, `R`, `A` and their like mean one thing here and another there.
  private mutating func decideLetters(
    _ open: inout [String: Int], _ given: inout Set<SpeakerRole>, _ rates: [String: Double]
  ) {
    let letters = open.keys.filter { RoleWord.of(LabelKey.key(of: $0))?.isAmbiguous == true }
      .sorted()
    func stem(_ key: String) -> String {
      String(LabelKey.key(of: key).prefix { !$0.isNumber && $0 != " " })
    }
    let stems = Set((letters + speakers.map(\.label)).map(stem))
    // `E` beside `Entrevistadora` is short for it.
    var initials: [Character: Set<SpeakerRole>] = [:]
    for speaker in speakers {
      let key = LabelKey.key(of: speaker.label)
      guard let word = RoleWord.of(key), word.isWord, let first = key.first, key.count > 1,
        let role = word.role
      else { continue }
      initials[first, default: []].insert(role)
    }
    for key in letters {
      guard let index = open[key] else { continue }
      let role: SpeakerRole?
      let short = key.count == 1 ? key.first.flatMap { initials[$0] } : nil
      switch stem(key) {
      case _ where short?.count == 1: role = short?.first
      case "i" where given.contains(.interviewer):
        // Somebody else answers, and this one asks as well.
        let asks = given.contains(.participant) && rates[key] ?? 0 >= 0.2
        role = asks ? .interviewer : .participant
      case "i": role = .interviewer
      case "r" where given.contains(.participant) && !stems.contains("i"): role = .interviewer
      case "r" where given.contains(.interviewer) || stems.contains("i"): role = .participant
      case "m" where given.contains(.participant): role = .interviewer
      case "a", "b", "e", "n", "t", "r", "m":
        if given.contains(.interviewer) || stems.contains("i") {
          role = .participant
        } else {
          role = Self.byQuestions(key, among: letters, rates)
        }
      default: role = nil
      }
      guard let role else { continue }
      speakers[index].role = role
      open[key] = nil
    }
    for speaker in speakers where speaker.role != .unknown { given.insert(speaker.role) }
  }

  // Of two, one is a participant by the label, and the other asks at least twice as often; one turn
  // of each tells nothing.
  private mutating func nameInterviewer(
    _ open: inout [String: Int], _ given: inout Set<SpeakerRole>, _ rates: [String: Double]
  ) {
    guard speakers.count == 2, given == [.participant], let only = open.first else { return }
    let others = rates.filter { $0.key != only.key }.values.max() ?? 0
    let own = rates[only.key] ?? 0
    guard own >= 0.3, own >= 2 * others else { return }
    speakers[only.value].role = .interviewer
    given.insert(.interviewer)
    open = [:]
  }

  // The one whose turns are questions twice as often as the other's asks them.
  private static func byQuestions(
    _ key: String, among letters: [String], _ rates: [String: Double]
  ) -> SpeakerRole? {
    guard letters.count == 2, let other = letters.first(where: { $0 != key }) else { return nil }
    let own = rates[key] ?? 0
    let others = rates[other] ?? 0
    if own >= 0.2, own >= 2 * others { return .interviewer }
    if others >= 0.2, others >= 2 * own { return .participant }
    return nil
  }
}
