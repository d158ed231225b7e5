/// What a source is made of; REFI-QDA has an element for each.
public enum Medium: String, Hashable, Sendable, Codable, CaseIterable {
  /// Text.
  case text
  /// A picture, with a description as its text where there is one.
  case picture
  /// A PDF, with a plain-text representation as its text where there is one.
  case pdf
  /// A sound recording; its transcripts are sources of their own.
  case audio
  /// A film; its transcripts are sources of their own.
  case video
}

/// The files that a source or a note of another tool's project is kept in, as that project names them.
public struct SourceFiles: Hashable, Sendable, Codable {
  /// The plain text, such as `internal://GUID.txt`.
  public var plainText: String?
  /// The formatted text, as a rule DOCX.
  public var richText: String?
  /// The picture, PDF or recording.
  public var media: String?
  /// Where the media file was before it was embedded.
  public var original: String?

  /// Creates the names of files, none unless given.
  public init(
    plainText: String? = nil, richText: String? = nil, media: String? = nil,
    original: String? = nil
  ) {
    self.plainText = plainText
    self.richText = richText
    self.media = media
    self.original = original
  }
}

/// What another tool says of the text that stands for a picture or a PDF, apart from the text.
public struct Representation: Identified, Hashable, Codable {
  /// The id of the text.
  public let id: ID<Representation>
  /// Its name.
  public var name: String
  /// What is said of it.
  public var description: String
  /// Who made it and when.
  public var created: Stamp
  /// Who changed it last and when.
  public var modified: Stamp

  /// Creates a representation.
  public init(
    id: ID<Representation>, name: String = "", description: String = "",
    created: Stamp = Stamp(), modified: Stamp = Stamp()
  ) {
    self.id = id
    self.name = name
    self.description = description
    self.created = created
    self.modified = modified
  }
}

/// Where a transcript and its recording meet.
public struct SyncPoint: Identified, Hashable, Codable {
  /// The sync point's id.
  public let id: ID<SyncPoint>
  /// The time in the recording, in milliseconds, if it is known.
  public var time: Int?
  /// The scalar offset in the transcript, if it is known.
  public var position: Int?

  /// Creates a sync point.
  public init(id: ID<SyncPoint>, time: Int? = nil, position: Int? = nil) {
    self.id = id
    self.time = time
    self.position = position
  }
}
