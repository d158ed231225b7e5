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
    var timings = Timings()
    func phase(_ name: String, _ file: String, _ body: () throws -> Void) rethrows {
      if only == nil || only == name { try timings.time("\(name) \(file)", body) }
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
          try timings.time("open \(file)") {
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
          try timings.time("write \(name) of \(file)") {
            _ = try ProjectWriter(
              project, as: name.hasSuffix("x") ? .qdpx : .qde,
              options: ProjectWritingOptions(sidecar: .none))?.write(to: path)
          }
        }
      }
      for command in commands { try timings.run(command) }
    }
    timings.print()
  }
}
