public import QDACore

/// What a reader of another tool's project or report is told beyond the file itself.
public struct ProjectReadingOptions: Sendable {
  /// How positions count, where it is known better than the file's origin tells.
  public var positions: PositionConvention?
  /// The texts of the sources, for reports that only quote from them.
  public var texts: [GivenText]
  /// Which column of a table holds what, by the name of the role, such as `code` or `segment`.
  ///
  /// For tables whose heads are localised or whose layout is the caller's own.
  public var columns: [String: TableColumn]
  /// Which element or attribute of an XML extract holds what, by the name of the role.
  public var elements: [String: String]
  /// The encoding of texts, where the reader would guess wrongly.
  public var encoding: TextEncoding?
  /// What an archive may cost before it is refused.
  public var limits: ArchiveLimits
  /// Whether the texts of sources are read, which verifies every passage, or left until asked for.
  public var readsTexts: Bool
  /// Whether what stands before a break in a damaged file is kept.
  public var salvages: Bool
  /// The name or number of the project to read from a file that holds several.
  public var project: String?

  /// Creates options; without any, everything is decided from the file.
  public init(
    positions: PositionConvention? = nil, texts: [GivenText] = [],
    columns: [String: TableColumn] = [:], elements: [String: String] = [:],
    encoding: TextEncoding? = nil, limits: ArchiveLimits = .project,
    readsTexts: Bool = true, salvages: Bool = false, project: String? = nil
  ) {
    self.positions = positions
    self.texts = texts
    self.columns = columns
    self.elements = elements
    self.encoding = encoding
    self.limits = limits
    self.readsTexts = readsTexts
    self.salvages = salvages
    self.project = project
  }
}

/// The text of a source that is given beside a report.
public struct GivenText: Hashable, Sendable {
  /// The file's name, with or without its ending.
  public var name: String
  /// The text.
  public var text: Text

  /// Creates a given text.
  public init(name: String, text: Text) {
    self.name = name
    self.text = text
  }
}

/// A column of a table, by its head or by its position.
public enum TableColumn: Hashable, Sendable {
  /// The column with this head, capitals and space around it ignored.
  case head(String)
  /// The column at this position, from 1.
  case position(Int)
}
