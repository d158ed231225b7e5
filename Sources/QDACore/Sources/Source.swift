/// A document: immutable text with its structure as spans over it.
///
/// The text itself comes from the project's ``TextStore``, so that a project can be opened without
/// reading every interview. Nothing in the text is folded, trimmed or unwrapped: labels, stamps,
/// page furniture and inline marks are ``marks`` over it, and cleaned views are computed.
public struct Source: Identified, Hashable, Codable {
  /// The source's id.
  public let id: ID<Source>
  /// The name, as a rule the file's name.
  public var name: String
  /// What sort of document it is.
  public var kind: SourceKind
  /// What it is made of.
  public var medium: Medium
  /// What is said of it.
  public var description: String
  /// Who brought it in and when.
  public var created: Stamp
  /// Who changed it last and when.
  public var modified: Stamp
  /// How the text was made from the file.
  public var rendition: Rendition
  /// The paragraphs in order, without their line ends.
  public var paragraphs: [TextSpan]
  /// The contributions of the speakers in the order of the text.
  public var turns: [Turn]
  /// The speakers in order of first appearance.
  public var speakers: [Speaker]
  /// Typed stretches that are not speech, ordered by position.
  public var marks: [Mark]
  /// What the document says of itself before the talk begins, in its order.
  public var metadata: [MetadataField]
  /// Attribute values of the document itself.
  public var values: Values
  /// The recording that this transcribes, if that is a source of the project.
  public var recording: ID<Source>?
  /// Where the transcript and its recording meet, in the order given.
  public var syncPoints: [SyncPoint]
  /// The files that another tool keeps it in.
  public var files: SourceFiles
  /// What another tool says of the text that stands for a picture or a PDF.
  public var representation: Representation?

  /// Creates a source.
  public init(
    id: ID<Source>, name: String, kind: SourceKind = .transcript, medium: Medium = .text,
    description: String = "", created: Stamp = Stamp(), modified: Stamp = Stamp(),
    rendition: Rendition = Rendition(), paragraphs: [TextSpan] = [], turns: [Turn] = [],
    speakers: [Speaker] = [], marks: [Mark] = [], metadata: [MetadataField] = [],
    values: Values = [:], recording: ID<Source>? = nil, syncPoints: [SyncPoint] = [],
    files: SourceFiles = SourceFiles(), representation: Representation? = nil
  ) {
    self.id = id
    self.name = name
    self.kind = kind
    self.medium = medium
    self.description = description
    self.created = created
    self.modified = modified
    self.rendition = rendition
    self.paragraphs = paragraphs
    self.turns = turns
    self.speakers = speakers
    self.marks = marks
    self.metadata = metadata
    self.values = values
    self.recording = recording
    self.syncPoints = syncPoints
    self.files = files
    self.representation = representation
  }

  /// The times that are written in the text, in its order.
  public var times: [TranscriptTime] {
    marks.compactMap { mark in
      if case .timestamp(let time) = mark.kind { time } else { nil }
    }
  }

  /// The turn whose words contain or overlap a span first, or `nil`.
  public func turn(containing span: TextSpan) -> Turn? {
    turns.first { turn in
      turn.ranges.contains { $0.overlaps(span) || (span.isEmpty && $0.embeds(span)) }
    }
  }

  /// Whether only interviewers speak in a turn; nobody does in one without speakers.
  public func isInterviewers(_ turn: Turn) -> Bool {
    !turn.speakers.isEmpty
      && turn.speakers.allSatisfy {
        speakers.indices.contains($0) && speakers[$0].role == .interviewer
      }
  }
}

/// What sort of document a source is.
public enum SourceKind: String, Hashable, Sendable, Codable, CaseIterable {
  /// A transcript of an interview or a group.
  case transcript
  /// Notes from the field.
  case fieldNotes = "field-notes"
  /// A researcher's memo.
  case memo
  /// Minutes of a meeting.
  case minutes
  /// A published or internal document.
  case document
}

/// How a source's text was made from its file, recorded so that a change is noticed.
public struct Rendition: Hashable, Sendable, Codable {
  /// The id of the format whose reader made the text, such as `docx`.
  public var reader: String
  /// The reader's version, which rises when the text that it makes changes.
  public var version: Int
  /// The text encoding, such as `utf-8`, or `nil` where the format has none to choose.
  public var encoding: String?
  /// The line end most used in the file.
  public var lineEnd: LineEnd
  /// Whether the file began with a byte-order mark, which is not part of the text.
  public var hadByteOrderMark: Bool
  /// The options that the reader was given, by name.
  public var options: [String: String]
  /// The digest of the file's bytes.
  public var file: Digest?
  /// The digest of the text's UTF-8.
  public var text: Digest?

  /// Creates a record of how a text was made.
  public init(
    reader: String = "memory", version: Int = 1, encoding: String? = nil, lineEnd: LineEnd = .lf,
    hadByteOrderMark: Bool = false, options: [String: String] = [:], file: Digest? = nil,
    text: Digest? = nil
  ) {
    self.reader = reader
    self.version = version
    self.encoding = encoding
    self.lineEnd = lineEnd
    self.hadByteOrderMark = hadByteOrderMark
    self.options = options
    self.file = file
    self.text = text
  }
}

/// How lines end in a file; in the text they always end in `\n`.
public enum LineEnd: String, Hashable, Sendable, Codable, CaseIterable {
  /// `\n`.
  case lf
  /// `\r\n`.
  case crlf
  /// `\r`.
  case cr
  /// More than one kind.
  case mixed
}

/// A field of a document's header, such as `Date: 4 March 2026`.
public struct MetadataField: Hashable, Sendable, Codable {
  /// The name as written.
  public var name: String
  /// The value as written.
  public var value: String

  /// Creates a field.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// A stretch of the text that is structure rather than anybody's words.
public struct Mark: Hashable, Sendable, Codable {
  /// What a mark is.
  public enum Kind: Hashable, Sendable, Codable {
    /// A speaker's label with its separator.
    case label
    /// A time, with what it means.
    case timestamp(TranscriptTime)
    /// A line or paragraph number.
    case number
    /// A page's header, footer or number.
    case furniture
    /// A heading.
    case heading
    /// Header matter before the first turn.
    case header
    /// A trailer after the last turn.
    case trailer
    /// A stage direction or sound that belongs to nobody.
    case event
    /// A transcriber's sign inside the words, which stays a part of them.
    case notation(Notation)
    /// A tag of inline mark-up.
    case markup
    /// A hyperlink with its target.
    case link(String)
    /// A comment or note that somebody attached.
    indirect case annotation(Annotation)
    /// A tracked insertion by a named author.
    case insertion(String?)
  }

  /// A comment in a word processor's document.
  public struct Annotation: Hashable, Sendable, Codable {
    /// The comment's id in the file.
    public var id: String
    /// Who wrote it.
    public var author: String?
    /// When, as the file says.
    public var date: String?
    /// What it says; paragraphs are separated by `\n`.
    public var text: String
    /// The id of the comment that this one answers.
    public var parent: String?
    /// Whether it was marked as resolved.
    public var isResolved: Bool

    /// Creates an annotation.
    public init(
      id: String, author: String? = nil, date: String? = nil, text: String, parent: String? = nil,
      isResolved: Bool = false
    ) {
      self.id = id
      self.author = author
      self.date = date
      self.text = text
      self.parent = parent
      self.isResolved = isResolved
    }
  }

  /// What it is.
  public var kind: Kind
  /// Where it is.
  public var span: TextSpan

  /// Creates a mark.
  public init(_ kind: Kind, _ span: TextSpan) {
    self.kind = kind
    self.span = span
  }

  /// Whether the stretch is part of nobody's words, and so is left out of quotes and counts.
  public var hidesText: Bool {
    switch kind {
    case .link, .annotation, .insertion, .event, .notation: false
    default: true
    }
  }
}
