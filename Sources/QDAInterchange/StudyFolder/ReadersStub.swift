public import QDACore
public struct TranscriptOptions: Hashable, Sendable {
  public var speakers: [String] = []
  public var interviewers: [String] = []
  public var participants: [String] = []
  public init() {}
  public static let names = ["speakers", "interviewers", "participants", "layout", "encoding", "timestamps", "tracked-changes"]
  public mutating func set(_ name: String, to value: String) throws(OptionError) {}
}
public struct OptionError: Error, Hashable {
  public var option: String
  public var value: String
  public var allowed: [String]
  public var suggestion: String?
}
public struct Transcript: Hashable, Sendable {
  public var source: Source
  public var text: Text
}
public enum TranscriptReader {
  public static func read(
    _ bytes: [UInt8], name: String, id: ID<Source>? = nil, options: TranscriptOptions = .init()
  ) throws(ReadingError) -> Reading<Transcript> {
    guard let string = String(validating: bytes, as: UTF8.self) else {
      throw .notText(file: name, reason: "stub")
    }
    let text = Text(string)
    return Reading(Transcript(source: Source(id: id ?? ID(derivedFrom: [name]), name: name, rendition: Rendition(reader: "plain-text", file: Digest(of: bytes), text: text.digest), paragraphs: text.lines(), turns: text.lines().map { Turn(ranges: [$0]) }), text: text))
  }
}
