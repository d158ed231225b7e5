internal import ArgumentParser
internal import QDA

/// What a person knows of transcripts and the reader may find wrong: one option for each of
/// `TranscriptOptions`, under the name that it has in `study.yaml`.
struct TranscriptReadingOptions: ParsableArguments {
  @Option(help: "Labels of speakers, separated by commas.")
  var speakers: String?

  @Option(help: "Labels that are no speakers, separated by commas.")
  var notSpeakers: String?

  @Option(help: "Other labels of speakers, such as 'S1 = Ana; S2 = Ben'.")
  var aliases: String?

  @Option(help: "Labels of interviewers, separated by commas.")
  var interviewers: String?

  @Option(help: "Labels of participants, separated by commas.")
  var participants: String?

  @Option(help: "The format of a text, such as csv or plain-text.")
  var format: String?

  @Option(help: "How speakers are marked.")
  var layout: String?

  @Option(help: "The text's encoding.")
  var encoding: String?

  @Option(help: "Whether timestamps stand at the start or the end of what they time.")
  var timestamps: String?

  @Option(help: "What times count from: media, the start of the recording, or wall, the day.")
  var clock: String?

  @Option(help: "What digits of times count: decimal, milliseconds, frames or nvivo.")
  var timeNotation: String?

  @Option(help: "How many frames a second has, where times count frames as in InqScribe.")
  var framesPerSecond: String?

  @Option(help: "Whether lines were cut at a fixed width: yes or no.")
  var wrapped: String?

  @Option(help: "Whether lines or paragraphs begin with their number: yes or no.")
  var lineNumbers: String?

  @Option(help: "How many lines stand before the talk.")
  var headerLines: String?

  @Option(
    help: """
      What is left as words, separated by commas: header, furniture, headings, events, trailer, \
      inner-labels, aliases, spellings, repeats, joined-cues, notation.
      """)
  var ignore: String?

  @Option(help: "The columns of a table, such as 'speaker = Who; text = 3'.")
  var columns: String?

  @Option(help: "The sheet of a workbook.")
  var sheet: String?

  @Option(help: "Tiers that hold codes rather than speech, separated by commas.")
  var codeTiers: String?

  @Option(help: "Read tracked changes as final or original.")
  var trackedChanges: String?

  /// The options that were given.
  func options() throws -> TranscriptOptions {
    let given: [(name: String, value: String?)] = [
      ("speakers", speakers), ("not-speakers", notSpeakers), ("aliases", aliases),
      ("interviewers", interviewers), ("participants", participants), ("format", format),
      ("layout", layout), ("encoding", encoding), ("timestamps", timestamps), ("clock", clock),
      ("time-notation", timeNotation), ("frames-per-second", framesPerSecond),
      ("wrapped", wrapped), ("line-numbers", lineNumbers), ("header-lines", headerLines),
      ("ignore", ignore), ("columns", columns), ("sheet", sheet), ("code-tiers", codeTiers),
      ("tracked-changes", trackedChanges),
    ]
    do {
      return try TranscriptOptions(given.compactMap { pair in pair.value.map { (pair.name, $0) } })
    } catch {
      throw ValidationError(error.description)
    }
  }
}
