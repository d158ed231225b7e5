internal import QDACore

/// A form in which charts go out and come back.
public enum ChartForm: String, Hashable, Sendable, CaseIterable {
  /// A workbook with a sheet for each theme.
  case xlsx
  /// A table with a row for each cell.
  case csv
  /// A document with a table for each theme.
  case markdown = "md"

  /// The form that a file's name says, or `nil`.
  public init?(fileName: String) {
    guard let dot = fileName.lastIndex(of: ".") else { return nil }
    switch fileName[fileName.index(after: dot)...].lowercased() {
    case "xlsx": self = .xlsx
    case "csv": self = .csv
    case "md", "markdown": self = .markdown
    default: return nil
    }
  }
}

extension ChartBook {
  /// Writes the book to a file; the same book gives the same bytes.
  ///
  /// - Throws: ``WritingError/unwritable(file:reason:)``; a text that is too long for a cell of a
  ///   workbook is such a case.
  public func write(to path: String, as form: ChartForm) throws(WritingError) {
    switch form {
    case .xlsx: try writeWorkbook(to: path)
    case .csv: try DurableFiles.write(Array(csv.utf8), to: path)
    case .markdown: try DurableFiles.write(Array(markdown.utf8), to: path)
    }
  }

  func quote(_ number: Int) -> Quote? {
    quotes.indices.contains(number - 1) ? quotes[number - 1] : nil
  }

  // MARK: CSV

  static let csvColumns = [
    "case", "name", "roles", "code", "theme", "title", "text", "quotes", "base",
  ]

  /// How the title of a row begins that shows another author's summary.
  static let alternativeTitle = "also by "

  /// A row for each cell; the quotes stand beside it, one on a line.
  public var csv: String {
    var rows = [Self.csvColumns]
    for sheet in sheets {
      for row in sheet.rows {
        for (column, cell) in zip(sheet.columns, row.cells) {
          rows.append([
            row.key, row.name, row.roles, column.code, sheet.title, column.title, cell.text,
            cell.quotes.compactMap { quote($0)?.line }.joined(separator: "\n"),
            Self.seal(cell.text),
          ])
        }
      }
    }
    for one in alternatives {
      rows.append([
        one.row, "", "", one.code, "", Self.alternativeTitle + one.author, one.text, "", "",
      ])
    }
    for quote in quotes { rows.append(["", "", "", "", "", "", "", quote.line, ""]) }
    return CSV.text(of: rows)
  }

  // MARK: Markdown

  /// A table for each theme, then the quotes; `[12]` leads to the quote with that number.
  public var markdown: String {
    var lines = ["# \(title.escapedInMarkdown)", ""]
    for sheet in sheets {
      lines += ["## \(sheet.title.escapedInMarkdown)", ""]
      let heads = ["case"] + sheet.columns.map(\.title)
      lines.append("| " + heads.map(\.escapedInTable).joined(separator: " | ") + " |")
      lines.append("|" + String(repeating: "---|", count: heads.count))
      for row in sheet.rows {
        let cells = [row.key] + row.cells.map(\.text)
        lines.append("| " + cells.map(\.escapedInTable).joined(separator: " | ") + " |")
      }
      lines.append("")
    }
    if !alternatives.isEmpty {
      lines += ["## Other summaries", "", "For reading only.", ""]
      lines += alternatives.map {
        "- \($0.row), \($0.code), by \($0.author): \($0.text.onOneMarkdownLine)"
      }
      lines.append("")
    }
    lines += ["## Quotes", ""]
    for quote in quotes {
      lines.append(
        "- <a id=\"q\(quote.number)\"></a>\(quote.number). \(quote.cases) (\(quote.place.escapedInMarkdown)): “"
          + quote.words.onOneMarkdownLine + "” — \(quote.codes.escapedInMarkdown)")
    }
    lines.append("")
    lines += quotes.map { "[\($0.number)]: #q\($0.number)" }
    lines += ["", "<!-- \(Self.form) \(study.inComment)"]
    for sheet in sheets {
      lines += sheet.columns.map { "head\t\($0.code.inComment)\t\($0.title.inComment)" }
    }
    for sheet in sheets {
      for row in sheet.rows {
        lines += zip(sheet.columns, row.cells).map { column, cell in
          "cell\t\(row.key.inComment)\t\(column.code.inComment)\t\(Self.seal(cell.text))"
        }
      }
    }
    lines += quotes.map { "quote\t\($0.number)\t\($0.key.inComment)" }
    lines += ["-->", ""]
    return lines.joined(separator: "\n")
  }

  // MARK: XLSX

  static let quoteSheet = "Quotes"
  static let otherSheet = "Other summaries"
  static let otherHead = ["case", "code", "by", "summary, for reading only"]
  static let baseSheet = "qda"

  /// - Parameter base: What the hidden sheet says that the cells said; the book itself as a rule.
  func writeWorkbook(to path: String, base: ChartBook? = nil) throws(WritingError) {
    for sheet in sheets {
      for row in sheet.rows {
        for cell in row.cells where cell.text.utf16.count > WorkbookWriter.longestText {
          throw .unwritable(
            file: path,
            reason: "the summary of \(row.name) under '\(sheet.title)' is longer than a cell may be"
          )
        }
      }
    }
    let writer = try WorkbookWriter(path: path, title: title)
    var names: Set<String> = [
      Self.quoteSheet.lowercased(), Self.otherSheet.lowercased(), Self.baseSheet,
    ]
    for theme in sheets {
      guard let sheet = writer.addSheet(Self.sheetName(theme.title, &names)) else { continue }
      write(theme, to: sheet, writer)
    }
    if let sheet = writer.addSheet(Self.quoteSheet) { writeQuotes(to: sheet, writer) }
    if !alternatives.isEmpty, let sheet = writer.addSheet(Self.otherSheet) {
      let rows =
        [Self.otherHead]
        + alternatives.map { [$0.row, $0.code, $0.author, $0.text] }
      write(rows, to: sheet, writer, widths: [12, 24, 10, 80])
    }
    if let sheet = writer.addSheet(Self.baseSheet) {
      (base ?? self).writeBase(to: sheet, writer)
      writer.hide(sheet)
    }
    try writer.finish()
  }

  private func write(_ theme: Sheet, to sheet: WorkbookWriter.Sheet, _ writer: WorkbookWriter) {
    let heads = ["case", "name", "roles"] + theme.columns.map(\.title)
    for (column, head) in heads.enumerated() {
      writer.write(head, in: sheet, row: 0, column: column, style: .head)
    }
    for (index, row) in theme.rows.enumerated() {
      for (column, text) in [row.key, row.name, row.roles].enumerated() {
        writer.write(text, in: sheet, row: index + 1, column: column, style: .head)
      }
      // The summaries are no links themselves: LibreOffice shows one line of a cell that is one.
      if let first = row.cells.compactMap(\.quotes.first).min() {
        writer.write(
          row.key, leadingTo: Self.quoteSheet, row: first, in: sheet, row: index + 1, column: 0,
          style: .head)
      }
      for (offset, cell) in row.cells.enumerated() {
        let column = offset + 3
        writer.write(
          cell.text, in: sheet, row: index + 1, column: column,
          style: cell.isState ? .state : .body)
        let lines = cell.quotes.compactMap { quote($0)?.line }
        if !lines.isEmpty {
          writer.comment(lines.joined(separator: "\n"), in: sheet, row: index + 1, column: column)
        }
      }
      writer.setHeight(
        lines: row.cells.map { Self.lines(of: $0.text) }.max() ?? 1, ofRow: index + 1, in: sheet)
    }
    writer.freeze(rows: 1, columns: 2, in: sheet)
    writer.setWidth(9, ofColumns: 0...1, in: sheet)
    writer.setWidth(14, ofColumns: 2...2, in: sheet)
    if !theme.columns.isEmpty {
      writer.setWidth(Double(Self.columnWidth), ofColumns: 3...theme.columns.count + 2, in: sheet)
    }
  }

  /// The width of a column of summaries, in characters.
  private static let columnWidth = 44

  /// About how many lines a text takes in such a column.
  private static func lines(of text: String) -> Int {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .reduce(0) { $0 + max(1, ($1.count + columnWidth - 1) / columnWidth) }
  }

  private func writeQuotes(to sheet: WorkbookWriter.Sheet, _ writer: WorkbookWriter) {
    let rows =
      [["number", "case", "place", "words", "codes", "key"]]
      + quotes.map { ["\($0.number)", $0.cases, $0.place, $0.words, $0.codes, $0.key] }
    write(rows, to: sheet, writer, widths: [8, 10, 18, 90, 40, 16])
  }

  // What the cells said when they went out, for the way back.
  private func writeBase(to sheet: WorkbookWriter.Sheet, _ writer: WorkbookWriter) {
    var rows = [[Self.form, study]]
    for theme in sheets { rows += theme.columns.map { ["head", $0.code, $0.title] } }
    for theme in sheets {
      for row in theme.rows {
        rows += zip(theme.columns, row.cells).map { ["cell", row.key, $0.code, $1.text] }
      }
    }
    rows += quotes.map { ["quote", "\($0.number)", $0.key] }
    write(rows, to: sheet, writer, widths: [])
  }

  private func write(
    _ rows: [[String]], to sheet: WorkbookWriter.Sheet, _ writer: WorkbookWriter, widths: [Double]
  ) {
    for (index, row) in rows.enumerated() {
      for (column, text) in row.enumerated() {
        writer.write(
          text, in: sheet, row: index, column: column,
          style: index == 0 && !widths.isEmpty ? .head : .body)
      }
    }
    for (column, width) in widths.enumerated() {
      writer.setWidth(width, ofColumns: column...column, in: sheet)
    }
    if !widths.isEmpty { writer.freeze(rows: 1, columns: 0, in: sheet) }
  }

  /// A name that a sheet may have: 31 characters, without the signs that references use.
  private static func sheetName(_ title: String, _ taken: inout Set<String>) -> String {
    let plain = String(
      String.UnicodeScalarView(
        title.unicodeScalars.filter { !"[]:*?/\\'".unicodeScalars.contains($0) && $0.value >= 0x20 }
      ))
    var base = String(plain.unicodeScalars.prefix(28).map(Character.init)).trimmed
    if base.isEmpty { base = "theme" }
    var name = base
    var number = 2
    while !taken.insert(name.lowercased()).inserted {
      name = "\(base.prefix(25)) \(number)"
      number += 1
    }
    return name
  }
}

extension ChartBook.Quote {
  /// The quote on one line: `[12] P01-MR-03 P01.txt:14 “words”`.
  var line: String { "[\(number)] \(key) \(place) “\(words.onOneMarkdownLine)”" }
}

extension String {
  fileprivate var escapedInMarkdown: String {
    replacing("<", with: "&lt;").replacing("\n", with: " ")
  }

  var onOneMarkdownLine: String {
    split(whereSeparator: \.isNewline).joined(separator: " ").replacing("<", with: "&lt;")
  }

  /// A cell of a table: one line, with nothing that would end it.
  fileprivate var escapedInTable: String {
    var text = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "|": text += "&#124;"
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case "\n": text += "<br>"
      case "\\": text += "&#92;"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  var inComment: String {
    replacing("--", with: "- -").replacing("\n", with: " ").replacing("\t", with: " ")
  }
}
