/// A chain of links that comes back to where it began.
public struct Loop: Hashable, Sendable {
  /// What a loop does to a disturbance.
  public enum Behaviour: String, Hashable, Sendable, Codable, CaseIterable {
    /// It grows: the signs multiply to plus.
    case reinforcing
    /// It is held in check: the signs multiply to minus.
    case balancing
  }

  /// The links in order; the last leads back to where the first begins.
  public var links: [Link]

  /// The configurations in order, each once.
  public var configurations: [ID<Configuration>] { links.map(\.from) }

  /// Reinforcing or balancing, by the product of the signs.
  public var behaviour: Behaviour {
    links.count { $0.sign == .negative }.isMultiple(of: 2) ? .reinforcing : .balancing
  }
}

extension Project {
  /// Whether neither end of a link is rejected or superseded.
  ///
  /// The links of configurations that are stay in the record, and say nothing of the theory any more.
  public func isStanding(_ link: Link) -> Bool {
    [link.from, link.to].allSatisfy { configurations[$0]?.isOpen ?? true }
  }

  /// The loops that the links between configurations that stand form, those of earlier ones first.
  ///
  /// Each elementary circuit is listed once, beginning at its earliest configuration; from there
  /// links are followed in the order of the project, depth first. Parallel links give a loop each. A
  /// graph can have more circuits than anyone can read: the search stops after `limit` of them.
  ///
  /// Johnson 1975, doi:10.1137/0204007, without recursion.
  ///
  /// - Complexity: O((*n* + *e*) · (*n* + *c*)) for *n* configurations, *e* links and *c* loops.
  public func loops(limit: Int = 1000) -> [Loop] {
    guard limit > 0 else { return [] }
    var search = LoopSearch(self)
    for start in configurations.indices {
      search.findLoops(from: start, limit: limit)
      if search.loops.count >= limit { break }
    }
    return search.loops
  }
}

private struct LoopSearch {
  private(set) var loops: [Loop] = []
  private var outgoing: [[(link: Link, to: Int)]]
  private var incoming: [[Int]]

  /// A configuration on the path: the next of its links to follow, and whether a loop came of it.
  private struct Step {
    var node: Int
    var next = 0
    var closes = false
  }

  init(_ project: Project) {
    let count = project.configurations.count
    outgoing = Array(repeating: [], count: count)
    incoming = Array(repeating: [], count: count)
    for link in project.links where project.isStanding(link) {
      guard let from = project.configurations.position(of: link.from),
        let to = project.configurations.position(of: link.to)
      else { continue }
      outgoing[from].append((link, to))
      incoming[to].append(from)
    }
  }

  mutating func findLoops(from start: Int, limit: Int) {
    let open = nodes(leadingTo: start)
    guard open[start] else { return }
    // A node is blocked while it is on the path, and after it until something that it leads to is
    // free again: before that, no path from it can come back to the start.
    var blocked = [Bool](repeating: false, count: outgoing.count)
    var waiting = [Set<Int>](repeating: [], count: outgoing.count)
    var path: [Link] = []
    var steps = [Step(node: start)]
    blocked[start] = true
    while let step = steps.last {
      if step.next < outgoing[step.node].count {
        let (link, to) = outgoing[step.node][step.next]
        steps[steps.count - 1].next += 1
        guard to >= start, open[to] else { continue }
        if to == start {
          loops.append(Loop(links: path + [link]))
          if loops.count >= limit { return }
          steps[steps.count - 1].closes = true
        } else if !blocked[to] {
          path.append(link)
          blocked[to] = true
          steps.append(Step(node: to))
        }
        continue
      }
      steps.removeLast()
      if !path.isEmpty { path.removeLast() }
      if step.closes {
        unblock(step.node, &blocked, &waiting)
        if !steps.isEmpty { steps[steps.count - 1].closes = true }
      } else {
        for (_, to) in outgoing[step.node] where to >= start && open[to] {
          waiting[to].insert(step.node)
        }
      }
    }
  }

  private func unblock(_ node: Int, _ blocked: inout [Bool], _ waiting: inout [Set<Int>]) {
    var freed = [node]
    while let next = freed.popLast() {
      guard blocked[next] else { continue }
      blocked[next] = false
      freed.append(contentsOf: waiting[next])
      waiting[next] = []
    }
  }

  /// Which nodes, none of them before the start, lead to it; itself only where it is in a loop.
  private func nodes(leadingTo start: Int) -> [Bool] {
    var found = [Bool](repeating: false, count: incoming.count)
    var stack = [start]
    while let next = stack.popLast() {
      for from in incoming[next] where from >= start && !found[from] {
        found[from] = true
        stack.append(from)
      }
    }
    return found
  }
}
