#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif
internal import QDACore

/// Files that are on the disk when a call returns; the only place that knows the C library's files.
enum DurableFiles {
  /// Writes a file and flushes it to the disk.
  static func write(_ bytes: [UInt8], to path: String) throws(WritingError) {
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard file >= 0 else { throw failure(path) }
    defer { close(file) }
    try write(bytes, to: file, path)
    guard fsync(file) == 0 else { throw failure(path) }
  }

  /// Writes a file piece by piece and puts it in its place when it is whole.
  ///
  /// - Parameter fill: Hands the pieces to `put`.
  static func replace(
    _ path: String,
    fill: (_ put: ([UInt8]) throws(WritingError) -> Void) throws(WritingError) -> Void
  ) throws(WritingError) {
    let partial = path + ".partial"
    do throws(WritingError) {
      let file = unsafe open(partial, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
      guard file >= 0 else { throw failure(path) }
      defer { close(file) }
      try fill { (piece: [UInt8]) throws(WritingError) in try write(piece, to: file, path) }
      guard fsync(file) == 0 else { throw failure(path) }
      try rename(partial, to: path)
    } catch {
      try? remove(partial)
      throw error
    }
  }

  /// Copies a file of a project and puts it in its place when it is whole.
  static func replace(
    _ path: String, with name: String, of files: any FileStore
  ) throws(WritingError) {
    try replace(path) {
      (put: ([UInt8]) throws(WritingError) -> Void) throws(WritingError) in
      do {
        try files.read(name) { piece in
          var bytes: [UInt8] = []
          bytes.append(piece)
          try put(bytes)
        }
      } catch {
        throw error as? WritingError ?? .unwritable(file: path, reason: "\(error)")
      }
    }
  }

  /// Whether a file on disk has the bytes of a file of a project already.
  static func isSame(_ path: String, as name: String, of files: any FileStore) -> Bool {
    let file = unsafe open(path, O_RDONLY)
    guard file >= 0 else { return false }
    defer { close(file) }
    do {
      try files.read(name) { piece in
        var bytes: [UInt8] = []
        bytes.append(piece)
        if try read(bytes.count, from: file, path) == bytes { return }
        throw WritingError.inTheWay(file: path)
      }
      return try read(1, from: file, path).isEmpty
    } catch {
      return false
    }
  }

  /// The next bytes of a file, fewer than asked for at its end.
  private static func read(
    _ count: Int, from file: Int32, _ path: String
  ) throws(WritingError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe systemRead(file, UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      }
      if got == 0 { break }
      if got < 0 {
        if errno == EINTR { continue }
        throw failure(path)
      }
      filled += got
    }
    bytes.removeLast(count - filled)
    return bytes
  }

  private static func write(
    _ bytes: [UInt8], to file: Int32, _ path: String
  ) throws(WritingError) {
    var position = 0
    while position < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[position...])
        return unsafe systemWrite(file, rest)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(path)
      }
      position += count
    }
  }

  /// Puts a file in the place of another, in one step.
  static func rename(_ old: String, to new: String) throws(WritingError) {
    guard systemRename(old, new) == 0 else { throw failure(new) }
  }

  /// Removes a file; one that is not there is no error.
  static func remove(_ path: String) throws(WritingError) {
    guard unsafe unlink(path) == 0 || errno == ENOENT else { throw failure(path) }
  }

  /// Makes a folder, with those above it; one that is there is no error.
  static func makeFolder(_ path: String) throws(WritingError) {
    var made = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/") {
      made += "/\(part)"
      guard unsafe mkdir(made, 0o755) == 0 || errno == EEXIST || errno == EISDIR else {
        throw failure(made)
      }
    }
  }

  /// Flushes the names in a folder to the disk.
  static func flushFolder(_ path: String) throws(WritingError) {
    let folder = unsafe open(path, O_RDONLY)
    guard folder >= 0 else { throw failure(path) }
    defer { close(folder) }
    // Some file systems cannot flush a folder, and then have no need to.
    _ = fsync(folder)
  }

  private static func systemWrite(_ file: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      unsafe Glibc.write(file, buffer.baseAddress, buffer.count)
    #elseif canImport(Musl)
      unsafe Musl.write(file, buffer.baseAddress, buffer.count)
    #else
      unsafe Darwin.write(file, buffer.baseAddress, buffer.count)
    #endif
  }

  private static func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    #if canImport(Glibc)
      unsafe Glibc.read(file, buffer.baseAddress, buffer.count)
    #elseif canImport(Musl)
      unsafe Musl.read(file, buffer.baseAddress, buffer.count)
    #else
      unsafe Darwin.read(file, buffer.baseAddress, buffer.count)
    #endif
  }

  private static func systemRename(_ old: String, _ new: String) -> Int32 {
    #if canImport(Glibc)
      unsafe Glibc.rename(old, new)
    #elseif canImport(Musl)
      unsafe Musl.rename(old, new)
    #else
      unsafe Darwin.rename(old, new)
    #endif
  }

  private static func failure(_ path: String) -> WritingError {
    let code = errno
    let reason = unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    return .unwritable(file: path, reason: reason)
  }
}
