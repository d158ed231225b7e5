/// In which cases each configuration holds and in which it does not.
struct PatternsView {
  let isEmpty: Bool
  let units: [PatternUnitView]

  init(_ context: PageContext) {
    units = context.report.patterns.enumerated().map {
      PatternUnitView($1, number: $0 + 1, context)
    }
    isEmpty = units.isEmpty
  }
}

/// The patterns over the cases of one unit.
struct PatternUnitView {
  let heading: String
  let cases: [PatternCaseView]
  let hasMembers: Bool
  let unplaced: String
  let hasUnplaced: Bool
  let rows: [PatternView]

  init(_ table: StudyReport.PatternTable, number: Int, _ context: PageContext) {
    heading = "By \(table.unit)"
    cases = table.cases.map { one in
      PatternCaseView(
        name: one.name, members: one.members.map { context.index.name($0) }.joined(separator: ", "))
    }
    hasMembers = table.cases.contains { !$0.members.isEmpty }
    unplaced = table.unplaced.map { context.index.name($0) }.joined(separator: ", ")
    hasUnplaced = !table.unplaced.isEmpty
    rows = table.patterns.map { PatternView($0, context) }
  }
}

/// A case of the unit with its members.
struct PatternCaseView {
  let name: String
  let members: String
}

/// One configuration over the cases.
struct PatternView {
  let number: Int
  let label: String
  let title: String
  let sentence: String
  let sought: String
  let groups: [PatternGroupView]

  init(_ entry: StudyReport.PatternEntry, _ context: PageContext) {
    number = context.configurations[entry.configuration] ?? 0
    label = entry.label
    title = entry.title
    sentence = Words.sentence(entry.sentence)
    sought = Words.sentence(entry.sought)
    let heads = [
      ("contradicts", "−", "contradict it", "against"), ("holds", "+", "where it holds", "for"),
      ("expected", "…", "where it is expected", "weak"),
      ("outside", "∅", "without context and outcome", "weak"),
      ("partly", "○", "speak of a part", "weak"), ("silent", "", "say nothing", "plain"),
    ]
    groups = heads.compactMap { verdict, mark, words, kind in
      let readings = entry.readings.filter { $0.verdict == verdict }
      guard !readings.isEmpty else { return nil }
      return PatternGroupView(
        mark: mark, kind: kind,
        words: "\(readings.count) of \(entry.readings.count) "
          + (readings.count == 1 ? words.replacing("contradict ", with: "contradicts ") : words),
        names: readings.map(\.name).joined(separator: ", "), isSilent: verdict == "silent",
        isOpen: false,
        readings: readings.map { PatternReadingView($0, context) })
    }
  }
}

/// The cases of one verdict.
struct PatternGroupView {
  let mark: String
  let kind: String
  let words: String
  let names: String
  let isSilent: Bool
  let isOpen: Bool
  let readings: [PatternReadingView]
}

/// What one case says.
struct PatternReadingView {
  let name: String
  let voices: [ChipView]
  let words: String
  let evidence: [EvidenceView]

  init(_ reading: StudyReport.PatternReading, _ context: PageContext) {
    name = reading.name
    voices = reading.voices.filter { $0 != reading.case }.map { context.chip($0) }
    words = reading.words
    evidence = reading.parts.flatMap(\.evidence).compactMap { context.index.evidence($0) }
      .map { EvidenceView($0, context) }
  }
}
