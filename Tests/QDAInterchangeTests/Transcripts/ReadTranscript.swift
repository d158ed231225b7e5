import QDACore
import QDAInterchange

/// Reads a transcript that a test holds as a string, with options by name as a study gives them.
func readTranscript(
  _ text: String, _ values: [(name: String, value: String)] = [], name: String = "a.txt"
) throws -> Transcript {
  try TranscriptReader.read(
    Array(text.utf8), name: name, options: TranscriptOptions(values)
  ).value
}

/// The turns of a transcript as `Ana: words`, joint speakers joined by `+`.
func turns(_ transcript: Transcript) -> [String] {
  transcript.source.turns.map { turn in
    turn.speakers.map { transcript.source.speakers[$0].label }.joined(separator: "+") + ": "
      + transcript.source.words(of: turn, in: transcript.text)
  }
}

/// The speakers of a transcript as `Ana, participant`.
func cast(_ transcript: Transcript) -> [String] {
  transcript.source.speakers.map { "\($0.label), \($0.role.rawValue)" }
}

/// The identifiers of what is found while a transcript that a test holds as a string is read.
func findings(
  _ text: String, _ values: [(name: String, value: String)] = [], name: String = "a.txt"
) throws -> [String] {
  try TranscriptReader.read(
    Array(text.utf8), name: name, options: TranscriptOptions(values)
  ).diagnostics.map(\.id)
}
