internal import QDACore

/// Takes in what happens in the XML of a corpus and makes talk of it.
protocol CorpusMarkup {
  init()
  mutating func take(_ event: XMLEvent)
  consuming func talk(name: String, options: TranscriptOptions) -> Talk
}

/// Makes transcripts of the files of corpus tools.
///
/// The rendition of those that are not plain text: what is said, a line for each utterance, without
/// the names of the speakers, which the file keeps elsewhere too.
enum CorpusTranscript {
  /// Reads a file of one of the formats of corpora and recognisers; `nil` for any other.
  static func read(
    _ text: String, _ bytes: [UInt8], _ format: Format, name: String, options: TranscriptOptions
  ) throws(ReadingError) -> Rendered? {
    guard format.isCorpusMarkup || [.chat, .praat, .recognisedSpeech].contains(format) else {
      return nil
    }
    // Corpus tools leave files without anything in them, which break no rule.
    if text.unicodeScalars.allSatisfy(\.isLayoutSpace) {
      return Rendered(text, TranscriptAnalysis())
    }
    switch format {
    case .chat: return ChatTranscript.read(text, name: name, options: options)
    case .praat: return try PraatTranscript.read(text, name: name, options: options)
    case .recognisedSpeech:
      return try RecogniserTranscript.read(text, name: name, options: options)
    default:
      // XML says itself how it is encoded, unless the caller or a byte order mark knows better.
      let isKnown = options.encoding != nil || hasByteOrderMark(bytes)
      return try readMarkup(
        isKnown ? withoutDeclaration(text) : bytes, as: format, name: name, options: options)
    }
  }

  private static func readMarkup(
    _ bytes: [UInt8], as format: Format, name: String, options: TranscriptOptions
  ) throws(ReadingError) -> Rendered? {
    switch format {
    case .elan: return try read(ElanMarkup.self, bytes, format, name, options)
    case .exmaralda: return try read(ExmaraldaMarkup.self, bytes, format, name, options)
    case .folker: return try read(FolkerMarkup.self, bytes, format, name, options)
    case .transcriber: return try read(TranscriberMarkup.self, bytes, format, name, options)
    case .tei: return try read(TEIMarkup.self, bytes, format, name, options)
    case .folia: return try read(FoliaMarkup.self, bytes, format, name, options)
    default: return nil
    }
  }

  private static func read<Markup: CorpusMarkup>(
    _ type: Markup.Type, _ bytes: [UInt8], _ format: Format, _ name: String,
    _ options: TranscriptOptions
  ) throws(ReadingError) -> Rendered {
    var markup = Markup()
    try XMLStream.read(bytes, file: name, part: format.id, toleratesDocumentType: true) {
      (event) throws(ReadingError) in markup.take(event)
    }
    return markup.talk(name: name, options: options).rendered(name: name, options: options)
  }

  private static func hasByteOrderMark(_ bytes: [UInt8]) -> Bool {
    [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]].contains { bytes.starts(with: $0) }
  }

  private static func withoutDeclaration(_ text: String) -> [UInt8] {
    guard text.hasPrefix("<?xml"), let end = text.firstIndex(of: ">") else {
      return Array(text.utf8)
    }
    return Array(text[text.index(after: end)...].utf8)
  }
}

extension Format {
  /// Whether its files are the XML of a corpus tool.
  var isCorpusMarkup: Bool {
    [.elan, .exmaralda, .folker, .transcriber, .tei, .folia].contains(self)
  }
}

/// Running text from XML, in which any stretch of white is one space.
struct FlowText {
  private(set) var scalars: [Unicode.Scalar] = []
  private var endsInSpace = false
  private var isJoined = false

  /// Whether nothing but white came in.
  var isEmpty: Bool { scalars.isEmpty }
  /// Where the next word will stand.
  var position: Int { scalars.isEmpty || !endsInSpace ? scalars.count : scalars.count + 1 }

  mutating func append(_ text: String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case " ", "\t", "\n", "\r": space()
      default:
        if endsInSpace, !scalars.isEmpty { scalars.append(" ") }
        endsInSpace = false
        isJoined = false
        scalars.append(scalar)
      }
    }
  }

  /// Sets off what comes next by a space.
  mutating func space() { endsInSpace = !isJoined }

  /// Lets what comes next follow without a space.
  mutating func join() {
    endsInSpace = false
    isJoined = true
  }

  /// Appends a word that stands by itself, and says where it is.
  mutating func append(word: String) -> Range<Int> {
    space()
    let start = position
    append(word)
    let range = min(start, scalars.count)..<scalars.count
    space()
    return range
  }

  var string: String { String(String.UnicodeScalarView(scalars)) }
}

/// Reads the times of corpus files.
enum CorpusTime {
  /// Milliseconds of a number of seconds such as `12.5` or `-0`, or `nil`.
  static func seconds(_ text: String) -> Int? { milliseconds(text, per: 1000) }

  /// Milliseconds of a number in other units, rounded.
  static func milliseconds(_ text: String, per unit: Double) -> Int? {
    guard let value = Double(text.trimmingLayoutSpace) else { return nil }
    return milliseconds(value * unit)
  }

  /// A number of milliseconds as a whole number, or `nil` where it is not of this world.
  static func milliseconds(_ value: Double) -> Int? {
    // A recording of a hundred years is a broken number.
    guard value.isFinite, abs(value) < 3.2e12 else { return nil }
    return Int(value.rounded())
  }

  /// Milliseconds of `1:02:03.4`, `2:03.4`, `PT1M2.5S`, `12.5s`, `850ms` or `12.5`, or `nil`.
  static func any(_ text: String) -> Int? {
    let text = text.trimmingLayoutSpace
    if text.hasPrefix("PT") { return duration(text.dropFirst(2)) }
    if text.hasSuffix("ms") { return milliseconds(String(text.dropLast(2)), per: 1) }
    if text.hasSuffix("s") { return seconds(String(text.dropLast())) }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count) else { return nil }
    var total = 0.0
    for part in parts {
      guard let value = Double(part), value >= 0 || parts.count == 1 else { return nil }
      total = total * 60 + value
    }
    return milliseconds(total * 1000)
  }

  private static func duration(_ text: Substring) -> Int? {
    var total = 0.0
    var number = ""
    for character in text {
      if character.isNumber || character == "." {
        number.append(character)
        continue
      }
      guard let value = Double(number) else { return nil }
      switch character {
      case "H": total += value * 3600
      case "M": total += value * 60
      case "S": total += value
      default: return nil
      }
      number = ""
    }
    return number.isEmpty ? milliseconds(total * 1000) : nil
  }

  /// Fills the gaps of times in order between the nearest that are known.
  ///
  /// A gap at an end, or between times that do not rise, stays open.
  static func interpolate(_ times: [Int?]) -> [Int?] {
    var filled = times
    var before: Int?
    for (index, time) in times.enumerated() {
      guard let time else { continue }
      if let before, let first = times[before], index - before > 1, time >= first {
        for gap in before + 1..<index {
          filled[gap] = first + (time - first) * (gap - before) / (index - before)
        }
      }
      before = index
    }
    return filled
  }
}
