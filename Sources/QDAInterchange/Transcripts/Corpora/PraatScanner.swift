internal import QDACore

/// Finds the values in a text file of Praat.
///
/// Praat itself reads numbers, strings and flags that stand by themselves and takes all else for
/// remarks, so that the long form, the short form and anything between are read alike.
struct PraatScanner {
  enum Value: Equatable {
    case number(Double)
    case string(String)
    case flag
  }

  private let scalars: [Unicode.Scalar]
  private(set) var position = 0

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  /// The line that was reached, from 1.
  var line: Int { 1 + scalars[..<min(position, scalars.count)].count { $0 == "\n" } }

  /// The next value, or `nil` at the end or in a string that is never closed.
  mutating func next() -> Value? {
    while position < scalars.count {
      let scalar = scalars[position]
      if scalar == "\"" { return string() }
      if scalar == "!" {
        while position < scalars.count, scalars[position] != "\n" { position += 1 }
        continue
      }
      if scalar.properties.isWhitespace {
        position += 1
        continue
      }
      let start = position
      while position < scalars.count, !scalars[position].properties.isWhitespace {
        // A string may follow a sign without a space.
        if scalars[position] == "\"", position > start { break }
        position += 1
      }
      let word = scalars[start..<position]
      if word.first == "<", word.last == ">" { return .flag }
      guard let first = word.first, first.isASCIIDigit || first == "-" || first == "+" else {
        continue
      }
      if let number = Double(String(String.UnicodeScalarView(word))) { return .number(number) }
    }
    return nil
  }

  // A quotation mark inside a string is written twice.
  private mutating func string() -> Value? {
    var text = String.UnicodeScalarView()
    var index = position + 1
    while index < scalars.count {
      if scalars[index] != "\"" {
        text.append(scalars[index])
      } else if index + 1 < scalars.count, scalars[index + 1] == "\"" {
        text.append("\"")
        index += 1
      } else {
        position = index + 1
        return .string(String(text))
      }
      index += 1
    }
    position = scalars.count
    return nil
  }
}
