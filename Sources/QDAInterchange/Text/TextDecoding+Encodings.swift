internal import QDACore

extension TextEncoding {
  /// Whether a character takes one byte as long as it is ASCII.
  var isNarrow: Bool {
    switch self {
    case .utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian: false
    default: true
    }
  }
}

extension TextDecoding {
  /// Decodes an encoding of one byte per character, in which nothing can be wrong.
  static func decodeNarrow(_ bytes: ArraySlice<UInt8>, as encoding: TextEncoding) -> String {
    var scalars = String.UnicodeScalarView()
    scalars.reserveCapacity(bytes.count)
    for byte in bytes { scalars.append(encoding.scalar(of: byte)) }
    return String(scalars)
  }

  /// Decodes one of the encodings that are not of Unicode; `nil` where no converter knows it.
  static func decodeNamed(
    _ bytes: ArraySlice<UInt8>, as encoding: TextEncoding, name: String,
    _ diagnostics: inout [Diagnostic]
  ) -> String? {
    guard let converter = encoding.converter else {
      return encoding.isNarrow ? decodeNarrow(bytes, as: encoding) : nil
    }
    guard let text = CodePage.decode(Array(bytes), encoding: converter) else { return nil }
    reportBadBytes(text.unicodeScalars.count { $0 == "\u{FFFD}" }, name: name, &diagnostics)
    return text
  }

  /// The line, counted from 1, of the first byte that is not UTF-8.
  static func lineOfFirstBadByte(in bytes: ArraySlice<UInt8>) -> Int {
    for (index, line) in lines(of: bytes).enumerated()
    where String(validating: bytes[line], as: UTF8.self) == nil {
      return index + 1
    }
    return 1
  }

  /// Decodes bytes that are not UTF-8, or not everywhere.
  ///
  /// Where most lines beyond ASCII are UTF-8, only the others are taken as windows-1252.
  static func decodeBroken(
    _ bytes: ArraySlice<UInt8>, name: String, _ diagnostics: inout [Diagnostic]
  ) -> (String, TextEncoding) {
    let lines = lines(of: bytes)
    var good = 0
    var bad: [(number: Int, offset: Int)] = []
    for (index, line) in lines.enumerated() {
      if !bytes[line].contains(where: { $0 >= 0x80 }) { continue }
      if String(validating: bytes[line], as: UTF8.self) == nil {
        bad.append((index + 1, line.lowerBound - bytes.startIndex))
      } else {
        good += 1
      }
    }
    if good <= bad.count {
      diagnostics.append(
        Diagnostic(
          "text.encoding-guessed", .warning,
          at: .file(name, line: bad.first?.number ?? 1, column: 1),
          "the bytes are not UTF-8 and are read as windows-1252",
          explanation:
            "Old Macintosh and non-western files look the same, and then letters are wrong.",
          solutions: ["look at the accented letters and name the encoding if they are wrong"]))
      return (decodeNarrow(bytes, as: .windows1252), .windows1252)
    }
    var text = ""
    var next = 0
    for (index, line) in lines.enumerated() {
      if next < bad.count, bad[next].number == index + 1 {
        next += 1
        text += decodeNarrow(bytes[line], as: .windows1252)
      } else {
        text += String(decoding: bytes[line], as: UTF8.self)
      }
    }
    diagnostics.append(
      Diagnostic(
        "text.mixed-encoding", .warning, at: .file(name, line: bad[0].number, column: 1),
        "lines that are not UTF-8 are read as windows-1252",
        notes: bad.prefix(20).map { "line \($0.number), byte \($0.offset)" },
        solutions: ["save the whole file as UTF-8"], count: bad.count))
    return (text, .utf8)
  }

  // Lines with their line ends, so that nothing is lost when they are put together again.
  private static func lines(of bytes: ArraySlice<UInt8>) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = bytes.startIndex
    for index in bytes.indices {
      let byte = bytes[index]
      let endsHere =
        byte == 0x0A
        || byte == 0x0D && !(index + 1 < bytes.endIndex && bytes[index + 1] == 0x0A)
      if endsHere {
        lines.append(start..<index + 1)
        start = index + 1
      }
    }
    if start < bytes.endIndex { lines.append(start..<bytes.endIndex) }
    return lines
  }

  /// Decodes UTF-16; halves of surrogate pairs that stand alone become U+FFFD and are reported.
  static func decodeUTF16(
    _ bytes: ArraySlice<UInt8>, littleEndian: Bool, name: String,
    _ diagnostics: inout [Diagnostic]
  ) -> String {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var index = bytes.startIndex
    while index + 1 < bytes.endIndex {
      let (a, b) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(littleEndian ? b << 8 | a : a << 8 | b)
      index += 2
    }
    var bad = index < bytes.endIndex ? 1 : 0
    var position = 0
    while position < units.count {
      if UTF16.isLeadSurrogate(units[position]) {
        if position + 1 < units.count, UTF16.isTrailSurrogate(units[position + 1]) {
          position += 1
        } else {
          bad += 1
        }
      } else if UTF16.isTrailSurrogate(units[position]) {
        bad += 1
      }
      position += 1
    }
    reportBadBytes(bad, name: name, &diagnostics)
    return String(decoding: units, as: UTF16.self)
  }

  /// Decodes UTF-32; numbers that are no scalars become U+FFFD and are reported.
  static func decodeUTF32(
    _ bytes: ArraySlice<UInt8>, littleEndian: Bool, name: String,
    _ diagnostics: inout [Diagnostic]
  ) -> String {
    var scalars = String.UnicodeScalarView()
    var bad = bytes.count % 4 == 0 ? 0 : 1
    var index = bytes.startIndex
    while index + 3 < bytes.endIndex {
      var value: UInt32 = 0
      for step in 0..<4 {
        value = value << 8 | UInt32(bytes[littleEndian ? index + 3 - step : index + step])
      }
      if let scalar = Unicode.Scalar(value) {
        scalars.append(scalar)
      } else {
        bad += 1
        scalars.append("\u{FFFD}")
      }
      index += 4
    }
    reportBadBytes(bad, name: name, &diagnostics)
    return String(scalars)
  }

  private static func reportBadBytes(
    _ count: Int, name: String, _ diagnostics: inout [Diagnostic]
  ) {
    guard count > 0 else { return }
    diagnostics.append(
      Diagnostic(
        "text.bad-bytes", .warning, at: .file(name, line: 1, column: 1),
        "bytes that encode no character were replaced by U+FFFD",
        solutions: ["fetch the file again, or save it as UTF-8"], count: count))
  }
}
