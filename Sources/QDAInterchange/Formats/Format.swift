/// A kind of file, with what this library can do with it.
public struct Format: Hashable, Sendable {
  /// The stable id, as it is written in a study and on the command line.
  public let id: String
  /// What people call it.
  public let name: String
  /// The endings of its files, without the full stop; the first is the usual one.
  public let extensions: [String]
  /// Whether there is a reader.
  public let reads: Bool
  /// Whether there is a writer.
  public let writes: Bool
  /// What is lost in it or left unread, each in a few words.
  public let cannotHold: [String]
  /// What is lost or only shown in it without a sidecar, in the words of the loss report.
  public let lostInWriting: [String]
  /// What to do with a file that cannot be read, as an instruction.
  public let advice: String

  init(
    _ id: String, _ name: String, _ extensions: [String], reads: Bool = false,
    writes: Bool = false, cannotHold: [String] = [], lostInWriting: [String] = [],
    advice: String = ""
  ) {
    self.id = id
    self.name = name
    self.extensions = extensions
    self.reads = reads
    self.writes = writes
    self.cannotHold = cannotHold
    self.lostInWriting = lostInWriting
    self.advice = advice
  }
}

extension Format: CustomStringConvertible {
  /// What people call it.
  public var description: String { name }
}
