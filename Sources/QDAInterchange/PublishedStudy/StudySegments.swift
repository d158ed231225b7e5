/// The running text of a study, cut into paragraphs and lines that may be quotations.
struct StudySegments {
  /// What stands on a line, or on several where the text is wrapped.
  struct Segment {
    var lines: ClosedRange<Int>
    var body: Range<Int>
    /// The id at the end, as far as its form goes.
    var attribution: Attribution?
    /// Whether a blank line, a heading or a table stands before it.
    var startsGroup: Bool
    /// Whether a heading or a table stands between it and the segment before.
    var followsBreak: Bool
    var endsInColon: Bool
    var isListItem: Bool
  }

  private(set) var segments: [Segment] = []

  /// Cuts the lines that are neither headings nor parts of tables.
  init(in study: StudyText, excluding isExcluded: [Bool]) {
    let isWrapped = Self.isWrapped(study, excluding: isExcluded)
    var followsBreak = true
    var startsGroup = true
    var open: ClosedRange<Int>?
    func close() {
      guard let lines = open else { return }
      open = nil
      let body =
        study.lines[lines.lowerBound].body
        .lowerBound..<study.lines[lines.upperBound].body.upperBound
      segments.append(
        Segment(
          lines: lines, body: body,
          attribution: Attribution(atEndOf: body, in: study.scalars),
          startsGroup: startsGroup, followsBreak: followsBreak,
          endsInColon: study.scalars[body].last == ":",
          isListItem: study.isListItem(lines.lowerBound)))
      startsGroup = false
      followsBreak = false
    }
    // A line that breaks off amid a sentence goes on in one that begins small.
    func goesOn(_ line: Int) -> Bool {
      let next = line + 1
      guard next < study.lines.count, !isExcluded[next],
        let first = study.scalars[study.lines[next].body].first,
        first.properties.isLowercase, !study.isListItem(next),
        let last = study.scalars[study.lines[line].body].last, !last.endsSentence, last != ":",
        !Self.endsWithID(study.lines[line].body, in: study)
      else { return false }
      return LabelSpelling(study.body(of: next)) == nil
    }
    for line in study.lines.indices {
      if study.lines[line].isBlank || isExcluded[line] {
        close()
        startsGroup = true
        followsBreak = followsBreak || isExcluded[line]
        continue
      }
      open = (open?.lowerBound ?? line)...line
      // Within a wrapped paragraph only an id ends a quotation.
      if isWrapped ? Self.endsWithID(study.lines[line].body, in: study) : !goesOn(line) { close() }
    }
    close()
  }

  private static func endsWithID(_ body: Range<Int>, in study: StudyText) -> Bool {
    guard let found = Attribution(atEndOf: body, in: study.scalars) else { return false }
    return found.followsSentence && !found.spelling.label.prefix.isEmpty
  }

  // Most paragraphs have several lines, and no line is longer than a page is wide.
  private static func isWrapped(_ study: StudyText, excluding isExcluded: [Bool]) -> Bool {
    var several = 0
    var single = 0
    var length = 0
    for line in study.lines.indices where !isExcluded[line] {
      if study.lines[line].body.count > 130 { return false }
      if study.lines[line].isBlank {
        if length > 0 { if length > 1 { several += 1 } else { single += 1 } }
        length = 0
      } else {
        length += 1
      }
    }
    return several > 4 && several > single
  }

  /// The letters that most closing ids with these numbers have, or `nil` where there are none.
  func commonPrefix(among numbers: Set<Int>?) -> String? {
    var counts: [String: Int] = [:]
    for segment in segments {
      guard let spelling = segment.attribution?.spelling, !spelling.label.prefix.isEmpty,
        !spelling.variants.contains(.lowerCase),
        numbers?.contains(spelling.label.number) != false
      else { continue }
      counts[spelling.label.prefix, default: 0] += 1
    }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }
}
