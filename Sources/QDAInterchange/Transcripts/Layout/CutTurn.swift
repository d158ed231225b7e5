internal import QDACore

/// A turn in the making, in positions of the text.
struct CutTurn {
  /// The numbers of its speakers' keys; none where nobody is named.
  var speakers: [Int] = []
  var label: CutLabel?
  var ranges: [Range<Int>] = []
  var start: Int?
  var end: Int?
  var clock = Turn.Clock.media
  /// The three times below, or nothing: most turns of most files have none, and a time takes room.
  private var stamps: [Timecode?] = []

  init(
    speakers: [Int] = [], label: CutLabel? = nil, start: Int? = nil, lead: Timecode? = nil
  ) {
    self.speakers = speakers
    self.label = label
    self.start = start
    self.lead = lead
  }

  /// The time that stands before the words.
  var lead: Timecode? {
    get { self[stamp: 0] }
    set { self[stamp: 0] = newValue }
  }

  /// The last time that stands at the end of one of its lines.
  var trail: Timecode? {
    get { self[stamp: 1] }
    set { self[stamp: 1] = newValue }
  }

  /// The last range of times that stands before one of its lines.
  var last: Timecode? {
    get { self[stamp: 2] }
    set { self[stamp: 2] = newValue }
  }

  private subscript(stamp place: Int) -> Timecode? {
    get { stamps.isEmpty ? nil : stamps[place] }
    set {
      if stamps.isEmpty {
        if newValue == nil { return }
        stamps = [nil, nil, nil]
      }
      stamps[place] = newValue
    }
  }
}

/// The label of a turn.
struct CutLabel {
  /// The label itself; empty where the format keeps names apart from the words.
  var range: Range<Int>
  /// All that is marked, up to the words.
  var mark: Range<Int>
  /// How it is written: a number in ``Labels``.
  var name: Int
  /// The transcriber doubted who speaks.
  var isUncertain = false
  /// Whether it stands in brackets with a time and no words, as live captions have it.
  var isCaption = false
}

extension CutLabel {
  /// A label that stands in the text.
  init(_ candidate: LabelCandidate) {
    range = candidate.label
    mark = candidate.mark
    name = candidate.name
    isUncertain = candidate.isUncertain
    isCaption =
      candidate.layout == .bracketed && !candidate.hasText && !candidate.stamps.isEmpty
  }

  /// The name that a format gives to words which begin at a position.
  init(voice name: Int, at position: Int) {
    range = position..<position
    mark = range
    self.name = name
  }
}

/// A time as it stands in the text.
struct CutStamp {
  /// Where a time stands.
  enum Place {
    /// Before words, or alone on a line.
    case before
    /// At the end of a line of words.
    case after
    case inside
  }

  var code: Timecode
  /// All that is marked, brackets and white included.
  var range: Range<Int>
  var place: Place
}

/// A mark in the making, in positions of the text.
struct CutMark {
  var kind: Mark.Kind
  var range: Range<Int>

  static func < (left: CutMark, right: CutMark) -> Bool {
    (left.range.lowerBound, left.range.upperBound)
      < (right.range.lowerBound, right.range.upperBound)
  }

  func mark(_ counter: inout ScalarCounter) -> Mark { Mark(kind, counter.span(range)) }
}
