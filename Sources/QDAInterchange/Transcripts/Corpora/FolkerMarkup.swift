internal import QDACore

/// Reads the contributions of FOLKER and OrthoNormal (`.flk`, `.fln`).
///
/// Each contribution is a turn. Pauses, breathing and what is not speech are put as GAT writes them.
struct FolkerMarkup: CorpusMarkup {
  private var id = ""
  private var times: [String: Int] = [:]
  private var metadata: [MetadataField] = []
  private var talk = Talk()
  private var path: [String] = []
  private var name = ""
  private var speaker: String?
  private var start: Int?
  private var end: Int?
  private var text = FlowText()

  init() {}

  mutating func take(_ event: XMLEvent) {
    switch event {
    case .start(let element):
      path.append(element.name)
      begin(element)
    case .end(_, let name):
      path.removeLast()
      finish(name)
    case .text(let piece):
      switch path.last {
      case "name": name += piece
      case "segment", "unparsed", "w": text.append(piece)
      default: break
      }
    }
  }

  private mutating func begin(_ element: XMLElement) {
    switch element.name {
    case "speaker":
      id = element["speaker-id"] ?? ""
      name = ""
    case "recording":
      let address = element["path"] ?? ""
      if let file = address.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last {
        metadata.append(MetadataField(name: "Media", value: String(file)))
      }
    case "timepoint":
      guard let id = element["timepoint-id"], times[id] == nil else { return }
      times[id] = element["absolute-time"].flatMap(CorpusTime.seconds)
    case "contribution":
      speaker = element["speaker-reference"].flatMap { $0.isEmpty ? nil : $0 }
      start = element["start-reference"].flatMap { times[$0] }
      end = element["end-reference"].flatMap { times[$0] }
      text = FlowText()
    case "w", "uncertain", "alternative": text.space()
    case "pause":
      let length = element["duration"] ?? ""
      _ = text.append(word: Double(length) == nil ? "(.)" : "(\(length))")
    case "breathe":
      let length = min(3, max(1, element["length"].flatMap { Int($0) } ?? 1))
      let breath = String(repeating: "h", count: length)
      _ = text.append(word: element["type"] == "out" ? breath + "°" : "°" + breath)
    case "non-phonological":
      _ = text.append(word: "((" + (element["description"] ?? "") + "))")
    default: break
    }
  }

  private mutating func finish(_ ended: String) {
    switch ended {
    case "speaker":
      let name = name.trimmingLayoutSpace
      if !name.isEmpty { metadata.append(MetadataField(name: id + " name", value: name)) }
    case "w": text.space()
    case "contribution":
      guard !text.isEmpty else { return }
      talk.utterances.append(
        Utterance([speaker].compactMap { $0 }, text.string, start: start, end: end))
    default: break
    }
  }

  consuming func talk(name: String, options: TranscriptOptions) -> Talk {
    var talk = talk
    talk.metadata = metadata
    talk.sortByTime()
    return talk
  }
}
