internal import QDACore

/// A transcript of a study folder: its file and what a reader made of it.
struct StudyTranscript: Sendable {
  /// What the study says about the file.
  struct Settings: Hashable, Sendable {
    var options = TranscriptOptions()
    var kind: SourceKind?
    /// The key of the coder who made the inline mark-up.
    var coder: String?
    var guid: ID<Source>?
    var hasMarkup = false
  }

  /// The file's name.
  let name: String
  /// The SHA-256 of the file.
  let digest: Digest
  /// The source and its text before anything in the study was applied to them, or why there is none.
  let reading: Result<Reading<Transcript>, ReadingError>
  /// What is to be written, for a transcript that is not on disk yet.
  var bytes: [UInt8]?

  /// The file's name without its ending, which is the key of the source.
  static func stem(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }
}
