/// Recognises what transcribers put in brackets that nobody said.
enum EventWord {
  /// Whether the content of brackets is from the closed vocabulary of sounds and remarks.
  static func isEvent(_ content: String) -> Bool {
    var letters = content.lowercased()[...]
    while let last = letters.last, !last.isLetter { letters.removeLast() }
    while let first = letters.first, !first.isLetter { letters.removeFirst() }
    if words.contains(String(letters)) { return true }
    guard let word = telling(letters.split { !$0.isLetter }) else {
      return !content.isEmpty && content.allSatisfy { !$0.isLetter }
    }
    return firstWords.contains(String(word))
  }

  /// The word of a remark in small letters that tells what happened: the first, or where that only
  /// says who, the second.
  static func telling(_ words: [Substring]) -> Substring? {
    guard let first = words.first else { return nil }
    let saysWho = words.count == 2 && subjects.contains(String(first))
    return saysWho && firstWords.contains(String(words[1])) ? words[1] : first
  }

  /// Whether a line that is all in brackets tells what happened rather than what was said.
  ///
  /// Round brackets round a whole line are a stage direction; square ones need a known word, or words
  /// that are no name: nothing in capitals and small letters, or more than one word.
  static func isEventLine(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let first = scalars.first, let last = scalars.last, scalars.count <= 200 else {
      return false
    }
    let inner = scalars.dropFirst().dropLast()
    switch (first, last) {
    case ("(", ")"):
      return !inner.contains("(") || inner.first == "("
    case ("[", "]"):
      guard !inner.contains("[") else { return false }
      return isEvent(String(String.UnicodeScalarView(inner))) || isRemark(inner)
    default: return false
    }
  }

  // `[END OF TAPE 1, SIDE A]`, `[Door opens; somebody enters]`; `[Ana Ruiz]` may be a label.
  private static func isRemark(_ inner: ArraySlice<Unicode.Scalar>) -> Bool {
    let tokens = inner.split(whereSeparator: \.isLayoutSpace)
    guard tokens.count >= 2 else { return false }
    let small = tokens.dropFirst().count { $0.first?.properties.isLowercase == true }
    let isLoud = !inner.contains { $0.properties.isLowercase } && tokens.count >= 3
    return small * 2 >= tokens.count - 1 && small > 0 || isLoud
  }

  private static let words: Set<String> = [
    "cross talk", "crosstalk", "off topic", "phone rings", "end of recording", "recording paused",
    "background noise", "long pause", "short pause", "multiple speakers", "several speak",
    "door opens", "door closes", "talking over each other", "no response",
    "student discussion", "group discussion", "all talking", "off mic", "side conversation",
  ]

  private static let subjects: Set<String> = [
    "all", "both", "everybody", "everyone", "he", "interviewee", "interviewer", "moderator",
    "participant", "participants", "respondent", "she", "they", "il", "elle", "er", "sie", "beide",
    "alle",
  ]

  private static let firstWords: Set<String> = [
    "laugh", "laughs", "laughing", "laughter", "inaudible", "unintelligible", "indecipherable",
    "unclear", "crosstalk", "cough", "coughs", "coughing", "sigh", "sighs", "sighing", "pause",
    "pauses", "silence", "music", "applause", "chuckle", "chuckles", "chuckling", "giggles",
    "sniff", "sniffs", "crying", "cries", "sobs", "sobbing", "whispers", "whispering", "nods",
    "nodding", "shrugs", "smiles", "smiling", "interruption", "interrupts", "interrupted",
    "overlap", "overlapping", "noise", "background", "redacted", "recording", "knock", "knocking",
    "clears", "gasps", "yawns", "lacht", "lachen", "pausa", "rire", "rires", "risas", "beep",
    "unverständlich", "foreign", "blank", "telephone", "phone", "unverst", "unv", "lachend",
    "gelächter", "seufzt", "räuspert", "hustet", "schweigen", "inaud", "ininteligible", "silencio",
    "ríe", "suspira", "ruido", "soupir", "bruit", "tousse", "onverstaanbaar",
  ]
}
