internal import Dispatch
internal import Foundation
internal import QDACore
internal import Synchronization

extension ArchiveFiles {
  /// Hands over the bytes of a file, piece by piece, while the next pieces are inflated on a second
  /// thread.
  ///
  /// - Throws: What ``stream(_:_:)`` throws, at the place where it occurs.
  func streamAhead(
    _ name: String, _ receive: (Span<UInt8>) throws(ReadingError) -> Void
  ) throws(ReadingError) {
    let queue = PieceQueue()
    let thread = Thread {
      do throws(ReadingError) {
        try self.stream(name) { (piece: Span<UInt8>) throws(ReadingError) in
          var bytes: [UInt8] = []
          bytes.append(piece)
          try queue.put(bytes)
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

/// A file of a project, taken piece by piece by somebody who asks for the next bytes.
///
/// A second thread reads it, so that a film need not be whole in memory while it is packed.
final class FilePieces: Sendable {
  private let queue = PieceQueue()

  /// Begins to read a file.
  init(of name: String, in files: any FileStore) {
    let queue = queue
    Thread {
      do {
        try files.read(name) { piece in
          var bytes: [UInt8] = []
          bytes.append(piece)
          try queue.put(bytes)
        }
        queue.close(nil)
      } catch {
        queue.close(error as? ReadingError ?? .unreadable(file: name, reason: "\(error)"))
      }
    }.start()
  }

  deinit { queue.abandon() }

  /// The next bytes, or `nil` at the end of the file.
  func next() throws(ReadingError) -> [UInt8]? { try queue.take() }
}

/// Pieces between two threads, few enough to stay in the cache.
private final class PieceQueue: Sendable {
  private struct State {
    var pieces: [[UInt8]] = []
    var failure: ReadingError?
    var isAbandoned = false
  }

  private let state = Mutex(State())
  private let room = DispatchSemaphore(value: 4)
  private let filled = DispatchSemaphore(value: 0)

  func put(_ piece: [UInt8]) throws(ReadingError) {
    room.wait()
    let isAbandoned = state.withLock { state in
      if !state.isAbandoned { state.pieces.append(piece) }
      return state.isAbandoned
    }
    // Nobody reads this error: it only ends the inflating.
    if isAbandoned { throw .unreadable(file: "", reason: "nobody reads on") }
    filled.signal()
  }

  func close(_ failure: ReadingError?) {
    state.withLock { $0.failure = failure }
    filled.signal()
  }

  func take() throws(ReadingError) -> [UInt8]? {
    filled.wait()
    let (piece, failure) = state.withLock { state -> ([UInt8]?, ReadingError?) in
      state.pieces.isEmpty ? (nil, state.failure) : (state.pieces.removeFirst(), nil)
    }
    if let failure { throw failure }
    room.signal()
    return piece
  }

  func abandon() {
    state.withLock { $0.isAbandoned = true }
    room.signal()
  }
}
