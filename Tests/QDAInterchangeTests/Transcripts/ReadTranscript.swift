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
