internal import Foundation

/// Reads files; everything else in this module works on bytes in memory.
public enum FileReading {
  /// The bytes of a file.
  ///
  /// - Throws: `unreadable` where there is no such file or it may not be read.
  public static func bytes(ofFile path: String) throws(ReadingError) -> [UInt8] {
    var isDirectory = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw .unreadable(file: path, reason: "there is no such file")
    }
    if isDirectory { throw .unreadable(file: path, reason: "it is a folder") }
    try refuseStream(path)
    // Read piece by piece, large files cost more: what is freed here is used again by readers.
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .unreadable(file: path, reason: "it may not be read")
    }
    return Array(data)
  }

  // What a file is shows in its first bytes, and then it is read anew; a pipe gives its bytes once.
  private static func refuseStream(_ path: String) throws(ReadingError) {
    var info = stat()
    guard unsafe stat(path, &info) == 0 else { return }
    // A device may have no end.
    if info.st_mode & S_IFMT == S_IFCHR { throw .unreadable(file: path, reason: "it is a device") }
    guard info.st_mode & S_IFMT == S_IFIFO else { return }
    throw .unreadable(
      file: path,
      reason: "it is a pipe, which can be read only once; give it as standard input, with -")
  }

  /// Whether there is a file with anything in it.
  static func holdsBytes(_ path: String) -> Bool {
    (try? head(ofFile: path, count: 1))?.isEmpty == false
  }

  /// The first bytes of a file.
  static func head(ofFile path: String, count: Int = 4096) throws(ReadingError) -> [UInt8] {
    var head: [UInt8] = []
    try pieces(ofFile: path, size: count, limit: 1) {
      (piece: Span<UInt8>) throws(ReadingError) in
      head.append(piece)
    }
    return head
  }

  /// Hands over the bytes of a file, piece by piece.
  static func pieces(
    ofFile path: String, size: Int = 1 << 18, limit: Int = .max,
    _ receive: (Span<UInt8>) throws(ReadingError) -> Void
  ) throws(ReadingError) {
    var isDirectory = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw .unreadable(file: path, reason: "there is no such file")
    }
    if isDirectory { throw .unreadable(file: path, reason: "it is a folder") }
    try refuseStream(path)
    guard let file = unsafe fopen(path, "rb") else {
      throw .unreadable(file: path, reason: "it may not be read")
    }
    defer { unsafe fclose(file) }
    var piece = [UInt8](repeating: 0, count: size)
    var count = 0
    while count < limit {
      let read = unsafe piece.withUnsafeMutableBytes {
        unsafe fread($0.baseAddress, 1, $0.count, file)
      }
      if read == 0 { return }
      try receive(piece.span.extracting(first: read))
      count += 1
    }
  }
}
