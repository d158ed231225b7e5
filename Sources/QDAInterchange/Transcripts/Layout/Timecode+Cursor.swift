extension Timecode {
  /// Reads the parts of a time, one after the other.
  struct Cursor {
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
      /// Whether `AM` or `PM` shows that it is a time of the day.
      var isOfDay = false
    }

    /// Reads `AM`, `pm` or `p.m.` after a time, which is then one of the day: `10:03 PM` is 22:03:00.
    mutating func readHalfOfDay(_ time: inout Time) {
      let before = position
      skipSpaces()
      guard let letter = peek, ["a", "A", "p", "P"].contains(letter) else {
        position = before
        return
      }
      position += 1
      let hasStops = peek == "."
      if hasStops { position += 1 }
      // `10:12 Am Anfang` is German.
      let isHalf = peek == (letter.properties.isLowercase ? "m" : "M")
      position += 1
      if hasStops, peek == "." { position += 1 }
      let hour = time.milliseconds / (time.fields == 3 ? 3_600_000 : 60_000)
      guard isHalf, (1...12).contains(hour), peek?.properties.isAlphabetic != true else {
        position = before
        return
      }
      if time.fields == 2 { time.milliseconds *= 60 }
      if hour == 12 { time.milliseconds -= 43_200_000 }
      if letter == "p" || letter == "P" { time.milliseconds += 43_200_000 }
      time.fields = 3
      time.isOfDay = true
    }

    /// A time with letters for its units, as in brackets: `00h 01m 10s`, `1m10s`.
    mutating func letteredTime() -> Time? {
      var seconds = 0
      var fields: UInt8 = 0
      for (unit, length) in [("h", 3600), ("m", 60), ("s", 1)] as [(Unicode.Scalar, Int)] {
        let before = position
        guard let field = number(digits: 1...3), peek == unit else {
          position = before
          continue
        }
        position += 1
        if peek == "i", peek(1) == "n" { position += 2 }
        seconds += field.value * length
        fields += 1
        let end = position
        skipSpaces()
        if peek?.isASCIIDigit != true { position = end }
      }
      guard fields >= 2 else { return nil }
      return Time(milliseconds: seconds * 1000, fields: fields, isUnpadded: false)
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
