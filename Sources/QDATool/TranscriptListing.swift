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
    var sha256: String
    var timestamps: String?
    var metadata: [MetadataField] = []
    var rejected: [LabelCount]
    var diagnostics: [Diagnostic]
    var error: String?
  }

  struct SpeakerRow: Encodable {
    var label: String
    var role: SpeakerRole
    var turns: Int
    var variants: [String]
  }

  var schema = "qda.transcripts/1"
  var transcripts: [Row] = []
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var failures: [ReadingError] = []

  private enum CodingKeys: String, CodingKey {
    case schema, transcripts
  }

  init(_ options: InputOptions, reading: TranscriptOptions = TranscriptOptions()) throws {
    guard Self.isFolder(options.input) else {
      add(try options.bytes(), named: options.name, reading)
      return
    }
    try Self.checkReadable(options.input)
    let names = try FileManager.default.subpathsOfDirectory(atPath: options.input).sorted()
    for name in names where !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
      let path = options.input + "/" + name
      if Self.isFolder(path) { continue }
      do {
        add(try FileReading.bytes(ofFile: path), named: name, reading)
      } catch {
        failures.append(error)
      }
    }
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
      file: name, speakers: [], turns: 0, words: 0, sha256: Digest(of: bytes).description,
      rejected: [], diagnostics: [])
    do {
      let reading = try TranscriptReader.read(bytes, name: name, options: options)
      let source = reading.value.source
      row.format = source.rendition.reader
      row.layout = reading.value.layout.layout.rawValue
      row.confidence = reading.value.layout.confidence.rawValue
      row.timestamps = reading.value.layout.timestampPosition?.rawValue
      row.metadata = source.metadata
      row.rejected = reading.value.layout.rejected
      row.turns = source.turns.count
      row.speakers = source.speakers.enumerated().map { index, speaker in
        SpeakerRow(
          label: speaker.label, role: speaker.role,
          turns: source.turns.count { $0.speakers.contains(index) }, variants: speaker.variants)
      }
      row.words = source.turns.flatMap(\.ranges).reduce(0) {
        $0 + Self.wordCount(reading.value.text[$1])
      }
      row.diagnostics = reading.diagnostics
      diagnostics += reading.diagnostics
    } catch {
      row.error = error.description
      failures.append(error)
    }
    transcripts.append(row)
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

  /// The table as people read it, columns aligned by the characters that are seen.
  var table: String {
    var rows = [["file", "format", "layout", "turns", "words", "speakers", "doubts"]]
    for row in transcripts {
      let speakers = row.speakers.map { "\($0.label) (\($0.role.rawValue), \($0.turns))" }
      rows.append([
        row.file, row.format ?? "unreadable",
        row.layout.map { "\($0), \(row.confidence ?? "")" } ?? "",
        "\(row.turns)", "\(row.words)", speakers.joined(separator: "; "),
        row.error == nil ? "\(row.diagnostics.count)" : "cannot be read",
      ])
    }
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
