internal import QDACore

/// Finds the line and column of positions in a text, to say where a finding is.
struct Locator {
  let name: String
  private let scalars: [Unicode.Scalar]
  private let lineStarts: [Int]

  init(_ scalars: [Unicode.Scalar], name: String) {
    self.name = name
    self.scalars = scalars
    var starts = [0]
    for (index, scalar) in scalars.enumerated() where scalar == "\n" { starts.append(index + 1) }
    lineStarts = starts
  }

  /// The place of a position.
  func place(_ offset: Int) -> Place {
    let line = lineIndex(offset)
    return .file(name, line: line + 1, column: offset - lineStarts[line] + 1)
  }

  /// The line that holds a position, as far as it is worth showing.
  func line(_ offset: Int) -> String {
    let line = lineIndex(offset)
    let start = lineStarts[line]
    let end = line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : scalars.count
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[start..<max(start, min(end, offset + 200))])
    return String(view)
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
