internal import Dispatch
internal import Foundation
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

  /// Has all pieces made on a second thread, and closes the queue behind them.
  ///
  /// - Parameter make: Makes the pieces in order; it may stop when `put` says that nobody takes them.
  func fill(
    _ make: @escaping @Sendable (_ put: ([UInt8]) -> Bool) throws(Failure) -> Void
  ) {
    Thread {
      do throws(Failure) {
        try make(self.put)
        self.close(nil)
      } catch {
        self.close(error)
      }
    }.start()
  }

  /// Hands over a piece, and waits for room before.
  ///
  /// - Returns: Whether anybody still takes pieces.
  private func put(_ piece: [UInt8]) -> Bool {
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
  private func close(_ failure: Failure?) {
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
