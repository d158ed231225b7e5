public import QDA

/// An option of the transcript readers, with a file of which the turns are others because of it.
///
/// The three ways to give an option (the call, the command line, `study.yaml`) go over the same cases.
public struct OverrideCase: Sendable, CustomStringConvertible {
  /// The option's name.
  public var option: String
  /// Its value as a string.
  public var value: String
  /// The file's name.
  public var file: String
  /// What is in the file.
  public var bytes: [UInt8]
  /// The turns without the option.
  public var unaided: [String]
  /// The turns with it.
  public var told: [String]

  /// The option as it is typed.
  public var description: String { "\(option): \(value)" }

  /// Turns as a person would note them down: who, in which role, when, and what is said.
  public static func turns(of source: Source, in text: Text) -> [String] {
    source.turns.map { turn in
      let speakers = turn.speakers.map { source.speakers[$0] }
      return line(
        speakers: speakers.map { ($0.label, $0.role) }, start: turn.start, end: turn.end,
        clock: turn.clock, words: source.words(of: turn, in: text))
    }
  }

  /// A turn as ``turns(of:in:)`` has it.
  public static func line(
    speakers: [(label: String, role: SpeakerRole)], start: Int?, end: Int?, clock: Turn.Clock,
    words: String
  ) -> String {
    let who = speakers.map { speaker in
      speaker.role == .unknown ? speaker.label : "\(speaker.label) (\(speaker.role.rawValue))"
    }
    var line = who.isEmpty ? "?" : who.joined(separator: " + ")
    if start != nil || end != nil {
      let times = [start, end].map { $0.map(String.init) ?? "" }
      line += " [\(times[0])-\(times[1])\(clock == .wall ? " wall" : "")]"
    }
    return line + ": " + words.replacing("\n", with: "\\n")
  }

  private init(
    _ option: String, _ value: String, _ text: String, file: String = "a.txt",
    unaided: [String], told: [String]
  ) {
    self.init(option, value, Array(text.utf8), file: file, unaided: unaided, told: told)
  }

  private init(
    _ option: String, _ value: String, _ bytes: [UInt8], file: String, unaided: [String],
    told: [String]
  ) {
    self.option = option
    self.value = value
    self.file = file
    self.bytes = bytes
    self.unaided = unaided
    self.told = told
  }

  private init(
    _ option: String, _ value: String, fixture path: String, unaided: [String], told: [String]
  ) {
    // A fixture that cannot be read fails the test by its turns.
    let bytes = (try? QDATestSupport.bytes(of: fixture("Transcripts/" + path))) ?? []
    self.init(
      option, value, bytes, file: String(path.split(separator: "/").last ?? ""), unaided: unaided,
      told: told)
  }

  private static let plain = "Ana: How?\nTom: So.\nAna: Why?\nTom: Oh.\n"
  private static let plainTurns = ["Ana: How?", "Tom: So.", "Ana: Why?", "Tom: Oh."]

  /// A case for each option, in the order of ``TranscriptOptions/names``.
  public static let all: [OverrideCase] = speakers + forms + structures + containers

  private static let speakers = [
    OverrideCase(
      "speakers", "Ada Quill", "I went home.\n\nAda Quill: It rained.\n",
      unaided: ["?: I went home.\\n\\nAda Quill: It rained."], told: ["Ada Quill: It rained."]),
    OverrideCase(
      "not-speakers", "Rule",
      "Ana: How?\nTom: So.\nRule: be kind.\nAna: Why?\nRule: ask.\nTom: Oh.\n",
      unaided: [
        "Ana: How?", "Tom: So.", "Rule: be kind.", "Ana: Why?", "Rule: ask.", "Tom: Oh.",
      ],
      told: ["Ana: How?", "Tom: So.\\nRule: be kind.", "Ana: Why?\\nRule: ask.", "Tom: Oh."]),
    OverrideCase(
      "aliases", "Ana = Dr Ruiz", plain, unaided: plainTurns,
      told: ["Dr Ruiz: How?", "Tom: So.", "Dr Ruiz: Why?", "Tom: Oh."]),
    OverrideCase(
      "interviewers", "Ana", plain, unaided: plainTurns,
      told: [
        "Ana (interviewer): How?", "Tom (participant): So.", "Ana (interviewer): Why?",
        "Tom (participant): Oh.",
      ]),
    OverrideCase(
      "participants", "Tom", plain, unaided: plainTurns,
      told: [
        "Ana (interviewer): How?", "Tom (participant): So.", "Ana (interviewer): Why?",
        "Tom (participant): Oh.",
      ]),
  ]

  private static let forms = [
    OverrideCase(
      "format", "csv", "speaker,text\nAna,How?\nTom,So.\n",
      unaided: ["?: speaker,text\\nAna,How?\\nTom,So."], told: ["Ana: How?", "Tom: So."]),
    OverrideCase(
      "layout", "none", plain, unaided: plainTurns,
      told: ["?: Ana: How?\\nTom: So.\\nAna: Why?\\nTom: Oh."]),
    OverrideCase(
      "encoding", "iso-8859-2",
      Array("Ana: Ho?\nTom: \u{1}a.\nAna: Wy?\nTom: Oh.\n".utf8)
        .map { $0 == 1 ? 0xB1 : $0 }, file: "a.txt",
      unaided: ["Ana: Ho?", "Tom: ±a.", "Ana: Wy?", "Tom: Oh."],
      told: ["Ana: Ho?", "Tom: ąa.", "Ana: Wy?", "Tom: Oh."]),
    OverrideCase(
      "timestamps", "end", "Ana: How? [00:00:05]\nTom: So.\nAna: Oh. [00:00:12]\n",
      unaided: ["Ana: How?", "Tom: So.", "Ana: Oh."],
      told: ["Ana [0-5000]: How?", "Tom [5000-]: So.", "Ana [-12000]: Oh."]),
    OverrideCase(
      "clock", "wall", "[01:00:05] Ana: How?\n[01:00:09] Tom: So.\n[01:00:12] Ana: Oh.\n",
      unaided: ["Ana [3605000-]: How?", "Tom [3609000-]: So.", "Ana [3612000-]: Oh."],
      told: [
        "Ana [3605000- wall]: How?", "Tom [3609000- wall]: So.", "Ana [3612000- wall]: Oh.",
      ]),
    OverrideCase(
      "time-notation", "milliseconds",
      "[00:05.9] Ana: How?\n[00:09.5] Tom: So.\n[00:11.5] Ana: Oh.\n",
      unaided: ["Ana [5900-]: How?", "Tom [9500-]: So.", "Ana [11500-]: Oh."],
      told: ["Ana [5009-]: How?", "Tom [9005-]: So.", "Ana [11005-]: Oh."]),
    OverrideCase(
      "frames-per-second", "25",
      "[00:00:05.05] Ana: How?\n[00:00:09.20] Tom: So.\n[00:00:11.10] Ana: Oh.\n",
      unaided: ["Ana [5050-]: How?", "Tom [9200-]: So.", "Ana [11100-]: Oh."],
      told: ["Ana [5200-]: How?", "Tom [9800-]: So.", "Ana [11400-]: Oh."]),
  ]

  private static let structures = [
    OverrideCase(
      "wrapped", "yes",
      "Ana: How did it go for everybody who had been there for\nTom: the one who fell?\nTom: So.\n"
        + "Ana: Why?\nTom: Oh.\n",
      unaided: [
        "Ana: How did it go for everybody who had been there for", "Tom: the one who fell?",
        "Tom: So.", "Ana: Why?", "Tom: Oh.",
      ],
      told: [
        "Ana: How did it go for everybody who had been there for\\nTom: the one who fell?",
        "Tom: So.", "Ana: Why?", "Tom: Oh.",
      ]),
    OverrideCase(
      "line-numbers", "no", "1 Ana: How?\n2 Tom: So.\n3 Ana: Why?\n4 Tom: Oh.\n",
      unaided: plainTurns, told: ["?: 1 Ana: How?\\n2 Tom: So.\\n3 Ana: Why?\\n4 Tom: Oh."]),
    OverrideCase(
      "header-lines", "2", "Ana: present\nTom: present\n\n" + plain,
      unaided: ["Ana: present", "Tom: present"] + plainTurns, told: plainTurns),
    OverrideCase(
      "ignore", "trailer", plain + "End of interview\n", unaided: plainTurns,
      told: ["Ana: How?", "Tom: So.", "Ana: Why?", "Tom: Oh.\\nEnd of interview"]),
  ]

  private static let containers = [
    OverrideCase(
      "columns", "speaker = Typed by; text = Said",
      "Speaker,Typed by,Text,Said\nX,Ana,-,How?\nX,Tom,-,So.\n",
      file: "a.csv", unaided: ["X: -", "X: -"], told: ["Ana: How?", "Tom: So."]),
    OverrideCase(
      "sheet", "Notes", fixture: "xlsx-turns/input.xlsx",
      unaided: [
        "Ana [1000-]: Can we start?", "Ben [4000-]: Yes.\\nI came.\\nAlone.",
        "Ana [9000-]: Good.",
      ],
      told: ["?: made by hand"]),
    OverrideCase(
      "code-tiers", "Interviewer", fixture: "elan-tiers/input.eaf",
      unaided: [
        "Interviewer (interviewer) [1000-2000]: How was it?",
        "Interviewer (interviewer) [2000-3000]: Go on.",
        "Rowan (participant) [3500-9000]: They rang & I went,\\nthen I waited.",
        "Interviewer (interviewer) [4000-4200]: Mhm.", "Rowan (participant) [9500-9900]: And so.",
      ],
      told: [
        "Rowan [3500-9000]: They rang & I went,\\nthen I waited.", "Rowan [9500-9900]: And so.",
      ]),
    OverrideCase(
      "tracked-changes", "original", fixture: "word-body/input.docx",
      unaided: tracked("Since when?", "Since May."), told: tracked("From when?", "Since \\nMay.")),
  ]

  private static func tracked(_ question: String, _ answer: String) -> [String] {
    [
      "P5 (participant): It is our hall, really.",
      "Interviewer (interviewer): Whose\\nhall\tis it?", "P5 (participant): Ours, co‑owned.",
      "Interviewer (interviewer): \(question)", "P5 (participant): \(answer)",
    ]
  }
}
