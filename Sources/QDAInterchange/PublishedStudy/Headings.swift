/// A heading of a text, with its depth in the hierarchy, counted from 1.
struct Heading {
  var line: Int
  var name: Range<Int>
  var depth: Int
}

/// Finds the headings of a text without mark-up, and infers how they are nested.
///
/// A heading is a short line alone that does not end like a sentence. Numbers (`3.2`) and Markdown
/// signs (`##`) say the depth. Where there are none, text made from a web page keeps it in the blank
/// lines, one more for every section that ends; that reading is used when it agrees with all that
/// is certain. Else the names of the usual sections, and headings that follow each other without
/// text between them, decide.
struct Headings {
  private(set) var headings: [Heading] = []

  init(in study: StudyText, excluding isExcluded: [Bool], isQuotation: (Int) -> Bool) {
    var candidates: [Candidate] = []
    var previous: Int?
    for line in study.lines.indices where !study.lines[line].isBlank {
      if isExcluded[line] {
        previous = nil
        continue
      }
      let candidate = Candidate(in: study, at: line, after: previous)
      if var candidate, !isQuotation(line) {
        candidate.isAdjacent = previous != nil && previous == candidates.last?.line
        candidate.blankLines = Self.emptyLines(before: line, in: study)
        candidates.append(candidate)
      }
      previous = line
    }
    for index in candidates.indices.dropLast() {
      candidates[index].isContainer = candidates[index + 1].isAdjacent
    }
    let blanks = BlankLineDepths(candidates, in: study, isQuotation: isQuotation)
    let depths = blanks?.depths ?? Self.depthsByName(candidates)
    headings = zip(candidates, depths).map {
      Heading(line: $0.line, name: $0.name, depth: $1)
    }
  }

  private static func emptyLines(before line: Int, in study: StudyText) -> Int {
    study.lines[..<line].reversed().prefix { $0.whole.isEmpty }.count
  }

  // Lists of short lines must not make a hierarchy without end.
  static let maximumDepth = 9

  // MARK: Names

  private static func depthsByName(_ candidates: [Candidate]) -> [Int] {
    var depths: [Int] = []
    // The headings that are open, from the top down.
    var open: [(depth: Int, candidate: Candidate)] = []
    for candidate in candidates {
      let last = open.last
      var depth = 1
      if let given = candidate.givenDepth {
        depth = given
      } else if candidate.isTop(within: open.first?.candidate) {
        depth = 1
      } else if let last {
        let section = open.last { $0.candidate.isSection }
        if candidate.isAdjacent {
          depth = last.depth + 1
        } else if candidate.key == "findings", let results = section, results.depth == 1 {
          depth = 2
        } else if candidate.isContainer || candidate.isSummary {
          let sibling = open.first { $0.candidate.isContainer && !$0.candidate.isSection }
          depth = sibling?.depth ?? (section.map { $0.depth + 1 } ?? last.depth)
        } else {
          depth = last.candidate.isSection ? last.depth + 1 : last.depth
        }
      }
      depth = min(depth, maximumDepth)
      open.removeAll { $0.depth >= depth }
      open.append((depth, candidate))
      depths.append(depth)
    }
    return depths
  }

  /// A line that looks like a heading.
  struct Candidate {
    var line: Int
    var name: Range<Int>
    /// The name for comparing.
    var key: String
    /// The depth that a number or a Markdown sign gives.
    var givenDepth: Int?
    /// Whether it follows another heading without text between them.
    var isAdjacent = false
    /// Whether another heading follows without text between them.
    var isContainer = false
    var blankLines = 0

    var isSection: Bool { Self.sections.contains(key) }

    /// Whether it closes a group of themes by going over them again.
    var isSummary: Bool { key.hasPrefix("summary of ") || key.hasPrefix("overview of ") }

    /// Whether it must be at the top: findings may also stand within results.
    func isTop(within top: Candidate?) -> Bool {
      isSection && !(key == "findings" && top?.key == "results")
    }

    private static let sections: Set<String> = [
      "abstract", "introduction", "background", "method", "methods", "materials and methods",
      "methodology", "results", "findings", "results and discussion", "discussion", "conclusion",
      "conclusions", "references", "acknowledgements", "acknowledgments", "funding",
    ]

    init?(in study: StudyText, at line: Int, after previous: Int?) {
      var name = study.lines[line].body
      guard name.count <= 120, !study.scalars[study.lines[line].whole].contains("\t"),
        !study.isCaption(line)
      else { return nil }
      givenDepth = nil
      let signs = study.scalars[name].prefix { $0 == "#" }.count
      if signs > 0, signs <= 6 {
        givenDepth = signs
        name = study.scalars.trimmed(name.lowerBound + signs..<name.upperBound)
      } else if let number = Self.number(study.words(in: name.prefix(12)).first, in: study) {
        givenDepth = number.depth
        name = study.scalars.trimmed(number.end..<name.upperBound)
      }
      self.line = line
      self.name = name
      key = study.string(name).comparisonKey
      let words = study.words(in: name)
      guard let first = study.scalars[name].first, let last = study.scalars[name].last,
        (1...14).contains(words.count), givenDepth != nil || !study.isListItem(line),
        !".:;,!…—".unicodeScalars.contains(last),
        first.properties.isUppercase || first.isDigit || "“\"‘'(".unicodeScalars.contains(first)
      else { return nil }
      if signs > 0 { return }
      let isAlone =
        line == 0 || study.lines[line - 1].isBlank || isSection
      let endsAlone = line + 1 == study.lines.count || study.lines[line + 1].isBlank
      let introduces = previous.map { study.scalars[study.lines[$0].body].last == ":" } ?? false
      guard isAlone, endsAlone, !introduces else { return nil }
    }

    // `3.`, `3.2` or `3.2.1` before a name.
    private static func number(
      _ word: Range<Int>?, in study: StudyText
    ) -> (depth: Int, end: Int)? {
      guard let word, let first = study.scalars[word].first, first.isDigit else { return nil }
      let parts = study.scalars[word].split(separator: ".", omittingEmptySubsequences: false)
      let filled = parts.last?.isEmpty == true ? parts.dropLast() : parts[...]
      guard parts.count > 1, filled.allSatisfy({ (1...2).contains($0.count) }),
        filled.allSatisfy({ $0.allSatisfy(\.isDigit) })
      else { return nil }
      return (filled.count, word.upperBound)
    }
  }
}

/// Depths read from blank lines, where they agree with everything that is certain.
///
/// The reading is cumulative, so one blank line more or less anywhere makes a later section of known
/// depth come out wrong, and the reading is given up.
private struct BlankLineDepths {
  var depths: [Int] = []

  init?(_ candidates: [Headings.Candidate], in study: StudyText, isQuotation: (Int) -> Bool) {
    guard candidates.count > 2, candidates.allSatisfy({ $0.givenDepth == nil }) else { return nil }
    let extra = Self.linesAfterQuotations(in: study, isQuotation: isQuotation)
    let counts = candidates.map { candidate in
      let before = study.previousLine(before: candidate.line)
      return candidate.blankLines - (before.map(isQuotation) == true ? extra : 0)
    }
    guard let base = counts.dropFirst().min() else { return nil }
    var open: [Headings.Candidate] = []
    for (candidate, count) in zip(candidates, counts) {
      let depth = (depths.last ?? 0) + 1 - (depths.isEmpty ? 0 : count - base)
      guard (1...Headings.maximumDepth).contains(depth) else { return nil }
      let isTop = candidate.isTop(within: open.first)
      if isTop && depth != 1 { return nil }
      if candidate.isAdjacent && !isTop, depth != depths.last.map({ $0 + 1 }) { return nil }
      open = Array(open.prefix(depth - 1)) + [candidate]
      depths.append(depth)
    }
    // Without sections of known depth nothing confirms the reading.
    guard candidates.count(where: \.isSection) > 2 else { return nil }
  }

  // A block of quotations may be set off by more blank lines than a paragraph.
  private static func linesAfterQuotations(
    in study: StudyText, isQuotation: (Int) -> Bool
  ) -> Int {
    var least: (quotation: Int, paragraph: Int) = (.max, .max)
    var previous: Int?
    for line in study.lines.indices where !study.lines[line].isBlank {
      defer { previous = line }
      guard let previous, line - previous > 1 else { continue }
      if isQuotation(line) { continue }
      if isQuotation(previous) {
        least.quotation = min(least.quotation, line - previous - 1)
      } else {
        least.paragraph = min(least.paragraph, line - previous - 1)
      }
    }
    guard least.quotation < .max, least.paragraph < .max else { return 0 }
    return max(0, least.quotation - least.paragraph)
  }
}
