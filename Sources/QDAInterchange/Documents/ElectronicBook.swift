internal import QDACore

/// Reads EPUB books: the pages of the spine in their order, each as a web page.
enum ElectronicBook {
  /// Reads a book from its bytes.
  ///
  /// - Throws: ``ReadingError`` where the container, the package or a page cannot be read.
  static func read(
    _ bytes: [UInt8], name file: String, limits: ArchiveLimits = ArchiveLimits()
  ) throws(ReadingError) -> Reading<RichDocument> {
    let archive = try ZipArchive(bytes, file: file, limits: limits)
    let package = try packagePart(archive, file)
    var book = Package()
    try XMLStream.read(try archive.content(of: package), file: file, part: package) {
      (event: XMLEvent) throws(ReadingError) in book.take(event)
    }
    let locked = try lockedParts(archive, file)
    var page = WebPage(file: file)
    var missing: [String] = []
    for path in book.spine.map({ path($0, from: package) }) {
      if locked.contains(path) { throw .encrypted(file: file) }
      guard archive.contains(path) else {
        missing.append(path)
        continue
      }
      let content = try archive.content(of: path)
      try page.add(try TextDecoding.decode(content, name: file).value.string, part: path)
    }
    var reading = page.finish()
    reading.value.metadata = book.fields
    reading.diagnostics = archive.diagnostics + reading.diagnostics
    if let first = missing.first {
      reading.diagnostics.append(
        Diagnostic(
          "epub.page-missing", .warning, at: .file(file, line: 0, column: 0),
          "pages that the book lists are not in it", raw: first,
          solutions: ["fetch the book again, or make it again from its source"],
          count: missing.count))
    }
    return reading
  }

  private static func packagePart(
    _ archive: borrowing ZipArchive, _ file: String
  ) throws(ReadingError) -> String {
    let container = "META-INF/container.xml"
    var found: String?
    try XMLStream.read(try archive.content(of: container), file: file, part: container) {
      (event: XMLEvent) throws(ReadingError) in
      if case .start(let element) = event, element.name == "rootfile", found == nil {
        found = element["full-path"]
      }
    }
    guard let found, archive.contains(found) else {
      throw .missingPart(file: file, part: found ?? "package document")
    }
    return found
  }

  // Fonts may be scrambled in any book; pages are only in one that is protected.
  private static func lockedParts(
    _ archive: borrowing ZipArchive, _ file: String
  ) throws(ReadingError) -> Set<String> {
    let part = "META-INF/encryption.xml"
    guard archive.contains(part) else { return [] }
    var found: Set<String> = []
    try XMLStream.read(try archive.content(of: part), file: file, part: part) {
      (event: XMLEvent) throws(ReadingError) in
      if case .start(let element) = event, element.name == "CipherReference",
        let path = element["URI"]
      {
        found.insert(unescaped(path))
      }
    }
    return found
  }

  // A target relative to the part that names it, without its fragment.
  private static func path(_ target: String, from part: String) -> String {
    let whole = unescaped(String(target.prefix { $0 != "#" }))
    if whole.hasPrefix("/") { return String(whole.dropFirst()) }
    var folders = part.split(separator: "/").dropLast().map(String.init)
    for step in whole.split(separator: "/") {
      if step == ".." { _ = folders.popLast() } else if step != "." { folders.append(String(step)) }
    }
    return folders.joined(separator: "/")
  }

  private static func unescaped(_ path: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(path.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == 0x25, rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What the package document says of the book.
  private struct Package {
    var spine: [String] = []
    var fields: [MetadataField] = []
    private var pages: [String: String] = [:]
    private var field: String?
    private var value = ""

    mutating func take(_ event: XMLEvent) {
      switch event {
      case .start(let element): start(element)
      case .text(let text): if field != nil { value += text }
      case .end(_, let name):
        guard name == field else { return }
        let value = value.trimmingLayoutSpace
        if !value.isEmpty { fields.append(MetadataField(name: name, value: value)) }
        field = nil
      }
    }

    private mutating func start(_ element: XMLElement) {
      switch element.name {
      case "title", "creator", "date", "language", "publisher":
        field = element.name
        value = ""
      case "item":
        let isPage = element["media-type"].map { $0.contains("html") } ?? false
        let isContents = element["properties"]?.split(separator: " ").contains("nav") ?? false
        if isPage, !isContents, let id = element["id"] { pages[id] = element["href"] }
      case "itemref":
        guard element["linear"] != "no", let page = element["idref"].flatMap({ pages[$0] }) else {
          return
        }
        spine.append(page)
      default: break
      }
    }
  }
}
