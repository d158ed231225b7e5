internal import QDACore

/// What a file cannot hold, gathered by what it is and counted.
struct ExchangeLosses {
  private struct Entry {
    var count: Int
    var examples: [String]
  }
  private var order: [String] = []
  private var entries: [String: Entry] = [:]
  private static let shown = 3

  /// Counts something that has no place in the file.
  mutating func add(_ summary: String, _ example: String? = nil, count: Int = 1) {
    if count == 0 { return }
    if entries[summary] == nil {
      order.append(summary)
      entries[summary] = Entry(count: 0, examples: [])
    }
    entries[summary]?.count += count
    if let example, !example.isEmpty, let known = entries[summary],
      known.examples.count < Self.shown
    {
      entries[summary]?.examples.append(example)
    }
  }

  var isEmpty: Bool { order.isEmpty }

  /// The loss report, in the order of the project.
  ///
  /// - Parameters:
  ///   - isKept: Whether a sidecar goes with the file, from which all of it is restored.
  ///   - solution: What to do about a loss where none goes with it.
  func diagnostics(file: String, isKept: Bool, solution: String) -> [Diagnostic] {
    order.map { summary in
      let entry = entries[summary] ?? Entry(count: 0, examples: [])
      if let solution = Self.nowhere[summary] {
        return Diagnostic(
          "exchange.not-held", .warning, at: .file(file, line: 0, column: 0),
          "\(summary): neither the file nor a sidecar holds it", notes: entry.examples,
          solutions: [solution], count: entry.count)
      }
      if isKept {
        return Diagnostic(
          "exchange.in-sidecar", .note, at: .file(file, line: 0, column: 0),
          "\(summary): kept in the sidecar only", notes: entry.examples, count: entry.count)
      }
      return Diagnostic(
        "exchange.not-held", .warning, at: .file(file, line: 0, column: 0),
        "\(summary): the format has no place for it", notes: entry.examples,
        solutions: [solution], count: entry.count)
    }
  }
}

/// What may stand in XML.
enum XMLText {
  /// The text with every character that XML 1.0 does not allow replaced by U+FFFD, one for one.
  static func allowed(_ text: String) -> String { replacing(in: text, isForbidden) ?? text }

  /// The text with every character for which a condition holds replaced by U+FFFD, one for one;
  /// `nil` where it holds for none.
  ///
  /// - Parameter condition: Holds for controls and noncharacters at most.
  static func replacing(
    in text: String, _ condition: (Unicode.Scalar) -> Bool
  ) -> String? {
    guard mayHoldAny(text), text.unicodeScalars.contains(where: condition) else { return nil }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { scalars.append(condition(scalar) ? "\u{FFFD}" : scalar) }
    return String(scalars)
  }

  /// Whether a text holds bytes that controls or noncharacters begin with; nearly none does.
  private static func mayHoldAny(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { buffer in
      let utf8 = unsafe buffer.span
      var index = utf8.first(rare, in: 0..<utf8.count)
      while index < utf8.count {
        // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
        if utf8[index] != 0xEF || utf8[index + 1] == 0xBF && utf8[index + 2] >= 0xBE { return true }
        index = utf8.first(rare, in: index + 3..<utf8.count)
      }
      return false
    }
  }

  private static let rare = ByteSet(Array(0x00..<0x09) + Array(0x0B..<0x20) + [0xEF])

  static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: false
    case 0..<0x20, 0xFFFE, 0xFFFF: true
    default: false
    }
  }
}
