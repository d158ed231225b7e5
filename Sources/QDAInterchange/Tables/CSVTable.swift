public import QDACore

/// A table of comma-separated values (RFC 4180) that knows where each of its fields stands.
///
/// The separator is a comma, or a semicolon or tab where the head row has more of those, or what a
/// first line such as `sep=;` says. Records keep their byte ranges, so that one of them can be
/// replaced without touching the rest.
public struct CSVTable: Sendable {
  /// A field with its value and place.
  public struct Field: Sendable {
    /// The value, without quotes; line ends in it are `\n`.
    public let text: String
    /// The field as written, quotes included.
    public let bytes: Range<Int>
    /// Its line, counted from 1.
    public let line: Int
    /// Its column in Unicode scalars, counted from 1.
    public let column: Int
  }

  /// A row.
  public struct Record: Sendable {
    /// The fields in order.
    public let fields: [Field]
    /// The row with its line end.
    public let bytes: Range<Int>
    /// The line on which it begins.
    public let line: Int
  }

  /// The name of the file, for messages.
  public let name: String
  /// The whole file, as UTF-8.
  public let bytes: [UInt8]
  /// What separates fields.
  public let separator: UInt8
  /// The line end of the first line.
  public let lineEnd: String
  /// The head row, or `nil` in an empty file.
  public let head: Record?
  /// The rows below the head, blank lines left out.
  public let records: [Record]
  /// The rows that are not UTF-8 throughout, with U+FFFD for what is not.
  let leftOut: [Record]
  /// Where each column is, by its name in the head.
  public let columns: [String: Int]
  private let lines: SourceLines

  /// A quoted field that runs on for longer than this was never closed.
  static let longestField = 1 << 20

  /// Reads a table; a row that cannot be read costs itself only.
  public static func read(_ bytes: [UInt8], name: String) -> Reading<CSVTable> {
    let stored = StoredText(bytes, name: name)
    var reading = read(decoded: stored.bytes, name: name)
    reading.diagnostics = stored.diagnostics + reading.diagnostics
    return reading
  }

  /// Reads a table from UTF-8, whatever its bytes look like.
  ///
  /// - Parameter separator: What separates fields; by default what the head row has most of.
  static func read(
    decoded bytes: [UInt8], name: String, separator: UInt8? = nil
  ) -> Reading<CSVTable> {
    var scanner = CSVScanner(bytes: bytes, name: name)
    let isBook = bytes.starts(with: "PK\u{3}\u{4}".utf8)
    if !isBook { scanner.scan(separator: separator) }
    let head = scanner.head
    var columns: [String: Int] = [:]
    for (index, field) in (head?.fields ?? []).enumerated() {
      let column = field.text.trimmed
      if columns[column] == nil { columns[column] = index }
    }
    let table = CSVTable(
      name: name, bytes: bytes, separator: scanner.separator, lineEnd: scanner.lineEnd,
      head: head, records: scanner.records, leftOut: scanner.leftOut, columns: columns,
      lines: scanner.lines)
    return Reading(
      table,
      diagnostics: scanner.diagnostics + table.checkHead() + (isBook ? [workbook(name)] : []))
  }

  // The bytes of a workbook are of no use to who reads the message.
  private static func workbook(_ name: String) -> Diagnostic {
    Diagnostic(
      "table.is-workbook", .error, at: .file(name, line: 0, column: 0),
      "this is a spreadsheet that has got the name of a CSV file, and is not read",
      solutions: [
        "give it its old ending, such as .xlsx, open it in a spreadsheet program and save it as "
          + "\"CSV UTF-8\""
      ])
  }

  /// Whether the file holds something and no head row that can be read: it is nobody's to change.
  var isUnreadable: Bool { head == nil && !bytes.allSatisfy { $0 <= 0x20 } }

  private func checkHead() -> [Diagnostic] {
    // The head may be one very long line, which is not shown for each of its fields.
    var line: (number: Int, text: String?)?
    var places: [String: Int] = [:]
    var findings: [Diagnostic] = []
    var seen: Set<String> = []
    for field in head?.fields ?? [] {
      let name = field.text.trimmed
      if seen.insert(name).inserted || field.text.isEmpty { continue }
      if let known = places[name] {
        findings[known].count += 1
        continue
      }
      let isShown = findings.count < 20
      if isShown, line?.number != field.line { line = (field.line, lineText(field.line)) }
      places[name] = findings.count
      findings.append(
        Diagnostic(
          "table.column-duplicate", .warning, at: place(of: field),
          "the column '\(field.text)' is there twice; the first is used",
          line: isShown ? line?.text : nil,
          solutions: ["rename or remove one of the two columns"]))
    }
    return findings
  }

  /// Where a field is, for a diagnostic.
  public func place(of field: Field) -> Place {
    .file(name, line: field.line, column: field.column)
  }

  /// Where a record begins, for a diagnostic.
  public func place(of record: Record) -> Place { .file(name, line: record.line, column: 1) }

  /// A line of the file as text, for display.
  public func lineText(_ line: Int) -> String? { lines.text(line) }
}
