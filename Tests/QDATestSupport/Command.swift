import Foundation

/// What a program did.
public struct CommandResult: Sendable {
  /// The exit code.
  public var status: Int32
  /// Standard output.
  public var output: String
  /// Standard error.
  public var errors: String
}

/// The folder in which the build put the tests and the programs.
public let productsFolder: String = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
  .deletingLastPathComponent().path

/// Runs the command `qda` that was built with the tests, in the package's folder.
public func qda(_ arguments: String..., input: String? = nil) throws -> CommandResult {
  try run([productsFolder + "/qda"] + arguments, input: input)
}

/// Runs a program in the package's folder.
public func run(_ command: [String], input: String? = nil) throws -> CommandResult {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = command
  process.currentDirectoryURL = URL(filePath: packageFolder)
  // Files rather than pipes: a program that writes much to both would wait for ever for a reader.
  let folder = FileManager.default.temporaryDirectory.appending(
    path: "qda-run-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let output = folder.appending(path: "output")
  let errors = folder.appending(path: "errors")
  let given = folder.appending(path: "input")
  for (file, text) in [(output, ""), (errors, ""), (given, input ?? "")] {
    try Data(text.utf8).write(to: file)
  }
  process.standardOutput = try FileHandle(forWritingTo: output)
  process.standardError = try FileHandle(forWritingTo: errors)
  process.standardInput = try FileHandle(forReadingFrom: given)
  try process.run()
  process.waitUntilExit()
  return CommandResult(
    status: process.terminationStatus,
    output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
    errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
}

/// Whether a program is on the path.
public func isInstalled(_ program: String) -> Bool {
  (try? run(["which", program]))?.status == 0
}
