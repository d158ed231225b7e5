internal import FoundationEssentials
public import QDACore

/// Reads the projects and reports of other tools as a project.
///
/// The content decides which format it is, not the file's name, except where formats look alike.
public enum ProjectReader {
  /// The formats of projects and reports that are read.
  public static let formats: [Format] = Format.projects + ReportFormats.all

  /// The format of a project or report that a file is, or `nil` where it is something else.
  public static func format(ofFile path: String) -> Format? {
    if isFolder(path) { return isQualCoderFolder(path) ? .qualCoder : nil }
    let name = URL(filePath: path).lastPathComponent
    guard let head = try? FileReading.head(ofFile: path) else { return nil }
    if let format = RefiSniffing.format(of: head, name: name) { return format }
    guard let bytes = try? FileReading.bytes(ofFile: path) else { return nil }
    return self.format(of: bytes, name: name)
  }

  /// The format of a project or report that some bytes are.
  private static func format(of bytes: [UInt8], name: String) -> Format? {
    if let format = RefiSniffing.format(of: bytes, name: name) { return format }
    if bytes.starts(with: SQLiteDatabase.magic) {
      let found = try? Sniffing.format(of: bytes, name: name, encoding: nil)
      return found?.value.format
    }
    // An archive that holds a project is one, whatever it is called.
    if bytes.starts(with: Array("PK".utf8)),
      let found = try? Sniffing.format(of: bytes, name: "archive", encoding: nil),
      found.value.format == .qdpx
    {
      return .qdpx
    }
    return ReportFormats.recognise(bytes, name: name)
  }

  private static func isFolder(_ path: String) -> Bool {
    var isDirectory = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory
  }

  private static func isQualCoderFolder(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path + "/data.qda")
  }

  /// Reads a file, or the folder of a QualCoder project.
  ///
  /// - Parameters:
  ///   - path: The file; a `.qde` finds its sources in the folder `sources` beside it.
  ///   - format: What to read it as, where the content would not tell.
  ///   - options: What is known beyond the file.
  /// - Returns: The project, with what was not understood, decided by a rule or doubted.
  /// - Throws: ``ReadingError`` where nothing usable can be read.
  /// - Complexity: O(*n*) in the size of the file.
  public static func read(
    contentsOf path: String, as format: Format? = nil,
    options: ProjectReadingOptions = ProjectReadingOptions()
  ) throws(ReadingError) -> Reading<Project> {
    let reading = try readAlone(contentsOf: path, as: format, options: options)
    return restored(reading, beside: path)
  }

  private static func readAlone(
    contentsOf path: String, as format: Format?, options: ProjectReadingOptions
  ) throws(ReadingError) -> Reading<Project> {
    let name = URL(filePath: path).lastPathComponent
    if format == .qualCoder || (format == nil && isFolder(path) && isQualCoderFolder(path)) {
      return try QualCoderDatabase.read(path: path, options: options)
    }
    let head = try FileReading.head(ofFile: path)
    switch format ?? RefiSniffing.format(of: head, name: name) {
    case .qdpx:
      return try RefiReader.read(
        ZipArchive(path: path, name: name, limits: options.limits), name: name, options: options)
    case .qde, .qdc:
      let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
      return try RefiReader.read(
        name: name, part: name, files: FolderFiles(folder: folder), options: options
      ) { (receive: (Span<UInt8>) throws(ReadingError) -> Void) throws(ReadingError) in
        try FileReading.pieces(ofFile: path, receive)
      }
    default:
      return try readAlone(
        FileReading.bytes(ofFile: path), name: name, as: format, options: options)
    }
  }

  /// The size of a project in figures, positions and texts counted as its files have them.
  ///
  /// - Throws: ``ReadingError`` where the project or one of its texts cannot be read.
  public static func figures(
    contentsOf path: String, options: ProjectReadingOptions = ProjectReadingOptions()
  ) throws(ReadingError) -> ProjectFigures {
    let name = URL(filePath: path).lastPathComponent
    let project: Project
    switch RefiSniffing.format(of: try FileReading.head(ofFile: path), name: name) {
    case .qdpx:
      project = try RefiReader.read(
        ZipArchive(path: path, name: name, limits: options.limits), name: name,
        options: options, keepsPositions: true
      ).value
    case .qde:
      let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
      project = try RefiReader.read(
        name: name, part: name, files: FolderFiles(folder: folder), options: options,
        keepsPositions: true
      ) { (receive: (Span<UInt8>) throws(ReadingError) -> Void) throws(ReadingError) in
        try FileReading.pieces(ofFile: path, receive)
      }.value
    default: project = try read(contentsOf: path, options: options).value
    }
    do {
      return try ProjectFigures(of: project)
    } catch {
      let source = project.sources[error.source]?.name ?? error.source.description
      throw .unreadable(
        file: name,
        reason: "'\(source)' has passages and its text is not to be had (\(error.reason)); put it "
          + "where the project names it")
    }
  }

  /// Reads the bytes of a file whose name is used in messages.
  ///
  /// - Throws: ``ReadingError`` where nothing usable can be read.
  public static func read(
    _ bytes: [UInt8], name: String, as format: Format? = nil,
    options: ProjectReadingOptions = ProjectReadingOptions()
  ) throws(ReadingError) -> Reading<Project> {
    let reading = try readAlone(bytes, name: name, as: format, options: options)
    return restored(reading, beside: nil)
  }

  private static func readAlone(
    _ bytes: [UInt8], name: String, as format: Format?, options: ProjectReadingOptions
  ) throws(ReadingError) -> Reading<Project> {
    let format = format ?? self.format(of: bytes, name: name)
    switch format {
    case .qdpx:
      return try RefiReader.read(
        ZipArchive(bytes, file: name, limits: options.limits), name: name, options: options)
    case .qde, .qdc:
      return try RefiReader.read(
        name: name, part: name, files: MemoryFiles(), options: options
      ) { (receive: (Span<UInt8>) throws(ReadingError) -> Void) throws(ReadingError) in
        try receive(bytes.span)
      }
    case .taguette: return try TaguetteDatabase.read(bytes, name: name, options: options)
    case .qualCoder: return try QualCoderDatabase.read(bytes, name: name, options: options)
    case .rqda: return try RQDADatabase.read(bytes, name: name, options: options)
    default:
      if let format,
        let reading = try ReportFormats.read(bytes, as: format, name: name, options: options)
      {
        return reading
      }
      let found = try Sniffing.format(of: bytes, name: name, encoding: options.encoding)
      throw .noReader(
        file: name, format: found.value.format.name,
        advice: "name a project such as a .qdpx, or say with --as which report or table it is; "
          + "transcripts are read with: qda import")
    }
  }
}

/// Tells the formats of REFI-QDA by how a file begins.
enum RefiSniffing {
  static func format(of head: [UInt8], name: String) -> Format? {
    if head.starts(with: Array("PK\u{3}\u{4}".utf8)) {
      return Format.promised(byName: name) == .qdpx ? .qdpx : nil
    }
    let text = String(decoding: head.prefix(4096), as: UTF8.self)
    if text.contains("<Project") || text.contains(":Project") { return .qde }
    if text.contains("<CodeBook") || text.contains(":CodeBook") { return .qdc }
    let promised = Format.promised(byName: name)
    return promised == .qde || promised == .qdc || promised == .qdpx ? promised : nil
  }
}
