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
      UInt8(ascii: "\\"), 0xC2:
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
    case "#": (close, style) = ("#", .hashed)
    default: break
    }
    if close != nil {
      cursor.position += 1
      cursor.skipSpaces()
    }
    let begin = cursor.position
    var given = cursor.time(hyphenTenths: style == .hashed)
    if given == nil, style == .bracketed, close != ")" {
      cursor.position = begin
      given = cursor.dottedTime()
    }
    guard let first = given else { return nil }
    var code = Timecode(
      range: position..<cursor.position, start: first.milliseconds, style: style,
      fields: first.fields, fraction: first.fraction)
    var isUnpadded = first.isUnpadded
    let afterFirst = cursor.position
    cursor.skipSpaces()
    let isSpaced = cursor.position > afterFirst
    if cursor.skipArrow(dashes: style == .bracketed || style == .bare && isSpaced) {
      cursor.skipSpaces()
      if let second = cursor.time(hyphenTenths: false) {
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
  }

  private struct Cursor {
    let scalars: ScalarView
    var position: Int
    let limit: Int

    var peek: Unicode.Scalar? { position < limit ? scalars[position] : nil }

    func peek(_ ahead: Int) -> Unicode.Scalar? {
      position + ahead < limit ? scalars[position + ahead] : nil
    }

    mutating func skipSpaces() {
      while let scalar = peek, scalar.isLayoutSpace { position += 1 }
    }

    mutating func skipArrow(dashes: Bool) -> Bool {
      if peek == "-", peek(1) == "-", peek(2) == ">" {
        position += 3
        return true
      }
      if dashes, peek == "-" || peek == "–" {
        position = scalars.after(position)
        return true
      }
      return false
    }

    mutating func number(digits: ClosedRange<Int>) -> (value: Int, digits: Int)? {
      var value = 0
      var count = 0
      while let digit = peek?.digit, count < digits.upperBound {
        value = value * 10 + digit
        count += 1
        position += 1
      }
      return count >= digits.lowerBound ? (value, count) : nil
    }

    /// A time as it is written.
    struct Time {
      var milliseconds: Int
      var fields: UInt8
      var fraction: Fraction?
      var isUnpadded: Bool
    }

    /// A time with full stops, as QualCoder takes it in brackets: `12.34`, `01.12.34`.
    mutating func dottedTime() -> Time? {
      var fields: [Int] = []
      while fields.count < 3 {
        guard let field = number(digits: fields.isEmpty ? 1...3 : 2...2) else { return nil }
        guard fields.isEmpty || field.value < 60 else { return nil }
        fields.append(field.value)
        guard peek == ".", peek(1)?.isASCIIDigit == true else { break }
        position += 1
      }
      guard fields.count >= 2 else { return nil }
      let seconds = fields.reduce(0) { $0 * 60 + $1 }
      return Time(milliseconds: seconds * 1000, fields: UInt8(fields.count), isUnpadded: false)
    }

    mutating func time(hyphenTenths: Bool) -> Time? {
      guard let first = number(digits: 1...3), peek == ":" else { return nil }
      position += 1
      guard let second = number(digits: 1...2), second.value < 60 else { return nil }
      var seconds = first.value * 60 + second.value
      var time = Time(milliseconds: 0, fields: 2, isUnpadded: second.digits == 1)
      if peek == ":", peek(1)?.isASCIIDigit == true {
        position += 1
        guard let third = number(digits: 1...2), third.value < 60 else { return nil }
        seconds = seconds * 60 + third.value
        time.fields = 3
        time.isUnpadded = time.isUnpadded || third.digits == 1
      }
      // With two fields nothing tells an unpadded time from a verse or a score.
      if time.isUnpadded, time.fields == 2 { return nil }
      let separated = peek == "." || peek == "," || hyphenTenths && peek == "-"
      if separated, peek(1)?.isASCIIDigit == true {
        position += 1
        guard let fraction = number(digits: 1...3) else { return nil }
        time.fraction = Fraction(value: fraction.value, digits: fraction.digits)
      } else if time.fields == 3, !time.isUnpadded, peek == ":" || peek == ";" {
        // `01:23:45:21` as editors of films write it.
        let before = position
        position += 1
        if let frames = number(digits: 2...2), frames.value < 60, peek?.isASCIIDigit != true {
          time.fraction = Fraction(value: frames.value, digits: 2, areFrames: true)
        } else {
          position = before
        }
      }
      time.milliseconds = seconds * 1000 + (time.fraction?.milliseconds ?? 0)
      return time
    }
  }
}
