/// Where in a source a passage is.
public enum Region: Hashable, Sendable, Codable {
  /// All of the source.
  case whole
  /// A range of the text.
  case text(TextSpan)
  /// A stretch of a recording, in milliseconds.
  case time(Range<Int>)
  /// A box on a page, counted from 0, in points from the bottom left of the media box.
  case pdf(page: Int, Box)
  /// A box in a picture, in pixels from its upper left.
  case picture(Box)
  /// What lies between two sync points of a transcript; one that is not named is its end.
  case synced(from: ID<SyncPoint>?, to: ID<SyncPoint>?)
}

/// A rectangle between two corners, in the order in which they were given.
public struct Box: Hashable, Sendable, Codable {
  /// The first corner.
  public var first: Point
  /// The corner across from it.
  public var second: Point

  /// Creates a box.
  public init(first: Point, second: Point) {
    self.first = first
    self.second = second
  }
}

/// An identified region of one source.
///
/// Two passages may have the same region and stay two passages; views group them.
public struct Passage: Identified, Hashable, Codable {
  /// The passage's id.
  public let id: ID<Passage>
  /// The source it is in.
  public var source: ID<Source>
  /// Where it is.
  public var region: Region
  /// The same stretch in the source's other form, such as the box of a PDF's words.
  public var twin: Region?
  /// A name, as other tools give selections.
  public var name: String
  /// What is said of it.
  public var description: String
  /// Who made it and when.
  public var created: Stamp
  /// Who changed it last and when.
  public var modified: Stamp
  /// The words around and in the region, kept from the time when it was last verified.
  ///
  /// `nil` while the text matches its digest: quote, prefix and suffix then follow from the text.
  public var anchor: Anchor?
  /// What became of the region when it was last compared with the text.
  public var verdict: Verdict

  /// Creates a passage.
  public init(
    id: ID<Passage>, source: ID<Source>, region: Region, twin: Region? = nil, name: String = "",
    description: String = "", created: Stamp = Stamp(), modified: Stamp = Stamp(),
    anchor: Anchor? = nil,
    verdict: Verdict = .unchanged
  ) {
    self.id = id
    self.source = source
    self.region = region
    self.twin = twin
    self.name = name
    self.description = description
    self.created = created
    self.modified = modified
    self.anchor = anchor
    self.verdict = verdict
  }

  /// The range of the text, or `nil` for any other region.
  public var span: TextSpan? {
    if case .text(let span) = region { span } else { nil }
  }
}

/// A code given to a passage by a coder.
public struct Coding: Identified, Hashable, Codable {
  /// Whether a coding counts.
  public enum Status: String, Hashable, Sendable, Codable, CaseIterable {
    /// Made or accepted by a person.
    case accepted
    /// Proposed by a machine and not yet decided.
    case proposed
    /// Proposed and rejected by a person.
    case rejected
  }

  /// Where a coding was written down.
  public enum Provenance: String, Hashable, Sendable, Codable, CaseIterable {
    /// In a table of codings or through the library.
    case table
    /// As inline mark-up in the transcript.
    case markup
    /// As a comment in a word processor.
    case comment
    /// In a project of another tool.
    case imported
  }

  /// The coding's id.
  public let id: ID<Coding>
  /// What is coded.
  public var passage: ID<Passage>
  /// The code.
  public var code: ID<Code>
  /// Who coded it and when.
  public var created: Stamp
  /// How strongly the code applies, where the study weighs codings.
  public var weight: Int?
  /// The coder's remark.
  public var comment: String
  /// Where it was written down.
  public var provenance: Provenance
  /// Whether it counts.
  public var status: Status
  /// The id that another tool gives the same coding where it codes the passage's twin region.
  public var twin: ID<Coding>?
  /// Who accepted or rejected it and when, where it was proposed.
  public var decision: Stamp?

  /// Creates a coding.
  public init(
    id: ID<Coding>, passage: ID<Passage>, code: ID<Code>, created: Stamp = Stamp(),
    weight: Int? = nil, comment: String = "", provenance: Provenance = .table,
    status: Status = .accepted, twin: ID<Coding>? = nil, decision: Stamp? = nil
  ) {
    self.id = id
    self.passage = passage
    self.code = code
    self.created = created
    self.weight = weight
    self.comment = comment
    self.provenance = provenance
    self.status = status
    self.twin = twin
    self.decision = decision
  }
}
