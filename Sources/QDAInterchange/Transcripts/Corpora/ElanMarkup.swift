internal import QDACore

/// Reads the tiers of ELAN.
///
/// A tier that stands on its own holds speech, and each of its annotations is a turn; a tier that
/// hangs on another or takes its values from a vocabulary holds codings.
struct ElanMarkup: CorpusMarkup {
  private struct Annotation {
    var id = ""
    var from = ""
    var to = ""
    /// The annotation that it speaks of.
    var reference: String?
    var value = ""
    /// The entry of a vocabulary that is its value.
    var entry: String?
  }

  private struct ElanTier {
    var id = ""
    var participant: String?
    var annotator: String?
    var parent: String?
    var type = ""
    var annotations: [Annotation] = []
  }

  /// Where an annotation is, which those that speak of it share.
  private struct Location {
    var start: Int?
    var end: Int?
    var isInterpolated = false
    var target: TierNote.Target?
  }

  private var slots: [(id: String, time: Int?)] = []
  private var tiers: [ElanTier] = []
  private var vocabularyTypes: Set<String> = []
  /// The first value of each entry of the vocabularies.
  private var vocabulary: [String: String] = [:]
  private var openEntry: String?
  private var isEntryValue = false
  private var metadata: [MetadataField] = []
  private var isValue = false

  init() {}

  mutating func take(_ event: XMLEvent) {
    switch event {
    case .start(let element): start(element)
    case .end(_, let name):
      if name == "ANNOTATION_VALUE" { isValue = false }
      if name == "CVE_VALUE" { isEntryValue = false }
    case .text(let text):
      if isEntryValue, let openEntry { vocabulary[openEntry, default: ""] += text }
      guard isValue, let tier = tiers.indices.last,
        let annotation = tiers[tier].annotations.indices.last
      else { return }
      tiers[tier].annotations[annotation].value += text
    }
  }

  private mutating func start(_ element: XMLElement) {
    func given(_ name: String) -> String? {
      element[name].flatMap { $0.trimmingLayoutSpace.isEmpty ? nil : $0.trimmingLayoutSpace }
    }
    switch element.name {
    case "ANNOTATION_DOCUMENT":
      for (attribute, field) in [("AUTHOR", "Author"), ("DATE", "Date")] {
        if let value = given(attribute) {
          metadata.append(MetadataField(name: field, value: value))
        }
      }
    case "MEDIA_DESCRIPTOR":
      // A folder may name a person.
      if let address = given("MEDIA_URL") ?? given("RELATIVE_MEDIA_URL"),
        let file = address.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last
      {
        metadata.append(MetadataField(name: "Media", value: String(file)))
      }
    case "TIME_SLOT":
      let time = element["TIME_VALUE"].flatMap { CorpusTime.milliseconds($0, per: 1) }
      slots.append((element["TIME_SLOT_ID"] ?? "", time))
    case "TIER":
      tiers.append(
        ElanTier(
          id: element["TIER_ID"] ?? "", participant: given("PARTICIPANT"),
          annotator: given("ANNOTATOR"), parent: given("PARENT_REF"),
          type: element["LINGUISTIC_TYPE_REF"] ?? ""))
    case "ALIGNABLE_ANNOTATION", "REF_ANNOTATION":
      guard let tier = tiers.indices.last else { return }
      tiers[tier].annotations.append(
        Annotation(
          id: element["ANNOTATION_ID"] ?? "", from: element["TIME_SLOT_REF1"] ?? "",
          to: element["TIME_SLOT_REF2"] ?? "", reference: element["ANNOTATION_REF"],
          entry: given("CVE_REF")))
    case "ANNOTATION_VALUE": isValue = true
    case "CV_ENTRY_ML": openEntry = given("CVE_ID")
    // A value for each language may follow.
    case "CVE_VALUE": isEntryValue = openEntry.map { vocabulary[$0] == nil } ?? false
    case "LINGUISTIC_TYPE":
      if given("CONTROLLED_VOCABULARY_REF") != nil {
        vocabularyTypes.insert(element["LINGUISTIC_TYPE_ID"] ?? "")
      }
    default: break
    }
  }

  consuming func talk(name: String, options: TranscriptOptions) -> Talk {
    takeValuesFromVocabulary()
    var talk = Talk()
    talk.metadata = metadata
    let times = CorpusTime.interpolate(slots.map(\.time))
    var places: [String: (time: Int?, isInterpolated: Bool)] = [:]
    for (slot, time) in zip(slots, times) {
      places[slot.id] = places[slot.id] ?? (time, slot.time == nil && time != nil)
    }
    var locations: [String: Location] = [:]
    for tier in tiers {
      for annotation in tier.annotations where annotation.reference == nil {
        let (from, to) = (places[annotation.from], places[annotation.to])
        locations[annotation.id] = Location(
          start: from?.time, end: to?.time,
          isInterpolated: from?.isInterpolated == true || to?.isInterpolated == true)
      }
    }
    var spoken: [String: [(start: Int, end: Int, utterance: Int)]] = [:]
    var beside: [ElanTier] = []
    let numbered = speechUnderNumbers()
    for tier in tiers {
      let isNote =
        Tier.isBesideTalk(tier.id, options) ?? numbered[tier.id]
        ?? (tier.parent != nil || vocabularyTypes.contains(tier.type))
      if isNote {
        beside.append(tier)
        continue
      }
      // `tx@Ana`, as documentation of languages names its tiers.
      let place = numbered[tier.id] == nil ? nil : tier.id.lastIndex(of: "@")
      let speaker =
        tier.participant
        ?? Tier.speaker(of: place.map { String(tier.id[tier.id.index(after: $0)...]) } ?? tier.id)
      for annotation in tier.annotations {
        let location = self.location(of: annotation, locations)
        let utterance = talk.utterances.count
        talk.utterances.append(
          Utterance(
            [speaker].compactMap { $0 }, annotation.value, id: annotation.id,
            start: location.start, end: location.end, isInterpolated: location.isInterpolated))
        locations[annotation.id] = location
        locations[annotation.id]?.target = TierNote.Target(utterance: utterance)
        if let reference = annotation.reference {
          locations[reference]?.target = TierNote.Target(utterance: utterance)
        }
        if let start = location.start, let end = location.end {
          spoken[tier.id, default: []].append((start, end, utterance))
        }
      }
    }
    for key in spoken.keys {
      spoken[key]?.sort { ($0.start, $0.utterance) < ($1.start, $1.utterance) }
    }
    resolve(beside, spoken, &locations)
    for tier in beside {
      for annotation in tier.annotations {
        let value = annotation.value.trimmingLayoutSpace
        if value.isEmpty { continue }
        let location = locations[annotation.id] ?? Location()
        talk.notes.append(
          TierNote(
            tier: tier.id, value: value, annotator: tier.annotator, start: location.start,
            end: location.end, target: location.target, participant: tier.participant))
      }
    }
    talk.placeNotesByTime()
    talk.sortByTime()
    Tier.report(talk.notes, name: name, into: &talk.diagnostics)
    return talk
  }

  // An annotation may name its entry of a vocabulary and leave its value out.
  private mutating func takeValuesFromVocabulary() {
    if vocabulary.isEmpty { return }
    for tier in tiers.indices {
      for index in tiers[tier].annotations.indices {
        let annotation = tiers[tier].annotations[index]
        guard let entry = annotation.entry, annotation.value.trimmingLayoutSpace.isEmpty,
          let value = vocabulary[entry]
        else { continue }
        tiers[tier].annotations[index].value = value
      }
    }
  }

  // Where tiers that stand on their own hold nothing but the numbers of utterances, the first tier
  // that hangs on each and has words is the speech: for each of both, whether it lies beside it.
  private func speechUnderNumbers() -> [String: Bool] {
    var found: [String: Bool] = [:]
    for root in tiers where root.parent == nil && Self.areNumbers(root.annotations) {
      let speech = tiers.first { tier in
        tier.parent == root.id
          && tier.annotations.contains { $0.value.trimmingLayoutSpace.contains(" ") }
      }
      guard let speech else { continue }
      found[root.id] = true
      found[speech.id] = false
    }
    return found
  }

  private static func areNumbers(_ annotations: [Annotation]) -> Bool {
    let values = annotations.map(\.value.trimmingLayoutSpace).filter { !$0.isEmpty }
    return values.count >= 2 && Set(values).count == values.count
      && values.allSatisfy { $0.last?.isNumber == true && !$0.contains(where: \.isWhitespace) }
  }

  private func location(of annotation: Annotation, _ known: [String: Location]) -> Location {
    guard let reference = annotation.reference else { return known[annotation.id] ?? Location() }
    return known[reference] ?? Location()
  }

  // Tiers hang on each other to any depth and in any order, so that each is settled after its parent.
  private func resolve(
    _ beside: [ElanTier], _ spoken: [String: [(start: Int, end: Int, utterance: Int)]],
    _ locations: inout [String: Location]
  ) {
    var children: [String: [Int]] = [:]
    let own = Set(beside.map(\.id))
    var ready: [Int] = []
    for (index, tier) in beside.enumerated() {
      if let parent = tier.parent, own.contains(parent), parent != tier.id {
        children[parent, default: []].append(index)
      } else {
        ready.append(index)
      }
    }
    // The tier of speech at the head of each chain, which is asked where only times are known.
    var heads: [String: String] = [:]
    while let index = ready.popLast() {
      let tier = beside[index]
      let head = tier.parent.flatMap { heads[$0] ?? (spoken[$0] == nil ? nil : $0) }
      heads[tier.id] = head
      for annotation in tier.annotations {
        if let reference = annotation.reference {
          locations[annotation.id] = locations[reference] ?? Location()
        } else if let head, let found = locations[annotation.id], let start = found.start,
          let utterance = Self.utterance(at: start, in: spoken[head] ?? [])
        {
          locations[annotation.id]?.target = TierNote.Target(utterance: utterance)
        }
      }
      ready += children.removeValue(forKey: tier.id) ?? []
    }
  }

  private static func utterance(
    at time: Int, in spoken: [(start: Int, end: Int, utterance: Int)]
  ) -> Int? {
    var low = 0
    var high = spoken.count
    while low < high {
      let middle = (low + high) / 2
      if spoken[middle].start <= time { low = middle + 1 } else { high = middle }
    }
    guard low > 0, spoken[low - 1].end > time else { return nil }
    return spoken[low - 1].utterance
  }
}
