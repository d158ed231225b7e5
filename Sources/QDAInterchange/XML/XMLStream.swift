internal import CLibXML2
internal import QDACore

/// What happens in an XML document, in its order.
enum XMLEvent {
  /// An element begins.
  case start(XMLElement)
  /// An element ends.
  case end(namespace: String, name: String)
  /// Character data; several may follow each other.
  case text(String)
}

/// The beginning of an element.
struct XMLElement {
  /// The namespace's address; empty for none.
  var namespace: String
  /// The name without prefix.
  var name: String
  /// The attributes in the order of the document.
  var attributes: [(namespace: String, name: String, value: String)]

  /// The value of an attribute by its name without prefix, whatever its namespace.
  subscript(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
}

/// Reads XML as a stream of events: the only file that sees libxml2.
///
/// No document type is accepted, no entity but the five of XML is expanded, nothing is fetched, and
/// nothing is printed. Nesting deeper than the limit is refused.
enum XMLStream {
  /// The deepest nesting that is read unless another limit is given.
  static let defaultDepth = 256

  /// Reports the events of a document in order.
  ///
  /// - Parameters:
  ///   - file: The file's name, for messages.
  ///   - part: The part's name within a container, for messages.
  /// - Throws: `dtdNotAllowed`, `malformed` with line and column, or what `report` throws.
  static func read(
    _ bytes: [UInt8], file: String, part: String, depth limit: Int = defaultDepth,
    report: (XMLEvent) throws(ReadingError) -> Void
  ) throws(ReadingError) {
    // Before libxml2 sees it: declarations are parsed ahead of the node that reports them.
    if bytes.declaresDocumentType { throw .dtdNotAllowed(file: file, part: part) }
    let reader = try XMLReader(bytes, file: file, part: part)
    while try reader.advance() {
      guard reader.depth <= limit else {
        throw .malformed(
          file: file, line: reader.line, column: reader.column,
          reason: "elements of '\(part)' are nested deeper than \(limit)")
      }
      switch reader.kind {
      case .start:
        let element = reader.element
        let isEmpty = reader.isEmptyElement
        try report(.start(element))
        if isEmpty { try report(.end(namespace: element.namespace, name: element.name)) }
      case .end: try report(.end(namespace: reader.namespace, name: reader.name))
      case .text: try report(.text(reader.value))
      case .documentType: throw .dtdNotAllowed(file: file, part: part)
      case .other: break
      }
    }
  }
}

/// A pull reader over bytes that it owns.
@safe
private struct XMLReader: ~Copyable {
  enum Kind {
    case start, end, text, documentType, other
  }

  private let handle: xmlTextReaderPtr
  private let bytes: UnsafeMutableBufferPointer<CChar>
  private let failure: UnsafeMutablePointer<XMLFailure>
  private let file: String
  private let part: String

  init(_ content: [UInt8], file: String, part: String) throws(ReadingError) {
    self.file = file
    self.part = part
    guard let count = Int32(exactly: content.count) else {
      throw .tooLarge(file: file, part: part, limit: Int(Int32.max))
    }
    // libxml2 does not copy what it parses, so the bytes live as long as the reader.
    let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: max(1, content.count))
    for (index, byte) in content.enumerated() { unsafe copy[index] = CChar(bitPattern: byte) }
    let options =
      XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
    guard
      let reader = unsafe xmlReaderForMemory(
        copy.baseAddress, count, nil, nil, Int32(bitPattern: options))
    else {
      unsafe copy.deallocate()
      throw .malformed(file: file, line: 1, column: 1, reason: "'\(part)' cannot be opened as XML")
    }
    let failure = UnsafeMutablePointer<XMLFailure>.allocate(capacity: 1)
    unsafe failure.initialize(to: XMLFailure())
    unsafe xmlTextReaderSetStructuredErrorHandler(
      reader,
      { context, error in
        guard let context = unsafe context, let error = unsafe error else { return }
        let failure = unsafe context.assumingMemoryBound(to: XMLFailure.self)
        guard unsafe failure.pointee.message == nil,
          unsafe error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue
        else { return }
        unsafe failure.pointee.message =
          error.pointee.message.map { unsafe String(cString: $0) } ?? "broken XML"
        unsafe failure.pointee.line = Int(error.pointee.line)
        unsafe failure.pointee.column = Int(error.pointee.int2)
      }, failure)
    unsafe handle = reader
    unsafe bytes = copy
    unsafe self.failure = failure
  }

  deinit {
    unsafe xmlFreeTextReader(handle)
    unsafe bytes.deallocate()
    unsafe failure.deinitialize(count: 1)
    unsafe failure.deallocate()
  }

  /// Goes to the next node; false at the end of the document.
  func advance() throws(ReadingError) -> Bool {
    let result = unsafe xmlTextReaderRead(handle)
    if result == 1 { return true }
    if result == 0, unsafe failure.pointee.message == nil { return false }
    let reason = unsafe (failure.pointee.message ?? "broken XML")
    let clean = String(reason.split(whereSeparator: \.isNewline).joined(separator: " "))
    throw unsafe .malformed(
      file: file, line: max(1, failure.pointee.line), column: max(1, failure.pointee.column),
      reason: "\(clean) in '\(part)'")
  }

  var depth: Int { unsafe Int(xmlTextReaderDepth(handle)) }
  var line: Int { unsafe Int(xmlTextReaderGetParserLineNumber(handle)) }
  var column: Int { unsafe Int(xmlTextReaderGetParserColumnNumber(handle)) }
  var isEmptyElement: Bool { unsafe xmlTextReaderIsEmptyElement(handle) == 1 }
  var name: String { unsafe Self.string(xmlTextReaderConstLocalName(handle)) }
  var namespace: String { unsafe Self.string(xmlTextReaderConstNamespaceUri(handle)) }
  var value: String { unsafe Self.string(xmlTextReaderConstValue(handle)) }

  var kind: Kind {
    switch unsafe xmlTextReaderNodeType(handle) {
    case Int32(XML_READER_TYPE_ELEMENT.rawValue): .start
    case Int32(XML_READER_TYPE_END_ELEMENT.rawValue): .end
    case Int32(XML_READER_TYPE_TEXT.rawValue), Int32(XML_READER_TYPE_CDATA.rawValue),
      Int32(XML_READER_TYPE_WHITESPACE.rawValue),
      Int32(XML_READER_TYPE_SIGNIFICANT_WHITESPACE.rawValue):
      .text
    case Int32(XML_READER_TYPE_DOCUMENT_TYPE.rawValue): .documentType
    default: .other
    }
  }

  var element: XMLElement {
    var element = XMLElement(namespace: namespace, name: name, attributes: [])
    while unsafe xmlTextReaderMoveToNextAttribute(handle) == 1 {
      element.attributes.append((namespace, name, value))
    }
    unsafe xmlTextReaderMoveToElement(handle)
    return element
  }

  private static func string(_ pointer: UnsafePointer<xmlChar>?) -> String {
    guard let pointer = unsafe pointer else { return "" }
    return unsafe String(cString: pointer)
  }
}

/// The first error that libxml2 reported.
private struct XMLFailure {
  var message: String?
  var line = 0
  var column = 0
}

extension [UInt8] {
  /// Whether a document type is declared before the first element, in an encoding like ASCII.
  ///
  /// One in UTF-16 is reported by the reader.
  fileprivate var declaresDocumentType: Bool {
    let comment = Array("<!--".utf8)
    let commentEnd = Array("-->".utf8)
    let declaration = Array("<!DOCTYPE".utf8)
    var index = 0
    while index + 1 < count {
      guard self[index] == UInt8(ascii: "<") else {
        index += 1
        continue
      }
      if self[index...].starts(with: declaration) { return true }
      if self[index...].starts(with: comment) {
        index += 4
        while index < count, !self[index...].starts(with: commentEnd) { index += 1 }
      } else if self[index + 1] != UInt8(ascii: "?"), self[index + 1] != UInt8(ascii: "!") {
        return false
      } else {
        index += 1
      }
    }
    return false
  }
}
