/// The thematic framework.
struct CodebookView {
  let isEmpty: Bool
  let columns: Int
  let rows: [CodeRow]
  let versions: [StudyReport.FrameworkEntry]
  let hasVersions: Bool

  init(_ context: PageContext) {
    let codebook = context.report.codebook
    isEmpty = codebook.codes.isEmpty
    columns = max(1, context.report.participants.count)
    rows = codebook.codes.map { CodeRow($0, context) }
    versions = codebook.versions
    hasVersions = !codebook.versions.isEmpty
  }
}

/// A code.
struct CodeRow {
  let number: String
  let name: String
  let level: Int
  let isTheme: Bool
  let definition: String
  let details: [DetailView]
  let hasDetails: Bool
  let isUsed: Bool
  let codings: Int
  let participants: Int
  let total: Int
  let summarised: Int
  let strip: [SquareView]

  init(_ code: StudyReport.CodeEntry, _ context: PageContext) {
    number = code.number
    name = code.name
    level = min(4, code.level)
    isTheme = code.level == 0
    definition = code.definition
    details = [
      DetailView(label: "Include", text: code.include),
      DetailView(label: "Exclude", text: code.exclude),
      DetailView(label: "Example", text: code.example),
      DetailView(label: "Origin", text: code.origin ?? ""),
    ].filter { !$0.text.isEmpty }
    hasDetails = !details.isEmpty
    codings = code.codings
    participants = code.participants.count
    total = code.of
    summarised = code.summarised
    isUsed = codings > 0 || summarised > 0
    let members = Set(code.participants)
    strip = context.strip { members.contains($0.id) ? ("has", "coded") : ("not", "not coded") }
  }
}

/// A labelled remark.
struct DetailView {
  let label: String
  let text: String
}

/// The diagnostics, the gravest first.
struct DiagnosticsView {
  let isEmpty: Bool
  let words: String
  let findings: [FindingView]

  init(_ findings: [StudyReport.Finding]) {
    isEmpty = findings.isEmpty
    let order = ["error", "warning", "note"]
    words = Words.list(
      order.compactMap { severity in
        let count = findings.count { $0.severity == severity }
        return count == 0 ? nil : Words.count(count, severity)
      })
    self.findings = order.flatMap { severity in
      findings.filter { $0.severity == severity }.map { FindingView($0) }
    }
  }
}

/// A diagnostic.
struct FindingView {
  let severity: String
  let mark: String
  let id: String
  let place: String
  let hasPlace: Bool
  let summary: String
  let raw: String
  let hasRaw: Bool
  let remarks: [String]
  let solutions: [String]

  init(_ finding: StudyReport.Finding) {
    severity = finding.severity
    mark = finding.severity == "error" ? "✕" : finding.severity == "warning" ? "!" : "i"
    id = finding.id
    place = finding.place
    hasPlace = !finding.place.isEmpty
    summary = finding.summary + (finding.count > 1 ? " (\(finding.count) times)" : "")
    raw = finding.raw ?? ""
    hasRaw = !raw.isEmpty
    remarks = (finding.explanation.map { [$0] } ?? []) + finding.notes
    solutions = finding.solutions
  }
}
