import QDA
import QDATestSupport
import Testing

/// A group of two with an interviewer, a chorus, an unnamed voice and a line that nobody speaks.
private struct Group {
  var project = Project(id: SmallStudy.id("group"), title: "A group")
  var source: Source
  let text: Text
  let ana: ID<Case> = SmallStudy.id("Ana")
  let ben: ID<Case> = SmallStudy.id("Ben")
  let site: ID<Case> = SmallStudy.id("site")

  init() {
    let lines: [(label: String, speakers: [Int])] = [
      ("I: What changed?", [0]), ("Ana: The calls came.", [1]), ("Ben: Far too many.", [2]),
      ("Ana, Ben: Aye.", [1, 2]), ("I, Ana: Really?", [0, 1]), ("All: Grand.", [3]),
      ("?: Who said so?", [4]), ("-: A door slams.", []),
    ]
    text = Text("Recorded in May.\n" + lines.map(\.label).joined(separator: "\n"))
    let spans = text.lines()
    source = Source(id: SmallStudy.id("group.txt"), name: "group.txt", paragraphs: spans)
    source.rendition.text = text.digest
    source.speakers = [
      Speaker(label: "I", role: .interviewer),
      Speaker(label: "Ana", variants: ["ANA", "Anna"], role: .participant),
      Speaker(label: "Ben", role: .participant, person: SmallStudy.id("Ben")),
      Speaker(label: "All", role: .collective), Speaker(label: "?", role: .unknown),
    ]
    for (line, span) in zip(lines, spans.dropFirst()) {
      let label = line.label.prefix { $0 != ":" }.unicodeScalars.count + 2
      let start = Int(span.start) + label
      source.turns.append(
        Turn(speakers: line.speakers, ranges: [TextSpan(scalars: start..<Int(span.end))]))
    }
    add(ana, "Ana", [.speaker(source.id, label: "Ana")])
    add(ben, "Ben", [])
    keep()
  }

  mutating func add(_ id: ID<Case>, _ name: String, _ covers: [Membership]) {
    project.cases[id] = Case(id: id, name: name, covers: covers)
  }

  mutating func keep() {
    project.sources[source.id] = source
    project.texts = MemoryTexts([source.id: text])
  }

  func passage(_ words: String) throws -> Passage {
    let span = try #require(Anchor(quote: words).locate(in: text, near: nil).span)
    return Passage(id: SmallStudy.id(words), source: source.id, region: .text(span))
  }

  func cases(_ words: String) throws -> [ID<Case>] {
    Attribution(project).cases(of: try passage(words))
  }
}

struct AttributionTests {
  private var group = Group()

  @Test
  func `a passage belongs to the case of the speaker whose turn it overlaps`() throws {
    #expect(try group.cases("The calls came") == [group.ana])
    #expect(try group.cases("Far too many") == [group.ben])
  }

  @Test
  func `a passage over two participants' turns belongs to both, each once`() throws {
    #expect(try group.cases("came.\nBen: Far") == [group.ana, group.ben])
    #expect(try group.cases("came.\nBen: Far too many.\nAna, Ben: Aye") == [group.ana, group.ben])
  }

  @Test
  func `those who speak together both say it, and an interviewer among them does not`() throws {
    #expect(try group.cases("Aye") == [group.ana, group.ben])
    #expect(try group.cases("Really?") == [group.ana])
  }

  @Test
  func `an interviewer's words are nobody's, even where a case covers the whole source`() throws {
    var group = group
    group.add(group.site, "Site", [.source(group.source.id)])
    let passage = try group.passage("What changed?")
    #expect(Attribution(group.project).cases(of: passage).isEmpty)
    #expect(Attribution(group.project).isInterviewer(passage))
    #expect(!Attribution(group.project).isInterviewer(try group.passage("Really?")))
    #expect(!Attribution(group.project).isInterviewer(try group.passage("changed?\nAna: The")))
  }

  @Test
  func `what all say together is nobody's own, unless a case is named for the label`() throws {
    var group = group
    group.add(group.site, "Site", [.source(group.source.id)])
    #expect(try group.cases("Grand").isEmpty)
    group.add(group.site, "Site", [.speaker(group.source.id, label: "All")])
    #expect(try group.cases("Grand") == [group.site])
  }

  @Test
  func `an unknown voice speaks for the case of the whole source, if there is one`() throws {
    var group = group
    #expect(try group.cases("Who said so?").isEmpty)
    #expect(try group.cases("A door slams").isEmpty)
    group.add(group.site, "Site", [.source(group.source.id)])
    #expect(try group.cases("Who said so?") == [group.site])
    #expect(try group.cases("A door slams") == [group.site])
    #expect(try group.cases("Recorded in May") == [group.site])
  }

  @Test
  func `a case that is named for a passage comes before its speaker`() throws {
    var group = group
    let passage = try group.passage("The calls came")
    group.add(group.site, "Site", [.passage(passage.id)])
    #expect(Attribution(group.project).cases(of: passage) == [group.site])
    #expect(try group.cases("Far too many") == [group.ben])
  }

  @Test(arguments: ["ANA", "Anna"])
  func `a speaker is found under any spelling of the label`(label: String) throws {
    var group = group
    group.add(group.ana, "Ana", [.speaker(group.source.id, label: label)])
    #expect(try group.cases("The calls came") == [group.ana])
  }

  @Test
  func `a case that is named twice is counted once`() throws {
    var group = group
    let passage = try group.passage("The calls came")
    group.add(
      group.ana, "Ana",
      [
        .source(group.source.id), .source(group.source.id), .passage(passage.id),
        .passage(passage.id),
      ])
    #expect(Attribution(group.project).cases(of: passage) == [group.ana])
    #expect(try group.cases("Recorded in May") == [group.ana])
    group.source.speakers[1].person = group.ben
    group.keep()
    let turn = try #require(group.source.turns.first { $0.speakers == [1, 2] })
    #expect(Attribution(group.project).cases(of: turn, in: group.source) == [group.ben])
  }

  @Test
  func `a whole source is the words of all who speak in it`() {
    let whole = Passage(id: SmallStudy.id("whole"), source: group.source.id, region: .whole)
    #expect(Attribution(group.project).cases(of: whole) == [group.ana, group.ben])
    #expect(!Attribution(group.project).isInterviewer(whole))
  }

  @Test
  func `a source without labels is the words of the case that covers it`() throws {
    var group = group
    group.source.turns = []
    group.source.speakers = []
    group.keep()
    #expect(try group.cases("What changed?").isEmpty)
    group.add(group.site, "Site", [.source(group.source.id)])
    #expect(try group.cases("What changed?") == [group.site])
  }

  @Test
  func `a speaker that the source does not have is nobody, and no trap`() throws {
    var group = group
    group.source.turns[1].speakers = [99, -1]
    group.keep()
    #expect(try group.cases("The calls came").isEmpty)
    #expect(!Attribution(group.project).isInterviewer(try group.passage("The calls came")))
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `turns that interleave are found as a plain search finds them`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var group = group
    let people = (0..<6).map { SmallStudy.id("person \($0)") as ID<Case> }
    for (index, person) in people.enumerated() { group.add(person, "\(index)", []) }
    group.source.speakers = people.map { Speaker(label: "x", role: .participant, person: $0) }
    group.source.turns = (0..<30).map { _ in
      let ranges = (0..<random.pick([1, 2, 3])).map { _ in
        let start = Int.random(in: 0..<100, using: &random)
        return TextSpan(scalars: start..<start + random.pick([0, 1, 7, 40]))
      }
      return Turn(speakers: [Int.random(in: 0..<6, using: &random)], ranges: ranges)
    }
    group.keep()
    let attribution = Attribution(group.project)
    for start in 0..<110 {
      let span = TextSpan(scalars: start..<start + random.pick([1, 5, 20]))
      var expected: [ID<Case>] = []
      for turn in group.source.turns where turn.ranges.contains(where: { $0.overlaps(span) }) {
        let person = people[turn.speakers[0]]
        if !expected.contains(person) { expected.append(person) }
      }
      let passage = Passage(id: SmallStudy.id("p"), source: group.source.id, region: .text(span))
      #expect(attribution.cases(of: passage) == expected)
    }
  }
}
