import QDA
import QDATestSupport
import Testing

struct SourceWordsTests {
  private func source(_ marks: [Mark]) -> Source {
    var source = Source(id: SmallStudy.id("s"), name: "s")
    source.marks = marks
    return source
  }

  @Test
  func `marks out of order or beyond the text are no trap`() {
    let text = Text("P1: one\nI: mm\nP1: two")
    let marks = [50..<90, 8..<11, 2..<3, 60..<61, 14..<18, 22..<400].map {
      Mark(.label, TextSpan(scalars: $0))
    }
    let turn = Turn(
      speakers: [0], ranges: [4..<7, 18..<21, 2..<3, 40..<99].map { TextSpan(scalars: $0) })
    for count in 0...marks.count {
      let words = source(Array(marks.prefix(count))).words(of: turn, in: text)
      #expect(words.hasPrefix("one") && words.contains("two"))
    }
  }

  @Test
  func `a stretch of a recording has no words in the text, and no speaker`() throws {
    var project = SmallStudy().project
    let passage = Passage(
      id: SmallStudy.id("time"), source: SmallStudy.id("P1.txt"), region: .time(0..<5000))
    project.codings.insert([passage], in: passage.source)
    #expect(try project.quote(of: passage) == "")
    let quotation = try #require(
      try project.quotation(of: passage.id, by: Attribution(project)))
    #expect(quotation.words == "")
    #expect(quotation.speaker == nil)
    #expect(quotation.cases == [SmallStudy.id("P1")])
  }
}
