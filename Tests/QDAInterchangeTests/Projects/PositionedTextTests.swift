import QDACore
import Testing

@testable import QDAInterchange

struct PositionedTextTests {
  // Stored: a 😀 b CR LF c CR d LF e; the text has a line end for each of the three.
  private let stored = PositionedText("a😀b\r\nc\rd\ne")

  @Test
  func `line ends of two characters become one, and others stay one`() {
    #expect(stored.text.string == "a😀b\nc\nd\ne")
    #expect(stored.lineEnd == .mixed)
    #expect(PositionedText("a\r\nb\r\n").lineEnd == .crlf)
    #expect(PositionedText("a\rb").lineEnd == .cr)
    #expect(PositionedText("a\nb").lineEnd == .lf)
  }

  @Test(arguments: [
    // "c" is scalar 4 of the text: 5 stored code points, 6 UTF-16 units, 8 bytes come before it.
    ("scalars", 5, 6), ("utf-16", 6, 7), ("utf-8", 8, 9), ("scalars crlf-as-one", 4, 5),
    ("utf-16 crlf-as-one", 5, 6), ("scalars inclusive", 5, 5), ("utf-8 inclusive", 8, 8),
  ])
  func `positions are read by the convention`(_ name: String, _ start: Int, _ end: Int) throws {
    let convention = try #require(PositionConvention(name))
    let span = try #require(stored.span(from: start, to: end, by: convention))
    #expect(stored.text[span] == "c")
  }

  @Test(arguments: [(-1, 2), (3, 1), (0, 11), (Int.max, Int.max), (Int.min, 0)])
  func `positions outside the text have no span`(_ start: Int, _ end: Int) {
    #expect(stored.span(from: start, to: end, by: PositionConvention()) == nil)
    let inclusive = PositionConvention(endIsInclusive: true)
    #expect(stored.span(from: start, to: end, by: inclusive) == nil)
  }

  @Test(arguments: [
    ("2024-05-01 12:30:00.123456", "2024-05-01T12:30:00.123"),
    ("2024-05-01 12:30:00", "2024-05-01T12:30:00"),
    ("Mon Oct 28 08:11:36 2019", "2019-10-28T08:11:36"),
    ("Fri Nov  1 18:00:09 2019", "2019-11-01T18:00:09"),
  ])
  func `dates are read as programs write them`(_ written: String, _ expected: String) {
    #expect(DatabaseDate(written)?.timestamp.description == expected)
  }

  @Test(arguments: [
    "", "yesterday", "Mon Okt 28 08:11:36 2019", "Mon Oct 99 08:11:36 2019", "2024-13-01",
  ])
  func `what is no date is none`(_ written: String) {
    #expect(DatabaseDate(written) == nil)
  }
}
