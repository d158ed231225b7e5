public import QDACore

/// A piece of a file exactly as written, with its place, so that a finding can show it.
public struct WrittenText: Hashable, Sendable {
  /// The text without the white space around it.
  public var text: String
  /// Where it is.
  public var place: Place?
  /// The line of the file that holds it, for display.
  public var line: String?

  /// Creates a piece of text.
  public init(_ text: String, at place: Place? = nil, line: String? = nil) {
    self.text = text
    self.place = place
    self.line = line
  }

  /// The number of the line, or 0 where none is known.
  public var lineNumber: Int {
    if case .file(_, let line, _) = place { line } else { 0 }
  }
}

extension Unicode.Scalar {
  /// Whether it is white space of any width, or one of the invisible marks that copying leaves.
  var isBlank: Bool {
    if value < 0x80 { return value == 0x20 || (0x09...0x0D).contains(value) }
    switch value {
    case 0x200B, 0x2060, 0xFEFF: return true
    default: return properties.isWhitespace
    }
  }

  /// Whether it is a hyphen, dash or minus sign of any length.
  var isDash: Bool {
    switch value {
    case 0x2D, 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D: true
    default: false
    }
  }

  var isLetter: Bool { value < 0x80 ? isASCIILetter : properties.isAlphabetic }

  var isDigit: Bool { (0x30...0x39).contains(value) }

  /// Whether it is the wide form of a sign, letter or digit of ASCII.
  var isFullWidth: Bool { (0xFF01...0xFF5E).contains(value) }

  private var isASCIILetter: Bool { (0x41...0x5A).contains(value & ~0x20) }

  /// Whether a sentence may end with it, quotation marks and brackets that follow included.
  var endsSentence: Bool {
    switch self {
    case ".", "?", "!", "…", "”", "\"", "’", "'", "»", ")", "]": true
    default: false
    }
  }
}

extension String {
  /// The text without white space of any kind at its ends.
  var trimmedOfBlanks: String {
    var view = unicodeScalars[...]
    while let first = view.first, first.isBlank { view.removeFirst() }
    while let last = view.last, last.isBlank { view.removeLast() }
    return String(view)
  }

  /// The words between white space of any kind.
  var words: [String] { unicodeScalars.split(whereSeparator: \.isBlank).map { String($0) } }

  /// The text for comparing: one case, one kind of space, dash and quotation mark, no full stop.
  var comparisonKey: String {
    var key = ""
    var pendingSpace = false
    for scalar in lowercased().unicodeScalars {
      if scalar.isBlank {
        pendingSpace = !key.isEmpty
        continue
      }
      if pendingSpace { key.append(" ") }
      pendingSpace = false
      switch scalar {
      case _ where scalar.isDash: key.append("-")
      case "“", "”", "„", "«", "»": key.append("\"")
      case "‘", "’", "‚": key.append("'")
      default: key.unicodeScalars.append(scalar)
      }
    }
    while let last = key.last, ".;,".contains(last) { key.removeLast() }
    return key
  }
}
