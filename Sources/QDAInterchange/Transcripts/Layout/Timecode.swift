internal import QDACore

/// A time or a range of times as written in a transcript, with its brackets.
struct Timecode: Hashable {
  /// What stands around the time.
  enum Style: Hashable {
    case bare
    case bracketed
    /// `#00:01:23-4#`, as f4 and its kin write it.
    case hashed
  }

  var range: Range<Int>
  /// Milliseconds from the zero of the clock.
  var start: Int
  /// The end of a range, in milliseconds.
  var end: Int?
  var style: Style
  /// How many of hours, minutes and seconds are written.
  var fields: UInt8
  /// The fractions of start and end as they are written, which may count frames or milliseconds.
  var fraction: Fraction?
  var endFraction: Fraction?
  /// Whether minutes or seconds are written with one digit, as Teams did until 2023.
  var isUnpadded = false
  /// Whether `AM` or `PM` shows that it is a time of the day.
  var isOfDay = false

  /// How finely it is written, where the digits after the seconds are decimals.
  var precision: TranscriptTime.Precision {
    guard let fraction else { return .seconds }
    if fraction.areFrames { return .frames }
    return switch fraction.digits {
    case 1: .tenths
    case 2: .hundredths
    default: .milliseconds
    }
  }

  /// The digits after the seconds, three at most.
  struct Fraction: Hashable {
    var value: UInt16
    var digits: UInt8
    /// Whether a colon or a semicolon before them shows that they count frames.
    var areFrames: Bool

    /// Milliseconds, where the digits are decimals; frames are thirty to a second.
    var milliseconds: Int {
      if areFrames { return Int(value) * 1000 / Self.usualFrames }
      return Int(value) * (digits == 1 ? 100 : digits == 2 ? 10 : 1)
    }

    /// How many frames a second has where nothing else is known.
    static let usualFrames = 30

    init(value: Int, digits: Int, areFrames: Bool = false) {
      self.value = UInt16(value)
      self.digits = UInt8(digits)
      self.areFrames = areFrames
    }
  }

  /// Reads the time that begins at a position, or `nil`.
  ///
  /// Looks at no more than 64 bytes, so that a scan which tries every bracket stays linear.
  static func read(_ scalars: ScalarView, at position: Int, limit: Int) -> Timecode? {
    guard position < limit else { return nil }
    switch scalars.utf8[position] {
    case 0x30...0x39, UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: "{"), UInt8(ascii: "#"),
      UInt8(ascii: "\\"), UInt8(ascii: "<"), 0xC2:
      break
    default: return nil
    }
    var cursor = Cursor(scalars: scalars, position: position, limit: min(limit, position + 64))
    var close: Unicode.Scalar?
    var escaped = false
    var style = Style.bare
    if cursor.peek == "\\", cursor.peek(1) == "[" {
      cursor.position += 1
      escaped = true
    }
    switch cursor.peek {
    case "¤": return transana(cursor)
    case "[": (close, style) = ("]", .bracketed)
    case "(": (close, style) = (")", .bracketed)
    case "{": (close, style) = ("}", .bracketed)
    case "<": (close, style) = (">", .bracketed)
    case "#": (close, style) = ("#", .hashed)
    default: break
    }
    if close != nil {
      cursor.position += 1
      cursor.skipSpaces()
    }
    // Teams counts from where the recording began, and somebody may have spoken before.
    let isNegative = close != nil && cursor.peek == "-"
    if isNegative { cursor.position += 1 }
    let begin = cursor.position
    var given = cursor.time(hyphenTenths: style == .hashed)
    if given == nil, style == .bracketed, close != ")" {
      cursor.position = begin
      given = cursor.dottedTime()
    }
    if given == nil, style == .bracketed {
      cursor.position = begin
      given = cursor.letteredTime()
    }
    guard var first = given, !isNegative || first.fraction == nil else { return nil }
    if first.fraction == nil, !first.isUnpadded { cursor.readHalfOfDay(&first) }
    var code = Timecode(
      range: position..<cursor.position,
      start: isNegative ? -first.milliseconds : first.milliseconds, style: style,
      fields: first.fields, fraction: first.fraction)
    code.isOfDay = first.isOfDay
    var isUnpadded = first.isUnpadded
    let afterFirst = cursor.position
    cursor.skipSpaces()
    if cursor.skipArrow(dashes: style == .bracketed || style == .bare) {
      cursor.skipSpaces()
      if var second = cursor.time(hyphenTenths: false) {
        if first.isOfDay { cursor.readHalfOfDay(&second) }
        code.end = second.milliseconds
        code.endFraction = second.fraction
        isUnpadded = isUnpadded || second.isUnpadded
      } else {
        cursor.position = afterFirst
      }
    } else {
      cursor.position = afterFirst
    }
    if let close {
      cursor.skipSpaces()
      if escaped {
        guard cursor.peek == "\\" else { return nil }
        cursor.position += 1
      }
      guard cursor.peek == close else { return nil }
      cursor.position += 1
    } else if let next = cursor.peek, next.properties.isAlphabetic || next.isASCIIDigit {
      return nil
    }
    code.range = position..<cursor.position
    // `1:5` may be anything; only a range of such times is one of Teams.
    code.isUnpadded = isUnpadded
    return isUnpadded && code.end == nil ? nil : code
  }

  // Transana marks a moment with a sign and hides the milliseconds after it.
  private static func transana(_ cursor: Cursor) -> Timecode? {
    var cursor = cursor
    let start = cursor.position
    cursor.position = cursor.scalars.after(start)
    guard cursor.peek == "<" else { return nil }
    cursor.position += 1
    guard let time = cursor.number(digits: 1...9), cursor.peek == ">" else { return nil }
    return Timecode(
      range: start..<cursor.position + 1, start: time.value, style: .bracketed, fields: 3,
      fraction: Fraction(value: time.value % 1000, digits: 3))
  }

  /// Whether a scalar may begin a time with brackets.
  static func mayBegin(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "[" || scalar == "#" || scalar == "(" || scalar == "{" || scalar == "¤"
      || scalar == "<"
  }
}
