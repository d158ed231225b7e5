/// A heading of a text, with its depth in the hierarchy, counted from 1.
struct Heading {
  var line: Int
  var name: Range<Int>
  var depth: Int
}

/// Finds the headings of a text without mark-up, and infers how they are nested.
///
/// A heading is a short line alone that does not end like a sentence. Numbers (`3.2`) and Markdown
/// signs (`##`) say the depth where more than one or two headings have them. Where they do not, text made from a web page keeps it in the blank
/// lines, one more for every section that ends; that reading is used when it agrees with all that
/// is certain. Else the names of the usual sections, and headings that follow each other without
/// text between them, decide.
struct Headings {
  private(set) var headings: [Heading] = []

  init(in study: StudyText, excluding isExcluded: [Bool], isQuotation: (Int) -> Bool) {
    var candidates: [Candidate] = []
    var previous: Int?
    let usual = Self.linesAfterColons(in: study, excluding: isExcluded)
    for line in study.lines.indices where !study.lines[line].isBlank {
      if isExcluded[line] {
        previous = nil
        continue
      }
      // What follows a colon closely is announced by it, unless the colon closes a heading.
      let isAnnounced =
        previous.map { above in
          study.scalars[study.lines[above].body].last == ":" && above != candidates.last?.line
            && line - above - 1 <= usual
        } ?? false
      let isBelowHeading = previous != nil && previous == candidates.last?.line
      let candidate =
        isAnnounced
        ? nil
        : Candidate(in: study, at: line, isBelowHeading: isBelowHeading, isQuotation: isQuotation)
      if var candidate, !isQuotation(line) {
        candidate.isAdjacent = previous != nil && previous == candidates.last?.line
        candidate.blankLines = Self.emptyLines(before: line, in: study)
        candidates.append(candidate)
      }
      previous = line
    }
    // A sign or number at one heading of many is decoration, and says nothing of the others.
    let given = candidates.count { $0.givenDepth != nil }
    if given <= 2, given * 2 < candidates.count {
      for index in candidates.indices { candidates[index].givenDepth = nil }
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

  // How many blank lines stand between a colon and what it announces, as a rule.
  private static func linesAfterColons(in study: StudyText, excluding isExcluded: [Bool]) -> Int {
    var counts: [Int: Int] = [:]
    var previous: Int?
    for line in study.lines.indices where !study.lines[line].isBlank {
      defer { previous = line }
      guard let previous, !isExcluded[previous],
        study.scalars[study.lines[previous].body].last == ":"
      else { continue }
      counts[line - previous - 1, default: 0] += 1
    }
    return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
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

    init?(
      in study: StudyText, at line: Int, isBelowHeading: Bool, isQuotation: (Int) -> Bool
    ) {
      let body = study.lines[line].body
      // A tab within the line, or before it, makes it a row of a table.
      let reach = study.lines[line].whole.lowerBound..<body.upperBound
      guard body.count <= 120, !study.scalars[reach].contains("\t"), !study.isCaption(line)
      else { return nil }
      let title = HeadingName(body, in: study)
      givenDepth = title.depth
      self.line = line
      name = title.name
      key = study.string(name).comparisonKey
      let isSection = Self.sections.contains(key)
      // A single number without a dot is part of a name, but for the usual sections.
      if title.isBareNumber, !isSection { name = body }
      let words = study.words(in: name)
      guard let first = study.scalars[name].first, let last = study.scalars[name].last,
        (1...14).contains(words.count), title.isMarked || !study.isListItem(line),
        !".:;,!…—".unicodeScalars.contains(last),
        first.properties.isUppercase || first.isDigit || "“\"‘'(".unicodeScalars.contains(first)
      else { return nil }
      if title.hasSign { return }
      let isAlone = line == 0 || study.lines[line - 1].isBlank || isSection
      let endsAlone = line + 1 == study.lines.count || study.lines[line + 1].isBlank
      guard isAlone, endsAlone else { return nil }
      if title.isDoubtful, !isSection {
        let before = study.previousLine(before: line).map { line - $0 - 1 } ?? 0
        guard let next = study.nextLine(from: line + 1), words.count <= 10, !isQuotation(next)
        else { return nil }
        let after = next - line - 1
        // An announcement is followed by what it announces, a heading by a paragraph of the authors.
        let leadsToText = study.scalars[study.lines[next].body].last == ":" || isBelowHeading
        guard before > after || leadsToText || Self.isShort(next, in: study) else { return nil }
      }
    }

    private static func isShort(_ line: Int, in study: StudyText) -> Bool {
      let body = study.lines[line].body
      guard body.count <= 120, let last = study.scalars[body].last else { return false }
      return !".:;,!?…".unicodeScalars.contains(last) && study.words(in: body).count <= 14
        && !study.isListItem(line)
    }
  }
}
