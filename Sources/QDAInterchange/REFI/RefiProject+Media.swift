internal import QDACore

extension RefiProject {
  /// Lists the pictures, PDF files and recordings that did not come with the project.
  mutating func lookForMedia(among index: FileIndex, file: String) {
    for source in project.sources where source.medium != .text {
      guard let path = source.files.media, index[path] == nil else { continue }
      let raw = source.name.isEmpty ? path : "\(source.name): \(path)"
      if RefiPath.internalName(path) == nil, path.contains("://") {
        findings.add(
          Diagnostic(
            "refi.media-outside", .note, at: .file(file, line: 0, column: 0),
            "a picture, PDF or recording is kept outside of the project; it is only named",
            raw: raw, solutions: ["keep the file beside the project, or where the path says"]))
      } else {
        findings.add(
          Diagnostic(
            "refi.media-missing", .warning, at: .file(file, line: 0, column: 0),
            "a picture, PDF or recording is not in the project; what is coded in it stays",
            raw: raw, solutions: ["export the project again with its files"]))
      }
    }
  }
}
