internal import ArgumentParser
internal import QDA

/// Runs the body of a command and gives errors the exit codes of the design.
///
/// With `json`, the error goes to standard output too, so that a program always finds an object.
func exiting(json: Bool = false, _ body: () throws -> Void) throws {
  func fail(_ message: String, _ code: ExitCode) throws -> Never {
    Output.message(message.escapingControls)
    if json { try Output.json(ErrorDocument(error: message, exitCode: code.rawValue)) }
    throw code
  }
  do {
    try body()
  } catch let error as ReadingError {
    try fail(error.description, ExitCode(3))
  } catch let error as WritingError {
    try fail(error.description, ExitCode.failure)
  } catch let error as Failure {
    try fail(error.description, error.exitCode)
  }
}

/// What went wrong, as JSON.
struct ErrorDocument: Encodable {
  var schema = "qda.error/1"
  var error: String
  var exitCode: Int32
}

/// Ends with exit code 1 for errors and unverified anchors, and under `strict` for any finding.
func conclude(_ diagnostics: [Diagnostic], strict: Bool) throws {
  let fails = diagnostics.contains { $0.severity == .error || $0.id == "coding.unverified" }
  if fails || (strict && !diagnostics.isEmpty) { throw ExitCode.failure }
}

/// How many findings there are of each severity, in words.
func summary(of diagnostics: [Diagnostic]) -> String {
  func part(_ severity: Severity) -> String {
    let count = diagnostics.count { $0.severity == severity }
    return "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
  }
  return Severity.allCases.reversed().map(part).joined(separator: ", ")
}
