// What the numbers of times count.
extension RecogniserTranscript {
  /// The milliseconds of one unit of the times of a file that may count seconds or milliseconds.
  ///
  /// Who has fractions counts seconds. Else more than twenty for a letter are milliseconds, of which
  /// fewer would be more than fifty letters a second.
  static func unit(
    of spans: [(start: Double?, end: Double?, text: String)], usually usual: Double
  ) -> Double {
    var duration = 0.0
    var letters = 0
    for (start, end, text) in spans {
      if [start, end].contains(where: { $0.map { $0 != $0.rounded() } == true }) { return 1000 }
      guard let start, let end, end > start else { continue }
      duration += end - start
      letters += text.unicodeScalars.count
    }
    if letters == 0 { return usual }
    return duration / Double(letters) > 20 ? 1 : 1000
  }

  static func unit(
    of segments: [RecognisedSpeech.Segment], usually usual: Double
  ) -> Double {
    let spans = segments.map { segment in
      (
        (segment.start ?? segment.startTime)?.number, (segment.end ?? segment.endTime)?.number,
        words(of: segment) ?? ""
      )
    }
    return unit(of: spans, usually: usual)
  }
}
