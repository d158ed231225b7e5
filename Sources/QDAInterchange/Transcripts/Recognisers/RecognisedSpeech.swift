/// What speech recognisers write as JSON: the fields of all of them that say who said what and when.
///
/// Each service has its own names and units; which one it is shows in the fields that are there.
struct RecognisedSpeech: Decodable {
  /// Whisper and its kin, and the podcast namespace.
  var segments: [Segment]?
  /// AssemblyAI.
  var utterances: [Segment]?
  /// whisper.cpp.
  var transcription: Segments?
  /// Pipelines of Hugging Face.
  var chunks: Segments?
  /// Azure's fast transcription.
  var phrases: Segments?
  /// ElevenLabs, and OpenAI where words were asked for.
  var words: [Word]?
  /// Rev.
  var monologues: [Monologue]?
  /// The names that Rev gives to numbers of speakers.
  var speakers: Names?
  /// Azure.
  var recognizedPhrases: [Phrase]?
  /// Deepgram and Amazon as a thing, Google and Speechmatics as a list.
  var results: Results?
  var response: Inner?
  var text: String?
  var language: String?
  var languageCode: String?

  private enum CodingKeys: String, CodingKey {
    case segments, utterances, transcription, chunks, phrases, words, monologues, speakers,
      recognizedPhrases, results, response
    case text
    case language
    case languageCode = "language_code"
  }

  /// The list of results inside the operation that Google returns.
  struct Inner: Decodable {
    var results: Results?
  }

  struct Segment: Decodable {
    var id: Lenient?
    var start: Lenient?
    var end: Lenient?
    var startTime: Lenient?
    var endTime: Lenient?
    var text: String?
    var body: String?
    var transcript: String?
    var speaker: Lenient?
    var channel: Lenient?
    /// Milliseconds, as whisper.cpp writes them.
    var offsets: Extent?
    /// Seconds, as Hugging Face writes them.
    var timestamp: Extent?
    /// As Azure's fast transcription writes them.
    var offsetMilliseconds: Double?
    var durationMilliseconds: Double?
  }

  /// A list of segments; nothing where the field is something else.
  struct Segments: Decodable {
    let list: [Segment]?

    init(from decoder: any Decoder) throws {
      list = try? decoder.singleValueContainer().decode([Segment].self)
    }
  }

  /// Two times as a list, or by the names `from` and `to`; none where the field is something else.
  struct Extent: Decodable {
    private(set) var from: Double?
    private(set) var to: Double?

    private enum CodingKeys: String, CodingKey { case from, to }

    init(from decoder: any Decoder) throws {
      if let list = try? decoder.singleValueContainer().decode([Double?].self) {
        from = list.first ?? nil
        to = list.dropFirst().first ?? nil
      } else if let named = try? decoder.container(keyedBy: CodingKeys.self) {
        from = try? named.decode(Double.self, forKey: .from)
        to = try? named.decode(Double.self, forKey: .to)
      }
    }
  }

  struct Word: Decodable {
    var word: String?
    var text: String?
    var punctuatedWord: String?
    var start: Lenient?
    var end: Lenient?
    var startTime: Lenient?
    var endTime: Lenient?
    var startOffset: Lenient?
    var endOffset: Lenient?
    var speaker: Lenient?
    var speakerTag: Lenient?
    var speakerLabel: Lenient?
    var speakerID: Lenient?
    /// Whether it is a word, the space between two, or a sound.
    var type: String?

    /// When it begins, by any of the names.
    var begins: Lenient? { start ?? startTime ?? startOffset }
    /// When it ends, by any of the names.
    var ends: Lenient? { end ?? endTime ?? endOffset }

    private enum CodingKeys: String, CodingKey {
      case speakerID = "speaker_id"
      case word, text, type, start, end, startTime, endTime, startOffset, endOffset
      case speaker, speakerTag, speakerLabel
      case punctuatedWord = "punctuated_word"
    }
  }

  struct Monologue: Decodable {
    var speaker: Lenient?
    var speakerName: String?
    var elements: [Element]?

    private enum CodingKeys: String, CodingKey {
      case speaker, elements
      case speakerName = "speaker_name"
    }

    struct Element: Decodable {
      /// Whether it is words, marks, or a tag of what was heard besides.
      var type: String?
      var value: String?
      /// Seconds, as recognisers write them.
      var ts: Lenient?
      var endTs: Lenient?
      /// Clocks such as `00:00:20,138`, as typists' transcripts have them.
      var timestamp: Lenient?
      var endTimestamp: Lenient?

      private enum CodingKeys: String, CodingKey {
        case type, value, ts, timestamp
        case endTs = "end_ts"
        case endTimestamp = "end_timestamp"
      }
    }
  }

  /// The names of speakers by their numbers; empty where the field is something else.
  struct Names: Decodable {
    private(set) var names: [String: String] = [:]

    private struct Name: Decodable {
      var id: Lenient
      var name: String
    }

    init(from decoder: any Decoder) throws {
      let list = try? decoder.singleValueContainer().decode([Name].self)
      for one in list ?? [] { names[one.id.text] = one.name }
    }
  }

  struct Phrase: Decodable {
    var speaker: Lenient?
    var channel: Lenient?
    var offsetInTicks: Lenient?
    var durationInTicks: Lenient?
    var nBest: [Best]?

    struct Best: Decodable {
      var display: String?
      var lexical: String?
    }
  }

  enum Results: Decodable {
    case thing(Thing)
    case list([Entry])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let list = try? container.decode([Entry].self) {
        self = .list(list)
      } else {
        self = .thing(try container.decode(Thing.self))
      }
    }
  }

  /// The results of Deepgram, or those of Amazon.
  struct Thing: Decodable {
    var channels: [Channel]?
    var utterances: [Segment]?
    var items: [Entry]?
    var speakerLabels: SpeakerLabels?
    var channelLabels: ChannelLabels?
    var transcripts: [Segment]?

    private enum CodingKeys: String, CodingKey {
      case channels, utterances, items, transcripts
      case speakerLabels = "speaker_labels"
      case channelLabels = "channel_labels"
    }

    /// What Amazon heard in each channel.
    struct ChannelLabels: Decodable {
      var channels: [LabelledChannel]?
    }

    struct LabelledChannel: Decodable {
      var channelLabel: Lenient?
      var items: [Entry]?

      private enum CodingKeys: String, CodingKey {
        case items
        case channelLabel = "channel_label"
      }
    }

    struct Channel: Decodable {
      var alternatives: [Alternative]?
    }

    struct SpeakerLabels: Decodable {
      var segments: [LabelledSegment]?
    }

    struct LabelledSegment: Decodable {
      var speakerLabel: Lenient?
      var startTime: Lenient?
      var endTime: Lenient?

      private enum CodingKeys: String, CodingKey {
        case speakerLabel = "speaker_label"
        case startTime = "start_time"
        case endTime = "end_time"
      }
    }
  }

  /// A word or a mark of Amazon or Speechmatics, or a result of Google.
  struct Entry: Decodable {
    var type: String?
    var startTime: Lenient?
    var endTime: Lenient?
    var speakerLabel: Lenient?
    var alternatives: [Alternative]?

    private enum CodingKeys: String, CodingKey {
      case type, alternatives
      case startTime = "start_time"
      case endTime = "end_time"
      case speakerLabel = "speaker_label"
    }
  }

  struct Alternative: Decodable {
    var transcript: String?
    var content: String?
    var speaker: Lenient?
    var words: [Word]?
  }
}

/// A number or a text, as one service writes the one and another the other.
struct Lenient: Decodable, Hashable {
  /// The value as text, without a fraction of nothing.
  var text: String
  /// The value as a number, where it is one.
  var number: Double?

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      self.number = number
      let whole = Int(exactly: number)
      text = whole.map(String.init) ?? String(number)
    } else if let text = try? container.decode(String.self) {
      self.text = text
      number = Double(text)
    } else {
      // A truth value or a structure names nobody and no time.
      text = ""
    }
  }
}
