import Foundation
import QDA

/// Reads real transcripts and shows what was found beside what a person found.
enum TranscriptSamples {
  private struct Samples: Decodable {
    var transcripts: [Sample]
  }

  private struct Sample: Decodable {
    var path: String
    var family: String
    var speakers: [String: Int]
    var turns: Int
    var note: String?
    var miss: String?
  }

  private struct Manifest: Decodable {
    struct File: Decodable {
      var path: String
      var expectedTurns: Int?
    }
    var files: [File]
  }

  /// Prints the table; `FOLDER` holds the samples, `FACTS` says what a person found in them.
  static func run(_ arguments: [String]) throws {
    guard arguments.count == 2 else {
      print("transcripts --samples takes the folder of the samples and the file of the facts")
      return
    }
    let facts = try JSONDecoder().decode(
      Samples.self, from: Data(contentsOf: URL(filePath: arguments[1])))
    let manifest = try? JSONDecoder().decode(
      Manifest.self, from: Data(contentsOf: URL(filePath: arguments[0] + "/manifest.json")))
    var listed: [String: Int] = [:]
    for file in manifest?.files ?? [] { listed[file.path] = file.expectedTurns }

    var exactSpeakers = 0
    var exactTurns = 0
    var rows = [["file", "family", "speakers", "turns", "by hand", "manifest"]]
    var notes: [String] = []
    for sample in facts.transcripts {
      let bytes = try FileReading.bytes(ofFile: arguments[0] + "/" + sample.path)
      let name = URL(filePath: sample.path).lastPathComponent
      let source = try TranscriptReader.read(bytes, name: name).value.source
      let areSame = Set(source.speakers.map(\.label)) == Set(sample.speakers.keys)
      if areSame { exactSpeakers += 1 }
      if source.turns.count == sample.turns { exactTurns += 1 }
      rows.append([
        String(name.prefix(44)), sample.family,
        "\(source.speakers.count)" + (areSame ? "" : " of \(sample.speakers.count), other names"),
        "\(source.turns.count)", "\(sample.turns)",
        listed[sample.path].map(String.init) ?? "",
      ])
      if let note = sample.note { notes.append("\(name): \(note)") }
      if let miss = sample.miss { notes.append("\(name): missed: \(miss)") }
    }
    print(Columns.aligned(rows))
    let count = facts.transcripts.count
    print("speakers exact in \(exactSpeakers) of \(count), turns in \(exactTurns) of \(count)")
    for note in notes { print(note) }
  }
}

/// Lays out tables for a terminal.
enum Columns {
  static func aligned(_ rows: [[String]]) -> String {
    guard let first = rows.first else { return "" }
    let widths = first.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        .joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
