internal import QDACore

/// A turn in the making, in positions of the text.
struct CutTurn {
  /// The numbers of its speakers' keys; none where nobody is named.
  var speakers: [Int] = []
  var candidate: LabelCandidate?
  var ranges: [Range<Int>] = []
  /// The time that stands before the words.
  var lead: Timecode?
  /// The last time that stands at the end of one of its lines.
  var trail: Timecode?
  /// The last range of times that stands before one of its lines.
  var last: Timecode?
  var start: Int?
  var end: Int?
  var clock = Turn.Clock.media
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
