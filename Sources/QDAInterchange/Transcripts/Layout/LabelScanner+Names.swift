internal import QDACore

// Names that are all of a line, with the full stops of titles and initials.
extension LabelScanner {
  /// Where a line goes on after `>>`, with which captioners begin a turn.
  func afterChevrons(_ content: Int, _ end: Int) -> Int {
    let utf8 = text.scalars.utf8
    let sign = UInt8(ascii: ">")
    guard !readsSubtitles, content + 2 < end, utf8[content] == sign, utf8[content + 1] == sign
    else {
      return content
    }
    let words = text.skipSpaces(from: content + (utf8[content + 2] == sign ? 3 : 2), to: end)
    return words < end ? words : content
  }

  /// A name with nothing but the line's end behind it.
  mutating func unlabelled(_ line: Int, _ start: Int, _ end: Int) -> LabelCandidate? {
    let last = text.scalars[text.scalars.before(end)]
    guard
      last.properties.isAlphabetic || last.isASCIIDigit || last == ")"
        || endsWithInitial(start, end)
    else { return nil }
    var found = make(line, .standalone, start..<end, start..<end, [], end)
    found?.form = .bare
    return found
  }

  // `Ana R.`
  private func endsWithInitial(_ start: Int, _ end: Int) -> Bool {
    guard text.scalars[end - 1] == ".", end - 1 > start,
      case let initial = text.scalars.before(end - 1), initial > start,
      case let space = text.scalars.before(initial), space > start
    else { return false }
    return text.scalars[initial].properties.isUppercase && text.scalars[space].isLayoutSpace
  }

  /// Whether a line begins with a title or `St.`; a letter alone may be a typist's slip.
  func beginsWithTitle(_ start: Int, _ end: Int) -> Bool {
    let limit = min(start + 5, end)
    guard let stop = (start..<limit).first(where: { text.scalars.utf8[$0] == UInt8(ascii: ".") }),
      stop >= start + 2
    else { return false }
    let title = text.string(start..<stop)
    return title == "St" || !PersonName("\(title) X").title.isEmpty
  }

  /// Takes `J. Smith` alone on its line for a name where every line that begins with the letter is a
  /// name that recurs above words; the answers of a court's record, `A. Yes`, differ.
  mutating func takeInitials(_ candidates: inout [LabelCandidate]) {
    var places: [Int: [Int]] = [:]
    for (place, candidate) in candidates.enumerated()
    where candidate.form == .bare && candidate.layout == .inline {
      places[candidate.key, default: []].append(place)
    }
    for (key, places) in places where places.count >= 2 && labels.keys[key] != "q" {
      let names = places.compactMap { place -> LabelCandidate? in
        let line = candidates[place].line
        guard text.lines.indices.contains(line + 1), !text.lines[line + 1].isBlank else {
          return nil
        }
        let end = text.lines[line].contentEnd
        guard var name = unlabelled(line, candidates[place].label.lowerBound, end) else {
          return nil
        }
        name.mark = candidates[place].mark.lowerBound..<end
        name.isFollowed = true
        return name
      }
      let counts = Dictionary(names.map { ($0.key, 1) }, uniquingKeysWith: +)
      guard names.count == places.count, counts.values.allSatisfy({ $0 >= 2 }) else { continue }
      for (place, name) in zip(places, names) { candidates[place] = name }
    }
  }
}
