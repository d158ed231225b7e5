internal import QDACore

/// Finds the line and column of positions in a text, to say where a finding is.
struct Locator {
  let name: String
  private let scalars: ScalarView
  private let lineStarts: [Int]

  init(_ text: Lines, name: String) {
    self.name = name
    scalars = text.scalars
    var starts = [0]
    let utf8 = scalars.utf8
    var end = utf8.first(0x0A, in: 0..<utf8.count)
    while end < utf8.count {
      starts.append(end + 1)
      end = utf8.first(0x0A, in: end + 1..<utf8.count)
    }
    lineStarts = starts
  }

  /// The place of a position.
  func place(_ offset: Int) -> Place {
    let line = lineIndex(offset)
    return .file(name, line: line + 1, column: scalars.count(lineStarts[line]..<offset) + 1)
  }

  /// The line that holds a position, as far as it is worth showing.
  func line(_ offset: Int) -> String {
    let line = lineIndex(offset)
    let start = lineStarts[line]
    let end = line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : scalars.utf8.count
    let shown = scalars.advance(offset, by: 200, limit: end)
    return String(decoding: scalars.utf8[start..<max(start, shown)], as: UTF8.self)
  }

  private func lineIndex(_ offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
