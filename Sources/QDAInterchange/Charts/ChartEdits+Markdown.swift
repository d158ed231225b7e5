internal import QDACore

// The charts as tables of Markdown
extension ChartEdits {
  /// A table, from its head to the first blank line.
  private struct MarkdownTable {
    /// The code of each column; none for that of the cases.
    var columns: [String?]
    /// Whether the line is the one after the head, which has the rule.
    var isAtRule = true
    /// Whether its head is refused, and with it all of its rows.
    var isRefused = false
  }

  mutating func readMarkdown(_ bytes: [UInt8], _ name: String) throws(ReadingError) {
    let text = try TextDecoding.decode(bytes, name: name).value.string
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.lastIndex(where: { $0.hasPrefix("<!-- \(ChartBook.form)") }) else {
      return
    }
    study = lines[start].split(separator: " ").dropFirst(2).first.map(String.init)
    var heads = ChartHeads()
    var bases: Bases = [:]
    for line in lines[(start + 1)...] {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      switch fields.first {
      case "head" where fields.count == 3: heads.add(fields[2].trimmed, code: fields[1])
      case "cell" where fields.count == 4:
        bases[fields[1], default: [:]][fields[2]] = .seal(fields[3].trimmed)
      case "quote" where fields.count == 3:
        if let number = Int(fields[1]) { quotes[number] = fields[2].trimmed }
      default: break
      }
    }
    var table: MarkdownTable?
    for (number, line) in lines[..<start].enumerated() {
      let place = Place.file(name, line: number + 1, column: 1)
      let line = line.trimmed
      // As in GitHub's Markdown a table needs no bars at the ends of its lines, and is not quoted.
      let isQuoted = line.hasPrefix(">")
      let isRow = !isQuoted && (line.hasPrefix("|") || Self.fields(of: line).count > 1)
      if line.isEmpty {
        table = nil
      } else if let open = table {
        table?.isAtRule = false
        if isRow {
          readRow(line, of: open, bases, at: place)
        } else if !open.isRefused {
          refuse(
            "the line stands among the rows of a table and is none; it is not taken", at: place,
            "write <br> for a new line within a text, and a blank line after the table")
        }
      } else {
        table = isRow ? Self.table(below: line, &heads, at: place) : nil
        if table == nil { refuseStrayRow(line, bases, at: place) }
      }
    }
    refuse(heads)
  }

  /// The table that a head begins, or `nil` where it is none of the charts'.
  private static func table(
    below line: String, _ heads: inout ChartHeads, at place: Place
  ) -> MarkdownTable? {
    let titles = fields(of: line)
    guard titles.first == ChartHeads.case else {
      guard heads.hasOne(among: titles) else { return nil }
      heads.nameless.append(place)
      return MarkdownTable(columns: [], isRefused: true)
    }
    return MarkdownTable(
      columns: [nil] + titles.dropFirst().map { heads.code(under: $0.inComment, at: place) })
  }

  /// Refuses a line that begins with a case of the charts and has bars, and stands in no table.
  private mutating func refuseStrayRow(_ line: String, _ bases: Bases, at place: Place) {
    let fields = Self.fields(of: String(line.trimmingPrefix { $0 == ">" || $0.isWhitespace }))
    guard fields.count > 1, bases[fields[0].inComment] != nil else { return }
    refuse(
      "the line looks like the row of '\(fields[0])' and stands in no table; it is not taken",
      at: place,
      "write it below the head of its table, without a blank line between and without > before it")
  }

  private mutating func readRow(
    _ line: String, of table: MarkdownTable, _ bases: Bases, at place: Place
  ) {
    if table.isRefused { return }
    let fields = Self.fields(of: line)
    if table.isAtRule, fields.allSatisfy(Self.isRule) { return }
    guard fields.count == table.columns.count else {
      let row = fields.first.map { " of '\($0)'" } ?? ""
      return refuse(
        "the row\(row) has \(fields.count) cells, and the head has \(table.columns.count); nothing "
          + "of it is taken", at: place,
        "write \\| for a | within a text and <br> for a new line; every cell of a row stays, also "
          + "an empty one")
    }
    guard let row = fields.first, !row.isEmpty else {
      if fields.contains(where: { !$0.isEmpty }) {
        refuse(Self.rowWithoutCase, at: place, Self.nameCase)
      }
      return
    }
    for (code, field) in zip(table.columns, fields) {
      guard let code else { continue }
      cells.append(
        Cell(row: row, code: code, text: field, base: bases[row.inComment]?[code], place: place))
    }
  }

  /// Whether a field is part of the line below a head: `---`, `:---:`.
  private static func isRule(_ field: String) -> Bool {
    field.contains("-") && field.allSatisfy { $0 == "-" || $0 == ":" }
  }

  /// The fields of a row, with or without a bar at its beginning and its end; `\|` is a bar within
  /// one, as in GitHub's Markdown.
  private static func fields(of line: String) -> [String] {
    var fields = [""]
    var isEscaped = false
    for character in line.dropFirst(line.hasPrefix("|") ? 1 : 0) {
      if character == "|", !isEscaped {
        fields.append("")
      } else if character == "|" {
        fields[fields.count - 1].removeLast()
        fields[fields.count - 1].append(character)
      } else {
        fields[fields.count - 1].append(character)
      }
      isEscaped = character == "\\"
    }
    if fields.last?.allSatisfy(\.isWhitespace) == true { fields.removeLast() }
    return fields.map { field in
      field.trimmed.replacing("<br>", with: "\n").replacing("&#124;", with: "|")
        .replacing("&#92;", with: "\\").replacing("&lt;", with: "<").replacing("&amp;", with: "&")
    }
  }
}
