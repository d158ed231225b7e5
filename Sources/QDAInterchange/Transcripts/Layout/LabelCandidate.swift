/// Something at the start of a line that may be a speaker's label.
struct LabelCandidate {
  /// How much of a label's punctuation is there.
  enum Form {
    /// A colon, brackets, bold type or a time shows that something is labelled.
    case marked
    /// Only a tab, a dash, a full stop or the line's end follows, so that other evidence is needed.
    case bare
  }

  /// How Markdown sets off a line.
  enum Title {
    case heading, bold
  }

  var line: Int
  var layout: Layout
  var form: Form
  /// The label itself.
  var label: Range<Int>
  /// The label with everything that belongs to it, up to the words.
  var mark: Range<Int>
  /// The times that stand with it.
  var stamps: [Timecode]
  /// How the label is written, without brackets of doubt: a number in ``Labels``.
  var name: Int
  /// The form in which it is compared: a number in ``Labels``.
  var key: Int
  /// The transcriber doubted who speaks.
  var isUncertain: Bool
  /// It is written in a way that makes it at most a variant of another.
  var isWeak: Bool
  /// It has several words of which not all begin as names do; such a one is weak, too.
  var isLoose = false
  /// It stands far to the right of the other labels.
  var isDeep = false
  /// What sets it off where it stands alone on its line.
  var title: Title?
  /// Whether nothing but that and its place shows that something is labelled.
  var isBareTitle: Bool { title != nil && form == .bare }
  /// Whether the words follow the colon without a space.
  var isGlued = false
  /// Whether words follow on the same line.
  var hasText: Bool
  /// Whether the next line holds something.
  var isFollowed = false
  /// Whether a time without brackets begins the words, which is the turn's only where most labels
  /// have one.
  var hasLooseStamp = false
}
