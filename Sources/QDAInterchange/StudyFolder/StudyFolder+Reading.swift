internal import FoundationEssentials
public import QDACore

extension StudyFolder {
  /// Files larger than this are left out.
  public static let defaultFileLimit = 256 << 20

  /// Opens a study folder.
  ///
  /// Whatever can be read is read; everything else is a diagnostic with its file, line and column,
  /// and stays in its file. A folder that an interrupted write left behind is completed first.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - fileLimit: The size in bytes beyond which a file is left out.
  ///   - progress: Is told, before each transcript, how many were read, of how many.
  /// - Throws: `unreadable` where there is no folder or no `study.yaml` in it.
  /// - Complexity: O(*n*) in the size of the files.
  public static func read(
    at path: String, fileLimit: Int = defaultFileLimit,
    progress: @escaping (Int, Int) -> Void = { _, _ in }
  ) throws(ReadingError) -> Reading<StudyFolder> {
    var disk = try StudyDisk(path: path, fileLimit: fileLimit)
    let recovered = StudyJournal.recover(path)
    disk.gather()
    guard disk.files["study.yaml"] != nil else {
      if let error = disk.diagnostics.first(where: { $0.id == "study.file-unreadable" }),
        case .file("study.yaml", _, _)? = error.place
      {
        throw .unreadable(file: path + "/study.yaml", reason: "it may not be read")
      }
      throw .unreadable(
        file: path, reason: "it is no study folder: there is no study.yaml in it")
    }
    var reader = StudyReader(files: disk.files, transcripts: disk)
    reader.progress = progress
    var reading = reader.read()
    reading.diagnostics = recovered + disk.diagnostics + reading.diagnostics
    reading.value.original = disk.files.mapValues { Digest(of: $0) }
    for (name, transcript) in reading.value.transcripts {
      reading.value.original["transcripts/\(name)"] = transcript.digest
    }
    reading.value.project.files = files(at: path)
    return reading
  }
}

/// The files of a study folder on disk.
struct StudyDisk: TranscriptLoading {
  let path: String
  let fileLimit: Int
  private(set) var files: [String: [UInt8]] = [:]
  private(set) var names: [String] = []
  private(set) var diagnostics: [Diagnostic] = []
  private var waiting: [String] = []

  init(path: String, fileLimit: Int) throws(ReadingError) {
    var isDirectory = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw .unreadable(file: path, reason: "there is no such folder")
    }
    guard isDirectory else { throw .unreadable(file: path, reason: "it is not a folder") }
    guard FileManager.default.isReadableFile(atPath: path),
      FileManager.default.isExecutableFile(atPath: path)
    else { throw .unreadable(file: path, reason: "the folder may not be read") }
    self.path = path
    self.fileLimit = fileLimit
  }

  /// The files of the layout, as folder and ending; `nil` stands for any ending.
  private static let folders: [(name: String, ending: String?)] = [
    ("codings", ".csv"), ("charts", ".csv"), ("notes", ".md"), ("history", ".jsonl"),
    ("exchange", nil), ("transcripts", nil),
  ]
  private static let topFiles = [
    "study.yaml", "participants.csv", "codebook.yaml", "configurations.yaml", "theory.yaml",
    "readings.csv", "mapping.yaml",
  ]

  /// Whether a path is one that the layout has: a file at the top, or one in a folder of its own.
  static func isInLayout(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count == 1 { return topFiles.contains(path) }
    return parts.count == 2 && !["", ".", ".."].contains(parts[1])
      && folders.contains { $0.name == parts[0] }
  }

  /// Lists the folder and reads every file but the transcripts.
  mutating func gather() {
    for name in list("") {
      if Self.topFiles.contains(name) {
        files[name] = load(name)
      } else if let folder = Self.folders.first(where: { $0.name == name }) {
        gather(folder: folder.name, ending: folder.ending)
      } else {
        reportUnknown(name, among: Self.topFiles + Self.folders.map(\.name))
      }
    }
    diagnostics += StudyJournal.reportWaiting(waiting)
  }

  private mutating func gather(folder: String, ending: String?) {
    for name in list(folder) {
      let file = "\(folder)/\(name)"
      var isDirectory = false
      _ = FileManager.default.fileExists(atPath: "\(path)/\(file)", isDirectory: &isDirectory)
      // A link may lead to a file of somebody else's, which must not end up in a report.
      let kind = (try? FileManager.default.attributesOfItem(atPath: "\(path)/\(file)"))?[.type]
      let isLink = kind as? FileAttributeType == .typeSymbolicLink
      if isDirectory, !isLink, file == StudyFolder.filesFolder { continue }
      if isDirectory || isLink || !(ending.map(name.hasSuffix) ?? true) {
        reportUnknown(file, among: [])
      } else if folder == "transcripts" {
        names.append(name)
      } else if folder == "history" {
        if let bytes = load(file) {
          diagnostics += HistoryFile.check(bytes, name: file)
          files[file] = bytes
        }
      } else {
        files[file] = load(file)
      }
    }
    if folder == "history", !diagnostics.contains(where: { $0.id == "study.history-edited" }) {
      diagnostics += HistoryFile.checkNumbers(files)
    }
  }

  // Names that begin with a dot belong to the system, to git and to interrupted writes.
  private mutating func list(_ folder: String) -> [String] {
    let parent = folder.isEmpty ? path : "\(path)/\(folder)"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    waiting += names.filter(StudyJournal.isWaiting).sorted().map {
      folder.isEmpty ? $0 : "\(folder)/\($0)"
    }
    // Word's locks and editors' backups are nobody's work.
    return names.filter { !$0.hasPrefix(".") && !$0.hasPrefix("~$") && !$0.hasSuffix("~") }.sorted()
  }

  private mutating func load(_ file: String) -> [UInt8]? {
    switch bytes(of: file) {
    case .success(let bytes): return bytes
    case .failure(let error):
      diagnostics.append(
        Diagnostic(
          "study.file-unreadable", .error, at: .file(file, line: 0, column: 0),
          "the file cannot be read", explanation: error.description,
          solutions: ["check its permissions and its size"]))
      return nil
    }
  }

  private func bytes(of file: String) -> Result<[UInt8], ReadingError> {
    let manager = FileManager.default
    let attributes = try? manager.attributesOfItem(atPath: "\(path)/\(file)")
    if let size = attributes?[.size] as? UInt64, size > UInt64(clamping: fileLimit) {
      return .failure(.tooLarge(file: file, part: file, limit: fileLimit))
    }
    guard let data = manager.contents(atPath: "\(path)/\(file)") else {
      return .failure(.unreadable(file: file, reason: "the system refuses to open it"))
    }
    return .success([UInt8](data))
  }

  private mutating func reportUnknown(_ file: String, among known: [String]) {
    let near = Suggestion.nearest(to: file, among: known)
    let isBook = Self.spreadsheets.contains(where: file.lowercased().hasSuffix)
    let table = isBook ? near.flatMap { $0.hasSuffix(".csv") ? $0 : nil } : nil
    diagnostics.append(
      Diagnostic(
        "study.unknown-file", .note, at: .file(file, line: 0, column: 0),
        table == nil
          ? "nothing is known of this file; it is left alone"
          : "a study keeps its tables as CSV; this file is left alone",
        notes: table == nil ? Suggestion.notes(for: file, among: known) : [],
        solutions: [
          table.map { "save it from the spreadsheet program as \"CSV UTF-8\", named '\($0)'" }
            ?? "rename it if it belongs to the study"
        ]))
  }

  private static let spreadsheets = [".xlsx", ".xlsm", ".xls", ".ods", ".numbers"]

  func load(
    _ name: String, id: ID<Source>, settings: StudyTranscript.Settings
  ) -> StudyTranscript? {
    let bytes: [UInt8]
    switch self.bytes(of: "transcripts/\(name)") {
    case .success(let found): bytes = found
    case .failure(let error):
      return StudyTranscript(name: name, digest: Digest(of: []), reading: .failure(error))
    }
    return StudyTranscript(bytes, name: name, id: id, settings: settings)
  }
}

extension StudyTranscript {
  /// Reads a transcript with what the study says about it.
  init(_ bytes: [UInt8], name: String, id: ID<Source>, settings: Settings) {
    self.name = name
    digest = Digest(of: bytes)
    do {
      let read = try TranscriptReader.read(bytes, name: name, id: id, options: settings.options)
      reading = .success(settings.hasMarkup ? try InlineMarkup.read(read, settings.options) : read)
    } catch {
      reading = .failure(error)
    }
  }
}
