/// Writes fields and records as RFC 4180 has them, with quotes only where they are needed.
enum CSVWriting {
  /// A field as it is written.
  static func field(_ text: String, separator: UInt8 = 0x2C) -> String {
    let needsQuotes = text.utf8.contains {
      $0 == separator || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D
    }
    // White space at either end would be trimmed by people's tools.
    guard needsQuotes || text.first == " " || text.last == " " else { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      quoted.unicodeScalars.append(scalar)
      if scalar == "\"" { quoted.append("\"") }
    }
    return quoted + "\""
  }

  /// A record without its line end.
  static func record(_ fields: [String], separator: UInt8 = 0x2C) -> String {
    // A record of one empty field would be a blank line, which readers skip.
    if fields == [""] { return "\"\"" }
    let mark = String(Unicode.Scalar(separator))
    return fields.map { field($0, separator: separator) }.joined(separator: mark)
  }
}
