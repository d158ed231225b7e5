internal import ArgumentParser
internal import Foundation
internal import QDA

/// Writes a study as another format and says what that loses.
struct ConvertCommand: ParsableCommand {
  /// What a study can be written as.
  enum Target: String, ExpressibleByArgument, CaseIterable {
    case qdpx, qde, qdc
    case studyFolder = "study-folder"
  }

  /// The programs whose habits are known.
  enum Program: String, ExpressibleByArgument, CaseIterable {
    case nvivo, maxqda, atlasti
  }

  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a study for other tools, or what they wrote as a study folder.",
    discussion: """
      INPUT is a study folder or a REFI-QDA project (.qdpx, .qde, .qdc). OUTPUT is a file that ends \
      in .qdpx, .qde or .qdc, a new folder, or - for standard output of .qde and .qdc. What the \
      format cannot hold goes into NAME.qda.json beside it and is listed.
      """)

  @Argument(help: "A study folder or a REFI-QDA project.")
  var input: String

  @Argument(help: "The file or folder to write, or - for standard output.")
  var output: String

  @Option(name: .customLong("to"), help: "The format to write, where the ending does not tell.")
  var target: Target?

  @Option(name: .customLong("for"), help: "The program that the file is for.")
  var program: Program?

  @Flag(help: "Put what the format cannot hold into the archive, not beside it.")
  var embed = false

  @Flag(help: "Write no sidecar.")
  var noSidecar = false

  @Flag(help: "Write paths that say where files are on this machine.")
  var paths = false

  @Flag(help: "Write short names of coders that look like accounts.")
  var accounts = false

  @Flag(help: "Replace a file that is there.")
  var force = false

  @Flag(help: "Print the report as JSON.")
  var json = false

  @Flag(help: "Write nothing if anything would be lost.")
  var strict = false

  private var format: Target? {
    if let target { return target }
    let ending = URL(filePath: output).pathExtension.lowercased()
    return ending.isEmpty ? (output == "-" ? nil : .studyFolder) : Target(rawValue: ending)
  }

  func validate() throws {
    guard let format else {
      throw ValidationError("the ending of '\(output)' names no format; say --to qdpx, qde or qdc.")
    }
    if embed, format != .qdpx { throw ValidationError("--embed goes with a .qdpx.") }
    if embed, noSidecar { throw ValidationError("--embed and --no-sidecar exclude each other.") }
    if output == "-", format == .qdpx || format == .studyFolder {
      throw ValidationError("only .qde and .qdc can be written to standard output.")
    }
  }

  mutating func run() throws {
    let command = self
    try exiting { try command.convert() }
  }

  private func convert() throws {
    let reading = try open()
    switch format {
    case .qdpx: try write(reading, as: .qdpx)
    case .qde: try write(reading, as: .qde)
    case .qdc: try write(reading, as: .qdc)
    case .studyFolder, nil: try writeFolder(reading)
    }
  }

  private func open() throws -> Reading<Project> {
    if FileManager.default.fileExists(atPath: input + "/study.yaml") {
      let folder = try StudyFolder.read(at: input)
      return Reading(folder.value.project, diagnostics: folder.diagnostics)
    }
    return try ProjectReader.read(contentsOf: input)
  }

  private func write(_ reading: Reading<Project>, as format: Format) throws {
    let options = ProjectWritingOptions(
      profile: ExchangeProfile.all.first { $0.id == program?.rawValue } ?? .standard,
      sidecar: noSidecar || output == "-" ? .none : embed ? .embedded : .beside,
      includesPaths: paths, includesAccounts: accounts)
    guard let writer = ProjectWriter(reading.value, as: format, options: options) else { return }
    let name = output == "-" ? "standard output" : URL(filePath: output).lastPathComponent
    let losses = writer.losses(file: name)
    let isLossy = losses.contains { $0.severity > .note || $0.id == "exchange.withheld" }
    let diagnostics = reading.diagnostics + losses
    if strict, isLossy || reading.diagnostics.contains(where: { $0.severity > .note }) {
      try report(diagnostics)
      Output.message("\(name): error: something would be lost; nothing was written")
      throw ExitCode.failure
    }
    if let bytes = output == "-" ? writer.bytes : nil {
      Output.bytes(bytes)
      for diagnostic in diagnostics { Output.message(diagnostic.description) }
      return
    }
    try refuseToReplace()
    let written = try writer.write(to: output)
    try report(diagnostics)
    for path in written { Output.message("\(path): written") }
  }

  private func writeFolder(_ reading: Reading<Project>) throws {
    if strict, reading.diagnostics.contains(where: { $0.severity > .note }) {
      try report(reading.diagnostics)
      Output.message("\(output): error: something would be lost; nothing was written")
      throw ExitCode.failure
    }
    try refuseToReplace()
    let written = try StudyFolder.write(reading.value, to: output)
    try report(reading.diagnostics)
    Output.message("\(output): \(written.count) files written")
  }

  private func refuseToReplace() throws {
    guard !force, FileManager.default.fileExists(atPath: output) else { return }
    let inside = try? FileManager.default.contentsOfDirectory(atPath: output)
    if inside?.isEmpty == true { return }
    throw Failure.unwritable("\(output): error: it is there already; say --force to replace it")
  }

  private func report(_ diagnostics: [Diagnostic]) throws {
    if json {
      try Output.json(FindingList(diagnostics: diagnostics))
    } else {
      for diagnostic in diagnostics { Output.line(diagnostic.description) }
    }
  }
}
