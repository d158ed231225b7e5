internal import Foundation
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
    let thread = Thread {
      do throws(ReadingError) {
        try self.stream(name) { (piece: Span<UInt8>) throws(ReadingError) in
          var bytes: [UInt8] = []
          bytes.append(piece)
          // Nobody reads this error: it only ends the inflating.
          guard queue.put(bytes) else { throw .unreadable(file: name, reason: "nobody reads on") }
        }
        queue.close(nil)
      } catch {
        queue.close(error)
      }
    }
    thread.start()
    // Whatever ends this, the other thread must not wait for room for ever.
    defer { queue.abandon() }
    while let piece = try queue.take() { try receive(piece.span) }
  }
}
