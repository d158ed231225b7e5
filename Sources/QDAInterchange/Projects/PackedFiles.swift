internal import QDACore

extension Project {
  /// The formatted texts, pictures and recordings that go with the project, each once.
  var packedFiles: [(path: String, name: String)] {
    var seen: Set<String> = []
    var found: [(String, String)] = []
    let ofSources = sources.flatMap { [$0.files.richText, $0.files.media] }
    let ofNotes = notes.map(\.files.richText)
    for case let path? in ofSources + ofNotes {
      guard let name = RefiPath.internalName(path), seen.insert(name.lowercased()).inserted
      else { continue }
      found.append((path, name))
    }
    return found
  }

  /// Lists the files that go with the project and are not to be had.
  func missingFiles(_ target: String) -> [Diagnostic] {
    let index = FileIndex(files.names)
    var findings = RefiFindings()
    for missing in packedFiles where index[missing.path] == nil {
      findings.add(
        Diagnostic(
          "exchange.file-missing", .warning, at: .file(target, line: 0, column: 0),
          "a formatted text, picture or recording is not to be had and is left out",
          raw: missing.path, solutions: ["put the file where the project expects it, or leave it"]))
    }
    return findings.diagnostics
  }
}
