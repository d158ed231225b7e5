internal import QDACore

extension DatabaseRow {
  /// A colour as `#rrggbb`, or `nil` where the cell holds none or a name.
  func color(_ column: String) -> String? {
    guard let text = text(column)?.lowercased(), text.utf8.count >= 7, text.hasPrefix("#") else {
      return nil
    }
    let digits = text.utf8.dropFirst().prefix(6)
    let isColor = digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    return isColor ? String(text.prefix(7)) : nil
  }

  /// The value of an attribute, or `nil` where the cell is empty.
  ///
  /// A number that is none is kept as it is written, marked as invalid.
  func attributeValue(_ column: String, as kind: Attribute.Kind) -> AttributeValue? {
    guard let text = text(column), !text.isEmpty else { return nil }
    guard kind == .number else { return .text(text) }
    let trimmed = String(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    return trimmed.isPlainDecimal ? .number(decimal: trimmed) : .invalid(raw: text)
  }
}

extension String {
  /// Whether this is a decimal number in digits, with a sign and a full stop at most.
  fileprivate var isPlainDecimal: Bool {
    let body = hasPrefix("-") || hasPrefix("+") ? dropFirst() : self[...]
    let parts = body.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count <= 2
      && parts.allSatisfy { part in
        !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
      }
  }
}
