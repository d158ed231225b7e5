internal import QDACore

/// The bytes of a table or YAML file as UTF-8, whatever Unicode encoding they are in.
struct StoredText {
  let bytes: [UInt8]
  /// What is to be said of the encoding, if anything.
  let diagnostics: [Diagnostic]

  /// Takes bytes as they are, but for UTF-16 and UTF-32, which cannot be mistaken.
  init(_ stored: [UInt8], name: String) {
    let marked = TextDecoding.markedEncoding(of: stored)
    let encoding = marked ?? TextDecoding.utf16Pattern(in: stored) ?? .utf8
    var found: [Diagnostic] = []
    let body = marked == nil ? stored[...] : stored.dropFirst(encoding.byteOrderMark.count)
    let text: String
    switch encoding {
    case .utf16LittleEndian, .utf16BigEndian:
      let isLittle = encoding == .utf16LittleEndian
      text = TextDecoding.decodeUTF16(body, littleEndian: isLittle, name: name, &found)
    case .utf32LittleEndian, .utf32BigEndian:
      let isLittle = encoding == .utf32LittleEndian
      text = TextDecoding.decodeUTF32(body, littleEndian: isLittle, name: name, &found)
    default:
      bytes = stored
      diagnostics = []
      return
    }
    bytes = Array(text.utf8)
    found.append(
      Diagnostic(
        "text.encoding-other", .warning, at: .file(name, line: 1, column: 1),
        "the file is \(encoding.rawValue.uppercased()) where a study has UTF-8",
        explanation: "It is read as such, and becomes UTF-8 when something in it changes.",
        solutions: ["save it as UTF-8; in a spreadsheet program, as \"CSV UTF-8\""]))
    diagnostics = found
  }

  /// The column, in scalars from 1, of the first byte of a line that is not UTF-8.
  static func columnOfBadByte(in line: ArraySlice<UInt8>) -> Int {
    var decoder = UTF8()
    var iterator = line.makeIterator()
    var column = 1
    while case .scalarValue = decoder.decode(&iterator) { column += 1 }
    return column
  }
}
