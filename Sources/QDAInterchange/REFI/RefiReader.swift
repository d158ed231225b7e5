internal import FoundationEssentials
internal import QDACore

/// Reads projects and codebooks of REFI-QDA 1.0 to 1.5: `.qdpx`, `.qde` and `.qdc`.
enum RefiReader {
  /// Reads a project in an archive.
  ///
  /// - Parameter keepsPositions: Whether positions and texts stay as the files have them, which
  ///   serves to compare readings of the same file and nothing else.
  static func read(
    _ archive: consuming sending ZipArchive, name: String, options: ProjectReadingOptions,
    keepsPositions: Bool = false
  ) throws(ReadingError) -> Reading<Project> {
    let found = archive.diagnostics
    let files = ArchiveFiles(archive)
    let part = try projectFile(among: files.names, in: name)
    var reading = try read(
      name: name, part: part.name, files: files, options: options,
      keepsPositions: keepsPositions
    ) {
      (receive: (Span<UInt8>) throws(ReadingError) -> Void) throws(ReadingError) in
      try files.streamAhead(part.name, receive)
    }
    reading.diagnostics = found + part.findings + reading.diagnostics
    return reading
  }

  /// Reads a project file or a codebook whose sources, if it has any, are in files beside it.
  static func read(
    name: String, part: String, files: any FileStore, options: ProjectReadingOptions,
    keepsPositions: Bool = false,
    from feed: (_ receive: (Span<UInt8>) throws(ReadingError) -> Void) throws(ReadingError) -> Void
  ) throws(ReadingError) -> Reading<Project> {
    let handler = RefiHandler(file: part)
    var parser = XMLParser(
      handler, vocabulary: RefiName.vocabulary, file: name, part: part, depth: 1024)
    do {
      try feed { (piece: Span<UInt8>) throws(ReadingError) in try parser.parse(piece) }
      try parser.finish()
    } catch {
      guard options.salvages else { throw advised(error) }
      let (line, column, reason): (Int, Int, String)
      switch error {
      case .malformed(_, let atLine, let atColumn, let why):
        (line, column, reason) = (atLine, atColumn, why)
      case .corruptArchive(_, let why): (line, column, reason) = (parser.line, 1, why)
      default: throw error
      }
      handler.salvage(
        Diagnostic(
          "refi.salvaged", .error, at: .file(part, line: line, column: column),
          "the file breaks off or is damaged here; what stands before is kept",
          raw: reason, explanation: "Everything behind this place is missing.",
          solutions: ["export the project again if that is still possible"]))
    }
    return try finish(
      handler, name: name, files: files, options: options, keepsPositions: keepsPositions)
  }

  /// An error of broken XML, with what can be done.
  private static func advised(_ error: ReadingError) -> ReadingError {
    guard case .malformed(let file, let line, let column, let reason) = error else { return error }
    return .malformed(
      file: file, line: line, column: column,
      reason: reason + "; export the project again, or keep what stands before with --salvage")
  }

  private static func finish(
    _ handler: RefiHandler, name: String, files: any FileStore, options: ProjectReadingOptions,
    keepsPositions: Bool
  ) throws(ReadingError) -> Reading<Project> {
    var result = handler.finish()
    guard result.project.origin != nil else {
      throw .malformed(
        file: name, line: 1, column: 1,
        reason: "this is neither a project nor a codebook of REFI-QDA; export it as .qdpx or .qde")
    }
    result.project.codings = result.filling.finish()
    result.filling = CodingStore.Filling()
    result.separateRepeatedIDs(file: name)
    result.resolve(file: name)
    let made = result.project
    result.project = made.with(
      id: ID(
        derivedFrom: [
          "project", made.title, made.origin?.program ?? "", made.created.at?.description ?? "",
          made.created.by?.description ?? "",
        ]))
    result.project.idStyle = result.spellings.style
    let texts = RefiTexts(files, options: options, file: name)
    if keepsPositions {
      texts.offer(to: &result)
    } else {
      texts.read(into: &result)
    }
    result.removeCaseCodings()
    result.assignCasesFromCodes(file: name)
    let format: Format = files is ArchiveFiles ? .qdpx : result.isCodebook ? .qdc : .qde
    return Reading(
      result.project,
      diagnostics: Sniffing.surprise(format, promised: Format.promised(byName: name), name)
        + result.findings.diagnostics)
  }

  /// The project file of an archive: the only one that ends in `.qde`, by whatever name.
  private static func projectFile(
    among names: [String], in archive: String
  ) throws(ReadingError) -> (name: String, findings: [Diagnostic]) {
    let candidates = names.filter {
      let name = $0.lowercased()
      // What macOS adds, and sources, are no projects.
      return name.hasSuffix(".qde") && !name.contains("__macosx/") && !name.hasPrefix("sources/")
        && !name.contains("/sources/")
    }
    if candidates.count == 1 { return (candidates[0], []) }
    guard !candidates.isEmpty else {
      for (folder, format) in [("word/", Format.docx), ("xl/", .xlsx)]
      where names.contains(where: { $0.hasPrefix(folder) }) {
        throw .looksLike(file: archive, format: format.id)
      }
      throw .missingPart(file: archive, part: "project.qde")
    }
    guard let usual = candidates.first(where: { $0.lowercased() == "project.qde" }) else {
      throw .malformed(
        file: archive, line: 1, column: 1,
        reason: "the archive holds several projects (\(candidates.joined(separator: ", "))); "
          + "unpack it and name the one to read")
    }
    return (
      usual,
      [
        Diagnostic(
          "refi.project-ambiguous", .warning, at: .file(archive, line: 0, column: 0),
          "the archive holds several project files; 'project.qde' is read",
          notes: candidates.filter { $0 != usual }.prefix(5).map { "'\($0)' is not" },
          solutions: ["unpack the archive to read another"])
      ]
    )
  }
}
