internal import QDACore

extension StudyReport {
  /// What mapping and interpretation found, and where it shows to look.
  public struct Mapping: Hashable, Sendable, Codable {
    /// The range and nature of what is said, for each column that was taken apart.
    public var columns: [RangeTable]
    /// The typologies.
    public var typologies: [TypologyEntry]
    /// The explanations.
    public var explanations: [ExplanationEntry]
    /// How what is said goes together with each attribute by which participants can be compared.
    public var associations: [AssociationTable]
    /// The codes whose codings overlap most often.
    public var together: [TogetherEntry]
    /// How many pairs of codes overlap and are not listed.
    public var togetherLeftOut: Int
    /// How soon participants bring no new codes; `nil` where nothing is coded.
    public var saturation: SaturationEntry?
  }

  /// The range and nature of what is said in a column.
  public struct RangeTable: Hashable, Sendable, Codable {
    /// The column's key.
    public var code: String
    /// Categories, dimensions and elements, each tree from its top.
    public var lines: [RangeLine]
    /// How many cells of the column have a summary.
    public var summarised: Int
    /// The participants with a summary that no element takes up.
    public var without: [String]
  }

  /// A category, a dimension or an element.
  public struct RangeLine: Hashable, Sendable, Codable {
    /// How abstract it is: `element`, `dimension` or `category`.
    public var level: String
    /// What it says.
    public var name: String
    /// What it means.
    public var definition: String
    /// How far it is below the top of its tree.
    public var depth: Int
    /// Whose cells say it, those of its elements included.
    public var participants: [String]
    /// The quotes on which those cells rest, by number.
    public var quotes: [Int]
  }

  /// Types of which each participant is in exactly one.
  public struct TypologyEntry: Hashable, Sendable, Codable {
    /// What it is called.
    public var name: String
    /// What its cases are.
    public var unit: String
    /// The dimensions by which types differ.
    public var dimensions: [String]
    /// The keys of the columns that it is over.
    public var columns: [String]
    /// The types.
    public var types: [TypeEntry]
    /// Who fits none, and why.
    public var unplaceable: [Unplaceable]
    /// Of whom nothing is said.
    public var unplaced: [String]
    /// Who is in more than one type, which is an error.
    public var repeated: [String]
    /// Who made it.
    public var author: String
    /// When it was made, as recorded.
    public var at: String
  }

  /// A type with its cases.
  public struct TypeEntry: Hashable, Sendable, Codable {
    /// The type's name.
    public var name: String
    /// What it means.
    public var definition: String
    /// How many of all cases are in it, in words.
    public var words: String
    /// Who is in it.
    public var participants: [String]
    /// The quotes on which their cells of the typology's columns rest, by number.
    public var quotes: [Int]
  }

  /// Somebody who fits no type.
  public struct Unplaceable: Hashable, Sendable, Codable {
    /// The participant's key.
    public var participant: String
    /// Why.
    public var reason: String
  }

  /// Why something is as it is.
  public struct ExplanationEntry: Hashable, Sendable, Codable {
    /// `explicit` where a participant gives the reason, `implicit` where the analyst infers it.
    public var kind: String
    /// What it says.
    public var text: String
    /// The cells that it explains or rests on.
    public var cells: [CellName]
    /// The quotes that give the reason, or on which the cells rest where none is named, by number.
    public var quotes: [Int]
    /// Who wrote it.
    public var author: String
    /// When it was written, as recorded.
    public var at: String
  }

  /// A cell by its row and column.
  public struct CellName: Hashable, Sendable, Codable {
    /// The participant's key.
    public var participant: String
    /// The code's key.
    public var code: String
  }

  /// How what is said goes together with one attribute.
  public struct AssociationTable: Hashable, Sendable, Codable {
    /// The attribute's name.
    public var attribute: String
    /// A row for each theme and code of which anything is known.
    public var rows: [AssociationRow]
  }

  /// How what is said under one code goes together with an attribute.
  public struct AssociationRow: Hashable, Sendable, Codable {
    /// The code's key.
    public var code: String
    /// A column for each value that occurs.
    public var columns: [AssociationColumn]
  }

  /// The participants with one value of an attribute.
  public struct AssociationColumn: Hashable, Sendable, Codable {
    /// The value; a participant with several counts under each.
    public var value: String
    /// How many of those of whom it is known say something, in words.
    public var words: String
    /// Who says something.
    public var said: [String]
    /// Who was open to it and said nothing.
    public var nothingSaid: [String]
    /// Of whom nothing is known.
    public var unknown: [String]
    /// Who differs from two thirds or more of at least three, and is to be looked at.
    public var outliers: [String]
    /// The quotes of those who say something, by number.
    public var quotes: [Int]
  }

  /// Two codes whose codings overlap.
  public struct TogetherEntry: Hashable, Sendable, Codable {
    /// The key of one code.
    public var one: String
    /// The key of the other.
    public var other: String
    /// How many pairs of codings overlap.
    public var count: Int
    /// How many codings the one has.
    public var ofOne: Int
    /// How many codings the other has.
    public var ofOther: Int
    /// How many percent of the text with either code have both (Jaccard's share).
    public var percent: Int
  }

  /// How many new codes each participant brings.
  public struct SaturationEntry: Hashable, Sendable, Codable {
    /// What it says, with the measure and the effect of the order.
    public var words: String
    /// The participants in the order that was taken.
    public var novelty: [Novelty]
  }

  /// How many new codes a participant brings.
  public struct Novelty: Hashable, Sendable, Codable {
    /// The participant's key.
    public var participant: String
    /// How many codes the participant is the first to have.
    public var new: Int
    /// How many codes the participant and those before have.
    public var all: Int
  }
}

extension StudyReport.Mapping {
  /// Whether there is nothing to show.
  var isEmpty: Bool {
    columns.isEmpty && typologies.isEmpty && explanations.isEmpty && associations.isEmpty
      && together.isEmpty && saturation == nil
  }
}
