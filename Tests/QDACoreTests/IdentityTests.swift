import FoundationEssentials
import QDA
import QDATestSupport
import Testing

struct IDTests {
  @Test(arguments: [
    "6A5F1C02-9B3E-4D71-8C2A-0F1E2D3C4B5A", "{6a5f1c02-9b3e-4d71-8c2a-0f1e2d3c4b5a}",
    "6a5f1c02-9b3e-4d71-8c2a-0f1e2d3c4b5a",
  ])
  func `a GUID is read in braces and in either case`(spelling: String) throws {
    let id = try #require(ID<Code>(spelling))
    #expect(id.description == "6a5f1c02-9b3e-4d71-8c2a-0f1e2d3c4b5a")
    #expect(id.high == 0x6a5f_1c02_9b3e_4d71)
    #expect(id.low == 0x8c2a_0f1e_2d3c_4b5a)
  }

  @Test(arguments: [
    "", "6a5f1c02", "{6a5f1c02-9b3e-4d71-8c2a-0f1e2d3c4b5a", "6a5f1c02-9b3e-4d71-8c2a-0f1e2d3c4b5g",
    "6a5f1c029-b3e-4d71-8c2a-0f1e2d3c4b5a", "6a5f1c02-9b3e-4d71-8c2a-0f1e2d3c4b5a}",
    "{{6a5f1c02-9b3e-4d71-8c2a-0f1e2d3c4b5}", "6a5f1c02-9b3e-4d71-8c2a-0f1e2d3c4bé", "{}",
    "+a5f1c02-9b3e-4d71-8c2a-0f1e2d3c4b5a", "------------------------------------",
  ])
  func `anything else is no GUID`(spelling: String) {
    #expect(ID<Code>(spelling) == nil)
  }

  @Test
  func `each byte of a GUID is a digit, a letter to f or a hyphen in its place`() {
    let hyphens: Set = [8, 13, 18, 23]
    let zeros = Array("00000000-0000-0000-0000-000000000000".utf8)
    for place in 0..<36 {
      for byte in UInt8.min...UInt8.max {
        var bytes = zeros
        bytes[place] = byte
        let id = ID<Code>(utf8: bytes.span)
        let digit = Character(Unicode.Scalar(byte)).isASCII ? String(Unicode.Scalar(byte)) : ""
        guard !hyphens.contains(place) else {
          #expect((id != nil) == (byte == UInt8(ascii: "-")))
          continue
        }
        guard let value = Int(digit, radix: 16) else {
          #expect(id == nil)
          continue
        }
        #expect(id?.description == String(decoding: bytes, as: UTF8.self).lowercased())
        #expect(id?.high.nonzeroBitCount == (place < 18 ? value.nonzeroBitCount : 0))
      }
    }
  }

  @Test
  func `an id follows from names, and from where one name ends`() {
    #expect(ID<Code>(derivedFrom: ["ab", "c"]) == ID<Code>(derivedFrom: ["ab", "c"]))
    #expect(ID<Code>(derivedFrom: ["ab", "c"]) != ID<Code>(derivedFrom: ["a", "bc"]))
  }

  @Test
  func `the same seed gives the same ids, of version 4`() {
    var first = SeededGenerator(seed: 7)
    var second = SeededGenerator(seed: 7)
    let id = ID<Case>(using: &first)
    #expect(id == ID<Case>(using: &second))
    #expect(Array(id.description)[14] == "4")
    #expect("89ab".contains(Array(id.description)[19]))
  }
}

struct TimestampTests {
  @Test(arguments: [
    "2026-03-04T10:30:00Z", "2026-03-04T10:30:00+01:00", "2026-03-04T10:30:00.25-09:30",
    "1969-12-31T23:59:59.999Z", "2024-02-29T00:00:00", "0001-01-01T00:00:00Z",
    "0000-01-01T00:00:00+23:59", "9999-12-31T23:59:59.999-23:59", "2000-02-29T12:00:00-00:01",
  ])
  func `a time keeps its zone and its fraction`(spelling: String) throws {
    let time = try #require(Timestamp(spelling))
    let again = try #require(Timestamp(time.description))
    #expect(time == again)
    #expect(time.description.hasPrefix(String(spelling.prefix(19))))
    #expect(time.description.hasSuffix(String(spelling.suffix(6))) || spelling.contains("."))
  }

  @Test(arguments: [Int64.min, -62_167_219_200_001, 253_402_300_800_000, .max])
  func `a moment that cannot be written is moved to the nearest that can`(milliseconds: Int64) {
    for zone in [nil, 0, 1439, -1439, Int.max, Int.min] {
      let time = Timestamp(milliseconds: milliseconds, zone: zone)
      #expect(Timestamp(time.description) == time)
      #expect(time.description.hasPrefix(milliseconds < 0 ? "0000-01-01" : "9999-12-31"))
      #expect((time.zone == nil) == (zone == nil))
      #expect(abs(time.zone ?? 0) <= 1439)
    }
  }

  // 1772616600 is what `date -u -d 2026-03-04T09:30:00Z +%s` prints.
  @Test
  func `milliseconds count from 1970`() throws {
    let time = try #require(Timestamp("2026-03-04T10:30:00+01:00"))
    #expect(time.milliseconds == 1_772_616_600_000)
    #expect(time.zone == 60)
  }

  @Test(arguments: [
    "2026-02-29T00:00:00Z", "2026-13-01", "2026-03-04T25:00:00Z", "2026-03-04T10:30", "yesterday",
    "2026-03-04T10:30:00.123456Z", "", "99999-01-01", "-0001-01-01", "9999-99-99T99:99:99Z",
    "2026-03-04T10:30:00.", "2026-03-04T10:30:00+99:99", "2026-03-04T10:30:00+1:00",
    "2026-03-04T10:30:60Z", "2026-03-04T10:30:00.99999999999999999999999999999Z", "２０２６-03-04",
  ])
  func `what cannot be kept exactly is refused`(spelling: String) {
    #expect(Timestamp(spelling) == nil)
  }
}

struct TableTests {
  private let coders = ["AB", "CD", "EF"].map {
    Coder(id: ID(derivedFrom: [$0]), name: $0, initials: $0)
  }

  @Test
  func `tables are equal in whatever order their rows are`() {
    #expect(Table(coders) == Table(coders.reversed()))
    #expect(Table(coders) != Table(coders.dropLast()))
  }

  @Test
  func `an object is kept under its own id, whatever it is assigned to`() {
    var table = Table(coders)
    table[ID(derivedFrom: ["other"])] = coders[0]
    #expect(table == Table(coders))
    #expect(table.allSatisfy { table[$0.id] == $0 })
  }

  @Test
  func `removing an object keeps the order of the rest, and it can come back in its place`() {
    var table = Table(coders)
    table[coders[1].id] = nil
    #expect(table.map(\.name) == ["AB", "EF"])
    table.insert(coders[1], at: 1)
    #expect(table.map(\.name) == ["AB", "CD", "EF"])
  }
}

struct DiagnosticTests {
  @Test
  func `a finding is printed as compilers do, with the marked line`() {
    let diagnostic = Diagnostic(
      "participant.age-band-reversed", .error, at: .file("participants.csv", line: 3, column: 5),
      "the band ends before it begins", line: "P17,26–25", notes: ["kept as written"],
      solutions: ["correct the band"])
    #expect(
      diagnostic.description == """
        participants.csv:3:5: error: the band ends before it begins [participant.age-band-reversed]
          P17,26–25
              ^
          note: kept as written
          help: correct the band
        """)
  }

  @Test
  func `of a long line only what surrounds the mark is shown`() {
    let diagnostic = Diagnostic(
      "x.y", .note, at: .file("a", line: 1, column: 501), "here",
      line: String(repeating: "a", count: 500) + "B" + String(repeating: "c", count: 500))
    let lines = diagnostic.description.split(separator: "\n")
    #expect(lines[1].count < 120)
    let mark = lines[2].distance(from: lines[2].startIndex, to: lines[2].firstIndex(of: "^")!)
    #expect(Array(lines[1])[mark] == "B")
  }

  @Test
  func `a finding is the same after encoding and decoding, its place written flat`() throws {
    let span = TextSpan(scalars: 3..<9)
    for place: Place? in [
      nil, .file("a.csv", line: 3, column: 5), .file("a.csv", line: 0, column: 0),
      .text(ID(derivedFrom: ["s"]), span), .object(.code(ID(derivedFrom: ["c"]))),
    ] {
      let finding = Diagnostic(
        "x.y", .warning, at: place, "here", raw: "26–25", line: "P17,26–25", notes: ["n"], count: 2)
      let data = try JSONEncoder().encode(finding)
      #expect(try JSONDecoder().decode(Diagnostic.self, from: data) == finding)
    }
    let flat = try JSONEncoder().encode(
      Diagnostic("x.y", .note, at: .file("a.csv", line: 3, column: 5), "here"))
    let text = String(decoding: flat, as: UTF8.self)
    #expect(text.contains("\"file\":\"a.csv\"") && text.contains("\"line\":3"))
  }

  @Test
  func `a column that no line has is no trap`() {
    for column in [Int.min, 0, 9, Int.max] {
      let diagnostic = Diagnostic(
        "x.y", .note, at: .file("a", line: 1, column: column), "here", line: "abc")
      #expect(diagnostic.description.contains("abc"))
    }
  }

  @Test(arguments: [
    ("summry", "summary"), ("STATE", "state"), ("lable", "label"), ("zzz", nil),
  ])
  func `a misspelt word is answered with the nearest known one`(word: String, answer: String?) {
    #expect(Suggestion.nearest(to: word, among: ["state", "summary", "label"]) == answer)
  }
}
