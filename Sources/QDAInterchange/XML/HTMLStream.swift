internal import CLibXML2
internal import QDACore

/// What happens in an HTML document, in its order.
enum HTMLEvent {
  /// An element begins.
  case start(name: String, attributes: [String: String])
  /// An element ends.
  case end(name: String)
  /// Character data; several may follow each other.
  case text(String)
}

/// Reads HTML as a stream of events, however broken it is: the only file that sees libxml2's HTML.
///
/// Nothing is fetched and nothing is printed. Comments and processing instructions are no events.
enum HTMLStream {
  /// The events of a document in UTF-8, in order.
  ///
  /// - Throws: `tooLarge`, `malformed` where elements nest deeper than the limit, or
  ///   `dtdNotAllowed` where the document declares entities, which nothing here puts in.
  static func events(
    of html: String, file: String, part: String, depth limit: Int = 256
  ) throws(ReadingError) -> [HTMLEvent] {
    if declaresEntities(html) { throw .dtdNotAllowed(file: file, part: part) }
    // libxml2 ends a document at a NUL, for which HTML has no use either.
    var bytes = html.utf8.map { $0 == 0 ? UInt8(ascii: " ") : $0 }
    guard let count = Int32(exactly: bytes.count) else {
      throw .tooLarge(file: file, part: part, limit: Int(Int32.max))
    }
    if count == 0 { return [] }
    let sink = HTMLSink(limit: limit)
    unsafe bytes.withUnsafeMutableBytes { buffer in
      let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      XMLLibrary.prepare()
      guard let context = unsafe htmlCreateMemoryParserCtxt(start, count) else { return }
      defer { unsafe htmlFreeParserCtxt(context) }
      let options =
        HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
        | HTML_PARSE_NONET.rawValue | HTML_PARSE_IGNORE_ENC.rawValue
      _ = unsafe htmlCtxtUseOptions(context, Int32(bitPattern: options))
      _ = unsafe xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8)
      unsafe configure(context, sink)
      _ = unsafe htmlParseDocument(context)
    }
    if sink.isTooDeep {
      throw .malformed(
        file: file, line: 1, column: 1,
        reason: "elements of '\(part)' are nested deeper than \(limit); \(XMLStream.advice)")
    }
    return sink.events
  }

  // A document type of HTML names its kind; that of XHTML may have declarations in brackets.
  private static func declaresEntities(_ html: String) -> Bool {
    var rest = html.utf8[...]
    while true {
      rest = rest.drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }
      let end: String
      if rest.starts(with: "<?".utf8) {
        end = "?>"
      } else if rest.starts(with: "<!--".utf8) {
        end = "-->"
      } else {
        break
      }
      guard let found = rest.firstRange(of: Array(end.utf8)) else { return false }
      rest = rest[found.upperBound...]
    }
    guard rest.prefix(9).map({ $0 | 0x20 }) == "<!doctype".utf8.map({ $0 | 0x20 }),
      let opening = rest.firstIndex(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: ">") }),
      rest[opening] == UInt8(ascii: "[")
    else { return false }
    let closing = rest[opening...].firstIndex(of: UInt8(ascii: "]")) ?? rest.endIndex
    return rest[opening..<closing].firstRange(of: Array("<!ENTITY".utf8)) != nil
  }

  private static func configure(_ context: htmlParserCtxtPtr, _ sink: HTMLSink) {
    guard let handler = unsafe context.pointee.sax else { return }
    unsafe handler.pointee = xmlSAXHandler()
    unsafe handler.pointee.startElement = { data, name, attributes in
      guard let sink = unsafe HTMLSink.of(data), let name = unsafe name else { return }
      var values: [String: String] = [:]
      var next = unsafe attributes
      while let pair = unsafe next, let key = unsafe pair[0] {
        unsafe values[String(cString: key)] = pair[1].map { unsafe String(cString: $0) } ?? ""
        unsafe next = pair + 2
      }
      unsafe sink.start(String(cString: name), values)
    }
    unsafe handler.pointee.endElement = { data, name in
      guard let sink = unsafe HTMLSink.of(data), let name = unsafe name else { return }
      unsafe sink.end(String(cString: name))
    }
    let characters: charactersSAXFunc = { data, start, count in
      guard let sink = unsafe HTMLSink.of(data) else { return }
      let bytes = unsafe UnsafeBufferPointer(start: start, count: max(0, Int(count)))
      unsafe sink.text(String(decoding: bytes, as: UTF8.self))
    }
    unsafe handler.pointee.characters = characters
    unsafe handler.pointee.ignorableWhitespace = characters
    unsafe handler.pointee.cdataBlock = characters
    unsafe context.pointee.userData = Unmanaged.passUnretained(sink).toOpaque()
    unsafe sink.context = context
  }
}

/// Takes what libxml2 reports.
@safe
private final class HTMLSink {
  private(set) var events: [HTMLEvent] = []
  private(set) var isTooDeep = false
  var context: htmlParserCtxtPtr?
  private let limit: Int
  private var depth = 0

  init(limit: Int) { self.limit = limit }

  static func of(_ data: UnsafeMutableRawPointer?) -> HTMLSink? {
    guard let data = unsafe data else { return nil }
    return unsafe Unmanaged<HTMLSink>.fromOpaque(data).takeUnretainedValue()
  }

  func start(_ name: String, _ attributes: [String: String]) {
    depth += 1
    if depth > limit {
      isTooDeep = true
      unsafe xmlStopParser(context)
    }
    events.append(.start(name: name, attributes: attributes))
  }

  func end(_ name: String) {
    depth -= 1
    events.append(.end(name: name))
  }

  func text(_ text: String) { events.append(.text(text)) }
}
