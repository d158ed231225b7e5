/// A time that is written in a transcript, with what it means there.
///
/// The same digits mean different things: a distance from the start of the recording or the time of
/// day, the start of what follows or the end of what went before, decimals or frames of film.
public struct TranscriptTime: Hashable, Sendable, Codable {
  /// The time, or the start of a range, in milliseconds since the zero of its clock.
  ///
  /// A time before that zero is negative; a clock of the day that passes midnight goes on.
  public var start: Int
  /// The end of a range, in milliseconds.
  public var end: Int?
  /// What the time counts from.
  public var clock: Turn.Clock
  /// What it says of the words beside it.
  public var position: Position
  /// How finely it is written.
  public var precision: Precision

  /// What a time says of the words beside it.
  public enum Position: String, Hashable, Sendable, Codable, CaseIterable {
    /// When the words after it begin; of a range, when they are said.
    case start
    /// When the words before it end.
    case end
    /// A moment within the words, such as each full minute.
    case inside
  }

  /// What the last digits of a time count.
  public enum Precision: String, Hashable, Sendable, Codable, CaseIterable {
    case seconds
    case tenths
    case hundredths
    case milliseconds
    /// Frames of film, of which a second has as many as the reader was told.
    case frames
  }

  /// Creates a time.
  public init(
    start: Int, end: Int? = nil, clock: Turn.Clock = .media, position: Position = .start,
    precision: Precision = .milliseconds
  ) {
    self.start = start
    self.end = end
    self.clock = clock
    self.position = position
    self.precision = precision
  }
}
