/// Finds the stretch of some scalars that is nearest to a pattern by edit distance.
///
/// Myers 1999, doi:10.1145/316542.316550: a word holds 64 rows of the table of distances, and of the
/// blocks of 64 rows only those are computed that a distance within the limit can reach.
struct ApproximateSearch {
  private let pattern: [UInt32]
  private let forward: Rows
  private let backward: Rows

  /// A stretch and its edit distance from the pattern.
  struct Match {
    var range: Range<Int>
    var distance: Int

    /// One less the distance over the longer length.
    func similarity(toLength length: Int) -> Double {
      1 - Double(distance) / Double(max(1, length, range.count))
    }
  }

  init(_ pattern: [UInt32]) {
    self.pattern = pattern
    forward = Rows(pattern)
    backward = Rows(pattern.reversed())
  }

  /// The nearest stretch within a limit of distance, the first of several, or `nil`.
  ///
  /// - Complexity: O(*n* · ⌈*m* / 64⌉) for *n* scalars and a pattern of *m*; in words unlike the
  ///   pattern about the limit stands for *m*.
  func nearest(in scalars: [UInt32], within range: Range<Int>, limit: Int) -> Match? {
    var best: (end: Int, distance: Int)?
    var reach = limit
    forward.scan(range.count, isAnchored: false, limit: &reach) {
      scalars[range.lowerBound + $0]
    } found: {
      end, distance, limit in
      if distance < best?.distance ?? .max {
        best = (end, distance)
        limit = distance
      } else if distance == best?.distance, end - 1 == best?.end {
        // A scalar that was replaced at the end is part of the stretch.
        best?.end = end
      }
    }
    guard let best else { return nil }
    let end = range.lowerBound + best.end
    var length = 0
    reach = best.distance
    backward.scan(
      min(best.end, pattern.count + best.distance), isAnchored: true, limit: &reach
    ) {
      scalars[end - 1 - $0]
    } found: { found, _, _ in
      if length == 0 || found <= pattern.count { length = found }
    }
    return Match(range: end - length..<end, distance: best.distance)
  }

  /// In which rows of the table each scalar of a pattern stands.
  private struct Rows {
    private let height: Int
    private let blockCount: Int
    /// For each scalar up to the greatest of the pattern: which of the patterns in `words` it has.
    private var symbols: [UInt32]
    /// One run of blocks for each symbol; the first is that of scalars that the pattern has not.
    private var words: [UInt64]

    init(_ pattern: [UInt32]) {
      height = pattern.count
      blockCount = (pattern.count + 63) / 64
      symbols = Array(repeating: 0, count: Int(pattern.max() ?? 0) + 1)
      words = Array(repeating: 0, count: blockCount)
      var count: UInt32 = 0
      for (row, scalar) in pattern.enumerated() {
        if symbols[Int(scalar)] == 0 {
          count += 1
          symbols[Int(scalar)] = count
          words.append(contentsOf: repeatElement(0, count: blockCount))
        }
        words[Int(symbols[Int(scalar)]) * blockCount + row / 64] |= 1 << UInt64(row % 64)
      }
    }

    private struct Block {
      /// The rows whose distance is one more than that of the row above.
      var rising: UInt64 = .max
      /// The rows whose distance is one less.
      var falling: UInt64 = 0
      /// The distance in the last row.
      var distance: Int
    }

    /// Reports every column whose last row is within the limit, which may be lowered on the way.
    ///
    /// Where the scan is not anchored, a stretch may begin anywhere.
    func scan(
      _ columns: Int, isAnchored: Bool, limit: inout Int, scalar: (Int) -> UInt32,
      found: (_ end: Int, _ distance: Int, _ limit: inout Int) -> Void
    ) {
      guard height > 0, limit >= 0 else { return }
      var last = min(blockCount, limit / 64 + 1) - 1
      var blocks = (0..<blockCount).map { Block(distance: min(height, ($0 + 1) * 64)) }
      for column in 0..<columns {
        let value = Int(scalar(column))
        let first = value < symbols.count ? Int(symbols[value]) * blockCount : 0
        var carry = isAnchored ? 1 : 0
        for block in 0...last {
          carry = advance(&blocks[block], block, words[first + block], carry)
        }
        if last + 1 < blockCount, blocks[last].distance - carry <= limit,
          carry < 0 || words[first + last + 1] & 1 == 1
        {
          let rows = min(64, height - (last + 1) * 64)
          last += 1
          blocks[last] = Block(distance: blocks[last - 1].distance - carry + rows)
          carry = advance(&blocks[last], last, words[first + last], carry)
        } else {
          while last > 0, blocks[last].distance >= limit + 64 { last -= 1 }
        }
        if last + 1 == blockCount, blocks[last].distance <= limit {
          found(column + 1, blocks[last].distance, &limit)
        }
      }
    }

    /// Goes on by one column; takes and returns the difference between the columns, above and below.
    private func advance(
      _ block: inout Block, _ index: Int, _ matches: UInt64, _ above: Int
    ) -> Int {
      let falls: UInt64 = above < 0 ? 1 : 0
      let vertical = matches | block.falling
      let matches = matches | falls
      let horizontal = (((matches & block.rising) &+ block.rising) ^ block.rising) | matches
      var rising = block.falling | ~(horizontal | block.rising)
      var falling = block.rising & horizontal
      let bottom = UInt64(index + 1 == blockCount ? (height - 1) % 64 : 63)
      let below = Int(rising >> bottom & 1) - Int(falling >> bottom & 1)
      rising = rising << 1 | (above > 0 ? 1 : 0)
      falling = falling << 1 | falls
      block.rising = falling | ~(vertical | rising)
      block.falling = rising & vertical
      block.distance += below
      return below
    }
  }
}
