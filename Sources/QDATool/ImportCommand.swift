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

  @Option(help: "Labels of speakers, separated by commas.")
  var speakers: String?

  @Option(help: "Labels of interviewers, separated by commas.")
  var interviewers: String?

  @Option(help: "Labels of participants, separated by commas.")
  var participants: String?

  @Option(help: "How speakers are marked, where the reader guesses wrongly.")
  var layout: String?

  @Option(help: "The text's encoding, where the reader guesses wrongly.")
  var encoding: String?

  @Option(help: "Whether timestamps stand at the start or the end of what they time.")
  var timestamps: String?

  @Option(help: "What times count from: media, the start of the recording, or wall, the day.")
  var clock: String?

  @Option(help: "What digits of times count: decimal, milliseconds, frames or nvivo.")
  var timeNotation: String?

  @Option(help: "Tiers that hold codes rather than speech, separated by commas.")
  var codeTiers: String?

  @Option(help: "How many frames a second has, where times count frames as in InqScribe.")
  var framesPerSecond: String?

  @Option(help: "Read tracked changes as final or original.")
  var trackedChanges: String?

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
      options, reading: try transcriptOptions(), listsTurns: turns)
    if options.json {
      try Output.json(listing)
    } else {
      Output.line(listing.table)
      for remark in listing.remarks { Output.line(remark) }
      for diagnostic in listing.diagnostics { Output.message(diagnostic.description) }
    }
    for failure in listing.failures { Output.message(failure.description) }
    if !listing.failures.isEmpty { throw ExitCode(3) }
    try conclude(listing.diagnostics, strict: options.strict)
  }

  private func transcriptOptions() throws -> TranscriptOptions {
    let given: [(name: String, value: String?)] = [
      ("speakers", speakers), ("interviewers", interviewers), ("participants", participants),
      ("layout", layout), ("encoding", encoding), ("timestamps", timestamps),
      ("clock", clock), ("time-notation", timeNotation), ("code-tiers", codeTiers),
      ("frames-per-second", framesPerSecond),
      ("tracked-changes", trackedChanges),
    ]
    do {
      return try TranscriptOptions(given.compactMap { pair in pair.value.map { (pair.name, $0) } })
    } catch {
      throw ValidationError(error.description)
    }
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
