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
  /// The loops that the links form, shorter ones found from earlier configurations first.
  ///
  /// Each elementary circuit is listed once, beginning at its earliest configuration. Parallel links
  /// give a loop each. A graph can have more circuits than anyone can read: the search stops after
  /// `limit` of them.
  ///
  /// - Complexity: O((*n* + *e*) · paths) in the worst case; bounded by `limit` in dense graphs.
  public func loops(limit: Int = 1000) -> [Loop] {
    let position = Dictionary(
      configurations.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let outgoing = Dictionary(grouping: links) { $0.from }
    var loops: [Loop] = []
    for start in configurations {
      guard let first = position[start.id] else { continue }
      // Nothing leads back from a node that cannot reach the start, so such paths are never begun.
      let reaching = nodes(reaching: start.id, from: first, position: position)
      var path: [Link] = []
      var onPath: Set<ID<Configuration>> = [start.id]
      var stack = [(outgoing[start.id] ?? [])[...]]
      while !stack.isEmpty {
        guard let next = stack[stack.count - 1].popFirst() else {
          stack.removeLast()
          if let done = path.popLast() { onPath.remove(done.to) }
          continue
        }
        if next.to == start.id {
          loops.append(Loop(links: path + [next]))
          if loops.count == limit { return loops }
        } else if reaching.contains(next.to), onPath.insert(next.to).inserted {
          path.append(next)
          stack.append((outgoing[next.to] ?? [])[...])
        }
      }
    }
    return loops
  }

  private func nodes(
    reaching start: ID<Configuration>, from first: Int, position: [ID<Configuration>: Int]
  ) -> Set<ID<Configuration>> {
    let incoming = Dictionary(grouping: links) { $0.to }
    var found: Set<ID<Configuration>> = []
    var stack = [start]
    while let next = stack.popLast() {
      for link in incoming[next] ?? [] where position[link.from].map({ $0 > first }) ?? false {
        if found.insert(link.from).inserted { stack.append(link.from) }
      }
    }
    return found
  }
}
