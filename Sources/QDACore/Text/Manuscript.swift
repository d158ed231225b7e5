/// A text with headings, lists and tables, as a word processor holds one.
public struct Manuscript: Hashable, Sendable {
  /// A stretch of words set in one way.
  public struct Run: Hashable, Sendable {
    /// The words.
    public var text: String
    /// Whether they are set bold.
    public var isBold: Bool
    /// Whether they are set italic.
    public var isItalic: Bool
    /// The anchor to which they lead, within the text.
    public var link: String?

    /// Creates a run.
    public init(_ text: String, isBold: Bool = false, isItalic: Bool = false, link: String? = nil) {
      self.text = text
      self.isBold = isBold
      self.isItalic = isItalic
      self.link = link
    }
  }

  /// Words that stand together, with an anchor where others lead to them.
  public struct Line: Hashable, Sendable {
    /// The words.
    public var runs: [Run]
    /// The name by which links lead here.
    public var anchor: String?

    /// Creates a line.
    public init(_ runs: [Run], anchor: String? = nil) {
      self.runs = runs
      self.anchor = anchor
    }

    /// The words without their setting.
    public var text: String { runs.map(\.text).joined() }
  }

  /// A part of the text.
  public enum Block: Hashable, Sendable {
    /// A heading with its level, from 1.
    case heading(Int, Line)
    /// A paragraph.
    case paragraph(Line)
    /// An item of a list.
    case item(Line)
    /// A table: its head, then its rows of cells, each with its lines.
    case table(head: [Line], rows: [[[Line]]])
  }

  /// The title.
  public var title: String
  /// The parts in order.
  public var blocks: [Block]

  /// Creates a text.
  public init(title: String, blocks: [Block] = []) {
    self.title = title
    self.blocks = blocks
  }
}
