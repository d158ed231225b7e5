internal import ArgumentParser
internal import Foundation
internal import QDA

/// What an INPUT is read as.
enum InputFormat: Equatable, ExpressibleByArgument {
  /// A folder with a `study.yaml`.
  case studyFolder
  /// A published qualitative study as text.
  case publishedStudy
  /// A transcript, or a folder of them.
  case transcript
  /// A project or report of another tool; which one is told by the content unless it is named.
  case project(Format?)

  init?(argument: String) {
    switch argument {
    case "study-folder": self = .studyFolder
    case "published-study": self = .publishedStudy
    case "transcript": self = .transcript
    case "project": self = .project(nil)
    default:
      guard let format = Format.named(argument), ProjectReader.formats.contains(format) else {
        return nil
      }
      self = .project(format)
    }
  }

  static let allValueStrings =
    ["study-folder", "published-study", "transcript", "project"] + ProjectReader.formats.map(\.id)
}

/// What every command that opens an input asks for.
struct InputOptions: ParsableArguments {
  @Argument(
    help:
      "A study folder, a project or transcripts, as the command takes them, or - for standard input."
  )
  var input: String

  @Option(
    name: .customLong("as"),
    help: "What to read the input as; without it, as what its content is.")
  var format: InputFormat?

  @Option(
    name: .customLong("expect-sha256"),
    help: "The SHA-256 digest that a published study's file had before; a change is reported.")
  var expectedDigest: String?

  @OptionGroup(title: "Options for projects of other tools") var foreign: ForeignOptions

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Let any finding end the program with exit code 1.")
  var strict = false

  func validate() throws {
    if let expectedDigest, Digest(expectedDigest) == nil {
      throw ValidationError("--expect-sha256 takes 64 hexadecimal digits, not '\(expectedDigest)'.")
    }
    if expectedDigest != nil, format != .publishedStudy {
      throw ValidationError(
        "--expect-sha256 goes with --as published-study; a study folder keeps digests in study.yaml."
      )
    }
  }

  /// What the input is read as: what was asked for, else what it is.
  var resolvedFormat: InputFormat {
    if let format { return format }
    let isStudy = FileManager.default.fileExists(atPath: input + "/study.yaml")
    if isStudy { return .studyFolder }
    return ProjectReader.format(ofFile: input).map { .project($0) } ?? .transcript
  }

  /// The name under which findings and reports speak of the input: without the folders it is in.
  var name: String {
    input == "-" ? "standard input" : URL(filePath: input).lastPathComponent
  }

  /// The bytes of the input, or of standard input.
  func bytes() throws(ReadingError) -> [UInt8] {
    if input == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
    return try FileReading.bytes(ofFile: input)
  }

  /// Opens a study folder, a published study, or a project or report of another tool.
  ///
  /// - Parameter checks: Whether a study folder is looked through as `qda check` does.
  func openStudy(checks: Bool = true) throws -> OpenStudy {
    switch resolvedFormat {
    case .studyFolder:
      return try OpenStudy(folder: readFolder(), checks: checks)
    case .publishedStudy: return try OpenStudy(published: readPublishedStudy())
    case .project(let format):
      let known = try foreign.readingOptions()
      return try Output.working("\(name): reading") {
        try OpenStudy(
          project: input == "-"
            ? ProjectReader.read(bytes(), name: name, as: format, options: known)
            : ProjectReader.read(contentsOf: input, as: format, options: known))
      }
    case .transcript:
      guard TranscriptListing.isFolder(input) else {
        if input != "-" { _ = try FileReading.bytes(ofFile: input) }
        throw Failure.unreadable(
          "\(input): error: this is no study and no project or report of another tool; make a study "
            + "folder of a transcript with 'qda init'; a table may need --as framework-matrix, "
            + "nvivo-classification, codebook-table, maxqda-segments or atlasti-quotations")
      }
      try TranscriptListing.checkReadable(input)
      throw Failure.unreadable(
        "\(input): error: this is no study folder: there is no study.yaml in it; name a study folder, "
          + "or say --as published-study")
    }
  }

  /// Opens a study folder, and shows on a terminal how far that is.
  func readFolder() throws(ReadingError) -> Reading<StudyFolder> {
    let what = "\(name): reading transcript"
    defer { Output.progress(what, 20, of: 20) }
    return try StudyFolder.read(at: input) { Output.progress(what, $0, of: $1) }
  }

  /// Reads the input as a published study.
  func readPublishedStudy() throws -> Reading<PublishedStudy> {
    let bytes = try bytes()
    let decoded = try TextDecoding.decode(bytes, name: name)
    let rendition = Rendition(
      reader: "published-study", version: PublishedStudyReader.version,
      encoding: decoded.value.encoding.rawValue, lineEnd: decoded.value.lineEnd,
      hadByteOrderMark: decoded.value.hadByteOrderMark, file: Digest(of: bytes))
    var reading = try PublishedStudyReader.read(
      Text(decoded.value.string), name: name, rendition: rendition,
      options: PublishedStudyReader.Options(expectedDigest: expectedDigest.flatMap { Digest($0) }))
    reading.diagnostics = decoded.diagnostics + reading.diagnostics
    return reading
  }
}

/// A study that was opened from whatever it was kept in.
struct OpenStudy {
  /// The study.
  var project: Project
  /// What was found on reading it, and what a careful colleague would point out.
  var diagnostics: [Diagnostic]
  /// What people call an object.
  var label: @Sendable (Reference) -> String?

  init(folder reading: Reading<StudyFolder>, checks: Bool) {
    let folder = reading.value
    project = folder.project
    diagnostics = reading.diagnostics + (checks ? folder.check() : [])
    label = { folder.label(for: $0) }
  }

  init(project reading: Reading<Project>) {
    project = reading.value
    diagnostics = reading.diagnostics
    label = { _ in nil }
  }

  init(published reading: Reading<PublishedStudy>) {
    project = reading.value.project
    diagnostics = reading.diagnostics
    label = { _ in nil }
  }
}
