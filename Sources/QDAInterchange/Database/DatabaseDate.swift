internal import QDACore

/// A date as other tools write it: `2024-05-01 12:30:00.123456`, or `Mon Oct 28 08:11:36 2019`.
struct DatabaseDate {
  let timestamp: Timestamp

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Reads a date; a fraction finer than a millisecond is cut, because these tools write six digits.
  init?(_ text: String) {
    if let timestamp = Timestamp(Self.cut(text)) {
      self.timestamp = timestamp
      return
    }
    let words = text.split(separator: " ")
    guard words.count == 5, let month = Self.months.firstIndex(of: String(words[1])),
      let day = Int(words[2]), let year = Int(words[4]),
      let timestamp = Timestamp(
        "\(Self.pad(year, 4))-\(Self.pad(month + 1, 2))-\(Self.pad(day, 2))T\(words[3])")
    else { return nil }
    self.timestamp = timestamp
  }

  private static func cut(_ text: String) -> String {
    guard let dot = text.firstIndex(of: ".") else { return text }
    let fraction = text[text.index(after: dot)...].prefix { $0.isASCII && $0.isNumber }
    let rest = text[fraction.endIndex...]
    let kept = fraction.prefix(3)
    return text[..<dot] + (kept.isEmpty ? "" : "." + kept) + rest
  }

  private static func pad(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
