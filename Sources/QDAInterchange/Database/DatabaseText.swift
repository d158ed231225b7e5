internal import QDACore

/// A text as another tool stores it, with the way from its positions to those of this library.
///
/// Line ends of two characters become one, as in every text here; the tool counted the stored ones.
struct DatabaseText {
  /// The text with `\n` at the end of lines.
  let text: Text
  /// How the stored lines end.
  let lineEnd: LineEnd
  private let stored: Text
  /// The offsets in the stored text of the `\r` that were dropped, in scalars.
  private let dropped: [Int]

  init(_ string: String) {
    stored = Text(string)
    var dropped: [Int] = []
    var kept: [UInt8] = []
    var counts = (lf: 0, cr: 0)
    var scalar = 0
    var previous: UInt8 = 0
    for byte in stored.string.utf8 {
      if byte & 0xC0 != 0x80 { scalar += 1 }
      if byte == UInt8(ascii: "\n"), previous == UInt8(ascii: "\r") {
        dropped.append(scalar - 2)
        counts.cr -= 1
      } else if byte == UInt8(ascii: "\r") {
        counts.cr += 1
        kept.append(UInt8(ascii: "\n"))
      } else {
        if byte == UInt8(ascii: "\n") { counts.lf += 1 }
        kept.append(byte)
      }
      previous = byte
    }
    self.dropped = dropped
    switch (counts.lf > 0, counts.cr > 0, !dropped.isEmpty) {
    case (_, false, false): lineEnd = .lf
    case (false, false, true): lineEnd = .crlf
    case (false, true, false): lineEnd = .cr
    default: lineEnd = .mixed
    }
    text = lineEnd == .lf ? stored : Text(String(decoding: kept, as: UTF8.self))
  }

  /// Whether there is any line end of two characters.
  var hasTwoCharacterLineEnds: Bool { !dropped.isEmpty }

  /// The span of two positions that were counted by a convention.
  ///
  /// `nil` where they are outside the text or the end lies before the start.
  func span(from start: Int, to end: Int, by convention: PositionConvention) -> TextSpan? {
    let (end, overflow) = convention.endIsInclusive ? end.addingReportingOverflow(1) : (end, false)
    let counted = convention.countsLineEndOnce ? text : stored
    guard start >= 0, start <= end, !overflow, end <= counted.count(of: convention.unit) else {
      return nil
    }
    return TextSpan(
      scalars: place(start, in: counted, convention)..<place(end, in: counted, convention))
  }

  private func place(_ offset: Int, in counted: Text, _ convention: PositionConvention) -> Int {
    let scalar = counted.scalarOffset(of: offset, in: convention.unit)
    if convention.countsLineEndOnce || dropped.isEmpty { return scalar }
    var (low, high) = (0, dropped.count)
    while low < high {
      let middle = (low + high) / 2
      if dropped[middle] < scalar { low = middle + 1 } else { high = middle }
    }
    return scalar - low
  }
}

extension Text {
  /// How long the text is in a unit.
  fileprivate func count(of unit: PositionConvention.Unit) -> Int {
    switch unit {
    case .scalars: scalarCount
    case .utf16: utf16Count
    case .utf8: utf8Count
    }
  }

  fileprivate func scalarOffset(of offset: Int, in unit: PositionConvention.Unit) -> Int {
    switch unit {
    case .scalars: offset
    case .utf16: scalarOffset(ofUTF16: offset)
    case .utf8: scalarOffset(ofUTF8: offset)
    }
  }
}
