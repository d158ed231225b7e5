/// Where in a text the words of a passage are.
public struct TextPlace: Hashable, Sendable {
  /// The source whose text it is: the passage's own, or a transcript of its recording.
  public var source: ID<Source>
  /// The stretch of the text; where it reaches to the end of the text it may end beyond it.
  public var span: TextSpan

  /// Creates a place.
  public init(source: ID<Source>, span: TextSpan) {
    self.source = source
    self.span = span
  }
}

extension Project {
  /// Where the words of a passage are, or `nil` for what has no words: a picture, a box on a page,
  /// a recording without a transcript.
  ///
  /// A stretch of a recording has the words between the sync points around it in the first of the
  /// recording's transcripts that has any; some of them may be said just before or after it.
  ///
  /// - Complexity: O(*n*) in the sources and sync points for a stretch of a recording, else O(1).
  public func place(of passage: Passage) -> TextPlace? {
    guard let source = sources[passage.source] else {
      return passage.span.map { place($0, passage) }
    }
    if case .time = passage.region {
      let texts = [source] + sources.filter { $0.recording == source.id }
      guard let text = texts.first(where: \.hasTimedText) else { return nil }
      return text.span(of: passage.region).map { TextPlace(source: text.id, span: $0) }
    }
    let span = source.span(of: passage.region) ?? passage.twin.flatMap { source.span(of: $0) }
    return span.map { place($0, passage) }
  }

  private func place(_ span: TextSpan, _ passage: Passage) -> TextPlace {
    TextPlace(source: passage.source, span: span)
  }

  /// The words of a passage as they stand in the text; none for what has no words.
  ///
  /// - Throws: ``TextUnavailable`` where the text cannot be had.
  public func quote(of passage: Passage) throws(TextUnavailable) -> String {
    guard let place = place(of: passage) else {
      _ = try texts.text(of: passage.source)
      return ""
    }
    return try texts.text(of: place.source)[place.span]
  }
}
