internal import FoundationEssentials
public import QDACore

/// How a project is written for other tools.
public struct ProjectWritingOptions: Sendable {
  /// Where what the format cannot hold goes.
  public enum Sidecar: String, Hashable, Sendable, CaseIterable {
    /// Nowhere: it is lost.
    case none
    /// Into `NAME.qda.json` beside the file.
    case beside
    /// Into the archive.
    case embedded
  }

  /// The habits of the program that the file is for.
  public var profile: ExchangeProfile
  /// Where what the format cannot hold goes.
  public var sidecar: Sidecar
  /// Whether paths that say where files are on somebody's machine are written.
  public var includesPaths: Bool
  /// Whether the short names of coders are written where they look like names of accounts.
  public var includesAccounts: Bool

  /// Creates options; without any, the standard with a sidecar beside the file.
  public init(
    profile: ExchangeProfile = .standard, sidecar: Sidecar = .beside, includesPaths: Bool = false,
    includesAccounts: Bool = false
  ) {
    self.profile = profile
    self.sidecar = sidecar
    self.includesPaths = includesPaths
    self.includesAccounts = includesAccounts
  }
}

/// Writes a project as `.qdpx`, `.qde` or `.qdc`, and says beforehand what that loses.
///
/// The same project gives the same bytes.
public struct ProjectWriter: Sendable {
  private let form: ExchangeForm
  private let options: ProjectWritingOptions
  private let withheld: [Diagnostic]

  /// Prepares a project, or returns `nil` for a format that is none of REFI-QDA.
  ///
  /// - Complexity: O(*n*) in the size of the project.
  public init?(
    _ project: Project, as format: Format, options: ProjectWritingOptions = ProjectWritingOptions()
  ) {
    let kind: ExchangeForm.Kind
    switch format {
    case .qdpx: kind = .archive
    case .qde: kind = .file
    case .qdc: kind = .codebook
    default: return nil
    }
    var shared = project
    withheld = Withholding(options).apply(to: &shared)
    form = ExchangeForm(of: shared, as: kind, for: options.profile)
    self.options = options
  }

  private var keepsAll: Bool {
    switch options.sidecar {
    case .none: false
    case .beside: form.kind != .codebook
    case .embedded: form.kind == .archive
    }
  }

  /// The loss report: what the file cannot hold, kind by kind with counts, and what is withheld.
  ///
  /// - Parameter file: The name of the file for messages.
  public func losses(file: String) -> [Diagnostic] {
    form.losses.diagnostics(
      file: file, isKept: keepsAll,
      solution: form.kind == .codebook
        ? "write a .qdpx, or keep the study folder as well"
        : "write a sidecar beside the file, or keep the study folder as well")
      + missingFiles(file) + withheld
  }

  /// The sidecar's bytes, or `nil` where the format has none or none is wanted.
  public var sidecar: [UInt8]? { keepsAll ? ExchangeSidecar(form).encoded() : nil }

  /// The path of the sidecar that is written beside a file and read together with it.
  public static func sidecarPath(beside path: String) -> String {
    ExchangeSidecar.path(beside: path)
  }

  /// Writes the file, and the sidecar beside it where that is wanted.
  ///
  /// Each file takes its place when it is whole and not before.
  ///
  /// - Returns: The paths that were written.
  /// - Throws: `noCodes` for a codebook without a code, `unwritable` where the system refuses.
  public func write(to path: String) throws(WritingError) -> [String] {
    if isEmptyCodebook { throw .noCodes(file: path) }
    let sidecar = sidecar
    if form.kind == .archive {
      try writeArchive(to: path, sidecar: options.sidecar == .embedded ? sidecar : nil)
    } else {
      try writeFile(to: path)
    }
    guard let sidecar, options.sidecar == .beside else { return [path] }
    let beside = ExchangeSidecar.path(beside: path)
    try DurableFiles.replace(beside) {
      (put: ([UInt8]) throws(WritingError) -> Void) throws(WritingError) in try put(sidecar)
    }
    return [path, beside]
  }

  // The schema asks for a code, so that no other tool would open such a file.
  private var isEmptyCodebook: Bool {
    form.kind == .codebook && form.project.codebook.codes.isEmpty
  }

  /// The bytes of a `.qde` or `.qdc`, or `nil` for an archive and a codebook without a code.
  public var bytes: [UInt8]? {
    if form.kind == .archive || isEmptyCodebook { return nil }
    var all: [UInt8] = []
    RefiWriter(form).forEachPiece { all += $0 }
    return all
  }

  /// Writes the pieces of a file while those behind them are made on a second thread.
  private func writeFile(to path: String) throws(WritingError) {
    let form = form
    let queue = PieceQueue<Never>()
    queue.fill { put in
      // Nobody reads this error: it only ends the writing.
      try? RefiWriter(form).forEachPiece { (piece: [UInt8]) throws(CancellationError) in
        if !put(piece) { throw CancellationError() }
      }
    }
    // Whatever ends this, the other thread must not wait for room for ever.
    defer { queue.abandon() }
    try DurableFiles.replace(path) {
      (put: ([UInt8]) throws(WritingError) -> Void) throws(WritingError) in
      while let piece = queue.take() { try put(piece) }
    }
  }

  // MARK: - Archives

  private func writeArchive(to path: String, sidecar: [UInt8]?) throws(WritingError) {
    let archive = try ZipWriter(path: path)
    let (form, ending) = (form, form.profile.lineEnd)
    try archive.add("project.qde") { put in
      try RefiWriter(form).forEachPiece { try put($0) }
    }
    for source in form.project.sources {
      guard let name = source.files.plainText.flatMap({ RefiPath.internalName($0) }),
        !form.noteSources.contains(source.id)
      else { continue }
      let id = source.id
      try archive.add("sources/" + name) { put in
        guard let text = try? form.project.texts.text(of: id) else { return }
        try put(Self.file(of: text.string, ending))
      }
    }
    for note in form.project.notes {
      guard let name = form.noteFiles[note.id].flatMap({ RefiPath.internalName($0) }) else {
        continue
      }
      try archive.add("sources/" + name) { put in try put(Self.file(of: note.body, ending)) }
    }
    let index = FileIndex(form.project.files.names)
    for (path, name) in form.project.packedFiles {
      guard let place = index[path] else { continue }
      try archive.add("sources/" + name, isPacked: true) { put in
        try form.project.files.read(place) { piece in
          var bytes: [UInt8] = []
          bytes.append(piece)
          try put(bytes)
        }
      }
    }
    if let sidecar {
      try archive.add(ExchangeSidecar.embeddedName) { put in try put(sidecar) }
    }
    try archive.finish()
  }

  /// The bytes of a text file.
  static func file(of text: String, _ lineEnd: LineEnd) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 64)
    // A mark at the start is part of the text only behind another, which is not.
    if text.unicodeScalars.first == "\u{FEFF}" { bytes += [0xEF, 0xBB, 0xBF] }
    guard lineEnd == .crlf else { return bytes + Array(text.utf8) }
    for byte in text.utf8 {
      if byte == 0x0A { bytes.append(0x0D) }
      bytes.append(byte)
    }
    return bytes
  }

  private func missingFiles(_ file: String) -> [Diagnostic] {
    form.kind == .archive ? form.project.missingFiles(file) : []
  }
}

/// What is not told to others unless that is asked for.
private struct Withholding {
  private let options: ProjectWritingOptions

  init(_ options: ProjectWritingOptions) { self.options = options }

  func apply(to project: inout Project) -> [Diagnostic] {
    var paths = 0
    var accounts = 0
    if !options.includesPaths {
      if let path = project.origin?.basePath, !path.isEmpty { paths += 1 }
      project.origin?.basePath = nil
      for source in project.sources {
        var files = source.files
        if let path = files.original, RefiPath.isAbsolute(path) { files.original = nil }
        if let path = files.media, RefiPath.isAbsolute(path) { files.media = nil }
        if let path = files.richText, RefiPath.isAbsolute(path) { files.richText = nil }
        if let path = files.plainText, RefiPath.isAbsolute(path) { files.plainText = nil }
        guard files != source.files else { continue }
        paths += 1
        project.sources[source.id]?.files = files
      }
    }
    if !options.includesAccounts {
      for coder in project.coders where !Self.areInitials(coder.initials) {
        project.coders[coder.id]?.initials = ""
        accounts += 1
      }
    }
    var diagnostics: [Diagnostic] = []
    if paths > 0 {
      diagnostics.append(
        withheld("a path says where a file is on somebody's machine", "--paths", paths))
    }
    if accounts > 0 {
      diagnostics.append(
        withheld("a coder's short name looks like an account", "--accounts", accounts))
    }
    return diagnostics
  }

  /// Whether a short name is that of a person among colleagues rather than of an account.
  private static func areInitials(_ text: String) -> Bool {
    text.unicodeScalars.count <= 4 && text.unicodeScalars.allSatisfy { $0.properties.isAlphabetic }
  }

  private func withheld(_ summary: String, _ option: String, _ count: Int) -> Diagnostic {
    Diagnostic(
      "exchange.withheld", .note, "\(summary) and is not written",
      solutions: ["say \(option) to write it all the same"], count: count)
  }
}
