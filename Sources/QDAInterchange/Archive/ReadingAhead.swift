internal import QDACore

extension ArchiveFiles {
  /// Hands over the bytes of a file, piece by piece, while the next pieces are inflated on a second
  /// thread.
  ///
  /// - Throws: What ``stream(_:_:)`` throws, at the place where it occurs.
  func streamAhead(
    _ name: String, _ receive: (Span<UInt8>) throws(ReadingError) -> Void
  ) throws(ReadingError) {
    let queue = PieceQueue<ReadingError>()
    queue.fill { (put) throws(ReadingError) in
      try self.stream(name) { (piece: Span<UInt8>) throws(ReadingError) in
        var bytes: [UInt8] = []
        bytes.append(piece)
        // Nobody reads this error: it only ends the inflating.
        guard put(bytes) else { throw .unreadable(file: name, reason: "nobody reads on") }
      }
    }
    // Whatever ends this, the other thread must not wait for room for ever.
    defer { queue.abandon() }
    while let piece = try queue.take() { try receive(piece.span) }
  }
}
