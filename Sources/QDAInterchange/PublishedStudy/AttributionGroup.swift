/// The ids of an attribution that may name several: `P17; P12`, `P17 and P12`, `(P17, P12)`.
struct AttributionGroup {
  /// The ids in order.
  private(set) var labels: [(spelling: LabelSpelling, label: Range<Int>)] = []
  /// Where the first of them begins.
  private(set) var start: Int

  /// Takes the ids between the start of an attribution and its end, and those that stand before it.
  init(
    from first: Int, upTo end: Int, within reach: Range<Int>, in scalars: [Unicode.Scalar]
  ) {
    start = first
    labels = Self.ids(in: Self.parts(first..<end, in: scalars), of: scalars)
    // An attribution names some few people at most.
    while labels.count < 24, let before = Self.id(before: start, within: reach, in: scalars) {
      labels.insert((before.spelling, before.label), at: 0)
      start = before.label.lowerBound
      let opening = scalars.trimmed(reach.lowerBound..<start).upperBound
      if opening > reach.lowerBound, scalars[opening - 1] == "(" || scalars[opening - 1] == "[" {
        start = opening - 1
      }
    }
  }

  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    [",", ";", "/", "&", "(", ")", "[", "]"].contains(scalar)
  }

  // What stands between separators; dashes and the word 'and' separate too.
  private static func parts(_ range: Range<Int>, in scalars: [Unicode.Scalar]) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    for piece in scalars[range].indices.split(whereSeparator: { isSeparator(scalars[$0]) }) {
      guard let first = piece.first, let last = piece.last else { continue }
      var start = first
      var word = first
      for index in first...last + 1 {
        guard index > last || scalars[index].isBlank else { continue }
        if conjunctions.contains(String(String.UnicodeScalarView(scalars[word..<index]))) {
          parts.append(scalars.trimmed(start..<word))
          start = index
        }
        word = index + 1
      }
      if start <= last { parts.append(scalars.trimmed(start..<last + 1)) }
    }
    return parts.filter { !$0.isEmpty }
  }

  private static let conjunctions: Set<String> = ["and", "or", "with", "to"]

  // `P17`, a range such as `P17–P19`, and after a plural word the bare number of another.
  private static func ids(
    in parts: [Range<Int>], of scalars: [Unicode.Scalar]
  ) -> [(spelling: LabelSpelling, label: Range<Int>)] {
    parts.flatMap { part -> [(spelling: LabelSpelling, label: Range<Int>)] in
      if let spelling = spelling(part, in: scalars) { return [(spelling, part)] }
      let ends = scalars[part].indices.split { scalars[$0].isDash || scalars[$0].isBlank }
        .compactMap { piece -> (spelling: LabelSpelling, label: Range<Int>)? in
          guard let first = piece.first, let last = piece.last else { return nil }
          return spelling(first..<last + 1, in: scalars).map { ($0, first..<last + 1) }
        }
      return ends
    }
  }

  private static func spelling(
    _ range: Range<Int>, in scalars: [Unicode.Scalar]
  ) -> LabelSpelling? {
    guard range.count <= 24,
      let spelling = LabelSpelling(String(String.UnicodeScalarView(scalars[range]))),
      !spelling.label.prefix.isEmpty, !spelling.variants.contains(.lowerCase)
    else { return nil }
    return spelling
  }

  // The word before, over one separator at most and an 'and'.
  private static func id(
    before start: Int, within reach: Range<Int>, in scalars: [Unicode.Scalar]
  ) -> (spelling: LabelSpelling, label: Range<Int>)? {
    var end = start
    while end > reach.lowerBound,
      isSeparator(scalars[end - 1]) || scalars[end - 1].isBlank || scalars[end - 1].isDash
        || scalars[end - 1] == "+"
    {
      end -= 1
    }
    var word = wordStart(before: end, within: reach, in: scalars)
    if conjunctions.contains(String(String.UnicodeScalarView(scalars[word..<end]))) {
      end = scalars.trimmed(reach.lowerBound..<word).upperBound
      while end > reach.lowerBound, isSeparator(scalars[end - 1]) { end -= 1 }
      word = wordStart(before: end, within: reach, in: scalars)
    }
    guard word < end else { return nil }
    // Two words first, for `Participant 17` and `P 17`.
    let pair = wordStart(
      before: scalars.trimmed(reach.lowerBound..<word).upperBound, within: reach, in: scalars)
    for first in [pair, word] where first < end {
      if let spelling = spelling(first..<end, in: scalars) { return (spelling, first..<end) }
    }
    return nil
  }

  private static func wordStart(
    before end: Int, within reach: Range<Int>, in scalars: [Unicode.Scalar]
  ) -> Int {
    var start = end
    while start > reach.lowerBound, !scalars[start - 1].isBlank, !isSeparator(scalars[start - 1]),
      !scalars[start - 1].isDash
    {
      start -= 1
    }
    return start
  }
}
