public import QDACore

/// Whether stamps say when a turn starts or when it ends.
public enum TimestampPosition: String, Hashable, Sendable, Codable, CaseIterable {
  /// The stamp stands before the words and is the time of their start.
  case start
  /// The stamp stands after the words and is the time of their end.
  case end
}

/// Which text of a document with tracked changes is read.
public enum TrackedChanges: String, Hashable, Sendable, Codable, CaseIterable {
  /// The text with all changes accepted.
  case final
  /// The text with all changes rejected.
  case original
}

/// What the digits of times count.
public enum TimeNotation: String, Hashable, Sendable, Codable, CaseIterable {
  /// Digits after the seconds are decimals.
  case decimal
  /// Digits after the seconds are milliseconds without zeros before them, as in Teams until 2023.
  case milliseconds
  /// Digits after the seconds are frames, as in InqScribe.
  case frames
  /// Plain numbers at the start of lines are times as NVivo takes them: `75` is 1:15, `9203` is 1:32:03.
  case nvivo
}

/// Structure that a reader finds in running text by a rule of thumb, and can be told to leave as words.
public enum TextStructure: String, Hashable, Sendable, Codable, CaseIterable {
  /// Fields and other matter before the talk; `header-lines` says how long it is instead.
  case header
  /// Headers, footers and numbers of pages.
  case furniture
  /// Headings in capitals or of Markdown, and rules.
  case headings
  /// Lines that hold a sound or a remark only.
  case events
  /// Lines after the talk, such as `End of interview`.
  case trailer
  /// Labels in the middle of a paragraph.
  case innerLabels = "inner-labels"
  /// Names of one person in a long and a short form.
  case aliases
  /// Labels that differ only in case, spaces or a sign at the end, which are one speaker.
  case spellings
  /// Captions that repeat the lines before them.
  case repeats
  /// Cues and segments in a row that one speaker says, which are one turn.
  case joinedCues = "joined-cues"
  /// A transcriber's signs inside the words.
  case notation
}

/// A column of a table of turns.
public enum TurnColumn: String, Hashable, Sendable, Codable, CaseIterable {
  case speaker, text, start, end
}

/// What a caller knows about a transcript and wants to override.
///
/// Every option can also be set by name from a plain string, as the command line and a study do.
public struct TranscriptOptions: Hashable, Sendable, Codable {
  /// Labels that are speakers wherever they stand; others still need evidence.
  public var speakers: [String] = []
  /// Labels that are no speakers wherever they stand.
  public var notSpeakers: [String] = []
  /// Other labels of a speaker, each with the label that it stands for.
  public var aliases: [String: String] = [:]
  /// Labels of those who ask.
  public var interviewers: [String] = []
  /// Labels of those who are asked.
  public var participants: [String] = []
  /// The id of the format of a text, where the reader takes the content for another.
  public var format: String?
  /// The layout, where the reader finds the wrong one.
  public var layout: Layout?
  /// The encoding of a text file, where the reader finds the wrong one.
  public var encoding: TextEncoding?
  /// What stamps stand for, where the reader finds it wrong.
  public var timestampPosition: TimestampPosition?
  /// What times count from, where the reader finds it wrong.
  public var clock: Turn.Clock?
  /// What the digits of times count, where the reader finds it wrong.
  public var timeNotation: TimeNotation?
  /// Whether lines were cut at a fixed width, where the reader finds it wrong.
  public var isWrapped: Bool?
  /// Whether lines or paragraphs begin with their number, where the reader finds it wrong.
  public var hasLineNumbers: Bool?
  /// How many lines stand before the talk, where the reader finds it wrong.
  public var headerLines: Int?
  /// What is left as words.
  public var ignored: Set<TextStructure> = []
  /// The titles or numbers (from 1) of the columns of a table, where the reader finds others.
  public var columns: [TurnColumn: String] = [:]
  /// The sheet of a workbook, where the reader takes another.
  public var sheet: String?
  /// Tiers that hold codes and the like rather than speech, where the reader finds it wrong.
  public var codeTiers: [String] = []
  /// How many frames a second has, where the digits after the seconds count frames.
  public var framesPerSecond: Int?
  /// Which text of tracked changes is read.
  public var trackedChanges: TrackedChanges = .final

  /// Creates options that override nothing.
  public init() {}

  /// Creates options from names and values.
  public init(_ values: [(name: String, value: String)]) throws(OptionError) {
    for (name, value) in values { try set(name, to: value) }
  }

  /// The names of the options.
  public static let names = [
    "speakers", "not-speakers", "aliases", "interviewers", "participants", "format", "layout",
    "encoding", "timestamps", "clock", "time-notation", "frames-per-second", "wrapped",
    "line-numbers", "header-lines", "ignore", "columns", "sheet", "code-tiers", "tracked-changes",
  ]

  /// Sets an option by its name; lists are separated by commas or semicolons.
  public mutating func set(_ name: String, to value: String) throws(OptionError) {
    switch name {
    case "speakers": speakers = Self.list(value)
    case "not-speakers": notSpeakers = Self.list(value)
    case "aliases": aliases = try Self.pairs(name, value)
    case "interviewers": interviewers = Self.list(value)
    case "participants": participants = Self.list(value)
    case "format":
      guard let named = Format.named(value), Format.texts.contains(named) else {
        throw OptionError(
          option: name, value: value, allowed: Format.texts.map(\.id),
          suggestion: Suggestion.nearest(to: value, among: Format.texts.map(\.id)))
      }
      format = named.id
    case "layout": layout = try Self.choice(name, value)
    case "encoding": encoding = try Self.choice(name, value)
    case "timestamps": timestampPosition = try Self.choice(name, value)
    case "clock": clock = try Self.choice(name, value)
    case "time-notation": timeNotation = try Self.choice(name, value)
    case "wrapped": isWrapped = try Self.flag(name, value)
    case "line-numbers": hasLineNumbers = try Self.flag(name, value)
    case "header-lines":
      guard let lines = Int(value), lines >= 0 else {
        throw OptionError(option: name, value: value, allowed: ["0", "1", "12"])
      }
      headerLines = lines
    case "ignore":
      ignored = Set(
        try Self.list(value).map { item throws(OptionError) in try Self.choice(name, item) })
    case "columns":
      columns = [:]
      for (key, title) in try Self.pairs(name, value) {
        let column: TurnColumn = try Self.choice(name, key)
        columns[column] = title
      }
    case "sheet": sheet = value
    case "code-tiers": codeTiers = Self.list(value)
    case "frames-per-second":
      guard let frames = Int(value), (1...240).contains(frames) else {
        throw OptionError(option: name, value: value, allowed: ["24", "25", "30", "60"])
      }
      framesPerSecond = frames
    case "tracked-changes": trackedChanges = try Self.choice(name, value)
    default:
      throw OptionError(
        option: name, value: value, allowed: Self.names,
        suggestion: Suggestion.nearest(to: name, among: Self.names))
    }
  }

  /// The options that differ from the defaults, by name, for the record in the source.
  public var values: [String: String] {
    var values: [String: String] = [:]
    if !speakers.isEmpty { values["speakers"] = speakers.joined(separator: "; ") }
    if !notSpeakers.isEmpty { values["not-speakers"] = notSpeakers.joined(separator: "; ") }
    if !aliases.isEmpty {
      values["aliases"] = aliases.map { "\($0) = \($1)" }.sorted().joined(separator: "; ")
    }
    if !interviewers.isEmpty { values["interviewers"] = interviewers.joined(separator: "; ") }
    if !participants.isEmpty { values["participants"] = participants.joined(separator: "; ") }
    values["format"] = format
    values["layout"] = layout?.rawValue
    values["encoding"] = encoding?.rawValue
    values["timestamps"] = timestampPosition?.rawValue
    values["clock"] = clock?.rawValue
    values["time-notation"] = timeNotation?.rawValue
    values["wrapped"] = isWrapped.map { $0 ? "yes" : "no" }
    values["line-numbers"] = hasLineNumbers.map { $0 ? "yes" : "no" }
    values["header-lines"] = headerLines.map(String.init)
    if !ignored.isEmpty {
      values["ignore"] = ignored.map(\.rawValue).sorted().joined(separator: "; ")
    }
    if !columns.isEmpty {
      values["columns"] = columns.map { "\($0.rawValue) = \($1)" }.sorted().joined(separator: "; ")
    }
    values["sheet"] = sheet
    if !codeTiers.isEmpty { values["code-tiers"] = codeTiers.joined(separator: "; ") }
    values["frames-per-second"] = framesPerSecond.map(String.init)
    if trackedChanges != .final { values["tracked-changes"] = trackedChanges.rawValue }
    return values
  }

  private static func list(_ value: String) -> [String] {
    value.split { $0 == "," || $0 == ";" }
      .map { $0.drop { $0.isWhitespace } }
      .map { part in
        var part = part
        while part.last?.isWhitespace == true { part.removeLast() }
        return String(part)
      }
      .filter { !$0.isEmpty }
  }

  // `this = that`, several of which are separated by semicolons, or by commas where no name has one.
  private static func pairs(
    _ name: String, _ value: String
  ) throws(OptionError) -> [String: String] {
    var pairs: [String: String] = [:]
    for item in list(value) {
      let halves = item.split(separator: "=", omittingEmptySubsequences: false)
      guard halves.count == 2, let one = list(String(halves[0])).first,
        let other = list(String(halves[1])).first
      else { throw OptionError(option: name, value: item, allowed: ["this = that"]) }
      pairs[one] = other
    }
    return pairs
  }

  private static func flag(_ name: String, _ value: String) throws(OptionError) -> Bool {
    switch value.lowercased() {
    case "yes", "true": return true
    case "no", "false": return false
    default: throw OptionError(option: name, value: value, allowed: ["yes", "no"])
    }
  }

  private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ value: String
  ) throws(OptionError) -> Choice {
    if let choice = Choice(rawValue: value.lowercased()) { return choice }
    let allowed = Choice.allCases.map(\.rawValue)
    throw OptionError(
      option: name, value: value, allowed: allowed,
      suggestion: Suggestion.nearest(to: value, among: allowed))
  }
}

/// An option of a reader that does not exist, or a value that it does not take.
public struct OptionError: Error, Hashable, CustomStringConvertible {
  /// The option's name as given.
  public var option: String
  /// The value as given.
  public var value: String
  /// What would have been allowed.
  public var allowed: [String]
  /// What was probably meant.
  public var suggestion: String?

  /// What is wrong, and what to write instead.
  public var description: String {
    let hint = suggestion.map { "; did you mean '\($0)'?" } ?? ""
    return
      "'\(option): \(value)' is not understood; use one of \(allowed.joined(separator: ", "))\(hint)"
  }
}
