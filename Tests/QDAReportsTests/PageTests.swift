import Foundation
import QDA
import QDATestSupport
import Testing

@testable import QDAReports

@Suite struct PageTests {
  let report = SampleStudy().report

  func html() throws -> String { String(decoding: try report.html().bytes, as: UTF8.self) }

  @Test func `every tag is closed, every id stands once and every link leads somewhere`() throws {
    #expect(ParsedPage(try html()).problems == [])
    // The check notices what it is there for.
    #expect(
      ParsedPage("<p id=\"a\"><b id=\"a\"><a href=\"#x\">1</a></p>").problems == [
        "</p> closes b", "not closed: [\"p\", \"b\"]", "an id stands twice", "no #x",
      ])
  }

  @Test func `nothing from the study is mark-up`() throws {
    let page = try html()
    // One script is the page's own.
    #expect(page.split(separator: "<script").count == 2)
    #expect(page.contains("Tea &amp; &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;"))
    let parsed = ParsedPage(page)
    #expect(!parsed.attributes.contains { $0.name.hasPrefix("on") })
  }

  @Test func `a quotation mark with an accent does not close an attribute`() {
    let escaped = HTMLEscaping().escapeText(SampleStudy.accented + "<\u{338}'\u{0}\r\u{85}")
    #expect(!escaped.unicodeScalars.contains("\""))
    #expect(!escaped.unicodeScalars.contains("<"))
    #expect(!escaped.unicodeScalars.contains("'"))
    #expect(escaped.hasSuffix("\u{FFFD}\u{FFFD}\u{FFFD}"))
  }

  @Test func `the page asks nothing of a network and runs its own script only`() throws {
    let page = try html()
    #expect(!page.contains("http://"))
    #expect(!page.contains("https://"))
    #expect(!ParsedPage(page).attributes.contains { $0.name == "src" })
    let body = try #require(
      page.split(separator: "<script>").last?.split(separator: "</script>").first)
    let digest = Data(Digest(of: String(body)).bytes).base64EncodedString()
    // Base 64 has characters that HTML escaping leaves alone but `+` and `=`, which it does too.
    #expect(page.contains("script-src 'sha256-\(digest)'"))
  }

  @Test func `no one has to read a GUID`() throws {
    let text = ParsedPage(try html()).text
    let words = text.split { !($0.isHexDigit || $0 == "-") }
    #expect(words.filter { Labels.isGUID(String($0)) } == [])
  }

  @Test func `every state is named in its cell and not by colour alone`() throws {
    let page = try html()
    for words in ["nothing said", "asked, not answered", "not asked", "not charted"] {
      #expect(page.contains("<span class=\"state\">\(words)</span>"))
    }
  }

  @Test
  func `a name of two words stays on its line beside the matrices, which are as wide for all`()
    throws
  {
    var project = SmallStudy().project
    project.cases[SmallStudy.id("P2")]?.name = "Fiona Baird"
    project.cases[SmallStudy.id("P3")]?.name = "Her Majesty's Inspector of Mines"
    let page = String(
      decoding: try StudyReport(project, diagnostics: []).html().bytes, as: UTF8.self)
    #expect(page.contains("<span class=\"mapname\" title=\"Fiona Baird\">Fiona Baird</span>"))
    #expect(page.contains("class=\"maprows\" style=\"--names:16\""), "the longest is cut off")
    let rule = try #require(page.firstRange(of: ".mapname{"))
    let style = page[rule.upperBound...].prefix { $0 != "}" }
    #expect(style.contains("white-space:nowrap") && style.contains("text-overflow:ellipsis"))
  }

  @Test func `tables name their rows and columns`() throws {
    let heads = ParsedPage(try html()).attributes.filter { $0.tag == "th" && $0.name == "scope" }
    #expect(Set(heads.map(\.value)) == ["col", "row"])
    #expect(try html().split(separator: "<th ").count - 1 == heads.count)
  }

  @Test func `what a configuration does not state is drawn as not stated`() {
    let context = PageContext(report)
    let lanes = CardView(report.configurations[1], context).lanes
    #expect(lanes.map(\.heading) == ["Context", "Mechanism", "Outcome"])
    // An undivided mechanism is one box across its lane; both outcomes are missing.
    #expect(lanes.map { $0.parts.map(\.isMissing) } == [[false], [false], [true, true]])
  }

  @Test func `a configuration told in another order is a chain in that order`() {
    let context = PageContext(report)
    #expect(!CardView(report.configurations[0], context).isChain)
    let chain = CardView(report.configurations[2], context)
    #expect(chain.isChain)
    #expect(
      chain.steps.map(\.role) == [
        "context", "mechanism: resource", "outcome: short-term", "mechanism: reasoning",
      ])
  }

  @Test func `the sentence is taken apart at its own connectives only`() {
    let context = PageContext(report)
    let clauses = CardView(report.configurations[0], context).clauses
    #expect(clauses.map(\.connective) == ["If", "then", "because"])
    let sentence = clauses.map { $0.connective + $0.text }.joined(separator: " ")
    #expect(sentence == report.configurations[0].sentence)
  }

  @Test func `a participant's sign opens on that participant's words`() throws {
    let context = PageContext(report)
    let slot = try #require(report.configurations[0].slots.first { $0.text == "A call beforehand" })
    let chips = context.chips(slot.standing, about: "CMO1")
    #expect(chips.map { "\($0.mark) \($0.name) \($0.numbers)" } == ["+ P1 1", "− P2 4"])
  }

  @Test func `a drawing keeps boxes apart, loops named and unevidenced links dashed`() throws {
    let diagrams = LoopDiagram.components(of: report)
    #expect(diagrams.count == 1)
    let nodes = diagrams[0].nodes
    for (index, node) in nodes.enumerated() {
      for other in nodes.dropFirst(index + 1) {
        #expect(
          abs(node.x - other.x) > LoopDiagram.nodeWidth
            || abs(node.y - other.y) > LoopDiagram.nodeHeight)
      }
    }
    #expect(diagrams[0].tags.map(\.loop.name) == ["B1", "R1"])
    let edges = LinksView(PageContext(report)).diagrams[0].edges
    #expect(edges.map(\.isDashed) == [true, true, false, true])
    #expect(edges.map(\.sign) == ["+", "−", "+", "+"])
  }

  @Test(.enabled(if: isInstalled("python3"), "needs python3"))
  func `another parser reads the page as it is meant`() throws {
    let check = """
      import sys, html.parser
      class P(html.parser.HTMLParser):
          def __init__(self):
              super().__init__(); self.seen = {}
          def handle_starttag(self, tag, attrs): self.seen[tag] = self.seen.get(tag, 0) + 1
      p = P(); p.feed(sys.stdin.read()); p.close()
      print(p.seen['script'], p.seen['article'], p.seen['main'])
      """
    let result = try run(["python3", "-c", check], input: try html())
    // Two matrices, two explanations, three configurations and four quotes are articles.
    #expect(result.output == "1 11 1\n")
  }
}
