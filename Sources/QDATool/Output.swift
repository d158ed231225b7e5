internal import ArgumentParser
internal import Foundation
internal import QDA

/// The only place that writes to the terminal.
enum Output {
  /// Writes a line to standard output.
  static func line(_ text: String) {
    write(text + "\n", to: .standardOutput)
  }

  /// Writes bytes to standard output as they are.
  static func bytes(_ bytes: [UInt8]) {
    try? FileHandle.standardOutput.write(contentsOf: Data(bytes))
  }

  /// Writes a line to standard error.
  static func message(_ text: String) {
    write(text + "\n", to: .standardError)
  }

  /// Shows on a terminal how far a long piece of work is, in a line that goes away at the end.
  static func progress(_ what: String, _ done: Int, of all: Int) {
    guard all >= 20, isatty(STDERR_FILENO) == 1 else { return }
    write(
      done < all ? "\r\(what) \(done + 1) of \(all) …" : "\r\u{1B}[K", to: .standardError)
  }

  /// Shows on a terminal that work of unknown length goes on, and for how long, from its second second.
  static func working<Result>(_ what: String, _ body: () throws -> Result) rethrows -> Result {
    guard isatty(STDERR_FILENO) == 1 else { return try body() }
    let began = ContinuousClock.now
    let timer = DispatchSource.makeTimerSource(queue: .global())
    let erase = DispatchSemaphore(value: 0)
    timer.setEventHandler {
      let seconds = began.duration(to: .now).components.seconds
      write("\r\(what), \(seconds) s …", to: .standardError)
    }
    // The line goes when no handler can write it again.
    timer.setCancelHandler {
      write("\r\u{1B}[K", to: .standardError)
      erase.signal()
    }
    timer.schedule(deadline: .now() + 1, repeating: 1)
    timer.resume()
    defer {
      timer.cancel()
      erase.wait()
    }
    return try body()
  }

  /// Writes a value as JSON with sorted keys.
  static func json(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    line(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  private static func write(_ text: String, to handle: FileHandle) {
    // A reader that has gone away, as in `qda check … | head`, is no error.
    try? handle.write(contentsOf: Data(text.utf8))
  }
}

/// The files that a command wrote, as JSON.
struct FileList: Encodable {
  var schema = "qda.files/1"
  var files: [String]
}

/// An error that ends the program with its own exit code.
enum Failure: Error, CustomStringConvertible {
  /// The input cannot be read.
  case unreadable(String)
  /// A file cannot be written.
  case unwritable(String)
  /// What was asked for makes no sense.
  case usage(String)

  var description: String {
    switch self {
    case .unreadable(let message), .unwritable(let message), .usage(let message): message
    }
  }

  /// Prints the message and gives the exit code of the design: 3 unreadable, 1 otherwise.
  var exitCode: ExitCode {
    switch self {
    case .unreadable: ExitCode(3)
    case .unwritable: .failure
    case .usage: .validationFailure
    }
  }
}
