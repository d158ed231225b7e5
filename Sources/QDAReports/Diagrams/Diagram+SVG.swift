extension Diagram {
  private static let laneWidth = 290
  private static let boxWidth = 246
  private static let gap = 34
  private static let top = 84
  private static let lineHeight = 17

  private struct Box {
    var x: Int
    var y: Int
    var height: Int
    var lines: [String]
  }

  /// The lanes as a drawing that needs nothing beside itself.
  var lanesSVG: String {
    let boxes = placed
    let height = (boxes.values.map { $0.y + $0.height }.max() ?? Self.top) + 34
    let width = max(1, lanes.count) * Self.laneWidth
    var lines = Self.head(width: width, height: height, title: title)
    lines.append(
      "<text class=\"title\" x=\"14\" y=\"28\">\(Self.escaped(title.cut(to: 90)))</text>")
    for (column, lane) in lanes.enumerated() {
      let x = column * Self.laneWidth
      lines.append(
        "<rect class=\"lane\(column % 2)\" x=\"\(x)\" y=\"44\" width=\"\(Self.laneWidth)\" "
          + "height=\"\(height - 44)\"/>")
      lines.append(
        "<text class=\"lane\" x=\"\(x + Self.laneWidth / 2)\" y=\"66\">"
          + "\(Self.escaped(Words.sentence(lane)))</text>")
      if !nodes.contains(where: { $0.group == lane }) {
        lines.append(
          "<rect class=\"box dashed\" x=\"\(x + 22)\" y=\"\(Self.top)\" width=\"\(Self.boxWidth)\" "
            + "height=\"48\" rx=\"6\"/><text class=\"none\" x=\"\(x + Self.laneWidth / 2)\" "
            + "y=\"\(Self.top + 29)\">not stated</text>")
      }
    }
    for edge in edges {
      guard let from = boxes[edge.from], let to = boxes[edge.to] else { continue }
      lines.append(Self.arrow(edge, from, to))
    }
    for node in nodes {
      guard let box = boxes[node.id] else { continue }
      lines.append(Self.drawing(of: node, in: box))
    }
    return (lines + ["</svg>", ""]).joined(separator: "\n")
  }

  private var placed: [String: Box] {
    var next: [String: Int] = [:]
    var boxes: [String: Box] = [:]
    for node in nodes {
      let column = lanes.firstIndex(of: node.group) ?? 0
      let lines = node.text.wrapped(at: 34)
      let height = 52 + lines.count * Self.lineHeight
      let y = next[node.group] ?? Self.top
      boxes[node.id] = Box(
        x: column * Self.laneWidth + (Self.laneWidth - Self.boxWidth) / 2, y: y, height: height,
        lines: lines)
      next[node.group] = y + height + Self.gap
    }
    return boxes
  }

  private static func drawing(of node: Node, in box: Box) -> String {
    var text =
      "<g><title>\(escaped("\(node.label): \(node.text). \(node.standing)"))</title>"
      + "<rect class=\"box\(node.evidence == 0 ? " dashed" : "")\" x=\"\(box.x)\" y=\"\(box.y)\" "
      + "width=\"\(boxWidth)\" height=\"\(box.height)\" rx=\"6\"/>"
      + "<text class=\"role\" x=\"\(box.x + 12)\" y=\"\(box.y + 20)\">\(escaped(node.label))</text>"
    for (offset, line) in box.lines.enumerated() {
      text +=
        "<text x=\"\(box.x + 12)\" y=\"\(box.y + 39 + offset * lineHeight)\">\(escaped(line))</text>"
    }
    let kind = node.evidence == 0 ? "none left" : "who"
    return text
      + "<text class=\"\(kind)\" x=\"\(box.x + 12)\" y=\"\(box.y + box.height - 9)\">"
      + "\(escaped(node.standing.cut(to: 38)))</text></g>"
  }

  private static func arrow(_ edge: Edge, _ from: Box, _ to: Box) -> String {
    let path: String
    let sign: (x: Int, y: Int)
    if from.x < to.x {
      let (x1, y1) = (from.x + boxWidth, from.y + from.height / 2)
      let (x2, y2) = (to.x, to.y + to.height / 2)
      let middle = (x1 + x2) / 2
      path = "M\(x1) \(y1)C\(middle) \(y1) \(middle) \(y2) \(x2 - 3) \(y2)"
      sign = (middle, (y1 + y2) / 2)
    } else if from.x == to.x, from.y < to.y, to.y - from.y - from.height <= gap {
      let x = from.x + boxWidth / 2
      path = "M\(x) \(from.y + from.height)L\(x) \(to.y - 3)"
      sign = (x, (from.y + from.height + to.y) / 2)
    } else if from.x == to.x {
      let x = from.x + boxWidth
      let (y1, y2) = (from.y + from.height / 2, to.y + to.height / 2)
      path = "M\(x) \(y1)C\(x + 34) \(y1) \(x + 34) \(y2) \(x + 3) \(y2)"
      sign = (x + 24, (y1 + y2) / 2)
    } else {
      let (x1, y1) = (from.x, from.y + from.height / 2)
      let (x2, y2) = (to.x + boxWidth, to.y + to.height / 2)
      let middle = (x1 + x2) / 2
      path = "M\(x1) \(y1)C\(middle) \(y1) \(middle) \(y2) \(x2 + 3) \(y2)"
      sign = (middle, (y1 + y2) / 2)
    }
    let hint = [edge.kind, edge.text, edge.standing].filter { !$0.isEmpty }.joined(separator: ", ")
    return "<g class=\"edge\(edge.sign == "-" ? " minus" : "")"
      + "\(edge.evidence == 0 ? " dashed" : "")\"><title>\(escaped(hint))</title>"
      + "<path d=\"\(path)\" marker-end=\"url(#arrow)\"/>"
      + "<circle cx=\"\(sign.x)\" cy=\"\(sign.y)\" r=\"8\"/>"
      + "<text x=\"\(sign.x)\" y=\"\(sign.y + 4)\">\(edge.mark)</text></g>"
  }

  static func head(
    width: Int, height: Int, title: String, left: Int = 0, top: Int = 0
  ) -> [String] {
    [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"\(left) \(top) \(width) \(height)\" "
        + "width=\"\(width)\" height=\"\(height)\" role=\"img\">",
      "<title>\(escaped(title))</title>",
      """
      <style>text{font:13px system-ui,sans-serif;fill:#20262b}.title{font-size:16px;font-weight:600}\
      .lane{font-weight:600;text-anchor:middle}.lane0{fill:#f5f2ea}.lane1{fill:#ece7da}\
      .box{fill:#fffefb;stroke:#5f676d;stroke-width:1.4}.box.dashed{stroke-dasharray:5 4}\
      .role{font-size:11px;fill:#5f676d}.who{font-size:11px;font-weight:600;fill:#175a63}\
      .none{font-size:11px;fill:#b5482a;text-anchor:middle}.left{text-anchor:start}\
      .edge path{fill:none;stroke:#1f7276;stroke-width:1.8}.edge.minus path{stroke:#b5482a}\
      .edge.dashed path{stroke-dasharray:6 5}.edge circle{fill:#fffefb;stroke:#9aa1a6}\
      .edge text{text-anchor:middle;font-weight:700}.centre{text-anchor:middle}\
      .head{fill:#1f7276}.favourable{stroke:#1f7276}.unfavourable{stroke:#b5482a}</style>
      """,
      "<defs><marker id=\"arrow\" viewBox=\"0 0 10 10\" refX=\"8\" refY=\"5\" "
        + "markerUnits=\"userSpaceOnUse\" markerWidth=\"11\" markerHeight=\"11\" orient=\"auto\">"
        + "<path class=\"head\" d=\"M0 0L10 5L0 10z\"/></marker></defs>",
      "<rect x=\"\(left)\" y=\"\(top)\" width=\"\(width)\" height=\"\(height)\" fill=\"#faf8f3\"/>",
    ]
  }
}

extension StudyReport {
  /// The files of all diagrams: SVG, DOT, Mermaid and GraphML of each.
  ///
  /// - Parameter isWanted: Which diagrams, by name: the label of a configuration, or `loops`.
  public func diagramFiles(_ isWanted: (String) -> Bool = { _ in true }) -> [ReportFile] {
    diagrams.filter { isWanted($0.name) }.flatMap { diagram in
      let drawing = diagram.lanes.isEmpty ? loopsSVG : diagram.lanesSVG
      return [
        ReportFile(path: "diagrams/\(diagram.name).svg", text: drawing),
        ReportFile(path: "diagrams/\(diagram.name).dot", text: diagram.dot),
        ReportFile(path: "diagrams/\(diagram.name).mmd", text: diagram.mermaid),
        ReportFile(path: "diagrams/\(diagram.name).graphml", text: diagram.graphML),
      ]
    }
  }

  /// The causal loop diagram as a drawing that needs nothing beside itself; parts one below another.
  private var loopsSVG: String {
    let index = ReportIndex(self)
    let parts = LoopDiagram.components(of: self)
    let width = parts.map(\.width).max() ?? 1
    let height = parts.reduce(0) { $0 + $1.height }
    var lines = Diagram.head(width: width, height: height, title: "Links and loops")
    var y = 0
    for part in parts {
      lines.append("<g transform=\"translate(\(-part.left) \(y - part.top))\">")
      for tag in part.tags {
        lines.append(
          "<text class=\"centre title\" x=\"\(tag.x)\" y=\"\(tag.y)\">"
            + "\(Diagram.escaped("\(tag.loop.name) \(tag.loop.behaviour)"))</text>")
      }
      for edge in part.edges {
        let link = edge.link
        let hint =
          "\(index.label(link.from)) → \(index.label(link.to)), \(link.kind), "
          + (link.hasEvidence ? link.standing.words : Words.noEvidence) + ": \(link.text)"
        lines.append(
          "<g class=\"edge\(link.sign == "-" ? " minus" : "")\(link.hasEvidence ? "" : " dashed")\">"
            + "<title>\(Diagram.escaped(hint))</title><path d=\"\(edge.path)\" "
            + "marker-end=\"url(#arrow)\"/><circle cx=\"\(edge.x)\" cy=\"\(edge.y)\" r=\"9\"/>"
            + "<text x=\"\(edge.x)\" y=\"\(edge.y + 4)\">\(link.sign == "-" ? "−" : "+")</text></g>"
        )
      }
      for node in part.nodes { lines.append(drawing(of: node, index)) }
      lines.append("</g>")
      y += part.height
    }
    return (lines + ["</svg>", ""]).joined(separator: "\n")
  }

  private func drawing(of node: LoopDiagram.Node, _ index: ReportIndex) -> String {
    let entry = index.configuration(node.id)
    let (width, height) = (LoopDiagram.nodeWidth, LoopDiagram.nodeHeight)
    let lines = (entry?.title ?? "").wrapped(at: 24).prefix(2)
    var text =
      "<g><title>\(Diagram.escaped("\(index.label(node.id)) \(entry?.title ?? "")"))</title>"
      + "<rect class=\"box \(Diagram.escaped(entry?.valence ?? ""))\" x=\"\(node.x - width / 2)\" "
      + "y=\"\(node.y - height / 2)\" width=\"\(width)\" height=\"\(height)\" rx=\"6\"/>"
      + "<text class=\"centre role\" x=\"\(node.x)\" y=\"\(node.y - 14)\">"
      + "\(Diagram.escaped(index.label(node.id)))</text>"
    for (offset, line) in lines.enumerated() {
      text +=
        "<text class=\"centre\" x=\"\(node.x)\" y=\"\(node.y + 4 + offset * 16)\">"
        + "\(Diagram.escaped(line))</text>"
    }
    return text + "</g>"
  }
}

extension String {
  /// The text on lines of at most so many characters; a longer word stands alone.
  func wrapped(at width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in onOneLine.split(separator: " ") {
      if !line.isEmpty, line.count + word.count + 1 > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }
}
