internal import QDACore

/// Reads Word documents: the body as text, with what is attached to it.
///
/// The rendition: paragraphs joined by `\n`, cells as paragraphs in row order, `\t` for a tab and
/// `\n` for a line break within a paragraph. Everything that a reader of the document sees in its
/// body is here: content controls, hyperlinks, smart tags, the results of fields, tracked insertions.
/// Deletions are not, unless the original is asked for; headers, footers and hidden text never are.
enum WordDocument {
  /// Reads a document from its bytes.
  ///
  /// - Parameter original: Whether tracked changes are taken back rather than accepted.
  /// - Throws: ``ReadingError`` where the container or a part that is needed cannot be read.
  static func read(
    _ bytes: [UInt8], name file: String, original: Bool = false,
    limits: ArchiveLimits = ArchiveLimits()
  ) throws(ReadingError) -> Reading<RichDocument> {
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
      throw .encrypted(file: file)
    }
    let archive = try ZipArchive(bytes, file: file, limits: limits)
    let package = try WordPackage(archive, file: file)
    var body = WordBody(package: package, file: file, original: original)
    let content = try archive.content(of: package.mainPart)
    try XMLStream.read(content, file: file, part: package.mainPart) {
      (event: XMLEvent) throws(ReadingError) in body.take(event)
    }
    body.finish()
    return Reading(
      body.document, diagnostics: archive.diagnostics + body.diagnostics)
  }
}
