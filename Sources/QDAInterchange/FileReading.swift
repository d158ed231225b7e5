internal import FoundationEssentials

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
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .unreadable(file: path, reason: "it may not be read")
    }
    return Array(data)
  }

  /// Whether there is a file with anything in it.
  static func holdsBytes(_ path: String) -> Bool {
    FileManager.default.contents(atPath: path).map { !$0.isEmpty } ?? false
  }
}
