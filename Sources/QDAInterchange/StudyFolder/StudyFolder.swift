public import QDACore

/// A study as people keep it: a folder of plain text, read into a project.
///
/// The folder remembers its files as they were read, so that writing a changed project touches only
/// the records that changed. `Documentation/StudyFolder.md` describes the layout.
public struct StudyFolder: Sendable {
  /// The study.
  public internal(set) var project: Project
  /// The files by their path in the folder, transcripts left out.
  var files: [String: [UInt8]]
  /// The transcripts by file name.
  var transcripts: [String: StudyTranscript]
  var keys: StudyKeys
  var settings: StudySettings
  /// Where each record of a table was read: the file and the number of the record in it.
  var homes: [RecordKey: RecordHome]
  /// Where each object is written, for findings.
  var spots: [Reference: Spot]
  var noteFiles: [ID<Note>: String]
  /// What the files alone say, where it differs from the project.
  var layoutProject: Project?
  /// The files on disk as they were read, so that nobody's later edit is overwritten.
  var original: [String: Digest] = [:]

  /// The key by which the files refer to an object.
  public func key<Object: StudyKeyed>(of id: ID<Object>) -> String { keys.key(of: id) }

  /// The id that follows from a key of one's choice, for a new object.
  public func newID<Object: StudyKeyed>(for key: String, of type: Object.Type) -> ID<Object> {
    keys.derived(key)
  }

  /// Whether a text can be a key: letters, digits, `-`, `_` and `.`, at most 40, no full stop first.
  public static func isKey(_ text: String) -> Bool { !text.isEmpty && StudyNaming.isKey(text) }

  /// Lets a new object go by a key of one's choice, where that is free and can be one.
  public mutating func reserve<Object: StudyKeyed>(_ key: String, for id: ID<Object>) {
    if StudyNaming.isKey(key) { _ = keys.enter(key, for: id) }
  }

  /// The object that a key or a GUID in a file means, if the study has it.
  public func id<Object: StudyKeyed>(for key: String, of type: Object.Type) -> ID<Object>? {
    keys.id(for: key, type)
  }
}

/// What makes a record of a table the same record after a change.
enum RecordKey: Hashable, Sendable {
  case participant(ID<Case>)
  case coding(ID<Coding>)
  case reading(ID<ReadingRecord>)
  case cell(Cell.Key, by: ID<Coder>?, from: ID<Code>?)
}

/// Where a record of a table stands.
struct RecordHome: Hashable, Sendable {
  var file: String
  var record: Int
}

/// What `study.yaml` says that is not part of the project.
struct StudySettings: Sendable {
  var interviewers: [String] = []
  var hasMarkup = false
  var commentsAreCodes = false
  var digests: [String: Digest] = [:]
  var digestSpots: [String: Spot] = [:]
  var recordsDigests = false
  /// The digest of the last line of each file of `history/`, by the file's name.
  var heads: [String: Digest] = [:]
  var transcripts: [String: StudyTranscript.Settings] = [:]
}
