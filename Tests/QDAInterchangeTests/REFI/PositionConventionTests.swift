import QDA
import QDATestSupport
import Testing

@Suite struct PositionConventionTests {
  /// "🙂" is one scalar, two UTF-16 units and four bytes; the line ends take two characters.
  static let text = "🙂 I: why?\r\nP1: we walk 🙂 there\r\nwe talk there\r\n"
  static let words = ["walk", "there", "talk", "why"]

  /// A project whose selections count as a convention says.
  static func xml(origin: String, counting: (String) -> Int, named: Bool) -> String {
    var selections = ""
    for (number, word) in words.enumerated() {
      let range = text.firstRange(of: word) ?? text.startIndex..<text.startIndex
      let start = counting(String(text[..<range.lowerBound]))
      let end = counting(String(text[..<range.upperBound]))
      let name = named ? " name=\"\(word)\"" : " name=\"\""
      selections +=
        "<PlainTextSelection guid=\"\(g(100 + number))\"\(name) startPosition=\"\(start)\" endPosition=\"\(end)\"/>"
    }
    let content = text.replacing("\r\n", with: "&#13;\n")
    return
      "<Project name=\"x\" origin=\"\(origin)\"><Sources><TextSource guid=\"\(g(10))\" name=\"P1\"><PlainTextContent>\(content)</PlainTextContent>\(selections)</TextSource></Sources></Project>"
  }

  static func scalars(_ text: String) -> Int { text.unicodeScalars.count }
  static func units(_ text: String) -> Int { text.utf16.count }
  static func bytes(_ text: String) -> Int { text.utf8.count }
  static func scalarsOnce(_ text: String) -> Int {
    text.unicodeScalars.count { $0 != "\r" }
  }

  func quotes(_ reading: Reading<Project>) throws -> [String] {
    try (0..<4).map { number in
      let passage = try #require(
        reading.value.codings[ID<Passage>(high: 0, low: UInt64(100 + number))])
      return try reading.value.quote(of: passage)
    }
  }

  @Test func `positions of NVivo count UTF-16 units and line ends as two`() throws {
    let reading = try project(
      Self.xml(origin: "NVivo for Windows 12.6", counting: Self.units, named: false))
    #expect(try quotes(reading) == Self.words)
    #expect(reading.diagnostics.map(\.id) == ["refi.positions"])
    #expect(reading.value.sources[0].rendition.lineEnd == .crlf)
    #expect(
      try reading.value.texts.text(of: guid(10)).string == Self.text.replacing("\r\n", with: "\n"))
  }

  @Test func `positions of ATLAS.ti count a line end as one`() throws {
    let reading = try project(
      Self.xml(origin: "ATLAS.ti 8.4", counting: Self.scalarsOnce, named: true))
    #expect(try quotes(reading) == Self.words)
    #expect(reading.diagnostics.map(\.id) == ["refi.positions"])
  }

  @Test(arguments: [true, false])
  func `the texts are believed against the origin, and it is said`(named: Bool) throws {
    let reading = try project(Self.xml(origin: "NVivo", counting: Self.scalars, named: named))
    #expect(try quotes(reading) == Self.words)
    let finding = try #require(reading.diagnostics.first)
    #expect(finding.id == "refi.positions-unexpected")
    #expect(finding.summary.contains("'scalars'"))
  }

  @Test func `two names that are the words of one convention only are enough`() throws {
    let xml = Self.xml(origin: "NVivo", counting: Self.bytes, named: true)
    let selections = xml.matches(of: /<PlainTextSelection [^>]*\/>/).map { String($0.output) }
    let few = selections[2...].reduce(xml) { $0.replacing($1, with: "") }
    let reading = try project(few)
    #expect(reading.diagnostics.map(\.id) == ["refi.positions-unexpected"])
    for number in 0..<2 {
      let passage = try #require(
        reading.value.codings[ID<Passage>(high: 0, low: UInt64(100 + number))])
      #expect(try reading.value.quote(of: passage) == Self.words[number])
    }
  }

  @Test func `one name that fits both ways does not speak against the other two`() throws {
    // Before the smiley all ways of counting agree.
    let text = "Yes 🙂 we walked and we talked"
    var selections = ""
    for (number, word) in ["Yes", "walked", "talked"].enumerated() {
      let range = try #require(text.firstRange(of: word))
      let start = text[..<range.lowerBound].utf16.count
      selections +=
        "<PlainTextSelection guid=\"\(g(100 + number))\" name=\"\(word)\" startPosition=\"\(start)\" endPosition=\"\(start + word.count)\"/>"
    }
    let reading = try project(
      "<Project name=\"x\" origin=\"Own tool\"><Sources><TextSource guid=\"\(g(10))\" name=\"P1\"><PlainTextContent>\(text)</PlainTextContent>\(selections)</TextSource></Sources></Project>"
    )
    let quotes = try reading.value.codings.passages(in: guid(10)).map {
      try reading.value.quote(of: $0)
    }
    #expect(quotes == ["Yes", "walked", "talked"])
    #expect(reading.diagnostics.map(\.id) == ["refi.positions-unexpected"])
  }

  @Test func `a source whose text is another one is listed`() throws {
    func source(_ number: Int, _ text: String) -> String {
      let words = ["one", "two", "three"].map { word in
        let range = "one two three".firstRange(of: word).map {
          (
            "one two three".distance(from: "one two three".startIndex, to: $0.lowerBound),
            word.count
          )
        }
        return
          "<PlainTextSelection guid=\"\(g(number * 100 + word.count + (range?.0 ?? 0)))\" name=\"\(word)\" startPosition=\"\(range?.0 ?? 0)\" endPosition=\"\((range?.0 ?? 0) + word.count)\"/>"
      }
      return
        "<TextSource guid=\"\(g(number))\" name=\"P\(number)\"><PlainTextContent>\(text)</PlainTextContent>\(words.joined())</TextSource>"
    }
    let sources = (1...4).map { source($0, $0 == 3 ? "Page 1: one two three" : "one two three") }
    let reading = try project(
      "<Project name=\"x\" origin=\"o\"><Sources>\(sources.joined())</Sources></Project>")
    let found = reading.diagnostics.filter { $0.id == "refi.source-shifted" }
    #expect(found.count == 1 && found[0].place == .object(.source(guid(3))))
  }

  @Test func `bytes are found out too`() throws {
    let reading = try project(Self.xml(origin: "Somebody", counting: Self.bytes, named: true))
    #expect(try quotes(reading) == Self.words)
  }

  @Test func `the caller's convention counts more than any evidence`() throws {
    var options = ProjectReadingOptions()
    options.positions = PositionConvention("utf-16")
    let reading = try project(
      Self.xml(origin: "Somebody", counting: Self.scalars, named: true), options: options)
    #expect(try quotes(reading) != Self.words)
    #expect(
      reading.diagnostics.contains {
        $0.id == "refi.positions-unexpected" || $0.id == "refi.positions-unverified"
      })
  }

  @Test func `a selection outside the text is kept unverified`() throws {
    let reading = try project(
      "<Project name=\"x\" origin=\"o\"><Sources><TextSource guid=\"\(g(10))\" name=\"P1\"><PlainTextContent>short</PlainTextContent><PlainTextSelection guid=\"\(g(11))\" startPosition=\"2\" endPosition=\"99\"/><PlainTextSelection guid=\"\(g(12))\" startPosition=\"4\" endPosition=\"2\"/></TextSource></Sources></Project>"
    )
    #expect(reading.value.codings[ID<Passage>(high: 0, low: 11)]?.verdict == .unverified)
    #expect(reading.value.codings[ID<Passage>(high: 0, low: 12)]?.span?.isEmpty == true)
    #expect(
      Set(reading.diagnostics.map(\.id)).isSuperset(of: [
        "refi.position-outside", "refi.position-invalid",
      ]))
  }

  @Test func `a convention reads back what it writes`() {
    for unit in PositionConvention.Unit.allCases {
      for flags in 0..<8 {
        let convention = PositionConvention(
          unit: unit, countsLineEndOnce: flags & 1 > 0, countsByteOrderMark: flags & 2 > 0,
          endIsInclusive: flags & 4 > 0)
        #expect(PositionConvention(convention.description) == convention)
      }
    }
    #expect(PositionConvention("graphemes") == nil)
  }
}
