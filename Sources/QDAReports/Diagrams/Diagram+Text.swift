extension Diagram {
  /// The diagram for Graphviz.
  public var dot: String {
    var lines = ["digraph {", "  label=\(Self.quoted(title)); labelloc=t; rankdir=LR;"]
    lines.append("  node [shape=box, fontname=\"sans-serif\"]; edge [fontname=\"sans-serif\"];")
    func line(_ node: Node) -> String {
      let words = "\(node.label)\n\(node.text)\n\(node.standing)"
      return
        "\(node.id) [label=\(Self.quoted(words)), style=\(node.evidence == 0 ? "dashed" : "solid")];"
    }
    for (offset, lane) in lanes.enumerated() {
      let members = nodes.filter { $0.group == lane }
      lines.append("  subgraph cluster_\(offset + 1) {")
      lines.append("    label=\(Self.quoted(lane));")
      lines += members.map { "    \(line($0))" }
      lines.append("  }")
    }
    lines += nodes.filter { !lanes.contains($0.group) }.map { "  \(line($0))" }
    for edge in edges {
      let style = edge.evidence == 0 ? "dashed" : "solid"
      let head = edge.sign == "-" ? ", arrowhead=tee" : ""
      lines.append(
        "  \(edge.from) -> \(edge.to) [label=\(Self.quoted(edge.mark)), style=\(style)\(head), "
          + "tooltip=\(Self.quoted("\(edge.kind), \(edge.standing)"))];")
    }
    lines += loops.map { "  // \($0.onOneLine)" }
    return (lines + ["}", ""]).joined(separator: "\n")
  }

  /// The diagram for Mermaid.
  public var mermaid: String {
    var lines = ["---", "title: \(Self.quoted(title.onOneLine))", "---", "flowchart LR"]
    func line(_ node: Node) -> String {
      "\(node.id)[\"\(Self.entities("\(node.label): \(node.text) (\(node.standing))"))\"]"
    }
    for (offset, lane) in lanes.enumerated() {
      let members = nodes.filter { $0.group == lane }
      if members.isEmpty { continue }
      lines.append("  subgraph lane\(offset + 1)[\"\(Self.entities(lane))\"]")
      lines += members.map { "    \(line($0))" }
      lines.append("  end")
    }
    lines += nodes.filter { !lanes.contains($0.group) }.map { "  \(line($0))" }
    for edge in edges {
      let arrow = edge.evidence == 0 ? "-.->" : "-->"
      lines.append("  \(edge.from) \(arrow)|\"\(edge.mark)\"| \(edge.to)")
    }
    let bare = nodes.filter { $0.evidence == 0 }.map(\.id)
    if !bare.isEmpty {
      lines.append("  classDef bare stroke-dasharray: 4 3")
      lines.append("  class \(bare.joined(separator: ",")) bare")
    }
    lines += loops.map { "  %% \($0.onOneLine)" }
    return (lines + [""]).joined(separator: "\n")
  }

  /// The diagram as GraphML, with every fact as data of its boxes and arrows.
  public var graphML: String {
    let nodeKeys = ["label", "text", "group", "supporting", "contradicting", "evidence"]
    let edgeKeys = ["sign", "kind", "text", "evidence"]
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">",
    ]
    lines += nodeKeys.map { Self.key($0, for: "node") } + edgeKeys.map { Self.key($0, for: "edge") }
    lines.append("  <graph id=\"\(Self.escaped(name))\" edgedefault=\"directed\">")
    lines.append("    <desc>\(Self.escaped(([title] + loops).joined(separator: "; ")))</desc>")
    for node in nodes {
      let values = [
        node.label, node.text, node.group, node.supporting.joined(separator: "; "),
        node.contradicting.joined(separator: "; "), "\(node.evidence)",
      ]
      let data = zip(nodeKeys, values).map {
        "<data key=\"node-\($0)\">\(Self.escaped($1))</data>"
      }
      lines.append("    <node id=\"\(node.id)\">\(data.joined())</node>")
    }
    for edge in edges {
      let values = [edge.sign, edge.kind, edge.text, "\(edge.evidence)"]
      let data = zip(edgeKeys, values).map {
        "<data key=\"edge-\($0)\">\(Self.escaped($1))</data>"
      }
      lines.append(
        "    <edge source=\"\(edge.from)\" target=\"\(edge.to)\">\(data.joined())</edge>")
    }
    return (lines + ["  </graph>", "</graphml>", ""]).joined(separator: "\n")
  }

  private static func key(_ name: String, for kind: String) -> String {
    let type = name == "evidence" ? "int" : "string"
    return
      "  <key id=\"\(kind)-\(name)\" for=\"\(kind)\" attr.name=\"\(name)\" attr.type=\"\(type)\"/>"
  }

  /// A string of Graphviz: quotation marks and backslashes escaped, line ends as `\n`.
  private static func quoted(_ text: String) -> String {
    var found = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": found += "\\\""
      case "\\": found += "\\\\"
      case "\n": found += "\\n"
      case "\r", "\t": found += " "
      default: found.unicodeScalars.append(scalar.isAllowedInXML ? scalar : "\u{FFFD}")
      }
    }
    return found + "\""
  }

  /// A label of Mermaid: what would end it or begin mark-up stands as an entity.
  private static func entities(_ text: String) -> String {
    var found = ""
    for scalar in text.onOneLine.unicodeScalars {
      switch scalar {
      case "\"", "#", "<", ">", "&", "`", "[", "]", "{", "}", "|", "\\":
        found += "#\(scalar.value);"
      default: found.unicodeScalars.append(scalar.isAllowedInXML ? scalar : "\u{FFFD}")
      }
    }
    return found
  }

  /// Text as it stands in XML, with what XML cannot hold replaced.
  static func escaped(_ text: String) -> String {
    var found = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": found += "&amp;"
      case "<": found += "&lt;"
      case ">": found += "&gt;"
      case "\"": found += "&quot;"
      default: found.unicodeScalars.append(scalar.isAllowedInXML ? scalar : "\u{FFFD}")
      }
    }
    return found
  }
}

extension Unicode.Scalar {
  /// Whether XML 1.0 can hold it.
  var isAllowedInXML: Bool {
    switch value {
    case 0x9, 0xA, 0xD: true
    case 0..<0x20, 0xFFFE, 0xFFFF: false
    default: true
    }
  }
}
