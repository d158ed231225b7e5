internal import Foundation

#if canImport(Glibc)
  internal import Glibc
#endif

/// Runs a program with the bytes of a file as its input: the only file that starts programs.
///
/// There is no shell, the program inherits no open file but its three, and it is ended when it takes
/// too long or writes too much.
enum ChildProcess {
  /// How a program ended.
  enum Outcome {
    case ended(status: Int32, output: [UInt8])
    case tookTooLong
    case wroteTooMuch
  }

  /// The path of a program that is where programs are looked for.
  static func find(_ program: String) -> String? {
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    return folders.split(separator: ":").map { "\($0)/\(program)" }
      .first { $0.hasPrefix("/") && FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Runs a program until it ends.
  ///
  /// - Parameter name: The name of the file whose bytes these are, for messages.
  static func run(
    _ program: String, _ arguments: [String], input: [UInt8], name: String, time: Duration,
    outputSize: Int
  ) throws(ReadingError) -> Outcome {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let output = Pipe()
    do {
      process.standardInput = try unnamedFile(input)
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
    } catch {
      throw .unreadable(file: name, reason: "\(program) cannot be started")
    }
    try? output.fileHandleForWriting.close()
    let descriptor = output.fileHandleForReading.fileDescriptor
    let end = ContinuousClock().now + time
    var bytes: [UInt8] = []
    while true {
      guard waits(for: descriptor, until: end) else {
        stop(process)
        return .tookTooLong
      }
      let piece = output.fileHandleForReading.availableData
      if piece.isEmpty { break }
      bytes += piece
      if bytes.count > outputSize {
        stop(process)
        return .wroteTooMuch
      }
    }
    process.waitUntilExit()
    return .ended(status: process.terminationStatus, output: bytes)
  }

  // A file without a name holds the input, so that nothing of it stays behind.
  private static func unnamedFile(_ bytes: [UInt8]) throws -> FileHandle {
    let url = FileManager.default.temporaryDirectory.appending(path: "qda-\(UUID().uuidString)")
    let isMade = FileManager.default.createFile(
      atPath: url.path, contents: nil, attributes: [.posixPermissions: 0o600])
    guard isMade else { throw CocoaError(.fileWriteUnknown) }
    let file = try FileHandle(forUpdating: url)
    try FileManager.default.removeItem(at: url)
    try file.write(contentsOf: Data(bytes))
    try file.seek(toOffset: 0)
    return file
  }

  // Whether there is something to read before the time is over.
  private static func waits(
    for descriptor: Int32, until end: ContinuousClock.Instant
  ) -> Bool {
    let clock = ContinuousClock()
    while true {
      let left = clock.now.duration(to: end).components
      guard left.seconds >= 0, left.attoseconds >= 0 else { return false }
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1
      let count = unsafe poll(&request, 1, Int32(clamping: milliseconds))
      // A signal that arrives meanwhile is no answer.
      if count > 0 { return true }
      if count == 0 || errno != EINTR { return false }
    }
  }

  private static func stop(_ process: Process) {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
