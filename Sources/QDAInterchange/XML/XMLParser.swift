internal import CLibXML2
internal import QDACore

/// Receives what happens in an XML document.
///
/// Names are numbers: the position of the name in the vocabulary that the parser was given, or −1
/// for a name that is not in it.
class XMLHandler {
  /// An element begins.
  func start(_ element: borrowing XMLStart) {}
  /// An element ends.
  func end(_ element: borrowing XMLEnd) {}
  /// Character data in UTF-8; several may follow each other.
  func text(_ utf8: borrowing Span<UInt8>) {}
}

/// The beginning of an element, valid while it is reported.
@safe
struct XMLStart: ~Copyable {
  /// The number of its name.
  let name: Int
  /// The number of its attributes.
  let attributeCount: Int
  fileprivate let local: UnsafePointer<xmlChar>?
  fileprivate let uri: UnsafePointer<xmlChar>?
  fileprivate let attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  fileprivate let session: Unmanaged<XMLSession>

  /// The name without prefix.
  var localName: String { unsafe Self.string(local) }
  /// The namespace's address; empty for none.
  var namespace: String { unsafe Self.string(uri) }
  /// What tells the namespace from others of the same document.
  var namespaceIdentity: Int { unsafe Int(bitPattern: uri) }
  /// The line of the document, from 1.
  var line: Int { unsafe session._withUnsafeGuaranteedRef { $0.line } }

  /// The number of an attribute's name.
  func attributeName(_ index: Int) -> Int {
    guard let name = unsafe attributes?[index * 5] else { return -1 }
    return unsafe session._withUnsafeGuaranteedRef { unsafe $0.number(of: name) }
  }

  /// An attribute's name without prefix.
  func attributeLocalName(_ index: Int) -> String { unsafe Self.string(attributes?[index * 5]) }

  /// An attribute's namespace; empty for none.
  func attributeNamespace(_ index: Int) -> String {
    unsafe Self.string(attributes?[index * 5 + 2])
  }

  /// Whether an attribute has no namespace or that of its element.
  func isOwnAttribute(_ index: Int) -> Bool {
    let namespace = unsafe attributes?[index * 5 + 2]
    return unsafe namespace == nil || namespace == uri
  }

  /// What tells an attribute's namespace from others of the same document.
  func attributeNamespaceIdentity(_ index: Int) -> Int {
    unsafe Int(bitPattern: attributes?[index * 5 + 2])
  }

  /// Hands over an attribute's value in UTF-8.
  func withValue<Result>(_ index: Int, _ body: (borrowing Span<UInt8>) -> Result) -> Result {
    guard let start = unsafe attributes?[index * 5 + 3], let end = unsafe attributes?[index * 5 + 4]
    else { return body([UInt8]().span) }
    return unsafe body(UnsafeBufferPointer(start: start, count: end - start).span)
  }

  /// An attribute's value.
  func value(_ index: Int) -> String {
    withValue(index) { bytes in
      unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
  }

  fileprivate static func string(_ pointer: UnsafePointer<xmlChar>?) -> String {
    guard let pointer = unsafe pointer else { return "" }
    return unsafe String(cString: pointer)
  }
}

/// The end of an element, valid while it is reported.
@safe
struct XMLEnd: ~Copyable {
  /// The number of its name.
  let name: Int
  fileprivate let local: UnsafePointer<xmlChar>?
  fileprivate let uri: UnsafePointer<xmlChar>?

  /// The name without prefix.
  var localName: String { unsafe XMLStart.string(local) }
  /// The namespace's address; empty for none.
  var namespace: String { unsafe XMLStart.string(uri) }
  /// What tells the namespace from others of the same document.
  var namespaceIdentity: Int { unsafe Int(bitPattern: uri) }
}

/// Parses XML that arrives in pieces: the only file that sees libxml2's parser.
///
/// No document type is accepted unless it is asked for, and then only one that declares nothing
/// itself; no entity but the five of XML is expanded, nothing is fetched, and nothing is printed.
/// Nesting deeper than the limit is refused.
@safe
struct XMLParser: ~Copyable {
  private let session: XMLSession
  private let file: String
  private let part: String
  private let advice: String?
  private var pending: [UInt8] = []

  /// Creates a parser.
  ///
  /// - Parameters:
  ///   - vocabulary: The names that the handler knows, without prefixes.
  ///   - file: The file's name, for messages.
  ///   - part: The part's name within a container, for messages.
  ///   - toleratesDocumentType: Whether the document may name a document type, which is not
  ///     fetched; one that declares anything in the document itself is refused all the same.
  ///   - advice: What to do where the document is broken; `nil` where the caller says it.
  init(
    _ handler: XMLHandler, vocabulary: [String] = [], file: String, part: String,
    depth: Int = XMLStream.defaultDepth, toleratesDocumentType: Bool = false,
    advice: String? = nil
  ) {
    session = XMLSession(
      handler, vocabulary: vocabulary, depth: depth, toleratesDocumentType: toleratesDocumentType)
    self.file = file
    self.part = part
    self.advice = advice
  }

  /// The line that was reached, from 1.
  var line: Int { session.line }

  /// Parses the next piece.
  ///
  /// - Throws: `dtdNotAllowed`, or `malformed` with line and column.
  mutating func parse(_ bytes: borrowing Span<UInt8>) throws(ReadingError) {
    if !session.isOpen {
      // The encoding is told by the first four bytes, which therefore go in together.
      pending.append(bytes)
      guard pending.count >= 4 else { return }
      try open()
    } else {
      try feed(bytes)
    }
  }

  /// Parses what is left; the document must be whole by now.
  mutating func finish() throws(ReadingError) {
    if !session.isOpen {
      if pending.isEmpty {
        throw broken(1, 1, "'\(part)' is empty")
      }
      try open()
    }
    session.end()
    try check(atEnd: true)
  }

  /// Lets nothing more be reported; the rest of the document is not looked at.
  func stop() { session.stop() }

  private mutating func open() throws(ReadingError) {
    guard session.open() else {
      throw broken(1, 1, "'\(part)' cannot be opened as XML")
    }
    let first = pending
    pending = []
    try feed(first.span)
  }

  private func feed(_ bytes: borrowing Span<UInt8>) throws(ReadingError) {
    session.feed(bytes)
    try check()
  }

  private func check(atEnd: Bool = false) throws(ReadingError) {
    if session.declaresDocumentType { throw .dtdNotAllowed(file: file, part: part) }
    if let entity = session.entity {
      throw .malformed(
        file: file, line: entity.line, column: entity.column,
        reason:
          "what '&\(entity.name);' stands for is declared outside of the file and is not fetched; "
          + "write the character itself in its place")
    }
    if session.isTooDeep {
      throw broken(
        session.line, session.column,
        "elements of '\(part)' are nested deeper than \(session.depthLimit)")
    }
    if let excess = session.excess {
      throw broken(
        session.line, session.column, "\(excess) in '\(part)', which no program writes")
    }
    guard let failure = session.failure else { return }
    let reason = failure.message.split(whereSeparator: \.isNewline).joined(separator: " ")
    throw broken(
      max(1, failure.line), max(1, failure.column),
      atEnd ? "'\(part)' ends here before it is complete (\(reason))" : "\(reason) in '\(part)'")
  }

  private func broken(_ line: Int, _ column: Int, _ reason: String) -> ReadingError {
    .malformed(
      file: file, line: line, column: column,
      reason: advice.map { "\(reason); \($0)" } ?? reason)
  }
}

/// What all uses of libxml2 share.
enum XMLLibrary {
  /// Readies libxml2 on this thread, and lets it print nothing.
  ///
  /// Errors of a parser go to the parser; those of its converters know no parser and would be
  /// printed.
  static func prepare() {
    xmlInitParser()
    unsafe xmlSetStructuredErrorFunc(nil) { _, _ in }
    qda_xml_silence()
  }
}

/// The first error that libxml2 reported.
private struct XMLFailure {
  var message: String
  var line: Int
  var column: Int
}

/// What the callbacks of libxml2 work on.
@safe
private final class XMLSession {
  let handler: XMLHandler
  let depthLimit: Int
  let toleratesDocumentType: Bool
  var declaresDocumentType = false
  /// The name of an entity that the document does not declare itself.
  private(set) var entity: (name: String, line: Int, column: Int)?
  var isTooDeep = false
  /// What a tag has too much of.
  private(set) var excess: String?
  private var depth = 0
  private var openTag = XMLOpenTag()
  /// The elements that declare namespaces, by depth, and how many are declared in all of them.
  private var declaring: [(depth: Int, count: Int)] = []
  private var namespaces = 0
  private let vocabulary: [String]
  private var context: xmlParserCtxtPtr?
  private var reported: XMLFailure?
  /// The names of the vocabulary by their place in libxml2's dictionary, which has each name once.
  private let slots: UnsafeMutableBufferPointer<(name: UnsafePointer<xmlChar>?, number: Int)>

  init(_ handler: XMLHandler, vocabulary: [String], depth: Int, toleratesDocumentType: Bool) {
    self.handler = handler
    self.toleratesDocumentType = toleratesDocumentType
    self.vocabulary = vocabulary
    depthLimit = depth
    var capacity = 16
    while capacity < vocabulary.count * 4 { capacity *= 2 }
    unsafe slots = .allocate(capacity: capacity)
    unsafe slots.initialize(repeating: (nil, -1))
  }

  deinit {
    if let context = unsafe context { unsafe xmlFreeParserCtxt(context) }
    unsafe slots.deallocate()
  }

  var isOpen: Bool { unsafe context != nil }
  var line: Int { unsafe context.map { unsafe Int(xmlSAX2GetLineNumber($0)) } ?? 1 }
  var column: Int { unsafe context.map { unsafe Int(xmlSAX2GetColumnNumber($0)) } ?? 1 }

  /// What is wrong with the document; findings that leave it well-formed are no failure.
  var failure: XMLFailure? {
    guard let context = unsafe context, unsafe context.pointee.wellFormed == 0 else { return nil }
    return reported ?? XMLFailure(message: "broken XML", line: line, column: column)
  }

  func open() -> Bool {
    XMLLibrary.prepare()
    var callbacks = unsafe xmlSAXHandler()
    unsafe callbacks.initialized = XML_SAX2_MAGIC
    unsafe callbacks.startElementNs = {
      context, local, _, uri, declared, _, count, _, attributes in
      guard let context = unsafe context else { return }
      let session = unsafe Unmanaged<XMLSession>.fromOpaque(context)
      unsafe session._withUnsafeGuaranteedRef { it in
        unsafe it.start(
          session, local, uri, namespaces: Int(declared), attributes: Int(count), attributes)
      }
    }
    unsafe callbacks.endElementNs = { context, local, _, uri in
      guard let context = unsafe context else { return }
      unsafe Unmanaged<XMLSession>.fromOpaque(context)._withUnsafeGuaranteedRef { it in
        unsafe it.end(local, uri)
      }
    }
    unsafe callbacks.characters = { context, characters, count in
      guard let context = unsafe context, let characters = unsafe characters else { return }
      unsafe Unmanaged<XMLSession>.fromOpaque(context)._withUnsafeGuaranteedRef { it in
        unsafe it.handler.text(UnsafeBufferPointer(start: characters, count: Int(count)).span)
      }
    }
    unsafe callbacks.ignorableWhitespace = unsafe callbacks.characters
    unsafe callbacks.cdataBlock = unsafe callbacks.characters
    unsafe callbacks.internalSubset = { context, _, _, _ in
      guard let context = unsafe context else { return }
      unsafe Unmanaged<XMLSession>.fromOpaque(context)._withUnsafeGuaranteedRef { it in
        if !it.toleratesDocumentType { it.refuseDocumentType() }
      }
    }
    unsafe callbacks.entityDecl = { context, _, _, _, _, _ in
      guard let context = unsafe context else { return }
      unsafe Unmanaged<XMLSession>.fromOpaque(context)._withUnsafeGuaranteedRef {
        $0.refuseDocumentType()
      }
    }
    unsafe callbacks.attributeDecl = { context, _, _, _, _, _, choices in
      unsafe xmlFreeEnumeration(choices)
      guard let context = unsafe context else { return }
      unsafe Unmanaged<XMLSession>.fromOpaque(context)._withUnsafeGuaranteedRef {
        $0.refuseDocumentType()
      }
    }
    unsafe callbacks.elementDecl = { context, _, _, _ in
      guard let context = unsafe context else { return }
      unsafe Unmanaged<XMLSession>.fromOpaque(context)._withUnsafeGuaranteedRef {
        $0.refuseDocumentType()
      }
    }
    // Only a document type could say what another entity stands for.
    unsafe callbacks.reference = { context, name in
      guard let context = unsafe context else { return }
      let name = unsafe XMLStart.string(name)
      unsafe Unmanaged<XMLSession>.fromOpaque(context)._withUnsafeGuaranteedRef {
        $0.refuse(entity: name)
      }
    }
    unsafe callbacks.serror = { context, error in
      guard let context = unsafe context, let error = unsafe error else { return }
      unsafe Unmanaged<XMLSession>.fromOpaque(context)._withUnsafeGuaranteedRef { it in
        guard it.reported == nil, unsafe error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue
        else { return }
        it.reported = unsafe XMLFailure(
          message: error.pointee.message.map { unsafe String(cString: $0) } ?? "broken XML",
          line: Int(error.pointee.line), column: Int(error.pointee.int2))
      }
    }
    let itself = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe context = xmlCreatePushParserCtxt(&callbacks, itself, nil, 0, nil)
    guard let context = unsafe context else { return false }
    // Without NOENT an ampersand in an attribute arrives as its character reference. No entity can
    // be declared, because no document type is accepted; HUGE lifts the limit on a text's length,
    // and the depth is limited here.
    let options =
      XML_PARSE_NONET.rawValue | XML_PARSE_NOENT.rawValue | XML_PARSE_HUGE.rawValue
      | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
    unsafe xmlCtxtUseOptions(context, Int32(bitPattern: options))
    for (number, name) in vocabulary.enumerated() {
      guard let known = unsafe xmlDictLookup(context.pointee.dict, name, Int32(name.utf8.count))
      else { return false }
      var slot = unsafe self.slot(of: known)
      while unsafe slots[slot].name != nil { slot = (slot + 1) & (unsafe slots.count - 1) }
      unsafe slots[slot] = (known, number)
    }
    return true
  }

  func feed(_ bytes: borrowing Span<UInt8>) {
    guard let context = unsafe context else { return }
    unsafe bytes.withUnsafeBytes { bytes in
      var rest = unsafe bytes[...]
      while unsafe !rest.isEmpty {
        let piece = unsafe UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 18))
        unsafe rest = rest.dropFirst(1 << 18)
        let looked = unsafe UnsafeBufferPointer(
          start: piece.baseAddress?.assumingMemoryBound(to: UInt8.self), count: piece.count)
        if let found = unsafe openTag.excess(after: looked.span) {
          refuse(found)
          return
        }
        _ = unsafe xmlParseChunk(
          context, piece.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(piece.count), 0)
        // What is kept back is looked through again with each piece.
        if let input = unsafe context.pointee.input,
          unsafe input.pointee.end - input.pointee.cur > Self.pendingLimit
        {
          refuse("a tag, comment or section is longer than \(Self.pendingLimit >> 20) MiB")
          return
        }
      }
    }
  }

  /// libxml2 looks for a prefix among all that are declared, one after the other.
  private static let namespaceLimit = 1000
  /// libxml2 keeps a tag, a comment or a CDATA section back until it is whole.
  private static let pendingLimit = 16 << 20

  func end() {
    guard let context = unsafe context else { return }
    _ = unsafe xmlParseChunk(context, nil, 0, 1)
  }

  func refuseDocumentType() {
    declaresDocumentType = true
    stop()
  }

  private func refuse(entity: String) {
    if self.entity == nil { self.entity = (entity, line, column) }
    stop()
  }

  private func refuse(_ excess: String) {
    self.excess = excess
    stop()
  }

  func stop() {
    guard let context = unsafe context else { return }
    unsafe xmlStopParser(context)
  }

  private func slot(of name: UnsafePointer<xmlChar>) -> Int {
    let address = UInt(bitPattern: name)
    return Int(bitPattern: (address &* 0x9E37_79B9_7F4A_7C15) >> 40) & (unsafe slots.count - 1)
  }

  /// The number of a name that libxml2 has in its dictionary.
  func number(of name: UnsafePointer<xmlChar>) -> Int {
    var slot = unsafe slot(of: name)
    while true {
      let (known, number) = unsafe slots[slot]
      guard let known = unsafe known else { return -1 }
      if unsafe known == name { return number }
      slot = (slot + 1) & (unsafe slots.count - 1)
    }
  }

  private func start(
    _ session: Unmanaged<XMLSession>, _ local: UnsafePointer<xmlChar>?,
    _ uri: UnsafePointer<xmlChar>?, namespaces declared: Int, attributes count: Int,
    _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) {
    depth += 1
    if depth > depthLimit {
      isTooDeep = true
      stop()
      return
    }
    if count > XMLOpenTag.attributeLimit {
      refuse("an element has more than \(XMLOpenTag.attributeLimit) attributes")
      return
    }
    if declared > 0 {
      declaring.append((depth, declared))
      namespaces += declared
      if namespaces > Self.namespaceLimit {
        refuse("more than \(Self.namespaceLimit) namespaces are declared at once")
        return
      }
    }
    unsafe handler.start(
      XMLStart(
        name: local.map { unsafe number(of: $0) } ?? -1, attributeCount: count, local: local,
        uri: uri, attributes: attributes, session: session))
  }

  private func end(_ local: UnsafePointer<xmlChar>?, _ uri: UnsafePointer<xmlChar>?) {
    if let last = declaring.last, last.depth == depth {
      namespaces -= last.count
      declaring.removeLast()
    }
    depth -= 1
    unsafe handler.end(
      XMLEnd(name: local.map { unsafe number(of: $0) } ?? -1, local: local, uri: uri))
  }
}
