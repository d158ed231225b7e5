internal import QDACore

/// Reads a framework matrix as a sheet: cases in rows, themes in columns, summaries in cells.
///
/// No tool documents its layout. The first column holds the cases unless the caller maps `case`;
/// columns that the caller maps as `attribute`, `attribute 2` and so on hold attributes, and every
/// other one is a theme, or only those mapped as `theme`, `theme 2` and so on.
enum FrameworkMatrixReader {
  /// Reads cases, codes and cells; a blank cell is not charted, because nothing says why it is blank.
  ///
  /// - Throws: ``ReadingError`` where the file holds no table with a head and rows.
  static func read(
    _ bytes: [UInt8], name: String, options: ProjectReadingOptions
  ) throws(ReadingError) -> Reading<Project> {
    let tables = try TableFile.read(bytes, name: name, options: options)
    var builder = ReportBuilder(bytes, name: name, format: .frameworkMatrix, options: options)
    builder.diagnostics = tables.diagnostics
    let unknown = options.columns.filter { role(of: $0.key) == nil }
    builder.diagnostics += ProjectReadingOptions(columns: unknown)
      .checkColumns(["case", "attribute", "theme"], file: name)
    let sheets = tables.value.compactMap { FrameworkSheet($0, options: options) }
    guard !sheets.isEmpty else {
      throw .malformed(
        file: name, line: 1, column: 1,
        reason: "a framework matrix has themes in its first row and a case in each row below")
    }
    for sheet in sheets { sheet.add(to: &builder, isOneOfSeveral: sheets.count > 1) }
    builder.diagnostics += SheetsLeftOut.finding(
      tables.value, but: sheets.map(\.table), file: name)
    return builder.finish()
  }

  /// The role that a key such as `theme 2` maps.
  static func role(of key: String) -> String? {
    let word = key.split(whereSeparator: { !$0.isLetter }).first.map(String.init) ?? ""
    return ["case", "attribute", "theme"].contains(word) ? word : nil
  }
}

/// One sheet of a framework matrix.
private struct FrameworkSheet {
  let table: TableContent
  private let caseColumn: Int
  private let attributes: [TableContent.Cell]
  private let themes: [TableContent.Cell]
  private let isMapped: Bool

  init?(_ table: TableContent, options: ProjectReadingOptions) {
    guard let head = table.rows.first, table.rows.count >= 2 else { return nil }
    func columns(_ role: String) -> [Int] {
      options.columns.filter { FrameworkMatrixReader.role(of: $0.key) == role }.values
        .compactMap { column -> Int? in
          switch column {
          case .position(let position): position >= 1 ? position - 1 : nil
          case .head(let name):
            head.cells.first { TableColumns.key($0.text) == TableColumns.key(name) }?.column
          }
        }.sorted()
    }
    let caseColumn = columns("case").first ?? 0
    let attributeColumns = Set(columns("attribute"))
    let themeColumns = Set(columns("theme"))
    let heads = head.cells.filter { $0.column != caseColumn && !$0.text.trimmed.isEmpty }
    self.table = table
    self.caseColumn = caseColumn
    attributes = heads.filter { attributeColumns.contains($0.column) }
    themes = heads.filter {
      !attributeColumns.contains($0.column)
        && (themeColumns.isEmpty || themeColumns.contains($0.column))
    }
    isMapped = !attributeColumns.isEmpty || !themeColumns.isEmpty
    if themes.isEmpty { return nil }
  }

  func add(to builder: inout ReportBuilder, isOneOfSeveral: Bool) {
    let above = isOneOfSeveral && !table.name.isEmpty ? [table.name] : []
    var numbers: [String: ID<Code>] = [:]
    let codes = themes.map { theme(of: $0, above: above, &numbers, in: &builder) }
    let rows = Array(table.rows.dropFirst())
    let types = attributes.map { head -> Attribute in
      let attribute = Attribute(
        id: builder.id("attribute", [head.text.trimmed]), name: head.text.trimmed,
        kind: AttributeColumn.kind(of: rows.map { $0.cell(head.column) }))
      builder.insert(attribute)
      return attribute
    }
    var seen: Set<ID<Case>> = []
    for row in rows {
      let written = row[caseColumn]
      guard !written.isEmpty else {
        builder.add(
          Diagnostic(
            "report.name-missing", .error, at: table.place(of: row),
            "the row has values and no name; it is left out",
            solutions: ["write the case's name in its column"]))
        continue
      }
      let plain = ReportPath.counted(written)?.name ?? written
      let one = builder.case_(ReportPath.NVivo(plain).name)
      guard seen.insert(one).inserted else {
        builder.add(
          Diagnostic(
            "report.name-repeated", .error, at: table.place(of: row),
            "'\(plain)' has a row already; this one is left out",
            solutions: ["merge the two rows, or give one another name"]))
        continue
      }
      for (head, type) in zip(attributes, types) {
        let value = AttributeColumn.value(of: row.cell(head.column), as: type.kind)
        builder.change(one) { $0.values[type.id] = value }
      }
      for (head, code) in zip(themes, codes) {
        guard let text = row.cell(head.column)?.text, !text.trimmed.isEmpty else { continue }
        builder.insert(
          Cell(
            key: Cell.Key(row: one, column: code), state: .summarised,
            runs: [Run(.summary, text)]))
      }
    }
    if !isMapped { reportThemes(in: &builder) }
  }

  private func reportThemes(in builder: inout ReportBuilder) {
    builder.add(
      Diagnostic(
        "report.columns-as-themes", .note, at: .file(table.file, line: 1, column: 1),
        "every column but the first is taken for a theme",
        notes: themes.prefix(20).map { "'\($0.text.trimmed)'" },
        solutions: ["map columns that hold attributes of the cases as 'attribute'"],
        count: themes.count))
  }

  /// The code of a column, whose head may be counted (`A : Hope`) or numbered (`1.2 Hope`).
  private func theme(
    of head: TableContent.Cell, above: [String], _ numbers: inout [String: ID<Code>],
    in builder: inout ReportBuilder
  ) -> ID<Code> {
    let text = head.text.trimmed
    let plain = ReportPath.counted(text)?.name ?? text
    let (number, name) = Self.numbered(plain)
    var path = above + ReportPath.code(name)
    // Equal heads are two columns, and one code would lose the summaries of one of them.
    if builder.project.codebook.codes.contains(builder.id("code", path)),
      themes.contains(where: { $0.column < head.column && $0.text.trimmed == text })
    {
      path[path.count - 1] += " (\(head.column + 1))"
      builder.add(
        Diagnostic(
          "report.name-repeated", .warning,
          at: .file(table.file, line: head.place.line, column: head.place.column),
          "two columns are called '\(text)'; the second is kept under its own name",
          solutions: ["rename one of the two columns"]))
    }
    let id = builder.code(path)
    builder.change(id) { $0.number = number }
    let parent = number.split(separator: ".").dropLast().joined(separator: ".")
    if let above = numbers[parent], !parent.isEmpty { builder.change(id) { $0.parent = above } }
    if numbers[number] == nil { numbers[number] = id }
    return id
  }

  /// The number before a name, such as that of `1.2 Hope`.
  private static func numbered(_ text: String) -> (number: String, name: String) {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let rest = text[number.endIndex...]
    guard number.first?.isNumber == true, rest.first?.isWhitespace == true, !rest.trimmed.isEmpty
    else { return ("", text) }
    return (String(number.hasSuffix(".") ? number.dropLast() : number), rest.trimmed)
  }
}
