import QDACore
import QDATestSupport
import Testing

@testable import QDAInterchange

struct YAMLWritingTests {
  private func reread(_ value: YAMLValue) -> YAMLValue? {
    let reading = YAMLDocument.read(Array(YAMLWriting.file(value).utf8), name: "t.yaml")
    #expect(reading.diagnostics.isEmpty)
    return reading.value.root.map { YAMLValue($0) }
  }

  private static let awkward = [
    "plain", "1.10", "~", "null", "true", "- dash", "a: b", "a #b", "#", "*x", "&x", "[x]", "{y}",
    "'q'", "\"q\"", " lead", "trail ", "a:", "+", "-", "?", "@x", "%x", "!x", "|", ">", "a\tb",
    "line\nline", "line\n", "\nline", "line\n\n", "  in\nout", "a\u{7}b", "a\u{2028}b",
    "a\u{FEFF}b",
    "🙂 é", "26–35", "back\\slash", "a,b", "---", "...", "a\r\nb", "x\n  y\n z", "\n", "a \nb",
  ]

  @Test(arguments: awkward)
  func `every text reads back as it was`(text: String) {
    let value = YAMLValue.map([
      ("a", .text(text)), ("b", .list([.text(text), .map([("c", .text(text))])])),
      ("d", .texts([text, text])), ("e", .map([("f", .text(text))], isFlow: true)),
    ])
    #expect(reread(value) == value)
  }

  @Test
  func `generated texts read back as they were`() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<300 {
      // Yams drops a byte-order mark at the beginning of a text; nothing can be done about it here.
      let texts = [random.text(words: 6), random.text(words: 2)].map {
        $0.replacing("\u{FEFF}", with: "")
      }
      let value = YAMLValue.map([("a", .text(texts[0])), ("b", .texts([texts[1]]))])
      #expect(reread(value) == value)
    }
  }

  // MARK: Editing

  private func patch(_ text: String, _ old: YAMLValue, _ new: YAMLValue) -> String {
    let document = YAMLDocument.read(Array(text.utf8), name: "t.yaml").value
    return String(decoding: YAMLPatch.apply(from: old, to: new, in: document), as: UTF8.self)
  }

  private func codes(_ codes: [(String, [(String, YAMLValue?)])]) -> YAMLValue {
    .map([("codes", .list(codes.map { .map([("id", .text($0.0))] + $0.1) }))])
  }

  private let file = """
    # head
    codes:
      - id: a   # the first
        name: Alpha   # a name
        extra: kept
      # about b
      - id: b
        name: Beta
        definition: |
          Two lines,
          # not a comment

      - {id: c, name: 'Gamma', more: kept}   # flow

    # tail
    other: 1

    """

  @Test
  func `a changed scalar keeps the comment behind it`() {
    let old = codes([("a", [("name", .text("Alpha"))]), ("b", []), ("c", [])])
    let new = codes([("a", [("name", .text("Alpha: one"))]), ("b", []), ("c", [])])
    #expect(
      patch(file, old, new) == file.replacing("name: Alpha ", with: "name: \"Alpha: one\" "))
  }

  @Test
  func `a removed record goes and the comments around it stay`() {
    let old = codes([("a", []), ("b", [("name", .text("Beta"))]), ("c", [])])
    let expected = file.replacing(
      "  - id: b\n    name: Beta\n    definition: |\n      Two lines,\n      # not a comment\n",
      with: "")
    #expect(patch(file, old, codes([("a", []), ("c", [])])) == expected)
  }

  @Test
  func `a new record goes behind the one before it`() {
    let old = codes([("a", []), ("b", []), ("c", [])])
    let new = codes([("a", []), ("n", [("name", .text("New"))]), ("b", []), ("c", [])])
    #expect(
      patch(file, old, new)
        == file.replacing("extra: kept\n", with: "extra: kept\n  - id: n\n    name: New\n"))
  }

  @Test
  func `a new first record goes before the others`() {
    let old = codes([("a", []), ("b", []), ("c", [])])
    let new = codes([("n", []), ("a", []), ("b", []), ("c", [])])
    #expect(patch(file, old, new) == file.replacing("codes:\n", with: "codes:\n  - id: n\n"))
  }

  @Test
  func `a value in braces keeps what the writer does not know`() {
    let old = codes([("a", []), ("b", []), ("c", [("name", .text("Gamma"))])])
    let new = codes([("a", []), ("b", []), ("c", [("name", .text("Delta"))])])
    #expect(
      patch(file, old, new)
        == file.replacing(
          "{id: c, name: 'Gamma', more: kept}", with: "{id: c, name: Delta, more: kept}"))
  }

  @Test
  func `a block of text is replaced as a whole`() {
    let old = codes([
      ("a", []), ("b", [("definition", .text("Two lines,\n# not a comment\n"))]), ("c", []),
    ])
    let new = codes([("a", []), ("b", [("definition", .text("One line."))]), ("c", [])])
    #expect(
      patch(file, old, new)
        == file.replacing("|\n      Two lines,\n      # not a comment\n", with: "One line.\n"))
  }

  @Test
  func `an entry that is new or gone touches no other`() {
    let old = codes([("a", [("name", .text("Alpha"))]), ("b", []), ("c", [])])
    let new = codes([("a", [("origin", .text("emergent"))]), ("b", []), ("c", [])])
    #expect(
      patch(file, old, new)
        == file.replacing(
          "# the first\n    name: Alpha   # a name\n",
          with: "# the first\n    origin: emergent\n"))
  }

  @Test
  func `an empty list in brackets becomes a block`() {
    let text = "a: []\nb: c\n"
    let new = YAMLValue.map([("a", .list([.map([("id", .text("x")), ("t", .text("y"))])]))])
    #expect(patch(text, .map([("a", .list([]))]), new) == "a:\n  - id: x\n    t: y\nb: c\n")
  }

  @Test
  func `line ends of the file are kept`() {
    let text = "a: b\r\nc:\r\n  - id: d\r\n"
    let old = YAMLValue.map([("a", .text("b")), ("c", .list([.map([("id", .text("d"))])]))])
    let new = YAMLValue.map([
      ("a", .text("b")),
      ("c", .list([.map([("id", .text("d"))]), .map([("id", .text("e"))])])),
    ])
    #expect(patch(text, old, new) == "a: b\r\nc:\r\n  - id: d\r\n  - id: e\r\n")
  }
}
