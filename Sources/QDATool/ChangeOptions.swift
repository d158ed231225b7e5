internal import ArgumentParser
internal import Foundation
internal import QDA

/// Who changes a study, when and why: what every verb asks for that changes one.
struct ChangeOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Who makes the change: a coder of the study.", valueName: "coder"))
  var by: String?

  @Option(help: "When, as 2026-03-04T10:30:00Z; SOURCE_DATE_EPOCH or the clock otherwise.")
  var at: String?

  @Option(help: "Why; it goes into the history.")
  var why: String = ""

  @Flag(
    name: .customLong("override"),
    help: "Go on although the stage before has left nothing; the history says so.")
  var isOverridden = false

  /// Who and when.
  ///
  /// - Throws: An error of usage where nobody is named, or somebody whom the study does not know.
  func stamp(in folder: StudyFolder) throws -> Stamp {
    guard let by else {
      throw Failure.usage("error: say with --by who makes the change: \(Self.coders(of: folder))")
    }
    guard let coder = folder.id(for: by, of: Coder.self) else {
      throw Failure.usage(
        "error: '\(by)' is no coder of the study; its coders are \(Self.coders(of: folder))")
    }
    return Stamp(by: coder, at: try time())
  }

  private static func coders(of folder: StudyFolder) -> String {
    folder.project.coders.map { folder.key(of: $0.id) }.joined(separator: ", ")
  }

  private func time() throws -> Timestamp {
    if let at {
      guard let time = Timestamp(at) else {
        throw Failure.usage("error: --at takes a time such as 2026-03-04T10:30:00Z, not '\(at)'")
      }
      return time
    }
    if let epoch = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap(Int64.init) {
      return Timestamp(
        milliseconds: epoch.multipliedReportingOverflow(by: 1000).partialValue, zone: 0)
    }
    return Timestamp(milliseconds: Int64(Date().timeIntervalSince1970) * 1000, zone: 0)
  }
}

/// A study folder that a verb may change.
struct OpenFolder {
  var folder: StudyFolder
  var diagnostics: [Diagnostic]
  private let path: String

  /// Opens the folder, and refuses anything else.
  init(_ options: InputOptions) throws {
    guard options.resolvedFormat == .studyFolder else {
      throw Failure.unreadable(
        "\(options.input): error: this is no study folder; make one \(Self.making(options))")
    }
    let reading = try options.readFolder()
    folder = reading.value
    diagnostics = reading.diagnostics
    path = options.input
  }

  /// How a study folder is made of an input, as far as the command line goes.
  private static func making(_ options: InputOptions) -> String {
    let convert = "of it with: qda convert \(options.input) FOLDER"
    return switch options.resolvedFormat {
    case .studyFolder: convert
    case .publishedStudy: convert + " --as published-study"
    case .project(let format):
      // What its content tells needs no word.
      convert + (options.format == nil ? "" : format.map { " --as \($0.id)" } ?? "")
    case .transcript: "with 'qda init', and put transcripts into it"
    }
  }

  /// Applies a change that a stage makes, writes the folder, and says which files were written.
  ///
  /// That a stage was skipped is decided once: a change of the history that says so holds on.
  mutating func commit(_ change: Change, of stage: Stage?, _ options: ChangeOptions) throws {
    guard let stage else { return try commit(change) }
    let isKnown = folder.history.contains { $0.change.skipped == stage.predecessor }
    if options.isOverridden, options.why.isEmpty {
      throw Failure.usage("error: say with --why why a stage is skipped")
    }
    do {
      let allowed = try folder.project.running(
        stage, change, isOverridden: options.isOverridden || isKnown)
      try commit(allowed)
    } catch let error as StageMissing {
      throw Failure.unwritable(
        "\(path): error: \(error); do that first, or say --override and --why")
    }
  }

  /// Applies a change, writes the folder, and says which files were written.
  private mutating func commit(_ change: Change) throws {
    if diagnostics.contains(where: { $0.id == "study.format-unknown" }) {
      throw Failure.unwritable(
        "\(path): error: the study has a format that this version cannot write")
    }
    if change.operations.isEmpty {
      Output.message("\(path): nothing to change")
      return
    }
    do {
      try folder.apply(change)
    } catch {
      throw Failure.unwritable("\(path): error: \(error)")
    }
    for file in try folder.write(to: path) { Output.message("\(path)/\(file): written") }
  }

  /// What people call an object: its key, or its GUID.
  func key(_ reference: Reference) -> String {
    folder.label(for: reference) ?? String(reference.description.drop { $0 != " " }.dropFirst())
  }

  /// How people name a passage: by its key, or that of a coding on it.
  func passage(_ id: ID<Passage>) -> String {
    folder.label(for: .passage(id))
      ?? folder.project.codings.codings(ofPassage: id).lazy.compactMap {
        folder.label(for: .coding($0.id))
      }.first ?? id.description
  }

  /// The code with a key or a number that no other code has.
  func code(_ text: String) throws -> ID<Code> {
    if let id = folder.id(for: text, of: Code.self) { return id }
    let found = folder.project.codebook.codes.filter { $0.number == text }
    if found.count > 1 {
      throw Failure.usage(
        "error: '\(text)' is the number of \(found.map { key(.code($0.id)) }.joined(separator: " and ")); "
          + "name the code by its key")
    }
    if let code = found.first { return code.id }
    throw Failure.usage("error: '\(text)' is neither the key nor the number of a code")
  }

  /// The case with a key.
  func participant(_ text: String) throws -> ID<Case> {
    if let id = folder.id(for: text, of: Case.self) { return id }
    throw Failure.usage("error: '\(text)' is no case of the study")
  }

  /// The cell that is written as `P1/matching` or `P1/1.2`.
  func cell(_ text: String) throws -> Cell.Key {
    guard let slash = text.firstIndex(of: "/") else {
      throw Failure.usage("error: a cell is written as CASE/CODE, such as P1/1.2, not '\(text)'")
    }
    return Cell.Key(
      row: try participant(String(text[..<slash])),
      column: try code(String(text[text.index(after: slash)...])))
  }

  /// A cell as people write it.
  func name(of key: Cell.Key) -> String {
    "\(self.key(.case(key.row)))/\(self.key(.code(key.column)))"
  }
}
