internal import Dispatch
internal import Synchronization

/// Pieces between two threads, few enough to stay in the cache.
final class PieceQueue<Failure: Error>: Sendable {
  private struct State {
    var pieces: [[UInt8]] = []
    var failure: Failure?
    var isAbandoned = false
  }

  private let state = Mutex(State())
  private let room = DispatchSemaphore(value: 4)
  private let filled = DispatchSemaphore(value: 0)

  /// Hands over a piece, and waits for room before.
  ///
  /// - Returns: Whether anybody still takes pieces.
  func put(_ piece: [UInt8]) -> Bool {
    room.wait()
    let isAbandoned = state.withLock { state in
      if !state.isAbandoned { state.pieces.append(piece) }
      return state.isAbandoned
    }
    if isAbandoned {
      // Who puts again must not wait either.
      room.signal()
    } else {
      filled.signal()
    }
    return !isAbandoned
  }

  /// Says that no piece follows, and what stopped them if anything did.
  func close(_ failure: Failure?) {
    state.withLock { $0.failure = failure }
    filled.signal()
  }

  /// The next piece, or `nil` behind the last; it waits for one.
  func take() throws(Failure) -> [UInt8]? {
    filled.wait()
    let (piece, failure) = state.withLock { state -> ([UInt8]?, Failure?) in
      state.pieces.isEmpty ? (nil, state.failure) : (state.pieces.removeFirst(), nil)
    }
    if let failure { throw failure }
    room.signal()
    return piece
  }

  /// Says that nobody takes pieces any more.
  func abandon() {
    state.withLock { $0.isAbandoned = true }
    room.signal()
  }
}
