internal import Dispatch
internal import Foundation
internal import Synchronization

/// A value that another thread makes while this one goes on, where making it takes a while.
final class Ahead<Value: Sendable>: Sendable {
  private let made = Mutex<Value?>(nil)
  private let isMade = DispatchSemaphore(value: 0)

  /// Begins to make a value out of so many bytes; out of few it is made before this returns.
  init(outOf bytes: Int, _ make: @escaping @Sendable () -> Value) {
    guard bytes >= 1 << 20 else {
      made.withLock { $0 = make() }
      isMade.signal()
      return
    }
    // Not on Dispatch's threads: all of those may wait for one of these.
    Thread {
      let value = make()
      self.made.withLock { $0 = value }
      self.isMade.signal()
    }.start()
  }

  /// The value; it waits until it is made.
  var value: Value {
    isMade.wait()
    defer { isMade.signal() }
    return made.withLock { value in
      guard let value else { preconditionFailure("nothing signals before the value is there") }
      return value
    }
  }
}
