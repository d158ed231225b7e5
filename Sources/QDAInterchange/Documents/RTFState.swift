/// What holds until the end of a group of RTF.
struct RTFState {
  enum Destination {
    case body
    /// A table of fonts and the like, whose text is not of the document.
    case table
    case styles
  }

  var destination = Destination.body
  var isLeftOut = false
  /// Nothing has been read in the group yet.
  var isFresh = true
  /// The group may be left out by a reader that does not know it.
  var isStarred = false
  var isFontTable = false
  var font: Int?
  var fallback = 1
  var isHidden = false
  var isDeleted = false
  var isRevised = false
  var author = 0
  /// Whether the paragraph has a level of the outline, as headings do.
  var isHeading = false
  var isInTable = false
  var field: RTFField?
  /// Whether the group's text is gathered apart.
  var ownsAside = false
}

/// A field with what it shows.
struct RTFField {
  var start: Int
  var target: String?

  init(start: Int) { self.start = start }

  /// Takes the target from an instruction such as `HYPERLINK "https://example.org"`.
  mutating func read(_ instruction: String) {
    let words = instruction.split(separator: " ")
    guard words.first == "HYPERLINK" else { return }
    let quoted = instruction.split(separator: "\"", omittingEmptySubsequences: false)
    if quoted.count >= 3 {
      target = (instruction.contains("\\l ") ? "#" : "") + quoted[1]
    } else if words.count > 1 {
      target = String(words[1])
    }
  }
}

/// Text that stands beside that of the body while it is being gathered.
struct RTFAside {
  enum Kind {
    case note(String)
    case comment
    case header
    /// An automatic number of a paragraph as it is shown.
    case number
    /// A value that some other part needs.
    case field(String)
  }

  var kind: Kind
  var text = ""
}

/// What is known of a comment before its text.
struct RTFComment {
  var author: String?
  var reference: String?
}

/// Which encoding the bytes of a font are in.
enum RTFCharset {
  /// The encoding of a font's charset, or `nil` where that of the document holds.
  static func page(ofCharset charset: Int) -> String? {
    switch charset {
    case 0: "windows-1252"
    case 77: "macintosh"
    case 128: page(932)
    case 129: page(949)
    case 130: page(1361)
    case 134: page(936)
    case 136: page(950)
    case 161: page(1253)
    case 162: page(1254)
    case 163: page(1258)
    case 177: page(1255)
    case 178: page(1256)
    case 186: page(1257)
    case 204: page(1251)
    case 222: page(874)
    case 238: page(1250)
    case 254: page(437)
    case 255: page(850)
    default: nil
    }
  }

  /// The name of a code page for the converter.
  static func page(_ number: Int) -> String {
    switch number {
    case 437, 850, 852, 855, 857, 860, 861, 862, 863, 864, 865, 866, 869: "IBM\(number)"
    case 10_000: "macintosh"
    case 65_001: "UTF-8"
    case 1250...1258: "windows-\(number)"
    case 28_591...28_605: "ISO-8859-\(number - 28_590)"
    default: "CP\(number)"
    }
  }
}

/// The styles of paragraphs that are headings, by number.
struct RTFStyles {
  private(set) var headings: Set<Int> = []
  private var style: Int?
  private var name = ""

  /// Begins the entry of a style in the table.
  mutating func begin(_ number: Int) { (style, name) = (number, "") }

  /// Takes a piece of an entry's name, which ends with a semicolon.
  mutating func read(_ text: String) {
    guard let style else { return }
    name += text
    guard name.hasSuffix(";") else { return }
    let words = name.dropLast().lowercased().split(separator: " ")
    if words.count == 2, words[0] == "heading", Int(words[1]) != nil { headings.insert(style) }
    self.style = nil
  }
}
