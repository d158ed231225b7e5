// Prints every piece of evidence that contradicts a configuration, with the words and who said them.
//
//   qda script Documentation/Examples/WhoContradictsWhat.swift Fixtures/LinkWorkers

import Foundation
import QDA

guard CommandLine.arguments.count == 2 else {
  print("usage: WhoContradictsWhat.swift STUDY")
  exit(64)
}
let project = try StudyFolder.read(at: CommandLine.arguments[1]).value.project
let attribution = Attribution(project)
let index = EvidenceIndex(project)

for entry in project.register where !entry.support.contradicting.isEmpty {
  print("\(entry.configuration.label) \(entry.configuration.title)")
  for id in entry.support.evidence {
    guard let evidence = project.evidence[id], evidence.stance == .contradicts else { continue }
    for passage in index.passages(of: evidence) {
      guard let quotation = try project.quotation(of: passage, by: attribution) else { continue }
      let names = quotation.cases.compactMap { project.cases[$0]?.name }.joined(separator: ", ")
      let source = project.sources[quotation.source]?.name ?? "?"
      print("  \(names) (\(source), line \(quotation.place.line)): “\(quotation.words)”")
    }
  }
}
