internal import QDACore

/// Reads a codebook as a table: of NVivo, MAXQDA, ATLAS.ti, Dedoose, Taguette, or people's own.
///
/// What is above what is said by the ids of parents, by a depth, by paths (` > `, `\`, `::`), or by
/// how far a name is indented, whichever the table has.
enum CodebookTableReader {
  static let roles = [
    ColumnRole(
      "name",
      ["name", "code", "code name", "title", "tag", "code system", "path", "codename", "codes"],
      isRequired: true),
    ColumnRole(
      "description", ["description", "memo", "definition", "comment", "comments", "meaning"]),
    ColumnRole("color", ["color", "colour"]),
    ColumnRole("id", ["id"]),
    ColumnRole("parent", ["parent id", "parent", "parent code"]),
    ColumnRole("depth", ["depth", "level"]),
    ColumnRole("files", ["files", "sources", "documents"]),
    ColumnRole(
      "references",
      ["references", "grounded", "groundedness", "frequency", "number of highlights", "density"]),
  ]

  /// Reads the codes in the order of the table.
  ///
  /// - Throws: ``ReadingError`` where no table has a column of names.
  static func read(
    _ bytes: [UInt8], name: String, options: ProjectReadingOptions
  ) throws(ReadingError) -> Reading<Project> {
    try ReportBuilder.read(
      bytes, name: name, as: .codebookTable, options: options, roles: roles,
      missing: "no table has a column of codes such as 'Name', 'Code' or 'Tag'; map 'name'"
    ) { CodebookSheet($0).add(to: &$1) }
  }
}

/// One table of a codebook.
private struct CodebookSheet {
  private let columns: TableColumns

  init(_ columns: TableColumns) { self.columns = columns }

  func add(to builder: inout ReportBuilder) {
    let named = columns.rows.filter { row in
      if !columns.text("name", row).isEmpty { return true }
      builder.add(
        Diagnostic(
          "report.name-missing", .error, at: columns.table.place(of: row),
          "the row has values and no name; it is left out",
          solutions: ["write the name in its column"]))
      return false
    }
    if columns.has("id"), columns.has("parent") {
      addByParent(named, to: &builder)
    } else {
      addByPath(named, to: &builder)
    }
    addCounts(named, to: &builder)
  }

  private func code(_ id: ID<Code>, _ name: String, _ parent: ID<Code>?, _ row: TableContent.Row)
    -> Code
  {
    let color = columns.text("color", row)
    return Code(
      id: id, parent: parent, name: name, definition: columns.text("description", row),
      color: Self.isColor(color) ? color.lowercased() : nil)
  }

  private static func isColor(_ text: String) -> Bool {
    text.utf8.count == 7 && text.hasPrefix("#")
      && text.dropFirst().utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
  }

  // MARK: By the ids of parents

  private func addByParent(_ rows: [TableContent.Row], to builder: inout ReportBuilder) {
    var ids: [String: ID<Code>] = [:]
    var parents: [ID<Code>: ID<Code>] = [:]
    var kept: [TableContent.Row] = []
    for row in rows {
      let key = columns.text("id", row)
      let known = key.isEmpty ? String(row.number) : key
      guard ids[known] == nil else {
        reportRepeated(row, in: &builder)
        continue
      }
      ids[known] = builder.id("code", ["id", known])
      kept.append(row)
    }
    for row in kept {
      let key = columns.text("id", row)
      guard let id = ids[key.isEmpty ? String(row.number) : key] else { continue }
      let wanted = columns.text("parent", row)
      var parent = wanted.isEmpty || wanted == "0" ? nil : ids[wanted]
      // A row may name one below it as its parent, and so close a circle.
      var seen: Set<ID<Code>> = [id]
      var next = parent
      while let step = next, parent != nil {
        let isTooDeep = seen.count > ReportPath.greatestDepth
        if isTooDeep || !seen.insert(step).inserted { parent = nil }
        next = parents[step]
      }
      if let parent {
        parents[id] = parent
      } else if !wanted.isEmpty, wanted != "0" {
        builder.add(
          Diagnostic(
            "codebook.parent-invalid", .warning, at: columns.place("parent", row),
            "no code above '\(columns.text("name", row))' has the id '\(wanted)'; it stands at the top",
            raw: wanted, solutions: ["correct the id of its parent"]))
      }
      builder.insert(code(id, columns.text("name", row), parent, row))
    }
  }

  private func reportRepeated(_ row: TableContent.Row, in builder: inout ReportBuilder) {
    builder.add(
      Diagnostic(
        "report.name-repeated", .error, at: columns.place("name", row),
        "'\(columns.text("name", row))' has a row already; this one is left out",
        solutions: ["merge the two rows, or give one another name"]))
  }

  // MARK: By path, depth or indentation

  private func addByPath(_ rows: [TableContent.Row], to builder: inout ReportBuilder) {
    var above: [(width: Int, name: String)] = []
    var described: Set<ID<Code>> = []
    for row in rows {
      let written = columns.text("name", row)
      var path = ReportPath.code(written)
      if path.count == 1 {
        let width = width(of: row)
        while let last = above.last,
          last.width >= width || above.count >= ReportPath.greatestDepth
        { above.removeLast() }
        above.append((width, path[0]))
        path = above.map(\.name)
      }
      let id = builder.code(path)
      guard described.insert(id).inserted else {
        reportRepeated(row, in: &builder)
        continue
      }
      let parent = builder.project.codebook.codes[id]?.parent
      builder.insert(code(id, path.last ?? written, parent, row))
    }
  }

  /// How far a name is from the left: its depth where there is a column for it, else its spaces.
  private func width(of row: TableContent.Row) -> Int {
    if columns.has("depth") { return Int(columns.text("depth", row)) ?? 0 }
    guard let cell = columns.cell("name", row) else { return 0 }
    return cell.indent * 1000 + cell.text.prefix { $0.isWhitespace }.count
  }

  // MARK: Counts

  private func addCounts(_ rows: [TableContent.Row], to builder: inout ReportBuilder) {
    let roles = ["files", "references"].filter { columns.has($0) }
    guard !roles.isEmpty else { return }
    var counts = CountTable(columns: roles)
    for row in rows {
      counts.rows.append((columns.text("name", row), roles.map { columns.text($0, row) }))
    }
    guard counts.count > 0 else { return }
    builder.note("Counts in the codebook", counts.markdown)
    builder.add(counts.finding(in: columns.table.file))
  }
}
