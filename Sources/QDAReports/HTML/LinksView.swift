/// The links between configurations: drawn, and as a table.
struct LinksView {
  let isEmpty: Bool
  let diagrams: [DiagramView]
  let loops: [LoopView]
  let hasLoops: Bool
  let areCutOff: Bool
  let rows: [LinkRow]

  init(_ context: PageContext) {
    let report = context.report
    isEmpty = report.links.isEmpty
    diagrams = LoopDiagram.components(of: report).enumerated().map { number, diagram in
      DiagramView(diagram, number: number + 1, context)
    }
    loops = report.loops.map { LoopView($0, context) }
    hasLoops = !loops.isEmpty
    areCutOff = report.loopsCutOff
    rows = report.links.map { LinkRow($0, context) }
  }
}

/// A loop in words.
struct LoopView {
  let name: String
  let behaviour: String
  let configurations: [ReferenceView]
  let back: ReferenceView
  let evidenced: String

  init(_ loop: StudyReport.LoopEntry, _ context: PageContext) {
    name = loop.name
    behaviour = loop.behaviour
    configurations = loop.configurations.map { ReferenceView($0, context) }
    back = ReferenceView(loop.configurations.first ?? "", context)
    evidenced = "\(loop.evidenced) of \(Words.count(loop.links.count, "link")) with evidence"
  }
}

/// A link in the table.
struct LinkRow {
  let from: ReferenceView
  let to: ReferenceView
  let kind: String
  let sign: String
  let signWord: String
  let text: String
  let chips: [ChipView]
  let hasEvidence: Bool
  let hasChips: Bool
  let standing: String
  let loops: String

  init(_ link: StudyReport.LinkEntry, _ context: PageContext) {
    from = ReferenceView(link.from, context)
    to = ReferenceView(link.to, context)
    kind = link.kind
    sign = link.sign == "-" ? "−" : "+"
    signWord = link.sign.signWord
    text = link.words
    chips = context.chips(
      link.standing, about: "the link \(from.label) → \(to.label)")
    hasEvidence = link.hasEvidence
    hasChips = !chips.isEmpty
    standing = link.standing.words
    loops = context.index.loops(of: link.id).map(\.name).joined(separator: ", ")
  }
}

/// A drawn component of the links, with every number as the text that the drawing needs.
struct DiagramView {
  let number: Int
  let box: String
  let width: Int
  let label: String
  let nodes: [DiagramNodeView]
  let edges: [DiagramEdgeView]
  let tags: [DiagramTagView]

  init(_ diagram: LoopDiagram, number: Int, _ context: PageContext) {
    self.number = number
    box = "\(diagram.left) \(diagram.top) \(diagram.width) \(diagram.height)"
    width = diagram.width
    label = "Links between " + Words.list(diagram.nodes.map { context.index.label($0.id) })
    nodes = diagram.nodes.map { node in
      let entry = context.index.configuration(node.id)
      let lines = Self.lines(entry?.title ?? "")
      let shift = lines.count * 7
      return DiagramNodeView(
        number: context.configurations[node.id] ?? 0, label: context.index.label(node.id),
        x: node.x - LoopDiagram.nodeWidth / 2, y: node.y - LoopDiagram.nodeHeight / 2,
        width: LoopDiagram.nodeWidth, height: LoopDiagram.nodeHeight, centre: node.x,
        valence: ValenceView(entry?.valence ?? ""), title: entry?.title ?? "",
        lines: lines.enumerated().map { LineView(text: $1, y: node.y + 19 - shift + $0 * 15) },
        labelY: node.y - 1 - shift)
    }
    edges = diagram.edges.map { edge in
      let link = edge.link
      let from = context.index.label(link.from)
      let to = context.index.label(link.to)
      return DiagramEdgeView(
        path: edge.path, kind: link.sign == "-" ? "minus" : "plus",
        isDashed: !link.hasEvidence, loop: edge.loop, x: edge.x, y: edge.y,
        sign: link.sign == "-" ? "−" : "+",
        hint: "\(from) → \(to), \(link.kind), \(link.sign.signWord), "
          + (link.hasEvidence ? link.standing.words : Words.noEvidence)
          + (link.text.isEmpty ? "" : ": \(link.text)"))
    }
    tags = diagram.tags.map { tag in
      DiagramTagView(
        name: tag.loop.name, behaviour: tag.loop.behaviour,
        kind: tag.loop.behaviour == "reinforcing" ? "r" : "b", x: tag.x, y: tag.y,
        isLarge: tag.isLarge)
    }
  }

  /// A title on two lines at most.
  private static func lines(_ title: String) -> [String] {
    let width = 23
    var lines: [String] = []
    var line = ""
    for word in title.split(separator: " ") {
      if !line.isEmpty, line.count + word.count + 1 > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    if !line.isEmpty { lines.append(line) }
    if lines.count > 2 { lines = [lines[0], lines[1] + " …"] }
    return lines.map { $0.count > width + 2 ? $0.prefix(width) + "…" : $0 }
  }
}

/// A configuration as a box.
struct DiagramNodeView {
  let number: Int
  let label: String
  let x: Int
  let y: Int
  let width: Int
  let height: Int
  let centre: Int
  let valence: ValenceView
  let title: String
  let lines: [LineView]
  let labelY: Int
}

/// A line of text in a drawing.
struct LineView {
  let text: String
  let y: Int
}

/// A link as a curve.
struct DiagramEdgeView {
  let path: String
  let kind: String
  let isDashed: Bool
  let loop: String
  let x: Int
  let y: Int
  let sign: String
  let hint: String
}

/// The name of a loop within it.
struct DiagramTagView {
  let name: String
  let behaviour: String
  let kind: String
  let x: Int
  let y: Int
  let isLarge: Bool
}
