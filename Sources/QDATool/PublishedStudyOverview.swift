internal import QDA

extension PublishedStudy {
  /// What was found in the study, in a few lines.
  var overview: String {
    let project = project
    let document = document(diagnostics: [])
    let tally = project.roleTally()
    let roles = tally.roles.map { "\($0.name) \($0.cases.count)" }.joined(separator: ", ")
    let section = document.matrix
    var lines = [
      "\(document.source.name): a published study",
      "participants  \(document.participants.count)" + (roles.isEmpty ? "" : " (\(roles))"),
      "quotations    \(document.quotations.count) in \(document.blocks) blocks by "
        + "\(document.quoted.count) participants",
      "sections      \(section.filled) of \(section.cells) cells of participants × sections filled",
      "elements      \(document.elements.count) in the realist matrix",
    ]
    if !document.neverQuoted.isEmpty {
      lines.append("never quoted  \(document.neverQuoted.joined(separator: ", "))")
    }
    return lines.joined(separator: "\n")
  }
}
