public import QDACore

/// The patterns of a study over one unit, with the evidence and the quotes on which they rest.
public struct PatternReport: Hashable, Sendable, Codable {
  /// The name and version of the form.
  public var schema: String
  /// The study's title.
  public var study: String
  /// How to read every number in it.
  public var caution: String
  /// In which cases each configuration holds, is contradicted, or is not spoken of.
  public var table: StudyReport.PatternTable
  /// The evidence that the readings name.
  public var evidence: [StudyReport.EvidenceEntry]
  /// The quotes that they rest on.
  public var quotes: [StudyReport.Quote]

  /// The name and version of the encoded form.
  public static let encodedSchema = "qda.patterns/1"

  /// Collects the patterns of a study.
  ///
  /// - Parameters:
  ///   - project: The study.
  ///   - unit: What the cases are, such as `site`; that of the first case with words unless given.
  ///   - roles: The roles that a case must have; all that a configuration fills, unless given.
  ///   - configurations: The configurations to show; all, unless given.
  ///   - label: The study's own key of an object.
  public init(
    _ project: Project, over unit: String? = nil, requiring roles: [String]? = nil,
    of configurations: Set<ID<Configuration>>? = nil, label: (Reference) -> String? = { _ in nil }
  ) {
    let collector = Collector(project, label: label)
    var patterns = project.patterns(over: unit, requiring: roles)
    if let configurations {
      patterns.entries.removeAll { !configurations.contains($0.configuration.id) }
    }
    schema = Self.encodedSchema
    study = project.title
    caution = StudyReport.caution
    let table = collector.table(patterns)
    self.table = table
    let parts = table.patterns.flatMap(\.readings).flatMap(\.parts)
    let named = Set(parts.flatMap(\.evidence))
    let shown = Set(parts.flatMap(\.quotes))
    evidence = collector.evidence().filter { named.contains($0.id) }
    quotes = collector.quotes().filter { shown.contains($0.number) }
  }
}

extension PatternReport {
  /// The patterns as text for a terminal; each case opens on the words that it rests on.
  ///
  /// - Parameter isBrief: Whether to leave the words out.
  public func text(isBrief: Bool = false) -> String {
    var lines: [String] = []
    let entries = Dictionary(evidence.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let words = Dictionary(quotes.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    for pattern in table.patterns {
      if !lines.isEmpty { lines.append("") }
      lines.append("\(pattern.label) \(pattern.title): \(pattern.sentence).")
      lines.append("  \(pattern.sought)")
      for reading in pattern.readings where reading.verdict != "silent" {
        let voices = reading.voices.filter { $0 != reading.case }
        let members = voices.isEmpty ? "" : " (\(voices.joined(separator: ", ")))"
        lines.append("  \(reading.name)\(members) \(reading.words)")
        if isBrief { continue }
        for part in reading.parts {
          for entry in part.evidence.compactMap({ entries[$0] }) {
            lines.append(contentsOf: Self.lines(for: entry, in: part, words))
          }
        }
      }
      let silent = pattern.readings.filter { $0.verdict == "silent" }.map(\.name)
      if !silent.isEmpty { lines.append("  says nothing: \(silent.joined(separator: ", "))") }
    }
    if !table.unplaced.isEmpty {
      lines.append("")
      lines.append("In no \(table.unit): \(table.unplaced.joined(separator: ", ")).")
    }
    lines.append("")
    lines.append(caution)
    return lines.joined(separator: "\n")
  }

  private static func lines(
    for entry: StudyReport.EvidenceEntry, in part: StudyReport.PatternPart,
    _ quotes: [Int: StudyReport.Quote]
  ) -> [String] {
    let mark = Stance(entry.stance).mark
    let who = entry.participants.joined(separator: ", ")
    let basis = entry.basis == "observed" ? "" : ", \(entry.basis)"
    let role = entry.target == "configuration" ? "the whole: " : part.role == "steps" ? "step " : ""
    let head = "    \(mark) [\(entry.id)\(basis)] \(role)\(entry.targetWords)"
    let comment = entry.comment.isEmpty ? "" : "      note: \(entry.comment.onOneLine)"
    return [head]
      + entry.quotes.compactMap { quotes[$0] }.map {
        "      \(who), \($0.place): “\($0.words.onOneLine)”"
      } + (comment.isEmpty ? [] : [comment])
  }
}
