internal import ArgumentParser
internal import Foundation
internal import QDA

/// Writes a report folder.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a study's report as HTML, Markdown, Word, CSV, JSON and diagrams.",
    discussion: "The page index.html needs no network and no other file.")

  @OptionGroup var options: InputOptions

  @Option(name: .shortAndLong, help: "The folder to write; files of the same names are replaced.")
  var output: String

  @Flag(
    help: "Withhold quotes, attributes and categories of one person in every file of the report.")
  var redact = false

  mutating func run() throws {
    let options = options
    let output = output
    let redact = redact
    try exiting(json: options.json) {
      if FileManager.default.fileExists(atPath: output + "/study.yaml") {
        throw Failure.unwritable(
          "\(output): error: this is a study folder, whose files a report would replace; name another"
        )
      }
      let study = try options.openStudy()
      let full = StudyReport(study.project, diagnostics: study.diagnostics, label: study.label)
      let report = redact ? try full.redacted() : full
      var files = try report.files()
      for (position, file) in files.enumerated() {
        Output.progress("\(output): writing file", position, of: files.count)
        try Self.write(file, into: output)
      }
      Output.progress(output, files.count, of: files.count)
      try WordWriter.write(report.manuscript(), to: output + "/report.docx")
      files.append(ReportFile(path: "report.docx", bytes: []))
      if options.json {
        try Output.json(FileList(files: files.map(\.path)))
      } else {
        Output.line("\(output): \(files.count) files; open \(output)/index.html")
        Output.message(summary(of: study.diagnostics))
      }
      try conclude(study.diagnostics, strict: options.strict)
    }
  }

  static func write(_ file: ReportFile, into folder: String) throws {
    let url = URL(filePath: folder).appending(path: file.path)
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.bytes).write(to: url, options: .atomic)
    } catch {
      throw Failure.unwritable(
        "\(url.path): error: cannot be written: \(error.localizedDescription)")
    }
  }
}
