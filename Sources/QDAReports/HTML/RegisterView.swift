/// The register of configurations as a table.
struct RegisterView {
  let isEmpty: Bool
  let columns: Int
  let total: Int
  let unit: String
  let rows: [RegisterRow]

  init(_ context: PageContext) {
    let report = context.report
    isEmpty = report.configurations.isEmpty
    columns = max(1, report.participants.count)
    total = report.participants.count
    unit = Words.plural(report.study.unit, of: total)
    rows = report.configurations.enumerated().map { RegisterRow($1, number: $0 + 1, context) }
  }
}

/// A line of the register.
struct RegisterRow {
  let number: Int
  let label: String
  let title: String
  let valence: ValenceView
  let status: String
  let strip: [SquareView]
  let supporting: Int
  let contradicting: Int
  let rival: Int
  let total: Int
  let words: String
  let hasEvidence: Bool
  let gaps: [String]
  let hasGaps: Bool

  init(_ entry: StudyReport.ConfigurationEntry, number: Int, _ context: PageContext) {
    self.number = number
    label = entry.label
    title = entry.title
    valence = ValenceView(entry.valence)
    status = entry.status
    strip = context.strip(entry.standing)
    supporting = entry.standing.supporting.count
    contradicting = entry.standing.contradicting.count
    rival = entry.standing.rival.count
    total = entry.standing.of
    words = entry.standing.words
    hasEvidence = !entry.standing.evidence.isEmpty
    gaps = RegisterRow.summary(of: entry.gaps)
    hasGaps = !gaps.isEmpty
  }

  /// The gaps in few words; the configuration itself lists them in full.
  private static func summary(of gaps: [StudyReport.Gap]) -> [String] {
    let slots = gaps.count { $0.kind == "slot-without-evidence" }
    var words = gaps.filter { $0.kind != "slot-without-evidence" }.map { gap in
      switch gap.kind {
      case "no-negative-case": "no negative case sought"
      case "unsplit": "mechanism not divided"
      default: gap.words
      }
    }
    if slots > 0 { words.append("\(Words.count(slots, "part")) without support") }
    return words
  }
}

/// Whether something is wanted, in a word and a mark.
struct ValenceView {
  let name: String
  let mark: String
  let heading: String

  init(_ name: String) {
    self.name = name
    switch name {
    case "favourable": (mark, heading) = ("▲", "Favourable: the programme works")
    case "unfavourable": (mark, heading) = ("▼", "Unfavourable: the programme fails or harms")
    case "shared": (mark, heading) = ("◆", "Shared by what works and what does not")
    default: (mark, heading) = ("◆", "Mixed or undecided")
    }
  }
}
