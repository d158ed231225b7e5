internal import QDACore

/// Reads the utterances of FoLiA, or the paragraphs of a document in it that is no transcript.
///
/// The text of an utterance is its own, else that of its words. Other classes of text, corrected
/// originals and layers of annotation are left out.
struct FoliaMarkup: CorpusMarkup {
  /// An utterance, sentence or paragraph that is being read.
  private struct Unit {
    var name: String
    var depth: Int
    var speaker: String?
    var start: Int?
    var end: Int?
    var own = FlowText()
    var words = FlowText()
    var marks: [(kind: Mark.Kind, range: Range<Int>)] = []
  }

  private var path: [String] = []
  private var unit: Unit?
  private var utterances: [Utterance] = []
  private var metadata: [MetadataField] = []
  private var field: String?
  private var value = FlowText()
  private var skipped: Int?
  private var word: FlowText?
  private var isGlued = false
  private var text: (depth: Int, isOwn: Bool)?

  init() {}

  mutating func take(_ event: XMLEvent) {
    switch event {
    case .start(let element):
      path.append(element.name)
      if skipped == nil { start(element) }
    case .end(_, let name):
      if let depth = skipped {
        if depth == path.count { skipped = nil }
      } else {
        end(name)
      }
      path.removeLast()
    case .text(let piece):
      guard skipped == nil else { return }
      if field != nil {
        value.append(piece)
      } else if let text {
        if text.isOwn { unit?.own.append(piece) } else { word?.append(piece) }
      }
    }
  }

  private mutating func start(_ element: XMLElement) {
    let speaker = element["speaker"].flatMap { $0.isEmpty ? nil : $0 }
    switch element.name {
    case "original", "suggestion", "alt", "altlayers", "morphology", "phonology", "str", "ph",
      "syntax", "entities", "dependencies", "chunking", "annotations", "comment", "desc":
      skipped = path.count
    case "meta":
      field = element["id"]
      value = FlowText()
    case "utt", "s", "p", "head":
      if unit == nil || (speaker != nil && unit?.speaker == nil) {
        close()
        unit = Unit(
          name: element.name, depth: path.count, speaker: speaker,
          start: element["begintime"].flatMap(CorpusTime.any),
          end: element["endtime"].flatMap(CorpusTime.any))
      }
    case "w":
      word = FlowText()
      isGlued = element["space"] == "no"
    case "t":
      let parent = path.dropLast().last
      let isCurrent = element["class"].map { $0 == "current" } ?? true
      guard unit != nil, isCurrent else {
        skipped = path.count
        return
      }
      // A word that was corrected has its text in `correction` and `new` or `current`.
      if parent == "w" || word?.isEmpty == true && (parent == "new" || parent == "current") {
        text = (path.count, false)
      } else if let unit, parent == unit.name, path.count == unit.depth + 1 {
        text = (path.count, true)
      } else {
        skipped = path.count
      }
    case "event", "gap":
      guard unit != nil else { return }
      let kind = element["class"] ?? element.name
      if let range = unit?.words.append(word: "[\(kind)]") {
        unit?.marks.append((.event, range))
      }
    default: break
    }
  }

  private mutating func end(_ name: String) {
    switch name {
    case "meta":
      if let field, !value.isEmpty {
        metadata.append(MetadataField(name: field, value: value.string))
      }
      field = nil
    case "t": if text?.depth == path.count { text = nil }
    case "w":
      if let word { unit?.words.append(word.string) }
      if !isGlued { unit?.words.space() }
      word = nil
    default:
      if let unit, unit.depth == path.count { close() }
    }
  }

  private mutating func close() {
    guard let open = unit else { return }
    unit = nil
    let isOwn = open.words.isEmpty || !open.own.isEmpty
    let piece = Utterance.Piece(
      text: isOwn ? open.own.scalars : open.words.scalars, start: open.start, end: open.end,
      marks: isOwn ? [] : open.marks)
    utterances.append(Utterance([open.speaker].compactMap { $0 }, pieces: [piece]))
  }

  consuming func talk(name: String, options: TranscriptOptions) -> Talk {
    close()
    var talk = Talk()
    talk.utterances = utterances.filter { !$0.isEmpty }
    talk.metadata = metadata
    // A document in which nobody speaks is one text and not a row of turns.
    talk.gathers = talk.utterances.allSatisfy(\.speakers.isEmpty)
    return talk
  }
}
