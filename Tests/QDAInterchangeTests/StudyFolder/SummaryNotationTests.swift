import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

struct SummaryNotationTests {
  private let one = ID<Passage>(high: 0, low: 1)
  private let two = ID<Passage>(high: 0, low: 2)

  private func parse(_ text: String, _ references: ID<Passage>?...) -> [Run] {
    SummaryNotation.runs(text, references: references).runs
  }

  @Test
  func `a summary without marks rests on all references`() {
    #expect(parse("Says so.", one, two) == [Run(.summary, "Says so.", references: [one, two])])
  }

  @Test
  func `a stretch rests on the mark behind it`() {
    #expect(
      parse("First [1], then [2].", one, two) == [
        Run(.summary, "First", references: [one]), Run(.summary, ", then", references: [two]),
        Run(.summary, "."),
      ])
  }

  @Test
  func `one mark may name several references`() {
    #expect(
      parse("All of it [1, 2].", one, two) == [
        Run(.summary, "All of it", references: [one, two]), Run(.summary, "."),
      ])
  }

  @Test
  func `a reference without a mark belongs to the last stretch`() {
    #expect(
      parse("First [1], last.", one, two) == [
        Run(.summary, "First", references: [one]), Run(.summary, ", last.", references: [two]),
      ])
  }

  @Test
  func `curly quotes directly before a mark are verbatim, others are not`() {
    #expect(
      parse("Feels “forgotten” [1] by “them”.", one) == [
        Run(.summary, "Feels "), Run(.verbatim, "forgotten", references: [one]),
        Run(.summary, " by “them”."),
      ])
  }

  @Test
  func `quotes within quotes end with the outer one`() {
    #expect(
      parse("“She said “no” twice” [1]", one) == [
        Run(.verbatim, "She said “no” twice", references: [one])
      ])
  }

  @Test
  func `braces are the analyst's comment`() {
    #expect(
      parse("So. {Same as P7.}", one) == [
        Run(.summary, "So. ", references: [one]), Run(.comment, "Same as P7."),
      ])
  }

  @Test
  func `escaped signs are themselves`() {
    #expect(parse(#"a \[1] \{b} \“c” \\"#) == [Run(.summary, #"a [1] {b} “c” \"#)])
  }

  @Test
  func `brackets that hold no numbers are words`() {
    #expect(parse("a [sic] b {c [", one) == [Run(.summary, "a [sic] b {c [", references: [one])])
  }

  @Test
  func `a mark that no reference has is reported`() {
    #expect(SummaryNotation.runs("a [2] b", references: [one]).unknownMarks == [2])
    #expect(SummaryNotation.runs("a [0]", references: [one]).unknownMarks == [0])
  }

  @Test
  func `a reference that is unknown keeps its number`() {
    #expect(parse("a [2]", nil, two).first?.references == [two])
  }

  @Test(arguments: [
    "Says so.", "First [1], then [2].", "Feels “forgotten” [1] by them. {Why?}", "All [1, 2].",
    #"a \[1] \{b} [2]"#, "“She said “no” twice” [1]",
  ])
  func `what is written reads back as it was`(summary: String) {
    let runs = parse(summary, one, two)
    let (text, references) = SummaryNotation.text(of: runs)
    #expect(SummaryNotation.runs(text, references: references).runs == runs)
  }

  @Test
  func `a long summary is read in time in proportion to its length`() {
    for text in ["“", "{", "[1", "“”", "\\"] {
      let long = String(repeating: text, count: 50_000)
      let time = ContinuousClock().measure { _ = SummaryNotation.runs(long, references: []) }
      #expect(time < .seconds(5), "\(text)")
    }
  }
}
