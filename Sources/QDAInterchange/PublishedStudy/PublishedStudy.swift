public import QDACore

/// A published qualitative study as its text tells it: participants, quotations, headings, matrix.
public struct PublishedStudy: Sendable {
  /// The name of the file.
  public var name: String
  /// The text, to which all positions refer.
  public var text: Text
  /// How the text was made from the file.
  public var rendition: Rendition
  /// The participants of all tables of participants, in order.
  public var table: ParticipantTable
  /// The headings in order.
  public var sections: [Section]
  /// The quotations in order.
  public var quotations: [Quotation]
  /// The bullets of the realist matrix that have a text, in order.
  public var elements: [MatrixElement]

  /// A heading and what is below it.
  public struct Section: Hashable, Sendable {
    /// The heading without number or sign.
    public var name: String
    /// The depth, from 1.
    public var depth: Int
    /// The index of the section above, or `nil` at the top.
    public var parent: Int?
    /// Where the heading is.
    public var span: TextSpan
    /// The line of the heading, from 1.
    public var line: Int
  }

  /// Words of a participant.
  public struct Quotation: Hashable, Sendable {
    /// The words, without the id and without quotation marks around all of them.
    public var span: TextSpan
    /// The id that it ends with, in the study's spelling, or `nil` where it has none.
    public var participant: ParticipantLabel?
    /// Whether a row of the table has that id.
    public var isParticipantKnown: Bool
    /// The id with its brackets or dash, as it stands.
    public var attribution: TextSpan?
    /// The number of the block, from 1, or `nil` for words quoted within a sentence.
    public var block: Int?
    /// The index of the section it stands in, or `nil` before the first heading.
    public var section: Int?
    /// The parts in brackets, which are not the participant's words.
    public var editorial: [TextSpan]
    /// The line on which it begins, from 1.
    public var line: Int
  }

  /// A bullet of the realist matrix.
  public struct MatrixElement: Hashable, Sendable {
    /// The short id: the column's letter, the block's letter and a number, as `MF03`.
    public var id: String
    /// The statement.
    public var text: String
    /// The column's role: `context`, `mechanism` or `outcome`.
    public var role: String
    /// The column's part of the role, such as `short-term`.
    public var part: String?
    /// The block, or `nil` for a column that both blocks share.
    public var valence: Configuration.Valence?
    /// Where the statement is.
    public var span: TextSpan
    /// The line on which it begins, from 1.
    public var line: Int
  }
}

extension PublishedStudy {
  /// The names of the headings from the top down to a section.
  public func path(of section: Int) -> [String] {
    var names: [String] = []
    var next: Int? = section
    // A parent comes before its children, so the walk ends.
    while let index = next, sections.indices.contains(index) {
      names.append(sections[index].name)
      next = sections[index].parent
    }
    return names.reversed()
  }

  /// The indices of the sections that hold quotations, in order.
  public var quotedSections: [Int] { Set(quotations.compactMap(\.section)).sorted() }

  /// The participants in the order of the table, or without one those quoted, by number.
  public var labels: [ParticipantLabel] {
    if !table.participants.isEmpty { return table.participants.map(\.label) }
    return Set(quotations.compactMap(\.participant)).sorted {
      ($0.prefix, $0.number) < ($1.prefix, $1.number)
    }
  }

  /// The participants who are quoted, in order.
  public var quoted: [ParticipantLabel] {
    let quoted = Set(quotations.compactMap(\.participant))
    return labels.filter(quoted.contains)
  }

  /// The participants who are never quoted, in order.
  public var neverQuoted: [ParticipantLabel] {
    let quoted = Set(quotations.compactMap(\.participant))
    return labels.filter { !quoted.contains($0) }
  }

  /// The number of blocks of quotations.
  public var blockCount: Int { quotations.compactMap(\.block).max() ?? 0 }

  /// The matrix of participants and the sections that hold quotations: how many cells have one.
  public var filledCells: Int {
    struct Cell: Hashable {
      var participant: ParticipantLabel
      var section: Int
    }
    var cells: Set<Cell> = []
    for quotation in quotations where quotation.isParticipantKnown {
      guard let participant = quotation.participant, let section = quotation.section else {
        continue
      }
      cells.insert(Cell(participant: participant, section: section))
    }
    return cells.count
  }
}
