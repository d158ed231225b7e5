internal import QDACore

/// Reads speech in TEI, also as ISO 24624 has it, and the speeches of plays.
///
/// Every `u` is a turn, and so is every `sp`. Pauses, sounds and gaps are put in brackets.
struct TEIMarkup: CorpusMarkup {
  private struct Person {
    /// Its own and those that it has elsewhere.
    var ids: [String]
    var name = ""
    var role = ""
  }

  /// A turn that is being read.
  private struct Open {
    var who: [String] = []
    var text = FlowText()
    var marks: [(kind: Mark.Kind, range: Range<Int>)] = []
    var start: String?
    var end: String?
    var firstAnchor: String?
    var lastAnchor: String?
    var label = FlowText()
  }

  private struct RawUtterance {
    var open: Open
    /// What hangs on it, each with the name of its kind.
    var notes: [(tier: String, value: String)] = []
  }

  private var path: [String] = []
  private var notes = 0
  private var people: [Person] = []
  private var when:
    [(id: String, absolute: String?, interval: String?, since: String?, unit: String?)] =
      []
  private var utterances: [RawUtterance] = []
  private var open: Open?
  /// Who speaks and when, from the block around an utterance.
  private var block: Open?
  private var metadata: [MetadataField] = []
  private var field = FlowText()
  private var spanKind: String?
  private var span: FlowText?
  /// How deep in matter that is not speech the reader is.
  private var skipped = 0
  /// Where words that are a guess begin.
  private var unclear: Int?
  private var described: (element: String, given: String?, words: FlowText)?
  /// The unit of times that name none.
  private var unit: String?
  /// Whether the word that is being read and the next have no space between them.
  private var joinsNext = false

  init() {}

  mutating func take(_ event: XMLEvent) {
    switch event {
    case .start(let element):
      path.append(element.name)
      start(element)
    case .end(_, let name):
      end(name)
      path.removeLast()
    case .text(let text): add(text)
    }
  }

  private mutating func add(_ text: String) {
    if span != nil {
      span?.append(text)
    } else if described != nil {
      described?.words.append(text)
    } else if skipped > 0 {
      return
    } else if path.contains("speaker") {
      open?.label.append(text)
    } else if open != nil {
      open?.text.append(text)
    } else if path.contains("teiHeader") {
      field.append(text)
    }
  }

  private static let fields: Set<String> = ["persName", "name", "title", "language", "date"]

  private static func id(_ element: XMLElement) -> String { element["id"] ?? "" }

  private static func pointers(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map {
      $0.hasPrefix("#") ? String($0.dropFirst()) : String($0)
    }
  }

  private mutating func start(_ element: XMLElement) {
    if skipped > 0 {
      skipped += 1
      return
    }
    switch element.name {
    case "person", "personGrp":
      people.append(
        Person(ids: [Self.id(element)], name: element["n"] ?? "", role: element["role"] ?? ""))
      field = FlowText()
    case "alt":
      if let id = element["type"], !people.isEmpty, path.contains("person") {
        people[people.count - 1].ids.append(id)
      }
    case "timeline": unit = element["unit"]
    case "when":
      when.append(
        (
          Self.id(element), element["absolute"], element["interval"], element["since"],
          element["unit"] ?? unit
        ))
    case "annotationBlock", "annotatedU":
      block = Open(
        who: Self.pointers(element["who"] ?? ""), start: element["start"] ?? element["from"],
        end: element["end"] ?? element["to"])
    case "u", "sp":
      closeUtterance()
      let who = Self.pointers(element["who"] ?? "")
      open = Open(
        who: who.isEmpty ? block?.who ?? [] : who,
        start: element["start"] ?? element["from"] ?? block?.start,
        end: element["end"] ?? element["to"] ?? block?.end)
    case "spanGrp": spanKind = element["type"] ?? "span"
    case "span": if spanKind != nil { span = FlowText() }
    default:
      if open != nil {
        within(element)
      } else if Self.fields.contains(element.name) {
        field = FlowText()
      } else {
        field.space()
      }
    }
  }

  // Something inside an utterance.
  private mutating func within(_ element: XMLElement) {
    switch element.name {
    case "anchor":
      let place = element["synch"].map { Self.pointers($0).first ?? "" } ?? Self.id(element)
      if open?.text.isEmpty == true { open?.firstAnchor = place }
      open?.lastAnchor = place
    case "pause":
      let length = element["dur"].flatMap(CorpusTime.any)
      var words = "(.)"
      if let length, length >= 0 { words = "(\(length / 1000).\((length % 1000) / 100))" }
      event(words)
    case "vocal", "incident", "kinesic", "event", "gap", "shift", "desc", "note", "stage":
      if described != nil {
        described?.words.space()
        return
      }
      // The attributes name the kind where no words tell it.
      let given = element["desc"] ?? element["reason"] ?? element["new"] ?? element["type"]
      described = (element.name, element.name == "stage" ? nil : given, FlowText())
    case "interp", "figDesc", "spanGrp": skipped = 1
    // What is corrected, regular or written out stands beside it.
    case "sic", "orig", "abbr": if path.dropLast().last == "choice" { skipped = 1 }
    case "unclear": unclear = open?.text.position
    case "lb" where element["break"] == "no": open?.text.join()
    case "seg", "p", "l", "lg", "ab", "lb": open?.text.space()
    case "w", "pc":
      let join = element["join"]
      if join == "left" || join == "both" {
        open?.text.join()
      } else if element.name == "w" {
        open?.text.space()
      }
      joinsNext = join == "right" || join == "both"
    default: break
    }
  }

  private mutating func event(_ words: String) {
    guard let range = open?.text.append(word: words) else { return }
    open?.marks.append((.event, range))
  }

  // A note stands at its place and is none of the words.
  private mutating func annotate(_ words: String) {
    guard let place = open?.text.scalars.count, !words.isEmpty else { return }
    notes += 1
    let note = Mark.Annotation(id: String(notes), text: words)
    open?.marks.append((.annotation(note), place..<place))
  }

  private mutating func end(_ name: String) {
    if skipped > 0 {
      skipped -= 1
      return
    }
    switch name {
    case "span":
      if let words = span?.string, !words.isEmpty, let last = utterances.indices.last {
        utterances[last].notes.append((spanKind ?? "span", words))
      }
      span = nil
    case "spanGrp": spanKind = nil
    case "w", "pc":
      if joinsNext { open?.text.join() }
      joinsNext = false
    case "vocal", "incident", "kinesic", "event", "gap", "shift", "desc", "note", "stage":
      guard let found = described, found.element == name else { return }
      described = nil
      let words = found.words.isEmpty ? found.given ?? "" : found.words.string
      if name == "note" {
        annotate(words)
        return
      }
      let isBracketed = words.first == "(" && words.last == ")"
      event(words.isEmpty ? "[\(name)]" : isBracketed ? words : "[\(words)]")
    case "unclear":
      guard let start = unclear, let end = open?.text.scalars.count, start < end else { return }
      open?.marks.append((.notation(.uncertain), start..<end))
      unclear = nil
    case "u", "sp": closeUtterance()
    case "annotationBlock", "annotatedU":
      closeUtterance()
      block = nil
    case _ where Self.fields.contains(name): header(name)
    default: break
    }
  }

  private mutating func header(_ name: String) {
    // A name inside a name is part of it.
    if name == "name", path.contains("persName") { return }
    guard path.contains("teiHeader"), !field.isEmpty else { return }
    let words = field.string
    field = FlowText()
    if path.contains("person") || path.contains("personGrp") {
      guard let last = people.indices.last, ["persName", "name"].contains(name) else { return }
      people[last].name = words
    } else if name == "title", path.contains("titleStmt") {
      metadata.append(MetadataField(name: "title", value: words))
    } else if name == "language" || name == "date" {
      metadata.append(MetadataField(name: name, value: words))
    }
  }

  private mutating func closeUtterance() {
    guard let open else { return }
    utterances.append(RawUtterance(open: open))
    self.open = nil
  }

  // MARK: - Talk

  consuming func talk(name: String, options: TranscriptOptions) -> Talk {
    closeUtterance()
    var talk = Talk()
    talk.metadata = metadata
    var labels: [String: String] = [:]
    let names = Dictionary(people.map { ($0.name, 1) }, uniquingKeysWith: +)
    for person in people {
      let label =
        person.name.isEmpty || names[person.name] != 1 ? person.ids.last ?? "" : person.name
      for id in person.ids { labels[id] = label }
      if let role = Self.role(person.role) { talk.roles[label] = role }
    }
    let times = timeline()
    func time(_ pointer: String?) -> Int? {
      guard let pointer, let id = Self.pointers(pointer).first else { return nil }
      return times[id] ?? CorpusTime.any(id)
    }
    for utterance in utterances {
      let open = utterance.open
      let index = talk.utterances.count
      var who = open.who.map { labels[$0] ?? $0 }
      let label = open.label.string
      if who.isEmpty, !label.isEmpty { who = [label] }
      let piece = Utterance.Piece(
        text: open.text.scalars, start: time(open.start ?? open.firstAnchor),
        end: time(open.end ?? open.lastAnchor), marks: open.marks)
      talk.utterances.append(Utterance(who, pieces: [piece]))
      talk.notes += utterance.notes.map {
        TierNote(
          tier: $0.tier, value: $0.value, start: piece.start, end: piece.end,
          target: TierNote.Target(utterance: index))
      }
    }
    Tier.report(talk.notes, name: name, into: &talk.diagnostics)
    return talk
  }

  private static func role(_ word: String) -> SpeakerRole? {
    if word.isEmpty { return nil }
    return ChatTranscript.role(word) ?? RoleWord.of(LabelKey.key(of: word))?.role ?? .unknown
  }

  // Points of time are given outright or counted from another, which may itself be counted.
  private func timeline() -> [String: Int] {
    var times: [String: Int] = [:]
    var origin: String?
    for point in when {
      if let absolute = point.absolute {
        // The first point may be the date of the recording, from which the others count.
        times[point.id] = CorpusTime.any(absolute) ?? (origin == nil ? 0 : nil)
      } else if let interval = point.interval {
        let scale = point.unit == "ms" ? 1.0 : point.unit == "min" ? 60_000 : 1000
        let length = CorpusTime.milliseconds(interval, per: scale) ?? CorpusTime.any(interval)
        let base = point.since.flatMap { Self.pointers($0).first }
        guard let length, length >= 0 else { continue }
        times[point.id] = (base.flatMap { times[$0] } ?? 0) &+ length
      } else if origin == nil {
        times[point.id] = 0
      }
      origin = origin ?? point.id
    }
    return times
  }
}
