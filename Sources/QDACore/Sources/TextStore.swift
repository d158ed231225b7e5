/// Where the texts of a project's sources come from.
public protocol TextStore: Sendable {
  /// The text of a source.
  ///
  /// - Throws: ``TextUnavailable`` where the text cannot be had.
  func text(of source: ID<Source>) throws(TextUnavailable) -> Text
}

/// The text of a source is not to be had.
public struct TextUnavailable: Error, Hashable, CustomStringConvertible {
  /// The source whose text was asked for.
  public var source: ID<Source>
  /// Why it is not to be had.
  public var reason: String

  /// Creates the error.
  public init(source: ID<Source>, reason: String) {
    self.source = source
    self.reason = reason
  }

  /// The reason in a sentence.
  public var description: String { "the text of source \(source) is not available: \(reason)" }
}

/// Texts held in memory.
public struct MemoryTexts: TextStore, Hashable, Codable {
  /// The texts by source.
  public var texts: [ID<Source>: Text]

  /// Creates a store, empty unless texts are given.
  public init(_ texts: [ID<Source>: Text] = [:]) {
    self.texts = texts
  }

  /// The text of a source that was put here.
  public func text(of source: ID<Source>) throws(TextUnavailable) -> Text {
    guard let text = texts[source] else {
      throw TextUnavailable(source: source, reason: "it was never added to the project")
    }
    return text
  }
}
