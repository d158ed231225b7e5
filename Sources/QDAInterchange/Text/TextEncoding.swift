/// How characters are written as bytes in a text file.
public enum TextEncoding: String, Hashable, Sendable, Codable, CaseIterable {
  /// UTF-8.
  case utf8 = "utf-8"
  /// UTF-16, low byte first.
  case utf16LittleEndian = "utf-16le"
  /// UTF-16, high byte first.
  case utf16BigEndian = "utf-16be"
  /// UTF-32, low byte first.
  case utf32LittleEndian = "utf-32le"
  /// UTF-32, high byte first.
  case utf32BigEndian = "utf-32be"
  /// The code page of western Windows.
  case windows1252 = "windows-1252"
  /// The character set of the classic Macintosh.
  case macintosh
  /// ISO 8859-1, in which the bytes 80 to 9F are control characters.
  case latin1 = "iso-8859-1"
  /// The code page of central European Windows.
  case windows1250 = "windows-1250"
  /// The code page of Cyrillic Windows.
  case windows1251 = "windows-1251"
  /// The code page of Greek Windows.
  case windows1253 = "windows-1253"
  /// The code page of Turkish Windows.
  case windows1254 = "windows-1254"
  /// The code page of Hebrew Windows.
  case windows1255 = "windows-1255"
  /// The code page of Arabic Windows.
  case windows1256 = "windows-1256"
  /// The code page of Baltic Windows.
  case windows1257 = "windows-1257"
  /// ISO 8859-2, for central Europe.
  case latin2 = "iso-8859-2"
  /// ISO 8859-5, for Cyrillic.
  case isoCyrillic = "iso-8859-5"
  /// ISO 8859-7, for Greek.
  case isoGreek = "iso-8859-7"
  /// ISO 8859-8, for Hebrew.
  case isoHebrew = "iso-8859-8"
  /// ISO 8859-15, which has the euro.
  case latin9 = "iso-8859-15"
  /// KOI8-R, for Russian.
  case koi8R = "koi8-r"
  /// GB 18030, which holds GB 2312 and GBK, for Chinese.
  case gb18030
  /// Big5, for Chinese.
  case big5
  /// Shift-JIS, for Japanese.
  case shiftJIS = "shift-jis"
  /// EUC-JP, for Japanese.
  case eucJP = "euc-jp"
  /// EUC-KR, for Korean.
  case eucKR = "euc-kr"

  /// The byte-order mark that announces the encoding, or none.
  var byteOrderMark: [UInt8] {
    switch self {
    case .utf8: [0xEF, 0xBB, 0xBF]
    case .utf16LittleEndian: [0xFF, 0xFE]
    case .utf16BigEndian: [0xFE, 0xFF]
    case .utf32LittleEndian: [0xFF, 0xFE, 0, 0]
    case .utf32BigEndian: [0, 0, 0xFE, 0xFF]
    default: []
    }
  }

  /// The name under which libxml2's converters know it, or `nil` where it is decoded here.
  var converter: String? {
    switch self {
    case .utf8, .utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian,
      .windows1252, .macintosh, .latin1:
      nil
    // The code pages hold more than the standards, and old files use it.
    case .shiftJIS: "CP932"
    case .eucKR: "CP949"
    default: rawValue.uppercased()
    }
  }

  /// The encoding that a web page names, by the names that browsers know, or `nil`.
  static func labelled(_ label: String) -> TextEncoding? {
    let label = label.lowercased()
    if let known = TextEncoding(rawValue: label) { return known == .latin1 ? .windows1252 : known }
    switch label {
    case "utf8": return .utf8
    case "latin1", "l1", "us-ascii", "ascii", "cp1252", "x-cp1252": return .windows1252
    case "latin2", "l2": return .latin2
    case "mac", "x-mac-roman": return .macintosh
    case "gb2312", "gbk", "x-gbk", "gb_2312-80", "chinese", "cp936", "euc-cn": return .gb18030
    case "big5-hkscs", "x-x-big5", "cn-big5": return .big5
    case "shift_jis", "sjis", "x-sjis", "windows-31j", "ms_kanji", "cp932": return .shiftJIS
    case "x-euc-jp": return .eucJP
    case "ks_c_5601-1987", "korean", "windows-949", "cp949", "ksc5601": return .eucKR
    case "iso-8859-8-i", "hebrew": return .isoHebrew
    case "koi8", "koi", "koi8-u": return .koi8R
    case "cyrillic": return .isoCyrillic
    case "greek": return .isoGreek
    default:
      for prefix in ["x-cp", "cp"] where label.hasPrefix(prefix) {
        return TextEncoding(rawValue: "windows-" + label.dropFirst(prefix.count))
      }
      return nil
    }
  }

  /// The encoding that the head of a web page names, or `nil`.
  static func declared(in bytes: ArraySlice<UInt8>) -> TextEncoding? {
    let head = bytes.prefix(2048)
    guard head.first(where: { $0 > 0x20 }) == 0x3C else { return nil }
    let text = String(decoding: head.map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self).lowercased()
    var rest = text[...]
    while let start = rest.firstRange(of: "charset") {
      rest = rest[start.upperBound...]
      let value = rest.drop { $0 == " " || $0 == "=" || $0 == "\"" || $0 == "'" }
      let label = value.prefix { $0.isLetter || $0.isNumber || "-_".contains($0) }
      if let found = labelled(String(label)) { return found }
    }
    return nil
  }

  /// The scalar of a byte in an encoding of one byte per character.
  func scalar(of byte: UInt8) -> Unicode.Scalar {
    if byte < 0x80 { return Unicode.Scalar(byte) }
    switch self {
    case .windows1252 where byte < 0xA0: return Self.windows1252Upper[Int(byte - 0x80)]
    case .macintosh: return Self.macintoshUpper[Int(byte - 0x80)]
    default: return Unicode.Scalar(byte)
    }
  }

  // The five bytes that the code page leaves free stand for the controls of the same number.
  private static let windows1252Upper = Array(
    """
    \u{20AC}\u{81}\u{201A}\u{192}\u{201E}\u{2026}\u{2020}\u{2021}\u{2C6}\u{2030}\u{160}\
    \u{2039}\u{152}\u{8D}\u{17D}\u{8F}\u{90}\u{2018}\u{2019}\u{201C}\u{201D}\u{2022}\
    \u{2013}\u{2014}\u{2DC}\u{2122}\u{161}\u{203A}\u{153}\u{9D}\u{17E}\u{178}
    """.unicodeScalars)

  private static let macintoshUpper = Array(
    """
    \u{C4}\u{C5}\u{C7}\u{C9}\u{D1}\u{D6}\u{DC}\u{E1}\u{E0}\u{E2}\u{E4}\u{E3}\u{E5}\u{E7}\
    \u{E9}\u{E8}\u{EA}\u{EB}\u{ED}\u{EC}\u{EE}\u{EF}\u{F1}\u{F3}\u{F2}\u{F4}\u{F6}\u{F5}\
    \u{FA}\u{F9}\u{FB}\u{FC}\u{2020}\u{B0}\u{A2}\u{A3}\u{A7}\u{2022}\u{B6}\u{DF}\u{AE}\
    \u{A9}\u{2122}\u{B4}\u{A8}\u{2260}\u{C6}\u{D8}\u{221E}\u{B1}\u{2264}\u{2265}\u{A5}\
    \u{B5}\u{2202}\u{2211}\u{220F}\u{3C0}\u{222B}\u{AA}\u{BA}\u{3A9}\u{E6}\u{F8}\u{BF}\
    \u{A1}\u{AC}\u{221A}\u{192}\u{2248}\u{2206}\u{AB}\u{BB}\u{2026}\u{A0}\u{C0}\u{C3}\
    \u{D5}\u{152}\u{153}\u{2013}\u{2014}\u{201C}\u{201D}\u{2018}\u{2019}\u{F7}\u{25CA}\
    \u{FF}\u{178}\u{2044}\u{20AC}\u{2039}\u{203A}\u{FB01}\u{FB02}\u{2021}\u{B7}\u{201A}\
    \u{201E}\u{2030}\u{C2}\u{CA}\u{C1}\u{CB}\u{C8}\u{CD}\u{CE}\u{CF}\u{CC}\u{D3}\u{D4}\
    \u{F8FF}\u{D2}\u{DA}\u{DB}\u{D9}\u{131}\u{2C6}\u{2DC}\u{AF}\u{2D8}\u{2D9}\u{2DA}\
    \u{B8}\u{2DD}\u{2DB}\u{2C7}
    """.unicodeScalars)
}
