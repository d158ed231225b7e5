/// What a transcriber's sign inside the words stands for.
public enum Notation: String, Hashable, Sendable, Codable, CaseIterable {
  /// Nobody speaks for a moment, as in `(0.5)` or `(.)`.
  case pause
  /// Several speak at once, as in `[crosstalk]` or `⌈`.
  case overlap
  /// Somebody laughs, as in `[laughs]` or `@(2)@`.
  case laughter
  /// Another sound or act, as in `(coughs)`.
  case sound
  /// A remark of the transcriber's, as in `((points at the door))`.
  case remark
  /// Something was said that could not be made out, as in `[inaudible 00:12:34]` or `xxx`.
  case inaudible
  /// The words are a guess, as in `[?]` of CHAT or `unclear` of TEI.
  case uncertain
  /// Something was taken out or replaced, as in `[NAME REDACTED]`, `XXXX` or `@@town##`.
  case redaction
}
