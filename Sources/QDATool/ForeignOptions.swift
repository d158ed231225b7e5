internal import ArgumentParser
internal import Foundation
internal import QDA

/// What can be said about a project or report of another tool.
struct ForeignOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How positions count: scalars, utf-16 or utf-8, then crlf-as-one, bom, inclusive.",
      valueName: "convention"))
  var positions: String?

  @Option(
    help: ArgumentHelp(
      "A folder with the texts of the sources, for reports that only quote them.",
      valueName: "folder"))
  var texts: String?

  @Option(
    name: .customLong("column"),
    help: ArgumentHelp(
      "Which column holds what, as in code=Kod or segment=8; may be repeated.",
      valueName: "role=column"))
  var columns: [String] = []

  @Option(
    name: .customLong("element"),
    help: ArgumentHelp(
      "Which element or attribute of an extract holds what, as in source=Document/@Name; may be repeated.",
      valueName: "role=element"))
  var elements: [String] = []

  @Option(
    name: .customLong("project"),
    help: ArgumentHelp("The project to read from a file that holds several.", valueName: "name"))
  var project: String?

  @Flag(help: "Keep what stands before the break in a damaged file.")
  var salvage = false

  /// The options as the library takes them.
  func readingOptions() throws -> ProjectReadingOptions {
    var options = ProjectReadingOptions(salvages: salvage)
    options.project = project
    if let positions {
      guard let convention = PositionConvention(positions) else {
        throw ValidationError(
          "--positions takes scalars, utf-16 or utf-8, and then any of crlf-as-one, bom and "
            + "inclusive, not '\(positions)'.")
      }
      options.positions = convention
    }
    for (role, column) in try pairs(columns, option: "--column") {
      options.columns[role] = Int(column).map { .position($0) } ?? .head(column)
    }
    for (role, element) in try pairs(elements, option: "--element") {
      options.elements[role] = element
    }
    if let texts { options.texts = try given(in: texts) }
    return options
  }

  private func pairs(_ values: [String], option: String) throws -> [(String, String)] {
    try values.map { value in
      guard let sign = value.firstIndex(of: "="), sign != value.startIndex else {
        throw ValidationError("\(option) takes role=name, not '\(value)'.")
      }
      return (String(value[..<sign]), String(value[value.index(after: sign)...]))
    }
  }

  private func given(in folder: String) throws -> [GivenText] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      throw Failure.unreadable("\(folder): error: this folder of texts cannot be read")
    }
    var texts: [GivenText] = []
    for name in names where !name.hasPrefix(".") {
      let path = folder + "/" + name
      do {
        let transcript = try TranscriptReader.read(
          FileReading.bytes(ofFile: path), name: name)
        texts.append(GivenText(name: name, text: transcript.value.text))
      } catch {
        Output.message(error.description)
      }
    }
    return texts
  }
}
