/// How another program counts the positions of a selection in a text.
///
/// REFI-QDA 1.5 (§10.2) asks for Unicode code points; what programs write differs.
public struct PositionConvention: Hashable, Sendable {
  /// What is counted.
  public enum Unit: String, Hashable, Sendable, CaseIterable {
    /// Unicode scalars (code points).
    case scalars
    /// UTF-16 code units.
    case utf16 = "utf-16"
    /// UTF-8 bytes.
    case utf8 = "utf-8"
  }

  /// What is counted.
  public var unit: Unit
  /// Whether a line end of two characters, as in a file from Windows, counts as one.
  public var countsLineEndOnce: Bool
  /// Whether a byte-order mark at the start of the file counts.
  public var countsByteOrderMark: Bool
  /// Whether the end is the last position of the selection rather than the first after it.
  public var endIsInclusive: Bool

  /// Creates a convention; without arguments that of REFI-QDA.
  public init(
    unit: Unit = .scalars, countsLineEndOnce: Bool = false, countsByteOrderMark: Bool = false,
    endIsInclusive: Bool = false
  ) {
    self.unit = unit
    self.countsLineEndOnce = countsLineEndOnce
    self.countsByteOrderMark = countsByteOrderMark
    self.endIsInclusive = endIsInclusive
  }
}

extension PositionConvention: LosslessStringConvertible {
  /// The convention in words: `utf-16`, or `scalars crlf-as-one bom inclusive`.
  public var description: String {
    var words = [unit.rawValue]
    if countsLineEndOnce { words.append("crlf-as-one") }
    if countsByteOrderMark { words.append("bom") }
    if endIsInclusive { words.append("inclusive") }
    return words.joined(separator: " ")
  }

  /// Reads what ``description`` writes; the words may be separated by commas too.
  public init?(_ description: String) {
    var words = description.split { $0 == " " || $0 == "," }.map(String.init)
    guard !words.isEmpty, let unit = Unit(rawValue: words.removeFirst()) else { return nil }
    self.init(unit: unit)
    for word in words {
      switch word {
      case "crlf-as-one": countsLineEndOnce = true
      case "bom": countsByteOrderMark = true
      case "inclusive": endIsInclusive = true
      default: return nil
      }
    }
  }
}
