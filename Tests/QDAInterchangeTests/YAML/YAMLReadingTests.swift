import QDACore
import Testing

@testable import QDAInterchange

struct YAMLReadingTests {
  private func read(_ text: String) -> Reading<YAMLDocument> {
    YAMLDocument.read(Array(text.utf8), name: "t.yaml")
  }

  private func ids(_ document: YAMLDocument, _ key: String = "list") -> [String] {
    document.root?[key]?.items.map { $0["id"]?.text ?? "?" } ?? []
  }

  @Test
  func `scalars are text, whatever they look like`() {
    let root = read("a: 1.10\nb: 26–35\nc: yes\nd: 2026-02-10\ne: 0x10\nf: '~'\n").value.root
    let texts = ["a", "b", "c", "d", "e", "f"].map { root?[$0]?.text }
    #expect(texts == ["1.10", "26–35", "yes", "2026-02-10", "0x10", "~"])
  }

  @Test
  func `nothing is nothing in all its spellings`() {
    let root = read("a:\nb: ~\nc: null\nd: ''\n").value.root
    #expect(root?["a"]?.isNull == true)
    #expect(root?["b"]?.isNull == true)
    #expect(root?["c"]?.isNull == true)
    #expect(root?["d"]?.text == "")
  }

  @Test
  func `values know their line and their column in scalars`() {
    let root = read("\u{FEFF}a: é\nb:\n  - {x: 🙂, y: z}\n").value.root
    #expect(root?["a"]?.line == 1)
    #expect(root?["a"]?.column == 4)
    let inner = root?["b"]?.items.first?["y"]
    #expect(inner?.line == 3)
    #expect(inner?.column == 15)
  }

  @Test
  func `an unclosed quotation mark costs its line only`() {
    let reading = read(
      """
      list:
        - id: one
          text: "never closed
        - id: two
          text: "closed"
        - id: three
      """)
    #expect(ids(reading.value) == ["one", "two", "three"])
    #expect(reading.diagnostics.map(\.head) == ["t.yaml:3:11 error yaml.syntax"])
    #expect(reading.value.root?["list"]?.items[1]["text"]?.text == "closed")
  }

  @Test
  func `an unclosed bracket costs its record only`() {
    let reading = read("list:\n  - id: one\n  - {id: two, a: [b\n  - id: three\n")
    #expect(ids(reading.value) == ["one", "three"])
    #expect(reading.diagnostics.map(\.id) == ["yaml.syntax"])
  }

  @Test
  func `a text with a colon costs its line only`() {
    let reading = read("list:\n  - id: one\n    text: so: I said\n  - id: two\n")
    #expect(ids(reading.value) == ["one", "two"])
    #expect(reading.diagnostics.map(\.head) == ["t.yaml:3:13 error yaml.syntax"])
  }

  @Test
  func `several broken records are all found`() {
    var text = "list:\n"
    for number in 1...30 {
      text += "  - id: n\(number)\n    text: \(number.isMultiple(of: 10) ? "\"open" : "fine")\n"
    }
    let reading = read(text)
    #expect(reading.diagnostics.map(\.id) == Array(repeating: "yaml.syntax", count: 3))
    #expect(ids(reading.value).count == 30)
  }

  @Test
  func `of a key that is there twice the first value is used`() {
    let reading = read("list:\n  - id: one\n    a: x\n    a: y\n    b: z\n  - id: two\n")
    #expect(reading.value.root?["list"]?.items.first?["a"]?.text == "x")
    #expect(reading.value.root?["list"]?.items.first?["b"]?.text == "z")
    #expect(ids(reading.value) == ["one", "two"])
    #expect(reading.diagnostics.map(\.head) == ["t.yaml:4:5 error yaml.key-duplicate"])
  }

  @Test
  func `a section that is there twice keeps the first`() {
    let reading = read("a:\n  - id: one\nb: c\na:\n  - id: two\n  - id: three\n")
    #expect(ids(reading.value, "a") == ["one"])
    #expect(reading.value.root?["b"]?.text == "c")
    #expect(reading.diagnostics.map(\.id) == ["yaml.key-duplicate"])
  }

  @Test
  func `aliases that grow without limit are cut off`() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...12 {
      let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(items)]\n"
    }
    let reading = read(text)
    #expect(reading.diagnostics.map(\.id) == ["yaml.too-deep"])
  }

  @Test
  func `deep nesting is an error and no crash`() {
    let deep = String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)
    #expect(!read("a: \(deep)\nb: c\n").diagnostics.isEmpty)
    let steps = (0..<200).map { String(repeating: " ", count: $0) + "k:" }.joined(separator: "\n")
    #expect(!read(steps).diagnostics.isEmpty)
  }

  @Test
  func `a control character is read as a space and reported`() {
    let reading = read("a: b\u{7}c\nd: e\u{2028}f\n")
    #expect(reading.value.root?["a"]?.text == "b c")
    #expect(reading.value.root?["d"]?.text == "e f")
    #expect(reading.diagnostics.map(\.head) == ["t.yaml:1:5 warning yaml.control-character"])
  }

  @Test
  func `a line that is not UTF-8 costs itself only`() {
    let bytes = Array("a: b\nc: caf".utf8) + [0xE9, 0x0A] + Array("d: e\n".utf8)
    let reading = YAMLDocument.read(bytes, name: "t.yaml")
    #expect(reading.value.root?["a"]?.text == "b")
    #expect(reading.value.root?["d"]?.text == "e")
    #expect(reading.diagnostics.map(\.head) == ["t.yaml:2:7 error yaml.not-utf8"])
  }

  @Test(arguments: ["", "\n\n", "# only a comment\n", "---\n", "\u{FEFF}"])
  func `a file without values is empty and no mistake`(text: String) {
    let reading = read(text)
    #expect(reading.diagnostics.isEmpty)
    #expect(reading.value.root.map(\.isNull) ?? true)
  }
}
