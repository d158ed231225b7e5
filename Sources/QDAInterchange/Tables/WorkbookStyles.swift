internal import QDACore

/// What the formats of a workbook's cells say of their values.
struct WorkbookStyles {
  /// What a number format shows of a number.
  enum Form: Sendable {
    case number, date, time, dateTime, elapsed
  }

  private var forms: [Form] = []
  private var indents: [Int] = []

  init(_ part: String?, _ archive: borrowing ZipArchive, _ file: String) throws(ReadingError) {
    guard let part, archive.contains(part) else { return }
    var codes: [Int: String] = [:]
    var cells: [(format: Int, indent: Int)] = []
    var isInCells = false
    try XMLStream.read(try archive.content(of: part), file: file, part: part) {
      (event: XMLEvent) throws(ReadingError) in
      switch event {
      case .start(let element):
        switch element.name {
        case "numFmt":
          if let id = element["numFmtId"].flatMap({ Int($0) }) { codes[id] = element["formatCode"] }
        case "cellXfs": isInCells = true
        case "xf": if isInCells { cells.append((Int(element["numFmtId"] ?? "") ?? 0, 0)) }
        case "alignment":
          if isInCells, let last = cells.indices.last {
            cells[last].indent = min(max(Int(element["indent"] ?? "") ?? 0, 0), 250)
          }
        default: break
        }
      case .end(_, let name): if name == "cellXfs" { isInCells = false }
      case .text: break
      }
    }
    forms = cells.map { cell in
      codes[cell.format].map(Self.form(of:)) ?? Self.form(ofBuiltIn: cell.format)
    }
    indents = cells.map(\.indent)
  }

  /// What the format of a cell's style shows.
  func form(ofStyle style: Int) -> Form { forms.indices.contains(style) ? forms[style] : .number }

  /// How far a cell's style indents it.
  func indent(ofStyle style: Int) -> Int { indents.indices.contains(style) ? indents[style] : 0 }

  /// The formats that every workbook has without saying so (ECMA-376 part 1, §18.8.30).
  private static func form(ofBuiltIn id: Int) -> Form {
    switch id {
    case 14...17, 27...31, 36, 50...54, 57, 58: .date
    case 18...21, 32...35, 45, 47, 55, 56: .time
    case 22: .dateTime
    case 46: .elapsed
    default: .number
    }
  }

  /// What the letters of a format's first section show, without quoted words and conditions.
  static func form(of code: String) -> Form {
    var letters = ""
    var isElapsed = false
    var index = code.startIndex
    func skip(to end: Character) {
      index = code[index...].firstIndex(of: end).map { code.index(after: $0) } ?? code.endIndex
    }
    while index < code.endIndex {
      let character = code[index]
      index = code.index(after: index)
      switch character {
      case ";": index = code.endIndex
      case "\"": skip(to: "\"")
      case "[":
        let inside = code[index...].prefix { $0 != "]" }.lowercased()
        if !inside.isEmpty, inside.allSatisfy({ "hms".contains($0) }) { isElapsed = true }
        skip(to: "]")
      case "\\", "_", "*": if index < code.endIndex { index = code.index(after: index) }
      default: letters.append(contentsOf: character.lowercased())
      }
    }
    if isElapsed { return .elapsed }
    if letters.hasPrefix("general") { return .number }
    let hasTime = letters.contains("h") || letters.contains("s")
    // Minutes and months share a letter, which means months where there is no time.
    let hasDate =
      letters.contains("y") || letters.contains("d") || (letters.contains("m") && !hasTime)
    return hasDate ? hasTime ? .dateTime : .date : hasTime ? .time : .number
  }
}

/// Writes the numbers of a sheet as people read them.
enum SheetNumber {
  /// A number in decimal digits, without the noise that binary fractions leave behind.
  ///
  /// Up to 15 digits stand as they are; of more the shortest that is the same number is written, as
  /// spreadsheets show it.
  static func decimal(_ written: String) -> String {
    let digits = written.utf8.drop { !(0x31...0x39).contains($0) }
      .count { (0x30...0x39).contains($0) }
    let isPlain = written.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E }
    let isWhole = written.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2D }
    if isPlain, isWhole || digits <= 15 { return written }
    guard let value = Double(written), value.isFinite else { return written }
    return expanded(value.description) ?? written
  }

  /// A number such as `1.5e-05` or `2.0` with neither exponent nor empty fraction.
  private static func expanded(_ text: String) -> String? {
    let parts = text.split(separator: "e")
    guard let mantissa = parts.first else { return nil }
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    guard abs(exponent) <= 30 else { return nil }
    let sign = mantissa.hasPrefix("-") ? "-" : ""
    let halves = mantissa.drop { $0 == "-" }.split(separator: ".")
    let whole = halves.first.map(String.init) ?? "0"
    let fraction = halves.count > 1 && halves[1] != "0" ? String(halves[1]) : ""
    var digits = Array(whole + fraction)
    var point = whole.count + exponent
    if point <= 0 {
      digits = Array(repeating: "0", count: 1 - point) + digits
      point = 1
    }
    while digits.count < point { digits.append("0") }
    let head = String(digits[..<point])
    var tail = String(digits[point...])
    while tail.hasSuffix("0") { tail.removeLast() }
    return sign + head + (tail.isEmpty ? "" : "." + tail)
  }

  /// A date or time as ISO 8601 writes it, or `nil` for a number that is none.
  ///
  /// A time has milliseconds where it has a fraction of a second, whether or not its format shows
  /// one; what stands on a calendar is rounded to seconds.
  static func date(_ written: String, form: WorkbookStyles.Form, since1904: Bool) -> String? {
    // The last day that spreadsheets know is 9999-12-31.
    guard let value = Double(written), value >= 0, value < 2_958_466 else { return nil }
    var day = Int(value)
    if form == .elapsed { return clock(milliseconds: Int((value * 86_400_000).rounded())) }
    if form == .time, day == 0 {
      let time = Int((value * 86_400_000).rounded())
      if time < 86_400_000 { return clock(milliseconds: time) }
    }
    var seconds = Int(((value - Double(day)) * 86_400).rounded())
    if seconds >= 86_400 {
      day += 1
      seconds = 0
    }
    guard let date = calendarDate(of: day, since1904: since1904) else { return nil }
    return form == .date && seconds == 0 ? date : date + "T" + clock(seconds)
  }

  /// The date of a day's number; the 29 February 1900 that spreadsheets count is none.
  private static func calendarDate(of day: Int, since1904: Bool) -> String? {
    let unixDay: Int
    if since1904 {
      unixDay = day - 24_107
    } else {
      guard day >= 1, day != 60 else { return nil }
      unixDay = day - (day < 60 ? 25_568 : 25_569)
    }
    let moment = Timestamp(milliseconds: Int64(unixDay) * 86_400_000, zone: nil)
    return String(moment.description.prefix(10))
  }

  private static func clock(milliseconds: Int) -> String {
    let fraction = milliseconds % 1000
    let seconds = clock(milliseconds / 1000)
    return fraction == 0 ? seconds : seconds + "." + String(String(1000 + fraction).dropFirst())
  }

  private static func clock(_ seconds: Int) -> String {
    [seconds / 3600, seconds / 60 % 60, seconds % 60]
      .map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}
