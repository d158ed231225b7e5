internal import QDACore

/// Reads OpenDocument text, in its container and as one flat file.
///
/// The rendition: paragraphs and headings joined by `\n`, cells as paragraphs in row order, `\t` for
/// a tab, `\n` for a line break within a paragraph. Comments and notes are annotations; deletions
/// that were tracked are left out, unless the original is asked for.
enum OpenDocument {
  /// Reads a document from its bytes.
  ///
  /// - Throws: ``ReadingError`` where the container or a part that is needed cannot be read.
  static func read(
    _ bytes: [UInt8], name file: String, original: Bool = false,
    limits: ArchiveLimits = ArchiveLimits()
  ) throws(ReadingError) -> Reading<RichDocument> {
    var body = OpenDocumentBody(file: file, original: original)
    guard bytes.starts(with: Array("PK".utf8)) else {
      // A flat file has everything in one part, the page headers ahead of the text.
      try XMLStream.read(bytes, file: file, part: file) {
        (event: XMLEvent) throws(ReadingError) in body.take(event)
      }
      return body.finish()
    }
    let archive = try ZipArchive(bytes, file: file, limits: limits)
    if archive.contains("META-INF/manifest.xml") {
      try refuseEncrypted(archive, file)
    }
    guard archive.contains("content.xml") else {
      throw .missingPart(file: file, part: "content.xml")
    }
    for part in ["meta.xml", "styles.xml"] where archive.contains(part) {
      try XMLStream.read(try archive.content(of: part), file: file, part: part) {
        (event: XMLEvent) throws(ReadingError) in body.take(event)
      }
    }
    try XMLStream.read(try archive.content(of: "content.xml"), file: file, part: "content.xml") {
      (event: XMLEvent) throws(ReadingError) in body.take(event)
    }
    var reading = body.finish()
    reading.diagnostics = archive.diagnostics + reading.diagnostics
    return reading
  }

  private static func refuseEncrypted(
    _ archive: borrowing ZipArchive, _ file: String
  ) throws(ReadingError) {
    let part = "META-INF/manifest.xml"
    var isEncrypted = false
    try XMLStream.read(try archive.content(of: part), file: file, part: part) {
      (event: XMLEvent) throws(ReadingError) in
      if case .start(let element) = event, element.name == "encryption-data" {
        isEncrypted = true
      }
    }
    if isEncrypted { throw .encrypted(file: file) }
  }
}
