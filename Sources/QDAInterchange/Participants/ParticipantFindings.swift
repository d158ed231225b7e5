internal import QDACore

/// The wording of what can be the matter with participants, the same for every reader.
enum ParticipantFindings {
  static func unreadable(_ id: WrittenText) -> Diagnostic {
    Diagnostic(
      "participant.id-unreadable", .warning, at: id.place,
      "the row has no id that can be read", raw: id.text, line: id.line,
      explanation: "An id is a number, as a rule after a letter; the row was left out.",
      solutions: ["write the participant's number in the first column"])
  }

  static func duplicate(
    _ label: ParticipantLabel, _ row: ParticipantRow, first: ParticipantRow
  ) -> Diagnostic {
    var copy = row
    copy.id = first.id
    let same = Self.values(copy) == Self.values(first)
    return Diagnostic(
      "participant.duplicate", .warning, at: row.id.place,
      "\(label) has a second row", raw: row.id.text, line: row.id.line,
      explanation: "The first row was used and this one left out.",
      notes: [
        "the first row is on line \(first.id.lineNumber)"
          + (same ? " and says the same" : " and says something else")
      ],
      solutions: ["remove one of the rows or correct its id"])
  }

  private static func values(_ row: ParticipantRow) -> [String] {
    [row.organisationAndRoles, row.organisation, row.roles, row.gender, row.age].map {
      $0?.text.comparisonKey ?? ""
    } + row.others.map(\.value.comparisonKey)
  }

  /// One finding for each run of numbers that no row has.
  ///
  /// Numbering begins with 1, unless even the smallest number is greater than the number of rows.
  static func gaps(in participants: [Participant]) -> [Diagnostic] {
    var prefixes: [String] = []
    for participant in participants where !prefixes.contains(participant.label.prefix) {
      prefixes.append(participant.label.prefix)
    }
    return prefixes.flatMap { prefix -> [Diagnostic] in
      let mine = participants.filter { $0.label.prefix == prefix }
        .sorted { $0.label.number < $1.label.number }
      guard let first = mine.first else { return [] }
      var next = first.label.number <= mine.count ? 1 : first.label.number
      var findings: [Diagnostic] = []
      for participant in mine {
        let number = participant.label.number
        if number > next { findings.append(gap(prefix, next, number - 1, before: participant)) }
        next = number + 1
      }
      return findings
    }
  }

  private static func gap(
    _ prefix: String, _ first: Int, _ last: Int, before participant: Participant
  ) -> Diagnostic {
    let missing = first == last ? "\(prefix)\(first)" : "\(prefix)\(first) to \(prefix)\(last)"
    return Diagnostic(
      "participant.numbering-gap", .warning, at: participant.id.place,
      "no row has \(missing)", raw: participant.id.text, line: participant.id.line,
      notes: ["\(participant.label) is the next that has a row"],
      solutions: ["add the row, or say in the study why the number is not used"])
  }

  static func reversed(_ cell: WrittenText) -> Diagnostic {
    Diagnostic(
      "participant.age-band-reversed", .warning, at: cell.place,
      "the age band '\(cell.text)' ends before it begins", raw: cell.text, line: cell.line,
      explanation: "What was meant is not guessed: the value is kept as written, marked invalid, "
        + "and left out of tallies by age.",
      solutions: ["look up the age in the study's records and correct the cell"])
  }

  static func outsideVocabulary(_ cell: WrittenText, _ bands: [AgeBand]) -> Diagnostic {
    let list = bands.map(\.description).joined(separator: ", ")
    return Diagnostic(
      "participant.age-band-outside-vocabulary", .warning, at: cell.place,
      "'\(cell.text)' is not one of the study's age bands", raw: cell.text, line: cell.line,
      notes: bands.isEmpty ? [] : ["the bands are \(list)"],
      solutions: ["correct the cell, or give the list of bands that the study uses"])
  }

  static func roleUndefined(_ name: String, _ cells: [WrittenText]) -> Diagnostic {
    let first = cells.first ?? WrittenText("")
    return Diagnostic(
      "participant.role-undefined", .warning, at: first.place,
      "no footnote says what the role '\(name)' means", raw: first.text, line: first.line,
      notes: others(cells),
      solutions: ["add a footnote that defines '\(name)', or correct the cell"],
      count: cells.count)
  }

  static func markerMissing(
    _ name: String, _ marker: String, _ cell: WrittenText, _ note: Footnote
  ) -> Diagnostic {
    Diagnostic(
      "participant.footnote-marker-missing", .warning, at: cell.place,
      "the role '\(name)' lacks the mark '\(marker)' of its footnote", raw: cell.text,
      line: cell.line, notes: ["the footnote is on line \(note.written.lineNumber)"],
      solutions: ["write '\(name)\(marker)', or take the mark off the footnote"])
  }

  /// One finding for an id, however often it is used.
  static func unknown(
    _ label: ParticipantLabel, _ uses: [WrittenText]
  ) -> Diagnostic {
    let first = uses.first ?? WrittenText("")
    return Diagnostic(
      "participant.unknown", .warning, at: first.place,
      "no row of the participant table has '\(label)'", raw: first.text, line: first.line,
      explanation: "What is attributed to it is kept, but counts for no participant.",
      notes: others(uses), solutions: ["correct the id, or add the row"], count: uses.count)
  }

  static func others(_ uses: [WrittenText]) -> [String] {
    let lines = uses.dropFirst().map(\.lineNumber).filter { $0 > 0 }.map(String.init)
    return lines.isEmpty ? [] : ["also on line \(lines.joined(separator: ", "))"]
  }
}

/// Gathers the ids that are not written plainly, one note for each way of writing.
struct LabelVariantNotes {
  /// Where the ids stand, such as `the table`.
  let place: String
  private var groups: [[LabelVariant]: [(meaning: ParticipantLabel, written: WrittenText)]] = [:]
  private var order: [[LabelVariant]] = []

  init(place: String) { self.place = place }

  mutating func add(
    _ spelling: LabelSpelling, meaning label: ParticipantLabel, at written: WrittenText
  ) {
    guard !spelling.variants.isEmpty else { return }
    if groups[spelling.variants] == nil { order.append(spelling.variants) }
    groups[spelling.variants, default: []].append((label, written))
  }

  var diagnostics: [Diagnostic] {
    order.compactMap { variants in
      guard let uses = groups[variants], let first = uses.first else { return nil }
      let ways = variants.map(\.rawValue).joined(separator: " and ")
      return Diagnostic(
        "participant.id-variant", .note, at: first.written.place,
        "\(place) writes '\(first.written.text)' for \(first.meaning): \(ways)",
        raw: first.written.text, line: first.written.line,
        explanation: "Letters and number decide; case, brackets, spaces and leading zeros do not, "
          + "and a bare number means the only participant who has it.",
        count: uses.count)
    }
  }
}
