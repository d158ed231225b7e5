/// A file of a report, made in memory; the caller decides where it goes.
public struct ReportFile: Hashable, Sendable {
  /// The path within the report's folder, with `/` between its parts.
  public var path: String
  /// The content.
  public var bytes: [UInt8]

  /// Creates a file from its bytes.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// Creates a file from a text, written as UTF-8 without a byte-order mark.
  public init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }
}

/// A report could not be written.
public struct ReportError: Error, Hashable, CustomStringConvertible {
  /// The file that could not be written.
  public var path: String
  /// Why.
  public var reason: String

  /// The reason in a sentence.
  public var description: String { "\(path) could not be made: \(reason)" }
}
