import QDACore
import QDAInterchange
import Testing

struct TextDecodingTests {
  private func decode(
    _ bytes: [UInt8], encoding: TextEncoding? = nil
  ) throws -> Reading<DecodedText> {
    try TextDecoding.decode(bytes, name: "a.txt", encoding: encoding)
  }

  @Test(
    arguments: [
      (TextEncoding.utf8, [0xEF, 0xBB, 0xBF, 0x61, 0xC3, 0xA9]),
      (.utf16LittleEndian, [0xFF, 0xFE, 0x61, 0x00, 0xE9, 0x00]),
      (.utf16BigEndian, [0xFE, 0xFF, 0x00, 0x61, 0x00, 0xE9]),
      (.utf32LittleEndian, [0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0, 0xE9, 0, 0, 0]),
      (.utf32BigEndian, [0, 0, 0xFE, 0xFF, 0, 0, 0, 0x61, 0, 0, 0, 0xE9]),
    ] as [(TextEncoding, [UInt8])])
  func `a byte-order mark names the encoding and is not text`(
    _ encoding: TextEncoding, _ bytes: [UInt8]
  ) throws {
    let decoded = try decode(bytes)
    #expect(decoded.value.string == "aé")
    #expect(decoded.value.encoding == encoding)
    #expect(decoded.value.hadByteOrderMark)
    #expect(decoded.diagnostics.isEmpty)
  }

  @Test
  func `zeros on one side of every pair are UTF-16 without a mark`() throws {
    let little = try decode("I: héllo\r\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    #expect(little.value.string == "I: héllo\n")
    #expect(little.value.encoding == .utf16LittleEndian)
    #expect(little.value.lineEnd == .crlf)
    let big = try decode("I: héllo".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] })
    #expect(big.value.encoding == .utf16BigEndian)
  }

  // The published tables of the code pages: 80 is the euro sign in windows-1252, DB in Macintosh.
  @Test
  func `the caller names an old encoding`() throws {
    #expect(try decode([0x80, 0x93, 0x94], encoding: .windows1252).value.string == "€“”")
    #expect(try decode([0xDB, 0xD2, 0xD3, 0x8E], encoding: .macintosh).value.string == "€“”é")
    #expect(try decode([0xE9, 0xA4], encoding: .latin1).value.string == "é¤")
  }

  @Test
  func `bytes that are not UTF-8 are read as windows-1252 with a warning`() throws {
    let decoded = try decode([0x63, 0x61, 0x66, 0xE9, 0x20, 0x96, 0x20, 0x85])
    #expect(decoded.value.string == "café – …")
    #expect(decoded.value.encoding == .windows1252)
    #expect(decoded.diagnostics.map(\.id) == ["text.encoding-guessed"])
  }

  @Test
  func `a few bad lines in UTF-8 are read alone as windows-1252, with their places`() throws {
    let good = Array("é\nà\nü\n".utf8)
    let decoded = try decode(good + [0x66, 0xFC, 0x72, 0x0A] + good)
    #expect(decoded.value.string == "é\nà\nü\nfür\né\nà\nü\n")
    #expect(decoded.value.encoding == .utf8)
    #expect(decoded.diagnostics.map(\.id) == ["text.mixed-encoding"])
    #expect(decoded.diagnostics.first?.place == .file("a.txt", line: 4, column: 1))
    #expect(decoded.diagnostics.first?.notes == ["line 4, byte 9"])
  }

  @Test
  func `an encoding that the caller names and that does not fit is an error with its line`() {
    #expect(
      throws: ReadingError.malformed(
        file: "a.txt", line: 2, column: 1,
        reason: "the bytes of this line are not UTF-8; name the right encoding")
    ) {
      try decode([0x61, 0x0A, 0xE9, 0x0A], encoding: .utf8)
    }
  }

  @Test(arguments: [
    ("a\nb", LineEnd.lf), ("a\r\nb", .crlf), ("a\rb", .cr), ("a\r\nb\nc", .mixed), ("a", .lf),
  ])
  func `every kind of line end becomes a line feed`(_ text: String, _ lineEnd: LineEnd) throws {
    let decoded = try decode(Array(text.utf8))
    #expect(decoded.value.lineEnd == lineEnd)
    #expect(!decoded.value.string.unicodeScalars.contains("\r"))
    #expect(
      decoded.value.string.unicodeScalars.count { $0 == "\n" }
        == (lineEnd == .mixed ? 2 : text == "a" ? 0 : 1))
  }

  @Test
  func `control characters stay and are reported with the first place`() throws {
    let decoded = try decode(Array("ab\nc\u{0}d\u{1B}\u{7F}".utf8))
    #expect(decoded.value.string == "ab\nc\u{0}d\u{1B}\u{7F}")
    #expect(decoded.diagnostics.map(\.id) == ["text.control-characters"])
    #expect(decoded.diagnostics.first?.count == 3)
    #expect(decoded.diagnostics.first?.place == .file("a.txt", line: 2, column: 2))
  }

  @Test
  func `half of a surrogate pair is replaced and reported`() throws {
    let decoded = try decode([0xFF, 0xFE, 0x61, 0x00, 0x3D, 0xD8, 0x62, 0x00])
    #expect(decoded.value.string == "a\u{FFFD}b")
    #expect(decoded.diagnostics.map(\.id) == ["text.bad-bytes"])
  }

  @Test(arguments: ["", "\n \t\n", "\u{A0}"])
  func `a file without text is empty, not wrong`(_ text: String) throws {
    #expect(try decode(Array(text.utf8)).diagnostics.map(\.id) == ["text.empty"])
  }

  @Test
  func `text in UTF-16 without a mark and without Latin letters is refused with the way out`()
    throws
  {
    let text = "Ира: Где была вчера вечером?\nОля: Дома работала.\n"
    let bytes = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let error = #expect(throws: ReadingError.self) { try decode(bytes) }
    #expect(error?.description.contains("--encoding utf-16le") == true)
    #expect(try decode(bytes, encoding: .utf16LittleEndian).value.string == text)
  }
}
