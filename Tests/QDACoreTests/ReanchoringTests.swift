import QDA
import QDATestSupport
import Testing

@testable import QDACore

/// What becomes of a passage when its text is edited.
struct ReanchoringTests {
  private let original = """
    I: How was it?
    P1: No. We waited for weeks, and then they rang us on the Friday and it was all arranged.
    I: And the second time?
    P1: No. The second time nobody came, and that was that for us.

    """

  private func locate(
    _ words: String, from text: String, to changed: String
  ) throws -> (found: (verdict: Verdict, span: TextSpan?), changed: Text) {
    let old = Text(text)
    let span = try #require(Anchor(quote: words).locate(in: old, near: nil).span)
    let new = Text(changed)
    return (Anchor(of: span, in: old).locate(in: new, near: span), new)
  }

  @Test
  func `an edit before a passage shifts it`() throws {
    let (found, text) = try locate(
      "they rang us", from: original, to: "Anonymised.\n" + original)
    #expect(found.verdict == .shifted)
    #expect(found.span.map { text[$0] } == "they rang us")
  }

  @Test
  func `an edit after a passage leaves it unchanged`() throws {
    let (found, _) = try locate("they rang us", from: original, to: original + "More.\n")
    #expect(found.verdict == .unchanged)
  }

  @Test
  func `an edit inside a passage is proposed, with the words as they are now`() throws {
    let (found, text) = try locate(
      "they rang us on the Friday and it was all arranged", from: original,
      to: original.replacing("on the Friday", with: "on Friday"))
    guard case .fuzzy(let best, nil) = found.verdict else {
      Issue.record("expected fuzzy, got \(found.verdict)")
      return
    }
    #expect(text[best.span] == "they rang us on Friday and it was all arranged")
    // Four scalars of fifty are gone.
    #expect(abs(best.similarity - 0.92) < 1e-9)
    #expect(found.span == nil)
  }

  @Test
  func `text put into a passage splits it`() throws {
    let (found, text) = try locate(
      "they rang us on the Friday and it was all arranged", from: original,
      to: original.replacing(
        "Friday and", with: "Friday\n(The interview is interrupted by a caller at the door.)\nand"))
    guard case .split(let head, let tail) = found.verdict else {
      Issue.record("expected split, got \(found.verdict)")
      return
    }
    #expect(text[head] == "they rang us on the Friday")
    #expect(text[tail] == "and it was all arranged")
  }

  @Test
  func `a passage at either end of the text is found`() throws {
    let (first, _) = try locate("I: How was it?", from: original, to: "\n" + original)
    #expect(first.verdict == .shifted)
    #expect(first.span == TextSpan(scalars: 1..<15))
    let (last, text) = try locate("that was that for us.", from: original, to: " " + original)
    #expect(last.verdict == .shifted)
    #expect(last.span.map { text[$0] } == "that was that for us.")
    let whole = Text("all of it")
    #expect(Anchor(quote: "all of it").locate(in: whole, near: nil).span == whole.span)
    let anchor = Anchor(of: TextSpan(scalars: 0..<99), in: whole)
    #expect(anchor == Anchor(quote: "all of it"))
    #expect(
      Anchor(of: TextSpan(scalars: 50..<99), in: whole) == Anchor(quote: "", prefix: "all of it"))
  }

  @Test
  func `a few words that are left in one other place are not taken for the same`() throws {
    let text = Text(original)
    let anchor = Anchor(of: TextSpan(scalars: 19..<22), in: text)
    #expect(anchor.quote == "No.")
    let changed = Text(original.replacing("P1: No. We", with: "P1: Aye. We"))
    let found = anchor.locate(in: changed, near: TextSpan(scalars: 19..<22))
    guard case .ambiguous(let candidates) = found.verdict else {
      Issue.record("expected ambiguous, got \(found.verdict)")
      return
    }
    #expect(candidates.map { changed[$0.span] } == ["No."])
    #expect(found.span == nil)
  }

  @Test
  func `occurrences that overlap are several`() {
    let found = Anchor(quote: "ha ha").locate(in: Text("ha ha ha"), near: nil)
    guard case .ambiguous(let candidates) = found.verdict else {
      Issue.record("expected ambiguous, got \(found.verdict)")
      return
    }
    #expect(candidates.map(\.span) == [TextSpan(scalars: 0..<5), TextSpan(scalars: 3..<8)])
  }

  @Test
  func `surroundings are compared however many spaces there are`() {
    let text = Text("Ann:      yes\nBen:      yes\n")
    let anchor = Anchor(quote: "yes", prefix: "\nBen:      ", suffix: "\n")
    #expect(anchor.locate(in: text, near: nil).span == TextSpan(scalars: 24..<27))
  }

  @Test
  func `a quote keeps the spaces that it begins and ends with`() {
    let text = Text("one  two three")
    let found = Anchor(quote: "  two ").locate(in: text, near: nil)
    #expect(found.span == TextSpan(scalars: 3..<9))
    #expect(Anchor(quote: " two").locate(in: text, near: nil).span == TextSpan(scalars: 4..<8))
  }

  @Test(arguments: ["", " ", "\n\t \u{A0}"])
  func `nothing but white space is never looked for`(quote: String) {
    let text = Text("one two")
    #expect(Anchor(quote: quote).locate(in: text, near: nil).verdict == .orphaned)
    #expect(
      Anchor(quote: quote).locate(in: text, near: TextSpan(scalars: 0..<2)).verdict == .unverified)
    #expect(Anchor(quote: "x").locate(in: Text(""), near: nil).verdict == .orphaned)
  }

  @Test
  func `of two places that are nearly as alike both are listed`() {
    let words = "the council never wrote to us about the hall"
    let text = Text(
      "He said \(words.replacing("hall", with: "hill")). "
        + "She said \(words.replacing("never wrote", with: "never writes")). The end.")
    let found = Anchor(quote: words).locate(in: text, near: nil)
    guard case .ambiguous(let candidates) = found.verdict else {
      Issue.record("expected ambiguous, got \(found.verdict)")
      return
    }
    #expect(
      candidates.map { text[$0.span] } == [
        words.replacing("hall", with: "hill"), words.replacing("never wrote", with: "never writes"),
      ])
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `the nearest stretch is as near as the whole table of distances says`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let alphabet: [UInt32] = random.pick([[97, 98], [97, 98, 99, 0x1F600], Array(97...122)])
    let text = (0..<400).map { _ in random.pick(alphabet) }
    let length = random.pick([1, 5, 63, 64, 65, 127, 128, 129, 200])
    let start = Int.random(in: 0..<400 - length, using: &random)
    var pattern = Array(text[start..<start + length])
    for _ in 0..<random.pick([0, 1, length / 8, length / 3]) {
      pattern[Int.random(in: 0..<length, using: &random)] = random.pick(alphabet + [7])
    }
    let window = random.pick([0..<400, 10..<390])
    // Sellers 1980: the distance of the best stretch that ends at each scalar.
    var row = Array(0...length)
    var expected = length
    for position in window {
      var diagonal = row[0]
      row[0] = 0
      for index in 1...length {
        let next = min(
          row[index] + 1, row[index - 1] + 1,
          diagonal + (pattern[index - 1] == text[position] ? 0 : 1))
        diagonal = row[index]
        row[index] = next
      }
      expected = min(expected, row[length])
    }
    let search = ApproximateSearch(pattern)
    for limit in [expected, expected + 1, length / 4, length * 3 / 7] {
      let match = search.nearest(in: text, within: window, limit: limit)
      #expect(match?.distance == (expected <= limit && expected < length ? expected : nil))
      if let match {
        #expect(window.lowerBound <= match.range.lowerBound)
        #expect(match.range.upperBound <= window.upperBound)
        #expect(distance(pattern, Array(text[match.range])) == expected)
      }
    }
    if expected > 0 {
      #expect(search.nearest(in: text, within: window, limit: expected - 1)?.distance == nil)
    }
  }

  private func distance(_ left: [UInt32], _ right: [UInt32]) -> Int {
    var row = Array(0...right.count)
    for (index, scalar) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let next = min(
          row[column + 1] + 1, row[column] + 1, diagonal + (right[column] == scalar ? 0 : 1))
        diagonal = row[column + 1]
        row[column + 1] = next
      }
    }
    return row[right.count]
  }
}
