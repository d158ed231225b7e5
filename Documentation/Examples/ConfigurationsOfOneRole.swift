// Lists the configurations that participants of one role category speak for or against.
//
//   qda script Documentation/Examples/ConfigurationsOfOneRole.swift Fixtures/LinkWorkers Employer

import Foundation
import QDA

guard CommandLine.arguments.count == 3 else {
  print("usage: ConfigurationsOfOneRole.swift STUDY ROLE")
  exit(64)
}
let role = CommandLine.arguments[2]
let project = try StudyFolder.read(at: CommandLine.arguments[1]).value.project

let members = Set(project.rows.map(\.id).filter { project.roles(of: $0).contains(role) })
print("\(members.count) of \(project.rows.count) participants are \(role)")

for entry in project.register {
  let supporting = entry.support.supporting.filter(members.contains)
  let contradicting = entry.support.contradicting.filter(members.contains)
  if supporting.isEmpty && contradicting.isEmpty { continue }
  func names(_ cases: [ID<Case>]) -> String {
    cases.isEmpty ? "none" : cases.compactMap { project.cases[$0]?.name }.joined(separator: " ")
  }
  print("\(entry.configuration.label) \(entry.configuration.title)")
  print("  for: \(names(supporting)); against: \(names(contradicting))")
}
