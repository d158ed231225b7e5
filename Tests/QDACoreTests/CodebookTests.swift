import QDA
import QDATestSupport
import Testing

struct CodebookTests {
  private func id(_ name: String) -> ID<Code> { SmallStudy.id(name) }

  /// Codes written as `name<parent`.
  private func codebook(_ codes: String...) -> Codebook {
    Codebook(
      codes: Table(
        codes.map { code in
          let parts = code.split(separator: "<").map(String.init)
          return Code(
            id: id(parts[0]), parent: parts.count > 1 ? id(parts[1]) : nil, name: parts[0])
        }))
  }

  @Test
  func `descendants come depth first, in the order of the table`() {
    let codebook = codebook("a", "b", "a2<a", "a1<a", "deep<a2", "b1<b")
    #expect(codebook.descendants(of: id("a")).map(\.name) == ["a2", "deep", "a1"])
    #expect(codebook.inReadingOrder.map(\.name) == ["a", "a2", "deep", "a1", "b", "b1"])
    #expect(codebook.path(of: id("deep")) == ["a", "a2", "deep"])
    #expect(codebook.ancestors(of: id("deep")).map(\.name) == ["a2", "a"])
  }

  @Test
  func `codes that are each other's parent end the walk, and are still listed`() {
    let codebook = codebook("x<y", "y<x", "under<y", "self<self", "plain")
    #expect(codebook.descendants(of: id("x")).map(\.name) == ["y", "under"])
    #expect(codebook.ancestors(of: id("x")).map(\.name) == ["y"])
    #expect(codebook.descendants(of: id("self")).isEmpty)
    #expect(codebook.path(of: id("self")) == ["self"])
    #expect(codebook.inReadingOrder.map(\.name) == ["plain", "x", "y", "under", "self"])
  }

  @Test
  func `a code whose parent is not in the codebook is a theme`() {
    let codebook = codebook("a", "stray<nowhere", "below<stray")
    #expect(codebook.themes.map(\.name) == ["a", "stray"])
    #expect(codebook.inReadingOrder.map(\.name) == ["a", "stray", "below"])
  }

  @Test
  func `a codebook of ten thousand levels is walked without recursion`() {
    var codes: Table<Code> = []
    for level in 0..<10_000 {
      codes[id("\(level)")] = Code(
        id: id("\(level)"), parent: level == 0 ? nil : id("\(level - 1)"), name: "\(level)")
    }
    let codebook = Codebook(codes: codes)
    #expect(codebook.inReadingOrder.map(\.name) == (0..<10_000).map { "\($0)" })
    #expect(codebook.ancestors(of: id("9999")).count == 9999)
  }

  private func findings(_ numbers: (String, String?)...) -> [String] {
    var project = Project(id: SmallStudy.id("numbers"), title: "")
    for (number, parent) in numbers {
      project.codebook.codes[id(number)] = Code(
        id: id(number), parent: parent.map { id($0) }, number: number, name: number,
        definition: "-")
    }
    return project.check().filter { $0.id == "codebook.number-out-of-order" }.compactMap {
      if case .object(.code(let code))? = $0.place {
        project.codebook.codes[code]?.number
      } else {
        nil
      }
    }
  }

  @Test
  func `numbers in order give no finding, and an Other may be the ninth`() {
    #expect(
      findings(
        ("1", nil), ("1.1", "1"), ("1.2", "1"), ("1.9", "1"), ("2", nil), ("2.1", "2"),
        ("2.10", "2"), ("10", nil)
      ).isEmpty)
    #expect(findings(("", nil), ("a", nil), ("1", nil), ("I.1", "1")).isEmpty)
  }

  @Test
  func `a number that is not its parent's, or not after the one before, is pointed out`() {
    #expect(findings(("1", nil), ("2.1", "1")) == ["2.1"])
    #expect(findings(("1", nil), ("1.2", "1"), ("1.1", "1")) == ["1.1"])
    #expect(findings(("2", nil), ("1", nil)) == ["1"])
    #expect(findings(("1", nil), ("1.1.1", "1")) == ["1.1.1"])
    #expect(findings(("1", nil), ("10.1", "1")) == ["10.1"])
  }
}
