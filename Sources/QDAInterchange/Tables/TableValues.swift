internal import QDACore

/// What tables of other tools write in their cells.
enum TableValue {
  /// A time as ISO 8601 writes it, a space for the `T` allowed, or with a day, month and year between
  /// dots, which are in this order everywhere; anything else is `nil`.
  static func time(_ text: String) -> Timestamp? {
    let text = text.trimmed
    if let time = Timestamp(text) { return time }
    let parts = text.split(separator: " ", maxSplits: 1)
    let day = parts.first?.split(separator: ".").map { $0.count == 1 ? "0\($0)" : String($0) } ?? []
    if day.count == 3, day[2].count == 4 {
      let rest = parts.dropFirst().first.map { " \($0)" } ?? ""
      return time("\(day[2])-\(day[1])-\(day[0])\(rest)")
    }
    // Seconds are left out by some.
    if text.utf8.count == 16 { return Timestamp(text + ":00") }
    return nil
  }

  /// A date as `3/14/2026`, month first.
  static func monthFirst(_ text: String) -> Timestamp? {
    let parts = text.trimmed.split(separator: "/").map(String.init)
    guard parts.count == 3, parts[2].count == 4, parts[0].count <= 2, parts[1].count <= 2 else {
      return nil
    }
    func padded(_ text: String) -> String { text.count == 1 ? "0" + text : text }
    return Timestamp("\(parts[2])-\(padded(parts[0]))-\(padded(parts[1]))")
  }

  /// A whole number, or `nil`.
  static func whole(_ text: String) -> Int? { Int(text.trimmed) }

  /// The weight of a coding, which is a whole number; anything else is left out and said.
  static func weight(
    _ text: String, at place: Place, _ diagnostics: inout [Diagnostic]
  ) -> Int? {
    if text.isEmpty { return nil }
    if let weight = whole(text) { return weight }
    diagnostics.append(
      Diagnostic(
        "table.value-invalid", .warning, at: place,
        "the weight '\(text)' is not a whole number; it is left out", raw: text,
        solutions: ["weigh codings in whole numbers"]))
    return nil
  }

  /// The parts of a list in one cell, by line or semicolon, without blank ones.
  static func list(_ text: String) -> [String] {
    text.split { $0 == "\n" || $0 == ";" }.map(\.trimmed).filter { !$0.isEmpty }
  }

  /// A finding for times that are written in no form that reads only one way.
  static func unreadTimes(_ count: Int, file: String) -> [Diagnostic] {
    if count == 0 { return [] }
    return [
      Diagnostic(
        "report.date-unread", .note, at: .file(file, line: 0, column: 0),
        "dates are written in a form that can be read in several ways, and are left out",
        solutions: ["save the table with its dates as dates, or as 2026-03-14"], count: count)
    ]
  }
}
