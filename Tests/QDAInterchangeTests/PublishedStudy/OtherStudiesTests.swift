import Foundation
import QDACore
import QDAInterchange
import Testing

/// Studies of other shapes, and input that is none.
@Suite struct OtherStudiesTests {
  private func read(_ text: String) throws -> Reading<PublishedStudy> {
    try PublishedStudyReader.read(Text(text), name: "other.txt")
  }

  @Test func `quotations without a table make cases of those quoted`() throws {
    let study = try read(
      """
      Findings

      Waiting

      People waited long:

      I sat there until noon. (S2)
      Nobody came. (S10)

      Some left:

      I went home. (S2)
      """)
    #expect(study.value.labels.map(\.description) == ["S2", "S10"])
    #expect(study.value.project.cases.map(\.name) == ["S2", "S10"])
    #expect(study.value.project.cases.map(\.covers.count) == [2, 1])
    #expect(study.value.blockCount == 2)
    #expect(study.diagnostics.map(\.id) == ["participant.id-variant"])
  }

  @Test func `a block between blank lines needs no colon before it`() throws {
    let study = try read(
      """
      Results

      People waited long.

      I sat there until noon. Then I went
      Home again. – P1

      Some left.
      """)
    #expect(study.value.quotations.count == 2)
    #expect(study.diagnostics.map(\.id) == ["quotation.unattributed"])
  }

  @Test func `a wrapped text keeps its quotations whole`() throws {
    var text = "Results\n\n"
    for number in 1...6 {
      text += "This paragraph of the authors goes over\nmore than one line and ends so:\n\n"
      text += "I said what I had to say, and it took\na while to say all of it. P\(number)\n\n"
    }
    let study = try read(text).value
    #expect(study.quotations.count == 6)
    #expect(study.quotations.allSatisfy { study.text[$0.span].hasPrefix("I said") })
    #expect(study.quotations.map { $0.participant?.number } == [1, 2, 3, 4, 5, 6])
  }

  @Test func `numbers and signs before headings say their depth`() throws {
    let study = try read(
      """
      # Results

      ## Waiting

      1.1. Long waits

      “I sat there.” P1

      ### Short waits

      “I did not.” P2
      """
    ).value
    #expect(
      study.sections.map { "\($0.depth) \($0.name)" }
        == ["1 Results", "2 Waiting", "2 Long waits", "3 Short waits"])
    #expect(study.quotations.map { study.text[$0.span] } == ["I sat there.", "I did not."])
  }

  @Test(arguments: [
    ("We interviewed 5 participants.", false), ("We interviewed five participants.", false),
    ("We interviewed 4 participants.", true), ("Interviews with 6 participants were held.", true),
    ("The sample consisted of 3 women and 2 men.", false), ("4 participants took part.", true),
    ("Four participants said so.", false), ("Of 6 participants, two left.", true),
    ("We also interviewed 2 staff.", false), ("Participants (n = 6) were paid.", true),
    ("Women (n = 3) and men (n = 2) took part.", false), ("See pages 3–6 participants.", false),
    ("A group of participants (n = 3) came back.", false), ("Two participants were nurses.", false),
    ("A total of 15 participants were recruited.", true), ("4% participants", false),
    ("One hundred and five participants took part.", true),
    ("Bertotti et al. (21), whose sample comprised 40 link workers, said so.", false),
    ("Evidence from 120 participants in England says the same (24).", false),
    ("A previous study interviewed 15 participants.", false),
    ("Smith interviewed 40 participants.", false), ("We invited 30 participants.", false),
    ("30 participants were approached.", false), ("A target sample of 30 was set.", false),
    ("Of 30 participants invited, 5 took part.", false),
    ("Four participants took part in a second workshop.", false),
    ("Three of the 5 participants were women.", false),
    ("5 interviews were conducted with 5 participants.", false),
    ("A total of 6 people took part.", true), ("Six participants in total took part.", true),
    ("N = 6 participants in total.", true), ("In all, 6 people participated.", true),
    ("Six staff were interviewed.", true), ("6 interviews were conducted with staff.", true),
    ("The number of participants was 6.", true), ("A sample of 6 was drawn.", true),
  ])
  func `only the size of the whole sample is compared with the rows`(
    sentence: String, isWrong: Bool
  ) throws {
    let rows = (1...5).map { "P\($0)\tFemale\tNurse\n" }.joined()
    let text = "Sample\n\n\(sentence)\n\nParticipant\tGender\tOccupation\n\(rows)\nResults\n"
    let ids = try read(text).diagnostics.map(\.id)
    #expect(ids == (isWrong ? ["study.sample-size-mismatch"] : []))
  }

  @Test(arguments: ["", "\n\n\n", "Just a sentence.", "Interviewer: Hello.\nP1: Hello.\n"])
  func `a text that is no study is refused with advice`(text: String) {
    #expect(throws: ReadingError.self) { _ = try read(text) }
  }

  @Test func `the document is the same at every writing and holds the counts`() throws {
    let reading = try StudySample.gardens.read()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let document = reading.value.document(diagnostics: reading.diagnostics)
    let first = try encoder.encode(document)
    #expect(try first == encoder.encode(reading.value.document(diagnostics: reading.diagnostics)))
    let object = try #require(try JSONSerialization.jsonObject(with: first) as? [String: Any])
    #expect(object["schema"] as? String == "qda.published-study/1")
    let matrix = try #require(object["matrix"] as? [String: Any])
    #expect(matrix["cells"] as? Int == 72)
    #expect(matrix["filled"] as? Int == 14)
    let participants = try #require(object["participants"] as? [[String: Any]])
    let nine = try #require(
      participants.first { $0["id"] as? String == "P9" }?["ageBand"] as? [String: Any])
    #expect(nine["raw"] as? String == "45–36")
    #expect(nine["lower"] is NSNull)
    #expect(nine["valid"] as? Bool == false)
    let six = try #require(participants.first { $0["id"] as? String == "P6" })
    #expect(six["roles"] as? [String] == ["Therapy", "Host"])
    let quotations = try #require(object["quotations"] as? [[String: Any]])
    #expect(quotations.count == 15)
    let position = try #require(quotations.last?["position"] as? [String: [Int]])
    let (scalars, utf8, utf16) = (position["scalars"], position["utf8"], position["utf16"])
    let text = try StudySample.gardens.string()
    let start = try #require(text.range(of: "We are in their strategy")).lowerBound
    #expect(scalars?.first == text.unicodeScalars.distance(from: text.startIndex, to: start))
    #expect(utf8?.first == text.utf8.distance(from: text.startIndex, to: start))
    #expect(utf16?.first == text.utf16.distance(from: text.startIndex, to: start))
  }

  @Test func `ids follow from the file and not from the run`() throws {
    let one = try StudySample.gardens.read().value.project
    let two = try StudySample.gardens.read().value.project
    #expect(one.cases.ids == two.cases.ids)
    #expect(one.codings == two.codings)
    let other = try StudySample.gardens.read(StudySample.gardens.string() + "\n").value.project
    #expect(one.cases.ids != other.cases.ids)
  }

  @Test func `damage never stops the reader`() throws {
    let scalars = Array(try StudySample.gardens.string().unicodeScalars)
    var random = SplitMix(state: 7)
    let signs = Array("\t\n :+*†–—()[]|•#“”0179Pp.".unicodeScalars)
    for _ in 0..<150 {
      var damaged = scalars
      for _ in 0..<Int.random(in: 1...30, using: &random) {
        let at = Int.random(in: 0..<damaged.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: damaged[at] = signs[Int.random(in: 0..<signs.count, using: &random)]
        case 1: damaged.remove(at: at)
        default: damaged.insert(signs[Int.random(in: 0..<signs.count, using: &random)], at: at)
        }
      }
      let cut = Int.random(in: 0..<damaged.count, using: &random)
      let text = String(
        String.UnicodeScalarView(Bool.random(using: &random) ? damaged[...] : damaged[..<cut]))
      guard let reading = try? read(text) else { continue }
      let study = reading.value
      #expect(study.quotations.allSatisfy { study.text.contains($0.span) && !$0.span.isEmpty })
      #expect(study.project.codings.passageCount == study.quotations.count)
    }
  }

  @Test(arguments: [
    "P1 ", "(P1", "Participant ", "Participant\n", "1. ", "n = 5 ", "Table 1 A\n", "• x\n",
    "a\tb\t",
    "Short line\n\n", "I said so. P1\n", "It ends so:\n\n", "“", "((", "one hundred and ",
    "*Crisis = ; ",
    "Contexts\n", "Favourable\n", "TSO-",
  ])
  func `time grows with the length of the text`(piece: String) throws {
    func seconds(_ count: Int) -> Double {
      let text = Text("Participant\tRole\n1\tA\n" + String(repeating: piece, count: count))
      let times = (0..<3).map { _ in
        ContinuousClock().measure { _ = try? PublishedStudyReader.read(text, name: "long.txt") }
      }
      let time = times.min() ?? .zero
      return Double(time.components.attoseconds) / 1e18 + Double(time.components.seconds)
    }
    let (short, long) = (seconds(200), seconds(1600))
    // Eight times the text takes eight times as long; were it quadratic, sixty-four times.
    #expect(long < short * 30 + 0.1)
  }
}

private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
