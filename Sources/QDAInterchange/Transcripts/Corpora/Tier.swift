internal import QDACore

/// A tier of a file whose layers lie side by side over a recording.
struct Tier {
  /// A stretch of a tier with what stands in it.
  struct Entry {
    var id: String?
    var value: String
    var start: Int?
    var end: Int?
    var isInterpolated = false
  }

  /// Whether a tier's name says that it holds something other than speech.
  ///
  /// The caller's names come first: those of speakers are speech, those of code tiers are not.
  static func isBesideTalk(_ name: String, _ options: TranscriptOptions) -> Bool? {
    let key = LabelKey.key(of: name)
    let asked = (options.speakers + options.interviewers + options.participants)
    if asked.contains(where: { LabelKey.key(of: $0) == key }) { return false }
    if options.codeTiers.contains(where: { LabelKey.key(of: $0) == key }) { return true }
    return parts(of: name).contains { words.contains($0) } ? true : nil
  }

  // `tonic_vowel` and `tonicVowel` are two words.
  private static func parts(of name: String) -> [String] {
    var parts: [String] = []
    var previous: Character = " "
    for character in name {
      let begins = !previous.isLetter || previous.isLowercase && character.isUppercase
      if character.isLetter {
        if begins { parts.append("") }
        parts[parts.count - 1].append(contentsOf: character.lowercased())
      }
      previous = character
    }
    return parts
  }

  /// The speaker that a tier's name names, or `nil` where it only says that it holds words.
  static func speaker(of name: String) -> String? {
    let whole = bare(name[...])
    for word in wordsOfSpeech where whole.lowercased().hasSuffix(word) {
      let rest = whole.dropLast(word.count)
      // `Keywords` ends in a word of that list and is one word.
      if let last = rest.last, last.isLetter || last.isNumber { break }
      let speaker = bare(rest)
      return speaker.isEmpty ? nil : String(speaker)
    }
    return whole.isEmpty ? nil : String(whole)
  }

  /// Whether a tier's name says that it holds single words.
  static func isOfWords(_ name: String) -> Bool {
    let whole = bare(name[...]).lowercased()
    return whole.hasSuffix("words") || whole.hasSuffix("word")
  }

  private static let wordsOfSpeech = [
    "utterances", "utterance", "words", "word", "phrases", "phrase", "sentences", "sentence",
    "transcription", "transcript", "text", "speech",
  ]

  // Without the signs that stand around a name.
  private static func bare(_ name: Substring) -> Substring {
    var rest = name
    while let last = rest.last, !last.isLetter, !last.isNumber, last != ")" { rest.removeLast() }
    while let first = rest.first, !first.isLetter, !first.isNumber, first != "(" {
      rest.removeFirst()
    }
    return rest
  }

  /// Whether nearly all entries are single words that follow each other without a gap.
  static func holdsWords(_ entries: [Entry]) -> Bool {
    let filled = entries.filter { !$0.value.trimmingLayoutSpace.isEmpty }
    guard filled.count >= 3 else { return false }
    let single = filled.count { entry in
      let value = entry.value.trimmingLayoutSpace
      return value.contains(where: \.isLetter) && !value.contains(where: \.isWhitespace)
        && !value.contains(where: \.isNumber)
    }
    var touching = 0
    for (left, right) in zip(filled, filled.dropFirst()) where left.end == right.start {
      touching += 1
    }
    return single * 10 >= filled.count * 9 && touching * 2 >= filled.count
  }

  /// What is said of tiers that were not taken for speech.
  static func report(
    _ notes: [TierNote], name: String, into diagnostics: inout [Diagnostic]
  ) {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for note in notes {
      if counts[note.tier] == nil { order.append(note.tier) }
      counts[note.tier, default: 0] += 1
    }
    for tier in order {
      diagnostics.append(
        Diagnostic(
          "transcript.tier-beside-talk", .note, at: .file(name, line: 0, column: 0),
          "the tier '\(tier)' is not read as speech; what it says is kept as codings", raw: tier,
          solutions: ["name it with the option 'speakers' if somebody speaks in it"],
          count: counts[tier, default: 1]))
    }
  }

  private static let words: Set<String> = [
    "phone", "phones", "phon", "phons", "phoneme", "phonemes", "phonetic", "phonetics", "ipa",
    "vowel", "vowels", "consonant", "consonants", "segments", "syllable", "syllables", "stress",
    "pitch", "tone", "tones", "tobi", "intonation", "prosody", "gesture", "gestures",
    "gaze", "posture", "stance", "code", "codes", "coding", "codings", "theme", "themes",
    "comment", "comments", "note", "notes", "gloss", "glosses", "pos", "lemma", "lemmas",
    "morphology", "translation", "movement", "movements", "nonverbal", "affect", "emotion",
    "emotions", "topic", "topics", "activity", "activities",
  ]
}
