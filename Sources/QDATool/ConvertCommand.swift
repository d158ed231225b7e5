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
    case nvivo, maxqda, atlasti, qualcoder
  }

  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a study for other tools, or what they wrote as a study folder.",
    discussion: """
      INPUT is a study folder, or a project or report of another tool. OUTPUT is a file that ends \
      in .qdpx, .qde or .qdc, a new folder, or - for standard output of .qde and .qdc. What the \
      format cannot hold goes into NAME.qda.json beside it and is listed. With --strict, nothing is \
      written if anything would be lost.
      """)

  @OptionGroup var options: InputOptions

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

  private var format: Target? {
    if let target { return target }
    let ending = URL(filePath: output).pathExtension.lowercased()
    return ending.isEmpty ? (output == "-" ? nil : .studyFolder) : Target(rawValue: ending)
  }

  func validate() throws {
    guard let format else {
      throw ValidationError(
        "the ending of '\(output)' names no format; say --to qdpx, qde, qdc or study-folder.")
    }
    if embed, format != .qdpx { throw ValidationError("--embed goes with a .qdpx.") }
    if embed, noSidecar { throw ValidationError("--embed and --no-sidecar exclude each other.") }
    if output == "-", format == .qdpx || format == .studyFolder {
      throw ValidationError("only .qde and .qdc can be written to standard output.")
    }
  }

  mutating func run() throws {
    let command = self
    try exiting(json: command.options.json) { try command.convert() }
  }

  private func convert() throws {
    let study = try options.openStudy(checks: false)
    let reading = Reading(study.project, diagnostics: study.diagnostics)
    switch format {
    case .qdpx: try write(reading, as: .qdpx)
    case .qde: try write(reading, as: .qde)
    case .qdc: try write(reading, as: .qdc)
    case .studyFolder, nil: try writeFolder(reading)
    }
  }

  private func write(_ reading: Reading<Project>, as format: Format) throws {
    let writing = ProjectWritingOptions(
      profile: ExchangeProfile.all.first { $0.id == program?.rawValue } ?? .standard,
      sidecar: noSidecar || output == "-" ? .none : embed ? .embedded : .beside,
      includesPaths: paths, includesAccounts: accounts)
    guard let writer = ProjectWriter(reading.value, as: format, options: writing) else { return }
    let name = output == "-" ? "standard output" : URL(filePath: output).lastPathComponent
    let diagnostics = reading.diagnostics + writer.losses(file: name)
    try refuseLosses(diagnostics, name)
    if let bytes = output == "-" ? writer.bytes : nil {
      Output.bytes(bytes)
      for diagnostic in diagnostics { Output.message(diagnostic.description) }
      return
    }
    try refuseToReplace()
    try refuseSidecar(isWritten: writing.sidecar == .beside && format != .qdc)
    let written = try Output.working("\(name): writing") { try writer.write(to: output) }
    try report(diagnostics)
    for path in written { Output.message("\(path): written") }
    try failAfterErrors(diagnostics)
  }

  private func writeFolder(_ reading: Reading<Project>) throws {
    let name = URL(filePath: output).lastPathComponent
    let diagnostics = reading.diagnostics + StudyFolder.losses(of: reading.value, folder: name)
    try refuseLosses(diagnostics, name)
    try refuseToReplace()
    let written = try Output.working("\(name): writing") {
      try StudyFolder.write(reading.value, to: output)
    }
    try report(diagnostics)
    Output.message("\(output): \(written.count) files written")
    try failAfterErrors(diagnostics)
  }

  /// Lets a script know that something could not be read, although the rest was written.
  private func failAfterErrors(_ diagnostics: [Diagnostic]) throws {
    if diagnostics.contains(where: { $0.severity == .error }) { throw ExitCode.failure }
  }

  /// Notes that say what is lost.
  private static let losses: Set<String> = [
    "exchange.withheld", "database.left-out", "report.date-unread", "refi.words-of-box",
    "refi.text-twice", "refi.time-cut", "refi.twin-differs", "refi.color-opacity",
  ]

  /// Under `--strict` ends the program where anything was or would be lost.
  private func refuseLosses(_ diagnostics: [Diagnostic], _ name: String) throws {
    guard options.strict,
      diagnostics.contains(where: { $0.severity > .note || Self.losses.contains($0.id) })
    else { return }
    try report(diagnostics)
    Output.message("\(name): error: something would be lost; nothing was written")
    throw ExitCode.failure
  }

  /// Refuses to replace a sidecar that may belong to another file, and to leave one beside a file that
  /// it does not belong to.
  private func refuseSidecar(isWritten: Bool) throws {
    let sidecar = ProjectWriter.sidecarPath(beside: output)
    guard format != .qdc, FileManager.default.fileExists(atPath: sidecar) else { return }
    if !isWritten {
      throw Failure.unwritable(
        "\(sidecar): error: it would be read together with the new file; move it away first")
    }
    if force { return }
    throw Failure.unwritable(
      "\(sidecar): error: it is there already and may belong to another file; choose another name, "
        + "or say --force to replace it")
  }

  private func refuseToReplace() throws {
    guard !force, FileManager.default.fileExists(atPath: output) else { return }
    let inside = try? FileManager.default.contentsOfDirectory(atPath: output)
    if inside?.isEmpty == true { return }
    throw Failure.unwritable("\(output): error: it is there already; say --force to replace it")
  }

  private func report(_ diagnostics: [Diagnostic]) throws {
    if options.json {
      try Output.json(FindingList(diagnostics: diagnostics))
    } else {
      for diagnostic in diagnostics { Output.line(diagnostic.description) }
    }
  }
}
