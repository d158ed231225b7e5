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
    /// Whether it is a formula without a value.
    var isUncomputed = false
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

  /// The bases by the cell they are of.
  typealias Bases = [String: [String: Base]]

  /// The study's key, where the file says it.
  var study: String?
  var cells: [Cell] = []
  /// The key of the passage that a number means.
  var quotes: [Int: String] = [:]
  /// Rows and columns that are none of the charts', so that nothing in them is a cell.
  private(set) var diagnostics: [Diagnostic] = []

  /// Reads a file that was written by ``ChartBook/write(to:as:)`` and edited since.
  ///
  /// - Throws: ``ReadingError`` where it is not such a file.
  init(_ bytes: [UInt8], name: String, form: ChartForm) throws(ReadingError) {
    switch form {
    case .xlsx: try readWorkbook(bytes, name)
    case .csv: try readTable(bytes, name)
    case .markdown: try readMarkdown(bytes, name)
    }
    guard !cells.isEmpty || !diagnostics.isEmpty else {
      throw .malformed(
        file: name, line: 1, column: 1,
        reason: "this is no chart that qda wrote, or what it needs to come back was taken out")
    }
  }

  mutating func refuse(_ summary: String, at place: Place, _ solution: String) {
    diagnostics.append(
      Diagnostic("chart.edit-refused", .error, at: place, summary, solutions: [solution]))
  }

  mutating func refuse(_ heads: ChartHeads) {
    let missing = heads.missing.map { "'\($0)'" }.joined(separator: ", ")
    for stray in heads.strays {
      refuse(
        stray.title.isEmpty
          ? "a column without a heading is no code of the charts; nothing below it is taken"
          : "the column '\(stray.title)' is no code of the charts; nothing below it is taken",
        at: stray.place,
        missing.isEmpty
          ? "take the column out of the file; the charts have no such code"
          : "write the heading as it was; those that no column has are \(missing)")
    }
    for place in heads.nameless {
      refuse(
        "the first column of the table is not called 'case'; nothing of the table is taken",
        at: place, "write 'case' at the head of the first column, as it was")
    }
  }

  static let rowWithoutCase = "the row names no case; nothing of it is taken"
  static let nameCase = "write the case's key into the column 'case', or clear the row"

  // MARK: XLSX

  private mutating func readWorkbook(_ bytes: [UInt8], _ name: String) throws(ReadingError) {
    let tables = try Workbook.read(bytes, name: name).value
    guard
      let hidden = tables.first(where: { table in
        table.rows.first.map { $0[0] } == ChartBook.form
      })
    else { return }
    study = hidden.rows.first.map { $0[1] }
    var heads = ChartHeads()
    var bases: Bases = [:]
    for row in hidden.rows.dropFirst() {
      switch row[0] {
      case "head": heads.add(row[2], code: row[1])
      case "cell": bases[row[1], default: [:]][row[2]] = .text(row.cell(3)?.text ?? "")
      case "quote": if let number = Int(row[1]) { quotes[number] = row[2] }
      default: break
      }
    }
    for table in tables where table.name != hidden.name {
      readSheet(table, named: "\(name), sheet \(table.name)", &heads, bases)
    }
    refuse(heads)
  }

  private mutating func readSheet(
    _ table: TableContent, named name: String, _ heads: inout ChartHeads, _ bases: Bases
  ) {
    func place(_ row: TableContent.Row, _ column: Int) -> Place {
      .file(name, line: row.number, column: column + 1)
    }
    guard let start = table.rows.firstIndex(where: { $0[0] == ChartHeads.case }) else {
      // A sheet that somebody added is theirs; one with headings of the charts was one of them.
      if let row = table.rows.first, table.name != ChartBook.quoteSheet,
        heads.hasOne(among: row.cells.map(\.text))
      {
        heads.nameless.append(place(row, 0))
      }
      return
    }
    let head = table.rows[start]
    if head.cells.map(\.text.trimmed) == ChartBook.otherHead { return }
    let rows = table.rows[(start + 1)...]
    var columns: [(number: Int, code: String)] = []
    for column in 1..<max(1, table.width) where !ChartHeads.forReading.contains(head[column]) {
      if head[column].isEmpty, rows.allSatisfy({ $0[column].isEmpty }) { continue }
      if let code = heads.code(under: head[column], at: place(head, column)) {
        columns.append((column, code))
      }
    }
    for row in rows {
      if row[0].isEmpty {
        if columns.contains(where: { !row[$0.number].isEmpty }) {
          refuse(Self.rowWithoutCase, at: place(row, 0), Self.nameCase)
        }
        continue
      }
      for (column, code) in columns {
        cells.append(
          Cell(
            row: row[0], code: code, text: row.cell(column)?.text ?? "",
            base: bases[row[0]]?[code], place: place(row, column),
            isUncomputed: table.uncomputed.contains(
              LineColumn(line: row.number, column: column + 1))))
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
    let width = table.head?.fields.count ?? 0
    for (index, record) in table.records.enumerated() {
      let row = CSVRow(table: table, record: record, index: index)
      for line in (row.field("quotes")?.text ?? "").split(whereSeparator: \.isNewline) {
        readQuote(line)
      }
      // A row without a base is one for reading, and may have lost the commas at its end.
      let isForReading = row["title"].hasPrefix(ChartBook.alternativeTitle)
      let count = record.fields.count
      if count > width || (count < width && !isForReading), !row["case"].isEmpty {
        refuse(
          "the row of '\(row["case"])' under '\(row["code"])' has \(count) fields, and the head has "
            + "\(width); nothing of it is taken", at: row.spot("text").place,
          "put quotation marks around a text that has a comma in it")
        continue
      }
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
}

/// The headings of a chart book, those of a file that are not among them, and those that it lacks.
struct ChartHeads {
  /// The heading of the column that names the cases.
  static let `case` = "case"
  /// Headings of columns of a workbook that are for reading only.
  static let forReading: Set = ["case", "name", "roles"]

  private var codes: [String: String] = [:]
  private var titles: [String] = []
  private var seen: Set<String> = []
  /// The columns whose heading is none of the book's.
  private(set) var strays: [(title: String, place: Place)] = []
  /// Where tables begin that have headings of the book and do not name their cases.
  var nameless: [Place] = []

  /// The headings of the book that no column of the file has, in their order.
  var missing: [String] { titles.filter { !seen.contains($0) } }

  mutating func add(_ title: String, code: String) {
    if codes.updateValue(code, forKey: title) == nil { titles.append(title) }
  }

  func hasOne(among texts: [String]) -> Bool { texts.contains { codes[$0.trimmed] != nil } }

  /// The code whose cells stand under a heading, or `nil`, which is then noted.
  mutating func code(under title: String, at place: Place) -> String? {
    if let code = codes[title] {
      seen.insert(title)
      return code
    }
    strays.append((title, place))
    return nil
  }
}
