/// Formats of text that would be taken for talk, are known by how they begin, and have no reader.
enum UnreadText {
  private static let advice = "export SubRip (.srt) or WebVTT (.vtt) from the program that made it"

  /// How each begins, in small letters.
  private static let beginnings: [(start: String, name: String)] = [
    ("[script info]", "SubStation Alpha (ASS, SSA)"), ("<sami", "SAMI captions (SMI)"),
    ("<tt ", "Timed Text (TTML)"), ("<tt>", "Timed Text (TTML)"), ("<tt:tt", "Timed Text (TTML)"),
    ("scenarist_scc", "Scenarist captions (SCC)"), ("[information]\n[", "SubViewer"),
  ]

  /// What all of the first lines look like.
  private static let shapes: [(fits: @Sendable (Substring) -> Bool, name: String)] = [
    (isFrames, "MicroDVD"), (isSegment, "NIST segments (STM)"), (isWord, "NIST words (CTM)"),
    (isSpeakerTime, "NIST speaker times (RTTM)"), (isCaption, "Scenarist captions (SCC)"),
  ]

  /// The refusal of a text by its first lines, or `nil` where it may be talk.
  static func refusal(ofHead head: String, file: String) -> ReadingError? {
    func refusal(_ name: String) -> ReadingError {
      .noReader(file: file, format: name, advice: advice)
    }
    let start = head.prefix(32).lowercased()
    if let known = beginnings.first(where: { start.hasPrefix($0.start) }) {
      return refusal(known.name)
    }
    let lines = head.split(separator: "\n", maxSplits: 20).prefix(20)
    if isLyrics(lines) { return refusal("lyrics (LRC)") }
    let first = lines.filter { !$0.hasPrefix(";;") }.prefix(3)
    guard !first.isEmpty else { return nil }
    return shapes.first { first.allSatisfy($0.fits) }.map { refusal($0.name) }
  }

  /// The refusal of subtitles of the European Broadcasting Union, which are no text, or `nil`.
  static func refusal(ofBytes bytes: [UInt8], file: String) -> ReadingError? {
    guard bytes.count >= 11, bytes[3..<6].elementsEqual("STL".utf8),
      bytes[8..<11].elementsEqual(".01".utf8)
    else { return nil }
    return .noReader(file: file, format: "EBU subtitles (STL)", advice: advice)
  }

  // `{230}{307}words`; in a damaged file one of the numbers is missing.
  @Sendable
  private static func isFrames(_ line: Substring) -> Bool {
    var rest = line[...]
    var digits = 0
    for _ in 0..<2 {
      guard rest.popFirst() == "{" else { return false }
      let number = rest.prefix(while: isDigit)
      digits += number.count
      rest = rest.dropFirst(number.count)
      guard rest.popFirst() == "}" else { return false }
    }
    return digits > 0
  }

  // A recording, a channel, a speaker, two times and words.
  @Sendable
  private static func isSegment(_ line: Substring) -> Bool {
    let fields = fields(of: line)
    return fields.count >= 6 && isChannel(fields[1]) && areTimes(fields[3], fields[4])
  }

  // A recording, a channel, a time, a duration, a word and how sure it is.
  @Sendable
  private static func isWord(_ line: Substring) -> Bool {
    let fields = fields(of: line)
    return (5...6).contains(fields.count) && isChannel(fields[1]) && areTimes(fields[2], fields[3])
  }

  @Sendable
  private static func isSpeakerTime(_ line: Substring) -> Bool {
    let fields = fields(of: line)
    return fields.count >= 9 && fields[0] == "SPEAKER" && areTimes(fields[3], fields[4])
  }

  // A time with frames, and pairs of bytes for the decoder; not every file has a header.
  @Sendable
  private static func isCaption(_ line: Substring) -> Bool {
    let fields = fields(of: line)
    return fields.count >= 3 && fields[0].split { $0 == ":" || $0 == ";" }.count == 4
      && fields.dropFirst().prefix(2).allSatisfy { $0.count == 4 && $0.allSatisfy(\.isHexDigit) }
  }

  private static func fields(of line: Substring) -> [Substring] {
    line.split(maxSplits: 10) { $0 == " " || $0 == "\t" }
  }

  private static func isChannel(_ field: Substring) -> Bool {
    ["1", "2", "A", "B"].contains(field)
  }

  private static func areTimes(_ first: Substring, _ second: Substring) -> Bool {
    Double(first) != nil && Double(second) != nil && (first.contains(".") || second.contains("."))
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

  // A field of the song in brackets, and below the fields lines that begin with a time.
  private static func isLyrics(_ lines: ArraySlice<Substring>) -> Bool {
    let fields: Set<Substring> = [
      "ti", "ar", "al", "au", "by", "la", "re", "ve", "tool", "length", "offset",
    ]
    guard let first = lines.first, first.hasPrefix("["), first.hasSuffix("]"),
      fields.contains(first.dropFirst().prefix { $0 != ":" })
    else { return false }
    return lines.contains { line in
      line.hasPrefix("[") && line.dropFirst().first.map(isDigit) == true
        && line.dropFirst(3).hasPrefix(":")
    }
  }
}
