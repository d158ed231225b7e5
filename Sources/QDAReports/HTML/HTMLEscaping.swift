internal import Mustache

/// Escapes text for HTML by scalars.
///
/// The library's own content type compares characters, and so lets a quotation mark with a combining
/// accent pass and close an attribute.
struct HTMLEscaping: MustacheContentType {
  /// The name by which templates ask for it.
  static let name = "QDA_HTML"

  func escapeText(_ text: String) -> String {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "&": escaped += "&amp;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\n", "\t": escaped.unicodeScalars.append(scalar)
      // HTML allows no other control character, not even as a reference.
      case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
