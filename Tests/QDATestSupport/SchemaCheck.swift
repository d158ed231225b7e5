internal import CLibXML2

/// What libxml2's validator says of a document, the only place in the tests that sees libxml2.
///
/// - Parameter schema: The name of a schema in `Fixtures/Schemas`.
/// - Returns: The first errors; none for a valid document.
@safe
public func schemaErrors(_ document: [UInt8], schema: String) -> [String] {
  guard let parser = unsafe xmlSchemaNewParserCtxt(fixture("Schemas/\(schema)")) else {
    return ["the schema cannot be opened"]
  }
  defer { unsafe xmlSchemaFreeParserCtxt(parser) }
  guard let parsed = unsafe xmlSchemaParse(parser) else { return ["the schema cannot be read"] }
  defer { unsafe xmlSchemaFree(parsed) }
  guard let validator = unsafe xmlSchemaNewValidCtxt(parsed) else { return ["no validator"] }
  defer { unsafe xmlSchemaFreeValidCtxt(validator) }
  let errors = ErrorList()
  let state = unsafe Unmanaged.passUnretained(errors).toOpaque()
  unsafe xmlSchemaSetValidStructuredErrors(
    validator,
    { state, error in
      guard let state = unsafe state, let error = unsafe error else { return }
      let list = unsafe Unmanaged<ErrorList>.fromOpaque(state).takeUnretainedValue()
      let message = unsafe error.pointee.message.map { unsafe String(cString: $0) } ?? "?"
      list.messages.append("\(unsafe error.pointee.line): \(message)")
    }, state)
  let tree = unsafe document.withUnsafeBytes { buffer in
    unsafe xmlReadMemory(
      buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: buffer.count),
      nil, nil, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_HUGE.rawValue))
  }
  guard let tree = unsafe tree else { return ["the document is not well-formed"] }
  defer { unsafe xmlFreeDoc(tree) }
  let status = unsafe xmlSchemaValidateDoc(validator, tree)
  return status == 0 ? [] : Array((errors.messages + ["status \(status)"]).prefix(5))
}

private final class ErrorList {
  var messages: [String] = []
}
