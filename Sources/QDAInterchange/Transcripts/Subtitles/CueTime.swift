/// A time as WebVTT writes it, before it is known what its fraction means.
struct CueTime: Hashable {
  var seconds: Int
  var fraction: UInt16
  var digits: UInt8
  /// Whether it lies before the start of the recording.
  var isNegative = false
  /// Whether minutes or seconds are written with one digit, as Teams did until 2023.
  var isUnpadded: Bool

  /// The time in milliseconds.
  ///
  /// - Parameter integerFraction: Whether the fraction counts milliseconds, so that `.90` is 90.
  func milliseconds(integerFraction: Bool) -> Int {
    let unit = integerFraction ? 1 : digits == 1 ? 100 : digits == 2 ? 10 : 1
    let time = seconds * 1000 + Int(fraction) * unit
    return isNegative ? -time : time
  }

  /// The two times of a line `00:01.000 --> 00:02.000 settings`, or `nil`.
  static func pair(_ line: ArraySlice<UInt8>) -> (start: CueTime, end: CueTime)? {
    var position = line.startIndex
    skipSpaces(line, &position)
    guard beginsTime(line[position...]) else { return nil }
    guard let start = read(line, &position) else { return nil }
    skipSpaces(line, &position)
    guard position + 2 < line.endIndex, line[position] == 0x2D, line[position + 1] == 0x2D,
      line[position + 2] == 0x3E
    else { return nil }
    position += 3
    skipSpaces(line, &position)
    guard let end = read(line, &position) else { return nil }
    guard position == line.endIndex || isSpace(line[position]) else { return nil }
    return (start, end)
  }

  /// What follows the two times of a line where it is no settings of a cue, else nothing.
  static func words(after line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let arrow = line.indices.first(where: { line[$0...].starts(with: "-->".utf8) }) else {
      return []
    }
    let time = line[(arrow + 3)...].drop(while: isSpace)
    let rest = (time.firstIndex(where: isSpace).map { time[$0...] } ?? []).drop(while: isSpace)
    let settings = [
      "align", "line", "position", "size", "vertical", "region", "X1", "X2", "Y1", "Y2",
    ]
    let areSettings = rest.split(whereSeparator: isSpace).allSatisfy { part in
      settings.contains(String(decoding: part.prefix { $0 != 0x3A }, as: UTF8.self))
        && part.contains(0x3A)
    }
    return areSettings ? [] : rest
  }

  /// The two times of a line `0:00:01.000,0:00:02.000`, or `nil`.
  static func commaPair(_ line: ArraySlice<UInt8>) -> (start: CueTime, end: CueTime)? {
    guard line.count <= 40 else { return nil }
    let times = line.split(separator: 0x2C, omittingEmptySubsequences: false)
    guard times.count == 2 else { return nil }
    var found: [CueTime] = []
    for part in times {
      var position = part.startIndex
      skipSpaces(part, &position)
      guard let time = read(part, &position) else { return nil }
      skipSpaces(part, &position)
      guard position == part.endIndex, time.digits == 3 else { return nil }
      found.append(time)
    }
    return (found[0], found[1])
  }

  /// Whether a line means to be one of times: it begins with a digit and has an arrow.
  static func isAttempt(_ line: ArraySlice<UInt8>) -> Bool {
    guard beginsTime(line.drop(while: isSpace)) else { return false }
    let limit = line.prefix(64)
    return zip(limit, limit.dropFirst()).contains { $0 == 0x2D && ($1 == 0x2D || $1 == 0x3E) }
      && limit.contains(0x3A)
  }

  // Teams counts from where the recording began, and somebody may have spoken before.
  private static func beginsTime(_ line: ArraySlice<UInt8>) -> Bool {
    let digits = line.first == 0x2D ? line.dropFirst() : line
    return digits.first.map { (0x30...0x39).contains($0) } ?? false
  }

  private static func read(_ line: ArraySlice<UInt8>, _ position: inout Int) -> CueTime? {
    let isNegative = position < line.endIndex && line[position] == 0x2D
    if isNegative { position += 1 }
    guard var minutes = number(line, &position, digits: 6), takeColon(line, &position),
      var last = number(line, &position, digits: 2)
    else { return nil }
    var hours: Int?
    if takeColon(line, &position) {
      guard let third = number(line, &position, digits: 2) else { return nil }
      (hours, minutes, last) = (minutes.value, last, third)
      _ = takeColon(line, &position)
    }
    guard last.value < 60, hours == nil || minutes.value < 60 else { return nil }
    var time = CueTime(
      seconds: ((hours ?? 0) * 60 + minutes.value) * 60 + last.value, fraction: 0, digits: 3,
      isUnpadded: last.digits == 1 || hours != nil && minutes.digits == 1)
    if position < line.endIndex, line[position] == 0x2E || line[position] == 0x2C {
      position += 1
      guard let fraction = number(line, &position, digits: 3) else { return nil }
      time.fraction = UInt16(fraction.value)
      time.digits = UInt8(fraction.digits)
    }
    time.isNegative = isNegative
    return time
  }

  private static func takeColon(_ line: ArraySlice<UInt8>, _ position: inout Int) -> Bool {
    guard position < line.endIndex, line[position] == 0x3A else { return false }
    position += 1
    return true
  }

  private static func number(
    _ line: ArraySlice<UInt8>, _ position: inout Int, digits limit: Int
  ) -> (value: Int, digits: Int)? {
    var value = 0
    var digits = 0
    while position < line.endIndex, digits < limit, (0x30...0x39).contains(line[position]) {
      value = value * 10 + Int(line[position] - 0x30)
      digits += 1
      position += 1
    }
    return digits > 0 ? (value, digits) : nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static func skipSpaces(_ line: ArraySlice<UInt8>, _ position: inout Int) {
    while position < line.endIndex, isSpace(line[position]) { position += 1 }
  }
}
