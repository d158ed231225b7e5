internal import QDACore

/// Reads the turns of Transcriber.
///
/// A turn of several speakers is cut where each begins; what stands after a point of time is a line.
/// Events are put in square brackets, as Transcriber shows them.
struct TranscriberMarkup: CorpusMarkup {
  private var names: [String: String] = [:]
  private var metadata: [MetadataField] = []
  private var utterances: [Utterance] = []
  private var speakers: [String] = []
  private var current: String?
  private var pieces: [Utterance.Piece] = []
  private var marks: [(kind: Mark.Kind, range: Range<Int>)] = []
  private var text = FlowText()
  private var start: Int?
  private var end: Int?
  private var isInTurn = false
  private var comments = 0

  init() {}

  mutating func take(_ event: XMLEvent) {
    switch event {
    case .start(let element): begin(element)
    case .end(_, let name):
      if name == "Turn" {
        closeUtterance(at: end)
        isInTurn = false
      }
    case .text(let piece): if isInTurn { text.append(piece) }
    }
  }

  private mutating func begin(_ element: XMLElement) {
    switch element.name {
    case "Trans":
      for (attribute, field) in [
        ("audio_filename", "Media"), ("scribe", "Transcriber"), ("version_date", "Date"),
        ("lang", "Language"),
      ] {
        guard let value = element[attribute]?.trimmingLayoutSpace, !value.isEmpty else { continue }
        metadata.append(MetadataField(name: field, value: value))
      }
    case "Speaker":
      let id = element["id"] ?? ""
      let name = element["name"]?.trimmingLayoutSpace ?? ""
      names[id] = name.isEmpty ? id : name
    case "Turn":
      isInTurn = true
      let ids = (element["speaker"] ?? "").split(separator: " ").map(String.init)
      speakers = ids.map { names[$0] ?? $0 }
      start = element["startTime"].flatMap(CorpusTime.seconds)
      end = element["endTime"].flatMap(CorpusTime.seconds)
      current = nil
    case "Sync":
      let time = element["time"].flatMap(CorpusTime.seconds)
      if isInTurn { closePiece(at: time) }
      start = time ?? start
    case "Who":
      guard isInTurn else { return }
      closeUtterance(at: nil)
      let number = element["nb"].flatMap { Int($0) } ?? 0
      current = number >= 1 && number <= speakers.count ? speakers[number - 1] : nil
    case "Event":
      guard isInTurn else { return }
      addEvent(element)
    case "Comment":
      guard isInTurn, let words = element["desc"], !words.isEmpty else { return }
      comments += 1
      marks.append(
        (
          .annotation(Mark.Annotation(id: String(comments), text: words)),
          text.scalars.count..<text.scalars.count
        ))
    default: break
    }
  }

  private mutating func addEvent(_ element: XMLElement) {
    let name = element["desc"]?.trimmingLayoutSpace ?? ""
    let shown: String
    switch element["extent"] {
    case "begin": shown = "[\(name)-]"
    case "end": shown = "[-\(name)]"
    default: shown = "[\(name)]"
    }
    if !name.isEmpty { marks.append((.event, text.append(word: shown))) }
  }

  // Two who speak at once begin together: only the turn's end is known for both.
  private mutating func closePiece(at time: Int?) {
    pieces.append(
      Utterance.Piece(text: text.scalars, start: start, end: time, marks: marks))
    text = FlowText()
    marks = []
  }

  private mutating func closeUtterance(at time: Int?) {
    closePiece(at: time ?? end)
    let who = current.map { [$0] } ?? speakers
    let utterance = Utterance(who, pieces: pieces)
    if !utterance.isEmpty { utterances.append(utterance) }
    pieces = []
  }

  consuming func talk(name: String, options: TranscriptOptions) -> Talk {
    var talk = Talk()
    talk.utterances = utterances
    talk.metadata = metadata
    return talk
  }
}
