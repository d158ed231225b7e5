public import QDACore

extension PublishedStudy {
  /// What `qda import FILE --as published-study --json` writes; field names are part of the schema.
  public struct Document: Encodable, Sendable {
    /// The name and version of this form.
    public var schema = "qda.published-study/1"
    /// The file.
    public var source: SourceEntry
    /// The participants in the order of the table.
    public var participants: [ParticipantEntry]
    /// The roles with their definitions and who has them.
    public var roleCounts: RoleCounts
    /// The age bands in order, an open one last.
    public var ageBands: [String]
    /// All headings in order.
    public var sections: [SectionEntry]
    /// The headings that lead to quotations, as a numbered hierarchy.
    public var codes: [CodeEntry]
    /// The quotations in order.
    public var quotations: [QuotationEntry]
    /// The number of blocks that the quotations stand in.
    public var blocks: Int
    /// The participants who are quoted.
    public var quoted: [String]
    /// The participants who are never quoted.
    public var neverQuoted: [String]
    /// Participants × sections that hold quotations.
    public var matrix: MatrixEntry
    /// The bullets of the realist matrix.
    public var elements: [ElementEntry]
    /// What was noticed.
    public var diagnostics: [Diagnostic]
  }
}

extension PublishedStudy.Document {
  /// The file that was read.
  public struct SourceEntry: Encodable, Sendable {
    /// The file's name.
    public var name: String
    /// The digest of the file's bytes, else of the text.
    public var sha256: String
    /// The number of scalars of the text.
    public var scalars: Int
  }

  /// A participant.
  public struct ParticipantEntry: Encodable, Sendable {
    /// The id in the study's plain spelling.
    public var id: String
    /// The id as the row has it.
    public var raw: String
    /// The organisation.
    @Nullable public var organisation: String?
    /// The roles, in the order of the footnotes.
    public var roles: [String]
    /// The gender as written.
    @Nullable public var gender: String?
    /// The age band.
    @Nullable public var ageBand: AgeEntry?
    /// What other columns say, by their heads.
    public var other: [String: String]
    /// The line of the row.
    public var line: Int
  }

  /// An age band.
  public struct AgeEntry: Encodable, Sendable {
    /// The cell as written.
    public var raw: String
    /// The lowest age, or null where the cell cannot be used.
    @Nullable public var lower: Int?
    /// The highest age, or null where the band is open or cannot be used.
    @Nullable public var upper: Int?
    /// Whether the band has no highest age.
    public var open: Bool
    /// Whether the cell is a band whose ends are in order.
    public var valid: Bool
  }

  /// Who has which roles.
  public struct RoleCounts: Encodable, Sendable {
    /// Each role.
    public var roles: [RoleEntry]
    /// The participants with more than one role.
    public var several: Group
    /// The participants without a role.
    public var none: Group
    /// The number of participants that the counts are out of.
    public var of: Int
  }

  /// A role.
  public struct RoleEntry: Encodable, Sendable {
    /// The role.
    public var role: String
    /// What the footnote says of it.
    public var definition: String
    /// How many participants have it.
    public var count: Int
    /// Who has it.
    public var participants: [String]
  }

  /// Some participants.
  public struct Group: Encodable, Sendable {
    /// How many they are.
    public var count: Int
    /// Who they are.
    public var participants: [String]

    init(_ participants: [String]) {
      count = participants.count
      self.participants = participants
    }
  }

  /// A heading.
  public struct SectionEntry: Encodable, Sendable {
    /// The names from the top down.
    public var path: [String]
    /// The depth, from 1.
    public var depth: Int
    /// The line of the heading.
    public var line: Int
    /// The number of quotations directly in it.
    public var quotations: Int
  }

  /// A heading as a code.
  public struct CodeEntry: Encodable, Sendable {
    /// Its number in the hierarchy.
    public var number: String
    /// Its name.
    public var name: String
    /// The names from the top down.
    public var path: [String]
    /// The number of the code above it.
    @Nullable public var parent: String?
    /// Whether quotations stand directly in it.
    public var codable: Bool
    /// The number of quotations directly in it.
    public var quotations: Int
  }

  /// A stretch of the text, half-open, in three units.
  public struct Position: Encodable, Sendable {
    /// Unicode scalars.
    public var scalars: [Int]
    /// Bytes of UTF-8.
    public var utf8: [Int]
    /// Code units of UTF-16.
    public var utf16: [Int]

    init(_ span: TextSpan, in text: Text) {
      let (start, end) = (Int(span.start), Int(span.end))
      scalars = [start, end]
      utf8 = [text.utf8Offset(ofScalar: start), text.utf8Offset(ofScalar: end)]
      utf16 = [text.utf16Offset(ofScalar: start), text.utf16Offset(ofScalar: end)]
    }
  }

  /// A quotation.
  public struct QuotationEntry: Encodable, Sendable {
    /// `Q01` and so on, in the order of the text.
    public var id: String
    /// The participant, in the study's plain spelling, or null.
    @Nullable public var participant: String?
    /// Whether a row of the table has that id.
    public var participantKnown: Bool
    /// The id with its brackets or dash, as it stands, or null.
    @Nullable public var attribution: String?
    /// The words as they stand.
    public var text: String
    /// The block, from 1, or null for words quoted within a sentence.
    @Nullable public var block: Int?
    /// The headings from the top down.
    public var section: [String]
    /// The line on which it begins.
    public var line: Int
    /// Where the words are.
    public var position: Position
    /// The parts that are not the participant's words.
    public var editorial: [EditorialEntry]
  }

  /// An editorial insertion.
  public struct EditorialEntry: Encodable, Sendable {
    /// The insertion with its brackets.
    public var text: String
    /// Where it is.
    public var position: Position
  }

  /// The matrix of participants and sections.
  public struct MatrixEntry: Encodable, Sendable {
    /// The participants, in order.
    public var rows: [String]
    /// The numbers of the codes that hold quotations, in order.
    public var columns: [String]
    /// The number of cells.
    public var cells: Int
    /// The number of cells with a quotation.
    public var filled: Int
    /// The cells with quotations, row by row.
    public var entries: [CellEntry]
  }

  /// A filled cell.
  public struct CellEntry: Encodable, Sendable {
    /// The participant.
    public var participant: String
    /// The number of the code.
    public var code: String
    /// The ids of the quotations.
    public var quotations: [String]
  }

  /// A bullet of the realist matrix.
  public struct ElementEntry: Encodable, Sendable {
    /// The short id, such as `MF03`.
    public var id: String
    /// The statement.
    public var text: String
    /// The role of its column.
    public var role: String
    /// The part of the role, or null.
    @Nullable public var part: String?
    /// The block, or null for a column that both share.
    @Nullable public var valence: String?
    /// The line on which it begins.
    public var line: Int
    /// Where the statement is.
    public var position: Position
  }

  /// A value that is written as `null` where there is none, so that every record has every field.
  @propertyWrapper
  public struct Nullable<Value: Encodable & Sendable>: Encodable, Sendable {
    /// The value.
    public var wrappedValue: Value?

    /// Creates a field.
    public init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

    /// Writes the value or `null`.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      if let wrappedValue {
        try container.encode(wrappedValue)
      } else {
        try container.encodeNil()
      }
    }
  }
}
