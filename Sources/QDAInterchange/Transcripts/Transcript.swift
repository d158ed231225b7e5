public import QDACore

/// A transcript as it was read: the source, its text, and how its layout was understood.
public struct Transcript: Hashable, Sendable {
  /// The document with its turns, speakers, marks and metadata.
  public var source: Source
  /// The text that all positions of the source refer to.
  public var text: Text
  /// How speakers and turns were found.
  public var layout: LayoutReport
  /// The timed pieces of subtitles, tiers or recognised speech, before they were gathered into turns; else empty.
  public var cues: [Cue]
  /// What tiers beside the talk say of it, in the order of the file; else empty.
  public var codings: [TierCoding]

  /// Creates a transcript.
  public init(
    source: Source, text: Text, layout: LayoutReport, cues: [Cue] = [],
    codings: [TierCoding] = []
  ) {
    self.source = source
    self.text = text
    self.layout = layout
    self.cues = cues
    self.codings = codings
  }
}

/// A timed piece of a file that one voice speaks.
public struct Cue: Hashable, Sendable, Codable {
  /// The identifier that the file gives it.
  public var id: String?
  /// The index of its speaker in the source's speakers, or `nil` where the cue names none.
  public var speaker: Int?
  /// Its words.
  public var span: TextSpan
  /// When it starts, in milliseconds.
  public var start: Int?
  /// When it ends, in milliseconds.
  public var end: Int?

  /// Creates a cue.
  public init(id: String? = nil, speaker: Int? = nil, span: TextSpan, start: Int?, end: Int?) {
    self.id = id
    self.speaker = speaker
    self.span = span
    self.start = start
    self.end = end
  }
}
