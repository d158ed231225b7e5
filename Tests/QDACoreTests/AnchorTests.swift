import QDA
import QDATestSupport
import Testing

struct AnchorTests {
  private let text = Text(
    """
    I: How did it begin?
    P9: She walked them in herself, sat down and had a cup of tea. It was grand.
    I: And now?
    P9: Now there’s no time. It was grand while it lasted, I’ll say that much for it.
    """)

  private func span(of words: String) -> TextSpan {
    let range = text.string.range(of: words)
    let scalars = text.string.unicodeScalars
    return TextSpan(
      scalars: scalars.distance(
        from: scalars.startIndex, to: range.lowerBound)..<scalars.distance(
          from: scalars.startIndex, to: range.upperBound))
  }

  @Test
  func `a quote at its position is unchanged`() {
    let span = span(of: "sat down and had a cup of tea")
    let found = Anchor(of: span, in: text).locate(in: text, near: span)
    #expect(found.verdict == .unchanged)
    #expect(found.span == span)
  }

  @Test
  func `a quote that stands once elsewhere is shifted there`() {
    let anchor = Anchor(quote: "had a cup of tea")
    let found = anchor.locate(in: text, near: TextSpan(scalars: 0..<16))
    #expect(found.verdict == .shifted)
    #expect(found.span == span(of: "had a cup of tea"))
  }

  @Test
  func `without a position the only occurrence is taken`() {
    let found = Anchor(quote: "there's  no time").locate(in: text, near: nil)
    #expect(found.verdict == .unchanged)
    #expect(found.span == span(of: "there’s no time"))
  }

  @Test
  func `several occurrences are told apart by what surrounds them, else listed`() {
    let bare = Anchor(quote: "It was grand").locate(in: text, near: nil)
    guard case .ambiguous(let candidates) = bare.verdict else {
      Issue.record("expected ambiguous, got \(bare.verdict)")
      return
    }
    #expect(candidates.count == 2)
    #expect(bare.span == nil)
    let told = Anchor(quote: "It was grand", suffix: " while it").locate(in: text, near: nil)
    #expect(told.verdict == .unchanged)
    #expect(told.span == candidates[1].span)
  }

  @Test
  func `similar words are proposed and not taken`() {
    let anchor = Anchor(quote: "She walked them in herself, sat doon and had a cup o tea")
    let found = anchor.locate(in: text, near: TextSpan(scalars: 5..<50))
    guard case .fuzzy(let best, _) = found.verdict else {
      Issue.record("expected fuzzy, got \(found.verdict)")
      return
    }
    #expect(found.span == nil)
    #expect(best.similarity > 0.9)
    #expect(text[best.span].hasPrefix("She walked them in"))
  }

  @Test
  func `halves that stand apart are split`() {
    let anchor = Anchor(quote: "She walked them in herselfit lasted, I’ll say that much")
    guard case .split(let head, let tail) = anchor.locate(in: text, near: nil).verdict else {
      Issue.record("expected split")
      return
    }
    #expect(text[head] == "She walked them in herself")
    #expect(text[tail].hasSuffix("that much"))
  }

  @Test
  func `nothing like the quote is orphaned`() {
    #expect(
      Anchor(quote: "the council never answered").locate(in: text, near: nil).verdict == .orphaned)
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func `words inserted before a passage never lose it and never move it to other words`(
    seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed)
    let original = Text((0..<120).map { "w\($0)" }.joined(separator: " "))
    let start = Int.random(in: 0..<original.scalarCount - 20, using: &random)
    let span = TextSpan(scalars: start..<start + 20)
    let anchor = Anchor(of: span, in: original)
    let changed = Text("Some lines that were not there.\n" + original.string)
    let found = anchor.locate(in: changed, near: span)
    #expect(found.verdict == .shifted)
    #expect(found.span.map { changed[$0] } == anchor.quote)
  }
}

extension String {
  fileprivate func range(of words: String) -> Range<Index> {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(words) { return start..<index(start, offsetBy: words.count) }
      formIndex(after: &start)
    }
    return startIndex..<startIndex
  }
}
