internal import FoundationEssentials
internal import QDACore

/// Reads transcripts of oTranscribe: JSON whose text is a web page.
enum OTranscribeFile {
  private struct Content: Decodable {
    var text: String
    var media: String?
  }

  /// Reads a transcript from the file's text.
  ///
  /// - Throws: `malformed` where the JSON is broken or has no text.
  static func read(_ json: String, name: String) throws(ReadingError) -> Reading<RichDocument> {
    let content: Content
    do {
      content = try JSONDecoder().decode(Content.self, from: Data(json.utf8))
    } catch {
      throw .malformed(
        file: name, line: 1, column: 1,
        reason: "the JSON is cut off or has no text; export the transcript again")
    }
    var reading = try WebPage.read(content.text, name: name)
    // What browsers leave for a recording from the web is of no use.
    if let media = content.media, !media.isEmpty {
      reading.value.metadata.append(MetadataField(name: "media", value: media))
    }
    return reading
  }
}
