/// Finds the parts of a report by their keys, for the writers.
struct ReportIndex {
  private let participants: [String: StudyReport.Participant]
  private let codes: [String: StudyReport.CodeEntry]
  private let configurations: [String: StudyReport.ConfigurationEntry]
  private let evidence: [String: StudyReport.EvidenceEntry]
  private let statements: [String: StudyReport.StatementEntry]
  private let documents: [String: StudyReport.Document]
  private let quotes: [StudyReport.Quote]
  /// Whether the study has role categories; where it has none, nobody lacks one.
  let hasRoles: Bool
  private let stale: [StudyReport.CellName: String]
  private let loopsOfLink: [String: [StudyReport.LoopEntry]]

  init(_ report: StudyReport) {
    func table<Value>(_ values: [Value], _ key: (Value) -> String) -> [String: Value] {
      Dictionary(values.map { (key($0), $0) }, uniquingKeysWith: { first, _ in first })
    }
    participants = table(report.participants) { $0.id }
    codes = table(report.codebook.codes) { $0.id }
    configurations = table(report.configurations) { $0.id }
    evidence = table(report.evidence) { $0.id }
    statements = table(report.theory.versions.flatMap(\.statements)) { $0.id }
    documents = table(report.sources) { $0.id }
    quotes = report.quotes
    hasRoles = report.hasRoles
    stale = Dictionary(
      report.charting.stale.map { entry in
        (
          StudyReport.CellName(participant: entry.participant, code: entry.code),
          (entry.isAlternative ? "beside it, by \(entry.author): " : "") + entry.words
        )
      }, uniquingKeysWith: { "\($0); \($1)" })
    loopsOfLink = report.loopsOfLink
  }

  func participant(_ id: String) -> StudyReport.Participant? { participants[id] }
  func code(_ id: String) -> StudyReport.CodeEntry? { codes[id] }
  func configuration(_ id: String) -> StudyReport.ConfigurationEntry? { configurations[id] }
  func evidence(_ id: String) -> StudyReport.EvidenceEntry? { evidence[id] }
  func statement(_ id: String) -> StudyReport.StatementEntry? { statements[id] }

  /// The quote with a number.
  func quote(_ number: Int) -> StudyReport.Quote? {
    quotes.indices.contains(number - 1) ? quotes[number - 1] : nil
  }

  /// What readers see of a participant.
  func name(_ id: String) -> String { participants[id]?.name ?? id }

  /// What readers see of a document.
  func document(_ id: String) -> String { documents[id]?.name ?? id }

  /// What readers see of a configuration.
  func label(_ id: String) -> String { configurations[id]?.label ?? id }

  /// The number and name of a code.
  func title(_ id: String) -> String {
    guard let code = codes[id] else { return id }
    return code.number.isEmpty ? code.name : "\(code.number) \(code.name)"
  }

  /// The roles of a participant in words.
  func roles(_ id: String) -> String {
    let roles = participants[id]?.roles ?? []
    return roles.isEmpty ? (hasRoles ? "no role" : "") : roles.joined(separator: ", ")
  }

  /// Participants with their roles, as in "P9 (Employer), P12 (no role)".
  func withRoles(_ ids: [String]) -> String {
    ids.map { roles($0).isEmpty ? name($0) : "\(name($0)) (\(roles($0)))" }
      .joined(separator: ", ")
  }

  /// A cell as people name it: "P5, 1.3 Accompanying".
  func words(for cell: StudyReport.CellName) -> String {
    "\(name(cell.participant)), \(title(cell.code))"
  }

  /// What changed under the summaries of a cell, in words; empty where nothing did.
  func staleness(of cell: StudyReport.CellEntry) -> String {
    stale[StudyReport.CellName(participant: cell.participant, code: cell.code)] ?? ""
  }

  /// The loops that a link is part of.
  func loops(of link: String) -> [StudyReport.LoopEntry] { loopsOfLink[link] ?? [] }

  /// The quotes of some evidence of one stance, or of any; each once, in the order of the evidence.
  func quotes(of evidence: [String], stance: String? = nil) -> [Int] {
    var seen: Set<Int> = []
    return evidence.compactMap { self.evidence[$0] }
      .filter { stance == nil || $0.stance == stance }
      .flatMap(\.quotes).filter { seen.insert($0).inserted }
  }
}

extension [StudyReport.Stretch] {
  /// The summary as one line in the notation of the study folder: verbatim in curly quotes, the
  /// analyst's comments in braces, the numbers of quotes in brackets.
  var marked: String {
    map { run in
      let (lead, body, trail) = run.text.trimmedParts
      var text = body
      switch run.kind {
      case "verbatim" where !body.hasPrefix("“"): text = "“\(body)”"
      case "comment" where !body.hasPrefix("{"): text = "{\(body)}"
      default: break
      }
      let marks =
        run.references.isEmpty
        ? "" : " [" + run.references.map(String.init).joined(separator: ", ") + "]"
      return lead + text + marks + trail
    }.joined()
  }
}

extension String {
  /// The white space at either end apart from what stands between.
  var trimmedParts: (lead: String, body: String, trail: String) {
    let lead = prefix { $0.isWhitespace }
    var rest = dropFirst(lead.count)
    var trail = 0
    while let last = rest.last, last.isWhitespace {
      rest.removeLast()
      trail += 1
    }
    return (String(lead), String(rest), String(suffix(trail)))
  }

  /// No longer than a number of characters, cut between words.
  func cut(to length: Int) -> String {
    guard count > length else { return self }
    let cut = prefix(length)
    return (cut.lastIndex(of: " ").map { String(cut[..<$0]) } ?? String(cut)) + " …"
  }

  /// With every run of line breaks as one space, for places that hold one line.
  var onOneLine: String {
    split { $0.isNewline }.joined(separator: " ")
  }
}
