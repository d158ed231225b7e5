/// What can be said of a case under a code.
public enum CellState: String, Hashable, Sendable, Codable, CaseIterable {
  /// The cell has a summary.
  case summarised
  /// The topic came up or was open to the participant, and nothing was said of it.
  case nothingSaid = "nothing-said"
  /// The participant was asked and gave no answer.
  case askedNotAnswered = "asked-not-answered"
  /// The participant was not asked.
  case notAsked = "not-asked"
  /// Nobody has charted the cell yet.
  case notCharted = "not-charted"
}

/// A stretch of a summary with the passages that it rests on.
public struct Run: Hashable, Sendable, Codable {
  /// Whose words a stretch is in.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// The participant's own words.
    case verbatim
    /// The analyst's condensation.
    case summary
    /// The analyst's comment.
    case comment
  }

  /// Whose words it is in.
  public var kind: Kind
  /// The words.
  public var text: String
  /// The passages that it rests on.
  public var references: [ID<Passage>]

  /// Creates a stretch.
  public init(_ kind: Kind = .summary, _ text: String, references: [ID<Passage>] = []) {
    self.kind = kind
    self.text = text
    self.references = references
  }
}

/// A cell of the framework matrix: what a case says under a code, condensed and referenced.
///
/// There is one cell for each case and code, whatever charts show it.
public struct Cell: Hashable, Sendable, Codable {
  /// The case and the code that a cell belongs to.
  public struct Key: Hashable, Sendable, Codable, Comparable {
    /// The case.
    public let row: ID<Case>
    /// The code.
    public let column: ID<Code>

    /// Creates a key.
    public init(row: ID<Case>, column: ID<Code>) {
      self.row = row
      self.column = column
    }

    /// Orders keys by case, then by code.
    public static func < (left: Key, right: Key) -> Bool {
      left.row == right.row ? left.column < right.column : left.row < right.row
    }
  }

  /// The case and the code.
  public let key: Key
  /// What can be said.
  public var state: CellState
  /// The summary; empty unless the state is summarised.
  public var runs: [Run]
  /// Who wrote it and when.
  public var author: Stamp
  /// Who checked it and when.
  public var checker: Stamp?
  /// What the summary was written on, where that was recorded.
  public var basis: Basis?
  /// Summaries by other people, or written for other codes, none of them chosen yet.
  public var alternatives: [Alternative]

  /// A summary by somebody else, kept until a person decides.
  public struct Alternative: Hashable, Sendable, Codable {
    /// What its author says of the cell.
    public var state: CellState
    /// The summary.
    public var runs: [Run]
    /// Who wrote it and when.
    public var author: Stamp
    /// The code that it was written for, where that was merged or split since.
    public var code: ID<Code>?
    /// What it was written on, where that was recorded.
    public var basis: Basis?

    /// Creates an alternative.
    public init(
      state: CellState, runs: [Run], author: Stamp, code: ID<Code>? = nil, basis: Basis? = nil
    ) {
      self.state = state
      self.runs = runs
      self.author = author
      self.code = code
      self.basis = basis
    }
  }

  /// Creates a cell.
  public init(
    key: Key, state: CellState, runs: [Run] = [], author: Stamp = Stamp(), checker: Stamp? = nil,
    basis: Basis? = nil, alternatives: [Alternative] = []
  ) {
    self.key = key
    self.state = state
    self.runs = runs
    self.author = author
    self.checker = checker
    self.basis = basis
    self.alternatives = alternatives
  }

  /// The whole summary as plain text.
  public var summary: String { runs.map(\.text).joined() }

  /// Every passage that the summary rests on, each once, in order of first mention.
  public var references: [ID<Passage>] {
    var seen: Set<ID<Passage>> = []
    return runs.flatMap(\.references).filter { seen.insert($0).inserted }
  }
}
