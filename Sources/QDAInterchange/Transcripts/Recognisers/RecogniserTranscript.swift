internal import FoundationEssentials
internal import QDACore

/// Makes a transcript of what a speech recogniser wrote as JSON.
///
/// The rendition: a line for each segment, or for each run of words of one speaker, without white at
/// its ends. Segments of one speaker that follow each other are one turn. A segment without a
/// speaker belongs to nobody.
enum RecogniserTranscript {
  /// - Throws: `malformed` with line and column, or `noReader` for JSON that is no speech.
  static func read(
    _ text: String, name: String, options: TranscriptOptions
  ) throws(ReadingError) -> Rendered {
    let speech = try decode(text, name: name)
    guard var talk = talk(of: speech) else {
      throw .noReader(file: name, format: Format.json.name, advice: Format.json.advice)
    }
    talk.gathers = true
    if let language = speech.language ?? speech.languageCode, !language.isEmpty {
      talk.metadata.append(MetadataField(name: "language", value: language))
    }
    reportRepeats(&talk, name)
    return talk.rendered(name: name, options: options)
  }

  private static func decode(
    _ text: String, name: String
  ) throws(ReadingError) -> RecognisedSpeech {
    let data = Data(text.utf8)
    let decoder = JSONDecoder()
    do {
      if text.unicodeScalars.first(where: { !$0.isLayoutSpace }) == "[" {
        var speech = RecognisedSpeech()
        speech.segments = try decoder.decode([RecognisedSpeech.Segment].self, from: data)
        return speech
      }
      return try decoder.decode(RecognisedSpeech.self, from: data)
    } catch let error as DecodingError {
      throw refusal(error, text, name)
    } catch {
      throw .malformed(
        file: name, line: 1, column: 1,
        reason: "the JSON cannot be read; export the transcript of the recording again")
    }
  }

  private static func refusal(
    _ error: DecodingError, _ text: String, _ name: String
  ) -> ReadingError {
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .keyNotFound(_, let context):
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      return .malformed(
        file: name, line: 1, column: 1,
        reason: "the field '\(path)' is not of the kind that recognisers write; "
          + "export the transcript of the recording again")
    default:
      let fault = JSONFault.find(in: text)
      let what = fault.isEnd ? "breaks off" : "is broken"
      return .malformed(
        file: name, line: fault.line, column: fault.column,
        reason: "the JSON \(what) here; export the transcript of the recording again")
    }
  }

  // A thing without any of the known fields is not speech.
  private static func talk(of speech: RecognisedSpeech) -> Talk? {
    if let utterances = speech.utterances {
      return talk(of: utterances, unit: 1)
    }
    if let segments = speech.segments {
      // A list of things that hold no words is a list of something else.
      let hasWords = segments.contains { words(of: $0) != nil }
      return segments.isEmpty || hasWords ? talk(of: segments, unit: 1000) : nil
    }
    if let monologues = speech.monologues { return talk(of: monologues) }
    if let phrases = speech.recognizedPhrases { return talk(of: phrases) }
    switch speech.results ?? speech.response?.results {
    case .list(let entries): return talk(of: entries)
    case .thing(let thing): return talk(of: thing)
    case nil: break
    }
    if let words = speech.words, !words.isEmpty {
      // Whole numbers are milliseconds of AssemblyAI; who has fractions counts seconds.
      let haveFractions = words.contains { word in
        [word.start, word.end].contains { $0?.number.map { $0 != $0.rounded() } == true }
      }
      return talk(of: words, unit: haveFractions || words.contains { $0.type != nil } ? 1000 : 1)
    }
    return nil
  }

  // MARK: - Segments

  private static func words(of segment: RecognisedSpeech.Segment) -> String? {
    segment.text ?? segment.body ?? segment.transcript
  }

  private static func talk(of segments: [RecognisedSpeech.Segment], unit: Double) -> Talk {
    var talk = Talk()
    for segment in segments {
      talk.utterances.append(
        Utterance(
          speaker(segment.speaker), line(words(of: segment) ?? ""), id: segment.id?.text,
          start: time(segment.start ?? segment.startTime, unit),
          end: time(segment.end ?? segment.endTime, unit)))
    }
    return talk
  }

  private static func talk(of monologues: [RecognisedSpeech.Monologue]) -> Talk {
    var talk = Talk()
    for monologue in monologues {
      let elements = monologue.elements ?? []
      talk.utterances.append(
        Utterance(
          speaker(monologue.speaker), line(elements.compactMap(\.value).joined()),
          start: time(elements.lazy.compactMap(\.ts).first, 1000),
          end: time(elements.lazy.reversed().compactMap(\.endTs).first, 1000)))
    }
    return talk
  }

  // Azure counts in ticks of a ten-millionth of a second.
  private static func talk(of phrases: [RecognisedSpeech.Phrase]) -> Talk {
    var talk = Talk()
    for phrase in phrases {
      let best = phrase.nBest?.first
      let start = phrase.offsetInTicks?.number
      let end = start.flatMap { start in phrase.durationInTicks?.number.map { start + $0 } }
      talk.utterances.append(
        Utterance(
          speaker(phrase.speaker), line(best?.display ?? best?.lexical ?? ""),
          start: start.flatMap { CorpusTime.milliseconds($0 / 10_000) },
          end: end.flatMap { CorpusTime.milliseconds($0 / 10_000) }))
    }
    // Channels stand one after the other.
    talk.sortByTime()
    return talk
  }

  // MARK: - Words

  /// A word or a mark as every service has it.
  private struct Spoken {
    var text: String
    var speaker: [String]
    var start: Int?
    var end: Int?
    var isMark = false
    /// Whether it is the space between two words, in files that have spaces as well; else `nil`.
    var space: Bool?
  }

  private static func talk(of thing: RecognisedSpeech.Thing) -> Talk? {
    if let utterances = thing.utterances { return talk(of: utterances, unit: 1000) }
    if let channels = thing.channels {
      var talk = Talk()
      for (number, channel) in channels.enumerated() {
        guard let best = channel.alternatives?.first else { continue }
        var part = self.talk(of: best.words ?? [], unit: 1000)
        if part.utterances.isEmpty {
          part.utterances = [Utterance([], line(best.transcript ?? ""))]
        }
        for utterance in part.utterances {
          var utterance = utterance
          if channels.count > 1 {
            // Every channel numbers its own speakers.
            utterance.speakers = [
              utterance.speakers.first.map { "\(number)-\($0)" } ?? speaker(number)
            ]
          }
          talk.utterances.append(utterance)
        }
      }
      talk.sortByTime()
      return talk
    }
    guard let items = thing.items else { return nil }
    return talk(of: amazon(items, thing.speakerLabels?.segments ?? []))
  }

  // Older files of Amazon say only by time who speaks.
  private static func amazon(
    _ items: [RecognisedSpeech.Entry], _ segments: [RecognisedSpeech.Thing.LabelledSegment]
  ) -> [Spoken] {
    let spans = segments.compactMap { segment in
      time(segment.startTime, 1000).flatMap { start in
        time(segment.endTime, 1000).map { (start, $0, speaker(segment.speakerLabel)) }
      }
    }.sorted { $0.0 < $1.0 }
    var place = 0
    return items.map { item in
      var spoken = spoken(item, item.alternatives?.first?.content ?? "")
      if spoken.speaker.isEmpty, let start = spoken.start {
        while place < spans.count, spans[place].1 <= start { place += 1 }
        if place < spans.count, spans[place].0 <= start { spoken.speaker = spans[place].2 }
      }
      return spoken
    }
  }

  private static func spoken(_ entry: RecognisedSpeech.Entry, _ text: String) -> Spoken {
    Spoken(
      text: text, speaker: speaker(entry.speakerLabel), start: time(entry.startTime, 1000),
      end: time(entry.endTime, 1000), isMark: entry.type == "punctuation")
  }

  private static func talk(of entries: [RecognisedSpeech.Entry]) -> Talk? {
    if entries.contains(where: { $0.type != nil }) {
      return talk(
        of: entries.map { entry in
          let best = entry.alternatives?.first
          var spoken = spoken(entry, best?.content ?? "")
          if spoken.speaker.isEmpty { spoken.speaker = speaker(best?.speaker) }
          return spoken
        })
    }
    let results = entries.compactMap { $0.alternatives?.first }
    if results.isEmpty { return entries.isEmpty ? Talk() : nil }
    // Where Google tells speakers apart, its last result has all words once more.
    if let words = results.last?.words,
      words.contains(where: { !speaker($0.speakerTag ?? $0.speakerLabel).isEmpty })
    {
      return talk(of: words, unit: 1000)
    }
    var talk = Talk()
    for result in results {
      talk.utterances.append(
        Utterance(
          [], line(result.transcript ?? ""), start: time(result.words?.first?.startTime, 1000),
          end: time(result.words?.last?.endTime, 1000)))
    }
    return talk
  }

  private static func talk(of words: [RecognisedSpeech.Word], unit: Double) -> Talk {
    let spaced = words.contains { $0.type == "spacing" }
    return talk(
      of: words.map { word in
        Spoken(
          text: word.punctuatedWord ?? word.text ?? word.word ?? "",
          speaker: speaker(
            word.speakerTag ?? word.speakerLabel ?? word.speakerID ?? word.speaker),
          start: time(word.start ?? word.startTime, unit),
          end: time(word.end ?? word.endTime, unit),
          space: spaced ? word.type == "spacing" : nil)
      })
  }

  // A mark belongs to the word before it, whoever is said to speak it.
  private static func talk(of words: [Spoken]) -> Talk {
    var talk = Talk()
    var isSpaced = true
    for word in words {
      let text = line(word.text)
      if word.space == true { isSpaced = true }
      if text.isEmpty || word.space == true { continue }
      defer { isSpaced = word.space == nil }
      if let last = talk.utterances.indices.last,
        word.isMark || talk.utterances[last].speakers == word.speaker
      {
        let joined = word.isMark || !isSpaced ? text : " " + text
        talk.utterances[last].pieces[0].text += joined.unicodeScalars
        talk.utterances[last].pieces[0].end = word.end ?? talk.utterances[last].pieces[0].end
      } else {
        talk.utterances.append(
          Utterance(word.speaker, text, start: word.start, end: word.end))
      }
    }
    return talk
  }

  // MARK: - Fields

  // Most services number speakers; zero of Google and an empty name are nobody.
  private static func speaker(_ value: Lenient?) -> [String] {
    guard let value, !value.text.trimmingLayoutSpace.isEmpty else { return [] }
    guard let number = value.number, let whole = Int(exactly: number) else {
      return [value.text.trimmingLayoutSpace]
    }
    return [speaker(whole)]
  }

  private static func speaker(_ number: Int) -> String {
    number < 10 && number >= 0 ? "SPEAKER_0\(number)" : "SPEAKER_\(number)"
  }

  private static func time(_ value: Lenient?, _ unit: Double) -> Int? {
    guard let value else { return nil }
    if let number = value.number { return CorpusTime.milliseconds(number * unit) }
    return CorpusTime.any(value.text)
  }

  // A line end inside a text of JSON may be any.
  private static func line(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    var wasReturn = false
    for scalar in text.unicodeScalars {
      if scalar == "\n", wasReturn {
        wasReturn = false
        continue
      }
      wasReturn = scalar == "\r"
      scalars.append(wasReturn ? "\n" : scalar)
    }
    return String(scalars).trimmingLayoutSpace
  }

  // MARK: - Doubts

  // Recognisers that hear nothing are known to repeat a phrase.
  private static func reportRepeats(_ talk: inout Talk, _ name: String) {
    var longest = 0
    var count = 1
    var phrase = ""
    for (left, right) in zip(talk.utterances, talk.utterances.dropFirst()) {
      count = left.pieces[0].text == right.pieces[0].text && !left.isEmpty ? count + 1 : 1
      if count > longest {
        longest = count
        phrase = String(String.UnicodeScalarView(right.pieces[0].text.prefix(80)))
      }
    }
    guard longest >= 5 else { return }
    talk.diagnostics.append(
      Diagnostic(
        "recogniser.repeated-segment", .warning, at: .file(name, line: 0, column: 0),
        "segments that follow each other say the same, which recognisers do where nobody speaks",
        raw: phrase, solutions: ["listen to the recording there, and remove what nobody said"],
        count: longest))
  }
}
