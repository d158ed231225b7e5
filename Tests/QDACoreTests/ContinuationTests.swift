import QDA
import Testing

/// Turns that go on with an earlier one of the same speaker.
struct ContinuationTests {
  /// For each line `A: words` the line that it goes on with, counted from 0.
  private func links(_ lines: [String]) -> [Int?] {
    let text = Text(lines.joined(separator: "\n"))
    var source = Source(id: ID(derivedFrom: ["links"]), name: "links")
    let names = Set(lines.map { $0.prefix(1) }).sorted()
    var start = 0
    for line in lines {
      let speaker = names.firstIndex(of: line.prefix(1)) ?? 0
      let end = start + line.unicodeScalars.count
      source.turns.append(
        Turn(speakers: [speaker], ranges: [TextSpan(scalars: start + 3..<end)]))
      start = end + 1
    }
    return lines.indices.map { source.turn(continuedBy: $0, in: text) }
  }

  @Test
  func `who is cut short and goes on is linked`() {
    #expect(
      links(["A: So you took the spade and…", "B: …and dug, until--", "A: --until the pipe?"])
        == [nil, nil, 0])
    #expect(links(["A: He went –", "B: Who?", "A: home that night."]) == [nil, nil, 0])
    #expect(links(["A: He went home.", "B: Mhm.", "A: — and slept."]) == [nil, nil, 0])
    #expect(links(["A: He said--", "B: No!", "C: Yes!", "A: nothing."]) == [nil, nil, nil, 0])
  }

  @Test
  func `who begins anew, or speaks without a break, is not`() {
    #expect(links(["A: He went –", "B: Who?", "A: My brother."]) == [nil, nil, nil])
    #expect(links(["A: He went home.", "B: Who?", "A: my brother."]) == [nil, nil, nil])
    #expect(links(["A: He went –", "A: – home."]) == [nil, nil])
    #expect(links(["A: — Did you?", "B: — On Monday.", "A: — And then?"]) == [nil, nil, nil])
    #expect(links(["A: So…", "B: Mhm.", "A: …"]) == [nil, nil, nil])
    #expect(links(["A: One –", "B: Two.", "C: Three.", "B: Four.", "A: – five."])[4] == nil)
    #expect(links(["A: One –"]) == [nil])
  }
}
