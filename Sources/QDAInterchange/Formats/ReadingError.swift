/// Why nothing usable could be read.
@nonexhaustive
public enum ReadingError: Error, Hashable, Sendable {
  /// There is no such file, or it may not be read.
  case unreadable(file: String, reason: String)
  /// The bytes are not text.
  case notText(file: String, reason: String)
  /// The content is of another format than the one asked for.
  case looksLike(file: String, format: String)
  /// The content is of a known format that has no reader.
  case noReader(file: String, format: String, advice: String)
  /// The container is damaged or cut off.
  case corruptArchive(file: String, reason: String)
  /// The file is protected by a password.
  case encrypted(file: String)
  /// A part that the format demands is missing.
  case missingPart(file: String, part: String)
  /// An XML part declares a document type, which is refused.
  case dtdNotAllowed(file: String, part: String)
  /// The content is larger than the limit.
  case tooLarge(file: String, part: String, limit: Int)
  /// The content breaks the rules of its format.
  case malformed(file: String, line: Int, column: Int, reason: String)
}

extension ReadingError: CustomStringConvertible {
  /// What is wrong, and what to do next.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason): "\(file): error: cannot be read: \(reason)"
    case .notText(let file, let reason):
      "\(file): error: this is not text (\(reason)); name a transcript or save it as plain text"
    case .looksLike(let file, let format):
      "\(file): error: the content is \(format); rename the file so that its ending says so"
    case .noReader(let file, let format, let advice):
      "\(file): error: \(format) files cannot be read; \(advice)"
    case .corruptArchive(let file, let reason):
      "\(file): error: the file is damaged or cut off (\(reason)); fetch it again or open and save it"
    case .encrypted(let file):
      "\(file): error: the file is encrypted; remove the password and save it again"
    case .missingPart(let file, "project.qde"):
      "\(file): error: the part 'project.qde' is missing; export the project as REFI-QDA again"
    case .missingPart(let file, let part):
      "\(file): error: the part '\(part)' is missing; open the document and save it again"
    case .dtdNotAllowed(let file, let part):
      "\(file): error: the part '\(part)' declares a document type, which is refused for safety; "
        + "open the document and save it again"
    case .tooLarge(let file, let part, let limit):
      "\(file): error: the part '\(part)' unfolds to more than \(limit) bytes, far more than such "
        + "a file holds; if you trust it, open it and save it again"
    case .malformed(let file, let line, let column, let reason):
      "\(file):\(line):\(column): error: \(reason)"
    }
  }
}
