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

  /// "I: Well.\nP1: It helped.\nI: How?\nP1: She rang." with points before each turn but the second.
  private func recorded() -> (project: Project, film: ID<Source>, points: [ID<SyncPoint>]) {
    var project = Project(id: SmallStudy.id("recorded"), title: "Recorded")
    let film = Source(id: SmallStudy.id("film"), name: "film.mp4", kind: .document, medium: .video)
    var transcript = Source(id: SmallStudy.id("words"), name: "words.txt", recording: film.id)
    let text = Text("I: Well.\nP1: It helped.\nI: How?\nP1: She rang.")
    let points: [ID<SyncPoint>] = ["a", "b", "c", "d"].map { SmallStudy.id($0) }
    transcript.syncPoints = [
      SyncPoint(id: points[0], time: 0, position: 0),
      SyncPoint(id: points[1], time: 4000),
      SyncPoint(id: points[2], time: 9000, position: 24),
      SyncPoint(id: points[3], position: 32),
    ]
    transcript.speakers = [
      Speaker(label: "I", role: .interviewer), Speaker(label: "P1", role: .participant),
    ]
    transcript.turns = [(0, 3..<8), (1, 13..<23), (0, 27..<31), (1, 36..<45)].map {
      Turn(speakers: [$0.0], ranges: [TextSpan(scalars: $0.1)])
    }
    transcript.rendition.text = text.digest
    (project.sources, project.texts) = ([film, transcript], MemoryTexts([transcript.id: text]))
    let one = Case(
      id: SmallStudy.id("P1"), name: "P1", covers: [.speaker(transcript.id, label: "P1")])
    project.cases = [one]
    return (project, film.id, points)
  }

  @Test
  func `the words between two sync points are those between their positions`() throws {
    let (project, _, points) = recorded()
    let words: [(ID<SyncPoint>?, ID<SyncPoint>?, String)] = [
      (points[0], points[2], "I: Well.\nP1: It helped.\n"),
      (points[2], points[3], "I: How?\n"),
      (points[3], nil, "P1: She rang."),
      (nil, points[2], "I: Well.\nP1: It helped.\n"),
      // A point without a position reaches to the nearest that has one.
      (points[1], points[3], "I: Well.\nP1: It helped.\nI: How?\n"),
      (points[3], points[2], ""), (SmallStudy.id("unknown"), nil, ""),
    ]
    for (from, to, expected) in words {
      let passage = Passage(
        id: SmallStudy.id("p"), source: SmallStudy.id("words"), region: .synced(from: from, to: to))
      #expect(try project.quote(of: passage) == expected)
    }
  }

  @Test
  func `a stretch between sync points is a quotation with speaker and case`() throws {
    var (project, _, points) = recorded()
    let passage = Passage(
      id: SmallStudy.id("p"), source: SmallStudy.id("words"),
      region: .synced(from: points[3], to: nil))
    project.codings.insert([passage], in: passage.source)
    let quotation = try #require(
      try project.quotation(of: passage.id, by: Attribution(project)))
    #expect(quotation.words == "P1: She rang.")
    #expect(quotation.span == TextSpan(scalars: 32..<45))
    #expect(quotation.place == LineColumn(line: 4, column: 1))
    #expect(quotation.speaker == "P1")
    #expect(quotation.cases == [SmallStudy.id("P1")])
  }

  @Test
  func `a stretch of a recording has the words of its transcript between the points around it`()
    throws
  {
    var (project, film, _) = recorded()
    let times: [(Range<Int>, String)] = [
      (0..<9000, "I: Well.\nP1: It helped.\n"), (1000..<2000, "I: Well.\nP1: It helped.\n"),
      (9000..<9500, "I: How?\nP1: She rang."),
      (500..<9001, "I: Well.\nP1: It helped.\nI: How?\nP1: She rang."),
    ]
    for (index, (range, words)) in times.enumerated() {
      let passage = Passage(id: SmallStudy.id("t\(index)"), source: film, region: .time(range))
      project.codings.insert([passage], in: film)
      #expect(try project.quote(of: passage) == words)
      let quotation = try #require(
        try project.quotation(of: passage.id, by: Attribution(project)))
      #expect(quotation.words == words && quotation.source == SmallStudy.id("words"))
    }
  }

  @Test
  func `a passage with a second region in the text has its words`() throws {
    var project = SmallStudy().project
    let source: ID<Source> = SmallStudy.id("P1.txt")
    let box = Box(first: Point(x: 0, y: 9), second: Point(x: 9, y: 0))
    let passage = Passage(
      id: SmallStudy.id("box"), source: source, region: .pdf(page: 0, box),
      twin: .text(TextSpan(scalars: 0..<4)))
    project.codings.insert([passage], in: source)
    let start = try project.texts.text(of: source)[TextSpan(scalars: 0..<4)]
    #expect(try project.quote(of: passage) == start)
  }
}
