internal import ArgumentParser
internal import Foundation

/// Runs a Swift script that imports QDA, finding the library's flags itself.
struct ScriptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "script",
    abstract: "Run a Swift script that says `import QDA`.",
    discussion: "The flags for the compiler are found beside this program.")

  @Argument(help: "The script.", completion: .file(extensions: ["swift"]))
  var file: String

  @Argument(parsing: .captureForPassthrough, help: "What the script is given as its arguments.")
  var arguments: [String] = []

  @Flag(help: "Print the command instead of running it.")
  var printCommand = false

  mutating func run() throws {
    guard FileManager.default.fileExists(atPath: file) else {
      throw Failure.unreadable("\(file): error: there is no such script")
    }
    let command = try Self.command(for: file) + arguments
    if printCommand {
      Output.line(command.joined(separator: " "))
      return
    }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    try process.run()
    process.waitUntilExit()
    if process.terminationStatus != 0 { throw ExitCode(process.terminationStatus) }
  }

  /// The compiler's command line up to and including the script.
  static func command(for file: String) throws -> [String] {
    let folder = programFolder
    let library = folder.appending(path: "libQDAScripting.so").path
    guard FileManager.default.fileExists(atPath: library) else {
      throw Failure.unreadable(
        "qda script: error: '\(library)' is not there; run: swift build --product QDAScripting")
    }
    return ["swift", "-swift-version", "6"] + moduleMaps(around: folder) + [
      "-I", folder.appending(path: "Modules").path, "-L", folder.path, "-lQDAScripting", file,
    ]
  }

  /// The modules of C libraries, which the compiler must see although no script names them.
  private static func moduleMaps(around folder: URL) -> [String] {
    var flags = ["-Xcc", "-I/usr/include/libxml2"]
    var ancestor = folder
    while ancestor.path != "/" {
      for map in [
        "Sources/CLibXML2/module.modulemap", "Sources/CLibZip/module.modulemap",
        "Sources/CSQLite/module.modulemap", "Sources/CLibXLSXWriter/module.modulemap",
        "checkouts/Yams/Sources/CYaml/include/module.modulemap",
      ] {
        let path = ancestor.appending(path: map).path
        if FileManager.default.fileExists(atPath: path) {
          flags += ["-Xcc", "-fmodule-map-file=\(path)"]
        }
      }
      ancestor = ancestor.deletingLastPathComponent()
    }
    return flags
  }

  private static var programFolder: URL {
    let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    let program = own.path.hasPrefix("/proc") ? URL(filePath: CommandLine.arguments[0]) : own
    return program.resolvingSymlinksInPath().deletingLastPathComponent()
  }
}
