import FoundationEssentials
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

  // Milestones stand every 128 scalars: astral scalars on both sides of each, and texts that end on one.
  @Test(arguments: [0, 1, 127, 128, 129, 255, 256, 257, 384])
  func `a text that ends on a milestone, or has astral scalars beside one, counts right`(
    count: Int
  ) {
    for ascii in ["a", "é"] {
      let scalars = (0..<count).map { offset -> Unicode.Scalar in
        offset % 128 == 0 || offset % 128 == 127 ? "𝔔" : ascii.unicodeScalars.first ?? "a"
      }
      var string = ""
      string.unicodeScalars.append(contentsOf: scalars)
      let text = Text(string)
      #expect(text.scalarCount == count)
      var (utf8, utf16) = (0, 0)
      for (offset, scalar) in scalars.enumerated() {
        #expect(text.utf8Offset(ofScalar: offset) == utf8)
        #expect(text.utf16Offset(ofScalar: offset) == utf16)
        for byte in utf8..<utf8 + UTF8.width(scalar) {
          #expect(text.scalarOffset(ofUTF8: byte) == offset)
        }
        for unit in utf16..<utf16 + UTF16.width(scalar) {
          #expect(text.scalarOffset(ofUTF16: unit) == offset)
        }
        utf8 += UTF8.width(scalar)
        utf16 += UTF16.width(scalar)
      }
      #expect(text.utf8Offset(ofScalar: count) == utf8)
      #expect(text.scalarOffset(ofUTF8: utf8) == count)
      #expect(text.scalarOffset(ofUTF16: utf16) == count)
      #expect(text[text.span] == string)
    }
  }

  @Test
  func `lines and columns are what counting scalar by scalar gives`() {
    for seed in 0..<8 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let string = "\n" + random.text(words: 60) + (seed.isMultiple(of: 2) ? "\n" : "")
      let text = Text(string)
      var place = LineColumn(line: 1, column: 1)
      for (offset, scalar) in string.unicodeScalars.enumerated() {
        #expect(text.lineAndColumn(ofScalar: offset) == place)
        place =
          scalar == "\n"
          ? LineColumn(line: place.line + 1, column: 1)
          : LineColumn(line: place.line, column: place.column + 1)
      }
      #expect(text.lineAndColumn(ofScalar: text.scalarCount) == place)
      #expect(text.lineAndColumn(ofScalar: .max) == place)
      #expect(text.lineAndColumn(ofScalar: .min) == LineColumn(line: 1, column: 1))
    }
    #expect(Text("").lineAndColumn(ofScalar: 0) == LineColumn(line: 1, column: 1))
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
    for sign in ["+a", "-0", " 1", "é"] { #expect(Digest(sign + digest.dropFirst(2)) == nil) }
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
  func `an end before the start makes no span, in code or in a file`() throws {
    #expect(TextSpan(start: 4, end: 3) == nil)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(TextSpan.self, from: Data(#"{"start":4,"end":3}"#.utf8))
    }
    let read = try JSONDecoder().decode(TextSpan.self, from: Data(#"{"start":3,"end":4}"#.utf8))
    #expect(read == span(3..<4))
  }

  @Test
  func `offsets that four bytes cannot hold are clamped`() {
    #expect(span(-5..<3) == span(0..<3))
    #expect(span(3..<Int.max).end == .max)
    #expect(span(Int.max - 1..<Int.max).isEmpty)
  }

  @Test
  func `an empty span overlaps nothing, not even what lies around it`() {
    #expect(!span(3..<3).overlaps(span(0..<9)))
    #expect(!span(0..<9).overlaps(span(3..<3)))
    #expect(span(0..<9).intersection(span(3..<3)) == nil)
    #expect(span(0..<3).precedes(span(3..<3)))
  }
}
