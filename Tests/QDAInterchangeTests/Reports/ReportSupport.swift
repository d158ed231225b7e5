import QDACore
import QDATestSupport

@testable import QDAInterchange

/// Reads a fixture of another tool's report or table.
func report(
  _ path: String, as format: Format, texts: [String: String] = [:],
  columns: [String: TableColumn] = [:]
) throws -> Reading<Project> {
  try report(
    bytes(of: fixture("Exchange/\(path)")),
    name: path.split(separator: "/").last.map(String.init) ?? path, as: format, texts: texts,
    columns: columns)
}

/// Reads bytes as a report or table of another tool.
func report(
  _ bytes: [UInt8], name: String, as format: Format, texts: [String: String] = [:],
  columns: [String: TableColumn] = [:], elements: [String: String] = [:]
) throws -> Reading<Project> {
  let options = ProjectReadingOptions(
    texts: texts.sorted { $0.key < $1.key }.map { GivenText(name: $0.key, text: Text($0.value)) },
    columns: columns, elements: elements)
  let reading = try ReportFormats.read(bytes, as: format, name: name, options: options)
  return reading ?? Reading(Project(id: ID(derivedFrom: ["none"]), title: "no reader"))
}

extension Project {
  /// The paths of the codes in their order.
  var paths: [String] { codebook.codes.map { codebook.path(of: $0.id).joined(separator: "/") } }

  /// What is coded with what, in the order of the report: `P07: Hope: quote`.
  var coded: [String] {
    sources.flatMap { source in
      codings.passages(in: source.id).flatMap { passage in
        codings.codings(ofPassage: passage.id).map { coding in
          let name = codebook.codes[coding.code]?.name ?? "?"
          let words = passage.anchor?.quote ?? (try? quote(of: passage)) ?? ""
          return "\(source.name): \(name): \(words)"
        }
      }
    }.sorted()
  }

  /// All passages, source by source.
  var passages: [Passage] { sources.flatMap { codings.passages(in: $0.id) } }
}

extension Reading<Project> {
  /// The ids of the diagnostics with their counts.
  var findings: [String] {
    diagnostics.map { $0.count == 1 ? $0.id : "\($0.id) × \($0.count)" }
  }
}
