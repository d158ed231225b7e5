internal import QDACore

/// Edits a table in place: rows and fields that a change does not concern keep their bytes.
struct CSVPatch {
  /// A row to be: what it holds by column, and the record it stands in, if it is there already.
  struct Row {
    var record: Int?
    var values: [String: String]
    /// The columns whose value the change concerns; for a new row, all.
    var changed: Set<String>
  }

  private let table: CSVTable
  private var columns: [String: Int]
  private var added: [String] = []
  private var edits: [(range: Range<Int>, text: String)] = []

  /// The bytes of a table after a change.
  ///
  /// - Parameters:
  ///   - rows: The rows in the order of the study; those without a record are put behind the row
  ///     before them.
  ///   - removed: The records that go.
  static func apply(_ rows: [Row], removing removed: Set<Int>, in table: CSVTable) -> [UInt8] {
    var patch = CSVPatch(table: table, columns: table.columns)
    patch.addColumns(rows)
    patch.change(rows)
    patch.insert(rows)
    patch.remove(removed)
    return patch.result()
  }

  /// A new table.
  static func table(columns: [String], rows: [[String: String]]) -> [UInt8] {
    var text = CSV.record(columns) + "\n"
    for row in rows { text += CSV.record(columns.map { row[$0] ?? "" }) + "\n" }
    return Array(text.utf8)
  }

  private init(table: CSVTable, columns: [String: Int]) {
    self.table = table
    self.columns = columns
  }

  private var separator: String { String(Unicode.Scalar(table.separator)) }

  private func written(_ text: String) -> String {
    CSV.field(text, separator: Unicode.Scalar(table.separator))
  }

  // A column that some row now needs is added to the head; rows that have nothing in it get blanks,
  // so that each has as many fields as the head.
  private mutating func addColumns(_ rows: [Row]) {
    guard let head = table.head else { return }
    let needed = rows.flatMap { row in
      row.changed.filter { columns[$0] == nil && !(row.values[$0] ?? "").isEmpty }
    }
    added = Set(needed).sorted()
    guard !added.isEmpty, let last = head.fields.last else { return }
    for (offset, column) in added.enumerated() { columns[column] = head.fields.count + offset }
    let end = last.bytes.upperBound
    edits.append((end..<end, added.map { separator + written($0) }.joined()))
    let changing = Set(rows.compactMap { $0.changed.isEmpty ? nil : $0.record })
    for (index, record) in table.records.enumerated() where !changing.contains(index) {
      guard let last = record.fields.last else { continue }
      let missing = max(0, head.fields.count + added.count - record.fields.count)
      let end = last.bytes.upperBound
      edits.append((end..<end, String(repeating: separator, count: missing)))
    }
  }

  private mutating func change(_ rows: [Row]) {
    for row in rows where !row.changed.isEmpty {
      guard let index = row.record, table.records.indices.contains(index) else { continue }
      let record = table.records[index]
      var tail: [String] = []
      let width = (table.head?.fields.count ?? 0) + added.count
      for column in columns.sorted(by: { $0.value < $1.value })
      where row.changed.contains(column.key) {
        let text = written(row.values[column.key] ?? "")
        if record.fields.indices.contains(column.value) {
          edits.append((record.fields[column.value].bytes, text))
        } else {
          while tail.count < column.value - record.fields.count { tail.append("") }
          tail.append(text)
        }
      }
      if !tail.isEmpty || !added.isEmpty {
        while record.fields.count + tail.count < width { tail.append("") }
      }
      if !tail.isEmpty, let last = record.fields.last {
        let end = last.bytes.upperBound
        edits.append((end..<end, tail.map { separator + $0 }.joined()))
      }
    }
  }

  private mutating func insert(_ rows: [Row]) {
    let names = columns.sorted { $0.value < $1.value }
    let width = max(names.last.map { $0.value + 1 } ?? 0, table.head?.fields.count ?? 0)
    var end = table.head?.bytes.upperBound ?? table.bytes.count
    for row in rows {
      if let index = row.record, table.records.indices.contains(index) {
        end = table.records[index].bytes.upperBound
        continue
      }
      var fields = [String](repeating: "", count: width)
      for (name, index) in names where fields.indices.contains(index) {
        fields[index] = row.values[name] ?? ""
      }
      // The last line of a file may lack its end.
      let lead = end > 0 && table.bytes[end - 1] != 0x0A ? table.lineEnd : ""
      let text = CSV.record(fields, separator: Unicode.Scalar(table.separator))
      edits.append((end..<end, lead.isEmpty ? text + table.lineEnd : lead + text))
    }
  }

  private mutating func remove(_ removed: Set<Int>) {
    for index in removed.sorted() where table.records.indices.contains(index) {
      edits.append((table.records[index].bytes, ""))
    }
  }

  private func result() -> [UInt8] {
    var bytes: [UInt8] = []
    var position = 0
    let ordered = edits.enumerated().sorted {
      ($0.element.range.lowerBound, $0.element.range.isEmpty ? 0 : 1, $0.offset)
        < ($1.element.range.lowerBound, $1.element.range.isEmpty ? 0 : 1, $1.offset)
    }
    for (_, edit) in ordered where edit.range.lowerBound >= position {
      bytes += table.bytes[position..<edit.range.lowerBound]
      bytes += edit.text.utf8
      position = edit.range.upperBound
    }
    bytes += table.bytes[position...]
    return bytes
  }
}
