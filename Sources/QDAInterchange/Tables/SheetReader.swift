internal import QDACore

/// Makes a table from the events of one sheet of a workbook.
struct SheetReader {
  private let file: String
  private let name: String
  private let strings: WorkbookStrings
  private let styles: WorkbookStyles
  private let since1904: Bool
  private var rows: [TableContent.Row] = []
  private var isInOrder = true
  private var remarks = SheetRemarks()
  private var uncomputed: Set<LineColumn> = []

  private var row = TableContent.Row(number: 0, cells: [])
  private var lastRow = 0
  private var lastColumn = -1
  private var cell: Open?
  private var phonetic = 0
  private var textOf: String?

  /// A cell that has begun.
  private struct Open {
    var column: Int
    var type: String
    var style: Int
    var value = ""
    var inline = ""
    var hasValue = false
    var hasFormula = false
  }

  init(
    file: String, name: String, strings: WorkbookStrings, styles: WorkbookStyles, since1904: Bool
  ) {
    self.file = file
    self.name = name
    self.strings = strings
    self.styles = styles
    self.since1904 = since1904
  }

  /// Takes the next event of the sheet's part.
  mutating func take(_ event: XMLEvent) {
    switch event {
    case .start(let element): start(element)
    case .end(_, let name): end(name)
    case .text(let text):
      if textOf == "v" { cell?.value += text } else if textOf == "t" { cell?.inline += text }
    }
  }

  private mutating func start(_ element: XMLElement) {
    switch element.name {
    case "col": if isTrue(element["hidden"]) { remarks.hiddenLines += 1 }
    case "row":
      if isTrue(element["hidden"]) { remarks.hiddenLines += 1 }
      let number = element["r"].map { Int($0) ?? -1 } ?? lastRow + 1
      row = TableContent.Row(number: number, cells: [])
      lastColumn = -1
      if (1...Workbook.greatestRow).contains(number) { lastRow = number }
    case "c":
      let column = element["r"].map { Self.column(of: $0) ?? -1 } ?? lastColumn + 1
      cell = Open(
        column: column, type: element["t"] ?? "n", style: Int(element["s"] ?? "") ?? 0)
      if (0..<Workbook.greatestColumn).contains(column) { lastColumn = column }
    case "f": cell?.hasFormula = true
    case "v":
      cell?.hasValue = true
      textOf = "v"
    case "rPh": phonetic += 1
    case "t":
      cell?.hasValue = true
      textOf = phonetic == 0 ? "t" : nil
    default: break
    }
  }

  private mutating func end(_ name: String) {
    switch name {
    case "v", "t": textOf = nil
    case "rPh": phonetic -= 1
    case "c": endCell()
    case "row": endRow()
    default: break
    }
  }

  private func isTrue(_ text: String?) -> Bool { text == "1" || text == "true" }

  /// The column of a reference such as `AB12`, from 0.
  static func column(of reference: String) -> Int? {
    var column = 0
    for byte in reference.utf8 {
      switch byte {
      case 0x41...0x5A: column = column * 26 + Int(byte - 0x40)
      case 0x61...0x7A: column = column * 26 + Int(byte - 0x60)
      case 0x30...0x39, 0x24: continue
      default: return nil
      }
      if column > Workbook.greatestColumn { return nil }
    }
    return column == 0 ? nil : column - 1
  }

  private mutating func endCell() {
    guard let open = cell else { return }
    cell = nil
    guard open.hasValue else {
      if open.hasFormula {
        remarks.uncomputed += 1
        uncomputed.insert(LineColumn(line: row.number, column: open.column + 1))
      }
      return
    }
    guard (0..<Workbook.greatestColumn).contains(open.column),
      (1...Workbook.greatestRow).contains(row.number)
    else {
      remarks.outside += 1
      return
    }
    guard let (text, kind) = value(of: open) else {
      remarks.unknown += 1
      return
    }
    if kind == .failure { remarks.failures += 1 }
    guard !text.isEmpty else { return }
    row.cells.append(
      TableContent.Cell(
        column: open.column, text: text, kind: kind, indent: styles.indent(ofStyle: open.style),
        place: LineColumn(line: row.number, column: open.column + 1)))
  }

  private func value(of open: Open) -> (String, TableContent.Cell.Kind)? {
    let written = open.value.trimmed
    switch open.type {
    case "s": return Int(written).flatMap { strings[$0] }.map { ($0, .text) }
    case "inlineStr": return (open.inline.withoutSheetEscapes, .text)
    case "str": return (open.value.withoutSheetEscapes, .text)
    case "b": return (written == "1" || written == "true" ? "true" : "false", .flag)
    case "e": return (written, .failure)
    case "d": return (written, .date)
    default:
      if written.isEmpty { return ("", .number) }
      let form = styles.form(ofStyle: open.style)
      if form != .number,
        let date = SheetNumber.date(written, form: form, since1904: since1904)
      {
        return (date, .date)
      }
      return (SheetNumber.decimal(written), .number)
    }
  }

  private mutating func endRow() {
    guard !row.cells.isEmpty else { return }
    sortCells(&row.cells)
    if let last = rows.last, last.number >= row.number { isInOrder = false }
    rows.append(row)
    row = TableContent.Row(number: 0, cells: [])
  }

  // Of two cells in one place the first stays.
  private func sortCells(_ cells: inout [TableContent.Cell]) {
    if zip(cells, cells.dropFirst()).allSatisfy({ $0.column < $1.column }) { return }
    var seen: Set<Int> = []
    cells = cells.filter { seen.insert($0.column).inserted }.sorted { $0.column < $1.column }
  }

  /// The table, once its part has ended.
  func finish(_ total: inout SheetRemarks) -> TableContent {
    var rows = rows
    if !isInOrder {
      var cells: [Int: [TableContent.Cell]] = [:]
      for row in rows { cells[row.number, default: []] += row.cells }
      rows = cells.keys.sorted().map { number in
        var row = TableContent.Row(number: number, cells: cells[number] ?? [])
        sortCells(&row.cells)
        return row
      }
    }
    total.hiddenLines += remarks.hiddenLines
    total.failures += remarks.failures
    total.unknown += remarks.unknown
    total.uncomputed += remarks.uncomputed
    total.outside += remarks.outside
    return TableContent(
      file: file, name: name, rows: rows.filter { !$0.isBlank }, uncomputed: uncomputed)
  }
}
