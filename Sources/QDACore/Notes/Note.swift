/// Something an analyst wrote down: a memo, an annotation, a familiarisation note, a journal entry.
public struct Note: Identified, Hashable, Codable {
  /// What sort of note it is.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// A thought about the material.
    case memo
    /// A remark on one passage or object.
    case annotation
    /// What struck the reader on first reading a case.
    case familiarisation
    /// An entry of the study's journal: what was done or decided.
    case journal
  }

  /// The note's id.
  public let id: ID<Note>
  /// What sort of note it is.
  public var kind: Kind
  /// The title.
  public var title: String
  /// What it says, in Markdown.
  public var body: String
  /// What it is about, in order.
  public var about: [Reference]
  /// Who wrote it and when.
  public var stamp: Stamp
  /// Who changed it last and when.
  public var modified: Stamp
  /// What is said of it, apart from what it says.
  public var description: String
  /// The files that another tool keeps it in.
  public var files: SourceFiles

  /// Creates a note.
  public init(
    id: ID<Note>, kind: Kind = .memo, title: String = "", body: String, about: [Reference] = [],
    stamp: Stamp = Stamp(), modified: Stamp = Stamp(), description: String = "",
    files: SourceFiles = SourceFiles()
  ) {
    self.id = id
    self.kind = kind
    self.title = title
    self.body = body
    self.about = about
    self.stamp = stamp
    self.modified = modified
    self.description = description
    self.files = files
  }
}
