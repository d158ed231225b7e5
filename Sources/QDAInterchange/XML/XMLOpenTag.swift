/// Watches a tag that does not end in the piece of a document in which it began.
///
/// libxml2 compares each attribute of an element with all before it, so that a tag without measure
/// takes time out of all proportion. What ends in its own piece is small enough not to be looked at.
struct XMLOpenTag {
  /// How many attributes an element may have.
  static let attributeLimit = 4096

  private var isOpen = false
  private var quote: UInt8?
  private var attributes = 0

  /// What the tag that is open has too much of, once a piece has been looked at.
  mutating func excess(after piece: borrowing Span<UInt8>) -> String? {
    if isOpen { look(at: piece, from: 0) }
    // An attribute cannot hold the sign with which a tag begins.
    if !isOpen, let start = Self.lastTag(in: piece) {
      isOpen = true
      (quote, attributes) = (nil, 0)
      look(at: piece, from: start + 1)
    }
    guard attributes > Self.attributeLimit else { return nil }
    return "an element has more than \(Self.attributeLimit) attributes"
  }

  /// Where the last tag begins; comments and the like are none, and may hold anything.
  private static func lastTag(in piece: borrowing Span<UInt8>) -> Int? {
    var index = piece.count - 1
    while index >= 0, piece[index] != UInt8(ascii: "<") { index -= 1 }
    guard index >= 0 else { return nil }
    let next = index + 1 < piece.count ? piece[index + 1] : 0
    return next == UInt8(ascii: "!") || next == UInt8(ascii: "?") ? nil : index
  }

  private mutating func look(at bytes: borrowing Span<UInt8>, from start: Int) {
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if let open = quote {
        if byte == open { quote = nil }
        if byte == UInt8(ascii: "<") { isOpen = false }
      } else {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
        case UInt8(ascii: "="): attributes += 1
        case UInt8(ascii: "<"), UInt8(ascii: ">"): isOpen = false
        default: break
        }
      }
      if !isOpen { return }
    }
  }
}
