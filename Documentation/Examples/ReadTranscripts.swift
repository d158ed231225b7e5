// Reads a folder of transcripts and prints who speaks in each, and how often.
//
//   qda script Documentation/Examples/ReadTranscripts.swift Fixtures/LinkWorkers/transcripts

import Foundation
import QDA

guard CommandLine.arguments.count == 2 else {
  print("usage: ReadTranscripts.swift FOLDER")
  exit(64)
}
let folder = CommandLine.arguments[1]

for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
  let bytes = Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
  let reading = try TranscriptReader.read(bytes, name: name)
  let source = reading.value.source
  let speakers = source.speakers.enumerated().map { index, speaker in
    "\(speaker.label) \(source.turns.count { $0.speakers.contains(index) })"
  }
  print("\(name): \(source.turns.count) turns; \(speakers.joined(separator: ", "))")
  for doubt in reading.diagnostics where doubt.severity > .note { print("  \(doubt.summary)") }
}
