#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Where the configurations of one connected part of the links stand, and how the links run.
///
/// The longest loop stands on a ring, clockwise in its own order; whatever leads into it stands
/// outside, near what it leads to. The layout follows from the study alone.
struct LoopDiagram {
  static let nodeWidth = 186
  static let nodeHeight = 66

  struct Node {
    let id: String
    let x: Int
    let y: Int
  }

  struct Edge {
    let link: StudyReport.LinkEntry
    let path: String
    /// Where the sign stands.
    let x: Int
    let y: Int
    /// `r`, `b` or nothing, by the first loop that the link is part of.
    let loop: String
  }

  struct Tag {
    let loop: StudyReport.LoopEntry
    let x: Int
    let y: Int
    let isLarge: Bool
  }

  let nodes: [Node]
  let edges: [Edge]
  let tags: [Tag]
  let left: Int
  let top: Int
  let width: Int
  let height: Int

  /// A drawing for each connected part, in the order of its first configuration.
  static func components(of report: StudyReport) -> [LoopDiagram] {
    let order = report.configurations.map(\.id)
    var neighbours: [String: [String]] = [:]
    for link in report.standingLinks {
      neighbours[link.from, default: []].append(link.to)
      neighbours[link.to, default: []].append(link.from)
    }
    var seen: Set<String> = []
    var diagrams: [LoopDiagram] = []
    for start in order where neighbours[start] != nil && seen.insert(start).inserted {
      var members: Set<String> = [start]
      var stack = [start]
      while let next = stack.popLast() {
        for other in neighbours[next] ?? [] where members.insert(other).inserted {
          stack.append(other)
        }
      }
      seen.formUnion(members)
      diagrams.append(
        LoopDiagram(
          members: order.filter { members.contains($0) },
          links: report.standingLinks.filter {
            members.contains($0.from) && members.contains($0.to)
          },
          loops: report.loops.filter { members.isSuperset(of: $0.configurations) }))
    }
    return diagrams
  }

  private init(
    members: [String], links: [StudyReport.LinkEntry], loops: [StudyReport.LoopEntry]
  ) {
    var places = Self.places(of: members, links: links, loops: loops)
    // A link may name a configuration that the study does not have.
    for link in links {
      for end in [link.from, link.to] where places[end] == nil { places[end] = Point(x: 0, y: 0) }
    }
    nodes = members.compactMap { id in
      places[id].map { Node(id: id, x: Int($0.x.rounded()), y: Int($0.y.rounded())) }
    }
    var loopOfLink: [String: StudyReport.LoopEntry] = [:]
    for loop in loops.reversed() {
      for link in loop.links { loopOfLink[link] = loop }
    }
    edges = links.map { link in
      let curve = Curve(
        from: places[link.from] ?? Point(x: 0, y: 0), to: places[link.to] ?? Point(x: 0, y: 0),
        isSelf: link.from == link.to)
      let loop = loopOfLink[link.id]
      return Edge(
        link: link, path: curve.path, x: Int(curve.middle.x.rounded()),
        y: Int(curve.middle.y.rounded()),
        loop: loop.map { $0.behaviour == "reinforcing" ? "r" : "b" } ?? "")
    }
    tags = Self.tags(of: loops, places: places)
    let xs = nodes.map(\.x) + edges.map(\.x)
    let ys = nodes.map(\.y) + edges.map(\.y)
    left = (xs.min() ?? 0) - Self.nodeWidth / 2 - 16
    top = (ys.min() ?? 0) - Self.nodeHeight / 2 - 16
    width = (xs.max() ?? 0) + Self.nodeWidth / 2 + 16 - left
    height = (ys.max() ?? 0) + Self.nodeHeight / 2 + 16 - top
  }

  /// The names of loops, in their middles; those that would cover another move down.
  private static func tags(of loops: [StudyReport.LoopEntry], places: [String: Point]) -> [Tag] {
    var tags: [Tag] = []
    // More than a few names in one drawing say nothing; the list beside it has them all.
    for loop in loops.prefix(8) {
      let points = loop.configurations.compactMap { places[$0] }
      guard !points.isEmpty else { continue }
      let count = Double(points.count)
      var middle = Point(
        x: points.reduce(0) { $0 + $1.x } / count, y: points.reduce(0) { $0 + $1.y } / count)
      // Between two boxes there is no room beside the arrows; outside there is.
      let distance = (middle.x * middle.x + middle.y * middle.y).squareRoot()
      if points.count < 3, distance > 1 {
        middle = Point(x: middle.x * (1 + 64 / distance), y: middle.y * (1 + 64 / distance))
      }
      let x = Int(middle.x.rounded())
      var y = Int(middle.y.rounded())
      while tags.contains(where: { abs($0.x - x) < 90 && abs($0.y - y) < 44 }) { y += 44 }
      tags.append(Tag(loop: loop, x: x, y: y, isLarge: points.count > 2))
    }
    return tags
  }

  private static func places(
    of members: [String], links: [StudyReport.LinkEntry], loops: [StudyReport.LoopEntry]
  ) -> [String: Point] {
    var ring = members
    var longest = 1
    for loop in loops where loop.configurations.count > longest {
      longest = loop.configurations.count
      ring = loop.configurations
    }
    let radius = Point(
      x: max(250, Double(ring.count) * 54), y: max(185, Double(ring.count) * 40))
    var angles: [String: Double] = [:]
    for (offset, id) in ring.enumerated() {
      angles[id] = -Double.pi / 2 + 2 * Double.pi * Double(offset) / Double(ring.count)
    }
    var places = angles.mapValues { Point(x: radius.x * cos($0), y: radius.y * sin($0)) }
    let outside = Satellites(members.filter { angles[$0] == nil }, around: angles, links: links)
    let wide = max(1, Double(outside.angles.count) * Satellites.gap / (2 * Double.pi))
    for (id, angle) in outside.angles {
      places[id] = Point(
        x: (radius.x + 240) * wide * cos(angle), y: (radius.y + 150) * wide * sin(angle))
    }
    return places
  }
}

/// A place in a drawing.
struct Point {
  var x: Double
  var y: Double
}

/// The configurations outside a ring, near what they are linked to and apart from each other.
private struct Satellites {
  /// The least angle between two of them.
  static let gap = 0.5

  private(set) var angles: [(id: String, angle: Double)] = []

  init(_ ids: [String], around ring: [String: Double], links: [StudyReport.LinkEntry]) {
    var wished = ring
    var waiting = ids
    let roots = links.compactMap { link in ring[link.to] ?? ring[link.from] }
    // Chains run to the side of the ring where fewer others wait.
    let right = roots.count { cos($0) > 0.1 }
    let left = roots.count { cos($0) < -0.1 }
    let turn = right > left ? -Self.gap : Self.gap
    while !waiting.isEmpty {
      var placed: [String: Double] = [:]
      for id in waiting {
        let near = links.compactMap { link -> String? in
          link.from == id ? link.to : link.to == id ? link.from : nil
        }.filter { wished[$0] != nil }
        guard let first = near.first(where: { ring[$0] != nil }) ?? near.first,
          let angle = wished[first]
        else { continue }
        placed[id] = ring[first] == nil ? angle + turn : angle
      }
      // What hangs together with nothing placed cannot be here, but must not hang the program.
      if placed.isEmpty { for id in waiting { placed[id] = 0 } }
      wished.merge(placed) { first, _ in first }
      waiting.removeAll { placed[$0] != nil }
    }
    let leads = Set(
      ids.filter { id in
        links.contains {
          $0.from == id && ids.contains($0.to) || $0.to == id && ids.contains($0.from)
        }
      })
    // Of those that wish for one place, the one with a chain stands on the side of its chain.
    angles = ids.enumerated().sorted { one, other in
      let (a, b) = (wished[one.element] ?? 0, wished[other.element] ?? 0)
      if a != b { return a < b }
      let (c, d) = (leads.contains(one.element), leads.contains(other.element))
      if c != d { return turn > 0 ? d : c }
      return one.offset < other.offset
    }.map { ($0.element, wished[$0.element] ?? 0) }
    spread()
  }

  private mutating func spread() {
    guard angles.count > 1 else { return }
    if Double(angles.count) * Self.gap > 2 * Double.pi {
      for index in angles.indices {
        angles[index].angle = 2 * Double.pi * Double(index) / Double(angles.count)
      }
      return
    }
    for _ in 0..<200 {
      for index in angles.indices {
        let next = (index + 1) % angles.count
        let turn = next == 0 ? 2 * Double.pi : 0
        let lack = Self.gap - (angles[next].angle + turn - angles[index].angle)
        guard lack > 0.001 else { continue }
        angles[index].angle -= lack / 2
        angles[next].angle += lack / 2
      }
    }
  }
}

/// A bent arrow from the border of one box to the border of another.
private struct Curve {
  let path: String
  let middle: Point

  init(from start: Point, to end: Point, isSelf: Bool) {
    if isSelf {
      let x = Int(start.x.rounded())
      let y = Int(start.y.rounded()) - LoopDiagram.nodeHeight / 2
      path = "M\(x - 30) \(y)C\(x - 60) \(y - 70) \(x + 60) \(y - 70) \(x + 30) \(y - 8)"
      middle = Point(x: Double(x), y: Double(y - 52))
      return
    }
    // Bent to the left of its direction, so that a ring bulges and two ways stay apart.
    let bend = 0.16
    let control = Point(
      x: (start.x + end.x) / 2 + (end.y - start.y) * bend,
      y: (start.y + end.y) / 2 - (end.x - start.x) * bend)
    func point(_ t: Double) -> Point {
      let u = 1 - t
      return Point(
        x: u * u * start.x + 2 * u * t * control.x + t * t * end.x,
        y: u * u * start.y + 2 * u * t * control.y + t * t * end.y)
    }
    func isInside(_ point: Point, _ box: Point, _ margin: Double) -> Bool {
      abs(point.x - box.x) < Double(LoopDiagram.nodeWidth) / 2 + margin
        && abs(point.y - box.y) < Double(LoopDiagram.nodeHeight) / 2 + margin
    }
    let steps = (0...200).map { Double($0) / 200 }
    let first = steps.first { !isInside(point($0), start, 3) } ?? 0
    let last = steps.last { !isInside(point($0), end, 9) } ?? 1
    let (t0, t1) = first < last ? (first, last) : (0.4, 0.6)
    // The part of a quadratic curve between two parameters is one again: its blossom says where.
    let u0 = 1 - t0
    let u1 = 1 - t1
    let mixed = u0 * t1 + t0 * u1
    let inner = Point(
      x: u0 * u1 * start.x + mixed * control.x + t0 * t1 * end.x,
      y: u0 * u1 * start.y + mixed * control.y + t0 * t1 * end.y)
    let (a, b) = (point(t0), point(t1))
    func spell(_ point: Point) -> String {
      "\(Int(point.x.rounded())) \(Int(point.y.rounded()))"
    }
    path = "M\(spell(a))Q\(spell(inner)) \(spell(b))"
    middle = point((t0 + t1) / 2)
  }
}
