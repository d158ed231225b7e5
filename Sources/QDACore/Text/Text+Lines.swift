/// A place in a text as people name it.
public struct LineColumn: Hashable, Sendable, Codable {
  /// The line, counted from 1.
  public var line: Int
  /// The column in Unicode scalars, counted from 1.
  public var column: Int

  /// Creates a place.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

extension Text {
  /// The line and column of a scalar offset, where `\n` alone ends a line.
  ///
  /// - Complexity: O(*n*) in the offset; meant for messages, not for loops.
  public func lineAndColumn(ofScalar offset: Int) -> LineColumn {
    var place = LineColumn(line: 1, column: 1)
    for scalar in string.unicodeScalars.prefix(max(0, offset)) {
      if scalar == "\n" {
        place.line += 1
        place.column = 1
      } else {
        place.column += 1
      }
    }
    return place
  }

  /// The lines of the text as spans without their `\n`; an empty text has none.
  public func lines() -> [TextSpan] {
    var spans: [TextSpan] = []
    var start = 0
    var offset = 0
    for scalar in string.unicodeScalars {
      if scalar == "\n" {
        spans.append(TextSpan(scalars: start..<offset))
        start = offset + 1
      }
      offset += 1
    }
    if start < offset { spans.append(TextSpan(scalars: start..<offset)) }
    return spans
  }
}
