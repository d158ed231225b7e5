internal import QDACore

/// What a file says that was a chart book once: its cells, and what they said when they went out.
struct ChartEdits {
  /// A cell as it came back.
  struct Cell {
    var row: String
    var code: String
    /// What it says; empty where somebody cleared it.
    var text: String
    /// What it said, or the seal of that.
    var base: Base?
    var place: Place
  }

  /// What a cell said when it went out.
  enum Base {
    case text(String)
    case seal(String)

    func isSame(as other: String) -> Bool {
      switch self {
      case .text(let text): ChartBook.normal(text) == ChartBook.normal(other)
      case .seal(let seal): seal == ChartBook.seal(other)
      }
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }
  }

  /// The study's key, where the file says it.
  var study: String?
  var cells: [Cell] = []
  /// The key of the passage that a number means.
  var quotes: [Int: String] = [:]

  /// Reads a file that was written by ``ChartBook/write(to:as:)`` and edited since.
  ///
  /// - Throws: ``ReadingError`` where it is not such a file.
  init(_ bytes: [UInt8], name: String, form: ChartForm) throws(ReadingError) {
    switch form {
    case .xlsx: try readWorkbook(bytes, name)
    case .csv: try readTable(bytes, name)
    case .markdown: try readMarkdown(bytes, name)
    }
    guard !cells.isEmpty else {
      throw .malformed(
        file: name, line: 1, column: 1,
        reason: "this is no chart that qda wrote, or what it needs to come back was taken out")
    }
  }

  /// The bases by the cell they are of.
  private typealias Bases = [String: [String: Base]]

  // MARK: XLSX

  private mutating func readWorkbook(_ bytes: [UInt8], _ name: String) throws(ReadingError) {
    let tables = try Workbook.read(bytes, name: name).value
    guard
      let hidden = tables.first(where: { table in
        table.rows.first.map { $0[0] } == ChartBook.form
      })
    else { return }
    study = hidden.rows.first.map { $0[1] }
    var heads: [String: String] = [:]
    var bases: Bases = [:]
    for row in hidden.rows.dropFirst() {
      switch row[0] {
      case "head": heads[row[2]] = row[1]
      case "cell": bases[row[1], default: [:]][row[2]] = .text(row.cell(3)?.text ?? "")
      case "quote": if let number = Int(row[1]) { quotes[number] = row[2] }
      default: break
      }
    }
    for table in tables where table.name != hidden.name {
      guard let head = table.rows.first, head[0] == "case" else { continue }
      let columns = head.cells.compactMap { cell in
        heads[cell.text.trimmed].map { (cell.column, $0) }
      }
      for row in table.rows.dropFirst() where !row[0].isEmpty {
        for (column, code) in columns {
          cells.append(
            Cell(
              row: row[0], code: code, text: row.cell(column)?.text ?? "",
              base: bases[row[0]]?[code],
              place: .file(name, line: row.number, column: column + 1)))
        }
      }
    }
  }

  // MARK: CSV

  private mutating func readTable(_ bytes: [UInt8], _ name: String) throws(ReadingError) {
    let decoded = try TextDecoding.decode(bytes, name: name)
    let table = CSVTable.read(Array(decoded.value.string.utf8), name: name).value
    guard ["case", "code", "text", "quotes", "base"].allSatisfy({ table.columns[$0] != nil }) else {
      return
    }
    for (index, record) in table.records.enumerated() {
      let row = CSVRow(table: table, record: record, index: index)
      for line in (row.field("quotes")?.text ?? "").split(whereSeparator: \.isNewline) {
        readQuote(line)
      }
      // More fields than heads: a comma was typed without quotation marks around the text.
      if record.fields.count > (table.head?.fields.count ?? 0), !row["case"].isEmpty {
        cells.append(
          Cell(
            row: Self.harmless(row["case"]), code: Self.harmless(row["code"]),
            text: row["text"] + " …", base: nil, place: row.spot("text").place))
        continue
      }
      // A row without a base is one for reading.
      guard !row["case"].isEmpty, !row["base"].isEmpty else { continue }
      cells.append(
        Cell(
          row: Self.harmless(row["case"]), code: Self.harmless(row["code"]),
          text: Self.harmless(row.field("text")?.text ?? ""), base: .seal(row["base"]),
          place: row.spot("text").place))
    }
  }

  private mutating func readQuote(_ line: Substring) {
    guard line.first == "[", let end = line.firstIndex(of: "]"),
      let number = Int(line[line.index(after: line.startIndex)..<end])
    else { return }
    let words = line[line.index(after: end)...].split(separator: " ", maxSplits: 1)
    if let key = words.first { quotes[number] = String(key) }
  }

  // The apostrophe that keeps a spreadsheet from running a text is not part of it.
  private static func harmless(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard scalars.first == "'", let second = scalars.dropFirst().first,
      ["=", "+", "-", "@", "\t", "\r"].contains(second)
    else { return text }
    return String(String.UnicodeScalarView(scalars.dropFirst()))
  }

  // MARK: Markdown

  private mutating func readMarkdown(_ bytes: [UInt8], _ name: String) throws(ReadingError) {
    let text = try TextDecoding.decode(bytes, name: name).value.string
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.lastIndex(where: { $0.hasPrefix("<!-- \(ChartBook.form)") }) else {
      return
    }
    study = lines[start].split(separator: " ").dropFirst(2).first.map(String.init)
    var heads: [String: String] = [:]
    var bases: Bases = [:]
    for line in lines[(start + 1)...] {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      switch fields.first {
      case "head" where fields.count == 3: heads[fields[2]] = fields[1]
      case "cell" where fields.count == 4:
        bases[fields[1], default: [:]][fields[2]] = .seal(fields[3].trimmed)
      case "quote" where fields.count == 3:
        if let number = Int(fields[1]) { quotes[number] = fields[2].trimmed }
      default: break
      }
    }
    var columns: [String?] = []
    for (number, line) in lines[..<start].enumerated() {
      guard line.hasPrefix("|") else {
        columns = []
        continue
      }
      let fields = Self.fields(of: line)
      if fields.first == "case" {
        columns = fields.map { heads[$0] }
      } else if let row = fields.first, !columns.isEmpty, !row.isEmpty, !line.hasPrefix("|---") {
        for (code, field) in zip(columns, fields) {
          guard let code else { continue }
          cells.append(
            Cell(
              row: row, code: code, text: field, base: bases[row]?[code],
              place: .file(name, line: number + 1, column: 1)))
        }
      }
    }
  }

  private static func fields(of line: Substring) -> [String] {
    var parts = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst()
    if parts.last?.allSatisfy(\.isWhitespace) == true { parts = parts.dropLast() }
    return parts.map { part in
      part.trimmed.replacing("<br>", with: "\n").replacing("&#124;", with: "|")
        .replacing("&#92;", with: "\\").replacing("&lt;", with: "<").replacing("&amp;", with: "&")
    }
  }
}
