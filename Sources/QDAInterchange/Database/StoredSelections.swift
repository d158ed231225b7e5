internal import QDACore

/// A selection of a text as another tool stores it: two positions and, as a rule, the words.
struct StoredSelection {
  var start: Int
  var end: Int
  /// The selected words, or `nil` where the tool does not keep them.
  var quote: String?
}

/// Where a stored selection is in the text, once its words were compared.
struct PlacedSelection {
  var span: TextSpan
  /// The stored words where they are not those of the text at the stored positions.
  var anchor: Anchor?
  var verdict: Verdict = .unchanged
}

/// Finds out how the positions of one text were counted, and what they select.
struct SelectionPlacing {
  /// What came out for one text.
  struct Tally {
    /// The convention that was used.
    var convention: PositionConvention
    /// How many selections have words to compare.
    var compared = 0
    /// How many of these have their words at their position.
    var verified = 0
    /// How many of the rest were found elsewhere, once and to the letter.
    var moved = 0
    /// How many have no words to compare and positions that are not in the text.
    var outside = 0

    var differing: Int { compared - verified }
  }

  let text: PositionedText
  private(set) var tally: Tally
  // Looking for words costs a walk through the text, so a file that is wrong throughout is not
  // searched for every one of them.
  private var searches = 100

  /// Decides on a convention: the expected one, unless another fits the words of more selections.
  init(
    _ text: PositionedText, _ selections: [StoredSelection], expected: PositionConvention,
    given: PositionConvention?
  ) {
    self.text = text
    tally = Tally(convention: given ?? expected)
    let quoted = selections.filter { $0.quote != nil }
    guard given == nil, !quoted.isEmpty else { return }
    func fitting(_ convention: PositionConvention) -> Int {
      quoted.count { Self.fits($0, text, convention) }
    }
    var best = fitting(expected)
    if best == quoted.count { return }
    for convention in Self.conventions(for: text) {
      let count = fitting(convention)
      if count > best { (best, tally.convention) = (count, convention) }
    }
  }

  /// Places one selection; the words decide where they and the positions disagree.
  mutating func place(_ selection: StoredSelection) -> PlacedSelection {
    let whole = text.text
    let span = text.span(from: selection.start, to: selection.end, by: tally.convention)
    guard let quote = selection.quote else {
      if let span { return PlacedSelection(span: span) }
      tally.outside += 1
      return PlacedSelection(span: clamped(selection), verdict: .unverified)
    }
    tally.compared += 1
    if let span, Self.equals(quote, span, in: whole) {
      tally.verified += 1
      return PlacedSelection(span: span)
    }
    let anchor = Anchor(quote: quote)
    searches -= 1
    guard searches >= 0 else {
      return PlacedSelection(span: span ?? clamped(selection), anchor: anchor, verdict: .unverified)
    }
    let (found, place) = anchor.locate(in: whole, near: span)
    // Without a position to start from, the only occurrence counts as unchanged there.
    let verdict = span == nil && found == .unchanged ? .shifted : found
    if verdict == .unchanged { tally.verified += 1 }
    if verdict == .shifted { tally.moved += 1 }
    return PlacedSelection(
      span: place ?? span ?? clamped(selection), anchor: verdict == .unchanged ? nil : anchor,
      verdict: verdict)
  }

  private func clamped(_ selection: StoredSelection) -> TextSpan {
    let start = min(max(0, selection.start), text.text.scalarCount)
    return TextSpan(scalars: start..<min(max(start, selection.end), text.text.scalarCount))
  }

  private static func conventions(for text: PositionedText) -> [PositionConvention] {
    var all: [PositionConvention] = []
    for inclusive in [false, true] {
      for once in text.hasPairs ? [false, true] : [false] {
        for unit in PositionConvention.Unit.allCases {
          all.append(
            PositionConvention(unit: unit, countsLineEndOnce: once, endIsInclusive: inclusive))
        }
      }
    }
    return all
  }

  private static func fits(
    _ selection: StoredSelection, _ text: PositionedText, _ convention: PositionConvention
  ) -> Bool {
    guard let span = text.span(from: selection.start, to: selection.end, by: convention) else {
      return false
    }
    return equals(selection.quote ?? "", span, in: text.text)
  }

  /// Whether words are those of a span; programs on Qt write U+2029 for the end of a line.
  private static func equals(_ quote: String, _ span: TextSpan, in text: Text) -> Bool {
    // Lengths first, so that positions which select everything again and again cost nothing.
    let length =
      text.utf8Offset(ofScalar: Int(span.end)) - text.utf8Offset(ofScalar: Int(span.start))
    if quote.utf8.count == length, Array(text[span].utf8) == Array(quote.utf8) { return true }
    guard quote.utf8.count > length else { return false }
    var folded: [UInt8] = []
    var previous: Unicode.Scalar = " "
    for scalar in quote.unicodeScalars {
      switch scalar {
      case "\u{2029}", "\r": folded.append(UInt8(ascii: "\n"))
      case "\n" where previous == "\r": break
      default: folded.append(contentsOf: Array(String(scalar).utf8))
      }
      previous = scalar
    }
    return folded.count == length && Array(text[span].utf8) == folded
  }
}
