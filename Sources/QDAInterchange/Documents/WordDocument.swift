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
    let handler = WordHandler(WordBody(package: package, file: file, original: original))
    let content = try archive.content(of: package.mainPart)
    var parser = XMLParser(
      handler, vocabulary: WordName.allCases.map(\.rawValue), file: file, part: package.mainPart,
      advice: XMLStream.advice)
    var start = 0
    while start < content.count {
      let end = min(start + 1 << 16, content.count)
      try parser.parse(content.span.extracting(start..<end))
      start = end
    }
    try parser.finish()
    handler.body.finish()
    return Reading(
      handler.body.document, diagnostics: archive.diagnostics + handler.body.diagnostics)
  }
}

/// Hands what happens in the main part to the body, with attributes only where they matter.
private final class WordHandler: XMLHandler {
  var body: WordBody

  private let names = WordName.allCases

  init(_ body: WordBody) { self.body = body }

  override func start(_ element: borrowing XMLStart) {
    guard element.name >= 0 else {
      body.startOther()
      return
    }
    let name = names[element.name]
    var start = XMLElement(namespace: "", name: "", attributes: [])
    if name.hasAttributes {
      for index in 0..<element.attributeCount {
        start.attributes.append(("", element.attributeLocalName(index), element.value(index)))
      }
    }
    body.start(name, start)
  }

  override func end(_ element: borrowing XMLEnd) { body.end() }

  override func text(_ utf8: borrowing Span<UInt8>) { body.take(utf8) }
}
