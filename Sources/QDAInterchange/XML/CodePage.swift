internal import CLibXML2

/// Turns bytes of an old encoding into text: the only file that sees libxml2's converters.
enum CodePage {
  /// The text of bytes in a named encoding, or `nil` where the name is not known.
  ///
  /// Bytes that stand for nothing are U+FFFD.
  static func decode(_ bytes: [UInt8], encoding name: String) -> String? {
    if bytes.isEmpty { return "" }
    XMLLibrary.prepare()
    guard let handler = unsafe xmlFindCharEncodingHandler(name) else { return nil }
    defer { _ = unsafe xmlCharEncCloseFunc(handler) }
    var result = ""
    var rest = bytes[...]
    // In pieces, because the count of bytes is 32 bits wide; in small ones where bytes are bad,
    // because what stops the converter makes it take the rest of the piece again.
    var size = 1 << 20
    while !rest.isEmpty {
      guard let source = unsafe xmlBufferCreate(), let target = unsafe xmlBufferCreate() else {
        return nil
      }
      defer {
        unsafe xmlBufferFree(source)
        unsafe xmlBufferFree(target)
      }
      let piece = Array(rest.prefix(size))
      _ = unsafe xmlBufferAdd(source, piece, Int32(piece.count))
      _ = unsafe xmlCharEncInFunc(handler, target, source)
      let left = max(0, Int(unsafe xmlBufferLength(source)))
      let length = max(0, Int(unsafe xmlBufferLength(target)))
      if length > 0, let content = unsafe xmlBufferContent(target) {
        let text = unsafe UnsafeBufferPointer(start: content, count: length)
        result += unsafe String(decoding: text, as: UTF8.self)
      }
      var taken = piece.count - min(left, piece.count)
      size = taken < piece.count ? 64 : min(size * 2, 1 << 20)
      if taken == 0 || taken < piece.count && rest.count <= piece.count {
        // What stops the converter is not a character.
        result += "\u{FFFD}"
        taken += 1
      }
      rest = rest.dropFirst(taken)
    }
    return result
  }
}
