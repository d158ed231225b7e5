import Foundation
import QDA
import QDAInterchange

/// How long it takes to go through a project's XML, to open it with its texts left until asked for,
/// to cut every passage, and to write it; beside other programs that do the same.
enum Projects {
  /// Prints medians of several rounds, in which each file and each command has its turn.
  ///
  /// `projects FILE… [--rounds N] [--only PHASE] [--beside COMMAND]…`; a command is run by the shell.
  static func run(_ arguments: [String]) throws {
    var files: [String] = []
    var commands: [String] = []
    var rounds = 5
    var only: String?
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--rounds": rounds = rest.popFirst().flatMap { Int($0) } ?? rounds
      case "--only": only = rest.popFirst()
      case "--beside": commands += rest.popFirst().map { [$0] } ?? []
      default: files.append(argument)
      }
    }
    var times: [(what: String, seconds: [Double])] = []
    func note(_ what: String, _ body: () throws -> Void) rethrows {
      let time = try ContinuousClock().measure(body)
      let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
      if let known = times.firstIndex(where: { $0.what == what }) {
        times[known].seconds.append(seconds)
      } else {
        times.append((what, [seconds]))
      }
    }
    func phase(_ name: String, _ file: String, _ body: () throws -> Void) rethrows {
      if only == nil || only == name { try note("\(name) \(file)", body) }
    }
    for _ in 0..<max(1, rounds) {
      for file in files {
        if file.hasSuffix(".qde") {
          try phase("through", file) { _ = try XMLTraversal.elementCount(contentsOf: file) }
        }
        var options = ProjectReadingOptions()
        options.readsTexts = false
        var opened: Project?
        if only != "through" {
          try note("open \(file)") {
            opened = try ProjectReader.read(contentsOf: file, options: options).value
          }
        }
        guard let project = opened else { continue }
        try phase("texts", file) { _ = try ProjectFigures(of: project) }
        for name in ["project.qde", "project.qdpx"] where only == nil || only == "write" {
          let folder = FileManager.default.temporaryDirectory.appending(
            path: "qda-benchmark-\(ProcessInfo.processInfo.processIdentifier)")
          try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
          defer { try? FileManager.default.removeItem(at: folder) }
          let path = folder.appending(path: name).path
          try note("write \(name) of \(file)") {
            _ = try ProjectWriter(
              project, as: name.hasSuffix("x") ? .qdpx : .qde,
              options: ProjectWritingOptions(sidecar: .none))?.write(to: path)
          }
        }
      }
      for command in commands { try note(command) { try shell(command) } }
    }
    for (what, seconds) in times {
      let sorted = seconds.sorted()
      let median = sorted[sorted.count / 2]
      print(
        String(format: "%8.3f s [%.3f–%.3f] ", median, sorted[0], sorted[sorted.count - 1]) + what)
    }
    print("\(Memory.resident() >> 20) MiB resident")
  }

  private static func shell(_ command: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
  }
}
