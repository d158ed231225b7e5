/// Writes tables as comma-separated values, as RFC 4180 has them.
public enum CSV {
  /// A table as text for people's spreadsheets, each record ending in CR and LF.
  ///
  /// A field that a spreadsheet would run as a formula gets an apostrophe in front.
  public static func text(of rows: some Sequence<[String]>) -> String {
    rows.map { record($0.map(harmless)) + "\r\n" }.joined()
  }

  /// A record without its line end, with quotation marks only where they are needed.
  ///
  /// Nothing is escaped but what the format demands, so that it reads back as it was.
  public static func record(_ fields: [String], separator: Unicode.Scalar = ",") -> String {
    // A record of one empty field would be a blank line, which readers skip.
    if fields == [""] { return "\"\"" }
    return fields.map { field($0, separator: separator) }.joined(separator: String(separator))
  }

  /// A field as it is written in a record.
  public static func field(_ text: String, separator: Unicode.Scalar = ",") -> String {
    let scalars = text.unicodeScalars
    let needsQuotes = scalars.contains {
      $0 == separator || $0 == "\"" || $0 == "\n" || $0 == "\r"
    }
    // White space at either end would be trimmed by people's tools.
    guard needsQuotes || scalars.first == " " || scalars.last == " " else { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      quoted.unicodeScalars.append(scalar)
      if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
    }
    return quoted + "\""
  }

  private static func harmless(_ field: String) -> String {
    switch field.unicodeScalars.first {
    case "=", "+", "-", "@", "\t", "\r": "'" + field
    default: field
    }
  }
}
