internal import ArgumentParser
internal import Foundation
internal import QDA

/// Makes a study folder to begin with.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make a study folder to begin with.",
    discussion: """
      Puts transcripts into FOLDER/transcripts, one row for each participant into \
      FOLDER/participants.csv and the framework into FOLDER/codebook.yaml; Documentation/StudyFolder.md \
      describes each file. `qda check FOLDER` says what is missing.
      """)

  @Argument(help: "The folder to make.", completion: .directory)
  var folder: String

  @Option(help: "The study's title.")
  var title: String

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    if folder.isEmpty { throw ValidationError("FOLDER is empty; name the folder to make.") }
  }

  mutating func run() throws {
    let (folder, title, json) = (folder, title, json)
    try exiting(json: json) {
      var written: [String] = []
      let study = folder + "/study.yaml"
      if FileManager.default.fileExists(atPath: study) {
        throw Failure.unwritable("\(study): error: there is a study here already")
      }
      for file in try Self.starter(title: title) {
        let url = URL(filePath: folder).appending(path: file.path)
        do {
          try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
          try Data(file.text.utf8).write(to: url, options: .withoutOverwriting)
        } catch {
          throw Failure.unwritable(
            "\(url.path): error: cannot be written: \(error.localizedDescription)")
        }
        written.append(file.path)
        Output.message("\(url.path): written")
      }
      do {
        try FileManager.default.createDirectory(
          atPath: folder + "/transcripts", withIntermediateDirectories: true)
      } catch {
        throw Failure.unwritable(
          "\(folder)/transcripts: error: cannot be made: \(error.localizedDescription)")
      }
      if json {
        try Output.json(FileList(files: written))
      } else {
        Output.line("put transcripts into \(folder)/transcripts, then run: qda check \(folder)")
      }
    }
  }

  private static func starter(title: String) throws -> [(path: String, text: String)] {
    // The title as JSON is a YAML scalar, whatever characters it has.
    let quoted = String(decoding: try JSONEncoder().encode(title), as: UTF8.self)
    let words = title.lowercased().split { !$0.isLetter && !$0.isNumber }.prefix(4)
    let id = words.isEmpty ? "study" : words.joined(separator: "-")
    return [
      (
        "study.yaml",
        """
        format: 1
        id: \(id)
        title: \(quoted)
        questions: []
        coders:
          - {id: A, name: First coder, kind: person}
        attributes: []
        interviewers: [I, Interviewer]

        """
      ),
      ("participants.csv", "id,transcript\n"),
      (
        "codebook.yaml",
        """
        version: 1
        codes:
          - id: theme
            number: 1
            name: A first theme
            definition: What belongs here, in a sentence.
            codes:
              - {id: subtheme, number: 1.1, name: A first subtheme, definition: What belongs here.}
              - {id: theme-other, number: 1.9, name: Other, definition: What has no subtheme yet.}

        """
      ),
    ]
  }
}
