/// Finds the headers and footers that every page repeats.
enum Furniture {
  /// Marks lines that recur at the edges of pages, equal but for their numbers.
  ///
  /// Where no form feed shows a page's end, only lines that count pages are furniture.
  static func mark(in text: Lines, _ kinds: inout [LineKind]) {
    var heads: [String: [Int]] = [:]
    var feet: [String: [Int]] = [:]
    var counted: [String: [Int]] = [:]
    var last: Int?
    var isTop = true
    var hasPages = false
    for (index, line) in text.lines.enumerated() {
      if line.pageBreak != nil {
        hasPages = true
        if let last { feet[key(text, text.lines[last]) ?? "", default: []].append(last) }
        isTop = true
      }
      if line.isBlank { continue }
      last = index
      if isTop {
        heads[key(text, line) ?? "", default: []].append(index)
        isTop = false
      }
      // A line that counts pages ends in a number.
      if text.scalars[line.contentEnd - 1].isASCIIDigit, let key = key(text, line),
        countsPages(key)
      {
        counted[key, default: []].append(index)
      }
    }
    if hasPages, let last {
      feet[key(text, text.lines[last]) ?? "", default: []].append(last)
    }
    let pages = heads.values.reduce(0) { $0 + $1.count }
    let talk = hasPages ? Talk(text, without: heads, feet) : Talk()
    for group in hasPages ? [heads, feet, counted] : [counted] {
      for (key, lines) in group where !key.isEmpty && lines.count >= 2 {
        let isEverywhere = lines.count >= 4 && lines.count * 5 >= pages * 4
        if talk.holds(key, isEverywhere: isEverywhere) { continue }
        for line in lines { kinds[line] = .furniture }
      }
    }
    if hasPages { markDoubled(in: text, &kinds) }
  }

  /// What stands within pages, and so is no furniture at their edges: labels on lines of their own,
  /// and turns of one word.
  private struct Talk {
    private var lines: Set<String> = []
    private var labels: [Substring: Int] = [:]

    init() {}

    init(_ text: Lines, without heads: [String: [Int]], _ feet: [String: [Int]]) {
      let edges = Set(heads.values.joined()).union(feet.values.joined())
      for (index, line) in text.lines.enumerated() where !line.isBlank && !edges.contains(index) {
        guard let key = Furniture.key(text, line) else { continue }
        if let label = Self.label(of: key) { labels[label, default: 0] += 1 }
        // Numbers of pages may stand anywhere.
        if key.contains(where: \.isLetter), !Furniture.countsPages(key) { lines.insert(key) }
      }
    }

    /// - Parameter isEverywhere: Whether it stands on nearly every page.
    func holds(_ key: String, isEverywhere: Bool) -> Bool {
      if lines.contains(key) { return true }
      return !isEverywhere && Self.label(of: key).map { labels[$0, default: 0] >= 2 } == true
    }

    private static func label(of key: String) -> Substring? {
      key.firstIndex(of: ":").map { key[...$0] }
    }
  }

  // Some programs print a line that a page cuts in half on both pages.
  private static func markDoubled(in text: Lines, _ kinds: inout [LineKind]) {
    var last: Int?
    var isTop = false
    for (index, line) in text.lines.enumerated() {
      if line.pageBreak != nil { isTop = true }
      if line.isBlank || kinds[index] == .furniture { continue }
      if isTop, let last, isLong(line, text), isLong(text.lines[last], text) {
        let before = text.lines[last]
        let isSame = text.scalars.utf8[line.content..<line.contentEnd]
          .elementsEqual(text.scalars.utf8[before.content..<before.contentEnd])
        if isSame { kinds[index] = .furniture }
      }
      isTop = false
      last = index
    }
  }

  // Short lines may well stand at the end of one page and at the top of the next.
  private static func isLong(_ line: Lines.Line, _ text: Lines) -> Bool {
    text.scalars.count(line.content..<line.contentEnd) >= 24
  }

  // A line's text with every run of digits as one sign; long lines are not furniture.
  private static func key(_ text: Lines, _ line: Lines.Line) -> String? {
    guard text.scalars.count(line.content..<line.contentEnd) <= 160 else { return nil }
    var view = String.UnicodeScalarView()
    for scalar in text.scalars[line.content..<line.contentEnd] {
      if scalar.isASCIIDigit {
        if view.last != "#" { view.append("#") }
      } else if !scalar.isLayoutSpace {
        view.append(scalar)
      } else if view.last != " " {
        view.append(" ")
      }
    }
    return String(view)
  }

  private static func countsPages(_ key: String) -> Bool {
    let lower = key.lowercased()
    return ["page #", "seite #", "página #", "pagina #", "side #", "p. #"].contains {
      lower == $0 || lower.hasSuffix(" " + $0) || lower.hasSuffix($0 + " of #")
        || lower.hasSuffix($0 + " von #") || lower.hasSuffix($0 + " de #")
        || lower.hasSuffix($0 + " sur #") || lower.hasSuffix($0 + "/#")
    }
  }
}
