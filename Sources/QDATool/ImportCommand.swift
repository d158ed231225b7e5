internal import ArgumentParser
internal import QDA

/// Shows what is in transcripts or in a published study.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Show what is in transcripts or in a published study.",
    discussion: """
      A folder of transcripts, with its subfolders, gives a table of files with their format, \
      layout, turns, speakers and doubts. With --as published-study, a report as text gives its participants, quotations, \
      elements and findings.
      """)

  @OptionGroup var options: InputOptions

  @OptionGroup(title: "Where the reader finds something wrong")
  var reading: TranscriptReadingOptions

  @Flag(help: "With --json, list every turn with its speakers, times and words.")
  var turns = false

  mutating func run() throws {
    let command = self
    try exiting(json: command.options.json) {
      switch command.options.resolvedFormat {
      case .publishedStudy: try command.showPublishedStudy()
      case .transcript: try command.showTranscripts()
      case .project:
        throw Failure.unreadable(
          "\(command.options.input): error: this is a project of another tool; use: qda check or qda convert"
        )
      case .studyFolder:
        throw Failure.unreadable(
          "\(command.options.input): error: this is a study folder already; use: qda check "
            + command.options.input)
      }
    }
  }

  private func showTranscripts() throws {
    let listing = try TranscriptListing(
      options, reading: try reading.options(), listsTurns: turns)
    if options.json {
      try Output.json(listing)
    } else {
      Output.line(listing.table)
      for remark in listing.remarks { Output.line(remark.escapingControls) }
      for diagnostic in listing.diagnostics { Output.message(diagnostic.description) }
    }
    for failure in listing.failures { Output.message(failure.description.escapingControls) }
    if !listing.failures.isEmpty { throw ExitCode(3) }
    try conclude(listing.diagnostics, strict: options.strict)
  }

  private func showPublishedStudy() throws {
    let reading = try options.readPublishedStudy()
    if options.json {
      try Output.json(reading.value.document(diagnostics: reading.diagnostics))
    } else {
      Output.line(reading.value.overview)
      for diagnostic in reading.diagnostics { Output.message(diagnostic.description) }
    }
    try conclude(reading.diagnostics, strict: options.strict)
  }
}
