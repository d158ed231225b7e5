internal import QDACore

/// Reads a classification sheet of NVivo: a case or a file in each row, an attribute in each column.
enum ClassificationReader {
  /// Reads cases, or sources where the names are those of files, with their attribute values.
  ///
  /// - Throws: ``ReadingError`` where the file holds no table with a head and names.
  static func read(
    _ bytes: [UInt8], name: String, options: ProjectReadingOptions
  ) throws(ReadingError) -> Reading<Project> {
    let tables = try TableFile.read(bytes, name: name, options: options)
    var builder = ReportBuilder(bytes, name: name, format: .nvivoClassification, options: options)
    builder.diagnostics = tables.diagnostics + options.checkColumns([], file: name)
    let sheets = tables.value.filter { $0.rows.count >= 2 && $0.width >= 1 }
    guard !sheets.isEmpty else {
      throw .malformed(
        file: name, line: 1, column: 1,
        reason: "a classification sheet has attributes in its first row and names below")
    }
    for table in sheets { ClassificationSheet(table).add(to: &builder) }
    builder.diagnostics += SheetsLeftOut.finding(tables.value, but: sheets, file: name)
    return builder.finish()
  }
}

extension ClassificationReader {
  /// Whether the rows of a table have names as only NVivo writes them.
  static func recognises(_ table: TableContent) -> Bool {
    guard let head = table.rows.first, !head[0].trimmed.isEmpty else { return false }
    let names = table.rows.dropFirst().map { $0[0].trimmed }.filter { !$0.isEmpty }
    let folders = ["Cases\\\\", "Nodes\\\\", "Files\\\\", "Internals\\\\"]
    return !names.isEmpty && names.allSatisfy { name in folders.contains { name.hasPrefix($0) } }
  }
}

/// One sheet of a classification.
private struct ClassificationSheet {
  private let table: TableContent
  private let unit: String
  private let heads: [TableContent.Cell]
  private let rows: [TableContent.Row]

  init(_ table: TableContent) {
    self.table = table
    let head = table.rows.first
    let title = head?[0] ?? ""
    unit = title.isEmpty ? "case" : title
    heads = (head?.cells ?? []).filter { $0.column > 0 && !$0.text.trimmed.isEmpty }
    rows = Array(table.rows.dropFirst())
  }

  func add(to builder: inout ReportBuilder) {
    var attributes: [(column: Int, attribute: Attribute)] = []
    var names: Set<String> = []
    for head in heads {
      let name = head.text.trimmed
      guard names.insert(name).inserted else {
        builder.add(
          Diagnostic(
            "table.column-duplicate", .warning,
            at: .file(table.file, line: head.place.line, column: head.place.column),
            "the column '\(name)' is there twice; the first is used",
            solutions: ["rename or remove one of the two columns"]))
        continue
      }
      let attribute = Attribute(
        id: builder.id("attribute", [unit, name]), name: name,
        kind: AttributeColumn.kind(of: rows.map { $0.cell(head.column) }))
      attributes.append((head.column, attribute))
      builder.insert(attribute)
    }
    addRows(attributes, to: &builder)
  }

  private func addRows(
    _ attributes: [(column: Int, attribute: Attribute)], to builder: inout ReportBuilder
  ) {
    var seen: Set<String> = []
    var parents: [(case: ID<Case>, parent: String)] = []
    for row in rows {
      let written = row[0]
      guard !written.isEmpty else {
        builder.add(
          Diagnostic(
            "report.name-missing", .error, at: table.place(of: row),
            "the row has values and no name; it is left out",
            solutions: ["write the name in the first column"]))
        continue
      }
      guard seen.insert(written).inserted else {
        builder.add(
          Diagnostic(
            "report.name-repeated", .error, at: table.place(of: row),
            "'\(written)' has a row already; this one is left out",
            solutions: ["merge the two rows, or give one another name"]))
        continue
      }
      let path = ReportPath.NVivo(written)
      var values: Values = [:]
      for (column, attribute) in attributes {
        values[attribute.id] = AttributeColumn.value(of: row.cell(column), as: attribute.kind)
      }
      if ["files", "internals", "externals", "memos"].contains(path.root) {
        let source = builder.source(path.name, in: path.folders + path.names.dropLast())
        builder.change(source) { $0.values = values }
        continue
      }
      // Two cases may have one name in different folders, and are two.
      let key = path.folders + path.names
      let id: ID<Case> = builder.id("case", [unit] + key)
      builder.insert(Case(id: id, name: path.name, unit: unit, values: values))
      if !path.folders.isEmpty {
        builder.put(.case(id), inSet: path.folders.joined(separator: "/"))
      }
      if path.names.count > 1 {
        parents.append((id, (path.folders + path.names.dropLast()).joined(separator: "\\")))
      }
    }
    place(parents, in: &builder)
  }

  // A parent is a case where it has a row; else it only groups, and a group has no values to keep.
  private func place(
    _ parents: [(case: ID<Case>, parent: String)], in builder: inout ReportBuilder
  ) {
    for (one, parent) in parents {
      let key = parent.split(separator: "\\").map(String.init)
      let id: ID<Case> = builder.id("case", [unit] + key)
      if builder.project.cases[id] == nil, let name = key.last {
        builder.insert(Case(id: id, name: name, unit: unit))
      }
      builder.change(one) { $0.memberOf = [id] }
    }
  }
}

/// What the values of a column say of its type, and a value as that type.
enum AttributeColumn {
  /// The type that every value of a column has; text where they differ or nothing is sure.
  static func kind(of cells: [TableContent.Cell?]) -> Attribute.Kind {
    var kinds: Set<Attribute.Kind> = []
    for cell in cells {
      guard let cell, special(cell.text) == nil else { continue }
      kinds.insert(kind(of: cell))
    }
    if kinds == [.number, .integer] { return .number }
    return kinds.count == 1 ? kinds.first ?? .text : .text
  }

  private static func kind(of cell: TableContent.Cell) -> Attribute.Kind {
    let text = cell.text.trimmed
    switch cell.kind {
    case .number: return text.contains(".") ? .number : .integer
    case .date: return Timestamp(text) == nil ? .text : text.utf8.count == 10 ? .date : .dateTime
    case .flag: return .flag
    case .failure: return .text
    case .text:
      if isNumber(text) { return text.contains(".") ? .number : .integer }
      // A date as ISO 8601 writes it is one whatever the language; others are read either way.
      return text.utf8.count == 10 && Timestamp(text) != nil ? .date : .text
    }
  }

  /// Digits with at most one full stop; a leading zero is that of a name rather than a number.
  private static func isNumber(_ text: String) -> Bool {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let halves = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(halves.count), digits.utf8.count <= 15 else { return false }
    if halves[0].count > 1, halves[0].hasPrefix("0") { return false }
    return halves.allSatisfy { half in
      !half.isEmpty && half.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
  }

  /// What NVivo writes where there is no value.
  private static func special(_ text: String) -> AttributeValue? {
    switch text.trimmed.lowercased() {
    case "", "unassigned": .missing
    case "not applicable": .notApplicable
    default: nil
    }
  }

  /// A cell as a value of a type.
  static func value(of cell: TableContent.Cell?, as kind: Attribute.Kind) -> AttributeValue {
    guard let cell else { return .missing }
    if let special = special(cell.text) { return special }
    let text = cell.text.trimmed
    return switch kind {
    case .number, .integer: .number(decimal: text)
    case .date: .date(text)
    case .dateTime: .dateTime(text)
    case .flag: .flag(text == "true")
    default: .text(text)
    }
  }
}
