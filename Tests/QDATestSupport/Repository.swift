public import Foundation

/// Where tests find their input.
public enum Repository {
  /// The root of the package.
  public static let root: URL = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A folder of the fixtures.
  public static func fixture(_ path: String) -> URL {
    root.appending(path: "Fixtures").appending(path: path)
  }

  /// Files that lie beside the repository on some machines; tests that want them skip elsewhere.
  public static let shared: URL = root.deletingLastPathComponent().appending(path: "shared")

  /// Whether a shared file or folder is there.
  public static func hasShared(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: shared.appending(path: path).path)
  }

  /// The bytes of a file.
  public static func bytes(_ url: URL) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: url))
  }
}
