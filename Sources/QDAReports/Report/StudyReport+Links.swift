internal import QDACore

extension StudyReport {
  /// A relation between two configurations.
  public struct LinkEntry: Hashable, Sendable, Codable {
    /// The key.
    public var id: String
    /// The configuration it leads from.
    public var from: String
    /// The configuration it leads to.
    public var to: String
    /// `ripple`, `feedback` or `inhibits`.
    public var kind: String
    /// `+` or `-`.
    public var sign: String
    /// What the relation is.
    public var text: String
    /// Who speaks for and against it.
    public var standing: Standing
    /// Whether there is any evidence; a link without is drawn dashed.
    public var hasEvidence: Bool
    /// Which of its ends is rejected or superseded, in words; empty where both stand.
    ///
    /// A link of such a configuration is kept for the record, in no loop and in no drawing.
    public var closed: String

    /// What it is, and whose it was where it does not stand any more.
    var words: String {
      closed.isEmpty ? text : text.isEmpty ? "(\(closed))" : "\(text) (\(closed))"
    }
  }

  /// A chain of links that comes back to where it began.
  public struct LoopEntry: Hashable, Sendable, Codable {
    /// R for reinforcing or B for balancing, with a number: `R1`.
    public var name: String
    /// `reinforcing` or `balancing`.
    public var behaviour: String
    /// The configurations in order.
    public var configurations: [String]
    /// The links in order, by key.
    public var links: [String]
    /// How many of its links have evidence.
    public var evidenced: Int
    /// The loop in words.
    public var words: String
  }

  /// More loops than this nobody reads.
  static let mostLoops = 100

  /// The links both of whose ends stand.
  var standingLinks: [LinkEntry] { links.filter(\.closed.isEmpty) }

  /// The loops that each link is part of.
  var loopsOfLink: [String: [LoopEntry]] {
    var found: [String: [LoopEntry]] = [:]
    for loop in loops {
      for link in loop.links { found[link, default: []].append(loop) }
    }
    return found
  }
}

extension Collector {
  func links() -> ([StudyReport.LinkEntry], [StudyReport.LoopEntry], areCutOff: Bool) {
    var evidenced: Set<ID<Link>> = []
    let links = project.links.map { link in
      let support = index.support(for: [.link(link.id)])
      if !support.isEmpty { evidenced.insert(link.id) }
      return StudyReport.LinkEntry(
        id: labels[.link(link.id)], from: labels[.configuration(link.from)],
        to: labels[.configuration(link.to)], kind: link.kind.rawValue, sign: link.sign.rawValue,
        text: link.text, standing: standing(support), hasEvidence: !support.isEmpty,
        closed: closed(link))
    }
    var counts: [Loop.Behaviour: Int] = [:]
    let found = project.loops(limit: StudyReport.mostLoops + 1)
    let loops = found.prefix(StudyReport.mostLoops).map { loop in
      let number = (counts[loop.behaviour] ?? 0) + 1
      counts[loop.behaviour] = number
      let configurations = loop.configurations.map { labels[.configuration($0)] }
      let supported = loop.links.count { evidenced.contains($0.id) }
      let chain = (configurations + configurations.prefix(1)).joined(separator: " → ")
      return StudyReport.LoopEntry(
        name: (loop.behaviour == .reinforcing ? "R" : "B") + "\(number)",
        behaviour: loop.behaviour.rawValue, configurations: configurations,
        links: loop.links.map { labels[.link($0.id)] }, evidenced: supported,
        words: "\(loop.behaviour.rawValue): \(chain); \(supported) of "
          + "\(Words.count(loop.links.count, "link")) with evidence")
    }
    return (links, loops, found.count > loops.count)
  }

  private func closed(_ link: Link) -> String {
    if project.isStanding(link) { return "" }
    let ends = link.from == link.to ? [link.from] : [link.from, link.to]
    return Words.list(
      ends.compactMap { project.configurations[$0] }.filter {
        $0.status == .rejected || $0.status == .superseded
      }.map { "\($0.label) is \($0.status.rawValue)" })
  }
}
