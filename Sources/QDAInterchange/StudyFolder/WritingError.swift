/// Why a study folder could not be written.
@nonexhaustive
public enum WritingError: Error, Hashable, Sendable {
  /// The system refuses to write a file.
  case unwritable(file: String, reason: String)
  /// The folder holds another study.
  case otherStudy(folder: String, id: String)
  /// The folder is there and cannot be read, so that nothing can be replaced in it.
  case unreadable(ReadingError)
  /// A file was changed by somebody else since the folder was read.
  case changedSinceReading(file: String)
  /// A file that was never read is where one is to be written.
  case inTheWay(file: String)
  /// A transcript is neither in the folder that is written to nor in memory.
  case transcriptNotHeld(file: String)
  /// A codebook is to be written, and the project has no codes.
  case noCodes(file: String)
}

extension WritingError: CustomStringConvertible {
  /// What is wrong, and what to do next.
  public var description: String {
    switch self {
    case .unwritable(let file, let reason):
      "\(file): error: cannot be written: \(reason)"
    case .otherStudy(let folder, let id):
      "\(folder): error: the folder holds another study (\(id)); write to an empty folder"
    case .unreadable(let error): error.description
    case .changedSinceReading(let file):
      "\(file): error: somebody changed the file since it was read; read the folder again"
    case .inTheWay(let file):
      "\(file): error: there is such a file already, which is no part of the study; move it away"
    case .transcriptNotHeld(let file):
      "\(file): error: the transcript is in neither folder; copy it there first"
    case .noCodes(let file):
      "\(file): error: there are no codes, without which a .qdc cannot be; write a .qdpx"
    }
  }
}
