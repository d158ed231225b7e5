public import QDACore

/// The habits of the program that a project is written for.
public struct ExchangeProfile: Hashable, Sendable {
  /// The name on the command line.
  public let id: String
  /// What people call the program, or `nil` where none in particular is meant.
  public let program: String?
  /// How lines end in the text files of an archive.
  public let lineEnd: LineEnd
  /// What positions in texts count.
  public let unit: PositionConvention.Unit
  /// Whether a value without content is left out, because the program refuses it.
  let leavesOutMissingValues: Bool
  /// Whether the two regions of a passage are written under different ids.
  let separatesTwins: Bool
  /// Whether the names of the attributes of cases begin with `Cases:`.
  let prefixesCaseAttributes: Bool
  /// Whether the notes of an archive are in files of their own rather than in the project file.
  let keepsNotesInFiles: Bool
  /// Whether each case is a code too, and what belongs to it is coded with it.
  let writesCasesAsCodes: Bool
  /// Whether codes, and notes, are known by their names, so that no two may have the same.
  let needsUniqueNames: Bool

  /// The standard as it is written: `\n` and code points.
  public static let standard = ExchangeProfile(
    id: "standard", program: nil, lineEnd: .lf, unit: .scalars)
  /// NVivo, which counts UTF-16 code units, `\r\n` as two, and marks attributes of cases.
  public static let nvivo = ExchangeProfile(
    id: "nvivo", program: "NVivo", lineEnd: .crlf, unit: .utf16, prefixesCaseAttributes: true,
    writesCasesAsCodes: true)
  /// MAXQDA, which wants `\r\n`; how it counts positions is not verified anywhere.
  public static let maxqda = ExchangeProfile(
    id: "maxqda", program: "MAXQDA", lineEnd: .crlf, unit: .scalars)
  /// ATLAS.ti, which refuses repeated GUIDs and values without content.
  public static let atlasti = ExchangeProfile(
    id: "atlasti", program: "ATLAS.ti", lineEnd: .lf, unit: .scalars,
    leavesOutMissingValues: true, separatesTwins: true, keepsNotesInFiles: false)

  /// QualCoder, which finds the words of a case by codings and codes by their names.
  public static let qualcoder = ExchangeProfile(
    id: "qualcoder", program: "QualCoder", lineEnd: .lf, unit: .scalars, writesCasesAsCodes: true,
    needsUniqueNames: true)

  /// All profiles, the standard first.
  public static let all: [ExchangeProfile] = [.standard, .nvivo, .maxqda, .atlasti, .qualcoder]

  init(
    id: String, program: String?, lineEnd: LineEnd, unit: PositionConvention.Unit,
    leavesOutMissingValues: Bool = false, separatesTwins: Bool = false,
    prefixesCaseAttributes: Bool = false, keepsNotesInFiles: Bool = true,
    writesCasesAsCodes: Bool = false, needsUniqueNames: Bool = false
  ) {
    self.id = id
    self.program = program
    self.lineEnd = lineEnd
    self.unit = unit
    self.leavesOutMissingValues = leavesOutMissingValues
    self.separatesTwins = separatesTwins
    self.prefixesCaseAttributes = prefixesCaseAttributes
    self.keepsNotesInFiles = keepsNotesInFiles
    self.writesCasesAsCodes = writesCasesAsCodes
    self.needsUniqueNames = needsUniqueNames
  }

  /// What the file says of the program that wrote it.
  var origin: String {
    "QDA \(Self.version)" + (program.map { " (for \($0))" } ?? "")
  }

  /// The version of what is written, which rises when the same project gives other bytes.
  static let version = 1

  /// Whether a position is written as the number of scalars before it.
  func keepsOffsets(_ lineEnd: LineEnd) -> Bool { unit == .scalars && lineEnd != .crlf }

  /// The position in the text file of a scalar offset.
  func position(ofScalar offset: Int, in text: Text?, lineEnd: LineEnd) -> Int {
    guard let text, !keepsOffsets(lineEnd) else { return offset }
    let units =
      switch unit {
      case .scalars: offset
      case .utf16: text.utf16Offset(ofScalar: offset)
      case .utf8: text.utf8Offset(ofScalar: offset)
      }
    return units + (lineEnd == .crlf ? text.lineAndColumn(ofScalar: offset).line - 1 : 0)
  }
}

/// What NVivo puts before the name of an attribute of cases.
enum VariablePrefix {
  static let cases = "Cases:"

  /// The name without the prefix, or `nil` where it has none.
  static func stripped(_ name: String) -> String? {
    // By scalars: a combining character after the colon does not hide it.
    guard name.utf8.starts(with: cases.utf8) else { return nil }
    return String(name.unicodeScalars.dropFirst(cases.unicodeScalars.count))
  }
}
