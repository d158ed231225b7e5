import FoundationEssentials

/// The folder that holds the package.
public let packageFolder: String = {
  var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
  parts.removeLast(3)
  return parts.joined(separator: "/")
}()

/// The path of a fixture, such as `LinkWorkers`.
public func fixture(_ path: String) -> String { "\(packageFolder)/Fixtures/\(path)" }

/// The path of something in the folder of shared research material, or `nil` where that is absent.
public func shared(_ path: String) -> String? {
  var parts = packageFolder.split(separator: "/", omittingEmptySubsequences: false)
  parts.removeLast()
  let whole = (parts + ["shared"]).joined(separator: "/") + "/" + path
  return FileManager.default.fileExists(atPath: whole) ? whole : nil
}

/// The bytes of a file.
public func bytes(of path: String) throws -> [UInt8] {
  Array(try Data(contentsOf: URL(filePath: path)))
}

/// Runs a body with an empty folder that is removed afterwards.
public func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "qda-tests-\(UUID().uuidString)").path
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}
