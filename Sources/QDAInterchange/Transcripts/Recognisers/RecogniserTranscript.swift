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
    // Whether a file counts seconds or milliseconds is told by its numbers, or by the caller.
    let unit: Double? =
      switch options.timeNotation {
      case .milliseconds: 1
      case .decimal: 1000
      default: nil
      }
    guard var talk = talk(of: speech, given: unit) else {
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
      if fault.isTooDeep {
        return .malformed(
          file: name, line: 1, column: 1,
          reason: "the JSON is nested deeper than \(JSONFault.depthLimit), as no transcript is; "
            + "export the transcript of the recording again")
      }
      let what = fault.isEnd ? "breaks off" : "is broken"
      return .malformed(
        file: name, line: fault.line, column: fault.column,
        reason: "the JSON \(what) here; export the transcript of the recording again")
    }
  }

  // A thing without any of the known fields is not speech.
  private static func talk(of speech: RecognisedSpeech, given: Double?) -> Talk? {
    if let utterances = speech.utterances, !utterances.isEmpty || speech.words == nil {
      return talk(of: utterances, unit: given ?? unit(of: utterances, usually: 1))
    }
    if let segments = speech.segments {
      // A list of things that hold no words is a list of something else.
      let hasWords = segments.contains { words(of: $0) != nil }
      return segments.isEmpty || hasWords
        ? talk(of: segments, unit: given ?? unit(of: segments, usually: 1000)) : nil
    }
    if let segments = speech.transcription?.list ?? speech.chunks?.list
      ?? speech.phrases?.list
    {
      return segments.isEmpty || segments.contains { words(of: $0) != nil }
        ? talk(of: segments, unit: given ?? 1000) : nil
    }
    if let monologues = speech.monologues {
      return talk(of: monologues, speech.speakers?.names ?? [:])
    }
    if let phrases = speech.recognizedPhrases { return talk(of: phrases) }
    switch speech.results ?? speech.response?.results {
    case .list(let entries): return talk(of: entries)
    case .thing(let thing): return talk(of: thing)
    case nil: break
    }
    if let words = speech.words, !words.isEmpty {
      // AssemblyAI counts milliseconds; ElevenLabs, which says what kind each word is, seconds.
      let usual: Double = words.contains { $0.type != nil } ? 1000 : 1
      let spans = words.map { ($0.begins?.number, $0.ends?.number, text(of: $0)) }
      return talk(of: words, unit: given ?? unit(of: spans, usually: usual))
    }
    return nil
  }

  // MARK: - Segments

  static func words(of segment: RecognisedSpeech.Segment) -> String? {
    segment.text ?? segment.body ?? segment.transcript
  }

  private static func talk(of segments: [RecognisedSpeech.Segment], unit: Double) -> Talk {
    var talk = Talk()
    for segment in segments {
      talk.utterances.append(
        Utterance(
          speaker(segment.speaker), line(words(of: segment) ?? ""), id: segment.id?.text,
          start: time(segment.start ?? segment.startTime, unit) ?? extent(segment, \.from),
          end: time(segment.end ?? segment.endTime, unit) ?? extent(segment, \.to)))
    }
    return talk
  }

  private static func extent(
    _ segment: RecognisedSpeech.Segment, _ side: KeyPath<RecognisedSpeech.Extent, Double?>
  ) -> Int? {
    if let start = segment.offsetMilliseconds {
      let end = segment.durationMilliseconds.map { start + $0 }
      return (side == \.from ? start : end).flatMap(CorpusTime.milliseconds)
    }
    if let time = segment.offsets?[keyPath: side] { return CorpusTime.milliseconds(time) }
    return segment.timestamp?[keyPath: side].flatMap { CorpusTime.milliseconds($0 * 1000) }
  }

  private static func talk(
    of monologues: [RecognisedSpeech.Monologue], _ names: [String: String]
  ) -> Talk {
    var talk = Talk()
    for monologue in monologues {
      let elements = monologue.elements ?? []
      let name = monologue.speakerName ?? monologue.speaker.flatMap { names[$0.text] }
      let label = name?.trimmingLayoutSpace ?? ""
      talk.utterances.append(
        Utterance(
          label.isEmpty ? speaker(monologue.speaker) : [label], line(words(of: elements)),
          start: time(elements.lazy.compactMap { $0.ts ?? $0.timestamp }.first, 1000),
          end: time(elements.lazy.reversed().compactMap { $0.endTs ?? $0.endTimestamp }.first, 1000)
        ))
    }
    return talk
  }

  // A tag is no word, and stands apart from those beside it.
  private static func words(of elements: [RecognisedSpeech.Monologue.Element]) -> String {
    var text = ""
    var wasTag = false
    for element in elements {
      guard var value = element.value, !value.isEmpty else { continue }
      let isTag = element.type == "tag"
      if isTag { value = "[\(value)]" }
      let isApart =
        text.isEmpty || text.last?.isWhitespace == true || value.first?.isWhitespace == true
      if !isApart, isTag || wasTag && value.first?.isPunctuation == false { text += " " }
      text += value
      wasTag = isTag
    }
    return text
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

  private static func talk(of thing: RecognisedSpeech.Thing) -> Talk? {
    if let utterances = thing.utterances { return talk(of: utterances, unit: 1000) }
    if let channels = thing.channels {
      return talk(of: channels.map { $0.alternatives?.first })
    }
    if let channels = thing.channelLabels?.channels,
      channels.contains(where: { $0.items?.isEmpty == false })
    {
      return Talk(
        channels: channels.map { channel in
          let label = speaker(channel.channelLabel)
          return (channel.items ?? []).map { item in
            var word = spoken(item, item.alternatives?.first?.content ?? "")
            word.speaker = label
            return word
          }
        })
    }
    guard let items = thing.items else { return nil }
    return Talk(amazon(items, thing.speakerLabels?.segments ?? []))
  }

  // What Deepgram heard in each channel.
  private static func talk(of channels: [RecognisedSpeech.Alternative?]) -> Talk {
    var untimed: [Utterance] = []
    var words = channels.enumerated().map { number, best -> [SpokenWord] in
      let words = spoken(best?.words ?? [], unit: 1000)
      let transcript = line(best?.transcript ?? "")
      if words.isEmpty, !transcript.isEmpty {
        untimed.append(Utterance(channels.count > 1 ? [speaker(number)] : [], transcript))
      }
      return words
    }
    if channels.count == 1 { return untimed.isEmpty ? Talk(words[0]) : Talk(utterances: untimed) }
    for number in words.indices {
      for index in words[number].indices {
        // Every channel numbers its own speakers.
        let label = words[number][index].speaker.first.map { "\(number)-\($0)" }
        words[number][index].speaker = [label ?? speaker(number)]
      }
    }
    var talk = Talk(channels: words)
    talk.utterances += untimed
    return talk
  }

  // Older files of Amazon say only by time who speaks.
  private static func amazon(
    _ items: [RecognisedSpeech.Entry], _ segments: [RecognisedSpeech.Thing.LabelledSegment]
  ) -> [SpokenWord] {
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

  private static func spoken(_ entry: RecognisedSpeech.Entry, _ text: String) -> SpokenWord {
    SpokenWord(
      text: text, speaker: speaker(entry.speakerLabel), start: time(entry.startTime, 1000),
      end: time(entry.endTime, 1000), isMark: entry.type == "punctuation")
  }

  private static func talk(of entries: [RecognisedSpeech.Entry]) -> Talk? {
    if entries.contains(where: { $0.type != nil }) {
      return Talk(
        entries.map { entry in
          let best = entry.alternatives?.first
          var spoken = spoken(entry, best?.content ?? "")
          if spoken.speaker.isEmpty { spoken.speaker = speaker(best?.speaker) }
          return spoken
        })
    }
    let results = entries.compactMap { $0.alternatives?.first }
    if results.isEmpty { return entries.isEmpty ? Talk() : nil }
    // Where Google tells speakers apart, its last result has all words once more, but in its newer
    // service each result has its own.
    let told = results.map { $0.words ?? [] }.filter { words in
      words.contains { !speaker($0.speakerTag ?? $0.speakerLabel).isEmpty }
    }
    if let last = told.last {
      let others = told.dropLast().flatMap(\.self)
      let isAll = last.count >= others.count && last.first?.begins == others.first?.begins
      return talk(of: isAll ? last : others + last, unit: 1000)
    }
    var talk = Talk()
    for result in results {
      talk.utterances.append(
        Utterance(
          [], line(result.transcript ?? ""), start: time(result.words?.first?.begins, 1000),
          end: time(result.words?.last?.ends, 1000)))
    }
    return talk
  }

  private static func talk(of words: [RecognisedSpeech.Word], unit: Double) -> Talk {
    Talk(spoken(words, unit: unit))
  }

  private static func spoken(
    _ words: [RecognisedSpeech.Word], unit: Double
  ) -> [SpokenWord] {
    let spaced = words.contains { $0.type == "spacing" }
    return words.map { word in
      SpokenWord(
        text: text(of: word),
        speaker: speaker(
          word.speakerTag ?? word.speakerLabel ?? word.speakerID ?? word.speaker),
        start: time(word.begins, unit), end: time(word.ends, unit),
        space: spaced ? word.type == "spacing" : nil)
    }
  }

  private static func text(of word: RecognisedSpeech.Word) -> String {
    word.punctuatedWord ?? word.text ?? word.word ?? ""
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
    return CorpusTime.any(value.text.replacing(",", with: "."))
  }

  /// A text of JSON as a line, whose line ends may be any.
  static func line(_ text: String) -> String {
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
