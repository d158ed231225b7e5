import QDA
import QDATestSupport
import Testing

struct TextTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `offsets convert to UTF-8 and UTF-16 as the standard library counts them`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let string = random.text(words: seed == 0 ? 0 : 200)
    let text = Text(string)
    #expect(text.scalarCount == string.unicodeScalars.count)
    #expect(text.utf16Count == string.utf16.count)
    var index = string.unicodeScalars.startIndex
    for offset in 0...text.scalarCount {
      let utf8 = string.utf8.distance(from: string.startIndex, to: index)
      let utf16 = string.utf16.distance(from: string.startIndex, to: index)
      #expect(text.utf8Offset(ofScalar: offset) == utf8)
      #expect(text.utf16Offset(ofScalar: offset) == utf16)
      #expect(text.scalarOffset(ofUTF8: utf8) == offset)
      #expect(text.scalarOffset(ofUTF16: utf16) == offset)
      if index < string.endIndex { string.unicodeScalars.formIndex(after: &index) }
    }
  }

  @Test
  func `an offset inside a surrogate pair gives the scalar that the pair encodes`() {
    let text = Text("a𝔔b")
    #expect(text.scalarOffset(ofUTF16: 2) == 1)
    #expect(text.scalarOffset(ofUTF8: 3) == 1)
    #expect(text[TextSpan(scalars: 1..<2)] == "𝔔")
  }

  @Test
  func `positions beyond the text are clamped`() {
    let text = Text("né")
    #expect(text[TextSpan(scalars: 1..<99)] == "é")
    #expect(text.utf8Offset(ofScalar: -1) == 0)
    #expect(text.scalarOffset(ofUTF16: 99) == 2)
    #expect(!text.contains(TextSpan(scalars: 1..<3)))
  }

  @Test
  func `a family emoji is several scalars and no position splits one of them`() {
    let text = Text("👩‍👧!")
    #expect(text.scalarCount == 4)
    #expect(text[TextSpan(scalars: 0..<1)] == "👩")
    #expect(text[TextSpan(scalars: 3..<4)] == "!")
  }

  @Test
  func `lines are spans without their line end`() {
    let text = Text("one\n\nthree\n")
    #expect(text.lines().map { text[$0] } == ["one", "", "three"])
    #expect(text.lineAndColumn(ofScalar: 7) == LineColumn(line: 3, column: 3))
    #expect(Text("").lines().isEmpty)
  }

  @Test
  func `canonically equivalent texts are different texts`() {
    #expect(Text("\u{E9}") != Text("e\u{301}"))
  }

  // The digest of "abc" is the first example of FIPS 180-4.
  @Test
  func `the digest is SHA-256 of the UTF-8`() throws {
    let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(Text("abc").digest.description == digest)
    #expect(Digest(digest.uppercased()) == Text("abc").digest)
    #expect(Digest("zz" + digest.dropFirst(2)) == nil)
  }
}

struct TextSpanTests {
  private func span(_ range: Range<Int>) -> TextSpan { TextSpan(scalars: range) }

  @Test
  func `spans that only touch do not overlap`() {
    #expect(!span(0..<3).overlaps(span(3..<5)))
    #expect(span(0..<3).precedes(span(3..<5)))
    #expect(span(0..<4).overlaps(span(3..<5)))
    #expect(span(0..<4).intersection(span(3..<5)) == span(3..<4))
  }

  @Test
  func `a span embeds itself and what lies inside`() {
    #expect(span(2..<6).embeds(span(2..<6)))
    #expect(span(2..<6).embeds(span(3..<3)))
    #expect(!span(2..<6).embeds(span(1..<3)))
  }

  @Test
  func `an end before the start makes no span`() {
    #expect(TextSpan(start: 4, end: 3) == nil)
  }
}
