internal import CLibZip
internal import FoundationEssentials
internal import QDACore

/// What an archive may cost before it is refused.
public struct ArchiveLimits: Hashable, Sendable {
  /// The greatest size of one part, in bytes.
  public var partSize: Int
  /// How many times larger than its compressed form a part beyond one mebibyte may be.
  public var ratio: Int
  /// The greatest number of entries.
  public var entries: Int

  /// What a project of another tool may cost: 4 GiB a part, 200 to 1, and 200,000 entries.
  public static let project = ArchiveLimits(partSize: 4 << 30, entries: 200_000)

  /// Creates limits: 64 MiB a part, 200 to 1, and 10,000 entries unless others are given.
  public init(partSize: Int = 64 << 20, ratio: Int = 200, entries: Int = 10_000) {
    self.partSize = partSize
    self.ratio = ratio
    self.entries = entries
  }
}

/// A zip archive in memory or in a file: the only file that sees libzip.
///
/// Bytes are counted while they are inflated; what the archive says of its own sizes is not trusted.
/// Nothing is ever written to disk, and names that point outside the archive are refused.
@safe
struct ZipArchive: ~Copyable {
  private let handle: OpaquePointer
  private let bytes: UnsafeMutableRawBufferPointer?
  private let file: String
  private let limits: ArchiveLimits
  /// The names in the order of the archive, folders left out; of equal names only the first.
  let names: [String]
  private let positions: [String: UInt64]
  /// What was noticed on opening: repeated and refused names.
  let diagnostics: [Diagnostic]

  /// Opens an archive, copying its bytes.
  ///
  /// - Throws: `corruptArchive` where it is no whole archive, `tooLarge` beyond the limit of entries.
  init(
    _ content: [UInt8], file: String, limits: ArchiveLimits = ArchiveLimits()
  ) throws(ReadingError) {
    self.file = file
    self.limits = limits
    let copy = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(1, content.count), alignment: 1)
    unsafe copy.copyBytes(from: content)
    var error = unsafe zip_error_t()
    unsafe zip_error_init(&error)
    defer { unsafe zip_error_fini(&error) }
    // The source does not own the bytes: they are freed after the archive is closed.
    guard
      let source = unsafe zip_source_buffer_create(
        copy.baseAddress, zip_uint64_t(content.count), 0, &error)
    else {
      unsafe copy.deallocate()
      throw .corruptArchive(file: file, reason: "it cannot be opened")
    }
    guard let opened = unsafe zip_open_from_source(source, ZIP_RDONLY, &error) else {
      let reason = unsafe String(cString: zip_error_strerror(&error))
      unsafe zip_source_free(source)
      unsafe copy.deallocate()
      throw .corruptArchive(file: file, reason: reason)
    }
    let entries = unsafe Entries(of: opened, file: file, limit: limits.entries)
    if entries.packed > content.count {
      unsafe zip_discard(opened)
      unsafe copy.deallocate()
      throw Self.overlapping(file)
    }
    guard entries.count <= limits.entries else {
      unsafe zip_discard(opened)
      unsafe copy.deallocate()
      throw .tooLarge(file: file, part: "list of entries", limit: limits.entries)
    }
    unsafe handle = opened
    unsafe bytes = copy
    names = entries.names
    positions = entries.positions
    diagnostics = entries.diagnostics
  }

  /// Opens an archive in a file, which is read where and when it is needed.
  ///
  /// - Parameter name: The file's name, for messages.
  /// - Throws: `unreadable`, `corruptArchive` where it is no whole archive, `tooLarge` beyond the limit
  ///   of entries.
  init(
    path: String, name: String, limits: ArchiveLimits = ArchiveLimits()
  ) throws(ReadingError) {
    file = name
    self.limits = limits
    var code: Int32 = 0
    guard let opened = unsafe zip_open(path, ZIP_RDONLY, &code) else {
      var error = unsafe zip_error_t()
      unsafe zip_error_init_with_code(&error, code)
      let reason = unsafe String(cString: zip_error_strerror(&error))
      unsafe zip_error_fini(&error)
      if code == ZIP_ER_NOENT || code == ZIP_ER_OPEN {
        throw .unreadable(file: name, reason: reason)
      }
      throw .corruptArchive(file: name, reason: reason)
    }
    let entries = unsafe Entries(of: opened, file: name, limit: limits.entries)
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    if let size = attributes?[.size] as? Int, entries.packed > size {
      unsafe zip_discard(opened)
      throw Self.overlapping(name)
    }
    guard entries.count <= limits.entries else {
      unsafe zip_discard(opened)
      throw .tooLarge(file: name, part: "list of entries", limit: limits.entries)
    }
    unsafe handle = opened
    unsafe bytes = nil
    names = entries.names
    positions = entries.positions
    diagnostics = entries.diagnostics
  }

  /// The table of contents.
  @safe
  private struct Entries {
    let count: Int
    /// The size of all parts in their compressed form.
    var packed = 0
    var names: [String] = []
    var positions: [String: UInt64] = [:]
    var diagnostics: [Diagnostic] = []

    init(of opened: OpaquePointer, file: String, limit: Int) {
      count = unsafe Int(max(0, zip_get_num_entries(opened, 0)))
      if count > limit { return }
      var findings = RefiFindings()
      defer { diagnostics = findings.diagnostics }
      for index in 0..<UInt64(count) {
        guard let raw = unsafe zip_get_name(opened, index, 0) else { continue }
        var status = unsafe zip_stat_t()
        unsafe zip_stat_init(&status)
        if unsafe zip_stat_index(opened, index, 0, &status) == 0 {
          let (sum, overflows) = unsafe packed.addingReportingOverflow(
            Int(clamping: status.comp_size))
          packed = overflows ? .max : sum
        }
        // Some programs on Windows separate folders with a backslash.
        let name = unsafe String(cString: raw).replacing("\\", with: "/")
        if name.hasSuffix("/") { continue }
        if name.leavesItsFolder {
          findings.add(ZipArchive.refused(name, in: file))
        } else if unsafe Self.isLink(index, in: opened) {
          findings.add(ZipArchive.linked(name, in: file))
        } else if positions[name] != nil {
          findings.add(ZipArchive.repeated(name, in: file))
        } else {
          positions[name] = index
          names.append(name)
        }
      }
    }

    private static func isLink(_ index: UInt64, in opened: OpaquePointer) -> Bool {
      var system: UInt8 = 0
      var attributes: UInt32 = 0
      guard
        unsafe zip_file_get_external_attributes(opened, index, 0, &system, &attributes) == 0,
        system == UInt8(ZIP_OPSYS_UNIX)
      else { return false }
      return attributes >> 16 & 0o170000 == 0o120000
    }
  }

  deinit {
    unsafe zip_discard(handle)
    unsafe bytes?.deallocate()
  }

  /// Whether the archive has a part of this name.
  func contains(_ name: String) -> Bool { positions[name] != nil }

  /// The content of a part.
  ///
  /// - Throws: `missingPart`, `encrypted`, `tooLarge` beyond the limits, or `corruptArchive`.
  func content(of name: String) throws(ReadingError) -> [UInt8] {
    var content: [UInt8] = []
    try read(name) { (piece: Span<UInt8>) throws(ReadingError) in
      content.append(piece)
    }
    return content
  }

  /// Hands over the content of a part, piece by piece.
  ///
  /// - Throws: `missingPart`, `encrypted`, `tooLarge` beyond the limits, `corruptArchive`, or what
  ///   `receive` throws.
  func read(
    _ name: String, _ receive: (Span<UInt8>) throws(ReadingError) -> Void
  ) throws(ReadingError) {
    guard let position = positions[name] else { throw .missingPart(file: file, part: name) }
    var status = unsafe zip_stat_t()
    unsafe zip_stat_init(&status)
    var compressed = 0
    if unsafe zip_stat_index(handle, position, 0, &status) == 0 {
      if unsafe status.encryption_method != UInt16(ZIP_EM_NONE) { throw .encrypted(file: file) }
      compressed = unsafe Int(clamping: status.comp_size)
    }
    guard let part = unsafe zip_fopen_index(handle, position, 0) else {
      throw .corruptArchive(file: file, reason: "the part '\(name)' cannot be opened")
    }
    defer { unsafe zip_fclose(part) }
    var total = 0
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let read = unsafe chunk.withUnsafeMutableBytes {
        unsafe zip_fread(part, $0.baseAddress, zip_uint64_t($0.count))
      }
      if read < 0 {
        throw .corruptArchive(file: file, reason: "the part '\(name)' is damaged")
      }
      if read == 0 { return }
      total += Int(read)
      let allowed = compressed.multipliedReportingOverflow(by: limits.ratio)
      if total > limits.partSize {
        throw .tooLarge(file: file, part: name, limit: limits.partSize)
      }
      if total > 1 << 20, !allowed.overflow, total > allowed.partialValue {
        throw .tooLarge(file: file, part: name, limit: max(1 << 20, allowed.partialValue))
      }
      try receive(chunk.span.extracting(first: Int(read)))
    }
  }

  // Parts that share their bytes unfold to far more than the limits for each part tell.
  private static func overlapping(_ file: String) -> ReadingError {
    .corruptArchive(file: file, reason: "its parts overlap, as in an archive made to do harm")
  }

  private static func refused(_ name: String, in file: String) -> Diagnostic {
    Diagnostic(
      "archive.name-refused", .warning, at: .file(file, line: 0, column: 0),
      "an entry whose name points outside the archive was left out", raw: name,
      solutions: ["make the archive again with the program that wrote the document"])
  }

  private static func linked(_ name: String, in file: String) -> Diagnostic {
    Diagnostic(
      "archive.link-refused", .warning, at: .file(file, line: 0, column: 0),
      "an entry that is a symbolic link was left out", raw: name,
      explanation: "A link could lead to any file of the machine that opens the archive.",
      solutions: ["put the file itself into the archive"])
  }

  private static func repeated(_ name: String, in file: String) -> Diagnostic {
    Diagnostic(
      "archive.name-repeated", .warning, at: .file(file, line: 0, column: 0),
      "the archive has a second entry of the same name, which was left out", raw: name,
      solutions: ["open the document in the program that wrote it and save it again"])
  }
}

extension String {
  /// Whether a name in an archive points outside the folder that the archive stands for.
  fileprivate var leavesItsFolder: Bool {
    let parts = split(separator: "/", omittingEmptySubsequences: false)
    let drive = parts.first.map { $0.count == 2 && $0.last == ":" } ?? false
    return hasPrefix("/") || drive || parts.contains("..")
  }
}
