internal import ArgumentParser

/// The command `qda`, which does nothing that the library cannot.
@main
struct QDACommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "qda",
    abstract: "Qualitative data analysis with the Framework Method and realist evaluation.",
    discussion: """
      An INPUT is a study folder, a transcript, a folder of transcripts or, with --as \
      published-study, a published qualitative study as text.

      Exit codes: 0 done; 1 errors or unverified anchors, or any finding under --strict; \
      3 unreadable input; 64 wrong usage.
      """,
    version: "0.1.0",
    subcommands: [
      InitCommand.self, ImportCommand.self, CheckCommand.self, FrameworkCommand.self,
      IndexCommand.self, ChartCommand.self, MapCommand.self, CMOCommand.self,
      ConvertCommand.self, ReportCommand.self,
      ScriptCommand.self,
    ])

  /// Runs the command that the arguments name; under `--json`, wrong usage is an object too.
  static func main() {
    do {
      var command: any ParsableCommand
      do {
        command = try parseAsRoot()
      } catch {
        let code = exitCode(for: error)
        if code != .success, CommandLine.arguments.contains("--json") {
          try Output.json(ErrorDocument(error: message(for: error), exitCode: code.rawValue))
        }
        throw error
      }
      try command.run()
    } catch {
      exit(withError: error)
    }
  }
}
