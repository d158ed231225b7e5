internal import ArgumentParser
internal import QDA

/// Runs the body of a command and gives errors the exit codes of the design.
func exiting(_ body: () throws -> Void) throws {
  do {
    try body()
  } catch let error as ReadingError {
    Output.message(error.description)
    throw ExitCode(3)
  } catch let error as WritingError {
    Output.message(error.description)
    throw ExitCode.failure
  } catch let error as Failure {
    Output.message(error.description)
    throw error.exitCode
  }
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
