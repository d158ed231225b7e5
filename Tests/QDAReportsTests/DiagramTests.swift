import Foundation
import QDA
import QDATestSupport
import Testing

struct DiagramTests {
  private static let worked = Result {
    let folder = try StudyFolder.read(at: fixture("LinkWorkers")).value
    return StudyReport(folder.project, diagnostics: [], label: { folder.label(for: $0) })
  }

  private func count(_ part: String, in text: String) -> Int {
    text.components(separatedBy: part).count - 1
  }

  private func files(_ report: StudyReport, _ name: String) -> [String: String] {
    Dictionary(
      report.diagramFiles().filter { $0.path.hasPrefix("diagrams/\(name).") }.map {
        (URL(filePath: $0.path).pathExtension, String(decoding: $0.bytes, as: UTF8.self))
      }, uniquingKeysWith: { $1 })
  }

  @Test(arguments: ["CMO3", "CMO5", "CMO14", "loops"])
  func `every drawing has the same boxes, arrows and gaps`(name: String) throws {
    let report = try Self.worked.get()
    let diagram = try #require(report.diagrams.first { $0.name == name })
    let files = files(report, name)
    #expect(files.keys.sorted() == ["dot", "graphml", "mmd", "svg"])
    let bare = diagram.edges.count { $0.evidence == 0 }
    let dot = try #require(files["dot"])
    #expect(count(" -> ", in: dot) == diagram.edges.count)
    #expect(
      count("style=dashed, tooltip", in: dot) + count("style=dashed, arrowhead", in: dot) == bare)
    let mermaid = try #require(files["mmd"])
    #expect(count(" -.->|", in: mermaid) == bare)
    #expect(count(" -->|", in: mermaid) == diagram.edges.count - bare)
    let graphML = try #require(files["graphml"])
    #expect(count("<edge ", in: graphML) == diagram.edges.count)
    #expect(count("<data key=\"edge-evidence\">0<", in: graphML) == bare)
    #expect(count("<node ", in: graphML) == diagram.nodes.count)
    let drawing = try #require(files["svg"])
    #expect(count("<path d=", in: drawing) == diagram.edges.count + 0)
    #expect(count("class=\"edge", in: drawing) == diagram.edges.count)
    #expect(count(" dashed\"><title>", in: drawing) == bare)
    for node in diagram.nodes {
      #expect(dot.contains(node.text) && mermaid.contains(node.text) && graphML.contains(node.text))
    }
  }

  // L2, L4 and L12 have no evidence; R1 is the circle of five, B1 the balance of two.
  @Test
  func `the causal loop diagram names its loops and dashes the links without evidence`() throws {
    let report = try Self.worked.get()
    let diagram = try #require(report.diagrams.first { $0.name == "loops" })
    #expect(diagram.edges.count { $0.evidence == 0 } == 3)
    #expect(diagram.edges.count == 13)
    #expect(diagram.loops.map { $0.prefix(2) }.sorted() == ["B1", "R1"])
  }

  @Test
  func `words that would end a label end none`() throws {
    var project = SmallStudy().project
    let hostile = "a \"b\" ] <c> & | {d} \\ #e\u{1}\n`f`"
    project.elements[SmallStudy.id("busy")]?.text = hostile
    project.configurations[SmallStudy.id("CMO1")]?.title = "--> \"end\"\nnode"
    let report = StudyReport(project, diagnostics: [])
    let files = files(report, "CMO1")
    let dot = try #require(files["dot"])
    #expect(dot.contains("a \\\"b\\\" ] <c> & | {d} \\\\ #e"))
    #expect(!dot.contains("\u{1}"))
    let mermaid = try #require(files["mmd"])
    #expect(mermaid.contains("a #34;b#34; #93; #60;c#62; #38; #124; #123;d#125; #92; #35;e"))
    for kind in ["svg", "graphml"] where isInstalled("python3") {
      let check =
        "import sys, xml.dom.minidom as m; m.parseString(sys.stdin.buffer.read()); print('ok')"
      let result = try run(["python3", "-c", check], input: files[kind])
      #expect(result.output == "ok\n", "\(kind): \(result.errors)")
    }
  }
}
