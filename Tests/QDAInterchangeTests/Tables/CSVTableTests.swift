import QDACore
import Testing

@testable import QDAInterchange

struct CSVTableTests {
  private func read(_ text: String) -> Reading<CSVTable> {
    CSVTable.read(Array(text.utf8), name: "t.csv")
  }

  private func fields(_ table: CSVTable) -> [[String]] {
    table.records.map { $0.fields.map(\.text) }
  }

  @Test
  func `quotes, doubled quotes and line breaks in fields are understood`() {
    let reading = read("id,text\r\n1,\"a, \"\"b\"\"\r\nc\"\r\n2,d\r\n")
    #expect(reading.diagnostics.isEmpty)
    #expect(fields(reading.value) == [["1", "a, \"b\"\nc"], ["2", "d"]])
    #expect(reading.value.lineEnd == "\r\n")
  }

  @Test
  func `a field knows its line and its column in scalars`() throws {
    let table = read("id,text,more\n\n1,né́e,\"x\ny\",\n2,🙂,b\n").value
    let first = try #require(table.records.first)
    #expect(first.line == 3)
    #expect(first.fields.map(\.column) == [1, 3, 8, 4])
    #expect(first.fields.map(\.line) == [3, 3, 3, 4])
    #expect(table.records[1].line == 5)
    #expect(table.records[1].fields[2].column == 5)
  }

  @Test
  func `a record's bytes hold its line end, so that it can be cut out`() {
    let text = "\u{FEFF}id,a\n1,x\n2,\"y\nz\"\n3,w"
    let table = read(text).value
    let bytes = Array(text.utf8)
    #expect(
      table.records.map { String(decoding: bytes[$0.bytes], as: UTF8.self) } == [
        "1,x\n", "2,\"y\nz\"\n", "3,w",
      ])
    #expect(table.columns == ["id": 0, "a": 1])
  }

  @Test(arguments: [(";", "a;b,c;d"), ("\t", "a\tb,c\td"), (",", "a,b;c,d")])
  func `the separator is the one that the head row has most of`(separator: String, head: String) {
    let table = read(head + "\n1\(separator)2\n").value
    #expect(table.separator == separator.utf8.first)
    #expect(fields(table) == [["1", "2"]])
  }

  @Test
  func `an unclosed quote costs its own line only`() {
    let reading = read("id,text\n1,\"open\n2,\"closed\"\n3,plain\n")
    #expect(fields(reading.value) == [["2", "closed"], ["3", "plain"]])
    #expect(reading.diagnostics.map(\.head) == ["t.csv:2:3 error table.quote-unclosed"])
  }

  @Test
  func `an unclosed quote at the end loses nothing before it`() {
    let reading = read("id,text\n1,a\n2,\"open")
    #expect(fields(reading.value) == [["1", "a"]])
    #expect(reading.diagnostics.map(\.id) == ["table.quote-unclosed"])
  }

  @Test
  func `bytes that are not UTF-8 cost their rows and are reported once`() {
    let bytes = Array("id,text\n1,caf".utf8) + [0xE9, 0x0A] + Array("2,t".utf8) + [0xE9, 0x0A]
    let reading = CSVTable.read(bytes + Array("3,x\n".utf8), name: "t.csv")
    #expect(fields(reading.value) == [["3", "x"]])
    #expect(reading.diagnostics.map(\.id) == ["table.not-utf8"])
    #expect(reading.diagnostics.first?.count == 2)
  }

  @Test
  func `reading takes time in proportion to the size`() {
    func seconds(_ count: Int) -> Duration {
      let text = "id,text\n" + String(repeating: "\"\"\"\",\"a\"x\n", count: count)
      let bytes = Array(text.utf8)
      let times = (0..<3).map { _ in
        ContinuousClock().measure { _ = CSVTable.read(bytes, name: "t.csv") }
      }
      return times.min() ?? .zero
    }
    // Sixteen times the rows; a quadratic reader would need 256 times as long.
    #expect(seconds(32_000) < seconds(2000) * 64)
  }

  @Test
  func `a column that comes again and again is reported once, with its number`() {
    let count = 20_000
    let text = String(repeating: "a,", count: count) + "b,b\n"
    var reading: Reading<CSVTable>?
    let time = ContinuousClock().measure { reading = read(text) }
    // After the first `a`, and after the first `b`.
    #expect(
      reading?.diagnostics.map { "\($0.id) \($0.count)" } == [
        "table.column-duplicate \(count - 1)", "table.column-duplicate 1",
      ])
    // Copying the line for each column took more than a second.
    #expect(time < .milliseconds(900))
  }

  // MARK: Editing

  private func patch(_ text: String, _ rows: [CSVPatch.Row], removing: Set<Int> = []) -> String {
    String(
      decoding: CSVPatch.apply(rows, removing: removing, in: read(text).value), as: UTF8.self)
  }

  private func row(_ record: Int?, _ values: [String: String]) -> CSVPatch.Row {
    CSVPatch.Row(record: record, values: values, changed: Set(values.keys))
  }

  @Test
  func `a changed field is replaced and all other bytes stay`() {
    #expect(
      patch("id;a;b\r\n1;\"x\";y\r\n\r\n2; u ;v", [row(0, ["a": "n;m"])])
        == "id;a;b\r\n1;\"n;m\";y\r\n\r\n2; u ;v")
  }

  @Test
  func `new rows go behind the row before them, and removed rows go`() {
    let rows = [row(0, [:]), row(nil, ["id": "9", "b": "z"]), row(2, [:]), row(nil, ["id": "8"])]
    #expect(
      patch("id,a,b\n1,x,y\n2,u,v\n3,s,t", rows, removing: [1])
        == "id,a,b\n1,x,y\n9,,z\n3,s,t\n8,,")
  }

  @Test
  func `a column that is needed is added to every row`() {
    #expect(
      patch("id,a\n1,x\n2,y\n", [row(0, ["weight": "3"])]) == "id,a,weight\n1,x,3\n2,y,\n")
  }

  @Test
  func `a short row is completed when it changes`() {
    #expect(patch("id,a,b,c\n1\n", [row(0, ["b": "x"])]) == "id,a,b,c\n1,,x,\n")
  }
}
