extension Source {
  /// The stretch of the text that a region is, or that is said in it; `nil` where that is not known.
  ///
  /// A sync point that is not named is the end of the text, which is then not clamped: the span ends at
  /// the greatest offset. A point without a position, and a time between points, reach to the nearest
  /// points around them: no word that is said in the region is left out.
  ///
  /// - Complexity: O(*n*) in the sync points.
  func span(of region: Region) -> TextSpan? {
    switch region {
    case .text(let span): span
    case .whole: TextSpan(start: 0, end: .max)
    case .time(let range): span(from: before(range.lowerBound), to: after(range.upperBound))
    case .synced(let from, let to):
      span(
        from: from.map { start(at: $0) } ?? 0, to: to.map { end(at: $0) } ?? Int(UInt32.max))
    case .pdf, .picture: nil
    }
  }

  /// Whether times of the recording can be looked up in the text.
  var hasTimedText: Bool {
    syncPoints.contains { $0.time != nil && $0.position != nil }
  }

  private func span(from start: Int?, to end: Int?) -> TextSpan? {
    guard let start, let end, start >= 0, start <= end else { return nil }
    return TextSpan(scalars: start..<end)
  }

  private func start(at id: ID<SyncPoint>) -> Int? {
    guard let point = syncPoints.first(where: { $0.id == id }) else { return nil }
    return point.position ?? point.time.map { before($0) }
  }

  private func end(at id: ID<SyncPoint>) -> Int? {
    guard let point = syncPoints.first(where: { $0.id == id }) else { return nil }
    return point.position ?? point.time.map { after($0) }
  }

  /// The position of the last point up to a time; without one the start of the text.
  private func before(_ time: Int) -> Int {
    var latest: (time: Int, position: Int)?
    for point in syncPoints {
      guard let at = point.time, let position = point.position, at <= time else { continue }
      // Of two points at the same time the later in the text is the nearer one.
      if latest.map({ ($0.time, $0.position) < (at, position) }) ?? true { latest = (at, position) }
    }
    return latest?.position ?? 0
  }

  /// The position of the first point from a time on; without one the end of the text.
  private func after(_ time: Int) -> Int {
    var earliest: (time: Int, position: Int)?
    for point in syncPoints {
      guard let at = point.time, let position = point.position, at >= time else { continue }
      if earliest.map({ (at, position) < ($0.time, $0.position) }) ?? true {
        earliest = (at, position)
      }
    }
    return earliest?.position ?? Int(UInt32.max)
  }
}
