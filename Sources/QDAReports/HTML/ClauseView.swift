internal import QDACore

/// A clause of a configuration's sentence, with the word that begins it.
struct ClauseView {
  let connective: String
  let text: String

  /// Takes the sentence apart where a connective stands before the words of its own slots.
  static func clauses(
    of entry: StudyReport.ConfigurationEntry, in report: StudyReport
  ) -> [ClauseView] {
    let roles = report.schemas.first { $0.name == entry.schema }?.roles ?? []
    var clauses: [ClauseView] = []
    var connective = ""
    var rest = Array(entry.sentence)
    let opening = roles.first { role in
      !role.connective.isEmpty && entry.sentence.hasPrefix(role.connective + " ")
    }
    if let opening {
      connective = opening.connective
      rest.removeFirst(connective.count)
    }
    for word in ["then", "because"] where roles.contains(where: { $0.connective == word }) {
      let marker = Array(", \(word) ")
      let starts = beginnings(of: word, roles, entry)
      let found = rest.indices.first { index in
        let tail = rest[index...]
        guard tail.starts(with: marker) else { return false }
        let next = String(tail.dropFirst(marker.count).prefix(12)).lowercased()
        return starts.contains { next.hasPrefix($0) }
      }
      guard let found else { continue }
      clauses.append(ClauseView(connective: connective, text: String(rest[...found])))
      connective = word
      rest.removeFirst(found + marker.count - 1)
    }
    return clauses + [ClauseView(connective: connective, text: String(rest))]
  }

  private static func beginnings(
    of connective: String, _ roles: [SlotRole], _ entry: StudyReport.ConfigurationEntry
  ) -> [String] {
    let names = roles.filter { $0.connective == connective }.map(\.name)
    let slots = entry.slots.filter { names.contains($0.role) }
    return slots.map { String($0.text.lowercased().prefix(12)) } + ["(not stated"]
  }
}
