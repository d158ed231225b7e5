/// The times that NVivo lets people type in short: `75` for 1:15, `9203` for 1:32:03, `85:2`.
///
/// They are read only where the caller says that they are NVivo's, at the start of lines, and as
/// NVivo does only while they do not go back.
enum NVivoTimes {
  /// The times at the starts of lines, by their position.
  static func find(in text: Lines) -> [Int: Timecode] {
    var found: [Int: Timecode] = [:]
    var previous = 0
    for line in text.lines where !line.isBlank {
      guard let code = read(text, at: line.content, limit: line.contentEnd), code.start >= previous
      else { continue }
      previous = code.start
      found[line.content] = code
    }
    return found
  }

  /// Reads a time that fills a cell or begins a line, or `nil`.
  static func read(_ text: Lines, at position: Int, limit: Int) -> Timecode? {
    var index = position
    var close: Unicode.Scalar?
    if index < limit, let end = brackets[text.scalars[index]] {
      close = end
      index += 1
    }
    var fields: [(value: Int, digits: Int)] = []
    while fields.count < 3 {
      var field = (value: 0, digits: 0)
      while index < limit, field.digits < 6, let digit = text.scalars[index].digit {
        field = (field.value * 10 + digit, field.digits + 1)
        index += 1
      }
      guard field.digits > 0 else { return nil }
      fields.append(field)
      guard index < limit, text.scalars[index] == ":" else { break }
      index += 1
    }
    guard let seconds = seconds(fields) else { return nil }
    var code = Timecode(
      range: position..<index, start: seconds * 1000, style: close == nil ? .bare : .bracketed,
      fields: UInt8(max(2, fields.count)))
    if index + 1 < limit, text.scalars[index] == ".", let digit = text.scalars[index + 1].digit {
      code.start += digit * 100
      code.fraction = Timecode.Fraction(value: digit, digits: 1)
      index += 2
    }
    if let close {
      guard index < limit, text.scalars[index] == close else { return nil }
      index += 1
    }
    guard index >= limit || text.scalars[index].isLayoutSpace else { return nil }
    code.range = position..<index
    return code
  }

  // Two digits for the seconds, two for the minutes, the rest for hours, where no colon parts them;
  // `75` is more than a minute of seconds.
  private static func seconds(_ fields: [(value: Int, digits: Int)]) -> Int? {
    let values = fields.map(\.value)
    switch values.count {
    case 1:
      let parts = [values[0] / 100 % 100, values[0] % 100]
      // `1998` has no 98 seconds, and `17500` no 75 minutes.
      if fields[0].digits > 2, parts[1] > 59 { return nil }
      if fields[0].digits > 4, parts[0] > 59 { return nil }
      return values[0] / 10_000 * 3600 + parts[0] * 60 + parts[1]
    case 2:
      return values[1] < 60 ? values[0] * 60 + values[1] : nil
    default:
      return values[1] < 60 && values[2] < 60
        ? values[0] * 3600 + values[1] * 60 + values[2] : nil
    }
  }

  private static let brackets: [Unicode.Scalar: Unicode.Scalar] = ["[": "]", "#": "#"]
}

extension Lines {
  /// The time that is written at a position, or `nil`.
  func stamp(at position: Int, limit: Int) -> Timecode? {
    if let short = shorthand[position] { return short }
    return Timecode.read(scalars, at: position, limit: limit)
  }

  /// The time without brackets that is written at a position, or `nil`.
  ///
  /// A tab or the line's end must follow it: `P1: 10:30 or so` is an answer.
  func looseStamp(at position: Int, limit: Int) -> Timecode? {
    guard position < limit, scalars[position].isASCIIDigit,
      let stamp = Timecode.read(scalars, at: position, limit: limit), stamp.style == .bare
    else { return nil }
    let next = stamp.range.upperBound
    return next == limit || scalars[next] == "\t" ? stamp : nil
  }
}
