internal import QDACore

/// A row of a table whose fields are asked for by the name of their column.
struct CSVRow {
  let table: CSVTable
  let record: CSVTable.Record
  /// The number of the record in its table.
  let index: Int

  /// The value of a column without white space around it; empty where there is none.
  subscript(column: String) -> String { field(column)?.text.trimmed ?? "" }

  func field(_ column: String) -> CSVTable.Field? {
    guard let index = table.columns[column], record.fields.indices.contains(index) else {
      return nil
    }
    return record.fields[index]
  }

  /// Where a column's value is, or the row itself.
  func spot(_ column: String? = nil) -> Spot {
    guard let column, let field = field(column) else {
      return Spot(place: table.place(of: record), line: table.lineText(record.line))
    }
    return Spot(place: table.place(of: field), line: table.lineText(field.line))
  }

  /// A column's value with its place, for the checks that all readers of participants share.
  func written(_ column: String) -> WrittenText {
    WrittenText(self[column], at: spot(column).place, line: spot(column).line)
  }

  /// The values of a column that holds several, separated by semicolons.
  func list(_ column: String) -> [String] {
    self[column].split(separator: ";").map(\.trimmed).filter { !$0.isEmpty }
  }
}

extension CSVTable {
  /// The rows, where the columns that must be there are; otherwise none, with a diagnostic.
  ///
  /// - Parameters:
  ///   - required: The columns without which no row can be used.
  ///   - known: Every column that the table may have, or `nil` where any is welcome.
  func rows(required: [String], known: [String]?, findings: Findings) -> [CSVRow] {
    guard let head else {
      // A head that cannot be read has been reported.
      if isUnreadable { return [] }
      findings.add(
        Diagnostic(
          "table.empty", .warning, at: .file(name, line: 1, column: 1), "the table is empty",
          solutions: ["add a head row: \(required.joined(separator: ","))"]))
      return []
    }
    let place = place(of: head)
    var isUsable = true
    for column in required where columns[column] == nil {
      isUsable = false
      findings.add(
        Diagnostic(
          "table.column-missing", .error, at: place,
          "the table has no column '\(column)' and is left out", line: lineText(head.line),
          notes: Suggestion.nearest(to: column, among: columns.keys.sorted())
            .map { ["is '\($0)' meant to be '\(column)'?"] } ?? [],
          solutions: ["add or rename the column"]))
    }
    if let known {
      for field in head.fields
      where !known.contains(field.text.trimmed) && !field.text.unicodeScalars.contains("\u{FFFD}") {
        findings.add(
          Diagnostic(
            "table.column-unknown", .warning, at: self.place(of: field),
            "nothing is known of a column '\(field.text)'; it is left alone",
            line: lineText(field.line),
            notes: Suggestion.notes(for: field.text.trimmed, among: known),
            solutions: ["rename or remove the column"]))
      }
    }
    guard isUsable else { return [] }
    return records.enumerated().compactMap { index, record in
      let surplus = record.fields.dropFirst(head.fields.count)
      if let field = surplus.first(where: { !$0.text.isEmpty }) {
        findings.add(
          Diagnostic(
            "table.field-count", .error, at: self.place(of: field),
            "the row has \(record.fields.count) fields and the head \(head.fields.count); "
              + "the row is left out", line: lineText(field.line),
            solutions: [
              "put a field with '\(Unicode.Scalar(separator))' in it into quotation marks"
            ]
          ))
        return nil
      }
      if record.fields.count < head.fields.count {
        findings.add(
          Diagnostic(
            "table.field-count", .warning, at: self.place(of: record),
            "the row has \(record.fields.count) fields and the head \(head.fields.count); "
              + "the others are taken as blank", line: lineText(record.line),
            solutions: ["complete the row"]))
      }
      return CSVRow(table: self, record: record, index: index)
    }
  }
}
