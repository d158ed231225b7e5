// Prints the chart of one theme as CSV: a row for each case, a column for each subtheme.
//
//   qda script Documentation/Examples/ChartToCSV.swift Fixtures/LinkWorkers 1 > door.csv

import Foundation
import QDA

guard CommandLine.arguments.count == 3 else {
  print("usage: ChartToCSV.swift STUDY THEME")
  exit(64)
}
let project = try StudyFolder.read(at: CommandLine.arguments[1]).value.project
guard let chart = project.charts.first(where: { $0.theme.number == CommandLine.arguments[2] })
else {
  print("there is no theme \(CommandLine.arguments[2])")
  exit(1)
}

var table = [["case"] + chart.columns.map { "\($0.number) \($0.name)" }]
for row in chart.rows {
  let cells = chart.columns.map { column in
    let cell = chart[row.id, column.id]
    return cell.state == .summarised ? cell.summary : "(\(cell.state.rawValue))"
  }
  table.append([row.name] + cells)
}
print(CSV.text(of: table), terminator: "")
