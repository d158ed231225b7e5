import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

struct WorkbookTests {
  private func read(_ name: String) throws -> Reading<[TableContent]> {
    try TableFile.read(bytes(of: fixture("Exchange/Workbook/\(name)")), name: name)
  }

  private func texts(_ row: TableContent.Row) -> [String] { row.cells.map(\.text) }

  @Test
  func `sheets come in the order of the workbook with their names`() throws {
    #expect(try read("values.xlsx").value.map(\.name) == ["Zahlen & mehr", "Second", "Hidden"])
  }

  @Test
  func `shared texts keep their space and runs, and leave out how they are pronounced`() throws {
    let table = try read("values.xlsx").value[0]
    #expect(texts(table.rows[0]) == [" lead", "rich text", "two\nlines_x"])
    #expect(table.rows[3].cell(7)?.text == "in")
    #expect(table.rows[3].cell(7)?.indent == 2)
  }

  @Test
  func `numbers read as people see them, without the noise of binary fractions`() throws {
    let row = try read("values.xlsx").value[0].rows[1]
    #expect(
      texts(row) == [
        "0.1", "42", "0.0015", "100000000000000000000", "-2.50", "12345678901234567890",
      ])
    #expect(row.cells.allSatisfy { $0.kind == .number })
  }

  @Test
  func `numbers that a format shows as dates read as ISO 8601`() throws {
    // 45291 is 31 December 2023; 60 is a 29 February 1900 that never was.
    let row = try read("values.xlsx").value[0].rows[2]
    #expect(
      texts(row) == [
        "2023-12-31", "2023-12-31T12:00:00", "1900-01-01", "3.5", "36:00:00", "06:00:00", "60",
        "1900-03-01",
      ])
    #expect(
      row.cells.map { $0.kind == .date } == [true, true, true, false, true, true, false, true])
  }

  @Test
  func `flags, errors, formulas and dates of their own type are told apart`() throws {
    let reading = try read("values.xlsx")
    let row = reading.value[0].rows[3]
    #expect(texts(row) == ["true", "false", "#REF!", "leadx", "2024-02-29", "in"])
    #expect(row.cells.map(\.column) == [0, 1, 2, 3, 5, 7])
    #expect(
      reading.diagnostics.map { "\($0.id) \($0.count)" } == [
        "workbook.hidden 3", "workbook.error-value 1", "workbook.formula-without-value 1",
        "workbook.cell-invalid 1",
      ])
  }

  @Test
  func `a text that looks like a formula stays text, and merged cells have one value`() throws {
    let table = try read("values.xlsx").value[0]
    let row = try #require(table.rows.last)
    #expect(row.number == 6)
    #expect(texts(row) == ["=HYPERLINK(\"http://example.org\",\"x\")"])
  }

  @Test
  func `cells without references follow each other, and far ones cost nothing`() throws {
    let reading = try read("sparse.xlsx")
    let table = reading.value[0]
    #expect(table.rows.map(\.number) == [1, 3, 4, 1_048_576])
    #expect(texts(table.rows[0]) == ["1", "next"])
    #expect(texts(table.rows[1]) == ["4", "5"])
    #expect(table.rows[3].cells.map(\.column) == [16_383])
    #expect(table.rows[3][16_383] == "9")
    // A1048577, XFE3 and the cell of a row without a number that fits.
    #expect(reading.diagnostics.map { "\($0.id) \($0.count)" } == ["workbook.cell-invalid 3"])
  }

  @Test
  func `the strict namespace and the calendar from 1904 are read`() throws {
    #expect(try texts(read("strict-1904.xlsx").value[0].rows[0]) == ["1904-01-01", "strict"])
  }

  @Test
  func `a workbook without its main part, cut off, or too large is refused`() throws {
    #expect(
      throws: ReadingError.missingPart(file: "no-workbook.xlsx", part: "xl/workbook.xml")
    ) { try read("no-workbook.xlsx") }
    let whole = try bytes(of: fixture("Exchange/Workbook/values.xlsx"))
    #expect(throws: ReadingError.self) {
      try TableFile.read(Array(whole[..<(whole.count / 2)]), name: "half.xlsx")
    }
    let limits = ArchiveLimits(partSize: 500)
    #expect(throws: ReadingError.self) { try Workbook.read(whole, name: "a.xlsx", limits: limits) }
    #expect(throws: ReadingError.self) { try TableFile.read([], name: "empty.csv") }
    #expect(throws: ReadingError.self) {
      try TableFile.read(Array("<html><table>".utf8), name: "a.xls")
    }
  }

  @Test
  func `workbooks of before 2007 and encrypted ones say so`() {
    let old: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    guard
      case .noReader(_, "Excel 97–2003 (XLS)", _)? = #expect(
        throws: ReadingError.self, performing: { try TableFile.read(old, name: "old.xls") })
    else {
      Issue.record("not refused as XLS")
      return
    }
    #expect(throws: ReadingError.encrypted(file: "locked.xlsx")) {
      try TableFile.read(old, name: "locked.xlsx")
    }
  }

  @Test(arguments: [
    ("General", WorkbookStyles.Form.number), ("0.00", .number), ("dd/mm/yyyy", .date),
    ("mmm-yy", .date), ("h:mm AM/PM", .time), ("mm:ss.0", .time), ("[hh]:mm", .elapsed),
    ("[$-409]d-mmm-yy;@", .date), ("yyyy-mm-dd hh:mm", .dateTime), ("\"day\" 0", .number),
    ("#,##0\\d", .number), ("[Red]0;[Blue]-0", .number),
  ])
  func `a number format tells what it shows`(code: String, form: WorkbookStyles.Form) {
    #expect(WorkbookStyles.form(of: code) == form)
  }

  @Test
  func `tables of a Word document and CSV in UTF-16 read alike`() throws {
    let word = try TableFile.read(
      bytes(of: fixture("Exchange/Codebooks/nvivo.docx")), name: "a.docx"
    ).value
    #expect(word.count == 1)
    #expect(word[0].rows.map { $0[0] } == ["Name", "Hope", "Plans", "Fears"])
    let tabbed: [UInt8] = [0xFF, 0xFE] + "a\tb\n1\tz\n".utf16.flatMap { [UInt8($0 & 0xFF), 0] }
    let rows = try TableFile.read(tabbed, name: "a.txt").value[0].rows
    #expect(rows.map(texts) == [["a", "b"], ["1", "z"]])
  }

  @Test
  func `all columns are read but in a large sheet with hardly a cell filled`() throws {
    func sheet(rows: Int, last column: Int) -> TableContent {
      TableContent(
        file: "a.xlsx",
        rows: (1...rows).map { row in
          TableContent.Row(
            number: row,
            cells: [0, column].map {
              TableContent.Cell(
                column: $0, text: "a", place: LineColumn(line: row, column: $0 + 1))
            })
        })
    }
    let wide = sheet(rows: 10, last: 16_383)
    #expect(TableTranscript.columnsRead(of: wide) == 16_384)
    #expect(TableTranscript.columnsLeftOut(of: wide) == [])
    // 300 rows of 16,384 columns are 4.9 million cells, of which 600 are filled.
    let empty = sheet(rows: 300, last: 16_383)
    #expect(TableTranscript.columnsRead(of: empty) == 400)
    let finding = try #require(TableTranscript.columnsLeftOut(of: empty).first)
    #expect(finding.count == 300)
    #expect(finding.place == .file("a.xlsx", line: 1, column: 16_384))
  }
}
