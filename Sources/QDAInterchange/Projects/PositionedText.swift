internal import QDACore

/// A source's text with what is needed to find positions in it that another program counted.
struct PositionedText {
  /// The text, whose line ends are `\n`.
  let text: Text
  let lineEnd: LineEnd
  let encoding: TextEncoding?
  let hadByteOrderMark: Bool
  /// The scalar offsets in the text of the line ends that took two characters in the file.
  private let pairs: [UInt32]

  /// Reads the bytes of a file.
  init(
    _ bytes: [UInt8], name: String, encoding: TextEncoding?
  ) throws(ReadingError) {
    let decoded = try TextDecoding.decode(bytes, name: name, encoding: encoding)
    text = Text(decoded.value.string)
    lineEnd = decoded.value.lineEnd
    self.encoding = decoded.value.encoding
    hadByteOrderMark = decoded.value.hadByteOrderMark
    pairs = Self.pairs(
      of: LineEndScan(bytes, encoding: decoded.value.encoding), in: text, lineEnd: lineEnd)
  }

  /// Takes a text as another program holds it.
  init(_ string: String) {
    let bytes = Array(string.utf8)
    let scan = LineEndScan(bytes, encoding: .utf8)
    let hasReturns = bytes.contains(UInt8(ascii: "\r"))
    text = Text(
      hasReturns
        ? string.replacing("\r\n", with: "\n").replacing("\r", with: "\n") : string)
    lineEnd = scan.lineEnd
    encoding = nil
    hadByteOrderMark = false
    pairs = Self.pairs(of: scan, in: text, lineEnd: scan.lineEnd)
  }

  private static func pairs(of scan: LineEndScan, in text: Text, lineEnd: LineEnd) -> [UInt32] {
    guard scan.hasPairs else { return [] }
    let ends = text.lineEnds
    guard ends.count == scan.isPair.count else { return [] }
    return zip(ends, scan.isPair).compactMap { end, isPair in isPair ? end : nil }
  }

  /// The range that a selection means, or `nil` where it does not lie within the text.
  func span(of read: TextSpan, by convention: PositionConvention) -> TextSpan? {
    if convention == PositionConvention(), pairs.isEmpty {
      return Int(read.end) <= text.scalarCount ? read : nil
    }
    return span(from: Int(read.start), to: Int(read.end), by: convention)
  }

  /// The range between two positions, or `nil` where it does not lie within the text.
  func span(from start: Int, to end: Int, by convention: PositionConvention) -> TextSpan? {
    guard let start = scalar(of: start, by: convention),
      var end = scalar(of: end, by: convention)
    else { return nil }
    if convention.endIsInclusive {
      end += 1
      if end > text.scalarCount { return nil }
    }
    return start <= end ? TextSpan(scalars: start..<end) : nil
  }

  private func scalar(of position: Int, by convention: PositionConvention) -> Int? {
    guard position >= 0 else { return nil }
    var position = position
    if convention.countsByteOrderMark, hadByteOrderMark {
      position -= convention.unit == .utf8 ? 3 : 1
    }
    if !convention.countsLineEndOnce { position -= pairsBefore(position, unit: convention.unit) }
    guard position >= 0 else { return nil }
    switch convention.unit {
    case .scalars: return position <= text.scalarCount ? position : nil
    case .utf16: return position <= text.utf16Count ? text.scalarOffset(ofUTF16: position) : nil
    case .utf8: return position <= text.utf8Count ? text.scalarOffset(ofUTF8: position) : nil
    }
  }

  /// How many line ends of two characters begin before a position of the file.
  private func pairsBefore(_ position: Int, unit: PositionConvention.Unit) -> Int {
    var low = 0
    var high = pairs.count
    while low < high {
      let middle = (low + high) / 2
      let scalar = Int(pairs[middle])
      let offset =
        switch unit {
        case .scalars: scalar
        case .utf16: text.utf16Offset(ofScalar: scalar)
        case .utf8: text.utf8Offset(ofScalar: scalar)
        }
      if offset + middle < position { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether any line end took two characters.
  var hasPairs: Bool { !pairs.isEmpty }
}

/// The kinds of the line ends of a file, in order.
private struct LineEndScan {
  var isPair: [Bool] = []
  var hasPairs = false
  private var singles = (lf: 0, cr: 0)

  init(_ bytes: [UInt8], encoding: TextEncoding) {
    let width =
      switch encoding {
      case .utf16LittleEndian, .utf16BigEndian: 2
      case .utf32LittleEndian, .utf32BigEndian: 4
      default: 1
      }
    let isLittle = encoding == .utf16LittleEndian || encoding == .utf32LittleEndian
    var previousWasReturn = false
    var index = 0
    while index + width <= bytes.count {
      var unit: UInt32 = 0
      for offset in 0..<width {
        unit = unit << 8 | UInt32(bytes[index + (isLittle ? width - 1 - offset : offset)])
      }
      index += width
      switch unit {
      case 0x0D:
        if previousWasReturn { addReturn() }
        previousWasReturn = true
        continue
      case 0x0A:
        isPair.append(previousWasReturn)
        if previousWasReturn { hasPairs = true } else { singles.lf += 1 }
      default:
        if previousWasReturn { addReturn() }
      }
      previousWasReturn = false
    }
    if previousWasReturn { addReturn() }
  }

  private mutating func addReturn() {
    isPair.append(false)
    singles.cr += 1
  }

  var lineEnd: LineEnd {
    switch (hasPairs, singles.lf > 0, singles.cr > 0) {
    case (false, _, false): .lf
    case (true, false, false): .crlf
    case (false, false, true): .cr
    default: .mixed
    }
  }
}
