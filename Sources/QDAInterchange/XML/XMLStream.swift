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

/// Reads XML as a stream of events, for documents in which most names matter.
enum XMLStream {
  /// The deepest nesting that is read unless another limit is given.
  static let defaultDepth = 256

  /// What to do about a document that is broken or like nothing that a program writes.
  static let advice = "open the file in the program that made it and save or export it again"

  /// Reports the events of a document in order.
  ///
  /// - Parameters:
  ///   - file: The file's name, for messages.
  ///   - part: The part's name within a container, for messages.
  ///   - toleratesDocumentType: Whether a document type may be named, which is not fetched.
  /// - Throws: `dtdNotAllowed`, `malformed` with line and column, or what `report` throws.
  static func read(
    _ bytes: [UInt8], file: String, part: String, depth limit: Int = defaultDepth,
    toleratesDocumentType: Bool = false, report: (XMLEvent) throws(ReadingError) -> Void
  ) throws(ReadingError) {
    let queue = EventQueue()
    var parser = XMLParser(
      queue, file: file, part: part, depth: limit, toleratesDocumentType: toleratesDocumentType,
      advice: XMLStream.advice)
    // Events wait for the end of a piece, so that `report` may throw: C cannot pass an error on.
    var start = 0
    while start < bytes.count {
      let end = min(start + 1 << 16, bytes.count)
      let broken = attempt { () throws(ReadingError) in
        try parser.parse(bytes.span.extracting(start..<end))
      }
      try queue.empty(into: report)
      if let broken { throw broken }
      start = end
    }
    let broken = attempt { () throws(ReadingError) in try parser.finish() }
    try queue.empty(into: report)
    if let broken { throw broken }
  }

  private static func attempt(_ body: () throws(ReadingError) -> Void) -> ReadingError? {
    do {
      try body()
      return nil
    } catch {
      return error
    }
  }
}

/// Events that wait to be reported.
private final class EventQueue: XMLHandler {
  private var events: [XMLEvent] = []

  /// The addresses of namespaces, which are long and few.
  private var namespaces: [Int: String] = [:]

  override func start(_ element: borrowing XMLStart) {
    let namespace: String
    if let known = namespaces[element.namespaceIdentity] {
      namespace = known
    } else {
      namespace = element.namespace
      namespaces[element.namespaceIdentity] = namespace
    }
    var start = XMLElement(namespace: namespace, name: element.localName, attributes: [])
    if element.attributeCount > 0 { start.attributes.reserveCapacity(element.attributeCount) }
    for index in 0..<element.attributeCount {
      let identity = element.attributeNamespaceIdentity(index)
      let namespace: String
      if let known = namespaces[identity] {
        namespace = known
      } else {
        namespace = element.attributeNamespace(index)
        namespaces[identity] = namespace
      }
      start.attributes.append(
        (namespace, element.attributeLocalName(index), element.value(index)))
    }
    events.append(.start(start))
  }

  override func end(_ element: borrowing XMLEnd) {
    let namespace = namespaces[element.namespaceIdentity] ?? element.namespace
    events.append(.end(namespace: namespace, name: element.localName))
  }

  override func text(_ utf8: borrowing Span<UInt8>) {
    let text = unsafe utf8.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    events.append(.text(text))
  }

  func empty(into report: (XMLEvent) throws(ReadingError) -> Void) throws(ReadingError) {
    for event in events { try report(event) }
    events.removeAll(keepingCapacity: true)
  }
}
