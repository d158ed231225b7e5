internal import Foundation
internal import QDA

/// What is in a transcript or in a folder of them with its subfolders, before anything is written.
struct TranscriptListing: Encodable {
  struct Row: Encodable {
    var file: String
    var format: String?
    var layout: String?
    var confidence: String?
    var speakers: [SpeakerRow]
    var turns: Int
    var words: Int
    /// The words of turns in which not only interviewers speak.
    var participantWords: Int
    var sha256: String
    var timestamps: String?
    var times: TimesRow?
    var metadata: [MetadataField] = []
    /// What may be the ids of those who speak, from header, name and labels.
    var ids: [CarriedID] = []
    var rejected: [LabelCount]
    var diagnostics: [Diagnostic]
    var error: String?
    /// Every turn, where it was asked for.
    var contributions: [TurnRow]?
  }

  /// What the times of a transcript are, all in milliseconds.
  struct TimesRow: Encodable {
    var stamps: Int
    var timedTurns: Int
    var clock: Turn.Clock
    var precision: [TranscriptTime.Precision]
    var first: Int?
    var last: Int?

    init?(_ transcript: Transcript) {
      let stamps = transcript.source.times
      let turns = transcript.source.turns.filter { $0.start != nil || $0.end != nil }
      guard !stamps.isEmpty || !turns.isEmpty else { return nil }
      self.stamps = stamps.count
      timedTurns = turns.count
      clock = stamps.first?.clock ?? turns.first?.clock ?? .media
      precision = TranscriptTime.Precision.allCases.filter { kind in
        stamps.contains { $0.precision == kind }
      }
      first = turns.lazy.compactMap { $0.start ?? $0.end }.first ?? stamps.first?.start
      last = turns.last.flatMap { $0.end ?? $0.start } ?? stamps.last?.start
    }
  }

  struct TurnRow: Encodable {
    var speakers: [String]
    var start: Int?
    var end: Int?
    var clock: Turn.Clock?
    var isUncertain: Bool
    var isInterpolated: Bool
    var continues: Int?
    var stamps: [TranscriptTime]
    var words: String
  }

  struct SpeakerRow: Encodable {
    var label: String
    var role: SpeakerRole
    var turns: Int
    var variants: [LabelCount]
  }

  var schema = "qda.transcripts/1"
  var transcripts: [Row] = []
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var failures: [ReadingError] = []
  /// Links to folders, which are not followed because they may lead back.
  private var links: [String] = []

  /// Whether every turn is listed.
  private let listsTurns: Bool

  private enum CodingKeys: String, CodingKey {
    case schema, transcripts
  }

  init(
    _ options: InputOptions, reading: TranscriptOptions = TranscriptOptions(),
    listsTurns: Bool = false
  ) throws {
    self.listsTurns = listsTurns
    guard Self.isFolder(options.input) else {
      add(try options.bytes(), named: options.name, reading)
      return
    }
    try Self.checkReadable(options.input)
    let names = files(in: options.input)
    let what = "\(options.name): reading file"
    defer { Output.progress(what, names.count, of: names.count) }
    for (position, name) in names.enumerated() {
      Output.progress(what, position, of: names.count)
      do {
        add(try FileReading.bytes(ofFile: options.input + "/" + name), named: name, reading)
      } catch {
        failures.append(error)
      }
    }
  }

  /// The files of a folder and its subfolders, in order, without hidden ones.
  private mutating func files(in folder: String) -> [String] {
    let manager = FileManager.default
    var files: [String] = []
    var waiting = [""]
    while let inside = waiting.popLast() {
      do {
        try Self.checkReadable(inside.isEmpty ? folder : folder + "/" + inside)
      } catch {
        failures.append(.unreadable(file: inside, reason: "the folder may not be read"))
        continue
      }
      let names = (try? manager.contentsOfDirectory(atPath: folder + "/" + inside)) ?? []
      for name in names.sorted() where !name.hasPrefix(".") {
        let file = inside.isEmpty ? name : inside + "/" + name
        let path = folder + "/" + file
        var leadsToFolder = false
        let exists = manager.fileExists(atPath: path, isDirectory: &leadsToFolder)
        if Self.isFolder(path) {
          waiting.append(file)
        } else if leadsToFolder {
          links.append(file)
        } else if !exists, name.unicodeScalars.contains("\u{FFFD}") {
          let reason = "its name is not UTF-8; give it another name"
          failures.append(.unreadable(file: file, reason: reason))
        } else {
          files.append(file)
        }
      }
    }
    return files.sorted()
  }

  /// Refuses a folder whose files nobody can see, rather than say that they are not there.
  static func checkReadable(_ folder: String) throws(ReadingError) {
    let manager = FileManager.default
    guard manager.isReadableFile(atPath: folder), manager.isExecutableFile(atPath: folder) else {
      throw .unreadable(file: folder, reason: "the folder may not be read")
    }
  }

  static func isFolder(_ path: String) -> Bool {
    let kind = (try? FileManager.default.attributesOfItem(atPath: path))?[.type]
    return kind as? FileAttributeType == .typeDirectory
  }

  private mutating func add(_ bytes: [UInt8], named name: String, _ options: TranscriptOptions) {
    var row = Row(
      file: name, speakers: [], turns: 0, words: 0, participantWords: 0,
      sha256: Digest(of: bytes).description,
      rejected: [], diagnostics: [])
    do {
      let reading = try TranscriptReader.read(bytes, name: name, options: options)
      let source = reading.value.source
      row.format = source.rendition.reader
      row.layout = reading.value.layout.layout.rawValue
      row.confidence = reading.value.layout.confidence.rawValue
      row.timestamps = reading.value.layout.timestampPosition?.rawValue
      row.times = TimesRow(reading.value)
      row.metadata = source.metadata
      row.ids = source.carriedIDs
      if listsTurns { row.contributions = Self.turns(of: reading.value) }
      row.rejected = reading.value.layout.rejected
      row.turns = source.turns.count
      var counts = [Int](repeating: 0, count: source.speakers.count)
      for turn in source.turns {
        for speaker in turn.speakers { counts[speaker] += 1 }
      }
      let variants = Dictionary(grouping: reading.value.layout.variants, by: \.label)
      row.speakers = source.speakers.enumerated().map { index, speaker in
        SpeakerRow(
          label: speaker.label, role: speaker.role,
          turns: counts[index],
          variants: (variants[speaker.label] ?? []).map { LabelCount($0.variant, $0.count) })
      }
      for turn in source.turns {
        let count = source.runs(of: turn, in: reading.value.text).reduce(0) { sum, run in
          sum + Self.wordCount(run.map { reading.value.text[$0] }.joined())
        }
        row.words += count
        if !source.isInterviewers(turn) { row.participantWords += count }
      }
      row.diagnostics = reading.diagnostics
      diagnostics += reading.diagnostics
    } catch {
      row.error = error.description
      failures.append(error)
    }
    transcripts.append(row)
  }

  private static func turns(of transcript: Transcript) -> [TurnRow] {
    let source = transcript.source
    let stamps = source.marks.compactMap { mark in
      if case .timestamp(let time) = mark.kind { (mark.span, time) } else { nil }
    }
    var following = 0
    let owned = Dictionary(grouping: stamps) { span, time in
      while following < source.turns.count, source.turns[following].extent?.end ?? 0 <= span.start {
        following += 1
      }
      guard following < source.turns.count else { return source.turns.count - 1 }
      // In a table the times of a turn may stand anywhere in its row.
      let owner = [following, following - 1].first { index in
        guard source.turns.indices.contains(index) else { return false }
        let turn = source.turns[index]
        return time.position == .end && turn.end == time.start
          || time.position == .start && turn.start == time.start
      }
      if let owner { return owner }
      let first = source.turns[following].label ?? source.turns[following].extent
      let isInside = first.map { $0.start <= span.start } ?? false
      return isInside || time.position == .start ? following : following - 1
    }
    return source.turns.enumerated().map { index, turn in
      return TurnRow(
        speakers: turn.speakers.map { source.speakers[$0].label }, start: turn.start,
        end: turn.end, clock: turn.start == nil && turn.end == nil ? nil : turn.clock,
        isUncertain: turn.isUncertain, isInterpolated: turn.isInterpolated,
        continues: source.turn(continuedBy: index, in: transcript.text),
        stamps: (owned[index] ?? []).map(\.1),
        words: source.words(of: turn, in: transcript.text))
    }
  }

  private static func wordCount(_ text: String) -> Int {
    var count = 0
    var isInWord = false
    for scalar in text.unicodeScalars {
      // Most scalars are ASCII, whose properties need not be looked up.
      let isSpace =
        scalar.isASCII
        ? scalar == " " || (0x09...0x0D).contains(scalar.value) : scalar.properties.isWhitespace
      if !isSpace, !isInWord { count += 1 }
      isInWord = !isSpace
    }
    return count
  }

  /// What the readers found besides the table: other spellings of labels, and what was not taken
  /// for one, in lines that begin with the file.
  var remarks: [String] {
    let links = links.map { "\($0): a link to a folder, which is not followed" }
    return transcripts.flatMap { row in
      var remarks: [String] = []
      for speaker in row.speakers where !speaker.variants.isEmpty {
        let spellings = speaker.variants.map { "'\($0.label)' (\($0.count))" }
        remarks.append(
          "\(row.file): \(speaker.label) is also written " + spellings.joined(separator: ", "))
      }
      if !row.rejected.isEmpty, !row.speakers.isEmpty {
        let most = row.rejected.sorted { $0.count > $1.count }.prefix(8)
        let others = row.rejected.count - most.count
        remarks.append(
          "\(row.file): not taken for speakers: "
            + most.map { "'\($0.label)' (\($0.count))" }.joined(separator: ", ")
            + (others > 0 ? " and \(others) more" : ""))
      }
      return remarks
    } + links
  }

  /// The table as people read it, columns aligned by the characters that are seen.
  var table: String {
    var rows = [
      ["file", "format", "layout", "turns", "words", "of participants", "speakers", "doubts"]
    ]
    for row in transcripts {
      let speakers = row.speakers.map { "\($0.label) (\($0.role.rawValue), \($0.turns))" }
      rows.append([
        row.file, row.format ?? "unreadable",
        row.layout.map { "\($0), \(row.confidence ?? "")" } ?? "",
        "\(row.turns)", "\(row.words)", "\(row.participantWords)", speakers.joined(separator: "; "),
        row.error == nil ? "\(row.diagnostics.count)" : "cannot be read",
      ])
    }
    rows = rows.map { $0.map(\.escapingControls) }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        cell + String(repeating: " ", count: max(0, widths[column] - cell.count))
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}
