internal import QDACore

/// Looks for quotes in one source, with its labels, stamps and mark-up in the way or without them.
struct QuoteFinder {
  private let source: Source
  private let text: Text
  private let visible: VisibleText?

  init(_ source: Source, _ text: Text) {
    self.source = source
    self.text = text
    visible = source.marks.contains(where: \.hidesText) ? VisibleText(source, text) : nil
  }

  /// The verdict on a quote, and its span where that is settled.
  func locate(_ anchor: Anchor, near span: TextSpan?) -> (verdict: Verdict, span: TextSpan?) {
    if let span, text.contains(span),
      let words = visible.map({ _ in source.words(in: span, of: text) })
    {
      let shown = Text(words)
      let (verdict, _) = Anchor(quote: anchor.quote).locate(in: shown, near: shown.span)
      if verdict == .unchanged { return (.unchanged, span) }
    }
    let found = anchor.locate(in: text, near: span)
    if found.verdict.isVerified { return found }
    guard let visible else { return found }
    if case .ambiguous = found.verdict { return found }
    let near = span.flatMap { visible.span(shown: $0) }
    let (verdict, place) = anchor.locate(in: visible.text, near: near)
    let settled = place.map { visible.original($0) }
    // Without its labels the text has other positions: found at all is found where it was or moved.
    if verdict.isVerified, let settled {
      return (span == nil || settled == span ? .unchanged : .shifted, settled)
    }
    return (visible.original(verdict), nil)
  }
}

/// The text of a source without the marks that are part of nobody's words, and the way back.
struct VisibleText {
  let text: Text
  private var pieces: [(shown: Int, original: Int, count: Int)] = []

  init(_ source: Source, _ whole: Text) {
    var words = ""
    var shown = 0
    var start = 0
    var pieces: [(shown: Int, original: Int, count: Int)] = []
    func add(upTo end: Int) {
      guard end > start else { return }
      words += whole[TextSpan(scalars: start..<end)]
      pieces.append((shown, start, end - start))
      shown += end - start
    }
    for mark in source.marks where mark.hidesText {
      add(upTo: Int(mark.span.start))
      start = max(start, Int(mark.span.end))
    }
    add(upTo: whole.scalarCount)
    text = Text(words)
    self.pieces = pieces
  }

  /// The span in the whole text of a span of the shown one.
  func original(_ span: TextSpan) -> TextSpan {
    guard !span.isEmpty else {
      let place = original(Int(span.start))
      return TextSpan(scalars: place..<place)
    }
    return TextSpan(scalars: original(Int(span.start))..<original(Int(span.end) - 1) + 1)
  }

  private func original(_ offset: Int) -> Int {
    let index = lastPiece { $0.shown <= offset }
    guard let index else { return offset }
    return pieces[index].original + offset - pieces[index].shown
  }

  /// The span in the shown text of a span of the whole one, or `nil` where none of it is shown.
  func span(shown span: TextSpan) -> TextSpan? {
    func shown(_ offset: Int) -> Int? {
      guard let index = lastPiece({ $0.original <= offset }) else { return nil }
      return pieces[index].shown + min(offset - pieces[index].original, pieces[index].count)
    }
    guard let start = shown(Int(span.start)), let end = shown(Int(span.end)) else { return nil }
    return TextSpan(scalars: start..<max(start, end))
  }

  private func lastPiece(_ holds: ((shown: Int, original: Int, count: Int)) -> Bool) -> Int? {
    var low = 0
    var high = pieces.count
    while low < high {
      let middle = (low + high) / 2
      if holds(pieces[middle]) { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }

  /// A verdict with its places in the whole text.
  func original(_ verdict: Verdict) -> Verdict {
    func place(_ candidate: Verdict.Candidate) -> Verdict.Candidate {
      Verdict.Candidate(span: original(candidate.span), similarity: candidate.similarity)
    }
    switch verdict {
    case .fuzzy(let best, let runnerUp):
      return .fuzzy(place(best), runnerUp: runnerUp.map(place))
    case .ambiguous(let candidates): return .ambiguous(candidates.map(place))
    case .split(let head, let tail): return .split(original(head), original(tail))
    default: return verdict
    }
  }
}
