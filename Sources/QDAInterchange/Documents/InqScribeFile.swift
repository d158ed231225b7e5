internal import QDACore

/// Reads files of InqScribe: a setting in each line, one of which is the whole transcript.
///
/// The rendition is the transcript with its escaped line ends, tabs and backslashes resolved.
struct InqScribeFile {
  private(set) var text = ""
  /// What the digits after the seconds count, where the file says so.
  private(set) var framesPerSecond: Int?
  private(set) var metadata: [MetadataField] = []

  init(_ file: String) {
    for line in file.utf8.split(separator: 0x0A, omittingEmptySubsequences: true) {
      guard let sign = line.firstIndex(of: 0x3D) else { continue }
      let value = line[line.index(after: sign)...]
      switch String(Substring(line[..<sign])) {
      case "text": text = Self.resolved(value)
      case "timecode.fps":
        // `29.97 NDF` counts thirty frames.
        let digits = value.prefix { $0 == 0x2E || (0x30...0x39).contains($0) }
        if let rate = Double(String(Substring(digits))), (1...240).contains(rate) {
          framesPerSecond = Int(rate.rounded())
        }
      case "media.filename", "media.url", "media":
        let name = value.split { $0 == 0x2F || $0 == 0x5C }.last.map { String(Substring($0)) }
        if let name { metadata.append(MetadataField(name: "Media", value: name)) }
      default: break
      }
    }
    framesPerSecond = framesPerSecond ?? 30
  }

  private static func resolved(_ value: Substring.UTF8View) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(value.count)
    var isEscaped = false
    for byte in value {
      if isEscaped {
        isEscaped = false
        switch byte {
        case UInt8(ascii: "r"), UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case 0x5C: bytes.append(0x5C)
        default: bytes += [0x5C, byte]
        }
      } else if byte == 0x5C {
        isEscaped = true
      } else {
        bytes.append(byte)
      }
    }
    if isEscaped { bytes.append(0x5C) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
