/// The files that came with a project, such as recordings and formatted documents.
///
/// They are kept to be written back; nothing in this library looks into them.
public protocol FileStore: Sendable {
  /// The names of the files, in order.
  var names: [String] { get }
  /// Hands over the bytes of a file, piece by piece, so that a film need not fit in memory.
  ///
  /// - Throws: ``FileUnavailable`` where the file cannot be had, or what `receive` throws.
  func read(_ name: String, _ receive: (Span<UInt8>) throws -> Void) throws
}

/// A file of a project is not to be had.
public struct FileUnavailable: Error, Hashable, CustomStringConvertible {
  /// The name of the file.
  public var name: String
  /// Why it is not to be had.
  public var reason: String

  /// Creates the error.
  public init(name: String, reason: String) {
    self.name = name
    self.reason = reason
  }

  /// The reason in a sentence.
  public var description: String { "the file '\(name)' is not available: \(reason)" }
}

/// Files held in memory.
public struct MemoryFiles: FileStore, Hashable {
  /// The contents by name.
  public var files: [String: [UInt8]]

  /// Creates a store, empty unless files are given.
  public init(_ files: [String: [UInt8]] = [:]) {
    self.files = files
  }

  /// The names of the files in alphabetical order.
  public var names: [String] { files.keys.sorted() }

  /// Hands over a file in one piece.
  public func read(_ name: String, _ receive: (Span<UInt8>) throws -> Void) throws {
    guard let bytes = files[name] else {
      throw FileUnavailable(name: name, reason: "it was never added to the project")
    }
    try receive(bytes.span)
  }
}
