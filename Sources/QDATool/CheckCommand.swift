internal import ArgumentParser
internal import Foundation
internal import QDA

/// Lists what is wrong, doubtful or missing in a study.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "List what is wrong, doubtful or missing in a study.",
    discussion: """
      Each finding has a file, a line, a column and what to do next; its identifier in brackets has a \
      page in Documentation/Diagnostics.
      """)

  @OptionGroup var options: InputOptions

  @Flag(
    help: "Write what was found out into a study folder: positions, surroundings and digests.")
  var fix = false

  @Flag(
    help: "Print the size of a project in figures instead of findings; with --json in one line.")
  var figures = false

  func validate() throws {
    if fix, options.resolvedFormat != .studyFolder {
      throw ValidationError("--fix goes with a study folder.")
    }
  }

  mutating func run() throws {
    let options = options
    let fix = fix
    if figures { return try exiting(json: options.json) { try Self.printFigures(of: options) } }
    try exiting(json: options.json) {
      if options.format == nil, options.resolvedFormat == .transcript,
        TranscriptListing.isFolder(options.input)
      {
        try TranscriptListing.checkReadable(options.input)
        throw Failure.unreadable(
          "\(options.input): error: there is no study.yaml in it; name a study folder, "
            + "or say --as transcript for a folder of transcripts")
      }
      if fix {
        let reading = try options.readFolder()
        if reading.diagnostics.contains(where: { $0.id == "study.format-unknown" }) {
          throw Failure.unwritable(
            "\(options.input): error: the study has a format that this version cannot write")
        }
        var folder = reading.value.filled()
        for file in try folder.write(to: options.input) {
          Output.message("\(options.input)/\(file): written")
        }
      }
      let diagnostics =
        options.resolvedFormat == .transcript
        ? try TranscriptListing(options).diagnostics : try options.openStudy().diagnostics
      if options.json {
        try Output.json(FindingList(diagnostics: diagnostics))
      } else {
        for diagnostic in diagnostics { Output.line(diagnostic.description) }
        Output.message(summary(of: diagnostics))
      }
      try conclude(diagnostics, strict: options.strict)
    }
  }
}

extension CheckCommand {
  private static func printFigures(of options: InputOptions) throws {
    let figures: ProjectFigures
    do {
      if case .project = options.resolvedFormat {
        figures = try ProjectReader.figures(
          contentsOf: options.input, options: options.foreign.readingOptions())
      } else {
        figures = try ProjectFigures(of: options.openStudy().project)
      }
    } catch let error as TextUnavailable {
      throw Failure.unreadable("\(options.input): error: \(error)")
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = options.json ? .sortedKeys : [.prettyPrinted, .sortedKeys]
    Output.line(String(decoding: try encoder.encode(figures), as: UTF8.self))
  }
}

/// Findings as JSON.
struct FindingList: Encodable {
  var schema = "qda.findings/1"
  var diagnostics: [Diagnostic]
}
