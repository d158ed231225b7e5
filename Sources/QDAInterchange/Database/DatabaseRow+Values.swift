internal import QDACore

extension DatabaseRow {
  /// A colour as `#rrggbb`, or `nil` where the cell holds none or a name.
  func color(_ column: String) -> String? {
    text(column).flatMap { HexColor.canonical($0)?.lowercased() }
  }

  /// The value of an attribute, or `nil` where the cell is empty.
  ///
  /// A number that is none is kept as it is written, marked as invalid.
  func attributeValue(_ column: String, as kind: Attribute.Kind) -> AttributeValue? {
    guard let text = text(column), !text.isEmpty else { return nil }
    guard kind == .number else { return .text(text) }
    let trimmed = String(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    return trimmed.isDecimal ? .number(decimal: trimmed) : .invalid(raw: text)
  }
}
