/// A diagram of a report as a graph, from which every drawing is made: all show the same facts.
public struct Diagram: Hashable, Sendable, Codable {
  /// A box.
  public struct Node: Hashable, Sendable, Codable {
    /// The name within the diagram: a letter and a number.
    public var id: String
    /// The short name: the role, or the label of a configuration.
    public var label: String
    /// What it says.
    public var text: String
    /// The lane in which it stands: a role, or the valence of a configuration.
    public var group: String
    /// Who supports it, by name.
    public var supporting: [String]
    /// Who contradicts it or explains it otherwise, by name.
    public var contradicting: [String]
    /// How many pieces of evidence there are; a box without is drawn dashed.
    public var evidence: Int
  }

  /// An arrow.
  public struct Edge: Hashable, Sendable, Codable {
    /// The box it leads from.
    public var from: String
    /// The box it leads to.
    public var to: String
    /// `+` or `-`.
    public var sign: String
    /// `step`, `ripple`, `feedback` or `inhibits`.
    public var kind: String
    /// What it is, in words.
    public var text: String
    /// How many pieces of evidence there are; an arrow without is drawn dashed.
    public var evidence: Int
  }

  /// The name of its files.
  public var name: String
  /// What it shows.
  public var title: String
  /// The lanes in order; none where it is no diagram of lanes.
  public var lanes: [String]
  /// The boxes in order.
  public var nodes: [Node]
  /// The arrows in order.
  public var edges: [Edge]
  /// The loops in words.
  public var loops: [String]
}

extension StudyReport {
  /// The lanes diagram of each configuration, then the causal loop diagram of all links.
  public var diagrams: [Diagram] {
    let index = ReportIndex(self)
    var used: Set<String> = []
    var found = configurations.enumerated().map { offset, entry in
      // A label from somebody's file is a file name only where it can be nothing else.
      let isPlain =
        !entry.label.isEmpty
        && entry.label.unicodeScalars.allSatisfy {
          ("0"..."9").contains($0) || ("a"..."z").contains($0) || ("A"..."Z").contains($0)
        }
      var name = isPlain ? entry.label : "configuration-\(offset + 1)"
      if !used.insert(name.lowercased()).inserted { name = "configuration-\(offset + 1)" }
      used.insert(name.lowercased())
      return lanes(of: entry, name: name, index)
    }
    if !standingLinks.isEmpty { found.append(loopDiagram(index)) }
    return found
  }

  private func lanes(
    of entry: ConfigurationEntry, name: String, _ index: ReportIndex
  ) -> Diagram {
    var keys: [String: String] = [:]
    let nodes = entry.slots.enumerated().map { offset, slot in
      keys[slot.id] = "n\(offset + 1)"
      return Diagram.Node(
        id: "n\(offset + 1)", label: slot.part.map { "\(slot.role): \($0)" } ?? slot.role,
        text: slot.text, group: slot.role,
        supporting: slot.standing.supporting.map { index.name($0) },
        contradicting: slot.standing.against.map { index.name($0) },
        evidence: slot.standing.evidence.count)
    }
    var edges = entry.edges.compactMap { edge -> Diagram.Edge? in
      guard let from = keys[edge.from], let to = keys[edge.to] else { return nil }
      return Diagram.Edge(
        from: from, to: to, sign: edge.sign, kind: "step", text: edge.words,
        evidence: edge.standing.evidence.count)
    }
    if entry.edges.isEmpty {
      // Where no steps are given, each slot leads to the next.
      edges = zip(nodes, nodes.dropFirst()).map {
        Diagram.Edge(from: $0.id, to: $1.id, sign: "+", kind: "step", text: "", evidence: 0)
      }
    }
    var lanes: [String] = []
    for kind in slotKinds(of: entry) where !lanes.contains(kind.role) { lanes.append(kind.role) }
    for node in nodes where !lanes.contains(node.group) { lanes.append(node.group) }
    return Diagram(
      name: name, title: "\(entry.label) \(entry.title)", lanes: lanes, nodes: nodes, edges: edges,
      loops: [])
  }

  private func loopDiagram(_ index: ReportIndex) -> Diagram {
    let links = standingLinks
    let ends = Set(links.flatMap { [$0.from, $0.to] })
    var keys: [String: String] = [:]
    let members = configurations.filter { ends.contains($0.id) }
    let nodes = members.enumerated().map { offset, entry in
      keys[entry.id] = "n\(offset + 1)"
      return Diagram.Node(
        id: "n\(offset + 1)", label: entry.label, text: entry.title, group: entry.valence,
        supporting: entry.standing.supporting.map { index.name($0) },
        contradicting: entry.standing.against.map { index.name($0) },
        evidence: entry.standing.evidence.count)
    }
    let edges = links.compactMap { link -> Diagram.Edge? in
      guard let from = keys[link.from], let to = keys[link.to] else { return nil }
      return Diagram.Edge(
        from: from, to: to, sign: link.sign, kind: link.kind, text: link.text,
        evidence: link.standing.evidence.count)
    }
    return Diagram(
      name: "loops", title: "Links and loops", lanes: [], nodes: nodes, edges: edges,
      loops: loops.map { "\($0.name) \($0.words)" })
  }
}

extension StudyReport.Standing {
  /// Who contradicts or speaks for a rival explanation, each once.
  fileprivate var against: [String] { contradicting + rival.filter { !contradicting.contains($0) } }
}

extension Diagram.Node {
  /// Who speaks for and against it, as in "+ P1 P12 − P4", or "no evidence".
  var standing: String {
    if evidence == 0 { return Words.noEvidence }
    let sides = [("+", supporting), ("−", contradicting)].filter { !$0.1.isEmpty }
    if sides.isEmpty { return "\(Words.count(evidence, "piece")) of evidence" }
    return sides.map { "\($0.0) \($0.1.joined(separator: " "))" }.joined(separator: "  ")
  }
}

extension Diagram.Edge {
  /// The sign as people read it.
  var mark: String { sign == "-" ? "−" : "+" }

  /// The evidence in words.
  var standing: String {
    evidence == 0 ? Words.noEvidence : "\(Words.count(evidence, "piece")) of evidence"
  }
}
