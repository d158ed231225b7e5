internal import QDACore

/// Reads the tiers of EXMARaLDA, in a basic transcription (`.exb`) or a segmented one (`.exs`).
///
/// A turn is a run of events of one speaker that touch each other. Tiers for descriptions and
/// annotations become codings.
struct ExmaraldaMarkup: CorpusMarkup {
  private struct Event {
    var from: String
    var to: String
    var text = ""
  }

  private struct ExmaraldaTier {
    var speaker: String?
    var name: String
    /// `t` for talk, `d` for descriptions, `a` for annotations.
    var type: String
    var events: [Event] = []
    /// Whether each event is a whole contribution.
    var isSegmented = false
  }

  private var times: [(id: String, time: Int?)] = []
  private var speakers: [(id: String, label: String)] = []
  private var tiers: [ExmaraldaTier] = []
  private var metadata: [MetadataField] = []
  private var path: [String] = []
  private var text = ""
  private var attribute: String?
  private var segmentDepth = 0
  private var readsSegments = false

  init() {}

  mutating func take(_ event: XMLEvent) {
    switch event {
    case .start(let element):
      path.append(element.name)
      start(element)
    case .end(_, let name):
      end(name)
      path.removeLast()
    case .text(let piece): add(piece)
    }
  }

  private mutating func add(_ piece: String) {
    switch path.last {
    case "event", "ts", "ta":
      guard let tier = tiers.indices.last, let event = tiers[tier].events.indices.last else {
        return
      }
      if path.last == "ts", !readsSegments { return }
      tiers[tier].events[event].text += piece
    default: text += piece
    }
  }

  private mutating func start(_ element: XMLElement) {
    text = ""
    switch element.name {
    case "speaker": speakers.append((element["id"] ?? "", ""))
    case "ud-information": attribute = element["attribute-name"]
    case "referenced-file":
      let address = element["url"] ?? ""
      if let file = address.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last {
        metadata.append(MetadataField(name: "Media", value: String(file)))
      }
    case "tli":
      times.append((element["id"] ?? "", element["time"].flatMap(CorpusTime.seconds)))
    case "tier", "segmented-tier":
      let speaker = element["speaker"]
      let name = (element["display-name"] ?? "").trimmingLayoutSpace
      tiers.append(
        ExmaraldaTier(
          speaker: speaker,
          name: name.isEmpty ? element["category"] ?? element["id"] ?? "" : name,
          type: element["type"] ?? "t", isSegmented: element.name == "segmented-tier"))
    case "segmentation":
      let name = element["name"] ?? ""
      readsSegments = name.hasPrefix("SpeakerContribution_Event") || name.isEmpty
      segmentDepth = 0
    case "annotation":
      guard path.contains("segmented-tier"), let tier = tiers.last else { return }
      let kind = element["name"] ?? ""
      tiers.append(
        ExmaraldaTier(
          speaker: tier.speaker, name: kind.isEmpty ? tier.name : kind, type: "a"))
    case "event": append(element, "start", "end")
    case "ta": append(element, "s", "e")
    case "ts":
      segmentDepth += 1
      if segmentDepth == 1, readsSegments { append(element, "s", "e") }
    default: break
    }
  }

  private mutating func append(_ element: XMLElement, _ from: String, _ to: String) {
    guard let tier = tiers.indices.last else { return }
    tiers[tier].events.append(Event(from: element[from] ?? "", to: element[to] ?? ""))
  }

  private mutating func end(_ name: String) {
    let value = text.trimmingLayoutSpace
    switch name {
    case "ts": segmentDepth -= 1
    case "abbreviation":
      if let last = speakers.indices.last, path.contains("speaker") { speakers[last].label = value }
    case "project-name", "transcription-name", "transcription-convention", "comment":
      guard !value.isEmpty, path.contains("meta-information") else { return }
      metadata.append(MetadataField(name: name, value: value))
    case "ud-information":
      guard let attribute, !value.isEmpty else { return }
      let owner = path.contains("speaker") ? (speakers.last.map { "\($0.label) " } ?? "") : ""
      metadata.append(MetadataField(name: owner + attribute, value: value))
    default: break
    }
    if name != "ts" { text = "" }
  }

  // MARK: - Talk

  consuming func talk(name: String, options: TranscriptOptions) -> Talk {
    var talk = Talk()
    talk.metadata = metadata
    let labels = self.labels()
    let known = CorpusTime.interpolate(times.map(\.time))
    var order: [String: Int] = [:]
    for (index, time) in times.enumerated() { order[time.id] = order[time.id] ?? index }
    var spoken: Set<String> = []
    // Where those begin who are not named.
    var unnamed: Set<String> = []
    var beside: [ExmaraldaTier] = []
    // The words of each speaker by where they begin in the timeline.
    var words: [String: SpokenWords] = [:]
    var starts: [Int] = []
    for tier in tiers {
      let isFirst = tier.speaker.map { !spoken.contains($0) } ?? !Self.lies(tier, over: unnamed)
      let isTalk =
        Tier.isBesideTalk(tier.name, options).map { !$0 } ?? (tier.type == "t" && isFirst)
      guard isTalk else {
        beside.append(tier)
        continue
      }
      if let speaker = tier.speaker {
        spoken.insert(speaker)
      } else {
        unnamed.formUnion(tier.events.map(\.from))
      }
      let label = tier.speaker.flatMap { labels[$0] ?? $0 }
      let isSpaced = Self.isSpaced(tier.events)
      var open: Int?
      var startsOpen = false
      var lastEnd: String?
      for event in tier.events where !event.text.trimmingLayoutSpace.isEmpty {
        let (from, to) = (order[event.from], order[event.to])
        func time(_ index: Int?) -> Int? { index.flatMap { known[$0] } }
        func isOpen(_ index: Int?) -> Bool {
          index.map { times[$0].time == nil && known[$0] != nil } ?? false
        }
        if let open, lastEnd == event.from, !tier.isSegmented {
          let before = talk.utterances[open].pieces[0].text.count
          if !isSpaced { talk.utterances[open].pieces[0].text.append(" ") }
          talk.utterances[open].pieces[0].text += event.text.unicodeScalars
          talk.utterances[open].pieces[0].end = time(to)
          talk.utterances[open].isInterpolated = startsOpen || isOpen(to)
          let start = before + (isSpaced ? 0 : 1)
          note(&words, tier, from, to, open, start..<talk.utterances[open].pieces[0].text.count)
        } else {
          open = talk.utterances.count
          startsOpen = isOpen(from)
          talk.utterances.append(
            Utterance(
              [label].compactMap { $0 }, event.text, start: time(from), end: time(to),
              isInterpolated: isOpen(from) || isOpen(to)))
          starts.append(from ?? 0)
          note(
            &words, tier, from, to, talk.utterances.count - 1, 0..<event.text.unicodeScalars.count)
        }
        lastEnd = event.to
      }
    }
    for speaker in words.keys { words[speaker]?.sort() }
    for tier in beside {
      for event in tier.events {
        let value = event.text.trimmingLayoutSpace
        if value.isEmpty { continue }
        let (from, to) = (order[event.from], order[event.to])
        talk.notes.append(
          TierNote(
            tier: tier.name, value: value, start: from.flatMap { known[$0] },
            end: to.flatMap { known[$0] },
            target: Self.target(from, to, words[tier.speaker ?? ""])))
      }
    }
    sort(&talk, by: starts)
    Tier.report(talk.notes, name: name, into: &talk.diagnostics)
    return talk
  }

  // Nobody says two things at once: a second layer that begins where the first does tells of it.
  private static func lies(_ tier: ExmaraldaTier, over starts: Set<String>) -> Bool {
    let events = tier.events.filter { !$0.text.trimmingLayoutSpace.isEmpty }
    return !events.isEmpty && events.count { starts.contains($0.from) } * 2 >= events.count
  }

  // Two speakers who are abbreviated alike are told apart by their ids.
  private func labels() -> [String: String] {
    var counts: [String: Int] = [:]
    for speaker in speakers { counts[speaker.label, default: 0] += 1 }
    var labels: [String: String] = [:]
    for speaker in speakers {
      labels[speaker.id] =
        speaker.label.isEmpty || counts[speaker.label] != 1 ? speaker.id : speaker.label
    }
    return labels
  }

  // The order of the timeline counts even where it has no times.
  private func sort(_ talk: inout Talk, by starts: [Int]) {
    let order = talk.utterances.indices.sorted { (starts[$0], $0) < (starts[$1], $1) }
    var places = [Int](repeating: 0, count: order.count)
    for (place, index) in order.enumerated() { places[index] = place }
    talk.utterances = order.map { talk.utterances[$0] }
    for index in talk.notes.indices {
      guard let target = talk.notes[index].target else { continue }
      talk.notes[index].target?.utterance = places[target.utterance]
    }
  }

  // Where no event has white at an end, events are words rather than stretches of text.
  private static func isSpaced(_ events: [Event]) -> Bool {
    events.contains { $0.text.first?.isWhitespace == true || $0.text.last?.isWhitespace == true }
  }

  private func note(
    _ words: inout [String: SpokenWords],
    _ tier: ExmaraldaTier, _ from: Int?, _ to: Int?, _ utterance: Int, _ range: Range<Int>
  ) {
    guard let from, let to else { return }
    words[tier.speaker ?? "", default: SpokenWords()].append(
      from, to, TierNote.Target(utterance: utterance, range: range))
  }

  // The words of one turn between two points of the timeline.
  private static func target(_ from: Int?, _ to: Int?, _ words: SpokenWords?) -> TierNote.Target? {
    guard let from, let to else { return nil }
    return words?.target(from: from, to: to)
  }
}

/// The words of a speaker in the order of the timeline.
private struct SpokenWords {
  private var words: [(from: Int, to: Int, target: TierNote.Target)] = []
  /// The last word of the turn that each belongs to.
  private var lasts: [Int] = []

  mutating func append(_ from: Int, _ to: Int, _ target: TierNote.Target) {
    words.append((from, to, target))
  }

  mutating func sort() {
    words.sort { ($0.from, $0.to) < ($1.from, $1.to) }
    lasts = Array(words.indices)
    for index in words.indices.dropLast().reversed()
    where words[index].target.utterance == words[index + 1].target.utterance {
      lasts[index] = lasts[index + 1]
    }
  }

  /// The words of the first turn that has any between two points.
  func target(from: Int, to: Int) -> TierNote.Target? {
    let first = index { $0.to > from }
    guard first < words.count, words[first].from < to else { return nil }
    let last = min(lasts[first], index { $0.from >= to } - 1)
    guard last >= first else { return nil }
    var target = words[first].target
    let start = target.range?.lowerBound ?? 0
    target.range = start..<max(start, words[last].target.range?.upperBound ?? start)
    return target
  }

  private func index(where isBeyond: ((from: Int, to: Int, target: TierNote.Target)) -> Bool) -> Int
  {
    var low = 0
    var high = words.count
    while low < high {
      let middle = (low + high) / 2
      if isBeyond(words[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
