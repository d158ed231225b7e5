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
  /// An offset outside the text is clamped to its ends.
  ///
  /// - Complexity: O(log *n*) in the lines.
  public func lineAndColumn(ofScalar offset: Int) -> LineColumn {
    let offset = min(max(0, offset), scalarCount)
    var (low, high) = (0, lineStarts.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(lineStarts[middle]) <= offset { low = middle + 1 } else { high = middle }
    }
    let start = low == 0 ? 0 : Int(lineStarts[low - 1])
    return LineColumn(line: low + 1, column: offset - start + 1)
  }

  /// The scalar offset of each `\n`, in order.
  public var lineEnds: [UInt32] { lineStarts.map { $0 - 1 } }

  /// The lines of the text as spans without their `\n`; an empty text has none.
  public func lines() -> [TextSpan] {
    var spans: [TextSpan] = []
    spans.reserveCapacity(lineStarts.count + 1)
    var start = 0
    for next in lineStarts {
      spans.append(TextSpan(scalars: start..<Int(next) - 1))
      start = Int(next)
    }
    if start < scalarCount { spans.append(TextSpan(scalars: start..<scalarCount)) }
    return spans
  }
}
