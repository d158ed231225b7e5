internal import QDACore

/// Charts as they leave a study to be edited elsewhere, and come back.
///
/// Each cell is one text: a summary in the notation of the study folder, whose marks number the quotes
/// of the book, or a state in parentheses. Every cell remembers what it said when it went out.
public struct ChartBook: Hashable, Sendable {
  /// A theme with its cells.
  public struct Sheet: Hashable, Sendable {
    /// The theme's number and name.
    public var title: String
    /// The subthemes.
    public var columns: [Column]
    /// The cases.
    public var rows: [Row]
  }

  /// A subtheme.
  public struct Column: Hashable, Sendable {
    /// The code's key.
    public var code: String
    /// What stands at the head: number and name, the same for no two columns of a book.
    public var title: String
  }

  /// A case with its cells, one for each column.
  public struct Row: Hashable, Sendable {
    /// The case's key.
    public var key: String
    /// Its name.
    public var name: String
    /// Its roles, for reading only.
    public var roles: String
    /// The cells.
    public var cells: [Cell]
  }

  /// A cell as text.
  public struct Cell: Hashable, Sendable {
    /// The summary or the state.
    public var text: String
    /// The numbers of the quotes on which it rests, in order of mention.
    public var quotes: [Int]
    /// Whether it is a state rather than a summary.
    public var isState: Bool
  }

  /// A quote that cells refer to by number.
  public struct Quote: Hashable, Sendable {
    /// Its number, from 1.
    public var number: Int
    /// The key of the passage, or of a coding on it.
    public var key: String
    /// The keys of the cases whose words it is.
    public var cases: String
    /// The source's name with the line on which it begins.
    public var place: String
    /// The codes under which it stands.
    public var codes: String
    /// The words.
    public var words: String
  }

  /// A summary by somebody else beside the one that the sheet shows; for reading only.
  public struct Alternative: Hashable, Sendable {
    /// The case's key.
    public var row: String
    /// The code's key.
    public var code: String
    /// Who wrote it.
    public var author: String
    /// What it says.
    public var text: String
  }

  /// The study's key.
  public var study: String
  /// The study's title.
  public var title: String
  /// One for each theme.
  public var sheets: [Sheet]
  /// Every passage that cells may refer to.
  public var quotes: [Quote]
  /// What else was written for some cells.
  public var alternatives: [Alternative]

  /// The name and version of the form, which every file says.
  public static let form = "qda.charts/1"
}

extension ChartBook {
  /// A text as it is compared: a spreadsheet may change line ends and white space at the ends.
  static func normal(_ text: String) -> String {
    var lines: [Substring] = []
    for line in text.replacing("\r\n", with: "\n").split(
      separator: "\n", omittingEmptySubsequences: false)
    {
      var line = line
      while line.last?.isWhitespace == true { line.removeLast() }
      lines.append(line)
    }
    return lines.joined(separator: "\n").trimmed
  }

  /// What tells that a text was changed, where the text itself is not kept.
  static func seal(_ text: String) -> String {
    String(Digest(of: normal(text)).description.prefix(16))
  }
}
