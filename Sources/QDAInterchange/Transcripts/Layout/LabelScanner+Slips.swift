extension LabelScanner {
  // A slip of the typist, who hit a key beside the colon's: `Ana; It was` and `Ana/ It was`. It is
  // a label where others prove the speaker.
  mutating func slipped(
    _ line: Int, _ start: Int, at sign: Int, _ end: Int
  ) -> LabelCandidate? {
    guard sign > start, sign + 1 < end, text.scalars[sign + 1].isLayoutSpace,
      !text.scalars[sign - 1].isLayoutSpace
    else { return nil }
    let words = text.skipSpaces(from: sign + 1, to: end)
    guard words < end, !text.scalars[words].properties.isLowercase,
      var found = make(line, .inline, start..<sign, start..<words, [], end)
    else { return nil }
    found.isWeak = true
    return found
  }

  // `Ana:0:05` above the words, where a page shows name and time side by side.
  mutating func glued(
    _ line: Int, _ start: Int, at colon: Int, _ labelEnd: Int, _ end: Int
  ) -> LabelCandidate? {
    guard labelEnd > start, !text.scalars[labelEnd - 1].isASCIIDigit,
      let stamp = Timecode.read(text.scalars, at: colon + 1, limit: end), stamp.style == .bare,
      stamp.range.upperBound == end
    else { return nil }
    return make(line, .stamped, start..<labelEnd, start..<end, [stamp], end)
  }

  // A slip of the typist, who hit the full stop for the colon: `E. Und meine Frau`; or the letters
  // of a court's record, `Q.  Where?` and `Q   Where?`.
  mutating func dotted(_ line: Int, _ start: Int, _ end: Int) -> LabelCandidate? {
    let limit = text.scalars.advance(start, by: 5, limit: end)
    let label: Range<Int>
    if let stop = (start..<limit).first(where: { text.scalars[$0] == "." }) {
      label = start..<stop + 1
    } else if ["Q", "A"].contains(text.scalars[start]), start + 1 < end,
      text.scalars[start + 1].isLayoutSpace, case let second = text.scalars.after(start + 1),
      second < end, text.scalars[second].isLayoutSpace
    {
      label = start..<start + 1
    } else {
      return nil
    }
    guard text.scalars[start] != ".", label.upperBound + 1 < end,
      text.scalars[label.upperBound].isLayoutSpace
    else { return nil }
    let words = text.skipSpaces(from: label.upperBound, to: end)
    guard words < end, !text.scalars[words].properties.isLowercase,
      var found = make(line, .inline, label, start..<words, [], end)
    else { return nil }
    found.form = .bare
    found.isWeak = true
    return found
  }
}
