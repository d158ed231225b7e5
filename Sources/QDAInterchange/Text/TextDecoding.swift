public import QDACore

/// The text of a file with what was found out about its bytes.
public struct DecodedText: Hashable, Sendable {
  /// The text; every line ends in `\n`, and a byte-order mark is not part of it.
  public var string: String
  /// The encoding of the bytes.
  public var encoding: TextEncoding
  /// The line end of the file.
  public var lineEnd: LineEnd
  /// Whether the file began with a byte-order mark.
  public var hadByteOrderMark: Bool

  /// Whether the bytes of the file are those of the text; one that is not UTF-8 would be longer.
  func isVerbatim(_ bytes: [UInt8]) -> Bool {
    encoding == .utf8 && lineEnd == .lf && !hadByteOrderMark && string.utf8.count == bytes.count
  }

  /// The UTF-8 of the text, which as a rule is the bytes of the file.
  func utf8(of bytes: [UInt8]) -> [UInt8] { isVerbatim(bytes) ? bytes : Array(string.utf8) }
}

/// Turns the bytes of a text file into text.
///
/// The encoding is the caller's, else that of a byte-order mark, else UTF-16 where more than 30 % of
/// the bytes on one parity are zero, else UTF-8, else what a web page says of itself, else
/// windows-1252 with a warning. Nothing but line
/// ends is changed.
public enum TextDecoding {
  /// Decodes the bytes of a file whose name is used in messages.
  ///
  /// - Throws: `notText` for a binary file, `malformed` where the caller's encoding does not fit.
  public static func decode(
    _ bytes: [UInt8], name: String, encoding wanted: TextEncoding? = nil
  ) throws(ReadingError) -> Reading<DecodedText> {
    var diagnostics: [Diagnostic] = []
    let encoding: TextEncoding
    var body = bytes[...]
    var hadMark = false
    if let marked = Self.markedEncoding(of: bytes), wanted == nil || wanted == marked {
      encoding = marked
      body = bytes.dropFirst(marked.byteOrderMark.count)
      hadMark = true
    } else if let wanted {
      encoding = wanted
    } else {
      encoding = Self.utf16Pattern(in: bytes) ?? .utf8
    }
    var unusual = UnusualBytes(body)
    if encoding != .utf16LittleEndian, encoding != .utf16BigEndian, encoding.isNarrow {
      try Self.refuseBinary(unusual, body, name: name)
    }
    var used = encoding
    let raw: String
    switch encoding {
    case .utf8:
      if let text = String(validating: body, as: UTF8.self) {
        raw = text
      } else if wanted != nil {
        let line = Self.lineOfFirstBadByte(in: body)
        throw .malformed(
          file: name, line: line, column: 1,
          reason: "the bytes of this line are not UTF-8; name the right encoding")
      } else if let declared = TextEncoding.declared(in: body), declared != .utf8,
        let text = Self.decodeNamed(body, as: declared, name: name, &diagnostics)
      {
        raw = text
        used = declared
      } else {
        (raw, used) = Self.decodeBroken(body, name: name, &diagnostics)
      }
    case .utf16LittleEndian, .utf16BigEndian:
      raw = Self.decodeUTF16(
        body, littleEndian: encoding == .utf16LittleEndian, name: name, &diagnostics)
    case .utf32LittleEndian, .utf32BigEndian:
      raw = Self.decodeUTF32(
        body, littleEndian: encoding == .utf32LittleEndian, name: name, &diagnostics)
    default:
      guard let text = Self.decodeNamed(body, as: encoding, name: name, &diagnostics) else {
        throw .malformed(
          file: name, line: 1, column: 1,
          reason: "this machine cannot decode \(encoding.rawValue); save the file as UTF-8")
      }
      raw = text
    }
    if used != .utf8 || raw.utf8.count != body.count {
      unusual = UnusualBytes(Array(raw.utf8)[...])
    }
    let (text, lineEnd) = unusual.hasReturns ? Self.normaliseLineEnds(raw) : (raw, .lf)
    Self.examine(text, unusual, name: name, &diagnostics)
    return Reading(
      DecodedText(string: text, encoding: used, lineEnd: lineEnd, hadByteOrderMark: hadMark),
      diagnostics: diagnostics)
  }

  // The marks of UTF-32 are tried first, because that of UTF-32LE begins with that of UTF-16LE.
  static func markedEncoding(of bytes: [UInt8]) -> TextEncoding? {
    let order: [TextEncoding] = [
      .utf32LittleEndian, .utf32BigEndian, .utf8, .utf16LittleEndian, .utf16BigEndian,
    ]
    return order.first { bytes.starts(with: $0.byteOrderMark) }
  }

  static func utf16Pattern(in bytes: [UInt8]) -> TextEncoding? {
    let sample = bytes.prefix(4096)
    guard sample.count >= 4 else { return nil }
    var zeros = [0, 0]
    for (index, byte) in sample.enumerated() where byte == 0 { zeros[index & 1] += 1 }
    let half = sample.count / 2
    let even = zeros[0] * 10 > half * 3
    let odd = zeros[1] * 10 > half * 3
    if odd, !even { return .utf16LittleEndian }
    if even, !odd { return .utf16BigEndian }
    return nil
  }

  // A few controls are dirt in a text; eight that are also more than 1 % are not text.
  private static func refuseBinary(
    _ unusual: UnusualBytes, _ body: ArraySlice<UInt8>, name: String
  ) throws(ReadingError) {
    let controls = unusual.controls
    if controls >= 8, controls * 100 > body.count {
      // Of two or four bytes for a sign, one is zero in every space.
      let mayBeWide = body.count.isMultiple(of: 2) && body.contains(0)
      throw .notText(
        file: name,
        reason: "\(controls) of \(body.count) bytes are control codes"
          + (mayBeWide
            ? "; if it is a text in UTF-16 or UTF-32, say so, as with --encoding utf-16le" : ""))
    }
  }

  private static func normaliseLineEnds(_ text: String) -> (String, LineEnd) {
    var text = text
    text.makeContiguousUTF8()
    let span = text.utf8.span
    var lf = 0
    var crlf = 0
    var cr = 0
    var previousWasCR = false
    for index in span.indices {
      let byte = span[index]
      if byte == 0x0A {
        if previousWasCR {
          crlf += 1
          cr -= 1
        } else {
          lf += 1
        }
      } else if byte == 0x0D {
        cr += 1
      }
      previousWasCR = byte == 0x0D
    }
    let kinds = [lf, crlf, cr].count { $0 > 0 }
    let lineEnd: LineEnd = kinds > 1 ? .mixed : crlf > 0 ? .crlf : cr > 0 ? .cr : .lf
    if crlf + cr == 0 { return (text, lineEnd) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(span.count)
    previousWasCR = false
    for index in span.indices {
      let byte = span[index]
      if byte == 0x0D {
        bytes.append(0x0A)
      } else if byte != 0x0A || !previousWasCR {
        bytes.append(byte)
      }
      previousWasCR = byte == 0x0D
    }
    return (String(decoding: bytes, as: UTF8.self), lineEnd)
  }

  private static func examine(
    _ text: String, _ unusual: UnusualBytes, name: String, _ diagnostics: inout [Diagnostic]
  ) {
    let bytes = text.utf8.span
    var controls = 0
    var firstByte = 0
    var index = 0
    // Without bytes that a control may begin with there is nothing to look for.
    let mayHoldControls = unusual.controls > 0 || unusual.mayHoldMore
    while mayHoldControls, index < bytes.count {
      let byte = bytes[index]
      // C1 controls take two bytes, of which the first is C2; NEL is a line end.
      let isControl =
        byte < 0x20
        ? UnusualBytes.isControl(byte)
        : byte == 0x7F
          || byte == 0xC2 && index + 1 < bytes.count && bytes[index + 1] < 0xA0
            && bytes[index + 1] != 0x85
      if isControl {
        if controls == 0 { firstByte = index }
        controls += 1
      }
      index += 1
    }
    let isEmpty = text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
    var first = (line: 1, column: 1)
    if controls > 0 {
      for index in 0..<firstByte where bytes[index] & 0xC0 != 0x80 {
        first = bytes[index] == 0x0A ? (first.line + 1, 1) : (first.line, first.column + 1)
      }
    }
    if controls > 0 {
      diagnostics.append(
        Diagnostic(
          "text.control-characters", .warning,
          at: .file(name, line: first.line, column: first.column),
          "the text holds control characters, which are kept",
          solutions: ["open the file in a text editor and remove what is not text"],
          count: controls))
    }
    if isEmpty {
      diagnostics.append(
        Diagnostic(
          "text.empty", .warning, at: .file(name, line: 1, column: 1), "the file holds no text",
          solutions: ["export or save the document again, or leave it out"]))
    }
  }
}
